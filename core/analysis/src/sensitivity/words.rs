//! Sensitivity as text, document and table.

use super::page::page;
use super::{By, FirstOrder, Found, Sensitivity, Share, Strength, Swing};
use crate::answer::{Finding, Head, aligned, cell, ends, table};
use crate::page::Page;
use crate::voice::Voice;
use std::fmt::Write as _;
use zalm_scenario::Evidence;

/// Rows of a table in a terminal; the document and the tables have all.
const SHOWN: usize = 20;

impl Finding for Sensitivity {
    const SCHEMA: &'static str = "zalm.sensitivity/1";

    fn text(&self, voice: &Voice) -> String {
        text(self, voice)
    }

    fn tables(&self) -> Vec<(&'static str, String)> {
        vec![("sensitivity.csv", rows(self))]
    }

    fn page(&self, voice: &Voice) -> Option<Page> {
        Some(page(self, voice))
    }
}

fn text(found: &Sensitivity, voice: &Voice) -> String {
    let mut text = head(found, voice).text();
    let body = match &found.found {
        Found::Tornado { bars, .. } => {
            let mut body = flips(found, bars, voice);
            let shown = &bars[..bars.len().min(SHOWN)];
            body.push_str(&aligned(&swings(found, shown, voice)));
            body
        }
        Found::Morris {
            trajectories,
            effects,
        } => {
            let values = [("trajectories", voice.count(*trajectories))];
            let note = voice.with("sens-morris", &values);
            format!("{note}\n{}", strengths(found, effects, voice))
        }
        Found::Sobol {
            sd,
            noise,
            wide,
            shares,
        } => {
            let mut body = format!(
                "{}\n",
                voice.with("sens-sd", &[("sd", voice.level(*sd, None, found.unit))])
            );
            if let Some(noise) = noise {
                let values = [("share", voice.percent(*noise))];
                let _ = writeln!(body, "{}", voice.with("sens-noise", &values));
            }
            if *wide {
                let _ = writeln!(body, "{}", voice.text("sens-wide"));
            }
            let mut lines = vec![vec![
                String::new(),
                voice.text("sens-first"),
                voice.text("sens-total"),
            ]];
            lines.extend(shares.iter().take(SHOWN).map(|one| {
                vec![
                    group(&one.name, one.members, found, voice),
                    ranged(one.first, one.first_interval, voice),
                    ranged(one.total, one.total_interval, voice),
                ]
            }));
            body.push_str(&aligned(&lines));
            body
        }
        Found::Given { shares } => {
            let mut lines = vec![vec![String::new(), voice.text("sens-first"), String::new()]];
            lines.extend(shares.iter().take(SHOWN).map(|one| {
                let ends = (one.share - one.half_width, one.share + one.half_width);
                let evidence = voice.evidence(one.evidence);
                vec![one.name.clone(), ranged(one.share, ends, voice), evidence]
            }));
            format!("{}\n{}", voice.text("sens-given"), aligned(&lines))
        }
    };
    let _ = write!(text, "\n{body}");
    if let Some(assumed) = assumed(found, voice) {
        let _ = writeln!(text, "\n{assumed}");
    }
    text
}

/// How much of the answer rests on parameters that are an assumption; `None` where the method does not
/// tell, or not well enough.
pub(super) fn assumed(found: &Sensitivity, voice: &Voice) -> Option<String> {
    match &found.found {
        Found::Tornado { by_evidence, .. } => {
            let all = by_evidence.iter();
            let own = all.filter(|(evidence, _)| *evidence == Evidence::Assumption);
            let share: f64 = own.map(|(_, share)| share).sum();
            Some(voice.with("sens-swings-assumed", &[("share", voice.percent(share))]))
        }
        Found::Sobol { wide, shares, .. } if found.by == By::Evidence && !wide => {
            let one = shares.iter().find(|one| one.name == "Assumption")?;
            let values = [
                ("first", voice.percent(one.first)),
                ("total", voice.percent(one.total)),
            ];
            Some(voice.with("sens-assumed", &values))
        }
        Found::Sobol { .. } | Found::Morris { .. } | Found::Given { .. } => None,
    }
}

