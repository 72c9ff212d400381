//! The head of page one: question, setting, and what a reader must know before the answer.

use super::Page;
use crate::varied::sizes;
use maud::{Markup, html};

/// Failed runs that are listed on page one; the rest are counted.
const FAILURES_SHOWN: usize = 10;

/// Fewer replications (or draws) than this make intervals that should not be trusted.
const FEW: u32 = 10;

pub(super) fn heading(page: &Page) -> Markup {
    let setting = &page.input.setting;
    let numbers = &page.writer.numbers;
    html! {
        h1 { (page.input.title) }
        p.question { (page.input.question) }
        p.meta {
            (page.with("setting", &[
                ("place", &setting.place),
                ("households", &numbers.count(setting.households)),
                ("policy", &page.month(&setting.policy_date)),
                ("months", &numbers.count(setting.horizon)),
                ("sizes", &sizes(page.input, &page.writer)),
                ("strategies", &numbers.count(page.input.strategies.len() as u32)),
                ("stressors", &numbers.count(page.input.stressors.len() as u32)),
            ]))
        }
    }
}

pub(super) fn notices(page: &Page) -> Markup {
    let setting = &page.input.setting;
    let numbers = &page.writer.numbers;
    let done = setting.replications_done;
    html! {
        @if done < setting.replications_planned {
            div.notice role="note" { p { (page.with("stopped", &[
                ("done", &numbers.count(done)),
                ("planned", &numbers.count(setting.replications_planned)),
            ])) } }
        }
        @if setting.counted() > 0 && setting.counted() < FEW {
            div.notice role="note" { p {
                (page.with(&setting.varied.text("few"), &[("done", &numbers.count(setting.counted()))]))
            } }
        }
        @if page.input.strategies.len() < 2 {
            div.notice role="note" { p { (page.text("one-strategy")) } }
        } @else if page.input.null().is_none() {
            div.notice role="note" { p { (page.text("no-null")) } }
        }
        @if !page.input.failures.is_empty() { (failures(page)) }
    }
}

fn failures(page: &Page) -> Markup {
    let count = page.input.failures.len();
    html! {
        section.notice aria-labelledby="failed" {
            h2 #failed {
                (page.with("failed-runs", &[("count", &page.writer.numbers.count(count as u32))]))
            }
            div.scroll tabindex="0" role="region" aria-labelledby="failed" { table {
                thead { tr {
                    th.words scope="col" { (page.text("run")) }
                    th.words scope="col" { (page.text("reason")) }
                    th.words scope="col" { (page.text("repeat")) }
                } }
                tbody {
                    @for failure in page.input.failures.iter().take(FAILURES_SHOWN) { tr {
                        th scope="row" {
                            (failure.strategy) ", " (failure.stressor) ", " (failure.replication)
                        }
                        td.words { (failure.reason) }
                        td.words { code { (failure.rerun) } }
                    } }
                }
            } }
            @if count > FAILURES_SHOWN {
                p { (page.with("failed-more", &[
                    ("count", &page.writer.numbers.count((count - FAILURES_SHOWN) as u32)),
                ])) }
            }
        }
    }
}
