//! `zalm groups`: who gains and who loses.

use crate::after_runs::Failures;
use crate::analyses::{Asking, Ready};
use crate::draws::Under;
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::say::say;
use clap::Args;
use zalm_analysis::groups::{Question, groups};
use zalm_experiment::{Dwelling, Run, RunOptions, dwellings};
use zalm_scenario::Scenario;

/// Tell who gains and who loses by a strategy, by groups of households.
///
/// Every dwelling is held against itself under the null alternative, with the same chance. Choose the
/// strategy with --strategy.
#[derive(Args)]
pub struct GroupsCommand {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    under: Under,
}

impl GroupsCommand {
    /// Tells it.
    ///
    /// # Errors
    /// When the scenario has problems, the question cannot be asked of it, or it is interrupted.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let words: Vec<_> = self.under.words().into_iter().collect();
        let ready = self.asking.ready("groups", &words)?;
        let question = Question {
            strategy: None,
            stressor: self.under.stressor.clone(),
        };
        let failed = Failures::default();
        let play = |scenario: &Scenario| {
            let runs = played(scenario, &ready)?;
            failed.add(runs.iter().filter_map(Run::failure));
            Ok(runs)
        };
        let answer = ready.answer(groups(ready.scenario(), &question, play))?;
        self.asking.show(&answer, &ready)?;
        Ok(failed.tell())
    }
}

/// All runs of a scenario, by dwelling.
fn played(scenario: &Scenario, ready: &Ready) -> Result<Vec<Run<Vec<Dwelling>>>, Failure> {
    let all = scenario.replications as usize * scenario.strategies.len();
    let progress = Progress::start(all);
    let options = RunOptions {
        threads: ready.threads,
        progress: &|done, all| progress.show(done, all),
        ..RunOptions::quiet(&ready.stop, &ready.rerun)
    };
    let runs = dwellings(scenario, &ready.source, &options);
    progress.finish();
    if runs.len() < all {
        return Err(Failure::interrupted(say("nothing-kept", &[])));
    }
    Ok(runs)
}
