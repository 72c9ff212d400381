//! A world that is a formula, so that answers can be held against closed forms.

use crate::play::Play;
use std::path::Path;
use zalm_experiment::{Draw, Keep, Outcome, Point, Results, Run};
use zalm_model::{Aggregate, RunRecord, Sample, metrics};
use zalm_scenario::{Scenario, Shock, read};

/// Value of every metric in a month: of a scenario, stressor, strategy, replication and month.
type Formula = Box<dyn Fn(&Scenario, usize, usize, u32, u32) -> f64>;

pub struct Toy {
    /// The tiny scenario; only its names and months count.
    pub scenario: Scenario,
    pub replications: u32,
    pub formula: Formula,
}

impl Toy {
    pub fn new(formula: impl Fn(&Scenario, usize, usize, u32, u32) -> f64 + 'static) -> Self {
        Self {
            scenario: tiny(),
            replications: 6,
            formula: Box::new(formula),
        }
    }
}

/// The tiny scenario.
pub fn tiny() -> Scenario {
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/tiny.ron");
    let read = read(&tiny, &[]).map_err(|problems| problems.render(false));
    read.expect("the tiny scenario is good").scenario
}

/// Share that cuts have taken by a month.
pub fn cut(scenario: &Scenario, stressor: usize, month: u32) -> f64 {
    let share = |shock: &Shock| match shock {
        Shock::Cut { at, share, .. } if at.since(scenario.start) <= month as i32 => *share,
        _ => 0.0,
    };
    scenario.stressors[stressor].shocks.iter().map(share).sum()
}

impl Play for Toy {
    type Error = String;

    fn play(&self, points: &[Point], _: Keep) -> Result<Vec<Results>, String> {
        let scenario = |point: &Point| {
            point
                .scenario(&self.scenario)
                .map_err(|found| found.join("; "))
        };
        points
            .iter()
            .map(|point| Ok(self.results(&scenario(point)?)))
            .collect()
    }
}

impl Toy {
    fn results(&self, scenario: &Scenario) -> Results {
        let metrics = metrics(scenario);
        let strategies: Vec<String> = scenario.strategies.iter().map(|s| s.name.clone()).collect();
        let mut runs = Vec::new();
        for replication in 0..self.replications {
            for stressor in 0..scenario.stressors.len() {
                for strategy in 0..strategies.len() {
                    let value =
                        |month| (self.formula)(scenario, stressor, strategy, replication, month);
                    let months = scenario.policy_month()..scenario.months;
                    let values: Vec<f64> = months.clone().map(value).collect();
                    let sum: f64 = values.iter().sum();
                    let outcome = |aggregate| match aggregate {
                        Aggregate::Sum => sum,
                        Aggregate::Mean | Aggregate::MeanAlive => sum / values.len() as f64,
                        Aggregate::Last => values[values.len() - 1],
                    };
                    let sample = |(month, value): (u32, &f64)| Sample {
                        month,
                        values: vec![*value; metrics.len()],
                    };
                    runs.push(Run {
                        draw: 0,
                        strategy,
                        stressor,
                        replication,
                        outcome: Outcome::Done(RunRecord {
                            outcomes: metrics.iter().map(|one| outcome(one.aggregate)).collect(),
                            series: months.zip(&values).map(sample).collect(),
                            fates: Vec::new(),
                            costs: Vec::new(),
                            events: Vec::new(),
                            digest: 0,
                        }),
                    });
                }
            }
        }
        Results {
            title: scenario.title.nl.clone(),
            null: strategies
                .iter()
                .position(|name| *name == scenario.null_alternative),
            metrics,
            strategies,
            stressors: scenario.stressors.iter().map(|s| s.name.clone()).collect(),
            start: scenario.start,
            policy_month: scenario.policy_month(),
            months: scenario.months,
            seed: scenario.seed,
            draws: vec![Draw {
                number: 0,
                seed: scenario.seed,
                values: Vec::new(),
            }],
            sampled: true,
            planned: self.replications,
            replications: (0..self.replications).collect(),
            runs,
            sha256: None,
        }
    }
}
