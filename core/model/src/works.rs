//! Works: money for neighbourhoods, paid by the closed budget of who promised it.
//!
//! A promise goes before care and contracts with others, which shrink for it. What even that cannot
//! pay stops, and the log says so.

use crate::clock::Clock;
use crate::ledger::{Account, Cause, Ledger};
use bevy_ecs::prelude::*;
use zalm_scenario::AreaWork;

/// Money for neighbourhoods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Investment {
    /// What it is spent on.
    pub work: AreaWork,
    /// Neighbourhoods, ascending.
    pub homes: Vec<u16>,
    /// Households in those, count.
    pub households: i64,
    /// Payer index.
    pub payer: u16,
    /// Cents per household a month.
    pub cents: i64,
    /// First month index.
    pub start: u32,
    /// First month index without money.
    pub end: u32,
}

/// Dwellings of a neighbourhood that have been paid for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stock {
    /// Rented dwellings to be replaced by owned ones, count.
    pub to_rebuild: f64,
    /// Where rebuilding goes on: dwellings counted from the first, block by block.
    pub next: u32,
    /// Rented dwellings to be sold when they fall vacant, count.
    pub to_sell: f64,
}

/// Investments of the scenario.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Investments {
    /// All of them, in the order of the scenario.
    pub list: Vec<Investment>,
    /// Paid last for each neighbourhood and work, euro per household a year.
    pub money: Vec<[f64; AreaWork::COUNT]>,
}

impl Investment {
    fn runs(&self, month: u32) -> bool {
        (self.start..self.end).contains(&month)
    }

    fn due(&self) -> i64 {
        self.cents * self.households
    }
}

impl Investments {
    /// Investments in a place of so many neighbourhoods.
    pub fn new(list: Vec<Investment>, neighbourhoods: usize) -> Self {
        Self {
            list,
            money: vec![[0.0; AreaWork::COUNT]; neighbourhoods],
        }
    }

    /// Whether a work was paid for in a neighbourhood.
    pub fn in_force(&self, work: AreaWork, home: u16) -> bool {
        self.money[home as usize][work as usize] > 0.0
    }

    /// Forgets what was paid last month.
    pub fn next_month(&mut self) {
        self.money.fill([0.0; AreaWork::COUNT]);
    }

    /// Cents that a payer has promised to neighbourhoods this month.
    pub fn due(&self, payer: u16, month: u32) -> i64 {
        self.running(payer, month).map(Investment::due).sum()
    }

    /// Cents a month that a payer has promised to neighbourhoods and that is not free again by
    /// month `horizon`: what runs longer, and what is still to begin.
    pub fn due_beyond(&self, payer: u16, month: u32, horizon: u32) -> i64 {
        let counts = |one: &&Investment| {
            let later = one.start > month || one.end > horizon;
            one.payer == payer && one.end > month && later
        };
        self.list.iter().filter(counts).map(Investment::due).sum()
    }

    fn running(&self, payer: u16, month: u32) -> impl Iterator<Item = &Investment> {
        let mine = move |one: &&Investment| one.payer == payer && one.runs(month);
        self.list.iter().filter(mine)
    }

    /// Ends what a payer with so much room, cents, cannot pay this month; what was named first is
    /// paid first.
    pub fn stop_beyond(&mut self, payer: u16, room: i64, month: u32) -> Vec<AreaWork> {
        let mut left = room;
        let mut stopped = Vec::new();
        for one in &mut self.list {
            if one.payer != payer || !one.runs(month) {
                continue;
            }
            if one.due() > left {
                one.end = month;
                stopped.push(one.work);
            } else {
                left -= one.due();
            }
        }
        stopped
    }

    /// Pays what a payer promised.
    pub fn pay(&mut self, payer: u16, ledger: &mut Ledger, clock: &Clock) {
        let due = self.due(payer, clock.month);
        ledger.post(Account::Closed(payer), Account::Others, Cause::Area, due);
        for one in &self.list {
            if one.payer == payer && one.runs(clock.month) {
                for &home in &one.homes {
                    self.money[home as usize][one.work as usize] += one.cents as f64 * 12.0 / 100.0;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn investments() -> Investments {
        let one = |work, cents| Investment {
            work,
            homes: vec![1],
            households: 100,
            payer: 0,
            cents,
            start: 2,
            end: 9,
        };
        let list = vec![one(AreaWork::Basis, 50), one(AreaWork::Art, 30)];
        Investments::new(list, 2)
    }

    fn clock() -> Clock {
        let mut clock = Clock::new("2010-01".parse().expect("a month"));
        clock.set(3);
        clock
    }

    #[test]
    fn what_is_due_is_paid_to_the_cent_and_reaches_only_where_it_is_meant() {
        let (mut investments, mut ledger) = (investments(), Ledger::new(1, 0));
        assert_eq!((investments.due(0, 1), investments.due(0, 3)), (0, 8000));
        investments.pay(0, &mut ledger, &clock());
        assert_eq!(ledger.balance(Account::Closed(0)), -8000);
        assert!(investments.in_force(AreaWork::Art, 1) && !investments.in_force(AreaWork::Art, 0));
        investments.next_month();
        assert!(!investments.in_force(AreaWork::Art, 1));
    }

    #[test]
    fn what_runs_on_or_is_still_to_begin_stays_promised() {
        let mut investments = investments();
        assert_eq!(investments.due_beyond(0, 3, 8), 8000);
        assert_eq!(investments.due_beyond(0, 3, 9), 0, "free again by then");
        assert_eq!(investments.due_beyond(0, 1, 9), 8000, "still to begin");
        assert_eq!(investments.due_beyond(1, 3, 8), 0);
        investments.stop_beyond(0, 0, 3);
        assert_eq!(investments.due_beyond(0, 3, 8), 0, "stopped");
    }

    #[test]
    fn what_cannot_be_paid_stops_for_good() {
        let mut investments = investments();
        assert!(investments.stop_beyond(0, 8000, 3).is_empty());
        assert_eq!(investments.stop_beyond(0, 7999, 3), [AreaWork::Art]);
        assert_eq!(investments.due(0, 4), 5000);
        assert!(investments.stop_beyond(1, 0, 3).is_empty());
    }
}
