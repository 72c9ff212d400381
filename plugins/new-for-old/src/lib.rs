//! New for old (nieuw voor oud): who takes the new closes something old to pay for it.
//!
//! "Firm steering is needed to stop what does not work and to go on with new approaches"; interests
//! of organisations rule the talks, and the money for curing and for preventing sits with different
//! parties (seed 002, 5.4.4). So each silo is asked for its part together with the closing of as
//! much of its own old capacity. It resists what it loses. The leader therefore first earns the
//! backing of the political level and measures outcomes, and asks the silos one by one, those first
//! that are most open, so that what one has promised assures the next.
#![forbid(unsafe_code)]

use zalm_sdk::prelude::*;

columns! {
    project: MONTHS_LEFT, COST, COMMITTED, MEASUREMENT;
    leader: TIME_LEFT;
    payer: KIND, OPEN, OPENNESS, TIE_LOW, BENEFIT_SHARE, CAPACITY, PROMISED, PENDING, REFUSED;
}

parameters! {
    /// New for old.
    pub struct NewForOld {
        /// Months before the end of the running money in which the first silo is asked, once there is a cost-benefit analysis.
        before: i64 ["month"] = 24, 1..=60;
        /// Months before the end in which silos are asked, analysis or not.
        latest: i64 ["month"] = 14, 1..=60;
        /// Silos that are asked at the same time.
        at_once: i64 ["payers"] = 3, 1..=20;
        /// Largest part of a silo's old capacity that it is asked to close.
        largest: f64 ["share"] = 0.1, 0.01..=1.0;
        /// Months before the end from which a silo that refused to close is asked for money on top; 0 = never.
        on_top: i64 ["month"] = 6, 0..=60;
        /// Months after which a silo that refused is asked again.
        retry: i64 ["month"] = 9, 1..=120;
        /// Leader time for contact with the silos that are asked next.
        contact: f64 ["share"] = 0.25, 0.0..=0.6;
        /// Leader time for measurement until there is a cost-benefit analysis.
        measure: f64 ["share"] = 0.5, 0.0..=0.6;
        /// Part of the cost that may stay open without asking.
        slack: f64 ["share"] = 0.05, 0.0..=0.5;
    }
}

impl Policy for NewForOld {
    const ABOUT: About = About {
        id: "new-for-old",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "New for old",
        name_nl: "Nieuw voor oud",
        doc: "Silos are asked, one by one and the most open first, to pay their part by closing as \
              much of their own old capacity; near the end those who refuse are asked for money on top.",
    };
    const ROLE: Role = Role::Financing;
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            let silos = ranked(project.payers().filter(has_old), |p| [p.get(OPENNESS)]);
            self.spend(cx, project, &silos);
            if self.asks(project) {
                self.ask(cx, project, &silos);
            }
        }
        Ok(())
    }
}

