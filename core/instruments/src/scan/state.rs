//! What the sub-questions look at: a project in its scenario, and a few means over it.

use crate::gains::{Gains, SEVERE, grants};
use zalm_scenario::{Measurement, Payer, PayerKind, Project, Rates, Scenario};

/// A project in its scenario.
pub struct State<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The project.
    pub project: &'a Project,
    /// Plain rates.
    pub rates: Rates,
    /// Part of the gains per payer.
    pub parts: Vec<f64>,
    /// What problems cost.
    pub gains: Gains,
}

impl<'a> State<'a> {
    /// The state of a project.
    pub fn new(scenario: &'a Scenario, project: &'a Project) -> Self {
        let gains = Gains::new(scenario, SEVERE);
        Self {
            scenario,
            project,
            rates: scenario.parameters.rates(),
            parts: gains.parts(),
            gains,
        }
    }

    /// Ties with a payer at four levels; none where the project names none.
    pub fn ties(&self, payer: &Payer) -> [f64; 4] {
        self.project
            .ties
            .get(&payer.id)
            .copied()
            .unwrap_or([0.0; 4])
    }

    /// Strength of the coalition with a payer, as the model counts it: the weakest level twice.
    pub fn tie(&self, payer: &Payer) -> f64 {
        let ties = self.ties(payer);
        let low = ties.iter().copied().fold(f64::INFINITY, f64::min);
        (ties.iter().sum::<f64>() + low) / 5.0
    }

    /// Payers of silo care, each once: those whose mandate the work needs.
    pub fn silos(&self) -> Vec<&'a Payer> {
        let serves = |payer: &&Payer| {
            let mut care = self.scenario.silo_care.iter();
            care.any(|care| care.payer == payer.id)
        };
        self.scenario.payers.iter().filter(serves).collect()
    }

    /// Departments of the municipality.
    pub fn municipal(&self) -> Vec<&'a Payer> {
        let payers = self.scenario.payers.iter();
        payers
            .filter(|payer| payer.kind == PayerKind::Municipal)
            .collect()
    }

    /// Parties that gain from households that get better.
    pub fn gainers(&self) -> Vec<(&'a Payer, f64)> {
        let payers = self.scenario.payers.iter().zip(self.parts.iter().copied());
        payers.filter(|(_, part)| *part > 0.0).collect()
    }

    /// Parts of the temporary money per payer.
    pub fn grants(&self) -> Vec<f64> {
        grants(self.scenario, self.project)
    }

    /// How it measures, 0..=3.
    pub fn level(&self) -> u8 {
        match self.project.measurement {
            Measurement::InOut => 0,
            Measurement::Baseline => 1,
            Measurement::Outcome => 2,
            Measurement::CostBenefit => 3,
        }
    }

    /// Months that the longest grant lasts.
    pub fn grant_months(&self) -> u32 {
        let grants = self.project.grants.iter();
        grants.map(|grant| grant.months).max().unwrap_or(0)
    }

    /// Months from the policy date to the end of the longest grant; 0 when it has ended.
    pub fn months_left(&self) -> u32 {
        let end = self.project.start.plus(self.grant_months() as i32);
        u32::try_from(end.since(self.scenario.policy_date)).unwrap_or(0)
    }

    /// Value, range and source of a parameter, as a source for a reason.
    pub fn source(&self, names: &[&str]) -> String {
        let one = |name: &&str| {
            let parameter = self.scenario.parameters.get(name)?;
            let (value, evidence) = (parameter.value, parameter.evidence);
            Some(format!(
                "{name} = {value} ({evidence:?}: {})",
                parameter.source
            ))
        };
        names.iter().filter_map(one).collect::<Vec<_>>().join("; ")
    }
}

/// Mean; 0 of nothing.
pub(super) fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let add = |(sum, n): (f64, u32), value: f64| (sum + value, n + 1);
    let (sum, n) = values.into_iter().fold((0.0, 0), add);
    if n == 0 { 0.0 } else { sum / f64::from(n) }
}
