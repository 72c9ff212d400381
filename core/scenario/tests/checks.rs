//! Every rule that types cannot say, each broken once by a setting on a sound scenario.
#![forbid(unsafe_code)]

use std::path::Path;
use zalm_scenario::read;

/// Path, value, and a part of the message.
const RULES: &[(&str, &str, &str)] = &[
    (
        "parameters.team.effect",
        "(value: 0.0, low: 0.0, high: 1.0, evidence: Estimate, source: \"s\", distribution: LogNormal)",
        "there is no logarithm",
    ),
    (
        "parameters.team.effect",
        "(value: 1.0, low: 1.0, high: 1.0, evidence: Estimate, source: \"s\", distribution: Pert)",
        "nothing can be drawn between 1 and 1",
    ),
    (
        "parameters.team.effect.distribution",
        "Experts(opinions: [(low: 0.1, likely: 0.2, high: 0.3)])",
        "1 experts cannot be pooled",
    ),
    (
        "parameters.team.effect.distribution",
        "Experts(opinions: [(low: 0.1, likely: 0.2, high: 9.0), (low: 0.4, likely: 0.2, high: 0.3)])",
        "expert 2 says 0.4, 0.2, 0.3",
    ),
    (
        "parameters.team.effect.distribution",
        "Experts(opinions: [(low: 0.1, likely: 0.2, high: 9.0), (low: -1.0, likely: 0.2, high: 0.3)])",
        "expert 2 says -1 to 0.3, which is out of range",
    ),
    (
        "parameters.team.effect.distribution",
        "Experts(opinions: [(low: 0.1, likely: 0.2, high: 0.3), (low: 0.1, likely: 0.2, high: 0.3)])",
        "wider than any expert says",
    ),
    (
        "parameters.team.effect",
        "(value: 3.0, low: 4.0, high: 2.0, evidence: Estimate, source: \"s\")",
        "the plausible range begins at 4 and ends at 2",
    ),
    (
        "parameters.team.effect.distribution",
        "LogNormaal",
        "LogNormaal",
    ),
    ("title", " ", "this text is empty"),
    ("title", "(nl: \"x\")", "`en` is missing"),
    ("title", "(nl: \"x\", en: \" \")", "this text is empty"),
    ("title", "(nl: \"x\", de: \"y\")", "there is no field `de`"),
    (
        "projects[team].name",
        "(nl: 1, en: \"y\")",
        "the number 1 does not fit",
    ),
    ("stressors[1].title", "\"\"", "this text is empty"),
    ("strategies[1].title", "\" \"", "this text is empty"),
    (
        "strategies[1].changes",
        "[(from: \"2010-01\", parameters: {\"months\": 12})]",
        "other parameters from 2010-01 on",
    ),
    (
        "strategies[1].changes",
        "[(from: \"2031-01\", parameters: {\"months\": 12})]",
        "the change of parameters of 2031-01 lies outside the period",
    ),
    (
        "strategies[1].changes",
        "[(from: \"2011-06\", parameters: {})]",
        "nothing changes",
    ),
    (
        "strategies[1].changes",
        "[(from: \"2011-06\", parameters: {\"a\": 1}), (from: \"2011-06\", parameters: {\"a\": 2})]",
        "other parameters from 2011-06 on",
    ),
    ("months", "0", "0 is out of range"),
    ("series_every", "0", "0 is out of range"),
    ("series_every", "100", "100 is out of range"),
    ("replications", "1", "1 replications show no spread"),
    ("replications", "-4", "the number -4 does not fit"),
    (
        "policy_date",
        "2008-12",
        "the policy date 2008-12 lies outside",
    ),
    (
        "policy_date",
        "2012-01",
        "the policy date 2012-01 lies outside",
    ),
    ("policy_date", "2010-13", "\"2010-13\" is no month"),
    (
        "switched_off",
        "[Ties, Ties]",
        "another mechanism called \"Ties\"",
    ),
    ("switched_off", "[Tie]", "there is no `Tie` here"),
    ("municipality.direction", "1.1", "1.1 is out of range"),
    (
        "municipality.elections",
        "[\"2014-03\", \"2010-03\"]",
        "the election of 2010-03",
    ),
    ("municipality.direction.source", " ", "this text is empty"),
    ("place.neighbourhoods", "[]", "without neighbourhoods"),
    (
        "place.neighbourhoods[0].households",
        "0",
        "0 is no number of households",
    ),
    (
        "place.neighbourhoods[0].households",
        "60.5",
        "60.5 is no number of households",
    ),
    (
        "place.neighbourhoods[0].inhabitants",
        "10",
        "10 inhabitants in 60 households",
    ),
    (
        "place.neighbourhoods[0].with_children",
        "0.9",
        "households with children make 1.5",
    ),
    ("discount_rates", "[]", "no discount rate"),
    ("discount_rates[0].rate", "0.3", "0.3 is out of range"),
    (
        "discount_rates[1].from",
        "2001-01",
        "the discount rate of 2001-01 stands after",
    ),
    ("payers", "[]", "nobody pays"),
    ("payers[state].openness", "1.5", "1.5 is out of range"),
    ("payers[state].budget", "-1", "-1 is out of range"),
    (
        "payers[state].id",
        "welfare",
        "another payer called \"welfare\"",
    ),
    ("payers[state].kind", "Estate", "there is no `Estate` here"),
    (
        "silo_care[1].domain",
        "Housing",
        "another place of silo care called \"housing\"",
    ),
    (
        "silo_care[1].payer",
        "nobody",
        "there is no payer called \"nobody\"",
    ),
    (
        "use_costs[0].id",
        "housing",
        "\"housing\" is the name of a life domain",
    ),
    (
        "use_costs[0].id",
        "eviction",
        "another cost item called \"eviction\"",
    ),
    ("use_costs[0].per_year", "(0, -1, 0)", "-1 is out of range"),
    (
        "use_costs[0].per_year",
        "(0, 1)",
        "a group of values does not fit",
    ),
    (
        "crises[0].costs",
        "[]",
        "a crisis that costs nobody anything",
    ),
    (
        "projects[team].start",
        "2020-01",
        "the start 2020-01 lies outside",
    ),
    ("projects[team].workers", "0", "a team without workers"),
    (
        "projects[team].workers",
        "1.5",
        "1.5 is no number of workers",
    ),
    ("projects[team].grants[0].months", "0", "0 is out of range"),
    (
        "projects[team].grants[0].share",
        "0.9",
        "1.40 times the cost",
    ),
    (
        "projects[team].ties.welfare",
        "(0, 0, 2, 0)",
        "2 is out of range",
    ),
    ("parameters.team.effect", "21", "21 is out of range"),
    (
        "parameters.team.effect.low",
        "5",
        "outside its own plausible range",
    ),
    (
        "parameters.team.network",
        "0.5",
        "the four parts of the team's effect",
    ),
    ("strategies", "[]", "nothing to compare"),
    ("strategies[0].plugin", " ", "this text is empty"),
    (
        "null_alternative",
        "nothing",
        "there is no strategy called \"nothing\"",
    ),
    ("stressors", "[]", "there is no stressor"),
    (
        "stressors[1].shocks",
        "[AldermanLeaves(at: \"2009-03\")]",
        "before the policy date",
    ),
    (
        "shocks",
        "[Exit(at: \"2010-01\", payer: \"stat\")]",
        "there is no payer called \"stat\"",
    ),
    (
        "shocks",
        "[Exit(at: \"2008-01\", payer: \"state\")]",
        "lies outside the period",
    ),
    (
        "shocks",
        "[DemandGrowth(at: \"2010-01\", per_year: 0.1, months: 0)]",
        "0 is out of range",
    ),
    (
        "shocks",
        "[Cut(at: \"2010-01\", payer: \"state\")]",
        "`share` is missing",
    ),
    ("shocks", "[Cut]", "`Cut` does not fit here"),
];

