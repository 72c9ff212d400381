//! The arena as text, page, table and document.

use super::{Arena, about, domain_name, svg};
use crate::sheet::{Drawing, csv as to_csv, document, figure, page, table};
use crate::voice::{Value, Voice};
use maud::html;
use serde::Serialize;
use std::fmt::Write as _;
use zalm_model::CostKind;
use zalm_scenario::Domain;

/// Version of the document.
const SCHEMA: &str = "zalm.arena/1";

/// Euro to which a table for people is rounded: its amounts are no better known.
const GRAIN: i64 = 100;

/// Cents in whole multiples of `grain` euro; a table adds up exactly because its totals are sums of
/// what it shows.
fn euro(cents: i64, grain: i64) -> i64 {
    (cents + 50 * grain).div_euclid(100 * grain) * grain
}

/// Payers x domains in multiples of `grain` euro a year, with exact sums: rows of payers, the last column and the
/// last row are totals.
pub(super) fn cells(arena: &Arena, grain: i64) -> Vec<Vec<i64>> {
    let domains = arena.gains.domains.len();
    let mut rows: Vec<Vec<i64>> = (0..arena.payers.len())
        .map(|payer| {
            let row = (0..domains).map(|domain| euro(arena.gains.cell(payer, domain), grain));
            let mut row: Vec<i64> = row.collect();
            row.push(row.iter().sum());
            row
        })
        .collect();
    let total = (0..=domains).map(|at| rows.iter().map(|row| row[at]).sum());
    rows.push(total.collect());
    rows
}

fn head(voice: &Voice) -> Vec<String> {
    let mut head = vec![voice.text("payer")];
    head.extend((0..Domain::ALL.len()).map(|domain| voice.value(&domain_name(domain))));
    head.push(voice.text("total"));
    head
}

/// The same in one word each, for a terminal.
fn short_head(voice: &Voice) -> Vec<String> {
    let short = |domain: Domain| voice.text(&format!("short-{}", domain.name().replace('_', "-")));
    let mut head = vec![voice.text("payer")];
    head.extend(Domain::ALL.map(short));
    head.push(voice.text("total"));
    head
}

/// Rows with names; payers who gain nothing are left out.
fn rows(
    arena: &Arena,
    grain: i64,
    voice: &Voice,
    write: impl Fn(i64) -> String,
) -> Vec<Vec<String>> {
    let cells = cells(arena, grain);
    let names = arena.payers.iter().map(|payer| voice.value(payer));
    let names = names.chain([voice.text("total")]);
    names
        .zip(&cells)
        .filter(|(_, row)| row.iter().any(|&euro| euro != 0))
        .map(|(name, row)| {
            let mut line = vec![name];
            line.extend(row.iter().map(|&euro| write(euro)));
            line
        })
        .collect()
}

/// What the totals are made of: provisions, crises, silo places.
fn kinds(arena: &Arena, voice: &Voice, write: impl Fn(i64) -> String) -> Vec<Vec<String>> {
    let kinds = [
        (CostKind::Use, "kind-use"),
        (CostKind::Crisis, "kind-crisis"),
        (CostKind::SiloCare, "kind-silo"),
    ];
    let row = |(kind, name): (CostKind, &str)| {
        let cells =
            (0..arena.gains.domains.len()).map(|domain| euro(arena.kind(domain, kind), GRAIN));
        let cells: Vec<i64> = cells.collect();
        let mut line = vec![voice.text(name)];
        line.extend(cells.iter().map(|&euro| write(euro)));
        line.push(write(cells.iter().sum()));
        line
    };
    kinds.into_iter().map(row).collect()
}

fn finding(arena: &Arena, voice: &Voice) -> String {
    let parts = arena.gains.parts().into_iter().zip(&arena.payers);
    let most = parts.max_by(|a, b| a.0.total_cmp(&b.0));
    let (part, payer) = most.map_or((0.0, Value::Word("nobody".into())), |(part, payer)| {
        (part, payer.clone())
    });
    let index = arena.wrong_pocket;
    let values = [
        ("payer", payer),
        ("part", Value::Share(part)),
        ("index", Value::Number(index.unwrap_or(0.0), 2)),
        ("cost", Value::Euro(about(arena.cost))),
        ("gain", Value::Euro(about(arena.gains.household()))),
    ];
    voice.with(
        if index.is_some() {
            "arena-finding"
        } else {
            "arena-nobody"
        },
        &values,
    )
}

/// What the drawing shows: to whom most of the gain falls.
fn title_of_drawing(arena: &Arena, voice: &Voice) -> String {
    let gainers = arena.gainers();
    let Some(most) = gainers.first() else {
        return voice.text("arena-nobody");
    };
    let part = arena.gains.parts()[most.payer];
    let values = [("payer", most.name.clone()), ("part", Value::Share(part))];
    voice.with("arena-figure", &values)
}

fn caption(arena: &Arena, voice: &Voice) -> String {
    let severity = Value::Word(format!("severity-{}", arena.severity));
    voice.with("arena-caption", &[("severity", severity)])
}

