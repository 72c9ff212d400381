//! A scenario's parameters against what the plugin declares: every problem at once.

use crate::declared::{ParameterDescription, ParameterType};
use crate::description::Description;
use crate::nearest::hint;
use std::collections::BTreeMap;
use std::fmt;
use zalm_scenario::StrategyValue;

/// What is wrong with one parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterProblem {
    /// Name of the parameter as the scenario has it.
    pub parameter: String,
    /// What is wrong, what was expected.
    pub message: String,
}

impl fmt::Display for ParameterProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// All parameters of a strategy, with defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedParameters {
    /// By name.
    pub values: BTreeMap<String, StrategyValue>,
    /// The same as JSON with sorted keys, as the plugin gets it and the run record keeps it.
    pub json: String,
}

impl Description {
    /// Checks `given` against the declared parameters and fills in defaults.
    ///
    /// # Errors
    /// All problems: unknown names, wrong types, values out of range or not finite.
    pub fn check(
        &self,
        given: &BTreeMap<String, StrategyValue>,
    ) -> Result<CheckedParameters, Vec<ParameterProblem>> {
        let mut problems = Vec::new();
        let mut wrong = |name: &str, message| {
            let parameter = name.to_owned();
            problems.push(ParameterProblem { parameter, message });
        };
        for name in given.keys() {
            if !self.parameters.iter().any(|one| one.answers_to(name)) {
                wrong(name, self.unknown(name));
            }
        }
        let mut values = BTreeMap::new();
        for parameter in &self.parameters {
            let mut names = given.iter().filter(|(name, _)| parameter.answers_to(name));
            let (said, value) = match (names.next(), names.next()) {
                (Some((one, _)), Some((other, _))) => {
                    let now = &parameter.name;
                    let message = format!("{one} and {other} are the same parameter, now {now}");
                    wrong(other, message);
                    continue;
                }
                (Some((said, value)), None) => (said, value),
                _ => (&parameter.name, &parameter.default),
            };
            match check_value(parameter, value) {
                Ok(value) => {
                    values.insert(parameter.name.clone(), value);
                }
                Err(message) => wrong(said, message),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let json = serde_json::to_string(&values).unwrap_or_default();
        Ok(CheckedParameters { values, json })
    }

    /// Checks `given` and nothing else; under the present names.
    ///
    /// # Errors
    /// As [`Description::check`].
    pub(crate) fn named(
        &self,
        given: &BTreeMap<String, StrategyValue>,
    ) -> Result<BTreeMap<String, StrategyValue>, Vec<ParameterProblem>> {
        let mut values = self.check(given)?.values;
        values.retain(|name, _| {
            let mut parameters = self.parameters.iter().filter(|one| one.name == *name);
            parameters.any(|one| given.keys().any(|said| one.answers_to(said)))
        });
        Ok(values)
    }

    fn unknown(&self, name: &str) -> String {
        let names: Vec<&str> = self.parameters.iter().map(|p| p.name.as_str()).collect();
        if names.is_empty() {
            return format!(
                "parameter {name} is unknown: plugin {} has no parameters",
                self.id
            );
        }
        let hint = hint(name, names.iter().copied());
        let all = names.join(", ");
        format!(
            "parameter {name} is unknown{hint} (plugin {} has {all})",
            self.id
        )
    }
}

/// The value in the declared type.
///
/// # Errors
/// What was expected.
pub(crate) fn check_value(
    parameter: &ParameterDescription,
    value: &StrategyValue,
) -> Result<StrategyValue, String> {
    let name = &parameter.name;
    let value = match (parameter.kind, value) {
        (ParameterType::F64, StrategyValue::Integer(n)) => StrategyValue::Number(*n as f64),
        (ParameterType::Bool, StrategyValue::Bool(_))
        | (ParameterType::I64, StrategyValue::Integer(_))
        | (ParameterType::F64, StrategyValue::Number(_))
        | (ParameterType::Text, StrategyValue::Text(_)) => value.clone(),
        (kind, other) => {
            return Err(format!(
                "parameter {name} is {}; expected {}",
                shown(other),
                kind.words()
            ));
        }
    };
    let number = match value {
        StrategyValue::Integer(n) => n as f64,
        StrategyValue::Number(x) if x.is_finite() => x,
        StrategyValue::Number(x) => {
            return Err(format!("parameter {name} is {x}; expected a finite number"));
        }
        StrategyValue::Bool(_) | StrategyValue::Text(_) => return Ok(value),
    };
    let low = parameter.min.is_some_and(|min| number < min);
    let high = parameter.max.is_some_and(|max| number > max);
    if low || high {
        return Err(format!(
            "parameter {name} is {}; expected {}",
            shown(&value),
            range(parameter)
        ));
    }
    Ok(value)
}

fn shown(value: &StrategyValue) -> String {
    match value {
        StrategyValue::Bool(b) => b.to_string(),
        StrategyValue::Integer(n) => n.to_string(),
        StrategyValue::Number(x) => format!("{x:?}"),
        StrategyValue::Text(text) => format!("{text:?}"),
    }
}

fn range(parameter: &ParameterDescription) -> String {
    let unit = if parameter.unit.is_empty() {
        String::new()
    } else {
        format!(" ({})", parameter.unit)
    };
    match (parameter.min, parameter.max) {
        (Some(min), Some(max)) => format!("{min} to {max}{unit}"),
        (Some(min), None) => format!("at least {min}{unit}"),
        (None, Some(max)) => format!("at most {max}{unit}"),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Description, StrategyValue};
    use StrategyValue::{Bool, Integer, Number, Text};

    fn description() -> Description {
        Description::read(
            r#"{"id":"a","version":"1.0.0","name":{"en":"A","nl":"A"},"columns":[],"parameters":[
                {"name":"before","type":"i64","unit":"month","default":6,"min":1.0,"max":60.0},
                {"name":"contact","type":"f64","unit":"share","default":0.3,"min":0.0,"max":1.0},
                {"name":"early","type":"bool","default":false}]}"#,
        )
        .expect("valid")
    }

