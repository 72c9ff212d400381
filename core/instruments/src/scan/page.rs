//! The scan as one page.

use super::draw::{narrow_strip, strip};
use super::words::{Sheet, criterion_name, effects_line, played, rank, score};
use super::{CRITERIA, Criterion, Question, Route};
use crate::sheet::{Drawing, figure, page, table};
use crate::voice::{Value, Voice};
use maud::{Markup, html};

/// The scan as one page.
pub fn html(sheet: &Sheet, voice: &Voice) -> String {
    let body = html! {
        section aria-labelledby="finding" {
            h2 #finding { (voice.text("finding")) }
            p { (sheet.finding(voice)) }
            p.meta { (voice.text("scan-how")) }
            (figure(voice, (&sheet.ranked(voice), &voice.with("strip-sub", &[
                ("all", Value::Count(sheet.standing.all() as u32)),
            ])), &Drawing::Both(strip(sheet, voice), narrow_strip(sheet, voice)),
                &peers(sheet, voice)))
        }
        @for (at, criterion) in sheet.scan.criteria.iter().enumerate() {
            (criterion_section(sheet, criterion, at, voice))
        }
        section aria-labelledby="routes" {
            h2 #routes { (voice.text("routes")) }
            p { (voice.text("routes-how")) }
            @for route in &sheet.routes { (route_section(route, voice)) }
        }
        section aria-labelledby="steps" {
            h2 #steps { (voice.text("steps")) }
            p { (voice.text("steps-how")) }
            ol { @for (at, step) in sheet.steps.iter().enumerate() { li {
                p { (voice.say(&step.advice)) " " small { "[" (voice.cited(step.paragraph)) "]" } }
                p { code { (sheet.command(step)) } }
                @if let Some(simulated) = &sheet.simulated {
                    p { strong { (voice.text("step-changes")) } " "
                        (effects_line(&simulated.effects[at], voice)) }
                }
            } } }
            @if let Some(simulated) = &sheet.simulated {
                h3 { (voice.text("all-steps")) }
                p { (simulated.effects.last().map(|all| effects_line(all, voice)).unwrap_or_default()) }
                p.meta { (played(simulated, voice)) }
            } @else { p.meta { (voice.text("steps-not-simulated")) } }
        }
        section aria-labelledby="limits" {
            h2 #limits { (voice.text("limits")) }
            p { (voice.text("scan-limits")) }
        }
    };
    let title = voice.with("scan-title", &[("project", sheet.scan.name.clone())]);
    let about = voice.with(
        "scan-about",
        &[("place", Value::Name(sheet.scan.place.clone()))],
    );
    page(voice, &title, &about, &body, &sheet.version)
}

fn criterion_section(sheet: &Sheet, criterion: &Criterion, at: usize, voice: &Voice) -> Markup {
    let name = criterion_name(voice, criterion.id);
    let own = voice.percent(criterion.score());
    html! {
        section aria-labelledby=(criterion.id) {
            h2 id=(criterion.id) { (name) ": " (own) }
            p.meta { (voice.text(&format!("criterion-{}-asks", criterion.id))) " (" (rank(voice, sheet, at)) ")" }
            div.scroll tabindex="0" role="region" aria-labelledby=(criterion.id) { table {
                thead { tr {
                    th.words scope="col" { (voice.text("question")) }
                    th scope="col" { (voice.text("score")) }
                    th.words scope="col" { (voice.text("reason")) }
                } }
                tbody { @for question in &criterion.questions { (question_row(question, voice)) } }
            } }
        }
    }
}

fn question_row(question: &Question, voice: &Voice) -> Markup {
    html! { tr {
        th scope="row" {
            (voice.text(&format!("scan-{}", question.id)))
            " " small { "[" (voice.cited(question.paragraph)) "]" }
        }
        td { (score(voice, question.score)) }
        td.words style="max-width:none" {
            (voice.say(&question.reason))
            @if !question.source.is_empty() {
                details { summary { (voice.text("source")) } small lang="en" { (question.source) } }
            }
        }
    } }
}

fn route_section(route: &Route, voice: &Voice) -> Markup {
    let name = voice.head(&format!("strategy-{}", route.plugin));
    let rows: Vec<Vec<String>> = route
        .conditions
        .iter()
        .map(|condition| {
            let asked = voice.text(&format!("scan-{}", condition.id));
            vec![
                asked,
                voice.percent(condition.score),
                voice.say(&condition.reason),
            ]
        })
        .collect();
    html! {
        h3 { (name) ": " (voice.percent(route.fit())) " " small { "[" (voice.cited(route.paragraph)) "]" } }
        p { (voice.text(&format!("strategy-{}-about", route.plugin))) }
        @if let Some(weakest) = route.weakest() {
            p { (voice.with("route-weakest", &[("why", Value::Name(voice.say(&weakest.reason)))])) }
        }
        details { summary { (voice.text("route-conditions")) }
            (table(&name, &[voice.text("question"), voice.text("score"), voice.text("reason")], &rows))
        }
    }
}

fn peers(sheet: &Sheet, voice: &Voice) -> Markup {
    let mut head = vec![voice.text("project")];
    head.extend(CRITERIA.map(|id| criterion_name(voice, id)));
    let row = |name: &str, scores: [f64; 5]| {
        let mut row = vec![name.to_owned()];
        row.extend(scores.map(|score| voice.percent(score)));
        row
    };
    let mut rows = vec![row(&voice.value(&sheet.scan.name), sheet.scan.scores())];
    rows.extend(
        sheet
            .standing
            .peers
            .iter()
            .map(|peer| row(&voice.value(&peer.name), peer.scores)),
    );
    voice.data("strip", &voice.text("strip-title"), (&head, &rows))
}
