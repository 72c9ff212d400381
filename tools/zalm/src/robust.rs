//! `zalm robust`: regret and eleven measures of robustness.

use crate::analyses::{Analysis, Points, repeated};
use crate::exit::{Exit, Failure};
use clap::Args;
use zalm_analysis::Threshold;
use zalm_analysis::robust::{Question, robust};
use zalm_scenario::Scenario;

/// Hold the strategies against each other over all stressors, none of which has a probability.
///
/// Regret with its interval, eleven measures of robustness and the ranks under each.
#[derive(Args)]
pub struct Robust {
    #[command(flatten)]
    analysis: Analysis,
    /// Metric in which the strategies are compared
    #[arg(long, value_name = "NAME", default_value = "households.multi_problem")]
    metric: String,
    /// What an acceptable strategy does not break; can be repeated [default: project.alive<0.5]
    #[arg(long, value_name = "METRIC<VALUE")]
    threshold: Vec<Threshold>,
}

impl Robust {
    /// Makes the comparison.
    ///
    /// # Errors
    /// As [`Analysis::give`].
    pub fn execute(&self) -> Result<Exit, Failure> {
        let mut thresholds = self.threshold.clone();
        if thresholds.is_empty() {
            thresholds.push(Threshold::half_alive());
        }
        let question = Question {
            metric: self.metric.clone(),
            thresholds,
        };
        let mut words = vec![("--metric", self.metric.clone())];
        words.extend(repeated("--threshold", &question.thresholds));
        let ask = |scenario: &Scenario, play: &Points<'_>| robust(scenario, &question, play);
        self.analysis.give("robust", &words, ask)
    }
}
