//! The strategy contract as the model sees it: what a strategy is shown, what it may ask.
//!
//! A strategy never sets an outcome. It says **who asks whom, for what, with which argument, under
//! which form**; payers decide by their one rule ([`crate::month`], phase *money*). The model hands
//! it one table a month: one row per pair of a living project and a payer, columns by name
//! ([`COLUMNS`]). It answers with [`Command`]s, which the model checks before it applies any.

use crate::instrument::Instrument;
use crate::keeping::Kept;
use crate::metrics::MetricSpec;
use std::fmt;

/// Type of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// 64-bit float.
    F64,
    /// 64-bit signed integer.
    I64,
}

impl ColumnKind {
    /// Name in descriptions.
    pub fn name(self) -> &'static str {
        match self {
            Self::F64 => "f64",
            Self::I64 => "i64",
        }
    }
}

/// A column that strategies can read.
#[derive(Debug)]
pub struct ColumnSpec {
    /// Name, such as `project.months_left`.
    pub name: &'static str,
    /// Type of its values.
    pub kind: ColumnKind,
    /// Unit.
    pub unit: &'static str,
    /// What it means.
    pub doc: &'static str,
}

macro_rules! columns {
    ($($name:literal $kind:ident [$unit:literal] $doc:literal;)*) => {
        /// Every column a strategy can ask for, in the order of [`View::columns`].
        pub const COLUMNS: &[ColumnSpec] = &[$(ColumnSpec {
            name: $name, kind: ColumnKind::$kind, unit: $unit, doc: $doc,
        }),*];
    };
}

/// Value of a month column that means "no end in sight" or "never".
pub const NO_END: i64 = 9_999;

columns! {
    "project.age" I64 ["month"] "Months since the project started";
    "project.months_left" I64 ["month"] "Months until the running money no longer carries a viable team; 0 in the last funded month; 9999 without end";
    "project.cost" I64 ["cent/month"] "Cost of the full team";
    "project.committed" I64 ["cent/month"] "Money or workers promised for the time after the running money ends";
    "project.workers" F64 ["fte"] "Workers now";
    "project.form" I64 ["code"] "Form now, see Form";
    "project.plan" I64 ["code"] "Form planned for the time after the running money, see Form; -1 without a plan";
    "project.fidelity" F64 ["share"] "Share of the active ingredients held together";
    "project.measurement" I64 ["level"] "0 in and out counts, 1 baseline, 2 outcome, 3 cost-benefit analysis";
    "project.economic" F64 ["share"] "Share of the cost that could be earned with goods and services";
    "project.sales" I64 ["cent/month"] "Sales now";
    "project.households" I64 ["households"] "Households in support now";
    "leader.drive" F64 ["share"] "Drive of the leader; 0 while a successor is searched for";
    "leader.skill" F64 ["share"] "Skill of the leader; 0 while a successor is searched for";
    "leader.energy" F64 ["share"] "Energy left; 0 while a successor is searched for";
    "leader.time_left" F64 ["month"] "Leader time of the coming month that no former layer spends";
    "payer.kind" I64 ["code"] "0 municipal silo, 1 State, 2 insurer, 3 housing corporation, 4 fund, 5 market";
    "payer.open" I64 ["0 or 1"] "1 while the payer considers new claims";
    "payer.tie" F64 ["share"] "Strength of the coalition with this payer over four levels, in which the weakest counts `tie.weakest` times more";
    "payer.tie_low" F64 ["share"] "Strength at the weakest level";
    "payer.novelty" F64 ["share"] "Taste for what is new";
    "payer.openness" F64 ["share"] "Openness to work that crosses its borders";
    "payer.bears_work" I64 ["0 or 1"] "1 for who bears what it costs that households have no work";
    "payer.benefit" I64 ["cent/month"] "Benefit that the evidence shows this payer; the same for all until a cost-benefit analysis divides it";
    "payer.benefit_share" F64 ["share"] "This payer's part of all benefits shown; equal parts until a cost-benefit analysis divides them, 0 when nothing is shown";
    "payer.capacity" I64 ["cent/month"] "Old capacity that this payer could close: silo places and contracts with others";
    "payer.promised" I64 ["cent/month"] "Money, workers or hours this payer has promised for the time after the running money ends";
    "payer.pending" I64 ["cent/month"] "Claims on this payer that await its decision";
    "payer.refused" I64 ["month"] "Months since it last refused a claim of this project; 9999 if never";
    "municipality.direction" F64 ["share"] "Strength of municipal direction now";
}

