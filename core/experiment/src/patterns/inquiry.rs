//! The inquiry: every pattern asked of one world, in pairs of runs under the same chance.
//!
//! The unit of work is one replication over all arms, and one draw of the parameters over all
//! arms: so pairs are whole, and arms that patterns share are played once.

use super::arm::Arm;
use super::board::{Board, Value};
use super::claim::{Claim, Expected};
use super::path::{Path, read};
use super::play::play;
use super::verdict::{Verdict, verdict};
use super::{Pattern, Unasked};
use crate::pool::pool;
use crate::study::Noise;
use crate::study::design::{draws, varied};
use crate::summary::LEVEL;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use zalm_model::{RunRecord, StrategySource, metrics};
use zalm_scenario::Scenario;
use zalm_statistics::{Paired, paired_difference, quantile, sorted_finite, wilson};

/// What is asked, and how.
pub struct Inquiry<'a> {
    /// The world asked about.
    pub world: &'a Scenario,
    /// The patterns.
    pub patterns: &'a [&'static Pattern],
    /// Pairs of runs for every effect.
    pub replications: u32,
    /// Worlds drawn from the plausible parameter space; 0 leaves the share out.
    pub draws: u32,
    /// Pairs of runs in each of those.
    pub draw_replications: u32,
    /// Strategies that are not there, by their name in the arms, and why.
    pub unavailable: BTreeMap<String, String>,
    /// Threads to use; no result depends on it.
    pub threads: NonZeroUsize,
    /// Called after every run with runs done and runs in all, from any thread.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Set to `true` to end early, without findings.
    pub stop: &'a AtomicBool,
}

/// What was found about all patterns.
#[derive(Clone, Debug)]
pub struct Findings {
    /// One per pattern asked, in that order.
    pub patterns: Vec<Found>,
    /// Runs played.
    pub runs: usize,
    /// Runs that failed, and why the first did.
    pub failed: (usize, Option<String>),
}

/// What was found about a pattern.
#[derive(Clone, Debug)]
pub struct Found {
    /// The pattern.
    pub pattern: &'static Pattern,
    /// Its claims, the first the main one; or why it cannot be asked of this world.
    pub claims: Result<Vec<FoundClaim>, Unasked>,
    /// How the first claim's effect came about, in a typical pair of runs.
    pub path: Option<Path>,
}

/// What was found about a claim.
#[derive(Clone, Debug)]
pub struct FoundClaim {
    /// The claim.
    pub claim: Claim,
    /// Unit of the numbers.
    pub unit: &'static str,
    /// The effect: difference between the arms, in pairs.
    pub effect: Option<Paired>,
    /// The same with the mechanisms switched off.
    pub counter: Option<Paired>,
    /// Effect less counter-check, in pairs: what the mechanisms add.
    pub difference: Option<Paired>,
    /// Share of the parameter space in which the effect has the expected sign.
    pub share: Option<Share>,
    /// Whether it holds.
    pub verdict: Verdict,
}

/// A share of draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Draws with the expected sign.
    pub hits: u32,
    /// Draws that could be judged.
    pub draws: u32,
    /// Wilson interval of the share.
    pub interval: (f64, f64),
}

impl Found {
    /// The weakest verdict of its claims; `None` when it cannot be asked.
    pub fn verdict(&self) -> Option<Verdict> {
        let claims = self.claims.as_ref().ok()?;
        claims.iter().map(|claim| claim.verdict).min()
    }
}

/// Counts runs and tells how far it is.
struct Counter<'a> {
    done: AtomicUsize,
    failed: AtomicUsize,
    all: usize,
    inquiry: &'a Inquiry<'a>,
}

/// Asks every pattern; `None` when stopped.
pub fn ask(inquiry: &Inquiry, source: &dyn StrategySource) -> Option<Findings> {
    let board = Board::new(inquiry.world, inquiry.patterns, &inquiry.unavailable, true);
    let drawn = Board::new(inquiry.world, inquiry.patterns, &inquiry.unavailable, false);
    let per_draw = drawn.arms.len() * inquiry.draw_replications as usize;
    let counter = Counter {
        done: AtomicUsize::new(0),
        failed: AtomicUsize::new(0),
        all: board.arms.len() * inquiry.replications as usize + per_draw * inquiry.draws as usize,
        inquiry,
    };
    let main = pool(
        inquiry.replications as usize,
        inquiry.threads,
        inquiry.stop,
        |r| counter.replication(&board, source, r as u32),
    )?;
    let space = counter.space(source)?;
    let found = |index: usize| {
        let claims = found_claims(&board, index, inquiry, &main, &space);
        let pattern = inquiry.patterns[index];
        let path = claims
            .as_ref()
            .ok()
            .and_then(|claims| path(pattern, claims, index, inquiry, &main, source));
        Some(Found {
            pattern,
            claims,
            path,
        })
    };
    let patterns = pool(inquiry.patterns.len(), inquiry.threads, inquiry.stop, found)?;
    let first = main.iter().find_map(|(_, failure)| failure.clone());
    Some(Findings {
        patterns,
        runs: counter.done.into_inner(),
        failed: (counter.failed.into_inner(), first),
    })
}

/// What one replication says about every claim, and why its first failed run failed.
type Said = (Vec<Vec<Value>>, Option<String>);

