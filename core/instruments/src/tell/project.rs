//! What happens to a project, in sentences: from the log of the run, and from how the project
//! stands month by month.

use super::{Cast, Told, counted, plain};
use crate::voice::{Sentence, Value};
use zalm_experiment::Watched;
use zalm_model::{Form, Happening, ProjectState, Promise, Refusal, Turn};

/// Strength of a tie from which it counts as strong, and below which it counts as weak; between
/// them it keeps the name it had.
const TIE: (f64, f64) = (0.45, 0.55);
/// Months of a year.
const YEAR: u32 = 12;

/// How a project stands.
pub(super) fn stands(cast: &Cast, project: &ProjectState) -> Vec<Sentence> {
    let mut sentences = vec![counted("team-of", "workers", project.workers, Vec::new())];
    sentences.push(measures(project.measurement));
    sentences.extend(project.promises.iter().map(|one| promised(cast, one)));
    sentences
}

/// How it stood at the end, and what went with it.
pub(super) fn ends(cast: &Cast, seen: &Watched, at: usize) -> Vec<Sentence> {
    let Some(project) = seen.projects.last().map(|all| &all[at]) else {
        return Vec::new();
    };
    let mut sentences = match project.ended {
        Some((month, cause)) => {
            // It is gone from that month on: the month before was its last.
            let last = month.cast_signed() - 1;
            let month = Value::Name(cast.scenario.start.plus(last).to_string());
            let cause = format!("tell-end-{}", cause.replace('_', "-"));
            vec![Sentence::new(cause, vec![("month", month)])]
        }
        None if !project.alive => vec![plain("end-never")],
        None => vec![Sentence::new(
            "tell-end-running",
            vec![("form", form(project.form))],
        )],
    };
    sentences.push(counted("end-helped", "helped", project.helped, Vec::new()));
    sentences
}

/// In its own story a project is not called by its name each time.
fn own(mut sentence: Sentence) -> Sentence {
    for (name, value) in &mut sentence.values {
        if *name == "project" {
            *value = Value::Word("tell-the-project".to_owned());
        }
    }
    sentence
}

/// Everything that happened to the project and around it, in order.
pub(super) fn told(cast: &Cast, seen: &Watched, at: usize) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    let id = seen.projects[0][at].id.as_str();
    let mine =
        |what: &Happening| !matches!(what, Happening::Project { project, .. } if project != id);
    let mut log = seen.log.iter().peekable();
    let mut strong: Vec<bool> = seen.projects[0][at]
        .ties
        .iter()
        .map(|&t| t >= TIE.1)
        .collect();
    for (month, now) in seen.projects.iter().map(|all| &all[at]).enumerate() {
        let month = month as u32;
        let mut say = |what: Sentence| all.push(Told { month, what });
        while let Some((_, what)) = log.next_if(|(when, _)| *when == month) {
            if mine(what) && !is_grant(what) {
                say(own(happening(cast, what)));
            }
        }
        if let Some(before) = month.checked_sub(1).map(|at| &seen.projects[at as usize]) {
            changes(cast, &before[at], now, month, &mut say);
        }
        if (month + 1).is_multiple_of(YEAR) && now.alive {
            let first = (month + 1 - YEAR) as usize;
            let year = &seen.projects[first..=month as usize];
            workers(year.iter().map(|all| all[at].workers), &mut say);
            ties(cast, now, &mut strong, &mut say);
        }
    }
    all
}

/// What happened to projects and payers, in order.
pub(super) fn around(cast: &Cast, seen: &Watched) -> Vec<Told> {
    let line = |(month, what): &(u32, Happening)| Told {
        month: *month,
        what: happening(cast, what),
    };
    seen.log.iter().map(line).collect()
}

/// The promise that follows says it, with its terms.
fn is_grant(what: &Happening) -> bool {
    let Happening::Project { turn, .. } = what else {
        return false;
    };
    matches!(turn, Turn::Granted { .. })
}

