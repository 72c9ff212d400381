//! Sentences and numbers of the instruments in one language.

use maud::Markup;
use zalm_report::{Lang, Numbers, Place, Texts, Writer, capital, enumeration, folded_table};
use zalm_scenario::{Domain, Month, Payer, Text};

const DUTCH: &str = include_str!("../texts/nl.ftl");
const ENGLISH: &str = include_str!("../texts/en.ftl");

/// A value in a sentence, written in the language of the reader.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A share, as a whole per cent.
    Share(f64),
    /// A plain number with this many decimals.
    Number(f64, usize),
    /// Whole euro.
    Euro(f64),
    /// A count.
    Count(u32),
    /// A name that is the same in every language.
    Name(String),
    /// A text of the instruments, by its id.
    Word(String),
    /// A name or text that is given in Dutch and in English.
    Both(String, String),
    /// A phrase with variables of its own.
    Phrase(Box<Sentence>),
    /// Several values in a row.
    List(Vec<Value>),
}

impl Value {
    /// The name of a payer.
    pub fn payer(payer: &Payer) -> Self {
        Self::Both(payer.name_nl.clone(), payer.name_en.clone())
    }

    /// A text of a scenario.
    pub fn told(text: &Text) -> Self {
        Self::Both(text.nl.clone(), text.en.clone())
    }

    /// The name of a domain.
    pub fn domain(domain: Domain) -> Self {
        Self::Word(format!("domain-{}", domain.name().replace('_', "-")))
    }
}

/// A sentence to be written: its id and what stands in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Id of the text.
    pub id: String,
    /// Variables by name.
    pub values: Vec<(&'static str, Value)>,
}

impl Sentence {
    /// A sentence with its variables.
    pub fn new(id: impl Into<String>, values: Vec<(&'static str, Value)>) -> Self {
        Self {
            id: id.into(),
            values,
        }
    }
}

/// Writes in one language.
pub struct Voice {
    texts: Texts,
    numbers: Numbers,
    /// Words that the report has too.
    report: Writer,
    /// The language.
    pub lang: Lang,
}

impl Voice {
    /// Where the seeds say it, as a reader knows that booklet.
    pub(crate) fn cited(&self, paragraph: &str) -> String {
        let chapter = self.lang.of("h. ", "ch. ");
        let named = paragraph.replace("seed 002", "BZK 2012");
        named.replace("ch. ", chapter)
    }

    /// A voice in this language.
    pub fn new(lang: Lang) -> Self {
        Self {
            texts: Texts::of(lang, DUTCH, ENGLISH),
            numbers: Numbers::new(lang),
            report: Writer::new(lang),
            lang,
        }
    }

    /// A unit in words; of a share that it is one, since its values are not shown as per cent.
    pub(crate) fn unit(&self, unit: &str) -> String {
        let own = self.find(&format!("unit-{}", unit.replace([' ', '/'], "-")));
        own.unwrap_or_else(|| self.report.unit(unit))
    }

    /// The data of a drawing: a folded table, with a link to the same as CSV.
    pub(crate) fn data(
        &self,
        name: &str,
        caption: &str,
        (head, rows): (&[String], &[Vec<String>]),
    ) -> Markup {
        folded_table(&self.report, name, caption, head, rows)
    }

    /// A month in words: `January 2010`.
    pub(crate) fn month(&self, month: Month) -> String {
        let id = format!("month-{:02}", month.month_of_year());
        format!("{} {}", self.report.texts.get(&id), month.year())
    }

    /// The text with this id.
    pub fn text(&self, id: &str) -> String {
        self.texts.get(id)
    }

    /// The text with this id, if there is one.
    pub fn find(&self, id: &str) -> Option<String> {
        self.texts.find(id, &[])
    }

