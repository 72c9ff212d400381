//! The fit finds a number that is known, and the counters count what they say.

use super::places::{per, quiet_world};
use super::watch::watch;
use super::{CalibrationError, FitOptions, WatchOptions, fit, simulate};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use zalm_scenario::{
    Domain, Evidence, Figure, Free, Per, QuietWorld, Scenario, Statistic, Target, Targets, read,
};

static GO: AtomicBool = AtomicBool::new(false);
static STOP: AtomicBool = AtomicBool::new(true);

const WORLD: &str = "world";

fn tiny() -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/tiny.ron");
    let mut scenario = read(&path, &[])
        .expect("a scenario without problems")
        .scenario;
    // Many dwellings of a corporation: a fit sees no step that moves no event.
    scenario.place.neighbourhoods[0].households.value = 2000.0;
    scenario.place.neighbourhoods[0].corporation_rent.value = 1.0;
    scenario
}

fn watching(stop: &'static AtomicBool, threads: usize) -> WatchOptions<'static> {
    WatchOptions {
        threads: NonZeroUsize::new(threads).expect("a thread"),
        stop,
    }
}

fn target(id: &str, statistic: Statistic) -> Target {
    Target {
        id: id.to_owned(),
        world: WORLD.to_owned(),
        statistic,
        observed: 1.0,
        low: 0.5,
        high: 2.0,
        unit: "share".to_owned(),
        facts: Vec::new(),
        year: "none".to_owned(),
        confidence: Evidence::Assumption,
        weight: 1.0,
        note: "made up for a test".to_owned(),
    }
}

/// Two statistics and two free numbers, in a world of two thousand households.
fn targets(scenario: &Scenario) -> Targets {
    let debts = Statistic::Severity {
        domain: Domain::Finances,
        from: 1,
    };
    let evictions = Statistic::Metric {
        name: "crises.eviction".to_owned(),
        per: Per::CorporationDwellings,
        a_year: true,
    };
    Targets {
        months: 36,
        pull: 0.0,
        worlds: vec![QuietWorld {
            name: WORLD.to_owned(),
            place: scenario.place.clone(),
            care: Figure {
                value: 1.0,
                evidence: Evidence::Assumption,
                source: "made up for a test".to_owned(),
            },
            team: false,
        }],
        targets: vec![target("debts", debts), target("evictions", evictions)],
        free: vec![
            Free::Parameter {
                name: "onset.finances".to_owned(),
            },
            Free::CrisisWeight {
                crisis: "eviction".to_owned(),
                low: 0.2,
                high: 5.0,
            },
        ],
        left_out: Vec::new(),
    }
}

/// Targets that the model itself has met, with these numbers.
fn known(truth: &Scenario) -> Targets {
    let mut targets = targets(truth);
    let values = simulate(truth, &targets, 0..2, None, watching(&GO, 2)).expect("values");
    for (target, value) in targets.targets.iter_mut().zip(values) {
        target.observed = value.expect("a value");
    }
    targets
}

#[test]
fn the_fit_finds_the_numbers_that_made_the_targets() {
    let mut truth = tiny();
    let onset = truth.parameters.get_mut("onset.finances").expect("onset");
    onset.value = 0.0018;
    truth.crises[0].weight.value = 2.5;
    let targets = known(&truth);
    let options = FitOptions {
        watch: watching(&GO, 2),
        replications: 0..2,
        evaluations: 60,
        progress: &|_| {},
    };
    let found = fit(&tiny(), &targets, &options).expect("a fit");
    assert!(found.evaluations <= 60);
    assert!(found.after < 0.01 * found.before, "{found:?}");
    for (moved, truth) in found.moved.iter().zip([0.0018, 2.5]) {
        let miss = moved.new / truth - 1.0;
        assert!(
            miss.abs() < 0.1 && !moved.at_bound,
            "{moved:?}, not {truth}"
        );
    }
    let again = FitOptions {
        watch: watching(&GO, 1),
        ..options
    };
    let again = fit(&tiny(), &targets, &again).expect("a fit");
    assert_eq!(again.moved, found.moved, "the threads changed the fit");
}

#[test]
fn what_lies_outside_the_range_stops_at_its_end() {
    let mut targets = known(&tiny());
    targets.targets[0].observed *= 20.0;
    targets.targets.truncate(1);
    targets.free.truncate(1);
    let options = FitOptions {
        watch: watching(&GO, 2),
        replications: 0..1,
        evaluations: 40,
        progress: &|_| {},
    };
    let found = fit(&tiny(), &targets, &options).expect("a fit");
    let onset = &found.moved[0];
    assert!(onset.at_bound && onset.new <= onset.high, "{onset:?}");
}

#[test]
fn who_stops_gets_nothing_and_who_misspells_is_told() {
    let scenario = tiny();
    let mut targets = targets(&scenario);
    let stopped = simulate(&scenario, &targets, 0..1, None, watching(&STOP, 1));
    assert_eq!(stopped, Err(CalibrationError::Stopped));
    targets.targets[1].statistic = Statistic::Metric {
        name: "crises.evicton".to_owned(),
        per: Per::One,
        a_year: true,
    };
    let unknown = simulate(&scenario, &targets, 0..1, None, watching(&GO, 1));
    assert!(
        matches!(unknown, Err(CalibrationError::Unknown(_))),
        "{unknown:?}"
    );
}

#[test]
fn spells_stocks_and_flows_agree_with_each_other() {
    let scenario = tiny();
    let targets = targets(&scenario);
    let quiet = quiet_world(&scenario, &targets.worlds[0], 120);
    let domain = Domain::Finances;
    let of = |from| Statistic::Severity { domain, from };
    let statistics = [
        of(1),
        of(2),
        Statistic::Outflow { domain, from: 2 },
        Statistic::Return { domain, from: 2 },
    ];
    let seen = watch(&quiet, &statistics.iter().collect::<Vec<_>>(), 0).expect("a run");
    let value = |at: usize| seen[at].value().expect("a value");
    assert!(value(0) > value(1) && value(1) > 0.0, "{seen:?}");
    // The same households, as a stock in household-months and in household-years.
    let stock = seen[1].above / 12.0;
    assert!((seen[2].below - stock).abs() < 1e-6 * stock, "{seen:?}");
    // Who is followed has left, and who is back was followed.
    assert!(
        seen[3].below < seen[2].above && seen[3].above < seen[3].below,
        "{seen:?}"
    );
    assert!(seen[3].above > 0.0);
}

#[test]
fn a_place_is_divided_by_what_it_has() {
    let scenario = tiny();
    let place = &scenario.place.neighbourhoods[0];
    assert!((per(&scenario, Per::Households) - 2000.0).abs() < 1e-9);
    let tenants = 2000.0 * place.corporation_rent.value;
    assert!((per(&scenario, Per::CorporationDwellings) - tenants).abs() < 1e-9);
    assert!(per(&scenario, Per::HouseholdsWithChildren) < 2000.0);
}