/// What was played, the difference at the values in use, and how the method looks.
pub(super) fn head(found: &Sensitivity, voice: &Voice) -> Head {
    let values = [
        ("metric", found.metric.clone()),
        ("strategy", voice.named(&found.strategy)),
        ("null", voice.named(&found.null_alternative)),
        ("stressor", voice.named(&found.stressor)),
        ("parameters", voice.count(found.parameters)),
        ("points", voice.count(found.points)),
        ("replications", voice.count(found.replications)),
        ("seed", found.seed.to_string()),
    ];
    let base = voice.difference(found.base.mean, found.base.interval, found.unit);
    let mut lines = vec![
        voice.with("sens-sizes", &values),
        format!("{}: {base}", voice.metric(&found.spec)),
        voice.text(&format!("sens-{}-what", method(&found.found))),
    ];
    let units = match found.found {
        Found::Morris { .. } => "first-look-trajectories",
        _ => "first-look-points",
    };
    let look = |advised| voice.first_look((units, "--size"), found.size, advised);
    lines.extend(found.advised_size.and_then(look));
    lines.extend(voice.left_out("sens-failed", found.failed));
    Head {
        title: voice.with("sens-title", &[("title", voice.told(&found.title))]),
        lines,
    }
}

/// Id of a method.
pub(super) fn method(found: &Found) -> &'static str {
    match found {
        Found::Tornado { .. } => "tornado",
        Found::Morris { .. } => "morris",
        Found::Sobol { .. } => "sobol",
        Found::Given { .. } => "given",
    }
}

/// Which numbers turn the decision, in one sentence.
pub(super) fn flips(found: &Sensitivity, bars: &[Swing], voice: &Voice) -> String {
    let base = voice.difference(found.base.mean, found.base.interval, found.unit);
    let turning: Vec<&Swing> = bars.iter().filter(|bar| bar.turns).collect();
    let wavering = bars.iter().filter(|bar| bar.wavers).count();
    let values = [
        ("base", base.clone()),
        ("parameters", voice.count(bars.len())),
        ("count", voice.count(wavering)),
    ];
    if found.base.is_above().is_none() {
        return format!("{}\n\n", voice.with("sens-unclear", &values));
    }
    let wavers = match wavering {
        0 => String::new(),
        _ => format!(" {}", voice.with("sens-wavering", &values)),
    };
    let Some(first) = turning.first() else {
        return format!("{}{wavers}\n\n", voice.with("sens-firm", &values));
    };
    let values = [
        ("base", base),
        ("parameter", first.name.clone()),
        ("low", voice.amount(first.range.0, first.unit)),
        ("high", voice.amount(first.range.1, first.unit)),
        ("from", level(first.ends.0, found, voice)),
        ("to", level(first.ends.1, found, voice)),
        ("evidence", voice.evidence(first.evidence)),
        ("count", voice.count(turning.len())),
        ("parameters", voice.count(bars.len())),
    ];
    format!("{}{wavers}\n\n", voice.with("sens-flips", &values))
}

/// What each number does at both ends of its range, under a head.
pub(super) fn swings(found: &Sensitivity, bars: &[Swing], voice: &Voice) -> Vec<Vec<String>> {
    let mut lines = vec![vec![
        String::new(),
        voice.text("sens-range"),
        voice.text("sens-low"),
        voice.text("sens-high"),
        voice.text("sens-support"),
        voice.text("sens-marks"),
    ]];
    lines.extend(bars.iter().map(|bar| {
        let (low, high) = bar.range;
        let marks = [
            ("sens-turns", bar.turns),
            ("sens-wavers", bar.wavers),
            ("sens-bends", bar.bends),
        ];
        let marks = marks.iter().filter(|(_, shown)| *shown);
        let marks: Vec<String> = marks.map(|(id, _)| voice.text(id)).collect();
        vec![
            bar.name.clone(),
            format!(
                "{} – {}",
                voice.amount(low, bar.unit),
                voice.amount(high, bar.unit)
            ),
            level(bar.ends.0, found, voice),
            level(bar.ends.1, found, voice),
            voice.evidence(bar.evidence),
            marks.join(", "),
        ]
    }));
    lines
}

