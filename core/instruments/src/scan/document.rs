//! The scan as a table and as a document for programs.

use super::words::{Effect, Sheet};
use super::{Question, Route};
use crate::sheet::{csv as to_csv, decimal, document};
use crate::voice::Voice;
use serde::Serialize;

/// Version of the document.
const SCHEMA: &str = "zalm.scan/1";

/// Every score with its reason and source as a table.
pub fn csv(sheet: &Sheet, voice: &Voice) -> String {
    let head = [
        "criterion",
        "question",
        "paragraph",
        "score",
        "reason",
        "source",
    ];
    let name = |column| voice.text(&format!("column-{column}"));
    let mut rows = vec![head.map(name).to_vec()];
    for criterion in &sheet.scan.criteria {
        for question in &criterion.questions {
            rows.push(vec![
                criterion.id.to_owned(),
                voice.text(&format!("scan-{}", question.id)),
                question.paragraph.to_owned(),
                question
                    .score
                    .map(|score| decimal(score, voice.lang))
                    .unwrap_or_default(),
                voice.say(&question.reason),
                question.source.clone(),
            ]);
        }
    }
    to_csv(&rows, voice.lang)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    project: &'a str,
    name: String,
    place: &'a str,
    finding: String,
    criteria: Vec<CriterionOut<'a>>,
    standing: Vec<PeerOut<'a>>,
    routes: Vec<RouteOut<'a>>,
    steps: Vec<StepOut<'a>>,
    simulated: Option<SimulatedOut<'a>>,
}

#[derive(Serialize)]
struct CriterionOut<'a> {
    id: &'a str,
    score: f64,
    rank: usize,
    of: usize,
    questions: Vec<QuestionOut<'a>>,
}

#[derive(Serialize)]
struct QuestionOut<'a> {
    id: &'a str,
    question: String,
    paragraph: &'a str,
    score: Option<f64>,
    reason: String,
    source: &'a str,
}

#[derive(Serialize)]
struct PeerOut<'a> {
    name: String,
    file: &'a str,
    scores: [f64; 5],
}

#[derive(Serialize)]
struct RouteOut<'a> {
    plugin: &'a str,
    paragraph: &'a str,
    fit: f64,
    reason: String,
}

#[derive(Serialize)]
struct StepOut<'a> {
    id: &'a str,
    criterion: &'a str,
    paragraph: &'a str,
    advice: String,
    command: String,
    effects: Vec<EffectOut<'a>>,
}

#[derive(Serialize)]
struct SimulatedOut<'a> {
    strategy: &'a str,
    stressor: &'a str,
    replications: u32,
    all_steps: Vec<EffectOut<'a>>,
}

#[derive(Serialize)]
struct EffectOut<'a> {
    metric: &'a str,
    unit: &'a str,
    mean: f64,
    interval: Option<(f64, f64)>,
}

fn effects_out(effects: &[Effect]) -> Vec<EffectOut<'_>> {
    effects.iter().map(effect_out).collect()
}

fn effect_out(effect: &Effect) -> EffectOut<'_> {
    EffectOut {
        metric: &effect.metric,
        unit: &effect.unit,
        mean: effect.mean,
        interval: effect.interval,
    }
}

/// The scan for programs; sentences are in the language of the voice.
pub fn json(sheet: &Sheet, voice: &Voice) -> String {
    document(&Document {
        schema: SCHEMA,
        project: &sheet.scan.id,
        name: voice.value(&sheet.scan.name),
        place: &sheet.scan.place,
        finding: sheet.finding(voice),
        criteria: criteria_out(sheet, voice),
        standing: sheet
            .standing
            .peers
            .iter()
            .map(|peer| PeerOut {
                name: voice.value(&peer.name),
                file: &peer.file,
                scores: peer.scores,
            })
            .collect(),
        routes: routes_out(sheet, voice),
        steps: steps_out(sheet, voice),
        simulated: sheet.simulated.as_ref().map(|simulated| SimulatedOut {
            strategy: &simulated.strategy,
            stressor: &simulated.stressor,
            replications: simulated.replications,
            all_steps: simulated
                .effects
                .last()
                .map(|all| effects_out(all))
                .unwrap_or_default(),
        }),
    })
}

fn criteria_out<'a>(sheet: &'a Sheet, voice: &Voice) -> Vec<CriterionOut<'a>> {
    let question = |question: &'a Question| QuestionOut {
        id: question.id,
        question: voice.text(&format!("scan-{}", question.id)),
        paragraph: question.paragraph,
        score: question.score,
        reason: voice.say(&question.reason),
        source: &question.source,
    };
    let all = sheet.scan.criteria.iter().enumerate();
    all.map(|(at, criterion)| CriterionOut {
        id: criterion.id,
        score: criterion.score(),
        rank: sheet.standing.ranks[at],
        of: sheet.standing.all(),
        questions: criterion.questions.iter().map(question).collect(),
    })
    .collect()
}

fn routes_out<'a>(sheet: &'a Sheet, voice: &Voice) -> Vec<RouteOut<'a>> {
    let reason = |route: &Route| {
        let weakest = route.weakest();
        weakest
            .map(|condition| voice.say(&condition.reason))
            .unwrap_or_default()
    };
    let all = sheet.routes.iter();
    all.map(|route| RouteOut {
        plugin: route.plugin,
        paragraph: route.paragraph,
        fit: route.fit(),
        reason: reason(route),
    })
    .collect()
}

fn steps_out<'a>(sheet: &'a Sheet, voice: &Voice) -> Vec<StepOut<'a>> {
    let effects = |at: usize| {
        let simulated = sheet.simulated.as_ref();
        simulated
            .map(|simulated| effects_out(&simulated.effects[at]))
            .unwrap_or_default()
    };
    let all = sheet.steps.iter().enumerate();
    all.map(|(at, step)| StepOut {
        id: step.id,
        criterion: step.criterion,
        paragraph: step.paragraph,
        advice: voice.say(&step.advice),
        command: sheet.command(step),
        effects: effects(at),
    })
    .collect()
}
