//! The numbers beside a story (tellen).

use super::{Cast, Count, severity};
use crate::voice::{Sentence, Value};
use zalm_experiment::Watched;
use zalm_model::{
    CareStatus, CostKind, Life, MULTI, Portrait, ProjectState, Promise, Worse, cost_items,
};

/// Numbers of a household since the policy date.
pub(super) fn household(cast: &Cast, seen: &Watched) -> Vec<Count> {
    let since = cast.scenario.policy_month();
    // The first is the start; then one for the end of each month.
    let months = || seen.portraits.iter().skip(since as usize + 1).flatten();
    let months_of = |id: &str, is: fn(&Portrait) -> bool| {
        number(id, months().filter(|month| is(month)).count())
    };
    let lived = || seen.lived.iter().filter(|lived| lived.month >= since);
    let times = |id: &str, is: fn(&Life) -> bool| {
        number(id, lived().filter(|lived| is(&lived.life)).count())
    };
    let mut counts = levels(seen, since);
    counts.extend([
        months_of("months-multi", |one| problems(one) >= MULTI),
        months_of("months-free", |one| problems(one) == 0),
        months_of("months-waiting", |one| {
            one.status == CareStatus::SiloWaiting || one.awaits
        }),
        months_of("months-silo", |one| one.status == CareStatus::Silo),
        months_of("months-team", |one| one.status == CareStatus::Team),
        times("times-crisis", |life| matches!(life, Life::Crisis { .. })),
        times(
            "times-relapse",
            |life| matches!(life, Life::Worse { why, .. } if *why == Worse::Relapse),
        ),
        times("times-helped", |life| matches!(life, Life::Helped { .. })),
        times("times-moved", |life| matches!(life, Life::Moves { .. })),
        times("times-dropped", |life| {
            matches!(life, Life::DropsOut { .. })
        }),
    ]);
    counts.extend(costs(cast, seen));
    counts
}

fn problems(portrait: &Portrait) -> u8 {
    let problem = |level: &&u8| **level >= zalm_model::PROBLEM;
    portrait.levels.iter().filter(problem).count() as u8
}

/// Severity per life domain when the strategy begins and at the end (0-meting and 1-meting).
fn levels(seen: &Watched, since: u32) -> Vec<Count> {
    let at = |month: usize| seen.portraits.get(month).and_then(|all| all.first());
    let (Some(before), Some(after)) = (at(since as usize), at(seen.portraits.len() - 1)) else {
        return Vec::new();
    };
    let domains = before.levels.iter().zip(&after.levels).enumerate();
    domains
        .map(|(domain, (&then, &now))| {
            let values = vec![("from", severity(then)), ("to", severity(now))];
            Count {
                what: Sentence::new("tell-count-level", vec![("domain", Cast::domain(domain))]),
                value: Value::Phrase(Box::new(Sentence::new("tell-from-to", values))),
                number: f64::from(now),
                nothing: then == 0 && now == 0,
            }
        })
        .collect()
}

/// What it cost, by kind, and what of it each payer bore.
fn costs(cast: &Cast, seen: &Watched) -> Vec<Count> {
    let Some(spent) = &seen.spent else {
        return Vec::new();
    };
    let items = cost_items(cast.scenario);
    let payers = 0..cast.scenario.payers.len();
    let sum = |kind: CostKind| -> i64 {
        let of = items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.kind == kind);
        of.map(|(item, _)| {
            let each = payers.clone().map(|payer| spent.table.get(payer, item));
            each.sum::<i64>()
        })
        .sum()
    };
    let total = spent.team
        + payers
            .clone()
            .map(|payer| spent.table.payer(payer))
            .sum::<i64>();
    let mut counts = vec![
        euro("cost-use", sum(CostKind::Use)),
        euro("cost-crisis", sum(CostKind::Crisis)),
        euro("cost-silo", sum(CostKind::SiloCare)),
        euro("cost-team", spent.team),
        euro("cost-total", total),
    ];
    for payer in payers {
        let cents = spent.table.payer(payer);
        let what = Sentence::new("tell-count-payer", vec![("payer", cast.payer(payer))]);
        counts.push(in_euro(what, cents));
    }
    counts
}

/// Numbers of a project over the run.
pub(super) fn project(cast: &Cast, seen: &Watched, at: usize) -> Vec<Count> {
    let months = || seen.projects.iter().map(|all| &all[at]);
    // A month in which it ends is one in which it worked.
    let worked = months().enumerate().filter(|(month, state)| {
        let ends = state
            .ended
            .is_some_and(|(end, _)| end as usize == month + 1);
        state.alive || ends
    });
    let alive = worked.count();
    let last = months().next_back();
    let cared: u32 = months().map(|month| month.households).sum();
    let most = |of: fn(&ProjectState) -> u32| months().map(of).max().unwrap_or(0);
    let counted = [
        ("most-workers", most(|month| month.workers)),
        ("household-months", cared),
        ("project-helped", last.map_or(0, |one| one.helped)),
        ("most-volunteers", most(|month| month.volunteers)),
    ];
    let mut counts = vec![number("months-alive", alive)];
    counts.extend(counted.map(|(id, times)| number(id, times as usize)));
    let ever = promised(months());
    for payer in 0..cast.scenario.payers.len() {
        let end = seen.projects.len() as u32;
        let cents: i64 = ever
            .iter()
            .filter(|promise| promise.payer == payer)
            .map(|promise| {
                let until = promise.end.unwrap_or(end).min(end);
                promise.cents * i64::from(until.saturating_sub(promise.start))
            })
            .sum();
        let what = Sentence::new("tell-count-promised", vec![("payer", cast.payer(payer))]);
        counts.push(in_euro(what, about(cents)));
    }
    counts
}

/// Every promise as it was made, also what was broken or came to nothing later.
fn promised<'a>(months: impl Iterator<Item = &'a ProjectState>) -> Vec<&'a Promise> {
    let mut all: Vec<&Promise> = Vec::new();
    for promise in months.flat_map(|month| &month.promises) {
        let same = |one: &&Promise| {
            (one.payer, one.instrument, one.start)
                == (promise.payer, promise.instrument, promise.start)
        };
        if !all.iter().any(same) {
            all.push(promise);
        }
    }
    all
}

/// Cents without the rests that months leave: four digits.
fn about(cents: i64) -> i64 {
    let grain = 10_i64.pow(cents.unsigned_abs().max(1).ilog10().saturating_sub(3));
    (cents + grain / 2).div_euclid(grain) * grain
}

fn number(id: &str, times: usize) -> Count {
    let number = times as f64;
    Count {
        what: Sentence::new(format!("tell-count-{id}"), Vec::new()),
        value: Value::Number(number, 0),
        number,
        nothing: times == 0,
    }
}

fn euro(id: &str, cents: i64) -> Count {
    in_euro(Sentence::new(format!("tell-count-{id}"), Vec::new()), cents)
}

fn in_euro(what: Sentence, cents: i64) -> Count {
    let euro = cents as f64 / 100.0;
    Count {
        what,
        value: Value::Euro(euro),
        number: euro,
        nothing: cents == 0,
    }
}
