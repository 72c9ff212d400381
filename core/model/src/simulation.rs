//! A run: one world of one replication, month by month.

use crate::calendar::Shocks;
use crate::clock::Clock;
use crate::flows::Flows;
use crate::hands::{Hands, Lent};
use crate::happening::{Happening, Log};
use crate::household::{Care, HouseholdId, HouseholdState, Levels};
use crate::keeping::Kept;
use crate::metrics::{Metric, MetricSpec};
use crate::month::{BEFORE, MONTH, Moment, schedules, steps};
use crate::project::Project;
use crate::record::{ProjectFate, Recorder, RunRecord};
use crate::run_error::RunError;
use crate::settings::Settings;
use crate::snapshot::Snapshot;
use crate::standing::ProjectState;
use crate::strategy::{Strategy, StrategyError, StrategyErrorKind, StrategyRandom};
use crate::streams::Streams;
use crate::view::{carry_out, view};
use crate::watch::Watch;
use crate::world::{build, resolve};
use bevy_ecs::prelude::*;
use std::ops::Range;
use std::sync::Arc;
use zalm_scenario::{Scenario, Stressor};

/// One simulated world.
pub struct Simulation {
    scenario: Scenario,
    streams: Streams,
    pub(crate) world: World,
    before: Schedule,
    after: Schedule,
    /// The steps one by one, where somebody looks between them.
    steps: Option<(Vec<Schedule>, Vec<Schedule>)>,
    watch: Option<Watch>,
    /// Names of the metrics that strategies measure.
    told: Vec<String>,
}

/// The steps before the strategy decides, and those after.
#[derive(Clone, Copy)]
enum Half {
    Before,
    After,
}

struct Draws(Streams, u32);

impl StrategyRandom for Draws {
    fn bits(&self, stream: u32, id: u64, draw: u32) -> u64 {
        self.0
            .named(&format!("strategy.{stream}"))
            .bits64(id, self.1, draw)
    }
}

impl Simulation {
    /// A world of `scenario` for this replication, at month 0.
    pub fn new(scenario: &Scenario, replication: u32) -> Self {
        Self::built(scenario, replication, Lent::default(), None)
    }

    /// The same, with hands that share the work over many households, telling of each step on the way
    /// to month 0.
    pub fn telling(
        scenario: &Scenario,
        replication: u32,
        hands: Arc<dyn Hands>,
        tell: &mut dyn FnMut(Moment),
    ) -> Self {
        Self::built(scenario, replication, Lent(hands), Some(tell))
    }

