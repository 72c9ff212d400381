//! Kaplan-Meier survival with Greenwood's variance and log-log intervals; restricted mean.

use super::normal_quantile;

/// How long something lasted, and whether it ended or was last seen going on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spell {
    /// Length, 0 or more, in any one unit of time.
    pub time: f64,
    /// Whether it ended at that time; `false` is censored.
    pub ended: bool,
}

/// One step of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KaplanMeierStep {
    /// Time of the ends.
    pub time: f64,
    /// Spells at risk just before.
    pub at_risk: u32,
    /// Ends at this time.
    pub ends: u32,
    /// Share that lasts longer than this time, 0..=1.
    pub survival: f64,
    /// Log-log interval; `None` where the share is 0 or 1.
    pub interval: Option<(f64, f64)>,
}

/// A survival curve.
#[derive(Clone, Debug, PartialEq)]
pub struct KaplanMeier {
    /// Steps at the times of ends, ascending.
    pub steps: Vec<KaplanMeierStep>,
}

impl KaplanMeier {
    /// Share that lasts longer than `time`.
    pub fn survival(&self, time: f64) -> f64 {
        self.steps
            .iter()
            .rev()
            .find(|step| step.time <= time)
            .map_or(1.0, |step| step.survival)
    }

    /// Smallest time at which at most half lasts; `None` when more than half lasts throughout.
    pub fn median(&self) -> Option<f64> {
        self.steps
            .iter()
            .find(|step| step.survival <= 0.5)
            .map(|step| step.time)
    }

    /// Restricted mean: time lasted within `horizon`, on average (area under the curve).
    pub fn restricted_mean(&self, horizon: f64) -> f64 {
        let (mut area, mut from, mut survival) = (0.0, 0.0, 1.0);
        for step in self.steps.iter().take_while(|step| step.time < horizon) {
            area += survival * (step.time - from);
            (from, survival) = (step.time, step.survival);
        }
        area + survival * (horizon - from).max(0.0)
    }
}

/// Kaplan-Meier curve with intervals at `level`; `None` without spells.
pub fn kaplan_meier(spells: &[Spell], level: f64) -> Option<KaplanMeier> {
    if spells.is_empty() {
        return None;
    }
    let z = normal_quantile(0.5 + level / 2.0)?;
    let mut sorted = spells.to_vec();
    sorted.sort_by(|a, b| a.time.total_cmp(&b.time));
    let (mut survival, mut greenwood) = (1.0, 0.0);
    let mut steps = Vec::new();
    let mut before = 0;
    for group in sorted.chunk_by(|a, b| a.time.total_cmp(&b.time).is_eq()) {
        let at_risk = (sorted.len() - before) as u32;
        let ends = group.iter().filter(|spell| spell.ended).count() as u32;
        before += group.len();
        if ends == 0 {
            continue;
        }
        survival *= 1.0 - f64::from(ends) / f64::from(at_risk);
        greenwood += f64::from(ends) / (f64::from(at_risk) * f64::from(at_risk - ends));
        let interval = log_log(survival, greenwood, z);
        steps.push(KaplanMeierStep {
            time: group[0].time,
            at_risk,
            ends,
            survival,
            interval,
        });
    }
    Some(KaplanMeier { steps })
}

/// Interval exp(-exp(log(-log S) ± z se)), which stays within 0..1.
fn log_log(survival: f64, greenwood: f64, z: f64) -> Option<(f64, f64)> {
    if survival <= 0.0 || survival >= 1.0 {
        return None;
    }
    let log = survival.ln();
    let se = greenwood.sqrt() / log.abs();
    let bound = |side: f64| (log * (side * z * se).exp()).exp();
    Some((bound(1.0), bound(-1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Freireich's 6-MP arm, experiments.md 5.7.
    fn freireich() -> Vec<Spell> {
        let times = [
            6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35,
        ];
        let ends = [
            1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0,
        ];
        let spell = |(time, end): (i32, i32)| Spell {
            time: f64::from(time),
            ended: end == 1,
        };
        times.into_iter().zip(ends).map(spell).collect()
    }

    #[test]
    fn golden_curve() {
        let curve = kaplan_meier(&freireich(), 0.95).unwrap();
        let expected = [
            (6.0, 0.8571),
            (7.0, 0.8067),
            (10.0, 0.7529),
            (13.0, 0.6902),
            (16.0, 0.6275),
            (22.0, 0.5378),
            (23.0, 0.4482),
        ];
        for (time, share) in expected {
            assert!((curve.survival(time) - share).abs() < 5e-5, "S({time})");
        }
        assert_eq!(curve.median(), Some(23.0));
        assert!((curve.restricted_mean(23.0) - 17.909244).abs() < 1e-6);
    }

    #[test]
    fn golden_intervals() {
        let curve = kaplan_meier(&freireich(), 0.95).unwrap();
        let at = |time: f64| {
            let found = curve
                .steps
                .iter()
                .find(|step| (step.time - time).abs() < 0.1);
            found.unwrap().interval.unwrap()
        };
        for (time, low, high) in [(6.0, 0.6197, 0.9516), (23.0, 0.1881, 0.6801)] {
            let (found_low, found_high) = at(time);
            assert!((found_low - low).abs() < 5e-5 && (found_high - high).abs() < 5e-5);
        }
    }

    #[test]
    fn nothing_ends_and_everything_ends() {
        let lasting = [Spell {
            time: 5.0,
            ended: false,
        }; 3];
        let curve = kaplan_meier(&lasting, 0.95).unwrap();
        assert!(curve.steps.is_empty() && (curve.restricted_mean(4.0) - 4.0).abs() < 1e-12);
        let gone = [Spell {
            time: 0.0,
            ended: true,
        }; 3];
        let curve = kaplan_meier(&gone, 0.95).unwrap();
        assert!(curve.restricted_mean(4.0).abs() < 1e-12 && curve.steps[0].interval.is_none());
        assert_eq!(kaplan_meier(&[], 0.95), None);
    }
}
