//! A headless Chromium: what a page looks like after its scripts ran, and what it complained about.

use std::path::Path;
use std::process::{Command, Stdio};

use super::{run, scratch};

/// Programs to try, in order.
const PROGRAMS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// A page that was opened.
#[derive(Debug)]
pub struct Page {
    /// The document after loading, as HTML.
    pub document: String,
    /// Every line that the page wrote to the console, errors and failed loads included.
    pub console: Vec<String>,
}

impl Page {
    /// Opens a file; `None` when this machine has no Chromium.
    ///
    /// # Panics
    /// When Chromium is there but does not open the file.
    pub fn open(file: &Path) -> Option<Self> {
        Self::open_as(file, &[])
    }

    /// Opens a file with more flags for Chromium, such as a size or the dark scheme; `None` when
    /// this machine has no Chromium.
    ///
    /// # Panics
    /// When Chromium is there but does not open the file.
    pub fn open_as(file: &Path, more: &[&str]) -> Option<Self> {
        let program = PROGRAMS.into_iter().find(|program| starts(program))?;
        let profile = scratch();
        // As root (in a container) Chromium wants no sandbox; the page is our own.
        let flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
        ];
        let output = run(Command::new(program)
            .args(flags)
            .args(more)
            .args([
                "--enable-logging=stderr",
                "--virtual-time-budget=5000",
                "--dump-dom",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(format!("file://{}", file.display()))
            .stdin(Stdio::null()));
        let log = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program}: {log}");
        let console = log
            .lines()
            .filter(|line| line.contains(":CONSOLE"))
            .map(str::to_owned);
        Some(Self {
            document: String::from_utf8_lossy(&output.stdout).into_owned(),
            console: console.collect(),
        })
    }
}

fn starts(program: &str) -> bool {
    let status = Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}
