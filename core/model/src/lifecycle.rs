//! Money and life cycle of projects: income, wages, and what becomes of a team when money ends.

#[cfg(test)]
mod tests;

use crate::calendar::{Municipality, Randomness};
use crate::clock::Clock;
use crate::finance::{due, helpers, owe, repay, set_aside, settle};
use crate::flows::Flows;
use crate::happening::{Log, Turn};
use crate::hazards::{HazardTables, ONE, Stale, fixed};
use crate::household::Households;
use crate::instrument::{Gives, Instrument, Pays};
use crate::ledger::{Account, Cause, Ledger};
use crate::organisations::viable;
use crate::payer::{Bearers, Payer, payers_in_order};
use crate::pocket::{hands, wrong_pocket};
use crate::project::{Contract, Project, living, projects_in_order};
use crate::settings::Settings;
use crate::strategy::Form;
use crate::support::{counted, dissolve_team, lose_workers};
use bevy_ecs::prelude::*;
use std::collections::BTreeMap;
use zalm_scenario::{Mechanism, PayerKind};

/// Money phase: contracts and sales come in, wages go out; the team is as large as money carries.
pub fn pay_projects(
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    mut households: Households,
    mut ledger: ResMut<Ledger>,
    mut flows: ResMut<Flows>,
    mut log: ResMut<Log>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let payers = payers_in_order(&mut payers);
    let hands = hands(payers.iter().map(|payer| &**payer));
    let customers: i64 = payers
        .iter()
        .filter(|payer| payer.kind == PayerKind::Market)
        .map(|payer| payer.budget)
        .sum();
    let mut projects = living(&mut projects, clock.month);
    // First what was promised to each of them, so that no gift takes what another was promised.
    let mut lent = Vec::with_capacity(projects.len());
    for project in &mut projects {
        project.wrong_pocket = wrong_pocket(project, &hands, clock.month);
        lent.push(collect(project, &mut ledger, &settings, clock.month));
    }
    for (mut project, lent) in projects.into_iter().zip(lent) {
        let account = Account::Project(project.index);
        for (payer, cents, short) in
            receive_gifts(&mut project, &mut ledger, &settings, clock.month)
        {
            let payer = payers[usize::from(payer)].id.clone();
            let turn = Turn::GivesLess {
                payer,
                cents,
                short,
            };
            log.turn(&clock, &project, turn);
        }
        let sold = sold(&project, &streams, &settings, &clock).min(customers);
        ledger.post(Account::Customers, account, Cause::Sales, sold);
        repay(
            &mut project,
            &mut ledger,
            &mut flows,
            &settings,
            clock.month,
        );
        project.helpers = helpers(&project, &settings, clock.month);
        let free = ledger.balance(account) - set_aside(&project, clock.month);
        let carried = (free.max(0) + lent) / settings.worker_cost;
        project.affordable = u32::try_from(carried).map_or(project.full_workers, |carried| {
            carried.min(project.full_workers)
        });
        if project.workers > project.affordable {
            let (workers, stay) = (project.workers, project.affordable);
            let mut population = households.population();
            let left = |worker| worker >= stay;
            lose_workers(&mut population, project.index, workers, left, clock.month);
            project.workers = stay;
            flows.workers_left += workers - stay;
        }
        let wages = settings.worker_cost * i64::from(project.workers);
        flows.project_cost += wages;
        ledger.post(
            account,
            Account::Providers,
            Cause::Wages,
            wages - lent.min(wages),
        );
    }
}

/// Contracts pay; wages of seconded workers go from their employer to them, and are returned.
fn collect(project: &mut Project, ledger: &mut Ledger, settings: &Settings, month: u32) -> i64 {
    let account = Account::Project(project.index);
    let mut wages = settings.worker_cost * i64::from(project.workers);
    let mut lent = 0;
    for place in 0..project.contracts.len() {
        let contract = project.contracts[place];
        let terms = contract.instrument.terms();
        if !contract.active(month) || terms.pays == Pays::AtOnce {
            continue;
        }
        let payer = Account::Closed(contract.payer);
        let cents = due(&contract, project, settings, month);
        match terms.gives {
            Gives::Money => {
                ledger.post(payer, account, terms.cause, cents);
                owe(project, &contract, cents, settings);
            }
            Gives::Hours => ledger.post(payer, Account::Providers, terms.cause, cents),
            Gives::Workers => {
                // Nobody is paid who is not there.
                let paid = cents.min(wages);
                wages -= paid;
                lent += paid;
                ledger.post(payer, Account::Providers, terms.cause, paid);
            }
        }
    }
    lent
}

