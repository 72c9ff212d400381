//! Several experts' low, likely and high values as one distribution: the linear opinion pool (Stone
//! 1961), and how far they are apart, round after round (Delphi).
//!
//! An expert's three values are a triangular distribution; the pool gives each its share, so that
//! disagreement stays visible as width instead of being averaged away.

use super::law::Law;
use crate::error::at_least;
use crate::{Moments, Refused};

/// What one expert says of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expert {
    /// It cannot be lower.
    pub low: f64,
    /// Most likely value.
    pub likely: f64,
    /// It cannot be higher.
    pub high: f64,
}

impl Expert {
    fn mean(&self) -> f64 {
        (self.low + self.likely + self.high) / 3.0
    }

    fn variance(&self) -> f64 {
        let Self { low, likely, high } = *self;
        (low * low + likely * likely + high * high - low * likely - low * high - likely * high)
            / 18.0
    }
}

/// A pooled distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    laws: Vec<Law>,
    range: (f64, f64),
    /// Mean, in the unit of the number.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Share of the variance that is between experts: 0 when they say the same, towards 1 when each
    /// is sure of something else.
    pub disagreement: f64,
}

impl Pool {
    /// Share that lies below `x`, 0..=1.
    pub fn below(&self, x: f64) -> f64 {
        let sum: f64 = self.laws.iter().map(|law| law.below(x)).sum();
        sum / self.laws.len() as f64
    }

    /// The value below which the share `u` (0..=1) lies, to a billionth of the range; where the
    /// experts leave a gap, the low end of it.
    pub fn quantile(&self, u: f64) -> f64 {
        let (mut low, mut high) = self.range;
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if self.below(middle) >= u {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }
}

/// Pools the experts, each with the same weight.
///
/// # Errors
/// No expert; values that are not in the order low, likely, high; an expert without any doubt.
pub fn pool(experts: &[Expert]) -> Result<Pool, Refused> {
    at_least(1, experts.len(), "experts")?;
    let law = |expert: &Expert| Law::triangular(expert.low, expert.likely, expert.high);
    let laws = experts
        .iter()
        .map(law)
        .collect::<Result<Vec<Law>, Refused>>()?;
    let count = experts.len() as f64;
    let means: Moments = experts.iter().map(Expert::mean).collect();
    let within: f64 = experts.iter().map(Expert::variance).sum::<f64>() / count;
    // Of the mixture: divisor n.
    let between = means
        .variance()
        .map_or(0.0, |variance| variance * (count - 1.0) / count);
    let low = experts
        .iter()
        .map(|expert| expert.low)
        .fold(f64::INFINITY, f64::min);
    let high = experts
        .iter()
        .map(|expert| expert.high)
        .fold(f64::NEG_INFINITY, f64::max);
    Ok(Pool {
        laws,
        range: (low, high),
        mean: means.mean().unwrap_or_default(),
        sd: (within + between).sqrt(),
        disagreement: between / (within + between),
    })
}

/// One round of asking.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// What the experts say together.
    pub pool: Pool,
    /// Median, in the unit of the number.
    pub median: f64,
    /// 5 % and 95 % points.
    pub interval: (f64, f64),
    /// How far the median moved since the round before, as a share of that round's interval; `None`
    /// in the first.
    pub moved: Option<f64>,
}

/// Round after round of the same question.
///
/// # Errors
/// No round; as [`pool`] in any round.
pub fn rounds(asked: &[Vec<Expert>]) -> Result<Vec<Round>, Refused> {
    at_least(1, asked.len(), "rounds")?;
    let mut found: Vec<Round> = Vec::new();
    for experts in asked {
        let pool = pool(experts)?;
        let median = pool.quantile(0.5);
        let moved = found
            .last()
            .map(|before| (median - before.median).abs() / (before.interval.1 - before.interval.0));
        found.push(Round {
            median,
            interval: (pool.quantile(0.05), pool.quantile(0.95)),
            pool,
            moved,
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expert(low: f64, likely: f64, high: f64) -> Expert {
        Expert { low, likely, high }
    }

    #[test]
    fn one_expert_is_a_triangle() {
        let found = pool(&[expert(1.0, 2.0, 6.0)]).unwrap();
        let law = Law::triangular(1.0, 2.0, 6.0).unwrap();
        for u in [0.0, 0.1, 0.5, 0.9, 1.0] {
            assert!((found.quantile(u) - law.quantile(u)).abs() < 1e-6, "{u}");
        }
        assert!((found.mean - 3.0).abs() < 1e-12 && found.disagreement.abs() < 1e-12);
        // (1 + 4 + 36 - 2 - 6 - 12) / 18 = 7/6.
        assert!((found.sd - (7.0_f64 / 6.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn disagreement_is_the_share_between_experts() {
        // Two triangles of variance 1/6 with means 0 and 10: 25 / (25 + 1/6).
        let apart = pool(&[expert(-1.0, 0.0, 1.0), expert(9.0, 10.0, 11.0)]).unwrap();
        assert!((apart.disagreement - 25.0 / (25.0 + 1.0 / 6.0)).abs() < 1e-12);
        assert!((apart.quantile(0.25)).abs() < 1e-6 && (apart.quantile(0.75) - 10.0).abs() < 1e-6);
        assert!(
            (apart.quantile(0.5) - 1.0).abs() < 1e-6,
            "the low end of the gap"
        );
        let same = pool(&[expert(-1.0, 0.0, 1.0); 3]).unwrap();
        assert!(same.disagreement.abs() < 1e-12);
    }

    #[test]
    fn rounds_show_how_far_the_middle_moved() {
        let first = vec![expert(0.0, 2.0, 4.0), expert(4.0, 8.0, 12.0)];
        let second = vec![expert(2.0, 4.0, 6.0), expert(3.0, 5.0, 8.0)];
        let found = rounds(&[first, second.clone(), second]).unwrap();
        assert_eq!((found[0].moved, found[2].moved), (None, Some(0.0)));
        assert!(found[1].pool.disagreement < found[0].pool.disagreement);
        assert!(found[1].moved.unwrap() > 0.01);
    }

    #[test]
    fn experts_out_of_order_are_refused() {
        assert!(pool(&[]).is_err());
        assert!(pool(&[expert(3.0, 2.0, 4.0)]).is_err());
        let sure = pool(&[expert(2.0, 2.0, 2.0)]).unwrap_err();
        assert!(matches!(sure, Refused::EmptyRange { .. }));
    }
}
