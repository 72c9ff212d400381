//! The stress test as text, document and tables.

use super::need::bounded_from;
use super::page::page;
use super::{Course, Light, Rung, Step, Story, Stress};
use crate::answer::{Finding, Head, aligned, cell, ends, lines, table};
use crate::estimate::Estimate;
use crate::page::Page;
use crate::voice::Voice;
use std::fmt::Write as _;

impl Finding for Stress {
    const SCHEMA: &'static str = "zalm.stress/1";

    fn text(&self, voice: &Voice) -> String {
        text(self, voice)
    }

    fn tables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("stress.csv", ladder(self)),
            ("stress-thresholds.csv", thresholds(self)),
            ("stress-buffer.csv", buffers(self)),
        ]
    }

    fn page(&self, voice: &Voice) -> Option<Page> {
        Some(page(self, voice))
    }
}

fn text(stress: &Stress, voice: &Voice) -> String {
    let mut text = head(stress, voice).text();
    for (number, story) in stress.stories.iter().enumerate() {
        let rungs = stress.rungs.iter().filter(|rung| rung.stressor == number);
        text.push_str(&told(stress, story, &rungs.collect::<Vec<_>>(), voice));
    }
    text
}

/// What was played, and what is off where reactions are off.
pub(super) fn head(stress: &Stress, voice: &Voice) -> Head {
    let sizes = [
        ("replications", voice.count(stress.replications)),
        ("seed", stress.seed.to_string()),
    ];
    let reactions = stress.reactions.iter().map(|one| format!("{one:?}"));
    let reactions = [("mechanisms", voice.list(&reactions.collect::<Vec<_>>()))];
    let mut lines = vec![
        voice.with("stress-sizes", &sizes),
        voice.with("stress-reactions", &reactions),
    ];
    lines.extend(voice.left_out("left-out", stress.left_out));
    Head {
        title: voice.with("stress-title", &[("title", voice.told(&stress.title))]),
        lines,
    }
}

/// One stressor: its story, its thresholds, its ladder.
fn told(stress: &Stress, story: &Story, rungs: &[&Rung], voice: &Voice) -> String {
    let name = if story.title.is_empty() {
        story.name.clone()
    } else {
        format!("{} ({})", voice.told(&story.title), story.name)
    };
    let source = voice.with("stress-source", &[("source", voice.told(&story.source))]);
    let mut text = format!(
        "\n── {name} ──\n{}\n{source}\n",
        voice.told(&story.narrative)
    );
    for number in 0..stress.thresholds.len() {
        text.push_str(&lights(stress, rungs, number, voice));
    }
    for number in 0..stress.metrics.len() {
        text.push_str(&steps(stress, rungs, number, voice));
    }
    text.push_str(&buffer(stress, rungs, voice));
    text
}

/// One threshold: its colour on every rung, and when it breaks first.
fn lights(stress: &Stress, rungs: &[&Rung], number: usize, voice: &Voice) -> String {
    let threshold = stress.thresholds[number].to_string();
    let heading = voice.with("stress-threshold", &[("threshold", threshold)]);
    let light = |rung: &Rung| light(rung, number, voice);
    let grid = aligned(&grid(stress, rungs, None, voice, &light));
    format!("\n{heading}\n{grid}")
}

/// One metric: against severity 0, against the null alternative, and the course of the loss.
fn steps(stress: &Stress, rungs: &[&Rung], number: usize, voice: &Voice) -> String {
    let measured = &stress.metrics[number];
    let difference = |Estimate { mean, interval }| voice.difference(mean, interval, measured.unit);
    let from_calm = |rung: &Rung| {
        let step = &rung.steps[number];
        if rung.severity == 0.0 {
            voice.level(step.level.mean, step.level.interval, measured.unit)
        } else {
            difference(step.from_calm)
        }
    };
    let mut text = format!(
        "\n{}\n{}\n{}",
        voice.metric(&measured.spec),
        voice.text("stress-from-calm"),
        aligned(&grid(stress, rungs, None, voice, &from_calm))
    );
    if let Some(null) = stress.null_alternative {
        let name = stress.strategies[null].clone();
        let heading = voice.with("stress-from-null", &[("null", name)]);
        let from_null = |rung: &Rung| {
            let from_null = rung.steps[number].from_null;
            from_null.map_or_else(String::new, difference)
        };
        let grid = aligned(&grid(stress, rungs, Some(null), voice, &from_null));
        let _ = write!(text, "{heading}\n{grid}");
    }
    if measured.better.is_some() {
        text.push_str(&courses(stress, rungs, number, voice));
    }
    text
}

