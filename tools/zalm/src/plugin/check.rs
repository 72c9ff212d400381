//! `zalm plugin check`: the tests of the plugin contract, each in a process of its own with a time
//! limit, so that a library that crashes or hangs is a line of the report.

use super::RIGHTS;
use super::info::named;
use crate::asked::Libraries;
use crate::columns::aligned;
use crate::exit::{Exit, Failure};
use crate::stdout::{one_line, print, print_json};
use crate::words::line;
use clap::Args;
use serde::Serialize;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;
use zalm_plugin_host::{TESTS, ValidationTest, Verdict, disarm, validate, wait};

/// Version of the `--json` document.
const SCHEMA: &str = "zalm.plugin-check/1";
/// The test that is repeated in processes with other surroundings.
const DETERMINISM: u8 = 13;
/// The test with a million rows.
const ENDURANCE: u8 = 20;
/// How much longer that one may take.
const LONGER: u64 = 5;
/// Most characters that are repeated of what a library printed.
const REPEATED: usize = 200;

/// Test a strategy library against the plugin contract.
///
/// Each test runs in a process of its own. Exit code 0 when none fails.
#[derive(Args)]
pub struct Check {
    /// Id of a strategy, the file of its library, or its folder with the library in plugins
    #[arg(value_name = "NAME")]
    name: String,
    /// How far to go: 1 to 3 look quickly, 5 is what use asks, 10 is everything
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=10))]
    level: u8,
    /// Seed of the towns and parameters in the tests
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Only this test
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=20))]
    test: Option<u8>,
    /// Longest time for one test, seconds; test 20, with a million rows, may take five times as long
    #[arg(long, value_name = "N", default_value_t = 60)]
    limit: u64,
    #[command(flatten)]
    libraries: Libraries,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Run the test in this process, for a debugger, and write its verdict to this file
    #[arg(long, value_name = "FILE", hide = true, requires = "test")]
    verdict: Option<PathBuf>,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    file: String,
    sha256: String,
    level: u8,
    seed: u64,
    good: bool,
    tests: Vec<Line>,
}

/// What is told of one test.
#[derive(Serialize)]
struct Line {
    number: u8,
    name: &'static str,
    about: &'static str,
    result: &'static str,
    text: String,
    /// The command that repeats it; empty when it passed.
    again: String,
}

impl Check {
    /// Runs the tests.
    ///
    /// # Errors
    /// When there is no such library, or no process can be started.
    pub fn execute(&self) -> Result<Exit, Failure> {
        if let (Some(file), Some(test)) = (&self.verdict, self.test) {
            return self.here(test, file);
        }
        let found = named(&self.name, &self.libraries.search())?;
        let wanted = |test: &&ValidationTest| match self.test {
            Some(number) => test.number == number,
            None => test.level <= self.level,
        };
        let tests = TESTS.iter().filter(wanted);
        let lines = tests
            .map(|test| self.run(test, &found.file))
            .collect::<Result<Vec<_>, _>>()?;
        let good = lines
            .iter()
            .all(|line| ["pass", "warn", "skip"].contains(&line.result));
        let document = Document {
            schema: SCHEMA,
            file: found.file.display().to_string(),
            sha256: found.sha256,
            level: self.level,
            seed: self.seed,
            good,
            tests: lines,
        };
        if self.json {
            print_json(&document)?;
        } else {
            print(&document.text())?;
        }
        Ok(if good { Exit::Good } else { Exit::Invalid })
    }

    /// One test in this process.
    fn here(&self, test: u8, file: &Path) -> Result<Exit, Failure> {
        // How this process ends is the verdict of who started it.
        disarm();
        let verdict = validate(test, Path::new(&self.name), self.seed);
        let text = serde_json::to_string(&verdict).unwrap_or_default();
        std::fs::write(file, text)
            .map_err(|error| Failure::unexpected(format!("{}: {error}", file.display())))?;
        Ok(Exit::Good)
    }

    fn run(&self, test: &ValidationTest, file: &Path) -> Result<Line, Failure> {
        let first = self.in_process(test.number, file, None)?;
        let ended = if test.number == DETERMINISM && first.0 == "pass" {
            let other = [
                ("TZ", "Asia/Tokyo"),
                ("LANG", "nl_NL.UTF-8"),
                ("LC_ALL", "C"),
                ("HOME", "/"),
            ];
            let second = self.in_process(test.number, file, Some(&other))?;
            if second == first {
                first
            } else {
                let text = format!(
                    "in another process: {}; in the first: {}",
                    second.1, first.1
                );
                ("fail", text)
            }
        } else {
            first
        };
        let (result, text) = ended;
        let again = if result == "pass" {
            String::new()
        } else {
            self.again(test.number, file)
        };
        Ok(Line {
            number: test.number,
            name: test.name,
            about: test.about,
            result,
            text,
            again,
        })
    }

