//! What came out: one entry per run, in one fixed order.

use serde::Serialize;
use zalm_model::{MetricSpec, RunRecord};
use zalm_scenario::{Month, Scenario};

/// All runs of a comparison, ordered by draw, replication, stressor and strategy as declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// Title of the scenario.
    pub title: String,
    /// Metrics in declared order; `RunRecord::outcomes` follows it.
    pub metrics: Vec<MetricSpec>,
    /// Names of the strategies in declared order.
    pub strategies: Vec<String>,
    /// Names of the stressors in declared order.
    pub stressors: Vec<String>,
    /// Index of the null alternative; `None` when the scenario's strategies leave it out.
    pub null: Option<usize>,
    /// First month of the scenario.
    pub start: Month,
    /// Month index of the policy date, from which strategies act.
    pub policy_month: u32,
    /// Months in all.
    pub months: u32,
    /// Seed of all randomness.
    pub seed: u64,
    /// Draws, in the order of the runs; one that changes nothing when none was asked for.
    pub draws: Vec<Draw>,
    /// Whether several draws are a sample from what parameters may be, so that intervals go over
    /// them. Points of a design, which somebody chose, are none.
    pub sampled: bool,
    /// Replications of each draw asked for, count.
    pub planned: u32,
    /// Replications that are complete for every draw, ascending.
    pub replications: Vec<u32>,
    /// The runs of those draws and replications; without their series and costs where these stay in
    /// a run folder, see [`crate::Study::thin`].
    pub runs: Vec<Run>,
    /// Digest over every row of theirs, once it was taken ([`crate::Played::digest`]).
    pub sha256: Option<String>,
}

/// One set of parameter values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Draw {
    /// Its number, from 0.
    pub number: u32,
    /// Seed of its noise.
    pub seed: u64,
    /// Parameters that differ from the scenario by design, with their values.
    pub values: Vec<(String, f64)>,
}

/// One strategy under one stressor in one replication of one draw, with what is kept of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run<R = RunRecord> {
    /// Number of the draw.
    pub draw: u32,
    /// Index of the strategy.
    pub strategy: usize,
    /// Index of the stressor.
    pub stressor: usize,
    /// Replication number.
    pub replication: u32,
    /// What came of it.
    pub outcome: Outcome<R>,
}

/// What came of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<R = RunRecord> {
    /// It ran to the end.
    Done(R),
    /// It could not go on.
    Failed(Failure),
}

/// Why a run failed and how to see it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What happened, for people.
    pub reason: String,
    /// Command line that repeats just this run.
    pub rerun: String,
}

impl Draw {
    /// The value that a parameter has by design, in its unit.
    pub fn value(&self, name: &str) -> Option<f64> {
        let own = |(own, _): &&(String, f64)| own == name;
        self.values.iter().find(own).map(|(_, value)| *value)
    }
}

impl<R> Run<R> {
    /// The record; `None` when the run failed.
    pub fn record(&self) -> Option<&R> {
        match &self.outcome {
            Outcome::Done(record) => Some(record),
            Outcome::Failed(_) => None,
        }
    }

    /// The failure, if it failed.
    pub fn failure(&self) -> Option<&Failure> {
        match &self.outcome {
            Outcome::Done(_) => None,
            Outcome::Failed(failure) => Some(failure),
        }
    }
}

impl Run {
    /// Lets go of what takes room: series, costs and events.
    pub(crate) fn thin(&mut self) {
        if let Outcome::Done(record) = &mut self.outcome {
            record.series = Vec::new();
            record.costs = Vec::new();
            record.events = Vec::new();
        }
    }

    /// Value of a metric, in its unit; `None` when the run failed or the value is no number.
    pub fn value(&self, metric: usize) -> Option<f64> {
        self.record()?
            .outcomes
            .get(metric)
            .copied()
            .filter(|value| value.is_finite())
    }
}

impl Results {
    /// The results of several points as draws of one experiment, in their order.
    ///
    /// # Panics
    /// Without any, or when they are not points of one scenario with the same replications.
    pub fn joined(parts: Vec<Self>) -> Self {
        let mut parts = parts.into_iter();
        let mut all = parts.next().expect("an experiment has at least one point");
        for part in parts {
            let same = (&all.strategies, &all.stressors, &all.replications)
                == (&part.strategies, &part.stressors, &part.replications);
            assert!(same, "points of one experiment are run alike");
            all.sha256 = None;
            all.draws.extend(part.draws);
            all.runs.extend(part.runs);
        }
        all
    }

    /// Results without runs, to be filled.
    pub(crate) fn empty(scenario: &Scenario, metrics: Vec<MetricSpec>, draw: Draw) -> Self {
        let strategies: Vec<String> = scenario
            .strategies
            .iter()
            .map(|strategy| strategy.name.clone())
            .collect();
        Self {
            title: scenario.title.en.clone(),
            metrics,
            null: strategies
                .iter()
                .position(|name| *name == scenario.null_alternative),
            strategies,
            stressors: scenario
                .stressors
                .iter()
                .map(|stressor| stressor.name.clone())
                .collect(),
            start: scenario.start,
            policy_month: scenario.policy_month(),
            months: scenario.months,
            seed: scenario.seed,
            draws: vec![draw],
            sampled: true,
            planned: scenario.replications,
            replications: Vec::new(),
            runs: Vec::new(),
            sha256: None,
        }
    }

    /// Runs of one stressor and strategy, by draw and replication: one per entry of `replications`
    /// for each draw.
    pub fn arm(&self, stressor: usize, strategy: usize) -> impl Iterator<Item = &Run> {
        let per_replication = self.stressors.len() * self.strategies.len();
        let offset = stressor * self.strategies.len() + strategy;
        self.runs
            .iter()
            .skip(offset)
            .step_by(per_replication.max(1))
    }

    /// The draw of a run.
    pub(crate) fn draw(&self, run: &Run) -> &Draw {
        let own = |draw: &&Draw| draw.number == run.draw;
        self.draws.iter().find(own).expect("a run is of a draw")
    }

    /// Whether draws meet the same chance, so that they are no sample of it.
    pub fn shares_chance(&self) -> bool {
        let mut seeds: Vec<u64> = self.draws.iter().map(|draw| draw.seed).collect();
        seeds.sort_unstable();
        seeds.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// Names of the parameters that some draw changes, in the order in which they come.
    pub fn drawn(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in self.draws.iter().flat_map(|draw| &draw.values) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    /// Every (stressor, strategy) pair in declared order.
    pub fn arms(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let strategies = self.strategies.len();
        (0..self.stressors.len()).flat_map(move |s| (0..strategies).map(move |t| (s, t)))
    }

    /// Runs that failed.
    pub fn failures(&self) -> impl Iterator<Item = (&Run, &Failure)> {
        self.runs
            .iter()
            .filter_map(|run| Some((run, run.failure()?)))
    }

    /// Whether the experiment was stopped before all replications were done.
    pub fn stopped_early(&self) -> bool {
        self.replications.len() < self.planned as usize
    }

    /// Months from the policy date to the end.
    pub fn horizon(&self) -> u32 {
        self.months.saturating_sub(self.policy_month)
    }
}
