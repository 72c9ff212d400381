//! What single rows of the checklist say of the model, in the mean of paired runs that differ in
//! one thing: each name here stands in `docs/coverage.csv`.

use zalm_model::{RunRecord, metrics};
use zalm_scenario::{
    AreaInvestment, AreaWork, Measurement, Mechanism, Month, Scenario, Shock, Stressor, Text,
};
use zalm_tests::scenarios::{figure, heechterp, parameter};
use zalm_tests::strategies::{Seeker, played};

const REPLICATIONS: u32 = 40;

/// Shares of a team under municipal direction, small enough that some payers take part.
const SHARES: Seeker = Seeker {
    part: 0.15,
    ..Seeker::STAKEHOLDERS
};

/// Runs of the default scenario with changes.
struct Arm {
    scenario: Scenario,
    records: Vec<RunRecord>,
}

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn played_out(change: impl FnOnce(&mut Scenario), seeker: Option<Seeker>, shocks: &[Shock]) -> Arm {
    played_often(REPLICATIONS, change, seeker, shocks)
}

fn played_often(
    replications: u32,
    change: impl FnOnce(&mut Scenario),
    seeker: Option<Seeker>,
    shocks: &[Shock],
) -> Arm {
    let mut scenario = heechterp();
    // Small enough for payers to carry it at times.
    scenario.projects[0].workers.value = 4.0;
    change(&mut scenario);
    let stressor = Stressor {
        name: "of this test".to_owned(),
        title: Text::default(),
        narrative: Text::default(),
        source: Text::default(),
        shocks: shocks.to_vec(),
    };
    let run = |replication| match seeker {
        Some(mut seeker) => played(&scenario, replication, Some(&stressor), Some(&mut seeker)),
        None => played(&scenario, replication, Some(&stressor), None),
    };
    let records = (0..replications).map(run).collect();
    Arm { scenario, records }
}

/// Nobody asks for money.
fn alone(change: impl FnOnce(&mut Scenario)) -> Arm {
    played_out(change, None, &[])
}

/// Every payer is asked for its share.
fn asking(change: impl FnOnce(&mut Scenario)) -> Arm {
    played_out(change, Some(SHARES), &[])
}

fn place(scenario: &Scenario, metric: &str) -> usize {
    let found = metrics(scenario).iter().position(|one| one.name == metric);
    found.unwrap_or_else(|| panic!("there is no metric {metric}"))
}

/// Mean difference of pairs and its standard error.
fn pairs(differences: &[f64]) -> (f64, f64) {
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let squares: f64 = differences.iter().map(|one| (one - mean).powi(2)).sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
}

fn difference(with: &Arm, without: &Arm, metric: &str) -> (f64, f64) {
    let at = place(&with.scenario, metric);
    let both = with.records.iter().zip(&without.records);
    let all: Vec<f64> = both.map(|(a, b)| a.outcomes[at] - b.outcomes[at]).collect();
    let (mean, error) = pairs(&all);
    let (a, b) = (self::mean(with, metric), self::mean(without, metric));
    println!("{metric}: {a:.3} less {b:.3}: {mean:+.4} ± {error:.4}");
    (mean, error)
}

fn mean(arm: &Arm, metric: &str) -> f64 {
    let at = place(&arm.scenario, metric);
    let sum: f64 = arm.records.iter().map(|record| record.outcomes[at]).sum();
    sum / arm.records.len() as f64
}

/// Fails unless the metric is higher in the first arm, beyond chance.
fn more(with: &Arm, without: &Arm, metric: &str) -> f64 {
    let (mean, error) = difference(with, without, metric);
    assert!(mean > 2.0 * error, "{metric}: {mean} ± {error}");
    mean
}

fn less(with: &Arm, without: &Arm, metric: &str) -> f64 {
    more(without, with, metric)
}

/// Money that lasts as long as the run, for the team there is.
fn lasting(scenario: &mut Scenario) {
    scenario.policy_date = scenario.start.plus(12);
    for grant in &mut scenario.projects[0].grants {
        grant.months = 200;
    }
    parameter(scenario, "founding.leaders").value = 0.0;
}