/// What is given at once is at most what the giver has left when all promises of the month are paid.
/// Returns who gives less than it promised: the giver, what it gives and what it does not, cents.
fn receive_gifts(
    project: &mut Project,
    ledger: &mut Ledger,
    settings: &Settings,
    month: u32,
) -> Vec<(u16, i64, i64)> {
    let account = Account::Project(project.index);
    let mut less = Vec::new();
    for place in 0..project.contracts.len() {
        let contract = project.contracts[place];
        let terms = contract.instrument.terms();
        if !contract.active(month) || terms.pays != Pays::AtOnce {
            continue;
        }
        let payer = Account::Closed(contract.payer);
        let asked = due(&contract, project, settings, month);
        let given = asked.min(ledger.balance(payer).max(0));
        if given < asked {
            let months = i64::from(contract.end - contract.start);
            project.contracts[place].cents = given / months;
            less.push((contract.payer, given, asked - given));
        }
        ledger.post(payer, account, terms.cause, given);
    }
    less
}

/// Receipts of the month: sales go up and down by chance around their level.
fn sold(project: &Project, streams: &Randomness, settings: &Settings, clock: &Clock) -> i64 {
    let draw = streams
        .named("market.sales")
        .normal(project.key, clock.month, 0);
    let spread = settings.rates.market_spread;
    // Mean 1.
    let factor = libm::exp(spread * draw - spread * spread / 2.0);
    (project.sales as f64 * factor) as i64
}

/// Lifecycle phase: where the money no longer carries a team, the plan takes over or the team ends.
pub fn turn_of_money(
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    mut households: Households,
    mut ledger: ResMut<Ledger>,
    mut flows: ResMut<Flows>,
    mut log: ResMut<Log>,
    bearers: Res<Bearers>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let mut payers = payers_in_order(&mut payers);
    for mut project in living(&mut projects, clock.month) {
        let least = viable(&project, &settings);
        let next = clock.month + 1;
        let outcome = outcome(&project, next, least);
        let Some(form) = outcome else { continue };
        log.turn(&clock, &project, Turn::GoesOn { form });
        if form == Form::Embedded {
            absorb(&mut project, &mut payers, &bearers, next);
        }
        if matches!(form, Form::Embedded | Form::Ended) {
            project.ended = Some((next, cause_of_end(&project, form, next)));
            let account = Account::Project(project.index);
            settle(&mut project, &mut ledger, &mut flows);
            let left = ledger.balance(account);
            ledger.post(account, Account::Treasury, Cause::Liquidation, left);
            dissolve_team(
                &mut households.population(),
                project.index,
                &settings,
                &clock,
            );
            project.workers = 0;
            project.affordable = 0;
            project.claims.clear();
            for contract in &mut project.contracts {
                contract.end = contract.end.min(next);
            }
        }
        project.form = form;
        if form == Form::Temporary {
            project.running_until = project.carried_until(next, project.income(next));
        }
    }
}

/// Why the integral team ends.
fn cause_of_end(project: &Project, form: Form, next: u32) -> &'static str {
    let offered = |c: &Contract| c.active(next) && c.instrument == Instrument::StructuralSubsidy;
    match (form, project.form) {
        (Form::Embedded, _) => "embedded",
        _ if project.workers == 0 => "no_workers",
        (_, Form::Temporary) if project.contracts.iter().any(offered) => "evaporated",
        (_, Form::Temporary) => "no_successor",
        _ => "unravelled",
    }
}

