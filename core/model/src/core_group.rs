//! The core group: people in and around a project's institutions who are loyal to the project and
//! not so much to their own organisation (seed 002, 4.2: six or seven of them).
//!
//! Each of them knows part of the people whom the project has ties with, so a tie rests on several
//! persons. When one goes, only that person's part of the tie goes. A group takes time that would
//! otherwise make contacts, and its members move on too.

use crate::leaders::Leader;
use crate::project::Project;
use crate::settings::Settings;
use zalm_scenario::Mechanism;

/// How many others hold a tie as well, beside the person whose tie it is.
pub fn held_by_others(project: &Project, settings: &Settings) -> f64 {
    if settings.on(Mechanism::CoreGroup) {
        project.core_group * settings.rates.coalition_reach
    } else {
        0.0
    }
}

/// Share of a tie that is left when the official, manager or alderman behind it goes: what the
/// organisation remembers, and what others hold.
pub fn left_behind(project: &Project, settings: &Settings) -> f64 {
    let lost = 1.0 - settings.rates.tie_carry_over;
    1.0 - lost / (1.0 + held_by_others(project, settings))
}

/// A month with the core group; returns the part of the time for contacts that is left for ties.
pub fn keep_together(
    project: &mut Project,
    leader: &Leader,
    contact: f64,
    settings: &Settings,
) -> f64 {
    if !settings.on(Mechanism::CoreGroup) {
        return 1.0;
    }
    let rates = &settings.rates;
    let room = (1.0 - project.core_group / rates.coalition_size).max(0.0);
    let time = contact * rates.coalition_time;
    let joined = rates.coalition_build * time * leader.skill * leader.energy * room;
    project.core_group += joined;
    1.0 - rates.coalition_time
}

/// Members move on, with or without a leader.
pub fn thin_out(project: &mut Project, settings: &Settings) {
    project.core_group *= 1.0 - settings.rates.coalition_leave / 12.0;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{project, settings};

    fn with(core_group: f64, off: &[Mechanism]) -> f64 {
        let mut settings = settings(off);
        settings.rates.tie_carry_over = 0.2;
        settings.rates.coalition_reach = 0.25;
        let mut project = project();
        project.core_group = core_group;
        left_behind(&project, &settings)
    }

    #[test]
    fn only_the_part_that_went_through_the_person_is_lost() {
        assert!((with(0.0, &[]) - 0.2).abs() < 1e-12);
        assert!((with(4.0, &[]) - 0.6).abs() < 1e-12);
        assert!((with(4.0, &[Mechanism::CoreGroup]) - 0.2).abs() < 1e-12);
    }

    #[test]
    fn a_group_grows_to_its_size_on_contact_time_and_thins_out_without() {
        let mut settings = settings(&[]);
        settings.rates.coalition_size = 7.0;
        settings.rates.coalition_time = 0.2;
        settings.rates.coalition_leave = 0.15;
        let mut project = project();
        let leader = project.leader.expect("the fixture has one");
        project.core_group = 1.0;
        let left = keep_together(&mut project, &leader, 0.5, &settings);
        assert!(project.core_group > 1.0 && (left - 0.8).abs() < 1e-12);
        project.core_group = 7.0;
        keep_together(&mut project, &leader, 0.5, &settings);
        assert!((project.core_group - 7.0).abs() < 1e-12);
        thin_out(&mut project, &settings);
        assert!(project.core_group < 7.0);
    }
}
