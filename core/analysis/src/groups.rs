//! Who gains and who loses: a strategy against the null alternative, dwelling by dwelling, by groups
//! that are fixed at the policy date.
//!
//! What is compared is the number of life domains with a problem, mean over the time after the policy
//! date, of the same dwelling under the same chance.

mod words;

use crate::estimate::Estimate;
use crate::kept::{enough, mean};
use crate::names::{contender, stressor};
use crate::play::Problem;
use serde::Serialize;
use zalm_experiment::{Dwelling, Run, in_problem};
use zalm_scenario::{Scenario, Text};
use zalm_statistics::{Refused, gini, theil, winners};

/// Part of its problems under the null alternative by which a dwelling must differ to count as gaining
/// or losing.
pub const TOLERANCE: f64 = 0.01;
/// Replications needed for an interval.
const NEEDED: usize = 2;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The strategy; the only one beside the null alternative when absent.
    pub strategy: Option<String>,
    /// The stressor under which; the first when absent.
    pub stressor: Option<String>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Groups {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications that count.
    pub replications: usize,
    /// Replications left out because a run failed.
    pub left_out: usize,
    /// The strategy.
    pub strategy: String,
    /// The null alternative.
    pub null_alternative: String,
    /// The stressor.
    pub stressor: String,
    /// Groups; a dwelling is in several.
    pub groups: Vec<Group>,
    /// Gini coefficient of problems over dwellings.
    pub gini: Inequality,
    /// Theil index of the same.
    pub theil: Inequality,
}

/// How unequally problems lie over dwellings.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Inequality {
    /// Under the null alternative.
    pub without: Estimate,
    /// Paired difference of the strategy's from it.
    pub moves: Estimate,
}

/// A group of dwellings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Its id in the texts.
    pub group: &'static str,
    /// Dwellings, mean over replications.
    pub dwellings: f64,
    /// Domains with a problem under the null alternative, mean per dwelling.
    pub problems: Estimate,
    /// Domains fewer under the strategy, mean per dwelling; below 0 is more.
    pub fewer: Estimate,
    /// Share of dwellings with clearly fewer, by [`TOLERANCE`].
    pub gain: Estimate,
    /// Share with clearly more.
    pub lose: Estimate,
}

/// Whether a dwelling is in a group.
type Member = fn(&Dwelling) -> bool;

/// The groups, by what is known at the policy date.
const GROUPS: [(&str, Member); 12] = [
    ("all", |_| true),
    ("none", |one| in_problem(&one.before.levels) == 0),
    ("few", |one| {
        (1..=2).contains(&in_problem(&one.before.levels))
    }),
    ("several", |one| {
        (3..=4).contains(&in_problem(&one.before.levels))
    }),
    ("many", |one| in_problem(&one.before.levels) >= 5),
    ("most", |one| one.before.vulnerability == 0),
    ("danger", |one| one.before.vulnerability == 1),
    ("heavy", |one| one.before.vulnerability == 2),
    ("children", |one| one.before.children),
    ("childless", |one| !one.before.children),
    ("tenant", |one| one.before.tenant),
    ("avoider", |one| one.before.avoider),
];

/// What makes one number of how unequal values are.
type Index = fn(&[f64]) -> Result<f64, Refused>;

/// A dwelling under the null alternative, and the same one under the strategy.
type Pair<'a> = (&'a Dwelling, &'a Dwelling);

/// Who gains and who loses. `play` gives the runs of a scenario, replication by replication, as
/// [`zalm_experiment::dwellings`] does.
///
/// # Errors
/// When the question cannot be asked of this scenario, when it cannot be played, or when too many of
/// its runs failed.
pub fn groups<E>(
    scenario: &Scenario,
    question: &Question,
    play: impl FnOnce(&Scenario) -> Result<Vec<Run<Vec<Dwelling>>>, E>,
) -> Result<Groups, Problem<E>> {
    let stressor = stressor(scenario, question.stressor.as_deref())?;
    let (strategy, null) = contender(scenario, question.strategy.as_deref())?;
    let [null, strategy] = [null, strategy].map(|at| scenario.strategies[at].clone());
    let runs = play(&Scenario {
        strategies: vec![null.clone(), strategy.clone()],
        stressors: vec![stressor.clone()],
        ..scenario.clone()
    });
    let runs = runs.map_err(Problem::Played)?;
    let pairs = runs.chunks_exact(2);
    let played = pairs.len();
    let whole: Vec<Vec<Pair<'_>>> = pairs.filter_map(whole).collect();
    enough(
        whole.len(),
        played,
        NEEDED,
        runs.iter().find_map(Run::failure),
    )?;
    let group = |(group, member): &(&'static str, Member)| grouped(group, *member, &whole);
    Ok(Groups {
        title: scenario.title.clone(),
        seed: scenario.seed,
        replications: whole.len(),
        left_out: played - whole.len(),
        strategy: strategy.name,
        null_alternative: null.name,
        stressor: stressor.name.clone(),
        groups: GROUPS.iter().filter_map(group).collect(),
        gini: inequality(&whole, gini),
        theil: inequality(&whole, theil),
    })
}

/// The dwellings of a replication; `None` when one of its two runs failed.
fn whole(runs: &[Run<Vec<Dwelling>>]) -> Option<Vec<Pair<'_>>> {
    let (null, strategy) = (runs[0].record()?, runs[1].record()?);
    Some(null.iter().zip(strategy).collect())
}

