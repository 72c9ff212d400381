//! Morris trajectories: from a point of a grid, one input (or group) after another takes one step.
//!
//! Morris (1991). On a grid of p levels the step is Δ = p / (2 (p - 1)), so that every level is
//! visited equally often. Cost: trajectories times (groups + 1) runs.

use super::Groups;
use crate::error::at_least;
use crate::{Keyed, Refused};

/// A design of trajectories; row `t · (groups + 1) + s` is point `s` of trajectory `t`.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectories {
    groups: Groups,
    step: f64,
    walks: Vec<Walk>,
}

/// One trajectory.
#[derive(Clone, Debug, PartialEq)]
struct Walk {
    /// Groups in the order in which they step.
    order: Vec<usize>,
    /// Lower of the two places of each column.
    low: Vec<f64>,
    /// Whether a column steps up.
    up: Vec<bool>,
}

/// A step between two rows of the design.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Step {
    pub group: usize,
    /// Row before; the row after is the next one.
    pub before: usize,
    /// Δ, negative for a step down; of a group with several columns its size.
    pub size: f64,
}

impl Trajectories {
    /// `count` trajectories on a grid of `levels` levels; each is a function of `key` and its
    /// number, so that more can be added later.
    ///
    /// # Errors
    /// No group; an odd number of levels or fewer than two.
    pub fn new(groups: Groups, count: u32, levels: u32, key: Keyed) -> Result<Self, Refused> {
        at_least(1, groups.count(), "inputs")?;
        if levels < 2 || !levels.is_multiple_of(2) {
            return Err(Refused::OutOfRange {
                what: "the number of levels, which must be even,",
                found: f64::from(levels),
                low: 2.0,
                high: f64::from(u32::MAX - 1),
            });
        }
        let cells = f64::from(levels - 1);
        let walk = |number: u32| {
            let mut random = key.part(number);
            let order = random.order(groups.count());
            let mut column = |_| {
                let low = random.below(levels as usize / 2) as f64 / cells;
                (low, random.below(2) == 0)
            };
            let (low, up) = (0..groups.columns()).map(&mut column).unzip();
            Walk { order, low, up }
        };
        let walks = (0..count).map(walk).collect();
        let step = f64::from(levels) / (2.0 * cells);
        Ok(Self {
            groups,
            step,
            walks,
        })
    }

    /// Number of rows, which is the number of runs.
    pub fn rows(&self) -> usize {
        self.walks.len() * (self.groups.count() + 1)
    }

    /// The point of a row, in the closed unit cube: the grid has places at 0 and 1. Turn those
    /// into values with a quantile function over a bounded range.
    ///
    /// # Panics
    /// When there is no such row.
    pub fn row(&self, row: usize) -> Vec<f64> {
        let length = self.groups.count() + 1;
        let (walk, taken) = (&self.walks[row / length], row % length);
        let moved = &walk.order[..taken];
        (0..self.groups.columns())
            .map(|column| {
                let is_up = walk.up[column] == moved.contains(&self.groups.of(column));
                walk.low[column] + if is_up { self.step } else { 0.0 }
            })
            .collect()
    }

    /// The groups that step.
    pub fn groups(&self) -> &Groups {
        &self.groups
    }

    /// The steps of each trajectory.
    pub(crate) fn steps(&self) -> impl Iterator<Item = Vec<Step>> + '_ {
        let length = self.groups.count() + 1;
        self.walks.iter().enumerate().map(move |(number, walk)| {
            let step = |(at, &group): (usize, &usize)| {
                let mut members = self.groups.members(group);
                let down = members.next().is_some_and(|column| !walk.up[column]);
                let alone = members.next().is_none();
                Step {
                    group,
                    before: number * length + at,
                    size: if down && alone { -self.step } else { self.step },
                }
            };
            walk.order.iter().enumerate().map(step).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_group_steps_at_a_time_over_two_thirds() {
        let groups = Groups::new(vec![0, 1, 1]).unwrap();
        let design = Trajectories::new(groups, 10, 4, Keyed::new(1, 0)).unwrap();
        assert_eq!(design.rows(), 30);
        for step in design.steps().flatten() {
            let (before, after) = (design.row(step.before), design.row(step.before + 1));
            for column in 0..3 {
                let moved = (after[column] - before[column]).abs();
                let expected = if design.groups().of(column) == step.group {
                    2.0 / 3.0
                } else {
                    0.0
                };
                assert!((moved - expected).abs() < 1e-12);
            }
            if step.group == 0 {
                assert!((after[0] - before[0] - step.size).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn every_level_is_visited_and_nothing_leaves_the_cube() {
        let design = Trajectories::new(Groups::each(2), 200, 4, Keyed::new(2, 0)).unwrap();
        let mut visits = [0; 4];
        for row in 0..design.rows() {
            let level = design.row(row)[0] * 3.0;
            assert!((level - level.round()).abs() < 1e-9);
            visits[level.round() as usize] += 1;
        }
        assert!(visits.iter().all(|&count| count > 100), "{visits:?}");
    }

    #[test]
    fn odd_grids_and_no_inputs_are_refused() {
        assert!(Trajectories::new(Groups::each(2), 10, 5, Keyed::new(1, 0)).is_err());
        assert!(Trajectories::new(Groups::each(0), 10, 4, Keyed::new(1, 0)).is_err());
    }
}
