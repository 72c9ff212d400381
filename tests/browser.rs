//! The report is one file that opens without a network and without a complaint.

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
const NARROW: &str = "--window-size=500,900";

#[test]
fn report_meets_wcag_in_both_languages_light_and_dark_wide_and_narrow() {
    let folder = scratch();
    let looks: [(&str, &[&str]); 4] = [
        ("nl", &[WIDE]),
        ("nl", &[NARROW, DARK]),
        ("en", &[WIDE, DARK]),
        ("en", &[NARROW]),
    ];
    for (lang, look) in looks {
        let report = folder.path().join(format!("{lang}.html"));
        let made = run(zalm()
            .arg("report")
            .arg(finished_run())
            .args(["--lang", lang, "--out"])
            .arg(&report));
        assert!(made.status.success(), "{made:?}");
        let html = std::fs::read_to_string(&report).expect("a report");
        let Some(checked) = with_axe(&html) else {
            return println!("no axe-core to be had: WCAG was not checked");
        };
        let file = folder.path().join("checked.html");
        std::fs::write(&file, checked).expect("a page");
        let Some(page) = Page::open_as(&file, look) else {
            return println!("{ABSENT}");
        };
        let title = page.document.split("<title>").nth(1).expect("a title");
        let title = title.split("</title>").next().unwrap_or_default();
        assert!(title.starts_with("axe {"), "the check did not run: {title}");
        assert!(
            title.contains("\"violations\":[]"),
            "{lang} {look:?}: {title}"
        );
    }
}

#[test]
fn report_is_small() {
    let size = std::fs::metadata(finished_run().join("report.html"))
        .expect("a report")
        .len();
    assert!(size < 2_000_000, "{size} bytes");
}