/// The messages when settings are applied to the tiny scenario.
fn messages(settings: &[(&str, &str)]) -> Vec<String> {
    let own = |(path, value): &(&str, &str)| ((*path).to_owned(), (*value).to_owned());
    let settings: Vec<_> = settings.iter().map(own).collect();
    match read(Path::new("../../scenarios/tiny.ron"), &settings) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.list().into_iter().map(|p| p.message).collect(),
    }
}

#[test]
fn every_rule_is_kept() {
    for (path, value, expected) in RULES {
        let found = messages(&[(path, value)]);
        assert!(
            found.iter().any(|message| message.contains(expected)),
            "{path}={value}: {found:?}"
        );
    }
}

#[test]
fn a_decentralisation_moves_what_its_payer_bears_and_only_once() {
    let moves = |items: &str, from: &str, to: &str| {
        let value = format!(
            "[Decentralise(at: \"2011-01\", items: [{items}], from: \"{from}\", to: \"{to}\", discount: 0)]"
        );
        messages(&[("stressors[1].shocks", &value)])
    };
    assert!(moves("\"youth-care\", \"parenting\"", "state", "youth").is_empty());
    assert!(moves("\"youth-care\"", "insurer", "youth")[0].contains("does not bear"));
    assert!(moves("\"youth-care\"", "state", "state")[0].contains("to itself"));
    assert!(moves("", "state", "youth")[0].contains("nothing is handed over"));
    assert!(moves("\"youth\"", "state", "youth")[0].contains("no cost item or life domain"));
    let one = "Decentralise(at: \"2010-06\", items: [\"youth-care\"], from: \"state\", to: \"youth\", discount: 0)";
    let two = "Decentralise(at: \"2011-06\", items: [\"youth-care\"], from: \"youth\", to: \"state\", discount: 0)";
    let found = messages(&[
        ("shocks", &format!("[{one}]")),
        ("stressors[1].shocks", &format!("[{two}]")),
    ]);
    assert_eq!(found, ["\"youth-care\" is decentralised twice"]);
}

#[test]
fn founded_projects_have_room_beside_those_of_the_scenario() {
    let text = std::fs::read_to_string("../../scenarios/tiny.ron").expect("it is shipped");
    let (_, from) = text.split_once("  projects: [\n").expect("it has projects");
    let (team, _) = from.split_once("  ],\n  strategies").expect("they end");
    let many = |number: usize| -> Vec<String> {
        let teams = (0..number).map(|one| team.replace("\"team\"", &format!("\"team-{one}\"")));
        let found = messages(&[("projects", &format!("[{}]", teams.collect::<String>()))]);
        let of_number = |message: &String| message.ends_with(" projects");
        found.into_iter().filter(of_number).collect()
    };
    // Each can be founded again, and twenty more people can found one: 2 * 118 + 20 = 256.
    assert!(many(118).is_empty());
    assert_eq!(many(119), ["119 projects"]);
}
