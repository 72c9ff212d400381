//! What the runner needs of a simulated world; the model is one, the tests have a tiny one.

use zalm_model::{MetricSpec, RunError, RunRecord, Simulation, Snapshot, Strategy};
use zalm_scenario::{Scenario, Stressor};

/// A world that can be run, copied and put back.
pub(crate) trait World: Sized {
    /// Copy of the state at a month boundary.
    type Copy;
    fn metrics(scenario: &Scenario) -> Vec<MetricSpec>;
    fn build(scenario: &Scenario, replication: u32) -> Self;
    fn copy(&mut self) -> Self::Copy;
    fn put_back(&mut self, copy: &Self::Copy);
    fn stress(&mut self, stressor: &Stressor);
    fn run(
        &mut self,
        month: u32,
        strategy: Option<&mut (dyn Strategy + 'static)>,
    ) -> Result<(), RunError>;
    fn result(&mut self) -> RunRecord;
}

impl World for Simulation {
    type Copy = Snapshot;

    fn metrics(scenario: &Scenario) -> Vec<MetricSpec> {
        zalm_model::metrics(scenario)
    }

    fn build(scenario: &Scenario, replication: u32) -> Self {
        Self::new(scenario, replication)
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
