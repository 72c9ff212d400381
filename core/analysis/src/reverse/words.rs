//! The reverse stress test as text, document and table.

use super::page::page;
use super::{Breaking, FailureStory, Origin, Owner, Reverse, Threat};
use crate::answer::{Finding, aligned, cell, lines, table};
use crate::page::Page;
use crate::voice::Voice;
use std::fmt::Write as _;

impl Finding for Reverse {
    const SCHEMA: &'static str = "zalm.reverse-stress/1";

    fn text(&self, voice: &Voice) -> String {
        text(self, voice)
    }

    fn tables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("reverse-stress.csv", stories(self)),
            ("reverse-stress-rays.csv", rays(self)),
        ]
    }

    fn page(&self, voice: &Voice) -> Option<Page> {
        Some(page(self, voice))
    }
}

fn text(reverse: &Reverse, voice: &Voice) -> String {
    let mut text = lines(head(reverse, voice));
    let _ = writeln!(text, "\n{}", voice.text("reverse-threats"));
    for threat in &reverse.threats {
        let _ = writeln!(text, "  {}", threat_told(threat, voice));
    }
    for breaking in &reverse.strategies {
        text.push_str(&told(reverse, breaking, voice));
    }
    text
}

/// What a threat is.
pub(super) fn threat_told(threat: &Threat, voice: &Voice) -> String {
    let told = match threat.origin {
        Origin::System => {
            let source = voice.with("stress-source", &[("source", voice.told(&threat.source))]);
            format!("{} {source}", voice.told(&threat.narrative))
        }
        Origin::Own => {
            let names: Vec<String> = threat
                .parameters
                .iter()
                .map(|one| (*one).to_owned())
                .collect();
            let parameters = [("parameters", voice.list(&names))];
            voice.with(&format!("threat-{}", threat.name), &parameters)
        }
    };
    format!("{}: {told}", name(&threat.name, voice))
}

/// The question, how much was played, and what a severity means.
pub(super) fn head(reverse: &Reverse, voice: &Voice) -> [String; 3] {
    let values = [
        ("title", voice.told(&reverse.title)),
        ("failure", reverse.failure.to_string()),
        ("replications", voice.count(reverse.replications as usize)),
        ("points", voice.count(reverse.points)),
        ("seed", reverse.seed.to_string()),
        ("most", voice.number(reverse.most)),
        ("correlation", voice.number(reverse.correlation)),
    ];
    ["reverse-title", "reverse-sizes", "reverse-scale"].map(|id| voice.with(id, &values))
}

/// Name of a threat: own ones have theirs in the words.
pub(super) fn name(threat: &str, voice: &Voice) -> String {
    match threat {
        "staff" | "leaders" => voice.text(&format!("name-{threat}")),
        other => voice.name(other),
    }
}

/// What breaks one strategy.
fn told(reverse: &Reverse, breaking: &Breaking, voice: &Voice) -> String {
    let values = [
        ("strategy", voice.named(&breaking.strategy)),
        ("failure", reverse.failure.to_string()),
        ("calm", voice.number(breaking.calm)),
        ("most", voice.number(reverse.most)),
    ];
    let mut text = format!("\n── {} ──\n", breaking.strategy);
    if breaking.fails_anyway {
        let _ = writeln!(text, "{}", voice.with("reverse-anyway", &values));
        return text;
    }
    let _ = writeln!(text, "{}", voice.with("reverse-rays", &values));
    let severity = |severity: Option<f64>| {
        severity.map_or_else(|| voice.text("holds"), |one| voice.decimals(one, 2))
    };
    let alone = breaking.alone.iter().zip(&reverse.threats);
    let mut rows: Vec<Vec<String>> = alone
        .map(|(one, threat)| vec![name(&threat.name, voice), severity(*one)])
        .collect();
    rows.extend(breaking.pairs.iter().map(|pair| {
        let of = |at: usize| name(&reverse.threats[at].name, voice);
        vec![
            format!("{} + {}", of(pair.first), of(pair.second)),
            severity(pair.severity),
        ]
    }));
    text.push_str(&aligned(&rows));
    for story in &breaking.stories {
        let _ = writeln!(text, "{}", sentence(reverse, story, voice));
    }
    text
}

