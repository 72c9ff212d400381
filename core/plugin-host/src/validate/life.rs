//! Instances come and go.

use super::changes::after_error;
use super::reference::{Town, mix};
use super::traces::Traces;
use super::{Outcome, Subject, Verdict, pass};
use crate::native::Native;
use std::sync::Arc;
use std::time::Instant;
use zalm_abi::{STATUS_OK, STATUS_PANIC, STATUS_WARNING};
use zalm_model::{ColumnData, Strategy as _, View, row_id, row_parts};

/// Growth over the second thousand that is more than noise, kB.
const GROWTH: u64 = 4096;
/// Time per row and month beyond which a comparison feels it, nanoseconds.
const SLOW: f64 = 20_000.0;

/// Projects of the town in which time is taken.
const PROJECTS: u32 = 500;

/// The table this many times, each time with projects of its own.
fn many(view: &View, copies: u32) -> View {
    let column = |column: &ColumnData| match column {
        ColumnData::F64(values) => ColumnData::F64(values.repeat(copies as usize)),
        ColumnData::I64(values) => ColumnData::I64(values.repeat(copies as usize)),
    };
    let shifted = |copy| {
        let rows = view.rows.iter().map(|row| row_parts(*row));
        rows.map(move |(project, payer)| row_id(copy * PROJECTS + project, payer))
    };
    View {
        rows: (0..copies).flat_map(shifted).collect(),
        columns: view.columns.iter().map(column).collect(),
        ..*view
    }
}

pub(super) fn cycle(subject: &Subject) -> Outcome {
    let defaults = subject.defaults()?;
    let town = Town::small(subject.seed);
    let mut halfway = Traces::now();
    for number in 0..2000_u32 {
        let mut instance = subject.instance_with(&defaults)?;
        subject.decide(&mut instance, &town.view(number % 120))?;
        drop(instance);
        if number == 1000 {
            halfway = Traces::now();
        }
    }
    let now = Traces::now();
    let grown = now.memory.saturating_sub(halfway.memory);
    if grown > GROWTH {
        return Err(format!(
            "memory grew by {grown} kB over 1000 instances that are gone"
        ));
    }
    if (now.threads, now.files) != (halfway.threads, halfway.files) {
        return Err(format!(
            "threads went from {} to {}, open files from {} to {}",
            halfway.threads, now.threads, halfway.files, now.files
        ));
    }
    let mut many = (0..64)
        .map(|_| subject.instance())
        .collect::<Result<Vec<_>, _>>()?;
    let first = subject.months(&mut many[0], town, 12)?;
    for instance in &mut many[1..] {
        if subject.months(instance, town, 12)? != first {
            return Err("instances side by side decide differently: they share state".into());
        }
    }
    pass(format!("2000 instances, {grown} kB; 64 at once"))
}

pub(super) fn order(subject: &Subject) -> Outcome {
    for bad in ["", "{", "[]", "null", "{\"nobody\":1}", "\u{0}"] {
        let (made, status, _) = Native::create(Arc::clone(&subject.library), bad);
        let wants = !subject.library.description.parameters.is_empty();
        if wants && made.is_some() {
            return Err(format!("it starts with the parameters {bad:?}"));
        }
        if status == STATUS_PANIC {
            return Err(format!("it panics at the parameters {bad:?}"));
        }
    }
    let town = Town::small(subject.seed);
    let mut instance = subject.instance()?;
    let alone = subject.library.description.own.is_empty();
    let first = subject.decide(&mut instance, &town.view(40))?;
    for month in [40, 3, 90, 40] {
        let again = subject.decide(&mut instance, &town.view(month))?;
        if alone && month == 40 && again != first {
            return Err(
                "the same month again is decided differently: it keeps state in the instance, \
                        which forks and resumed runs do not have; use own columns"
                    .into(),
            );
        }
    }
    after_error(subject)?;
    pass("bad parameters refused; months in any order, also after one that failed")
}

pub(super) fn endurance(subject: &Subject) -> Outcome {
    let mut times = Vec::new();
    let town = Town {
        seed: subject.seed,
        projects: PROJECTS,
        payers: 20,
    };
    for copies in [1, 100] {
        let view = many(&town.view(20), copies);
        let made = subject.native()?;
        let mut best = f64::INFINITY;
        for _ in 0..3 {
            let (mut scratch, draws) = (subject.scratch(&view), subject.draws(view.month));
            let begun = Instant::now();
            let (status, answer) = made.step_with(&view, &mut scratch, &draws, |_, _| ());
            best = best.min(begun.elapsed().as_nanos() as f64 / view.rows.len() as f64);
            if !matches!(status, STATUS_OK | STATUS_WARNING) {
                return Err(format!("with {} rows: {}", view.rows.len(), answer.error));
            }
        }
        times.push(best);
        if best > SLOW {
            break;
        }
    }
    for session in 0..40_u64 {
        let mut instance = subject.instance()?;
        let town = Town::small(mix(&[subject.seed, session]));
        let months = (mix(&[session]) % 60) as u32;
        subject.months(&mut instance, town, months)?;
        if session % 3 == 0 {
            let _ = instance.kept();
        }
    }
    let sizes = ["10000", "1000000"].iter().zip(&times);
    let told: Vec<String> = sizes
        .map(|(rows, time)| format!("{time:.0} ns per row of {rows}"))
        .collect();
    let text = told.join(", ");
    Ok(if times.iter().any(|time| *time > SLOW) {
        Verdict::Warn(text)
    } else {
        Verdict::Pass(text)
    })
}