    fn given(values: &[(&str, StrategyValue)]) -> BTreeMap<String, StrategyValue> {
        values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect()
    }

    #[test]
    fn defaults_are_filled_in_and_the_text_is_canonical() {
        let checked = description()
            .check(&given(&[("contact", Integer(1))]))
            .expect("valid");
        assert_eq!(checked.json, r#"{"before":6,"contact":1.0,"early":false}"#);
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let problems = description()
            .check(&given(&[
                ("befor", Integer(3)),
                ("before", Integer(61)),
                ("contact", Number(f64::NAN)),
                ("early", Text("yes".into())),
            ]))
            .expect_err("refused");
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "parameter befor is unknown; did you mean before? (plugin a has before, contact, early)",
                "parameter before is 61; expected 1 to 60 (month)",
                "parameter contact is NaN; expected a finite number",
                "parameter early is \"yes\"; expected true or false",
            ]
        );
    }

    #[test]
    fn a_former_name_is_understood_and_the_present_one_is_kept() {
        let mut description = description();
        description.parameters[0].formerly = vec!["lead".into()];
        let checked = description.check(&given(&[("lead", Integer(9))]));
        let json = checked.expect("valid").json;
        assert_eq!(json, r#"{"before":9,"contact":0.3,"early":false}"#);
        let both = given(&[("lead", Integer(9)), ("before", Integer(9))]);
        let problems = description.check(&both).expect_err("refused");
        let message = "before and lead are the same parameter, now before";
        assert_eq!((problems.len(), &*problems[0].message), (1, message));
    }

    #[test]
    fn a_fraction_is_no_whole_number() {
        let problems = description()
            .check(&given(&[("before", Number(2.5))]))
            .expect_err("no");
        assert_eq!(
            problems[0].message,
            "parameter before is 2.5; expected a whole number"
        );
        assert!(
            description()
                .check(&given(&[("early", Bool(true))]))
                .is_ok()
        );
    }
}
