//! Co-funding: how much of a project the government pays at most.
//!
//! Access and a closed net for the very vulnerable is its core task; for what betters society it pays
//! a part at most. "That contribution grows the more clearly an activity has a function for the very
//! vulnerable. It can run from 90 to less than ten per cent" (seed 002, 3.4). The function is read off
//! the households that a team takes in; the rest must come from others who gain.

use crate::clock::Clock;
use crate::household::{ACUTE, Baseline, Households};
use crate::project::{Project, projects_in_order};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::{Mechanism, PayerKind, Rates};

/// Whether a payer is the government.
pub fn is_public(kind: PayerKind) -> bool {
    matches!(kind, PayerKind::Municipal | PayerKind::State)
}

/// Money phase, before each budget round: what part of a team's households was very vulnerable when
/// it took them in, at the highest severity in some domain.
pub fn see_function(
    mut households: Households,
    mut projects: Query<&mut Project>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !clock.budget_round() || !settings.on(Mechanism::CoFunding) {
        return;
    }
    let population = households.population();
    let mut found = vec![(0_u32, 0_u32); usize::from(u8::MAX) + 1];
    for row in population.counts.team.rows() {
        let baseline = population.baseline[row];
        if baseline != Baseline::NONE {
            let (all, vulnerable) = &mut found[usize::from(population.care[row].project)];
            *all += 1;
            *vulnerable += u32::from(baseline.levels.contains(&ACUTE));
        }
    }
    for mut project in projects_in_order(&mut projects) {
        let (all, vulnerable) = found[usize::from(project.index)];
        if all > 0 {
            project.vulnerable = f64::from(vulnerable) / f64::from(all);
        }
    }
}

/// Largest share of a project's cost that the government pays.
fn share(vulnerable: f64, rates: &Rates) -> f64 {
    let (most, least) = (rates.cofunding_vulnerable, rates.cofunding_others);
    least + (most - least) * vulnerable
}

/// Cents a month that a payer may still give, when the government pays `public` already.
pub fn room(project: &Project, kind: PayerKind, public: i64, settings: &Settings) -> i64 {
    if !is_public(kind) || !settings.on(Mechanism::CoFunding) {
        return i64::MAX;
    }
    let most = share(project.vulnerable, &settings.rates);
    ((most * project.cost(settings.worker_cost) as f64) as i64 - public).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{project, settings};

    #[test]
    fn the_public_share_grows_with_the_function_for_the_very_vulnerable() {
        let mut settings = settings(&[]);
        settings.rates.cofunding_vulnerable = 0.9;
        settings.rates.cofunding_others = 0.1;
        let cost = project().cost(settings.worker_cost);
        let most = |vulnerable, public| {
            let mut project = project();
            project.vulnerable = vulnerable;
            room(&project, PayerKind::Municipal, public, &settings)
        };
        let near = |cents: i64, share: f64| (cents as f64 / cost as f64 - share).abs() < 1e-4;
        assert!(near(most(1.0, 0), 0.9) && near(most(0.0, 0), 0.1) && near(most(0.5, 0), 0.5));
        assert_eq!(
            most(0.0, cost),
            0,
            "what the government pays already counts"
        );
    }

    #[test]
    fn others_give_what_they_like() {
        let (settings, project) = (settings(&[]), project());
        let most = room(&project, PayerKind::Insurer, 0, &settings);
        assert_eq!(most, i64::MAX);
    }
}
