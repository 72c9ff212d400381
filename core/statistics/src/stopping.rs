//! Sequential stopping: how many replications are enough.
//!
//! The half width of the t interval, t(1 - α/2, n - 1) s / √n, is looked at after each replication
//! from the first look on. It must be small enough once, and stay so over a look-ahead of
//! floor(L/100 · max(n, 100)) more (Hoad, Robinson and Davies 2010). Repeated looks make the
//! coverage slightly lower than its level says.

use crate::error::{all_finite, at_least, within};
use crate::{Moments, Refused, YesNo};

/// How narrow an interval must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Precision {
    /// Half width of at most this much, in the unit of the values: for differences.
    Absolute(f64),
    /// Half width of at most γ / (1 + γ) of the mean (Law's correction): for levels only.
    Relative(f64),
}

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stopping {
    /// How narrow.
    pub precision: Precision,
    /// Level of the interval, such as 0.95.
    pub level: f64,
    /// Replications before the first look, 2 or more.
    pub first: u32,
    /// Look-ahead L, a percentage; 0 stops at the first success.
    pub look_ahead: u32,
}

impl Stopping {
    /// A rule with the usual settings: 95 %, first look after 10, look-ahead 5.
    pub fn at(precision: Precision) -> Self {
        Self {
            precision,
            level: 0.95,
            first: 10,
            look_ahead: 5,
        }
    }

    /// Whether `values`, in the order of their replications, are enough.
    ///
    /// # Errors
    /// Fewer than two values; a value that is no number; a precision that is not above 0; relative
    /// precision of a mean whose interval holds 0, which never settles or settles by accident.
    pub fn look(&self, values: &[f64]) -> Result<Look, Refused> {
        self.check(values.len())?;
        all_finite(values, "the replications")?;
        let mut moments = Moments::default();
        self.walk(values.iter().map(|&value| {
            moments.add(value);
            moments.half_width(self.level).zip(moments.mean())
        }))
    }

    /// The same of the difference of two shares, where every replication answers yes or no twice:
    /// half widths are those of Newcombe's interval, since answers that are all the same have no
    /// spread and are no certainty.
    ///
    /// # Errors
    /// As [`Stopping::look`].
    pub fn look_at_shares(&self, pairs: &[(bool, bool)]) -> Result<Look, Refused> {
        self.check(pairs.len())?;
        let mut counts = YesNo::default();
        self.walk(pairs.iter().map(|&pair| {
            counts.add(pair);
            let (low, high) = counts.difference(self.level)?;
            Some(((high - low) / 2.0, counts.mean()?))
        }))
    }

    /// Looks after each replication, by half width and mean so far.
    fn walk(&self, steps: impl Iterator<Item = Option<(f64, f64)>>) -> Result<Look, Refused> {
        let (mut since, mut half_width, mut mean, mut count) = (None, 0.0, 0.0, 0);
        for (number, step) in (1_u32..).zip(steps) {
            count = number;
            let Some(step) = step else {
                continue;
            };
            (half_width, mean) = step;
            if number < self.first.max(2) || !self.narrow(mean, half_width) {
                since = None;
                continue;
            }
            let from = *since.get_or_insert(number);
            if number >= from + self.further(from) {
                return Ok(Look {
                    stop: Some(number),
                    narrow_from: Some(from),
                    half_width,
                    planned: number,
                });
            }
        }
        if matches!(self.precision, Precision::Relative(_)) && half_width >= mean.abs() {
            return Err(Refused::HoldsZero { mean, half_width });
        }
        Ok(Look {
            stop: None,
            narrow_from: since,
            half_width,
            planned: self.planned(count, mean, half_width, since),
        })
    }

    fn check(&self, count: usize) -> Result<(), Refused> {
        let (Precision::Absolute(size) | Precision::Relative(size)) = self.precision;
        within((f64::MIN_POSITIVE, f64::MAX), size, "the precision")?;
        within((0.5, 1.0 - f64::EPSILON), self.level, "the level")?;
        at_least(2, count, "replications")
    }

    fn narrow(&self, mean: f64, half_width: f64) -> bool {
        match self.precision {
            Precision::Absolute(size) => half_width <= size,
            Precision::Relative(share) => half_width <= share / (1.0 + share) * mean.abs(),
        }
    }

