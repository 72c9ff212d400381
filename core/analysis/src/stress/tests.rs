#![expect(clippy::float_cmp, reason = "exact by construction")]

use super::*;
use crate::toy::Toy;

/// Outcome 10 a month, less what a cut takes of it: 10 (1 - share) from its month on.
fn toy() -> Toy {
    Toy::new(|scenario, stressor, strategy, replication, month| {
        let size = crate::toy::cut(scenario, stressor, month);
        let noise = f64::from(replication % 3) - 1.0;
        let reacts = scenario.switched_off.is_empty();
        let eased = if reacts { 0.5 } else { 1.0 };
        10.0 * (1.0 - eased * size) + strategy as f64 + noise
    })
}

fn question() -> Question {
    Question {
        severities: vec![2.0, 1.0],
        metrics: vec!["households.problem_free".to_owned()],
        thresholds: vec!["households.problem_free<7".parse().unwrap()],
        buffer: None,
        certainty: 0.9,
    }
}

#[test]
fn a_ladder_in_closed_form() {
    let toy = toy();
    let stress = stress(&toy.scenario, &question(), &toy).unwrap();
    assert_eq!(stress.severities, [0.0, 1.0, 2.0]);
    assert_eq!(
        stress.stories.len(),
        1,
        "a stressor without shocks is no story"
    );
    // 2 reactions x 1 stressor x 3 severities x 2 strategies.
    assert_eq!(stress.rungs.len(), 12);
    let rung = |reactions, severity: f64, strategy| {
        let mut rungs = stress.rungs.iter();
        let is = |one: &&Rung| (one.reactions, one.strategy) == (reactions, strategy);
        rungs
            .find(|one| is(one) && one.severity == severity)
            .unwrap()
    };
    // The cut of 20 % at severity 2 without reactions takes 40 % of 10, noise cancels in pairs.
    let hard = &rung(false, 2.0, 0).steps[0];
    let course = hard.course.unwrap();
    assert!((course.trough - 4.0).abs() < 1e-9 && course.after == 0);
    assert_eq!(course.recovered, None);
    assert!((hard.from_null.unwrap().mean).abs() < 1e-9);
    let next = &rung(false, 2.0, 1).steps[0];
    assert!((next.from_null.unwrap().mean - 1.0).abs() < 1e-9);
    // Reactions take half of it away.
    let eased = rung(true, 2.0, 0).steps[0].course.unwrap();
    assert!((eased.trough - 2.0).abs() < 1e-9);
    assert_eq!(rung(true, 0.0, 0).steps[0].course, None);
    assert_eq!(rung(true, 0.0, 0).steps[0].from_calm.mean, 0.0);
}

#[test]
fn the_threshold_breaks_where_it_must() {
    let toy = toy();
    let stress = stress(&toy.scenario, &question(), &toy).unwrap();
    let light = |reactions, severity: f64| {
        let mut rungs = stress.rungs.iter();
        let rung = rungs.find(|one| {
            one.reactions == reactions && one.severity == severity && one.strategy == 0
        });
        rung.unwrap().breaches[0].clone()
    };
    assert_eq!(light(true, 0.0).light, Light::Green);
    let red = light(false, 2.0);
    // 6 on average, between 5 and 7 by replication: the first month of the cut breaks it.
    assert_eq!(red.light, Light::Red);
    assert_eq!(red.first, Some(6));
    assert_eq!(light(true, 1.0).first, None);
}

#[test]
fn what_cannot_be_asked_says_what_to_do() {
    let toy = toy();
    let asked = |change: &dyn Fn(&mut Question)| {
        let mut question = question();
        change(&mut question);
        match stress(&toy.scenario, &question, &toy) {
            Err(Problem::Asked(asked)) => asked.0,
            other => panic!("{other:?}"),
        }
    };
    assert!(asked(&|q| q.severities = vec![6.0]).contains("at most 5"));
    assert!(asked(&|q| q.severities = vec![-1.0]).contains("0 or more"));
    assert!(asked(&|q| q.severities = vec![0.0]).contains("above 0"));
    assert!(asked(&|q| q.certainty = 1.0).contains("such as 0.9"));
    assert!(asked(&|q| q.buffer = Some(-1.0)).contains("0 or more"));
    let unknown = asked(&|q| q.metrics = vec!["households.problem".to_owned()]);
    assert!(unknown.contains("Did you mean `households."), "{unknown}");
    let mut calm = toy.scenario.clone();
    calm.stressors.retain(|one| one.shocks.is_empty());
    let refused = stress(&calm, &question(), &toy);
    assert!(matches!(refused, Err(Problem::Asked(_))));
}

#[test]
fn one_replication_is_too_few() {
    let toy = Toy {
        replications: 1,
        ..toy()
    };
    let refused = stress(&toy.scenario, &question(), &toy);
    let Err(Problem::Asked(asked)) = refused else {
        panic!("{refused:?}");
    };
    assert!(asked.0.contains("--replications"), "{asked}");
}
