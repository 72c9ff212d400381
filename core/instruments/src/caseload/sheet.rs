//! The columns of the spreadsheet, in Dutch and English, and the spreadsheet itself.

use super::{Case, Ending, Severities};
use crate::sheet::parted;
use crate::voice::{Value, Voice};
use zalm_report::{Lang, capital};
use zalm_scenario::Domain;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Case,
    Start,
    Last,
    Ending,
    /// Severity at the start in the domain with this place in `Domain::ALL`.
    Before(usize),
    /// The same at the last measurement.
    After(usize),
}

impl Column {
    /// All columns as they stand in the spreadsheet: a domain's two beside each other.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let domains = 0..Domain::ALL.len();
        let pairs = domains.flat_map(|domain| [Self::Before(domain), Self::After(domain)]);
        [Self::Case, Self::Start, Self::Last, Self::Ending]
            .into_iter()
            .chain(pairs)
    }

    /// What stands above it.
    pub(super) fn head(self, voice: &Voice) -> String {
        let of = |id: &str, domain: usize| {
            let domain = Value::domain(Domain::ALL[domain]);
            capital(&voice.with(id, &[("domain", domain)]))
        };
        match self {
            Self::Case => voice.head("caseload-case"),
            Self::Start => voice.head("caseload-start"),
            Self::Last => voice.head("caseload-last"),
            Self::Ending => voice.head("caseload-ending"),
            Self::Before(domain) => of("caseload-before", domain),
            Self::After(domain) => of("caseload-after", domain),
        }
    }
}

/// The spreadsheet as CSV, to be opened by any; without cases, to be filled in. In Dutch cells are
/// parted by semicolons and the file says that it is UTF-8, as a Dutch Excel wants it.
pub fn write(cases: &[Case], voice: &Voice) -> String {
    let head = Column::all().map(|column| column.head(voice)).collect();
    let rows = cases.iter().map(|case| row(case, voice));
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    match voice.lang {
        Lang::Nl => format!("\u{feff}{}", parted(b';', &rows)),
        Lang::En => parted(b',', &rows),
    }
}

fn row(case: &Case, voice: &Voice) -> Vec<String> {
    let severity = |severities: &Severities, domain: usize| {
        severities[domain].map_or_else(String::new, |level| level.to_string())
    };
    let cell = |column| match column {
        Column::Case => case.id.clone(),
        Column::Start => case.start.to_string(),
        Column::Last => case.last.to_string(),
        Column::Ending => ending(case.ending, voice),
        Column::Before(domain) => severity(&case.before, domain),
        Column::After(domain) => severity(&case.after, domain),
    };
    Column::all().map(cell).collect()
}

/// How a case stands, in a word.
pub(super) fn ending(ending: Ending, voice: &Voice) -> String {
    voice.text(ending.id())
}
