//! The scan in words: everything that is shown of it, and the text for a terminal.

use super::{CRITERIA, Route, Scan, Standing, Step};
use crate::voice::{Value, Voice};
use std::fmt::Write as _;

/// What one metric does when a step is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Name of the metric.
    pub metric: String,
    /// Its unit.
    pub unit: String,
    /// Mean paired difference.
    pub mean: f64,
    /// 95 % interval of it.
    pub interval: Option<(f64, f64)>,
}

/// What steps change, as paired differences from the scenario as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// Strategy that was played.
    pub strategy: String,
    /// Stressor under which.
    pub stressor: String,
    /// Pairs.
    pub replications: u32,
    /// Effects per step, in the order of the steps, and last of all steps together.
    pub effects: Vec<Vec<Effect>>,
}

/// Everything that is shown of a scan.
pub struct Sheet {
    /// The scan.
    pub scan: Scan,
    /// Where it stands.
    pub standing: Standing,
    /// Routes, best first.
    pub routes: Vec<Route>,
    /// Steps in order.
    pub steps: Vec<Step>,
    /// What they change, when they were played.
    pub simulated: Option<Simulated>,
    /// Start of a command that takes a step, such as `zalm compare scenarios/x.ron`.
    pub command: String,
    /// Version of the program.
    pub version: String,
}

impl Sheet {
    /// The command that compares the strategies with a step taken.
    pub(super) fn command(&self, step: &Step) -> String {
        let mut command = self.command.clone();
        for change in &step.changes {
            let _ = write!(command, " --set '{}={}'", change.path, change.value);
        }
        command
    }

    pub(super) fn finding(&self, voice: &Voice) -> String {
        let word = |at: usize| Value::Word(format!("criterion-{}", CRITERIA[at]));
        let scores = self.scan.scores();
        let (best, worst) = (self.scan.strongest(), self.scan.weakest());
        voice.with(
            "scan-finding",
            &[
                ("project", self.scan.name.clone()),
                ("best", word(best)),
                ("most", Value::Share(scores[best])),
                ("worst", word(worst)),
                ("least", Value::Share(scores[worst])),
            ],
        )
    }

    /// The criteria in which it stands highest and lowest among all projects.
    pub(super) fn ranked(&self, voice: &Voice) -> String {
        let ranks = self.standing.ranks;
        let by_rank = |at: &usize| ranks[*at];
        // The first of equals is named.
        let high = (0..ranks.len()).min_by_key(by_rank).unwrap_or(0);
        let low = (0..ranks.len()).rev().max_by_key(by_rank).unwrap_or(0);
        if ranks[high] == ranks[low] {
            return voice.text("strip-title");
        }
        let word = |at: usize| Value::Word(format!("criterion-{}", CRITERIA[at]));
        let place = |at: usize| Value::Name(rank(voice, self, at));
        let values = [
            ("high", word(high)),
            ("highest", place(high)),
            ("low", word(low)),
            ("lowest", place(low)),
        ];
        voice.with("strip-ranked", &values)
    }
}

pub(super) fn criterion_name(voice: &Voice, id: &str) -> String {
    voice.head(&format!("criterion-{id}"))
}

pub(super) fn score(voice: &Voice, score: Option<f64>) -> String {
    score.map_or_else(|| voice.text("not-scored"), |score| voice.percent(score))
}

pub(super) fn rank(voice: &Voice, sheet: &Sheet, at: usize) -> String {
    voice.with(
        "scan-rank",
        &[
            ("rank", Value::Count(sheet.standing.ranks[at] as u32)),
            ("all", Value::Count(sheet.standing.all() as u32)),
        ],
    )
}

/// The scan for a terminal.
pub fn text(sheet: &Sheet, voice: &Voice) -> String {
    let mut out = format!(
        "{}\n{}\n",
        voice.value(&sheet.scan.name),
        sheet.finding(voice)
    );
    for (at, criterion) in sheet.scan.criteria.iter().enumerate() {
        let name = criterion_name(voice, criterion.id);
        let own = voice.percent(criterion.score());
        let _ = writeln!(out, "\n{name}: {own} ({})", rank(voice, sheet, at));
        for question in &criterion.questions {
            let asked = voice.text(&format!("scan-{}", question.id));
            let given = score(voice, question.score);
            let why = voice.say(&question.reason);
            let _ = writeln!(
                out,
                "  {given:>5}  {asked} [{}]",
                voice.cited(question.paragraph)
            );
            let _ = writeln!(out, "         {why}");
        }
    }
    let _ = writeln!(out, "\n{}", voice.text("routes"));
    for route in &sheet.routes {
        let _ = writeln!(out, "  {}", route_line(route, voice));
    }
    let _ = writeln!(out, "\n{}", voice.text("steps"));
    for (at, step) in sheet.steps.iter().enumerate() {
        let _ = writeln!(
            out,
            "  {}. {} [{}]",
            at + 1,
            voice.say(&step.advice),
            voice.cited(step.paragraph)
        );
        let _ = writeln!(out, "     {}", sheet.command(step));
        if let Some(simulated) = &sheet.simulated {
            let _ = writeln!(out, "     {}", effects_line(&simulated.effects[at], voice));
        }
    }
    if let Some(simulated) = &sheet.simulated {
        let _ = writeln!(out, "\n{}", played(simulated, voice));
        if let Some(all) = simulated.effects.last() {
            let _ = writeln!(
                out,
                "  {}: {}",
                voice.text("all-steps"),
                effects_line(all, voice)
            );
        }
    }
    out
}

fn route_line(route: &Route, voice: &Voice) -> String {
    let name = voice.head(&format!("strategy-{}", route.plugin));
    let Some(weakest) = route.weakest() else {
        return name;
    };
    let values = [
        ("route", Value::Name(name)),
        ("fit", Value::Share(route.fit())),
        ("why", Value::Name(voice.say(&weakest.reason))),
    ];
    format!(
        "{} [{}]",
        voice.with("route-fit", &values),
        voice.cited(route.paragraph)
    )
}

pub(super) fn effects_line(effects: &[Effect], voice: &Voice) -> String {
    let one = |effect: &Effect| {
        let name = metric_name(voice, &effect.metric);
        let change = voice.estimate(effect.mean, effect.interval, &effect.unit);
        format!("{name} {change}")
    };
    effects.iter().map(one).collect::<Vec<_>>().join("; ")
}

pub(crate) fn metric_name(voice: &Voice, metric: &str) -> String {
    let id = format!("metric-{}", metric.replace(['.', '_'], "-"));
    voice.find(&id).unwrap_or_else(|| metric.to_owned())
}

pub(super) fn played(simulated: &Simulated, voice: &Voice) -> String {
    let strategy = format!("strategy-{}", simulated.strategy);
    let strategy = voice
        .find(&strategy)
        .unwrap_or_else(|| simulated.strategy.clone());
    voice.with(
        "simulated",
        &[
            ("strategy", Value::Name(strategy)),
            ("stressor", Value::Name(simulated.stressor.clone())),
            ("replications", Value::Count(simulated.replications)),
        ],
    )
}
