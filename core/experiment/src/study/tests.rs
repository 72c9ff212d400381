//! Studies on the tiny world: what was run is not run again, whatever ended it.

use super::*;
use crate::fixture::{NamedSource, TinyWorld, options, scenario};
use crate::provenance::Provenance;
use crate::results::Results;
use crate::results_sha256;
use crate::runner::RunOptions;
use std::fs::OpenOptions;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use zalm_scenario::Shock;

const STRATEGIES: [&str; 4] = ["waits", "pushes", "fails in replication 1", "unknown"];

fn open(folder: &Path) -> UnderWay {
    UnderWay::open(folder, &Provenance::default(), "build", "a test").unwrap()
}

fn points() -> Vec<Point> {
    let changed = Point::new(1, vec![Change::parameter("team.effect", 0.75)]);
    vec![Point::default(), changed]
}

fn placed<'s>(study: &'s Study<'s>) -> Placed<'s> {
    study.place(&points(), Keep::Series).unwrap()
}

fn evaluate(study: &Study, replications: Range<u32>, options: &RunOptions) -> Vec<Results> {
    placed(study)
        .evaluate_worlds::<TinyWorld>(replications, options)
        .unwrap()
}

#[test]
fn a_study_gives_what_a_plain_run_gives() {
    let stop = AtomicBool::new(false);
    let scenario = scenario(&STRATEGIES, 6);
    let study = Study::in_memory(&scenario, &NamedSource);
    let found = evaluate(&study, 0..6, &options(2, &stop)).remove(0);
    assert_eq!(found, crate::fixture::results(&STRATEGIES, 6));
}

#[test]
fn one_replication_can_be_repeated_alone() {
    let stop = AtomicBool::new(false);
    let scenario = scenario(&["waits", "pushes"], 5);
    let study = Study::in_memory(&scenario, &NamedSource);
    let alone = evaluate(&study, 3..4, &options(1, &stop)).remove(0);
    let all = crate::fixture::results(&["waits", "pushes"], 5);
    assert_eq!(alone.runs, all.runs[3 * 4..4 * 4]);
}

#[test]
fn threads_order_and_interruptions_change_nothing() {
    let stop = AtomicBool::new(false);
    let scenario = scenario(&STRATEGIES, 6);
    let whole = evaluate(
        &Study::in_memory(&scenario, &NamedSource),
        0..6,
        &options(1, &stop),
    );
    let dir = tempfile::tempdir().unwrap();
    for stop_at in [3, 9, 20, 40, 70] {
        let (stop, folder) = (AtomicBool::new(false), open(dir.path()));
        let study = Study::in_folder(&scenario, &NamedSource, &folder);
        let stop_then = |done: usize, _: usize| {
            if done == stop_at {
                stop.store(true, Ordering::Relaxed);
            }
        };
        let options = RunOptions {
            progress: &stop_then,
            shuffle: Some(stop_at as u64),
            ..options(2, &stop)
        };
        let placed = placed(&study);
        let (before, all) = placed.done(0..6);
        let ended = placed.evaluate_worlds::<TinyWorld>(0..6, &options);
        match ended {
            Ok(results) => assert_eq!(results, whole),
            Err(StudyError::Stopped { done, all: asked }) => {
                assert!(
                    done >= before && done < all && asked == all,
                    "{done} of {all}"
                );
                assert_eq!(placed.done(0..6), (done, all));
            }
            Err(error) => panic!("{error}"),
        }
    }
    let folder = open(dir.path());
    let study = Study::in_folder(&scenario, &NamedSource, &folder);
    let found = evaluate(&study, 0..6, &options(2, &stop));
    assert_eq!(found, whole);
    let digests = |all: &[Results]| all.iter().map(results_sha256).collect::<Vec<_>>();
    assert_eq!(digests(&found), digests(&whole));
}

#[test]
fn what_was_run_is_not_run_again_and_more_can_be_asked() {
    let stop = AtomicBool::new(false);
    let scenario = scenario(&["waits", "pushes"], 4);
    let study = Study::in_memory(&scenario, &NamedSource);
    let ran = AtomicUsize::new(0);
    let count = |_: usize, _: usize| {
        ran.fetch_add(1, Ordering::Relaxed);
    };
    let options = RunOptions {
        progress: &count,
        ..options(2, &stop)
    };
    let asked = |replications: Range<u32>| {
        let before = ran.load(Ordering::Relaxed);
        let results = evaluate(&study, replications, &options);
        (results, ran.load(Ordering::Relaxed) - before)
    };
    // Two points, two strategies, two stressors.
    let (four, runs) = asked(0..4);
    assert_eq!(runs, 4 * 8);
    assert_eq!(asked(0..4), (four, 0));
    assert_eq!(asked(0..6).1, 2 * 8);
    assert_eq!(asked(3..5).1, 0);
}

