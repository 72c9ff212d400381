//! The tables of a comparison of nothing with nothing, on the tiny scenario.

use super::{Courses, KEY_METRICS, report_input};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use zalm_experiment::{Provenance, RunOptions, run, summarise};
use zalm_model::{
    Command, Strategy, StrategyError, StrategyErrorKind, StrategyRandom, StrategySource, View,
};
use zalm_report::{Lang, ReportInput, Role};

/// Asks for nothing.
struct Waits;

impl Strategy for Waits {
    fn decide(&mut self, _: &View, _: &dyn StrategyRandom) -> Result<Vec<Command>, StrategyError> {
        Ok(Vec::new())
    }
}

/// Makes strategies that wait, or none at all.
struct Source(bool);

impl StrategySource for Source {
    fn create(&self, name: &str) -> Result<Box<dyn Strategy>, StrategyError> {
        let error = StrategyError {
            strategy: name.to_owned(),
            month: 0,
            kind: StrategyErrorKind::Create,
            message: "not today".to_owned(),
        };
        if self.0 {
            Ok(Box::new(Waits))
        } else {
            Err(error)
        }
    }
}

fn input(source: &Source) -> ReportInput {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/tiny.ron");
    let scenario = zalm_scenario::read(&file, &[])
        .expect("a valid scenario")
        .scenario;
    let never = AtomicBool::new(false);
    let options = RunOptions::quiet(&never, "zalm run");
    let results = run(&scenario, source, &options);
    let courses = Courses::of(&scenario, &results);
    let measured = (&results, &summarise(&results));
    report_input(
        &scenario,
        measured,
        &courses,
        &Provenance::default(),
        Lang::En,
    )
}

#[test]
fn tables_are_whole() {
    let input = input(&Source(true));
    let arms = input.strategies.len() * input.stressors.len();
    assert_eq!(input.cells.len(), arms * input.metrics.len());
    assert_eq!((input.survival.len(), input.fans.len()), (arms, 12 * arms));
    assert_eq!(input.null(), Some(0));
    assert_eq!(
        input.metrics.iter().filter(|metric| metric.key).count(),
        KEY_METRICS
    );
    for payer in &input.payers {
        let role = Role::PayerCost(payer.id.clone());
        assert!(
            input.metrics.iter().any(|metric| metric.role == role),
            "{role:?}"
        );
    }
}

#[test]
fn shares_of_outcomes_add_up_and_courses_have_their_years() {
    let input = input(&Source(true));
    for arm in &input.survival {
        assert_eq!((arm.runs, arm.at_risk.first()), (4, Some(&(0, 4))));
        let outcome = arm.outcome.expect("an outcome");
        let ended: f64 = outcome.ended_by.iter().sum();
        assert!((outcome.together + outcome.absorbed + ended - 1.0).abs() < 1e-12);
    }
    // The report and the model name the same causes; the model's first is absorption.
    assert_eq!(zalm_report::ENDS, zalm_model::ENDS[1..]);
    let first = input.fans[0].points[0];
    assert!((first.year - 2010.0).abs() < 1e-9 && first.p10 <= first.p90);
    let middle = [first.p10, first.p25, first.p50, first.p75, first.p90];
    assert!(middle.is_sorted(), "{middle:?}");
}

#[test]
fn no_runs_make_empty_tables() {
    let input = input(&Source(false));
    assert!(input.cells.iter().all(|cell| cell.level.is_none()));
    assert_eq!(input.failures.len(), 16);
    assert!(input.failures[0].reason.contains("not today"));
}

/// A comparison that was stopped before it began: all that is told, nothing that is measured.
fn told_of(scenario: &zalm_scenario::Scenario, lang: Lang) -> ReportInput {
    let at_once = AtomicBool::new(true);
    let options = RunOptions::quiet(&at_once, "zalm run");
    let results = run(scenario, &Source(true), &options);
    let summary = summarise(&results);
    let courses = Courses::of(scenario, &results);
    report_input(
        scenario,
        (&results, &summary),
        &courses,
        &Provenance::default(),
        lang,
    )
}