/// Values of one column.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnData {
    /// Floats.
    F64(Vec<f64>),
    /// Integers.
    I64(Vec<i64>),
}

/// What a strategy sees in a month: rows are (project, payer) pairs, ids strictly ascending.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Month index, 0 = the scenario's first month.
    pub month: u32,
    /// Calendar year.
    pub year: i32,
    /// Month of the year, 1..=12.
    pub month_of_year: i32,
    /// Row ids: see [`row_id`].
    pub rows: Vec<u64>,
    /// One per [`COLUMNS`] entry, each as long as `rows`.
    pub columns: Vec<ColumnData>,
}

/// Row id of a (project, payer) pair: project index in the high half, payer index in the low half.
pub fn row_id(project: u32, payer: u32) -> u64 {
    (u64::from(project) << 32) | u64::from(payer)
}

/// Project and payer index of a row id.
pub fn row_parts(row: u64) -> (u32, u32) {
    ((row >> 32) as u32, row as u32)
}

/// Organisational form of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Form {
    /// On temporary money.
    Temporary = 0,
    /// Elements taken up by existing institutions, each in its own silo.
    Embedded = 1,
    /// Adopted by institutions that act together ("regular, unless").
    Joint = 2,
    /// Workers lifted out of the silos; silos pay, the municipality directs.
    Stakeholder = 3,
    /// Social enterprise.
    Enterprise = 4,
    /// Ended.
    Ended = 5,
}

impl Form {
    /// All forms, by code.
    pub const ALL: [Self; 6] = [
        Self::Temporary,
        Self::Embedded,
        Self::Joint,
        Self::Stakeholder,
        Self::Enterprise,
        Self::Ended,
    ];

    /// The form with this code.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(code).ok()?).copied()
    }

    /// Name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Temporary => "temporary",
            Self::Embedded => "embedded",
            Self::Joint => "joint",
            Self::Stakeholder => "stakeholder",
            Self::Enterprise => "enterprise",
            Self::Ended => "ended",
        }
    }
}

/// On what a leader can spend time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Effort {
    /// Contact with the row's payer: ties grow.
    Contact = 0,
    /// Measurement: towards the next level.
    Measurement = 1,
    /// Sales: the economic component.
    Sales = 2,
}

impl Effort {
    /// The effort with this code.
    pub fn from_code(code: i64) -> Option<Self> {
        [Self::Contact, Self::Measurement, Self::Sales]
            .get(usize::try_from(code).ok()?)
            .copied()
    }
}

/// What a strategy asks for. The model checks every command of a month before it applies one.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask a payer for money from the month after the running money ends (or at once, if it has).
    Claim {
        /// The (project, payer) row.
        row: u64,
        /// Amount, cents per month, more than 0.
        cents_per_month: i64,
        /// Length, months; 0 = until it is ended.
        months: u32,
        /// How it is to be given.
        instrument: Instrument,
        /// To be paid from old capacity that the payer closes for it, not on top.
        closes: bool,
    },
    /// Say in which form the project is to go on when the running money ends.
    Plan {
        /// Any row of the project.
        row: u64,
        /// The form; not `Ended`.
        form: Form,
    },
    /// Spend leader time this coming month; shares of one project sum to at most 1.
    Spend {
        /// The (project, payer) row; the payer matters for contact only.
        row: u64,
        /// On what.
        effort: Effort,
        /// Share of the leader's month, 0..=1.
        share: f64,
    },
    /// A line for the event log.
    Note {
        /// Any row of the project.
        row: u64,
        /// The text.
        text: String,
    },
    /// An event of a type that the strategy declares itself, for the event log.
    Event {
        /// Any row of the project.
        row: u64,
        /// What happened.
        told: Told,
    },
}

