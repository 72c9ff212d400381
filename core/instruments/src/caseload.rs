//! Baseline and follow-up (0-meting en 1-meting) of a team's caseload: exported from a simulated run
//! as a spreadsheet, filled in by a project with its own cases, and read back as what the model is
//! to start from.

mod changes;
mod document;
mod fit;
mod read;
mod ron;
mod run;
mod sheet;
mod words;

pub use changes::{Changes, Counted, Rate};
pub use document::json;
pub use fit::{Ask, FitError, Fitted, Found};
pub use read::read;
pub use ron::{FITTED, ron};
pub use run::played;
pub use sheet::write;
pub use words::text;

use zalm_scenario::Month;

/// Severity of a problem in each life domain, 0 to 4, in the order of `Domain::ALL`; `None` where
/// nobody asked.
pub type Severities = [Option<u8>; 8];

/// How a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The team still helps.
    Running,
    /// The help did its work.
    Helped,
    /// The household left unhelped.
    Left,
    /// The help stopped for another reason.
    Stopped,
}

impl Ending {
    /// Every ending.
    pub const ALL: [Self; 4] = [Self::Running, Self::Helped, Self::Left, Self::Stopped];

    /// Id of its text.
    fn id(self) -> &'static str {
        match self {
            Self::Running => "caseload-running",
            Self::Helped => "caseload-helped",
            Self::Left => "caseload-left",
            Self::Stopped => "caseload-stopped",
        }
    }
}

/// A household in the care of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What the project calls it; a number, no name.
    pub id: String,
    /// Month in which the team began.
    pub start: Month,
    /// Month of the last measurement, or of the end of help.
    pub last: Month,
    /// How it stands then.
    pub ending: Ending,
    /// Severities at the start (0-meting).
    pub before: Severities,
    /// Severities at the last measurement (1-meting).
    pub after: Severities,
}

impl Case {
    /// Months from the start to the last measurement.
    pub fn months(&self) -> u32 {
        u32::try_from(self.last.since(self.start)).unwrap_or(0)
    }
}
