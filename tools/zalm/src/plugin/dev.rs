//! `zalm plugin dev`: write, save, see. Each time a source file changes the strategy is built again and
//! compared again, and what the change did to the metrics is shown.

use super::build::build;
use super::live::Live;
use crate::columns::aligned;
use crate::exit::{Exit, Failure};
use crate::stderr::tell;
use crate::stdout::{one_line, print};
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};
use zalm_instruments::comparison::KEY_METRICS;

/// Time between two looks at the source files.
const PAUSE: Duration = Duration::from_millis(300);

/// Build and compare again whenever the source changes, and show what changed in the metrics.
#[derive(Args)]
pub struct Dev {
    /// The scenario, a RON file
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// Folder of the strategy
    #[arg(long, value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Replications of each comparison
    #[arg(long, value_name = "N", default_value_t = 20)]
    replications: u32,
    /// Play one run month by month instead; a change takes over between two months
    #[arg(long)]
    live: bool,
    /// Time between two months of --live, milliseconds
    #[arg(long, value_name = "N", default_value_t = 500, requires = "live")]
    pace: u64,
    /// Stop after this many comparisons
    #[arg(long, value_name = "N", hide = true)]
    rounds: Option<u32>,
}

/// Mean of each metric under each stressor.
type Means = BTreeMap<(String, String), Mean>;

/// Mean of a metric.
#[derive(Clone, Copy, Debug)]
struct Mean {
    value: f64,
    /// Whether it is shown before anything has changed.
    first: bool,
}

impl Dev {
    /// Builds and compares until it is interrupted.
    ///
    /// # Errors
    /// When the result cannot be printed; a strategy that does not compile is waited for.
    pub fn execute(&self) -> Result<Exit, Failure> {
        if self.live {
            let (scenario, dir) = (&self.scenario, &self.dir);
            let pace = Duration::from_millis(self.pace);
            return Live {
                scenario,
                dir,
                pace,
            }
            .play();
        }
        let mut before = Means::new();
        let mut seen = None;
        for round in 1.. {
            seen = Some(self.wait_for_change(seen));
            match self.round() {
                Ok(now) => {
                    print(&format!("{round}: {}", changes(&before, &now)))?;
                    before = now;
                }
                Err(failure) => tell(failure.text),
            }
            if self.rounds == Some(round) {
                break;
            }
        }
        Ok(Exit::Good)
    }

