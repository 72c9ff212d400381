//! What a strategy is.

use crate::{ColumnSpec, Context, EventSpec, MetricSpec, OwnSpec, Parameters, Result};

/// Who a strategy is.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Id in scenarios: lower-case letters, digits and `-`.
    pub id: &'static str,
    /// Version, `major.minor.patch`; usually `env!("CARGO_PKG_VERSION")`.
    pub version: &'static str,
    /// English name for tables and reports.
    pub name_en: &'static str,
    /// Dutch name for tables and reports.
    pub name_nl: &'static str,
    /// What it does, in a sentence or two.
    pub doc: &'static str,
}

#[cfg(test)]
impl About {
    /// A strategy of this crate's tests, which nobody reads about.
    pub(crate) const fn unnamed(id: &'static str) -> Self {
        Self {
            id,
            version: "0.1.0",
            name_en: "",
            name_nl: "",
            doc: "",
        }
    }
}

/// What a strategy decides about, where several are combined in layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// In which organisational form the team goes on; only this role may plan one.
    Form,
    /// Who is brought to the table.
    Network,
    /// In which way money is given.
    Financing,
}

impl Role {
    /// Name in descriptions.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Network => "network",
            Self::Financing => "financing",
        }
    }
}

/// A strategy: one instance per run, which is nothing but its
/// [parameters](crate::parameters).
pub trait Policy: Parameters + Send + 'static {
    /// Who it is.
    const ABOUT: About;
    /// What it decides about when it is combined with others. A strategy of another role than
    /// `Form` plans no form, and looks at column `leader.time_left`.
    const ROLE: Role = Role::Form;
    /// The columns that it reads: see [`columns!`](crate::columns).
    const COLUMNS: &'static [ColumnSpec];
    /// The columns that it keeps for itself: see [`own_columns!`](crate::own_columns).
    const OWN: &'static [OwnSpec] = &[];
    /// The metrics that it measures itself: see [`metrics!`](crate::metrics).
    const METRICS: &'static [MetricSpec] = &[];
    /// The events that it tells itself: see [`events!`](crate::events).
    const EVENTS: &'static [EventSpec] = &[];
    /// Ids that it had before, with spaces between: older scenarios go on working.
    const FORMERLY: &'static str = "";

    /// Whether the parameters go together. The host has checked each against its range.
    ///
    /// # Errors
    /// When they do not; no run with them starts.
    fn check(&self) -> Result<()> {
        Ok(())
    }

    /// Decides for one month, from the policy date on. `&self`, as an instance holds nothing but
    /// its parameters: what is to last lies in [`Policy::OWN`], which the host keeps, so that a run
    /// can be forked and resumed. Commands given through `cx` are handed over
    /// when it returns `Ok`; the host checks all of them before it applies one.
    ///
    /// # Errors
    /// An error ends this run; other runs go on. A panic does the same.
    fn step(&self, cx: &mut Context<'_>) -> Result<()>;
}
