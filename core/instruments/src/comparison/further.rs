//! Paired differences in what is no metric: ends of courses, costs elsewhere, and what is asked in a
//! year. From the runs, by the same rules as those of metrics.

use super::courses::{Course, Courses};
use super::measured::difference;
use zalm_experiment::{Results, differences};
use zalm_report as report;

/// All of them, for every strategy but the null alternative.
pub(super) fn all(
    results: &Results,
    courses: &Courses,
    metrics: &[report::MetricInfo],
) -> Vec<report::Further> {
    let Some(null) = results.null else {
        return Vec::new();
    };
    let stressors = 0..results.stressors.len();
    let one = |stressor| {
        let arms = Arms {
            results,
            courses,
            null,
            stressor,
        };
        let mut further = arms.ends();
        further.extend(arms.elsewhere(metrics));
        further.extend(arms.asked());
        further
    };
    stressors.flat_map(one).collect()
}

/// The runs under one stressor.
struct Arms<'a> {
    results: &'a Results,
    courses: &'a Courses,
    null: usize,
    stressor: usize,
}

impl Arms<'_> {
    fn strategies(&self) -> std::ops::Range<usize> {
        0..self.results.strategies.len()
    }

    fn runs(&self, strategy: usize) -> impl Iterator<Item = Option<&Course>> {
        self.courses.arm(self.results, self.stressor, strategy)
    }

    /// The differences of these values of each strategy.
    fn told(
        &self,
        of: report::Of,
        values: Vec<Vec<Option<f64>>>,
        unit: &str,
    ) -> Vec<report::Further> {
        let found = differences(self.results, values, unit);
        let found = found.iter().enumerate();
        let told = |(strategy, found): (usize, &Option<zalm_experiment::Difference>)| {
            Some(report::Further {
                stressor: self.stressor,
                strategy,
                of,
                difference: difference(found.as_ref()?),
            })
        };
        found
            .filter(|(strategy, _)| *strategy != self.null)
            .filter_map(told)
            .collect()
    }

    /// Drawn metrics at the last moment.
    fn ends(&self) -> Vec<report::Further> {
        let metrics = self.courses.drawn.iter().enumerate();
        let end = |(place, metric): (usize, &usize)| {
            let last = |run: Option<&Course>| run?.drawn[place].last().copied();
            let values = self
                .strategies()
                .map(|one| self.runs(one).map(last).collect());
            let unit = self.results.metrics[*metric].unit;
            self.told(report::Of::End(*metric), values.collect(), unit)
        };
        metrics.flat_map(end).collect()
    }

    /// All costs but those of teams; nothing where either is no metric.
    fn elsewhere(&self, metrics: &[report::MetricInfo]) -> Vec<report::Further> {
        let with = |role| metrics.iter().position(|metric| metric.role == role);
        let (Some(total), Some(team)) =
            (with(report::Role::TotalCost), with(report::Role::TeamCost))
        else {
            return Vec::new();
        };
        let rest = |run: &zalm_experiment::Run| Some(run.value(total)? - run.value(team)?);
        let arm = |strategy| {
            self.results
                .arm(self.stressor, strategy)
                .map(rest)
                .collect()
        };
        let values = self.strategies().map(arm).collect();
        self.told(report::Of::Elsewhere, values, "euro")
    }

    /// What those pay more in each year who on average pay more.
    fn asked(&self) -> Vec<report::Further> {
        let years = self.courses.years.iter().enumerate();
        let year = |(at, year): (usize, &u32)| {
            let values = self
                .strategies()
                .map(|one| self.asked_of(one, at))
                .collect();
            self.told(report::Of::Asked(*year), values, "euro")
        };
        years.flat_map(year).collect()
    }

    /// Per pair; the null alternative has nothing more than itself.
    fn asked_of(&self, strategy: usize, at: usize) -> Vec<Option<f64>> {
        let pairs = || self.runs(strategy).zip(self.runs(self.null));
        let more = |payer: usize, own: &Course, other: &Course| {
            own.paid[payer][at] - other.paid[payer][at]
        };
        let on_average = |payer: &usize| {
            let whole = pairs().filter_map(|(own, other)| own.zip(other));
            whole
                .map(|(own, other)| more(*payer, own, other))
                .sum::<f64>()
                > 0.0
        };
        let paying: Vec<usize> = (0..self.courses.payers.len()).filter(on_average).collect();
        let of_pair = |(own, other): (Option<&Course>, Option<&Course>)| {
            let (own, other) = own.zip(other)?;
            Some(paying.iter().map(|payer| more(*payer, own, other)).sum())
        };
        pairs().map(of_pair).collect()
    }
}
