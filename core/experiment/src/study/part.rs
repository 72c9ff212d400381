//! A part of the units of a study: who plays what when several share the work.

use super::{Key, Placed, StudyError};
use crate::runner::RunOptions;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use zalm_model::Simulation;

/// Every `of`-th unit from number `number` on, both counted from 1; written `2/7`. Units next to each
/// other go to different parts, so that parts take about equally long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    number: u32,
    of: u32,
}

impl Part {
    /// All units.
    pub const ALL: Self = Self { number: 1, of: 1 };

    /// A part; `None` when there is no such part.
    pub fn new(number: u32, of: u32) -> Option<Self> {
        (1..=of).contains(&number).then_some(Self { number, of })
    }

    /// Its number, from 1.
    pub fn number(self) -> u32 {
        self.number
    }

    /// How many parts there are.
    pub fn of(self) -> u32 {
        self.of
    }

    /// Its units, of all (point, replication) in order.
    pub(super) fn of_units<'p, P>(
        self,
        points: &'p [P],
        replications: &Range<u32>,
    ) -> impl Iterator<Item = (&'p P, u32)> {
        let replications = replications.clone();
        let units = points.iter().flat_map(move |point| {
            let one = move |replication| (point, replication);
            replications.clone().map(one)
        });
        units
            .skip(self.number as usize - 1)
            .step_by(self.of as usize)
    }
}

impl Placed<'_> {
    /// Units of one part that are done, and its units in all.
    pub fn part(&self, replications: Range<u32>, part: Part) -> (usize, usize) {
        let (mut done, mut all) = (0, 0);
        for key in self.keys_of(&replications, part) {
            all += 1;
            done += usize::from(self.study.units.has(&key));
        }
        (done, all)
    }

    /// Runs the units of one part that are not there yet, and gives the keys of that part, with how
    /// many of its runs failed.
    ///
    /// # Errors
    /// As [`Placed::evaluate`].
    pub fn run_part(
        &self,
        replications: Range<u32>,
        part: Part,
        options: &RunOptions,
    ) -> Result<(Vec<Key>, usize), StudyError> {
        self.run_missing::<Simulation>(&replications, part, options)?;
        let (mut keys, mut failed) = (Vec::new(), 0);
        for (site, replication) in part.of_units(&self.sites, &replications) {
            keys.push(site.key.unit(replication));
            let runs = self.unit(site, replication, options.rerun)?;
            failed += runs.iter().filter(|run| run.failure().is_some()).count();
        }
        Ok((keys, failed))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/');
        let numbers = parts.and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        numbers
            .and_then(|(number, of)| Self::new(number, of))
            .ok_or_else(|| "expected I/N with I from 1 to N, such as 2/7".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn parts_share_all_units_and_none_twice() {
        for of in 1..12 {
            let mut all: Vec<(char, u32)> = Vec::new();
            let mut sizes = Vec::new();
            for number in 1..=of {
                let part = Part::new(number, of).unwrap();
                let units = part.of_units(&['a', 'b'], &(3..8));
                let units: Vec<(char, u32)> = units.map(|(point, at)| (*point, at)).collect();
                sizes.push(units.len());
                all.extend(units);
            }
            all.sort_unstable();
            let expected = ['a', 'b']
                .into_iter()
                .flat_map(|p| (3..8).map(move |at| (p, at)));
            assert!(all.into_iter().eq(expected), "{of}");
            assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1);
        }
    }

    #[test]
    fn a_part_is_read_as_it_is_written() {
        assert_eq!("2/7".parse(), Ok(Part::new(2, 7).unwrap()));
        assert_eq!(Part::new(2, 7).unwrap().to_string(), "2/7");
        for wrong in ["0/7", "8/7", "1/0", "2", "2/", "a/b", "-1/3", "1/3/5"] {
            assert!(wrong.parse::<Part>().is_err(), "{wrong}");
        }
    }
}