impl Command {
    /// The row that it is about.
    pub fn row(&self) -> u64 {
        match self {
            Self::Claim { row, .. }
            | Self::Plan { row, .. }
            | Self::Spend { row, .. }
            | Self::Note { row, .. }
            | Self::Event { row, .. } => *row,
        }
    }
}

/// An event of a strategy's own type.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Its name, behind the plugin's id and a dot.
    pub name: String,
    /// Its values, all finite: name, unit, value.
    pub values: Vec<(String, String, f64)>,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        for (at, (name, unit, value)) in self.values.iter().enumerate() {
            let mark = if at == 0 { ":" } else { "," };
            write!(f, "{mark} {name} {value}")?;
            if !unit.is_empty() {
                write!(f, " {unit}")?;
            }
        }
        Ok(())
    }
}

/// Why a strategy could not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrategyError {
    /// Plugin id.
    pub strategy: String,
    /// Month index in which it happened.
    pub month: u32,
    /// What happened.
    pub kind: StrategyErrorKind,
    /// Text for people.
    pub message: String,
}

/// Kind of a [`StrategyError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StrategyErrorKind {
    /// It could not be made.
    Create,
    /// It said so itself.
    Failed,
    /// It panicked; the instance is unusable.
    Panicked,
    /// It asked for something that is not allowed.
    BadCommand,
    /// Its process came to an end.
    Crashed,
}

impl fmt::Display for StrategyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            StrategyErrorKind::Create => "could not start",
            StrategyErrorKind::Failed => "gave up",
            StrategyErrorKind::Panicked => "panicked",
            StrategyErrorKind::Crashed => "crashed",
            StrategyErrorKind::BadCommand => "asked for something that is not allowed",
        };
        write!(
            f,
            "strategy {} {what} in month {}: {}",
            self.strategy, self.month, self.message
        )
    }
}

impl std::error::Error for StrategyError {}

/// Random numbers for a strategy: a function of what is drawn for, never a sequence.
pub trait StrategyRandom {
    /// 64 uniform bits for draw `draw` of stream `stream` for entity `id` in this month.
    fn bits(&self, stream: u32, id: u64, draw: u32) -> u64;
}

/// A strategy instance in one run.
pub trait Strategy: Send {
    /// What it keeps from month to month, when it keeps anything: the model puts what the run kept
    /// here before [`Strategy::decide`] and takes it back after.
    fn kept(&mut self) -> Option<&mut Kept> {
        None
    }

    /// What it measured itself since the last call, which empties it: every metric that it
    /// declares, by name. Asked once a month, also when there was nothing to decide.
    fn measured(&mut self) -> Vec<(String, f64)> {
        Vec::new()
    }

    /// What it is called in what people are told: its plugin id, of layers all of theirs.
    fn id(&self) -> String {
        "without a name".to_owned()
    }

    /// Decide for this month. Commands are applied after all were checked, in the order given.
    ///
    /// # Errors
    /// A [`StrategyError`] ends this run; other runs go on.
    fn decide(
        &mut self,
        view: &View,
        random: &dyn StrategyRandom,
    ) -> Result<Vec<Command>, StrategyError>;
}

/// Makes strategy instances, one per run.
pub trait StrategySource: Sync {
    /// What its strategies measure themselves: names begin with the plugin's.
    fn metrics(&self) -> Vec<MetricSpec> {
        Vec::new()
    }

    /// A fresh instance for the strategy called `name` in the scenario.
    ///
    /// # Errors
    /// When there is no such strategy or it refuses its parameters.
    fn create(&self, name: &str) -> Result<Box<dyn Strategy>, StrategyError>;
}