    fn again(&self, test: u8, file: &Path) -> String {
        let (file, test) = (file.display().to_string(), test.to_string());
        let (seed, limit) = (self.seed.to_string(), self.limit.to_string());
        let mut words = vec!["zalm", "plugin", "check", &file, "--test", &test];
        words.extend(["--seed", &seed, "--limit", &limit]);
        line(words)
    }

    /// One test in a process of its own, with another environment also in another folder: its
    /// result in a word, and the text to it.
    fn in_process(
        &self,
        test: u8,
        file: &Path,
        surroundings: Option<&[(&str, &str)]>,
    ) -> Result<(&'static str, String), Failure> {
        let broken =
            |error: std::io::Error| Failure::unexpected(format!("no test process: {error}"));
        let folder = tempfile::tempdir().map_err(broken)?;
        let verdict = folder.path().join("verdict");
        let said = std::fs::File::create(folder.path().join("said")).map_err(broken)?;
        let mut child = Command::new(std::env::current_exe().map_err(broken)?)
            .args(["plugin", "check"])
            .arg(std::path::absolute(file).map_err(broken)?)
            .args([
                "--test",
                &test.to_string(),
                "--seed",
                &self.seed.to_string(),
                "--verdict",
            ])
            .arg(&verdict)
            .envs(surroundings.unwrap_or_default().iter().copied())
            .current_dir(surroundings.map_or(Path::new("."), |_| folder.path()))
            .stdin(Stdio::null())
            .stdout(said.try_clone().map_err(broken)?)
            .stderr(said)
            .spawn()
            .map_err(broken)?;
        let longer = if test == ENDURANCE { LONGER } else { 1 };
        let limit = self.limit.saturating_mul(longer);
        let status = wait(&mut child, Duration::from_secs(limit)).map_err(broken)?;
        let mut printed = String::new();
        if let Ok(mut said) = std::fs::File::open(folder.path().join("said")) {
            // What is not text is no verdict either.
            let _ = said.by_ref().take(4096).read_to_string(&mut printed);
        }
        Ok(judged(
            status,
            std::fs::read_to_string(&verdict).ok(),
            &short(&printed),
            limit,
        ))
    }
}

/// The beginning of what a library printed, in one line.
fn short(printed: &str) -> String {
    let line = one_line(printed.trim_end());
    match line.char_indices().nth(REPEATED) {
        Some((end, _)) => format!("{} ...", &line[..end]),
        None => line,
    }
}

/// The result of a test in a word, and the text to it.
fn judged(
    status: Option<ExitStatus>,
    verdict: Option<String>,
    printed: &str,
    limit: u64,
) -> (&'static str, String) {
    let Some(status) = status else {
        return ("timeout", format!("no end within {limit} s"));
    };
    let verdict = verdict.and_then(|text| serde_json::from_str::<Verdict>(&text).ok());
    match verdict {
        _ if !status.success() => (
            "crash",
            format!("the process ended with {status}: {printed}"),
        ),
        None => (
            "crash",
            "the process ended by itself before the test did".into(),
        ),
        Some(Verdict::Fail(text)) => ("fail", text),
        Some(_) if !printed.is_empty() => (
            "fail",
            format!("it prints, which people take for results: {printed}"),
        ),
        Some(Verdict::Pass(text)) => ("pass", text),
        Some(Verdict::Warn(text)) => ("warn", text),
        Some(Verdict::Skip(text)) => ("skip", text),
    }
}

impl Document {
    fn text(&self) -> String {
        let row = |line: &Line| {
            let number = line.number.to_string();
            vec![
                number,
                line.name.to_owned(),
                line.result.to_owned(),
                one_line(&line.text),
            ]
        };
        let rows: Vec<_> = self.tests.iter().map(row).collect();
        let mut text = format!(
            "{}, level {}, seed {}\n{}",
            self.file,
            self.level,
            self.seed,
            aligned(&rows)
        );
        for line in self.tests.iter().filter(|line| !line.again.is_empty()) {
            text += &format!(
                "\n{}: {}\n  to see it again: {}\n",
                line.name, line.about, line.again
            );
        }
        let verdict = if self.good { "good" } else { "not good" };
        text + &format!("{verdict}; {} tests\n{RIGHTS}\n", self.tests.len())
    }
}
