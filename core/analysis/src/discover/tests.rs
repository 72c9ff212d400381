use super::*;
use crate::toy::Toy;

fn question(draws: usize) -> Question {
    let toy = Toy::new(|_, _, _, _, _| 0.0);
    Question {
        failure: "project.alive<0.5".parse().unwrap(),
        strategy: Some(toy.scenario.strategies[0].name.clone()),
        stressor: None,
        vary: [
            "team.effect",
            "team.caseload",
            "payer.rivals",
            "payer.habit",
        ]
        .map(str::to_owned)
        .to_vec(),
        draws,
    }
}

/// Fails where rivals are strong and the team's effect is weak.
fn toy() -> Toy {
    Toy::new(|scenario, _, _, _, _| {
        let share = |name: &str| {
            let parameter = scenario.parameters.get(name).unwrap();
            (parameter.value - parameter.low) / (parameter.high - parameter.low)
        };
        let fails = share("payer.rivals") > 0.6 && share("team.effect") < 0.4;
        f64::from(u8::from(!fails))
    })
}

#[test]
fn the_box_that_was_built_in_is_found() {
    let (toy, question) = (toy(), question(600));
    let design = Design::new(&toy.scenario, &question).unwrap();
    let discovery = discover(&design, &toy).unwrap();
    let found = discovery.found.unwrap();
    let limited: Vec<&str> = found.limits.iter().map(|one| &*one.parameter).collect();
    assert!(
        limited.contains(&"payer.rivals") && limited.contains(&"team.effect"),
        "{limited:?}"
    );
    assert!(found.density > 0.85 && found.coverage > 0.85, "{found:?}");
    for one in &found.limits {
        if ["payer.rivals", "team.effect"].contains(&&*one.parameter) {
            assert!(
                one.quasi_p.unwrap() < 1e-6 && one.returns.unwrap() > 0.9,
                "{one:?}"
            );
        }
    }
    assert!(discovery.leaves[0].density > 0.85);
}

#[test]
fn too_few_failures_are_not_told_as_a_box() {
    let never = Toy::new(|_, _, _, _, _| 1.0);
    let question = question(200);
    let design = Design::new(&never.scenario, &question).unwrap();
    let Err(Problem::Asked(asked)) = discover(&design, &never) else {
        panic!("a box of nothing");
    };
    assert!(asked.0.contains("0 of 200 draws fail") && asked.0.contains("--draws"));
}

#[test]
fn failure_by_chance_has_no_box() {
    // By parity of the seventh digit of a parameter that is varied: no box holds it.
    let noise = Toy::new(|scenario, _, _, _, _| {
        let digits = (scenario.parameters.get("team.effect").unwrap().value * 1e7) as i64;
        (digits % 2) as f64
    });
    let question = question(400);
    let design = Design::new(&noise.scenario, &question).unwrap();
    let found = discover(&design, &noise).unwrap().found;
    let weak = |found: &Found| found.density < 0.75;
    assert!(found.as_ref().is_none_or(weak), "{found:?}");
}
