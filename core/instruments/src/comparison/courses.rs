//! What a report needs of the courses of runs: collected run by run, so that the series of all runs
//! need not be in memory together.

use super::metrics;
use zalm_experiment::{Played, Results, Run, Runs, StudyError};
use zalm_model::Sample;
use zalm_report as report;
use zalm_scenario::Scenario;

/// Points of a course: more would not show.
const POINTS: usize = 48;

/// Courses of all runs, in the order of the results.
pub struct Courses {
    /// Metrics that are drawn, by index.
    pub(super) drawn: Vec<usize>,
    /// Metrics of what each payer pays, by index.
    pub(super) payers: Vec<usize>,
    /// Months that are drawn: at most about [`POINTS`], and the last.
    pub(super) moments: Vec<u32>,
    /// Calendar years.
    pub(super) years: Vec<u32>,
    /// One per run; `None` for a run that failed.
    runs: Vec<Option<Course>>,
    /// Months of the samples.
    months: Vec<u32>,
    first: Start,
}

/// What places a month in time.
struct Start {
    start: zalm_scenario::Month,
    months: u32,
}

/// One run.
pub(super) struct Course {
    /// Drawn metrics at the moments.
    pub(super) drawn: Vec<Vec<f64>>,
    /// What each payer pays in each year, euro.
    pub(super) paid: Vec<Vec<f64>>,
}

impl Courses {
    /// Of no run yet.
    fn new(results: &Results, metrics: &[report::MetricInfo]) -> Self {
        use report::Role;
        let of = |is: fn(&Role) -> bool| {
            let all = metrics.iter().enumerate();
            all.filter(move |(_, metric)| is(&metric.role))
                .map(|(at, _)| at)
                .collect()
        };
        Self {
            drawn: of(|role| {
                matches!(
                    role,
                    Role::MultiProblem | Role::Care(_) | Role::Rung(_) | Role::Coalition
                )
            }),
            payers: of(|role| matches!(role, Role::PayerCost(_))),
            moments: Vec::new(),
            years: Vec::new(),
            runs: Vec::new(),
            months: Vec::new(),
            first: Start {
                start: results.start,
                months: results.months,
            },
        }
    }

    /// Of all runs, read one after the other; the results get their digest on the way.
    ///
    /// # Errors
    /// When a run cannot be read.
    pub fn read(
        played: &Played<'_>,
        scenario: &Scenario,
        results: &mut Results,
    ) -> Result<Self, StudyError> {
        let mut courses = Self::new(results, &metrics(scenario, &results.metrics));
        played.digest(results, &mut |run| courses.add(run))?;
        Ok(courses)
    }

    /// Of all runs that are in memory with their series.
    pub fn of(scenario: &Scenario, results: &Results) -> Self {
        let mut courses = Self::new(results, &metrics(scenario, &results.metrics));
        let all = results.each(&mut |run| {
            courses.add(run);
            Ok(())
        });
        all.expect("what is in memory can be read");
        courses
    }

    /// Adds the next run.
    fn add(&mut self, run: &Run) {
        let record = run.record();
        if let Some(record) = record.filter(|_| self.months.is_empty()) {
            self.months = record.series.iter().map(|sample| sample.month).collect();
            self.moments = drawn_at(&self.months).map(|at| self.months[at]).collect();
            self.years = self.months.iter().map(|month| self.year(*month)).collect();
            self.years.dedup();
        }
        // Samples are taken in the same months in every run.
        let record = record.filter(|record| record.series.len() == self.months.len());
        let course = record.and_then(|record| self.course(&record.series));
        self.runs.push(course);
    }

    fn year(&self, month: u32) -> u32 {
        let date = self.first.start.plus(month.cast_signed());
        date.year().unsigned_abs()
    }

    /// `None` where a value is no number.
    fn course(&self, series: &[Sample]) -> Option<Course> {
        let value = |at: usize, metric: usize| {
            let value = series[at].values.get(metric).copied();
            value.filter(|value| value.is_finite())
        };
        let drawn = |metric: &usize| -> Option<Vec<f64>> {
            drawn_at(&self.months)
                .map(|at| value(at, *metric))
                .collect()
        };
        let paid = |metric: &usize| -> Option<Vec<f64>> {
            let mut by_year = vec![0.0; self.years.len()];
            for (at, month) in self.months.iter().enumerate() {
                // A sampled month stands for those until the next.
                let next = self
                    .months
                    .get(at + 1)
                    .copied()
                    .unwrap_or(self.first.months);
                let year = self
                    .years
                    .iter()
                    .position(|year| *year == self.year(*month))?;
                by_year[year] += f64::from(next - month) * value(at, *metric)?;
            }
            Some(by_year)
        };
        Some(Course {
            drawn: self.drawn.iter().map(drawn).collect::<Option<_>>()?,
            paid: self.payers.iter().map(paid).collect::<Option<_>>()?,
        })
    }

    /// Runs of one stressor and strategy, as [`Results::arm`].
    pub(super) fn arm(
        &self,
        results: &Results,
        stressor: usize,
        strategy: usize,
    ) -> impl Iterator<Item = Option<&Course>> {
        let strategies = results.strategies.len();
        let each = results.stressors.len() * strategies;
        let runs = self.runs.iter().skip(stressor * strategies + strategy);
        runs.step_by(each.max(1)).map(Option::as_ref)
    }
}

/// Which samples are drawn.
fn drawn_at(months: &[u32]) -> impl Iterator<Item = usize> + use<> {
    let samples = months.len();
    let step = samples.div_ceil(POINTS).max(1);
    (0..samples).filter(move |at| at % step == 0 || at + 1 == samples)
}
