//! Projects: team, leader, ties, contracts and claims.

use crate::finance::Debt;
use crate::instrument::{Gives, Instrument, Pays};
use crate::leaders::Leader;
use crate::strategy::{Effort, Form, NO_END};
use bevy_ecs::prelude::*;
use std::sync::Arc;
use zalm_scenario::Ingredients;

/// End of a contract without an end.
pub const STANDING: u32 = u32::MAX;

/// Money promised to a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Payer index.
    pub payer: u16,
    /// Cents a month.
    pub cents: i64,
    /// First month index.
    pub start: u32,
    /// First month index without payment; [`STANDING`] without end.
    pub end: u32,
    /// How it is given.
    pub instrument: Instrument,
    /// Money of a programme that comes on top of the payer's budget.
    pub programme: bool,
    /// Cents a month when it was signed.
    pub signed: i64,
    /// The payer's closed budget then, cents a month.
    pub base: i64,
    /// Paid from old capacity that closes when it begins.
    pub closes: bool,
}

impl Contract {
    /// Whether it pays in a month.
    pub fn active(&self, month: u32) -> bool {
        (self.start..self.end).contains(&month)
    }

    /// Whether the giver still has to find its money for a month: what is given at once has left it
    /// after the first.
    pub fn draws(&self, month: u32) -> bool {
        let at_once = self.instrument.terms().pays == Pays::AtOnce;
        self.active(month) && (!at_once || month == self.start)
    }

    /// The whole sum of one that ends, cents.
    pub fn whole(&self) -> i64 {
        self.cents * i64::from(self.end - self.start)
    }

    /// Whether it brings workers or the money to pay them.
    fn carries(&self) -> bool {
        self.instrument.terms().gives != Gives::Hours
    }
}

/// A claim that awaits a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Payer index.
    pub payer: u16,
    /// Cents a month.
    pub cents: i64,
    /// Months; 0 without end.
    pub months: u32,
    /// How it is to be given.
    pub instrument: Instrument,
    /// To be paid from old capacity that the payer closes.
    pub closes: bool,
    /// Month index in which it was made.
    pub made: u32,
}

/// What a payer believes about the project's benefit to itself, cents a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Belief {
    /// Mean.
    pub mean: f64,
    /// One over the variance.
    pub precision: f64,
}

/// What a project shares with one payer.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Ties: executing, management, civil service, political, each 0..=1.
    pub ties: [f64; 4],
    /// The payer's belief.
    pub belief: Belief,
    /// Month index of the last refusal.
    pub refused: Option<u32>,
    /// What this payer gave before because it was new.
    pub grants: u32,
    /// What the payer saves by the project, as the project's evidence counts it without error,
    /// cents a month.
    pub saves: i64,
    /// What the payer saves by the places of work that the project's sales make, cents a month.
    pub employs: i64,
}

impl Relation {
    /// Strength of the coalition with this payer: the mean of the levels, in which the weakest
    /// counts `weakest` times more.
    pub fn tie(&self, weakest: f64) -> f64 {
        (self.ties.iter().sum::<f64>() + weakest * self.tie_low()) / (4.0 + weakest)
    }

