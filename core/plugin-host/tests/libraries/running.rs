//! Instances in a run: what they see, what becomes of what they ask, what becomes of faults.

use crate::{Draws, load, strategy, view};
use zalm_model::{
    Command, Effort, Form, Instrument, StrategyError, StrategyErrorKind, StrategySource, row_id,
};
use zalm_plugin_host::{LogLevel, PluginProblemKind, PluginSource};
use zalm_scenario::{Month, ParameterChange, StrategyUse, StrategyValue};

fn misbehave(how: &str) -> PluginSource {
    load(strategy(
        "misbehave",
        &[("how", StrategyValue::Text(how.into()))],
    ))
}

/// The first three months are quiet; in month 3 it misbehaves.
fn fault(how: &str) -> StrategyError {
    let source = misbehave(how);
    let mut instance = source.create("my misbehave").expect("instance");
    for month in 0..3 {
        assert_eq!(instance.decide(&view(month), &Draws), Ok(vec![]));
    }
    let error = instance.decide(&view(3), &Draws).expect_err(how);
    assert_eq!((error.strategy.as_str(), error.month), ("misbehave", 3));
    let again = instance
        .decide(&view(4), &Draws)
        .expect_err("the instance has ended");
    assert!(again.message.contains("used again"), "{again}");
    error
}

#[test]
fn a_strategy_sees_its_columns_and_its_commands_arrive() {
    let source = misbehave("all-commands");
    let mut instance = source.create("my misbehave").expect("instance");
    let commands = instance.decide(&view(14), &Draws).expect("commands");
    let row = row_id(0, 0);
    // Column 2 is project.cost, column 18 payer.tie: row 1 has 21 and 0.181.
    assert_eq!(
        commands,
        [
            Command::Plan {
                row,
                form: Form::Joint
            },
            Command::Claim {
                row,
                cents_per_month: 21,
                months: 12,
                instrument: Instrument::Fee,
                closes: false,
            },
            Command::Spend {
                row,
                effort: Effort::Sales,
                share: 0.181
            },
            // Stream 5: the highest bits of the draw are 0101, so 5 / 16.
            Command::Note {
                row,
                text: "2011-03 draws 0.312".into()
            },
        ]
    );
}

#[test]
fn an_event_of_its_own_arrives_by_name_with_names_and_units() {
    let source = misbehave("tell");
    let mut instance = source.create("my misbehave").expect("instance");
    let commands = instance.decide(&view(3), &Draws).expect("a month");
    let [Command::Event { told, .. }] = &commands[..] else {
        panic!("{commands:?}")
    };
    // The optional column is there: payer.capacity is column 25, row 0.
    let text = "misbehave.acted: times 1 times, capacity 250 cent/month";
    assert_eq!(told.to_string(), text);
}

#[test]
fn parameters_change_in_the_run_and_what_was_kept_goes_on() {
    let month = |year, month| Month::new(year, month).expect("a month");
    let change = |from, how: &str| ParameterChange {
        from,
        parameters: [("how".to_owned(), StrategyValue::Text(how.into()))].into(),
    };
    let source = load(StrategyUse {
        changes: vec![
            change(month(2010, 5), "nothing"),
            change(month(2010, 6), "remember"),
        ],
        ..strategy(
            "misbehave",
            &[("how", StrategyValue::Text("remember".into()))],
        )
    });
    let mut instance = source.create("my misbehave").expect("instance");
    let told: Vec<String> = (3..7)
        .map(|month| format!("{:?}", instance.decide(&view(month), &Draws)))
        .collect();
    assert!(told[0].contains("for the 1. time"), "{told:?}");
    assert_eq!(told[1], "Ok([])");
    assert!(told[2].contains("for the 2. time"), "{told:?}");
    assert!(told[3].contains("for the 3. time"), "{told:?}");
}

