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
    project: MONTHS_LEFT, COST, COMMITTED, FORM, PLAN, MEASUREMENT;
    payer: KIND, OPEN, TIE_LOW, BENEFIT_SHARE, PROMISED, PENDING, REFUSED;
}

parameters! {
    /// The stakeholder model.
    pub struct StakeholderModel {
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

impl Policy for StakeholderModel {
    const ABOUT: About = About {
        id: "stakeholder-model",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "Stakeholder model",
        name_nl: "Stakeholdersmodel",
        doc: "Workers are lifted out of the silos; silos and institutions pay standing shares in \
              proportion to their benefits, and those who stay are asked for what others leave.",
    };
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            cx.head_for(project, Form::Stakeholder);
            let stakeholders = || project.payers().filter(Payer::is_stakeholder);
            let mut weakest = ranked(stakeholders(), |payer| [-payer.get(TIE_LOW)]);
            weakest.truncate(self.focus as usize);
            cx.contact(&weakest, self.contact);
            cx.measure(project, Evidence::CostBenefit, self.measure);
            // Once the silos pay, what one of them leaves is asked from the others at any time.
            let lifted = project.form() == Some(Form::Stakeholder);
            if lifted || project.get(MONTHS_LEFT) <= self.before {
                self.ask(cx, project, &stakeholders().collect::<Vec<_>>());
            }
        }
        Ok(())
    }
}

impl StakeholderModel {
    /// Asks each stakeholder to pay its part of the benefits: workers are lifted out for good, so
    /// nobody lends them.
    fn ask(&self, cx: &mut Context<'_>, project: Project<'_>, stakeholders: &[Payer<'_>]) {
        let shown = |payer: &Payer<'_>, _| payer.get(BENEFIT_SHARE);
        for (payer, part) in carried_together(project, stakeholders, shown, self.slack, self.retry)
        {
            cx.claim(payer.row(), Instrument::StandingContribution, part, 0);
        }
    }
}

export_policy!(StakeholderModel);

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_sdk::testkit::{Town, asked, claims, efforts, month, row};

    fn town() -> Town {
        use PayerKind::{Corporation, Fund, Insurer, Municipal};
        let payers = [Municipal, Municipal, Insurer, Corporation, Fund];
        let mut town = Town::ending(18, 4_000_000, &payers);
        for (payer, share) in [(0, 0.4), (1, 0.3), (2, 0.2), (3, 0.1)] {
            town.payer(0, payer, BENEFIT_SHARE, share);
        }
        town
    }

    #[test]
    fn asks_standing_shares_by_benefit() {
        use Instrument::StandingContribution;
        assert_eq!(
            claims(&month::<StakeholderModel>(&town())),
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
        town.project(0, MONTHS_LEFT, 40);
        town.payer(0, 0, TIE_LOW, 0.1).payer(0, 1, TIE_LOW, 0.9);
        let commands = month::<StakeholderModel>(&town);
        assert!(claims(&commands).is_empty());
        use Effort::{Contact, Measurement};
        let spent = [(2, Contact), (3, Contact), (0, Contact), (0, Measurement)];
        assert_eq!(efforts(&commands), spent);
    }

    #[test]
    fn asks_those_who_stay_for_what_others_leave() {
        let mut town = town();
        town.payer(0, 0, PROMISED, 1_600_000)
            .payer(0, 2, PROMISED, 800_000);
        town.payer(0, 1, REFUSED, 2).payer(0, 3, REFUSED, 2);
        town.project(0, COMMITTED, 2_400_000);
        assert_eq!(
            asked(&month::<StakeholderModel>(&town)),
            [(row(0, 0), 1_066_667), (row(0, 2), 533_333)]
        );
        // Not twice while the answer is awaited.
        town.payer(0, 0, PENDING, 1_066_667)
            .payer(0, 2, PENDING, 533_333);
        assert!(asked(&month::<StakeholderModel>(&town)).is_empty());
    }

    #[test]
    fn a_contribution_that_falls_away_is_asked_for_again() {
        let mut town = town();
        for (payer, cents) in [(0, 1_600_000), (2, 800_000), (3, 400_000)] {
            town.payer(0, payer, PROMISED, cents);
        }
        town.project(0, FORM, 3).project(0, COMMITTED, 2_800_000);
        town.project(0, MONTHS_LEFT, NO_END);
        // First the one that left; when it refuses, those who stay.
        assert_eq!(
            asked(&month::<StakeholderModel>(&town)),
            [(row(0, 1), 1_200_000)]
        );
        town.payer(0, 1, REFUSED, 1);
        let more = [
            (row(0, 0), 685_714),
            (row(0, 2), 342_857),
            (row(0, 3), 171_429),
        ];
        assert_eq!(asked(&month::<StakeholderModel>(&town)), more);
        town.project(0, COMMITTED, 4_000_000);
        assert!(asked(&month::<StakeholderModel>(&town)).is_empty());
    }
}
