//! The replications in which everything that was asked is there.

use crate::play::Asked;
use zalm_experiment::{Failure, Results, Run};
use zalm_model::Sample;

/// Outcomes of several points over the same replications. One rule: a replication in which any run
/// failed, or has no value, is left out everywhere, so that all that is compared is paired.
pub(crate) struct Kept<'a> {
    results: &'a [Results],
    /// Whether each replication is whole.
    whole: Vec<bool>,
}

impl<'a> Kept<'a> {
    /// What is whole in these metrics.
    ///
    /// # Errors
    /// When fewer than `needed` replications are.
    pub fn of(results: &'a [Results], metrics: &[usize], needed: usize) -> Result<Self, Asked> {
        let played = results.first().map_or(0, |first| first.replications.len());
        let mut whole = vec![true; played];
        for one in results {
            for (stressor, strategy) in one.arms() {
                for (run, whole) in one.arm(stressor, strategy).zip(&mut whole) {
                    *whole &= metrics.iter().all(|&metric| run.value(metric).is_some());
                }
            }
        }
        let kept = Self { results, whole };
        let failed = results.iter().find_map(|one| one.failures().next());
        let first = failed.map(|(_, failure)| failure);
        enough(kept.count(), played, needed, first)?;
        Ok(kept)
    }

    /// Replications that count.
    pub fn count(&self) -> usize {
        self.whole.iter().filter(|whole| **whole).count()
    }

    /// Replications that do not.
    pub fn left_out(&self) -> usize {
        self.whole.len() - self.count()
    }

    fn runs(
        &self,
        (point, stressor, strategy): (usize, usize, usize),
    ) -> impl Iterator<Item = &'a Run> {
        let arm = self.results[point].arm(stressor, strategy);
        let whole = arm.zip(&self.whole).filter(|(_, whole)| **whole);
        whole.map(|(run, _)| run)
    }

    /// Outcomes of a metric, by replication.
    pub fn values(&self, place: (usize, usize, usize), metric: usize) -> Vec<f64> {
        self.runs(place)
            .filter_map(|run| run.value(metric))
            .collect()
    }

    /// What payers pay together over all years, euro, by replication.
    pub fn paid(&self, place: (usize, usize, usize), payers: &[usize]) -> Vec<f64> {
        let paid = |run: &Run| {
            let years = run.record()?.costs.iter();
            let cents: i64 = years
                .map(|year| payers.iter().map(|&payer| year.payer(payer)).sum::<i64>())
                .sum();
            Some(cents as f64 / 100.0)
        };
        self.runs(place).filter_map(paid).collect()
    }

    /// A metric month by month, by replication.
    pub fn courses(&self, place: (usize, usize, usize), metric: usize) -> Vec<Vec<f64>> {
        let course =
            |series: &[Sample]| series.iter().map(|sample| sample.values[metric]).collect();
        let records = self.runs(place).filter_map(Run::record);
        records.map(|record| course(&record.series)).collect()
    }

    /// Mean of an outcome, or of the metric at a month after the policy date.
    ///
    /// # Errors
    /// When that month has no sample.
    pub fn mean_at(
        &self,
        place: (usize, usize, usize),
        metric: usize,
        after: Option<u32>,
    ) -> Result<f64, Asked> {
        let Some(after) = after else {
            return Ok(mean(self.values(place, metric).into_iter()));
        };
        let month = self.results[place.0].policy_month + after;
        let at = self.months().iter().position(|one| *one == month).ok_or_else(|| {
            Asked(format!(
                "month {after} after the policy date has no sample; choose one within the scenario, \
                 a multiple of its `series_every`"
            ))
        })?;
        let courses = self.courses(place, metric);
        Ok(mean(courses.iter().map(|course| course[at])))
    }

    /// Months of the samples, from the start of the scenario.
    pub fn months(&self) -> Vec<u32> {
        let first = self.runs((0, 0, 0)).find_map(Run::record);
        let series = first.into_iter().flat_map(|record| &record.series);
        series.map(|sample| sample.month).collect()
    }
}

/// Refuses too few whole replications of those that were played; `first` is the first failure.
pub(crate) fn enough(
    whole: usize,
    played: usize,
    needed: usize,
    first: Option<&Failure>,
) -> Result<(), Asked> {
    if whole >= needed {
        return Ok(());
    }
    let first = first.map_or_else(String::new, |failure| {
        format!("; the first failure: {}", failure.reason)
    });
    Err(Asked(format!(
        "{whole} of {played} replications are whole, and at least {needed} are needed: ask for more \
         with --replications{first}"
    )))
}

/// Mean; nil of none, which [`Kept::of`] excludes.
pub(crate) fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len().max(1);
    values.sum::<f64>() / count as f64
}
