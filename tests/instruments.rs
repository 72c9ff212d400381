//! The instruments of the seeds: every score has its reason, ranks follow the descriptions, sums
//! are exact, pages are well formed, and both languages say everything.

use std::path::PathBuf;
use std::sync::OnceLock;
use zalm_experiment::{Failure, Outcome};
use zalm_instruments::Voice;
use zalm_instruments::arena::{self, Arena};
use zalm_instruments::gains::Gains;
use zalm_instruments::mkba::{self, Mkba, rate};
use zalm_instruments::scan::{self, CRITERIA, Peer, Scan, Sheet, Standing, State};
use zalm_model::{CostKind, incidence};
use zalm_report::Lang;
use zalm_scenario::{Domain, Scenario, read};
use zalm_tests::scenarios::{figure, heechterp, parameter, tiny};
use zalm_tests::strategies::{compared, libraries};
use zalm_tests::{markup, root};

/// The presets of projects: file and scenario.
fn presets() -> &'static [(String, Scenario)] {
    static PRESETS: OnceLock<Vec<(String, Scenario)>> = OnceLock::new();
    PRESETS.get_or_init(|| {
        let entries = std::fs::read_dir(root().join("scenarios")).expect("scenarios");
        let mut files: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "ron"));
        files.sort();
        let named = |file: PathBuf| {
            let name = file.file_stem()?.to_str()?.to_owned();
            // Made up, a country, or a project that has its own file: not one to stand among.
            if [
                "tiny",
                "netherlands",
                "forty-neighbourhoods",
                "eight-strategies",
            ]
            .contains(&name.as_str())
            {
                return None;
            }
            let read = read(&file, &[]).unwrap_or_else(|problems| panic!("{problems:?}"));
            Some((name, read.scenario))
        };
        files.into_iter().filter_map(named).collect()
    })
}

fn preset(name: &str) -> &'static Scenario {
    let found = presets().iter().find(|(file, _)| file == name);
    &found.unwrap_or_else(|| panic!("no {name}")).1
}

fn first(scenario: &Scenario) -> Scan {
    Scan::new(scenario, &scenario.projects[0])
}

/// Rank of a preset's first project among the others, per criterion.
fn ranks(name: &str) -> [usize; 5] {
    let others = presets().iter().filter(|(file, _)| file != name);
    let peers = others.map(|(file, scenario)| {
        let scan = first(scenario);
        Peer {
            scores: scan.scores(),
            name: scan.name,
            file: file.clone(),
        }
    });
    Standing::new(&first(preset(name)), peers.collect()).ranks
}

fn sheet(scenario: &Scenario) -> Sheet {
    let project = &scenario.projects[0];
    let state = State::new(scenario, project);
    let made = Scan::new(scenario, project);
    let peers: Vec<Scenario> = presets().iter().map(|(_, peer)| peer.clone()).collect();
    Sheet {
        standing: Standing::new(&made, Vec::new()),
        routes: scan::routes(&made, &state),
        steps: scan::steps(&state, &peers),
        scan: made,
        simulated: None,
        command: "zalm compare x.ron".to_owned(),
        version: "0".to_owned(),
    }
}

/// Ids of texts that would stand where a sentence should.
fn unwritten(text: &str) -> Vec<&str> {
    let kinds = [
        "scan-",
        "step-",
        "then-",
        "done-",
        "criterion-",
        "verdict-",
        "along-",
        "item-",
        "kind-",
        "domain-",
        "level-",
        "tie-",
        "severity-",
        "mkba-",
        "arena-",
        "metric-",
        "unit-",
    ];
    let words = text.split(|c: char| !(c.is_alphanumeric() || "-{}$".contains(c)));
    words
        .filter(|word| word.contains('{') || kinds.iter().any(|kind| word.starts_with(kind)))
        .collect()
}

