//! What a strategy holds in its hands during a step.

use crate::own::Own;
use crate::{
    Column, ColumnValue, Command, Effort, Event, EventSpec, Form, Instrument, Metric, OwnColumn,
    Policy, Projects, Result, Table,
};

/// How much a log line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// For the author.
    Debug,
    /// Worth knowing.
    Info,
    /// Results may not be what was meant.
    Warning,
}

/// Services that the host (or the test kit) gives to a step.
pub(crate) trait Services {
    /// 64 random bits for each id.
    fn random_bits(&self, stream: u32, draw: u32, ids: &[u64], out: &mut [u64]) -> Result<()>;
    /// A line of text for people.
    fn log(&self, level: Level, text: &str);
}

/// When a step happens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct When {
    pub month: i64,
    pub year: i32,
    pub month_of_year: i32,
}

/// What a strategy sees in a month and through which it answers.
pub struct Context<'a> {
    pub(crate) when: When,
    pub(crate) table: Table<'a>,
    pub(crate) own: Own<'a>,
    pub(crate) services: &'a dyn Services,
    pub(crate) commands: Vec<Command>,
    pub(crate) raw: Vec<u8>,
    /// What was added to each declared metric.
    pub(crate) metrics: Vec<(&'static str, f64)>,
    events: &'static [EventSpec],
}

impl<'a> Context<'a> {
    pub(crate) fn new<P: Policy>(
        when: When,
        table: Table<'a>,
        own: Own<'a>,
        services: &'a dyn Services,
    ) -> Self {
        Self {
            metrics: P::METRICS.iter().map(|spec| (spec.name, 0.0)).collect(),
            events: P::EVENTS,
            when,
            table,
            own,
            services,
            commands: Vec::new(),
            raw: Vec::new(),
        }
    }

    /// Month index, 0 = first month of the scenario.
    pub fn month(&self) -> i64 {
        self.when.month
    }

    /// Calendar year.
    pub fn year(&self) -> i32 {
        self.when.year
    }

    /// Month of the year, 1..=12.
    pub fn month_of_year(&self) -> i32 {
        self.when.month_of_year
    }

