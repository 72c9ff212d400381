//! Support phase: trust grows, help that has done its work ends, and the team's quality is set.
//!
//! Effect of a team = (network and surroundings + relation + expectation + technique, McKeown)
//! *times* context (mandate, backing): no context, no effect. The hazards carry it to households.

use crate::calendar::Municipality;
use crate::care::CareStatus;
use crate::clock::Clock;
use crate::demand::{caseload, release};
use crate::flows::Flows;
use crate::hazards::{HazardTables, fixed};
use crate::household::{Care, Households, STEPS};
use crate::method::{
    TeamQuality, contacts, depth, harm, is_over, least_months, mandate, trust, undivided,
};
use crate::payer::{Bearers, Payer, municipal};
use crate::portfolio::{best_ties, door, teams, undisturbed};
use crate::project::{Project, projects_in_order};
use crate::reserves::Outcome;
use crate::secondment::one_team;
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// Sets each team's context and technique from ties, direction, knowledge and the leader's time.
pub fn team_quality(
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    mut tables: ResMut<HazardTables>,
    municipality: Res<Municipality>,
    bearers: Res<Bearers>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let municipal = municipal(&mut payers);
    let mut silos: Vec<usize> = bearers.silo.iter().flatten().map(|&p| p as usize).collect();
    silos.sort_unstable();
    silos.dedup();
    let mut projects = projects_in_order(&mut projects);
    let best = best_ties(&projects, clock.month);
    let teams = teams(projects.iter().map(|project| &**project), clock.month);
    for project in &mut projects {
        let tie = |payer: usize, level: usize| {
            let own = project.relations[payer].ties[level];
            door(own, best[payer][level], &settings)
        };
        let ties = mean(
            silos
                .iter()
                .map(|&payer| f64::midpoint(tie(payer, 1), tie(payer, 2))),
        );
        let method = project.method();
        let mandate = mandate(&method, counted(ties, &settings));
        let political = mean(municipal.iter().map(|&payer| tie(payer, 3)));
        let political = counted(political, &settings);
        let backing = (political + municipality.direction) / 2.0;
        let time = caseload(project, &settings) / f64::from(project.households.max(1));
        let calm = undisturbed(teams.saturating_sub(1), &settings);
        project.context = libm::sqrt(mandate * backing) * time.min(1.0) * calm;
        let leader = settings.rates.leader_method_share;
        let presence = 1.0 - leader + leader * project.method_time;
        let depth = depth(&method, project.workers, &settings.rates);
        let whole = one_team(project, &settings, clock.month);
        let technique = project.fidelity * project.knowledge * presence * depth * whole;
        let people = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(|n| contacts(&method, n, &settings));
        tables.teams[project.index as usize] = TeamQuality {
            context: fixed(project.context),
            technique: fixed(technique),
            contacts: people.map(fixed),
            undivided: people.map(|people| fixed(undivided(people, &settings))),
            harm: fixed(harm(technique, &settings)),
        };
    }
}

/// A tie as far as coalitions count at all: without that mechanism every tie is as good as full.
pub fn counted(tie: f64, settings: &Settings) -> f64 {
    if settings.on(Mechanism::Ties) {
        tie
    } else {
        1.0
    }
}

/// Mean; 0 of nothing.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0), |(sum, n), value| (sum + value, n + 1));
    if n == 0 { 0.0 } else { sum / f64::from(n) }
}

/// Team care: trust grows with the worker; with at most one problem left, and not before the
/// method's long breath is over, the household goes on to the regular system or stands on its own.
/// Where the method sets a limit, help ends there as it is.
pub fn team_care(
    mut households: Households,
    mut projects: Query<&mut Project>,
    mut flows: ResMut<Flows>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let mut population = households.population();
    let mut projects = projects_in_order(&mut projects);
    let rows: Vec<usize> = population.counts.team.rows().collect();
    for row in rows {
        let care = population.care[row];
        let project = &mut projects[usize::from(care.project)];
        let months = clock.months_since(care.since);
        let method = project.method();
        let done = population.levels[row].problems() <= 1;
        let held = f64::from(months) >= least_months(&method, &settings.rates);
        if done && (held || is_over(&method, months)) {
            project.helped += 1;
            flows.stabilised += 1;
            flows.helped.push((project.index, row as u32));
            release(&mut population, row, Outcome::Helped, &settings, &clock);
        } else if is_over(&method, months) {
            release(&mut population, row, Outcome::Unhelped, &settings, &clock);
        } else {
            let months = clock.months_since(care.worker_since);
            let trust = trust(&method, months, care.forced, &settings.rates);
            population.care[row].trust = (trust * f64::from(STEPS)) as u8;
            population.changed(row);
        }
    }
}

/// Silo care ends when no served domain is in problem any more.
pub fn silo_care(mut households: Households, settings: Res<Settings>, clock: Res<Clock>) {
    let mut population = households.population();
    let ended: Vec<usize> = population.counts.silo_ended.rows().collect();
    for row in ended {
        population.counts.silo_ended.put(row, false);
        let care = population.care[row];
        if care.status == CareStatus::Silo && care.served == 0 {
            if population.levels[row].problems() == 0 {
                release(&mut population, row, Outcome::Helped, &settings, &clock);
            } else {
                let care = Care {
                    status: CareStatus::SiloWaiting,
                    ..care
                };
                population.set_care(row, care);
            }
        }
    }
}

/// Households of workers who leave start again with others: trust is lost. Of all who leave at once
/// in one walk: a large team has many of both.
pub fn lose_workers(
    population: &mut crate::household::Population,
    project: u16,
    workers: u32,
    left: impl Fn(u32) -> bool,
    month: u32,
) {
    let rows: Vec<usize> = population.counts.team.rows().collect();
    for row in rows {
        let mine = population.care[row].project == project as u8;
        if mine && left(population.ids[row].0 % workers) {
            population.care[row].trust = 0;
            population.care[row].worker_since = month as u16;
            population.changed(row);
        }
    }
}

/// Ends a team: its households go into aftercare as they are, and nobody waits for it any more.
pub fn dissolve_team(
    population: &mut crate::household::Population,
    project: u16,
    settings: &Settings,
    clock: &Clock,
) {
    let rows: Vec<usize> = population.counts.team.rows().collect();
    for row in rows {
        if population.care[row].project == project as u8 {
            release(population, row, Outcome::Unhelped, settings, clock);
        }
    }
    let rows: Vec<usize> = population.counts.team_waiting.rows().collect();
    for row in rows {
        let wait = population.care[row].awaits;
        if wait.is_some_and(|wait| wait.project == project as u8) {
            let care = Care {
                awaits: None,
                ..population.care[row]
            };
            population.set_care(row, care);
        }
    }
}
