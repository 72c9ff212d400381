//! What contracts bring in a month, and what projects owe: shares of budgets, fees, sums paid at
//! once and kept aside, loans and investments that are repaid.

use crate::demand::full_caseload;
use crate::flows::Flows;
use crate::instrument::{Back, Gives, Pays};
use crate::ledger::{Account, Cause, Ledger};
use crate::payer::Payer;
use crate::project::{Contract, Project};
use crate::settings::Settings;
use bevy_ecs::prelude::Mut;

/// What a project owes to one that lent or invested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Debt {
    /// Payer index.
    pub payer: u16,
    /// How it is repaid.
    pub back: Back,
    /// Cents that were lent.
    pub lent: i64,
    /// Cents that came back.
    pub repaid: i64,
    /// Cents still owed, interest included.
    pub owed: i64,
    /// First month index of repayment.
    pub from: u32,
    /// First month index after the last instalment.
    pub until: u32,
}

impl Debt {
    /// What the giver loses when nothing more comes back: interest that was only hoped for is no
    /// loss, since it never left the giver.
    fn lost(&self) -> i64 {
        (self.lent - self.repaid).max(0)
    }
}

/// Shares of a budget follow it: they shrink with a cut, and grow back to what was promised.
pub fn follow_budgets(project: &mut Project, payers: &[Mut<Payer>]) {
    for contract in &mut project.contracts {
        if contract.instrument.terms().pays == Pays::BudgetShare && contract.base > 0 {
            let budget = payers[contract.payer as usize].budget.min(contract.base);
            let part = i128::from(contract.signed) * i128::from(budget) / i128::from(contract.base);
            contract.cents = part as i64;
        }
    }
}

/// What a contract pays in a month in which it is active.
pub fn due(contract: &Contract, project: &Project, settings: &Settings, month: u32) -> i64 {
    match contract.instrument.terms().pays {
        Pays::Sum | Pays::BudgetShare => contract.cents,
        Pays::Households => {
            let full = f64::from(full_caseload(project, settings));
            let filled = (f64::from(project.households) / full).min(1.0);
            (contract.cents as f64 * filled) as i64
        }
        Pays::AtOnce if month == contract.start => contract.whole(),
        Pays::AtOnce => 0,
    }
}

/// Money that came at once and is meant for later months, cents.
pub fn set_aside(project: &Project, month: u32) -> i64 {
    let at_once = |c: &&Contract| c.active(month) && c.instrument.terms().pays == Pays::AtOnce;
    let left = |c: &Contract| c.cents * i64::from(c.end - month - 1);
    project.contracts.iter().filter(at_once).map(left).sum()
}

/// Writes down what was lent: repayment begins when the last of it was drawn.
pub fn owe(project: &mut Project, contract: &Contract, cents: i64, settings: &Settings) {
    let back = contract.instrument.terms().back;
    if matches!(back, Back::Nothing | Back::Work) || cents == 0 {
        return;
    }
    let known = |debt: &&mut Debt| {
        (debt.payer, debt.from, debt.back) == (contract.payer, contract.end, back)
    };
    if let Some(debt) = project.debts.iter_mut().find(known) {
        debt.lent += cents;
        debt.owed += cents;
        return;
    }
    project.debts.push(Debt {
        payer: contract.payer,
        back,
        lent: cents,
        repaid: 0,
        owed: cents,
        from: contract.end,
        until: contract.end + settings.rates.finance_repay as u32,
    });
}

/// Repays what is due this month, before wages. An investor gets of each instalment the part for
/// which benefit is shown, and bears the rest: it is not asked again. A lender is owed it all.
pub fn repay(
    project: &mut Project,
    ledger: &mut Ledger,
    flows: &mut Flows,
    settings: &Settings,
    month: u32,
) {
    let cost = project.cost(settings.worker_cost).max(1) as f64;
    let shown = (project.benefit as f64 / cost).clamp(0.0, 1.0);
    let account = Account::Project(project.index);
    for debt in &mut project.debts {
        let (yearly, part) = match debt.back {
            Back::Benefit => (settings.rates.finance_return, shown),
            Back::Interest | Back::Work | Back::Nothing => (settings.rates.finance_interest, 1.0),
        };
        debt.owed += (debt.owed as f64 * yearly / 12.0) as i64;
        if month < debt.from {
            continue;
        }
        let months = i64::from(debt.until.saturating_sub(month).max(1));
        let instalment = debt.owed / months;
        let due = (instalment as f64 * part) as i64;
        let paid = due.min(ledger.balance(account)).max(0);
        ledger.post(account, Account::Closed(debt.payer), Cause::Repaid, paid);
        debt.repaid += paid;
        debt.owed -= match debt.back {
            Back::Benefit => instalment,
            Back::Interest | Back::Work | Back::Nothing => paid,
        };
        if debt.owed == 0 {
            flows.defaults[debt.payer as usize] += debt.lost();
        }
    }
    project.debts.retain(|debt| debt.owed > 0);
}

