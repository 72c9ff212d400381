//! How many replications are enough: until differences are known as well as they matter, or until
//! the best strategy is known.

use super::{Placed, StudyError};
use crate::results::Results;
use crate::runner::RunOptions;
use crate::summary::{LEVEL, answers};
use crate::world::Measured;
use zalm_model::{Better, Simulation};
use zalm_statistics::selection::KimNelson;
use zalm_statistics::{Precision, Refused, Stopping};

/// Replications before the first look.
const FIRST: u32 = 10;

/// A difference that matters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    /// Index of the metric.
    pub metric: usize,
    /// Smallest difference that matters, in the unit of the metric.
    pub size: f64,
}

/// What must be known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Enough {
    /// Half widths of all paired differences to the null alternative, at most this large.
    pub precise: Vec<Aim>,
    /// The best strategy under each stressor, to within this much (Kim and Nelson).
    pub best: Vec<Aim>,
}

/// What a look at the replications so far tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Replications that are enough; `None`: not yet.
    pub enough: Option<u32>,
    /// Replications that it will take in all, as far as can be told now.
    pub planned: u32,
    /// The difference that needs most replications.
    pub slowest: Option<Wait>,
    /// Strategies among which the best is, by metric and stressor.
    pub best: Vec<(Aim, usize, Vec<usize>)>,
}

/// A difference that is waited for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    /// What of it matters.
    pub aim: Aim,
    /// Index of the stressor.
    pub stressor: usize,
    /// Index of the strategy.
    pub strategy: usize,
    /// Half width of its 95 % interval, in the unit of the metric.
    pub half_width: f64,
    /// Replications that it takes.
    pub replications: u32,
}

impl Enough {
    /// Looks at all replications so far, of one draw.
    fn look(&self, results: &Results) -> Result<Look, Refused> {
        let mut look = Look {
            enough: Some(0),
            planned: 0,
            slowest: None,
            best: Vec::new(),
        };
        for &aim in &self.precise {
            for (stressor, strategy) in results.arms() {
                if results.null.is_some_and(|null| null != strategy) {
                    look.wait_for(aim, results, stressor, strategy)?;
                }
            }
        }
        for &aim in &self.best {
            for stressor in 0..results.stressors.len() {
                look.choose(aim, results, stressor)?;
            }
        }
        Ok(look)
    }
}

impl Look {
    fn wait_for(
        &mut self,
        aim: Aim,
        results: &Results,
        stressor: usize,
        strategy: usize,
    ) -> Result<(), Refused> {
        let null = results.null.unwrap_or_default();
        let value = |run: &crate::results::Run| run.value(aim.metric);
        let pairs = results
            .arm(stressor, strategy)
            .zip(results.arm(stressor, null));
        let pair = |(number, (run, other))| Some((number, (value(run)?, value(other)?)));
        let (numbers, pairs): (Vec<u32>, Vec<(f64, f64)>) =
            (1..).zip(pairs).filter_map(pair).unzip();
        let rule = Stopping {
            first: FIRST,
            ..Stopping::at(Precision::Absolute(aim.size))
        };
        let is_share = results.metrics[aim.metric].unit == "share";
        let look = match answers(&pairs).filter(|_| is_share) {
            Some(answers) => rule.look_at_shares(&answers)?,
            None => {
                let differences = pairs.iter().map(|(own, other)| own - other);
                rule.look(&differences.collect::<Vec<_>>())?
            }
        };
        // A replication without a pair is one that was run all the same.
        let at = look.stop.map(|count| numbers[count as usize - 1]);
        let wait = Wait {
            aim,
            stressor,
            strategy,
            half_width: look.half_width,
            replications: at.unwrap_or(look.planned),
        };
        self.needs(at, look.planned);
        if self
            .slowest
            .is_none_or(|slowest| wait.replications > slowest.replications)
        {
            self.slowest = Some(wait);
        }
        Ok(())
    }

    fn choose(&mut self, aim: Aim, results: &Results, stressor: usize) -> Result<(), Refused> {
        let sign = match results.metrics[aim.metric].better {
            Better::Lower => -1.0,
            Better::Higher | Better::Neither => 1.0,
        };
        let strategies = results.strategies.len();
        let arms: Vec<Vec<Option<f64>>> = (0..strategies)
            .map(|strategy| {
                let arm = results.arm(stressor, strategy);
                arm.map(|run| Some(sign * run.value(aim.metric)?)).collect()
            })
            .collect();
        // Replications in which every strategy has a value.
        let whole = |at: &usize| arms.iter().all(|arm| arm[*at].is_some());
        let numbers: Vec<usize> = (0..results.replications.len()).filter(whole).collect();
        let planned = results.replications.len() as u32 + FIRST;
        if numbers.len() < FIRST as usize {
            self.needs(None, planned);
            self.best.push((aim, stressor, (0..strategies).collect()));
            return Ok(());
        }
        let values = |arm: &Vec<Option<f64>>| numbers.iter().filter_map(|&at| arm[at]).collect();
        let values: Vec<Vec<f64>> = arms.iter().map(values).collect();
        let rule = KimNelson {
            zone: aim.size,
            level: LEVEL,
            first: FIRST,
        };
        let selection = rule.select(&values)?;
        let last = selection.replications as usize - 1;
        let at = selection.best().map(|_| numbers[last] as u32 + 1);
        self.needs(at, planned);
        self.best.push((aim, stressor, selection.still_in));
        Ok(())
    }

