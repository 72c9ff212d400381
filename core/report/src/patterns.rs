//! The patterns as plain text for a terminal, 100 columns wide: the table, then the paths.

mod input;
mod path;

use crate::Lang;
use crate::input::Estimate;
use crate::numbers::Place;
use crate::quantity::{Writer, is_euro, is_share};
use crate::terminal::{hanging, one_line};
pub use input::{ClaimInput, PathInput, PatternInput, PatternsInput};
use path::paths;

/// Width of the table, columns.
const WIDTH: usize = 100;

/// The patterns as text.
pub fn patterns_text(input: &PatternsInput, lang: Lang) -> String {
    let writer = Writer::new(lang);
    let mut text = header(input, &writer);
    text.push_str(&columns(&heads(&writer)));
    text.push_str(&format!("{}\n", "─".repeat(WIDTH)));
    for pattern in &input.patterns {
        text.push_str(&block(pattern, input, &writer));
    }
    text.push_str(&summary(input, &writer));
    text.push_str(&paths(input, &writer));
    text
}

fn header(input: &PatternsInput, writer: &Writer) -> String {
    let count = |number: u32| writer.numbers.count(number);
    let sizes = writer.texts.with(
        "patterns-sizes",
        &[
            ("replications", &count(input.replications)),
            ("draws", &count(input.draws)),
            ("each", &count(input.draw_replications)),
            ("seed", &input.seed.to_string()),
        ],
    );
    let vanished = writer.numbers.write(100.0 * input.vanished, Place::UNITS);
    let rule = writer
        .texts
        .with("patterns-rule", &[("vanished", &vanished)]);
    let mut text = format!("{}\n{sizes}\n", one_line(&input.title));
    text.push_str(&hanging("", 0, &rule, WIDTH));
    text.push('\n');
    text
}

/// Unit, effect, counter-check, difference, share, verdict.
type Cells = [String; 6];

fn heads(writer: &Writer) -> Cells {
    [
        "unit",
        "effect",
        "counter",
        "difference",
        "share",
        "verdict",
    ]
    .map(|head| writer.texts.get(&format!("patterns-{head}")))
}

/// Cells under each other: every number ends, and its interval begins, at the same place.
fn columns(cells: &Cells) -> String {
    let [unit, effect, counter, difference, share, verdict] = cells;
    let line = format!(
        "     {unit:<12} {effect:<21} {counter:<20} {difference:<20} {share:<10} {verdict}"
    );
    format!("{}\n", line.trim_end())
}

fn block(pattern: &PatternInput, input: &PatternsInput, writer: &Writer) -> String {
    let title = writer.texts.with(
        "patterns-title",
        &[
            ("title", &one_line(&pattern.title)),
            ("seed", &pattern.seed),
        ],
    );
    let mut text = hanging(&format!("{:>3}  ", pattern.number), 5, &title, WIDTH);
    if let Some(why) = &pattern.not_asked {
        let why = writer
            .texts
            .with("patterns-not-asked", &[("why", &one_line(why))]);
        text.push_str(&hanging("     ", 5, &why, WIDTH));
    }
    for claim in &pattern.claims {
        text.push_str(&hanging("     ", 5, &label(claim, input, writer), WIDTH));
        text.push_str(&columns(&cells(claim, writer)));
    }
    text.push('\n');
    text
}

/// What is compared, measured and switched off.
fn label(claim: &ClaimInput, input: &PatternsInput, writer: &Writer) -> String {
    let metric = claim.metric.as_ref();
    let metric = metric.map_or_else(String::new, |one| writer.metric(one, &input.payers));
    let months = claim.months.map_or_else(String::new, |(from, to)| {
        let (from, to) = (writer.numbers.count(from + 1), writer.numbers.count(to));
        let months = [("from", from.as_str()), ("to", to.as_str())];
        writer.texts.with("patterns-months", &months)
    });
    let beside = claim
        .beside
        .as_ref()
        .map_or_else(String::new, |(first, second)| {
            let arms = [("first", first.as_str()), ("second", second.as_str())];
            writer.texts.with("patterns-beside", &arms)
        });
    writer.texts.with(
        if claim.more {
            "patterns-more"
        } else {
            "patterns-less"
        },
        &[
            ("metric", &metric),
            ("months", &months),
            ("first", &claim.first),
            ("second", &claim.second),
            ("beside", &beside),
            ("off", &claim.off.join(", ")),
        ],
    )
}

fn cells(claim: &ClaimInput, writer: &Writer) -> Cells {
    let unit = claim
        .metric
        .as_ref()
        .map_or("", |metric| metric.unit.as_str());
    let (scale, unit_text) = scale(claim, unit, writer);
    let estimate = |estimate: &Option<Estimate>| {
        estimate.as_ref().map_or_else(
            || writer.texts.get("missing"),
            |one| number(one, scale, writer),
        )
    };
    let share = claim.share.as_ref().map_or_else(String::new, |share| {
        let part = |value: f64| writer.numbers.write(100.0 * value, Place::UNITS);
        let (low, high) = share.interval.unwrap_or((share.mean, share.mean));
        format!("{} [{}; {}]", part(share.mean), part(low), part(high))
    });
    [
        unit_text,
        estimate(&claim.effect),
        estimate(&claim.counter),
        estimate(&claim.difference),
        share,
        writer.texts.get(&format!("patterns-{}", claim.verdict)),
    ]
}

