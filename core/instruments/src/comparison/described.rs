//! The parts of a report that describe: place, strategies, stressors, payers, parameters.

use super::told;
use zalm_experiment::{PluginUse, Provenance, Results};
use zalm_report::{self as report, Lang};
use zalm_scenario::{Evidence, LayerUse, Scenario, StrategyValue};

pub(super) fn setting(scenario: &Scenario, results: &Results, lang: Lang) -> report::Setting {
    let place = &scenario.place;
    report::Setting {
        place: format!("{} ({})", place.name, place.municipality),
        citation: place.citation.clone(),
        households: scenario.households(),
        project: scenario
            .projects
            .first()
            .map_or_else(String::new, |p| told(&p.name, lang)),
        start: scenario.start.to_string(),
        policy_date: scenario.policy_date.to_string(),
        horizon: results.horizon(),
        replications_planned: results.planned,
        replications_done: results.replications.len() as u32,
        varied: varied(results),
    }
}

fn varied(results: &Results) -> report::Varied {
    let parameters = results.drawn().len() as u32;
    match results.draws.len() as u32 {
        0 | 1 => report::Varied::No,
        points if !results.sampled => report::Varied::Points { points, parameters },
        draws if results.shares_chance() => report::Varied::Alike { draws, parameters },
        draws => report::Varied::Draws { draws, parameters },
    }
}

pub(super) fn strategies(
    scenario: &Scenario,
    provenance: &Provenance,
    lang: Lang,
) -> Vec<report::StrategyInfo> {
    let info = |strategy: &zalm_scenario::StrategyUse| {
        let layers = provenance.plugins.iter();
        let layers = layers.filter(|used| used.strategy == strategy.name);
        let joined = |part: fn(&PluginUse) -> &str, between: &str| {
            let parts: Vec<&str> = layers.clone().map(part).collect();
            parts.join(between)
        };
        report::StrategyInfo {
            id: strategy.name.clone(),
            name: name(strategy, &layers.clone().collect::<Vec<_>>(), lang),
            plugin: strategy.plugins(),
            version: joined(|used| &used.version, " + "),
            sha256: joined(|used| &used.sha256, " + "),
            description: joined(|used| &used.description, " "),
            parameters: strategy.in_layers().iter().flat_map(given).collect(),
        }
    };
    let mut all: Vec<report::StrategyInfo> = scenario.strategies.iter().map(info).collect();
    tell_apart(&mut all);
    all
}

/// Its own name, else those of its plugins, else its id.
fn name(strategy: &zalm_scenario::StrategyUse, layers: &[&PluginUse], lang: Lang) -> String {
    if !strategy.title.is_empty() {
        return told(&strategy.title, lang);
    }
    let named = |used: &&PluginUse| lang.of(&used.name_nl, &used.name_en).clone();
    let names: Vec<String> = layers.iter().map(named).collect();
    if names.is_empty() || names.iter().any(String::is_empty) {
        return strategy.name.clone();
    }
    names.join(" + ")
}

/// Adds the id where one plugin is used by several strategies without names of their own.
fn tell_apart(all: &mut [report::StrategyInfo]) {
    let names: Vec<String> = all.iter().map(|info| info.name.clone()).collect();
    for info in all {
        if names.iter().filter(|name| **name == info.name).count() > 1 {
            info.name = format!("{} ({})", info.name, info.id);
        }
    }
}

fn given(layer: &LayerUse) -> Vec<(String, String)> {
    let parameters = layer.parameters.iter();
    parameters
        .map(|(name, value)| (name.clone(), plain(value)))
        .collect()
}

fn plain(value: &StrategyValue) -> String {
    match value {
        StrategyValue::Bool(value) => value.to_string(),
        StrategyValue::Integer(value) => value.to_string(),
        StrategyValue::Number(value) => value.to_string(),
        StrategyValue::Text(value) => value.clone(),
    }
}

pub(super) fn stressors(scenario: &Scenario, lang: Lang) -> Vec<report::StressorInfo> {
    let info = |stressor: &zalm_scenario::Stressor| report::StressorInfo {
        id: stressor.name.clone(),
        name: if stressor.title.is_empty() {
            stressor.name.clone()
        } else {
            told(&stressor.title, lang)
        },
        narrative: told(&stressor.narrative, lang),
        source: told(&stressor.source, lang),
    };
    scenario.stressors.iter().map(info).collect()
}

pub(super) fn payers(scenario: &Scenario) -> Vec<report::PayerInfo> {
    let info = |payer: &zalm_scenario::Payer| report::PayerInfo {
        id: payer.id.clone(),
        name_nl: payer.name_nl.clone(),
        name_en: payer.name_en.clone(),
    };
    scenario.payers.iter().map(info).collect()
}

pub(super) fn parameters(scenario: &Scenario) -> Vec<report::ParameterInfo> {
    let info = |(spec, parameter): (&zalm_scenario::ParameterSpec, &zalm_scenario::Parameter)| {
        report::ParameterInfo {
            name: spec.name.to_owned(),
            unit: spec.unit.to_owned(),
            value: parameter.value,
            range: Some((parameter.low, parameter.high)),
            grade: grade(parameter.evidence),
            source: parameter.source.clone(),
        }
    };
    scenario.parameters.iter().map(info).collect()
}

fn grade(evidence: Evidence) -> report::Grade {
    match evidence {
        Evidence::Measured => report::Grade::Measured,
        Evidence::Derived => report::Grade::Derived,
        Evidence::Estimate => report::Grade::Estimate,
        Evidence::Assumption => report::Grade::Assumption,
    }
}
