//! Capturing benefits (verzilveren van baten, omkeringsdenken): start from who gains.
//!
//! "Where does this project generate benefits? [..] Sustaining is to capture a generated surplus
//! value across policy fields" by "appreciation contributions, seconded staff, small tailor-made
//! tenders, a percentage of base funding, fees per trajectory" (seed 002, 5.4.1). First a
//! cost-benefit analysis; then each gainer gets a claim of its own, no larger than what it gains,
//! in the way that fits it, with its own shown share as the argument. Funds and customers gain
//! nothing and are not asked.
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
    /// Strength of the tie at its weakest level.
    TIE_LOW: f64 = "payer.tie_low" ["share"];
    /// Benefit that the evidence shows this payer.
    BENEFIT: i64 = "payer.benefit" ["cent/month"];
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
    /// Parameters of benefit capture.
    pub struct CaptureParams {
        /// Months before the end of the running money in which gainers are asked, once there is an analysis.
        before: i64 ["month"] = 24, 1..=60;
        /// Months before the end in which they are asked, analysis or not.
        latest: i64 ["month"] = 9, 1..=60;
        /// Part of its gain that a gainer is asked for at most.
        capture: f64 ["share"] = 0.8, 0.05..=1.0;
        /// Part of the cost below which a gainer is asked for appreciation only.
        small: f64 ["share"] = 0.06, 0.0..=0.5;
        /// Weakest tie with a department from which it is asked for a share of its budget as base funding.
        near: f64 ["share"] = 0.6, 0.0..=1.0;
        /// Length of fees and tenders.
        months: i64 ["month"] = 36, 1..=120;
        /// Months after which a gainer that refused is asked again.
        retry: i64 ["month"] = 9, 1..=120;
        /// Leader time for the analysis until it is there.
        measure: f64 ["share"] = 0.6, 0.0..=0.8;
        /// Leader time for contact with the gainers, by what they gain.
        contact: f64 ["share"] = 0.25, 0.0..=0.6;
    }
}

/// Measurement level of a cost-benefit analysis.
const COST_BENEFIT: i64 = 3;

/// Benefit capture.
pub struct BenefitCapture {
    params: CaptureParams,
}

impl Policy for BenefitCapture {
    type Params = CaptureParams;
    const ABOUT: About = About {
        id: "benefit-capture",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "Benefit capture",
        name_nl: "Verzilveren van baten",
        doc: "After a cost-benefit analysis each gainer is asked for a part of its own gain, in the \
              way that fits it: staff, a fee, a tender, or a contribution out of appreciation.",
    };
    const ROLE: Role = Role::Network;
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn create(params: CaptureParams) -> Result<Self> {
        if params.latest > params.before {
            return Err(Error::failed(format!(
                "latest ({}) must be at most before ({}): who is asked without an analysis is asked \
                 later",
                params.latest, params.before
            )));
        }
        Ok(Self { params })
    }

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            let gainers: Vec<Payer<'_>> = project.payers().filter(can_gain).collect();
            self.spend(cx, project, &gainers);
            if self.asks(project) {
                self.ask(cx, project, &gainers);
            }
        }
        Ok(())
    }
}

impl BenefitCapture {
    /// Whether it is time to ask: as soon as there is an analysis, or when the end is near.
    fn asks(&self, project: Project<'_>) -> bool {
        let analysed = project.get(MEASUREMENT) >= COST_BENEFIT;
        let standing = project.get(MONTHS_LEFT) >= NO_END;
        let left = project.get(MONTHS_LEFT);
        standing || left <= self.params.latest || (analysed && left <= self.params.before)
    }

