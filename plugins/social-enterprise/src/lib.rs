//! The social enterprise (sociale onderneming): turnover on the market, and what it takes besides.
//!
//! "Only an option for projects that combine economic and social aims"; the entrepreneurs "get
//! turnover on the regular market and play many boards for additional means"; re-integration money
//! shrinks, so that surviving on ordinary turnover counts (seed 002, 5.2.3). The leader sells from
//! the first day. Near the end of the running money wage-cost support is asked from the silo that
//! gains most from work, and a fund is asked to bridge what is still missing.
#![forbid(unsafe_code)]

use zalm_sdk::prelude::*;

columns! {
    /// Months until the running money ends.
    MONTHS_LEFT: i64 = "project.months_left" ["month"];
    /// Cost of the full team.
    COST: i64 = "project.cost" ["cent/month"];
    /// Money promised for afterwards.
    COMMITTED: i64 = "project.committed" ["cent/month"];
    /// Form now.
    FORM: i64 = "project.form" ["code"];
    /// Form planned for afterwards.
    PLAN: i64 = "project.plan" ["code"];
    /// Sales now.
    SALES: i64 = "project.sales" ["cent/month"];
    /// Kind of payer.
    KIND: i64 = "payer.kind" ["code"];
    /// Whether the payer considers new claims.
    OPEN: i64 = "payer.open" ["0 or 1"];
    /// Strength of the tie with the payer.
    TIE: f64 = "payer.tie" ["share"];
    /// The payer's taste for what is new.
    NOVELTY: f64 = "payer.novelty" ["share"];
    /// The payer's part of the benefits shown.
    BENEFIT_SHARE: f64 = "payer.benefit_share" ["share"];
    /// What the payer has promised for afterwards.
    PROMISED: i64 = "payer.promised" ["cent/month"];
    /// Claims that await the payer's decision.
    PENDING: i64 = "payer.pending" ["cent/month"];
    /// Months since the payer last refused this project.
    REFUSED: i64 = "payer.refused" ["month"];
}

parameters! {
    /// Parameters of the social enterprise.
    pub struct EnterpriseParams {
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

/// The social enterprise.
pub struct SocialEnterprise {
    params: EnterpriseParams,
}

impl Policy for SocialEnterprise {
    type Params = EnterpriseParams;
    const ABOUT: About = About {
        id: "social-enterprise",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "Social enterprise",
        name_nl: "Sociale onderneming",
        doc: "The leader sells goods and services from the first day; wage-cost support and a \
              bridging grant are asked for what sales do not yet cover.",
    };
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn create(params: EnterpriseParams) -> Result<Self> {
        Ok(Self { params })
    }

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            if project.get(PLAN) != i64::from(Form::Enterprise.code()) {
                cx.plan(project.row(), Form::Enterprise);
            }
            cx.spend(project.row(), Effort::Sales, self.params.sales);
            // An enterprise keeps playing many boards.
            let enterprise = project.get(FORM) == i64::from(Form::Enterprise.code());
            if enterprise || project.get(MONTHS_LEFT) <= self.params.before {
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
        let pending: i64 = project.payers().map(|payer| payer.get(PENDING)).sum();
        let mut gap = cost - project.get(SALES) - project.get(COMMITTED) - pending;
        if gap as f64 <= self.params.slack * cost as f64 {
            return;
        }
        if let Some(silo) = payer_of_work(project) {
            cx.spend(silo.row(), Effort::Contact, self.params.contact);
            let wish = ((self.params.support * cost as f64) as i64).min(gap);
            if wish > 0 && silo.get(PROMISED) == 0 && self.hears(&silo) {
                let months = self.params.support_months as u32;
                cx.claim(silo.row(), Instrument::WageSupport, wish, months);
                gap -= wish;
            }
        }
        for buyer in project.payers().filter(is_buyer) {
            let wish = ((self.params.social_return * cost as f64) as i64).min(gap);
            if wish > 0 && buyer.get(PROMISED) == 0 && self.hears(&buyer) {
                let months = self.params.support_months as u32;
                cx.claim(buyer.row(), Instrument::SocialReturn, wish, months);
                gap -= wish;
            }
        }
        let funded = project
            .payers()
            .filter(is_fund)
            .any(|fund| fund.get(PENDING) > 0);
        if gap > 0
            && !funded
            && let Some(fund) = self.bridge(project)
        {
            let months = self.params.bridge_months as u32;
            cx.claim(fund.row(), Instrument::TemporaryGrant, gap, months);
        }
    }

    /// The fund that likes new things most and has not lately refused.
    fn bridge<'a>(&self, project: Project<'a>) -> Option<Payer<'a>> {
        project
            .payers()
            .filter(|payer| is_fund(payer) && self.hears(payer))
            .reduce(|best, next| {
                if next.get(NOVELTY) > best.get(NOVELTY) {
                    next
                } else {
                    best
                }
            })
    }

    /// Whether the payer can be asked now.
    fn hears(&self, payer: &Payer<'_>) -> bool {
        payer.get(OPEN) == 1 && payer.get(PENDING) == 0 && payer.get(REFUSED) >= self.params.retry
    }
}

