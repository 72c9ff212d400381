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
    /// Months until the running money ends.
    MONTHS_LEFT: i64 = "project.months_left" ["month"];
    /// Cost of the full team.
    COST: i64 = "project.cost" ["cent/month"];
    /// Money promised for afterwards.
    COMMITTED: i64 = "project.committed" ["cent/month"];
    /// How well the project measures.
    MEASUREMENT: i64 = "project.measurement" ["level"];
    /// Leader time that is left this month.
    TIME_LEFT: f64 = "leader.time_left" ["month"];
    /// Kind of payer.
    KIND: i64 = "payer.kind" ["code"];
    /// Whether the payer considers new claims.
    OPEN: i64 = "payer.open" ["0 or 1"];
    /// The payer's openness to work that crosses its borders.
    OPENNESS: f64 = "payer.openness" ["share"];
    /// Strength of the tie at its weakest level.
    TIE_LOW: f64 = "payer.tie_low" ["share"];
    /// The payer's part of the benefits shown.
    BENEFIT_SHARE: f64 = "payer.benefit_share" ["share"];
    /// Old capacity that the payer could close.
    CAPACITY: i64 = "payer.capacity" ["cent/month"];
    /// What the payer has promised for afterwards.
    PROMISED: i64 = "payer.promised" ["cent/month"];
    /// Claims that await the payer's decision.
    PENDING: i64 = "payer.pending" ["cent/month"];
    /// Months since the payer last refused this project.
    REFUSED: i64 = "payer.refused" ["month"];
}

parameters! {
    /// Parameters of new for old.
    pub struct SwapParams {
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

/// Measurement level of a cost-benefit analysis.
const COST_BENEFIT: i64 = 3;

/// New for old.
pub struct NewForOld {
    params: SwapParams,
}

impl Policy for NewForOld {
    type Params = SwapParams;
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

    fn create(params: SwapParams) -> Result<Self> {
        Ok(Self { params })
    }

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            let mut silos: Vec<Payer<'_>> = project.payers().filter(has_old).collect();
            // Stable: equals stay in the order of their ids.
            silos.sort_by(|a, b| b.get(OPENNESS).total_cmp(&a.get(OPENNESS)));
            self.spend(cx, project, &silos);
            self.ask(cx, project, &silos);
        }
        Ok(())
    }
}

