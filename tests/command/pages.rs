//! Pages of what is odd: hostile texts, one strategy, one replication, nobody who lives there.

use super::{TINY, say, word};
use std::path::Path;
use zalm_tests::{scratch, text};

/// A text that closes tags, opens others, quotes, and does not end.
const HOSTILE: &str =
    r#"</script></title></svg>"'><script>alert(1)</script><img src=x onerror="y">&amp;"#;

/// Where a scenario holds texts for people.
const TEXTS: [&str; 8] = [
    "title",
    "question",
    "place.name",
    "payers[0].name_nl",
    "projects[0].name",
    "strategies[1].title",
    "stressors[1].title",
    "stressors[1].narrative",
];

/// A command that writes into a folder, and the page in it.
const COMMANDS: [(&[&str], &str); 7] = [
    (&["compare", "--replications", "2"], "report.html"),
    (&["scan"], "scan.html"),
    (&["arena"], "arena.html"),
    (&["mkba", "--replications", "2", "--flip", "0"], "mkba.html"),
    (&["tell", "--project", "team"], "tell.html"),
    (
        &["stress", "--replications", "2", "--severity", "0,1"],
        "stress.html",
    ),
    (&["robust", "--replications", "2"], "robust.html"),
];

fn set(settings: &[String]) -> Vec<&str> {
    settings.iter().flat_map(|one| ["--set", one]).collect()
}

/// Every page and drawing in a folder and the folders in it.
fn drawn(folder: &Path) -> Vec<String> {
    let inside = std::fs::read_dir(folder).expect("a folder");
    let paths: Vec<_> = inside
        .map(|entry| entry.expect("an entry").path())
        .collect();
    let deeper = paths
        .iter()
        .filter(|path| path.is_dir())
        .flat_map(|path| drawn(path));
    let is_drawn = |path: &&std::path::PathBuf| {
        let kind = path.extension().and_then(|kind| kind.to_str());
        matches!(kind, Some("html" | "svg"))
    };
    let own = paths.iter().filter(is_drawn).map(text);
    own.chain(deeper).collect()
}

#[test]
fn hostile_texts_are_texts_on_every_page_and_drawing() {
    let scratch = scratch();
    // As a scenario file quotes it.
    let evil = HOSTILE.repeat(9).replace('"', "\\\"");
    let settings = TEXTS.map(|path| format!("{path}=\"{evil}\""));
    for (lang, (number, (command, page))) in
        ["nl", "en"].iter().cycle().zip(COMMANDS.iter().enumerate())
    {
        let out = scratch.path().join(number.to_string());
        let arguments = [
            &[command[0], TINY],
            &command[1..],
            &set(&settings),
            &["--lang", lang, "--out", word(&out)],
        ];
        let said = say(&arguments.concat());
        assert_eq!(said.code, Some(0), "{command:?}: {}", said.err);
        let html = text(out.join(page));
        assert!(
            html.contains("&lt;script&gt;alert(1)"),
            "{page} does not show the texts"
        );
        for made in drawn(&out) {
            for tag in ["<script", "</script", "<img"] {
                assert!(!made.contains(tag), "{page} holds {tag}");
            }
            let ends = made.matches("</title>").count();
            assert_eq!(made.matches("<title").count(), ends, "{page}");
        }
    }
}

#[test]
fn one_strategy_makes_a_page_that_says_so_and_what_shows_nothing_is_refused() {
    let scratch = scratch();
    let folder = scratch.path().join("alone");
    let alone = "strategies=[(name: \"carousel\", plugin: \"carousel\")]";
    let compare = [
        "compare",
        TINY,
        "--lang",
        "en",
        "--set",
        alone,
        "--out",
        word(&folder),
    ];
    let said = say(&compare);
    assert_eq!(said.code, Some(0), "{said:?}");
    let page = text(folder.join("report.html"));
    let notice = page.find("fewer than two strategies");
    assert!(notice.is_some() && notice < page.find("id=\"answer\""));
    // A page of one replication, or of nobody, comes of no comparison: `core/report` has its test.
    say(&["compare", TINY, "--replications", "1"]).refused(4, &["show no spread", "2 or more"]);
    let nobody = "place.neighbourhoods[0].households.value=0";
    say(&["compare", TINY, "--set", nobody]).refused(4, &["households"]);
}
