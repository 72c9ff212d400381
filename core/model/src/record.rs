//! What is kept of a run.

use crate::incidence::CostTable;
use crate::metrics::{Aggregate, Metric};
use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

/// A sample of all metrics in one month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Month index.
    pub month: u32,
    /// One value per metric, in the order of [`crate::metrics`].
    pub values: Vec<f64>,
}

/// Causes by which an integral team ends, see [`ProjectFate::cause`]; the first is absorption.
pub const ENDS: [&str; 5] = [
    "embedded",
    "no_successor",
    "evaporated",
    "unravelled",
    "no_workers",
];

/// What became of one project in one run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectFate {
    /// Project id.
    pub project: String,
    /// Month index in which its integral team ended or was absorbed; `None` if it still runs.
    pub end: Option<u32>,
    /// `running`, or the cause: `embedded` (absorption, no death), `no_successor`, `evaporated`
    /// (a structural subsidy was there to be embedded, and too little of it), `unravelled`, `no_workers`.
    pub cause: String,
    /// Form at the end of the run, see [`crate::Form::name`].
    pub form: String,
}

/// Everything that is kept of one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// One value per metric, aggregated.
    pub outcomes: Vec<f64>,
    /// Samples every `series_every` months from the policy date, and the last month.
    pub series: Vec<Sample>,
    /// Fate of each project.
    pub fates: Vec<ProjectFate>,
    /// What payers bore, by year since the policy date; the last year may be short.
    pub costs: Vec<CostTable>,
    /// Event log lines of projects: month and text.
    pub events: Vec<(u32, String)>,
    /// Digest of the whole final state and ledger.
    pub digest: u64,
}

/// What is kept of the months since the policy date.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Recorder {
    /// Sum per metric.
    pub sums: Vec<f64>,
    /// Last value per metric.
    pub last: Vec<f64>,
    /// Months counted.
    pub months: u32,
    /// Of those, months in which an integral team of the scenario worked.
    pub alive: u32,
    /// Samples.
    pub series: Vec<Sample>,
    /// What payers bore, by year since the policy date.
    pub costs: Vec<CostTable>,
    /// Months between samples.
    pub every: u32,
    /// Last month of the run.
    pub final_month: u32,
    /// What is wrong with the books.
    pub problem: Option<String>,
}

impl Recorder {
    /// Takes the values of a month.
    pub fn take(&mut self, values: Vec<f64>, alive: bool, month: u32, policy_month: u32) {
        self.sums.resize(values.len(), 0.0);
        for (sum, value) in self.sums.iter_mut().zip(&values) {
            *sum += value;
        }
        self.months += 1;
        self.alive += u32::from(alive);
        let since = month - policy_month;
        if since.is_multiple_of(self.every) || month == self.final_month {
            self.series.push(Sample {
                month,
                values: values.clone(),
            });
        }
        self.last = values;
    }

    /// Adds a month's costs to those of its year.
    pub fn bear(&mut self, costs: &CostTable, months_since: u32) {
        match self.costs.last_mut() {
            Some(year) if !months_since.is_multiple_of(12) => year.add_all(costs),
            _ => self.costs.push(costs.clone()),
        }
    }

    /// One number per metric.
    pub fn outcomes(&self, metrics: &[Metric]) -> Vec<f64> {
        let [months, alive] = [self.months, self.alive].map(|months| f64::from(months.max(1)));
        let outcome = |(index, metric): (usize, &Metric)| {
            let of = |values: &[f64]| values.get(index).copied().unwrap_or(0.0);
            match metric.spec.aggregate {
                Aggregate::Sum => of(&self.sums),
                Aggregate::Mean => of(&self.sums) / months,
                // Without a team the value of a month is 0.
                Aggregate::MeanAlive => of(&self.sums) / alive,
                Aggregate::Last => of(&self.last),
            }
        };
        metrics.iter().enumerate().map(outcome).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::measured;

    #[test]
    fn months_without_a_team_say_nothing_of_teams() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/tiny.ron");
        let Ok(read) = zalm_scenario::read(std::path::Path::new(file), &[]) else {
            panic!("{file} cannot be read");
        };
        let metrics = measured(&read.scenario);
        let kinds = [Aggregate::Mean, Aggregate::MeanAlive];
        let one = |kind| metrics.iter().find(|one| one.spec.aggregate == kind);
        let two: Vec<Metric> = kinds.into_iter().filter_map(one).cloned().collect();
        let outcomes = |months: &[(f64, bool)]| {
            let mut recorder = Recorder {
                every: 1,
                ..Recorder::default()
            };
            for (month, (value, alive)) in (0..).zip(months) {
                recorder.take(vec![*value; 2], *alive, month, 0);
            }
            recorder.outcomes(&two)
        };
        assert_eq!(outcomes(&[(0.4, true), (0.0, false)]), [0.2, 0.4]);
        assert_eq!(outcomes(&[(0.0, false)]), [0.0, 0.0]);
    }
}
