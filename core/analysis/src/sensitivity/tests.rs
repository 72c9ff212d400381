use super::*;
use crate::toy::Toy;
use zalm_scenario::{Evidence, Scenario};

/// Where a parameter lies in its range, 0 at the low end and 1 at the high end.
fn place(scenario: &Scenario, name: &str) -> f64 {
    let parameter = scenario.parameters.get(name).unwrap();
    (parameter.value - parameter.low) / (parameter.high - parameter.low)
}

/// The strategies differ by `formula`, almost the same in every replication and in every month; half
/// of what they share is chance.
fn toy(formula: impl Fn(&Scenario) -> f64 + 'static) -> Toy {
    noisy(1e-8, formula)
}

/// The same, with differences that chance moves this far up and down.
fn noisy(chance: f64, formula: impl Fn(&Scenario) -> f64 + 'static) -> Toy {
    Toy::new(move |scenario, _, strategy, replication, _| {
        let null = scenario.strategies[strategy].name == scenario.null_alternative;
        let moved = chance * (f64::from(replication % 2) - 0.5);
        let own = if null { 0.0 } else { formula(scenario) + moved };
        own + f64::from(replication)
    })
}

fn question(toy: &Toy, method: Method, vary: &[&str]) -> Question {
    let scenario = &toy.scenario;
    let others = scenario.strategies.iter().map(|one| &one.name);
    let strategy = others
        .clone()
        .find(|name| **name != scenario.null_alternative);
    Question {
        method,
        by: By::Parameter,
        vary: vary.iter().map(|name| (*name).to_owned()).collect(),
        size: if method == Method::Tornado { 2 } else { 256 },
        metric: "households.multi_problem".to_owned(),
        strategy: strategy.cloned(),
        stressor: None,
    }
}

fn ask(toy: &Toy, question: &Question) -> Sensitivity {
    let design = Design::new(&toy.scenario, question).unwrap();
    sensitivity(&design, toy).unwrap()
}

fn refused(toy: &Toy, question: &Question) -> String {
    let played = Design::new(&toy.scenario, question).map_err(Problem::Asked);
    match played.and_then(|design| sensitivity(&design, toy)) {
        Err(Problem::Asked(asked)) => asked.0,
        other => panic!("{other:?}"),
    }
}

const TWO: [&str; 2] = ["team.effect", "payer.rivals"];

#[test]
fn a_tornado_orders_by_swing_and_marks_what_turns() {
    let toy = toy(|scenario| {
        4.0 * place(scenario, "team.effect") - place(scenario, "payer.rivals") - 2.0
    });
    let found = ask(&toy, &question(&toy, Method::Tornado, &TWO));
    let Found::Tornado { bars, by_evidence } = &found.found else {
        panic!()
    };
    assert_eq!(
        (&*bars[0].name, &*bars[1].name),
        ("team.effect", "payer.rivals")
    );
    assert!((bars[0].size() - 4.0).abs() < 1e-9 && (bars[1].size() - 1.0).abs() < 1e-9);
    assert!(bars[0].turns && bars[0].ends.0 < 0.0 && bars[0].ends.1 > 0.0);
    let all: f64 = by_evidence.iter().map(|(_, share)| share).sum();
    assert!((all - 1.0).abs() < 1e-12);
    let own = |name: &str| toy.scenario.parameters.get(name).unwrap().evidence;
    let strongest = by_evidence
        .iter()
        .find(|(evidence, _)| *evidence == own("team.effect"));
    assert!(strongest.unwrap().1 >= 0.8);
    assert_eq!(found.points, 1 + 2 * 2);
}

#[test]
fn noise_turns_nothing_round() {
    let formula = |scenario: &Scenario| 1.5 - 2.0 * place(scenario, "team.effect");
    let of = |chance| {
        let toy = noisy(chance, formula);
        let found = ask(&toy, &question(&toy, Method::Tornado, &TWO));
        let Found::Tornado { bars, .. } = &found.found else {
            panic!()
        };
        let bar = bars.iter().find(|bar| bar.name == "team.effect").unwrap();
        let voice = crate::voice::Voice::new(zalm_report::Lang::En);
        let told = words::flips(&found, bars, &voice);
        (bar.turns, bar.wavers, told)
    };
    let (turns, wavers, told) = of(1e-8);
    assert!(turns && !wavers && told.contains("could turn"), "{told}");
    let (turns, wavers, told) = of(100.0);
    assert!(
        !turns && wavers && told.contains("told from chance"),
        "{told}"
    );
}