    /// A text with variables.
    pub fn with(&self, id: &str, values: &[(&'static str, Value)]) -> String {
        let written: Vec<(&str, String)> = values
            .iter()
            .map(|(name, value)| (*name, self.value(value)))
            .collect();
        let variables: Vec<(&str, &str)> = written
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.texts.with(id, &variables)
    }

    /// A text with a capital letter, for a heading.
    pub fn head(&self, id: &str) -> String {
        capital(&self.text(id))
    }

    /// A sentence.
    pub fn say(&self, sentence: &Sentence) -> String {
        self.with(&sentence.id, &sentence.values)
    }

    /// A value.
    pub fn value(&self, value: &Value) -> String {
        match value {
            Value::Share(share) => self.percent(*share),
            Value::Number(number, decimals) => self.number(*number, *decimals),
            Value::Euro(euro) => self.euro(*euro),
            Value::Count(count) => self.numbers.count(*count),
            Value::Name(name) => name.clone(),
            Value::Word(id) => self.text(id),
            Value::Both(nl, en) => match self.lang {
                Lang::Nl => nl.clone(),
                Lang::En => en.clone(),
            },
            Value::Phrase(phrase) => self.say(phrase),
            Value::List(values) => self.list(values.iter().map(|v| self.value(v)).collect()),
        }
    }

    /// A share as a whole per cent.
    pub fn percent(&self, share: f64) -> String {
        format!("{}%", self.numbers.write(100.0 * share, Place::UNITS))
    }

    /// A number with decimals.
    pub fn number(&self, number: f64, decimals: usize) -> String {
        self.numbers.write(number, Place::decimals(decimals))
    }

    /// A number to a place.
    pub(crate) fn placed(&self, number: f64, place: Place) -> String {
        self.numbers.write(number, place)
    }

    /// A number with decimals and always a sign.
    pub fn signed(&self, number: f64, decimals: usize) -> String {
        self.numbers.signed(number, Place::decimals(decimals))
    }

    /// Whole euro.
    pub fn euro(&self, euro: f64) -> String {
        self.numbers.euro(&self.numbers.write(euro, Place::UNITS))
    }

    /// An amount and its interval, rounded to what is known, with signs.
    pub fn estimate(&self, mean: f64, interval: Option<(f64, f64)>, unit: &str) -> String {
        let half = interval.map(|(low, high)| (high - low) / 2.0);
        let place = Place::of(mean, half);
        let write = |value| {
            let digits = self.numbers.signed(value, place);
            if unit == "euro" {
                self.numbers.euro(&digits)
            } else {
                digits
            }
        };
        match interval {
            Some((low, high)) if high > low => {
                let low = Value::Name(write(low));
                let high = Value::Name(write(high));
                let range = self.with("range", &[("low", low), ("high", high)]);
                format!("{} [{range}]", write(mean))
            }
            _ => write(mean),
        }
    }

    /// Names in a sentence: `a, b and c`.
    pub fn list(&self, names: Vec<String>) -> String {
        match enumeration(names) {
            None => self.text("nobody"),
            Some((None, one)) => one,
            Some((Some(first), last)) => {
                let parts = [("first", Value::Name(first)), ("last", Value::Name(last))];
                self.with("list", &parts)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_report::contents;

    #[test]
    fn both_languages_have_the_same_ids_and_variables() {
        let (dutch, english) = (contents(DUTCH), contents(ENGLISH));
        for (id, variables) in &dutch {
            assert_eq!(Some(variables), english.get(id), "{id}");
        }
        for id in english.keys() {
            assert!(dutch.contains_key(id), "{id} is missing in Dutch");
        }
    }

    #[test]
    fn every_unit_and_month_has_words() {
        for lang in Lang::ALL {
            let voice = Voice::new(lang);
            for spec in zalm_scenario::SPECS {
                let words = voice.unit(spec.unit);
                assert!(
                    words != spec.unit || is_plain(spec.unit, lang),
                    "{words} in {lang}"
                );
            }
            assert_eq!(voice.unit("share"), voice.text("unit-share"));
            let january = Month::new(2010, 1).expect("a month");
            assert_eq!(
                voice.month(january),
                lang.of("januari 2010", "January 2010")
            );
        }
    }

    /// Units that are their own word.
    fn is_plain(unit: &str, lang: Lang) -> bool {
        matches!(
            (unit, lang),
            (
                "households" | "people" | "professionals" | "payers" | "candidates" | "share",
                Lang::En
            ) | ("professionals", Lang::Nl)
                | ("claims" | "euro", _)
        )
    }

    #[test]
    fn a_list_and_a_sentence_follow_the_language() {
        let names = |lang| Voice::new(lang).list(vec!["a".into(), "b".into(), "c".into()]);
        assert_eq!(names(Lang::Nl), "a, b en c");
        assert_eq!(names(Lang::En), "a, b and c");
        let nl = Voice::new(Lang::Nl);
        assert_eq!(nl.value(&Value::Share(0.256)), "26%");
        assert_eq!(nl.value(&Value::Number(1234.56, 1)), "1.234,6");
        assert_eq!(
            nl.estimate(-1234.0, Some((-1400.0, -1000.0)), "euro")
                .matches('€')
                .count(),
            3
        );
    }
}
