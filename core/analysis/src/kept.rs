//! The replications in which everything that was asked is there.

use crate::play::Asked;
use zalm_experiment::{Results, Run};
use zalm_model::Sample;

/// Outcomes of several points over the same replications. One rule: a replication in which any run
/// failed, or has no value, is left out everywhere, so that all that is compared is paired.
pub(crate) struct Kept<'a> {
    results: &'a [Results],
    /// Places of the replications that are whole.
    whole: Vec<usize>,
    played: usize,
}

impl<'a> Kept<'a> {
    /// What is whole in these metrics.
    ///
    /// # Errors
    /// When fewer than `needed` replications are.
    pub fn of(results: &'a [Results], metrics: &[usize], needed: usize) -> Result<Self, Asked> {
        let played = results.first().map_or(0, |first| first.replications.len());
        let whole = (0..played).filter(|&at| results.iter().all(|one| is_whole(one, at, metrics)));
        let kept = Self {
            results,
            whole: whole.collect(),
            played,
        };
        if kept.whole.len() >= needed {
            return Ok(kept);
        }
        let failed = results.iter().find_map(|one| one.failures().next());
        let first = failed.map_or_else(String::new, |(_, failure)| {
            format!("; the first failure: {}", failure.reason)
        });
        Err(Asked(format!(
            "{} of {played} replications are whole, and at least {needed} are needed: ask for more \
             with --replications{first}",
            kept.whole.len()
        )))
    }

    /// Replications that count.
    pub fn count(&self) -> usize {
        self.whole.len()
    }

    /// Replications that do not.
    pub fn left_out(&self) -> usize {
        self.played - self.whole.len()
    }

    fn runs(
        &self,
        point: usize,
        stressor: usize,
        strategy: usize,
    ) -> impl Iterator<Item = &'a Run> {
        let results = &self.results[point];
        let strategies = results.strategies.len();
        let each = results.stressors.len() * strategies;
        let offset = stressor * strategies + strategy;
        let whole = self.whole.iter();
        whole.map(move |at| &results.runs[at * each + offset])
    }

    /// Outcomes of a metric, by replication.
    pub fn values(
        &self,
        (point, stressor, strategy): (usize, usize, usize),
        metric: usize,
    ) -> Vec<f64> {
        let runs = self.runs(point, stressor, strategy);
        runs.filter_map(|run| run.value(metric)).collect()
    }

    /// A metric month by month, by replication.
    pub fn courses(
        &self,
        (point, stressor, strategy): (usize, usize, usize),
        metric: usize,
    ) -> Vec<Vec<f64>> {
        let course =
            |series: &[Sample]| series.iter().map(|sample| sample.values[metric]).collect();
        let runs = self.runs(point, stressor, strategy);
        runs.filter_map(|run| Some(course(&run.record()?.series)))
            .collect()
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
        let series = self.whole.first().and_then(|_| {
            let run = self.runs(0, 0, 0).next()?;
            Some(&run.record()?.series)
        });
        let months = series.into_iter().flatten().map(|sample| sample.month);
        months.collect()
    }
}

fn is_whole(results: &Results, at: usize, metrics: &[usize]) -> bool {
    let each = results.stressors.len() * results.strategies.len();
    let runs = results.runs.get(at * each..(at + 1) * each);
    runs.is_some_and(|runs| {
        runs.iter()
            .all(|run| metrics.iter().all(|&metric| run.value(metric).is_some()))
    })
}

/// Mean; nil of none, which [`Kept::of`] excludes.
pub(crate) fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len().max(1);
    values.sum::<f64>() / count as f64
}