/// Money of one payer for a work in all neighbourhoods, from the second year on.
fn work(scenario: &Scenario, work: AreaWork, payer: &str, per_year: f64) -> AreaInvestment {
    AreaInvestment {
        work,
        neighbourhoods: Vec::new(),
        payer: payer.to_owned(),
        per_year: figure(per_year),
        start: scenario.start.plus(12),
        months: 200,
    }
}

/// No team, and a corporation that could pay for the neighbourhoods.
fn no_team(scenario: &mut Scenario) {
    scenario.projects.clear();
    parameter(scenario, "founding.leaders").value = 0.0;
    let rich = scenario.payers.iter_mut().find(|p| p.id == "corporation");
    rich.expect("a corporation").budget.value = 3000.0;
}

#[test]
fn drive_raises_the_odds_and_costs_energy() {
    // The person stays, or the odds would be those of a successor.
    let driven = |drive: f64| {
        move |scenario: &mut Scenario| {
            scenario.switched_off.push(Mechanism::Succession);
            scenario.projects[0].drive.value = drive;
        }
    };
    more(
        &asking(driven(0.4)),
        &asking(driven(0.02)),
        "project.months",
    );
    let worn = |drive: f64| {
        alone(move |scenario| {
            driven(drive)(scenario);
            lasting(scenario);
        })
    };
    less(&worn(0.4), &worn(0.02), "project.energy");
}

#[test]
fn a_place_with_a_team_and_the_same_place_without() {
    let with = alone(lasting);
    let without = alone(|scenario| {
        lasting(scenario);
        scenario.projects.clear();
    });
    less(&with, &without, "households.multi_problem");
    // The silos stay.
    assert!(mean(&with, "households.in_silo") > 0.9 * mean(&without, "households.in_silo"));
    // Who has a team is evicted less often.
    less(&with, &without, "crises.eviction");
}

#[test]
fn a_new_name_helps_nobody() {
    let tastes = |taste: f64| {
        alone(move |scenario| {
            // Rivals and founders who are new do gain by it.
            parameter(scenario, "payer.rival_new").value = 0.0;
            scenario.switched_off.push(Mechanism::Founding);
            for payer in &mut scenario.payers {
                payer.novelty_taste.value = taste;
            }
        })
    };
    let (dull, fond) = (tastes(0.0), tastes(1.0));
    for (dull, fond) in dull.records.iter().zip(&fond.records) {
        assert_eq!(dull.outcomes, fond.outcomes);
    }
}

#[test]
fn a_prize_is_seen_and_does_not_protect() {
    let strangers = |scenario: &mut Scenario| {
        for ties in scenario.projects[0].ties.values_mut() {
            *ties = [0.0; 4];
        }
    };
    let prize = Shock::Prize {
        at: month("2011-01"),
        project: "frontline-team".to_owned(),
    };
    let without = played_out(strangers, Some(SHARES), &[]);
    let with = played_out(strangers, Some(SHARES), &[prize]);
    let seen = |record: &RunRecord| {
        record
            .events
            .iter()
            .any(|(_, what)| what.contains("a prize"))
    };
    assert!(with.records.iter().any(seen));
    let (gained, _) = difference(&with, &without, "project.months");
    let lived = mean(&without, "project.months");
    assert!(gained.abs() < 0.1 * lived, "{gained} months of {lived}");
}

#[test]
fn who_thinks_of_the_end_at_the_start_lasts_longer() {
    let from = |from| played_out(|_| (), Some(Seeker { from, ..SHARES }), &[]);
    more(&from(24), &from(46), "project.months");
}

