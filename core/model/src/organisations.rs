//! Organisations phase: leaders, ties and workers.

use crate::calendar::{Municipality, Randomness};
use crate::clock::Clock;
use crate::core_group::{keep_together, left_behind, thin_out};
use crate::finance::dependence;
use crate::flows::Flows;
use crate::governance::reports;
use crate::happening::{Log, Turn};
use crate::household::Households;
use crate::instrument::Time;
use crate::leaders::Leader;
use crate::payer::{Payer, payers_in_order};
use crate::portfolio::heard;
use crate::project::{Contract, Project, living, projects_in_order};
use crate::settings::Settings;
use crate::strategy::Effort;
use crate::support::lose_workers;
use bevy_ecs::prelude::*;
use zalm_scenario::{Mechanism, PayerKind};

/// How a leader's month went: time by effort, after claims and reports took theirs.
struct Month {
    /// Share of the month per payer.
    contact: Vec<f64>,
    measurement: f64,
    sales: f64,
    claims: f64,
    method: f64,
}

/// Leaders spend the month as the strategy asked; claims come first, the rest goes to the method
/// and to contacts all round.
pub fn lead(
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    municipality: Res<Municipality>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let openness: Vec<f64> = payers_in_order(&mut payers)
        .iter()
        .map(|payer| payer.openness)
        .collect();
    let mut projects = projects_in_order(&mut projects);
    let plans: Vec<Option<Month>> = projects
        .iter_mut()
        .map(|project| {
            project.reporting = reports(project, &settings, clock.month);
            let led = project.alive(clock.month) && project.leader.is_some();
            led.then(|| plan_month(project, &settings, clock.month))
        })
        .collect();
    let asked = asked(&plans, openness.len());
    for (project, plan) in projects.iter_mut().zip(plans) {
        if !project.alive(clock.month) {
            continue;
        }
        thin_out(project, &settings);
        if let (Some(mut leader), Some(month)) = (project.leader, plan) {
            let time = month.contact.iter().zip(&asked);
            let time: Vec<f64> = time
                .map(|(own, all)| own * heard(all - own, &settings))
                .collect();
            contact(project, &leader, &time, &openness, &settings);
            measure(project, month.measurement, &settings);
            sell(project, &leader, month.sales, &settings, clock.month);
            project.claiming = month.claims;
            project.method_time = month.method;
            if settings.on(Mechanism::BurnOut) {
                let backing = f64::midpoint(project.context, municipality.direction);
                leader.tire(backing, &settings.rates);
            }
            project.leader = Some(leader);
        } else {
            unled(project, &settings, &clock);
        }
        project.spend.clear();
        project.new_claims = 0.0;
    }
}

/// Contact time that all projects together ask of each payer.
fn asked(plans: &[Option<Month>], payers: usize) -> Vec<f64> {
    let of = |payer: usize| {
        plans
            .iter()
            .flatten()
            .map(move |month| month.contact[payer])
    };
    (0..payers).map(|payer| of(payer).sum()).collect()
}

/// A month without a leader: ties cool, and what was to be asked last month was never written.
fn unled(project: &mut Project, settings: &Settings, clock: &Clock) {
    for tie in project.relations.iter_mut().flat_map(|r| &mut r.ties) {
        *tie *= 1.0 - settings.rates.tie_decay;
    }
    project.claiming = 0.0;
    project.method_time = 0.0;
    project.claims.retain(|claim| claim.made + 1 < clock.month);
}

/// Leader time that partners free by their advice and network.
fn advice(project: &Project, settings: &Settings, month: u32) -> f64 {
    let advises = |c: &&Contract| c.active(month) && c.instrument.terms().time == Time::Advice;
    let partners = project.contracts.iter().filter(advises).count();
    settings.rates.finance_advice * partners as f64
}

fn plan_month(project: &Project, settings: &Settings, month: u32) -> Month {
    let payers = project.relations.len();
    let rates = &settings.rates;
    let each = if settings.on(Mechanism::Applications) {
        rates.lifecycle_claim_time
    } else {
        0.0
    };
    let claims = (each * project.new_claims).min(1.0);
    let taken = (claims + project.reporting).min(1.0);
    let time = 1.0 + advice(project, settings, month) - taken;
    let asked: f64 = project.spend.iter().map(|(.., share)| share).sum();
    let scale = if asked > time { time / asked } else { 1.0 };
    let rest = (time - asked * scale).max(0.0);
    let round = rest * rates.leader_network_time / payers.max(1) as f64;
    let mut month = Month {
        contact: vec![round; payers],
        measurement: 0.0,
        sales: 0.0,
        claims,
        method: rest * (1.0 - rates.leader_network_time),
    };
    for &(payer, effort, share) in &project.spend {
        let share = share * scale;
        match effort {
            Effort::Contact => month.contact[payer as usize] += share,
            Effort::Measurement => month.measurement += share,
            Effort::Sales => month.sales += share,
        }
    }
    month
}

