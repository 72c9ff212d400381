//! Payers: their closed budgets, what is already promised, and who bears which cost.

#[cfg(test)]
mod tests;

use crate::capacity::{Provisions, Used};
use crate::care::CareCounts;
use crate::clock::Clock;
use crate::finance::follow_budgets;
use crate::flows::Flows;
use crate::happening::{Happening, Log, Turn};
use crate::household::Households;
use crate::ledger::{Account, Cause, Ledger};
use crate::project::{Contract, Project, projects_in_order};
use crate::settings::Settings;
use crate::works::Investments;
use bevy_ecs::prelude::*;
use zalm_scenario::{Mechanism, PayerKind};

/// A payer's state; money in cents a month.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Payer {
    /// Place in the scenario's list.
    pub index: u16,
    /// Stable key of its draws, from its id.
    pub key: u64,
    /// Id in the scenario.
    pub id: String,
    /// Kind of party.
    pub kind: PayerKind,
    /// Taste for what is new, 0..=1.
    pub novelty: f64,
    /// Openness to work across borders now, 0..=1.
    pub openness: f64,
    /// Openness without fatigue and outside of transitions.
    pub base_openness: f64,
    /// How tired it is of rounds that failed, 0..=1.
    pub fatigue: f64,
    /// Share of what others gain that it counts as its own gain, 0..=1.
    pub mission: f64,
    /// Considers new claims.
    pub open: bool,
    /// Closed budget.
    pub budget: i64,
    /// Share of the budget that it wants to keep unpromised.
    pub free_room: f64,
    /// Promised to silo care, per domain.
    pub silo: [i64; 8],
    /// Silo care that cuts took away and that the payer would buy again, per domain.
    pub short: [i64; 8],
    /// Promised to others.
    pub other: i64,
    /// Expected cost of open-ended entitlements.
    pub expected_open: i64,
    /// What the closed budget bears of last year's overspending on entitlements.
    pub deficit: i64,
}

impl Payer {
    /// Running promises to silo care and others.
    pub fn obligations(&self) -> i64 {
        self.silo.iter().sum::<i64>() + self.other
    }

    /// Closed money of a month that is promised to nobody: neither to silo care and others, nor to
    /// projects and neighbourhoods, which have `promised` of it. Below 0 when too much is.
    pub fn free(&self, promised: i64) -> i64 {
        self.closed_money() - self.obligations() - promised
    }

    /// How tight money is when so much of it is free, 0..=1.
    pub fn tightness(&self, free: i64) -> f64 {
        (1.0 - free as f64 / self.free_target().max(1) as f64).clamp(0.0, 1.0)
    }

    /// The free money that the payer would like to have.
    pub fn free_target(&self) -> i64 {
        (self.budget as f64 * self.free_room) as i64
    }

    /// What the closed budget bears this month of last year's overspending: at most all of it.
    pub fn borne(&self) -> i64 {
        self.deficit.min(self.budget)
    }

    /// Closed money of a month, after what it bears of last year's overspending.
    pub fn closed_money(&self) -> i64 {
        self.budget - self.borne()
    }

    /// Ends running promises so that obligations fall by `cents`, silo care and others alike; what
    /// silo care loses is remembered.
    pub fn shrink_obligations(&mut self, cents: i64) {
        let before = self.silo;
        self.shrink(cents);
        for (domain, short) in self.short.iter_mut().enumerate() {
            *short += before[domain] - self.silo[domain];
        }
    }

    /// Buys silo care again that cuts took away, for at most `cents`, the largest gap first.
    pub fn restore(&mut self, cents: i64) {
        let mut left = cents.max(0);
        let mut domains: Vec<usize> = (0..8).collect();
        domains.sort_by_key(|&domain| (std::cmp::Reverse(self.short[domain]), domain));
        for domain in domains {
            let part = self.short[domain].min(left);
            self.silo[domain] += part;
            self.short[domain] -= part;
            left -= part;
        }
    }

    /// Ends running promises for good.
    pub fn shrink(&mut self, cents: i64) {
        let total = self.obligations();
        let cut = cents.clamp(0, total);
        if cut == 0 {
            return;
        }
        // Products of cents of a whole country do not fit 64 bits.
        let part =
            |promise: i64| (i128::from(promise) * i128::from(cut) / i128::from(total)) as i64;
        for promise in &mut self.silo {
            *promise -= part(*promise);
        }
        self.other -= part(self.other);
        // What rounding left over comes off the contracts with others, or the largest silo.
        let left = cut - (total - self.obligations());
        let from_other = left.min(self.other);
        self.other -= from_other;
        let largest = (0..8).max_by_key(|&d| self.silo[d]).unwrap_or(0);
        self.silo[largest] -= (left - from_other).min(self.silo[largest]);
    }
}

