//! How a command answers: in which language, for people or for programs.

use crate::exit::Failure;
use crate::say::language;
use crate::stdout::{columns, print};
use clap::Args;
use zalm_analysis::Answer;
use zalm_report::{Lang, folded};
use zalm_scenario::{Pick, Text};

/// How the answer is asked for.
#[derive(Args, Clone, Debug)]
pub struct Told {
    /// Language of what people read: nl or en [default: ZALM_LANG, else LANG, else nl]
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
    /// Print one JSON document instead of text
    #[arg(long)]
    pub json: bool,
}

impl Told {
    /// For people, in this language or else in that of the program.
    pub fn in_language(lang: Option<Lang>) -> Self {
        Self { lang, json: false }
    }

    /// For people, in a language.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub fn of(language: &str) -> Result<Self, String> {
        let lang = language.parse::<Lang>()?;
        Ok(Self {
            lang: Some(lang),
            json: false,
        })
    }

    /// What was asked for, else that of the program.
    pub fn language(&self) -> Lang {
        self.lang.unwrap_or_else(language)
    }

    /// Prints an answer as it was asked for.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub fn show(&self, answer: &Answer) -> Result<(), Failure> {
        if self.json {
            print(&answer.json)
        } else {
            print(&folded(&answer.text, columns()))
        }
    }
}

/// Which language of a text people are shown.
pub fn shown() -> Pick {
    let (dutch, english): (Pick, Pick) = (|text| &text.nl, |text| &text.en);
    language().of(dutch, english)
}

/// A text of a scenario in a language.
pub fn told(text: &Text, lang: Lang) -> String {
    lang.of(&text.nl, &text.en).clone()
}