    fn built(
        scenario: &Scenario,
        replication: u32,
        hands: Lent,
        tell: Option<&mut (dyn FnMut(Moment) + '_)>,
    ) -> Self {
        let (before, after) = schedules();
        Self {
            scenario: scenario.clone(),
            streams: Streams::new(scenario.seed, replication),
            world: build(scenario, replication, hands, tell),
            before,
            after,
            steps: None,
            watch: None,
            told: Vec::new(),
        }
    }

    /// Watches households from now on, by their number in the order of ids; the run stays the same.
    ///
    /// # Panics
    /// When there are fewer households.
    pub fn watch(&mut self, households: Range<usize>) {
        let all = self.world.resource::<Settings>().households as usize;
        assert!(households.end <= all, "there are {all} households");
        self.watch = Some(Watch::new(&self.scenario, households, &mut self.world));
    }

    /// What the watcher saw; `None` when nobody watches.
    pub fn watched(&self) -> Option<&Watch> {
        self.watch.as_ref()
    }

    /// Measures these too, of which strategies tell: see [`Strategy::measured`].
    pub fn measure_too(&mut self, metrics: &[MetricSpec]) {
        let own = metrics.iter().cloned().enumerate();
        let own = own.map(|(member, spec)| Metric::of_strategies(spec, member));
        self.told = metrics.iter().map(|spec| spec.name.clone()).collect();
        self.world.resource_mut::<Settings>().metrics.extend(own);
    }

    /// Takes down what the strategy measured this month.
    fn hear(&mut self, strategy: &mut dyn Strategy) {
        let mut told = vec![None; self.told.len()];
        for (name, value) in strategy.measured() {
            if let Some(at) = self.told.iter().position(|one| *one == name) {
                told[at] = Some(value);
            }
        }
        self.world.resource_mut::<Flows>().told = told;
    }

    /// Months done so far.
    pub fn month(&self) -> u32 {
        self.world.resource::<Clock>().month
    }

    /// Adds the shocks of a stressor; all must lie at or after the current month.
    pub fn add_stressor(&mut self, stressor: &Stressor) {
        let shocks = resolve(&self.scenario, &stressor.shocks);
        self.world.resource_mut::<Shocks>().0.extend(shocks);
    }

    /// Runs until `month` months are done; `strategy` acts from the policy date.
    ///
    /// # Errors
    /// When the strategy fails, asks for what is not allowed, or the books do not balance.
    pub fn run_to(
        &mut self,
        month: u32,
        strategy: Option<&mut (dyn Strategy + 'static)>,
    ) -> Result<(), RunError> {
        self.run_on(month, strategy, None)
    }

    /// The same run, telling of each step as soon as it is done. Who wants to know how long steps
    /// take looks at a clock then; there is none in the model.
    ///
    /// # Errors
    /// As [`Self::run_to`].
    pub fn run_telling(
        &mut self,
        month: u32,
        strategy: Option<&mut (dyn Strategy + 'static)>,
        tell: &mut dyn FnMut(Moment),
    ) -> Result<(), RunError> {
        self.run_on(month, strategy, Some(tell))
    }

    fn run_on(
        &mut self,
        month: u32,
        mut strategy: Option<&mut (dyn Strategy + 'static)>,
        mut tell: Option<&mut (dyn FnMut(Moment) + '_)>,
    ) -> Result<(), RunError> {
        let policy_month = self.world.resource::<Settings>().policy_month;
        while self.month() < month {
            self.run_half(Half::Before, tell.as_deref_mut());
            if self.month() >= policy_month
                && let Some(strategy) = strategy.as_deref_mut()
            {
                self.decide(strategy)?;
                self.hear(strategy);
                if let Some(tell) = tell.as_deref_mut() {
                    let month = Some(self.month());
                    let step = &MONTH[BEFORE];
                    tell(Moment { step, month });
                }
            }
            self.run_half(Half::After, tell.as_deref_mut());
            self.close_month()?;
        }
        Ok(())
    }

    /// A half of the month: as a whole, or step by step when somebody looks.
    fn run_half(&mut self, half: Half, mut tell: Option<&mut (dyn FnMut(Moment) + '_)>) {
        if self.watch.is_none() && tell.is_none() {
            match half {
                Half::Before => self.before.run(&mut self.world),
                Half::After => self.after.run(&mut self.world),
            }
            return;
        }
        let month = Some(self.month());
        let (before, after) = self.steps.get_or_insert_with(steps);
        let (schedules, first) = match half {
            Half::Before => (before, 0),
            Half::After => (after, BEFORE + 1),
        };
        for (schedule, step) in schedules.iter_mut().zip(&MONTH[first..]) {
            schedule.run(&mut self.world);
            if let Some(watch) = &mut self.watch {
                watch.look(step, &mut self.world);
            }
            if let Some(tell) = tell.as_deref_mut() {
                tell(Moment { step, month });
            }
        }
    }

    fn decide(&mut self, strategy: &mut dyn Strategy) -> Result<(), RunError> {
        let view = view(&mut self.world);
        if view.rows.is_empty() {
            return Ok(());
        }
        let draws = Draws(self.streams, view.month);
        let mut kept = self.world.resource_mut::<Kept>();
        if let Some(own) = strategy.kept() {
            *own = std::mem::take(&mut *kept);
        }
        let commands = strategy.decide(&view, &draws).map_err(RunError::Strategy)?;
        if let Some(own) = strategy.kept() {
            *kept = std::mem::take(own);
        }
        carry_out(&mut self.world, &commands).map_err(|message| {
            RunError::Strategy(StrategyError {
                strategy: strategy.id(),
                month: view.month,
                kind: StrategyErrorKind::BadCommand,
                message,
            })
        })
    }

    fn close_month(&mut self) -> Result<(), RunError> {
        let month = self.month();
        if let Some(message) = self.world.resource::<Recorder>().problem.clone() {
            return Err(RunError::Ledger { month, message });
        }
        self.world.resource_mut::<Clock>().set(month + 1);
        Ok(())
    }

    /// Copies the state, to fork from.
    pub fn snapshot(&mut self) -> Snapshot {
        Snapshot::of(&mut self.world)
    }

    /// Goes back to a snapshot taken of a simulation of the same scenario and replication.
    ///
    /// # Panics
    /// When the snapshot has other rows.
    pub fn restore(&mut self, snapshot: &Snapshot) {
        snapshot.put(&mut self.world);
        if let Some(watch) = &mut self.watch {
            watch.look_again(&mut self.world);
        }
    }

    /// Where every household stands now, in the order of their ids.
    pub fn households(&mut self) -> Vec<HouseholdState> {
        let mut query = self.world.query::<(&HouseholdId, &Levels, &Care)>();
        let state = |(id, levels, care): (&HouseholdId, &Levels, &Care)| HouseholdState {
            id: id.0,
            levels: levels.0,
            status: care.status,
            served: care.served,
            came: false,
        };
        let mut households: Vec<_> = query.iter(&self.world).map(state).collect();
        for &row in &self.world.resource::<Flows>().moved {
            households[row as usize].came = true;
        }
        households
    }

    /// How every project stands now, in the order of the scenario, then those founded in the run.
    pub fn projects(&mut self) -> Vec<ProjectState> {
        let (settings, month) = (self.world.resource::<Settings>().clone(), self.month());
        let mut query = self.world.query::<&Project>();
        let mut projects: Vec<&Project> = query.iter(&self.world).collect();
        projects.sort_by_key(|project| project.index);
        let state = |project: &&Project| ProjectState::of(project, &settings, month);
        projects.iter().map(state).collect()
    }

    /// What is kept of the run so far.
    pub fn record(&mut self) -> RunRecord {
        let recorder = self.world.resource::<Recorder>();
        let (outcomes, series) = (
            recorder.outcomes(&self.world.resource::<Settings>().metrics),
            recorder.series.clone(),
        );
        let costs = recorder.costs.clone();
        RunRecord {
            outcomes,
            series,
            costs,
            fates: self.fates(),
            events: self.log_in_english(),
            digest: self.digest(),
        }
    }

    /// What happened to projects and payers so far: month index, and what.
    pub fn log(&self) -> &[(u32, Happening)] {
        &self.world.resource::<Log>().0
    }

    fn log_in_english(&self) -> Vec<(u32, String)> {
        let line = |(month, what): &(u32, Happening)| (*month, what.to_string());
        self.log().iter().map(line).collect()
    }

    fn fates(&mut self) -> Vec<ProjectFate> {
        let mut query = self.world.query::<&Project>();
        let fate = |project: &Project| ProjectFate {
            project: project.id.clone(),
            end: project.ended.map(|(month, _)| month),
            cause: project
                .ended
                .map_or("running", |(_, cause)| cause)
                .to_owned(),
            form: project.form.name().to_owned(),
        };
        let first = |project: &&Project| !project.newcomer;
        let mut projects: Vec<&Project> = query.iter(&self.world).filter(first).collect();
        projects.sort_by_key(|project| project.index);
        projects.into_iter().map(fate).collect()
    }
}

#[cfg(test)]
mod tests;
