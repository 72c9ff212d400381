//! Names in a question, and the nearest when there is no such name.

use crate::play::Asked;
use zalm_model::{Better, MetricSpec};
use zalm_scenario::{Scenario, Stressor, nearest};

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

/// The stressor called `name`; the first of the scenario when none is named.
///
/// # Errors
/// As [`known`].
pub(crate) fn stressor<'a>(
    scenario: &'a Scenario,
    name: Option<&str>,
) -> Result<&'a Stressor, Asked> {
    let names: Vec<&str> = scenario.stressors.iter().map(|one| &*one.name).collect();
    let place = name.map_or(Ok(0), |name| known("stressor", name, &names))?;
    Ok(&scenario.stressors[place])
}

/// Place of the strategy called `name`.
///
/// # Errors
/// As [`known`].
pub(crate) fn strategy(scenario: &Scenario, name: &str) -> Result<usize, Asked> {
    let names: Vec<&str> = scenario.strategies.iter().map(|one| &*one.name).collect();
    known("strategy", name, &names)
}

/// Places of the strategies that can be held against the null alternative, and its own.
///
/// # Errors
/// When there is none beside it.
pub(crate) fn contenders(scenario: &Scenario) -> Result<(Vec<usize>, usize), Asked> {
    let null = strategy(scenario, &scenario.null_alternative)?;
    let others = (0..scenario.strategies.len()).filter(|&one| one != null);
    let others: Vec<usize> = others.collect();
    if others.is_empty() {
        return Err(Asked(
            "there is no strategy beside the null alternative; add one".to_owned(),
        ));
    }
    Ok((others, null))
}

/// Places of the strategy called `name` and of the null alternative; without a name, of the only
/// other strategy.
///
/// # Errors
/// As [`known`]; the null alternative itself; more than one strategy, and none named.
pub(crate) fn contender(scenario: &Scenario, name: Option<&str>) -> Result<(usize, usize), Asked> {
    let (others, null) = contenders(scenario)?;
    if let Some(name) = name {
        let strategy = strategy(scenario, name)?;
        if strategy == null {
            return Err(Asked(format!(
                "`{name}` is the null alternative: it does not differ from itself; choose another \
                 strategy"
            )));
        }
        return Ok((strategy, null));
    }
    let [one] = others[..] else {
        let names = others.iter().map(|&one| &*scenario.strategies[one].name);
        return Err(Asked(format!(
            "this question is about one strategy: choose one with --strategy; there are: {}",
            names.collect::<Vec<_>>().join(", ")
        )));
    };
    Ok((one, null))
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