    /// When the source was last changed, later than `seen`.
    fn wait_for_change(&self, seen: Option<SystemTime>) -> SystemTime {
        loop {
            let newest = last_change(&self.dir);
            if seen.is_none_or(|seen| newest > seen) {
                return newest;
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// One build and one comparison; in a process of its own, so that a crash is a message and the
    /// next attempt goes on.
    fn round(&self) -> Result<Means, Failure> {
        let built = build(&self.dir)?;
        let id = built.library.manifest.id.clone();
        let broken = |error: std::io::Error| Failure::unexpected(format!("no comparison: {error}"));
        let folder = tempfile::tempdir().map_err(broken)?;
        let output = Command::new(std::env::current_exe().map_err(broken)?)
            .arg("compare")
            .arg(&self.scenario)
            .args(["--strategy", &id, "--json", "--isolate", "--plugins"])
            .arg(self.dir.join("plugins"))
            .args(["--replications", &self.replications.to_string(), "--out"])
            .arg(folder.path().join("run"))
            .stdin(Stdio::null())
            .output()
            .map_err(broken)?;
        let said = String::from_utf8_lossy(&output.stderr);
        let document: serde_json::Value = serde_json::from_slice(&output.stdout)
            .map_err(|_| Failure::invalid(one_line(said.trim_start_matches("error: "))))?;
        let failed = document["failed_runs"].as_array().map_or(0, Vec::len);
        if failed > 0 {
            return Err(Failure::invalid(format!(
                "{failed} runs failed: {}",
                one_line(&said)
            )));
        }
        Ok(means(&document, &id))
    }
}

/// When the source of the strategy in `dir` was last changed.
pub fn last_change(dir: &Path) -> SystemTime {
    let parts = ["src", "include", "Cargo.toml"].iter();
    let newest = parts.filter_map(|part| newest(&dir.join(part))).max();
    newest.unwrap_or(SystemTime::UNIX_EPOCH)
}

/// The newest time of a file, or of any file in a folder.
fn newest(path: &Path) -> Option<SystemTime> {
    let inside = std::fs::read_dir(path).into_iter().flatten().flatten();
    let deeper = inside.filter_map(|entry| newest(&entry.path())).max();
    let own = std::fs::metadata(path)
        .and_then(|about| about.modified())
        .ok();
    own.max(deeper)
}

/// The means in a document. Shown first are, under the first stressor, the metrics with which every
/// comparison begins and those of the strategy's own.
fn means(document: &serde_json::Value, id: &str) -> Means {
    let list = |key: &str| document[key].as_array().cloned().unwrap_or_default();
    let text =
        |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let metrics = list("metrics");
    let named = metrics.iter().map(|metric| text(metric, "name"));
    let key: BTreeSet<String> = named.take(KEY_METRICS).collect();
    let rows = list("rows");
    let mut rows = rows.iter().filter(|row| row["strategy"] == id).peekable();
    let stressor = rows.peek().map(|row| text(row, "stressor"));
    let own = format!("{id}.");
    let mean = |row: &serde_json::Value| {
        let name = (text(row, "stressor"), text(row, "metric"));
        let early = key.contains(&name.1) || name.1.starts_with(&own);
        let mean = Mean {
            value: row["mean"].as_f64()?,
            first: early && Some(&name.0) == stressor.as_ref(),
        };
        Some((name, mean))
    };
    rows.filter_map(mean).collect()
}

/// What is different, as rows; the first time what matters most.
fn changes(before: &Means, now: &Means) -> String {
    let shown = |value: f64| format!("{value:.4}");
    let row = |((stressor, metric), mean): (&(String, String), &Mean)| {
        let old = before.get(&(stressor.clone(), metric.clone()));
        let wanted = match old {
            Some(old) => old.value.to_bits() != mean.value.to_bits(),
            None => mean.first || !before.is_empty(),
        };
        let old = old.map_or_else(String::new, |old| format!("{} ->", shown(old.value)));
        wanted.then(|| vec![stressor.clone(), metric.clone(), old, shown(mean.value)])
    };
    let rows: Vec<Vec<String>> = now.iter().filter_map(row).collect();
    if before.is_empty() {
        return format!(
            "{} metrics\n{}of {} in all; from here on every change is shown\n",
            rows.len(),
            aligned(&rows),
            now.len()
        );
    }
    if rows.is_empty() {
        return "no metric changed\n".to_owned();
    }
    format!("{} metrics\n{}", rows.len(), aligned(&rows))
}

#[cfg(test)]
mod tests {
    use super::{Mean, Means, changes, means};

    #[test]
    fn only_what_changed_is_shown() {
        let document = serde_json::json!({
        "metrics": [{"name": "m"}, {"name": "n"}],
        "rows": [
            {"strategy": "a", "stressor": "none", "metric": "m", "mean": 1.5},
            {"strategy": "a", "stressor": "none", "metric": "n", "mean": 2.0},
            {"strategy": "b", "stressor": "none", "metric": "m", "mean": 9.0}]});
        let now = means(&document, "a");
        assert_eq!(now.len(), 2);
        assert!(changes(&Means::new(), &now).starts_with("2 metrics\n"));
        let mut before = now.clone();
        assert_eq!(changes(&before, &now), "no metric changed\n");
        let other = Mean {
            value: 1.0,
            first: true,
        };
        before.insert(("none".into(), "m".into()), other);
        assert_eq!(
            changes(&before, &now),
            "1 metrics\n  none  m  1.0000 ->  1.5000\n"
        );
    }

    #[test]
    fn the_first_time_is_no_wall_of_numbers() {
        let metrics: Vec<_> = (0..400)
            .map(|n| serde_json::json!({"name": n.to_string()}))
            .collect();
        let rows = ["none", "cut"].into_iter().flat_map(|stressor| {
            let names = (0..400).map(|n| n.to_string()).chain(["a.own".into()]);
            names.map(move |metric| {
                serde_json::json!({"strategy": "a", "stressor": stressor, "metric": metric, "mean": 1.0})
            })
        });
        let rows: Vec<_> = rows.collect();
        let now = means(&serde_json::json!({"metrics": metrics, "rows": rows}), "a");
        let told = changes(&Means::new(), &now);
        assert!(
            told.starts_with("13 metrics\n") && told.contains("a.own"),
            "{told}"
        );
        assert!(
            told.contains("of 802 in all") && !told.contains("cut"),
            "{told}"
        );
    }
}
