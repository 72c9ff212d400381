//! `zalm value`: what an effect costs, how sure the choice is, and what knowing more is worth.

use crate::analyses::{Analysis, Points, repeated};
use crate::draws::Draws;
use crate::exit::{Exit, Failure};
use clap::Args;
use zalm_analysis::value::{Design, Question, value};
use zalm_scenario::Scenario;

/// Weigh cost against effect over draws of the parameters (probabilistic analysis).
///
/// Cost-effectiveness plane and frontier; per worth of a unit of effect the acceptability of each
/// strategy, what choosing it loses on average, and what it would be worth to know more.
#[derive(Args)]
pub struct ValueCommand {
    #[command(flatten)]
    analysis: Analysis,
    /// Metric of effect; turned so that more is better
    #[arg(
        long,
        value_name = "METRIC",
        default_value = "households.multi_problem"
    )]
    effect: String,
    /// Count the costs of this payer alone [default: of all payers]
    #[arg(long, value_name = "PAYER")]
    payer: Option<String>,
    /// What a unit of effect may be worth, euro; at 0 only money counts
    #[arg(long, value_name = "EURO,EURO", value_delimiter = ',', allow_negative_numbers = true,
          default_values_t = [0.0, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5])]
    worth: Vec<f64>,
    #[command(flatten)]
    draws: Draws,
}

impl ValueCommand {
    /// Weighs.
    ///
    /// # Errors
    /// As [`Analysis::give`].
    pub fn execute(&self) -> Result<Exit, Failure> {
        let question = Question {
            effect: self.effect.clone(),
            payer: self.payer.clone(),
            worths: self.worth.clone(),
            stressor: self.draws.under.stressor.clone(),
            vary: self.draws.vary.names.clone(),
            draws: self.draws.count(),
        };
        let mut words = vec![("--effect", self.effect.clone())];
        words.extend(repeated("--worth", &self.worth));
        words.extend(self.payer.iter().map(|one| ("--payer", one.clone())));
        words.extend(self.draws.words());
        let ask = |scenario: &Scenario, play: &Points<'_>| {
            let design = Design::new(scenario, &question)?;
            play.announce(self.draws.count(), "draws");
            value(&design, play)
        };
        self.analysis.give("value", &words, ask)
    }
}