/// Who bears which cost; decentralisation moves it.
#[derive(Resource, Clone, Debug, PartialEq, Eq)]
pub struct Bearers {
    /// Payer per use cost.
    pub use_items: Vec<u16>,
    /// Payer per part of each crisis.
    pub crises: Vec<Vec<u16>>,
    /// Payer of silo care per domain; `None` where there is none.
    pub silo: [Option<u16>; 8],
}

impl Bearers {
    /// Domains in which a payer has silo care, one bit each.
    pub fn served_by(&self, payer: u16) -> u8 {
        let mine =
            |(domain, bearer): (usize, &Option<u16>)| u8::from(*bearer == Some(payer)) << domain;
        self.silo.iter().enumerate().map(mine).sum()
    }
}

/// Payers in the order of the scenario.
pub fn payers_in_order<'a>(query: &'a mut Query<&mut Payer>) -> Vec<Mut<'a, Payer>> {
    let mut payers: Vec<_> = query.iter_mut().collect();
    payers.sort_by_key(|payer| payer.index);
    payers
}

/// Indices of the municipality's own payers, in which the college has its say.
pub fn municipal(query: &mut Query<&mut Payer>) -> Vec<usize> {
    let payers = payers_in_order(query);
    let municipal = payers.iter().filter(|it| it.kind == PayerKind::Municipal);
    municipal.map(|payer| usize::from(payer.index)).collect()
}

/// Cents a month that a payer has promised to projects in contracts that the filter accepts.
pub fn promised(projects: &[Mut<Project>], payer: u16, accept: impl Fn(&Contract) -> bool) -> i64 {
    projects
        .iter()
        .flat_map(|project| &project.contracts)
        .filter(|contract| contract.payer == payer && accept(contract))
        .map(|contract| contract.cents)
        .sum()
}

/// Money phase, first step: budgets arrive; running promises are paid; silo places follow.
pub fn pay_obligations(
    mut payers: Query<&mut Payer>,
    mut projects: Query<&mut Project>,
    mut ledger: ResMut<Ledger>,
    mut counts: ResMut<CareCounts>,
    mut investments: ResMut<Investments>,
    mut log: ResMut<Log>,
    mut flows: ResMut<Flows>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let mut projects = projects_in_order(&mut projects);
    investments.next_month();
    let mut places = [0; 8];
    let mut payers = payers_in_order(&mut payers);
    for project in &mut projects {
        follow_budgets(project, &payers);
    }
    for payer in &mut payers {
        let account = Account::Closed(payer.index);
        let draws = |contract: &Contract| contract.draws(clock.month);
        let programme = promised(&projects, payer.index, |c| draws(c) && c.programme);
        let paid = promised(&projects, payer.index, |c| draws(c) && !c.programme);
        let income = payer.budget + programme;
        ledger.post(Account::Treasury, account, Cause::Appropriation, income);
        ledger.post(account, Account::Treasury, Cause::Overspend, payer.borne());
        // What neighbourhoods were promised goes before care and contracts with others, and after
        // what projects were promised.
        let room = payer.closed_money() - paid;
        for work in investments.stop_beyond(payer.index, room, clock.month) {
            let payer = payer.id.clone();
            log.note(&clock, Happening::WorkStops { work, payer });
        }
        let area = investments.due(payer.index, clock.month);
        let Adapted { shrunk, short } = adapt(payer, paid + area, &settings);
        if shrunk > 0 {
            let (payer, cents) = (payer.id.clone(), shrunk);
            log.note(&clock, Happening::Shrinks { payer, cents });
        }
        break_contracts(payer, short, &mut projects, &mut log, &clock);
        investments.pay(payer.index, &mut ledger, &clock);
        for (domain, &promised) in payer.silo.iter().enumerate() {
            ledger.post(account, Account::Providers, Cause::SiloCare, promised);
            flows.costs.add_silo(payer.index, domain, promised);
            if settings.place_cost[domain] > 0 {
                places[domain] += promised / settings.place_cost[domain];
            }
        }
        ledger.post(
            account,
            Account::Others,
            Cause::RunningContracts,
            payer.other,
        );
    }
    counts.places = places.map(|places| u32::try_from(places).unwrap_or(0));
}

/// What a payer did to stay within its budget, cents a month.
struct Adapted {
    /// Promises to silo care and others that it ended because it must.
    shrunk: i64,
    /// What is still short without any of them.
    short: i64,
}

