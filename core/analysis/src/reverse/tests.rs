use super::*;
use crate::toy::{Toy, cut, tiny};
use crate::{Answer, Voice};
use zalm_report::{Chart, Lang, Part};
use zalm_statistics::stress::Plausibility;

/// Alive until a share of the cut and the trouble with staff together pass a line.
fn toy() -> Toy {
    let first = tiny().parameters.get("worker.leave").unwrap().clone();
    Toy::new(move |scenario, stressor, strategy, replication, month| {
        let leave = scenario.parameters.get("worker.leave").unwrap();
        let staff = (leave.value - first.value) / (first.high - first.value);
        // Severity 1 of the cut takes 20 %.
        let shock = cut(scenario, stressor, month) / 0.2;
        let noise = f64::from(replication % 2) * 0.02 - 0.01;
        let held = if strategy == 1 { 100.0 } else { 10.0 };
        (held - 3.0 * shock - 4.0 * staff + noise).max(0.0)
    })
}

fn question() -> Question {
    Question {
        // 10 - 3 s - 4 t below 2: the line 3 s + 4 t = 8.
        failure: "households.problem_free@20<2".parse().unwrap(),
        most: 3.0,
        correlation: 0.0,
    }
}

#[test]
fn the_nearest_failure_of_a_line_in_closed_form() {
    let toy = toy();
    let found = reverse(&toy.scenario, &question(), &toy).unwrap();
    let names: Vec<&str> = found.threats.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["cut", "staff", "leaders"]);
    let breaking = &found.strategies[0];
    assert!(
        (breaking.alone[0].unwrap() - 8.0 / 3.0).abs() < 0.05,
        "{breaking:?}"
    );
    assert!((breaking.alone[1].unwrap() - 2.0).abs() < 0.05);
    assert_eq!(
        breaking.alone[2], None,
        "leaders do not count in this world"
    );
    assert!((breaking.pairs[0].severity.unwrap() - 8.0 / 7.0).abs() < 0.05);
    // x = Σ a c / (aᵀ Σ a) = 8 (3, 4) / 25, d = 8 / 5.
    let combined = &breaking.stories[2];
    assert!(
        (combined.distance.unwrap() - 1.6).abs() < 0.05,
        "{combined:?}"
    );
    assert!((combined.tail.unwrap() - Plausibility::tail(1.6)).abs() < 0.01);
    let own = &breaking.stories[0];
    assert!((own.distance.unwrap() - 2.0).abs() < 0.05);
    assert_eq!(
        own.sign, None,
        "trouble that is there from the first month gives no warning"
    );
}

#[test]
fn correlation_brings_joint_failures_nearer() {
    let toy = toy();
    let question = Question {
        correlation: 0.5,
        ..question()
    };
    let found = reverse(&toy.scenario, &question, &toy).unwrap();
    // d = c / √(aᵀ Σ a), a = (3, 4): 8 / √(9 + 16 + 12) = 1.3152.
    let combined = &found.strategies[0].stories[2];
    assert!(
        (combined.distance.unwrap() - 1.3152).abs() < 0.08,
        "{combined:?}"
    );
}

#[test]
fn what_holds_has_no_story_and_what_fails_anyway_none_either() {
    let toy = toy();
    let found = reverse(&toy.scenario, &question(), &toy).unwrap();
    let strong = &found.strategies[1];
    assert!(!strong.fails_anyway);
    assert!(
        strong
            .stories
            .iter()
            .all(|story| story.severities.is_none())
    );
    let question = Question {
        failure: "households.problem_free<50".parse().unwrap(),
        ..question()
    };
    let found = reverse(&toy.scenario, &question, &toy).unwrap();
    assert!(found.strategies[0].fails_anyway && found.strategies[0].stories.is_empty());
}

#[test]
fn a_strategy_that_fails_anyway_has_no_line_beside_one_that_breaks() {
    let toy = Toy::new(|scenario, stressor, strategy, _, month| {
        let held = if strategy == 1 { 10.0 } else { 1.0 };
        held - 4.0 * cut(scenario, stressor, month) / 0.2
    });
    let found = reverse(&toy.scenario, &question(), &toy).unwrap();
    assert!(found.strategies[0].fails_anyway && found.strategies[1].alone[0].is_some());
    let answer = Answer::of(&found, &crate::Origin::default(), &Voice::new(Lang::En));
    let page = answer.page.expect("a page");
    let frontier = page.parts.iter().find_map(|part| match part {
        Part::Figure(figure) if figure.name == "frontier" => Some(&figure.chart),
        _ => None,
    });
    let Some(Chart::Lines(lines)) = frontier else {
        panic!("no frontier");
    };
    assert!(lines.courses[0].points.is_empty() && lines.courses[1].points.len() > 1);
}

#[test]
fn what_cannot_be_asked_says_what_to_do() {
    let toy = toy();
    let asked = |question: Question| match reverse(&toy.scenario, &question, &toy) {
        Err(Problem::Asked(asked)) => asked.0,
        other => panic!("{other:?}"),
    };
    let failing = |failure: &str| Question {
        failure: failure.parse().unwrap(),
        ..question()
    };
    assert!(asked(failing("project.alve<0.5")).contains("Did you mean `project.alive`?"));
    assert!(asked(failing("project.alive@500<0.5")).contains("no sample"));
    assert!(
        asked(Question {
            most: 0.0,
            ..question()
        })
        .contains("above 0")
    );
    assert!(
        asked(Question {
            correlation: 1.0,
            ..question()
        })
        .contains("below 1")
    );
}