    /// The analysis first; then contact with the gainers, most with who gains most.
    fn spend(&self, cx: &mut Context<'_>, project: Project<'_>, gainers: &[Payer<'_>]) {
        let mut left = project.get(TIME_LEFT);
        if project.get(MEASUREMENT) < COST_BENEFIT {
            let share = self.params.measure.min(left);
            cx.spend(project.row(), Effort::Measurement, share);
            left -= share;
        }
        let weight = |payer: &Payer<'_>| payer.get(BENEFIT_SHARE) * (1.0 - payer.get(TIE_LOW));
        let all: f64 = gainers.iter().map(weight).sum();
        if all > 0.0 {
            let time = self.params.contact.min(left);
            for payer in gainers {
                cx.spend(payer.row(), Effort::Contact, time * weight(payer) / all);
            }
        }
    }

    /// A claim to each gainer, those first that gain most, until the cost is covered.
    fn ask(&self, cx: &mut Context<'_>, project: Project<'_>, gainers: &[Payer<'_>]) {
        let cost = project.get(COST);
        let pending: i64 = project.payers().map(|payer| payer.get(PENDING)).sum();
        let mut gap = cost - project.get(COMMITTED) - pending;
        let mut gainers = gainers.to_vec();
        // Stable: equals stay in the order of their ids.
        gainers.sort_by(|a, b| b.get(BENEFIT_SHARE).total_cmp(&a.get(BENEFIT_SHARE)));
        for payer in gainers {
            let own = (cost as f64 * payer.get(BENEFIT_SHARE)) as i64;
            let gain = (self.params.capture * payer.get(BENEFIT) as f64) as i64;
            let wish = own.min(gain).min(gap);
            let hears = payer.get(OPEN) == 1 && payer.get(REFUSED) >= self.params.retry;
            if wish <= 0 || !hears || payer.get(PROMISED) > 0 || payer.get(PENDING) > 0 {
                continue;
            }
            let instrument = self.way(&payer, wish, project);
            let months = match instrument {
                Instrument::Fee | Instrument::Tender => self.params.months as u32,
                _ => 0,
            };
            cx.claim(payer.row(), instrument, wish, months);
            gap -= wish;
        }
    }

    /// The way that fits a gainer: silos lend staff, a near one that is shown its gain binds a share of
    /// its budget, who insures pays for each trajectory, who gains
    /// little shows appreciation, and the rest orders by a tender once results are measured.
    fn way(&self, payer: &Payer<'_>, cents: i64, project: Project<'_>) -> Instrument {
        let analysed = project.get(MEASUREMENT) >= COST_BENEFIT;
        let small = (cents as f64) < self.params.small * project.get(COST) as f64;
        match PayerKind::from_code(payer.get(KIND)) {
            _ if small => Instrument::Appreciation,
            Some(PayerKind::Municipal) if analysed && payer.get(TIE_LOW) >= self.params.near => {
                Instrument::BaseFunding
            }
            Some(PayerKind::Municipal) => Instrument::SecondedStaff,
            Some(PayerKind::Insurer) => Instrument::Fee,
            _ if analysed => Instrument::Tender,
            _ => Instrument::Fee,
        }
    }
}

/// Parties that bear costs of problems, so that fewer problems are a gain.
fn can_gain(payer: &Payer<'_>) -> bool {
    matches!(
        PayerKind::from_code(payer.get(KIND)),
        Some(PayerKind::Municipal | PayerKind::State | PayerKind::Insurer | PayerKind::Corporation)
    )
}

export_policy!(BenefitCapture);

#[cfg(test)]
mod tests {
    use super::{BenefitCapture, CaptureParams};
    use zalm_sdk::prelude::*;
    use zalm_sdk::testkit::{Run, Town, claims, row, spending};

    fn town() -> Town {
        use PayerKind::{Corporation, Fund, Insurer, Municipal, State};
        let mut town = Town::new(1, &[Municipal, Insurer, Corporation, Fund, State]);
        town.project(0, "project.cost", 4_000_000)
            .project(0, "project.months_left", 20)
            .project(0, "project.measurement", 3);
        for (payer, share) in [(0, 0.5), (1, 0.3), (2, 0.05), (4, 0.15)] {
            town.payer(0, payer, "payer.benefit_share", share);
            town.payer(0, payer, "payer.benefit", share * 8_000_000.0);
        }
        town
    }

    fn month(town: &Town) -> Vec<Command> {
        Run::<BenefitCapture>::new(CaptureParams::default()).month(town)
    }

    #[test]
    fn each_gainer_is_asked_for_its_part_in_the_way_that_fits_it() {
        use Instrument::{Appreciation, Fee, SecondedStaff, Tender};
        assert_eq!(
            claims(&month(&town())),
            [
                (row(0, 0), SecondedStaff, 2_000_000, 0),
                (row(0, 1), Fee, 1_200_000, 36),
                (row(0, 4), Tender, 600_000, 36),
                (row(0, 2), Appreciation, 200_000, 0),
            ]
        );
    }

    #[test]
    fn a_near_department_is_asked_for_base_funding() {
        let mut town = town();
        town.payer(0, 0, "payer.tie_low", 0.7);
        assert_eq!(claims(&month(&town))[0].1, Instrument::BaseFunding);
    }

    #[test]
    fn nobody_is_asked_for_more_than_it_gains() {
        let mut town = town();
        town.payer(0, 0, "payer.benefit", 1_000_000);
        assert_eq!(claims(&month(&town))[0].2, 800_000);
    }

    #[test]
    fn the_analysis_comes_before_the_question() {
        let mut town = town();
        town.project(0, "project.measurement", 1);
        let commands = month(&town);
        assert!(claims(&commands).is_empty());
        let measuring = spending(&commands)[0];
        assert_eq!((measuring.1, measuring.2), (Effort::Measurement, 0.6));
        town.project(0, "project.months_left", 9);
        assert_eq!(claims(&month(&town)).len(), 4);
    }

    #[test]
    fn contact_goes_where_the_gain_is() {
        let shares = spending(&month(&town()));
        let of = |payer| {
            let found = shares.iter().find(|(at, ..)| *at == row(0, payer));
            found.map_or(0.0, |(.., share)| *share)
        };
        assert!(of(0) > of(1) && of(1) > of(4) && of(4) > of(2));
        assert!(of(3).abs() < 1e-12, "a fund gains nothing");
    }

    #[test]
    fn only_the_time_that_is_left_is_spent() {
        let mut town = town();
        town.project(0, "leader.time_left", 0.1);
        let spent: f64 = spending(&month(&town)).iter().map(|s| s.2).sum();
        assert!((spent - 0.1).abs() < 1e-12);
    }

    #[test]
    fn asking_without_an_analysis_before_asking_with_one_is_refused() {
        let params = CaptureParams {
            before: 6,
            latest: 9,
            ..CaptureParams::default()
        };
        let error = BenefitCapture::create(params).err().expect("refused");
        assert!(error.message().contains("latest (9)"), "{error}");
    }
}