#[test]
fn a_torn_tail_is_cut_off_and_its_unit_run_again() {
    let stop = AtomicBool::new(false);
    let scenario = scenario(&STRATEGIES, 3);
    let dir = tempfile::tempdir().unwrap();
    let whole = {
        let folder = open(dir.path());
        evaluate(
            &Study::in_folder(&scenario, &NamedSource, &folder),
            0..3,
            &options(1, &stop),
        )
    };
    let journal = dir.path().join("units.journal");
    let bytes = std::fs::read(&journal).unwrap();
    for cut in [0, 1, 15, 16, 17, 60, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&journal, &bytes[..cut]).unwrap();
        let folder = open(dir.path());
        let study = Study::in_folder(&scenario, &NamedSource, &folder);
        let (done, all) = placed(&study).done(0..3);
        assert!(done < all, "cut at {cut}");
        assert_eq!(
            evaluate(&study, 0..3, &options(2, &stop)),
            whole,
            "cut at {cut}"
        );
    }
    // A byte that fell over, and bytes that no one wrote.
    let mut odd = bytes.clone();
    odd[bytes.len() - 9] ^= 1;
    std::fs::write(&journal, &odd).unwrap();
    assert_eq!(open(dir.path()).journal().len(), 5);
    let mut longer = bytes.clone();
    longer.extend([255; 100]);
    std::fs::write(&journal, &longer).unwrap();
    let folder = open(dir.path());
    assert_eq!((folder.journal().len(), folder.journal().torn()), (6, 100));
    assert_eq!(
        std::fs::metadata(&journal).unwrap().len(),
        bytes.len() as u64
    );
}

#[test]
fn a_journal_of_something_else_is_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()));
    let journal = dir.path().join("units.journal");
    std::fs::write(&journal, "a letter of more than sixteen bytes").unwrap();
    let opened = UnderWay::open(dir.path(), &Provenance::default(), "build", "a test");
    assert!(
        opened
            .map(drop)
            .unwrap_err()
            .to_string()
            .contains("no journal")
    );
    assert!(
        std::fs::read_to_string(&journal)
            .unwrap()
            .starts_with("a letter")
    );
}

#[test]
fn a_journal_that_cannot_be_written_says_so_and_keeps_what_it_has() {
    let stop = AtomicBool::new(false);
    let scenario = scenario(&["waits"], 3);
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()));
    // A journal whose file is open for reading only takes no unit, as on a full disk.
    let journal = dir.path().join("units.journal");
    let read_only = Journal::open_complete(&journal).unwrap();
    let study = Study {
        units: Units::Journal(&read_only),
        ..Study::in_memory(&scenario, &NamedSource)
    };
    let ended = placed(&study).evaluate_worlds::<TinyWorld>(0..3, &options(2, &stop));
    let Err(StudyError::Store(error)) = ended else {
        panic!("{ended:?}");
    };
    assert!(
        error.to_string().contains("what was run before is kept"),
        "{error}"
    );
    assert!(OpenOptions::new().append(true).open(&journal).is_ok());
}

#[test]
fn keys_differ_by_everything_that_decides_and_by_nothing_else() {
    let scenario = scenario(&["waits"], 3);
    let study = Study::in_memory(&scenario, &NamedSource);
    let key_of = |study: &Study, point: Point, keep, replication| {
        let placed = study.place(&[point], keep).unwrap();
        placed.keys(replication..replication + 1)[0]
    };
    let key = |study: &Study, point: Point, keep| key_of(study, point, keep, 0);
    let base = key(&study, Point::default(), Keep::Outcomes);
    let more = Scenario {
        replications: 9,
        ..scenario.clone()
    };
    let longer = Study::in_memory(&more, &NamedSource);
    assert_eq!(base, key(&longer, Point::default(), Keep::Outcomes));
    let numbered = Point::new(5, vec![]);
    assert_eq!(base, key(&study, numbered.clone(), Keep::Outcomes));
    let noise = Point {
        noise: Noise::OfDraw,
        ..numbered
    };
    let changed = Point::new(0, vec![Change::parameter("team.effect", 0.75)]);
    let experiment = Experiment {
        program_sha256: "other".to_owned(),
        ..Experiment::default()
    };
    let rebuilt = Study {
        experiment,
        ..Study::in_memory(&scenario, &NamedSource)
    };
    let others = [
        key(&study, Point::default(), Keep::Series),
        key(&study, noise, Keep::Outcomes),
        key(&study, changed, Keep::Outcomes),
        key(&rebuilt, Point::default(), Keep::Outcomes),
        key_of(&study, Point::default(), Keep::Outcomes, 1),
    ];
    let all: std::collections::HashSet<Key> = others.into_iter().chain([base]).collect();
    assert_eq!(all.len(), 6);
}

