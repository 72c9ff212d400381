//! The early sign of a failure: what moves first, and who can see it.

use crate::kept::{Kept, mean};
use crate::names::metric;
use crate::play::Asked;
use crate::threshold::Threshold;
use serde::Serialize;
use zalm_experiment::{LEVEL, Results};
use zalm_scenario::Scenario;
use zalm_statistics::paired_difference;

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
///
/// Who looks at a hundred metrics sees some move by chance: a p-value counts times the metrics that
/// are looked at (Bonferroni).
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
    // The failing metric and what is counted from the same teams say nothing beforehand.
    let same = |name: &str| name == failure.metric || name == "project.months";
    let watched = || {
        specs
            .iter()
            .enumerate()
            .filter(|(_, spec)| !same(&spec.name))
    };
    let count = watched().count();
    for (at, _) in watched() {
        let (calm, hit) = (
            kept.courses((0, 0, strategy), at),
            kept.courses((1, 0, strategy), at),
        );
        if let Some((month, size)) = moves(&calm, &hit, (fails, count))
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

/// First place before the failure from which a metric, one of so many, has moved, and how far,
/// relative to what it would have been.
fn moves(
    calm: &[Vec<f64>],
    hit: &[Vec<f64>],
    (fails, metrics): (usize, usize),
) -> Option<(usize, f64)> {
    let size = |at: usize| {
        let pairs = hit.iter().zip(calm);
        let pairs: Vec<(f64, f64)> = pairs.map(|(hit, calm)| (hit[at], calm[at])).collect();
        let difference = paired_difference(&pairs, LEVEL)?;
        let chance = difference.p.map(|p| p * metrics as f64);
        let clear = chance.is_some_and(|chance| chance < 1.0 - LEVEL);
        let level = |of: fn(&(f64, f64)) -> f64| mean(pairs.iter().map(of)).abs();
        let level = level(|pair| pair.0).max(level(|pair| pair.1));
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
    use zalm_statistics::Keyed;

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
        let calm = vec![vec![10.0; 8]; 12];
        let with = |course: [f64; 8]| vec![course.to_vec(); 12];
        let moved = |hit: &[Vec<f64>], fails| moves(&calm, hit, (fails, 20));
        let blip = with([10.0, 5.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0]);
        assert_eq!(moved(&blip, 8), None);
        let lasting = with([10.0, 10.0, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0]);
        let (at, size) = moved(&lasting, 8).unwrap();
        assert!(at == 2 && (size - 0.2).abs() < 1e-9);
        assert_eq!(moved(&lasting, 4), None, "too late to be a warning");
        let slight = with([10.0, 9.5, 9.5, 9.5, 9.5, 9.5, 9.5, 9.5]);
        assert_eq!(moved(&slight, 8), None);
        // Three that agree are no more than chance among twenty metrics.
        assert_eq!(moves(&calm[..3], &lasting[..3], (8, 20)), None);
    }

    #[test]
    fn noise_among_many_metrics_is_seldom_a_sign() {
        let (metrics, months) = (150, 6);
        // Whether a metric of so many moves, where each replication has a chance of its own that
        // lasts.
        let seen = |seed, count| {
            (0..metrics).any(|metric| {
                let mut noise = Keyed::new(seed, metric);
                let calm = vec![vec![10.0; months]; 8];
                let mut hit = calm.clone();
                for course in &mut hit {
                    course.fill(10.0 + 6.0 * (noise.uniform() - 0.5));
                }
                moves(&calm, &hit, (months, count)).is_some()
            })
        };
        let seen = |count| (0..20).filter(|&seed| seen(seed, count)).count();
        // One of twenty is what 95 % promises.
        assert!(seen(metrics as usize) <= 3, "{}", seen(metrics as usize));
        assert_eq!(seen(1), 20, "one by one, some always do");
    }
}
