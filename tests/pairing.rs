//! What a strategy, a month or one more household does not touch stays exactly the same: not
//! nearly, and not on average.

use std::collections::BTreeMap;
use zalm_experiment::{Results, summarise};
use zalm_model::{Command, HouseholdState, Simulation, Strategy};
use zalm_scenario::{Mechanism, Project, Scenario, StrategyUse};
use zalm_tests::scenarios::{figure, grant, tiny};
use zalm_tests::strategies::{InProcess, Seeker, compared, does, idle, played};

/// The tiny scenario with strategies of this file; the first is the null alternative.
fn with_strategies(names: &[&str]) -> Scenario {
    let strategy = |name: &&str| StrategyUse::of(name, name);
    Scenario {
        strategies: names.iter().map(strategy).collect(),
        null_alternative: names[0].to_owned(),
        ..tiny()
    }
}

/// Looks at chance every month and does nothing with it.
fn gambler() -> impl Strategy {
    does(|view, random| {
        let drawn = (0..view.rows.len() as u32).map(|row| random.bits(row, view.rows[0], row));
        assert!(drawn.fold(0, u64::wrapping_add) != 0, "64 zero bits");
        Vec::new()
    })
}

fn source() -> InProcess {
    InProcess(vec![
        ("waits", || Box::new(idle())),
        ("idles", || Box::new(idle())),
        ("gambles", || Box::new(gambler())),
        ("seeks", || Box::new(Seeker::JOINT)),
    ])
}

fn largest_difference(results: &Results, strategy: usize) -> f64 {
    let rows = summarise(results).rows;
    let differences = rows.iter().filter(|row| row.strategy == strategy);
    differences
        .map(|row| {
            let paired = row.difference.expect("a pair").paired;
            paired.mean.abs() + paired.sd.expect("more pairs")
        })
        .fold(0.0, f64::max)
}

#[test]
#[expect(
    clippy::float_cmp,
    reason = "the difference is exactly 0 or the pairing is broken"
)]
fn doing_nothing_differs_by_exactly_nothing() {
    let scenario = with_strategies(&["waits", "idles", "gambles", "seeks"]);
    let results = compared(&scenario, &source(), 2, None);
    for strategy in [1, 2] {
        for stressor in 0..scenario.stressors.len() {
            let pairs = results
                .arm(stressor, 0)
                .zip(results.arm(stressor, strategy));
            for (null, other) in pairs {
                // Every metric, every sample, every fate, the event log and the final state.
                assert_eq!(
                    null.record().expect("a record"),
                    other.record().expect("a record")
                );
            }
        }
        assert_eq!(largest_difference(&results, strategy), 0.0);
    }
    assert!(
        largest_difference(&results, 3) > 0.0,
        "doing something differs"
    );
}

/// The tiny scenario with money until month 84, of 96.
fn long() -> Scenario {
    let mut scenario = tiny();
    scenario.months = 96;
    scenario.projects[0].grants = vec![grant("state", 0.5, 84), grant("welfare", 0.5, 84)];
    scenario
}

#[test]
fn what_starts_in_month_60_leaves_months_0_to_59_as_they_were() {
    let scenario = long();
    assert_eq!(scenario.policy_month(), 12);
    let mut late = Seeker {
        from: 60,
        ..Seeker::JOINT
    };
    let mut never = idle();
    let mut with = Simulation::new(&scenario, 0);
    let mut without = Simulation::new(&scenario, 0);
    for month in 1..=60 {
        with.run_to(month, Some(&mut late)).expect("with");
        without.run_to(month, Some(&mut never)).expect("without");
        let (with, without) = (with.snapshot(), without.snapshot());
        assert!(with == without, "month {} differs", month - 1);
    }
    with.run_to(scenario.months, Some(&mut late)).expect("with");
    without
        .run_to(scenario.months, Some(&mut never))
        .expect("without");
    let (with, without) = (with.record(), without.record());
    let differs = with
        .series
        .iter()
        .zip(&without.series)
        .find(|(a, b)| a != b);
    let month = differs.expect("the strategy acts").0.month;
    assert!(month >= 60, "month {month}");
    assert_ne!(with.outcomes, without.outcomes);
}