/// A nearest failure with its early sign and who can see it.
pub(super) fn sentence(reverse: &Reverse, story: &FailureStory, voice: &Voice) -> String {
    let head = voice.text(match story.origin {
        Some(Origin::Own) => "story-own",
        Some(Origin::System) => "story-system",
        None => "story-combined",
    });
    let (Some(severities), Some(distance), Some(tail)) =
        (&story.severities, story.distance, story.tail)
    else {
        let most = [("head", head), ("most", voice.number(reverse.most))];
        return voice.with("story-none", &most);
    };
    let parts = reverse.threats.iter().zip(severities);
    // What rounds to nothing has no part in it.
    let parts = parts.filter(|(_, severity)| **severity >= 0.005);
    let parts: Vec<String> = parts
        .map(|(threat, severity)| {
            format!(
                "{} × {}",
                name(&threat.name, voice),
                voice.decimals(*severity, 2)
            )
        })
        .collect();
    let values = [
        ("head", head),
        ("parts", voice.list(&parts)),
        ("distance", voice.decimals(distance, 2)),
        ("tail", voice.decimals(100.0 * tail, 1)),
    ];
    let story_text = voice.with("story", &values);
    let Some(sign) = &story.sign else {
        return format!("{story_text} {}", voice.text("sign-none"));
    };
    let owner = match &sign.owner {
        Owner::Payer(id) => voice.with("owner-payer", &[("payer", id.clone())]),
        Owner::Project => voice.text("owner-project"),
        Owner::Municipality => voice.text("owner-municipality"),
    };
    let sign = [
        ("metric", sign.metric.clone()),
        ("month", sign.month.to_string()),
        ("before", sign.months_before.to_string()),
        ("calm", voice.level(sign.calm, None, sign.unit)),
        ("moved", voice.level(sign.moved, None, sign.unit)),
        ("owner", owner),
    ];
    format!("{story_text} {}", voice.with("sign", &sign))
}

fn stories(reverse: &Reverse) -> String {
    let mut head = vec![
        "strategy",
        "story",
        "failure",
        "distance",
        "tail",
        "sign",
        "sign_month",
        "months_before",
        "owner",
    ];
    head.extend(reverse.threats.iter().map(|one| one.name.as_str()));
    let row = |strategy: &str, story: &FailureStory| {
        let origin = match story.origin {
            Some(Origin::Own) => "own",
            Some(Origin::System) => "system",
            None => "combined",
        };
        let sign = story.sign.as_ref();
        let owner = sign.map_or_else(String::new, |one| match &one.owner {
            Owner::Payer(id) => id.clone(),
            Owner::Project => "project".to_owned(),
            Owner::Municipality => "municipality".to_owned(),
        });
        let mut row = vec![
            strategy.to_owned(),
            origin.to_owned(),
            reverse.failure.to_string(),
        ];
        row.extend([cell(story.distance), cell(story.tail)]);
        row.push(sign.map_or_else(String::new, |one| one.metric.clone()));
        row.push(cell(sign.map(|one| f64::from(one.month))));
        row.push(cell(sign.map(|one| f64::from(one.months_before))));
        row.push(owner);
        let severity = |at: usize| cell(story.severities.as_ref().map(|all| all[at]));
        row.extend((0..reverse.threats.len()).map(severity));
        row
    };
    let rows = reverse.strategies.iter().flat_map(|one| {
        let stories = one.stories.iter();
        stories
            .map(|story| row(&one.strategy, story))
            .collect::<Vec<_>>()
    });
    table(&head, rows)
}

fn rays(reverse: &Reverse) -> String {
    let name = |at: usize| reverse.threats[at].name.clone();
    let rows = reverse.strategies.iter().flat_map(|one| {
        let alone = one.alone.iter().enumerate();
        let alone = alone.map(|(at, severity)| (name(at), String::new(), *severity));
        let pairs = one.pairs.iter();
        let pairs = pairs.map(|pair| (name(pair.first), name(pair.second), pair.severity));
        let row = |(first, second, severity): (String, String, Option<f64>)| {
            vec![one.strategy.clone(), first, second, cell(severity)]
        };
        alone.chain(pairs).map(row).collect::<Vec<_>>()
    });
    table(&["strategy", "threat", "with", "severity"], rows)
}