/// Name of a story for people.
pub(super) fn name(story: &Story, voice: &Voice) -> String {
    if story.title.is_empty() {
        story.name.clone()
    } else {
        voice.told(&story.title)
    }
}

/// Whether a threshold holds on a rung, and when it is first broken.
pub(super) fn light(rung: &Rung, threshold: usize, voice: &Voice) -> String {
    let breach = &rung.breaches[threshold];
    let colour = voice.text(match breach.light {
        Light::Green => "light-green",
        Light::Amber => "light-amber",
        Light::Red => "light-red",
    });
    let Some(first) = breach.first else {
        return colour;
    };
    let end =
        |month: Option<u32>| month.map_or_else(|| voice.text("never"), |month| month.to_string());
    let (low, high) = breach.first_interval;
    format!("{colour} {first} [{}; {}]", end(low), end(high))
}

/// The buffer that the municipality needs against a shock.
fn buffer(stress: &Stress, rungs: &[&Rung], voice: &Voice) -> String {
    let values = [
        ("certainty", voice.decimals(100.0 * stress.certainty, 0)),
        (
            "available",
            stress
                .available
                .map_or_else(String::new, |euro| voice.level(euro, None, "euro")),
        ),
    ];
    if rungs.iter().all(|rung| rung.buffer.is_none()) {
        return format!("\n{}\n", voice.with("stress-buffer-few", &values));
    }
    let id = match stress.available {
        Some(_) => "stress-buffer-ratio",
        None => "stress-buffer",
    };
    let need = |rung: &Rung| {
        let Some(need) = rung.buffer else {
            return String::new();
        };
        let required = voice.level(need.required, need.interval, "euro");
        let ratio = need.ratio.map(|ratio| voice.decimals(ratio, 1));
        match (ratio, need.class) {
            (Some(ratio), Some(class)) => format!("{required} {ratio} {class}"),
            (None, Some(class)) => format!("{required} {class}"),
            _ => required,
        }
    };
    let grid = aligned(&grid(stress, rungs, None, voice, &need));
    let unbounded = |rung: &&Rung| rung.buffer.is_some_and(|need| need.interval.is_none());
    let bound = rungs.iter().copied().any(|rung| unbounded(&rung)).then(|| {
        let least = voice.count(bounded_from(stress.certainty));
        voice.with("stress-buffer-unbounded", &[("least", least)])
    });
    format!("\n{}\n{grid}{}", voice.with(id, &values), lines(bound))
}

fn buffers(stress: &Stress) -> String {
    let head = [
        "stressor",
        "severity",
        "reactions",
        "strategy",
        "certainty",
        "required_euro",
        "required_low_euro",
        "required_high_euro",
        "ratio",
        "class",
    ];
    let rows = stress.rungs.iter().filter_map(|rung| {
        let need = rung.buffer?;
        Some(vec![
            stress.stories[rung.stressor].name.clone(),
            rung.severity.to_string(),
            rung.reactions.to_string(),
            stress.strategies[rung.strategy].clone(),
            need.certainty.to_string(),
            cell(need.required),
            cell(need.interval.map(|interval| interval.0)),
            cell(need.interval.map(|interval| interval.1)),
            cell(need.ratio),
            need.class.map_or_else(String::new, String::from),
        ])
    });
    table(&head, rows)
}

/// Strategies and reactions down, severities across, under a head; `without` leaves a strategy out.
pub(super) fn grid(
    stress: &Stress,
    rungs: &[&Rung],
    without: Option<usize>,
    voice: &Voice,
    write: &dyn Fn(&Rung) -> String,
) -> Vec<Vec<String>> {
    let mut head = vec![String::new(), voice.text("reactions")];
    head.extend(stress.severities.iter().map(|severity| {
        let severity = voice.number(*severity);
        voice.with("severity", &[("severity", severity)])
    }));
    let mut rows = vec![head];
    for (strategy, name) in stress.strategies.iter().enumerate() {
        for reactions in [true, false] {
            if without == Some(strategy) {
                continue;
            }
            let own = rungs
                .iter()
                .filter(|rung| (rung.strategy, rung.reactions) == (strategy, reactions));
            let mut row = vec![voice.name(name), on_off(reactions, voice)];
            row.extend(own.map(|rung| write(rung)));
            rows.push(row);
        }
    }
    rows
}

fn on_off(reactions: bool, voice: &Voice) -> String {
    voice.text(if reactions { "on" } else { "off" })
}

