//! `--set PATH=VALUE`, from the file to the checked scenario.
#![forbid(unsafe_code)]

use std::path::Path;
use zalm_scenario::{Checked, Evidence, Problems, read};

fn set(settings: &[(&str, &str)]) -> Result<Checked, Problems> {
    let own = |(path, value): &(&str, &str)| ((*path).to_owned(), (*value).to_owned());
    let settings: Vec<_> = settings.iter().map(own).collect();
    read(Path::new("../../scenarios/tiny.ron"), &settings)
}

#[test]
fn settings_change_what_is_read() {
    let found = set(&[
        ("replications", "9"),
        ("title", "Another title"),
        ("policy_date", "2010-03"),
        ("parameters.team.effect", "19.5"),
        ("payers[welfare].budget", "1200.5"),
        ("stressors[1].shocks[0].share", "0.1"),
        ("switched_off", "[Ties]"),
        ("place", "../../scenarios/places/ondiep.ron"),
    ]);
    let scenario = found.unwrap().scenario;
    assert_eq!(scenario.replications, 9);
    assert_eq!(scenario.title, "Another title".into());
    assert_eq!(scenario.policy_date.to_string(), "2010-03");
    assert_eq!(scenario.place.name, "Ondiep");
    assert_eq!(scenario.switched_off.len(), 1);
    let effect = scenario.parameters.get("team.effect").unwrap();
    assert_eq!(effect.value.to_bits(), 19.5f64.to_bits());
    assert_eq!(effect.high.to_bits(), 19.5f64.to_bits());
    assert_eq!(effect.evidence, Evidence::Assumption);
    assert_eq!(effect.source, "--set parameters.team.effect=19.5");
}

#[test]
fn the_resolved_text_holds_the_settings() {
    let found = set(&[("replications", "9")]).unwrap();
    assert!(found.resolved.contains("replications: 9"));
    assert_eq!(found.sources[1].text, "replications=9");
}

#[test]
fn mistakes_point_into_the_flag() {
    let problems = set(&[
        ("replicatons", "9"),
        ("parameters.team.efect", "3"),
        ("stressors[2].shocks[0].share", "0.1"),
        ("municipality.direction", "7"),
        ("seed", "abc"),
    ]);
    let list = problems.unwrap_err().list();
    let found: Vec<_> = list
        .iter()
        .map(|p| {
            (
                p.file.as_str(),
                p.column,
                p.found.as_str(),
                p.nearest.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("--set", 1, "replicatons", Some("replications")),
            ("--set", 12, "team.efect", Some("team.effect")),
            ("--set", 10, "[2]", None),
            ("--set", 24, "7", None),
            ("--set", 6, "abc", None),
        ]
    );
}
