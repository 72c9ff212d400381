//! Demand phase: how households come to help: counters, neighbours, outreach, and the queues.

mod finding;

pub use finding::find_for_team;

use crate::calendar::Randomness;
use crate::care::{AFTERCARE, CareStatus};
use crate::clock::Clock;
use crate::flows::Flows;
use crate::household::{Baseline, Care, Households, MULTI, Population, STEPS};
use crate::informal::after_help;
use crate::project::{Project, projects_in_order};
use crate::reserves::{Outcome, remember};
use crate::settings::Settings;
use crate::volunteers::carried;
use bevy_ecs::prelude::*;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use zalm_scenario::Mechanism;

/// Carries out what the sweep found in care: households that seek help or leave it.
pub fn seek_and_leave(
    mut households: Households,
    mut flows: ResMut<Flows>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let mut population = households.population();
    for row in std::mem::take(&mut flows.care_events) {
        let row = row as usize;
        let care = population.care[row];
        match care.status {
            CareStatus::None | CareStatus::Aftercare | CareStatus::Informal => {
                begin(&mut population, row, CareStatus::SiloWaiting, &clock);
            }
            CareStatus::Silo | CareStatus::Team => {
                flows.dropouts += 1;
                release(&mut population, row, Outcome::Unhelped, &settings, &clock);
            }
            CareStatus::SiloWaiting => {}
        }
    }
}

fn begin(population: &mut Population, row: usize, status: CareStatus, clock: &Clock) {
    let care = Care {
        status,
        since: clock.month as u16,
        ..population.care[row]
    };
    population.set_care(row, care);
}

/// Ends help: a year in which problems return the more easily the shorter it lasted. Where the
/// household's network holds, that carries it from now on.
pub fn release(
    population: &mut Population,
    row: usize,
    outcome: Outcome,
    settings: &Settings,
    clock: &Clock,
) {
    let months = clock.months_since(population.care[row].since);
    let breath = (f64::from(months) / settings.rates.relapse_long_breath).min(1.0);
    let care = Care {
        status: after_help(population.reserves[row], settings),
        served: 0,
        awaits: None,
        trust: ((1.0 - breath) * f64::from(STEPS)).round() as u8,
        since: clock.month as u16,
        ..population.care[row]
    };
    if population.care[row].status == CareStatus::Silo {
        population.baseline[row] = Baseline::NONE;
    }
    population.set_care(row, care);
    remember(population, row, outcome, settings);
    let ends = (clock.month % AFTERCARE) as usize;
    population.counts.aftercare_ends[ends].push(row as u32);
}

/// Aftercare that began a year ago ends, unless the household is in help again.
pub fn end_aftercare(mut households: Households, clock: Res<Clock>) {
    let mut population = households.population();
    let bucket = (clock.month % AFTERCARE) as usize;
    for row in std::mem::take(&mut population.counts.aftercare_ends[bucket]) {
        let row = row as usize;
        let care = population.care[row];
        let began = clock.months_since(care.since) == AFTERCARE;
        if !began {
            continue;
        }
        match care.status {
            // Who was found for a team again keeps its place in line.
            CareStatus::Aftercare => {
                let care = Care {
                    awaits: care.awaits,
                    forced: care.forced,
                    ..Care::NONE
                };
                population.set_care(row, care);
            }
            CareStatus::Informal => population.set_care(row, Care { trust: 0, ..care }),
            CareStatus::None | CareStatus::SiloWaiting | CareStatus::Silo | CareStatus::Team => {}
        }
    }
}

/// Silo places go to those who wait: most domains first, then longest waiting, then id.
pub fn fill_silo_places(mut households: Households, clock: Res<Clock>) {
    let mut population = households.population();
    discharge_beyond_places(&mut population, &clock);
    let free = |population: &Population, domain: usize| {
        population.counts.places_used[domain] < population.counts.places[domain]
    };
    let open = (0..8).fold(0, |open, domain| {
        open | u8::from(free(&population, domain)) << domain
    });
    let wants = |row: usize| population.problem_mask(row) & !population.care[row].served;
    let waiting = population.counts.silo_waiting.rows();
    let waiting = waiting.filter(|&row| wants(row) & open != 0);
    let since = |row: usize| population.care[row].since;
    let line = waiting.map(|row| Reverse(InLine::of(&population, row, since(row), &clock)));
    let mut line: BinaryHeap<_> = line.collect();
    // Of very many only those in front are put in order: after the last place nobody gets one.
    while let Some(Reverse(first)) = line.pop() {
        let row = first.row();
        if (0..8).all(|domain| !free(&population, domain)) {
            break;
        }
        let wanted = population.problem_mask(row) & !population.care[row].served;
        let mut care = population.care[row];
        for domain in (0..8).filter(|domain| wanted & (1 << domain) != 0) {
            if free(&population, domain) {
                care.served |= 1 << domain;
                population.counts.places_used[domain] += 1;
            }
        }
        // The places were counted one by one above; set_care counts the difference itself.
        for domain in 0..8 {
            let new = care.served & !population.care[row].served & (1 << domain) != 0;
            population.counts.places_used[domain] -= u32::from(new);
        }
        if care.served != population.care[row].served {
            if care.status == CareStatus::SiloWaiting {
                care.status = CareStatus::Silo;
                care.since = clock.month as u16;
            }
            population.set_care(row, care);
        }
    }
}

