//! `zalm reverse-stress`: from a failure to the nearest plausible shocks that bring it about.

use crate::analyses::{Analysis, Points};
use crate::exit::{Exit, Failure};
use clap::Args;
use zalm_analysis::Threshold;
use zalm_analysis::reverse::{MOST, Question, reverse};
use zalm_scenario::Scenario;

/// Reverse stress test: find the nearest plausible shocks that make the strategies fail.
///
/// Each threat alone, each pair, and the nearest mix; then three stories of failure, each with what
/// moves first before it and who can see that.
#[derive(Args)]
pub struct ReverseStress {
    #[command(flatten)]
    analysis: Analysis,
    /// What counts as failure, of the mean over replications; at month 36 after the policy date:
    /// project.alive@36<0.5
    #[arg(long, value_name = "METRIC<VALUE", default_value = "project.alive<0.5")]
    failure: Threshold,
    /// Largest severity to look at; 1 is the size in the scenario
    #[arg(long, value_name = "N", default_value_t = MOST)]
    most: f64,
    /// Correlation between any two threats, 0 or more and below 1
    #[arg(long, value_name = "R", default_value_t = 0.0)]
    correlation: f64,
}

impl ReverseStress {
    /// Makes the test.
    ///
    /// # Errors
    /// As [`Analysis::give`].
    pub fn execute(&self) -> Result<Exit, Failure> {
        let question = Question {
            failure: self.failure.clone(),
            most: self.most,
            correlation: self.correlation,
        };
        let words = [
            ("--failure", self.failure.to_string()),
            ("--most", self.most.to_string()),
            ("--correlation", self.correlation.to_string()),
        ];
        let ask = |scenario: &Scenario, play: &Points<'_>| reverse(scenario, &question, play);
        self.analysis.give("reverse-stress", &words, ask)
    }
}