#[test]
fn later_parameters_are_checked_before_any_run() {
    let later = |name: &str, value| {
        let changed = StrategyUse {
            changes: vec![ParameterChange {
                from: Month::new(2011, 1).expect("a month"),
                parameters: [(name.to_owned(), value)].into(),
            }],
            ..strategy("misbehave", &[])
        };
        let problems = PluginSource::load(&[changed], &crate::here()).expect_err("refused");
        problems[0].to_string()
    };
    let told = later("when", StrategyValue::Integer(-4));
    assert!(told.contains("month is -4; expected 0 to 1200"), "{told}");
    let told = later("how", StrategyValue::Text("create-error".into()));
    assert!(told.contains("do not go together"), "{told}");
    // What is wrong from the start hides nothing of what comes later.
    let wrong = |from, name: &str| ParameterChange {
        from: Month::new(from, 1).expect("a month"),
        parameters: [(name.to_owned(), StrategyValue::Bool(true))].into(),
    };
    let all = StrategyUse {
        changes: vec![wrong(2011, "month"), wrong(2012, "nobody")],
        ..strategy("misbehave", &[("month", StrategyValue::Integer(-1))])
    };
    let problems = PluginSource::load(&[all], &crate::here()).expect_err("refused");
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    for (said, part) in told.iter().zip(["is -1", "is true", "nobody is unknown"]) {
        assert!(said.contains(part), "{told:#?}");
    }
}

#[test]
fn what_a_strategy_measures_adds_up_under_its_own_name_and_begins_anew() {
    let source = misbehave("measure");
    let names: Vec<String> = source.metrics().into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["misbehave.done"]);
    let mut instance = source.create("my misbehave").expect("instance");
    instance.decide(&view(3), &Draws).expect("a month");
    let told = |value| vec![("misbehave.done".to_owned(), value)];
    assert_eq!(instance.measured(), told(1.0));
    assert_eq!(instance.measured(), told(0.0));
}

#[test]
fn a_measure_that_is_no_number_ends_the_run() {
    let error = fault("measure-nan");
    assert_eq!(error.kind, StrategyErrorKind::BadCommand);
    assert!(error.message.contains("misbehave.done is NaN"), "{error}");
}

#[test]
fn what_a_strategy_keeps_lies_in_the_run_and_not_in_the_instance() {
    let source = misbehave("remember");
    let make = || source.create("my misbehave").expect("instance");
    let note = |commands: Vec<Command>| match &commands[..] {
        [Command::Note { text, .. }] => text.clone(),
        other => panic!("{other:?}"),
    };
    let (mut first, mut second) = (make(), make());
    let told = note(first.decide(&view(3), &Draws).expect("commands"));
    assert_eq!(told, "for the 1. time");
    // Another instance goes on where the first stood; the first starts again without it.
    let kept = std::mem::take(first.kept().expect("it keeps something"));
    *second.kept().expect("it keeps something") = kept;
    for (instance, expected) in [
        (&mut second, "for the 2. time"),
        (&mut first, "for the 1. time"),
    ] {
        assert_eq!(
            note(instance.decide(&view(4), &Draws).expect("commands")),
            expected
        );
    }
    let error = fault("keep-nan");
    assert_eq!(error.kind, StrategyErrorKind::BadCommand);
    assert!(
        error
            .message
            .contains("own column times is NaN for project 0 and payer 0"),
        "{error}"
    );
}

#[test]
fn doing_nothing_asks_for_nothing() {
    let source = load(strategy("idle", &[]));
    let mut instance = source.create("my idle").expect("instance");
    assert_eq!(instance.decide(&view(0), &Draws), Ok(vec![]));
    let mut empty = view(1);
    empty.rows.clear();
    for column in &mut empty.columns {
        match column {
            zalm_model::ColumnData::F64(values) => values.clear(),
            zalm_model::ColumnData::I64(values) => values.clear(),
        }
    }
    assert_eq!(instance.decide(&empty, &Draws), Ok(vec![]));
}

#[test]
fn a_panic_ends_the_run_with_plugin_month_and_place() {
    let error = fault("panic");
    assert_eq!(error.kind, StrategyErrorKind::Panicked);
    let text = error.to_string();
    assert!(
        text.starts_with("strategy misbehave panicked in month 3: no row for the alderman (at "),
        "{text}"
    );
    assert!(text.contains("lib.rs:"), "{text}");
}

#[test]
fn errors_of_the_strategy_are_told() {
    let error = fault("error");
    assert_eq!(error.kind, StrategyErrorKind::Failed);
    assert_eq!(error.message, "nobody answers the telephone");
    let error = fault("discard");
    assert_eq!(
        error.message,
        "it did nothing this month: the office is closed"
    );
}

