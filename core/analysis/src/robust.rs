//! Robustness: how strategies stand over stressors that have no probabilities.
//!
//! Every stressor has equal place; none is weighted, none is left out.

mod words;

use crate::estimate::Estimate;
use crate::kept::{Kept, mean};
use crate::names::{metric, sign_needed};
use crate::play::{Asked, Play, Problem};
use crate::threshold::Threshold;
use serde::Serialize;
pub use words::answer;
use zalm_experiment::{LEVEL, Point, Results};
use zalm_model::{MetricSpec, metrics};
use zalm_scenario::{Scenario, Text};
use zalm_statistics::Keyed;
use zalm_statistics::robustness::{RobustnessMetric, largest_regret, regret, robustness};

/// Replications needed for an interval.
const NEEDED: usize = 2;
/// Resamples of the replications.
const RESAMPLES: u32 = 1000;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Metric in which the strategies are held against each other.
    pub metric: String,
    /// What an acceptable strategy does not break (Starr's criterion).
    pub thresholds: Vec<Threshold>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Robust {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications that count.
    pub replications: usize,
    /// Replications left out because a run failed.
    pub left_out: usize,
    /// Metric.
    pub metric: String,
    /// Its unit.
    pub unit: &'static str,
    /// 1 where higher is better, -1 where lower is.
    pub better: f64,
    /// Thresholds of Starr's criterion.
    pub thresholds: Vec<Threshold>,
    /// Stressors in declared order.
    pub stressors: Vec<String>,
    /// One per strategy, in declared order.
    pub standings: Vec<Standing>,
    /// Index of the strategy with the smallest largest regret.
    pub minimax: usize,
    /// The eleven measures.
    pub measures: Vec<Measure>,
    #[serde(skip)]
    spec: MetricSpec,
}

/// How one strategy stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// The strategy.
    pub strategy: String,
    /// The metric under each stressor, as measured.
    pub performance: Vec<Estimate>,
    /// What is lost under each stressor against the best strategy there, 0 or more.
    pub regret: Vec<f64>,
    /// The largest of these.
    pub largest_regret: f64,
    /// Bootstrap interval over replications.
    pub interval: (f64, f64),
    /// How much of it may be the luck of whoever looks best.
    pub bias: f64,
    /// Whether no threshold is broken, under each stressor; empty without thresholds.
    pub acceptable: Vec<bool>,
}

/// One measure of robustness over all strategies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// Name.
    pub measure: &'static str,
    /// Whether lower is better.
    pub lower_is_better: bool,
    /// Value of each strategy, of the metric turned so that higher is better; `None` where the
    /// measure has none.
    pub values: Vec<Option<f64>>,
    /// Rank of each strategy from 1.
    pub ranks: Vec<Option<usize>>,
}

impl Robust {
    /// Strategies that come first under some measure, with those measures.
    pub fn picks(&self) -> Vec<(usize, Vec<&'static str>)> {
        let first = |strategy: usize| {
            let measures = self.measures.iter();
            let own = measures.filter(|one| one.ranks[strategy] == Some(1));
            (strategy, own.map(|one| one.measure).collect::<Vec<_>>())
        };
        let all = (0..self.standings.len()).map(first);
        all.filter(|(_, measures)| !measures.is_empty()).collect()
    }
}

/// The robustness of a scenario's strategies.
///
/// # Errors
/// When the question cannot be asked of this scenario, or it cannot be played.
pub fn robust<P: Play>(
    scenario: &Scenario,
    question: &Question,
    play: &P,
) -> Result<Robust, Problem<P::Error>> {
    let all = metrics(scenario);
    let asked = metric(&all, &question.metric)?;
    sign_needed(&all[asked])?;
    for threshold in &question.thresholds {
        metric(&all, &threshold.metric)?;
    }
    if scenario.strategies.len() < 2 {
        return Err(Asked("one strategy alone cannot be ranked; add another".to_owned()).into());
    }
    let keep = Threshold::keep(&question.thresholds);
    let results = play
        .play(&[Point::default()], keep)
        .map_err(Problem::Played)?;
    Ok(held(scenario, question, &results)?)
}

