//! The run folder: its name when none is given, and the files in it.

use std::path::{Path, PathBuf};

/// Files of a run folder, with what is in them.
pub const FILES: [(&str, &str); 12] = [
    (
        "report.html",
        "the answer, on one page that needs no network",
    ),
    ("figures", "every figure of the report as an SVG file"),
    (
        "run.json",
        "versions, hashes, seed, plugins and files: what makes the run repeatable",
    ),
    ("scenario.ron", "the scenario as it was read"),
    (
        "resolved.ron",
        "the scenario with everything filled in; gives the same run by itself",
    ),
    (
        "recipe.json",
        "the command and every file that was read: what `zalm rerun` makes the folder from",
    ),
    (
        "summary.csv",
        "levels and differences, for spreadsheets and programs",
    ),
    ("summary-nl.csv", "the same with decimal commas"),
    ("summary.parquet", "the same for R, Python and DuckDB"),
    ("runs.parquet", "one row per run and metric"),
    ("series.parquet", "every metric over time"),
    (
        "units.journal",
        "what every run gave: to continue from, and to show the result again",
    ),
];

/// `runs/<scenario>-<n>`, with the first number above all that are there.
pub fn next(scenario: &Path) -> PathBuf {
    numbered(scenario, last_number(scenario) + 1)
}

/// The folder with the highest number that is there.
pub fn last(scenario: &Path) -> Option<PathBuf> {
    let number = last_number(scenario);
    (number > 0).then(|| numbered(scenario, number))
}

fn numbered(scenario: &Path, number: u32) -> PathBuf {
    Path::new("runs").join(format!("{}-{number}", stem(scenario)))
}

fn stem(scenario: &Path) -> String {
    let stem = scenario.file_stem();
    stem.map_or_else(
        || "run".to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    )
}

fn last_number(scenario: &Path) -> u32 {
    let stem = stem(scenario);
    let entries = std::fs::read_dir("runs").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        name.strip_prefix(&*stem)?
            .strip_prefix('-')?
            .parse::<u32>()
            .ok()
    });
    numbers.max().unwrap_or(0)
}
