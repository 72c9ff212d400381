//! Where the time of a run goes, by step of the month; the parts sum to the whole.
//!
//! The model has no clock. It tells when a step is done, and the clock is looked at here.

use crate::columns::aligned;
use serde::Serialize;
use std::time::Duration;
use zalm_model::{MONTH, Moment, START, Step};

/// What comes after the last month.
const RESULT: Step = Step {
    phase: "result",
    name: "simulation::record",
    doc: "outcomes, fates and the digest of the whole state",
};

/// Time by part of a run.
#[derive(Default)]
pub struct Profile {
    /// When the last part ended, since the start.
    last: Duration,
    /// Parts in the order in which they first ended, and how long they took together.
    parts: Vec<(Part, Duration)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Part {
    step: &'static Step,
    when: &'static str,
}

/// A row of the table.
#[derive(Clone, Copy, Serialize)]
pub struct Row {
    /// `before month 0`, `months` or `end`.
    when: &'static str,
    phase: &'static str,
    step: &'static str,
    seconds: f64,
    /// Of the whole run.
    share: f64,
}

impl Profile {
    /// A step is done, this long after the start.
    pub fn lap(&mut self, moment: Moment, since_start: Duration) {
        let when = if moment.month.is_some() {
            "months"
        } else {
            "before month 0"
        };
        let step = moment.step;
        self.add(Part { step, when }, since_start);
    }

    /// The run is done.
    pub fn end(&mut self, since_start: Duration) {
        let part = Part {
            step: &RESULT,
            when: "end",
        };
        self.add(part, since_start);
    }

    fn add(&mut self, part: Part, since_start: Duration) {
        let took = since_start.saturating_sub(self.last);
        self.last = since_start;
        match self.parts.iter_mut().find(|(known, _)| *known == part) {
            Some((_, spent)) => *spent += took,
            None => self.parts.push((part, took)),
        }
    }

    /// The table, in the order of the run.
    pub fn rows(&self) -> Vec<Row> {
        let order = |step: &Step| {
            let place = MONTH.iter().position(|one| one == step);
            place.map_or(usize::from(*step != START) * usize::MAX, |place| place + 1)
        };
        let mut parts = self.parts.clone();
        parts.sort_by_key(|(part, _)| (part.when != "before month 0", order(part.step)));
        let whole = self.last.as_secs_f64();
        let row = |(part, spent): &(Part, Duration)| Row {
            when: part.when,
            phase: part.step.phase,
            step: part.step.name,
            seconds: spent.as_secs_f64(),
            share: spent.as_secs_f64() / whole,
        };
        parts.iter().map(row).collect()
    }
}

/// The rows as text, each phase with its sum, and the whole.
pub fn text(rows: &[Row]) -> String {
    let line = |when: &str, name: &str, seconds: f64, share: f64| {
        vec![
            when.to_owned(),
            name.to_owned(),
            format!("{:10.1} ms", 1e3 * seconds),
            format!("{:5.1} %", 100.0 * share),
        ]
    };
    let sum = |rows: &[Row]| {
        let add = |(seconds, share), row: &Row| (seconds + row.seconds, share + row.share);
        rows.iter().fold((0.0, 0.0), add)
    };
    let mut table = Vec::new();
    for phase in rows.chunk_by(|one, next| (one.when, one.phase) == (next.when, next.phase)) {
        let (seconds, share) = sum(phase);
        table.push(line(phase[0].when, phase[0].phase, seconds, share));
        let steps = phase.iter();
        table.extend(steps.map(|row| line("", &format!("  {}", row.step), row.seconds, row.share)));
    }
    let (seconds, share) = sum(rows);
    table.push(line("whole", "", seconds, share));
    format!("\nTime\n{}", aligned(&table))
}

#[cfg(test)]
mod tests {
    use super::{Profile, text};
    use std::time::Duration;
    use zalm_model::{MONTH, Moment, START};

    #[test]
    fn the_parts_sum_to_the_whole() {
        let mut profile = Profile::default();
        let laps = [
            (&START, None, 5),
            (&MONTH[6], None, 6),
            (&MONTH[6], Some(0), 10),
            (&MONTH[0], Some(1), 40),
            (&MONTH[6], Some(1), 43),
        ];
        for (step, month, at) in laps {
            profile.lap(Moment { step, month }, Duration::from_millis(at));
        }
        profile.end(Duration::from_millis(50));
        let rows = profile.rows();
        let of: Vec<_> = rows.iter().map(|row| (row.when, row.step)).collect();
        let (first, sweep) = (MONTH[0].name, MONTH[6].name);
        assert_eq!(
            of,
            [
                ("before month 0", START.name),
                ("before month 0", sweep),
                ("months", first),
                ("months", sweep),
                ("end", "simulation::record"),
            ]
        );
        let ms: Vec<_> = rows.iter().map(|row| (1e3 * row.seconds).round()).collect();
        assert_eq!(ms, [5.0, 1.0, 30.0, 7.0, 7.0]);
        let whole: f64 = rows.iter().map(|row| row.share).sum();
        assert!((whole - 1.0).abs() < 1e-12);
        assert!(text(&rows).ends_with("50.0 ms  100.0 %\n"));
    }
}
