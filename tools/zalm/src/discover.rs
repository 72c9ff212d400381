//! `zalm discover`: in which part of the plausible space a strategy fails.

use crate::analyses::{Analysis, Points};
use crate::draws::Draws;
use crate::exit::{Exit, Failure};
use clap::Args;
use zalm_analysis::Threshold;
use zalm_analysis::discover::{Design, Question, discover};
use zalm_scenario::Scenario;

/// Find where a strategy fails, and say it in words.
///
/// Draws over the plausible ranges, a box in which failures are dense (PRIM) and a tree (CART).
/// Choose the strategy with --strategy.
#[derive(Args)]
pub struct Discover {
    #[command(flatten)]
    analysis: Analysis,
    /// What counts as failure, on the mean over replications
    #[arg(long, value_name = "METRIC<VALUE", default_value = "project.alive<0.5")]
    failure: Threshold,
    #[command(flatten)]
    draws: Draws,
}

impl Discover {
    /// Looks.
    ///
    /// # Errors
    /// As [`Analysis::give`].
    pub fn execute(&self) -> Result<Exit, Failure> {
        let question = Question {
            failure: self.failure.clone(),
            strategy: None,
            stressor: self.draws.under.stressor.clone(),
            vary: self.draws.vary.names.clone(),
            draws: self.draws.count(),
        };
        let mut words = vec![("--failure", self.failure.to_string())];
        words.extend(self.draws.words());
        let ask = |scenario: &Scenario, play: &Points<'_>| {
            let design = Design::new(scenario, &question)?;
            play.announce(self.draws.count(), "draws");
            discover(&design, play)
        };
        self.analysis.give("discover", &words, ask)
    }
}