    /// Strength at the weakest level.
    pub fn tie_low(&self) -> f64 {
        self.ties.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

/// A project with its team and leader.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Project {
    /// Place in the scenario's list.
    pub index: u16,
    /// Stable key of its draws, from its id.
    pub key: u64,
    /// Id in the scenario.
    pub id: String,
    /// Name under which what it knows is found; several projects may share one.
    pub name: u64,
    /// Founded in the run, not in the scenario.
    pub newcomer: bool,
    /// Project whose people would found it, once that has ended; `None` for new people.
    pub people_of: Option<u16>,
    /// What it was before it was founded; `None` for projects of the scenario.
    pub idea: Option<Arc<Project>>,
    /// First month index.
    pub start: u32,
    /// Form now.
    pub form: Form,
    /// Form planned for after the running money.
    pub plan: Option<Form>,
    /// On temporary money: first month index that the running money does not carry.
    pub running_until: u32,
    /// Workers of the full team at the start.
    pub first_workers: u32,
    /// Workers of the full team.
    pub full_workers: u32,
    /// Workers now.
    pub workers: u32,
    /// Workers that the money carries.
    pub affordable: u32,
    /// Volunteers.
    pub volunteers: u32,
    /// Knowledge per worker, 0..=1.
    pub knowledge: f64,
    /// Knowledge of all workers together at the last count, in fully trained workers.
    pub trained: f64,
    /// Share of the active ingredients in the vision it began with.
    pub vision: f64,
    /// Share of the active ingredients held together.
    pub fidelity: f64,
    /// The method's ingredients as they are written.
    pub written: Ingredients,
    /// Share of worker time that goes to outreach.
    pub outreach: f64,
    /// Informal network built around households.
    pub network: f64,
    /// Measurement level 0..=3.
    pub measurement: u8,
    /// Leader months spent towards the next level.
    pub measuring: f64,
    /// Share of the cost that could be earned.
    pub economic: f64,
    /// Sales, cents a month.
    pub sales: i64,
    /// Who carries the project; `None` while a successor is searched for.
    pub leader: Option<Leader>,
    /// People of the core group, in and around the project's institutions; a mean, not whole.
    pub core_group: f64,
    /// Share of everyone's time that reports to payers take.
    pub reporting: f64,
    /// Months that it went on after its money ended, because a claim was undecided.
    pub bridged: u32,
    /// Part of its benefits that falls to hands that do not pay for it.
    pub wrong_pocket: f64,
    /// Share of the leader's month that went to claims.
    pub claiming: f64,
    /// Share of the leader's month that is left for the method.
    pub method_time: f64,
    /// Context of the work: mandate and backing, 0..=1.
    pub context: f64,
    /// Per payer.
    pub relations: Vec<Relation>,
    /// Money promised.
    pub contracts: Vec<Contract>,
    /// Claims that await a decision.
    pub claims: Vec<Claim>,
    /// What it owes.
    pub debts: Vec<Debt>,
    /// Full-time people of firms that help.
    pub helpers: f64,
    /// How the strategy spends the leader's coming month: payer, effort, share.
    pub spend: Vec<(u16, Effort, f64)>,
    /// Claims made this month, which cost leader time; a campaign counts as more than one.
    pub new_claims: f64,
    /// Follow-up minus baseline of present and recent households, all payers together, cents a month.
    pub benefit: i64,
    /// Households in team care.
    pub households: u32,
    /// Part of its households that was very vulnerable when it took them in; 1 while it has none.
    pub vulnerable: f64,
    /// Households helped: multi-problem at the start of team care, at most one problem at its end.
    pub helped: u32,
    /// Month index in which the integral team ended, and why.
    pub ended: Option<(u32, &'static str)>,
}

impl Project {
    /// Whether the integral team works (or would, with workers) in this month.
    pub fn alive(&self, month: u32) -> bool {
        month >= self.start && !matches!(self.form, Form::Embedded | Form::Ended)
    }

    /// Whether the integral team works and has workers in this month.
    pub fn at_work(&self, month: u32) -> bool {
        self.alive(month) && self.workers > 0
    }

    /// Whether the integral team worked in a month that is being closed.
    pub fn worked(&self, month: u32) -> bool {
        month >= self.start && self.ended.is_none_or(|(end, _)| month < end)
    }

    /// The method's ingredients, carried out as far as the fidelity goes.
    pub fn method(&self) -> Ingredients {
        self.written.carried_out(self.fidelity)
    }

    /// Cost of the full team, cents a month.
    pub fn cost(&self, worker_cost: i64) -> i64 {
        worker_cost * i64::from(self.full_workers)
    }

    /// Cents a month promised for a month, in money or workers.
    pub fn income(&self, month: u32) -> i64 {
        self.income_from(month, |_| true)
    }

    /// The same of those payers alone. Hours of firms are a help, but pay nobody.
    pub fn income_from(&self, month: u32, by: impl Fn(u16) -> bool) -> i64 {
        let contracts = self.contracts.iter();
        let contracts = contracts.filter(|c| by(c.payer) && c.active(month) && c.carries());
        contracts.map(|contract| contract.cents).sum()
    }

    /// Sales that count as income: those of an enterprise.
    pub fn own_income(&self, form: Form) -> i64 {
        if form == Form::Enterprise {
            self.sales
        } else {
            0
        }
    }

    /// First month index after `month` in which promised money and sales carry less than `least`
    /// cents a month; [`STANDING`] if there is none.
    pub fn carried_until(&self, month: u32, least: i64) -> u32 {
        let carries = |at: u32| self.income(at) + self.own_income(self.form) >= least;
        if !carries(month) {
            return month;
        }
        // Income changes only where a contract starts or ends.
        self.contracts
            .iter()
            .flat_map(|contract| [contract.start, contract.end])
            .filter(|&at| at > month && at != STANDING && !carries(at))
            .min()
            .unwrap_or(STANDING)
    }

    /// First month index for which new money is asked: when the running money ends, or next month.
    pub fn asked_from(&self, month: u32, least: i64) -> u32 {
        let until = match self.form {
            Form::Temporary => self.running_until,
            _ => self.carried_until(month, least),
        };
        if until == STANDING {
            month + 1
        } else {
            until.max(month + 1)
        }
    }

    /// Months after `month` that the running money still carries; [`NO_END`] without end.
    pub fn months_left(&self, month: u32, least: i64) -> i64 {
        let until = match self.form {
            Form::Temporary => self.running_until,
            _ => self.carried_until(month, least),
        };
        if until == STANDING {
            NO_END
        } else {
            (i64::from(until) - i64::from(month) - 1).max(0)
        }
    }
}

/// Projects in the order of the scenario.
pub fn projects_in_order<'a>(query: &'a mut Query<&mut Project>) -> Vec<Mut<'a, Project>> {
    let mut projects: Vec<_> = query.iter_mut().collect();
    projects.sort_by_key(|project| project.index);
    projects
}

/// Those of them that live in this month.
pub fn living<'a>(query: &'a mut Query<&mut Project>, month: u32) -> Vec<Mut<'a, Project>> {
    let mut projects = projects_in_order(query);
    projects.retain(|project| project.alive(month));
    projects
}