fn changes(
    cast: &Cast,
    before: &ProjectState,
    now: &ProjectState,
    month: u32,
    say: &mut impl FnMut(Sentence),
) {
    let same = |a: &Promise, b: &Promise| {
        (a.payer, a.instrument, a.start) == (b.payer, b.instrument, b.start)
    };
    for promise in &now.promises {
        if !before.promises.iter().any(|one| same(one, promise)) {
            say(promised(cast, promise));
        }
        if now.alive && promise.end == Some(month + 1) && promise.start <= month {
            say(Sentence::new("tell-money-ends", money(cast, promise)));
        }
    }
    if now.measurement > before.measurement {
        say(measures(now.measurement));
    }
    if now.plan != before.plan
        && let Some(plan) = now.plan
    {
        say(Sentence::new("tell-plan", vec![("form", form(plan))]));
    }
}

/// Once a year, how large the team was, when that changed.
fn workers(year: impl Iterator<Item = u32> + Clone, say: &mut impl FnMut(Sentence)) {
    let (least, most) = (year.clone().min(), year.max());
    if let (Some(least), Some(most)) = (least, most)
        && least != most
    {
        let values = vec![("least", Value::Count(least)), ("most", Value::Count(most))];
        say(Sentence::new("tell-workers", values));
    }
}

/// Once a year, ties that became strong or weak.
fn ties(cast: &Cast, now: &ProjectState, strong: &mut [bool], say: &mut impl FnMut(Sentence)) {
    let (mut gained, mut lost) = (Vec::new(), Vec::new());
    for (payer, (&tie, strong)) in now.ties.iter().zip(strong).enumerate() {
        let is = if *strong { tie >= TIE.0 } else { tie >= TIE.1 };
        if is != *strong {
            if is { &mut gained } else { &mut lost }.push(cast.payer(payer));
            *strong = is;
        }
    }
    for (id, payers) in [("tell-tie-strong", gained), ("tell-tie-weak", lost)] {
        if !payers.is_empty() {
            say(Sentence::new(id, vec![("payers", Value::List(payers))]));
        }
    }
}

fn measures(level: u8) -> Sentence {
    let level = Value::Word(format!("level-{level}"));
    Sentence::new("tell-measures", vec![("level", level)])
}

fn money(cast: &Cast, promise: &Promise) -> Vec<(&'static str, Value)> {
    let code = promise.instrument as usize;
    vec![
        ("payer", cast.payer(promise.payer)),
        ("euro", Value::Euro(promise.cents as f64 / 100.0)),
        ("instrument", Value::Word(format!("instrument-{code}"))),
    ]
}

fn promised(cast: &Cast, promise: &Promise) -> Sentence {
    let month = |month: u32| {
        let month = cast.scenario.start.plus(month.cast_signed());
        Value::Name(month.to_string())
    };
    let mut values = money(cast, promise);
    values.push(("from", month(promise.start)));
    match promise.end {
        None => Sentence::new("tell-promised-standing", values),
        Some(end) => {
            values.push(("to", month(end.saturating_sub(1))));
            Sentence::new("tell-promised", values)
        }
    }
}

fn form(form: Form) -> Value {
    Value::Word(format!("form-{}", form.name()))
}

fn happening(cast: &Cast, what: &Happening) -> Sentence {
    let payer = |id: &String| ("payer", cast.payer_called(id));
    let say = |id: &str, values| Sentence::new(format!("tell-{id}"), values);
    match what {
        Happening::Alderman { direction } => {
            say("alderman", vec![("direction", Value::Share(*direction))])
        }
        Happening::Cut { payer: id, share } => {
            say("cut", vec![payer(id), ("share", Value::Share(*share))])
        }
        Happening::Exit { payer: id } => say("exit", vec![payer(id)]),
        Happening::Transition { months } => counted("transition", "months", *months, Vec::new()),
        Happening::Decentralised { from, to } => say(
            "decentralised",
            vec![
                ("from", cast.payer_called(from)),
                ("to", cast.payer_called(to)),
            ],
        ),
        Happening::HandsOverLess { from, to, cents } => say(
            "hands-over-less",
            vec![
                ("from", cast.payer_called(from)),
                ("to", cast.payer_called(to)),
                ("euro", Value::Euro(*cents as f64 / 100.0)),
            ],
        ),
        Happening::WorkStops { work, payer: id } => {
            let work = Value::Word(format!("work-{}", *work as usize));
            say("work-stops", vec![payer(id), ("work", work)])
        }
        Happening::Shrinks { payer: id, cents } => {
            let euro = Value::Euro(*cents as f64 / 100.0);
            say("shrinks", vec![payer(id), ("euro", euro)])
        }
        Happening::Project { project, turn } => {
            let project = ("project", cast.project_called(project));
            let (id, mut values) = turned(cast, turn);
            values.push(project);
            say(&id, values)
        }
    }
}