impl Counter<'_> {
    /// One replication of every arm.
    fn replication(&self, board: &Board, source: &dyn StrategySource, number: u32) -> Option<Said> {
        let mut runs: Vec<Option<RunRecord>> = Vec::with_capacity(board.arms.len());
        let mut failure = None;
        for arm in &board.arms {
            if self.inquiry.stop.load(Ordering::Relaxed) {
                return None;
            }
            runs.push(match play(arm, source, number) {
                Ok(record) => Some(record),
                Err(why) => {
                    self.failed.fetch_add(1, Ordering::Relaxed);
                    failure.get_or_insert(why);
                    None
                }
            });
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            (self.inquiry.progress)(done, self.all.max(done));
        }
        Some((board.values(&runs), failure))
    }

    /// Mean effect of every claim in every drawn world: by draw, pattern and claim.
    fn space(&self, source: &dyn StrategySource) -> Option<Vec<Vec<Vec<Option<f64>>>>> {
        let inquiry = self.inquiry;
        let all = varied(inquiry.world, &[]).expect("no name is asked");
        let points = draws(inquiry.world, &all, inquiry.draws, Noise::Shared);
        pool(
            inquiry.draws as usize,
            inquiry.threads,
            inquiry.stop,
            |draw| {
                let world = points[draw].scenario(inquiry.world);
                let world = world.expect("what is drawn lies in its range");
                let board = Board::new(&world, inquiry.patterns, &inquiry.unavailable, false);
                let mut said = Vec::new();
                for replication in 0..inquiry.draw_replications {
                    // Every draw has chance of its own.
                    let number = draw as u32 * inquiry.draw_replications + replication;
                    said.push(self.replication(&board, source, number)?.0);
                }
                Some(means(&said))
            },
        )
    }
}

/// Mean effect over replications; `None` where a run failed.
fn means(said: &[Vec<Vec<Value>>]) -> Vec<Vec<Option<f64>>> {
    let Some(one) = said.first() else {
        return Vec::new();
    };
    let mean = |pattern: usize, claim: usize| {
        let effects: Option<Vec<f64>> = said
            .iter()
            .map(|values| values[pattern][claim].effect)
            .collect();
        effects.map(|effects| effects.iter().sum::<f64>() / said.len() as f64)
    };
    one.iter()
        .enumerate()
        .map(|(pattern, claims)| {
            (0..claims.len())
                .map(|claim| mean(pattern, claim))
                .collect()
        })
        .collect()
}

fn found_claims(
    board: &Board,
    pattern: usize,
    inquiry: &Inquiry,
    main: &[Said],
    space: &[Vec<Vec<Option<f64>>>],
) -> Result<Vec<FoundClaim>, Unasked> {
    let placed = board.patterns[pattern].as_ref().map_err(Clone::clone)?;
    let metrics = metrics(inquiry.world);
    let claims = placed.iter().enumerate().map(|(index, placed)| {
        let claim = &placed.claim;
        let values: Vec<Value> = main.iter().map(|(said, _)| said[pattern][index]).collect();
        let drawn = space
            .iter()
            .filter_map(|draw| draw.get(pattern)?.get(index).copied().flatten());
        let unit = metrics.iter().find(|one| one.name == claim.measure.metric);
        found_claim(claim, unit.map_or("", |one| one.unit), &values, drawn)
    });
    Ok(claims.collect())
}

fn found_claim(
    claim: &Claim,
    unit: &'static str,
    values: &[Value],
    drawn: impl Iterator<Item = f64>,
) -> FoundClaim {
    let against = |pairs: Vec<(f64, f64)>| paired_difference(&pairs, LEVEL);
    let effects = values.iter().filter_map(|value| value.effect);
    let counters = values.iter().filter_map(|value| value.counter);
    let both = values
        .iter()
        .filter_map(|value| Some((value.effect?, value.counter?)));
    let effect = against(effects.map(|effect| (effect, 0.0)).collect());
    let counter = against(counters.map(|counter| (counter, 0.0)).collect());
    let difference = against(both.collect());
    let judged = effect
        .as_ref()
        .zip(counter.as_ref())
        .zip(difference.as_ref());
    FoundClaim {
        claim: claim.clone(),
        unit,
        effect,
        counter,
        difference,
        share: share(claim.expected, drawn),
        verdict: judged.map_or(Verdict::Absent, |((effect, counter), difference)| {
            verdict(claim.expected, effect, counter, difference)
        }),
    }
}

fn share(expected: Expected, drawn: impl Iterator<Item = f64>) -> Option<Share> {
    let (mut hits, mut draws) = (0, 0);
    for effect in drawn {
        draws += 1;
        hits += u32::from(expected.oriented(effect) > 0.0);
    }
    Some(Share {
        hits,
        draws,
        interval: wilson(hits, draws, LEVEL)?,
    })
}

/// Plays the replication whose effect is nearest the median once more, and reads its logs.
fn path(
    pattern: &Pattern,
    claims: &[FoundClaim],
    index: usize,
    inquiry: &Inquiry,
    main: &[Said],
    source: &dyn StrategySource,
) -> Option<Path> {
    let claim = &claims.first()?.claim;
    let effects: Vec<Option<f64>> = main
        .iter()
        .map(|(said, _)| said[index].first().and_then(|value| value.effect))
        .collect();
    let median = quantile(&sorted_finite(effects.iter().flatten().copied()), 0.5)?;
    let distance = |effect: f64| (effect - median).abs();
    let (replication, _) = effects
        .iter()
        .enumerate()
        .filter_map(|(number, effect)| Some((number as u32, distance((*effect)?))))
        .min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let arms = claim.arms().into_iter();
    let run = |(sign, arm): (f64, &Arm)| Some((sign, play(arm, source, replication).ok()?));
    let runs = arms.map(run).collect::<Option<Vec<_>>>()?;
    let metrics = metrics(inquiry.world);
    let policy_month = inquiry.world.policy_month();
    read(
        claim,
        pattern.watch,
        &metrics,
        replication,
        &runs,
        policy_month,
    )
}
