//! Scenarios of the repository, to derive others from in code.

use crate::root;
use std::sync::LazyLock;
use zalm_scenario::{AreaInvestment, AreaWork, Evidence, Figure, Grant, Parameter, Scenario, read};

/// A scenario of the repository.
///
/// # Panics
/// With all its problems, when it has any.
pub fn scenario(path: &str) -> Scenario {
    match read(&root().join(path), &[]) {
        Ok(checked) => checked.scenario,
        Err(problems) => panic!("{path}: {problems:?}"),
    }
}

/// Sixty made-up households, one team, 36 months; read once, as random scenarios by the thousand are
/// made of it.
pub fn tiny() -> Scenario {
    static TINY: LazyLock<Scenario> = LazyLock::new(|| scenario("scenarios/tiny.ron"));
    TINY.clone()
}

/// The default scenario: 2,210 households, eight workers, 144 months.
pub fn heechterp() -> Scenario {
    scenario("scenarios/heechterp-schieringen.ron")
}

/// A made-up number.
pub fn figure(value: f64) -> Figure {
    Figure {
        value,
        evidence: Evidence::Assumption,
        source: "made up for a test".to_owned(),
    }
}

/// A made-up grant.
pub fn grant(payer: &str, share: f64, months: u32) -> Grant {
    Grant {
        payer: payer.to_owned(),
        share: figure(share),
        months,
    }
}

/// Made-up money for every kind of work, from the second year to the end: for the rungs in all
/// neighbourhoods, for the rest in the first.
pub fn area_investments(scenario: &Scenario) -> Vec<AreaInvestment> {
    let works = [
        (AreaWork::Basis, "corporation", 200.0),
        (AreaWork::Cohesion, "welfare", 200.0),
        (AreaWork::Control, "work-income", 200.0),
        (AreaWork::SelfReliance, "state", 200.0),
        (AreaWork::Art, "fund", 30.0),
        (AreaWork::Restructuring, "market", 100.0),
        (AreaWork::Sale, "market", 60.0),
        (AreaWork::Allocation, "safety", 40.0),
    ];
    works
        .map(|(work, payer, per_year)| AreaInvestment {
            work,
            neighbourhoods: match work {
                AreaWork::Art | AreaWork::Restructuring | AreaWork::Sale | AreaWork::Allocation => {
                    vec![scenario.place.neighbourhoods[0].code.clone()]
                }
                _ => Vec::new(),
            },
            payer: payer.to_owned(),
            per_year: figure(per_year),
            start: scenario.start.plus(12),
            months: scenario.months,
        })
        .to_vec()
}

/// A parameter of a scenario.
///
/// # Panics
/// When there is no such parameter.
pub fn parameter<'a>(scenario: &'a mut Scenario, name: &str) -> &'a mut Parameter {
    let found = scenario.parameters.get_mut(name);
    found.unwrap_or_else(|| panic!("there is no parameter {name}"))
}