fn turned(cast: &Cast, turn: &Turn) -> (String, Vec<(&'static str, Value)>) {
    let payer = |id: &String| vec![("payer", cast.payer_called(id))];
    let with = |id: &String, cents: i64| {
        let mut values = payer(id);
        values.push(("euro", Value::Euro(cents as f64 / 100.0)));
        values
    };
    let (id, values) = match turn {
        Turn::Starts { renamed: true } => ("starts-own-name", Vec::new()),
        Turn::Starts { renamed: false } => ("starts", Vec::new()),
        Turn::Granted { payer, cents } => ("granted", with(payer, *cents)),
        Turn::Refused {
            payer: id,
            from_old,
            why,
        } => {
            let (why, mut values) = (*why, payer(id));
            let reason = match why {
                Refusal::Worth(worth) => {
                    values.push(("worth", Value::Number(worth, 2)));
                    "worth"
                }
                Refusal::NotItsWay => "way",
                Refusal::NotMeasured => "measured",
                Refusal::LegalForm => "legal",
            };
            let old = if *from_old { "-old" } else { "" };
            return (format!("refused-{reason}{old}"), values);
        }
        Turn::NotRenewed { payer: id } => ("not-renewed", payer(id)),
        Turn::Broken { payer: id } => ("broken", payer(id)),
        Turn::GivesLess {
            payer: id,
            cents,
            short,
        } => {
            let mut values = with(id, *cents);
            values.push(("short", Value::Euro(*short as f64 / 100.0)));
            ("gives-less", values)
        }
        Turn::Closed { payer, cents } => ("closed", with(payer, *cents)),
        Turn::CalledBack { payer: id, people } => {
            let mut values = payer(id);
            values.push(("people", Value::Count(*people)));
            ("called-back", values)
        }
        Turn::Leader { drive, skill } => {
            let values = vec![
                ("drive", Value::Share(*drive)),
                ("skill", Value::Share(*skill)),
            ];
            ("leader", values)
        }
        Turn::BurnedOut => ("burned-out", Vec::new()),
        Turn::MovedOn => ("moved-on", Vec::new()),
        Turn::Grows { workers } => ("grows", vec![("workers", Value::Count(*workers))]),
        Turn::LastWorkerLeft => ("last-worker", Vec::new()),
        Turn::Bridged => ("bridged", Vec::new()),
        Turn::Prize => ("prize", Vec::new()),
        Turn::Reviewed { go_on: true } => ("review-go-on", Vec::new()),
        Turn::Reviewed { go_on: false } => ("review-let-go", Vec::new()),
        Turn::GoesOn { form: Form::Ended } => ("ends", Vec::new()),
        Turn::GoesOn { form: now } => ("goes-on", vec![("form", form(*now))]),
        Turn::Lost { trained, written } => {
            let values = vec![
                ("trained", Value::Number(*trained, 1)),
                ("written", Value::Share(*written)),
            ];
            ("lost", values)
        }
        Turn::Said(text) => ("said", vec![("text", Value::Name(text.clone()))]),
        Turn::Told(told) => ("said", vec![("text", Value::Name(told.to_string()))]),
    };
    (id.to_owned(), values)
}
