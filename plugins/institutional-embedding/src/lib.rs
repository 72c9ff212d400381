//! Institutional embedding (inbedding): elements are taken up by existing institutions.
//!
//! "The most common scenario is that when projects end, what was learnt is cut up and parcelled out
//! over the institutions" (seed 002, 5.2.1). The cost becomes several structural claims, each
//! institution its part. That "need not be wrong, provided it is done deliberately": then it starts
//! earlier, with contact with every institution that receives and with measurement before asking.
#![forbid(unsafe_code)]

use zalm_sdk::prelude::*;

columns! {
    project: MONTHS_LEFT, COST, COMMITTED, PLAN, MEASUREMENT;
    payer: KIND, OPEN, BENEFIT_SHARE, PROMISED, PENDING, REFUSED;
}

parameters! {
    /// Institutional embedding.
    pub struct Embedding {
        /// Whether it is done deliberately: earlier, with contact and measurement first.
        deliberate: bool = false;
        /// Months before the end of the running money in which the institutions are asked.
        prepare: i64 ["month"] = 12, 1..=60;
        /// The same when deliberate: from then on contact and measurement, and asking once outcomes are measured.
        prepare_deliberate: i64 ["month"] = 24, 1..=60;
        /// Months after which an institution that refused is asked again.
        retry: i64 ["month"] = 12, 1..=120;
        /// Leader time for contact with the receiving institutions together, when deliberate.
        contact: f64 ["share"] = 0.3, 0.0..=0.5;
        /// Leader time for measurement until outcomes are measured, when deliberate.
        measure: f64 ["share"] = 0.25, 0.0..=0.5;
    }
}

impl Policy for Embedding {
    const ABOUT: About = About {
        id: "institutional-embedding",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "Institutional embedding",
        name_nl: "Institutionele inbedding",
        doc: "Splits the cost over the institutions as structural subsidies, each its part of the \
              benefits shown; with deliberate = true earlier, with contact and measurement first.",
    };
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn check(&self) -> Result<()> {
        if self.deliberate && self.prepare_deliberate < self.prepare {
            return Err(Error::failed(format!(
                "prepare_deliberate ({}) must be at least prepare ({}): deliberate embedding starts \
                 earlier",
                self.prepare_deliberate, self.prepare
            )));
        }
        Ok(())
    }

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            cx.head_for(project, Form::Embedded);
            let receivers: Vec<Payer<'_>> =
                project.payers().filter(Payer::is_stakeholder).collect();
            if self.deliberate && project.get(MONTHS_LEFT) <= self.prepare_deliberate {
                cx.contact(&receivers, self.contact);
                cx.measure(project, Evidence::Outcome, self.measure);
            }
            if self.asks(project) {
                self.ask(cx, project, &receivers);
            }
        }
        Ok(())
    }
}

impl Embedding {
    /// Whether it is time to ask: near the end, or earlier when outcomes are measured.
    fn asks(&self, project: Project<'_>) -> bool {
        let left = project.get(MONTHS_LEFT);
        let measured = self.deliberate && project.shows(Evidence::Outcome);
        left <= self.prepare || (measured && left <= self.prepare_deliberate)
    }

    /// Asks each institution for its own part, and for no more: nobody takes over another's.
    fn ask(&self, cx: &mut Context<'_>, project: Project<'_>, receivers: &[Payer<'_>]) {
        if project.get(COMMITTED) >= project.get(COST) {
            return;
        }
        for (payer, part) in parts(project.get(COST), receivers, |p| p.get(BENEFIT_SHARE)) {
            if payer.get(PROMISED) == 0 && payer.hears(self.retry) {
                cx.claim(payer.row(), Instrument::StructuralSubsidy, part, 0);
            }
        }
    }
}

export_policy!(Embedding);

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_sdk::testkit::{Run, Town, asked, claims, efforts, row, spending};

    fn town(months_left: i64) -> Town {
        use PayerKind::{Corporation, Fund, Insurer, Municipal, State};
        let payers = [Municipal, Insurer, Corporation, Fund, State];
        Town::ending(months_left, 3_000_000, &payers)
    }

    fn month(town: &Town, deliberate: bool) -> Vec<Command> {
        Run::new(Embedding {
            deliberate,
            ..Default::default()
        })
        .month(town)
    }

    #[test]
    fn asks_equal_parts_while_nothing_is_shown() {
        let subsidy = |payer| (row(0, payer), Instrument::StructuralSubsidy, 1_000_000, 0);
        let commands = month(&town(12), false);
        assert_eq!(claims(&commands), [subsidy(0), subsidy(1), subsidy(2)]);
        assert!(
            spending(&commands).is_empty(),
            "careless embedding prepares nothing"
        );
    }

    #[test]
    fn asks_each_its_part_of_the_benefits_shown() {
        let mut town = town(12);
        town.payer(0, 0, BENEFIT_SHARE, 0.5)
            .payer(0, 1, BENEFIT_SHARE, 0.2);
        town.payer(0, 4, BENEFIT_SHARE, 0.3)
            .payer(0, 1, PROMISED, 600_000);
        let parts = [(row(0, 0), 1_500_000), (row(0, 4), 900_000)];
        assert_eq!(asked(&month(&town, false)), parts);
    }

    #[test]
    fn careless_embedding_starts_late() {
        assert!(claims(&month(&town(13), false)).is_empty());
    }

    #[test]
    fn deliberate_embedding_measures_before_it_asks() {
        let mut town = town(20);
        let commands = month(&town, true);
        assert!(claims(&commands).is_empty());
        use Effort::{Contact, Measurement};
        let spent = [(0, Contact), (1, Contact), (2, Contact), (0, Measurement)];
        assert_eq!(efforts(&commands), spent);
        town.project(0, MEASUREMENT, 2);
        assert_eq!(claims(&month(&town, true)).len(), 3);
    }

    #[test]
    fn a_start_that_is_not_earlier_is_refused() {
        let early = Embedding {
            deliberate: true,
            prepare_deliberate: 6,
            ..Default::default()
        };
        let error = early.check().expect_err("refused");
        assert!(
            error.message().contains("prepare_deliberate (6)"),
            "{error}"
        );
    }
}
