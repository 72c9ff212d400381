//! The early sign of a failure: what moves first, and who can see it.

use crate::estimate::Estimate;
use crate::kept::{Kept, mean};
use crate::names::metric;
use crate::play::Asked;
use crate::threshold::Threshold;
use serde::Serialize;
use zalm_experiment::Results;
use zalm_scenario::Scenario;

/// Change that people notice, as a share of what it would be without the shocks.
const NOTICED: f64 = 0.1;
/// Samples in a row for which the change must last.
const LASTS: usize = 3;

/// Who can see an early sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// A payer, by its id: it is about its own money.
    Payer(String),
    /// The leaders of the projects.
    Project,
    /// The municipality, which sees the whole.
    Municipality,
}

/// What moves first before a failure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EarlySign {
    /// Metric.
    pub metric: String,
    /// Unit of its value in a month.
    pub unit: &'static str,
    /// Months after the policy date from which it has noticeably moved.
    pub month: u32,
    /// Months between that and the failure.
    pub months_before: u32,
    /// Value in that month without the shocks.
    pub calm: f64,
    /// Value in that month with them.
    pub moved: f64,
    /// Who can see it.
    pub owner: Owner,
}

/// The first metric to move by a tenth, not by chance and for three samples, before the failure of a
/// strategy; of those in the same month the one that moves most. `results` are without the shocks and
/// with them.
pub(super) fn first(
    scenario: &Scenario,
    failure: &Threshold,
    results: &[Results],
    strategy: usize,
) -> Result<Option<EarlySign>, Asked> {
    let specs = &results[0].metrics;
    let failing = metric(specs, &failure.metric)?;
    let kept = Kept::of(results, &[failing], 2)?;
    let (months, policy) = (kept.months(), results[0].policy_month);
    let fails = failed(&kept, failure, failing, strategy, &months, policy);
    let mut best: Option<(usize, f64, usize)> = None;
    for (at, spec) in specs.iter().enumerate() {
        // The failing metric and what is counted from the same teams say nothing beforehand.
        let same = spec.name == failure.metric || spec.name == "project.months";
        if same {
            continue;
        }
        let (calm, hit) = (
            kept.courses((0, 0, strategy), at),
            kept.courses((1, 0, strategy), at),
        );
        if let Some((month, size)) = moves(&calm, &hit, fails)
            && best.is_none_or(|(first, most, _)| month < first || (month == first && size > most))
        {
            best = Some((month, size, at));
        }
    }
    Ok(best.map(|(month, _, at)| {
        let value = |point: usize| {
            let courses = kept.courses((point, 0, strategy), at);
            mean(courses.iter().map(|course| course[month]))
        };
        EarlySign {
            metric: specs[at].name.clone(),
            unit: specs[at].unit,
            month: months[month] - policy,
            months_before: months[fails] - months[month],
            calm: value(0),
            moved: value(1),
            owner: owner(scenario, &specs[at].name),
        }
    }))
}

/// Place of the month of the failure.
fn failed(
    kept: &Kept,
    failure: &Threshold,
    failing: usize,
    strategy: usize,
    months: &[u32],
    policy: u32,
) -> usize {
    let courses = kept.courses((1, 0, strategy), failing);
    let broken = |at: usize| failure.breaks(mean(courses.iter().map(|course| course[at])));
    let last = months.len().saturating_sub(1);
    let by = failure
        .after
        .and_then(|after| months.iter().position(|month| month - policy == after));
    let by = by.unwrap_or(last);
    (0..=by).find(|&at| broken(at)).unwrap_or(by)
}

/// First place before the failure from which a metric has moved, and how far, relative to what it
/// would have been.
fn moves(calm: &[Vec<f64>], hit: &[Vec<f64>], fails: usize) -> Option<(usize, f64)> {
    let size = |at: usize| {
        let pick =
            |courses: &[Vec<f64>]| -> Vec<f64> { courses.iter().map(|one| one[at]).collect() };
        let (calm, hit) = (pick(calm), pick(hit));
        let difference = Estimate::between(&hit, &calm, "");
        let clear = difference
            .interval
            .is_some_and(|(low, high)| low > 0.0 || high < 0.0);
        let level = mean(calm.iter().copied())
            .abs()
            .max(mean(hit.iter().copied()).abs());
        let relative = difference.mean.abs() / level;
        (clear && relative >= NOTICED).then_some(relative)
    };
    let sizes: Vec<Option<f64>> = (0..fails).map(size).collect();
    let at = sizes
        .windows(LASTS)
        .position(|window| window.iter().all(Option::is_some))?;
    Some((at, sizes[at]?))
}

/// Who can see a metric: the payer that it is about, the project for what is its own, else the
/// municipality.
fn owner(scenario: &Scenario, metric: &str) -> Owner {
    let (group, rest) = metric.split_once('.').unwrap_or((metric, ""));
    if matches!(group, "cost" | "given" | "tie")
        && let Some(payer) = scenario.payers.iter().find(|payer| payer.id == rest)
    {
        return Owner::Payer(payer.id.clone());
    }
    match group {
        "project" | "leader" | "knowledge" => Owner::Project,
        _ => Owner::Municipality,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy::tiny;

    #[test]
    fn who_can_see_what() {
        let scenario = tiny();
        let welfare = Owner::Payer("welfare".to_owned());
        assert_eq!(owner(&scenario, "given.welfare"), welfare);
        assert_eq!(owner(&scenario, "cost.total"), Owner::Municipality);
        assert_eq!(owner(&scenario, "leader.claiming"), Owner::Project);
        assert_eq!(owner(&scenario, "households.crises"), Owner::Municipality);
    }

    #[test]
    fn a_blip_is_no_sign_and_a_lasting_move_is() {
        let calm = vec![vec![10.0; 8]; 3];
        let with = |course: [f64; 8]| vec![course.to_vec(); 3];
        let blip = with([10.0, 5.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0]);
        assert_eq!(moves(&calm, &blip, 8), None);
        let lasting = with([10.0, 10.0, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0]);
        let (at, size) = moves(&calm, &lasting, 8).unwrap();
        assert!(at == 2 && (size - 0.2).abs() < 1e-9);
        assert_eq!(moves(&calm, &lasting, 4), None, "too late to be a warning");
        let slight = with([10.0, 9.5, 9.5, 9.5, 9.5, 9.5, 9.5, 9.5]);
        assert_eq!(moves(&calm, &slight, 8), None);
    }
}
