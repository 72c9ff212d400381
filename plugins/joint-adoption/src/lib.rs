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
    /// The payer's openness to work that crosses its borders.
    OPENNESS: f64 = "payer.openness" ["share"];
    /// Strength of the tie with the payer.
    TIE: f64 = "payer.tie" ["share"];
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
    /// Parameters of joint adoption.
    pub struct JointParams {
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

/// Measurement level at which outcomes are measured.
const OUTCOME: i64 = 2;

/// Joint adoption.
pub struct JointAdoption {
    params: JointParams,
}

impl Policy for JointAdoption {
    type Params = JointParams;
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

    fn create(params: JointParams) -> Result<Self> {
        Ok(Self { params })
    }

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            if project.get(PLAN) != i64::from(Form::Joint.code()) {
                cx.plan(project.row(), Form::Joint);
            }
            let partners = self.partners(project);
            for payer in &partners {
                let share = self.params.contact / partners.len() as f64;
                cx.spend(payer.row(), Effort::Contact, share);
            }
            if project.get(MEASUREMENT) < OUTCOME {
                cx.spend(project.row(), Effort::Measurement, self.params.measure);
            }
            // Once adopted, what one calls back is asked from the others at any time.
            let adopted = project.get(FORM) == i64::from(Form::Joint.code());
            if adopted || project.get(MONTHS_LEFT) <= self.params.before {
                self.ask(cx, project, &partners);
            }
        }
        Ok(())
    }
}

