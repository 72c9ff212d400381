//! Projects beside each other: a portfolio, or a heap.
//!
//! Projects in one place share households, partners and plans. Loose ones ask the same officials
//! for the same hours and stand beside each other in one household; linked ones come with one
//! agenda, open doors for each other and pass on whom they have no place for (seed 000). How far
//! they are linked is the town's coherence. A project alone notices nothing.

use crate::calendar::Randomness;
use crate::care::CareStatus;
use crate::clock::Clock;
use crate::demand::caseload;
use crate::household::{Care, Households, Wait};
use crate::method::undivided;
use crate::project::{Project, projects_in_order};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// Share of a project's contact time with a payer that finds it at home, when others ask for
/// `others` months of its time.
pub fn heard(others: f64, settings: &Settings) -> f64 {
    if !settings.on(Mechanism::Portfolio) {
        return 1.0;
    }
    let rates = &settings.rates;
    let loose = (1.0 - rates.governance_coherence) * others;
    rates.portfolio_hours / (rates.portfolio_hours + loose)
}

/// Workers of other, loose projects around a household in team care, when `others` more teams
/// work in the place.
pub fn beside(others: usize, settings: &Settings) -> f64 {
    if !settings.on(Mechanism::Portfolio) {
        return 0.0;
    }
    let rates = &settings.rates;
    (1.0 - rates.governance_coherence) * rates.portfolio_overlap * others as f64
}

/// Teams at work.
pub fn teams<'a>(projects: impl Iterator<Item = &'a Project>, month: u32) -> usize {
    projects.filter(|project| project.at_work(month)).count()
}

/// What is left of a team's effect beside others: they hinder each other like professionals of
/// different silos do.
pub fn undisturbed(others: usize, settings: &Settings) -> f64 {
    undivided(1.0 + beside(others, settings), settings)
}

/// A tie as it opens a door: linked projects go in with whoever is known there best.
pub fn door(own: f64, best: f64, settings: &Settings) -> f64 {
    if !settings.on(Mechanism::Portfolio) {
        return own;
    }
    own + settings.rates.governance_coherence * (best - own).max(0.0)
}

/// The strongest tie of any living project, by payer and level.
pub fn best_ties(projects: &[Mut<Project>], month: u32) -> Vec<[f64; 4]> {
    let payers = projects.first().map_or(0, |p| p.relations.len());
    let mut best = vec![[0.0_f64; 4]; payers];
    for project in projects.iter().filter(|project| project.alive(month)) {
        for (best, relation) in best.iter_mut().zip(&project.relations) {
            for (best, tie) in best.iter_mut().zip(relation.ties) {
                *best = best.max(tie);
            }
        }
    }
    best
}

/// Households that wait for a full team are passed on to a linked one with a place.
pub fn pass_on(
    mut households: Households,
    mut projects: Query<&mut Project>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::Portfolio) {
        return;
    }
    let projects = projects_in_order(&mut projects);
    let mut population = households.population();
    let mut free: Vec<i64> = projects
        .iter()
        .map(|project| {
            if project.alive(clock.month) {
                caseload(project, &settings) as i64
            } else {
                0
            }
        })
        .collect();
    for row in population.counts.team.rows() {
        free[population.care[row].project as usize] -= 1;
    }
    let refers = streams.named("portfolio.refer");
    let coherence = settings.rates.governance_coherence;
    let waiting: Vec<usize> = population.counts.team_waiting.rows().collect();
    for row in waiting {
        let care = population.care[row];
        let Some(wait) = care.awaits else { continue };
        let mine = usize::from(wait.project);
        if care.status == CareStatus::Team || free[mine] > 0 {
            free[mine] -= 1;
            continue;
        }
        let Some(other) = (0..free.len()).find(|&other| free[other] > 0) else {
            return;
        };
        let id = u64::from(population.ids[row].0);
        if refers.chance(coherence, id, clock.month, 0) {
            free[other] -= 1;
            let care = Care {
                awaits: Some(Wait {
                    project: other as u8,
                    ..wait
                }),
                ..care
            };
            population.set_care(row, care);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::settings;

    fn town(coherence: f64) -> Settings {
        let mut settings = settings(&[]);
        settings.rates.governance_coherence = coherence;
        settings.rates.portfolio_hours = 0.5;
        settings.rates.portfolio_overlap = 0.5;
        settings.rates.silo_coordination = 0.1;
        settings
    }

    #[test]
    fn a_project_alone_notices_nothing() {
        for coherence in [0.0, 1.0] {
            let town = town(coherence);
            assert!((heard(0.0, &town) - 1.0).abs() < 1e-12);
            assert!((undisturbed(0, &town) - 1.0).abs() < 1e-12);
            assert!((door(0.4, 0.4, &town) - 0.4).abs() < 1e-12);
        }
    }

    #[test]
    fn loose_projects_stand_in_each_others_way_and_linked_ones_open_doors() {
        let (loose, linked) = (town(0.0), town(1.0));
        assert!(heard(1.0, &loose) < heard(1.0, &linked));
        assert!(undisturbed(3, &loose) < undisturbed(3, &linked));
        let mut off = settings(&[Mechanism::Coordination]);
        off.rates = loose.rates;
        assert!((undisturbed(3, &off) - 1.0).abs() < 1e-12);
        assert!(door(0.2, 0.8, &linked) > door(0.2, 0.8, &loose));
        assert!((door(0.8, 0.2, &linked) - 0.8).abs() < 1e-12);
    }
}
