//! Values with their unit, as a reader expects them: euro, per cent, counts.

use crate::input::{Difference, Estimate, MetricInfo};
use crate::lang::Lang;
use crate::numbers::{Numbers, Place};
use crate::texts::Texts;

/// Writes quantities in one language.
pub struct Writer {
    /// The texts.
    pub texts: Texts,
    /// The plain numbers.
    pub numbers: Numbers,
    /// The language of both.
    pub lang: Lang,
}

impl Writer {
    /// A writer in this language.
    pub fn new(lang: Lang) -> Self {
        Self {
            texts: Texts::new(lang),
            numbers: Numbers::new(lang),
            lang,
        }
    }

    /// A value in `unit`, rounded to `place`.
    pub fn value(&self, value: f64, unit: &str, place: Place) -> String {
        self.dressed(self.numbers.write(scaled(value, unit), place), unit)
    }

    /// A difference in `unit`, with its sign.
    pub fn signed(&self, value: f64, unit: &str, place: Place) -> String {
        let digits = self.numbers.signed(scaled(value, unit), place);
        if is_share(unit) {
            digits
        } else {
            self.dressed(digits, unit)
        }
    }

    fn dressed(&self, digits: String, unit: &str) -> String {
        match unit {
            _ if is_euro(unit) => self.numbers.euro(&digits),
            _ if is_share(unit) => format!("{digits}%"),
            _ => digits,
        }
    }

    /// A level with its interval, as two texts; the second is empty without an interval.
    pub fn level(&self, level: &Estimate, unit: &str) -> (String, String) {
        let (value, ends) = self.level_ends(level, unit);
        (
            value,
            ends.map(|(low, high)| self.range(&low, &high))
                .unwrap_or_default(),
        )
    }

    /// A level and the ends of its interval.
    pub fn level_ends(&self, level: &Estimate, unit: &str) -> (String, Option<(String, String)>) {
        let place = place(level, unit);
        let write = |value| self.value(value, unit, place);
        (
            write(level.mean),
            level.interval.map(|(low, high)| (write(low), write(high))),
        )
    }

    /// A difference with its interval, as two texts; the second is empty without an interval.
    pub fn difference(&self, difference: &Difference, unit: &str) -> (String, String) {
        let (value, ends) = self.difference_ends(difference, unit);
        (
            value,
            ends.map(|(low, high)| self.range(&low, &high))
                .unwrap_or_default(),
        )
    }

    /// A difference and the ends of its interval, with signs.
    pub fn difference_ends(
        &self,
        difference: &Difference,
        unit: &str,
    ) -> (String, Option<(String, String)>) {
        let estimate = &difference.estimate;
        let place = place(estimate, unit);
        let write = |value| self.signed(value, unit, place);
        (
            write(estimate.mean),
            estimate
                .interval
                .map(|(low, high)| (write(low), write(high))),
        )
    }

    /// The ends of the bootstrap interval of a difference, with signs; empty without one.
    pub(crate) fn bootstrap_ends(&self, difference: &Difference, unit: &str) -> (String, String) {
        let interval = difference.bootstrap;
        let estimate = Estimate {
            interval,
            ..difference.estimate
        };
        let place = place(&estimate, unit);
        let write = |value| self.signed(value, unit, place);
        interval.map_or_else(Default::default, |(low, high)| (write(low), write(high)))
    }

    /// How many times more, as precisely as that is known.
    pub(crate) fn times(&self, times: f64) -> String {
        let place = if times < 10.0 {
            Place::decimals(1)
        } else {
            Place::of(times, None)
        };
        self.numbers.write(times, place)
    }

    /// That so many runs have the same level, in place of an interval.
    pub(crate) fn all_same(&self, runs: u32) -> String {
        let runs = self.numbers.count(runs);
        self.texts.with("level-same", &[("runs", &runs)])
    }

    /// An interval.
    pub fn range(&self, low: &str, high: &str) -> String {
        self.texts.with("range", &[("low", low), ("high", high)])
    }

    /// The unit in words, for a level.
    pub fn unit(&self, unit: &str) -> String {
        let id = format!("unit-{}", id_part(unit));
        self.texts.find(&id, &[]).unwrap_or_else(|| unit.to_owned())
    }

