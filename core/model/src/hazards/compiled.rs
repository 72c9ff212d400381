//! Chances of the eight domains to grow worse and better, compiled for each set of domains in problem:
//! what does not change in a run is multiplied once.
//!
//! A processor cannot foresee severities, and vectors have no branches. So what depends on a severity
//! is looked up, in rows with room for a whole number of bits: no lookup can fail.

use super::{fixed, onsets, threshold, times};
use crate::household::{ACUTE, Levels};
use crate::settings::Settings;
use zalm_scenario::Mechanism;

/// A number per domain.
pub(super) type Domains = [u32; 8];

/// A number per severity, with room for three bits of it.
pub(super) type Severities = [u32; 8];

/// Value by value.
#[expect(
    clippy::inline_always,
    reason = "so that it has the vectors of its caller"
)]
#[inline(always)]
pub(super) fn product(values: Domains, factors: Domains) -> Domains {
    let mut products = [0; 8];
    for ((product, value), factor) in products.iter_mut().zip(values).zip(factors) {
        *product = times(value, factor);
    }
    products
}

/// The entry of the severity of each domain.
#[expect(
    clippy::inline_always,
    reason = "so that it has the vectors of its caller"
)]
#[inline(always)]
pub(super) fn by_severity(entries: Severities, levels: &Levels) -> Domains {
    levels.0.map(|level| entries[usize::from(level & 7)])
}

/// Chances by domain and severity.
pub(super) type Table = [Severities; 8];

/// The entry of each domain at its severity.
#[expect(
    clippy::inline_always,
    reason = "so that it has the vectors of its caller"
)]
#[inline(always)]
pub(super) fn at(table: &Table, levels: &Levels) -> Domains {
    let mut entries = [0; 8];
    for ((entry, row), level) in entries.iter_mut().zip(table).zip(levels.0) {
        *entry = row[usize::from(level & 7)];
    }
    entries
}

/// Chances with one set of domains in problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chances {
    /// Of a first problem, of growing worse, and at the highest severity of a crisis.
    pub worse: Table,
    /// Of growing better.
    pub better: Table,
}

/// Those of each set of domains in problem, one bit each.
pub(super) fn compile(settings: &Settings) -> Vec<Chances> {
    let rates = &settings.rates;
    let crises = f64::from(u8::from(settings.on(Mechanism::Crises)));
    let worsening = threshold(rates.household_worsening);
    let recovery = threshold(rates.household_recovery);
    let of = |mask: u8| {
        let mut chances = Chances {
            worse: [[0; 8]; 8],
            better: [[0; 8]; 8],
        };
        for (domain, onset) in onsets(rates).into_iter().enumerate() {
            let felt = settings.couplings.felt(mask, domain);
            let feed = fixed(1.0 + rates.household_interaction * felt);
            let drag = fixed(1.0 / (1.0 + rates.household_drag * felt));
            let (worse, better) = (&mut chances.worse[domain], &mut chances.better[domain]);
            for level in 1..=usize::from(ACUTE) {
                worse[level] = times(worsening, feed);
                better[level] = times(recovery, drag);
            }
            worse[0] = times(threshold(onset), feed);
            // A crisis comes of the problem itself: nothing feeds it.
            worse[usize::from(ACUTE)] = threshold(crises * settings.crisis_chance(domain));
        }
        chances
    };
    (0..=u8::MAX).map(of).collect()
}

const _: () = assert!(ACUTE < 8, "a severity has three bits");
