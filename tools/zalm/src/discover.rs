//! `zalm discover`: in which part of the plausible space a strategy fails.

use crate::analyses::{Analysis, Points, repeated};
use crate::exit::{Exit, Failure};
use crate::stderr::tell;
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
    /// Draws
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    draws: u32,
    /// Parameters that vary: a name, or a beginning such as `team.*`; can be repeated [default: all]
    #[arg(long, value_name = "NAME")]
    vary: Vec<String>,
    /// Stressor [default: the scenario's first]
    #[arg(long, value_name = "NAME")]
    stressor: Option<String>,
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
            stressor: self.stressor.clone(),
            vary: self.vary.clone(),
            draws: self.draws as usize,
        };
        let mut words = vec![
            ("--failure", self.failure.to_string()),
            ("--draws", self.draws.to_string()),
        ];
        words.extend(repeated("--vary", &self.vary));
        words.extend(self.stressor.iter().map(|one| ("--stressor", one.clone())));
        let ask = |scenario: &Scenario, play: &Points<'_>| {
            let design = Design::new(scenario, &question)?;
            tell(format!(
                "{} draws, {} runs each",
                self.draws,
                scenario.replications as usize * scenario.strategies.len()
            ));
            discover(&design, play)
        };
        self.analysis.give("discover", &words, ask)
    }
}
