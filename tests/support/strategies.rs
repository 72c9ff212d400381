//! Strategies made for tests, in this process, and runs with them.

use crate::root;
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;
use zalm_experiment::{Results, RunOptions, run};
use zalm_model::{
    COLUMNS, ColumnData, Command, Effort, Form, Instrument, RunRecord, Simulation, Strategy,
    StrategyError, StrategyErrorKind, StrategyRandom, StrategySource, View,
};
use zalm_plugin_host::{PluginSource, SearchPath};
use zalm_scenario::{Scenario, Stressor};

/// A strategy that does what a function says.
pub struct Does<F>(F);

/// Makes a strategy of a function.
pub fn does<F>(decide: F) -> Does<F>
where
    F: FnMut(&View, &dyn StrategyRandom) -> Vec<Command> + Send,
{
    Does(decide)
}

impl<F> Strategy for Does<F>
where
    F: FnMut(&View, &dyn StrategyRandom) -> Vec<Command> + Send,
{
    fn decide(
        &mut self,
        view: &View,
        random: &dyn StrategyRandom,
    ) -> Result<Vec<Command>, StrategyError> {
        Ok((self.0)(view, random))
    }
}

/// Does nothing.
pub fn idle() -> impl Strategy {
    does(|_, _| Vec::new())
}

/// Value of a column in a row, whatever its type.
///
/// # Panics
/// When there is no such column.
pub fn cell(view: &View, column: &str, row: usize) -> f64 {
    let found = COLUMNS.iter().position(|spec| spec.name == column);
    match &view.columns[found.unwrap_or_else(|| panic!("there is no column {column}"))] {
        ColumnData::F64(values) => values[row],
        ColumnData::I64(values) => values[row] as f64,
    }
}

/// Asks every payer that listens for the same part of the cost, in one form with one instrument,
/// and spends the leader's time. Crude on purpose: it uses what the model offers.
#[derive(Clone, Copy, Debug)]
pub struct Seeker {
    /// Month index before which it does nothing.
    pub from: u32,
    /// Form planned.
    pub form: Form,
    /// How money is to be given.
    pub instrument: Instrument,
    /// Part of the cost asked from each payer.
    pub part: f64,
    /// Length asked, months; 0 without end.
    pub months: u32,
    /// Leader time for contact, over all payers.
    pub contact: f64,
    /// Leader time for measurement.
    pub measurement: f64,
    /// Leader time for sales.
    pub sales: f64,
    /// Whether claims are to be paid by closing the old.
    pub closes: bool,
}

impl Seeker {
    /// Temporary grants from everybody, one after the other.
    pub const GRANTS: Self = Self {
        from: 0,
        form: Form::Temporary,
        instrument: Instrument::TemporaryGrant,
        part: 0.5,
        months: 24,
        contact: 0.3,
        measurement: 0.2,
        sales: 0.0,
        closes: false,
    };
    /// Seconded staff for a team that institutions hold together.
    pub const JOINT: Self = Self {
        form: Form::Joint,
        instrument: Instrument::SecondedStaff,
        part: 0.2,
        months: 0,
        ..Self::GRANTS
    };
    /// Structural subsidies for elements of the work.
    pub const EMBEDDED: Self = Self {
        form: Form::Embedded,
        instrument: Instrument::StructuralSubsidy,
        ..Self::JOINT
    };
    /// Standing contributions to a team under municipal direction.
    pub const STAKEHOLDERS: Self = Self {
        form: Form::Stakeholder,
        instrument: Instrument::StandingContribution,
        ..Self::JOINT
    };
    /// Fees for a team held together.
    pub const FEES: Self = Self {
        instrument: Instrument::Fee,
        months: 36,
        ..Self::JOINT
    };
    /// Wage support beside own sales.
    pub const ENTERPRISE: Self = Self {
        form: Form::Enterprise,
        instrument: Instrument::WageSupport,
        months: 36,
        sales: 0.4,
        measurement: 0.1,
        ..Self::JOINT
    };

    fn row(&self, view: &View, row: usize) -> Vec<Command> {
        let id = view.rows[row];
        let value = |column| cell(view, column, row);
        let payers = view.rows.iter().filter(|other| *other >> 32 == id >> 32);
        let mut commands = vec![Command::Spend {
            row: id,
            effort: Effort::Contact,
            share: self.contact / payers.count() as f64,
        }];
        let asked = (value("project.cost") * self.part) as i64;
        let quiet = value("payer.pending") + value("payer.promised") == 0.0;
        let wanting = value("project.committed") < value("project.cost");
        if quiet && wanting && value("payer.open") > 0.0 && value("payer.refused") >= 12.0 {
            commands.push(Command::Claim {
                row: id,
                cents_per_month: asked.max(1),
                months: self.months,
                instrument: self.instrument,
                closes: self.closes,
            });
        }
        commands
    }

