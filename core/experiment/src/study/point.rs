//! A point of an experiment: the scenario with some changes, checked again.
//!
//! Three loops are kept apart. A *stressor* is a story without a probability, a *draw* a set of
//! parameter values with a distribution, a *replication* chance. A point is one draw; all strategies
//! under all stressors are run at it, replication by replication.

use sha2::{Digest, Sha256};
use zalm_scenario::{Mechanism, SPECS, Scenario, Stressor, in_ron, nearest, position, recheck};

/// One point of an experiment; [`Point::default`] is the scenario as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Number of the draw, which the result tables name; 0 for the scenario as it is.
    pub draw: u32,
    /// What is changed, in order.
    pub changes: Vec<Change>,
    /// Which chance the replications have.
    pub noise: Noise,
}

/// A change to the scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Another value of a parameter; parts of a whole are made whole again.
    Parameter {
        /// Name, see [`SPECS`].
        name: String,
        /// Value, in its unit.
        value: f64,
    },
    /// The shocks of a stressor, multiplied.
    Severity {
        /// Name of the stressor.
        stressor: String,
        /// Factor, 0 or more; 0 is no shock at all.
        factor: f64,
    },
    /// Other stressors, instead of those of the scenario.
    Stressors(Vec<Stressor>),
    /// A mechanism that is switched off.
    SwitchOff(Mechanism),
}

/// Which chance the replications of a point have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Noise {
    /// The same at every point, so that points differ by their changes alone (common random
    /// numbers): for comparisons, ladders, sensitivity.
    #[default]
    Shared,
    /// Its own for every draw, so that the variance over draws can be split into chance and
    /// ignorance: for probabilistic analysis.
    OfDraw,
}

impl Change {
    /// Another value of a parameter.
    pub fn parameter(name: impl Into<String>, value: f64) -> Self {
        Self::Parameter {
            name: name.into(),
            value,
        }
    }
}

impl Point {
    /// A point with shared noise.
    pub fn new(draw: u32, changes: Vec<Change>) -> Self {
        Self {
            draw,
            changes,
            noise: Noise::Shared,
        }
    }

    /// The changed scenario, checked again.
    ///
    /// # Errors
    /// Everything that is wrong with the changes, at once.
    pub fn scenario(&self, base: &Scenario) -> Result<Scenario, Vec<String>> {
        let mut scenario = base.clone();
        let mut problems = Vec::new();
        for change in &self.changes {
            if let Err(problem) = apply(&mut scenario, change) {
                problems.push(problem);
            }
        }
        let changed: Vec<&str> = self.values().map(|(name, _)| name).collect();
        scenario.parameters.make_whole(&changed);
        if self.noise == Noise::OfDraw {
            scenario.seed = seed_of(base.seed, self.draw);
        }
        // Parameters are checked one by one; only other changes can break what hangs together.
        let is_parameter = |change: &Change| matches!(change, Change::Parameter { .. });
        if problems.is_empty()
            && !self.changes.iter().all(is_parameter)
            && let Err(found) = recheck(&scenario)
        {
            problems.push(found.render(false));
        }
        if problems.is_empty() {
            Ok(scenario)
        } else {
            Err(problems)
        }
    }

    /// The scenarios of points, see [`Point::scenario`].
    ///
    /// # Errors
    /// Everything that is wrong with the points, at once.
    pub fn scenarios(points: &[Self], base: &Scenario) -> Result<Vec<Scenario>, Vec<String>> {
        let mut scenarios = Vec::with_capacity(points.len());
        let mut problems = Vec::new();
        for point in points {
            match point.scenario(base) {
                Ok(scenario) => scenarios.push(scenario),
                Err(found) => {
                    let of = |problem| format!("draw {}: {problem}", point.draw);
                    problems.extend(found.into_iter().map(of));
                }
            }
        }
        if problems.is_empty() {
            Ok(scenarios)
        } else {
            Err(problems)
        }
    }

    /// Parameters that have a value of their own, in order.
    pub fn values(&self) -> impl Iterator<Item = (&str, f64)> {
        self.changes.iter().filter_map(|change| match change {
            Change::Parameter { name, value } => Some((name.as_str(), *value)),
            _ => None,
        })
    }
}

fn apply(scenario: &mut Scenario, change: &Change) -> Result<(), String> {
    match change {
        Change::Parameter { name, value } => set(scenario, name, *value)?,
        Change::Severity { stressor, factor } => {
            if !factor.is_finite() || *factor < 0.0 {
                return Err(format!(
                    "{stressor}: the severity {factor} cannot be; expected 0 or more"
                ));
            }
            let found = scenario
                .stressors
                .iter_mut()
                .find(|one| one.name == *stressor);
            let Some(found) = found else {
                let names = scenario.stressors.iter().map(|one| one.name.as_str());
                return Err(unknown("stressor", stressor, names));
            };
            *found = found.scaled(*factor);
        }
        Change::Stressors(stressors) => scenario.stressors.clone_from(stressors),
        Change::SwitchOff(mechanism) => {
            if !scenario.switched_off.contains(mechanism) {
                scenario.switched_off.push(*mechanism);
            }
        }
    }
    Ok(())
}

fn set(scenario: &mut Scenario, name: &str, value: f64) -> Result<(), String> {
    let Some(index) = position(name) else {
        return Err(unknown(
            "parameter",
            name,
            SPECS.iter().map(|spec| spec.name),
        ));
    };
    let spec = &SPECS[index];
    if !(spec.min..=spec.max).contains(&value) {
        let unit = match spec.unit {
            "1" => String::new(),
            unit => format!(" {unit}"),
        };
        return Err(format!(
            "{name}: {value} is out of range; expected {} to {}{unit}",
            spec.min, spec.max
        ));
    }
    scenario.parameters.0[index].set(value);
    Ok(())
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let hint =
        nearest(name, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    format!("there is no {what} `{name}`{hint}")
}

/// The seed of a draw's own noise; the same on every machine.
fn seed_of(seed: u64, draw: u32) -> u64 {
    let digest = Sha256::new()
        .chain_update(b"noise of a draw")
        .chain_update(seed.to_le_bytes())
        .chain_update(draw.to_le_bytes())
        .finalize();
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    u64::from_le_bytes(bytes)
}

/// What of one scenario makes the other, as settings of the command line: path and value.
pub(super) fn settings(base: &Scenario, changed: &Scenario) -> Vec<(String, String)> {
    let mut settings = Vec::new();
    for ((spec, old), (_, new)) in base.parameters.iter().zip(changed.parameters.iter()) {
        if old.value.to_bits() != new.value.to_bits() {
            let path = format!("parameters.{}", spec.name);
            // RON keeps the point of a whole number, so that it reads back as a number.
            settings.push((path, in_ron(&new.value)));
        }
    }
    if base.stressors != changed.stressors {
        settings.push(("stressors".to_owned(), in_ron(&changed.stressors)));
    }
    if base.switched_off != changed.switched_off {
        settings.push(("switched_off".to_owned(), in_ron(&changed.switched_off)));
    }
    if base.seed != changed.seed {
        settings.push(("seed".to_owned(), changed.seed.to_string()));
    }
    settings
}