#[test]
fn the_more_it_earns_the_longer_it_lasts() {
    // A company with somebody who knows business, that asks little beside what it sells.
    let seller = Seeker {
        part: 0.03,
        sales: 0.6,
        contact: 0.1,
        ..Seeker::ENTERPRISE
    };
    let earning = |economic: f64| {
        let change = move |scenario: &mut Scenario| {
            scenario.policy_date = scenario.start;
            scenario.projects[0].economic.value = economic;
            parameter(scenario, "leader.business").value = 1.0;
            // Years to find customers before the first money ends.
            for grant in &mut scenario.projects[0].grants {
                grant.months = 96;
            }
        };
        played_out(change, Some(seller), &[])
    };
    more(&earning(1.0), &earning(0.2), "project.months");
}

#[test]
fn a_shared_team_needs_a_town_that_directs() {
    let direction =
        |strength: f64| asking(move |scenario| scenario.municipality.direction.value = strength);
    more(&direction(0.9), &direction(0.1), "project.months");
}

#[test]
fn what_is_measured_outlives_what_is_not() {
    let measured = |level: Measurement| {
        let seeker = Seeker {
            measurement: 0.0,
            ..SHARES
        };
        let change = |scenario: &mut Scenario| scenario.projects[0].measurement = level;
        // Few live on, so that it takes many runs to see.
        played_often(4 * REPLICATIONS, change, Some(seeker), &[])
    };
    more(
        &measured(Measurement::Outcome),
        &measured(Measurement::InOut),
        "project.months",
    );
}

#[test]
fn where_projects_do_not_end_by_definition_they_last_longer() {
    let bridge = |months: f64| {
        let late = Seeker { from: 44, ..SHARES };
        let change = |scenario: &mut Scenario| {
            parameter(scenario, "governance.bridge").value = months;
        };
        played_out(change, Some(late), &[])
    };
    more(&bridge(24.0), &bridge(0.0), "project.months");
}

#[test]
fn an_earlier_programme_leaves_tired_partners() {
    let tired = |off: Option<Mechanism>| {
        alone(move |scenario| {
            scenario.switched_off.extend(off);
            parameter(scenario, "founding.leaders").value = 0.0;
            let mut earlier = scenario.projects[0].clone();
            earlier.id = "earlier-programme".to_owned();
            for grant in &mut earlier.grants {
                grant.months = 24;
            }
            scenario.projects[0].start = scenario.start.plus(25);
            scenario.policy_date = scenario.start.plus(26);
            scenario.projects.push(earlier);
        })
    };
    less(
        &tired(None),
        &tired(Some(Mechanism::Fatigue)),
        "project.coalition",
    );
}

#[test]
fn a_little_upkeep_goes_up_the_ladder_and_pays_others_later() {
    let without = alone(no_team);
    let with = alone(|scenario| {
        no_team(scenario);
        scenario.area_investments = vec![work(scenario, AreaWork::Basis, "corporation", 60.0)];
    });
    more(&with, &without, "neighbourhood.basis");
    more(&with, &without, "neighbourhood.cohesion");
    more(&with, &without, "households.problem_free");
    // The corporation pays; work and income has fewer to support.
    less(&with, &without, "cost.work-income");
    // And not at once.
    let at = place(&with.scenario, "households.problem_free");
    let gained = |sample: fn(&RunRecord) -> &zalm_model::Sample| {
        let both = with.records.iter().zip(&without.records);
        let all: Vec<f64> = both
            .map(|(a, b)| sample(a).values[at] - sample(b).values[at])
            .collect();
        pairs(&all).0
    };
    let first = gained(|record| &record.series[0]);
    let last = gained(|record| record.series.last().expect("a last month"));
    assert!(last > 4.0 * first.abs(), "{first} at first, {last} at last");
}

#[test]
fn a_business_keeps_order_without_subsidy() {
    let without = alone(no_team);
    let with = alone(|scenario| {
        no_team(scenario);
        scenario.area_investments = [AreaWork::Basis, AreaWork::Cohesion]
            .map(|kind| work(scenario, kind, "market", 60.0))
            .to_vec();
    });
    more(&with, &without, "neighbourhood.basis");
    more(&with, &without, "neighbourhood.cohesion");
    let (welfare, error) = difference(&with, &without, "cost.welfare");
    assert!(welfare <= 2.0 * error, "welfare pays {welfare} ± {error}");
}
