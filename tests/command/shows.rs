//! The commands that show and check.

use super::{TINY, say};

#[test]
fn plan_shows_the_month_and_the_comparison() {
    let month = say(&["plan"]);
    month.gives(
        0,
        &[
            "1 calendar",
            "2 households",
            "8 money",
            "9 lifecycle",
            "10 measure",
            "sweep::sweep",
            "strategy",
        ],
    );
    assert!(!month.out.contains("Shocks"));
    let plan = say(&[
        "plan",
        TINY,
        "--replications",
        "6",
        "--set",
        "switched_off=[Trust]",
    ])
    .out;
    assert!(plan.starts_with(&month.out));
    for text in [
        "36: 2009-01 to 2011-12",
        "month 12 (2010-01)",
        "24: strategies 2 x stressors 2 x replications 6",
        "carousel (null alternative)",
        "switched off  Trust",
        "2010-07  cut: closed budget of welfare -20%",
    ] {
        assert!(plan.contains(text), "no {text:?} in {plan}");
    }
}

#[test]
fn check_says_ok_or_shows_every_problem() {
    let good = say(&["check", TINY, "scenarios/heechterp-schieringen.ron"]);
    assert_eq!(good.code, Some(0), "{good:?}");
    assert_eq!(
        good.out
            .lines()
            .filter(|line| line.ends_with(": ok"))
            .count(),
        2
    );
    let files = [
        "scenarios/broken/out-of-range.ron",
        TINY,
        "scenarios/broken/missing-plugin.ron",
    ];
    let bad = say(&[&["check"][..], &files].concat());
    bad.gives(
        4,
        &[
            "12 is out of range",
            "6 is out of range",
            "tiny.ron: ok",
            "missing-plugin.ron:39",
        ],
    );
    assert!(!bad.out.contains('\u{1b}'), "colour without a terminal");
}

#[test]
fn check_tells_programs_too() {
    let said = say(&[
        "check",
        "--json",
        TINY,
        "scenarios/broken/misspelt-field.ron",
        "missing.ron",
    ]);
    assert_eq!(said.code, Some(4), "{said:?}");
    let document: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(
        (&document["schema"], &document["ok"]),
        (&"zalm.check/1".into(), &false.into())
    );
    let oks: Vec<bool> = (0..3)
        .filter_map(|file| document["files"][file]["ok"].as_bool())
        .collect();
    assert_eq!(oks, [true, false, false]);
    let problem = &document["files"][1]["problems"][0];
    assert!(
        problem["line"].as_u64() > Some(0) && problem["nearest"].is_string(),
        "{problem}"
    );
}

#[test]
fn parameters_carry_their_evidence() {
    let said = say(&["parameters", TINY, "--set", "parameters.team.effect=2.5"]).out;
    let (_, effect) = said.split_once("team.effect = 2.5").expect("the parameter");
    assert!(
        effect.starts_with("  [") && effect.contains("source: --set"),
        "{effect}"
    );
    let document = say(&["parameters", TINY, "--json"]).json();
    assert_eq!(document["schema"], "zalm.parameters/1");
    for parameter in document["parameters"].as_array().expect("parameters") {
        for part in ["name", "unit", "evidence", "source", "doc"] {
            assert!(
                parameter[part]
                    .as_str()
                    .is_some_and(|text| !text.is_empty()),
                "{parameter}"
            );
        }
    }
}

#[test]
fn metrics_say_what_they_mean() {
    let said = say(&["metrics", TINY]).out;
    let line = said
        .lines()
        .find(|line| line.trim_start().starts_with("cost.total"));
    let line = line.expect("cost.total");
    assert!(
        line.contains("euro") && line.contains("lower") && line.contains("sum"),
        "{line}"
    );
    assert_eq!(
        say(&["metrics", TINY, "--json"]).json()["schema"],
        "zalm.metrics/1"
    );
}

#[test]
fn plugins_are_listed_also_the_refused() {
    let scratch = zalm_tests::scratch();
    let name = format!(
        "{}zalm_odd{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    std::fs::write(scratch.path().join(name), "text").expect("a file");
    let said = say(&["plugin", "list", "--plugins", super::word(scratch.path())]);
    said.gives(
        0,
        &["carousel", "stakeholder-model", "refused", "E_NOT_LIBRARY"],
    );
    let document = say(&["plugin", "list", "--json"]).json();
    let usable = document["plugins"].as_array().expect("plugins");
    let used = usable
        .iter()
        .filter(|one| one["id"] == "carousel" && one["used"] == true);
    assert_eq!(used.count(), 1, "{document}");
}

#[test]
fn contradictions_name_both_places() {
    let said = say(&[
        "check",
        "scenarios/broken/two-forms.ron",
        "scenarios/broken/layers-out-of-order.ron",
    ]);
    said.gives(
        4,
        &[
            "layers \"stakeholder-model\" and \"social-enterprise\" both decide about form",
            "(the first in scenarios/broken/two-forms.ron:41)",
            "--> scenarios/broken/two-forms.ron:42",
            "layer \"social-enterprise\", for form, comes after \"new-finance\", for financing",
            "(the first in scenarios/broken/layers-out-of-order.ron:41)",
            "--> scenarios/broken/layers-out-of-order.ron:42",
            "layers in the order form, network, financing",
        ],
    );
}
