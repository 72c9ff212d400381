//! What silos and teams do for one household, read off the compiled hazards of the default scenario;
//! and where all households stand in care.

use zalm_model::bench::{Care, HazardTables, Levels, Reserves, Sweep, Traits};
use zalm_model::{CareStatus, MULTI, PROBLEM, Portrait, Simulation, metrics};
use zalm_scenario::{Domain, Mechanism, Scenario};
use zalm_tests::scenarios::heechterp;

/// Rates 8 to 15 are those of recovery.
const BETTER: std::ops::Range<usize> = 8..16;
/// One, in the fixed point of the tables.
const ONE: u32 = 1 << 16;

fn tables(off: Option<Mechanism>, change: impl FnOnce(&mut Scenario)) -> HazardTables {
    let mut scenario = heechterp();
    scenario.switched_off.extend(off);
    change(&mut scenario);
    let mut tables = Sweep::new(&scenario, 0).columns().tables;
    let team = &mut tables.teams[0];
    team.context = ONE / 2;
    team.technique = ONE / 2;
    team.contacts = [ONE; 9];
    team.undivided = [ONE; 9];
    team.harm = ONE;
    tables
}

/// A household with grave problems in the first domains, without children.
fn household(problems: usize) -> (Levels, Traits, Reserves) {
    let levels = Levels(std::array::from_fn(
        |domain| {
            if domain < problems { 3 } else { 0 }
        },
    ));
    let traits = Traits {
        home: 0,
        vulnerability: 1,
        children: false,
        tenant: true,
        avoider: false,
    };
    let reserves = Reserves {
        strength: 7,
        network: 7,
        expectation: 7,
    };
    (levels, traits, reserves)
}

/// Chance that some problem grows lighter in a month, as a share of 2^32.
fn recovery(tables: &HazardTables, problems: usize, status: CareStatus) -> f64 {
    let (levels, traits, reserves) = household(problems);
    let mask = levels.problem_mask();
    let (served, plan) = match status {
        CareStatus::Team => (0, mask),
        _ => (mask, 0),
    };
    let care = Care {
        status,
        served,
        plan,
        trust: 10,
        ..Care::NONE
    };
    let rates = tables.rates(&levels, &traits, &reserves, &care);
    rates[BETTER].iter().map(|&rate| f64::from(rate)).sum()
}

/// How many times better a team does than the silos.
fn advantage(tables: &HazardTables, problems: usize) -> f64 {
    recovery(tables, problems, CareStatus::Team) / recovery(tables, problems, CareStatus::Silo)
}

#[test]
fn one_plan_gains_with_every_further_domain_and_only_by_what_silos_lose_to_each_other() {
    let usual = tables(None, |_| {});
    assert!(advantage(&usual, 2) > advantage(&usual, 1));
    assert!(advantage(&usual, 4) > 1.1 * advantage(&usual, 1));
    let one = advantage(&usual, 1);
    assert!(
        (one - 1.0).abs() < 0.15,
        "one problem: the silo does as well, {one}"
    );
    let off = tables(Some(Mechanism::Coordination), |_| {});
    assert!((advantage(&off, 4) - advantage(&off, 1)).abs() < 0.01);
}

#[test]
fn without_context_a_team_does_nothing() {
    let mut tables = tables(None, |_| {});
    tables.teams[0].context = 0;
    let (team, none) = (CareStatus::Team, CareStatus::None);
    let alone = {
        let (levels, traits, reserves) = household(4);
        let care = Care {
            status: none,
            ..Care::NONE
        };
        let rates = tables.rates(&levels, &traits, &reserves, &care);
        rates[BETTER]
            .iter()
            .map(|&rate| f64::from(rate))
            .sum::<f64>()
    };
    assert!((recovery(&tables, 4, team) - alone).abs() < 1e-9);
}

#[test]
fn illness_feeds_the_loss_of_work_through_their_coupling() {
    let work = Domain::Work as usize;
    let onset = |tables: &HazardTables| {
        let (mut levels, traits, reserves) = household(0);
        levels.0[Domain::PhysicalHealth as usize] = 3;
        tables.rates(&levels, &traits, &reserves, &Care::NONE)[work]
    };
    let usual = tables(None, |_| {});
    let uncoupled = tables(None, |scenario| {
        for coupling in &mut scenario.couplings {
            if (coupling.from, coupling.to) == (Domain::PhysicalHealth, Domain::Work) {
                coupling.strength.value = 0.0;
            }
        }
    });
    assert!(f64::from(onset(&usual)) > 1.2 * f64::from(onset(&uncoupled)));
    let off = tables(Some(Mechanism::Interaction), |_| {});
    assert_eq!(onset(&off), onset(&uncoupled));
}

/// Where a household stands, as the metrics name it; `None` without help and without much need.
fn state(one: &Portrait) -> Option<&'static str> {
    let problems = one.levels.iter().filter(|level| **level >= PROBLEM).count();
    match one.status {
        CareStatus::Team => Some("households.in_team"),
        CareStatus::Silo => Some("households.in_silo"),
        CareStatus::Informal => Some("households.informal"),
        CareStatus::Aftercare => Some("households.aftercare"),
        CareStatus::SiloWaiting => Some("households.queueing"),
        CareStatus::None if one.awaits => Some("households.queueing"),
        CareStatus::None if problems >= usize::from(MULTI) => Some("households.unreached"),
        CareStatus::None => None,
    }
}

#[test]
fn every_household_is_counted_in_one_state_of_care() {
    let mut scenario = heechterp();
    scenario.months = 60;
    let mut simulation = Simulation::new(&scenario, 0);
    simulation.watch(0..scenario.households() as usize);
    let names = metrics(&scenario);
    let mut seen = [0; 6];
    for month in 0..scenario.months {
        simulation.run_to(month + 1, None).expect("a month");
        if month % 12 != 11 || month < scenario.policy_month() {
            continue;
        }
        let portraits = simulation.watched().expect("a watch").portraits();
        let record = simulation.record();
        let last = record.series.last().expect("a sample");
        assert_eq!(last.month, month);
        let states = [
            "in_team",
            "in_silo",
            "informal",
            "aftercare",
            "queueing",
            "unreached",
        ];
        for (at, state_of) in states
            .map(|name| format!("households.{name}"))
            .iter()
            .enumerate()
        {
            let place = names.iter().position(|metric| metric.name == *state_of);
            let counted = last.values[place.expect("the metric")];
            let here = portraits.iter().filter(|one| state(one) == Some(state_of));
            let here = here.count();
            assert!(
                (counted - here as f64).abs() < 0.5,
                "{state_of} in {month}: {counted} {here}"
            );
            seen[at] += here;
        }
    }
    assert!(seen.iter().all(|households| *households > 0), "{seen:?}");
}
