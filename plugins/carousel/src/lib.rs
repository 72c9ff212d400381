//! The project carousel (projectencarrousel): more of the same, the null alternative.
//!
//! "When incidental money threatens to stop, almost every project leader is at once inclined to do
//! more of the same: where can I ask new money for my project, which pot can I address?" and ends
//! up "with new pots of temporary money at the usual suspects" (seed 002, 5.4.1). Nothing is
//! prepared; in the last months the whole cost is asked as a new temporary grant, from one payer
//! after the other, those first who like what is new.

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
        before: i64 ["month"] = 6, 1..=60;
        /// Length of the temporary grant that is asked.
        months: i64 ["month"] = 36, 1..=120;
        /// Months after which a payer that refused is asked again.
        retry: i64 ["month"] = 12, 1..=120;
        /// Leader time for contact with the payer that is asked.
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
        name_en: "More of the same (project carousel)",
        name_nl: "Meer van hetzelfde (projectencarrousel)",
        doc: "In the last months asks the whole cost as a new temporary grant, from one payer \
              after the other; the null alternative.",
    };
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn create(params: CarouselParams) -> Result<Self> {
        Ok(Self { params })
    }

    fn step(&mut self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            self.turn(cx, project);
        }
        Ok(())
    }
}

impl Carousel {
    /// One project's month: wait for an answer, or try the next pot.
    fn turn(&self, cx: &mut Context<'_>, project: Project<'_>) {
        if project.get(PLAN) != i64::from(Form::Temporary.code()) {
            cx.plan(project.row(), Form::Temporary);
        }
        let gap = project.get(COST) - project.get(COMMITTED);
        if project.get(MONTHS_LEFT) > self.params.before || gap <= 0 {
            return;
        }
        let asked = project.payers().find(|payer| payer.get(PENDING) > 0);
        let courted = asked.or_else(|| self.next_pot(project));
        let Some(payer) = courted else { return };
        if asked.is_none() {
            cx.claim(
                payer.row(),
                Instrument::TemporaryGrant,
                gap,
                self.params.months as u32,
            );
        }
        cx.spend(payer.row(), Effort::Contact, self.params.contact);
    }

    /// The payer of temporary money that likes new things most and has not lately refused.
    fn next_pot<'a>(&self, project: Project<'a>) -> Option<Payer<'a>> {
        let appeal = |payer: &Payer<'_>| (payer.get(NOVELTY), payer.get(OPENNESS));
        project
            .payers()
            .filter(|payer| gives_temporary_money(payer) && payer.get(OPEN) == 1)
            .filter(|payer| payer.get(REFUSED) >= self.params.retry)
            .reduce(|best, next| {
                if appeal(&next) > appeal(&best) {
                    next
                } else {
                    best
                }
            })
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
            .project(0, "project.months_left", 6);
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
        town.project(0, "project.months_left", 7);
        assert_eq!(
            month(&town),
            [Command::Plan {
                row: 0,
                form: Form::Temporary
            }]
        );
    }

    #[test]
    fn asks_the_fund_that_likes_novelty_most_for_everything() {
        let asked = (row(0, 3), Instrument::TemporaryGrant, 3_000_000, 36);
        let commands = month(&town());
        assert_eq!(claims(&commands), [asked]);
        assert_eq!(spending(&commands), [(row(0, 3), Effort::Contact, 0.3)]);
    }

    #[test]
    fn waits_for_the_answer_and_then_tries_the_next() {
        let mut town = town();
        town.payer(0, 3, "payer.pending", 3_000_000);
        let commands = month(&town);
        assert_eq!((claims(&commands).len(), spending(&commands).len()), (0, 1));
        town.payer(0, 3, "payer.pending", 0)
            .payer(0, 3, "payer.refused", 1);
        assert_eq!(claims(&month(&town))[0].0, row(0, 2));
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
