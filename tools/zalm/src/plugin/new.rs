//! `zalm plugin new`: a strategy that compiles and passes its tests at once, from templates inside
//! the program.

use super::sdk;
use crate::exit::{Exit, Failure};
use crate::stdout::print;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Start a strategy of your own: a folder that compiles and passes its tests at once.
#[derive(Args)]
pub struct New {
    /// Its id: lower-case letters, digits and '-', such as my-idea
    #[arg(value_name = "NAME", value_parser = name)]
    name: String,
    /// Language to write it in
    #[arg(long, value_enum, default_value_t = Lang::Rust)]
    lang: Lang,
    /// Folder to make; it must not exist [default: ./NAME]
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Lang {
    Rust,
    C,
}

/// Path in the new folder, and template.
type Template = (&'static str, &'static str);

const RUST: &[Template] = &[
    (
        "Cargo.toml",
        include_str!("../../templates/rust/Cargo.toml.in"),
    ),
    (
        "Cargo.lock",
        include_str!("../../templates/rust/Cargo.lock.in"),
    ),
    (
        "clippy.toml",
        include_str!("../../templates/rust/clippy.toml.in"),
    ),
    (
        "README.md",
        include_str!("../../templates/rust/README.md.in"),
    ),
    ("src/lib.rs", include_str!("../../templates/rust/lib.rs.in")),
    (
        "vendor/Cargo.toml",
        include_str!("../../templates/rust/vendor.toml.in"),
    ),
    (".gitignore", "/target/\n/plugins/\n"),
];

const C: &[Template] = &[
    ("README.md", include_str!("../../templates/c/README.md.in")),
    (
        "src/@FILE@.c",
        include_str!("../../templates/c/strategy.c.in"),
    ),
    ("include/zalm_plugin.h", sdk::HEADER),
    (".gitignore", "/plugins/\n"),
];

impl New {
    /// Writes the folder.
    ///
    /// # Errors
    /// When it exists already or cannot be written; nothing half-written stays.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let dir = self
            .dir
            .clone()
            .unwrap_or_else(|| PathBuf::from(&self.name));
        std::fs::create_dir(&dir).map_err(|error| {
            Failure::invalid(format!(
                "{} cannot be made: {error}; choose another name, or --dir",
                dir.display()
            ))
        })?;
        self.fill(&dir).map_err(|error| {
            // Only what was made here goes; that it cannot go either is not the point any more.
            let _ = std::fs::remove_dir_all(&dir);
            Failure::unexpected(format!("{} cannot be written: {error}", dir.display()))
        })?;
        print(&format!(
            "{shown} is a strategy of its own. Next:\n  cd {shown}\n  zalm plugin build\n  \
             zalm compare SCENARIO.ron --strategy {}\n",
            self.name,
            shown = dir.display()
        ))?;
        Ok(Exit::Good)
    }

    fn fill(&self, dir: &Path) -> std::io::Result<()> {
        let templates = match self.lang {
            Lang::Rust => RUST,
            Lang::C => C,
        };
        for (path, text) in templates {
            write(dir, &self.filled(path), &self.filled(text))?;
        }
        if self.lang == Lang::Rust {
            for (path, text) in sdk::FILES.iter().chain(sdk::LIBM) {
                write(&dir.join("vendor"), path, text)?;
            }
        }
        Ok(())
    }

    fn filled(&self, template: &str) -> String {
        let words: Vec<String> = self.name.split('-').map(capital).collect();
        let mut title = self.name.replace('-', " ");
        title.replace_range(..1, &title[..1].to_uppercase());
        template
            .replace("@NAME@", &self.name)
            .replace("@FILE@", &self.name.replace('-', "_"))
            .replace("@TYPE@", &words.concat())
            .replace("@TITLE@", &title)
            .replace("@SDK@", env!("CARGO_PKG_VERSION"))
            .replace("@LIBM@", env!("ZALM_LIBM"))
    }
}

fn write(dir: &Path, path: &str, text: &str) -> std::io::Result<()> {
    let file = dir.join(path);
    if let Some(parent) = file.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(file, text)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// An id that can stand in a file name, in Rust and in C.
fn name(text: &str) -> Result<String, String> {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let good = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(letters)
        && !text.ends_with('-')
        && !text.contains("--");
    if zalm_model::is_metric_group(text) {
        Err(format!(
            "metrics of the model are called {text}.*; those of a strategy need another name"
        ))
    } else if good && !["sdk", "abi"].contains(&text) {
        Ok(text.to_owned())
    } else {
        Err("expected lower-case letters, digits and single '-', beginning with a letter".into())
    }
}

#[cfg(test)]
mod tests {
    use super::{C, Lang, New, RUST, name};

    #[test]
    fn a_name_can_stand_in_a_file_name_and_in_code() {
        for good in ["a", "my-idea", "plan-b2"] {
            assert_eq!(name(good).as_deref(), Ok(good));
        }
        for bad in ["", "My", "2b", "a--b", "a-", "../a", "sdk", "a_b", "cost"] {
            assert!(name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn no_template_keeps_an_open_place() {
        let new = New {
            name: "my-idea".into(),
            lang: Lang::Rust,
            dir: None,
        };
        for (path, text) in RUST.iter().chain(C) {
            let filled = new.filled(path) + &new.filled(text);
            let open = filled
                .split('@')
                .nth(1)
                .filter(|word| word.len() < 8 && word.chars().all(|c| c.is_ascii_uppercase()));
            assert_eq!(open, None, "{path}");
        }
        assert_eq!(
            new.filled("@TYPE@ @FILE@ @TITLE@"),
            "MyIdea my_idea My idea"
        );
    }
}
