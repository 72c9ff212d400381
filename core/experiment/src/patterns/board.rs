//! All claims of all patterns about one world, with every arm once: patterns that compare with the
//! same arm share its runs.

use super::arm::Arm;
use super::claim::Claim;
use super::{Pattern, Unasked};
use std::collections::BTreeMap;
use zalm_model::{MetricSpec, RunRecord, metrics};
use zalm_scenario::Scenario;

/// A claim with the places of its arms.
#[derive(Debug)]
pub(super) struct Placed {
    /// The claim.
    pub claim: Claim,
    /// Signs and places of its arms.
    arms: Vec<(f64, usize)>,
    /// The same with its mechanisms switched off; empty when they are not asked.
    counter: Vec<(f64, usize)>,
}

/// What one replication says about a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Value {
    /// The difference; `None` when a run failed.
    pub effect: Option<f64>,
    /// The same without the mechanisms.
    pub counter: Option<f64>,
}

/// The claims about one world.
pub(super) struct Board {
    /// Every arm once.
    pub arms: Vec<Arm>,
    /// Per pattern: its claims, or why it cannot be asked.
    pub patterns: Vec<Result<Vec<Placed>, Unasked>>,
    metrics: Vec<MetricSpec>,
    policy_month: u32,
}

impl Board {
    /// Claims of `patterns` about `world`; with `counter`, also without their mechanisms.
    /// `unavailable` says, by the name of a strategy as arms use it, why it is not there.
    pub fn new(
        world: &Scenario,
        patterns: &[&Pattern],
        unavailable: &BTreeMap<String, String>,
        counter: bool,
    ) -> Self {
        let mut board = Self {
            arms: Vec::new(),
            patterns: Vec::new(),
            metrics: metrics(world),
            policy_month: world.policy_month(),
        };
        for pattern in patterns {
            let claims = (pattern.claims)(world)
                .map_err(Unasked::World)
                .and_then(|claims| available(claims, unavailable));
            let placed = claims.map(|claims| {
                claims
                    .into_iter()
                    .map(|claim| board.place(claim, counter))
                    .collect()
            });
            board.patterns.push(placed);
        }
        board
    }

    fn place(&mut self, claim: Claim, counter: bool) -> Placed {
        let arms: Vec<(f64, Arm)> = claim
            .arms()
            .into_iter()
            .map(|(sign, arm)| (sign, arm.clone()))
            .collect();
        let without = |(sign, arm): &(f64, Arm)| (*sign, arm.without(&claim.off));
        let counters: Vec<(f64, Arm)> = arms.iter().filter(|_| counter).map(without).collect();
        let mut find = |(sign, arm)| (sign, self.find(arm));
        Placed {
            arms: arms.into_iter().map(&mut find).collect(),
            counter: counters.into_iter().map(&mut find).collect(),
            claim,
        }
    }

    fn find(&mut self, arm: Arm) -> usize {
        let known = self.arms.iter().position(|one| one.same_world(&arm));
        known.unwrap_or_else(|| {
            self.arms.push(arm);
            self.arms.len() - 1
        })
    }

    /// What the runs of one replication, one per arm, say about every claim, pattern by pattern.
    pub fn values(&self, runs: &[Option<RunRecord>]) -> Vec<Vec<Value>> {
        let placed = |placed: &Placed| Value {
            effect: self.difference(placed, &placed.arms, runs),
            counter: self.difference(placed, &placed.counter, runs),
        };
        let claims = |pattern: &Result<Vec<Placed>, Unasked>| match pattern {
            Ok(claims) => claims.iter().map(placed).collect(),
            Err(_) => Vec::new(),
        };
        self.patterns.iter().map(claims).collect()
    }

    fn difference(
        &self,
        placed: &Placed,
        arms: &[(f64, usize)],
        runs: &[Option<RunRecord>],
    ) -> Option<f64> {
        let measure = &placed.claim.measure;
        let value = |&(sign, arm): &(f64, usize)| {
            let value = measure.of(runs[arm].as_ref()?, &self.metrics, self.policy_month)?;
            Some(sign * value)
        };
        let values: Option<Vec<f64>> = arms.iter().map(value).collect();
        values
            .filter(|values| !values.is_empty())
            .map(|values| values.iter().sum())
    }
}

fn available(
    claims: Vec<Claim>,
    unavailable: &BTreeMap<String, String>,
) -> Result<Vec<Claim>, Unasked> {
    let why = |(_, arm): (f64, &Arm)| {
        let strategy = arm.acts()?;
        let why = unavailable.get(&strategy.name)?;
        Some(Unasked::Strategy {
            plugin: strategy.plugin.clone(),
            why: why.clone(),
        })
    };
    let missing = claims
        .iter()
        .find_map(|claim| claim.arms().into_iter().find_map(why));
    missing.map_or(Ok(claims), Err)
}
