//! Evidence: what a project's measurement shows each payer about its own benefit, and what the
//! payer then believes.

use crate::calendar::Randomness;
use crate::care::{AFTERCARE, CareStatus};
use crate::clock::Clock;
use crate::household::{ACUTE, Baseline, HOUSING, Households, Levels, Population};
use crate::payer::{Bearers, Payer, payers_in_order};
use crate::project::{Belief, Project, living};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::{Mechanism, Rates};

/// Error of a year's evidence, by measurement level.
fn error(rates: &Rates, level: u8) -> f64 {
    match level {
        0 => rates.evidence_noise_in_out,
        1 => rates.evidence_noise_baseline,
        2 => rates.evidence_noise_outcome,
        _ => rates.evidence_noise_cost_benefit,
    }
}

/// Measurement level at which effects are divided over payers.
pub const COST_BENEFIT: u8 = 3;

/// Every quarter: follow-up minus baseline of the team's households, with the error of the
/// project's measurement; payers update what they believe (normal prior and error), and forget.
pub fn learn(
    mut households: Households,
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    streams: Res<Randomness>,
    bearers: Res<Bearers>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !clock.budget_round() || !settings.on(Mechanism::Evidence) {
        return;
    }
    let stream = streams.named("evidence.error");
    let payers = payers_in_order(&mut payers);
    let population = households.population();
    let rows = present_and_recent(&population);
    for mut project in living(&mut projects, clock.month) {
        if project.households == 0 {
            continue;
        }
        let mut helped = rows.clone();
        helped.retain(|&row| is_helped(&population, row, &project));
        let benefit = benefits(&population, &helped, payers.len(), &bearers, &settings);
        let total: f64 = benefit.iter().sum();
        project.benefit = total as i64;
        let even = project.cost(settings.worker_cost) as f64 / payers.len() as f64;
        // A quarter has twice the error of a year.
        let error = 2.0
            * error(&settings.rates, project.measurement)
            * complexity(&population, &helped, &settings);
        let key = project.key;
        for (payer, relation) in payers.iter().zip(&mut project.relations) {
            let own = benefit[payer.index as usize];
            relation.saves = own as i64;
            let mission = if settings.on(Mechanism::Mission) {
                payer.mission
            } else {
                0.0
            };
            let counted = own + mission * (total - own);
            let sd = error * counted.abs().max(even);
            let signal = counted + sd * stream.normal(key ^ payer.key, clock.month, 0);
            relation.belief = update(relation.belief, signal, sd, settings.rates.evidence_forget);
        }
    }
}

/// What a payer's evidence shows it, cents a month. Who gains is known only to a project with a
/// cost-benefit analysis; before that, what is shown is shown for all payers alike.
pub fn shown(project: &Project, payer: usize) -> f64 {
    if project.measurement >= COST_BENEFIT {
        return project.relations[payer].belief.mean;
    }
    let all = project
        .relations
        .iter()
        .map(|relation| relation.belief.mean);
    all.sum::<f64>() / project.relations.len().max(1) as f64
}

/// How many times harder the effect is to measure than with households that had one problem: the
/// more domains, the more else can have caused what changed.
fn complexity(population: &Population, helped: &[usize], settings: &Settings) -> f64 {
    if !settings.on(Mechanism::Complexity) {
        return 1.0;
    }
    let problems = |&row: &usize| Levels(population.baseline[row].levels).problems();
    let further = helped.iter().map(problems);
    let further: usize = further.map(|all| usize::from(all.saturating_sub(1))).sum();
    1.0 + settings.rates.evidence_complexity * further as f64 / helped.len().max(1) as f64
}

fn update(prior: Belief, signal: f64, error: f64, forget: f64) -> Belief {
    let kept = prior.precision * (1.0 - forget);
    let weight = 1.0 / (error * error);
    let precision = kept + weight;
    Belief {
        mean: (prior.mean * kept + signal * weight) / precision,
        precision,
    }
}

/// Cents a month that each of so many payers is better off with a project's present and recent
/// households, those in the rows `helped`, than at their baseline: less use of provisions, fewer crises to expect, and no silo
/// professionals for those in the team who had them.
fn benefits(
    population: &Population,
    helped: &[usize],
    payers: usize,
    bearers: &Bearers,
    settings: &Settings,
) -> Vec<f64> {
    let mut benefit = vec![0.0; payers];
    for &row in helped {
        let care = population.care[row];
        let before = population.baseline[row];
        let tenant = population.traits[row].tenant;
        let then = Seen {
            levels: before.levels,
            hides: before.hid,
            tenant,
        };
        let now = Seen {
            levels: population.levels[row].0,
            hides: population.hides(row),
            tenant,
        };
        add_costs(&mut benefit, 1.0, then, bearers, settings);
        add_costs(&mut benefit, -1.0, now, bearers, settings);
        if care.status == CareStatus::Team {
            for domain in (0..8).filter(|domain| before.served & (1 << domain) != 0) {
                if let Some(payer) = bearers.silo[domain] {
                    benefit[payer as usize] += settings.place_cost[domain] as f64;
                }
            }
        }
    }
    benefit
}

/// A household as far as payers notice it in what they pay.
#[derive(Clone, Copy)]
struct Seen {
    /// Severity per domain.
    levels: [u8; 8],
    /// It hides its problems, and uses a part of the usual provisions.
    hides: bool,
    /// Rents from a corporation, which can evict it.
    tenant: bool,
}

