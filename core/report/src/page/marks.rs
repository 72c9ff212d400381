//! Small things that several parts of the page write.

use super::Page;
use crate::enumeration::enumeration;
use crate::input::{Difference, Direction, Estimate};
use crate::numbers::Place;
use maud::{Markup, html};

impl Page<'_> {
    /// The title of a figure: what was found, where that is told from chance; else the title `-none`,
    /// which says that it is not.
    pub(super) fn finding(&self, id: &str, found: Option<&[(&str, &str)]>) -> String {
        match found {
            Some(variables) => self.with(id, variables),
            None => {
                let null = self.null.as_str();
                self.with(&format!("{id}-none"), &[("null", null)])
            }
        }
    }

    /// The title of a figure of the strategy that is clearly best: by how much, in a unit.
    pub(super) fn best(&self, id: &str, found: Option<(usize, &Difference)>, unit: &str) -> String {
        let Some((strategy, difference)) = found else {
            return self.finding(id, None);
        };
        let (strategy, count) = (self.the(strategy), self.size(difference, unit));
        let variables = [
            ("strategy", strategy.as_str()),
            ("count", count.as_str()),
            ("null", self.null.as_str()),
        ];
        self.finding(id, Some(&variables))
    }

    /// The head of a column with its unit: the cells hold plain numbers.
    pub(super) fn in_unit(&self, id: &str, unit: &str) -> String {
        format!("{} ({})", self.text(id), self.writer.unit(unit))
    }

    /// The size of a difference as far as it is known, without its sign.
    pub(super) fn size(&self, difference: &Difference, unit: &str) -> String {
        let (value, _) = self.writer.difference(difference, unit);
        value.trim_start_matches(['+', '−', '\u{2060}']).to_owned()
    }

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
        (level, same): (Option<&Estimate>, u32),
        difference: Option<&Difference>,
        unit: &str,
        better: Direction,
    ) -> Markup {
        let Some(level) = level else {
            return html! { (self.text("missing")) };
        };
        let (value, range) = self.writer.level(level, unit);
        html! {
            b { (value) }
            @match difference {
                None => {
                    @if !range.is_empty() { small { (range) } }
                    @if same > 0 { small { (self.writer.all_same(same)) } }
                }
                Some(difference) => { (self.difference(difference, unit, better)) }
            }
        }
    }

    fn difference(&self, difference: &Difference, unit: &str, better: Direction) -> Markup {
        let (value, range) = self.writer.difference(difference, unit);
        let word = difference.verdict(better).word(&value);
        let class = match word {
            "verdict-better" => Some("better"),
            "verdict-worse" => Some("worse"),
            _ => None,
        };
        let pairs = self.writer.numbers.count(difference.pairs);
        html! {
            div class=[class] { (value) " " (self.with(word, &[("pairs", &pairs)])) }
            @if !range.is_empty() { small { (range) } }
            @if difference.excluded > 0 {
                small {
                    (self.with("table-excluded", &[
                        ("count", &self.writer.numbers.count(difference.excluded)),
                    ]))
                }
            }
        }
    }
}
