//! The report is one file that opens without a network and without a complaint.

use crate::command::analyses::DISCOVER;
use zalm_tests::{Page, finished_run, run, scratch, with_axe, zalm};

const ABSENT: &str = "no Chromium on this machine: the page was not opened";

/// Texts that no report may miss.
const TEXTS: [&str; 3] = ["<svg", "<table", "carousel"];

#[test]
fn report_opens_without_console_messages() {
    let Some(page) = Page::open(&finished_run().join("report.html")) else {
        return println!("{ABSENT}");
    };
    assert_eq!(page.console, Vec::<String>::new());
    for text in TEXTS {
        assert!(page.document.contains(text), "the report lacks {text}");
    }
}

#[test]
fn report_needs_no_other_file() {
    let report = std::fs::read_to_string(finished_run().join("report.html")).expect("a report");
    for load in ["src=\"http", "src=\"/", "<link", "@import", "url(http"] {
        assert!(!report.contains(load), "the report loads something: {load}");
    }
}

#[test]
fn a_page_that_complains_is_noticed() {
    let folder = scratch();
    let file = folder.path().join("bad.html");
    let script = "document.body.append('made by a script'); missing();";
    let html = format!("<!doctype html><body><script>{script}</script></body>");
    std::fs::write(&file, html).expect("a page");
    let Some(page) = Page::open(&file) else {
        return println!("{ABSENT}");
    };
    assert!(page.document.contains("made by a script"));
    assert!(
        page.console
            .iter()
            .any(|line| line.contains("missing is not defined")),
        "{page:?}"
    );
}

/// Chromium's way to say that a reader likes dark pages.
const DARK: &str = "--blink-settings=preferredColorScheme=0";
const WIDE: &str = "--window-size=1100,900";
const NARROW: &str = "--window-size=390,900";

#[test]
fn report_meets_wcag_in_both_languages_light_and_dark_wide_and_narrow() {
    let folder = scratch();
    for lang in ["nl", "en"] {
        let report = folder.path().join(format!("{lang}.html"));
        let made = run(zalm()
            .arg("report")
            .arg(finished_run())
            .args(["--lang", lang, "--out"])
            .arg(&report));
        assert!(made.status.success(), "{made:?}");
        for look in [&[WIDE][..], &[NARROW], &[WIDE, DARK], &[NARROW, DARK]] {
            if let Err(absent) = meets_wcag(&report, look) {
                return println!("{absent}");
            }
        }
    }
}

/// Pages of their own: the command, and the page in its folder.
const PAGES: [(&[&str], &str); 12] = [
    (&["scan"], "scan.html"),
    (&["arena"], "arena.html"),
    (&["mkba", "--replications", "2", "--flip", "0"], "mkba.html"),
    (&["tell", "--project", "team"], "tell.html"),
    (&["tell", "--household", "1"], "tell.html"),
    (
        &["stress", "--replications", "2", "--severity", "0,1"],
        "stress.html",
    ),
    (
        &[
            "reverse-stress",
            "--replications",
            "2",
            "--strategy",
            "institutional-embedding",
        ],
        "reverse-stress.html",
    ),
    (&["robust", "--replications", "2"], "robust.html"),
    (
        &[
            "break-even",
            "--replications",
            "2",
            "--parameter",
            "team.effect",
        ],
        "break-even.html",
    ),
    (
        &["sensitivity", "--replications", "2", "--vary", "worker.*"],
        "sensitivity.html",
    ),
    (DISCOVER, "discover.html"),
    (
        &["value", "--replications", "2", "--draws", "50"],
        "value.html",
    ),
];

#[test]
fn every_other_page_meets_wcag_too() {
    let folder = scratch();
    let looks: [(&str, &[&str]); 2] = [("nl", &[WIDE]), ("en", &[NARROW, DARK])];
    for (number, (asked, page)) in PAGES.iter().enumerate() {
        for (lang, look) in looks {
            let out = folder.path().join(format!("{number}-{lang}"));
            let made = run(zalm()
                .args([asked[0], "scenarios/tiny.ron"])
                .args(&asked[1..])
                .args(["--lang", lang, "--out"])
                .arg(&out));
            assert!(made.status.success(), "{made:?}");
            if let Err(absent) = meets_wcag(&out.join(page), look) {
                return println!("{absent}");
            }
        }
    }
}

/// Checks a page as it looks with these flags; what is absent on this machine when it cannot be.
///
/// # Panics
/// When the page violates a rule.
fn meets_wcag(page: &std::path::Path, look: &[&str]) -> Result<(), &'static str> {
    let html = std::fs::read_to_string(page).expect("a page");
    let checked = with_axe(&html).ok_or("no axe-core to be had: WCAG was not checked")?;
    let file = page.with_extension("checked.html");
    std::fs::write(&file, checked).expect("a page");
    let opened = Page::open_as(&file, look).ok_or(ABSENT)?;
    let title = opened.document.split("<title>").nth(1).expect("a title");
    let title = title.split("</title>").next().unwrap_or_default();
    assert!(title.starts_with("axe {"), "the check did not run: {title}");
    let clean = title.contains("\"violations\":[]");
    assert!(clean, "{} {look:?}: {title}", page.display());
    Ok(())
}

#[test]
fn report_is_small() {
    let size = std::fs::metadata(finished_run().join("report.html"))
        .expect("a report")
        .len();
    assert!(size < 2_000_000, "{size} bytes");
}