/// Adds `times` what a household costs each payer a month: provisions, and crises to expect.
fn add_costs(sum: &mut [f64], times: f64, of: Seen, bearers: &Bearers, settings: &Settings) {
    for (item, &payer) in settings.use_items.iter().zip(&bearers.use_items) {
        let cents = item.cost(of.levels[item.domain], of.hides);
        sum[payer as usize] += times * cents as f64;
    }
    for (crisis, parts) in bearers.crises.iter().enumerate() {
        let domain = settings.crisis_items[crisis].domain;
        let spared = domain == HOUSING && !of.tenant;
        if of.levels[domain] != ACUTE || spared {
            continue;
        }
        for (part, &payer) in parts.iter().enumerate() {
            sum[payer as usize] += times * settings.expected_crisis(crisis, part);
        }
    }
}

/// Whether what becomes of a household in team care or in the year after it is this project's doing:
/// its team took the household in, and not in a former life under another name.
fn is_helped(population: &Population, row: usize, project: &Project) -> bool {
    let care = population.care[row];
    let since_its_start = u32::from(care.since) >= project.start;
    let known = population.baseline[row] != Baseline::NONE;
    u16::from(care.project) == project.index && since_its_start && known
}

/// Households in team care, and those in the year after it, each once.
fn present_and_recent(population: &Population) -> Vec<usize> {
    let mut rows: Vec<usize> = population.counts.team.rows().collect();
    for (bucket, ends) in population.counts.aftercare_ends.iter().enumerate() {
        let recent = ends.iter().map(|&row| row as usize).filter(|&row| {
            let care = population.care[row];
            let mine = u32::from(care.since) % AFTERCARE == bucket as u32;
            care.status.after_help() && mine
        });
        rows.extend(recent);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{households, project, settings, town};
    use crate::household::{Care, Wait};
    use crate::settings::{CrisisItem, UseItem};

    /// Mental care and evictions, both for the first payer.
    fn provisions(off: &[Mechanism]) -> (Settings, Bearers) {
        let mut settings = settings(off);
        settings.rates.household_crisis = 0.1;
        settings.use_items.push(UseItem {
            id: "care".to_owned(),
            domain: MENTAL,
            places: false,
            monthly: [0, 0, 300, 500, 900],
            hidden: [0, 0, 100, 150, 300],
        });
        settings.crisis_items.push(CrisisItem {
            id: "eviction".to_owned(),
            domain: HOUSING,
            weight: 1.0,
            places: false,
            parts: vec![10_000],
            spills: Vec::new(),
        });
        let bearers = Bearers {
            use_items: vec![0],
            crises: vec![vec![0]],
            silo: [None; 8],
        };
        (settings, bearers)
    }

    /// Domain of mental health.
    const MENTAL: usize = 4;

    fn cost(of: Seen, off: &[Mechanism]) -> f64 {
        let (settings, bearers) = provisions(off);
        let mut sum = vec![0.0];
        add_costs(&mut sum, 1.0, of, &bearers, &settings);
        sum[0]
    }

    fn seen(domain: usize, level: u8) -> Seen {
        let mut levels = [0; 8];
        levels[domain] = level;
        Seen {
            levels,
            hides: false,
            tenant: true,
        }
    }

    #[test]
    fn a_crisis_is_expected_where_it_can_strike() {
        let tenant = seen(HOUSING, ACUTE);
        let owner = Seen {
            tenant: false,
            ..tenant
        };
        assert!((cost(tenant, &[]) - 1_000.0).abs() < 1e-9);
        assert!(cost(owner, &[]).abs() < 1e-9, "nobody evicts an owner");
        assert!(cost(tenant, &[Mechanism::Crises]).abs() < 1e-9);
    }

    #[test]
    fn who_hid_problems_used_little_and_costs_no_less_once_it_is_helped() {
        let open = seen(MENTAL, 4);
        let hidden = Seen {
            hides: true,
            ..open
        };
        assert!((cost(open, &[]) - 900.0).abs() < 1e-9);
        assert!((cost(hidden, &[]) - 300.0).abs() < 1e-9, "what it used");
        assert!(cost(hidden, &[]) - cost(seen(MENTAL, 2), &[]) < 1e-9);
    }

    #[test]
    fn belief_moves_towards_sharp_evidence_more_than_towards_dull() {
        let prior = Belief {
            mean: 100.0,
            precision: 1.0 / (50.0 * 50.0),
        };
        let sharp = update(prior, 0.0, 10.0, 0.0);
        let dull = update(prior, 0.0, 500.0, 0.0);
        assert!(sharp.mean < 10.0 && dull.mean > 90.0);
        assert!(sharp.precision > dull.precision && dull.precision > prior.precision);
    }

    #[test]
    fn what_is_not_renewed_is_forgotten() {
        let prior = Belief {
            mean: 100.0,
            precision: 1.0,
        };
        let later = update(prior, 0.0, 1e9, 0.1);
        assert!((later.precision - 0.9).abs() < 1e-6 && (later.mean - 100.0).abs() < 1e-6);
    }

    #[test]
    fn evidence_is_of_who_helped_and_not_of_who_may_help_next() {
        let mut world = town(1, &settings(&[]));
        households(&mut world, |population| {
            population.baseline[0].levels = [3; 8];
            let after_help = Care {
                status: CareStatus::Aftercare,
                awaits: Some(Wait {
                    project: 1,
                    since: 12,
                }),
                since: 10,
                ..Care::NONE
            };
            population.set_care(0, after_help);
            let (helped, mut next) = (project(), project());
            next.index = 1;
            let mut again = project();
            again.start = 11;
            let of = |project: &Project| is_helped(population, 0, project);
            assert!(of(&helped));
            assert!(!of(&next), "found by a second team, helped by the first");
            assert!(!of(&again), "helped in a former life of the project");
        });
    }
}
