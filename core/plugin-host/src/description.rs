//! What a loaded library says about itself, as a whole.

use crate::declared::{
    ColumnDescription, EventDescription, MetricDescription, Names, OwnDescription,
    ParameterDescription, RoleName,
};
use crate::nearest::hint;
use crate::parameters::check_value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use zalm_model::{COLUMNS, is_metric_group};

/// What a strategy says about itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// Id in scenarios.
    pub id: String,
    /// Version.
    pub version: String,
    /// Names.
    pub name: Names,
    /// What it does, in English.
    #[serde(default)]
    pub doc: String,
    /// What it decides about in a combination: `form` (also when it does not say), `network` or
    /// `financing`.
    #[serde(default)]
    pub role: RoleName,
    /// Its parameters.
    pub parameters: Vec<ParameterDescription>,
    /// The columns that it reads, in the order in which it gets them.
    pub columns: Vec<ColumnDescription>,
    /// The columns that it keeps for itself; it gets them after those that it reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<OwnDescription>,
    /// The metrics that it measures itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<MetricDescription>,
    /// The types of events that it tells itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventDescription>,
    /// Phases in which it acts.
    #[serde(default)]
    pub phases: Vec<String>,
    /// What it may ask.
    #[serde(default)]
    pub capabilities: Vec<String>,
}

impl Description {
    /// Reads a description and checks it against the model.
    ///
    /// # Errors
    /// What is wrong, for the plugin's author.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let description: Self = serde_json::from_str(text)
            .map_err(|error| format!("has a description that cannot be read: {error}"))?;
        if is_metric_group(&description.id) {
            return Err(format!(
                "is called {0}, as a group of the model's own metrics is ({0}.*): what it measures \
                 would stand among those; choose another id",
                description.id
            ));
        }
        description.check_parameters()?;
        description.column_indices()?;
        description.check_own()?;
        let metrics = description.metrics.iter();
        named_once("a metric", metrics.map(|metric| &*metric.name))?;
        description.check_events()?;
        match description.phases.iter().find(|phase| *phase != "month") {
            Some(phase) => Err(format!(
                "wants to act in phase {phase}; there is only month"
            )),
            None => Ok(description),
        }
    }

    fn check_parameters(&self) -> Result<(), String> {
        let mut names = BTreeSet::new();
        for parameter in &self.parameters {
            for name in [&parameter.name].into_iter().chain(&parameter.formerly) {
                if !names.insert(name) {
                    return Err(format!("declares parameter {name} twice"));
                }
            }
            check_value(parameter, &parameter.default)
                .map_err(|wrong| format!("declares a default that it refuses: {wrong}"))?;
        }
        Ok(())
    }

    fn check_own(&self) -> Result<(), String> {
        named_once("a column of its own", self.own.iter().map(|own| &*own.name))?;
        for own in &self.own {
            if !own.default.is_finite() {
                return Err(format!(
                    "keeps column {} with a default that is no number",
                    own.name
                ));
            }
        }
        Ok(())
    }

    fn check_events(&self) -> Result<(), String> {
        named_once("an event", self.events.iter().map(|event| &*event.name))?;
        for event in &self.events {
            let fields = event.fields.iter();
            let what = format!("of its event {} the value", event.name);
            named_once(&what, fields.map(|field| &*field.name))?;
        }
        Ok(())
    }

    /// Position of each wanted column in the model's list; none for an optional one that the model
    /// does not have.
    ///
    /// # Errors
    /// The first column that the model does not have in this form.
    pub(crate) fn column_indices(&self) -> Result<Vec<Option<usize>>, String> {
        self.columns.iter().map(column_index).collect()
    }
}

/// Names of what a strategy has itself: none twice, none empty or with a dot.
fn named_once<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) || name.is_empty() || name.contains('.') {
            return Err(format!(
                "declares {what} {name:?}; expected a name that is there once, without a dot"
            ));
        }
    }
    Ok(())
}

