//! Who gains and who loses: a strategy against the null alternative, dwelling by dwelling, by groups
//! that are fixed at the policy date.
//!
//! What is compared is the number of life domains with a problem, mean over the time after the policy
//! date, of the same dwelling under the same chance.

mod words;

use crate::estimate::Estimate;
use crate::names::{contender, stressor};
use crate::play::{Asked, Problem};
use serde::Serialize;
use zalm_experiment::{Dwelling, in_problem};
use zalm_scenario::{Scenario, Stressor, Text};
use zalm_statistics::{gini, winners};

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
    /// Replications.
    pub replications: usize,
    /// The strategy.
    pub strategy: String,
    /// The null alternative.
    pub null_alternative: String,
    /// The stressor.
    pub stressor: String,
    /// Groups; a dwelling is in several.
    pub groups: Vec<Group>,
    /// Gini coefficient of problems over dwellings under the null alternative.
    pub inequality: Estimate,
    /// Paired difference of the strategy's from it.
    pub inequality_moves: Estimate,
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

/// Who gains and who loses. `play` gives the dwellings of a replication under the null alternative
/// and the strategy, in this order.
///
/// # Errors
/// When the question cannot be asked of this scenario, or a replication cannot be played.
pub fn groups<E>(
    scenario: &Scenario,
    question: &Question,
    play: impl FnOnce(&Stressor, [&str; 2]) -> Result<Vec<Vec<Dwelling>>, E>,
) -> Result<Groups, Problem<E>> {
    let stressor = stressor(scenario, question.stressor.as_deref())?;
    let (strategy, null) = contender(scenario, question.strategy.as_deref())?;
    let names = [null, strategy].map(|at| scenario.strategies[at].name.as_str());
    let played = play(stressor, names).map_err(Problem::Played)?;
    if played.len() < NEEDED {
        return Err(Problem::Asked(Asked(format!(
            "{} replications show no spread; expected {NEEDED} or more",
            played.len()
        ))));
    }
    let each = |of: fn(&[Dwelling], usize) -> Option<f64>, at: usize| -> Vec<f64> {
        played.iter().filter_map(|all| of(all, at)).collect()
    };
    let (base, other) = (each(inequality, 0), each(inequality, 1));
    let group = |(group, member): &(&'static str, Member)| grouped(group, *member, &played);
    Ok(Groups {
        title: scenario.title.clone(),
        seed: scenario.seed,
        replications: played.len(),
        strategy: names[1].to_owned(),
        null_alternative: names[0].to_owned(),
        stressor: stressor.name.clone(),
        groups: GROUPS.iter().filter_map(group).collect(),
        inequality: Estimate::of(&base, "1"),
        inequality_moves: Estimate::between(&other, &base, "1"),
    })
}

/// `None` for problems that nobody has.
fn inequality(all: &[Dwelling], at: usize) -> Option<f64> {
    gini(&all.iter().map(|one| one.problems[at]).collect::<Vec<_>>()).ok()
}

/// A group; `None` when nobody is in it in some replication.
fn grouped(group: &'static str, member: Member, played: &[Vec<Dwelling>]) -> Option<Group> {
    let mut columns: [Vec<f64>; 5] = Default::default();
    for all in played {
        let own: Vec<&Dwelling> = all.iter().filter(|one| member(one)).collect();
        let under = |at: usize| own.iter().map(|one| one.problems[at]).collect::<Vec<f64>>();
        let (null, strategy) = (under(0), under(1));
        // Fewer problems are a gain.
        let turned = |values: &[f64]| values.iter().map(|value| -value).collect::<Vec<f64>>();
        let found = winners(&turned(&null), &turned(&strategy), TOLERANCE).ok()?;
        let mean = |values: &[f64]| crate::kept::mean(values.iter().copied());
        let row = [
            own.len() as f64,
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
        dwellings: crate::kept::mean(dwellings.into_iter()),
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
    use zalm_report::Lang;

    fn dwelling(problems_before: usize, children: bool, problems: [f64; 2]) -> Dwelling {
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
        Dwelling {
            before,
            problems: problems.to_vec(),
        }
    }

    fn found() -> Groups {
        let played = |extra: f64| {
            vec![
                dwelling(0, true, [1.0, 1.0]),
                dwelling(2, false, [3.0, 3.5]),
                dwelling(5, true, [6.0, 4.0 - extra]),
                dwelling(6, false, [6.0, 2.0 + extra]),
            ]
        };
        let scenario = tiny();
        let play = |_: &Stressor, _: [&str; 2]| -> Result<_, String> {
            Ok(vec![played(0.0), played(0.5)])
        };
        groups(&scenario, &Question::default(), play).unwrap()
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
        assert!(found.inequality_moves.mean < 0.0);
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
        let play = |_: &Stressor, _: [&str; 2]| -> Result<_, String> {
            Ok(vec![vec![dwelling(0, true, [1.0, 1.0])]])
        };
        let refused = groups(&tiny(), &Question::default(), play);
        assert!(matches!(refused, Err(Problem::Asked(_))));
    }
}
