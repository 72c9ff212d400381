//! Scenarios of the repository, to derive others from in code.

use crate::root;
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

/// Sixty made-up households, one team, 36 months.
pub fn tiny() -> Scenario {
    scenario("scenarios/tiny.ron")
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

/// Made-up money for every rung of the neighbourhoods, from the second year to the end.
pub fn area_investments(scenario: &Scenario) -> Vec<AreaInvestment> {
    let works = [
        (AreaWork::Basis, "corporation"),
        (AreaWork::Cohesion, "welfare"),
        (AreaWork::Control, "work-income"),
        (AreaWork::SelfReliance, "state"),
    ];
    let invest = |(work, payer): (AreaWork, &str)| AreaInvestment {
        work,
        neighbourhoods: Vec::new(),
        payer: payer.to_owned(),
        per_year: figure(200.0),
        start: scenario.start.plus(12),
        months: scenario.months,
    };
    works.map(invest).to_vec()
}

/// A parameter of a scenario.
///
/// # Panics
/// When there is no such parameter.
pub fn parameter<'a>(scenario: &'a mut Scenario, name: &str) -> &'a mut Parameter {
    let found = scenario.parameters.get_mut(name);
    found.unwrap_or_else(|| panic!("there is no parameter {name}"))
}