    fn needs(&mut self, at: Option<u32>, planned: u32) {
        self.enough = self.enough.zip(at).map(|(so_far, at)| so_far.max(at));
        self.planned = self.planned.max(at.unwrap_or(planned));
    }
}

impl Placed<'_> {
    /// The results of the one point that was placed, with as many replications as are enough, at most `most`; which they
    /// are does not depend on how many are run at a time.
    ///
    /// # Errors
    /// As [`Placed::evaluate`], or when a rule cannot be held against the runs.
    ///
    /// # Panics
    /// When more points were placed, or none.
    pub fn until(
        &self,
        enough: &Enough,
        most: u32,
        options: &RunOptions,
    ) -> Result<(Results, Look), StudyError> {
        self.until_worlds::<Simulation>(enough, most, options)
    }

    pub(crate) fn until_worlds<W: Measured>(
        &self,
        enough: &Enough,
        most: u32,
        options: &RunOptions,
    ) -> Result<(Results, Look), StudyError> {
        assert_eq!(self.sites.len(), 1, "a look is at one point");
        let evaluate = |count| -> Result<Results, StudyError> {
            let results = self.evaluate_worlds::<W>(0..count, options)?;
            Ok(Results::joined(results))
        };
        let mut count = FIRST.min(most);
        loop {
            let results = evaluate(count)?;
            let look = enough.look(&results).map_err(StudyError::Refused)?;
            match look.enough {
                Some(enough) if enough < count => return Ok((evaluate(enough)?, look)),
                Some(_) => return Ok((results, look)),
                None if count == most => return Ok((results, look)),
                // A plan made early is a guess: at most twice as many at a time.
                None => count = look.planned.clamp(count + 1, 2 * count).min(most),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{NamedSource, TinyWorld, options, scenario};
    use crate::study::{Keep, Point, Study};
    use std::sync::atomic::AtomicBool;

    fn until(enough: &Enough, most: u32, threads: usize) -> Result<(Results, Look), StudyError> {
        let stop = AtomicBool::new(false);
        let scenario = scenario(&["waits", "pushes", "fails in replication 1"], 2);
        let study = Study::in_memory(&scenario, &NamedSource);
        let placed = study.place(&[Point::default()], Keep::Outcomes)?;
        placed.until_worlds::<TinyWorld>(enough, most, &options(threads, &stop))
    }

    fn precise(size: f64) -> Enough {
        Enough {
            precise: vec![Aim { metric: 0, size }],
            best: vec![],
        }
    }

    #[test]
    fn more_precision_takes_more_and_says_what_was_slowest() {
        // Pushing adds 8 or 16 by turns, so its difference has a spread of 4; failing differs by
        // nothing at all.
        let (few, rough) = until(&precise(2.0), 1000, 2).unwrap();
        let (many, fine) = until(&precise(0.5), 1000, 2).unwrap();
        assert_eq!(rough.enough, Some(few.replications.len() as u32));
        assert!(many.replications.len() > 4 * few.replications.len());
        let slowest = fine.slowest.unwrap();
        assert_eq!(many.strategies[slowest.strategy], "pushes");
        assert!(slowest.half_width <= 0.5);
        assert_eq!(until(&precise(0.5), 1000, 1).unwrap().0, many);
    }

    #[test]
    fn answers_that_are_all_yes_are_no_certainty() {
        let mut results = crate::fixture::results(&["waits", "waits on"], 12);
        results.metrics[0].unit = "share";
        for run in &mut results.runs {
            if let crate::Outcome::Done(record) = &mut run.outcome {
                record.outcomes[0] = 1.0;
            }
        }
        let look = precise(0.1).look(&results).unwrap();
        assert_eq!(look.enough, None);
        assert!(look.slowest.unwrap().half_width > 0.1, "{look:?}");
        results.metrics[0].unit = "households";
        assert!(
            precise(0.1)
                .look(&results)
                .unwrap()
                .slowest
                .unwrap()
                .half_width
                < 1e-9
        );
    }

    #[test]
    fn the_most_is_the_most() {
        let (results, look) = until(&precise(0.01), 30, 2).unwrap();
        assert_eq!((results.replications.len(), look.enough), (30, None));
        assert!(look.planned > 1000, "{look:?}");
        assert!(matches!(
            until(&precise(-1.0), 30, 2),
            Err(StudyError::Refused(_))
        ));
    }

    #[test]
    fn the_best_is_chosen_and_what_cannot_be_told_apart_is_told() {
        let best = |size| Enough {
            precise: vec![],
            best: vec![Aim { metric: 0, size }],
        };
        // Less is better: pushing falls behind, the other two are the same.
        let (_, look) = until(&best(1.0), 60, 2).unwrap();
        assert!(
            look.best
                .iter()
                .all(|(_, _, still_in)| !still_in.contains(&1))
        );
        assert_eq!(look.best.len(), 2);
    }
}
