//! The project carousel (projectencarrousel): more of the same, the null alternative.
//!
//! "When incidental money threatens to stop, almost every project leader is at once inclined to do
//! more of the same: where can I ask new money for my project, which pot can I address?" and ends
//! up "with new pots of temporary money at the usual suspects" (seed 002, 5.4.1). Nothing is
//! prepared; in the last year the cost is asked as new temporary grants, from some pots at once,
//! those first who like what is new, and what they refuse from the next.
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
    /// Kind of payer.
    KIND: i64 = "payer.kind" ["code"];
    /// Whether the payer considers new claims.
    OPEN: i64 = "payer.open" ["0 or 1"];
    /// The payer's taste for what is new.
    NOVELTY: f64 = "payer.novelty" ["share"];
    /// The payer's openness to work that crosses its borders.
    OPENNESS: f64 = "payer.openness" ["share"];
    /// Claims that await the payer's decision.
    PENDING: i64 = "payer.pending" ["cent/month"];
    /// Months since the payer last refused this project.
    REFUSED: i64 = "payer.refused" ["month"];
}

parameters! {
    /// Parameters of the carousel.
    pub struct CarouselParams {
        /// Months before the end of the running money in which a new pot is sought.
        before: i64 ["month"] = 12, 1..=60;
        /// Pots that are asked at the same time, each for an equal part.
        pots: i64 ["payers"] = 3, 1..=10;
        /// Length of the temporary grant that is asked.
        months: i64 ["month"] = 36, 1..=120;
        /// Months after which a payer that refused is asked again.
        retry: i64 ["month"] = 12, 1..=120;
        /// Leader time for contact with the payers that are asked, together.
        contact: f64 ["share"] = 0.3, 0.0..=1.0;
    }
}

/// The carousel.
pub struct Carousel {
    params: CarouselParams,
}

impl Policy for Carousel {
    type Params = CarouselParams;
    const ABOUT: About = About {
        id: "carousel",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "Project carousel",
        name_nl: "Projectencarrousel",
        doc: "In the last year asks the cost as new temporary grants from some pots at once, and \
              what they refuse from the next; the null alternative.",
    };
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn create(params: CarouselParams) -> Result<Self> {
        Ok(Self { params })
    }

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            self.turn(cx, project);
        }
        Ok(())
    }
}

impl Carousel {
    /// One project's month: what is neither promised nor asked is asked from the next pots.
    fn turn(&self, cx: &mut Context<'_>, project: Project<'_>) {
        if project.get(PLAN) != i64::from(Form::Temporary.code()) {
            cx.plan(project.row(), Form::Temporary);
        }
        if project.get(MONTHS_LEFT) > self.params.before {
            return;
        }
        let asked: Vec<Payer<'_>> = project.payers().filter(|p| p.get(PENDING) > 0).collect();
        let pending: i64 = asked.iter().map(|payer| payer.get(PENDING)).sum();
        let gap = project.get(COST) - project.get(COMMITTED) - pending;
        let free = (self.params.pots as usize).saturating_sub(asked.len());
        let mut next = if gap > 0 {
            self.next_pots(project)
        } else {
            Vec::new()
        };
        next.truncate(free);
        for (payer, part) in next.iter().zip(split(gap.max(0), &vec![1.0; next.len()])) {
            if part > 0 {
                let months = self.params.months as u32;
                cx.claim(payer.row(), Instrument::TemporaryGrant, part, months);
            }
        }
        let courted: Vec<Payer<'_>> = asked.into_iter().chain(next).collect();
        for payer in &courted {
            let share = self.params.contact / courted.len() as f64;
            cx.spend(payer.row(), Effort::Contact, share);
        }
    }

    /// Payers of temporary money that have not lately refused, those first that like new things.
    fn next_pots<'a>(&self, project: Project<'a>) -> Vec<Payer<'a>> {
        let mut pots: Vec<Payer<'a>> = project
            .payers()
            .filter(|payer| gives_temporary_money(payer) && payer.get(OPEN) == 1)
            .filter(|payer| payer.get(PENDING) == 0 && payer.get(REFUSED) >= self.params.retry)
            .collect();
        // Stable: equals stay in the order of their ids.
        pots.sort_by(|a, b| {
            let openness = b.get(OPENNESS).total_cmp(&a.get(OPENNESS));
            b.get(NOVELTY).total_cmp(&a.get(NOVELTY)).then(openness)
        });
        pots
    }
}

/// Funds, the State and municipal departments give temporary grants.
fn gives_temporary_money(payer: &Payer<'_>) -> bool {
    matches!(
        PayerKind::from_code(payer.get(KIND)),
        Some(PayerKind::Fund | PayerKind::State | PayerKind::Municipal)
    )
}

export_policy!(Carousel);

#[cfg(test)]
mod tests {
    use super::{Carousel, CarouselParams};
    use zalm_sdk::prelude::*;
    use zalm_sdk::testkit::{Run, Town, claims, row, spending};

    fn town() -> Town {
        use PayerKind::{Fund, Insurer, Municipal};
        let mut town = Town::new(1, &[Municipal, Insurer, Fund, Fund]);
        town.project(0, "project.cost", 3_000_000)
            .project(0, "project.months_left", 12);
        town.payer(0, 1, "payer.novelty", 1.0);
        town.payer(0, 2, "payer.novelty", 0.7)
            .payer(0, 3, "payer.novelty", 0.9);
        town
    }

    fn month(town: &Town) -> Vec<Command> {
        Run::<Carousel>::new(CarouselParams::default()).month(town)
    }

    #[test]
    fn does_nothing_but_plan_while_there_is_time() {
        let mut town = town();
        town.project(0, "project.months_left", 13);
        assert_eq!(
            month(&town),
            [Command::Plan {
                row: 0,
                form: Form::Temporary
            }]
        );
    }

    #[test]
    fn asks_the_pots_that_like_novelty_most_for_equal_parts() {
        let commands = month(&town());
        let ask = |payer| (row(0, payer), Instrument::TemporaryGrant, 1_000_000, 36);
        assert_eq!(claims(&commands), [ask(3), ask(2), ask(0)]);
        let shares = spending(&commands);
        assert_eq!(shares.len(), 3);
        assert!((shares.iter().map(|(.., share)| share).sum::<f64>() - 0.3).abs() < 1e-12);
    }

    #[test]
    fn waits_for_the_answers_and_then_tries_the_next() {
        let mut town = town();
        for payer in [0, 2, 3] {
            town.payer(0, payer, "payer.pending", 1_000_000);
        }
        let commands = month(&town);
        assert_eq!((claims(&commands).len(), spending(&commands).len()), (0, 3));
        town.payer(0, 3, "payer.pending", 0)
            .payer(0, 3, "payer.refused", 1);
        assert!(
            claims(&month(&town)).is_empty(),
            "every other pot is asked already"
        );
        town.payer(0, 2, "payer.pending", 0);
        let asked = claims(&month(&town));
        assert_eq!(
            (asked.len(), asked[0].0, asked[0].2),
            (1, row(0, 2), 2_000_000)
        );
    }

    #[test]
    fn stops_asking_when_the_money_is_promised_or_nobody_is_left() {
        let mut town = town();
        town.project(0, "payer.refused", 3);
        assert!(claims(&month(&town)).is_empty());
        town.project(0, "payer.refused", NO_END)
            .project(0, "project.committed", 3_000_000);
        assert!(claims(&month(&town)).is_empty());
    }
}
