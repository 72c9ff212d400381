//! `zalm compare`: table, document, run folder.

use super::{Said, TINY, said, say, word};
use serde_json::Value;
use zalm_tests::{finished_run, root, scratch, text, zalm};

/// Files of a run folder.
const FILES: [&str; 12] = [
    "figures",
    "recipe.json",
    "report.html",
    "resolved.ron",
    "run.json",
    "runs.parquet",
    "scenario.ron",
    "series.parquet",
    "summary-nl.csv",
    "summary.csv",
    "summary.parquet",
    "units.journal",
];

/// `zalm compare` of the tiny scenario with these arguments, into a folder that goes away.
fn compare(arguments: &[&str]) -> Said {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    let all = ["compare", TINY, "--out", word(&folder)];
    say(&[&all[..], arguments].concat())
}

fn document(arguments: &[&str]) -> Value {
    compare(&[arguments, &["--json"]].concat()).json()
}

fn digest(arguments: &[&str]) -> String {
    document(arguments)["results_sha256"]
        .as_str()
        .expect("a digest")
        .to_owned()
}

fn manifest() -> Value {
    serde_json::from_str(&text(finished_run().join("run.json"))).expect("run.json is JSON")
}

#[test]
fn stdout_has_the_table_and_stderr_says_where_the_report_is() {
    let english = compare(&["--lang", "en"]);
    english.gives(
        0,
        &[
            "Tiny",
            "Institutional embedding",
            "households.multi_problem",
            "4 replications, seed 7",
        ],
    );
    assert!(english.err.contains("report.html"), "{}", english.err);
    let dutch = compare(&["--lang", "nl"]);
    assert!(dutch.out.contains("lager is beter") && !english.out.contains("lager is beter"));
}

#[test]
fn language_comes_from_the_environment() {
    let scratch = scratch();
    let table = |name: &str, zalm_lang: &str, lang: &str| {
        let folder = scratch.path().join(name);
        let arguments = ["compare", TINY, "--out", word(&folder)];
        said(
            zalm()
                .args(arguments)
                .env("ZALM_LANG", zalm_lang)
                .env("LANG", lang),
        )
        .out
    };
    assert!(table("1", "", "en_GB.UTF-8").contains("lower is better"));
    assert!(table("2", "nl", "en_GB.UTF-8").contains("lager is beter"));
    assert!(table("3", "", "C.UTF-8").contains("lager is beter"));
}

#[test]
fn all_shows_every_metric() {
    let (some, all) = (compare(&[]).out, compare(&["--all"]).out);
    assert!(!some.contains("crises.eviction") && all.contains("crises.eviction"));
}