#[test]
fn quarters_show_a_bend_that_the_ends_hide() {
    let bend = |scenario: &Scenario| (place(scenario, "team.effect") - 0.5).powi(2) + 1.0;
    let toy = toy(bend);
    let question = Question {
        size: 5,
        ..question(&toy, Method::Tornado, &TWO)
    };
    let Found::Tornado { bars, .. } = ask(&toy, &question).found else {
        panic!()
    };
    let bar = bars.iter().find(|bar| bar.name == "team.effect").unwrap();
    assert!(bar.bends && !bar.turns, "{bar:?}");
}

#[test]
fn morris_finds_the_slopes() {
    // Over a distribution that is even on both sides of the value in use, a straight line has its
    // effects between twice the share of one side and twice that of the other.
    let toy =
        toy(|scenario| 3.0 * place(scenario, "team.effect") + place(scenario, "payer.rivals"));
    let question = Question {
        size: 40,
        ..question(&toy, Method::Morris, &TWO)
    };
    let Found::Morris {
        effects,
        trajectories,
    } = ask(&toy, &question).found
    else {
        panic!()
    };
    assert_eq!((trajectories, &*effects[0].name), (40, "team.effect"));
    assert!((effects[0].strength - 3.0).abs() < 0.3, "{effects:?}");
    assert!((effects[1].strength - 1.0).abs() < 0.1, "{effects:?}");
    assert!(effects.iter().all(|one| one.mean.unwrap() > 0.0));
}

#[test]
fn sobol_parts_the_variance_and_sees_interplay() {
    let toy = toy(|scenario| {
        (place(scenario, "team.effect") - 0.5) * (place(scenario, "payer.rivals") - 0.5)
    });
    let Found::Sobol { shares, noise, .. } = ask(&toy, &question(&toy, Method::Sobol, &TWO)).found
    else {
        panic!()
    };
    assert!(noise.unwrap() < 1e-12, "the strategies share their chance");
    for share in &shares {
        assert!(share.total > 0.8 && share.first < 0.4, "{share:?}");
    }
    let straight = self::toy(|scenario| place(scenario, "team.effect"));
    let Found::Sobol { shares, .. } =
        ask(&straight, &question(&straight, Method::Sobol, &TWO)).found
    else {
        panic!()
    };
    assert_eq!(shares[0].name, "team.effect");
    assert!((shares[0].first - 1.0).abs() < 0.1 && (shares[0].total - 1.0).abs() < 0.1);
    assert!(shares[1].total.abs() < 1e-9);
}

#[test]
fn chance_that_all_points_share_is_no_share_of_their_variance() {
    let noise_of = |toy: &Toy| {
        let question = Question {
            size: 32,
            ..question(toy, Method::Sobol, &TWO)
        };
        let Found::Sobol { noise, .. } = ask(toy, &question).found else {
            panic!()
        };
        noise.unwrap()
    };
    let formula = |scenario: &Scenario| place(scenario, "team.effect");
    // Far more than the parameter does, and the same at every point.
    assert!(noise_of(&noisy(100.0, formula)) < 1e-6);
    // Chance of a point's own: up or down by where the other parameter lies.
    let own = Toy::new(move |scenario, _, strategy, replication, _| {
        let null = scenario.strategies[strategy].name == scenario.null_alternative;
        let bits = (1e4 * place(scenario, "payer.rivals")) as u32;
        let up = (bits.wrapping_mul(2_654_435_761) >> 7).wrapping_add(replication) % 2;
        let moved = f64::from(up) - 0.5;
        if null { 0.0 } else { formula(scenario) + moved }
    });
    let share = noise_of(&own);
    assert!((0.1..1.0).contains(&share), "{share}");
}