fn held(scenario: &Scenario, question: &Question, results: &[Results]) -> Result<Robust, Asked> {
    let own = &results[0];
    let asked = metric(&own.metrics, &question.metric)?;
    let spec = own.metrics[asked].clone();
    let better = sign_needed(&spec)?;
    let thresholds = &question.thresholds;
    let watched: Vec<usize> = thresholds
        .iter()
        .map(|one| metric(&own.metrics, &one.metric))
        .collect::<Result<_, Asked>>()?;
    let kept = Kept::of(results, &[&[asked][..], &watched].concat(), NEEDED)?;
    let (strategies, stressors) = (own.strategies.len(), own.stressors.len());
    let table = |strategy: usize| -> Vec<Vec<f64>> {
        let values = |stressor| kept.values((0, stressor, strategy), asked);
        (0..stressors).map(values).collect()
    };
    let values: Vec<Vec<Vec<f64>>> = (0..strategies).map(table).collect();
    let turned = |list: &Vec<f64>| list.iter().map(|value| better * value).collect();
    let oriented: Vec<Vec<Vec<f64>>> = values
        .iter()
        .map(|row| row.iter().map(turned).collect())
        .collect();
    let means: Vec<Vec<f64>> = oriented
        .iter()
        .map(|row| row.iter().map(|list| mean(list.iter().copied())).collect())
        .collect();
    let first = means[0][0];
    if means
        .iter()
        .flatten()
        .all(|mean| mean.to_bits() == first.to_bits())
    {
        return Err(Asked(format!(
            "`{}` never varies over strategies and stressors, so nothing can be told from it: \
             choose another metric",
            spec.name
        )));
    }
    let acceptable = |strategy: usize| -> Result<Vec<bool>, Asked> {
        let under = |stressor: usize| {
            for (threshold, metric) in thresholds.iter().zip(&watched) {
                let place = (0, stressor, strategy);
                if threshold.breaks(kept.mean_at(place, *metric, threshold.after)?) {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        (0..stressors).map(under).collect()
    };
    let acceptable: Vec<Vec<bool>> = (0..strategies).map(acceptable).collect::<Result<_, _>>()?;
    let lost = regret(&means)?;
    let key = Keyed::new(scenario.seed, asked as u64);
    let largest = largest_regret(&oriented, LEVEL, RESAMPLES, key)?;
    let with_thresholds = (!thresholds.is_empty()).then_some(acceptable.as_slice());
    let measures = robustness(&means, with_thresholds)?;
    let standing = |strategy: usize| Standing {
        strategy: own.strategies[strategy].clone(),
        performance: values[strategy]
            .iter()
            .map(|list| Estimate::of(list, spec.unit))
            .collect(),
        regret: lost.by_scenario[strategy].clone(),
        largest_regret: largest[strategy].value,
        interval: largest[strategy].interval,
        bias: largest[strategy].bias,
        acceptable: with_thresholds.map_or_else(Vec::new, |rows| rows[strategy].clone()),
    };
    Ok(Robust {
        title: scenario.title.clone(),
        seed: scenario.seed,
        replications: kept.count(),
        left_out: kept.left_out(),
        metric: spec.name.clone(),
        unit: spec.unit,
        better,
        thresholds: thresholds.clone(),
        stressors: own.stressors.clone(),
        standings: (0..strategies).map(standing).collect(),
        minimax: lost.minimax,
        measures: measures
            .into_iter()
            .map(|one| Measure {
                measure: name(one.metric),
                lower_is_better: one.metric.is_loss(),
                values: one.values,
                ranks: one.ranks,
            })
            .collect(),
        spec,
    })
}

/// Name of a measure in documents and texts.
fn name(metric: RobustnessMetric) -> &'static str {
    match metric {
        RobustnessMetric::MinimaxRegret => "minimax-regret",
        RobustnessMetric::Regret90 => "regret-90",
        RobustnessMetric::Maximin => "maximin",
        RobustnessMetric::Maximax => "maximax",
        RobustnessMetric::Hurwicz => "hurwicz",
        RobustnessMetric::Laplace => "laplace",
        RobustnessMetric::MeanVariance => "mean-variance",
        RobustnessMetric::UndesirableDeviations => "undesirable-deviations",
        RobustnessMetric::Skewness => "skewness",
        RobustnessMetric::Peakedness => "peakedness",
        RobustnessMetric::Domain => "domain",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy::Toy;

    /// Strategy 0 is 10 in calm and 4 under the cut, strategy 1 is 8 and 6.
    fn toy() -> Toy {
        Toy::new(|_, stressor, strategy, replication, _| {
            let table = [[10.0, 4.0], [8.0, 6.0]];
            table[strategy][stressor] + f64::from(replication % 2) - 0.5
        })
    }

    fn question(metric: &str) -> Question {
        Question {
            metric: metric.to_owned(),
            thresholds: vec!["households.problem_free<5".parse().unwrap()],
        }
    }

    #[test]
    fn regret_and_winners_by_hand() {
        let toy = toy();
        let robust = robust(&toy.scenario, &question("households.problem_free"), &toy).unwrap();
        let regret: Vec<_> = robust
            .standings
            .iter()
            .map(|one| one.regret.clone())
            .collect();
        assert_eq!(regret, [[0.0, 2.0], [2.0, 0.0]]);
        let acceptable: Vec<_> = robust.standings.iter().map(|one| &one.acceptable).collect();
        assert_eq!(acceptable, [&[true, false], &[true, true]]);
        let picks = robust.picks();
        assert!(picks[0].1.contains(&"maximax") && !picks[0].1.contains(&"maximin"));
        assert!(picks[1].1.contains(&"maximin") && picks[1].1.contains(&"domain"));
    }

    #[test]
    fn where_lower_is_better_the_order_turns() {
        let toy = toy();
        let question = Question {
            thresholds: Vec::new(),
            ..question("households.multi_problem")
        };
        let robust = robust(&toy.scenario, &question, &toy).unwrap();
        let maximin = robust
            .measures
            .iter()
            .find(|one| one.measure == "maximin")
            .unwrap();
        assert_eq!(maximin.values, [Some(-10.0), Some(-8.0)]);
        assert_eq!(maximin.ranks, [Some(2), Some(1)]);
        let domain = robust
            .measures
            .iter()
            .find(|one| one.measure == "domain")
            .unwrap();
        assert_eq!(domain.ranks, [None, None]);
        assert!((robust.standings[0].performance[0].mean - 10.0).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_told_is_refused() {
        let toy = toy();
        let asked = |metric: &str, toy: &Toy| match robust(&toy.scenario, &question(metric), toy) {
            Err(Problem::Asked(asked)) => asked.0,
            other => panic!("{other:?}"),
        };
        assert!(asked("cost.totl", &toy).contains("`cost.total`"));
        assert!(asked("cost.projects", &toy).contains("direction"));
        let flat = Toy::new(|_, _, _, _, _| 1.0);
        assert!(asked("cost.total", &flat).contains("never varies"));
    }
}
