//! Threats: what can grow from nothing until something breaks.

use crate::limit::most;
use serde::Serialize;
use zalm_experiment::{Change, Point};
use zalm_scenario::{SPECS, Scenario, Shock, Stressor, Text};

/// Where a threat comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The project's own organisation.
    Own,
    /// The system around it.
    System,
}

/// A threat.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Threat {
    /// Name: that of a stressor, or of what ails the organisation.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What happens; empty for the own organisation, whose story is in the words.
    pub narrative: Text,
    /// Where its size comes from.
    pub source: Text,
    /// Parameters that it moves from the value in use towards an end of their plausible range.
    pub parameters: Vec<&'static str>,
    /// Largest severity that can be.
    pub top: f64,
}

/// What ails an organisation: its parameters, each with whether more is worse.
const OWN: [(&str, &[(&str, bool)]); 2] = [
    (
        "staff",
        &[
            ("worker.leave", true),
            ("worker.leave_uncertain", true),
            ("worker.hire", false),
        ],
    ),
    (
        "leaders",
        &[
            ("leader.leave", true),
            ("leader.burn_out", true),
            ("leader.search", true),
        ],
    ),
];

/// Whether a shock has a size, so that it can grow.
fn has_size(shock: &Shock) -> bool {
    matches!(
        shock,
        Shock::Cut { .. } | Shock::Decentralise { .. } | Shock::DemandGrowth { .. }
    )
}

/// The stressors that can grow, then what ails the own organisation.
pub(super) fn threats(scenario: &Scenario) -> Vec<Threat> {
    let stressors = scenario.stressors.iter();
    let sized = stressors.filter(|one| one.shocks.iter().any(has_size));
    let system = sized.map(|one| Threat {
        name: one.name.clone(),
        origin: Origin::System,
        narrative: one.narrative.clone(),
        source: one.source.clone(),
        parameters: Vec::new(),
        top: most(one).unwrap_or(f64::MAX),
    });
    let own = OWN.iter().map(|(name, parameters)| Threat {
        name: (*name).to_owned(),
        origin: Origin::Own,
        narrative: Text::default(),
        source: Text::default(),
        parameters: parameters.iter().map(|(name, _)| *name).collect(),
        top: f64::MAX,
    });
    system.chain(own).collect()
}

/// The scenario under threats of these severities: one stressor that holds all their shocks.
pub(super) fn point(scenario: &Scenario, threats: &[Threat], severities: &[f64]) -> Point {
    let mut stressor: Option<Stressor> = None;
    let mut changes = Vec::new();
    for (threat, &severity) in threats.iter().zip(severities) {
        if let Some(own) = scenario
            .stressors
            .iter()
            .find(|one| one.name == threat.name)
            && threat.origin == Origin::System
        {
            let own = own.scaled(severity);
            match &mut stressor {
                None => stressor = Some(own),
                Some(all) => all.shocks.extend(own.shocks),
            }
        }
        if severity > 0.0 {
            let moved = OWN
                .iter()
                .filter(|(name, _)| threat.origin == Origin::Own && *name == threat.name);
            let moved = moved.flat_map(|(_, parameters)| parameters.iter());
            changes.extend(moved.map(|&(name, more)| change(scenario, name, more, severity)));
        }
    }
    changes.push(Change::Stressors(stressor.into_iter().collect()));
    Point::new(0, changes)
}

/// A parameter moved towards its worse end, as far as it can be.
fn change(scenario: &Scenario, name: &str, more_is_worse: bool, severity: f64) -> Change {
    let parameter = scenario.parameters.get(name);
    let parameter = parameter.expect("a scenario has all parameters");
    let end = if more_is_worse {
        parameter.high
    } else {
        parameter.low
    };
    let spec = SPECS.iter().find(|spec| spec.name == name);
    let spec = spec.expect("own threats name parameters that exist");
    let value = parameter.value + severity * (end - parameter.value);
    Change::parameter(name, value.clamp(spec.min, spec.max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy::tiny;

    #[test]
    fn severity_one_is_the_scenario_and_the_worse_end() {
        let scenario = tiny();
        let threats = threats(&scenario);
        let changed = point(&scenario, &threats, &[1.0, 1.0, 0.0])
            .scenario(&scenario)
            .unwrap();
        let cut = scenario
            .stressors
            .iter()
            .find(|one| one.name == "cut")
            .unwrap();
        assert_eq!(changed.stressors, std::slice::from_ref(cut));
        for (name, more) in OWN[0].1 {
            let (old, new) = (
                scenario.parameters.get(name).unwrap(),
                changed.parameters.get(name).unwrap(),
            );
            let end = if *more { old.high } else { old.low };
            assert!((new.value - end).abs() < 1e-12, "{name}");
        }
        let leave = |one: &Scenario| one.parameters.get("leader.leave").unwrap().value;
        assert!((leave(&changed) - leave(&scenario)).abs() < 1e-12);
        let calm = point(&scenario, &threats, &[0.0; 3])
            .scenario(&scenario)
            .unwrap();
        assert!(calm.stressors[0].shocks.is_empty());
    }

    #[test]
    fn far_beyond_its_range_a_parameter_stays_what_it_can_be() {
        let scenario = tiny();
        let far = point(&scenario, &threats(&scenario), &[0.0, 1000.0, 0.0]);
        let hire = far
            .scenario(&scenario)
            .unwrap()
            .parameters
            .get("worker.hire")
            .unwrap()
            .value;
        assert!(hire >= 0.0, "{hire}");
    }
}