fn column_index(wanted: &ColumnDescription) -> Result<Option<usize>, String> {
    let index = COLUMNS.iter().position(|column| column.name == wanted.name);
    let Some(index) = index else {
        if wanted.optional {
            return Ok(None);
        }
        let names = COLUMNS.iter().map(|column| column.name);
        return Err(format!(
            "wants column {}, which does not exist{}",
            wanted.name,
            hint(&wanted.name, names)
        ));
    };
    let column = &COLUMNS[index];
    let kind = column.kind.name();
    if wanted.kind != kind {
        return Err(format!(
            "wants column {} as {}; it is {kind}",
            wanted.name, wanted.kind
        ));
    }
    if !wanted.unit.is_empty() && wanted.unit != column.unit {
        return Err(format!(
            "wants column {} in {}; it is in {}",
            wanted.name, wanted.unit, column.unit
        ));
    }
    Ok(Some(index))
}

#[cfg(test)]
mod tests {
    use super::{Description, RoleName};

    fn with(parameters: &str, columns: &str) -> Result<Description, String> {
        Description::read(&format!(
            r#"{{"id":"a","version":"1.0.0","name":{{"en":"A","nl":"A"}},
                "parameters":[{parameters}],"columns":[{columns}]}}"#
        ))
    }

    #[test]
    fn a_column_is_checked_by_name_type_and_unit() {
        let wrong = |column: &str| with("", column).expect_err("refused");
        assert!(
            with(
                "",
                r#"{"name":"project.cost","type":"i64","unit":"cent/month"}"#
            )
            .is_ok()
        );
        let error = wrong(r#"{"name":"project.costs","type":"i64"}"#);
        assert!(error.contains("did you mean project.cost?"), "{error}");
        let error = wrong(r#"{"name":"project.cost","type":"f64"}"#);
        assert!(error.contains("it is i64"), "{error}");
        let error = wrong(r#"{"name":"project.cost","type":"i64","unit":"euro"}"#);
        assert!(error.contains("it is in cent/month"), "{error}");
    }

    #[test]
    fn an_optional_column_may_be_absent_but_not_of_another_type() {
        let index = |column: &str| with("", column).and_then(|one| one.column_indices());
        let later = r#"{"name":"payer.later","type":"f64","optional":true}"#;
        assert_eq!(index(later), Ok(vec![None]));
        let cost = r#"{"name":"project.cost","type":"i64","optional":true}"#;
        assert_eq!(index(cost), Ok(vec![Some(2)]));
        let error = index(&cost.replace("i64", "f64")).expect_err("refused");
        assert!(error.contains("it is i64"), "{error}");
    }

    #[test]
    fn a_plugin_is_not_called_as_a_group_of_metrics() {
        let called = |id: &str| {
            Description::read(&format!(
                r#"{{"id":"{id}","version":"1.0.0","name":{{"en":"A","nl":"A"}},
                "parameters":[],"columns":[]}}"#
            ))
        };
        assert!(called("costs").is_ok());
        let error = called("cost").expect_err("refused");
        assert!(
            error.contains("called cost") && error.contains("cost.*"),
            "{error}"
        );
    }

    #[test]
    fn a_former_name_is_a_name_too() {
        let error = with(
            r#"{"name":"a","type":"bool","default":true},
               {"name":"b","type":"bool","default":true,"formerly":["a"]}"#,
            "",
        );
        assert_eq!(error, Err("declares parameter a twice".to_owned()));
    }

    #[test]
    fn a_role_is_one_of_three_and_form_when_none_is_said() {
        let role = |text: &str| {
            Description::read(&format!(
                r#"{{"id":"a","version":"1.0.0","name":{{"en":"A","nl":"A"}},{text}
                "parameters":[],"columns":[]}}"#
            ))
        };
        assert_eq!(role("").map(|one| one.role), Ok(RoleName::Form));
        let said = role(r#""role":"network","#);
        assert_eq!(said.map(|one| one.role), Ok(RoleName::Network));
        let error = role(r#""role":"finance","#).expect_err("refused");
        assert!(
            error.contains("finance") && error.contains("financing"),
            "{error}"
        );
    }

    #[test]
    fn a_default_outside_its_range_is_refused() {
        let error = with(
            r#"{"name":"n","type":"i64","default":9,"min":0,"max":5}"#,
            "",
        );
        let error = error.expect_err("refused");
        assert!(error.contains("default") && error.contains('9'), "{error}");
    }
}
