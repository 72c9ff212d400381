use super::*;
use crate::toy::Toy;
use crate::voice::Voice;
use zalm_report::Lang;
use zalm_scenario::Mechanism;

/// Strategy 1 gains `team.effect - 2` on the null alternative, give or take.
fn toy() -> Toy {
    Toy::new(|scenario, _, strategy, replication, _| {
        let effect = scenario.parameters.get("team.effect").unwrap().value;
        let noise = [-0.3, 0.3, -0.1, 0.1, 0.0, 0.0][replication as usize];
        strategy as f64 * (effect - 2.0 + noise) + 5.0
    })
}

fn question() -> Question {
    Question {
        parameter: "team.effect".to_owned(),
        range: Some((0.0, 5.0)),
        metric: "households.problem_free".to_owned(),
        stressor: None,
    }
}

#[test]
fn a_straight_line_turns_where_it_must() {
    let toy = toy();
    let found = break_even(&toy.scenario, &question(), &toy).unwrap();
    let [turning] = &found.turnings[..] else {
        panic!("one strategy beside the null alternative");
    };
    let [point] = turning.points[..] else {
        panic!("{turning:?}");
    };
    assert!((point.at - 2.0).abs() <= 5e-3 && point.rises, "{point:?}");
    let (low, high) = point.interval;
    assert!(low < 2.0 && 2.0 < high && high - low < 0.5, "{low} {high}");
    assert!((point.found - 1.0).abs() < 1e-9);
    assert_eq!(turning.throughout, None);
    assert!(turning.gains.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn where_lower_is_better_it_turns_the_other_way() {
    let toy = toy();
    let question = Question {
        metric: "cost.total".to_owned(),
        ..question()
    };
    let found = break_even(&toy.scenario, &question, &toy).unwrap();
    assert!(!found.turnings[0].points[0].rises);
}

#[test]
fn noise_is_no_break_even_point() {
    // Gains around 0 at every value: the mean turns again and again, and is nowhere clear.
    let toy = Toy::new(|scenario, _, strategy, replication, _| {
        let effect = scenario.parameters.get("team.effect").unwrap().value;
        let noise = [-3.0, 3.0, -1.0, 1.0, 0.1, 0.0][replication as usize];
        strategy as f64 * (0.1 * (5.0 * effect).cos() + noise) + 5.0
    });
    let found = break_even(&toy.scenario, &question(), &toy).unwrap();
    let turning = &found.turnings[0];
    let means = turning.gains.windows(2);
    let turns = means.filter(|pair| pair[0].1.mean * pair[1].1.mean < 0.0);
    assert!(turns.count() > 2, "the mean does turn");
    assert!(turning.points.is_empty());
    // The document and the words say the same: there is no sign to tell.
    assert_eq!(turning.throughout, Some(Throughout::Unclear));
    let document = serde_json::to_value(turning).unwrap();
    assert_eq!(document["throughout"][0], "unclear");
    for (lang, text) in [
        (Lang::En, "cannot be told from chance"),
        (Lang::Nl, "valt niet te zeggen"),
    ] {
        let told = words::sentences(&found, turning, &Voice::new(lang));
        assert!(told[0].contains(text), "{told:?}");
    }
}

#[test]
fn a_break_even_point_is_rounded_to_what_is_known_of_it() {
    let toy = toy();
    let mut found = break_even(&toy.scenario, &question(), &toy).unwrap();
    let mut told = |at, interval| {
        let point = &mut found.turnings[0].points[0];
        (point.at, point.interval) = (at, interval);
        words::sentences(&found, &found.turnings[0].clone(), &Voice::new(Lang::En))[0].clone()
    };
    let text = told(6.4432, (6.2201, 6.8611));
    assert!(text.contains("6.4 [6.2; 6.9]"), "{text}");
    let text = told(61_234.0, (58_001.0, 63_999.0));
    assert!(text.contains("61,000 [58,000; 64,000]"), "{text}");
}

#[test]
fn no_turn_is_a_finding() {
    let toy = toy();
    let question = Question {
        range: Some((3.0, 5.0)),
        ..question()
    };
    let found = break_even(&toy.scenario, &question, &toy).unwrap();
    assert!(found.turnings[0].points.is_empty());
    assert_eq!(found.turnings[0].throughout, Some(Throughout::Above));
}

#[test]
fn what_cannot_be_asked_says_what_to_do() {
    let lonely = Toy {
        replications: 1,
        ..toy()
    };
    let toy = toy();
    let asked = |question: Question, toy: &Toy| match break_even(&toy.scenario, &question, toy) {
        Err(Problem::Asked(asked)) => asked.0,
        other => panic!("{other:?}"),
    };
    let named = |parameter: &str| Question {
        parameter: parameter.to_owned(),
        ..question()
    };
    assert!(asked(named("team.efect"), &toy).contains("Did you mean `team.effect`?"));
    let beyond = Question {
        range: Some((-1.0, 5.0)),
        ..question()
    };
    assert!(asked(beyond, &toy).contains("out of range"));
    let empty = Question {
        range: Some((2.0, 2.0)),
        ..question()
    };
    assert!(asked(empty, &toy).contains("--range"));
    let flat = Toy::new(|scenario, _, _, _, _| {
        f64::from(u8::from(scenario.switched_off.contains(&Mechanism::Harm)))
    });
    assert!(asked(question(), &flat).contains("never differs"));
    assert!(asked(question(), &lonely).contains("--replications"));
}
