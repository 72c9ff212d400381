//! Groups of inputs that a design moves together: correlated ones, or those of one subject.

use crate::Refused;

/// Which group each input (column) is in; groups are numbered from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Groups {
    of: Vec<usize>,
    count: usize,
}

impl Groups {
    /// Each of `columns` inputs in a group of its own.
    pub fn each(columns: usize) -> Self {
        Self {
            of: (0..columns).collect(),
            count: columns,
        }
    }

    /// Groups by the number of the group of each input.
    ///
    /// # Errors
    /// A number that is left out: groups are numbered from 0 without a gap.
    pub fn new(of: Vec<usize>) -> Result<Self, Refused> {
        let count = of.iter().max().map_or(0, |last| last + 1);
        let mut members = vec![0_usize; count];
        for &group in &of {
            members[group] += 1;
        }
        if members.contains(&0) {
            return Err(Refused::TooFew {
                what: "inputs in a group",
                found: 0,
                needed: 1,
            });
        }
        Ok(Self { of, count })
    }

    /// Number of inputs.
    pub fn columns(&self) -> usize {
        self.of.len()
    }

    /// Number of groups.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The group of an input.
    pub fn of(&self, column: usize) -> usize {
        self.of[column]
    }

    /// The inputs of a group.
    pub fn members(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.of.len()).filter(move |&column| self.of[column] == group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_have_no_gaps() {
        let groups = Groups::new(vec![1, 0, 1]).unwrap();
        assert_eq!((groups.count(), groups.columns()), (2, 3));
        assert_eq!(groups.members(1).collect::<Vec<_>>(), [0, 2]);
        assert!(Groups::new(vec![0, 2]).is_err());
        assert_eq!(Groups::each(2).of(1), 1);
    }
}
