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
    project: MONTHS_LEFT, COST, COMMITTED, MEASUREMENT;
    leader: TIME_LEFT;
    payer: KIND, OPEN, TIE_LOW, BENEFIT, BENEFIT_SHARE, PROMISED, PENDING, REFUSED;
}

parameters! {
    /// Benefit capture.
    pub struct BenefitCapture {
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

impl Policy for BenefitCapture {
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

    fn check(&self) -> Result<()> {
        if self.latest > self.before {
            return Err(Error::failed(format!(
                "latest ({}) must be at most before ({}): who is asked without an analysis is asked \
                 later",
                self.latest, self.before
            )));
        }
        Ok(())
    }

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        for project in cx.projects() {
            let gainers: Vec<Payer<'_>> = project.payers().filter(Payer::is_institution).collect();
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
        let left = project.get(MONTHS_LEFT);
        let analysed = project.shows(Evidence::CostBenefit);
        project.is_standing() || left <= self.latest || (analysed && left <= self.before)
    }

    /// The analysis first; then contact with the gainers, most with who gains most.
    fn spend(&self, cx: &mut Context<'_>, project: Project<'_>, gainers: &[Payer<'_>]) {
        let mut left = project.get(TIME_LEFT);
        left -= cx.measure(project, Evidence::CostBenefit, self.measure.min(left));
        let weight = |payer: &Payer<'_>| payer.get(BENEFIT_SHARE) * (1.0 - payer.get(TIE_LOW));
        let all: f64 = gainers.iter().map(weight).sum();
        if all > 0.0 {
            let time = self.contact.min(left);
            for payer in gainers {
                cx.spend(payer.row(), Effort::Contact, time * weight(payer) / all);
            }
        }
    }

    /// A claim to each gainer, those first that gain most, until the cost is covered.
    fn ask(&self, cx: &mut Context<'_>, project: Project<'_>, gainers: &[Payer<'_>]) {
        let cost = project.get(COST);
        let mut gap = project.gap();
        for payer in ranked(gainers.iter().copied(), |p| [p.get(BENEFIT_SHARE)]) {
            let own = (cost as f64 * payer.get(BENEFIT_SHARE)) as i64;
            let gain = (self.capture * payer.get(BENEFIT) as f64) as i64;
            let wish = own.min(gain).min(gap);
            if wish <= 0 || payer.get(PROMISED) > 0 || !payer.hears(self.retry) {
                continue;
            }
            let instrument = self.way(&payer, wish, project);
            let months = match instrument {
                Instrument::Fee | Instrument::Tender => self.months as u32,
                _ => 0,
            };
            cx.claim(payer.row(), instrument, wish, months);
            gap -= wish;
        }
    }

    /// The way that fits a gainer: silos lend staff, a near one that is shown its gain binds a share
    /// of its budget, who insures pays for each trajectory, who gains little shows appreciation, and
    /// the rest orders by a tender once results are measured.
    fn way(&self, payer: &Payer<'_>, cents: i64, project: Project<'_>) -> Instrument {
        let analysed = project.shows(Evidence::CostBenefit);
        let small = (cents as f64) < self.small * project.get(COST) as f64;
        match payer.kind() {
            _ if small => Instrument::Appreciation,
            Some(PayerKind::Municipal) if analysed && payer.get(TIE_LOW) >= self.near => {
                Instrument::BaseFunding
            }
            Some(PayerKind::Municipal) => Instrument::SecondedStaff,
            Some(PayerKind::Insurer) => Instrument::Fee,
            _ if analysed => Instrument::Tender,
            _ => Instrument::Fee,
        }
    }
}

export_policy!(BenefitCapture);

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_sdk::testkit::{Town, claims, month, row, spending};

    fn town() -> Town {
        use PayerKind::{Corporation, Fund, Insurer, Municipal, State};
        let payers = [Municipal, Insurer, Corporation, Fund, State];
        let mut town = Town::ending(20, 4_000_000, &payers);
        town.project(0, MEASUREMENT, 3);
        for (payer, share) in [(0, 0.5), (1, 0.3), (2, 0.05), (4, 0.15)] {
            town.payer(0, payer, BENEFIT_SHARE, share);
            town.payer(0, payer, BENEFIT, (share * 8_000_000.0) as i64);
        }
        town
    }

    #[test]
    fn each_gainer_is_asked_for_its_part_in_the_way_that_fits_it() {
        use Instrument::{Appreciation, Fee, SecondedStaff, Tender};
        assert_eq!(
            claims(&month::<BenefitCapture>(&town())),
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
        town.payer(0, 0, TIE_LOW, 0.7);
        assert_eq!(
            claims(&month::<BenefitCapture>(&town))[0].1,
            Instrument::BaseFunding
        );
    }

    #[test]
    fn nobody_is_asked_for_more_than_it_gains() {
        let mut town = town();
        town.payer(0, 0, BENEFIT, 1_000_000);
        assert_eq!(claims(&month::<BenefitCapture>(&town))[0].2, 800_000);
    }

    #[test]
    fn the_analysis_comes_before_the_question() {
        let mut town = town();
        town.project(0, MEASUREMENT, 1);
        let commands = month::<BenefitCapture>(&town);
        assert!(claims(&commands).is_empty());
        let measuring = spending(&commands)[0];
        assert_eq!((measuring.1, measuring.2), (Effort::Measurement, 0.6));
        town.project(0, MONTHS_LEFT, 9);
        assert_eq!(claims(&month::<BenefitCapture>(&town)).len(), 4);
    }

    #[test]
    fn contact_goes_where_the_gain_is() {
        let shares = spending(&month::<BenefitCapture>(&town()));
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
        town.project(0, TIME_LEFT, 0.1);
        let spent: f64 = spending(&month::<BenefitCapture>(&town))
            .iter()
            .map(|s| s.2)
            .sum();
        assert!((spent - 0.1).abs() < 1e-12);
    }

    #[test]
    fn asking_without_an_analysis_before_asking_with_one_is_refused() {
        let late = BenefitCapture {
            before: 6,
            latest: 9,
            ..Default::default()
        };
        let error = late.check().expect_err("refused");
        assert!(error.message().contains("latest (9)"), "{error}");
    }
}
