//! Runs with everything that is kept of them, one after the other: series need not all be in memory.

use crate::digest::Rows;
use crate::results::{Results, Run};
use crate::store::StoreError;
use crate::study::{Placed, StudyError};
use std::ops::Range;

/// The runs behind results, in their order.
pub trait Runs {
    /// Hands over every run; ends with the first that `take` refuses.
    ///
    /// # Errors
    /// When a run cannot be read, or as `take`.
    fn each(&self, take: &mut dyn FnMut(&Run) -> Result<(), StoreError>) -> Result<(), StoreError>;
}

impl Runs for Results {
    fn each(&self, take: &mut dyn FnMut(&Run) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.runs.iter().try_for_each(take)
    }
}

/// The runs of points of a study, read from where it keeps its units.
pub struct Played<'s> {
    placed: &'s Placed<'s>,
    replications: Range<u32>,
    rerun: &'s str,
}

impl<'s> Played<'s> {
    /// Those of these replications, which the study has run. `rerun` is the start of the command that
    /// repeats one of them.
    pub fn new(placed: &'s Placed<'s>, replications: Range<u32>, rerun: &'s str) -> Self {
        Self {
            placed,
            replications,
            rerun,
        }
    }

    /// Reads all runs once: `take` gets each, and the results their digest over every row.
    ///
    /// # Errors
    /// When a run cannot be read.
    pub fn digest(
        &self,
        results: &mut Results,
        take: &mut dyn FnMut(&Run),
    ) -> Result<(), StudyError> {
        let mut rows = Rows::new(results);
        self.each(&mut |run| {
            rows.add(run);
            take(run);
            Ok(())
        })?;
        results.sha256 = Some(rows.finish());
        Ok(())
    }
}

impl Runs for Played<'_> {
    fn each(&self, take: &mut dyn FnMut(&Run) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let replications = self.replications.clone();
        self.placed.each_run(replications, self.rerun, take)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{NamedSource, TinyWorld, options, scenario};
    use crate::results_sha256;
    use crate::study::{Change, Keep, Point, Study};
    use std::sync::atomic::AtomicBool;

    #[test]
    fn results_without_series_have_the_digest_of_those_with_them() {
        let stop = AtomicBool::new(false);
        let scenario = scenario(&["waits", "pushes", "fails in replication 1"], 4);
        let other = Point::new(1, vec![Change::parameter("team.effect", 0.45)]);
        let points = [Point::default(), other];
        let evaluate = |study: &Study<'_>| {
            let placed = study.place(&points, Keep::Series).unwrap();
            let all = placed.evaluate_worlds::<TinyWorld>(0..4, &options(2, &stop));
            Results::joined(all.unwrap())
        };
        let study = Study::in_memory(&scenario, &NamedSource);
        let whole = evaluate(&study);
        let study = study.thin();
        let mut thin = evaluate(&study);
        let has_series = |run: &Run| run.record().is_some_and(|record| !record.series.is_empty());
        assert!(whole.runs.iter().any(has_series) && !thin.runs.iter().any(has_series));
        let mut seen = Vec::new();
        let placed = study.place(&points, Keep::Series).unwrap();
        let played = Played::new(&placed, 0..4, options(2, &stop).rerun);
        let read = played.digest(&mut thin, &mut |run| seen.push(run.clone()));
        read.unwrap();
        assert_eq!(seen, whole.runs);
        assert_eq!(results_sha256(&thin), results_sha256(&whole));
    }
}
