//! The social enterprise (sociale onderneming): turnover on the market, and what it takes besides.
//!
//! "Only an option for projects that combine economic and social aims"; the entrepreneurs "get
//! turnover on the regular market and play many boards for additional means"; re-integration money
//! shrinks, so that surviving on ordinary turnover counts (seed 002, 5.2.3). The leader sells from
//! the first day. Near the end of the running money wage-cost support is asked from the silo that
//! bears what it costs to have none, and a fund is asked to bridge what is still missing.
#![forbid(unsafe_code)]

use zalm_sdk::prelude::*;

columns! {
    project: MONTHS_LEFT, COST, COMMITTED, FORM, PLAN, SALES;
    payer: KIND, OPEN, NOVELTY, BEARS_WORK, PROMISED, PENDING, REFUSED;
}

parameters! {
    /// The social enterprise.
    pub struct SocialEnterprise {
        /// Months before the end of the running money in which support and a bridge are asked.
        before: i64 ["month"] = 12, 1..=60;
        /// Leader time for sales.
        sales: f64 ["share"] = 0.5, 0.0..=0.8;
        /// Leader time for contact with the silo that is asked for wage-cost support.
        contact: f64 ["share"] = 0.1, 0.0..=0.2;
        /// Wage-cost support that is asked, as a part of the cost.
        support: f64 ["share"] = 0.3, 0.0..=1.0;
        /// Orders as social return that a corporation is asked for, as a part of the cost.
        social_return: f64 ["share"] = 0.1, 0.0..=1.0;
        /// Length of the wage-cost support; 0 = until it is ended.
        support_months: i64 ["month"] = 24, 0..=120;
        /// Length of the bridging grant of a fund.
        bridge_months: i64 ["month"] = 24, 1..=120;
        /// Part of the cost that may stay open without asking: sales go up and down.
        slack: f64 ["share"] = 0.1, 0.0..=0.5;
        /// Months after which a payer that refused is asked again.
        retry: i64 ["month"] = 12, 1..=120;
    }
}

impl Policy for SocialEnterprise {
    const ABOUT: About = About {
        id: "social-enterprise",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "Social enterprise",
        name_nl: "Sociale onderneming",
        doc: "The leader sells goods and services from the first day; wage-cost support and a \
              bridging grant are asked for what sales do not yet cover.",
    };
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            cx.head_for(project, Form::Enterprise);
            cx.spend(project.row(), Effort::Sales, self.sales);
            // An enterprise keeps playing many boards.
            let enterprise = project.form() == Some(Form::Enterprise);
            if enterprise || project.get(MONTHS_LEFT) <= self.before {
                self.seek_support(cx, project);
            }
        }
        Ok(())
    }
}

impl SocialEnterprise {
    /// Wage-cost support first, then orders as social return, then a bridge for what they leave open.
    fn seek_support(&self, cx: &mut Context<'_>, project: Project<'_>) {
        let cost = project.get(COST);
        let mut gap = project.gap() - project.get(SALES);
        if gap as f64 <= self.slack * cost as f64 {
            return;
        }
        let silo = payer_of_work(project);
        cx.contact(silo.as_slice(), self.contact);
        let boards = silo
            .into_iter()
            .map(|silo| (silo, Instrument::WageSupport, self.support));
        let buyers = of(project, PayerKind::Corporation)
            .map(|buyer| (buyer, Instrument::SocialReturn, self.social_return));
        for (payer, instrument, part) in boards.chain(buyers) {
            let wish = ((part * cost as f64) as i64).min(gap);
            if wish > 0 && payer.get(PROMISED) == 0 && payer.hears(self.retry) {
                cx.claim(payer.row(), instrument, wish, self.support_months as u32);
                gap -= wish;
            }
        }
        if gap > 0
            && let Some(fund) = self.bridge(project)
        {
            let months = self.bridge_months as u32;
            cx.claim(fund.row(), Instrument::TemporaryGrant, gap, months);
        }
    }

    /// The fund that likes new things most and has not lately refused; none while one is asked.
    fn bridge<'a>(&self, project: Project<'a>) -> Option<Payer<'a>> {
        if of(project, PayerKind::Fund).any(|fund| fund.get(PENDING) > 0) {
            return None;
        }
        let open = of(project, PayerKind::Fund).filter(|fund| fund.hears(self.retry));
        ranked(open, |fund| [fund.get(NOVELTY)]).first().copied()
    }
}

/// The municipal silo that bears what it costs to have no work.
fn payer_of_work(project: Project<'_>) -> Option<Payer<'_>> {
    of(project, PayerKind::Municipal).find(|silo| silo.get(BEARS_WORK) == 1)
}

/// The payers of one kind.
fn of(project: Project<'_>, kind: PayerKind) -> impl Iterator<Item = Payer<'_>> {
    let payers = project.payers();
    payers.filter(move |payer| payer.kind() == Some(kind))
}

export_policy!(SocialEnterprise);

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_sdk::testkit::{Town, claims, month, row, spending};

    fn town() -> Town {
        use PayerKind::{Fund, Market, Municipal};
        let mut town = Town::ending(12, 2_000_000, &[Municipal, Municipal, Fund, Fund, Market]);
        town.project(0, SALES, 400_000)
            .payer(0, 1, BEARS_WORK, 1)
            .payer(0, 2, NOVELTY, 0.8);
        town
    }

    #[test]
    fn sells_from_the_first_day() {
        let mut town = town();
        town.project(0, MONTHS_LEFT, 50);
        let commands = month::<SocialEnterprise>(&town);
        assert_eq!(spending(&commands), [(0, Effort::Sales, 0.5)]);
        assert!(claims(&commands).is_empty());
    }

    #[test]
    fn asks_the_payer_of_work_and_a_bridge_for_the_rest() {
        assert_eq!(
            claims(&month::<SocialEnterprise>(&town())),
            [
                (row(0, 1), Instrument::WageSupport, 600_000, 24),
                (row(0, 2), Instrument::TemporaryGrant, 1_000_000, 24),
            ]
        );
    }

    #[test]
    fn tries_another_fund_after_a_refusal_and_asks_for_nothing_twice() {
        let mut town = town();
        town.payer(0, 1, PENDING, 600_000).payer(0, 2, REFUSED, 1);
        let bridge = (row(0, 3), Instrument::TemporaryGrant, 1_000_000, 24);
        assert_eq!(claims(&month::<SocialEnterprise>(&town)), [bridge]);
        town.payer(0, 3, PENDING, 1_000_000);
        assert!(claims(&month::<SocialEnterprise>(&town)).is_empty());
    }

    #[test]
    fn who_orders_with_public_money_is_asked_for_social_return() {
        let payers = [PayerKind::Corporation, PayerKind::Market];
        let town = Town::ending(12, 2_000_000, &payers);
        let orders = (row(0, 0), Instrument::SocialReturn, 200_000, 24);
        assert_eq!(claims(&month::<SocialEnterprise>(&town)), [orders]);
    }

    #[test]
    fn own_turnover_replaces_support() {
        let mut town = town();
        town.project(0, SALES, 1_800_000);
        assert!(claims(&month::<SocialEnterprise>(&town)).is_empty());
    }

    #[test]
    fn an_enterprise_keeps_asking_when_sales_fall() {
        let mut town = town();
        town.project(0, FORM, 4).project(0, MONTHS_LEFT, NO_END);
        assert_eq!(claims(&month::<SocialEnterprise>(&town)).len(), 2);
    }
}
