//! Evidence: what a project's measurement shows each payer about its own benefit, and what the
//! payer then believes.

use crate::calendar::Randomness;
use crate::care::CareStatus;
use crate::clock::Clock;
use crate::household::{Households, PROBLEM, Population};
use crate::payer::Bearers;
use crate::project::{Belief, Project, projects_in_order};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::{Mechanism, Rates};

/// Error of a year's evidence and the part of the effect it shows, by measurement level.
fn quality(rates: &Rates, level: u8) -> (f64, f64) {
    match level {
        0 => (rates.evidence_noise_in_out, rates.evidence_visible_in_out),
        1 => (
            rates.evidence_noise_baseline,
            rates.evidence_visible_baseline,
        ),
        2 => (rates.evidence_noise_outcome, rates.evidence_visible_outcome),
        _ => (
            rates.evidence_noise_cost_benefit,
            rates.evidence_visible_cost_benefit,
        ),
    }
}

/// Every quarter: follow-up minus baseline of the team's households, made visible as far as the
/// project measures, with its error; payers update what they believe (normal prior and error).
pub fn learn(
    mut households: Households,
    mut projects: Query<&mut Project>,
    streams: Res<Randomness>,
    bearers: Res<Bearers>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !clock.budget_round() || !settings.on(Mechanism::Evidence) {
        return;
    }
    let stream = streams.named("evidence.error");
    let population = households.population();
    for mut project in projects_in_order(&mut projects) {
        if !project.alive(clock.month) || project.workers == 0 {
            continue;
        }
        let benefit = benefits(&population, &project, &bearers, &settings);
        let (noise, visible) = quality(&settings.rates, project.measurement);
        // A quarter has twice the error of a year.
        let error = 2.0 * noise * project.cost(settings.worker_cost) as f64;
        let payers = project.relations.len() as u64;
        let first = u64::from(project.index) * payers;
        for (payer, relation) in project.relations.iter_mut().enumerate() {
            let draw = stream.normal(first + payer as u64, clock.month, 0);
            let signal = benefit[payer] as f64 * visible + error * draw;
            relation.shown = (benefit[payer] as f64 * visible) as i64;
            relation.belief = update(relation.belief, signal, error);
        }
    }
}

fn update(prior: Belief, signal: f64, error: f64) -> Belief {
    let weight = 1.0 / (error * error);
    let precision = prior.precision + weight;
    Belief {
        mean: (prior.mean * prior.precision + signal * weight) / precision,
        precision,
    }
}

/// Cents a month that each payer is better off with the project's present and recent households
/// than at their baseline: less use of provisions, and no silo professionals for those in the team.
pub fn benefits(
    population: &Population,
    project: &Project,
    bearers: &Bearers,
    settings: &Settings,
) -> Vec<i64> {
    let mut benefit = vec![0; project.relations.len()];
    let recent = population.counts.aftercare_ends.iter().flatten();
    let rows = population
        .counts
        .team
        .rows()
        .chain(recent.map(|&row| row as usize));
    for row in rows {
        let care = population.care[row];
        let before = population.baseline[row].0;
        if u16::from(care.project) != project.index || before == [0; 8] {
            continue;
        }
        let now = population.levels[row].0;
        for (item, &payer) in settings.use_items.iter().zip(&bearers.use_items) {
            let (then, today) = (before[item.domain], now[item.domain]);
            benefit[payer as usize] += item.monthly[then as usize] - item.monthly[today as usize];
        }
        if care.status == CareStatus::Team {
            for domain in (0..8).filter(|&domain| before[domain] >= PROBLEM) {
                if let Some(payer) = bearers.silo[domain] {
                    benefit[payer as usize] += settings.place_cost[domain];
                }
            }
        }
    }
    benefit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn belief_moves_towards_sharp_evidence_more_than_towards_dull() {
        let prior = Belief {
            mean: 100.0,
            precision: 1.0 / (50.0 * 50.0),
        };
        let sharp = update(prior, 0.0, 10.0);
        let dull = update(prior, 0.0, 500.0);
        assert!(sharp.mean < 10.0 && dull.mean > 90.0);
        assert!(sharp.precision > dull.precision && dull.precision > prior.precision);
    }
}
