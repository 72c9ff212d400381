//! A story as one page.

use super::words::{
    conditions, count_head, count_rows, finding, heading, sentences, standing, strategy,
};
use super::{Subject, Tell, Told};
use crate::sheet::{page, table};
use crate::voice::Voice;
use maud::{Markup, html};
use zalm_report::capital;

/// The story as one page; `version` is the program's.
pub fn html(tell: &Tell, voice: &Voice, command: &str, version: &str) -> String {
    let body = html! {
        section aria-labelledby="finding" {
            h2 #finding { (voice.text("finding")) }
            @for line in finding(tell, voice) { p { (line) } }
            p.meta { (conditions(tell, voice)) }
        }
        section aria-labelledby="count" {
            h2 #count { (voice.text("tell-counting")) }
            (table(&voice.text("tell-counting-how"), &count_head(tell, voice), &count_rows(tell, voice)))
        }
        section aria-labelledby="tell" {
            h2 #tell { (voice.text("tell-telling")) }
            p { (tell.start) ": " (standing(&tell.first, voice)) }
            p.meta { (voice.text("tell-telling-how")) }
            @if matches!(tell.subject, Subject::Project(_)) {
                p.meta { (voice.text("tell-refusals-how")) }
            }
            (timeline(tell, voice))
        }
        section aria-labelledby="limits" {
            h2 #limits { (voice.text("limits")) }
            ul { @for at in 1..=3 { li { (voice.text(&format!("tell-limit-{at}"))) } } }
        }
        section aria-labelledby="again" {
            h2 #again { (voice.text("again")) }
            p { code { (command) } }
        }
    };
    let about = voice.text("tell-about");
    page(voice, &heading(tell, voice), &about, &body, version)
}

fn timeline(tell: &Tell, voice: &Voice) -> Markup {
    let stories = tell.stories.len();
    html! {
        div.scroll tabindex="0" role="region" aria-labelledby="tell" { table.story {
            thead { tr {
                th.words scope="col" { (voice.text("tell-month")) }
                @for story in &tell.stories { th.words scope="col" { (strategy(voice, story)) } }
            } }
            tbody {
                @for month in tell.months() { (row(tell, month, voice)) }
                tr {
                    th scope="row" { (capital(&voice.text("tell-end"))) }
                    @for story in &tell.stories {
                        td.words style=(cell(stories)) { (standing(&story.end, voice)) }
                    }
                }
            }
        } }
    }
}

/// A month: one cell over all columns when it is the same everywhere, else a mark and a cell each.
fn row(tell: &Tell, month: u32, voice: &Voice) -> Markup {
    let told: Vec<Vec<&Told>> = tell.stories.iter().map(|story| story.of(month)).collect();
    let stories = told.len();
    let differs = told.iter().any(|one| *one != told[0]);
    html! { tr {
        th scope="row" {
            (tell.month(month))
            @if differs { " " strong title=(voice.text("tell-differs")) { "*" } }
        }
        @if differs {
            @for one in &told { td.words style=(cell(stories)) { (sentences(one, voice)) } }
        } @else {
            td.words style="max-width:none" colspan=(stories) { (sentences(&told[0], voice)) }
        }
    } }
}

fn cell(stories: usize) -> &'static str {
    if stories == 1 {
        "max-width:none"
    } else {
        "max-width:none;width:45%"
    }
}
