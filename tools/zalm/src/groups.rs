//! `zalm groups`: who gains and who loses.

use crate::analyses::by_replication;
use crate::asked::{Extent, Given, Strategies};
use crate::draws::Under;
use crate::exit::{Exit, Failure};
use crate::interrupt::stop_flag;
use crate::language::Told;
use crate::plugin_problems::load;
use crate::stdout::{columns, print};
use crate::threads::Threads;
use crate::words::line;
use clap::Args;
use zalm_analysis::groups::{Question, groups};
use zalm_analysis::{Answer, Asked, Origin, Problem, Voice};
use zalm_experiment::dwellings;
use zalm_report::folded;
use zalm_scenario::Stressor;

/// Tell who gains and who loses by a strategy, by groups of households.
///
/// Every dwelling is held against itself under the null alternative, with the same chance. Choose the
/// strategy with --strategy.
#[derive(Args)]
pub struct GroupsCommand {
    #[command(flatten)]
    given: Given,
    #[command(flatten)]
    extent: Extent,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    strategies: Strategies,
    #[command(flatten)]
    told: Told,
    #[command(flatten)]
    under: Under,
}

impl GroupsCommand {
    /// Tells it.
    ///
    /// # Errors
    /// When the scenario has problems, the question cannot be asked of it, or a run fails.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let voice = Voice::new(self.told.language()?);
        let mut asked = self.extent.read(&self.given, &self.strategies.libraries)?;
        let words = self.under.words();
        let more = line(
            words
                .iter()
                .flat_map(|(name, value)| [*name, value.as_str()]),
        );
        asked.command = asked.command.replacen("compare", "groups", 1);
        let stop = stop_flag()?;
        let source = load(&self.given.scenario, &asked.checked, &self.strategies)?;
        let scenario = &asked.checked.scenario;
        let question = Question {
            strategy: None,
            stressor: self.under.stressor.clone(),
        };
        let play = |stressor: &Stressor, names: [&str; 2]| {
            let one = |replication| dwellings(scenario, &source, stressor, &names, replication);
            by_replication(scenario.replications, self.threads.count(), &stop, &one)
        };
        let found = groups(scenario, &question, play).map_err(|problem| match problem {
            Problem::Asked(Asked(text)) => Failure::invalid(text),
            Problem::Played(failure) => failure,
        })?;
        let origin = Origin {
            command: format!("zalm {} {more}", asked.command)
                .trim_end()
                .to_owned(),
            zalm_version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let answer = Answer::of(&found, &origin, &voice);
        print(&if self.told.json {
            answer.json
        } else {
            folded(&answer.text, columns())
        })?;
        Ok(Exit::Good)
    }
}
