//! The stakeholder model (stakeholdersmodel): workers lifted out of the silos, silos pay.
//!
//! Integral teams "can stay by lifting the workers out of their silos for good, financed by those
//! silos, while the organisations that supply staff are no longer co-directors but stakeholders";
//! "impossible without firm municipal direction" (seed 002, 5.2.2). Every silo and institution is
//! asked to pay in proportion to its benefit, without end. The leader keeps working on the weakest
//! ties and on a cost-benefit analysis, and when some refuse or leave, asks those who stay for more.
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
    /// How well the project measures.
    MEASUREMENT: i64 = "project.measurement" ["level"];
    /// Kind of payer.
    KIND: i64 = "payer.kind" ["code"];
    /// Whether the payer considers new claims.
    OPEN: i64 = "payer.open" ["0 or 1"];
    /// Strength of the tie at its weakest level.
    TIE_LOW: f64 = "payer.tie_low" ["share"];
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
    /// Parameters of the stakeholder model.
    pub struct StakeholderParams {
        /// Months before the end of the running money in which the stakeholders are asked.
        before: i64 ["month"] = 18, 1..=60;
        /// Months after which a stakeholder that refused is asked again.
        retry: i64 ["month"] = 12, 1..=120;
        /// Number of stakeholders with the weakest ties that the leader works on at a time.
        focus: i64 ["payers"] = 3, 1..=20;
        /// Leader time for contact with them together.
        contact: f64 ["share"] = 0.3, 0.0..=0.5;
        /// Leader time for measurement until there is a cost-benefit analysis.
        measure: f64 ["share"] = 0.2, 0.0..=0.5;
        /// Part of the cost that may stay open without asking for a top-up.
        slack: f64 ["share"] = 0.02, 0.0..=0.5;
    }
}

/// Measurement level of a cost-benefit analysis.
const COST_BENEFIT: i64 = 3;

/// The stakeholder model.
pub struct StakeholderModel {
    params: StakeholderParams,
}

impl Policy for StakeholderModel {
    type Params = StakeholderParams;
    const ABOUT: About = About {
        id: "stakeholder-model",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "Stakeholder model",
        name_nl: "Stakeholdersmodel",
        doc: "Workers are lifted out of the silos; silos and institutions pay standing shares in \
              proportion to their benefits, and those who stay are asked for what others leave.",
    };
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn create(params: StakeholderParams) -> Result<Self> {
        Ok(Self { params })
    }

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            if project.get(PLAN) != i64::from(Form::Stakeholder.code()) {
                cx.plan(project.row(), Form::Stakeholder);
            }
            let stakeholders: Vec<Payer<'_>> = project.payers().filter(is_stakeholder).collect();
            self.work_on_ties(cx, &stakeholders);
            if project.get(MEASUREMENT) < COST_BENEFIT {
                cx.spend(project.row(), Effort::Measurement, self.params.measure);
            }
            // Once the silos pay, what one of them leaves is asked from the others at any time.
            let standing = project.get(FORM) == i64::from(Form::Stakeholder.code());
            if standing || project.get(MONTHS_LEFT) <= self.params.before {
                self.ask(cx, project, &stakeholders);
            }
        }
        Ok(())
    }
}

impl StakeholderModel {
    /// Contact with those whose weakest level is weakest.
    fn work_on_ties(&self, cx: &mut Context<'_>, stakeholders: &[Payer<'_>]) {
        let mut weakest = stakeholders.to_vec();
        weakest.sort_by(|a, b| a.get(TIE_LOW).total_cmp(&b.get(TIE_LOW)));
        weakest.truncate(self.params.focus as usize);
        for payer in &weakest {
            cx.spend(
                payer.row(),
                Effort::Contact,
                self.params.contact / weakest.len() as f64,
            );
        }
    }

    /// Asks every stakeholder for its part; when all have answered and it is not enough, asks those
    /// who pay for the rest.
    fn ask(&self, cx: &mut Context<'_>, project: Project<'_>, stakeholders: &[Payer<'_>]) {
        let cost = project.get(COST);
        let pending: i64 = project.payers().map(|payer| payer.get(PENDING)).sum();
        let gap = cost - project.get(COMMITTED) - pending;
        if (gap as f64) <= self.params.slack * cost as f64 {
            return;
        }
        let parts = split(cost, &shown(stakeholders));
        let first: Vec<(Payer<'_>, i64)> = stakeholders
            .iter()
            .copied()
            .zip(parts)
            .filter(|(payer, part)| *part > 0 && payer.get(PROMISED) == 0 && self.hears(payer))
            .collect();
        if first.is_empty() && pending == 0 {
            self.top_up(cx, gap, stakeholders);
        }
        for (payer, part) in first {
            self.claim(cx, payer, part.min(gap));
        }
    }

    /// Divides what is missing over those who have promised, by their benefits.
    fn top_up(&self, cx: &mut Context<'_>, gap: i64, stakeholders: &[Payer<'_>]) {
        let willing: Vec<Payer<'_>> = stakeholders
            .iter()
            .copied()
            .filter(|payer| payer.get(PROMISED) > 0 && self.hears(payer))
            .collect();
        for (payer, part) in willing.iter().zip(split(gap, &shown(&willing))) {
            if part > 0 {
                self.claim(cx, *payer, part);
            }
        }
    }

    fn claim(&self, cx: &mut Context<'_>, payer: Payer<'_>, cents: i64) {
        // Workers are lifted out for good, so nobody lends them: all pay.
        cx.claim(payer.row(), Instrument::StandingContribution, cents, 0);
    }

    /// Whether the payer can be asked now.
    fn hears(&self, payer: &Payer<'_>) -> bool {
        payer.get(OPEN) == 1 && payer.get(PENDING) == 0 && payer.get(REFUSED) >= self.params.retry
    }
}