/// An index of inequality over the replications in which somebody has a problem under the null
/// alternative and under the strategy.
fn inequality(whole: &[Vec<Pair<'_>>], index: Index) -> Inequality {
    let of = |all: &Vec<Pair<'_>>| {
        let (null, strategy) = problems(all);
        Some((index(&null).ok()?, index(&strategy).ok()?))
    };
    let (base, other): (Vec<f64>, Vec<f64>) = whole.iter().filter_map(of).unzip();
    Inequality {
        without: Estimate::of(&base, "1"),
        moves: Estimate::between(&other, &base, "1"),
    }
}

/// Problems under the null alternative and under the strategy.
fn problems<'a>(pairs: impl IntoIterator<Item = &'a Pair<'a>>) -> (Vec<f64>, Vec<f64>) {
    let pairs = pairs.into_iter();
    pairs
        .map(|(null, strategy)| (null.problems, strategy.problems))
        .unzip()
}

/// A group; `None` when nobody is in it in some replication.
fn grouped(group: &'static str, member: Member, whole: &[Vec<Pair<'_>>]) -> Option<Group> {
    let mut columns: [Vec<f64>; 5] = Default::default();
    for all in whole {
        let own = all.iter().filter(|(null, _)| member(null));
        let (null, strategy) = problems(own);
        // Fewer problems are a gain.
        let turned = |values: &[f64]| values.iter().map(|value| -value).collect::<Vec<f64>>();
        let found = winners(&turned(&null), &turned(&strategy), TOLERANCE).ok()?;
        let mean = |values: &[f64]| mean(values.iter().copied());
        let row = [
            null.len() as f64,
            mean(&null),
            mean(&null) - mean(&strategy),
            found.gain,
            found.lose,
        ];
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    let [dwellings, problems, fewer, gain, lose] = columns;
    Some(Group {
        group,
        dwellings: mean(dwellings.into_iter()),
        problems: Estimate::of(&problems, "1"),
        fewer: Estimate::of(&fewer, "1"),
        gain: of_shares(&gain),
        lose: of_shares(&lose),
    })
}

/// A mean of shares, none of which says yes or no, within what a share can be.
fn of_shares(shares: &[f64]) -> Estimate {
    let Estimate { mean, interval } = Estimate::of(shares, "1");
    let bounded = |(low, high): (f64, f64)| (low.max(0.0), high.min(1.0));
    Estimate {
        mean,
        interval: interval.map(bounded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy::tiny;
    use crate::{Answer, Origin, Voice};
    use zalm_experiment::{Failure, Outcome};
    use zalm_report::Lang;

    /// A dwelling under the null alternative and under the strategy.
    fn dwelling(problems_before: usize, children: bool, problems: [f64; 2]) -> [Dwelling; 2] {
        let mut levels = [0; 8];
        levels[..problems_before].fill(3);
        let before = zalm_model::Portrait {
            levels,
            status: zalm_model::CareStatus::None,
            served: 0,
            awaits: false,
            children,
            tenant: true,
            avoider: false,
            vulnerability: 0,
            strength: 0,
            network: 0,
        };
        problems.map(|problems| Dwelling { before, problems })
    }

    /// Both runs of a replication.
    fn played(replication: u32, dwellings: &[[Dwelling; 2]]) -> [Run<Vec<Dwelling>>; 2] {
        [0, 1].map(|strategy| Run {
            draw: 0,
            strategy,
            stressor: 0,
            replication,
            outcome: Outcome::Done(dwellings.iter().map(|one| one[strategy].clone()).collect()),
        })
    }

    fn replication(number: u32, extra: f64) -> [Run<Vec<Dwelling>>; 2] {
        played(
            number,
            &[
                dwelling(0, true, [1.0, 1.0]),
                dwelling(2, false, [3.0, 3.5]),
                dwelling(5, true, [6.0, 4.0 - extra]),
                dwelling(6, false, [6.0, 2.0 + extra]),
            ],
        )
    }

    fn asked(runs: Vec<[Run<Vec<Dwelling>>; 2]>) -> Result<Groups, Problem<String>> {
        let play = |_: &Scenario| Ok(runs.into_iter().flatten().collect());
        groups(&tiny(), &Question::default(), play)
    }

    fn found() -> Groups {
        asked(vec![replication(0, 0.0), replication(1, 0.5)]).unwrap()
    }

    #[test]
    fn groups_by_hand() {
        let found = found();
        let group = |name: &str| found.groups.iter().find(|one| one.group == name).unwrap();
        let all = group("all");
        // (0 - 0.5 + 2 + 4) / 4, chance cancels within the group.
        assert!((all.fewer.mean - 5.5 / 4.0).abs() < 1e-9 && (all.dwellings - 4.0).abs() < 1e-9);
        assert!((all.gain.mean - 0.5).abs() < 1e-9 && (all.lose.mean - 0.25).abs() < 1e-9);
        assert!((group("many").fewer.mean - 3.0).abs() < 1e-9);
        assert!((group("few").lose.mean - 1.0).abs() < 1e-9);
        assert!(
            !found.groups.iter().any(|one| one.group == "heavy"),
            "nobody is in it"
        );
        assert!(found.gini.moves.mean < 0.0);
        // 1, 3, 6, 6 and 1, 3.5, 4 - x, 2 + x with x = 0 and 0.5, by the definition.
        let theil = |values: [f64; 4]| {
            let mean = values.iter().sum::<f64>() / 4.0;
            values
                .iter()
                .map(|x| x / mean * (x / mean).ln())
                .sum::<f64>()
                / 4.0
        };
        let without = theil([1.0, 3.0, 6.0, 6.0]);
        let with = (theil([1.0, 3.5, 4.0, 2.0]) + theil([1.0, 3.5, 3.5, 2.5])) / 2.0;
        assert!((found.theil.without.mean - without).abs() < 1e-12);
        assert!((found.theil.moves.mean - (with - without)).abs() < 1e-12);
    }

    #[test]
    fn inequality_is_compared_where_it_is_known_of_both() {
        // In the first replication nobody has a problem with the strategy.
        let free = |number| {
            played(
                number,
                &[dwelling(1, true, [4.0, 0.0]), dwelling(1, true, [0.0, 0.0])],
            )
        };
        let with = asked(vec![free(0), replication(1, 0.0), replication(2, 0.5)]).unwrap();
        let without = found();
        assert_eq!((with.gini, with.theil), (without.gini, without.theil));
    }

    #[test]
    fn it_is_told_in_both_languages() {
        for (lang, words) in [(Lang::En, "with children"), (Lang::Nl, "met kinderen")] {
            let text = Answer::of(&found(), &Origin::default(), &Voice::new(lang)).text;
            assert!(text.contains("50%") && text.contains(words), "{text}");
        }
    }

    #[test]
    fn one_replication_is_too_few() {
        let refused = asked(vec![played(0, &[dwelling(0, true, [1.0, 1.0])])]);
        assert!(matches!(refused, Err(Problem::Asked(_))));
    }

    #[test]
    fn a_replication_in_which_a_run_failed_is_left_out_of_both() {
        let failed = |number| {
            let mut runs = replication(number, 3.0);
            runs[1].outcome = Outcome::Failed(Failure {
                reason: "it is ill".to_owned(),
                rerun: String::new(),
            });
            runs
        };
        let with = vec![failed(0), replication(1, 0.0), replication(2, 0.5)];
        let with = asked(with).unwrap();
        assert_eq!((with.replications, with.left_out), (2, 1));
        assert_eq!(with.groups, found().groups);
        let text = Answer::of(&with, &Origin::default(), &Voice::new(Lang::En)).text;
        assert!(text.contains("left out because a run failed: 1."), "{text}");
        let Err(Problem::Asked(few)) = asked(vec![failed(0), replication(1, 0.0)]) else {
            panic!("one replication was enough");
        };
        assert!(
            few.0.contains("1 of 2") && few.0.contains("it is ill"),
            "{few}"
        );
    }
}
