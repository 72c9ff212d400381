//! The patterns of the seeds, one file each: what the rule of `zalm patterns` says of each claim in
//! the default scenario, counter-check included. A claim that does not come out yet is written down
//! as such, so that the day it does is noticed too.

use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;
use zalm_experiment::patterns::{
    Expected, Findings, FoundClaim, Inquiry, PATTERNS, Pattern, Unasked, Verdict, ask, strategies,
};
use zalm_plugin_host::{PluginSource, SearchPath};
use zalm_scenario::Scenario;
use zalm_statistics::Paired;
use zalm_tests::scenarios::{heechterp, tiny};

mod p01_carousel;
mod p02_careless_embedding;
mod p03_deliberate_embedding;
mod p04_coalition;
mod p05_entrepreneur;
mod p06_stakeholder_model;
mod p07_social_enterprise;
mod p08_benefits_elsewhere;
mod p09_weak_measurement;
mod p10_new_for_old;
mod p11_turnover;
mod p12_one_plan;
mod p13_ladder;
mod p14_copied;
mod p15_portfolio;
mod p16_novelty;
mod p17_applications;
mod p18_volunteers;
mod p19_decentralisation;
mod p20_outreach;
mod p21_health;
mod p22_early;

/// Pairs of runs in a test; `zalm patterns` plays more.
const REPLICATIONS: u32 = 24;

fn findings(
    world: &Scenario,
    patterns: &[&'static Pattern],
    size: (u32, u32),
    threads: usize,
) -> Findings {
    let uses = strategies(world, patterns);
    let source = PluginSource::load(&uses, &SearchPath::new(&[])).expect("the libraries load");
    let inquiry = Inquiry {
        world,
        patterns,
        replications: size.0,
        draws: size.1,
        draw_replications: 1,
        unavailable: Default::default(),
        threads: NonZeroUsize::new(threads).expect("a thread"),
        progress: &|_, _| {},
        stop: &AtomicBool::new(false),
    };
    let findings = ask(&inquiry, &source).expect("nobody stops it");
    assert_eq!(findings.failed, (0, None));
    findings
}

/// The claims of a pattern about the default scenario, which must be judged as written.
fn judged(number: u8, verdicts: &[Verdict]) -> Vec<FoundClaim> {
    let pattern = PATTERNS.iter().find(|pattern| pattern.number == number);
    let pattern = *pattern.unwrap_or_else(|| panic!("there is no pattern {number}"));
    let found = findings(&heechterp(), &[pattern], (REPLICATIONS, 0), 1);
    let claims = found.patterns[0].claims.clone();
    let claims = claims.unwrap_or_else(|why| panic!("pattern {number} is not asked: {why:?}"));
    let found: Vec<Verdict> = claims.iter().map(|claim| claim.verdict).collect();
    let told: Vec<String> = claims.iter().map(told).collect();
    assert_eq!(found, verdicts, "pattern {number}: {told:#?}");
    claims
}

fn told(claim: &FoundClaim) -> String {
    let number = |paired: &Option<Paired>| {
        let paired = paired.as_ref().expect("pairs");
        format!("{:.3} {:.3?}", paired.mean, paired.interval)
    };
    format!(
        "{} {}: {}, without {:?} {}, difference {}",
        claim.claim.measure.metric,
        claim.verdict.name(),
        number(&claim.effect),
        claim.claim.off,
        number(&claim.counter),
        number(&claim.difference)
    )
}

/// Mean effect, positive on the expected side.
fn size(claim: &FoundClaim) -> f64 {
    let effect = claim.effect.as_ref().expect("an effect").mean;
    claim.claim.expected.oriented(effect)
}

#[test]
fn all_are_there_in_order() {
    let numbers: Vec<u8> = PATTERNS.iter().map(|pattern| pattern.number).collect();
    assert_eq!(numbers, (1..=22).collect::<Vec<u8>>());
    for pattern in PATTERNS {
        let claims = (pattern.claims)(&heechterp()).expect("the default scenario can be asked all");
        for claim in claims {
            assert!(!claim.off.is_empty(), "{pattern:?}: nothing makes it");
            let metrics = zalm_model::metrics(&heechterp());
            let known = metrics
                .iter()
                .any(|metric| metric.name == claim.measure.metric);
            assert!(
                known,
                "{pattern:?}: there is no metric {}",
                claim.measure.metric
            );
        }
    }
}

#[test]
fn threads_change_nothing_and_patterns_share_their_runs() {
    let numbered = |pattern: &&&'static Pattern| matches!(pattern.number, 2 | 14);
    let two: Vec<&Pattern> = PATTERNS.iter().filter(numbered).copied().collect();
    let two = &two[..];
    let said = |found: &Findings| {
        let text = |found: &zalm_experiment::patterns::Found| {
            format!("{:?} {:?}", found.path, found.claims)
        };
        found.patterns.iter().map(text).collect::<Vec<_>>()
    };
    let world = tiny();
    let one = findings(&world, two, (3, 2), 1);
    assert_eq!(said(&one), said(&findings(&world, two, (3, 2), 3)));
    let alone: usize = two
        .iter()
        .map(|pattern| findings(&world, &[*pattern], (3, 2), 1).runs)
        .sum();
    assert!(
        one.runs < alone,
        "{} runs together, {alone} apart",
        one.runs
    );
    let share = |claim: &FoundClaim| claim.share.expect("draws").draws;
    let claims = one.patterns[0].claims.as_ref().expect("asked");
    assert_eq!(
        claims.iter().map(share).collect::<Vec<_>>(),
        vec![2; claims.len()]
    );
}

#[test]
fn a_world_without_projects_is_told_what_it_lacks() {
    let mut world = tiny();
    world.projects.clear();
    let found = findings(&world, &[PATTERNS[0]], (2, 0), 1);
    assert!(matches!(found.patterns[0].claims, Err(Unasked::World(_))));
    assert_eq!(found.patterns[0].verdict(), None);
}

#[test]
fn a_claim_turned_round_is_absent() {
    // The rule can say no: the same runs, with the other sign expected.
    let claim = judged(22, &[Verdict::Holds]).remove(0);
    let turned = match claim.claim.expected {
        Expected::More => Expected::Less,
        Expected::Less => Expected::More,
    };
    let numbers = [claim.effect, claim.counter, claim.difference].map(|one| one.expect("a number"));
    let verdict = zalm_experiment::patterns::verdict(turned, &numbers[0], &numbers[1], &numbers[2]);
    assert_eq!(verdict, Verdict::Absent);
}
