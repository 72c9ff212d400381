//! Presence: reliable professionals are a part of what a neighbourhood rests on (seed 003, law 2).
//!
//! Only who knows the work and the people counts: a team whose workers come and go has few trained
//! ones, and a team whose money ends has none.

use crate::clock::Clock;
use crate::project::{Project, projects_in_order};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// Trained workers of teams at work, per 1000 households of the place.
pub fn trained(projects: &mut Query<&mut Project>, settings: &Settings, clock: &Clock) -> f64 {
    if !settings.on(Mechanism::Presence) {
        return 0.0;
    }
    let projects = projects_in_order(projects);
    let working = projects.iter().filter(|project| project.alive(clock.month));
    per_thousand(working.map(|project| &**project), settings.households)
}

fn per_thousand<'a>(projects: impl Iterator<Item = &'a Project>, households: u32) -> f64 {
    let trained: f64 = projects.map(|p| f64::from(p.workers) * p.knowledge).sum();
    1000.0 * trained / f64::from(households.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::project;

    #[test]
    fn new_faces_do_not_count() {
        let known = project();
        let mut new = project();
        new.knowledge = 0.0;
        let teams = |teams: &[Project]| per_thousand(teams.iter(), 2000);
        assert!((teams(std::slice::from_ref(&known)) - 2.0).abs() < 1e-12);
        assert!((teams(&[known, new]) - 2.0).abs() < 1e-12);
    }
}