/// When a team ends, what it has goes to those it owes; the rest is their loss.
pub fn settle(project: &mut Project, ledger: &mut Ledger, flows: &mut Flows) {
    let account = Account::Project(project.index);
    for mut debt in std::mem::take(&mut project.debts) {
        let paid = debt.owed.min(ledger.balance(account)).max(0);
        ledger.post(account, Account::Closed(debt.payer), Cause::Repaid, paid);
        debt.repaid += paid;
        flows.defaults[debt.payer as usize] += debt.lost();
    }
}

/// Full-time people of firms that help this month.
pub fn helpers(project: &Project, settings: &Settings, month: u32) -> f64 {
    let helps = |c: &&Contract| c.active(month) && c.instrument.terms().gives == Gives::Hours;
    let cents: i64 = project
        .contracts
        .iter()
        .filter(helps)
        .map(|c| c.cents)
        .sum();
    cents as f64 / settings.worker_cost as f64
}

/// Euros that a giver expects back for each it gives: as far as own income covers what is lent, the
/// benefit shown covers the cost, or less income support covers what is given for work.
pub fn expected_back(
    back: Back,
    cents: i64,
    project: &Project,
    payer: u16,
    settings: &Settings,
) -> f64 {
    let covered = match back {
        Back::Nothing => return 0.0,
        Back::Work => project.relations[usize::from(payer)].employs as f64 / cents.max(1) as f64,
        Back::Interest => project.sales as f64 / cents.max(1) as f64,
        Back::Benefit => project.benefit as f64 / project.cost(settings.worker_cost).max(1) as f64,
    };
    covered.clamp(0.0, 1.0)
}

