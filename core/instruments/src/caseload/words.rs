//! A caseload beside the simulated one, in words.

use super::{Counted, Found, Rate};
use crate::voice::{Value, Voice};
use std::fmt::Write as _;
use zalm_report::{aligned, capital};
use zalm_scenario::Domain;

/// What was found, for a terminal; `file` holds the cases, `project` is the name of the team.
pub fn text(found: &Found, (file, project): (&str, Value), voice: &Voice) -> String {
    let (first, last) = found.months;
    let title = [
        ("cases", Value::Count(found.own.cases)),
        ("file", Value::Name(file.to_owned())),
        ("first", Value::Name(first.to_string())),
        ("last", Value::Name(last.to_string())),
        ("project", project),
    ];
    let mut out = voice.with("caseload-title", &title) + "\n\n";
    out.push_str(&aligned(&domains(found, voice)));
    let _ = writeln!(out, "{}\n", voice.text("caseload-counted"));
    out.push_str(&aligned(&rates(found, voice)));
    out.push('\n');
    for fitted in &found.parameters {
        let number = |value: f64| Value::Name(short(voice, value));
        let values = [
            ("parameter", Value::Name(fitted.parameter.to_owned())),
            ("value", number(fitted.value)),
            ("low", number(fitted.low)),
            ("high", number(fitted.high)),
            ("was", number(fitted.was)),
        ];
        let _ = writeln!(out, "{}", voice.with("caseload-fitted", &values));
    }
    for note in &found.notes {
        let _ = writeln!(out, "{}", voice.say(note));
    }
    out
}

/// Shares of cases with a problem, at the start and at the last measurement.
fn domains(found: &Found, voice: &Voice) -> Vec<Vec<String>> {
    let heads = ["own-before", "own-after", "model-before", "model-after"];
    let heads = heads.map(|id| voice.text(&format!("caseload-{id}")));
    let head = [vec![voice.head("caseload-domain")], heads.to_vec()].concat();
    let share = |part: u32, counted: Counted| match counted.asked {
        0 => voice.text("caseload-unasked"),
        all => voice.percent(f64::from(part) / f64::from(all)),
    };
    let row = |at: usize| {
        let (own, model) = (found.own.domains[at], found.fitted.domains[at]);
        vec![
            capital(&voice.value(&Value::domain(Domain::ALL[at]))),
            share(own.before, own),
            share(own.after, own),
            share(model.before, model),
            share(model.after, model),
        ]
    };
    [head].into_iter().chain((0..8).map(row)).collect()
}

/// What the numbers are fitted to: own, as the scenario has it, and fitted.
fn rates(found: &Found, voice: &Voice) -> Vec<Vec<String>> {
    let heads = ["", "own", "before-fit", "after-fit"];
    let head = heads.map(|id| match id {
        "" => String::new(),
        id => voice.text(&format!("caseload-{id}")),
    });
    let of = [&found.own, &found.simulated, &found.fitted];
    let row = |id: &str, rates: [Option<Rate>; 3]| {
        let cells = rates.iter().enumerate();
        let cells = cells.map(|(at, rate)| written(voice, *rate, at == 0));
        [voice.text(id)].into_iter().chain(cells).collect()
    };
    vec![
        head.to_vec(),
        row("caseload-lighter", of.map(|changes| changes.lighter)),
        row("caseload-leaving", of.map(|changes| changes.leaving)),
    ]
}

fn written(voice: &Voice, rate: Option<Rate>, with_interval: bool) -> String {
    let Some(rate) = rate else {
        return voice.text("caseload-unasked");
    };
    let mean = short(voice, rate.value);
    match rate.interval.filter(|_| with_interval) {
        Some((low, high)) => {
            let ends = [("low", low), ("high", high)];
            let ends = ends.map(|(name, end)| (name, Value::Name(short(voice, end))));
            format!("{mean} [{}]", voice.with("range", &ends))
        }
        None => mean,
    }
}

/// Two digits that say something.
fn short(voice: &Voice, value: f64) -> String {
    let size = value.abs().max(1e-4).log10().floor();
    voice.number(value, (1.0 - size).clamp(0.0, 4.0) as usize)
}