#[test]
fn every_preset_has_a_reason_for_every_sub_question_in_both_languages() {
    assert!(presets().len() >= 20, "{}", presets().len());
    for (name, scenario) in presets() {
        for project in &scenario.projects {
            let scan = Scan::new(scenario, project);
            assert_eq!(scan.criteria.len(), CRITERIA.len());
            let questions = scan.criteria.iter().flat_map(|c| &c.questions);
            let scored = questions.clone().filter(|q| q.score.is_some()).count();
            assert!(scored >= 20, "{name}: {scored}");
            for question in questions {
                let why: Vec<String> = Lang::ALL
                    .map(|lang| Voice::new(lang).say(&question.reason))
                    .to_vec();
                assert!(
                    why.iter()
                        .all(|why| why.len() > 20 && unwritten(why).is_empty()),
                    "{why:?}"
                );
                assert!(question.paragraph.starts_with("seed 00"), "{}", question.id);
                if let Some(score) = question.score {
                    assert!((0.0..=1.0).contains(&score), "{name} {}", question.id);
                    assert!(!question.source.is_empty(), "{name} {}", question.id);
                }
            }
        }
    }
}

#[test]
fn ranks_follow_what_the_seeds_say() {
    // Seed 002 ch. 2: method, leader and coalition are strong, measuring is the Achilles heel.
    let pak = first(preset("deventer-pak"));
    assert_eq!(CRITERIA[pak.weakest()], "measurement");
    let all = presets().len();
    let pak = ranks("deventer-pak");
    assert!(pak[0] <= 4 && pak[1] > all / 2, "{pak:?}");
    // Seed 002 ch. 3: the municipality is the heart of a strong coalition.
    let leeuwarden = ranks("heechterp-schieringen");
    assert!(leeuwarden[2] <= 4, "{leeuwarden:?}");
    // Seed 002 §5.4.1: The Hague had an analysis that showed who gains.
    assert_eq!(ranks("den-haag-vig")[1], 1);
    // Seed 002 §5.2.3: Futuro is a social firm.
    let futuro = preset("futuro");
    let routes = scan::routes(&first(futuro), &State::new(futuro, &futuro.projects[0]));
    assert_eq!(routes[0].plugin, "social-enterprise");
}

#[test]
fn every_step_can_be_taken_and_lifts_its_criterion() {
    for name in ["deventer-pak", "heechterp-schieringen", "futuro"] {
        let file = root().join(format!("scenarios/{name}.ron"));
        let sheet = sheet(preset(name));
        assert!(!sheet.steps.is_empty(), "{name}");
        for step in &sheet.steps {
            let changes = step.changes.iter();
            let sets: Vec<_> = changes.map(|c| (c.path.clone(), c.value.clone())).collect();
            let changed = read(&file, &sets).unwrap_or_else(|problems| panic!("{problems:?}"));
            let at = CRITERIA
                .iter()
                .position(|c| *c == step.criterion)
                .expect("a criterion");
            let (before, after) = (
                sheet.scan.scores()[at],
                first(&changed.scenario).scores()[at],
            );
            assert!(after > before, "{name}, {}: {before} to {after}", step.id);
        }
    }
}

#[test]
fn the_scan_is_whole_in_both_languages() {
    for lang in Lang::ALL {
        let voice = Voice::new(lang);
        let sheet = sheet(preset("deventer-pak"));
        let text = scan::text(&sheet, &voice);
        assert_eq!(unwritten(&text), Vec::<&str>::new());
        markup::is_well_formed(&scan::html(&sheet, &voice));
        markup::is_well_formed(&scan::strip(&sheet, &voice).into_string());
    }
}

/// The default scenario with amounts to compute with by heart.
fn by_heart() -> Scenario {
    let mut scenario = heechterp();
    scenario
        .use_costs
        .retain(|cost| cost.domain == Domain::Housing);
    scenario.use_costs.truncate(1);
    scenario.use_costs[0].payer = "corporation".to_owned();
    scenario.use_costs[0].per_year = [120.0, 600.0, 1200.0];
    scenario.crises.retain(|crisis| crisis.id == "eviction");
    scenario.crises[0].weight.value = 1.0;
    scenario.crises[0].costs = vec![
        ("corporation".to_owned(), figure(5000.0)),
        ("welfare".to_owned(), figure(10_000.0)),
    ];
    scenario
        .silo_care
        .retain(|care| care.domain == Domain::Housing);
    scenario.silo_care[0].payer = "welfare".to_owned();
    scenario.silo_care[0].cost = figure(12_000.0);
    parameter(&mut scenario, "household.crisis").value = 0.02;
    scenario
}

