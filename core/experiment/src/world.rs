//! What the runner needs of a simulated world; the model is one, the tests have a tiny one.

use zalm_model::{MetricSpec, RunError, RunRecord, Simulation, Snapshot, Strategy, StrategySource};
use zalm_scenario::{Scenario, Stressor};

/// A world that can be run, copied and put back.
pub(crate) trait World: Sized {
    /// Copy of the state at a month boundary.
    type Copy;
    /// What is kept of a run.
    type Record: Send;
    /// A world at month 0 that also measures `own`, the metrics of strategies.
    fn build(scenario: &Scenario, replication: u32, own: &[MetricSpec]) -> Self;
    fn copy(&mut self) -> Self::Copy;
    fn put_back(&mut self, copy: &Self::Copy);
    fn stress(&mut self, stressor: &Stressor);
    fn run(
        &mut self,
        month: u32,
        strategy: Option<&mut (dyn Strategy + 'static)>,
    ) -> Result<(), RunError>;
    fn result(&mut self) -> Self::Record;
}

/// A world whose runs are measured.
pub(crate) trait Measured: World<Record = RunRecord> {
    fn metrics(scenario: &Scenario) -> Vec<MetricSpec>;
}

/// What runs of a scenario measure: the world, then the strategies themselves.
pub(crate) fn metrics_of<W: Measured>(
    scenario: &Scenario,
    source: &dyn StrategySource,
) -> Vec<MetricSpec> {
    let mut metrics = W::metrics(scenario);
    metrics.extend(source.metrics());
    metrics
}

impl World for Simulation {
    type Copy = Snapshot;
    type Record = RunRecord;

    fn build(scenario: &Scenario, replication: u32, own: &[MetricSpec]) -> Self {
        let mut simulation = Self::new(scenario, replication);
        simulation.measure_too(own);
        simulation
    }

    fn copy(&mut self) -> Snapshot {
        self.snapshot()
    }

    fn put_back(&mut self, copy: &Snapshot) {
        self.restore(copy);
    }

    fn stress(&mut self, stressor: &Stressor) {
        self.add_stressor(stressor);
    }

    fn run(
        &mut self,
        month: u32,
        strategy: Option<&mut (dyn Strategy + 'static)>,
    ) -> Result<(), RunError> {
        self.run_to(month, strategy)
    }

    fn result(&mut self) -> RunRecord {
        self.record()
    }
}

impl Measured for Simulation {
    fn metrics(scenario: &Scenario) -> Vec<MetricSpec> {
        zalm_model::metrics(scenario)
    }
}
