//! Words and numbers of the answers in one language.

use std::collections::BTreeMap;
use zalm_model::MetricSpec;
use zalm_report::{
    Difference, Estimate, Lang, MetricInfo, Place, Texts, Writer, enumeration, one_line,
};
use zalm_scenario::{Evidence, Text};

const DUTCH: &str = include_str!("../texts/nl.ftl");
const ENGLISH: &str = include_str!("../texts/en.ftl");

/// Longest name of a strategy in a table.
const NAME: usize = 30;

/// Writes in one language.
pub struct Voice {
    texts: Texts,
    writer: Writer,
    /// Names for people by id.
    names: BTreeMap<String, String>,
    /// The language.
    pub lang: Lang,
}

impl Voice {
    /// A voice in this language.
    pub fn new(lang: Lang) -> Self {
        Self {
            texts: Texts::of(lang, DUTCH, ENGLISH),
            writer: Writer::new(lang),
            names: BTreeMap::new(),
            lang,
        }
    }

    /// A voice that calls strategies and stressors by these names instead of their ids: for pages,
    /// where nobody has to type them.
    pub fn naming(lang: Lang, names: BTreeMap<String, String>) -> Self {
        Self {
            names,
            ..Self::new(lang)
        }
    }

    /// What a strategy or stressor is called: its name for people where that is known, else its id.
    pub(crate) fn named(&self, id: &str) -> String {
        self.names.get(id).map_or(id, String::as_str).to_owned()
    }

    /// The text with this id.
    pub(crate) fn text(&self, id: &str) -> String {
        self.texts.get(id)
    }

    /// A text with variables.
    pub(crate) fn with(&self, id: &str, variables: &[(&str, String)]) -> String {
        let variables: Vec<(&str, &str)> = variables
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.texts.with(id, &variables)
    }

    /// A text of a scenario, on one line.
    pub(crate) fn told(&self, text: &Text) -> String {
        one_line(self.lang.of(&text.nl, &text.en))
    }

    /// A name, cut off where it would break a table.
    pub(crate) fn name(&self, name: &str) -> String {
        let name = one_line(&self.named(name));
        if name.chars().count() <= NAME {
            return name;
        }
        name.chars().take(NAME - 1).chain(['…']).collect()
    }

    /// A number with as many decimals as say something.
    pub(crate) fn number(&self, value: f64) -> String {
        self.writer.numbers.write(value, Place::of(value, None))
    }

    /// A number with decimals.
    pub(crate) fn decimals(&self, value: f64, decimals: usize) -> String {
        self.writer.numbers.write(value, Place::decimals(decimals))
    }

    /// A number to a place.
    pub(crate) fn placed(&self, value: f64, place: Place) -> String {
        self.writer.numbers.write(value, place)
    }

    /// A count.
    pub(crate) fn count(&self, count: usize) -> String {
        self.decimals(count as f64, 0)
    }

    /// A share in percent, without the sign.
    pub(crate) fn percent(&self, share: f64) -> String {
        self.decimals(100.0 * share, 0)
    }

    /// How well a number is supported.
    pub(crate) fn evidence(&self, evidence: Evidence) -> String {
        self.text(&format!("evidence-{evidence:?}"))
    }

    /// The text with this id that says how many were left out; `None` where none was.
    pub(crate) fn left_out(&self, id: &str, count: usize) -> Option<String> {
        (count > 0).then(|| self.with(id, &[("count", self.count(count))]))
    }

    /// A value in a unit, rounded to what is known of it.
    pub(crate) fn level(&self, mean: f64, interval: Option<(f64, f64)>, unit: &str) -> String {
        let estimate = Estimate { mean, interval };
        let (value, range) = self.writer.level_ends(&estimate, unit);
        bracketed(value, range)
    }

    /// An amount of a parameter, with its unit.
    pub(crate) fn amount(&self, value: f64, unit: &str) -> String {
        let written = self.level(value, None, unit);
        match unit {
            "1" | "share" | "euro" => written,
            _ => format!("{written} {}", self.unit(unit)),
        }
    }

    /// A difference in a unit, with its sign.
    pub(crate) fn difference(&self, mean: f64, interval: Option<(f64, f64)>, unit: &str) -> String {
        let difference = Difference {
            estimate: Estimate { mean, interval },
            ..Difference::default()
        };
        let (value, range) = self.writer.difference_ends(&difference, unit);
        bracketed(value, range)
    }

    /// That a design of this size is a first look, and with which option it becomes as large as its
    /// method asks for; `None` when it is.
    pub(crate) fn first_look(
        &self,
        (what, option): (&str, &str),
        size: usize,
        advised: usize,
    ) -> Option<String> {
        let values = [
            ("size", self.count(size)),
            ("what", self.text(what)),
            ("advised", self.count(advised)),
            ("option", format!("{option} {advised}")),
        ];
        (size < advised).then(|| self.with("first-look", &values))
    }

    /// A unit in words.
    pub(crate) fn unit(&self, unit: &str) -> String {
        self.writer.unit(unit)
    }

    /// A metric with its unit and direction, for a heading.
    pub(crate) fn metric(&self, spec: &MetricSpec) -> String {
        let direction = match crate::names::sign(spec) {
            Some(sign) if sign > 0.0 => "better-higher",
            Some(_) => "better-lower",
            None => "better-neither",
        };
        let direction = self.writer.texts.get(direction);
        format!("{} ({}; {direction})", spec.name, self.unit(spec.unit))
    }

    /// A metric in words with its unit, as level or as difference, for a figure.
    pub(crate) fn measured(&self, spec: &MetricSpec, difference: bool) -> String {
        let metric = MetricInfo {
            name: spec.name.clone(),
            ..MetricInfo::default()
        };
        let unit = if difference {
            self.writer.unit_of_difference(spec.unit)
        } else {
            self.unit(spec.unit)
        };
        let name = self.writer.metric(&metric, &[]);
        format!("{name} ({unit})")
    }

    /// Names in a sentence: `a, b and c`.
    pub(crate) fn list(&self, names: &[String]) -> String {
        match enumeration(names.to_vec()) {
            None => self.text("none"),
            Some((None, last)) => last,
            Some((Some(first), last)) => self.with("list", &[("first", first), ("last", last)]),
        }
    }
}

fn bracketed(value: String, range: Option<(String, String)>) -> String {
    match range {
        Some((low, high)) if low != high => format!("{value} [{low}; {high}]"),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_report::contents;

    #[test]
    fn both_languages_have_the_same_ids_and_variables() {
        assert_eq!(contents(DUTCH), contents(ENGLISH));
        let (dutch, english) = (Voice::new(Lang::Nl), Voice::new(Lang::En));
        for (id, variables) in contents(DUTCH) {
            let given: Vec<(&str, &str)> = variables.iter().map(|one| (&**one, "1")).collect();
            for voice in [&dutch, &english] {
                assert!(voice.texts.find(&id, &given).is_some(), "{id}");
            }
        }
    }

    #[test]
    fn a_level_shows_its_interval_unless_it_is_exact() {
        let voice = Voice::new(Lang::En);
        assert_eq!(
            voice.level(0.5, Some((0.4, 0.6)), "share"),
            "50% [40%; 60%]"
        );
        assert_eq!(voice.level(1.0, Some((1.0, 1.0)), "share"), "100%");
        assert_eq!(
            voice.list(&["a".into(), "b".into(), "c".into()]),
            "a, b and c"
        );
    }
}