#[test]
fn the_incidence_of_one_household_by_hand() {
    let scenario = by_heart();
    let payer = |id: &str| {
        scenario
            .payers
            .iter()
            .position(|p| p.id == id)
            .expect("a payer")
    };
    let (corporation, welfare) = (payer("corporation"), payer("welfare"));
    // Acute: 1,200 of use; 2% a month of 5,000 and of 10,000 is 1,200 and 2,400 a year; a place.
    let acute = Gains::new(&scenario, 4);
    assert_eq!(acute.cell(corporation, 0), 240_000);
    assert_eq!(acute.cell(welfare, 0), 240_000 + 1_200_000);
    assert_eq!(acute.domain(0), 1_680_000);
    // Severe: no crisis to expect. Moderate: less use. None: nothing at all.
    assert_eq!(Gains::new(&scenario, 3).cell(corporation, 0), 60_000);
    assert_eq!(Gains::new(&scenario, 2).domain(0), 12_000 + 1_200_000);
    assert!(incidence(&scenario, Domain::Housing, 1).is_empty());
    assert!(incidence(&scenario, Domain::Work, 4).is_empty());
}

#[test]
fn arena_tables_add_up_and_pages_are_whole() {
    for lang in Lang::ALL {
        let voice = Voice::new(lang);
        for severity in 2..=4 {
            let scenario = preset("deventer-pak");
            let arena = Arena::new(scenario, &scenario.projects[0], severity);
            let rows = numbers(&arena::csv(&arena, &voice), 1);
            adds_up(&rows);
            let most = arena.gains.parts()[arena.gainers()[0].payer];
            assert!(arena.gains.parts().iter().all(|part| *part <= most));
            let kinds = [CostKind::Use, CostKind::Crisis, CostKind::SiloCare];
            for domain in 0..8 {
                let parts: i64 = kinds.iter().map(|&kind| arena.kind(domain, kind)).sum();
                assert_eq!(parts, arena.gains.domain(domain));
            }
            assert_eq!(unwritten(&arena::text(&arena, &voice)), Vec::<&str>::new());
            markup::is_well_formed(&arena::html(&arena, &voice, "0"));
            markup::is_well_formed(&arena::svg(&arena, &voice).into_string());
        }
    }
}

#[test]
fn what_no_payer_gives_of_a_team_is_drawn_too() {
    let voice = Voice::new(Lang::Nl);
    let mut open = 0;
    for (name, scenario) in presets() {
        let arena = Arena::new(scenario, &scenario.projects[0], 3);
        let given: f64 = arena.invests.iter().map(|party| party.euro).sum();
        assert!((given + arena.uncovered - arena.cost).abs() < 1.0, "{name}");
        let told = arena::text(&arena, &voice) + &arena::svg(&arena, &voice).into_string();
        let says = told.matches("Eigen verkoop").count();
        assert_eq!(says, if arena.uncovered > 0.0 { 2 } else { 0 }, "{name}");
        open += usize::from(arena.uncovered > 0.0);
    }
    // A social firm lives in part on what it sells.
    let futuro = preset("futuro");
    assert!(Arena::new(futuro, &futuro.projects[0], 3).uncovered > 100_000.0);
    assert!(open < presets().len());
}

/// Numbers of a table from a column on, without its head.
fn numbers(csv: &str, from: usize) -> Vec<Vec<i64>> {
    let mut reader = csv::ReaderBuilder::new();
    reader.delimiter(if csv.contains(';') { b';' } else { b',' });
    let mut reader = reader.from_reader(csv.as_bytes());
    let row = |record: csv::StringRecord| -> Option<Vec<i64>> {
        record
            .iter()
            .skip(from)
            .map(|cell| cell.parse().ok())
            .collect()
    };
    reader
        .records()
        .filter_map(|r| row(r.expect("a row")))
        .collect()
}

