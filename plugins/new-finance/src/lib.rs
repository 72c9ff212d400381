//! New ways of finance (nieuwe financieringswijzen): away from subsidy.
//!
//! Subsidy "paralyses all parties"; instead "interest-free loans, donations and credit, alternative
//! ways such as crowdfunding and private investors, [..] room for new people and ideas, and thinking
//! in alliances", with firms as partners too (seed 002, 5.3.3, 5.3.4 and 5.4.3). The leader builds an
//! alliance with funds, firms and residents, sells what can be sold, asks a fund to be a partner,
//! firms for hours, residents for a campaign, and the rest as a loan where the project is a company
//! that earns, or from an investor where the benefits are shown.
#![forbid(unsafe_code)]

use zalm_sdk::prelude::*;

columns! {
    project: MONTHS_LEFT, COST, COMMITTED, PLAN, MEASUREMENT, ECONOMIC, SALES;
    leader: TIME_LEFT;
    payer: KIND, OPEN, PROMISED, PENDING, REFUSED;
}

parameters! {
    /// New ways of finance.
    pub struct NewFinance {
        /// Months before the end of the running money in which partners are asked.
        before: i64 ["month"] = 18, 1..=60;
        /// Part of the cost that a fund is asked for as a partner.
        partner: f64 ["share"] = 0.15, 0.0..=1.0;
        /// Length of a partnership.
        partner_months: i64 ["month"] = 60, 12..=120;
        /// Part of the cost that firms are asked for in hours of their people.
        hours: f64 ["share"] = 0.1, 0.0..=0.5;
        /// Part of the cost that a campaign among residents is to bring in a year.
        crowd: f64 ["share"] = 0.05, 0.0..=0.5;
        /// Largest part of the cost that is borrowed, or asked from an investor.
        borrow: f64 ["share"] = 0.3, 0.0..=1.0;
        /// Months over which a loan or an investment is drawn.
        drawn: i64 ["month"] = 24, 1..=120;
        /// Months after which one that refused is asked again.
        retry: i64 ["month"] = 9, 1..=120;
        /// Leader time for the alliance with funds, firms and residents.
        contact: f64 ["share"] = 0.35, 0.0..=0.6;
        /// Leader time for sales, where there is something to sell.
        sales: f64 ["share"] = 0.25, 0.0..=0.6;
        /// Leader time for measurement until benefits are shown.
        measure: f64 ["share"] = 0.2, 0.0..=0.6;
    }
}

/// Share that could be earned from which there is something to sell.
const SELLS: f64 = 0.02;
/// Months that gifts of a campaign and hours of firms last.
const YEAR: u32 = 12;

impl Policy for NewFinance {
    const ABOUT: About = About {
        id: "new-finance",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "New ways of finance",
        name_nl: "Nieuwe financieringswijzen",
        doc: "An alliance of funds, firms and residents: a partnership with a fund, hours of firms, a \
              campaign, and for the rest a loan from own income or an investor who is shown benefits.",
    };
    const ROLE: Role = Role::Financing;
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            self.spend(cx, project);
            if project.get(MONTHS_LEFT) <= self.before || project.is_standing() {
                self.ask(cx, project);
            }
        }
        Ok(())
    }
}

impl NewFinance {
    /// Sales, figures and the alliance, in that order, of the time that is left.
    fn spend(&self, cx: &mut Context<'_>, project: Project<'_>) {
        let mut left = project.get(TIME_LEFT);
        if project.get(ECONOMIC) >= SELLS {
            let share = self.sales.min(left);
            cx.spend(project.row(), Effort::Sales, share);
            left -= share;
        }
        left -= cx.measure(project, Evidence::CostBenefit, self.measure.min(left));
        let allies: Vec<Payer<'_>> = project.payers().filter(is_ally).collect();
        cx.contact(&allies, self.contact.min(left));
    }

