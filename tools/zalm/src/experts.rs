//! `zalm experts`: several experts' values as distributions for a scenario.

use crate::exit::{Exit, Failure};
use crate::language::Told;
use crate::say::say;
use crate::whole_file::{free, keep};
use crate::words::line;
use clap::Args;
use std::path::{Path, PathBuf};
use zalm_analysis::experts::{experts, read, ron, written};
use zalm_analysis::{Answer, Origin, Voice};

/// Pool what several experts say of parameters, and show where they disagree.
///
/// Reads a CSV file with the columns parameter, round, expert, low, likely, high: a line per expert,
/// parameter and round of asking (Delphi). With --out it writes the pooled distributions as a file
/// that a scenario takes as its base.
#[derive(Args)]
pub struct ExpertsCommand {
    /// The file with what experts said; lines that begin with # are remarks
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// File to write for scenarios
    #[arg(long, value_name = "FILE.ron")]
    out: Option<PathBuf>,
    /// What is the base of that file in its turn, seen from its folder
    #[arg(long, value_name = "FILE.ron", default_value = "base/netherlands.ron")]
    base: PathBuf,
    /// Overwrite the file when it exists
    #[arg(long, requires = "out")]
    force: bool,
    #[command(flatten)]
    told: Told,
}

impl ExpertsCommand {
    /// Pools them.
    ///
    /// # Errors
    /// Everything that is wrong with the file, or when nothing can be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let voice = Voice::new(self.told.language());
        let name = self.file.display().to_string();
        let bytes = std::fs::read(&self.file).map_err(|error| Failure::of_file(&name, [error]))?;
        let panel = read(&bytes).map_err(|problems| Failure::of_file(&name, problems))?;
        let found = experts(&panel, &name).map_err(|problem| Failure::of_file(&name, [problem]))?;
        if let Some(out) = &self.out {
            self.write(out, |base| ron(&found, base))?;
        }
        let origin = Origin {
            command: format!("zalm experts {}", line([name.as_str()])),
            zalm_version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let answer = Answer::of(&found, &origin, &voice);
        self.told.show(&answer)?;
        if let Some(out) = &self.out {
            crate::stderr::tell(written(&found, &out.display().to_string(), &voice));
        }
        Ok(Exit::Good)
    }

    fn write(&self, out: &Path, text: impl Fn(&str) -> String) -> Result<(), Failure> {
        free(out, self.force)?;
        let base = out.parent().unwrap_or(Path::new("")).join(&self.base);
        if !base.is_file() {
            return Err(Failure::invalid(say(
                "no-base",
                &[("base", &base.display()), ("out", &out.display())],
            )));
        }
        let text = text(&self.base.display().to_string());
        keep(out, &text, self.force)
    }
}