/// The last column is the sum of the others, the last row the sum of the rows before it.
fn adds_up(rows: &[Vec<i64>]) {
    for row in rows {
        let (total, cells) = row.split_last().expect("a row");
        assert_eq!(cells.iter().sum::<i64>(), *total, "{row:?}");
    }
    let (totals, rows) = rows.split_last().expect("rows");
    assert!(!rows.is_empty() && totals.iter().any(|&total| total != 0));
    for (at, total) in totals.iter().enumerate() {
        assert_eq!(
            rows.iter().map(|row| row[at]).sum::<i64>(),
            *total,
            "column {at}"
        );
    }
}

fn analysis() -> &'static (Scenario, Mkba) {
    static MADE: OnceLock<(Scenario, Mkba)> = OnceLock::new();
    MADE.get_or_init(|| {
        let scenario = tiny();
        let results = compared(&scenario, &libraries(&scenario), 2, None);
        assert_eq!(results.failures().count(), 0);
        let newest = rate(&scenario, None).expect("a rate").clone();
        let made = Mkba::new(&scenario, &results, &newest).expect("an analysis");
        (scenario, made)
    })
}

fn mkba_sheet() -> mkba::Sheet {
    let (scenario, made) = analysis();
    mkba::Sheet {
        mkba: made.clone(),
        stressor: scenario.stressors[0].name.clone(),
        by_runs: Vec::new(),
        by_runs_replications: 0,
        flips: mkba::Flips::NotSought,
        command: "zalm mkba x.ron".to_owned(),
        version: "0".to_owned(),
    }
}

#[test]
fn the_analysis_adds_up_and_its_balance_is_that_of_the_runs() {
    let (_, made) = analysis();
    assert!(!made.cases.is_empty());
    let balance = |case: &mkba::Case| case.balance.expect("a balance").mean;
    assert!(made.cases.iter().any(|case| balance(case).abs() > 0.0));
    for case in &made.cases {
        let rate = made.rate.rate.value;
        let cells = case.cash.present_table(rate);
        let sum: f64 = cells.iter().flatten().sum();
        assert!(
            (sum + balance(case)).abs() < 1e-6 * (1.0 + sum.abs()),
            "{sum}"
        );
        let (costs, benefits) = case.parties(rate, &made.items);
        let net: f64 = benefits.iter().sum::<f64>() - costs.iter().sum::<f64>();
        assert!((net - balance(case)).abs() < 1e-6 * (1.0 + net.abs()));
        let index = case.wrong_pocket(rate, &made.items);
        assert!(index.is_none_or(|index| (0.0..=1.0).contains(&index)));
    }
    let sheet = mkba_sheet();
    let csv = mkba::csv(&sheet, &Voice::new(Lang::En));
    for case in made.under(&sheet.stressor) {
        let of = |line: &&str| {
            line.starts_with("strategy")
                || line
                    .to_lowercase()
                    .starts_with(&case.strategy.replace('-', " "))
        };
        let own: Vec<&str> = csv
            .lines()
            .enumerate()
            .filter(|(n, l)| *n == 0 || of(l))
            .map(|(_, l)| l)
            .collect();
        let mut rows = numbers(&own.join("\n"), 2);
        // The balance stands under the totals, with the other sign.
        let balance = rows.pop().expect("a balance");
        let totals = rows.last().expect("totals");
        assert!(balance.iter().zip(totals).all(|(b, t)| *b == -t));
        if totals.iter().any(|&total| total != 0) {
            adds_up(&rows);
        }
    }
}

