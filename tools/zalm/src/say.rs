//! What the program itself says, in the language of the reader: progress, warnings, refusals, what was
//! written. Results have the texts of their own library.

use crate::exit::Failure;
use clap::ArgMatches;
use std::fmt::Display;
use std::sync::OnceLock;
use zalm_report::{Lang, Numbers, Place, Texts};

const DUTCH: &str = include_str!("../texts/nl.ftl");
const ENGLISH: &str = include_str!("../texts/en.ftl");

/// The language of this process, and its texts.
static SPOKEN: OnceLock<(Lang, Texts)> = OnceLock::new();

/// From now on in the language that the command line asks for, else `ZALM_LANG`, else `LANG` when we
/// have its language, else Dutch.
///
/// # Errors
/// When `ZALM_LANG` names a language that we do not have.
pub fn speak(matches: &ArgMatches) -> Result<(), Failure> {
    let named = |name| std::env::var(name).ok().filter(|named| !named.is_empty());
    let lang = match (asked(matches), named("ZALM_LANG")) {
        (Some(lang), _) => lang,
        (None, Some(named)) => named
            .parse()
            .map_err(|error| Failure::usage(format!("ZALM_LANG: {error}")))?,
        (None, None) => named("LANG")
            .and_then(|named| named.parse().ok())
            .unwrap_or_default(),
    };
    spoken(lang);
    Ok(())
}

/// The language of this process and its texts; this language, when there is none yet.
fn spoken(lang: Lang) -> &'static (Lang, Texts) {
    SPOKEN.get_or_init(|| (lang, Texts::of(lang, DUTCH, ENGLISH)))
}

/// What `--lang` says of the command that was given. A command may have a `--lang` that is no language
/// of people.
fn asked(matches: &ArgMatches) -> Option<Lang> {
    match matches.subcommand() {
        Some((_, deeper)) => asked(deeper),
        None => matches.try_get_one("lang").ok().flatten().copied(),
    }
}

/// The language of this process; before the command line is read that of its own help, English.
pub fn language() -> Lang {
    spoken(Lang::En).0
}

/// The text `id` with its variables.
pub fn say(id: &str, values: &[(&str, &dyn Display)]) -> String {
    written(&spoken(Lang::En).1, id, values)
}

fn written(texts: &Texts, id: &str, values: &[(&str, &dyn Display)]) -> String {
    let told: Vec<(&str, String)> = values
        .iter()
        .map(|(name, value)| (*name, value.to_string()))
        .collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(name, text)| (*name, &**text)).collect();
    texts.with(id, &told)
}

/// A number with decimals.
pub fn decimal(number: f64, decimals: usize) -> String {
    Numbers::new(language()).write(number, Place::decimals(decimals))
}

#[cfg(test)]
mod tests {
    use super::{DUTCH, ENGLISH, Lang, Texts, written};
    use clap::CommandFactory;
    use std::collections::BTreeSet;
    use std::path::Path;
    use zalm_report::contents;

    #[test]
    fn both_languages_have_the_same_ids_and_variables() {
        assert_eq!(contents(DUTCH), contents(ENGLISH));
        for lang in Lang::ALL {
            let texts = Texts::of(lang, DUTCH, ENGLISH);
            for (id, variables) in contents(DUTCH) {
                let given: Vec<(&str, &str)> = variables.iter().map(|one| (&**one, "1")).collect();
                assert!(texts.find(&id, &given).is_some(), "{id}");
            }
        }
        let resumes = |lang| {
            let texts = Texts::of(lang, DUTCH, ENGLISH);
            written(&texts, "resuming", &[("done", &3), ("all", &8)])
        };
        assert_eq!(resumes(Lang::En), "resuming: 3 of 8 units are done");
        assert_ne!(resumes(Lang::Nl), resumes(Lang::En));
    }

    /// Texts of the program's own files without their tests.
    fn code(folder: &Path) -> String {
        let entries = std::fs::read_dir(folder).expect("a folder of sources");
        let mut all = String::new();
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                all += &code(&path);
            } else {
                let text = std::fs::read_to_string(&path).expect("a source");
                all += text.split("#[cfg(test)]").next().unwrap_or_default();
            }
        }
        all
    }

    #[test]
    fn every_text_is_said_and_everything_said_has_a_text() {
        let code = code(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        let said: BTreeSet<&str> = code
            .split("say(")
            .skip(1)
            .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
            .collect();
        let there = contents(ENGLISH);
        for id in &said {
            assert!(there.contains_key(*id), "{id} is said and has no text");
        }
        for id in there.keys() {
            assert!(said.contains(id.as_str()), "{id} is never said");
        }
    }

    /// Sentences that stand in the code, as what is told or as why something is refused.
    fn sentences(code: &str) -> Vec<String> {
        let ways = [
            "tell(",
            "invalid(",
            "unexpected(",
            "runs_failed(",
            "interrupted(",
        ];
        let literal = |rest: &str| {
            let rest = rest.trim_start();
            let rest = rest.strip_prefix("format!(").unwrap_or(rest).trim_start();
            Some(rest.strip_prefix('"')?.split('"').next()?.to_owned())
        };
        // A place and what a library says of it are no sentence: `{}: {error}`.
        let says = |text: &String| {
            let words = text.split_whitespace();
            words
                .filter(|word| word.chars().all(char::is_alphabetic))
                .count()
                > 1
        };
        let after = ways.iter().flat_map(|way| code.split(way).skip(1));
        after.filter_map(literal).filter(says).collect()
    }

    #[test]
    fn nothing_is_told_in_one_language_only() {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let told = sentences(&code(&src));
        // What authors of strategies are told is in the language of compilers.
        let authors = sentences(&code(&src.join("plugin")));
        let other: Vec<_> = told.iter().filter(|one| !authors.contains(one)).collect();
        assert!(other.is_empty() && !authors.is_empty(), "{other:?}");
    }

    #[test]
    fn the_command_line_names_the_language() {
        let lang = |words: &[&str]| {
            let command = crate::Zalm::command();
            super::asked(&command.try_get_matches_from(words).expect("a command"))
        };
        let scan = ["zalm", "scan", "x.ron", "--lang", "en"];
        assert_eq!(lang(&scan), Some(Lang::En));
        assert_eq!(lang(&scan[..3]), None);
        assert_eq!(lang(&["zalm", "plugin", "new", "x", "--lang", "c"]), None);
    }
}
