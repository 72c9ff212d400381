//! Memory with fences round it, of which nothing is left when the step is over.

use super::reference::Town;
use super::{Outcome, Subject, pass};
use crate::native::Native;
use std::ffi::c_void;
use std::ptr::NonNull;
use zalm_abi::{STATUS_OK, STATUS_WARNING, ZalmHost};
use zalm_model::{COLUMNS, ColumnData};

/// Months that are tried.
const MONTHS: u32 = 36;

/// Bytes before and after a buffer that nobody may touch.
const FENCE: usize = 8;
const CANARY: u64 = 0x5afe_c0de_5afe_c0de;

/// A copy of a column between fences.
struct Fenced(Vec<u64>);

impl Fenced {
    fn new(values: impl Iterator<Item = u64>) -> Self {
        let fence = [CANARY; FENCE];
        Self(fence.into_iter().chain(values).chain(fence).collect())
    }

    fn start(&mut self) -> *mut c_void {
        self.0[FENCE..].as_mut_ptr().cast()
    }

    fn inside(&self) -> &[u64] {
        &self.0[FENCE..self.0.len() - FENCE]
    }

    /// Makes it what no pointer was kept for.
    fn spoil(&mut self) {
        self.0.fill(u64::MAX);
    }

    fn whole(&self) -> bool {
        let last = self.0.len() - FENCE;
        self.0[..FENCE]
            .iter()
            .chain(&self.0[last..])
            .all(|word| *word == CANARY)
    }
}

/// What one month was shown in; it stays, spoilt, so that a pointer that was kept finds it.
struct Shown {
    rows: Fenced,
    data: Vec<Fenced>,
    out: Vec<Fenced>,
    host: Option<Box<ZalmHost>>,
}

impl Shown {
    fn spoil(&mut self) {
        self.rows.spoil();
        for column in self.data.iter_mut().chain(&mut self.out) {
            column.spoil();
        }
        if let Some(host) = &mut self.host {
            // No function of the host does anything without it.
            host.ctx = std::ptr::null_mut();
        }
    }
}

pub(super) fn memory(subject: &Subject) -> Outcome {
    let made = subject.native()?;
    let (mut earlier, mut asked) = (Vec::new(), Vec::new());
    for month in 0..MONTHS {
        let (mut shown, commands) =
            between_fences(subject, &made, month).map_err(|why| format!("month {month}: {why}"))?;
        shown.spoil();
        earlier.push(shown);
        asked.push(commands);
    }
    for (month, asked) in (0..MONTHS).zip(asked) {
        let view = Town::small(subject.seed).view(month);
        let (mut scratch, draws) = (subject.scratch(&view), subject.draws(month));
        let fresh = subject.native()?;
        let (_, answer) = fresh.step_with(&view, &mut scratch, &draws, |_, _| ());
        if answer.commands != asked {
            return Err(format!(
                "month {month}: it asks otherwise when what it saw in earlier months is overwritten: \
                 it keeps a pointer or a state"
            ));
        }
    }
    pass(format!(
        "{MONTHS} months between fences, each overwritten afterwards"
    ))
}

/// One step with a copy of everything between fences, and what it asked for.
fn between_fences(
    subject: &Subject,
    made: &Native,
    month: u32,
) -> Result<(Shown, Vec<u8>), String> {
    let view = Town::small(subject.seed).view(month);
    let (mut scratch, draws) = (subject.scratch(&view), subject.draws(month));
    let (mut data, mut out, mut columns) = (Vec::new(), Vec::new(), Vec::new());
    let mut rows = Fenced::new(view.rows.iter().copied());
    let (status, answer, host) = made.step_through(&view, &mut scratch, &draws, |host, step| {
        step.row_ids = rows.start().cast_const().cast();
        for at in 0..step.n_columns as usize {
            // SAFETY: the host's own array of this length, whose columns are as long as the rows.
            let (mut column, values) = unsafe {
                let column = *step.columns.add(at);
                let data = NonNull::new(column.data.cast_mut()).unwrap_or(NonNull::dangling());
                let data = data.as_ptr().cast::<u64>().cast_const();
                (
                    column,
                    std::slice::from_raw_parts(data, column.len as usize),
                )
            };
            data.push(Fenced::new(values.iter().copied()));
            if !column.data.is_null() {
                column.data = data[at].start().cast_const();
            }
            if !column.out.is_null() {
                out.push(Fenced::new(values.iter().copied()));
                column.out = out.last_mut().map_or(std::ptr::null_mut(), Fenced::start);
            }
            columns.push(column);
        }
        step.columns = columns.as_ptr();
        Box::new(host)
    });
    if !matches!(status, STATUS_OK | STATUS_WARNING) {
        return Err(format!(
            "status {status} when what it saw in earlier months is overwritten: {}",
            answer.error
        ));
    }
    if !rows.whole() || rows.inside() != view.rows {
        return Err("it wrote on the row ids".into());
    }
    for (at, index) in subject.library.columns.iter().enumerate() {
        let Some(index) = index else { continue };
        let name = COLUMNS[*index].name;
        if !data[at].whole() {
            return Err(format!("it wrote before or behind column {name}"));
        }
        if data[at].inside() != bits(&view.columns[*index]) {
            return Err(format!("it wrote on column {name}, which it may only read"));
        }
    }
    if let Some(at) = out.iter().position(|column| !column.whole()) {
        let name = &subject.library.description.own[at].name;
        return Err(format!("it wrote beyond its own column {name}"));
    }
    let shown = Shown {
        rows,
        data,
        out,
        host,
    };
    Ok((shown, answer.commands))
}

fn bits(column: &ColumnData) -> Vec<u64> {
    match column {
        ColumnData::F64(values) => values.iter().map(|x| x.to_bits()).collect(),
        ColumnData::I64(values) => values.iter().map(|x| x.cast_unsigned()).collect(),
    }
}
