//! The whole path on the real model: run, summarise, store, document.

use crate::store::{RunFolder, UnderWay};
use crate::{
    Host, Keep, Part, Point, Provenance, Results, RunOptions, Study, compare_json, results_sha256,
    run, summarise,
};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use zalm_model::{
    Command, Form, Instrument, Strategy, StrategyError, StrategyRandom, StrategySource, View,
};
use zalm_scenario::Scenario;

/// Waits, or asks the first payer for a small subsidy every year.
struct Asks(bool);

impl Strategy for Asks {
    fn decide(
        &mut self,
        view: &View,
        _: &dyn StrategyRandom,
    ) -> Result<Vec<Command>, StrategyError> {
        let asked = view
            .rows
            .first()
            .filter(|_| self.0 && view.month.is_multiple_of(12));
        Ok(asked.map_or_else(Vec::new, |&row| {
            let plan = Command::Plan {
                row,
                form: Form::Stakeholder,
            };
            let claim = Command::Claim {
                row,
                cents_per_month: 10_000,
                months: 0,
                instrument: Instrument::StructuralSubsidy,
                closes: false,
            };
            vec![plan, claim]
        }))
    }
}

struct Source;

impl StrategySource for Source {
    fn create(&self, name: &str) -> Result<Box<dyn Strategy>, StrategyError> {
        Ok(Box::new(Asks(name != "carousel")))
    }
}

fn tiny() -> Scenario {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/tiny.ron");
    let checked = zalm_scenario::read(&file, &[]);
    checked
        .unwrap_or_else(|_| panic!("{} cannot be read", file.display()))
        .scenario
}

fn run_with(scenario: &Scenario, threads: usize, shuffle: Option<u64>) -> Results {
    let stop = AtomicBool::new(false);
    let options = RunOptions {
        threads: NonZeroUsize::new(threads).unwrap(),
        shuffle,
        ..RunOptions::quiet(&stop, "zalm compare scenarios/tiny.ron")
    };
    run(scenario, &Source, &options)
}

#[test]
fn threads_and_order_of_work_change_no_byte() {
    let scenario = tiny();
    let one = run_with(&scenario, 1, None);
    assert_eq!(one.failures().count(), 0, "{:?}", one.failures().next());
    for (threads, shuffle) in [(2, None), (3, Some(11))] {
        assert_eq!(
            results_sha256(&one),
            results_sha256(&run_with(&scenario, threads, shuffle))
        );
    }
}

#[test]
fn from_scenario_to_folder_and_document() {
    let scenario = tiny();
    let results = run_with(&scenario, 2, None);
    let summary = summarise(&results);
    let provenance = Provenance {
        zalm_version: "0.1.0".to_owned(),
        ..Provenance::default()
    };
    let dir = tempfile::tempdir().unwrap();
    let content = RunFolder {
        results: &results,
        runs: &results,
        summary: &summary,
        provenance: &provenance,
        host: &Host::default(),
        report_html: None,
        figures: &[],
    };
    let folder = UnderWay::open(&dir.path().join("run"), &provenance, "", "a test").unwrap();
    let manifest = folder.finish(&content, &[]).unwrap();
    assert_eq!(manifest.results_sha256, results_sha256(&results));
    assert!(compare_json(&results, &summary).contains("zalm.compare/1"));
}

/// Decides the other way round.
struct Others;

impl StrategySource for Others {
    fn create(&self, name: &str) -> Result<Box<dyn Strategy>, StrategyError> {
        Ok(Box::new(Asks(name == "carousel")))
    }
}

#[test]
fn what_another_library_gives_is_found_by_playing_again() {
    let scenario = tiny();
    let dir = tempfile::tempdir().unwrap();
    let provenance = Provenance::default();
    let folder = UnderWay::open(&dir.path().join("run"), &provenance, "", "a test").unwrap();
    let points = [Point::default()];
    let stop = AtomicBool::new(false);
    let options = RunOptions::quiet(&stop, "zalm run");
    let study = Study::in_folder(&scenario, &Source, &folder);
    let placed = study.place(&points, Keep::Series).unwrap();
    let run = placed.run_part(0..3, Part::new(1, 2).unwrap(), &options);
    assert_eq!(run.unwrap().0.len(), 2);
    let kept = placed.kept(0..3);
    assert_eq!(kept, [0, 2]);
    let again = |source: &dyn StrategySource| {
        let study = Study::in_folder(&scenario, source, &folder);
        let placed = study.place(&points, Keep::Series).unwrap();
        placed.replay(0..3, &kept, &options).unwrap()
    };
    let same = again(&Source);
    assert_eq!(
        same.iter().map(|one| one.replication).collect::<Vec<_>>(),
        [0, 2]
    );
    assert!(
        same.iter().all(|one| one.differences.is_empty()),
        "{same:?}"
    );
    let other = again(&Others);
    for one in other {
        let runs = scenario.strategies.len() * scenario.stressors.len();
        assert_eq!(one.differences.len(), runs, "{one:?}");
        assert!(one.differences[0].starts_with("carousel under "), "{one:?}");
        assert!(one.differences[0].contains(" was "), "{one:?}");
    }
}