/// Households that do not meet: a silo place for every problem, and no team, now or later.
fn apart() -> Scenario {
    let mut scenario = two_neighbourhoods();
    for care in &mut scenario.silo_care {
        care.places = figure(4_000.0);
    }
    for payer in &mut scenario.payers {
        payer.budget = figure(1_000_000.0);
    }
    scenario.switched_off.push(Mechanism::Founding);
    let never = scenario.start.plus(1_000);
    let late = |project| Project {
        start: never,
        ..project
    };
    scenario.projects = scenario.projects.into_iter().map(late).collect();
    scenario
}

fn two_neighbourhoods() -> Scenario {
    let mut scenario = tiny();
    let second = scenario.place.neighbourhoods[0].clone();
    scenario.place.neighbourhoods.push(second);
    scenario
}

/// One more household in the first neighbourhood.
fn one_more(mut scenario: Scenario) -> Scenario {
    scenario.place.neighbourhoods[0].households.value += 1.0;
    scenario
}

/// Every household in every month, by id.
type Histories = BTreeMap<u32, Vec<HouseholdState>>;

fn histories(scenario: &Scenario, replication: u32) -> Histories {
    let mut simulation = Simulation::new(scenario, replication);
    let mut histories = Histories::new();
    for month in 0..=scenario.months {
        simulation.run_to(month, None).expect("a month");
        for household in simulation.households() {
            histories.entry(household.id).or_default().push(household);
        }
    }
    histories
}

/// Both worlds, and the households that live in both.
fn with_one_more(scenario: &Scenario, replication: u32) -> (Histories, Histories) {
    let few = histories(scenario, replication);
    let mut many = histories(&one_more(scenario.clone()), replication);
    assert_eq!(many.len(), few.len() + 1);
    many.retain(|id, _| few.contains_key(id));
    assert_eq!(many.len(), few.len(), "somebody got another number");
    (few, many)
}

#[test]
fn one_more_household_moves_no_other() {
    for replication in 0..3 {
        let (few, many) = with_one_more(&apart(), replication);
        for (id, history) in &few {
            assert_eq!(*history, many[id], "household {id}");
        }
        let months = || few.values().flatten();
        assert!(
            months().any(|household| household.served != 0),
            "nobody is helped"
        );
        let moved = few
            .values()
            .filter(|history| history[0].levels != history[36].levels);
        assert!(
            moved.count() > 10,
            "nothing happens here, so it shows nothing"
        );
    }
}

#[test]
fn one_more_household_is_felt_where_households_share_places() {
    // The counterpart: where places are few, households compete.
    let mut scenario = two_neighbourhoods();
    for care in &mut scenario.silo_care {
        care.places = figure(10.0);
    }
    let felt = |replication| {
        let (few, many) = with_one_more(&scenario, replication);
        few != many
    };
    assert!((0..20).any(felt));
}

#[test]
fn looking_at_chance_moves_no_chance() {
    let scenario = long();
    let quiet = played(&scenario, 1, None, Some(&mut idle()));
    assert_eq!(quiet, played(&scenario, 1, None, Some(&mut gambler())));
    // Nor does it move that of a strategy that acts.
    let acting = played(&scenario, 1, None, Some(&mut Seeker::JOINT.clone()));
    let mut seeker = Seeker::JOINT;
    let mut both = does(move |view, random| {
        let _ = random.bits(7, view.rows[0], 3);
        let note = Command::Note {
            row: view.rows[0],
            text: String::new(),
        };
        let mut commands = seeker.decide(view, random).expect("commands");
        commands.extend((random.bits(0, 0, 0) == 0).then_some(note));
        commands
    });
    assert_eq!(acting, played(&scenario, 1, None, Some(&mut both)));
}