#[test]
fn a_dutch_report_of_a_shipped_scenario_tells_nothing_in_english() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let files = std::fs::read_dir(folder).expect("the scenarios");
    let files = files.map(|entry| entry.expect("an entry").path());
    let files = files.filter(|path| path.extension().is_some_and(|e| e == "ron"));
    for file in files {
        let scenario = zalm_scenario::read(&file, &[]).expect("sound").scenario;
        let mut told = vec![(&scenario.question, true), (&scenario.title, false)];
        for stressor in &scenario.stressors {
            told.extend([(&stressor.narrative, true), (&stressor.source, true)]);
            told.push((&stressor.title, false));
        }
        told.extend(scenario.strategies.iter().map(|one| (&one.title, false)));
        told.extend(scenario.projects.iter().map(|one| (&one.name, false)));
        let page = |lang| format!("{:?}", told_of(&scenario, lang));
        let (dutch, english) = (page(Lang::Nl), page(Lang::En));
        for (text, is_sentence) in told {
            let (nl, en) = (format!("{:?}", text.nl), format!("{:?}", text.en));
            assert!(!is_sentence || nl != en, "{}: {nl}", file.display());
            assert!(nl == en || !dutch.contains(&en), "{}: {en}", file.display());
            assert!(
                nl == en || !english.contains(&nl),
                "{}: {nl}",
                file.display()
            );
        }
    }
}

#[test]
fn every_metric_and_unit_of_a_shipped_scenario_has_words_in_both_languages() {
    for name in ["heechterp-schieringen", "forty-neighbourhoods", "tiny"] {
        let path = format!("../../scenarios/{name}.ron");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let scenario = zalm_scenario::read(&file, &[]).expect("sound").scenario;
        let input = told_of(&scenario, Lang::Nl);
        for lang in Lang::ALL {
            let writer = zalm_report::Writer::new(lang);
            for metric in &input.metrics {
                let undocumented = zalm_report::MetricInfo {
                    doc: String::new(),
                    ..metric.clone()
                };
                let words = writer.metric(&undocumented, &input.payers);
                // Tiny has made-up crises; what has no words is said as the model says it.
                let own = words != metric.name || metric.name.starts_with("crises.");
                assert!(own, "{name}: {} has no words in {lang}", metric.name);
                let unit = format!("unit-{}", metric.unit.replace('/', "-"));
                assert!(writer.texts.find(&unit, &[]).is_some(), "{unit} in {lang}");
            }
        }
    }
}

#[test]
fn every_unit_of_a_parameter_has_words_in_both_languages() {
    for lang in Lang::ALL {
        let writer = zalm_report::Writer::new(lang);
        for spec in zalm_scenario::SPECS {
            let unit = format!("unit-{}", spec.unit.replace('/', "-"));
            let words = writer.texts.find(&unit, &[]);
            assert!(words.is_some(), "{}: {unit} in {lang}", spec.name);
        }
    }
}

#[test]
fn a_plugin_of_two_strategies_names_neither_alone() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/tiny.ron");
    let scenario = zalm_scenario::read(&file, &[]).expect("sound").scenario;
    let of = |strategy: &str| zalm_experiment::PluginUse {
        strategy: strategy.to_owned(),
        name_nl: "Wachten".to_owned(),
        name_en: "Waiting".to_owned(),
        ..Default::default()
    };
    let plugins = scenario
        .strategies
        .iter()
        .map(|one| of(&one.name))
        .collect();
    let provenance = Provenance {
        plugins,
        ..Provenance::default()
    };
    let infos = super::described::strategies(&scenario, &provenance, Lang::Nl);
    let names: Vec<&str> = infos.iter().map(|info| info.name.as_str()).collect();
    let expected = ["Wachten (carousel)", "Wachten (institutional-embedding)"];
    assert_eq!(names, expected);
}
