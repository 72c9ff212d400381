//! `recipe.json`: what a run folder is made of, so that it can be made again anywhere, to the byte.

use super::error::StoreError;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Name of the file.
pub(super) const RECIPE: &str = "recipe.json";
/// Version of its layout.
const SCHEMA: &str = "zalm.recipe/1";

/// The question of a run folder, without the machine on which it was asked. Together with the
/// libraries of the strategies, which the run folder names by their digests, it decides every byte
/// outside `host`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// Version of the layout.
    schema: String,
    /// Words of the command after `zalm`, without the folder, the threads and the language.
    pub words: Vec<String>,
    /// Language of the report: `nl` or `en`.
    pub language: String,
    /// The files that were read, the scenario's own first.
    pub inputs: Vec<Input>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Its path, as the command or another file names it.
    pub name: String,
    /// Its text, byte for byte.
    pub text: String,
}

impl Recipe {
    /// A recipe of this version.
    pub fn new(words: Vec<String>, language: String, inputs: Vec<Input>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            words,
            language,
            inputs,
        }
    }

    /// The recipe of a run folder, complete or not.
    ///
    /// # Errors
    /// When the folder has none that this version can read.
    pub fn of(folder: &Path) -> Result<Self, StoreError> {
        let file = folder.join(RECIPE);
        let strange = |told: String| StoreError::Strange {
            file: file.clone(),
            told,
        };
        let text = std::fs::read_to_string(&file).map_err(|error| strange(error.to_string()))?;
        let recipe: Self =
            serde_json::from_str(&text).map_err(|error| strange(error.to_string()))?;
        if recipe.schema == SCHEMA {
            Ok(recipe)
        } else {
            Err(strange(format!("it is {:?}, not {SCHEMA}", recipe.schema)))
        }
    }

    /// Whether nothing was asked that could be asked again.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The text of the file.
    pub(super) fn to_json(&self) -> String {
        // Only strings, so this cannot fail.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipe_is_read_as_it_was_written_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(RECIPE);
        let refused = |part: &str| {
            let told = Recipe::of(folder.path()).unwrap_err().to_string();
            assert!(told.contains(part) && told.contains(RECIPE), "{told}");
        };
        refused("No such file");
        let input = Input {
            name: "a b.ron".to_owned(),
            text: "(title: \"\u{1F600}\")\r\n".to_owned(),
        };
        let words = vec!["compare".to_owned(), "a b.ron".to_owned()];
        let recipe = Recipe::new(words, "nl".to_owned(), vec![input]);
        std::fs::write(&file, recipe.to_json()).unwrap();
        assert_eq!(Recipe::of(folder.path()).unwrap(), recipe);
        std::fs::write(&file, recipe.to_json().replace(SCHEMA, "zalm.recipe/9")).unwrap();
        refused("zalm.recipe/9");
        std::fs::write(&file, "{").unwrap();
        refused("EOF");
    }
}
