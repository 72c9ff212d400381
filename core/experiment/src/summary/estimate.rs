//! One level and one difference of a metric in its unit: those of a share stay within what a share
//! can be.

use super::{CUTS, LEVEL, Level};
use zalm_statistics::{Moments, Paired, YesNo, paired_difference, quantile, sorted_finite, wilson};

/// Units in which nothing is below zero; money is not among them, nor is what has no unit.
pub(super) const NEVER_NEGATIVE: [&str; 12] = [
    "share",
    "month",
    "households",
    "household-months",
    "problems",
    "events",
    "fte",
    "professionals",
    "projects",
    "people",
    "leaders",
    "volunteers",
];

/// The paired difference of a metric in its unit, first less second, with intervals at [`LEVEL`];
/// `None` without pairs. That of a share stays within what a share can be.
pub fn paired_in(pairs: &[(f64, f64)], unit: &str) -> Option<Paired> {
    paired_at(pairs, unit, LEVEL)
}

/// The same with intervals at another level.
pub(super) fn paired_at(pairs: &[(f64, f64)], unit: &str, level: f64) -> Option<Paired> {
    let mut paired = paired_difference(pairs, level)?;
    if unit == "share" {
        as_shares(&mut paired, pairs, level);
    }
    Some(paired)
}

/// The same of means over several runs, which are no answers of yes or no.
pub(super) fn paired_means(pairs: &[(f64, f64)], unit: &str, level: f64) -> Option<Paired> {
    let mut paired = paired_difference(pairs, level)?;
    if unit == "share" {
        bounded(&mut paired, pairs);
    }
    Some(paired)
}

/// Keeps a difference of shares within what it can be: between -1 and 1.
fn bounded(paired: &mut Paired, pairs: &[(f64, f64)]) {
    let mut both = pairs.iter().flat_map(|(value, null)| [*value, *null]);
    if both.all(|value| (0.0..=1.0).contains(&value)) {
        let bound = |(low, high): (f64, f64)| (low.max(-1.0), high.min(1.0));
        paired.interval = paired.interval.map(bound);
    }
}

/// Keeps a difference of shares within what a share can be. Where every run says yes or no, interval
/// and p-value are those of paired shares, also where no pair differs.
fn as_shares(paired: &mut Paired, pairs: &[(f64, f64)], level: f64) {
    if let Some(answers) = answers(pairs) {
        let counts = YesNo::of(answers);
        // One pair says nothing of chance.
        paired.interval = paired.p.and_then(|_| counts.difference(level));
        paired.p = paired.p.map(|_| counts.p_value());
    } else {
        bounded(paired, pairs);
    }
}

/// The pairs as answers, where all of them are yes or no.
pub(crate) fn answers(pairs: &[(f64, f64)]) -> Option<Vec<(bool, bool)>> {
    let mut both = pairs.iter().flat_map(|(value, null)| [*value, *null]);
    let answer = |(value, null): &(f64, f64)| (is_yes(*value), is_yes(*null));
    both.all(yes_or_no)
        .then(|| pairs.iter().map(answer).collect())
}

fn is_yes(value: f64) -> bool {
    value.to_bits() == 1.0_f64.to_bits()
}

fn yes_or_no(value: f64) -> bool {
    value == 0.0 || is_yes(value)
}

/// Level over the runs that have a value, of a metric in its unit; `None` when none has one. The
/// interval stays within what the unit can be.
///
/// Student's interval of few runs of a skewed count reaches below 0. It is cut there: values below 0
/// cannot be, so the cut interval holds the mean as often as the whole one does.
pub fn level(values: &[Option<f64>], unit: &str) -> Option<Level> {
    let moments: Moments = values.iter().flatten().copied().collect();
    let sorted = sorted_finite(values.iter().flatten().copied());
    let mut quantiles = [0.0; 5];
    for (slot, cut) in quantiles.iter_mut().zip(CUTS) {
        *slot = quantile(&sorted, cut)?;
    }
    let within = |least: f64, most: f64| sorted.iter().all(|value| (least..=most).contains(value));
    let is_share = unit == "share" && within(0.0, 1.0);
    let interval = if is_share && sorted.iter().copied().all(yes_or_no) {
        let hits = sorted.iter().filter(|value| is_yes(**value)).count();
        wilson(hits as u32, moments.count(), LEVEL)
    } else {
        let most = if is_share { 1.0 } else { f64::INFINITY };
        let least = if NEVER_NEGATIVE.contains(&unit) && within(0.0, f64::INFINITY) {
            0.0
        } else {
            f64::NEG_INFINITY
        };
        let bound = |(low, high): (f64, f64)| (low.max(least), high.min(most));
        moments.interval(LEVEL).map(bound)
    };
    Some(Level {
        count: moments.count(),
        mean: moments.mean()?,
        interval,
        constant: moments.is_constant(),
        quantiles,
    })
}
