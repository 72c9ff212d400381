//! One replication: to the policy date once, then a fork per stressor and strategy.

use super::Job;
use crate::results::{Outcome, Run};
use crate::world::World;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use zalm_model::StrategySource;
use zalm_scenario::{StrategyUse, Stressor};

/// A world that stands at the policy date, with the copy to fork from.
struct Forked<W: World> {
    world: W,
    copy: W::Copy,
}

/// One replication in progress.
pub(super) struct Replication<'a, W: World> {
    job: &'a Job<'a>,
    source: &'a dyn StrategySource,
    forked: Option<Forked<W>>,
}

impl<'a, W: World> Replication<'a, W> {
    pub(super) fn new(job: &'a Job<'a>, source: &'a dyn StrategySource) -> Self {
        Self {
            job,
            source,
            forked: None,
        }
    }

    /// All runs in declared order. What is begun is ended, also after a signal: a unit that is not
    /// whole is lost.
    pub(super) fn run_all(mut self, report: &dyn Fn()) -> Vec<Run<W::Record>> {
        let Job {
            scenario,
            draw,
            replication,
            ..
        } = *self.job;
        let mut runs = Vec::with_capacity(scenario.stressors.len() * scenario.strategies.len());
        for stressor in 0..scenario.stressors.len() {
            for strategy in 0..scenario.strategies.len() {
                let outcome = self.outcome(stressor, strategy);
                runs.push(Run {
                    draw,
                    strategy,
                    stressor,
                    replication,
                    outcome,
                });
                report();
            }
        }
        runs
    }

    fn outcome(&mut self, stressor: usize, strategy: usize) -> Outcome<W::Record> {
        let scenario = self.job.scenario;
        let (under, used) = (
            &scenario.stressors[stressor],
            &scenario.strategies[strategy],
        );
        let attempt = catch_unwind(AssertUnwindSafe(|| self.attempt(under, used)));
        let reason = match attempt {
            Ok(Ok(record)) => return Outcome::Done(record),
            Ok(Err(reason)) => reason,
            Err(panic) => {
                // The world may be half changed: build it anew for the next run.
                self.forked = None;
                format!("the engine panicked: {}", panic_text(panic.as_ref()))
            }
        };
        Outcome::Failed(self.job.failed(reason, strategy, stressor))
    }

    fn attempt(
        &mut self,
        stressor: &Stressor,
        strategy: &StrategyUse,
    ) -> Result<W::Record, String> {
        let mut decider = self
            .source
            .create(&strategy.name)
            .map_err(|error| error.to_string())?;
        let months = self.job.scenario.months;
        let forked = self.forked()?;
        forked.world.put_back(&forked.copy);
        forked.world.stress(stressor);
        forked
            .world
            .run(months, Some(decider.as_mut()))
            .map_err(|error| error.to_string())?;
        Ok(forked.world.result())
    }

    fn forked(&mut self) -> Result<&mut Forked<W>, String> {
        if self.forked.is_none() {
            let mut world = W::build(
                self.job.scenario,
                self.job.replication,
                &self.source.metrics(),
            );
            let policy_month = self.job.scenario.policy_month();
            world
                .run(policy_month, None)
                .map_err(|error| format!("before the policy date: {error}"))?;
            let copy = world.copy();
            self.forked = Some(Forked { world, copy });
        }
        self.forked
            .as_mut()
            .ok_or_else(|| "the world was not built".to_owned())
    }
}

/// What a panic said.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it did not say why".to_owned())
}
