//! Households with a story: for who does not know a number.

use super::{Cast, Side, household};
use crate::sheet::document;
use crate::voice::{Sentence, Voice};
use serde::Serialize;
use std::fmt::Write as _;
use std::str::FromStr;
use zalm_model::{Life, Lived, Worse};
use zalm_scenario::{Scenario, nearest};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Find {
    /// Helped by a team.
    Helped,
    /// Problems came back after help.
    Relapsed,
    /// A crisis.
    Crisis,
    /// Left help unhelped.
    DroppedOut,
    /// Help that ended because the team did.
    Abandoned,
    /// The two stories differ most.
    DiffersMost,
}

impl Find {
    /// Everything that can be looked for.
    pub const ALL: [Self; 6] = [
        Self::Helped,
        Self::Relapsed,
        Self::Crisis,
        Self::DroppedOut,
        Self::Abandoned,
        Self::DiffersMost,
    ];

    /// Name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Helped => "helped",
            Self::Relapsed => "relapsed",
            Self::Crisis => "crisis",
            Self::DroppedOut => "dropped-out",
            Self::Abandoned => "abandoned",
            Self::DiffersMost => "differs-most",
        }
    }

    fn is(self, life: &Life) -> bool {
        match self {
            Self::Helped => matches!(life, Life::Helped { .. }),
            Self::Relapsed => {
                matches!(life, Life::Worse { why, .. } if *why == Worse::Relapse)
            }
            Self::Crisis => matches!(life, Life::Crisis { .. }),
            Self::DroppedOut => matches!(life, Life::DropsOut { .. }),
            Self::Abandoned => matches!(life, Life::TeamEnds { .. }),
            Self::DiffersMost => true,
        }
    }
}

impl FromStr for Find {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = Self::ALL.map(Self::name);
        let found = Self::ALL.into_iter().find(|find| find.name() == text);
        found.ok_or_else(|| {
            let hint = nearest(text, names).map(|near| format!(" did you mean `{near}`?"));
            format!(
                "expected one of {};{}",
                names.join(", "),
                hint.unwrap_or_default()
            )
        })
    }
}

/// A household with a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its number, counted from 0.
    pub household: usize,
    /// How often it happened to it under each strategy since the policy date; for stories that
    /// differ, what stands in that one alone.
    pub times: Vec<usize>,
    /// Month index in which it happened first.
    pub first: u32,
    /// What happened then.
    pub what: Sentence,
}

/// The `most` households to which it happened most since the policy date, of equals the first.
pub fn candidates(scenario: &Scenario, find: Find, sides: &[Side], most: usize) -> Vec<Candidate> {
    let since = scenario.policy_month();
    let by_household: Vec<Vec<Vec<Lived>>> = sides
        .iter()
        .map(|side| sorted(&side.seen.lived, scenario.households() as usize, since))
        .collect();
    let cast = Cast::new(scenario, sides);
    let mut found: Vec<(usize, Candidate)> = Vec::new();
    for row in 0..scenario.households() as usize {
        let told = |side: usize| -> Vec<&Lived> {
            let mine = by_household[side][row].iter();
            let differs = |lived: &&Lived| match find {
                Find::DiffersMost => {
                    let mut others = by_household
                        .iter()
                        .enumerate()
                        .filter(|(at, _)| *at != side);
                    others.all(|(_, other)| !other[row].contains(lived))
                }
                _ => find.is(&lived.life),
            };
            mine.filter(differs).collect()
        };
        let told: Vec<Vec<&Lived>> = (0..sides.len()).map(told).collect();
        let first = told
            .iter()
            .filter_map(|all| all.first())
            .min_by_key(|one| one.month);
        let Some(first) = first else { continue };
        let times: Vec<usize> = told.iter().map(Vec::len).collect();
        let candidate = Candidate {
            household: row,
            first: first.month,
            what: household::sentence(&cast, &first.life),
            times,
        };
        found.push((candidate.times.iter().sum(), candidate));
    }
    found.sort_by_key(|(times, one)| (std::cmp::Reverse(*times), one.household));
    found.truncate(most);
    found.into_iter().map(|(_, one)| one).collect()
}

fn sorted(lived: &[Lived], households: usize, since: u32) -> Vec<Vec<Lived>> {
    let mut all = vec![Vec::new(); households];
    for one in lived.iter().filter(|one| one.month >= since) {
        all[one.household].push(*one);
    }
    all
}

/// The candidates for a terminal, one line each.
pub fn candidates_text(
    scenario: &Scenario,
    find: Find,
    found: &[Candidate],
    sides: &[Side],
    voice: &Voice,
) -> String {
    let head = format!("tell-find-{}", find.name());
    let names: Vec<String> = sides.iter().map(|side| side.strategy.clone()).collect();
    let mut out = format!("{}\n", voice.text(&head));
    if found.is_empty() {
        let _ = writeln!(out, "  {}", voice.text("tell-find-nobody"));
        return out;
    }
    for one in found {
        let month = scenario.start.plus(one.first.cast_signed());
        let times: Vec<String> = names
            .iter()
            .zip(&one.times)
            .map(|(name, times)| format!("{name} {times}x"))
            .collect();
        let _ = writeln!(
            out,
            "  --household {:<6} {}  {month}: {}",
            one.household + 1,
            times.join(", "),
            voice.say(&one.what),
        );
    }
    out
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    find: &'static str,
    households: Vec<One<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    household: usize,
    times: Vec<(&'a str, usize)>,
    first_month: String,
    first: String,
}

/// The candidates for programs.
pub fn candidates_json(
    scenario: &Scenario,
    find: Find,
    found: &[Candidate],
    sides: &[Side],
    voice: &Voice,
) -> String {
    let one = |one: &Candidate| One {
        household: one.household + 1,
        times: sides
            .iter()
            .map(|side| side.strategy.as_str())
            .zip(one.times.iter().copied())
            .collect(),
        first_month: scenario.start.plus(one.first.cast_signed()).to_string(),
        first: voice.say(&one.what),
    };
    document(&Document {
        schema: "zalm.tell.find/1",
        find: find.name(),
        households: found.iter().map(one).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_found_has_a_name_and_a_near_one_is_suggested() {
        for find in Find::ALL {
            assert_eq!(find.name().parse(), Ok(find));
        }
        let error = "relapse".parse::<Find>().expect_err("no such name");
        assert!(error.contains("did you mean `relapsed`?"), "{error}");
    }
}
