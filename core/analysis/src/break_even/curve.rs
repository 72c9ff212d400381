//! What was gained at each value that was played, and where that turns.

use crate::estimate::Estimate;
use crate::kept;
use zalm_statistics::economics::Known;
use zalm_statistics::{Bootstrap, Keyed};

/// Resamples of the replications.
const RESAMPLES: u32 = 1000;

/// Gains of one strategy, by replication; `None` where a run failed.
pub(super) type Gains = Vec<Option<f64>>;

/// Gains by value and strategy, in the order in which they were played.
#[derive(Default)]
pub(super) struct Played(Vec<(f64, Vec<Gains>)>);

impl Played {
    pub fn add(&mut self, value: f64, gains: Vec<Gains>) {
        self.0.push((value, gains));
    }

    fn at(&self, value: f64) -> Option<&Vec<Gains>> {
        let mut all = self.0.iter();
        let found = all.find(|(at, _)| at.to_bits() == value.to_bits());
        found.map(|(_, gains)| gains)
    }

    pub fn has(&self, value: f64) -> bool {
        self.at(value).is_some()
    }

    pub fn replications(&self) -> usize {
        let first = self.0.first().and_then(|(_, gains)| gains.first());
        first.map_or(0, Vec::len)
    }

    /// Every gain of a strategy.
    pub fn gains(&self, strategy: usize) -> impl Iterator<Item = f64> {
        let all = self.0.iter();
        all.flat_map(move |(_, gains)| gains[strategy].iter().flatten().copied())
    }

    /// Mean gain of a strategy.
    pub fn mean(&self, value: f64, strategy: usize) -> Option<f64> {
        mean(&whole(&self.at(value)?[strategy]))
    }

    /// All that was played of a strategy.
    pub fn curve(&self, strategy: usize) -> Curve<'_> {
        let all = self.0.iter();
        let mut curve: Vec<(f64, &Gains)> = all
            .map(|(value, gains)| (*value, &gains[strategy]))
            .collect();
        curve.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        Curve(curve)
    }
}

/// Gains of one strategy, ascending by value.
pub(super) struct Curve<'a>(Vec<(f64, &'a Gains)>);

impl Curve<'_> {
    pub fn estimates(&self) -> Vec<(f64, Estimate)> {
        let estimate = |(value, gains): &(f64, &Gains)| {
            let gains = whole(gains);
            let nothing = vec![0.0; gains.len()];
            (*value, Estimate::between(&gains, &nothing, ""))
        };
        self.0.iter().map(estimate).collect()
    }

    /// The same for the search of what is clear.
    pub fn known(&self) -> Vec<Known> {
        let known = |(at, gain): (f64, Estimate)| gain.known(at);
        self.estimates().into_iter().map(known).collect()
    }

    /// Share of resamples of the replications in which the mean gain turns this way.
    pub fn found(&self, rises: bool, key: Keyed) -> f64 {
        let count = self.0.first().map_or(0, |(_, gains)| gains.len());
        let turns = |places: &[usize]| Some(f64::from(u8::from(self.turns(rises, places))));
        let resamples = Bootstrap::new(count, RESAMPLES, key, turns);
        resamples.mean().unwrap_or_default()
    }

    /// Whether the mean gain changes its sign this way in a resample.
    fn turns(&self, rises: bool, places: &[usize]) -> bool {
        let resampled = |gains: &Gains| -> Vec<f64> {
            let all = places.iter();
            all.filter_map(|&place| gains[place]).collect()
        };
        let curve = self.0.iter();
        let curve: Vec<(f64, f64)> = curve
            .filter_map(|(value, gains)| Some((*value, mean(&resampled(gains))?)))
            .collect();
        curve.windows(2).any(|pair| {
            let ((_, low), (_, high)) = (pair[0], pair[1]);
            if rises {
                low <= 0.0 && high > 0.0
            } else {
                low >= 0.0 && high < 0.0
            }
        })
    }
}

fn whole(gains: &Gains) -> Vec<f64> {
    gains.iter().flatten().copied().collect()
}

/// Mean; `None` of none.
fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| kept::mean(values.iter().copied()))
}