#[test]
fn an_analysis_without_a_whole_pair_tells_no_number() {
    let scenario = tiny();
    let mut results = compared(&scenario, &libraries(&scenario), 2, None);
    let null = results.null.expect("a null alternative");
    let lost = (0..results.strategies.len()).find(|strategy| *strategy != null);
    let lost = lost.expect("a strategy");
    for run in &mut results.runs {
        let partly = run.strategy != null && run.replication == 0;
        if run.strategy == lost || partly {
            run.outcome = Outcome::Failed(Failure {
                reason: "made to fail".to_owned(),
                rerun: String::new(),
            });
        }
    }
    let newest = rate(&scenario, None).expect("a rate").clone();
    let made = Mkba::new(&scenario, &results, &newest).expect("an analysis");
    let sheet = mkba::Sheet {
        mkba: made,
        ..mkba_sheet()
    };
    let name = &results.strategies[lost];
    let voice = Voice::new(Lang::En);
    let text = mkba::text(&sheet, &voice);
    assert!(text.contains("nothing is known"), "{text}");
    assert!(text.contains("Balance: benefits less costs: –"), "{text}");
    markup::is_well_formed(&mkba::html(&sheet, &voice));
    let document: serde_json::Value =
        serde_json::from_str(&mkba::json(&sheet, &voice)).expect("a document");
    let played = results.replications.len();
    for case in document["cases"].as_array().expect("cases") {
        let whole = if case["strategy"] == **name {
            0
        } else {
            played - 1
        };
        assert_eq!(case["pairs"], whole);
        assert_eq!(case["balance_euro"].is_null(), whole == 0);
        assert_eq!(case["extra_cost_euro"].is_null(), whole == 0);
        let effects = case["effects"].as_array().expect("effects");
        let none = |effect: &serde_json::Value| effect["difference"].is_null();
        assert!(!effects.is_empty() && effects.iter().all(|one| none(one) == (whole == 0)));
    }
}

/// A balance that is known to within a half width.
fn known(mean: f64, half: f64) -> mkba::Estimate {
    mkba::Estimate {
        mean,
        interval: Some((mean - half, mean + half)),
    }
}

#[test]
fn an_assumption_turns_the_answer_only_where_both_are_clear() {
    let scenario = tiny();
    let assumed = |(_, one): &(&_, &zalm_scenario::Parameter)| {
        one.evidence == zalm_scenario::Evidence::Assumption && one.low < one.value
    };
    let (spec, _) = scenario.parameters.iter().find(assumed).expect("one");
    // At the low end of the one parameter the balance is another, elsewhere as it was.
    let found = |base: mkba::Estimate, low: mkba::Estimate| {
        mkba::flips(&scenario, Some(base), |changed| {
            let value = |one: &Scenario| one.parameters.get(spec.name).map(|one| one.value);
            let moved = value(changed) < value(&scenario);
            Some(if moved { low } else { base })
        })
    };
    let mkba::Flips::Found(clear) = found(known(10.0, 5.0), known(-10.0, 5.0)) else {
        panic!("the balance is clear")
    };
    let names: Vec<&str> = clear.iter().map(|flip| flip.name.as_str()).collect();
    assert_eq!(names, [spec.name]);
    // The mean has the other sign, and nobody knows.
    let noise = found(known(10.0, 5.0), known(-10.0, 15.0));
    assert_eq!(noise, mkba::Flips::Found(Vec::new()));
    let unclear = found(known(10.0, 15.0), known(-10.0, 5.0));
    assert_eq!(unclear, mkba::Flips::Unclear);
}

#[test]
fn the_analysis_is_whole_in_both_languages() {
    for lang in Lang::ALL {
        let voice = Voice::new(lang);
        let sheet = mkba_sheet();
        assert_eq!(unwritten(&mkba::text(&sheet, &voice)), Vec::<&str>::new());
        let html = mkba::html(&sheet, &voice);
        markup::is_well_formed(&html);
        assert!(html.contains(&voice.text("not-priced")));
        markup::is_well_formed(
            &mkba::cumulative(&sheet.mkba, &sheet.stressor, &voice).into_string(),
        );
    }
}

#[test]
fn the_rate_is_that_of_the_month_asked_for() {
    let scenario = tiny();
    let of = |month: &str| {
        let month = month.parse().expect("a month");
        rate(&scenario, Some(month)).expect("a rate").rate.value
    };
    let newest = rate(&scenario, None).expect("a rate").rate.value;
    assert!((newest - 0.0225).abs() < 1e-12);
    assert!((of("2012-06") - 0.055).abs() < 1e-12);
    assert!((of("2020-12") - 0.03).abs() < 1e-12);
    assert!((of("2021-01") - 0.0225).abs() < 1e-12);
    assert!((of("1999-01") - 0.055).abs() < 1e-12);
}
