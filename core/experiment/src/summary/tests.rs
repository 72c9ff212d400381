#![expect(clippy::float_cmp, reason = "exact by construction")]

use super::*;
use crate::fixture::results;

fn row(summary: &Summary, stressor: usize, strategy: usize, metric: usize) -> &SummaryRow {
    let found = |row: &&SummaryRow| {
        (row.stressor, row.strategy, row.metric) == (stressor, strategy, metric)
    };
    summary.rows.iter().find(found).unwrap()
}

#[test]
fn the_null_alternative_differs_by_exactly_nothing() {
    let summary = summarise(&results(&["waits", "pushes"], 10));
    let difference = row(&summary, 1, 0, 1).difference.unwrap();
    assert_eq!(difference.paired.mean, 0.0);
    assert_eq!(difference.paired.interval, Some((0.0, 0.0)));
    assert_eq!(
        (difference.p_holm, difference.bootstrap),
        (None, Some((0.0, 0.0)))
    );
}

#[test]
fn pairs_share_their_chance() {
    // The push is 1 or 2 a month over 8 months, by replication; all else is shared.
    let summary = summarise(&results(&["waits", "pushes"], 10));
    let pushed = row(&summary, 0, 1, 0);
    let difference = pushed.difference.unwrap();
    assert!((difference.paired.mean - 12.0).abs() < 1e-9);
    assert_eq!((difference.paired.pairs, difference.excluded), (10, 0));
    assert!(difference.paired.variance_reduction.unwrap() > 1.0);
    assert_eq!(difference.bootstrap, None);
    assert!(
        row(&summary, 0, 1, 1)
            .difference
            .unwrap()
            .bootstrap
            .is_some()
    );
}

#[test]
fn failed_runs_are_left_out_in_pairs_and_counted() {
    let summary = summarise(&results(&["waits", "fails in replication 1", "unknown"], 6));
    let partly = row(&summary, 0, 1, 0);
    assert_eq!(partly.level.unwrap().count, 5);
    let difference = partly.difference.unwrap();
    assert_eq!((difference.paired.pairs, difference.excluded), (5, 1));
    let never = row(&summary, 0, 2, 0);
    assert_eq!((never.level, never.difference), (None, None));
}

#[test]
fn yes_or_no_has_the_interval_of_a_share() {
    let values: Vec<Option<f64>> = (0..50).map(|i| Some(f64::from(u8::from(i < 7)))).collect();
    let (low, high) = level(&values, "share").unwrap().interval.unwrap();
    assert!((low - 0.069508).abs() < 1e-6 && (high - 0.261862).abs() < 1e-6);
    let as_count = level(&values, "households").unwrap().interval.unwrap();
    assert!((as_count.0 - low).abs() > 1e-3);
}

#[test]
fn an_interval_ends_where_the_unit_does() {
    let interval = |values: &[f64], unit: &str| {
        let values: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        level(&values, unit).unwrap().interval.unwrap()
    };
    let few = [0.0, 0.0, 0.5];
    let student = interval(&few, "euro");
    assert!(student.0 < 0.0);
    for unit in ["fte", "households", "month"] {
        assert_eq!(interval(&few, unit), (0.0, student.1), "{unit}");
    }
    assert_eq!(interval(&few, "1"), student);
    assert_eq!(interval(&[0.1, 0.9, 0.2], "share"), (0.0, 1.0));
    // What has been below 0 can be.
    assert!(interval(&[-1.0, 0.0, 2.0], "fte").0 < -1.0);
}

#[test]
fn every_unit_of_a_metric_is_known_to_go_below_0_or_not_to() {
    // Money can, and so can what has no unit.
    let signed = ["euro", "euro/month", "1"];
    for metric in zalm_model::metrics(&crate::fixture::scenario(&["waits"], 1)) {
        let unit = metric.unit;
        let (counts, signed) = (
            estimate::NEVER_NEGATIVE.contains(&unit),
            signed.contains(&unit),
        );
        assert!(
            counts != signed,
            "{}: which of both is `{unit}`?",
            metric.name
        );
    }
}

