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
    project: MONTHS_LEFT, COST, COMMITTED, PLAN;
    payer: KIND, OPEN, NOVELTY, OPENNESS, PENDING, REFUSED;
}

parameters! {
    /// The carousel.
    pub struct Carousel {
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

impl Policy for Carousel {
    const ABOUT: About = About {
        id: "carousel",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "Project carousel",
        name_nl: "Projectencarrousel",
        doc: "In the last year asks the cost as new temporary grants from some pots at once, and \
              what they refuse from the next; the null alternative.",
    };
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

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
        cx.head_for(project, Form::Temporary);
        if project.get(MONTHS_LEFT) > self.before {
            return;
        }
        let asked: Vec<Payer<'_>> = project.payers().filter(|p| p.get(PENDING) > 0).collect();
        let gap = project.gap();
        let mut next = Vec::new();
        if gap > 0 {
            next = self.next_pots(project);
            next.truncate((self.pots as usize).saturating_sub(asked.len()));
        }
        for (payer, part) in parts(gap, &next, |_| 1.0) {
            let months = self.months as u32;
            cx.claim(payer.row(), Instrument::TemporaryGrant, part, months);
        }
        cx.contact(&[asked, next].concat(), self.contact);
    }

    /// Payers of temporary money that have not lately refused, those first that like new things.
    fn next_pots<'a>(&self, project: Project<'a>) -> Vec<Payer<'a>> {
        let pots = project
            .payers()
            .filter(|payer| gives_temporary_money(payer) && payer.hears(self.retry));
        ranked(pots, |payer| [payer.get(NOVELTY), payer.get(OPENNESS)])
    }
}

/// Funds, the State and municipal departments give temporary grants.
fn gives_temporary_money(payer: &Payer<'_>) -> bool {
    matches!(
        payer.kind(),
        Some(PayerKind::Fund | PayerKind::State | PayerKind::Municipal)
    )
}

export_policy!(Carousel);

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_sdk::testkit::{Town, claims, month, row, spending};

    fn town() -> Town {
        use PayerKind::{Fund, Insurer, Municipal};
        let mut town = Town::ending(12, 3_000_000, &[Municipal, Insurer, Fund, Fund]);
        town.payer(0, 1, NOVELTY, 1.0);
        town.payer(0, 2, NOVELTY, 0.7).payer(0, 3, NOVELTY, 0.9);
        town
    }

    #[test]
    fn does_nothing_but_plan_while_there_is_time() {
        let mut town = town();
        town.project(0, MONTHS_LEFT, 13);
        assert_eq!(
            month::<Carousel>(&town),
            [Command::Plan {
                row: 0,
                form: Form::Temporary
            }]
        );
    }

    #[test]
    fn asks_the_pots_that_like_novelty_most_for_equal_parts() {
        let commands = month::<Carousel>(&town());
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
            town.payer(0, payer, PENDING, 1_000_000);
        }
        let commands = month::<Carousel>(&town);
        assert_eq!((claims(&commands).len(), spending(&commands).len()), (0, 3));
        town.payer(0, 3, PENDING, 0).payer(0, 3, REFUSED, 1);
        assert!(
            claims(&month::<Carousel>(&town)).is_empty(),
            "every other pot is asked already"
        );
        town.payer(0, 2, PENDING, 0);
        let asked = claims(&month::<Carousel>(&town));
        assert_eq!(
            (asked.len(), asked[0].0, asked[0].2),
            (1, row(0, 2), 2_000_000)
        );
    }

    #[test]
    fn stops_asking_when_the_money_is_promised_or_nobody_is_left() {
        let mut town = town();
        town.project(0, REFUSED, 3);
        assert!(claims(&month::<Carousel>(&town)).is_empty());
        town.project(0, REFUSED, NO_END)
            .project(0, COMMITTED, 3_000_000);
        assert!(claims(&month::<Carousel>(&town)).is_empty());
    }
}
