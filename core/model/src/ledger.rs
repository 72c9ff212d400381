//! The books: every cent moves from one account to another, with a cause.
//!
//! Postings are kept as sums per (from, to, cause) of the month. The audit closes each month: it
//! rebuilds every balance from the postings and compares it with the running balance, checks that
//! all balances sum to zero, and that no closed account is below zero.

use bevy_ecs::prelude::*;
use std::collections::BTreeMap;

/// A party in the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// Where all public money comes from; the outside world.
    Treasury,
    /// Customers of social enterprises.
    Customers,
    /// A payer's closed budget: may not be overspent.
    Closed(u16),
    /// A payer's open-ended entitlements: may be overspent, and says so.
    Open(u16),
    /// A project: may not be overspent.
    Project(u16),
    /// Households: receive benefits, cause costs.
    Households,
    /// Professionals and organisations that deliver care.
    Providers,
    /// Everybody else who is paid from a payer's budget.
    Others,
}

impl Account {
    fn closed(self) -> bool {
        matches!(self, Self::Closed(_) | Self::Project(_))
    }
}

/// Why money moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Budget for the month.
    Appropriation,
    /// Expected entitlements for the month.
    Entitlement,
    /// What entitlements cost above what was expected, settled in December.
    Overspend,
    /// Closed money that was not spent, returned in December.
    Returned,
    /// Silo places.
    SiloCare,
    /// Running contracts with others.
    RunningContracts,
    /// New claims of others.
    Rivals,
    /// Money for neighbourhoods.
    Area,
    /// Temporary grant to a project.
    Grant,
    /// Standing contribution, or an appreciation contribution.
    Contribution,
    /// Wages of seconded staff, paid by their employer.
    Secondment,
    /// Working hours of people of firms.
    InKind,
    /// Tailor-made tender.
    Tender,
    /// Orders as social return.
    SocialReturn,
    /// Money lent or invested.
    Lent,
    /// Money lent or invested that comes back.
    Repaid,
    /// Structural subsidy or base funding.
    Structural,
    /// Fee per trajectory.
    Fee,
    /// Wage support.
    WageSupport,
    /// Sales.
    Sales,
    /// Workers' wages.
    Wages,
    /// What is left when a project ends.
    Liquidation,
    /// Problems: use of provisions.
    Use,
    /// Crises.
    Crisis,
}

/// The books of one run.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    balances: BTreeMap<Account, i64>,
    missing: Option<(Account, Cause, i64)>,
    month: BTreeMap<(Account, Account, Cause), i64>,
    opening: BTreeMap<Account, i64>,
}

impl Ledger {
    /// Books with the accounts of this many payers and projects, all empty.
    pub fn new(payers: usize, projects: usize) -> Self {
        let common = [
            Account::Treasury,
            Account::Customers,
            Account::Households,
            Account::Providers,
            Account::Others,
        ];
        let payers = (0..payers as u16).flat_map(|p| [Account::Closed(p), Account::Open(p)]);
        let projects = (0..projects as u16).map(Account::Project);
        let accounts = common.into_iter().chain(payers).chain(projects);
        Self {
            balances: accounts.map(|account| (account, 0)).collect(),
            ..Self::default()
        }
    }

    /// Moves cents; an amount of 0 is not written. A negative amount is a posting the other way.
    pub fn post(&mut self, from: Account, to: Account, cause: Cause, cents: i64) {
        if cents == 0 {
            return;
        }
        if cents < 0 {
            return self.post(to, from, cause, -cents);
        }
        for (account, cents) in [(from, -cents), (to, cents)] {
            match self.balances.get_mut(&account) {
                Some(balance) => *balance += cents,
                // Kept for the audit, which ends the run.
                None => self.missing = self.missing.or(Some((account, cause, cents))),
            }
        }
        *self.month.entry((from, to, cause)).or_default() += cents;
    }

    /// Balance of an account, cents.
    pub fn balance(&self, account: Account) -> i64 {
        self.balances.get(&account).copied().unwrap_or(0)
    }

    /// Sum of this month's postings that the filter accepts, cents.
    pub fn month_sum(&self, accept: impl Fn(Account, Account, Cause) -> bool) -> i64 {
        self.month
            .iter()
            .filter(|((from, to, cause), _)| accept(*from, *to, *cause))
            .map(|(_, cents)| cents)
            .sum()
    }

