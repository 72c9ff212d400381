//! Robustness: how strategies stand over stressors that have no probabilities.
//!
//! Every stressor has equal place; none is weighted, none is left out.

mod contest;
mod page;
mod words;

use crate::estimate::Estimate;
use crate::play::{Play, Problem};
use crate::threshold::Threshold;
use contest::Contest;
use serde::Serialize;
use zalm_experiment::Point;
use zalm_model::MetricSpec;
use zalm_scenario::{Scenario, Text};

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
    /// Rank of each strategy from 1, equals sharing theirs; none where all are equal.
    pub ranks: Vec<Option<usize>>,
}

/// Measures of how outcomes lie about their middle, not of how good they are: a strategy that is bad
/// everywhere may come first under them, so none is picked by them.
const SHAPES: [&str; 3] = ["undesirable-deviations", "skewness", "peakedness"];

impl Robust {
    /// Measures that pick a strategy: those of how good outcomes are, under which one comes first
    /// alone.
    pub fn deciding(&self) -> impl Iterator<Item = &Measure> {
        let good = self.measures.iter();
        let good = good.filter(|one| !SHAPES.contains(&one.measure));
        good.filter(|one| one.ranks.iter().filter(|rank| **rank == Some(1)).count() == 1)
    }

    /// Strategies that come first alone under some measure of how good outcomes are, with those
    /// measures.
    pub fn picks(&self) -> Vec<(usize, Vec<&'static str>)> {
        let first = |strategy: usize| {
            let measures = self.deciding();
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
    let contest = Contest::new(scenario, question)?;
    let keep = Threshold::keep(&question.thresholds);
    let results = play
        .play(&[Point::default()], keep)
        .map_err(Problem::Played)?;
    Ok(contest.answer(&results)?)
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
    fn what_is_equal_or_only_a_shape_picks_nobody() {
        // Strategy 1 is 2 worse everywhere: the same shape, and nothing is lost but the level.
        let toy = Toy::new(|_, stressor, strategy, replication, _| {
            let level = [10.0, 4.0][stressor] - 2.0 * strategy as f64;
            level + f64::from(replication % 2) - 0.5
        });
        let question = Question {
            thresholds: Vec::new(),
            ..question("households.problem_free")
        };
        let robust = robust(&toy.scenario, &question, &toy).unwrap();
        let of = |name| robust.measures.iter().find(|one| one.measure == name);
        assert_eq!(of("undesirable-deviations").unwrap().ranks, [None, None]);
        assert_eq!(robust.picks().len(), 1, "{:?}", robust.picks());
        let deciding: Vec<&str> = robust.deciding().map(|one| one.measure).collect();
        assert!(SHAPES.iter().all(|shape| !deciding.contains(shape)));
        let voice = crate::voice::Voice::new(zalm_report::Lang::En);
        let told = words::sentence(&robust, &voice);
        assert!(told.contains("comes first under all 7 measures"), "{told}");
        let table = words::ranks(&robust, &voice);
        let shape = table
            .iter()
            .find(|row| row[0].starts_with("below its own median"));
        assert!(shape.unwrap()[1..].iter().all(|cell| !cell.contains('(')));
    }

    #[test]
    fn a_lead_that_may_be_chance_is_told_so() {
        // Strategy 1 is 2 worse in the mean, give or take so much from one replication to the next.
        let told = |spread: f64| {
            let toy = Toy::new(move |_, _, strategy, replication, _| {
                let shaken = spread * (f64::from(replication % 2) - 0.5);
                10.0 + strategy as f64 * (shaken - 2.0)
            });
            let question = Question {
                thresholds: Vec::new(),
                ..question("households.problem_free")
            };
            let robust = robust(&toy.scenario, &question, &toy).unwrap();
            let voice = crate::voice::Voice::new(zalm_report::Lang::En);
            words::sentence(&robust, &voice)
        };
        let (sure, unsure) = (told(0.1), told(20.0));
        assert!(unsure.contains("may be chance"), "{unsure}");
        assert!(
            sure.contains("comes first") && !sure.contains("may be chance"),
            "{sure}"
        );
    }

    #[test]
    fn the_headline_names_measures_as_the_table_does() {
        let toy = toy();
        let robust = robust(&toy.scenario, &question("households.problem_free"), &toy).unwrap();
        let voice = crate::voice::Voice::new(zalm_report::Lang::Nl);
        let told = words::sentence(&robust, &voice);
        for (_, measures) in robust.picks() {
            for measure in measures {
                let name = voice.text(&format!("measure-{measure}"));
                assert!(told.contains(&name), "{name} in {told}");
                let rows = words::ranks(&robust, &voice);
                assert!(rows.iter().any(|row| row[0] == name));
            }
        }
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