    /// What each ally can give; what is open after that is borrowed, if anybody lends.
    fn ask(&self, cx: &mut Context<'_>, project: Project<'_>) {
        let cost = project.get(COST) as f64;
        let mut gap = (project.gap() - project.get(SALES)) as f64;
        for ally in project.payers().filter(|payer| payer.hears(self.retry)) {
            if gap < 1.0 {
                return;
            }
            let (instrument, part, months) = match ally.kind() {
                Some(PayerKind::Fund) if ally.get(PROMISED) == 0 => self.fund(project),
                Some(PayerKind::Corporation) if ally.get(PROMISED) == 0 => {
                    (Instrument::BusinessInKind, self.hours, YEAR)
                }
                Some(PayerKind::Market) => self.market(project, &ally),
                _ => continue,
            };
            let wish = (part * cost).min(gap);
            if wish >= 1.0 {
                cx.claim(ally.row(), instrument, wish as i64, months);
                gap -= wish;
            }
        }
    }

    /// A fund is asked to be a partner once there is a baseline; before that for a gift.
    fn fund(&self, project: Project<'_>) -> (Instrument, f64, u32) {
        if project.shows(Evidence::Baseline) {
            let months = self.partner_months as u32;
            (Instrument::FundPartnership, self.partner, months)
        } else {
            (Instrument::Gift, self.crowd, YEAR)
        }
    }

    /// Firms and residents: a campaign first; who has given is asked to lend to a company that
    /// earns, or to invest in benefits that are shown; otherwise for hours.
    fn market(&self, project: Project<'_>, ally: &Payer<'_>) -> (Instrument, f64, u32) {
        let drawn = self.drawn as u32;
        let company = project.get(PLAN) == i64::from(Form::Enterprise.code());
        if ally.get(PROMISED) == 0 {
            (Instrument::Crowdfunding, self.crowd, YEAR)
        } else if company && project.get(SALES) > 0 {
            (Instrument::Loan, self.borrow, drawn)
        } else if project.shows(Evidence::CostBenefit) {
            (Instrument::Investor, self.borrow, drawn)
        } else {
            (Instrument::BusinessInKind, self.hours, YEAR)
        }
    }
}

/// Funds, firms and residents; a corporation is a firm in the neighbourhood.
fn is_ally(payer: &Payer<'_>) -> bool {
    matches!(
        payer.kind(),
        Some(PayerKind::Fund | PayerKind::Market | PayerKind::Corporation)
    )
}

export_policy!(NewFinance);

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_sdk::testkit::{Town, asked, claims, efforts, month, row};

    fn town() -> Town {
        use PayerKind::{Corporation, Fund, Market, Municipal};
        let mut town = Town::ending(18, 4_000_000, &[Municipal, Corporation, Fund, Market]);
        town.project(0, MEASUREMENT, 1);
        town
    }

    #[test]
    fn each_ally_is_asked_for_what_it_can_give() {
        use Instrument::{BusinessInKind, Crowdfunding, FundPartnership};
        assert_eq!(
            claims(&month::<NewFinance>(&town())),
            [
                (row(0, 1), BusinessInKind, 400_000, 12),
                (row(0, 2), FundPartnership, 600_000, 60),
                (row(0, 3), Crowdfunding, 200_000, 12),
            ]
        );
    }

    #[test]
    fn a_company_that_earns_borrows() {
        let mut town = town();
        town.project(0, PLAN, 4)
            .project(0, SALES, 500_000)
            .project(0, COMMITTED, 200_000);
        town.payer(0, 3, PROMISED, 200_000);
        let asked = claims(&month::<NewFinance>(&town));
        assert_eq!(asked[2], (row(0, 3), Instrument::Loan, 1_200_000, 24));
    }

    #[test]
    fn an_investor_comes_when_benefits_are_shown() {
        let mut town = town();
        town.project(0, MEASUREMENT, 3);
        town.payer(0, 3, PROMISED, 200_000);
        let asked = claims(&month::<NewFinance>(&town));
        assert_eq!(asked[2].1, Instrument::Investor);
    }

    #[test]
    fn no_more_is_asked_than_is_missing() {
        let mut town = town();
        town.project(0, COMMITTED, 3_500_000);
        let asked = asked(&month::<NewFinance>(&town));
        assert_eq!(asked.iter().map(|(_, cents)| cents).sum::<i64>(), 500_000);
    }

    #[test]
    fn sells_only_what_there_is_to_sell() {
        let spent = |town: &Town| efforts(&month::<NewFinance>(town));
        assert!(!spent(&town()).contains(&(0, Effort::Sales)));
        let mut seller = town();
        seller.project(0, ECONOMIC, 0.4);
        assert_eq!(spent(&seller)[0], (0, Effort::Sales));
    }
}