/// What values are multiplied with, and the unit that follows from it: per cent, thousands or
/// millions of euro where amounts are large.
fn scale(claim: &ClaimInput, unit: &str, writer: &Writer) -> (f64, String) {
    let size = claim
        .effect
        .as_ref()
        .map_or(0.0, |effect| effect.mean.abs());
    if is_share(unit) {
        return (100.0, writer.texts.get("patterns-points"));
    }
    if unit == "1" && size < 1e-3 {
        return (1e4, writer.texts.get("patterns-per-ten-thousand"));
    }
    if unit == "1" {
        return (100.0, writer.texts.get("patterns-per-cent"));
    }
    if is_euro(unit) && size >= 1e6 {
        return (1e-6, writer.texts.get("patterns-million"));
    }
    if is_euro(unit) && size >= 1e3 {
        return (1e-3, writer.texts.get("patterns-thousand"));
    }
    let short = writer
        .texts
        .find(&format!("patterns-unit-{}", unit.replace('/', "-")), &[]);
    (1.0, short.unwrap_or_else(|| writer.unit(unit)))
}

/// A difference with its interval, rounded to what is known.
fn number(estimate: &Estimate, scale: f64, writer: &Writer) -> String {
    let half = estimate.half_width().map(|half| half * scale);
    let place = Place::narrow(estimate.mean * scale, half);
    let write = |value: f64| writer.numbers.signed(value * scale, place);
    let mean = write(estimate.mean);
    match estimate.interval {
        Some((low, high)) => format!("{mean} [{}; {}]", write(low), write(high)),
        None => mean,
    }
}

/// How many hold.
fn summary(input: &PatternsInput, writer: &Writer) -> String {
    let number = |verdict: Option<&str>| {
        let with = input
            .patterns
            .iter()
            .filter(|pattern| pattern.verdict.as_deref() == verdict);
        writer.numbers.count(with.count() as u32)
    };
    let text = writer.texts.with(
        "patterns-summary",
        &[
            ("holds", &number(Some("holds"))),
            ("weak", &number(Some("weak"))),
            ("absent", &number(Some("absent"))),
            ("unasked", &number(None)),
        ],
    );
    format!("{}\n{text}\n", "─".repeat(WIDTH))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Direction, MetricInfo, Role};

    fn estimate(mean: f64, half: f64) -> Option<Estimate> {
        Some(Estimate {
            mean,
            interval: Some((mean - half, mean + half)),
        })
    }

    fn input(unit: &str, size: f64) -> PatternsInput {
        let metric = MetricInfo {
            name: "project.months".to_owned(),
            unit: unit.to_owned(),
            better: Direction::Higher,
            doc: String::new(),
            key: false,
            role: Role::default(),
        };
        let claim = ClaimInput {
            first: "zonder banden".to_owned(),
            second: "met banden".to_owned(),
            metric: Some(metric),
            months: Some((0, 24)),
            beside: Some(("zonder, in vette jaren".to_owned(), "met".to_owned())),
            off: vec!["Ties".to_owned(), "Direction".to_owned()],
            effect: estimate(-62.3 * size, 9.1 * size),
            counter: estimate(0.0, 3.1 * size),
            difference: estimate(-62.3 * size, 9.5 * size),
            share: Some(Estimate {
                mean: 0.97,
                interval: Some((0.89, 0.99)),
            }),
            verdict: "holds".to_owned(),
            ..ClaimInput::default()
        };
        let pattern = PatternInput {
            number: 4,
            title: "Zonder coalitie overleven er weinig".to_owned(),
            seed: "002 §3.1".to_owned(),
            verdict: Some("holds".to_owned()),
            claims: vec![claim],
            path: Some(PathInput {
                replication: 12,
                lines: vec![(
                    "2011-04".to_owned(),
                    "zonder banden".to_owned(),
                    "team: state refuses\u{1b}[31m".to_owned(),
                )],
                half: Some("2016-08".to_owned()),
            }),
            ..PatternInput::default()
        };
        let unasked = PatternInput {
            number: 8,
            not_asked: Some("er is geen zorgverzekeraar".to_owned()),
            ..PatternInput::default()
        };
        PatternsInput {
            patterns: vec![pattern, unasked],
            ..PatternsInput::default()
        }
    }

    #[test]
    fn every_line_fits_whatever_the_unit() {
        let sizes = [
            ("month", 1.0),
            ("euro", 1e5),
            ("share", 0.01),
            ("households", 10.0),
        ];
        for lang in Lang::ALL {
            for (unit, size) in sizes {
                for line in patterns_text(&input(unit, size), lang).lines() {
                    assert!(line.chars().count() <= WIDTH, "{line}");
                }
            }
        }
    }

    #[test]
    fn tells_what_was_found_and_what_could_not_be_asked() {
        let text = patterns_text(&input("month", 1.0), Lang::Nl);
        for part in [
            "−62,3 [−71,4; −53,2]",
            "97 [89; 99]",
            "2011-04",
            "2016-08",
            "geen zorgverzekeraar",
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
        assert!(!text.contains('\u{1b}'));
    }

    #[test]
    fn large_amounts_are_millions() {
        assert!(patterns_text(&input("euro", 1e5), Lang::En).contains("−6.23 [−7.14; −5.32]"));
    }
}