#[test]
fn what_rests_on_assumptions_is_the_share_of_their_group() {
    let assumed = |scenario: &Scenario| {
        let all = scenario.parameters.iter();
        let assumed = all.filter(|(_, parameter)| parameter.evidence == Evidence::Assumption);
        assumed
            .filter(|(_, p)| p.high > p.low)
            .map(|(_, p)| (p.value - p.low) / (p.high - p.low))
            .sum()
    };
    let toy = toy(assumed);
    let question = Question {
        by: By::Evidence,
        size: 32,
        ..question(&toy, Method::Sobol, &[])
    };
    let Found::Sobol { shares, .. } = ask(&toy, &question).found else {
        panic!()
    };
    assert_eq!(shares[0].name, "Assumption");
    assert!(
        (shares[0].total - 1.0).abs() < 0.2 && shares[1].total.abs() < 1e-9,
        "{shares:?}"
    );
}

#[test]
fn text_and_page_say_how_much_rests_on_assumptions() {
    // Of the two, `payer.rivals` moves the difference three times as far.
    let toy =
        toy(|scenario| place(scenario, "team.effect") + 3.0 * place(scenario, "payer.rivals"));
    let found = ask(&toy, &question(&toy, Method::Tornado, &TWO));
    let evidence = |name: &str| toy.scenario.parameters.get(name).unwrap().evidence;
    let grades = TWO.map(|name| evidence(name) == Evidence::Assumption);
    assert_eq!(grades, [false, true], "choose a parameter of either kind");
    let origin = crate::Origin::default();
    let answer = crate::Answer::of(&found, &origin, &crate::Voice::new(zalm_report::Lang::En));
    let told = "75% belongs to parameters that are an assumption";
    assert!(answer.text.contains(told), "{}", answer.text);
    let page = answer.page.map(|page| format!("{page:?}"));
    assert!(page.is_some_and(|page| page.contains(told)));
}

#[test]
fn given_data_finds_what_drives() {
    let toy = toy(|scenario| place(scenario, "payer.rivals"));
    let question = Question {
        size: 300,
        ..question(&toy, Method::Given, &TWO)
    };
    let Found::Given { shares } = ask(&toy, &question).found else {
        panic!()
    };
    assert_eq!(shares[0].name, "payer.rivals");
    assert!(
        shares[0].share > 0.9 && shares[1].share.abs() < 0.15,
        "{shares:?}"
    );
}

#[test]
fn what_cannot_be_asked_says_what_to_do() {
    let toy = toy(|_| 1.0);
    let flat = question(&toy, Method::Tornado, &TWO);
    assert!(refused(&toy, &flat).contains("never varies"));
    let typo = Question {
        vary: vec!["team.efect".into(), "x*".into()],
        ..flat.clone()
    };
    let text = refused(&toy, &typo);
    assert!(
        text.contains("`team.effect`") && text.contains("`x*`"),
        "all at once: {text}"
    );
    let grouped = Question {
        by: By::Subject,
        ..flat.clone()
    };
    assert!(refused(&toy, &grouped).contains("one number at a time"));
    let null = Question {
        strategy: Some(toy.scenario.null_alternative.clone()),
        ..flat.clone()
    };
    assert!(refused(&toy, &null).contains("null alternative"));
    let sized = |size| Question {
        method: Method::Sobol,
        size,
        ..flat.clone()
    };
    assert!(refused(&toy, &sized(2)).contains("at least"));
    let odd = refused(&toy, &sized(100));
    assert!(odd.contains("--size 64 or --size 128"), "{odd}");
}

#[test]
fn a_design_smaller_than_its_method_asks_for_is_told_to_be_a_first_look() {
    let toy = toy(|scenario| place(scenario, "team.effect"));
    let told = |method, size| {
        let question = Question {
            size,
            ..question(&toy, method, &TWO)
        };
        let voice = crate::voice::Voice::new(zalm_report::Lang::En);
        words::head(&ask(&toy, &question), &voice).text()
    };
    let few = told(Method::Sobol, 32);
    assert!(
        few.contains("32 points") && few.contains("--size 1024"),
        "{few}"
    );
    let few = told(Method::Morris, 10);
    assert!(
        few.contains("10 trajectories") && few.contains("--size 20"),
        "{few}"
    );
    for enough in [told(Method::Morris, 20), told(Method::Tornado, 2)] {
        assert!(!enough.contains("first look"), "{enough}");
    }
}
