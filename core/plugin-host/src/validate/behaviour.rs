//! What a strategy asks, in ordinary and in extreme months.

use super::reference::{Town, allowed, mix, unit};
use super::{Outcome, Subject, pass};
use crate::declared::{ParameterDescription, ParameterType};
use crate::instance::PluginStrategy;
use std::collections::BTreeMap;
use zalm_model::{COLUMNS, ColumnData, Command, Strategy as _, View};
use zalm_scenario::StrategyValue;

pub(super) fn basic(subject: &Subject) -> Outcome {
    let mut asked = 0;
    for projects in [1, 5] {
        let town = Town {
            projects,
            ..Town::small(subject.seed)
        };
        let mut instance = subject.instance()?;
        for month in 0..120 {
            let view = town.view(month);
            let commands = subject.decide(&mut instance, &view)?;
            allowed(&commands, &view)?;
            ordinary(&commands, &mut instance).map_err(|what| {
                format!("month {month}: {what} is subnormal, which is 0 elsewhere")
            })?;
            asked += commands.len();
        }
    }
    pass(format!("{asked} commands in two towns of ten years"))
}

/// Numbers so near 0 that they lose digits, and that some machines take for 0.
///
/// # Errors
/// Where the first one is.
fn ordinary(commands: &[Command], instance: &mut PluginStrategy) -> Result<(), String> {
    let odd = |value: &f64| value.is_subnormal();
    for command in commands {
        match command {
            Command::Spend { share, .. } if odd(share) => {
                return Err("the share of an effort".into());
            }
            Command::Event { told, .. } => {
                if let Some((name, ..)) = told.values.iter().find(|(.., value)| odd(value)) {
                    return Err(format!("{name} of the event {}", told.name));
                }
            }
            _ => {}
        }
    }
    if let Some((name, _)) = instance.measured().iter().find(|(_, value)| odd(value)) {
        return Err(format!("the metric {name}"));
    }
    match instance.kept() {
        Some(kept) if kept.0.values().flatten().any(odd) => Err("a value of an own column".into()),
        _ => Ok(()),
    }
}

pub(super) fn extremes(subject: &Subject) -> Outcome {
    let town = Town::small(subject.seed);
    let size = |projects, payers| {
        Town {
            projects,
            payers,
            ..town
        }
        .view(5)
    };
    let filled = |money: i64, left: i64, share: f64| {
        let mut view = town.view(7);
        fill(&mut view, money, left, share);
        view
    };
    let months: Vec<(&str, View)> = vec![
        ("no rows", size(0, 0)),
        ("one row", size(1, 1)),
        ("200000 rows", size(10_000, 20)),
        ("no money anywhere", filled(0, 0, 0.0)),
        (
            "ten billion euro everywhere",
            filled(1_000_000_000_000, 0, 1.0),
        ),
        ("debts everywhere", filled(-1_000_000, -5, 0.0)),
        ("all money ends this month", filled(100_000, 0, 0.5)),
        ("no end in sight", filled(100_000, 9_999, 0.5)),
        ("the far future", town.view(1_000_000)),
    ];
    let count = months.len();
    for (name, view) in months {
        let mut instance = subject.instance()?;
        subject
            .decide(&mut instance, &view)
            .map_err(|why| format!("{name}: {why}"))?;
    }
    pass(format!("{count} extreme months"))
}

fn fill(view: &mut View, money: i64, left: i64, share: f64) {
    for (spec, column) in COLUMNS.iter().zip(&mut view.columns) {
        match column {
            ColumnData::F64(values) => values.fill(share),
            ColumnData::I64(values) if spec.unit == "cent/month" => values.fill(money),
            ColumnData::I64(values) if spec.name == "project.months_left" => values.fill(left),
            ColumnData::I64(_) => {}
        }
    }
}

pub(super) fn parameters(subject: &Subject) -> Outcome {
    let described = &subject.library.description;
    let unknown = BTreeMap::from([("zz-unknown".to_owned(), StrategyValue::Integer(1))]);
    if described.check(&unknown).is_ok() {
        return Err("an unknown parameter is taken".into());
    }
    let town = Town::small(subject.seed);
    let explicit: BTreeMap<_, _> = described
        .parameters
        .iter()
        .map(|parameter| (parameter.name.clone(), parameter.default.clone()))
        .collect();
    let explicit = described
        .check(&explicit)
        .map_err(|_| "its defaults are refused")?;
    let written = subject.months(&mut subject.instance_with(&explicit.json)?, town, 24)?;
    if written != subject.months(&mut subject.instance()?, town, 24)? {
        return Err("its defaults, written out, give another result".into());
    }
    let mut refused = 0;
    for set in 0..50 {
        let values: BTreeMap<_, _> = described
            .parameters
            .iter()
            .map(|parameter| (parameter.name.clone(), value(parameter, subject.seed, set)))
            .collect();
        let checked = described
            .check(&values)
            .map_err(|problems| format!("set {set}: {}", problems[0]))?;
        let Ok(mut instance) = subject.instance_with(&checked.json) else {
            // Values that do not go together may be refused; a crash would have ended us.
            refused += 1;
            continue;
        };
        for month in 0..24 {
            let view = town.view(month);
            let told = |why| format!("parameters {}: {why}", checked.json);
            let commands = subject.decide(&mut instance, &view).map_err(told)?;
            allowed(&commands, &view).map_err(told)?;
        }
    }
    pass(format!(
        "50 sets, {refused} of them refused by the strategy"
    ))
}

/// Smallest, largest, default or something between.
fn value(parameter: &ParameterDescription, seed: u64, set: u64) -> StrategyValue {
    let name = parameter.name.bytes().map(u64::from);
    let bits = mix(&[seed, set].into_iter().chain(name).collect::<Vec<_>>());
    let (Some(min), Some(max)) = (parameter.min, parameter.max) else {
        return match parameter.kind {
            ParameterType::Bool => StrategyValue::Bool(bits & 1 == 1),
            _ => parameter.default.clone(),
        };
    };
    let x = match bits % 4 {
        0 => min,
        1 => max,
        2 => return parameter.default.clone(),
        _ => min + unit(mix(&[bits])) * (max - min),
    };
    match parameter.kind {
        ParameterType::I64 => StrategyValue::Integer(x.round().clamp(min, max) as i64),
        _ => StrategyValue::Number(x),
    }
}