#[test]
fn run_folder_holds_exactly_the_files_that_the_plan_names() {
    let entries = std::fs::read_dir(finished_run()).expect("a run folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, FILES);
    let plan = say(&["plan", TINY]).out;
    for name in FILES {
        assert!(
            plan.contains(&format!("\n  {name} ")),
            "the plan lacks {name}"
        );
    }
}

#[test]
fn run_json_says_what_makes_the_run_repeatable() {
    let manifest = manifest();
    assert_eq!(manifest["schema"], "zalm.run/3");
    assert_eq!(
        (&manifest["seed"], &manifest["replications"]),
        (&7.into(), &4.into())
    );
    assert_eq!(manifest["command"], format!("zalm compare {TINY}"));
    let files = manifest["files"].as_array().expect("files");
    let is_figure = |file: &&Value| {
        file["name"]
            .as_str()
            .is_some_and(|n| n.starts_with("figures/"))
    };
    // All but the folder of figures and run.json itself.
    assert_eq!(
        files.iter().filter(|file| !is_figure(file)).count(),
        FILES.len() - 2
    );
    for figure in files.iter().filter(is_figure) {
        let name = figure["name"].as_str().expect("a name");
        assert!(
            text(finished_run().join(name)).starts_with("<svg"),
            "{name}"
        );
    }
    for strategy in manifest["strategies"].as_array().expect("strategies") {
        assert_eq!(
            strategy["sha256"].as_str().map(str::len),
            Some(64),
            "{strategy}"
        );
        let built = strategy["built_with"].as_str().unwrap_or_default();
        assert!(
            built.contains("contract 1.") && built.contains("rustc 1."),
            "{strategy}"
        );
        let parameters = strategy["parameters"][0].as_str().unwrap_or_default();
        assert!(parameters.starts_with("{\""), "{strategy}");
    }
    assert_eq!(text(finished_run().join("scenario.ron")), text(TINY));
}

#[test]
fn resolved_scenario_gives_the_same_run_by_itself() {
    let scratch = scratch();
    let (resolved, folder) = (
        finished_run().join("resolved.ron"),
        scratch.path().join("run"),
    );
    let again = say(&["compare", word(&resolved), "--json", "--out", word(&folder)]).json();
    assert_eq!(again["results_sha256"], manifest()["results_sha256"]);
}

#[test]
fn document_has_a_schema_and_does_not_depend_on_threads() {
    let one = compare(&["--json", "--threads", "1"]);
    let two = compare(&["--json", "--threads", "2"]);
    assert_eq!(one.json()["schema"], "zalm.compare/1");
    assert_eq!(one.out, two.out);
    assert_eq!(one.json()["results_sha256"], manifest()["results_sha256"]);
}

#[test]
fn threads_come_from_slurm_where_there_is_one() {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    let arguments = ["compare", TINY, "--out", word(&folder)];
    let said = said(zalm().args(arguments).env("SLURM_CPUS_PER_TASK", "3"));
    assert!(said.err.contains("threads: 3"), "{said:?}");
}

#[test]
fn seed_settings_and_replications_change_what_they_should() {
    let document = document(&["--replications", "3", "--seed", "8"]);
    assert_eq!(
        (&document["replications_done"], &document["seed"]),
        (&3.into(), &8.into())
    );
    let plain = digest(&[]);
    assert_eq!(digest(&["--seed", "7"]), plain);
    assert_ne!(digest(&["--seed", "8"]), plain);
    assert_eq!(digest(&["--set", "replications=4"]), plain);
    assert_ne!(digest(&["--set", "parameters.worker.cost=64000"]), plain);
}

#[test]
fn strategy_restricts_keeps_the_null_alternative_and_adds_plugins() {
    let names = |name| document(&["--strategy", name])["strategies"].clone();
    assert_eq!(names("carousel"), serde_json::json!(["carousel"]));
    assert_eq!(
        names("social-enterprise"),
        serde_json::json!(["carousel", "social-enterprise"])
    );
    let both = ["carousel", "institutional-embedding"];
    assert_eq!(names("institutional-embedding"), serde_json::json!(both));
}

#[test]
fn folders_are_numbered_and_nothing_else_is_left() {
    let scratch = scratch();
    let scenario = root().join(TINY);
    for number in 1..=2 {
        let said = said(
            zalm()
                .current_dir(scratch.path())
                .args(["compare", word(&scenario)]),
        );
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(said.err.contains(&format!("tiny-{number}")), "{}", said.err);
    }
    let runs = std::fs::read_dir(scratch.path().join("runs")).expect("runs");
    assert_eq!(runs.count(), 2);
}

#[test]
fn one_run_is_the_run_that_the_comparison_counted() {
    let arguments = [
        "--strategy",
        "institutional-embedding",
        "--stressor",
        "cut",
        "--json",
    ];
    let run = |replication| {
        let number = ["run", TINY, "--replication", replication];
        say(&[&number[..], &arguments].concat()).json()
    };
    let (first, second) = (run("0"), run("1"));
    assert_eq!(first["schema"], "zalm.single-run/1");
    assert!(!first["events"].as_array().expect("events").is_empty());
    let document = document(&["--replications", "2"]);
    let rows = document["rows"].as_array().expect("rows");
    let own =
        |row: &&Value| row["strategy"] == "institutional-embedding" && row["stressor"] == "cut";
    for row in rows.iter().filter(own) {
        let name = row["metric"].as_str().expect("a metric");
        let value = |run: &Value| run["outcomes"][name].as_f64().expect("an outcome");
        let mean = row["mean"].as_f64().expect("a mean");
        let off = (mean - (value(&first) + value(&second)) / 2.0).abs();
        assert!(off <= 1e-9 * mean.abs().max(1.0), "{name} is off by {off}");
    }
}

#[test]
fn draws_and_designs_are_told_and_the_report_is_made_again_from_them() {
    let scratch = scratch();
    let told = |name: &str, design: &[&str]| {
        let folder = scratch.path().join(name);
        let more = ["--replications", "2", "--lang", "en", "--all"];
        let said = say(&[
            &["compare", TINY, "--out", word(&folder)],
            &more[..],
            design,
        ]
        .concat());
        assert_eq!(said.code, Some(0), "{said:?}");
        let again = say(&["report", word(&folder), "--lang", "en", "--all"]);
        assert_eq!(again.out, said.out, "the report is of the same draws");
        (said.out, text(folder.join("report.html")))
    };
    let (table, page) = told("draws", &["--draws", "3", "--vary", "worker.cost"]);
    let sizes = "3 draws of 1 parameters × 2 replications";
    assert!(table.contains(sizes) && page.contains(sizes), "{table}");
    assert!(table.contains("intervals over draws") && !page.contains("chance only"));
    let drawn = ["--draws", "3", "--vary", "worker.cost", "--shared-chance"];
    let (table, page) = told("alike", &drawn);
    let sizes = "3 draws of 1 parameters × the same 2 replications";
    assert!(table.contains(sizes) && page.contains(sizes), "{table}");
    let line = |text: &str| -> String {
        let of = table.lines().find(|line| line.contains(text));
        of.expect("a line").to_owned()
    };
    assert!(table.contains("no intervals") && page.contains("no interval"));
    assert!(line("null alternative").contains("  ") && !line("null alternative").contains('['));
    let ends = ["--vary", "worker.cost", "--vary", "team.effect"];
    let (table, page) = told("ends", &[&["--design", "factorial"], &ends[..]].concat());
    let sizes = "4 chosen points of 2 parameters × 2 replications";
    assert!(table.contains(sizes) && page.contains(sizes), "{table}");
    assert!(table.contains("mean over the points") && page.contains("no sample"));
}

#[test]
fn the_report_is_made_again_in_the_other_language_without_a_run() {
    let scratch = scratch();
    let page = |lang: &str| {
        let out = scratch.path().join(format!("{lang}.html"));
        let run = finished_run();
        let said = say(&["report", word(run), "--lang", lang, "--out", word(&out)]);
        assert_eq!(said.code, Some(0), "{said:?}");
        text(out)
    };
    let (dutch, english) = (page("nl"), page("en"));
    assert!(dutch.contains("<h1>Klein</h1>") && english.contains("<h1>Tiny</h1>"));
    let first = text(finished_run().join("report.html"));
    assert!(
        first == dutch || first == english,
        "the page of the run itself is another"
    );
    say(&["report", "scenarios"]).refused(4, &["is no run folder"]);
}