/// When budgets shrink below what is in use, those who were served last lose their place.
fn discharge_beyond_places(population: &mut Population, clock: &Clock) {
    for domain in 0..8 {
        let counts = &population.counts;
        let excess = counts.places_used[domain].saturating_sub(counts.places[domain]) as usize;
        if excess == 0 {
            continue;
        }
        let here = |&row: &usize| population.care[row].served & (1 << domain) != 0;
        let months = |row: usize| clock.months_since(population.care[row].since);
        let served = counts.served.rows().filter(here);
        let mut served: Vec<_> = served.map(|row| (months(row), row)).collect();
        // Of very many only the last few are put in order.
        if excess < served.len() {
            served.select_nth_unstable(excess);
            served.truncate(excess);
        }
        served.sort_unstable();
        for (_, row) in served {
            let mut care = population.care[row];
            care.served &= !(1 << domain);
            if care.status == CareStatus::Silo && care.served == 0 {
                care.status = CareStatus::SiloWaiting;
                care.since = clock.month as u16;
            }
            population.set_care(row, care);
        }
    }
}

/// Free caseload goes to those who wait: most domains first, then longest waiting, then id.
pub fn fill_teams(
    mut households: Households,
    mut projects: Query<&mut Project>,
    mut flows: ResMut<Flows>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let covers = streams.named("support.plan");
    let mut population = households.population();
    let mut in_team = vec![0_u32; 256];
    for row in population.counts.team.rows() {
        in_team[population.care[row].project as usize] += 1;
    }
    let waiting = population.counts.team_waiting.rows();
    let wait = |row: usize| population.care[row].awaits;
    let since = |row: usize| wait(row).map_or(0, |wait| wait.since);
    let waiting = waiting.map(|row| InLine::of(&population, row, since(row), &clock));
    let mut waiting: Vec<_> = waiting.collect();
    waiting.sort_unstable();
    for mut project in projects_in_order(&mut projects) {
        let capacity = if project.alive(clock.month) {
            caseload(&project, &settings) as u32
        } else {
            0
        };
        let free = capacity.saturating_sub(in_team[project.index as usize]) as usize;
        let team = Some(project.index as u8);
        let mine = |row: &usize| population.care[*row].awaits.map(|wait| wait.project) == team;
        let rows = waiting.iter().map(InLine::row);
        let rows: Vec<usize> = rows.filter(mine).take(free).collect();
        project.households = in_team[project.index as usize] + rows.len() as u32;
        for row in rows {
            let id = u64::from(population.ids[row].0);
            let covered = project.method().integral;
            let plan = (0..8).fold(0, |plan, domain| {
                plan | u8::from(covers.chance(covered, id, clock.month, domain)) << domain
            });
            enter_team(&mut population, row, project.index as u8, plan, &clock);
            flows.team_entries += 1;
        }
    }
}

/// Households that the present workers can hold, with their volunteers; outreach and reports take
/// their share of the workers' time.
pub fn caseload(project: &Project, settings: &Settings) -> f64 {
    held_by(project.workers, project, settings) + carried(project, settings)
}

/// Whole households that the workers of the full team can hold, at least 1: what a fee is paid in
/// full for.
pub fn full_caseload(project: &Project, settings: &Settings) -> u32 {
    (held_by(project.full_workers, project, settings) as u32).max(1)
}

/// Share of the workers' time that goes to outreach.
fn outreach(project: &Project, settings: &Settings) -> f64 {
    if settings.on(Mechanism::Outreach) {
        project.outreach
    } else {
        0.0
    }
}

fn held_by(workers: u32, project: &Project, settings: &Settings) -> f64 {
    let searches = outreach(project, settings);
    let hands = f64::from(workers) * (1.0 - searches) * (1.0 - project.reporting);
    hands * settings.rates.team_caseload
}

fn enter_team(population: &mut Population, row: usize, project: u8, plan: u8, clock: &Clock) {
    population.baseline[row] = Baseline {
        levels: population.levels[row].0,
        served: population.care[row].served,
        hid: population.hides(row),
    };
    let care = Care {
        status: CareStatus::Team,
        served: 0,
        awaits: None,
        project,
        plan,
        trust: 0,
        since: clock.month as u16,
        worker_since: clock.month as u16,
        ..population.care[row]
    };
    population.set_care(row, care);
}

/// Where in line a household stands that waits since a month, as one number: where half a million
/// wait, a key that is worked out anew for each comparison takes as long as all the rest.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct InLine(u64);

impl InLine {
    /// Most domains come first, then the longest waiting, then the lowest id.
    fn of(population: &Population, row: usize, since: u16, clock: &Clock) -> Self {
        let problems = population.levels[row].problems();
        let waited = clock.months_since(since) as u16;
        let (fewer, later) = (u64::from(u8::MAX - problems), u64::from(u16::MAX - waited));
        Self(fewer << 56 | later << 40 | row as u64)
    }

    fn row(&self) -> usize {
        (self.0 & ((1 << 40) - 1)) as usize
    }
}

/// Households that got better while they waited leave the queues.
pub fn leave_queues(mut households: Households) {
    let mut population = households.population();
    let waiting: Vec<usize> = population.counts.silo_waiting.rows().collect();
    for row in waiting {
        let care = population.care[row];
        if care.status == CareStatus::SiloWaiting && population.levels[row].problems() == 0 {
            population.set_care(row, Care::NONE);
        }
    }
    let waiting: Vec<usize> = population.counts.team_waiting.rows().collect();
    for row in waiting {
        if population.levels[row].problems() < MULTI {
            let care = Care {
                awaits: None,
                ..population.care[row]
            };
            population.set_care(row, care);
        }
    }
}

#[cfg(test)]
mod tests;