    /// The living projects with their payers, in order of their ids. The iterator does not borrow
    /// the context, so commands can be given inside the loop.
    pub fn projects(&self) -> Projects<'a> {
        self.table.projects()
    }

    /// The whole table.
    pub fn table(&self) -> Table<'a> {
        self.table
    }

    /// All values of a column, one per row.
    ///
    /// # Panics
    /// When `column` was not declared in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn read<T: ColumnValue>(&self, column: Column<T>) -> &'a [T] {
        self.table.read(column)
    }

    /// All values of a column that was declared `[optional]`, one per row; `None` when this host
    /// does not have it.
    pub fn try_read<T: ColumnValue>(&self, column: Column<T>) -> Option<&'a [T]> {
        self.table.try_read(column)
    }

    /// What this strategy keeps in `row`: what it last wrote there, also in this step, or the
    /// default.
    ///
    /// # Panics
    /// When `column` was not declared in [`Policy::OWN`](crate::Policy::OWN), or there is no such
    /// row.
    pub fn own(&self, column: OwnColumn, row: u64) -> f64 {
        self.own.get(column, self.at(row))
    }

    /// Keeps a finite `value` in `row` for the coming months; for a project as a whole use
    /// [`Project::row`](crate::Project::row). Nothing is kept of a step that fails.
    ///
    /// # Panics
    /// As [`Context::own`].
    pub fn keep(&mut self, column: OwnColumn, row: u64, value: f64) {
        let at = self.at(row);
        self.own.set(column, at, value);
    }

    fn at(&self, row: u64) -> usize {
        let found = self.table.rows().binary_search(&row);
        found.unwrap_or_else(|_| panic!("there is no row {row:#x}"))
    }

    /// Asks the row's payer for `cents_per_month` (more than 0) during `months` (0 = until it is
    /// ended, at most 600), from the month after the running money ends, or at once if it has.
    ///
    /// The host checks what is asked when the step is over: a row that is not there, an amount that
    /// is not above 0 or above twice the team's cost, or a longer time ends the run with an error.
    pub fn claim(&mut self, row: u64, instrument: Instrument, cents_per_month: i64, months: u32) {
        self.commands.push(Command::Claim {
            row,
            instrument,
            cents_per_month,
            months,
            closes: false,
        });
    }

    /// The same, to be paid from old capacity (silo places, contracts with others) that the payer
    /// closes for it: new for old, not on top. Refused as [`Context::claim`] is.
    pub fn claim_for_old(
        &mut self,
        row: u64,
        instrument: Instrument,
        cents_per_month: i64,
        months: u32,
    ) {
        self.commands.push(Command::Claim {
            row,
            instrument,
            cents_per_month,
            months,
            closes: true,
        });
    }

    /// Says in which form the row's project is to go on when the running money ends. A row that is
    /// not there ends the run when the step is over.
    pub fn plan(&mut self, row: u64, form: Form) {
        self.commands.push(Command::Plan { row, form });
    }

    /// Spends `share` (0..=1) of the leader's coming month; shares of one project sum to at most 1.
    ///
    /// Another share, one that is no number, a larger sum or a row that is not there ends the run
    /// with an error when the step is over.
    pub fn spend(&mut self, row: u64, effort: Effort, share: f64) {
        self.commands.push(Command::Spend { row, effort, share });
    }

    /// Adds `value` to a metric of the strategy's own in this month. A sum that is not finite ends the
    /// run with an error when the step is over.
    ///
    /// # Panics
    /// When `metric` was not declared in [`Policy::METRICS`](crate::Policy::METRICS).
    pub fn measured(&mut self, metric: Metric, value: f64) {
        let declared = self.metrics.get_mut(metric.index);
        match declared.filter(|(name, _)| *name == metric.name) {
            Some((_, sum)) => *sum += value,
            None => panic!("metric {} is not in Policy::METRICS", metric.name),
        }
    }

    /// A line for the event log, at most 400 bytes. A longer one, or a row that is not there, ends the
    /// run with an error when the step is over.
    pub fn note(&mut self, row: u64, text: impl Into<String>) {
        self.commands.push(Command::Note {
            row,
            text: text.into(),
        });
    }

    /// Tells an event of the strategy's own in the event log, with a finite value for each of its
    /// fields; another value, or a row that is not there, ends the run with an error when the step is
    /// over.
    ///
    /// # Panics
    /// When `event` was not declared in [`Policy::EVENTS`](crate::Policy::EVENTS).
    pub fn event<const N: usize>(&mut self, event: Event<N>, row: u64, values: [f64; N]) {
        let declared = self.events.get(event.index);
        let same = declared.is_some_and(|spec| spec.name == event.name && spec.fields.len() == N);
        assert!(same, "event {} is not in Policy::EVENTS", event.name);
        self.commands.push(Command::Event {
            row,
            event: event.index,
            values: values.to_vec(),
        });
    }

    /// A uniform number in [0, 1) for this stream and entity in this month: a function of what is
    /// drawn for, so that a second call gives the same number. Use another `stream` for another
    /// question.
    ///
    /// # Errors
    /// When the host cannot draw.
    pub fn uniform(&self, stream: u32, id: u64) -> Result<f64> {
        let mut bits = [0];
        self.services.random_bits(stream, 0, &[id], &mut bits)?;
        Ok((bits[0] >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0))
    }

    /// A line for the person who runs the program; not part of the results.
    pub fn log(&self, level: Level, text: &str) {
        self.services.log(level, text);
    }

    /// Appends bytes to the command buffer as they are: for tests of the host.
    #[doc(hidden)]
    pub fn raw(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
    }

    /// The commands as bytes.
    pub(crate) fn encoded(&self) -> Vec<u8> {
        let mut buffer = Vec::new();
        for command in &self.commands {
            command.encode(&mut buffer);
        }
        buffer.extend_from_slice(&self.raw);
        buffer
    }
}