impl JointAdoption {
    /// Institutions with workers of their own; who has promised stays, then the nearest and openest.
    fn partners<'a>(&self, project: Project<'a>) -> Vec<Payer<'a>> {
        let mut partners: Vec<Payer<'a>> = project.payers().filter(has_workers).collect();
        let near = |payer: &Payer<'_>| payer.get(TIE) + payer.get(OPENNESS);
        // Stable: equals stay in the order of their ids.
        partners.sort_by(|a, b| {
            let promised = (b.get(PROMISED) > 0).cmp(&(a.get(PROMISED) > 0));
            promised.then(near(b).total_cmp(&near(a)))
        });
        partners.truncate(self.params.partners as usize);
        partners.sort_by_key(Payer::row);
        partners
    }

    /// Asks each partner for its part by the key; when all have answered and it is not enough, those
    /// who lend are asked to lend more.
    fn ask(&self, cx: &mut Context<'_>, project: Project<'_>, partners: &[Payer<'_>]) {
        let cost = project.get(COST);
        let pending: i64 = project.payers().map(|payer| payer.get(PENDING)).sum();
        let mut gap = cost - project.get(COMMITTED) - pending;
        if gap as f64 <= self.params.slack * cost as f64 {
            return;
        }
        let parts = split(cost, &self.key(partners));
        let keyed = partners.iter().copied().zip(parts);
        let new: Vec<(Payer<'_>, i64)> = keyed
            .filter(|(payer, part)| *part > 0 && payer.get(PROMISED) == 0 && self.hears(payer))
            .collect();
        if new.is_empty() && pending == 0 {
            let lend: Vec<Payer<'_>> = partners
                .iter()
                .copied()
                .filter(|payer| payer.get(PROMISED) > 0 && self.hears(payer))
                .collect();
            for (payer, part) in lend.iter().zip(split(gap, &self.key(&lend))) {
                borrow(cx, payer, part);
            }
        }
        for (payer, part) in new {
            let part = part.min(gap);
            borrow(cx, &payer, part);
            gap -= part;
        }
    }

    /// Weights of the key.
    fn key(&self, partners: &[Payer<'_>]) -> Vec<f64> {
        let even = 1.0 / partners.len().max(1) as f64;
        let by = self.params.by_benefit;
        let weight = |payer: &Payer<'_>| by * payer.get(BENEFIT_SHARE) + (1.0 - by) * even;
        partners.iter().map(weight).collect()
    }

    /// Whether the payer can be asked now.
    fn hears(&self, payer: &Payer<'_>) -> bool {
        payer.get(OPEN) == 1 && payer.get(PENDING) == 0 && payer.get(REFUSED) >= self.params.retry
    }
}

fn borrow(cx: &mut Context<'_>, payer: &Payer<'_>, cents: i64) {
    if cents > 0 {
        cx.claim(payer.row(), Instrument::SecondedStaff, cents, 0);
    }
}

/// Institutions that employ, or contract, people who could join.
fn has_workers(payer: &Payer<'_>) -> bool {
    matches!(
        PayerKind::from_code(payer.get(KIND)),
        Some(PayerKind::Municipal | PayerKind::State | PayerKind::Insurer | PayerKind::Corporation)
    )
}

export_policy!(JointAdoption);

#[cfg(test)]
mod tests {
    use super::{JointAdoption, JointParams};
    use zalm_sdk::prelude::*;
    use zalm_sdk::testkit::{Run, Town, claims, row, spending};

    fn town() -> Town {
        use PayerKind::{Corporation, Fund, Insurer, Municipal};
        let mut town = Town::new(1, &[Municipal, Municipal, Insurer, Corporation, Fund]);
        town.project(0, "project.cost", 4_000_000)
            .project(0, "project.months_left", 18);
        for (payer, tie) in [(0, 0.6), (1, 0.5), (2, 0.1), (3, 0.4)] {
            town.payer(0, payer, "payer.tie", tie);
        }
        town
    }

    fn month(town: &Town, params: JointParams) -> Vec<Command> {
        Run::<JointAdoption>::new(params).month(town)
    }

    fn three() -> JointParams {
        JointParams {
            partners: 3,
            ..JointParams::default()
        }
    }

    #[test]
    fn the_nearest_lend_workers_by_the_key() {
        let mut town = town();
        // Half by benefit, half even: 0.5 x 0.4 + 0.5 / 3, and 0.5 / 3 for the others.
        town.payer(0, 0, "payer.benefit_share", 0.4);
        let asked = claims(&month(&town, three()));
        let lend = |payer, cents| (row(0, payer), Instrument::SecondedStaff, cents, 0);
        assert_eq!(
            asked,
            [lend(0, 2_095_238), lend(1, 952_381), lend(3, 952_381)]
        );
    }

    #[test]
    fn all_partners_sit_at_the_table_long_before_the_end() {
        let mut town = town();
        town.project(0, "project.months_left", 40);
        let commands = month(&town, three());
        assert!(claims(&commands).is_empty());
        let rows: Vec<_> = spending(&commands).iter().map(|s| (s.0, s.1)).collect();
        use Effort::{Contact, Measurement};
        assert_eq!(
            rows,
            [(0, Contact), (1, Contact), (3, Contact), (0, Measurement)]
        );
    }

    #[test]
    fn who_stays_is_asked_for_what_was_called_back() {
        let mut town = town();
        town.project(0, "project.form", 2)
            .project(0, "project.months_left", NO_END)
            .project(0, "project.committed", 3_000_000);
        town.payer(0, 0, "payer.promised", 2_000_000)
            .payer(0, 1, "payer.promised", 1_000_000);
        // First the third partner.
        let asked = claims(&month(&town, three()));
        assert_eq!(asked.len(), 1);
        assert_eq!((asked[0].0, asked[0].2), (row(0, 3), 1_000_000));
        town.payer(0, 3, "payer.refused", 2);
        let more: Vec<_> = claims(&month(&town, three()))
            .iter()
            .map(|c| (c.0, c.2))
            .collect();
        assert_eq!(more, [(row(0, 0), 500_000), (row(0, 1), 500_000)]);
    }

    #[test]
    fn nothing_is_asked_when_the_team_is_whole() {
        let mut town = town();
        town.project(0, "project.committed", 3_900_000);
        assert!(claims(&month(&town, three())).is_empty());
    }
}