    /// What is said once for a project, in its first row.
    fn project(&self, row: u64) -> Vec<Command> {
        let spend = |effort, share| Command::Spend { row, effort, share };
        let mut commands = vec![Command::Plan {
            row,
            form: self.form,
        }];
        commands.push(spend(Effort::Measurement, self.measurement));
        commands.push(spend(Effort::Sales, self.sales));
        commands
    }
}

impl Strategy for Seeker {
    fn decide(
        &mut self,
        view: &View,
        _: &dyn StrategyRandom,
    ) -> Result<Vec<Command>, StrategyError> {
        if view.month < self.from {
            return Ok(Vec::new());
        }
        let mut commands = Vec::new();
        for (row, &id) in view.rows.iter().enumerate() {
            if id as u32 == 0 {
                commands.extend(self.project(id));
            }
            commands.extend(self.row(view, row));
        }
        Ok(commands)
    }
}

/// Asks every payer for a little in every way in turn, whether it gives that way or not.
#[derive(Clone, Copy, Debug)]
pub struct Toolkit {
    /// Form planned.
    pub form: Form,
    /// Part of the cost asked from each payer at a time.
    pub part: f64,
}

impl Strategy for Toolkit {
    fn decide(
        &mut self,
        view: &View,
        _: &dyn StrategyRandom,
    ) -> Result<Vec<Command>, StrategyError> {
        let mut commands = Vec::new();
        for (row, &id) in view.rows.iter().enumerate() {
            let spend = |effort, share| Command::Spend {
                row: id,
                effort,
                share,
            };
            if id as u32 == 0 {
                let form = self.form;
                commands.push(Command::Plan { row: id, form });
                commands.push(spend(Effort::Measurement, 0.4));
                commands.push(spend(Effort::Sales, 0.3));
            }
            // One payer a month, and another way in each round.
            let (month, payer) = (view.month as usize, id as u32 as usize);
            let payers = view.rows.iter().filter(|other| *other >> 32 == id >> 32);
            let payers = payers.count();
            let turn = month / payers + payer;
            if month % payers == payer {
                let cost = cell(view, "project.cost", row);
                commands.push(Command::Claim {
                    row: id,
                    cents_per_month: ((cost * self.part) as i64).max(1),
                    months: 12,
                    instrument: Instrument::ALL[turn % Instrument::ALL.len()],
                    closes: false,
                });
            }
        }
        Ok(commands)
    }
}

/// Makes a strategy.
pub type Make = fn() -> Box<dyn Strategy>;

/// Strategies by name, made by functions.
pub struct InProcess(pub Vec<(&'static str, Make)>);

impl StrategySource for InProcess {
    fn create(&self, name: &str) -> Result<Box<dyn Strategy>, StrategyError> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, make)| make()).ok_or_else(|| StrategyError {
            strategy: name.to_owned(),
            month: 0,
            kind: StrategyErrorKind::Create,
            message: "no such strategy in this test".to_owned(),
        })
    }
}

/// The strategies of a scenario, loaded from the libraries that were built beside the tests.
///
/// # Panics
/// With all problems, when one does not load.
pub fn libraries(scenario: &Scenario) -> PluginSource {
    PluginSource::load(&scenario.strategies, &SearchPath::new(&[]))
        .unwrap_or_else(|problems| panic!("{}: {problems:#?}", root().display()))
}

/// All runs of a scenario.
///
/// # Panics
/// With no thread.
pub fn compared(
    scenario: &Scenario,
    source: &dyn StrategySource,
    threads: usize,
    shuffle: Option<u64>,
) -> Results {
    let stop = AtomicBool::new(false);
    let options = RunOptions {
        threads: NonZeroUsize::new(threads).expect("a thread"),
        shuffle,
        ..RunOptions::quiet(&stop, "zalm run")
    };
    run(scenario, source, &options)
}

/// One whole run, under a stressor or none.
///
/// # Panics
/// When the run fails.
pub fn played(
    scenario: &Scenario,
    replication: u32,
    stressor: Option<&Stressor>,
    strategy: Option<&mut (dyn Strategy + 'static)>,
) -> RunRecord {
    let mut simulation = Simulation::new(scenario, replication);
    if let Some(stressor) = stressor {
        simulation.add_stressor(stressor);
    }
    let outcome = simulation.run_to(scenario.months, strategy);
    outcome.unwrap_or_else(|error| panic!("replication {replication}: {error}"));
    simulation.record()
}
