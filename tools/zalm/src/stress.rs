//! `zalm stress`: every stressor at several severities, with reactions on and off.

use crate::analyses::{Analysis, Points, repeated};
use crate::exit::{Exit, Failure};
use clap::Args;
use zalm_analysis::Threshold;
use zalm_analysis::stress::{Question, SEVERITIES, stress};
use zalm_scenario::Scenario;

/// Stress test: play every stressor at several severities, with reactions on and off.
///
/// Each is paired with severity 0 and with the null alternative: level and loss, when thresholds are
/// broken first, how deep and how long.
#[derive(Args)]
pub struct Stress {
    #[command(flatten)]
    analysis: Analysis,
    /// Severities: factors on the size of the shocks, 1 as in the scenario; 0 is always played
    #[arg(long, value_name = "N,N", value_delimiter = ',', default_values_t = SEVERITIES)]
    severity: Vec<f64>,
    /// What counts as broken, such as `cost.total>9e5` or at month 36 `project.alive@36<0.5`; can be
    /// repeated [default: project.alive<0.5]
    #[arg(long, value_name = "METRIC<VALUE")]
    threshold: Vec<Threshold>,
    /// Metrics of the ladder; can be repeated
    #[arg(long, value_name = "NAME",
          default_values = ["project.alive", "households.multi_problem", "cost.total"])]
    metric: Vec<String>,
    /// What the municipality keeps for setbacks, euro; the answer is then a ratio with its class too
    #[arg(long, value_name = "EURO", allow_negative_numbers = true)]
    buffer: Option<f64>,
    /// Certainty with which the buffer must cover what a shock costs the municipality
    #[arg(long, value_name = "SHARE", default_value_t = 0.9)]
    certainty: f64,
}

impl Stress {
    /// Makes the test.
    ///
    /// # Errors
    /// As [`Analysis::give`].
    pub fn execute(&self) -> Result<Exit, Failure> {
        let mut thresholds = self.threshold.clone();
        if thresholds.is_empty() {
            thresholds.push(Threshold::half_alive());
        }
        let question = Question {
            severities: self.severity.clone(),
            metrics: self.metric.clone(),
            thresholds,
            buffer: self.buffer,
            certainty: self.certainty,
        };
        let mut words = repeated("--severity", &self.severity);
        words.extend(repeated("--threshold", &question.thresholds));
        words.extend(repeated("--metric", &self.metric));
        let buffer = self.buffer.map(|euro| ("--buffer", euro.to_string()));
        words.extend(buffer);
        words.push(("--certainty", self.certainty.to_string()));
        let ask = |scenario: &Scenario, play: &Points<'_>| stress(scenario, &question, play);
        self.analysis.give("stress", &words, ask)
    }
}
