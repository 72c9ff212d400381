//! Every text of a report, from one Fluent file per language.

use crate::lang::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::{BTreeMap, BTreeSet};

const DUTCH: &str = include_str!("../texts/nl.ftl");
const ENGLISH: &str = include_str!("../texts/en.ftl");

/// Texts in one language, for any thread.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// The texts of a report in `lang`.
    pub fn new(lang: Lang) -> Self {
        Self::of(lang, DUTCH, ENGLISH)
    }

    /// The texts of `lang`, from a Fluent source in each language.
    pub fn of(lang: Lang, dutch: &str, english: &str) -> Self {
        let (source, tag) = match lang {
            Lang::Nl => (dutch, unic_langid::LanguageIdentifier::from_bytes(b"nl")),
            Lang::En => (english, unic_langid::LanguageIdentifier::from_bytes(b"en")),
        };
        let mut bundle = FluentBundle::new_concurrent(tag.into_iter().collect());
        // Names are Latin script; isolation marks would only end up in copied text.
        bundle.set_use_isolating(false);
        // A test parses both files, so what cannot be read here is lost to no one.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(part, _)| part);
        bundle.add_resource_overriding(resource);
        Self { bundle }
    }

    /// The text `id`; the id itself when there is none.
    pub fn get(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// The text `id` with its variables filled in.
    pub fn with(&self, id: &str, variables: &[(&str, &str)]) -> String {
        self.find(id, variables).unwrap_or_else(|| id.to_owned())
    }

    /// The text `id`, if there is one.
    pub fn find(&self, id: &str, variables: &[(&str, &str)]) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut arguments = FluentArgs::new();
        for (name, value) in variables {
            arguments.set(*name, FluentValue::from(*value));
        }
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&arguments), &mut errors);
        debug_assert!(errors.is_empty(), "text `{id}`: {errors:?}");
        Some(text.into_owned())
    }
}

/// A text with a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Ids of a source of texts with the variables that each uses, so that tests can hold two languages
/// against each other.
///
/// # Panics
/// When an id is there twice.
pub fn contents(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
            current = id.to_owned();
            assert!(
                ids.insert(current.clone(), BTreeSet::new()).is_none(),
                "{id} twice"
            );
        }
        let variables = line.split('$').skip(1).filter_map(|rest| {
            rest.split(|c: char| !c.is_ascii_alphanumeric() && !"_-".contains(c))
                .next()
        });
        ids.entry(current.clone())
            .or_default()
            .extend(variables.map(str::to_owned));
    }
    ids.remove("");
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_ids_and_variables() {
        let (dutch, english) = (contents(DUTCH), contents(ENGLISH));
        for (id, variables) in &dutch {
            assert_eq!(Some(variables), english.get(id), "{id}");
        }
        assert_eq!(dutch.len(), english.len());
    }

    #[test]
    fn both_files_can_be_read() {
        for source in [DUTCH, ENGLISH] {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
        }
    }

    #[test]
    fn an_unknown_id_is_shown_as_it_is() {
        assert_eq!(Texts::new(Lang::Nl).get("no-such-text"), "no-such-text");
    }
}