/// Obligations never exceed what the budget leaves. To regain free room a payer lets contracts with
/// others end; silo care closes only when it must.
fn adapt(payer: &mut Payer, promised: i64, settings: &Settings) -> Adapted {
    let before = payer.obligations();
    let free = payer.free(promised);
    payer.shrink_obligations((-free).max(0));
    let shrunk = before - payer.obligations();
    let gap = (payer.free_target() - free.max(0)).max(0);
    let wish = (gap as f64 * settings.rates.payer_adaptation) as i64;
    payer.other -= wish.min(payer.other);
    let short = (promised - payer.closed_money()).max(0);
    Adapted { shrunk, short }
}

/// A payer that cannot pay its contracts with projects even without silo care and others breaks
/// them, those signed last first, until the rest fits; the log says so.
fn break_contracts(
    payer: &Payer,
    short: i64,
    projects: &mut [Mut<Project>],
    log: &mut Log,
    clock: &Clock,
) {
    let mut left = short;
    while left > 0 {
        let mine = |c: &Contract| c.payer == payer.index && c.draws(clock.month) && !c.programme;
        let last = projects
            .iter()
            .enumerate()
            .flat_map(|(at, project)| project.contracts.iter().enumerate().map(move |c| (at, c)))
            .filter(|(_, (_, contract))| mine(contract))
            .max_by_key(|(at, (place, contract))| (contract.start, *at, *place));
        let Some((at, (place, contract))) = last else {
            return;
        };
        left -= contract.cents;
        let project = &mut projects[at];
        project.contracts[place].end = clock.month;
        let payer = payer.id.clone();
        log.turn(clock, project, Turn::Broken { payer });
    }
}

/// Money phase, last step: rivals take the free money; December closes the year.
pub fn close_budgets(
    mut payers: Query<&mut Payer>,
    mut ledger: ResMut<Ledger>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    for mut payer in payers_in_order(&mut payers) {
        let account = Account::Closed(payer.index);
        let free = ledger.balance(account).max(0);
        if settings.on(Mechanism::Rivals) {
            ledger.post(account, Account::Others, Cause::Rivals, free);
        } else if clock.month_of_year == 12 {
            ledger.post(account, Account::Treasury, Cause::Returned, free);
        }
        if clock.month_of_year == 12 {
            let open = Account::Open(payer.index);
            let overspend = -ledger.balance(open);
            ledger.post(Account::Treasury, open, Cause::Overspend, overspend);
            payer.deficit = bears(&payer, overspend, &settings);
        }
    }
}

/// What a municipal department's closed budget bears next year of an overspend, cents a month.
fn bears(payer: &Payer, overspend: i64, settings: &Settings) -> i64 {
    if payer.kind != PayerKind::Municipal {
        return 0;
    }
    let part = settings.rates.payer_bears_overspend * overspend.max(0) as f64 / 12.0;
    part as i64
}

/// Costs phase: what problems, crises and entitlements cost is posted to the payer that bears it.
pub fn post_costs(
    mut payers: Query<&mut Payer>,
    mut households: Households,
    mut ledger: ResMut<Ledger>,
    bearers: Res<Bearers>,
    provisions: Provisions,
    mut flows: ResMut<Flows>,
    clock: Res<Clock>,
) {
    let settings = &provisions.settings;
    let counts = Used::of(households.population().counts);
    let mut open = vec![0_i64; flows.costs.payers()];
    for (index, &payer) in bearers.use_items.iter().enumerate() {
        let cents = provisions.cost(index, &counts);
        open[payer as usize] += cents;
        flows.costs.add_use(payer, index, cents);
    }
    for (payer, &cents) in open.iter().enumerate() {
        let account = Account::Open(payer as u16);
        ledger.post(account, Account::Households, Cause::Use, cents);
    }
    for (crisis, parts) in bearers.crises.iter().enumerate() {
        let events = i64::from(flows.crises[crisis]);
        for (part, &payer) in parts.iter().enumerate() {
            let struck = settings.crisis_items[crisis].parts[part] * events;
            let cents = struck + provisions.beside_crisis(crisis, part);
            open[payer as usize] += cents;
            flows.costs.add_crisis(payer, crisis, cents);
            let account = Account::Open(payer);
            ledger.post(account, Account::Households, Cause::Crisis, cents);
        }
    }
    for mut payer in payers_in_order(&mut payers) {
        let cost = open[payer.index as usize];
        // Until the policy date the running year teaches what to expect.
        if clock.month < settings.policy_month.max(1) {
            let months = i64::from(clock.month + 1).min(12);
            payer.expected_open += (cost - payer.expected_open) / months;
        }
        let account = Account::Open(payer.index);
        ledger.post(
            Account::Treasury,
            account,
            Cause::Entitlement,
            payer.expected_open,
        );
    }
}
