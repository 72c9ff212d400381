//! Says which browser the test of the report has used; installs nothing and never fails.
//!
//! The test passes without a browser, and a passing test is silent. This line makes the difference
//! visible.

use std::process::Command;

use crate::check::Check;

/// Programs that the test of the report also knows.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

pub(crate) const CHECK: Check = Check {
    name: "browser",
    about: "which browser opens the report, and what checks it",
    run: || {
        let found = BROWSERS.iter().find_map(|browser| version(browser));
        eprintln!(
            "{}",
            found
                .as_deref()
                .unwrap_or("none: the report was not opened")
        );
        // axe-core comes by npm, in the test run only.
        let npm = version("npm").map(|npm| format!("npm {npm}"));
        eprintln!(
            "{}",
            npm.as_deref()
                .unwrap_or("no npm: the report was not checked against WCAG")
        );
        true
    },
};

fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