/// Three draws of two replications: the carousel, and a strategy that adds the number of its
/// draw, where the chance of a draw is its own.
fn drawn(own_noise: bool) -> Results {
    let part = |draw: u32| {
        let mut part = results(&["waits", "pushes"], 2);
        part.draws[0].number = draw;
        part.draws[0].seed += u64::from(own_noise) * u64::from(draw);
        for run in &mut part.runs {
            run.draw = draw;
            let sign = f64::from(run.replication) * 2.0 - 1.0;
            let value = 10.0 * f64::from(draw) + sign;
            let added = run.strategy as f64 * f64::from(draw);
            if let crate::Outcome::Done(record) = &mut run.outcome {
                record.outcomes[0] = value + added;
                record.fates[0].end = Some(part.policy_month + draw);
                "no_successor".clone_into(&mut record.fates[0].cause);
            }
        }
        part
    };
    Results::joined((1..=3).map(part).collect())
}

#[test]
fn draws_are_brought_to_their_mean_before_they_count() {
    let summary = summarise(&drawn(true));
    let waits = row(&summary, 0, 0, 0);
    let level = waits.level.unwrap();
    assert_eq!((level.count, level.mean), (3, 20.0));
    let difference = row(&summary, 0, 1, 0).difference.unwrap().paired;
    assert_eq!((difference.pairs, difference.mean), (3, 2.0));
    // Means 10, 20, 30: variance 100. Within a draw -1 and 1: variance 2, of a mean of two 1.
    let variance = waits.variance.unwrap();
    assert!((variance.chance - 2.0).abs() < 1e-12 && (variance.ignorance - 99.0).abs() < 1e-9);
}

#[test]
fn points_of_a_design_are_no_sample() {
    let mut results = drawn(false);
    results.sampled = false;
    let summary = summarise(&results);
    // Of each replication the mean over the points: 19 and 21 under the null alternative.
    let level = row(&summary, 0, 0, 0).level.unwrap();
    assert_eq!((level.count, level.mean), (2, 20.0));
    // 1, 2 and 3 more at the points, in each replication alike: nothing is left to chance.
    let difference = row(&summary, 0, 1, 0).difference.unwrap().paired;
    assert_eq!((difference.pairs, difference.mean), (2, 2.0));
    assert_eq!((difference.interval, difference.p), (None, Some(0.5)));
    let of_draws = row(&summarise(&drawn(true)), 0, 1, 0).difference.unwrap();
    let (low, high) = of_draws.paired.interval.unwrap();
    assert!(low < 0.0 && high > 4.0, "of draws it goes over the draws");
}

#[test]
fn draws_that_share_their_chance_have_means_and_no_interval() {
    let results = drawn(false);
    let summary = summarise(&results);
    let level = row(&summary, 0, 1, 0).level.unwrap();
    assert_eq!((level.count, level.mean, level.interval), (3, 22.0, None));
    for metric in 0..2 {
        let difference = row(&summary, 0, 1, metric).difference.unwrap();
        assert_eq!(difference.paired.pairs, 3);
        assert_eq!(difference.paired.interval, None);
        let told = (difference.paired.p, difference.p_holm, difference.bootstrap);
        assert_eq!(told, (None, None, None));
    }
    let team = &summary.survival[1];
    assert!(team.months.mean().is_some() && team.interval.is_none());
    assert!(team.difference.unwrap().paired.interval.is_none());
    assert!(summary.choices.is_empty(), "{:?}", summary.choices);
    let own = summarise(&drawn(true));
    assert!(own.survival[1].interval.is_some() && !own.choices.is_empty());
}

#[test]
fn differences_of_means_of_shares_stay_within_what_a_share_can_be() {
    let of = |values: &[f64]| -> Vec<Option<f64>> { values.iter().copied().map(Some).collect() };
    let (own, null) = (of(&[1.0, 1.0, 0.0, 0.0, 1.0, 1.0]), of(&[0.0; 6]));
    let bounds = |unit| {
        let found = difference((&own, &null), Grouped::Draws(2), unit, 1, None).unwrap();
        found.paired.interval.unwrap()
    };
    assert!(bounds("month").1 > 1.0 && bounds("month").0 < -0.7);
    let (low, high) = bounds("share");
    assert!(low >= -1.0 && high <= 1.0, "{low} {high}");
}

