//! Strategies held against each other: from outcomes to performance, regret and measures.

use super::{Measure, Question, Robust, Standing};
use crate::estimate::Estimate;
use crate::kept::{Kept, mean};
use crate::names::{metric, sign_needed};
use crate::play::Asked;
use zalm_experiment::{LEVEL, Results};
use zalm_model::{MetricSpec, metrics};
use zalm_scenario::Scenario;
use zalm_statistics::Keyed;
use zalm_statistics::robustness::{RobustnessMetric, largest_regret, regret, robustness};

/// Replications needed for an interval.
const NEEDED: usize = 2;
/// Resamples of the replications.
const RESAMPLES: u32 = 1000;

/// A question that can be asked.
pub(super) struct Contest<'a> {
    scenario: &'a Scenario,
    question: &'a Question,
    metric: usize,
    spec: MetricSpec,
    /// 1 where higher is better, -1 where lower is.
    better: f64,
    /// Metric of each threshold.
    watched: Vec<usize>,
}

impl<'a> Contest<'a> {
    pub fn new(scenario: &'a Scenario, question: &'a Question) -> Result<Self, Asked> {
        let all = metrics(scenario);
        let asked = metric(&all, &question.metric)?;
        let spec = all[asked].clone();
        let better = sign_needed(&spec)?;
        let watched = question.thresholds.iter();
        let watched = watched.map(|one| metric(&all, &one.metric));
        let watched = watched.collect::<Result<_, Asked>>()?;
        if scenario.strategies.len() < 2 {
            return Err(Asked(
                "one strategy alone cannot be ranked; add another".to_owned(),
            ));
        }
        Ok(Self {
            scenario,
            question,
            metric: asked,
            spec,
            better,
            watched,
        })
    }

    pub fn answer(&self, results: &[Results]) -> Result<Robust, Asked> {
        let own = &results[0];
        let kept = Kept::of(
            results,
            &[&[self.metric][..], &self.watched].concat(),
            NEEDED,
        )?;
        let (strategies, stressors) = (own.strategies.len(), own.stressors.len());
        let values = grid(strategies, stressors, |strategy, stressor| {
            kept.values((0, stressor, strategy), self.metric)
        });
        let oriented = grid(strategies, stressors, |strategy, stressor| {
            let values = values[strategy][stressor].iter();
            values.map(|value| self.better * value).collect::<Vec<_>>()
        });
        let means = grid(strategies, stressors, |strategy, stressor| {
            mean(oriented[strategy][stressor].iter().copied())
        });
        self.varies(&means)?;
        let acceptable = self.acceptable(&kept, strategies, stressors)?;
        let lost = regret(&means)?;
        let key = Keyed::new(self.scenario.seed, self.metric as u64);
        let largest = largest_regret(&oriented, LEVEL, RESAMPLES, key)?;
        let standing = |strategy: usize| Standing {
            strategy: own.strategies[strategy].clone(),
            performance: values[strategy]
                .iter()
                .map(|list| Estimate::of(list, self.spec.unit))
                .collect(),
            regret: lost.by_scenario[strategy].clone(),
            largest_regret: largest[strategy].value,
            interval: largest[strategy].interval,
            bias: largest[strategy].bias,
            acceptable: acceptable
                .as_ref()
                .map_or_else(Vec::new, |rows| rows[strategy].clone()),
        };
        let measure = |one: zalm_statistics::robustness::Robustness| Measure {
            measure: name(one.metric),
            lower_is_better: one.metric.is_loss(),
            values: one.values,
            ranks: one.ranks,
        };
        let measures = robustness(&means, acceptable.as_deref())?;
        Ok(Robust {
            title: self.scenario.title.clone(),
            seed: self.scenario.seed,
            replications: kept.count(),
            left_out: kept.left_out(),
            metric: self.spec.name.clone(),
            unit: self.spec.unit,
            better: self.better,
            thresholds: self.question.thresholds.clone(),
            stressors: own.stressors.clone(),
            standings: (0..strategies).map(standing).collect(),
            minimax: lost.minimax,
            measures: measures.into_iter().map(measure).collect(),
            spec: self.spec.clone(),
        })
    }

    /// Refuses a metric that is the same under every strategy and stressor.
    fn varies(&self, means: &[Vec<f64>]) -> Result<(), Asked> {
        let first = means[0][0];
        let mut all = means.iter().flatten();
        if all.any(|mean| mean.to_bits() != first.to_bits()) {
            return Ok(());
        }
        Err(Asked(format!(
            "`{}` never varies over strategies and stressors, so nothing can be told from it: \
             choose another metric",
            self.spec.name
        )))
    }

    /// Whether each strategy breaks no threshold, under each stressor; `None` without thresholds.
    fn acceptable(
        &self,
        kept: &Kept,
        strategies: usize,
        stressors: usize,
    ) -> Result<Option<Vec<Vec<bool>>>, Asked> {
        let thresholds = &self.question.thresholds;
        if thresholds.is_empty() {
            return Ok(None);
        }
        let holds = |strategy: usize, stressor: usize| -> Result<bool, Asked> {
            for (threshold, metric) in thresholds.iter().zip(&self.watched) {
                let place = (0, stressor, strategy);
                if threshold.breaks(kept.mean_at(place, *metric, threshold.after)?) {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        let row = |strategy| (0..stressors).map(|one| holds(strategy, one)).collect();
        (0..strategies).map(row).collect::<Result<_, _>>().map(Some)
    }
}

/// A table with a row for each strategy and a column for each stressor.
fn grid<T>(strategies: usize, stressors: usize, cell: impl Fn(usize, usize) -> T) -> Vec<Vec<T>> {
    let row = |strategy| (0..stressors).map(|one| cell(strategy, one)).collect();
    (0..strategies).map(row).collect()
}

/// Name of a measure in documents and texts.
fn name(metric: RobustnessMetric) -> &'static str {
    match metric {
        RobustnessMetric::MinimaxRegret => "minimax-regret",
        RobustnessMetric::Regret90 => "regret-90",
        RobustnessMetric::Maximin => "maximin",
        RobustnessMetric::Maximax => "maximax",
        RobustnessMetric::Hurwicz => "hurwicz",
        RobustnessMetric::Laplace => "laplace",
        RobustnessMetric::MeanVariance => "mean-variance",
        RobustnessMetric::UndesirableDeviations => "undesirable-deviations",
        RobustnessMetric::Skewness => "skewness",
        RobustnessMetric::Peakedness => "peakedness",
        RobustnessMetric::Domain => "domain",
    }
}