    /// The unit in words, for a difference: percentage points where levels are per cent.
    pub fn unit_of_difference(&self, unit: &str) -> String {
        if is_share(unit) {
            self.texts.get("unit-percentage-points")
        } else {
            self.unit(unit)
        }
    }

    /// The metric in words; what the model says about it when there are no words for it here.
    pub fn metric(&self, metric: &MetricInfo, payers: &[crate::PayerInfo]) -> String {
        let id = format!("metric-{}", id_part(&metric.name));
        let payer = payers.iter().find(|payer| {
            metric.name.split('.').any(|part| part == payer.id) && !payer.id.is_empty()
        });
        let by_payer = || {
            let payer = payer?;
            let generic: Vec<&str> = metric
                .name
                .split('.')
                .map(|part| if part == payer.id { "payer" } else { part })
                .collect();
            let id = format!("metric-{}", id_part(&generic.join(".")));
            self.texts.find(&id, &[("payer", self.payer(payer))])
        };
        let otherwise = || {
            if metric.doc.is_empty() {
                metric.name.clone()
            } else {
                metric.doc.clone()
            }
        };
        self.texts
            .find(&id, &[])
            .or_else(by_payer)
            .unwrap_or_else(otherwise)
    }

    /// The payer's name.
    pub fn payer<'a>(&self, payer: &'a crate::PayerInfo) -> &'a str {
        let name = match self.lang {
            Lang::Nl => &payer.name_nl,
            Lang::En => &payer.name_en,
        };
        if name.is_empty() { &payer.id } else { name }
    }
}

fn scaled(value: f64, unit: &str) -> f64 {
    if is_share(unit) { 100.0 * value } else { value }
}

/// Place to which an estimate in `unit` is rounded, on the scale on which it is shown: where chance is
/// known, no finer than means something to anybody.
fn place(estimate: &Estimate, unit: &str) -> Place {
    let half = estimate.half_width().map(|half| scaled(half, unit));
    let place = Place::of(scaled(estimate.mean, unit), half);
    half.map_or(place, |_| place.max(finest(unit)))
}

/// The finest place that means something: cents, hundredths of households and less do not.
fn finest(unit: &str) -> Place {
    match unit {
        _ if is_euro(unit) => Place::UNITS,
        "share" | "month" | "households" | "household-months" => Place::decimals(1),
        "1" => Place::decimals(3),
        _ if unit.starts_with("1/") => Place::decimals(3),
        _ => Place::decimals(2),
    }
}

/// Whether values are amounts in euro.
pub fn is_euro(unit: &str) -> bool {
    unit == "euro" || unit.starts_with("euro/")
}

/// Whether values are shares 0..1, shown as per cent.
pub fn is_share(unit: &str) -> bool {
    unit == "share"
}

/// A name as part of a Fluent id: letters, digits and dashes.
fn id_part(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_per_cent_and_their_differences_points() {
        let writer = Writer::new(Lang::Nl);
        let level = Estimate {
            mean: 0.4321,
            interval: Some((0.4, 0.46)),
        };
        assert_eq!(writer.level(&level, "share").0, "43,2%");
        let difference = Difference {
            estimate: level,
            ..Difference::default()
        };
        assert_eq!(writer.difference(&difference, "share").0, "+43,2");
    }

    #[test]
    fn nothing_is_written_finer_than_means_something() {
        let writer = Writer::new(Lang::En);
        let tiny = |unit| {
            let estimate = Estimate {
                mean: 0.000_33,
                interval: Some((0.000_31, 0.000_35)),
            };
            writer.level(&estimate, unit).0
        };
        assert_eq!(tiny("households"), "0.0");
        assert_eq!(tiny("share"), "0.0%");
        assert_eq!(tiny("euro"), "€0");
        assert_eq!(tiny("leaders"), "0.00");
    }

    #[test]
    fn money_is_rounded_to_what_is_known() {
        let writer = Writer::new(Lang::Nl);
        let level = Estimate {
            mean: 12_453_210.0,
            interval: Some((12_053_210.0, 12_853_210.0)),
        };
        assert_eq!(writer.level(&level, "euro").0, "€\u{a0}12.450.000");
        assert_eq!(
            writer
                .level(
                    &Estimate {
                        mean: 3.0,
                        interval: None
                    },
                    "euro"
                )
                .1,
            ""
        );
    }
}