/// Part of a project's money that lulls: it comes whether or not there is income of its own.
pub fn dependence(project: &Project, month: u32) -> f64 {
    let lulls = |c: &&Contract| c.active(month) && c.instrument.terms().lulls;
    let lulling: i64 = project
        .contracts
        .iter()
        .filter(lulls)
        .map(|c| c.cents)
        .sum();
    lulling as f64 / (project.income(month) + project.sales).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demand::caseload;
    use crate::fixture::{self, project, settings};
    use crate::incidence::CostTable;
    use crate::instrument::Instrument;

    fn contract(instrument: Instrument) -> Contract {
        Contract {
            base: 100_000,
            ..fixture::contract(1_000, 10..22, instrument)
        }
    }

    fn books(project: &Project, cents: i64) -> Ledger {
        let mut ledger = Ledger::new(1, 1);
        let account = Account::Project(project.index);
        ledger.post(Account::Treasury, account, Cause::Grant, cents);
        ledger
    }

    #[test]
    fn what_came_at_once_is_kept_for_later_months() {
        let (settings, mut project) = (settings(&[]), project());
        let gift = contract(Instrument::Gift);
        project.contracts = vec![gift];
        assert_eq!(due(&gift, &project, &settings, 10), 12_000);
        assert_eq!(due(&gift, &project, &settings, 11), 0);
        assert_eq!(set_aside(&project, 10), 11_000);
        assert_eq!(set_aside(&project, 21), 0);
    }

    #[test]
    fn a_fee_pays_for_the_households_in_support() {
        let (mut settings, mut project) = (settings(&[]), project());
        settings.rates.team_caseload = 10.0;
        let fee = contract(Instrument::Fee);
        assert_eq!(due(&fee, &project, &settings, 10), 0);
        (project.outreach, project.reporting) = (0.25, 0.5);
        project.households = caseload(&project, &settings) as u32;
        assert_eq!(due(&fee, &project, &settings, 10), 1_000, "a full team");
        project.households /= 2;
        assert_eq!(due(&fee, &project, &settings, 10), 500);
    }

    #[test]
    fn a_loan_is_repaid_to_the_cent_with_interest() {
        let (mut settings, mut project) = (settings(&[]), project());
        settings.rates.finance_repay = 24.0;
        settings.rates.finance_interest = 0.12;
        let mut ledger = books(&project, 1_000_000);
        let mut flows = Flows::new(0, CostTable::without_items(1));
        let loan = contract(Instrument::Loan);
        for _ in 10..22 {
            owe(&mut project, &loan, 1_000, &settings);
        }
        let mut month = 22;
        while !project.debts.is_empty() {
            repay(&mut project, &mut ledger, &mut flows, &settings, month);
            month += 1;
        }
        let back = ledger.balance(Account::Closed(0));
        assert!(month <= 48, "repaid in month {month}");
        assert!(
            back > 13_000 && back < 14_500,
            "{back} cents came back of 12,000"
        );
        assert_eq!(flows.defaults, [0]);
    }

    #[test]
    fn what_a_team_cannot_repay_when_it_ends_is_a_default() {
        let (settings, mut project) = (settings(&[]), project());
        let mut ledger = books(&project, 300);
        let mut flows = Flows::new(0, CostTable::without_items(1));
        owe(&mut project, &contract(Instrument::Loan), 1_000, &settings);
        settle(&mut project, &mut ledger, &mut flows);
        assert_eq!((flows.defaults[0], project.debts.len()), (700, 0));
        assert_eq!(ledger.balance(Account::Closed(0)), 300);
    }

    #[test]
    fn an_investor_is_repaid_only_from_benefits_that_are_shown() {
        let (mut settings, mut project) = (settings(&[]), project());
        settings.rates.finance_repay = 12.0;
        settings.rates.finance_return = 0.0;
        let mut flows = Flows::new(0, CostTable::without_items(1));
        let mut ledger = books(&project, 1_000_000);
        owe(
            &mut project,
            &contract(Instrument::Investor),
            12_000,
            &settings,
        );
        repay(&mut project, &mut ledger, &mut flows, &settings, 22);
        assert_eq!(ledger.balance(Account::Closed(0)), 0, "nothing is shown");
        project.benefit = project.cost(settings.worker_cost);
        repay(&mut project, &mut ledger, &mut flows, &settings, 23);
        assert!(ledger.balance(Account::Closed(0)) > 0);
        project.benefit = 0;
        repay(&mut project, &mut ledger, &mut flows, &settings, 34);
        assert!(
            flows.defaults[0] > 0 && project.debts.is_empty(),
            "its loss"
        );
    }

    /// What came back to an investor of 60,000 cents, and what it lost, with so much benefit shown.
    fn invested(shown: f64, yearly: f64) -> (i64, i64) {
        let (mut settings, mut project) = (settings(&[]), project());
        settings.rates.finance_repay = 60.0;
        settings.rates.finance_return = yearly;
        project.benefit = (project.cost(settings.worker_cost) as f64 * shown).ceil() as i64;
        let mut flows = Flows::new(0, CostTable::without_items(1));
        let mut ledger = books(&project, 1_000_000);
        let stake = contract(Instrument::Investor);
        owe(&mut project, &stake, 60_000, &settings);
        for month in 10..82 {
            repay(&mut project, &mut ledger, &mut flows, &settings, month);
        }
        assert!(project.debts.is_empty(), "over after sixty months");
        (ledger.balance(Account::Closed(0)), flows.defaults[0])
    }

    #[test]
    fn an_investor_gets_back_the_part_for_which_benefit_is_shown() {
        assert_eq!(invested(0.5, 0.0), (30_000, 30_000));
        assert_eq!(invested(0.2, 0.0), (12_000, 48_000));
        assert_eq!(invested(1.0, 0.0), (60_000, 0));
    }

    #[test]
    fn nobody_loses_more_than_was_lent() {
        assert_eq!(invested(0.0, 0.05), (0, 60_000));
        let (back, lost) = invested(1.0, 0.05);
        assert!(back > 60_000 && lost == 0, "{back} {lost}");
        let (settings, mut project) = (settings(&[]), project());
        let mut flows = Flows::new(0, CostTable::without_items(1));
        let mut ledger = books(&project, 900);
        owe(&mut project, &contract(Instrument::Loan), 1_000, &settings);
        project.debts[0].owed += 500; // interest
        settle(&mut project, &mut ledger, &mut flows);
        assert_eq!(flows.defaults, [100]);
    }

    #[test]
    fn own_income_makes_a_borrower() {
        let (settings, mut project) = (settings(&[]), project());
        let back = |project: &Project| expected_back(Back::Interest, 1_000, project, 0, &settings);
        assert!(back(&project).abs() < 1e-12);
        project.sales = 500;
        assert!((back(&project) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn places_of_work_come_back_to_who_pays_benefit_and_nobody_owes_them() {
        let (settings, mut project) = (settings(&[]), project());
        let back = |project: &Project| expected_back(Back::Work, 1_000, project, 0, &settings);
        assert!(back(&project).abs() < 1e-12);
        project.relations[0].employs = 250;
        assert!((back(&project) - 0.25).abs() < 1e-12);
        owe(
            &mut project,
            &contract(Instrument::WageSupport),
            1_000,
            &settings,
        );
        assert!(project.debts.is_empty());
    }
}