/// Trough, recovery and area at the severity nearest to that of the scenario.
fn courses(stress: &Stress, rungs: &[&Rung], number: usize, voice: &Voice) -> String {
    let far = |severity: &f64| (severity - 1.0).abs();
    let above = stress.severities.iter().copied().filter(|one| *one > 0.0);
    let Some(severity) = above.reduce(|a, b| if far(&b) < far(&a) { b } else { a }) else {
        return String::new();
    };
    let unit = stress.metrics[number].unit;
    let heading = [("severity", voice.number(severity))];
    let columns = ["reactions", "trough", "trough-after", "recovered", "lost"];
    let mut rows = vec![vec![String::new()]];
    rows[0].extend(columns.map(|column| voice.text(column)));
    let is = |rung: &&&Rung| rung.severity.to_bits() == severity.to_bits();
    let mut own: Vec<&&Rung> = rungs.iter().filter(is).collect();
    own.sort_by_key(|rung| (rung.strategy, !rung.reactions));
    for rung in own {
        let name = voice.name(&stress.strategies[rung.strategy]);
        let mut row = vec![name, on_off(rung.reactions, voice)];
        row.extend(course(rung.steps[number].course.as_ref(), unit, voice));
        rows.push(row);
    }
    format!(
        "{}\n{}",
        voice.with("stress-course", &heading),
        aligned(&rows)
    )
}

fn course(course: Option<&Course>, unit: &str, voice: &Voice) -> Vec<String> {
    let Some(course) = course else {
        return vec![voice.text("no-loss")];
    };
    let recovered = course.recovered.map(|months| months.to_string());
    vec![
        voice.level(course.trough, course.interval, unit),
        course.after.to_string(),
        recovered.unwrap_or_else(|| voice.text("not-recovered")),
        voice.number(course.lost),
    ]
}

fn place(stress: &Stress, rung: &Rung) -> Vec<String> {
    vec![
        stress.stories[rung.stressor].name.clone(),
        rung.severity.to_string(),
        if rung.reactions { "on" } else { "off" }.to_owned(),
        stress.strategies[rung.strategy].clone(),
    ]
}

fn ladder(stress: &Stress) -> String {
    let head = [
        "stressor",
        "severity",
        "reactions",
        "strategy",
        "metric",
        "unit",
        "replications",
        "mean",
        "low",
        "high",
        "from_calm",
        "from_calm_low",
        "from_calm_high",
        "from_null",
        "from_null_low",
        "from_null_high",
        "trough",
        "trough_low",
        "trough_high",
        "trough_after",
        "recovered",
        "lost",
    ];
    let row = |rung: &Rung, number: usize, step: &Step| {
        let measured = &stress.metrics[number];
        let mut row = place(stress, rung);
        row.extend([measured.name.clone(), measured.unit.to_owned()]);
        row.push(stress.replications.to_string());
        for estimate in [Some(step.level), Some(step.from_calm), step.from_null] {
            row.push(cell(estimate.map(|one| one.mean)));
            row.extend(ends(estimate.and_then(|one| one.interval)));
        }
        let course = step.course.as_ref();
        row.push(cell(course.map(|one| one.trough)));
        row.extend(ends(course.and_then(|one| one.interval)));
        row.push(cell(course.map(|one| f64::from(one.after))));
        row.push(cell(course.and_then(|one| one.recovered).map(f64::from)));
        row.push(cell(course.map(|one| one.lost)));
        row
    };
    let rows = stress.rungs.iter().flat_map(|rung| {
        let steps = rung.steps.iter().enumerate();
        steps.map(move |(number, step)| row(rung, number, step))
    });
    table(&head, rows)
}

fn thresholds(stress: &Stress) -> String {
    let head = [
        "stressor",
        "severity",
        "reactions",
        "strategy",
        "threshold",
        "light",
        "worst",
        "worst_low",
        "worst_high",
        "first_month",
        "first_month_low",
        "first_month_high",
    ];
    let rows = stress.rungs.iter().flat_map(|rung| {
        let breaches = rung.breaches.iter().zip(&stress.thresholds);
        breaches.map(move |(breach, threshold)| {
            let mut row = place(stress, rung);
            let light = match breach.light {
                Light::Green => "green",
                Light::Amber => "amber",
                Light::Red => "red",
            };
            row.extend([threshold.to_string(), light.to_owned()]);
            row.push(cell(breach.worst));
            row.extend(ends(breach.interval));
            let (low, high) = breach.first_interval;
            row.extend([breach.first, low, high].map(|month| cell(month.map(f64::from))));
            row
        })
    });
    table(&head, rows)
}