    /// Checks the month's books; call once all money of the month has moved.
    ///
    /// # Errors
    /// Says what does not balance, or which closed account was overspent and by how much.
    pub fn audit(&self) -> Result<(), String> {
        if let Some((account, cause, cents)) = self.missing {
            return Err(format!(
                "{cents} cents for {cause:?} went to {account:?}, and there is no such account"
            ));
        }
        let total: i64 = self.balances.values().sum();
        if total != 0 {
            return Err(format!("the books do not balance: {total} cents appeared"));
        }
        let mut rebuilt = self.opening.clone();
        for (&(from, to, _), &cents) in &self.month {
            *rebuilt.entry(from).or_default() -= cents;
            *rebuilt.entry(to).or_default() += cents;
        }
        for (account, &balance) in &self.balances {
            let expected = rebuilt.get(account).copied().unwrap_or(0);
            if balance != expected {
                return Err(format!(
                    "{account:?} holds {balance} cents, its postings make {expected}"
                ));
            }
            if account.closed() && balance < 0 {
                return Err(format!(
                    "{account:?} is overspent by {} cents; paid this month: {}",
                    -balance,
                    self.paid_by(*account)
                ));
            }
        }
        Ok(())
    }

    /// What an account paid this month, largest first, in words.
    fn paid_by(&self, account: Account) -> String {
        let mut paid: Vec<(i64, Cause, Account)> = self
            .month
            .iter()
            .filter(|((from, ..), _)| *from == account)
            .map(|(&(_, to, cause), &cents)| (cents, cause, to))
            .collect();
        paid.sort_by_key(|&(cents, cause, to)| (std::cmp::Reverse(cents), cause, to));
        let words = paid
            .iter()
            .map(|(cents, cause, to)| format!("{cents} to {to:?} for {cause:?}"));
        words.collect::<Vec<_>>().join(", ")
    }

    /// Starts a new month.
    pub fn next_month(&mut self) {
        self.opening = self.balances.clone();
        self.month.clear();
    }

    /// All balances in order.
    pub fn balances(&self) -> impl Iterator<Item = (&Account, &i64)> {
        self.balances.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_account_cannot_be_overspent() {
        let mut ledger = Ledger::new(1, 1);
        ledger.post(
            Account::Treasury,
            Account::Closed(0),
            Cause::Appropriation,
            100,
        );
        ledger.post(Account::Closed(0), Account::Others, Cause::Rivals, 100);
        assert_eq!(ledger.audit(), Ok(()));
        ledger.post(Account::Closed(0), Account::Others, Cause::Rivals, 1);
        let problem = ledger.audit().unwrap_err();
        assert!(problem.contains("overspent by 1 cents"), "{problem}");
        assert!(problem.contains("101 to Others for Rivals"), "{problem}");
    }

    #[test]
    fn a_posting_to_an_account_that_does_not_exist_is_found() {
        let mut ledger = Ledger::new(1, 1);
        ledger.post(Account::Treasury, Account::Closed(1), Cause::Grant, 5);
        let problem = ledger.audit().unwrap_err();
        assert!(
            problem.contains("Closed(1)") && problem.contains("Grant"),
            "{problem}"
        );
    }

    #[test]
    fn an_open_account_may_be_overspent() {
        let mut ledger = Ledger::new(1, 1);
        ledger.post(Account::Open(0), Account::Households, Cause::Use, 5);
        assert_eq!(ledger.audit(), Ok(()));
        assert_eq!(ledger.balance(Account::Open(0)), -5);
    }

    #[test]
    fn a_balance_changed_behind_the_books_is_found() {
        let mut ledger = Ledger::new(1, 1);
        ledger.post(
            Account::Treasury,
            Account::Closed(0),
            Cause::Appropriation,
            100,
        );
        ledger.next_month();
        *ledger.balances.get_mut(&Account::Closed(0)).unwrap() += 1;
        *ledger.balances.get_mut(&Account::Treasury).unwrap() -= 1;
        assert!(ledger.audit().unwrap_err().contains("postings make"));
        *ledger.balances.get_mut(&Account::Treasury).unwrap() += 1;
        assert!(ledger.audit().unwrap_err().contains("do not balance"));
    }
}
