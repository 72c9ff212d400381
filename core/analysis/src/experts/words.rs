//! Expert judgement as text, document, and parameters for a scenario.

use super::{Experts, Pooled, Round, Said, Standing};
use crate::answer::{Finding, aligned, lines};
use crate::voice::Voice;
use std::fmt::Write as _;
use zalm_report::Lang;
use zalm_scenario::{Distribution, Evidence, Opinion, Parameter, over};

/// Width of the picture of an expert's range.
const PICTURE: usize = 41;

impl Finding for Experts {
    const SCHEMA: &'static str = "zalm.experts/1";

    fn text(&self, voice: &Voice) -> String {
        text(self, voice)
    }
}

/// A base for scenarios: the parameters with the pool of the last round, over another base.
pub fn ron(found: &Experts, base: &str) -> String {
    let about = format!(
        "Made by `zalm experts {}`: what experts say of these parameters. A scenario takes them\nwith \
         this file as its base; what it says of a parameter itself goes before.",
        found.file
    );
    let pooled = found.parameters.iter();
    let pooled = pooled.map(|one| (one.parameter, parameter(one, &found.file)));
    over(base, &about, &pooled.collect::<Vec<_>>())
}

fn parameter(one: &Pooled, file: &str) -> Parameter {
    let last = last(one);
    let rounds = match one.rounds.len() {
        1 => "1 round".to_owned(),
        many => format!("{many} rounds"),
    };
    Parameter {
        value: short(last.median),
        low: short(last.low),
        high: short(last.high),
        evidence: Evidence::Estimate,
        source: format!("{file}: {} experts, {rounds}", last.experts),
        distribution: Distribution::Experts {
            opinions: one.last.iter().map(|said| said.opinion).collect(),
        },
    }
}

/// Six digits: more would look as if experts knew them.
fn short(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

/// How to use what was written to `file`.
pub fn written(found: &Experts, file: &str, voice: &Voice) -> String {
    let vary: String = found
        .parameters
        .iter()
        .map(|one| format!(" --vary {}", one.parameter))
        .collect();
    voice.with(
        "experts-written",
        &[("file", file.to_owned()), ("vary", vary)],
    )
}

fn last(one: &Pooled) -> &Round {
    one.rounds.last().expect("what was not asked is not pooled")
}

fn text(found: &Experts, voice: &Voice) -> String {
    let title = [
        ("file", found.file.clone()),
        ("parameters", voice.count(found.parameters.len())),
    ];
    let mut text = lines([
        voice.with("experts-title", &title),
        voice.text("experts-what"),
    ]);
    for one in &found.parameters {
        text.push_str(&told(one, voice));
    }
    text
}

fn told(one: &Pooled, voice: &Voice) -> String {
    let unit = match one.unit {
        "1" => String::new(),
        unit => format!(" ({})", voice.unit(unit)),
    };
    // What the model says of a parameter is in English.
    let doc = match voice.lang {
        Lang::En => format!(": {}", one.doc),
        Lang::Nl => String::new(),
    };
    let mut text = format!("\n{}{unit}{doc}\n", one.parameter);
    let _ = writeln!(text, "{}", sentence(one, voice));
    let mut rows = vec![
        [
            "round",
            "asked",
            "5%",
            "median",
            "95%",
            "disagreement",
            "moved",
        ]
        .map(|id| match id {
            "5%" | "95%" => id.to_owned(),
            id => voice.text(&format!("experts-{id}")),
        })
        .to_vec(),
    ];
    rows.extend(one.rounds.iter().map(|round| {
        let share = |share: f64| voice.decimals(100.0 * share, 0) + "%";
        vec![
            round.round.to_string(),
            voice.count(round.experts),
            voice.number(round.low),
            voice.number(round.median),
            voice.number(round.high),
            share(round.disagreement),
            round.moved.map_or_else(|| "–".to_owned(), share),
        ]
    }));
    text.push_str(&aligned(&rows));
    text.push_str(&pictures(one, voice));
    text
}

/// What each said in the last round, on one scale.
fn pictures(one: &Pooled, voice: &Voice) -> String {
    let ends = |end: fn(&Opinion) -> f64| one.last.iter().map(move |said| end(&said.opinion));
    let low = ends(|one| one.low).fold(f64::INFINITY, f64::min);
    let high = ends(|one| one.high).fold(f64::NEG_INFINITY, f64::max);
    let place = |value: f64| ((value - low) / (high - low) * (PICTURE - 1) as f64).round() as usize;
    let name = one
        .last
        .iter()
        .map(|said| voice.name(&said.expert).chars().count());
    let width = name.max().unwrap_or(0);
    let picture = |said: &Said| {
        let Opinion { low, likely, high } = said.opinion;
        let mut line = vec![' '; PICTURE];
        line[place(low)..=place(high)].fill('─');
        line[place(likely)] = '●';
        let line: String = line.into_iter().collect();
        let numbers = [low, likely, high].map(|value| voice.number(value));
        let name = voice.name(&said.expert);
        format!("  {name:<width$}  {line}  {}\n", numbers.join(" / "))
    };
    one.last.iter().map(picture).collect()
}

/// Where the asking stands, and what to do.
fn sentence(one: &Pooled, voice: &Voice) -> String {
    let share = voice.decimals(100.0 * last(one).disagreement, 0);
    let moved = voice.decimals(100.0 * last(one).moved.unwrap_or_default(), 0);
    let order = |a: &&Said, b: &&Said| a.opinion.likely.total_cmp(&b.opinion.likely);
    let who = |said: Option<&Said>| said.map_or_else(String::new, |said| voice.name(&said.expert));
    let values = [
        ("share", share),
        ("moved", moved),
        ("lowest", who(one.last.iter().min_by(order))),
        ("highest", who(one.last.iter().max_by(order))),
    ];
    voice.with(
        match one.standing {
            Standing::Disagree => "experts-disagree",
            Standing::Moving => "experts-moving",
            Standing::Once => "experts-once",
            Standing::Settled => "experts-settled",
        },
        &values,
    )
}
