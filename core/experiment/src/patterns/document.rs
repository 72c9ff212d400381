//! The `--json` document of the patterns.

use super::arm::{Arm, Words};
use super::claim::{Claim, Expected};
use super::inquiry::{Findings, Found, FoundClaim};
use super::path::Path;
use super::{Inquiry, Unasked};
use crate::document::json;
use serde::Serialize;
use zalm_scenario::Month;
use zalm_statistics::Paired;

/// Version of the document.
pub const PATTERNS_SCHEMA: &str = "zalm.patterns/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    title: &'a str,
    seed: u64,
    replications: u32,
    draws: u32,
    draw_replications: u32,
    runs: usize,
    failed_runs: usize,
    patterns: Vec<PatternRow<'a>>,
}

#[derive(Serialize)]
struct PatternRow<'a> {
    number: u8,
    id: &'a str,
    title: Text,
    seed: &'a str,
    /// `null` when it could not be asked.
    verdict: Option<&'static str>,
    not_asked: Option<String>,
    claims: Vec<ClaimRow<'a>>,
    path: Option<PathRow<'a>>,
}

#[derive(Serialize)]
struct Text {
    nl: &'static str,
    en: &'static str,
}

#[derive(Serialize)]
struct ClaimRow<'a> {
    first: Text,
    second: Text,
    beside: Option<(Text, Text)>,
    metric: &'a str,
    months: Option<(u32, u32)>,
    unit: &'a str,
    expected: &'static str,
    switched_off: Vec<String>,
    strategies: Vec<Option<&'a str>>,
    effect: Option<Numbers>,
    counter_check: Option<Numbers>,
    difference: Option<Numbers>,
    share: Option<ShareRow>,
    verdict: &'static str,
}

#[derive(Serialize)]
struct Numbers {
    mean: f64,
    interval: Option<(f64, f64)>,
    pairs: u32,
}

#[derive(Serialize)]
struct ShareRow {
    hits: u32,
    draws: u32,
    interval: (f64, f64),
}

#[derive(Serialize)]
struct PathRow<'a> {
    replication: u32,
    half_by: Option<String>,
    lines: Vec<LineRow<'a>>,
}

#[derive(Serialize)]
struct LineRow<'a> {
    month: String,
    arm: &'static str,
    text: &'a str,
}

/// The document as JSON text, with a line end; numbers are in the unit of their metric.
pub fn patterns_json(inquiry: &Inquiry, findings: &Findings) -> String {
    let world = inquiry.world;
    let document = Document {
        schema: PATTERNS_SCHEMA,
        title: &world.title.en,
        seed: world.seed,
        replications: inquiry.replications,
        draws: inquiry.draws,
        draw_replications: inquiry.draw_replications,
        runs: findings.runs,
        failed_runs: findings.failed.0,
        patterns: findings
            .patterns
            .iter()
            .map(|found| pattern(found, world.start))
            .collect(),
    };
    json(&document)
}

fn pattern(found: &Found, start: Month) -> PatternRow<'_> {
    let (claims, not_asked) = match &found.claims {
        Ok(claims) => (claims.iter().map(claim).collect(), None),
        Err(why) => (Vec::new(), Some(reason(why))),
    };
    PatternRow {
        number: found.pattern.number,
        id: found.pattern.id,
        title: text(found.pattern.title),
        seed: found.pattern.seed,
        verdict: found.verdict().map(super::Verdict::name),
        not_asked,
        claims,
        path: found.path.as_ref().map(|path| path_row(path, start)),
    }
}

fn reason(why: &Unasked) -> String {
    match why {
        Unasked::World(words) => words.en.to_owned(),
        Unasked::Strategy { plugin, why } => format!("strategy {plugin}: {why}"),
    }
}

fn text(words: Words) -> Text {
    Text {
        nl: words.nl,
        en: words.en,
    }
}

fn claim(found: &FoundClaim) -> ClaimRow<'_> {
    let Claim {
        measure,
        first,
        second,
        beside,
        expected,
        off,
    } = &found.claim;
    let name = |arm: &Arm| text(arm.name);
    ClaimRow {
        first: name(first),
        second: name(second),
        beside: beside
            .as_ref()
            .map(|(first, second)| (name(first), name(second))),
        metric: &measure.metric,
        months: measure
            .months
            .as_ref()
            .map(|months| (months.start, months.end)),
        unit: found.unit,
        expected: match expected {
            Expected::More => "more",
            Expected::Less => "less",
        },
        switched_off: off.iter().map(|one| format!("{one:?}")).collect(),
        strategies: found
            .claim
            .arms()
            .into_iter()
            .map(|(_, arm)| arm.acts().map(|acts| acts.name.as_str()))
            .collect(),
        effect: found.effect.as_ref().map(numbers),
        counter_check: found.counter.as_ref().map(numbers),
        difference: found.difference.as_ref().map(numbers),
        share: found.share.map(|share| ShareRow {
            hits: share.hits,
            draws: share.draws,
            interval: share.interval,
        }),
        verdict: found.verdict.name(),
    }
}

fn numbers(paired: &Paired) -> Numbers {
    Numbers {
        mean: paired.mean,
        interval: paired.interval,
        pairs: paired.pairs,
    }
}

fn path_row(path: &Path, start: Month) -> PathRow<'_> {
    let month = |index: u32| start.plus(index.cast_signed()).to_string();
    PathRow {
        replication: path.replication,
        half_by: path.half.map(month),
        lines: path
            .lines
            .iter()
            .map(|line| LineRow {
                month: month(line.month),
                arm: if line.first { "first" } else { "second" },
                text: &line.text,
            })
            .collect(),
    }
}
