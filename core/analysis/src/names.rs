//! Names in a question, and the nearest when there is no such name.

use crate::play::Asked;
use zalm_model::{Better, MetricSpec};
use zalm_scenario::nearest;

/// Place of `name` among `names`.
///
/// # Errors
/// When it is not there: the nearest that is, and where all can be seen.
pub fn known(what: &str, name: &str, names: &[&str]) -> Result<usize, Asked> {
    let found = names.iter().position(|one| *one == name);
    found.ok_or_else(|| {
        let hint = nearest(name, names.iter().copied())
            .map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
        let all = match what {
            "metric" => "`zalm metrics SCENARIO` lists them".to_owned(),
            "parameter" => "`zalm parameters SCENARIO` lists them".to_owned(),
            _ => format!("there are: {}", names.join(", ")),
        };
        Asked(format!("there is no {what} called `{name}`.{hint} {all}"))
    })
}

/// Place of the metric called `name`.
///
/// # Errors
/// As [`known`].
pub fn metric(metrics: &[MetricSpec], name: &str) -> Result<usize, Asked> {
    let names: Vec<&str> = metrics.iter().map(|one| one.name.as_str()).collect();
    known("metric", name, &names)
}

/// 1 where higher is better, -1 where lower is; `None` for what only describes.
pub(crate) fn sign(spec: &MetricSpec) -> Option<f64> {
    match spec.better {
        Better::Higher => Some(1.0),
        Better::Lower => Some(-1.0),
        Better::Neither => None,
    }
}

/// As [`sign`], for a question that needs to know which way is better.
pub(crate) fn sign_needed(spec: &MetricSpec) -> Result<f64, Asked> {
    sign(spec).ok_or_else(|| {
        Asked(format!(
            "`{}` only describes: more of it is neither better nor worse; choose a metric with a \
             direction (`zalm metrics SCENARIO` shows it)",
            spec.name
        ))
    })
}
