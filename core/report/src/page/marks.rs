//! Small things that several parts of the page write.

use super::Page;
use crate::enumeration::enumeration;
use crate::input::{Difference, Direction, Estimate};
use crate::numbers::Place;
use crate::verdict::Verdict;
use maud::{Markup, html};

impl Page<'_> {
    /// Names in a sentence: `a, b and c`.
    pub(super) fn list(&self, names: Vec<String>) -> String {
        match enumeration(names) {
            None => String::new(),
            Some((None, one)) => one,
            Some((Some(first), last)) => self.with("list", &[("first", &first), ("last", &last)]),
        }
    }

    /// A share as a whole per cent.
    pub(super) fn percent(&self, share: f64) -> String {
        self.writer.value(share, "share", Place::UNITS)
    }

    /// The name of a payer.
    pub(super) fn payer(&self, id: &str) -> String {
        let payer = self.input.payers.iter().find(|payer| payer.id == id);
        payer
            .map_or(id, |payer| self.writer.payer(payer))
            .to_owned()
    }

    /// Level and, for others than the null alternative, difference, as the content of a cell.
    pub(super) fn level_and_difference(
        &self,
        level: Option<&Estimate>,
        difference: Option<&Difference>,
        unit: &str,
        better: Direction,
    ) -> Markup {
        let Some(level) = level else {
            return html! { (self.text("missing")) };
        };
        let (value, range) = self.writer.level(level, unit);
        html! {
            span.level { (value) }
            @match difference {
                None => { @if !range.is_empty() { span.range { (range) } } }
                Some(difference) => { (self.difference(difference, unit, better)) }
            }
        }
    }

    fn difference(&self, difference: &Difference, unit: &str, better: Direction) -> Markup {
        let (value, range) = self.writer.difference(difference, unit);
        let (class, word) = match difference.verdict(better) {
            Verdict::Better => ("diff better", "verdict-better"),
            Verdict::Worse => ("diff worse", "verdict-worse"),
            Verdict::Different => ("diff", "verdict-different"),
            Verdict::Same => ("diff", "verdict-same"),
            Verdict::Unclear => ("diff", "verdict-unclear"),
        };
        html! {
            span class=(class) { (value) " " (self.text(word)) }
            @if !range.is_empty() { span.range { (range) } }
            @if difference.excluded > 0 {
                span.range {
                    (self.with("table-excluded", &[
                        ("count", &self.writer.numbers.count(difference.excluded)),
                    ]))
                }
            }
        }
    }
}