/// The form from month `next` on, where it changes or starts anew.
fn outcome(project: &Project, next: u32, least: i64) -> Option<Form> {
    let carried = |form: Form| project.income(next) + project.own_income(form) >= least;
    if project.workers == 0 {
        return Some(Form::Ended);
    }
    if project.form != Form::Temporary {
        return (!carried(project.form)).then_some(Form::Ended);
    }
    if next < project.running_until {
        return None;
    }
    let offered = |c: &&Contract| c.active(next) && c.instrument == Instrument::StructuralSubsidy;
    let taken: i64 = project
        .contracts
        .iter()
        .filter(offered)
        .map(|c| c.cents)
        .sum();
    Some(match project.plan {
        Some(Form::Embedded) if taken >= least => Form::Embedded,
        Some(plan @ (Form::Joint | Form::Stakeholder | Form::Enterprise)) if carried(plan) => plan,
        _ if carried(Form::Temporary) => Form::Temporary,
        _ => Form::Ended,
    })
}

/// Institutions take the work into their silos: their promises become silo places.
fn absorb(project: &mut Project, payers: &mut [Mut<Payer>], bearers: &Bearers, next: u32) {
    for contract in &mut project.contracts {
        if !contract.active(next) || contract.instrument != Instrument::StructuralSubsidy {
            continue;
        }
        let served = bearers.served_by(contract.payer);
        let domains: Vec<usize> = (0..8).filter(|&domain| served >> domain & 1 != 0).collect();
        let payer = &mut payers[contract.payer as usize];
        if domains.is_empty() {
            payer.other += contract.cents;
        }
        for (rank, &domain) in domains.iter().enumerate() {
            let n = domains.len() as i64;
            let part = contract.cents / n + i64::from((rank as i64) < contract.cents % n);
            payer.silo[domain] += part;
        }
        contract.end = next;
    }
}

/// Who took in a part of a project that was embedded from month `next` on, and for how many cents
/// a month.
pub fn took_part(project: &Project, next: u32) -> BTreeMap<u16, i64> {
    let mut parts = BTreeMap::new();
    if project.ended == Some((next, "embedded")) {
        let taken = |c: &&Contract| {
            c.end == next && c.instrument == Instrument::StructuralSubsidy && c.cents > 0
        };
        for contract in project.contracts.iter().filter(taken) {
            *parts.entry(contract.payer).or_default() += contract.cents;
        }
    }
    parts
}

/// What institutions learn when they take in a whole way of working: it comes with the workers who
/// follow it, for the part of the silo that they make up, and fades without direction.
pub fn learn_from_embedding(
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    mut tables: ResMut<HazardTables>,
    mut stale: ResMut<Stale>,
    mut flows: ResMut<Flows>,
    bearers: Res<Bearers>,
    municipality: Res<Municipality>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    flows.care_quality = tables.silo_quality.iter().sum::<u32>() / 8;
    if !settings.on(Mechanism::Learning) {
        return;
    }
    let rates = &settings.rates;
    if clock.month_of_year == 1 {
        let kept = 1.0 - rates.embedding_fade * (1.0 - municipality.direction);
        for quality in tables
            .silo_quality
            .iter_mut()
            .filter(|quality| **quality > ONE)
        {
            *quality = ONE + (f64::from(*quality - ONE) * kept) as u32;
            stale.0 = true;
        }
    }
    let payers = payers_in_order(&mut payers);
    for project in projects_in_order(&mut projects) {
        let arrives = project.knowledge * rates.embedding_transfer * project.fidelity;
        let parts = took_part(&project, clock.month + 1);
        for (domain, payer) in bearers.silo.iter().enumerate() {
            let Some(payer) = *payer else { continue };
            let Some(&taken) = parts.get(&payer) else {
                continue;
            };
            let silos: i64 = payers[payer as usize].silo.iter().sum();
            let part = (taken as f64 / silos.max(1) as f64).min(1.0);
            let tie = project.relations[payer as usize].tie(rates.tie_weakest);
            let kept = counted(tie, &settings) * municipality.direction;
            let gain = 1.0 + rates.embedding_quality * arrives * kept * part;
            tables.silo_quality[domain] =
                fixed(f64::from(tables.silo_quality[domain]) / f64::from(ONE) * gain);
            stale.0 = true;
        }
    }
}
