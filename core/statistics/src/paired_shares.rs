//! Difference of two shares in pairs: each pair says yes or no twice.

use crate::wilson;

/// Pairs of answers, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YesNo {
    /// Yes in both.
    pub both: u32,
    /// Yes in the first only.
    pub first: u32,
    /// Yes in the second only.
    pub second: u32,
    /// Yes in neither.
    pub neither: u32,
}

impl YesNo {
    /// Counts pairs of answers.
    pub fn of(pairs: impl IntoIterator<Item = (bool, bool)>) -> Self {
        let mut counts = Self::default();
        pairs.into_iter().for_each(|pair| counts.add(pair));
        counts
    }

    /// Counts one pair more.
    pub fn add(&mut self, pair: (bool, bool)) {
        *match pair {
            (true, true) => &mut self.both,
            (true, false) => &mut self.first,
            (false, true) => &mut self.second,
            (false, false) => &mut self.neither,
        } += 1;
    }

    /// Share of the first minus that of the second; `None` without pairs.
    pub fn mean(&self) -> Option<f64> {
        let pairs = self.both + self.first + self.second + self.neither;
        let more = f64::from(self.first) - f64::from(self.second);
        (pairs > 0).then(|| more / f64::from(pairs))
    }

    /// Interval of the share of the first minus that of the second, never beyond -1..=1: method 10
    /// of Newcombe, Statistics in Medicine 17 (1998), 2635. `None` without pairs.
    pub fn difference(&self, level: f64) -> Option<(f64, f64)> {
        let [a, b, c, d] = [self.both, self.first, self.second, self.neither].map(f64::from);
        let pairs = self.both + self.first + self.second + self.neither;
        let n = f64::from(pairs);
        let (one, two) = ((a + b) / n, (a + c) / n);
        let (low_one, high_one) = wilson(self.both + self.first, pairs, level)?;
        let (low_two, high_two) = wilson(self.both + self.second, pairs, level)?;
        let phi = correlation([a, b, c, d]);
        let reach = |x: f64, y: f64| (x * x - 2.0 * phi * x * y + y * y).max(0.0).sqrt();
        let difference = one - two;
        let below = reach(one - low_one, high_two - two);
        let above = reach(high_one - one, two - low_two);
        Some((
            (difference - below).max(-1.0),
            (difference + above).min(1.0),
        ))
    }

    /// Two-sided p-value of the hypothesis that both shares are the same: McNemar's exact test.
    /// Only pairs that differ tell anything; 1 when none does.
    pub fn p_value(&self) -> f64 {
        let (few, n) = (self.first.min(self.second), self.first + self.second);
        // Terms of the binomial distribution at one half, by logarithms: 2^-n underflows.
        let mut term = -f64::from(n) * std::f64::consts::LN_2;
        let mut below = term.exp();
        for k in 1..=few {
            term += (f64::from(n - k + 1) / f64::from(k)).ln();
            below += term.exp();
        }
        (2.0 * below).min(1.0)
    }
}

/// Correlation between the answers, with Newcombe's correction for continuity where it is positive;
/// 0 when one of them never varies.
fn correlation([a, b, c, d]: [f64; 4]) -> f64 {
    let scale = ((a + b) * (c + d) * (a + c) * (b + d)).sqrt();
    let product = a * d - b * c;
    let product = if product > 0.0 {
        (product - (a + b + c + d) / 2.0).max(0.0)
    } else {
        product
    };
    if scale > 0.0 { product / scale } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(both: u32, first: u32, second: u32, neither: u32) -> YesNo {
        YesNo {
            both,
            first,
            second,
            neither,
        }
    }

    #[test]
    fn published_interval() {
        // Newcombe 1998, table II, method 10, 36 12 2 0.
        let (low, high) = counted(36, 12, 2, 0).difference(0.95).unwrap();
        assert!((low - 0.0569).abs() < 5e-5 && (high - 0.3404).abs() < 5e-5);
    }

    #[test]
    fn no_difference_goes_beyond_a_share() {
        for n in 1..30 {
            let (low, high) = counted(0, n, 0, 0).difference(0.95).unwrap();
            assert!(low < 1.0 && high <= 1.0, "{n}: {low} {high}");
            let (low, high) = counted(0, 0, n, 1).difference(0.95).unwrap();
            assert!(low >= -1.0 && high > -1.0, "{n}: {low} {high}");
        }
        assert_eq!(YesNo::default().difference(0.95), None);
    }

    #[test]
    fn exact_test() {
        // 10 against 2 of 12: twice (1 + 12 + 66) / 4096.
        assert!((counted(5, 10, 2, 9).p_value() - 158.0 / 4096.0).abs() < 1e-12);
        assert!((counted(5, 0, 0, 9).p_value() - 1.0).abs() < 1e-12);
        assert!((counted(0, 3, 3, 0).p_value() - 1.0).abs() < 1e-12);
        assert!(counted(0, 5000, 0, 0).p_value() < 1e-300);
    }

    #[test]
    fn pairs_are_counted() {
        let pairs = [(true, true), (true, false), (false, true), (false, true)];
        assert_eq!(YesNo::of(pairs), counted(1, 1, 2, 0));
    }
}
