//! The period, the policy date and the size of the experiment.

use super::Checker;
use crate::problem::Finding;
use crate::text::{Text, both};
use crate::tree::Spot;

/// Most years that a run may last: ageing, births and removals are not modelled.
const MOST_MONTHS: u32 = 600;

pub(super) fn check(checker: &Checker<'_>, root: Spot<'_>) {
    let scenario = checker.scenario;
    checker.told(
        root.field("title"),
        &scenario.title,
        both!(
            "een titel voor tabellen en rapporten",
            "a title for tables and reports"
        ),
    );
    checker.told(
        root.field("question"),
        &scenario.question,
        both!("de vraag die gesteld wordt", "the question that is asked"),
    );
    lasting(checker, root.field("months"), scenario.months);
    let every = f64::from(scenario.series_every);
    checker.within(
        root.field("series_every"),
        every,
        1.0,
        f64::from(scenario.months).max(1.0),
        both!(" maanden", " months"),
    );
    if scenario.replications < 2 {
        let message = both!(
            "{} herhalingen laten geen spreiding zien",
            "{} replications show no spread",
            scenario.replications
        );
        checker.wrong(
            root.field("replications"),
            message,
            both!("2 of meer", "2 or more"),
        );
    }
    if !inside(checker, scenario.policy_date) {
        let spot = root.field("policy_date");
        outside(
            checker,
            spot,
            scenario.policy_date,
            both!("de beleidsdatum", "the policy date"),
        );
    }
}

/// How long something lasts, which is no longer than a run.
pub(super) fn lasting(checker: &Checker<'_>, spot: Spot<'_>, months: u32) {
    let unit = both!(" maanden", " months");
    checker.within(spot, f64::from(months), 1.0, f64::from(MOST_MONTHS), unit);
}

/// Whether a month lies in the period; yes when the period itself is unknown.
pub(super) fn inside(checker: &Checker<'_>, month: crate::Month) -> bool {
    let scenario = checker.scenario;
    let bounds = ["start", "months"].map(|name| checker.root.field(name));
    let is_known = bounds.into_iter().all(|spot| checker.readable(spot)) && scenario.months > 0;
    let index = month.since(scenario.start);
    !is_known || (index >= 0 && i64::from(index) < i64::from(scenario.months))
}

/// Reports that a month lies outside the period, and which end of it was missed.
pub(super) fn outside(checker: &Checker<'_>, spot: Spot<'_>, month: crate::Month, what: Text) {
    let scenario = checker.scenario;
    let last = scenario
        .start
        .plus(scenario.months.clamp(1, MOST_MONTHS).cast_signed() - 1);
    let expected = both!(
        "een maand van {} tot en met {last}",
        "a month from {} to {last}",
        scenario.start
    );
    let (bound, label) = if month < scenario.start {
        (
            "start",
            both!("de periode begint hier", "the period begins here"),
        )
    } else {
        (
            "months",
            both!(
                "de periode eindigt na zoveel",
                "the period ends after this many"
            ),
        )
    };
    let bound = checker.root.field(bound).span();
    let more = |finding: Finding| finding.also(bound, label);
    let message = both!(
        "{what} {month} valt buiten de periode",
        "{what} {month} lies outside the period";
        what
    );
    checker.report(spot, more, message, expected);
}
