//! The stress test as a page: a ladder for each metric under each stressor.

use super::words::{grid, head, light, name};
use super::{Rung, Story, Stress};
use crate::answer::Head;
use crate::page::{Page, axis, drawn, figure, plain, table};
use crate::voice::Voice;
use zalm_report::{Axis, Chart, Line, Lines, Part};

pub(super) fn page(stress: &Stress, voice: &Voice) -> Page {
    let Head { title, lines } = head(stress, voice);
    let mut parts: Vec<Part> = lines.into_iter().map(Part::Words).collect();
    for (number, story) in stress.stories.iter().enumerate() {
        let rungs: Vec<&Rung> = stress
            .rungs
            .iter()
            .filter(|one| one.stressor == number)
            .collect();
        parts.push(Part::Heading(name(story, voice)));
        parts.push(Part::Words(voice.told(&story.narrative)));
        let source = [("source", voice.told(&story.source))];
        parts.push(Part::Words(voice.with("stress-source", &source)));
        for metric in 0..stress.metrics.len() {
            parts.push(ladder(stress, story, &rungs, metric, voice));
        }
        for (at, threshold) in stress.thresholds.iter().enumerate() {
            let caption = [("threshold", threshold.to_string())];
            let rows = grid(stress, &rungs, None, voice, &|rung| light(rung, at, voice));
            parts.push(Part::Table(table(
                voice.with("stress-threshold", &caption),
                rows,
            )));
        }
    }
    Page {
        title,
        question: voice.text("page-stress-question"),
        parts,
    }
}

/// Levels of a metric from severity 0 up, with reactions.
fn ladder(stress: &Stress, story: &Story, rungs: &[&Rung], metric: usize, voice: &Voice) -> Part {
    let measured = &stress.metrics[metric];
    let course = |(strategy, name): (usize, &String)| {
        let own = rungs
            .iter()
            .filter(|rung| rung.reactions && rung.strategy == strategy);
        let points = own.map(|rung| (rung.severity, drawn(rung.steps[metric].level)));
        Line {
            name: voice.named(name),
            look: strategy,
            points: points.collect(),
        }
    };
    let courses: Vec<Line> = stress.strategies.iter().enumerate().map(course).collect();
    let words = [
        finding(stress, story, rungs, metric, voice),
        voice.with(
            "page-stress-sub",
            &[("metric", voice.measured(&measured.spec, false))],
        ),
        voice.text("page-stress-caption"),
    ];
    let level = |rung: &Rung| {
        let level = rung.steps[metric].level;
        voice.level(level.mean, level.interval, measured.unit)
    };
    let chart = Chart::Lines(Lines {
        across: Axis {
            name: voice.text("page-severity"),
            ..Axis::default()
        },
        up: axis(&measured.spec, false, voice),
        courses,
        mark: None,
    });
    let data = table(
        voice.metric(&measured.spec),
        grid(stress, rungs, None, voice, &level),
    );
    let file = format!("stress-{}-{}", plain(&story.name), plain(&measured.name));
    figure(&file, words, chart, data)
}

/// Who stands clearly better than the null alternative at the top of the ladder.
fn finding(
    stress: &Stress,
    story: &Story,
    rungs: &[&Rung],
    metric: usize,
    voice: &Voice,
) -> String {
    let measured = &stress.metrics[metric];
    let top = stress.severities.last().copied().unwrap_or_default();
    let mut values = vec![
        ("stressor", name(story, voice)),
        (
            "severity",
            voice.decimals(top, usize::from(top.fract() != 0.0)),
        ),
        ("metric", voice.measured(&measured.spec, false)),
    ];
    let at_top = |one: &&&Rung| one.reactions && (one.severity - top).abs() < 1e-12;
    let ends: Vec<&Rung> = rungs.iter().filter(at_top).copied().collect();
    let level = |one: &Rung| one.steps[metric].level;
    let mean = |one: &&Rung| level(one).mean.to_bits();
    if ends.iter().all(|one| mean(one) == mean(&ends[0])) {
        return voice.with("page-stress-same", &values);
    }
    // Better by so much, where the paired interval leaves nought out.
    let clear = |one: &Rung| {
        let difference = one.steps[metric].from_null?;
        let (low, high) = difference.interval?;
        let sign = measured.better.unwrap_or(difference.mean.signum());
        let apart = low * high > 0.0 && sign * difference.mean > 0.0;
        apart.then_some(difference.mean.abs())
    };
    let found = ends.iter().filter_map(|one| Some((*one, clear(one)?)));
    let best = found.max_by(|a, b| a.1.total_cmp(&b.1));
    let (Some((rung, _)), Some(null)) = (best, stress.null_alternative) else {
        return voice.with("page-stress-unclear", &values);
    };
    let level = level(rung);
    values.push(("strategy", voice.named(&stress.strategies[rung.strategy])));
    values.push(("null", voice.named(&stress.strategies[null])));
    values.push((
        "level",
        voice.level(level.mean, level.interval, measured.unit),
    ));
    let id = if measured.better.is_some() {
        "page-stress-best"
    } else {
        "page-stress-most"
    };
    voice.with(id, &values)
}
