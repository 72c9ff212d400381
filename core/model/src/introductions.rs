//! Introductions: who pays brings who gains to the table.
//!
//! A cost-benefit analysis showed that insurers gain, "which was a reason for the department to start
//! the talks with the insurers about paying a part" (seed 002, 5.4.1). Not the project's leader but
//! the institution that pays goes and talks, at each level at which it is itself near the project.
//! The more of an even part of the cost the other gains, the sooner it sits down. What it gains is
//! what becomes of the households themselves, without the error that payers allow for when they decide.

use crate::clock::Clock;
use crate::evidence::COST_BENEFIT;
use crate::project::{Project, living};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// Organisations phase: those who pay introduce those who gain and do not pay, once an analysis
/// shows who they are.
pub fn introduce(mut projects: Query<&mut Project>, settings: Res<Settings>, clock: Res<Clock>) {
    if !settings.on(Mechanism::Introductions) {
        return;
    }
    for mut project in living(&mut projects, clock.month) {
        if project.measurement >= COST_BENEFIT {
            bring(&mut project, &settings, clock.month);
        }
    }
}

/// A month of talks.
fn bring(project: &mut Project, settings: &Settings, month: u32) {
    let running = project.contracts.iter().filter(|c| c.active(month));
    let paying: Vec<usize> = running.map(|c| usize::from(c.payer)).collect();
    let level = |level: usize| {
        let ties = paying
            .iter()
            .map(|&payer| project.relations[payer].ties[level]);
        ties.fold(0.0, f64::max)
    };
    let near = [0, 1, 2, 3].map(level);
    let even = project.cost(settings.worker_cost) as f64 / project.relations.len().max(1) as f64;
    for (payer, relation) in project.relations.iter_mut().enumerate() {
        if paying.contains(&payer) {
            continue;
        }
        let gains = (relation.saves as f64 / even.max(1.0)).clamp(0.0, 1.0);
        for (tie, near) in relation.ties.iter_mut().zip(near) {
            *tie += settings.rates.tie_introduction * gains * near * (1.0 - *tie);
        }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact by construction")]
mod tests {
    use super::*;
    use crate::fixture::{contract, project, settings};
    use crate::instrument::Instrument;
    use crate::project::STANDING;

    /// A team that the first payer pays, near it at two levels; the second has no tie.
    fn paid_by_the_first(gain: i64) -> Project {
        let mut project = project();
        project.relations[0].ties = [0.8, 0.0, 0.0, 0.4];
        let mut other = project.relations[0].clone();
        other.ties = [0.0; 4];
        other.saves = gain;
        project.relations.push(other);
        let given = Instrument::StandingContribution;
        project.contracts = vec![contract(1_000, 0..STANDING, given)];
        project
    }

    #[test]
    fn who_gains_is_brought_in_where_who_pays_is_near() {
        let mut settings = settings(&[]);
        settings.rates.tie_introduction = 0.5;
        let mut project = paid_by_the_first(1_000_000_000);
        let before = project.relations[0].clone();
        bring(&mut project, &settings, 5);
        assert_eq!(project.relations[1].ties, [0.4, 0.0, 0.0, 0.2]);
        assert_eq!(project.relations[0], before, "who pays sits there already");
    }

    #[test]
    fn who_gains_nothing_or_is_asked_by_nobody_stays_away() {
        let settings = settings(&[]);
        let mut nothing = paid_by_the_first(-5);
        bring(&mut nothing, &settings, 5);
        assert_eq!(nothing.relations[1].ties, [0.0; 4]);
        let mut unpaid = paid_by_the_first(1_000_000_000);
        unpaid.contracts[0].end = 5;
        bring(&mut unpaid, &settings, 5);
        assert_eq!(unpaid.relations[1].ties, [0.0; 4]);
    }
}