/// The municipal silo with the largest benefit shown; while nothing is shown, the strongest tie.
fn payer_of_work(project: Project<'_>) -> Option<Payer<'_>> {
    let claim = |payer: &Payer<'_>| (payer.get(BENEFIT_SHARE), payer.get(TIE));
    project
        .payers()
        .filter(|payer| PayerKind::from_code(payer.get(KIND)) == Some(PayerKind::Municipal))
        .reduce(|best, next| {
            if claim(&next) > claim(&best) {
                next
            } else {
                best
            }
        })
}

/// Who orders work with public money, and can ask that people without work do it.
fn is_buyer(payer: &Payer<'_>) -> bool {
    PayerKind::from_code(payer.get(KIND)) == Some(PayerKind::Corporation)
}

fn is_fund(payer: &Payer<'_>) -> bool {
    PayerKind::from_code(payer.get(KIND)) == Some(PayerKind::Fund)
}

export_policy!(SocialEnterprise);

#[cfg(test)]
mod tests {
    use super::{EnterpriseParams, SocialEnterprise};
    use zalm_sdk::prelude::*;
    use zalm_sdk::testkit::{Run, Town, claims, row, spending};

    fn town() -> Town {
        use PayerKind::{Fund, Market, Municipal};
        let mut town = Town::new(1, &[Municipal, Municipal, Fund, Fund, Market]);
        town.project(0, "project.cost", 2_000_000)
            .project(0, "project.months_left", 12);
        town.project(0, "project.sales", 400_000);
        town.payer(0, 1, "payer.benefit_share", 0.6)
            .payer(0, 2, "payer.novelty", 0.8);
        town
    }

    fn month(town: &Town) -> Vec<Command> {
        Run::<SocialEnterprise>::new(EnterpriseParams::default()).month(town)
    }

    #[test]
    fn sells_from_the_first_day() {
        let mut town = town();
        town.project(0, "project.months_left", 50);
        let commands = month(&town);
        assert_eq!(spending(&commands), [(0, Effort::Sales, 0.5)]);
        assert!(claims(&commands).is_empty());
    }

    #[test]
    fn asks_the_payer_of_work_and_a_bridge_for_the_rest() {
        assert_eq!(
            claims(&month(&town())),
            [
                (row(0, 1), Instrument::WageSupport, 600_000, 24),
                (row(0, 2), Instrument::TemporaryGrant, 1_000_000, 24),
            ]
        );
    }

    #[test]
    fn tries_another_fund_after_a_refusal_and_asks_for_nothing_twice() {
        let mut town = town();
        town.payer(0, 1, "payer.pending", 600_000)
            .payer(0, 2, "payer.refused", 1);
        let bridge = (row(0, 3), Instrument::TemporaryGrant, 1_000_000, 24);
        assert_eq!(claims(&month(&town)), [bridge]);
        town.payer(0, 3, "payer.pending", 1_000_000);
        assert!(claims(&month(&town)).is_empty());
    }

    #[test]
    fn who_orders_with_public_money_is_asked_for_social_return() {
        let mut town = Town::new(1, &[PayerKind::Corporation, PayerKind::Market]);
        town.project(0, "project.cost", 2_000_000)
            .project(0, "project.months_left", 12);
        let orders = (row(0, 0), Instrument::SocialReturn, 200_000, 24);
        assert_eq!(claims(&month(&town)), [orders]);
    }

    #[test]
    fn own_turnover_replaces_support() {
        let mut town = town();
        town.project(0, "project.sales", 1_800_000);
        assert!(claims(&month(&town)).is_empty());
    }

    #[test]
    fn an_enterprise_keeps_asking_when_sales_fall() {
        let mut town = town();
        town.project(0, "project.form", 4)
            .project(0, "project.months_left", NO_END);
        assert_eq!(claims(&month(&town)).len(), 2);
    }
}