#[test]
fn what_is_kept_is_what_was_asked() {
    let stop = AtomicBool::new(false);
    let scenario = scenario(&["pushes"], 2);
    let study = Study::in_memory(&scenario, &NamedSource);
    let kept = |keep| {
        let placed = study.place(&[Point::default()], keep).unwrap();
        let results = placed
            .evaluate_worlds::<TinyWorld>(0..1, &options(1, &stop))
            .unwrap();
        let record = results[0].runs[0].record().unwrap();
        (
            record.outcomes.len(),
            record.fates.len(),
            record.series.is_empty(),
        )
    };
    assert_eq!(kept(Keep::Outcomes), (2, 1, true));
    assert_eq!(kept(Keep::Series), (2, 1, false));
}

#[test]
fn all_that_is_wrong_with_points_is_told_at_once() {
    let scenario = scenario(&["waits"], 2);
    let study = Study::in_memory(&scenario, &NamedSource);
    let wrong = [
        Point::new(3, vec![Change::parameter("team.efect", 0.5)]),
        Point::new(
            4,
            vec![
                Change::parameter("team.effect", -1.0),
                Change::Severity {
                    stressor: "a cot".to_owned(),
                    factor: 2.0,
                },
            ],
        ),
    ];
    let Err(StudyError::Points(problems)) = study.place(&wrong, Keep::Outcomes) else {
        panic!("accepted");
    };
    let text = problems.join("\n");
    for part in [
        "draw 3: there is no parameter `team.efect`; did you mean `team.effect`?",
        "draw 4: team.effect: -1 is out of range",
        "draw 4: there is no stressor `a cot`; did you mean `a cut`?",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn a_failed_run_names_the_command_that_repeats_it_at_its_point() {
    let stop = AtomicBool::new(false);
    let scenario = scenario(&["unknown"], 2);
    let study = Study::in_memory(&scenario, &NamedSource);
    let results = evaluate(&study, 1..2, &options(1, &stop));
    let reruns: Vec<&str> = results
        .iter()
        .map(|results| results.failures().next().unwrap().1.rerun.as_str())
        .collect();
    assert_eq!(
        reruns,
        [
            "zalm run tiny.ron --strategy unknown --stressor none --replication 1",
            "zalm run tiny.ron --set parameters.team.effect=0.75 --strategy unknown --stressor \
             none --replication 1"
        ]
    );
}

#[test]
fn severity_scales_shocks_and_parts_stay_a_whole() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/tiny.ron");
    let base = zalm_scenario::read(&path, &[])
        .expect("a scenario")
        .scenario;
    let cut = |scenario: &Scenario| {
        let shocks = scenario.stressors.iter().flat_map(|one| &one.shocks);
        shocks
            .filter_map(|shock| match shock {
                Shock::Cut { share, .. } => Some(*share),
                _ => None,
            })
            .next()
    };
    let stressor = base
        .stressors
        .iter()
        .find(|one| !one.shocks.is_empty())
        .unwrap();
    let severity = |factor| {
        let stressor = stressor.name.clone();
        Point::new(0, vec![Change::Severity { stressor, factor }]).scenario(&base)
    };
    let half = severity(0.5).unwrap();
    assert!((cut(&half).unwrap() - cut(&base).unwrap() / 2.0).abs() < 1e-12);
    assert_eq!(cut(&severity(0.0).unwrap()), None);
    assert!(severity(-1.0).unwrap_err()[0].contains("cannot be"));
    let absurd = severity(1e3).unwrap_err().join("\n");
    assert!(absurd.contains("out of range"), "{absurd}");

    let part = Point::new(0, vec![Change::parameter("team.network", 0.5)]);
    let changed = part.scenario(&base).unwrap();
    let parts = ["network", "relation", "expectation", "technique"];
    let of = |scenario: &Scenario, part: &str| {
        let name = format!("team.{part}");
        scenario.parameters.get(&name).unwrap().value
    };
    assert_eq!(of(&changed, "network").to_bits(), 0.5_f64.to_bits());
    let sum: f64 = parts.iter().map(|part| of(&changed, part)).sum();
    assert!((sum - 1.0).abs() < 1e-12);
    let ratio = |scenario| of(scenario, "relation") / of(scenario, "technique");
    assert!((ratio(&changed) - ratio(&base)).abs() < 1e-12);
    zalm_scenario::recheck(&changed).expect("still a scenario");
}