impl NewForOld {
    /// Measurement until the gains are shown, and contact with those who have not promised yet.
    fn spend(&self, cx: &mut Context<'_>, project: Project<'_>, silos: &[Payer<'_>]) {
        let mut left = project.get(TIME_LEFT);
        left -= cx.measure(project, Evidence::CostBenefit, self.measure.min(left));
        let open = silos.iter().copied().filter(|p| p.get(PROMISED) == 0);
        let mut next = ranked(open, |payer| [-payer.get(TIE_LOW)]);
        next.truncate(self.at_once as usize);
        cx.contact(&next, self.contact.min(left));
    }

    /// Whether it is time, earlier with an analysis, and enough is missing.
    fn asks(&self, project: Project<'_>) -> bool {
        let from = if project.shows(Evidence::CostBenefit) {
            self.before
        } else {
            self.latest
        };
        let time = project.get(MONTHS_LEFT) <= from || project.is_standing();
        time && project.gap() as f64 > self.slack * project.get(COST) as f64
    }

    /// Asks the next silos to close their part; who refused that is asked for money on top near the
    /// end.
    fn ask(&self, cx: &mut Context<'_>, project: Project<'_>, silos: &[Payer<'_>]) {
        let mut gap = project.gap();
        let asked = silos.iter().filter(|payer| payer.get(PENDING) > 0).count();
        let mut places = (self.at_once as usize).saturating_sub(asked);
        let late = project.get(MONTHS_LEFT) <= self.on_top && !project.is_standing();
        for (payer, part) in parts(project.get(COST), silos, |p| p.get(BENEFIT_SHARE)) {
            let closes = payer.hears(self.retry);
            let hears = closes || (late && payer.hears(0));
            let capacity = (self.largest * payer.get(CAPACITY) as f64) as i64;
            let most = if closes { capacity } else { part };
            let wish = part.min(most).min(gap);
            if !hears || payer.get(PROMISED) > 0 || wish <= 0 || places == 0 {
                continue;
            }
            let ask = if closes {
                Context::claim_for_old
            } else {
                Context::claim
            };
            ask(cx, payer.row(), Instrument::StandingContribution, wish, 0);
            gap -= wish;
            places -= 1;
        }
    }
}

/// Institutions with old capacity of their own.
fn has_old(payer: &Payer<'_>) -> bool {
    payer.is_institution() && payer.get(CAPACITY) > 0
}

export_policy!(NewForOld);

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_sdk::testkit::{Run, Town, claims, efforts, month, row};

    fn town() -> Town {
        use PayerKind::{Fund, Insurer, Municipal};
        let mut town = Town::ending(20, 4_000_000, &[Municipal, Municipal, Insurer, Fund]);
        town.project(0, MEASUREMENT, 3);
        for (payer, openness, share) in [(0, 0.3, 0.5), (1, 0.6, 0.3), (2, 0.1, 0.2)] {
            town.payer(0, payer, OPENNESS, openness)
                .payer(0, payer, BENEFIT_SHARE, share)
                .payer(0, payer, CAPACITY, 50_000_000);
        }
        town
    }

    /// Row, cents a month, and whether the old closes for it.
    fn asked(town: &Town) -> Vec<(u64, i64, bool)> {
        let claim = |command: &Command| match command {
            Command::Claim {
                row,
                cents_per_month,
                closes,
                ..
            } => Some((*row, *cents_per_month, *closes)),
            _ => None,
        };
        month::<NewForOld>(town).iter().filter_map(claim).collect()
    }

    #[test]
    fn the_most_open_silos_are_asked_first_to_close_their_part() {
        let first = [
            (row(0, 1), 1_200_000, true),
            (row(0, 0), 2_000_000, true),
            (row(0, 2), 800_000, true),
        ];
        assert_eq!(asked(&town()), first);
    }

    #[test]
    fn the_next_is_asked_when_one_has_answered() {
        let mut town = town();
        town.payer(0, 1, PROMISED, 1_200_000)
            .payer(0, 0, PENDING, 2_000_000)
            .project(0, COMMITTED, 1_200_000);
        assert_eq!(asked(&town), [(row(0, 2), 800_000, true)]);
        let params = NewForOld {
            at_once: 1,
            ..NewForOld::default()
        };
        let one = Run::new(params).month(&town);
        assert!(claims(&one).is_empty(), "one at a time");
    }

    #[test]
    fn nobody_is_asked_to_close_more_than_a_part() {
        let mut town = town();
        town.payer(0, 1, CAPACITY, 2_000_000);
        assert_eq!(asked(&town)[0], (row(0, 1), 200_000, true));
        town.payer(0, 1, CAPACITY, 0);
        assert_eq!(asked(&town)[0].0, row(0, 0), "nothing old to close");
    }

    #[test]
    fn who_refused_to_close_is_asked_for_money_on_top_only_near_the_end() {
        let mut town = town();
        for payer in 0..3 {
            town.payer(0, payer, REFUSED, 2);
        }
        assert!(asked(&town).is_empty());
        town.project(0, MONTHS_LEFT, 6);
        assert!(asked(&town).iter().all(|(.., closes)| !closes));
        assert_eq!(asked(&town).len(), 3);
    }

    #[test]
    fn backing_and_figures_come_first() {
        let mut town = town();
        town.project(0, MEASUREMENT, 1);
        let commands = month::<NewForOld>(&town);
        use Effort::{Contact, Measurement};
        let spent = [(0, Measurement), (1, Contact), (0, Contact), (2, Contact)];
        assert_eq!(efforts(&commands), spent);
        assert!(asked(&town).is_empty());
        town.project(0, MONTHS_LEFT, 14);
        assert_eq!(asked(&town).len(), 3);
    }
}