    /// Replications of the look-ahead after number `from`.
    fn further(&self, from: u32) -> u32 {
        (u64::from(self.look_ahead) * u64::from(from.max(100)) / 100) as u32
    }

    /// n (half width / δ)², which is (t s / δ)² of a mean, or the end of the look-ahead that has begun.
    fn planned(&self, count: u32, mean: f64, half_width: f64, since: Option<u32>) -> u32 {
        let size = match self.precision {
            Precision::Absolute(size) => size,
            Precision::Relative(share) => share / (1.0 + share) * mean.abs(),
        };
        let needed = f64::from(count) * (half_width / size).powi(2);
        // The cast saturates: a precision that no one can pay for is still a number.
        let from = since.unwrap_or_else(|| (needed.ceil() as u32).max(self.first));
        from.saturating_add(self.further(from)).max(count + 1)
    }
}

/// What a look at the replications so far tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Replication at which the rule is met, look-ahead included; `None`: not yet.
    pub stop: Option<u32>,
    /// Replication from which the interval has been narrow enough without a break.
    pub narrow_from: Option<u32>,
    /// Half width after the stop, or after all replications so far, in the unit of the values.
    pub half_width: f64,
    /// Replications that it will take in all, as far as can be told now.
    pub planned: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Series of sim-tools' replications algorithm, and what it does with 2 % from 3 on.
    const SERIES: [f64; 12] = [
        99.2, 101.5, 97.8, 103.1, 100.4, 98.6, 102.2, 99.9, 100.8, 97.1, 101.0, 100.3,
    ];

    fn rule(precision: Precision) -> Stopping {
        Stopping {
            first: 3,
            ..Stopping::at(precision)
        }
    }

    #[test]
    fn sim_tools_stops_at_seven() {
        let look = rule(Precision::Relative(0.02)).look(&SERIES).unwrap();
        assert_eq!((look.narrow_from, look.stop), (Some(7), Some(12)));
        let short = rule(Precision::Relative(0.02)).look(&SERIES[..11]).unwrap();
        assert_eq!((short.stop, short.planned), (None, 12));
        let at_once = Stopping {
            look_ahead: 0,
            ..rule(Precision::Relative(0.02))
        };
        let look = at_once.look(&SERIES).unwrap();
        assert_eq!(look.stop, Some(7));
        assert!((look.half_width / 100.4 - 0.018106).abs() < 1e-5);
    }

    #[test]
    fn a_difference_near_nil_has_no_relative_precision() {
        let near_nil: Vec<f64> = SERIES.iter().map(|value| value - 100.0).collect();
        let refused = rule(Precision::Relative(0.05)).look(&near_nil).unwrap_err();
        assert!(matches!(refused, Refused::HoldsZero { .. }), "{refused}");
        let look = rule(Precision::Absolute(2.0)).look(&near_nil).unwrap();
        // 1.8 at n = 7 is the first below 2.
        assert_eq!(look.narrow_from, Some(7));
    }

    #[test]
    fn the_plan_is_the_square_of_how_much_narrower() {
        let look = rule(Precision::Absolute(0.5)).look(&SERIES).unwrap();
        let needed = (look.half_width * 12.0_f64.sqrt() / 0.5).powi(2).ceil() as u32;
        assert_eq!(look.stop, None);
        assert_eq!(look.planned, needed + 5);
    }

    #[test]
    fn ten_answers_that_are_all_the_same_are_not_enough() {
        let rule = Stopping::at(Precision::Absolute(0.1));
        let same = rule.look_at_shares(&[(true, true); 10]).unwrap();
        assert_eq!(same.stop, None, "{same:?}");
        assert!(same.half_width > 0.15 && same.planned > 30, "{same:?}");
        // As numbers they have no spread, and would have stopped at once.
        assert!(rule.look(&[0.0; 20]).unwrap().stop.is_some());
        let many = rule.look_at_shares(&[(true, true); 100]).unwrap();
        assert!(many.stop.is_some_and(|at| at > 20), "{many:?}");
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        assert!(rule(Precision::Absolute(0.0)).look(&SERIES).is_err());
        assert!(rule(Precision::Absolute(1.0)).look(&[1.0]).is_err());
        assert!(
            rule(Precision::Absolute(1.0))
                .look(&[1.0, f64::NAN])
                .is_err()
        );
    }
}
