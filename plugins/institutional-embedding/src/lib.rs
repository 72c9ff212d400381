//! Institutional embedding (inbedding): elements are taken up by existing institutions.
//!
//! "The most common scenario is that when projects end, what was learnt is cut up and parcelled out
//! over the institutions" (seed 002, 5.2.1). The cost becomes several structural claims, each
//! institution its part. That "need not be wrong, provided it is done deliberately": then it starts
//! earlier, with contact with every institution that receives and with measurement before asking.
#![forbid(unsafe_code)]

use zalm_sdk::prelude::*;

columns! {
    /// Months until the running money ends.
    MONTHS_LEFT: i64 = "project.months_left" ["month"];
    /// Cost of the full team.
    COST: i64 = "project.cost" ["cent/month"];
    /// Money promised for afterwards.
    COMMITTED: i64 = "project.committed" ["cent/month"];
    /// Form planned for afterwards.
    PLAN: i64 = "project.plan" ["code"];
    /// How well the project measures.
    MEASUREMENT: i64 = "project.measurement" ["level"];
    /// Kind of payer.
    KIND: i64 = "payer.kind" ["code"];
    /// Whether the payer considers new claims.
    OPEN: i64 = "payer.open" ["0 or 1"];
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
    /// Parameters of institutional embedding.
    pub struct EmbeddingParams {
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

/// Measurement level at which outcomes are measured.
const OUTCOME: i64 = 2;

/// Institutional embedding.
pub struct Embedding {
    params: EmbeddingParams,
}

impl Policy for Embedding {
    type Params = EmbeddingParams;
    const ABOUT: About = About {
        id: "institutional-embedding",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "Institutional embedding",
        name_nl: "Institutionele inbedding",
        doc: "Splits the cost over the institutions as structural subsidies, each its part of the \
              benefits shown; with deliberate = true earlier, with contact and measurement first.",
    };
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn create(params: EmbeddingParams) -> Result<Self> {
        if params.deliberate && params.prepare_deliberate < params.prepare {
            return Err(Error::failed(format!(
                "prepare_deliberate ({}) must be at least prepare ({}): deliberate embedding starts \
                 earlier",
                params.prepare_deliberate, params.prepare
            )));
        }
        Ok(Self { params })
    }

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            if project.get(PLAN) != i64::from(Form::Embedded.code()) {
                cx.plan(project.row(), Form::Embedded);
            }
            let receivers: Vec<Payer<'_>> = project.payers().filter(receives).collect();
            if self.params.deliberate {
                self.prepare(cx, project, &receivers);
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
        let measured = self.params.deliberate && project.get(MEASUREMENT) >= OUTCOME;
        left <= self.params.prepare || (measured && left <= self.params.prepare_deliberate)
    }

    /// Contact with every receiving institution, and measurement.
    fn prepare(&self, cx: &mut Context<'_>, project: Project<'_>, receivers: &[Payer<'_>]) {
        if project.get(MONTHS_LEFT) > self.params.prepare_deliberate {
            return;
        }
        for payer in receivers {
            let share = self.params.contact / receivers.len() as f64;
            cx.spend(payer.row(), Effort::Contact, share);
        }
        if project.get(MEASUREMENT) < OUTCOME {
            cx.spend(project.row(), Effort::Measurement, self.params.measure);
        }
    }

    /// Asks each institution for its own part, and for no more: nobody takes over another's.
    fn ask(&self, cx: &mut Context<'_>, project: Project<'_>, receivers: &[Payer<'_>]) {
        if project.get(COMMITTED) >= project.get(COST) {
            return;
        }
        let shown: Vec<f64> = receivers
            .iter()
            .map(|payer| payer.get(BENEFIT_SHARE))
            .collect();
        for (payer, part) in receivers.iter().zip(split(project.get(COST), &shown)) {
            let undecided = payer.get(PROMISED) > 0 || payer.get(PENDING) > 0;
            let hears = payer.get(OPEN) == 1 && payer.get(REFUSED) >= self.params.retry;
            if part > 0 && !undecided && hears {
                cx.claim(payer.row(), Instrument::StructuralSubsidy, part, 0);
            }
        }
    }
}

/// Institutions with a silo of their own; the State only where the evidence shows it a role.
fn receives(payer: &Payer<'_>) -> bool {
    match PayerKind::from_code(payer.get(KIND)) {
        Some(PayerKind::Municipal | PayerKind::Insurer | PayerKind::Corporation) => true,
        Some(PayerKind::State) => payer.get(BENEFIT_SHARE) > 0.0,
        Some(PayerKind::Fund | PayerKind::Market) | None => false,
    }
}

export_policy!(Embedding);

#[cfg(test)]
mod tests {
    use super::{Embedding, EmbeddingParams};
    use zalm_sdk::prelude::*;
    use zalm_sdk::testkit::{Run, Town, claims, row, spending};

    fn town(months_left: i64) -> Town {
        use PayerKind::{Corporation, Fund, Insurer, Municipal, State};
        let mut town = Town::new(1, &[Municipal, Insurer, Corporation, Fund, State]);
        town.project(0, "project.cost", 3_000_000)
            .project(0, "project.months_left", months_left);
        town
    }

    fn month(town: &Town, deliberate: bool) -> Vec<Command> {
        Run::<Embedding>::new(EmbeddingParams {
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
        town.payer(0, 0, "payer.benefit_share", 0.5)
            .payer(0, 1, "payer.benefit_share", 0.2);
        town.payer(0, 4, "payer.benefit_share", 0.3)
            .payer(0, 1, "payer.promised", 600_000);
        let asked: Vec<_> = claims(&month(&town, false))
            .iter()
            .map(|c| (c.0, c.2))
            .collect();
        assert_eq!(asked, [(row(0, 0), 1_500_000), (row(0, 4), 900_000)]);
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
        let efforts: Vec<_> = spending(&commands).iter().map(|s| s.1).collect();
        use Effort::{Contact, Measurement};
        assert_eq!(efforts, [Contact, Contact, Contact, Measurement]);
        town.project(0, "project.measurement", 2);
        assert_eq!(claims(&month(&town, true)).len(), 3);
    }

    #[test]
    fn a_start_that_is_not_earlier_is_refused() {
        let params = EmbeddingParams {
            deliberate: true,
            prepare_deliberate: 6,
            ..Default::default()
        };
        let error = Embedding::create(params).err().expect("refused");
        assert!(
            error.message().contains("prepare_deliberate (6)"),
            "{error}"
        );
    }
}
