//! Finding things in the tables.

use crate::input::{
    Cell, Difference, Direction, Estimate, Fan, MetricInfo, Of, ReportInput, Role, Survival,
};

impl Estimate {
    /// Half of the interval's width.
    pub fn half_width(&self) -> Option<f64> {
        self.interval.map(|(low, high)| (high - low) / 2.0)
    }

    /// Largest distance from 0 of the mean and its interval.
    pub(crate) fn reach(&self) -> f64 {
        let (low, high) = self.interval.unwrap_or_default();
        low.abs().max(high.abs()).max(self.mean.abs())
    }

    /// Whether chance may have put one above the other: the intervals overlap, or one is not known.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        match (self.interval, other.interval) {
            (Some((low, high)), Some((other_low, other_high))) => {
                low <= other_high && other_low <= high
            }
            _ => true,
        }
    }
}

impl Fan {
    /// Mean at the end; 0 without points.
    pub(crate) fn end(&self) -> f64 {
        self.points.last().map_or(0.0, |point| point.mean)
    }
}

/// A difference under one stressor beside the size of what it is a difference in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Case {
    /// The difference.
    pub difference: Difference,
    /// Size of what moves, see [`crate::robust::Standing`].
    pub moves: f64,
}

impl ReportInput {
    /// A strategy's differences in team months, one per stressor that has them.
    pub(crate) fn team_cases(&self, strategy: usize) -> Vec<Case> {
        let horizon = f64::from(self.setting.horizon);
        let case = |stressor| {
            let difference = self.survival_of(stressor, strategy)?.difference?;
            Some(Case {
                difference,
                moves: horizon,
            })
        };
        (0..self.stressors.len()).filter_map(case).collect()
    }

    /// A strategy's differences in a metric, one per stressor that has them.
    pub(crate) fn cases(&self, strategy: usize, metric: usize) -> Vec<Case> {
        let case = |stressor| {
            let difference = self.cell(stressor, strategy, metric)?.difference?;
            let level = self.cell(stressor, self.null()?, metric)?.level?;
            let moves = match self.metrics.get(metric)?.role {
                Role::TotalCost => self.money_that_moves(stressor, strategy, &difference),
                _ => level.mean,
            };
            Some(Case { difference, moves })
        };
        (0..self.stressors.len()).filter_map(case).collect()
    }

    /// What teams cost more or less and what changes elsewhere, both without their sign, euro.
    fn money_that_moves(&self, stressor: usize, strategy: usize, all: &Difference) -> f64 {
        let team = self.metric_with(&Role::TeamCost);
        let team = team.and_then(|metric| self.cell(stressor, strategy, metric)?.difference);
        let team = team.map_or(0.0, |team| team.estimate.mean);
        team.abs() + (all.estimate.mean - team).abs()
    }

    /// Index of the metric with this role.
    pub(crate) fn metric_with(&self, role: &Role) -> Option<usize> {
        self.metrics.iter().position(|metric| metric.role == *role)
    }

    /// The course of a metric.
    pub(crate) fn fan(&self, stressor: usize, strategy: usize, metric: usize) -> Option<&Fan> {
        self.fans
            .iter()
            .find(|fan| (fan.stressor, fan.strategy, fan.metric) == (stressor, strategy, metric))
    }

    /// The difference of a strategy in what is no metric.
    pub(crate) fn further(&self, stressor: usize, strategy: usize, of: Of) -> Option<&Difference> {
        let own = (stressor, strategy, of);
        let mut all = self.further.iter();
        let found = all.find(|one| (one.stressor, one.strategy, one.of) == own)?;
        Some(&found.difference)
    }

    /// Index of the null alternative.
    pub fn null(&self) -> Option<usize> {
        self.strategies
            .iter()
            .position(|strategy| strategy.id == self.null_alternative)
    }

    /// Strategies other than the null alternative.
    pub(crate) fn others(&self) -> impl DoubleEndedIterator<Item = usize> + use<> {
        let null = self.null();
        (0..self.strategies.len()).filter(move |strategy| Some(*strategy) != null)
    }

    /// Name of the null alternative for people; its id when it was left out.
    pub fn null_name(&self) -> &str {
        self.null()
            .map_or(&self.null_alternative, |null| &self.strategies[null].name)
    }

    /// The cell of a stressor, strategy and metric.
    pub fn cell(&self, stressor: usize, strategy: usize, metric: usize) -> Option<&Cell> {
        self.cells.iter().find(|cell| {
            (cell.stressor, cell.strategy, cell.metric) == (stressor, strategy, metric)
        })
    }

    /// What became of the team.
    pub fn survival_of(&self, stressor: usize, strategy: usize) -> Option<&Survival> {
        self.survival
            .iter()
            .find(|arm| (arm.stressor, arm.strategy) == (stressor, strategy))
    }

    /// Key metrics: those with a direction first, then those that describe.
    pub fn key_metrics(&self) -> Vec<usize> {
        self.metrics_where(|metric| metric.key)
    }

    /// All metrics in that order.
    pub fn all_metrics(&self) -> Vec<usize> {
        self.metrics_where(|_| true)
    }

    fn metrics_where(&self, wanted: impl Fn(&MetricInfo) -> bool) -> Vec<usize> {
        let mut chosen: Vec<usize> = (0..self.metrics.len())
            .filter(|index| wanted(&self.metrics[*index]))
            .collect();
        chosen.sort_by_key(|index| self.metrics[*index].better == Direction::Neither);
        chosen
    }
}
