use super::*;
use crate::fixture::{households, project, settings, town};
use crate::household::Wait;
use bevy_ecs::system::RunSystemOnce;
use zalm_scenario::Rates;

const ONE_TEAM: Wait = Wait {
    project: 0,
    since: 9,
};

/// Gives a household problems in three domains, and this care.
fn put(population: &mut Population, row: usize, care: Care) {
    for domain in 0..3 {
        population.set_level(row, domain, 3);
    }
    population.set_care(row, care);
}

fn care(world: &mut World) -> Vec<Care> {
    households(world, |population| population.care.to_vec())
}

#[test]
fn who_waits_for_a_team_keeps_the_place_in_line_when_aftercare_ends() {
    let mut world = town(1, &settings(&[]));
    households(&mut world, |population| {
        let aftercare = Care {
            status: CareStatus::Aftercare,
            awaits: Some(ONE_TEAM),
            forced: true,
            trust: 5,
            ..Care::NONE
        };
        put(population, 0, aftercare);
        population.counts.aftercare_ends[0].push(0);
    });
    world.resource_mut::<Clock>().set(AFTERCARE);
    world.run_system_once(end_aftercare).expect("a town");
    let found = care(&mut world)[0];
    assert_eq!(found.status, CareStatus::None);
    assert_eq!(
        (found.awaits, found.forced, found.trust),
        (Some(ONE_TEAM), true, 0)
    );
    let waiting = households(&mut world, |population| {
        population.counts.team_waiting.len()
    });
    assert_eq!(waiting, 1);
}

#[test]
fn a_team_takes_in_first_who_waits_for_it_longest_whatever_help_that_one_has() {
    let settings = settings(&[]);
    let mut world = town(2, &settings);
    let mut one_place = project();
    one_place.workers = 1;
    one_place.outreach = 0.0;
    assert!((caseload(&one_place, &settings) - 1.0).abs() < 1e-12);
    world.spawn(one_place);
    households(&mut world, |population| {
        let wait = |since| Some(Wait { since, ..ONE_TEAM });
        let found_today = Care {
            awaits: wait(30),
            ..Care::NONE
        };
        let long = Care {
            status: CareStatus::Silo,
            since: 3,
            awaits: wait(4),
            ..Care::NONE
        };
        put(population, 0, found_today);
        put(population, 1, long);
    });
    world.resource_mut::<Clock>().set(30);
    world.run_system_once(fill_teams).expect("a town");
    let found: Vec<CareStatus> = care(&mut world).iter().map(|care| care.status).collect();
    assert_eq!(found, [CareStatus::None, CareStatus::Team]);
}

#[test]
fn workers_who_come_unasked_do_not_visit_who_has_help() {
    let mut settings = settings(&[]);
    settings.rates = Rates {
        demand_detection: 0.0,
        demand_contacts: 100.0,
        ..settings.rates
    };
    let mut world = town(2, &settings);
    world.spawn(project());
    households(&mut world, |population| {
        let silo = Care {
            status: CareStatus::Silo,
            ..Care::NONE
        };
        put(population, 0, Care::NONE);
        put(population, 1, silo);
    });
    world.run_system_once(find_for_team).expect("a town");
    let found = care(&mut world)
        .into_iter()
        .map(|care| care.awaits.is_some());
    assert_eq!(found.collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_worker_at_the_door_takes_who_has_few_problems_to_the_counters() {
    let mut settings = settings(&[]);
    settings.rates = Rates {
        demand_detection: 1.0,
        demand_contacts: 100.0,
        ..settings.rates
    };
    let found = |outreach| {
        let mut world = town(2, &settings);
        world.spawn(Project {
            outreach,
            ..project()
        });
        households(&mut world, |population| population.set_level(0, 0, 2));
        world.run_system_once(find_for_team).expect("a town");
        let found = care(&mut world).into_iter();
        found
            .map(|care| (care.status, care.awaits))
            .collect::<Vec<_>>()
    };
    let nobody = (CareStatus::None, None);
    assert_eq!(found(0.3), [(CareStatus::SiloWaiting, None), nobody]);
    // Neighbours bring none of them.
    assert_eq!(found(0.0), [nobody, nobody]);
}

#[test]
fn who_is_known_hides_no_more() {
    let mut world = town(1, &settings(&[]));
    let hidden = households(&mut world, |population| {
        population.traits[0].avoider = true;
        let waits = Care {
            awaits: Some(ONE_TEAM),
            ..Care::NONE
        };
        let at_counter = Care {
            status: CareStatus::SiloWaiting,
            ..Care::NONE
        };
        let helped = Care {
            status: CareStatus::Aftercare,
            ..Care::NONE
        };
        let cares = [Care::NONE, waits, at_counter, helped];
        cares.map(|care| population.tables.hides(&population.traits[0], &care))
    });
    assert_eq!(hidden, [true, false, false, false]);
}

#[test]
fn who_does_not_go_out_has_that_time_for_households() {
    let project = project();
    let mut settings = settings(&[]);
    settings.rates.team_caseload = 10.0;
    assert!((caseload(&project, &settings) - 56.0).abs() < 1e-9);
    let mut off = crate::fixture::settings(&[Mechanism::Outreach]);
    off.rates.team_caseload = 10.0;
    assert!((caseload(&project, &off) - 80.0).abs() < 1e-9);
}
