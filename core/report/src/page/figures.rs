//! One stressor: physical effects first, then the project, then money, then all side by side.

use super::data::Data;
use super::{Page, answer, care, comparison, money, people};
use crate::figure::{Width, standalone};
use crate::quantity::Writer;
use maud::{Markup, PreEscaped, html};

pub(super) fn section(page: &Page, stressor: usize) -> Markup {
    let info = &page.input.stressors[stressor];
    html! {
        section {
            h2 id={ "stressor-" (stressor) } { (page.with("under", &[("stressor", &info.name)])) }
            p { (info.narrative) }
            @if !info.source.is_empty() {
                p.meta { (page.with("source", &[("source", &info.source)])) }
            }
            ul.found { @for sentence in answer::sentences(page, stressor) { li { (sentence) } } }
            (people::households(page, stressor))
            (people::difference(page, stressor))
            (care::care(page, stressor))
            (people::ladder(page, stressor))
            (people::team(page, stressor))
            (people::coalition(page, stressor))
            (money::benefits(page, stressor))
            (money::payers(page, stressor))
            (money::budget(page, stressor))
            (comparison::differences(page, stressor))
            (comparison::table(page, stressor))
        }
    }
}

/// A figure's name, title, subtitle and caption.
pub(super) struct Words {
    /// What it shows, for its id and the names of its files.
    pub kind: &'static str,
    /// The finding.
    pub title: String,
    /// Unit and interval.
    pub subtitle: String,
    /// What a reader must know besides.
    pub caption: String,
}

/// A figure from its two drawings, with the data behind it; a sentence where there is nothing to
/// draw. The wide drawing is kept as a file as well.
pub(super) fn framed(
    page: &Page,
    stressor: usize,
    words: &Words,
    draw: impl Fn(&str, Width, (&str, &str)) -> Option<String>,
    data: &Data,
) -> Markup {
    let id = format!("{}-{stressor}", words.kind);
    let alternative = (words.title.as_str(), words.subtitle.as_str());
    let drawings = (
        draw(&id, Width::Wide, alternative),
        draw(&id, Width::Narrow, alternative),
    );
    if let (Some(wide), _) = &drawings {
        let reproduction = &page.input.reproduction;
        let source = page.with(
            "figure-source",
            &[
                ("title", &page.input.title),
                ("version", &reproduction.version),
                ("seed", &reproduction.seed.to_string()),
            ],
        );
        let below = [words.subtitle.as_str(), source.as_str()];
        page.keep(
            format!("{id}.svg"),
            standalone(wide, (&words.title, &below)),
        );
    }
    html! {
        figure {
            h3 { (words.title) }
            p.sub { (words.subtitle) }
            (plotted(&page.writer, drawings))
            figcaption { (words.caption) }
            (data.folded(page, &id))
        }
    }
}

/// A figure drawn for a wide and for a narrow page; a sentence where there is nothing to draw.
pub(crate) fn plotted(writer: &Writer, drawings: (Option<String>, Option<String>)) -> Markup {
    html! {
        @if let (Some(wide), Some(narrow)) = drawings {
            div.plot {
                div."wide-plot" { (PreEscaped(wide)) }
                div.narrow { (PreEscaped(narrow)) }
            }
        } @else {
            p { (writer.texts.get("nothing-to-draw")) }
        }
    }
}