/// The arena for a terminal.
pub fn text(arena: &Arena, voice: &Voice) -> String {
    let mut out = format!("{}\n{}\n", voice.value(&arena.name), finding(arena, voice));
    let _ = writeln!(out, "\n{}", voice.text("who-invests"));
    for party in &arena.invests {
        let _ = writeln!(
            out,
            "  {} {}",
            voice.value(&party.name),
            voice.euro(about(party.euro))
        );
    }
    if arena.uncovered > 0.0 {
        let euro = voice.euro(about(arena.uncovered));
        let _ = writeln!(out, "  {} {euro}", voice.text("arena-uncovered"));
    }
    let _ = writeln!(out, "\n{}", voice.text("theory"));
    for (at, line) in arena.lines.iter().enumerate() {
        let _ = writeln!(out, "  {}. {}", at + 1, voice.say(line));
    }
    let _ = writeln!(out, "\n{}", caption(arena, voice));
    let write = |euro: i64| {
        if euro == 0 {
            "·".to_owned()
        } else {
            voice.number(euro as f64, 0)
        }
    };
    let mut lines = vec![short_head(voice)];
    lines.extend(rows(arena, GRAIN, voice, write));
    out.push_str(&aligned(&lines));
    out
}

/// Columns under each other: the first to the left, the others to the right.
fn aligned(rows: &[Vec<String>]) -> String {
    let most = 10;
    let first = rows
        .iter()
        .map(|row| row[0].chars().count())
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for row in rows {
        let _ = write!(out, "  {:first$}", row[0]);
        for cell in &row[1..] {
            let _ = write!(out, " {:>most$}", cell);
        }
        out.push('\n');
    }
    out
}

/// The arena as one page.
pub fn html(arena: &Arena, voice: &Voice, version: &str) -> String {
    let write = |euro: i64| {
        if euro == 0 {
            "–".to_owned()
        } else {
            voice.euro(euro as f64)
        }
    };
    let plain = |euro: i64| voice.number(euro as f64, 0);
    let plain = rows(arena, GRAIN, voice, plain);
    let data = voice.data("arena", &caption(arena, voice), (&head(voice), &plain));
    let body = html! {
        section aria-labelledby="finding" {
            h2 #finding { (voice.text("finding")) }
            p { (finding(arena, voice)) }
        }
        section aria-labelledby="drawn" {
            h2 #drawn { (voice.text("arena-drawn")) }
            (figure(voice, (&title_of_drawing(arena, voice), &voice.text("arena-reads")),
                &Drawing::Rolls(svg(arena, voice)), &data))
        }
        section aria-labelledby="theory" {
            h2 #theory { (voice.text("theory")) }
            p { (voice.text("theory-how")) }
            ol { @for line in &arena.lines { li { (voice.say(line)) } } }
        }
        section aria-labelledby="table" {
            h2 #table { (voice.text("arena-table")) }
            p { (voice.text("arena-table-how")) }
            (table(&caption(arena, voice), &head(voice), &rows(arena, GRAIN, voice, write)))
            (table(&voice.text("kinds"), &head(voice), &kinds(arena, voice, write)))
            details { summary { (voice.text("source")) }
                ul { @for source in &arena.sources { li { small lang="en" { (source) } } } } }
        }
        section aria-labelledby="limits" {
            h2 #limits { (voice.text("limits")) }
            p { (voice.text("arena-limits")) }
        }
    };
    let title = voice.with("arena-title", &[("project", arena.name.clone())]);
    let about = voice.with(
        "arena-about",
        &[("place", Value::Name(arena.place.clone()))],
    );
    page(voice, &title, &about, &body, version)
}

/// The table payers x domains, whole euro.
pub fn csv(arena: &Arena, voice: &Voice) -> String {
    let mut lines = vec![head(voice)];
    lines.extend(rows(arena, 1, voice, |euro| euro.to_string()));
    to_csv(&lines, voice.lang)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    project: String,
    place: &'a str,
    finding: String,
    severity: usize,
    cost_euro_per_year: f64,
    households: f64,
    wrong_pocket: Option<f64>,
    uncovered_euro_per_year: f64,
    invests: Vec<PartyOut>,
    done: Vec<String>,
    theory_of_change: Vec<String>,
    domains: Vec<&'static str>,
    gains: Vec<RowOut>,
    total: Vec<i64>,
}

#[derive(Serialize)]
struct PartyOut {
    payer: String,
    euro_per_year: f64,
}

#[derive(Serialize)]
struct RowOut {
    payer: String,
    euro_per_year: Vec<i64>,
}

/// The arena for programs; sentences are in the language of the voice.
pub fn json(arena: &Arena, voice: &Voice) -> String {
    let mut rows = cells(arena, 1);
    let total = rows.pop().unwrap_or_default();
    let names = arena.payers.iter().map(|payer| voice.value(payer));
    let gains = names.zip(rows).map(|(payer, mut euro_per_year)| {
        euro_per_year.pop();
        RowOut {
            payer,
            euro_per_year,
        }
    });
    let invests = arena.invests.iter().map(|party| PartyOut {
        payer: voice.value(&party.name),
        euro_per_year: party.euro,
    });
    document(&Document {
        schema: SCHEMA,
        project: voice.value(&arena.name),
        place: &arena.place,
        finding: finding(arena, voice),
        severity: arena.severity,
        cost_euro_per_year: arena.cost,
        households: arena.households,
        wrong_pocket: arena.wrong_pocket,
        uncovered_euro_per_year: arena.uncovered,
        invests: invests.collect(),
        done: arena.done.iter().map(|done| voice.say(done)).collect(),
        theory_of_change: arena.lines.iter().map(|line| voice.say(line)).collect(),
        domains: Domain::ALL.map(Domain::name).to_vec(),
        gains: gains.collect(),
        total,
    })
}