fn shown(payers: &[Payer<'_>]) -> Vec<f64> {
    payers
        .iter()
        .map(|payer| payer.get(BENEFIT_SHARE))
        .collect()
}

/// Silos and institutions; the State only where the evidence shows it a benefit.
fn is_stakeholder(payer: &Payer<'_>) -> bool {
    match PayerKind::from_code(payer.get(KIND)) {
        Some(PayerKind::Municipal | PayerKind::Insurer | PayerKind::Corporation) => true,
        Some(PayerKind::State) => payer.get(BENEFIT_SHARE) > 0.0,
        Some(PayerKind::Fund | PayerKind::Market) | None => false,
    }
}

export_policy!(StakeholderModel);

#[cfg(test)]
mod tests {
    use super::{StakeholderModel, StakeholderParams};
    use zalm_sdk::prelude::*;
    use zalm_sdk::testkit::{Run, Town, claims, row, spending};

    fn town() -> Town {
        use PayerKind::{Corporation, Fund, Insurer, Municipal};
        let mut town = Town::new(1, &[Municipal, Municipal, Insurer, Corporation, Fund]);
        town.project(0, "project.cost", 4_000_000)
            .project(0, "project.months_left", 18);
        for (payer, share) in [(0, 0.4), (1, 0.3), (2, 0.2), (3, 0.1)] {
            town.payer(0, payer, "payer.benefit_share", share);
        }
        town
    }

    fn month(town: &Town) -> Vec<Command> {
        Run::<StakeholderModel>::new(StakeholderParams::default()).month(town)
    }

    fn asked(town: &Town) -> Vec<(u64, i64)> {
        claims(&month(town))
            .iter()
            .map(|claim| (claim.0, claim.2))
            .collect()
    }

    #[test]
    fn asks_standing_shares_by_benefit() {
        use Instrument::StandingContribution;
        assert_eq!(
            claims(&month(&town())),
            [
                (row(0, 0), StandingContribution, 1_600_000, 0),
                (row(0, 1), StandingContribution, 1_200_000, 0),
                (row(0, 2), StandingContribution, 800_000, 0),
                (row(0, 3), StandingContribution, 400_000, 0),
            ]
        );
    }

    #[test]
    fn works_on_the_weakest_ties_and_the_analysis_from_the_start() {
        let mut town = town();
        town.project(0, "project.months_left", 40);
        town.payer(0, 0, "payer.tie_low", 0.1)
            .payer(0, 1, "payer.tie_low", 0.9);
        let commands = month(&town);
        assert!(claims(&commands).is_empty());
        let rows: Vec<_> = spending(&commands).iter().map(|s| (s.0, s.1)).collect();
        use Effort::{Contact, Measurement};
        assert_eq!(
            rows,
            [(2, Contact), (3, Contact), (0, Contact), (0, Measurement)]
        );
    }

    #[test]
    fn asks_those_who_stay_for_what_others_leave() {
        let mut town = town();
        town.payer(0, 0, "payer.promised", 1_600_000)
            .payer(0, 2, "payer.promised", 800_000);
        town.payer(0, 1, "payer.refused", 2)
            .payer(0, 3, "payer.refused", 2);
        town.project(0, "project.committed", 2_400_000);
        assert_eq!(asked(&town), [(row(0, 0), 1_066_667), (row(0, 2), 533_333)]);
        // Not twice while the answer is awaited.
        town.payer(0, 0, "payer.pending", 1_066_667)
            .payer(0, 2, "payer.pending", 533_333);
        assert!(asked(&town).is_empty());
    }

    #[test]
    fn a_contribution_that_falls_away_is_asked_for_again() {
        let mut town = town();
        for (payer, cents) in [(0, 1_600_000), (2, 800_000), (3, 400_000)] {
            town.payer(0, payer, "payer.promised", cents);
        }
        town.project(0, "project.form", 3)
            .project(0, "project.committed", 2_800_000);
        town.project(0, "project.months_left", NO_END);
        // First the one that left; when it refuses, those who stay.
        assert_eq!(asked(&town), [(row(0, 1), 1_200_000)]);
        town.payer(0, 1, "payer.refused", 1);
        let more = [
            (row(0, 0), 685_714),
            (row(0, 2), 342_857),
            (row(0, 3), 171_429),
        ];
        assert_eq!(asked(&town), more);
        town.project(0, "project.committed", 4_000_000);
        assert!(asked(&town).is_empty());
    }
}
