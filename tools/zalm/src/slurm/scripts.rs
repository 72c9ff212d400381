//! The two scripts: one that plays a shard, one that merges.

use crate::compare::{Compare, Question};
use crate::exit::Failure;
use crate::say::say;
use crate::whole_file::write_whole;
use crate::words::{line, quoted};
use std::path::{Path, PathBuf};

/// The texts of both.
pub struct Scripts {
    /// Plays the shard that Slurm's array names.
    pub shard: String,
    /// Merges.
    pub merge: String,
}

/// The script of a shard.
pub fn shard(folder: &Path) -> PathBuf {
    folder.join("slurm/shard.sh")
}

/// The script of the merge.
pub fn merge(folder: &Path) -> PathBuf {
    folder.join("slurm/merge.sh")
}

impl Scripts {
    /// The scripts of a comparison whose folder is absolute.
    ///
    /// # Errors
    /// When this program or the working folder has no path.
    pub fn new(
        compare: &Compare,
        question: &Question,
        shards: u32,
        site: &[String],
    ) -> Result<Self, Failure> {
        let nowhere = |error: std::io::Error| Failure::unexpected(error.to_string());
        let program = std::env::current_exe().map_err(nowhere)?;
        let program = program.display().to_string();
        let here = std::env::current_dir().map_err(nowhere)?;
        let folder = compare.out.as_deref().unwrap_or(Path::new("."));
        let recipe = &question.provenance.recipe;
        let mut words = vec![program.clone()];
        words.extend(recipe.words.iter().cloned());
        words.extend(compare.strategies.isolation_words());
        words.extend(compare.threads.words());
        words.extend(["--lang".to_owned(), recipe.language.clone()]);
        words.extend(["--out".to_owned(), folder.display().to_string()]);
        let head = |job: &str, log: &str, about: &str, how: &str| {
            let log = folder.join("slurm").join(log).display().to_string();
            let site = match site {
                [] => String::new(),
                site => format!("#SBATCH {}\n", line(site.iter().map(String::as_str))),
            };
            format!(
                "#!/bin/bash\n# {about}\n# By hand: sbatch {how}\n#SBATCH --job-name={job}\n\
                 #SBATCH --output=\"{log}\"\n#SBATCH --open-mode=append\n{site}\n\
                 cd {} || exit 1\n",
                quoted(&here.display().to_string())
            )
        };
        let play = line(words.iter().map(String::as_str));
        let merge_words = [program.as_str(), "merge", &folder.display().to_string()].map(quoted);
        let (own, other) = (shard(folder), merge(folder));
        Ok(Self {
            shard: format!(
                "{}# A shard that is done is left as it is; one that was interrupted goes on.\n\
                 exec {play} --shard \"$SLURM_ARRAY_TASK_ID/{shards}\"\n",
                head(
                    "zalm-shard",
                    "shard-%a.log",
                    &format!(
                        "One of {shards} shards of a comparison, with all the cores it is given."
                    ),
                    &format!("--array=1-{shards} {}", quoted(&own.display().to_string())),
                )
            ),
            merge: format!(
                "{}# Ends with 3 when shards are missing, and says which.\nexec {}\n",
                head(
                    "zalm-merge",
                    "merge.log",
                    "Makes the run folder of all shards.",
                    &quoted(&other.display().to_string()),
                ),
                merge_words.join(" ")
            ),
        })
    }

    /// Writes both into the folder.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), Failure> {
        let scripts = folder.join("slurm");
        let failed = |error: std::io::Error| {
            Failure::invalid(say(
                "folder-unwritten",
                &[("folder", &scripts.display()), ("error", &error)],
            ))
        };
        std::fs::create_dir_all(&scripts).map_err(failed)?;
        write_whole(&shard(folder), &self.shard, true).map_err(failed)?;
        write_whole(&merge(folder), &self.merge, true).map_err(failed)
    }
}
