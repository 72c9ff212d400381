//! The report of a large comparison: how fast it is made, how large it is, how fast a browser opens it;
//! and which browser that is.
//!
//! Without a browser the tests that open pages pass in silence; the first line here makes the
//! difference visible. Times are the least of several tries, since a busy machine only adds to them.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::check::Check;
use crate::program::{build, root, said};

/// Programs that the test of the report also knows.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// All strategies under all stressors.
const SCENARIO: &str = "scenarios/eight-strategies.ron";
const REPLICATIONS: &str = "10";
/// Tries of which the least counts.
const TRIES: usize = 5;

/// The report may be this large, bytes.
const BYTES: u64 = 2_000_000;
/// It may take this long to make.
const MADE: Duration = Duration::from_secs(3);
/// It may take this long to open, above what an empty page takes.
const OPENED: Duration = Duration::from_secs(2);

pub(crate) const CHECK: Check = Check {
    name: "browser",
    about: "which browser opens the report, and how fast it is made and opened",
    run: || {
        let browser = BROWSERS.into_iter().find(|name| version(name).is_some());
        let named = browser.and_then(version);
        eprintln!(
            "{}",
            named
                .as_deref()
                .unwrap_or("none: the report was not opened")
        );
        // axe-core comes by npm, in the test run only.
        let npm = version("npm").map(|npm| format!("npm {npm}"));
        let absent = "no npm: the report was not checked against WCAG";
        eprintln!("{}", npm.as_deref().unwrap_or(absent));
        let Some(program) = build(&["--release"]) else {
            return false;
        };
        let folder = std::env::temp_dir().join(format!("zalm-browser-{}", std::process::id()));
        let good = measured(&program, browser, &folder);
        let _ = std::fs::remove_dir_all(&folder);
        good
    },
};

fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Makes the comparison once; then its report, and opens that.
fn measured(program: &Path, browser: Option<&str>, folder: &Path) -> bool {
    let run = folder.join("run");
    let mut compare = Command::new(program);
    compare.current_dir(root()).args(["compare", SCENARIO]);
    compare
        .args(["--replications", REPLICATIONS, "--out"])
        .arg(&run);
    let compared = said(&mut compare);
    if compared.code != Some(0) {
        eprintln!("{SCENARIO}: {}", compared.err);
        return false;
    }
    let page = folder.join("report.html");
    let make = || {
        let mut report = Command::new(program);
        said(report.arg("report").arg(&run).arg("--out").arg(&page)).code == Some(0)
    };
    let made = least(make);
    let bytes = std::fs::metadata(&page).map_or(u64::MAX, |file| file.len());
    let small = bytes <= BYTES;
    eprintln!("report of {SCENARIO}: {bytes} bytes, at most {BYTES}");
    let opened = browser.is_none_or(|browser| {
        let empty = folder.join("empty.html");
        let _ = std::fs::write(&empty, "<!doctype html><title>empty</title>");
        let open = |page: &Path| least(|| opens(browser, page, folder));
        let (alone, whole) = (open(&empty), open(&page));
        let above = whole
            .zip(alone)
            .map(|(whole, alone)| whole.saturating_sub(alone));
        within("opened, above an empty page", above, OPENED)
    });
    within("made", made, MADE) && opened && small
}

/// The least time of several tries; `None` when one failed.
fn least(act: impl Fn() -> bool) -> Option<Duration> {
    let tries = (0..TRIES).map(|_| {
        let start = Instant::now();
        act().then(|| start.elapsed())
    });
    tries.collect::<Option<Vec<_>>>()?.into_iter().min()
}

fn within(what: &str, took: Option<Duration>, most: Duration) -> bool {
    let text = took.map_or("failed".to_owned(), |took| {
        format!("{:.2} s", took.as_secs_f64())
    });
    eprintln!("{what}: {text}, at most {} s", most.as_secs());
    took.is_some_and(|took| took <= most)
}

/// Draws the page to a picture and ends.
fn opens(browser: &str, page: &Path, folder: &Path) -> bool {
    let mut command = Command::new(browser);
    // As root (in a container) Chromium wants no sandbox; the page is our own.
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
    ]);
    command.arg(format!(
        "--user-data-dir={}",
        folder.join("profile").display()
    ));
    command.arg(format!(
        "--screenshot={}",
        folder.join("page.png").display()
    ));
    command.args(["--window-size=1280,20000"]);
    command.arg(format!("file://{}", page.display()));
    said(&mut command).code == Some(0)
}