#[test]
fn variance_is_not_split_where_draws_share_their_chance() {
    assert_eq!(row(&summarise(&drawn(false)), 0, 0, 0).variance, None);
    let one = summarise(&results(&["waits", "pushes"], 4));
    assert_eq!(row(&one, 0, 0, 0).variance, None);
}

#[test]
fn differences_of_shares_stay_within_what_a_share_can_be() {
    let list = |yes: usize, of: usize| -> Vec<Option<f64>> {
        (0..of)
            .map(|i| Some(f64::from(u8::from(i < yes))))
            .collect()
    };
    let found = difference((&list(4, 4), &list(1, 4)), Grouped::Runs, "share", 1, None).unwrap();
    let (low, high) = found.paired.interval.unwrap();
    assert!(low > -1.0 && high <= 1.0, "{low} {high}");
    // Three pairs that all differ one way happen by chance in one of four.
    assert!((found.paired.p.unwrap() - 0.25).abs() < 1e-12);
    let same = difference((&list(2, 4), &list(2, 4)), Grouped::Runs, "share", 1, None).unwrap();
    // Newcombe's interval of two shares of which no pair differs.
    let (low, high) = same.paired.interval.unwrap();
    assert!(low < -0.2 && high > 0.2, "{low} {high}");
    assert_eq!(same.paired.p, Some(1.0));
    let parts = [0.9, 1.0, 0.0, 0.8].map(Some);
    let found = difference((&parts, &list(0, 4)), Grouped::Runs, "share", 1, None).unwrap();
    assert!(found.paired.interval.unwrap().1 <= 1.0);
}

#[test]
fn one_replication_has_levels_without_intervals() {
    let summary = summarise(&results(&["waits", "pushes"], 1));
    let row = row(&summary, 0, 1, 0);
    assert_eq!(row.level.unwrap().interval, None);
    assert_eq!(row.difference.unwrap().paired.interval, None);
}

#[test]
fn levels_that_are_all_the_same_have_no_interval() {
    let same = |unit| level(&[Some(24.0); 6], unit).unwrap();
    assert_eq!((same("month").interval, same("month").count), (None, 6));
    // Of yes and no it is known how often six alike come by chance.
    let yes = level(&[Some(1.0); 6], "share").unwrap().interval.unwrap();
    assert!(yes.0 > 0.6 && yes.0 < 0.7 && yes.1 > 0.999, "{yes:?}");
}

#[test]
fn joint_intervals_are_wider_by_as_many_as_are_compared() {
    let summary = summarise(&results(&["waits", "pushes", "pushes on"], 10));
    let difference = row(&summary, 0, 1, 0).difference.unwrap();
    let (alone, joint) = (
        difference.paired.interval.unwrap(),
        difference.joint.unwrap(),
    );
    let half = |(low, high): (f64, f64)| (high - low) / 2.0;
    let t = |level: f64| zalm_statistics::student_quantile(0.5 + level / 2.0, 9).unwrap();
    assert!((half(joint) / half(alone) - t(0.975) / t(0.95)).abs() < 1e-9);
    let two = summarise(&results(&["waits", "pushes"], 10));
    let only = row(&two, 0, 1, 0).difference.unwrap();
    assert_eq!(only.joint, only.paired.interval);
}

#[test]
fn the_worst_twentieth_is_at_the_bad_end() {
    let worst = |better| {
        let arms = Arms {
            by_strategy: vec![(1..=40).map(|value| Some(f64::from(value))).collect()],
            null: None,
            grouped: Grouped::Runs,
        };
        arms.worst(0, better)
    };
    assert_eq!(worst(Better::Higher), Some(1.5));
    assert_eq!(worst(Better::Lower), Some(39.5));
    assert_eq!(worst(Better::Neither), None);
    let few = summarise(&results(&["waits", "pushes"], 19));
    assert!(few.rows.iter().all(|row| row.worst.is_none()));
}