#[test]
fn commands_that_are_not_well_formed_are_refused() {
    for (how, said) in [
        ("nan", "command 1 (spend) has share NaN; expected 0 to 1"),
        ("share", "command 1 (spend) has share 1.5; expected 0 to 1"),
        (
            "row",
            "command 1 is about project 0 and payer 99, which are not there",
        ),
        (
            "nothing-asked",
            "command 1 (claim) asks 0 cents a month; expected more than 0",
        ),
        (
            "odd-size",
            "command 1 says it has 20 bytes; expected a multiple of 8, at least 16",
        ),
        (
            "short-size",
            "command 1 says it has 8 bytes; expected a multiple of 8, at least 16",
        ),
        (
            "long-size",
            "command 1 says it has 4096 bytes, but only 16 were given",
        ),
        (
            "cut-off",
            "command 1 is cut off: 12 bytes are left, a header has 16",
        ),
        ("kind", "command 1 is of kind 77; expected 1 to 5"),
        (
            "tell-nan",
            "command 1 (event acted) has times NaN; expected a finite number",
        ),
        (
            "tell-unknown",
            "command 1 (event) is event 7, counted from 0; the plugin declares 1",
        ),
        (
            "tell-short",
            "command 1 (event acted) has 1 values; the plugin declares 2",
        ),
        ("flags", "command 1 has flags 0x1; expected 0"),
        ("form", "command 1 (plan) has form 9; expected 0 to 4"),
    ] {
        let error = fault(how);
        assert_eq!(error.kind, StrategyErrorKind::BadCommand, "{how}");
        assert!(error.message.starts_with(said), "{how}: {}", error.message);
    }
}

#[test]
fn a_fault_at_the_start_is_told_before_any_run() {
    for (how, said) in [
        ("create-error", "these parameters do not go together"),
        ("create-panic", "panic: no luck at the start (at "),
    ] {
        let wish = strategy("misbehave", &[("how", StrategyValue::Text(how.into()))]);
        let problems = PluginSource::load(&[wish], &crate::here()).expect_err("refused");
        let PluginProblemKind::Create(message) = &problems[0].kind else {
            panic!("{problems:?}")
        };
        assert!(message.starts_with(said), "{message}");
    }
}

#[test]
fn a_panic_at_the_end_goes_no_further() {
    let source = misbehave("drop-panic");
    drop(source.create("my misbehave").expect("instance"));
}

#[test]
fn log_lines_are_kept_once_and_clean() {
    let source = misbehave("log");
    for _ in 0..2 {
        let mut instance = source.create("my misbehave").expect("instance");
        for month in 0..6 {
            assert_eq!(instance.decide(&view(month), &Draws), Ok(vec![]));
        }
    }
    let log = source.log();
    assert_eq!(log.len(), 1);
    assert_eq!(
        (log[0].level, log[0].month, log[0].times),
        (LogLevel::Warning, 3, 6)
    );
    assert_eq!(log[0].text, "line one line two");
}

#[test]
fn instances_run_beside_each_other_and_a_panic_ends_only_its_own() {
    let source = misbehave("panic");
    std::thread::scope(|scope| {
        for worker in 0..4_u32 {
            let source = &source;
            scope.spawn(move || {
                for run in 0..50 {
                    let mut instance = source.create("my misbehave").expect("instance");
                    let last = (worker + run) % 5;
                    for month in 0..last {
                        let outcome = instance.decide(&view(month), &Draws);
                        assert_eq!(outcome.is_err(), month >= 3, "month {month}");
                    }
                }
            });
        }
    });
}

#[test]
fn a_table_without_its_columns_is_not_passed_on() {
    let source = load(strategy("idle", &[]));
    let mut instance = source.create("my idle").expect("instance");
    let mut short = view(0);
    short.columns.pop();
    let error = instance.decide(&short, &Draws).expect_err("refused");
    assert!(error.message.contains("declared columns"), "{error}");
}

#[test]
fn an_unknown_strategy_name_is_told() {
    let source = load(strategy("idle", &[]));
    let error = source.create("yours").err().expect("refused");
    assert_eq!(error.kind, StrategyErrorKind::Create);
}