/// Contact strengthens ties, the more so with drive; with a closed payer drive also makes conflict.
fn contact(
    project: &mut Project,
    leader: &Leader,
    time: &[f64],
    openness: &[f64],
    settings: &Settings,
) {
    let rates = &settings.rates;
    let left = keep_together(project, leader, time.iter().sum(), settings);
    let reach = leader.reach(rates) * left;
    let conflict = if settings.on(Mechanism::Conflict) {
        leader.conflict(rates) * left
    } else {
        0.0
    };
    for (payer, relation) in project.relations.iter_mut().enumerate() {
        let share = time[payer];
        for tie in &mut relation.ties {
            let gain = reach * share * (1.0 - *tie);
            let loss = (rates.tie_decay + conflict * share * (1.0 - openness[payer])) * *tie;
            *tie = (*tie + gain - loss).clamp(0.0, 1.0);
        }
    }
}

fn measure(project: &mut Project, time: f64, settings: &Settings) {
    if project.measurement >= 3 {
        return;
    }
    project.measuring += time;
    if project.measuring >= settings.rates.evidence_effort && time > 0.0 {
        project.measuring -= settings.rates.evidence_effort;
        project.measurement += 1;
    }
}

/// Sales grow towards what could be earned, as fast as somebody is there who can do business.
fn sell(project: &mut Project, leader: &Leader, time: f64, settings: &Settings, month: u32) {
    if !settings.on(Mechanism::Market) {
        return;
    }
    let goal = project.economic * project.cost(settings.worker_cost) as f64;
    let lulled = settings.rates.finance_dependence * dependence(project, month);
    let effort = time * (1.0 - lulled);
    let pace = settings.rates.market_growth * effort * leader.business * leader.energy;
    let gain = (goal - project.sales as f64).max(0.0) * pace;
    project.sales += gain as i64;
}

/// Officials, managers and directors move on, and organisations reorganise: ties break.
pub fn break_ties(
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::StakeholderCarousel) {
        return;
    }
    let leaves = streams.named("tie.official_leaves");
    let reorganises = streams.named("tie.reorganisation");
    let rates = &settings.rates;
    let mut projects = projects_in_order(&mut projects);
    for payer in payers_in_order(&mut payers) {
        let entity = payer.key;
        // The political level of a municipal payer is the alderman, see the calendar phase.
        let levels = if payer.kind == PayerKind::Municipal {
            3
        } else {
            4
        };
        let reorganised =
            reorganises.chance(rates.tie_reorganisation / 12.0, entity, clock.month, 0);
        for level in 0..levels {
            let left = leaves.chance(
                rates.tie_official_leaves / 12.0,
                entity,
                clock.month,
                level as u32,
            );
            if left || (reorganised && level < 3) {
                for project in &mut projects {
                    let left = left_behind(project, &settings);
                    project.relations[payer.index as usize].ties[level] *= left;
                }
            }
        }
    }
}

/// Workers leave and are hired; the team learns.
pub fn staff(
    mut projects: Query<&mut Project>,
    mut households: Households,
    mut flows: ResMut<Flows>,
    mut log: ResMut<Log>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let rates = &settings.rates;
    let leave = streams.named("worker.leave");
    let hire = streams.named("worker.hire");
    let mut population = households.population();
    for mut project in living(&mut projects, clock.month) {
        let id = project.key;
        let least = viable(&project, &settings);
        let uncertain = settings.on(Mechanism::Uncertainty)
            && project.carried_until(clock.month, least)
                <= clock.month + rates.worker_foresight as u32;
        let chance = rates.worker_leave
            + if uncertain {
                rates.worker_leave_uncertain
            } else {
                0.0
            };
        let workers = project.workers;
        let leaves = |worker| leave.chance(chance, id, clock.month, worker);
        let left: Vec<bool> = (0..workers).map(leaves).collect();
        let gone = left.iter().filter(|&&left| left).count() as u32;
        if gone > 0 {
            project.workers -= gone;
            flows.workers_left += gone;
            let left = |worker: u32| left[worker as usize];
            lose_workers(&mut population, project.index, workers, left, clock.month);
        }
        let vacancies = project.affordable.saturating_sub(project.workers);
        for vacancy in 0..vacancies {
            if hire.chance(rates.worker_hire, id, clock.month, vacancy) {
                let before = f64::from(project.workers);
                project.workers += 1;
                project.knowledge *= before / (before + 1.0);
            }
        }
        // 95 % of what there is to know is learned after the build-up.
        let learned = if settings.on(Mechanism::BuildUp) {
            (3.0 / rates.lifecycle_build_up).min(1.0)
        } else {
            1.0
        };
        project.knowledge += (1.0 - project.knowledge) * learned;
        if project.workers == 0 && workers > 0 {
            log.turn(&clock, &project, Turn::LastWorkerLeft);
        }
    }
}

/// Money a month below which the team cannot go on.
pub fn viable(project: &Project, settings: &Settings) -> i64 {
    (project.cost(settings.worker_cost) as f64 * settings.rates.lifecycle_viable) as i64
}
