//! Joint adoption (gezamenlijke adoptie, "regulier, tenzij"): institutions that act together make
//! the team regular work.
//!
//! "New alliances arise in which institutions work together structurally": where the regular silo
//! does not work, they scale up to a joint approach (seed 002, 5.2.2). Each lends workers, by a
//! key; the workers stay in its employ and all direct together. So nobody loses people for good, and
//! nobody can be made to stay. The leader brings all to one table, measures outcomes before the key
//! is divided, and asks those who stay to lend more when one calls its people back.
#![forbid(unsafe_code)]

use zalm_sdk::prelude::*;

columns! {
    project: MONTHS_LEFT, COST, COMMITTED, FORM, PLAN, MEASUREMENT;
    payer: KIND, OPEN, OPENNESS, TIE, BENEFIT_SHARE, PROMISED, PENDING, REFUSED;
}

parameters! {
    /// Joint adoption.
    pub struct JointAdoption {
        /// Months before the end of the running money in which the institutions are asked.
        before: i64 ["month"] = 18, 1..=60;
        /// How far the key follows the benefits shown; for the rest all lend the same.
        by_benefit: f64 ["share"] = 0.5, 0.0..=1.0;
        /// Institutions around the table: those that are nearest and most open.
        partners: i64 ["payers"] = 5, 2..=20;
        /// Months after which an institution that refused is asked again.
        retry: i64 ["month"] = 12, 1..=120;
        /// Leader time for the table: contact with all partners together.
        contact: f64 ["share"] = 0.35, 0.0..=0.6;
        /// Leader time for measurement until outcomes are measured.
        measure: f64 ["share"] = 0.2, 0.0..=0.4;
        /// Part of the cost that may stay open without asking for more.
        slack: f64 ["share"] = 0.05, 0.0..=0.5;
    }
}

impl Policy for JointAdoption {
    const ABOUT: About = About {
        id: "joint-adoption",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "Joint adoption (regular, unless)",
        name_nl: "Gezamenlijke adoptie (regulier, tenzij)",
        doc: "Institutions adopt the team together: each lends workers by a key and keeps them in its \
              employ; those who stay are asked to lend what others call back.",
    };
    const ROLE: Role = Role::Form;
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            cx.head_for(project, Form::Joint);
            let partners = self.partners(project);
            cx.contact(&partners, self.contact);
            cx.measure(project, Evidence::Outcome, self.measure);
            // Once adopted, what one calls back is asked from the others at any time.
            let adopted = project.form() == Some(Form::Joint);
            if adopted || project.get(MONTHS_LEFT) <= self.before {
                self.ask(cx, project, &partners);
            }
        }
        Ok(())
    }
}

impl JointAdoption {
    /// Institutions with workers of their own; who has promised stays, then the nearest and openest.
    fn partners<'a>(&self, project: Project<'a>) -> Vec<Payer<'a>> {
        let institutions = project.payers().filter(Payer::is_institution);
        let mut partners = ranked(institutions, |payer| {
            let promised = f64::from(payer.get(PROMISED) > 0);
            [promised, payer.get(TIE) + payer.get(OPENNESS)]
        });
        partners.truncate(self.partners as usize);
        partners.sort_by_key(Payer::row);
        partners
    }

    /// Asks each partner to lend its part by the key; when all have answered and it is not enough,
    /// those who lend are asked to lend more.
    fn ask(&self, cx: &mut Context<'_>, project: Project<'_>, partners: &[Payer<'_>]) {
        let key = |payer: &Payer<'_>, n| self.key(payer, n);
        for (payer, part) in carried_together(project, partners, key, self.slack, self.retry) {
            cx.claim(payer.row(), Instrument::SecondedStaff, part, 0);
        }
    }

    /// Weight of one of `n` partners in the key.
    fn key(&self, payer: &Payer<'_>, n: usize) -> f64 {
        let by = self.by_benefit;
        by * payer.get(BENEFIT_SHARE) + (1.0 - by) * (1.0 / n as f64)
    }
}

export_policy!(JointAdoption);

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_sdk::testkit::{Run, Town, asked, claims, efforts, row};

    fn town() -> Town {
        use PayerKind::{Corporation, Fund, Insurer, Municipal};
        let payers = [Municipal, Municipal, Insurer, Corporation, Fund];
        let mut town = Town::ending(18, 4_000_000, &payers);
        for (payer, tie) in [(0, 0.6), (1, 0.5), (2, 0.1), (3, 0.4)] {
            town.payer(0, payer, TIE, tie);
        }
        town
    }

    /// A month with room for three partners.
    fn month(town: &Town) -> Vec<Command> {
        Run::new(JointAdoption {
            partners: 3,
            ..Default::default()
        })
        .month(town)
    }

    #[test]
    fn the_nearest_lend_workers_by_the_key() {
        let mut town = town();
        // Half by benefit, half even: 0.5 x 0.4 + 0.5 / 3, and 0.5 / 3 for the others.
        town.payer(0, 0, BENEFIT_SHARE, 0.4);
        let asked = claims(&month(&town));
        let lend = |payer, cents| (row(0, payer), Instrument::SecondedStaff, cents, 0);
        assert_eq!(
            asked,
            [lend(0, 2_095_238), lend(1, 952_381), lend(3, 952_381)]
        );
    }

    #[test]
    fn all_partners_sit_at_the_table_long_before_the_end() {
        let mut town = town();
        town.project(0, MONTHS_LEFT, 40);
        let commands = month(&town);
        assert!(claims(&commands).is_empty());
        use Effort::{Contact, Measurement};
        let spent = [(0, Contact), (1, Contact), (3, Contact), (0, Measurement)];
        assert_eq!(efforts(&commands), spent);
    }

    #[test]
    fn who_stays_is_asked_for_what_was_called_back() {
        let mut town = town();
        town.project(0, FORM, 2)
            .project(0, MONTHS_LEFT, NO_END)
            .project(0, COMMITTED, 3_000_000);
        town.payer(0, 0, PROMISED, 2_000_000)
            .payer(0, 1, PROMISED, 1_000_000);
        // First the third partner.
        assert_eq!(asked(&month(&town)), [(row(0, 3), 1_000_000)]);
        town.payer(0, 3, REFUSED, 2);
        let more = [(row(0, 0), 500_000), (row(0, 1), 500_000)];
        assert_eq!(asked(&month(&town)), more);
    }

    #[test]
    fn nothing_is_asked_when_the_team_is_whole() {
        let mut town = town();
        town.project(0, COMMITTED, 3_900_000);
        assert!(claims(&month(&town)).is_empty());
    }
}