fn strengths(found: &Sensitivity, effects: &[Strength], voice: &Voice) -> String {
    let mut lines = vec![vec![
        String::new(),
        voice.text("sens-strength"),
        voice.text("sens-mean"),
        voice.text("sens-sd-effects"),
    ]];
    lines.extend(effects.iter().take(SHOWN).map(|one| {
        let ends = (one.strength - one.half_width, one.strength + one.half_width);
        let optional = |value: Option<f64>| {
            value.map_or_else(|| "–".to_owned(), |value| level(value, found, voice))
        };
        vec![
            group(&one.name, one.members, found, voice),
            voice.level(one.strength, Some(ends), found.unit),
            optional(one.mean),
            optional(one.sd),
        ]
    }));
    aligned(&lines)
}

/// Name of a group, with how many numbers it holds.
pub(super) fn group(name: &str, members: usize, found: &Sensitivity, voice: &Voice) -> String {
    let name = match found.by {
        By::Evidence => voice.text(&format!("evidence-{name}")),
        By::Parameter => return name.to_owned(),
        By::Subject => format!("{name}.*"),
    };
    format!("{name} ({})", voice.count(members))
}

pub(super) fn level(value: f64, found: &Sensitivity, voice: &Voice) -> String {
    voice.difference(value, None, found.unit)
}

pub(super) fn ranged(share: f64, (low, high): (f64, f64), voice: &Voice) -> String {
    let [share, low, high] = [share, low, high].map(|value| voice.percent(value));
    format!("{share}% [{low}; {high}]")
}

fn rows(found: &Sensitivity) -> String {
    match &found.found {
        Found::Tornado { bars, .. } => {
            let head = [
                "parameter",
                "unit",
                "evidence",
                "low",
                "high",
                "metric",
                "metric_unit",
                "difference",
                "difference_at_low",
                "difference_at_high",
                "turns",
                "wavers",
                "bends",
            ];
            let row = |bar: &Swing| {
                let mut row = vec![bar.name.clone(), bar.unit.to_owned()];
                row.push(format!("{:?}", bar.evidence));
                row.extend([bar.range.0, bar.range.1].map(cell));
                row.extend([found.metric.clone(), found.unit.to_owned()]);
                row.extend([found.base.mean, bar.ends.0, bar.ends.1].map(cell));
                row.extend([bar.turns, bar.wavers, bar.bends].map(|it| it.to_string()));
                row
            };
            table(&head, bars.iter().map(row))
        }
        Found::Morris { effects, .. } => {
            let head = [
                "group",
                "parameters",
                "metric",
                "metric_unit",
                "mu_star",
                "mu_star_half_width",
                "mu",
                "sigma",
            ];
            let row = |one: &Strength| {
                let mut row = vec![one.name.clone(), one.members.to_string()];
                row.extend([found.metric.clone(), found.unit.to_owned()]);
                row.extend([one.strength, one.half_width].map(cell));
                row.extend([one.mean, one.sd].map(cell));
                row
            };
            table(&head, effects.iter().map(row))
        }
        Found::Sobol { shares, .. } => {
            let head = [
                "group",
                "parameters",
                "metric",
                "first",
                "first_low",
                "first_high",
                "total",
                "total_low",
                "total_high",
            ];
            let row = |one: &Share| {
                let mut row = vec![one.name.clone(), one.members.to_string()];
                row.push(found.metric.clone());
                row.push(cell(one.first));
                row.extend(ends(one.first_interval));
                row.push(cell(one.total));
                row.extend(ends(one.total_interval));
                row
            };
            table(&head, shares.iter().map(row))
        }
        Found::Given { shares } => {
            let head = ["parameter", "evidence", "metric", "first", "half_width"];
            let row = |one: &FirstOrder| {
                let mut row = vec![one.name.clone(), format!("{:?}", one.evidence)];
                row.push(found.metric.clone());
                row.extend([one.share, one.half_width].map(cell));
                row
            };
            table(&head, shares.iter().map(row))
        }
    }
}