impl NewForOld {
    /// Measurement until the gains are shown, and contact with those who have not promised yet.
    fn spend(&self, cx: &mut Context<'_>, project: Project<'_>, silos: &[Payer<'_>]) {
        let mut left = project.get(TIME_LEFT);
        if project.get(MEASUREMENT) < COST_BENEFIT {
            let share = self.params.measure.min(left);
            cx.spend(project.row(), Effort::Measurement, share);
            left -= share;
        }
        let mut next: Vec<&Payer<'_>> = silos.iter().filter(|p| p.get(PROMISED) == 0).collect();
        next.sort_by(|a, b| a.get(TIE_LOW).total_cmp(&b.get(TIE_LOW)));
        next.truncate(self.params.at_once as usize);
        let time = self.params.contact.min(left);
        for payer in &next {
            let share = time / next.len() as f64;
            cx.spend(payer.row(), Effort::Contact, share);
        }
    }

    fn ask(&self, cx: &mut Context<'_>, project: Project<'_>, silos: &[Payer<'_>]) {
        let (cost, left) = (project.get(COST), project.get(MONTHS_LEFT));
        let pending: i64 = project.payers().map(|payer| payer.get(PENDING)).sum();
        let mut gap = cost - project.get(COMMITTED) - pending;
        let standing = left >= NO_END;
        let analysed = project.get(MEASUREMENT) >= COST_BENEFIT;
        let from = if analysed {
            self.params.before
        } else {
            self.params.latest
        };
        let early = left > from && !standing;
        if early || gap as f64 <= self.params.slack * cost as f64 {
            return;
        }
        let asked = silos.iter().filter(|payer| payer.get(PENDING) > 0).count();
        let mut places = (self.params.at_once as usize).saturating_sub(asked);
        let shown: Vec<f64> = silos.iter().map(|p| p.get(BENEFIT_SHARE)).collect();
        for (payer, part) in silos.iter().zip(split(cost, &shown)) {
            if payer.get(OPEN) == 0 || payer.get(PENDING) > 0 || payer.get(PROMISED) > 0 {
                continue;
            }
            let capacity = (self.params.largest * payer.get(CAPACITY) as f64) as i64;
            let refused = payer.get(REFUSED) < self.params.retry;
            let late = left <= self.params.on_top && !standing;
            let (wish, closes) = if refused && late {
                (part.min(gap), false)
            } else {
                (part.min(capacity).min(gap), true)
            };
            if wish <= 0 || places == 0 || (refused && !late) {
                continue;
            }
            let row = payer.row();
            if closes {
                cx.claim_for_old(row, Instrument::StandingContribution, wish, 0);
            } else {
                cx.claim(row, Instrument::StandingContribution, wish, 0);
            }
            gap -= wish;
            places -= 1;
        }
    }
}

/// Institutions with old capacity of their own.
fn has_old(payer: &Payer<'_>) -> bool {
    let kind = PayerKind::from_code(payer.get(KIND));
    let silo = matches!(
        kind,
        Some(PayerKind::Municipal | PayerKind::State | PayerKind::Insurer | PayerKind::Corporation)
    );
    silo && payer.get(CAPACITY) > 0
}

export_policy!(NewForOld);

#[cfg(test)]
mod tests {
    use super::{NewForOld, SwapParams};
    use zalm_sdk::prelude::*;
    use zalm_sdk::testkit::{Run, Town, claims, row, spending};

    fn town() -> Town {
        use PayerKind::{Fund, Insurer, Municipal};
        let mut town = Town::new(1, &[Municipal, Municipal, Insurer, Fund]);
        town.project(0, "project.cost", 4_000_000)
            .project(0, "project.months_left", 20)
            .project(0, "project.measurement", 3);
        for (payer, openness, share) in [(0, 0.3, 0.5), (1, 0.6, 0.3), (2, 0.1, 0.2)] {
            town.payer(0, payer, "payer.openness", openness)
                .payer(0, payer, "payer.benefit_share", share)
                .payer(0, payer, "payer.capacity", 50_000_000);
        }
        town
    }

    fn month(town: &Town) -> Vec<Command> {
        Run::<NewForOld>::new(SwapParams::default()).month(town)
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
        month(town).iter().filter_map(claim).collect()
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
        town.payer(0, 1, "payer.promised", 1_200_000)
            .payer(0, 0, "payer.pending", 2_000_000)
            .project(0, "project.committed", 1_200_000);
        assert_eq!(asked(&town), [(row(0, 2), 800_000, true)]);
        let params = SwapParams {
            at_once: 1,
            ..SwapParams::default()
        };
        let one = Run::<NewForOld>::new(params).month(&town);
        assert!(claims(&one).is_empty(), "one at a time");
    }

    #[test]
    fn nobody_is_asked_to_close_more_than_a_part() {
        let mut town = town();
        town.payer(0, 1, "payer.capacity", 2_000_000);
        assert_eq!(asked(&town)[0], (row(0, 1), 200_000, true));
        town.payer(0, 1, "payer.capacity", 0);
        assert_eq!(asked(&town)[0].0, row(0, 0), "nothing old to close");
    }

    #[test]
    fn who_refused_to_close_is_asked_for_money_on_top_only_near_the_end() {
        let mut town = town();
        for payer in 0..3 {
            town.payer(0, payer, "payer.refused", 2);
        }
        assert!(asked(&town).is_empty());
        town.project(0, "project.months_left", 6);
        assert!(asked(&town).iter().all(|(.., closes)| !closes));
        assert_eq!(asked(&town).len(), 3);
    }

    #[test]
    fn backing_and_figures_come_first() {
        let mut town = town();
        town.project(0, "project.measurement", 1);
        let commands = month(&town);
        let efforts: Vec<_> = spending(&commands).iter().map(|s| s.1).collect();
        use Effort::{Contact, Measurement};
        assert_eq!(efforts, [Measurement, Contact, Contact, Contact]);
        assert!(asked(&town).is_empty());
        town.project(0, "project.months_left", 14);
        assert_eq!(asked(&town).len(), 3);
    }
}
