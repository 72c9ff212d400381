//! Finding things in the tables.

use crate::input::{Cell, Direction, Estimate, MetricInfo, ReportInput, Survival};

impl Estimate {
    /// Half of the interval's width.
    pub fn half_width(&self) -> Option<f64> {
        self.interval.map(|(low, high)| (high - low) / 2.0)
    }
}

impl ReportInput {
    /// Index of the null alternative.
    pub fn null(&self) -> Option<usize> {
        self.strategies
            .iter()
            .position(|strategy| strategy.id == self.null_alternative)
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
