//! The same question gets the same answer.

use super::reference::{Town, mix};
use super::{Outcome, Subject, Verdict, pass};
use std::fmt::Write as _;
use zalm_model::{ColumnData, Command, Strategy as _, StrategyRandom, View, row_id, row_parts};

/// Hash of all commands; the program compares it between processes.
fn hash(months: &[Vec<Command>]) -> u64 {
    let mut text = String::new();
    for commands in months {
        // Writing into a string cannot fail; Debug of a float gives all its bits.
        let _ = writeln!(text, "{commands:?}");
    }
    let bytes: Vec<u64> = text.bytes().map(u64::from).collect();
    mix(&bytes)
}

pub(super) fn twice(subject: &Subject) -> Outcome {
    let town = Town::small(subject.seed);
    let first = subject.months(&mut subject.instance()?, town, 60)?;
    let second = subject.months(&mut subject.instance()?, town, 60)?;
    for (month, (one, other)) in first.iter().zip(&second).enumerate() {
        if one != other {
            return Err(format!("month {month} again: {other:?}, before: {one:?}"));
        }
    }
    pass(format!("60 months twice, {:016x}", hash(&first)))
}

pub(super) fn projects(subject: &Subject) -> Outcome {
    let town = Town {
        projects: 4,
        ..Town::small(subject.seed)
    };
    let (mut alone, mut numbered) = (true, false);
    for month in 0..36 {
        let view = town.view(month);
        let all = subject.decide(&mut subject.instance()?, &view)?;
        let mut single = Vec::new();
        for project in 0..4 {
            single.extend(subject.decide(&mut subject.instance()?, &only(&view, project))?);
        }
        alone &= single == all;
        numbered |= by_number(subject, &view)?;
    }
    let rowwise = subject
        .library
        .description
        .capabilities
        .iter()
        .any(|c| c == "rowwise");
    match (alone, rowwise) {
        (false, true) => {
            Err("it says rowwise, but decides otherwise when it sees one project".into())
        }
        (true, _) if numbered => Ok(Verdict::Warn(
            "a project is decided otherwise when another number is all that changes: an id should say \
             which one it is, not what is done"
                .into(),
        )),
        (true, _) => pass("projects are decided one by one, whatever their number"),
        (false, false) => pass("projects are decided together"),
    }
}

/// Whether the projects are decided otherwise when each is called what another was called.
fn by_number(subject: &Subject, view: &View) -> Result<bool, String> {
    const CALLED: [u32; 4] = [2, 0, 3, 1];
    // Numbers are drawn for ids: here they are the same for all.
    let decide = |view: &View| {
        let mut instance = subject.instance()?;
        let decided = instance.decide(view, &SameForAll(subject.seed));
        decided.map_err(|error| error.message)
    };
    let mut renamed = view.clone();
    for row in &mut renamed.rows {
        let (project, payer) = row_parts(*row);
        *row = row_id(CALLED[project as usize], payer);
    }
    let ordered = |view: &View| {
        let mut order: Vec<usize> = (0..view.rows.len()).collect();
        order.sort_by_key(|at| view.rows[*at]);
        picked(view, &order)
    };
    let (before, after) = (decide(view)?, decide(&ordered(&renamed))?);
    for project in 0..4 {
        let of = |commands: &[Command], project| -> Vec<String> {
            let about = commands
                .iter()
                .filter(|one| row_parts(one.row()).0 == project);
            about
                .map(|one| format!("{} {}", row_parts(one.row()).1, without_row(one)))
                .collect()
        };
        if of(&before, project) != of(&after, CALLED[project as usize]) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Random numbers that depend on nothing but what is asked.
struct SameForAll(u64);

impl StrategyRandom for SameForAll {
    fn bits(&self, stream: u32, _: u64, draw: u32) -> u64 {
        mix(&[self.0, stream.into(), draw.into()])
    }
}

/// Everything that it says but its row; a note is for people and may name the project.
fn without_row(command: &Command) -> String {
    let mut same = command.clone();
    match &mut same {
        Command::Note { row, text } => {
            *row = 0;
            text.clear();
        }
        Command::Claim { row, .. }
        | Command::Plan { row, .. }
        | Command::Spend { row, .. }
        | Command::Event { row, .. } => *row = 0,
    }
    format!("{same:?}")
}

fn only(view: &View, project: u32) -> View {
    let wanted = |row: &u64| row_parts(*row).0 == project;
    let keep: Vec<usize> = (0..view.rows.len())
        .filter(|at| wanted(&view.rows[*at]))
        .collect();
    picked(view, &keep)
}

/// These rows, in this order.
fn picked(view: &View, keep: &[usize]) -> View {
    let column = |column: &ColumnData| match column {
        ColumnData::F64(values) => ColumnData::F64(keep.iter().map(|at| values[*at]).collect()),
        ColumnData::I64(values) => ColumnData::I64(keep.iter().map(|at| values[*at]).collect()),
    };
    View {
        rows: keep.iter().map(|at| view.rows[*at]).collect(),
        columns: view.columns.iter().map(column).collect(),
        ..view.clone()
    }
}

pub(super) fn replaced(subject: &Subject) -> Outcome {
    let town = Town::small(subject.seed);
    let whole = subject.months(&mut subject.instance()?, town, 48)?;
    for every in [1, 5] {
        let mut instance = subject.instance()?;
        for month in 0..48 {
            if month % every == 0 {
                let mut fresh = subject.instance()?;
                if let (Some(old), Some(new)) = (instance.kept(), fresh.kept()) {
                    new.clone_from(old);
                }
                instance = fresh;
            }
            let commands = subject.decide(&mut instance, &town.view(month))?;
            if commands != whole[month as usize] {
                return Err(format!(
                    "month {month} with a fresh instance: {commands:?}, uninterrupted: {:?}; what is \
                     to last belongs in own columns",
                    whole[month as usize]
                ));
            }
        }
    }
    pass("48 months with a fresh instance every month and every fifth")
}

pub(super) fn threads(subject: &Subject) -> Outcome {
    let town = Town::small(subject.seed);
    let alone = subject.months(&mut subject.instance()?, town, 36)?;
    let mut moving = subject.instance()?;
    for month in 0..36 {
        let view = town.view(month);
        let step = || subject.decide(&mut moving, &view);
        let small = std::thread::Builder::new().stack_size(2 << 20);
        let commands = std::thread::scope(|scope| {
            let thread = small
                .spawn_scoped(scope, step)
                .map_err(|error| error.to_string())?;
            thread
                .join()
                .map_err(|_| "the test itself panicked".to_owned())?
        })?;
        if commands != alone[month as usize] {
            return Err(format!(
                "month {month} on another thread is decided differently"
            ));
        }
    }
    let beside: Vec<_> = std::thread::scope(|scope| {
        let run = || subject.months(&mut subject.instance()?, town, 36);
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        threads
            .into_iter()
            .map(std::thread::ScopedJoinHandle::join)
            .collect()
    });
    for months in beside {
        if months.map_err(|_| "the test itself panicked")?? != alone {
            return Err("eight instances side by side decide differently".into());
        }
    }
    pass("36 months on 36 threads with 2 MiB of stack; 8 instances in parallel")
}
