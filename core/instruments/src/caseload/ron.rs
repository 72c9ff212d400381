//! What was fitted as a scenario that changes nothing else.

use super::Found;
use zalm_scenario::{Evidence, Parameter, over};

/// How well what was fitted is supported: it is computed from what was counted.
pub const FITTED: Evidence = Evidence::Derived;

/// A scenario over `base` with what was fitted to the cases of `file`.
pub fn ron(found: &Found, file: &str, base: &str) -> String {
    let (first, last) = found.months;
    let about = format!(
        "Made by `zalm import caseload {file}`: numbers with which the simulated caseload changes as\n\
         these cases did. All else is as in the base."
    );
    let parameters = found.parameters.iter().map(|one| {
        let value = Parameter {
            value: short(one.value),
            low: short(one.low).min(short(one.value)),
            high: short(one.high).max(short(one.value)),
            evidence: FITTED,
            source: format!(
                "fitted to {} cases of {first} to {last} in {file}, baseline and follow-up per life \
                 domain; it was {}",
                found.own.cases, one.was
            ),
            distribution: zalm_scenario::Distribution::default(),
        };
        (one.parameter, value)
    });
    over(base, &about, &parameters.collect::<Vec<_>>())
}

/// Four digits: more would look as if they were known.
fn short(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}
