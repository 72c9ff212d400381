//! Runs of arms.

use super::arm::Arm;
use crate::runner::panic_text;
use std::panic::{AssertUnwindSafe, catch_unwind};
use zalm_model::{RunRecord, Simulation, Strategy, StrategySource};

/// Plays one replication of an arm to its end.
///
/// # Errors
/// Why the run could not go on.
pub(super) fn play(
    arm: &Arm,
    source: &dyn StrategySource,
    replication: u32,
) -> Result<RunRecord, String> {
    let attempt = || {
        let mut strategy: Option<Box<dyn Strategy>> = match arm.acts() {
            Some(acts) => Some(source.create(&acts.name).map_err(|e| e.to_string())?),
            None => None,
        };
        let mut simulation = Simulation::new(&arm.scenario, replication);
        simulation
            .run_to(arm.scenario.months, strategy.as_deref_mut())
            .map_err(|error| error.to_string())?;
        Ok(simulation.record())
    };
    catch_unwind(AssertUnwindSafe(attempt)).unwrap_or_else(|panic| {
        Err(format!(
            "the engine panicked: {}",
            panic_text(panic.as_ref())
        ))
    })
}
