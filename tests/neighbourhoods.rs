//! What the laws of the neighbourhood approach (seed 003) say comes out of moving, the ladder and
//! the image, in the mean of paired runs, and goes with the mechanism that makes it.

use std::thread;
use zalm_model::{RunRecord, metrics};
use zalm_scenario::{AreaInvestment, AreaWork, Mechanism, Scenario};
use zalm_tests::scenarios::{figure, heechterp};
use zalm_tests::strategies::played;

const REPLICATIONS: u32 = 30;

/// Work of a corporation with money for it, from the second year on.
fn work(work: AreaWork, per_year: f64, neighbourhoods: &[&str]) -> AreaInvestment {
    AreaInvestment {
        work,
        neighbourhoods: neighbourhoods.iter().map(ToString::to_string).collect(),
        payer: "corporation".to_owned(),
        per_year: figure(per_year),
        start: "2009-01".parse().expect("a month"),
        months: 200,
    }
}

/// The first of the two neighbourhoods.
const HERE: &[&str] = &["WK008034"];

/// Silos alone; nil money names the first neighbourhood, so that it is measured beside the other.
fn world(works: &[AreaInvestment], off: &[Mechanism]) -> Scenario {
    let mut scenario = heechterp();
    scenario.projects.clear();
    let rich = |payer: &&mut zalm_scenario::Payer| payer.id == "corporation";
    let corporation = scenario.payers.iter_mut().find(rich);
    corporation.expect("a corporation").budget.value = 3000.0;
    scenario.area_investments = works.to_vec();
    scenario
        .area_investments
        .push(work(AreaWork::Art, 0.0, HERE));
    scenario.switched_off = off.to_vec();
    scenario
}

fn records(works: &[AreaInvestment], off: &[Mechanism]) -> Vec<RunRecord> {
    let scenario = &world(works, off);
    let run = |replication| played(scenario, replication, None, None);
    thread::scope(|scope| {
        let half = REPLICATIONS / 2;
        let first = scope.spawn(move || (0..half).map(run).collect::<Vec<_>>());
        let mut second: Vec<RunRecord> = (half..REPLICATIONS).map(run).collect();
        let mut all = first.join().expect("runs");
        all.append(&mut second);
        all
    })
}

/// Differences in a metric, pair by pair: mean and standard error.
fn difference(with: &[RunRecord], without: &[RunRecord], metric: &str) -> (f64, f64) {
    let specs = metrics(&world(&[], &[]));
    let at = specs.iter().position(|spec| spec.name == metric);
    let at = at.unwrap_or_else(|| panic!("there is no metric {metric}"));
    let pairs = with.iter().zip(without);
    let all: Vec<f64> = pairs
        .map(|(a, b)| a.outcomes[at] - b.outcomes[at])
        .collect();
    let n = all.len() as f64;
    let mean = all.iter().sum::<f64>() / n;
    let squares: f64 = all.iter().map(|value| (value - mean).powi(2)).sum();
    let error = (squares / (n - 1.0) / n).sqrt();
    println!("{metric}: {mean:+.3} ± {error:.3}");
    (mean, error)
}

fn rises(with: &[RunRecord], without: &[RunRecord], metric: &str) -> f64 {
    let (mean, error) = difference(with, without, metric);
    assert!(
        mean > 2.0 * error,
        "{metric} does not rise: {mean} ± {error}"
    );
    mean
}

fn falls(with: &[RunRecord], without: &[RunRecord], metric: &str) -> f64 {
    -rises(without, with, metric)
}

#[test]
fn money_for_cohesion_helps_households_only_where_the_basis_stands() {
    let (basis, cohesion) = (
        work(AreaWork::Basis, 150.0, &[]),
        work(AreaWork::Cohesion, 150.0, &[]),
    );
    let nothing = records(&[], &[]);
    let lost = records(std::slice::from_ref(&cohesion), &[]);
    let (mean, _) = difference(&lost, &nothing, "households.problem_free");
    assert!(mean.abs() < 0.5, "{mean}");
    let whole = records(std::slice::from_ref(&basis), &[]);
    let both = records(&[basis.clone(), cohesion.clone()], &[]);
    rises(&both, &whole, "neighbourhood.cohesion");
    rises(&both, &whole, "households.problem_free");
    // Without the ladder the same money changes no household.
    let off = &[Mechanism::Ladder];
    let (whole, both) = (
        records(std::slice::from_ref(&basis), off),
        records(&[basis, cohesion], off),
    );
    assert!(difference(&both, &whole, "households.problem_free").0.abs() < 1e-12);
}

#[test]
fn rules_on_who_may_come_help_here_and_burden_the_neighbours() {
    let nothing = records(&[], &[]);
    let rules = records(&[work(AreaWork::Allocation, 5.0, HERE)], &[]);
    falls(&rules, &nothing, "neighbourhood.concentration_here");
    rises(&rules, &nothing, "neighbourhood.concentration_beside");
    falls(&rules, &nothing, "households.multi_problem_here");
    rises(&rules, &nothing, "households.multi_problem_beside");
}

#[test]
fn dilution_moves_problems_rather_than_solving_them() {
    let nothing = records(&[], &[]);
    let rebuilt = records(&[work(AreaWork::Restructuring, 1200.0, HERE)], &[]);
    rises(&rebuilt, &nothing, "households.displaced");
    falls(&rebuilt, &nothing, "neighbourhood.concentration_here");
    let fewer = -falls(&rebuilt, &nothing, "households.multi_problem");
    let gone = rises(&rebuilt, &nothing, "households.multi_problem_left");
    // The stock is lower by no more than twice what left; the rest never came.
    assert!(gone > fewer, "{gone} more left, {fewer} fewer are there");
    let sold = records(&[work(AreaWork::Sale, 100.0, HERE)], &[]);
    falls(&sold, &nothing, "neighbourhood.concentration_here");
    falls(&rebuilt, &sold, "neighbourhood.concentration_here");
    // Where nobody moves nothing is diluted.
    let off = &[Mechanism::Moving];
    let still = records(&[work(AreaWork::Restructuring, 1200.0, HERE)], off);
    let (mean, _) = difference(&still, &records(&[], off), "households.multi_problem");
    assert!(mean.abs() < 1e-12, "{mean}");
}

#[test]
fn art_moves_the_image_and_no_household() {
    let art = [work(AreaWork::Art, 75.0, &[])];
    let still = &[Mechanism::Moving];
    let (with, without) = (records(&art, still), records(&[], still));
    rises(&with, &without, "neighbourhood.image");
    for metric in [
        "households.problem_free",
        "households.multi_problem",
        "households.crises",
    ] {
        let (mean, _) = difference(&with, &without, metric);
        assert!(mean.abs() < 1e-12, "{metric}: {mean}");
    }
    // Where people move, who comes and who stays follows the image.
    let (with, without) = (records(&art, &[]), records(&[], &[]));
    falls(&with, &without, "neighbourhood.concentration");
}

#[test]
fn work_that_its_payer_cannot_pay_stops_and_the_log_says_so() {
    let mut scenario = world(&[work(AreaWork::Basis, 2900.0, &[])], &[]);
    let cut = zalm_scenario::Shock::Cut {
        at: "2012-01".parse().expect("a month"),
        payer: "corporation".to_owned(),
        share: 0.5,
    };
    scenario.shocks.push(cut);
    let record = played(&scenario, 0, None, None);
    let stops = |(month, text): &&(u32, String)| *month == 48 && text.contains("cannot pay it");
    assert_eq!(
        record.events.iter().filter(stops).count(),
        1,
        "{:?}",
        record.events
    );
}
