//! Bootstrap: the spread of a statistic over resamples of what it was computed from.
//!
//! A percentile interval is for skewed money, where a t interval is too trusting.

use crate::{Keyed, Moments, normal_quantile, quantile};

/// Resamples that are usual for a percentile interval.
pub const RESAMPLES: u32 = 2000;

/// A statistic over resamples, sorted ascending.
#[derive(Clone, Debug, PartialEq)]
pub struct Bootstrap(Vec<f64>);

impl Bootstrap {
    /// `statistic` over `resamples` resamples of `count` units, each given as the places of the
    /// units in it; a resample for which it has no value is left out.
    ///
    /// A resample is a function of `key` and its number.
    pub fn new(
        count: usize,
        resamples: u32,
        key: Keyed,
        mut statistic: impl FnMut(&[usize]) -> Option<f64>,
    ) -> Self {
        let one = |places: &[usize]| Some(vec![statistic(places)?]);
        let mut all = Self::many(count, resamples, key, one).into_iter();
        all.next().unwrap_or(Self(Vec::new()))
    }

    /// Several statistics over the same resamples, one spread each; none when no resample has
    /// values.
    pub fn many(
        count: usize,
        resamples: u32,
        key: Keyed,
        mut statistics: impl FnMut(&[usize]) -> Option<Vec<f64>>,
    ) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for number in 0..resamples {
            let Some(values) = statistics(&resample(count, key.part(number))) else {
                continue;
            };
            all.resize(values.len(), Self(Vec::new()));
            let finite = all
                .iter_mut()
                .zip(values)
                .filter(|(_, value)| value.is_finite());
            finite.for_each(|(spread, value)| spread.0.push(value));
        }
        for spread in &mut all {
            spread.0.sort_by(f64::total_cmp);
        }
        all
    }

    /// Mean over the resamples; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        self.0.iter().copied().collect::<Moments>().mean()
    }

    /// Percentile interval at `level`; `None` without values.
    pub fn percentile(&self, level: f64) -> Option<(f64, f64)> {
        let tail = (1.0 - level) / 2.0;
        Some((quantile(&self.0, tail)?, quantile(&self.0, 1.0 - tail)?))
    }

    /// Half width z · sd of the normal interval at `level`; `None` with fewer than two values.
    pub fn normal_half_width(&self, level: f64) -> Option<f64> {
        let moments: Moments = self.0.iter().copied().collect();
        Some(normal_quantile(0.5 + level / 2.0)? * moments.variance()?.sqrt())
    }
}

/// Places of `count` units drawn with replacement.
pub(crate) fn resample(count: usize, mut generator: Keyed) -> Vec<usize> {
    (0..count).map(|_| generator.below(count)).collect()
}

/// The same resamples for the means of several lists: which units are drawn depends on the key and on
/// how many there are, so that they are drawn once.
pub struct Resamples {
    key: Keyed,
    number: u32,
    count: usize,
    /// Places of all resamples, one after the other.
    places: Vec<u32>,
}

impl Resamples {
    /// So many resamples; a resample is a function of `key` and its number.
    pub fn new(number: u32, key: Keyed) -> Self {
        Self {
            key,
            number,
            count: 0,
            places: Vec::new(),
        }
    }

    /// Percentile interval at `level` of the mean of `values`; `None` with fewer than two values or no
    /// resample.
    pub fn mean(&mut self, values: &[f64], level: f64) -> Option<(f64, f64)> {
        if values.len() < 2 {
            return None;
        }
        if self.count != values.len() {
            self.count = values.len();
            let one = |number| resample(self.count, self.key.part(number));
            let places = (0..self.number).flat_map(one).map(|place| place as u32);
            self.places = places.collect();
        }
        let mean = |places: &[u32]| {
            let sum: f64 = places.iter().map(|&at| values[at as usize]).sum();
            sum / values.len() as f64
        };
        let mut means: Vec<f64> = self.places.chunks(self.count).map(mean).collect();
        means.sort_by(f64::total_cmp);
        Bootstrap(means).percentile(level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_the_mean_and_depends_only_on_its_key() {
        let values: Vec<f64> = (0..200).map(|i| f64::from(i % 20)).collect();
        let interval = |seed| Resamples::new(RESAMPLES, Keyed::new(seed, 0)).mean(&values, 0.95);
        let (low, high) = interval(1).unwrap();
        // Standard error 5.766 / sqrt(200) = 0.408, so about 9.5 ± 0.8.
        assert!(
            (low - 8.70).abs() < 0.08 && (high - 10.30).abs() < 0.08,
            "{low} {high}"
        );
        assert_eq!(interval(1), interval(1));
        assert_ne!(interval(1), interval(2));
    }

    #[test]
    fn resamples_are_those_of_a_bootstrap_whatever_was_asked_before() {
        let values = [1.0, 4.0, 2.0, 9.0];
        let key = Keyed::new(3, 7);
        let mean = |places: &[usize]| Some(places.iter().map(|&at| values[at]).sum::<f64>() / 4.0);
        let alone = Bootstrap::new(4, 200, key, mean).percentile(0.9);
        let mut shared = Resamples::new(200, key);
        assert_eq!(shared.mean(&values, 0.9), alone);
        assert_ne!(shared.mean(&values[..3], 0.9), alone);
        assert_eq!(shared.mean(&values, 0.9), alone);
    }

    #[test]
    fn normal_half_width_is_that_of_the_standard_error() {
        let values: Vec<f64> = (0..200).map(|i| f64::from(i % 20)).collect();
        let mean =
            |places: &[usize]| Some(places.iter().map(|&at| values[at]).sum::<f64>() / 200.0);
        let spread = Bootstrap::new(200, RESAMPLES, Keyed::new(5, 0), mean);
        assert!((spread.normal_half_width(0.95).unwrap() - 0.8).abs() < 0.05);
    }

    #[test]
    fn what_cannot_be_resampled_has_no_interval() {
        let of = |number| Resamples::new(number, Keyed::new(0, 0));
        assert_eq!(of(10).mean(&[1.0], 0.95), None);
        assert_eq!(of(0).mean(&[1.0, 2.0], 0.95), None);
        let never = Bootstrap::new(3, 10, Keyed::new(0, 0), |_| None);
        assert_eq!(
            (never.percentile(0.9), never.normal_half_width(0.9)),
            (None, None)
        );
    }
}
