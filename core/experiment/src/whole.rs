//! The whole path on the real model: run, summarise, store, document.

use crate::store::{RunFolder, UnderWay};
use crate::{Host, Provenance, Results, RunOptions, compare_json, results_sha256, run, summarise};
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
        progress: &|_, _| {},
        stop: &stop,
        rerun: "zalm compare scenarios/tiny.ron",
        only_replication: None,
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
