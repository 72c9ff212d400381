//! `zalm calibrate`: the model held against what was observed, and a fit of its free numbers.

mod table;

use crate::asked::{Changes, Strategies};
use crate::exit::{Exit, Failure};
use crate::interrupt::stop_flag;
use crate::language::Told;
use crate::plugin_problems::load;
use crate::progress::Progress;
use crate::say::{decimal, say};
use crate::stderr::tell;
use crate::stdout::{print, print_json};
use crate::threads::Threads;
use crate::whole_file::{free, keep};
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use table::{Made, text};
use zalm_experiment::calibration::{
    CalibrationError, Fit, FitOptions, Moved, WatchOptions, fit, simulate,
};
use zalm_plugin_host::PluginSource;
use zalm_scenario::{Checked, Targets, read_targets};

/// Hold the model against what was observed, and fit its free numbers within their ranges.
///
/// Prints every target as observed and as simulated, before and after the fit, on other replications
/// than those of the fit; then what was moved, what was not fitted, and what is not compared.
#[derive(Args)]
pub struct Calibrate {
    /// The scenario whose numbers are fitted, a RON file
    #[arg(
        value_name = "SCENARIO",
        default_value = "scenarios/heechterp-schieringen.ron"
    )]
    scenario: PathBuf,
    /// What was observed, a RON file [default: base/targets.ron beside the scenario]
    #[arg(long, value_name = "FILE")]
    targets: Option<PathBuf>,
    /// Only hold the model against what was observed: no fit
    #[arg(long)]
    check: bool,
    /// Write the scenario's base again with the fitted values, to FILE
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    out: Option<PathBuf>,
    /// Overwrite FILE when it exists
    #[arg(long, requires = "out")]
    force: bool,
    /// Replications of each set of numbers in the fit; twice as many check it
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    replications: u32,
    /// Most sets of numbers to try
    #[arg(long, value_name = "N", default_value_t = 250)]
    evaluations: u32,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    strategies: Strategies,
    #[command(flatten)]
    told: Told,
}

impl Calibrate {
    /// Compares, fits unless told otherwise, and prints.
    ///
    /// # Errors
    /// When something is wrong with the input or the file to write, or when it is interrupted.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let stop = stop_flag()?;
        let lang = self.told.language();
        let checked = self.changes.read(&self.scenario)?;
        let targets = self.read_targets()?;
        let source = load(&self.scenario, &checked, &self.strategies)?;
        if let Some(out) = &self.out {
            free(out, self.force)?;
        }
        let made = self.make(&checked, &targets, &source, &stop)?;
        if self.told.json {
            print_json(&made.document())?;
        } else {
            print(&text(&made, lang))?;
        }
        if let (Some(out), Some(fit)) = (&self.out, &made.fit) {
            self.keep(out, &checked, &targets, fit)?;
        }
        Ok(Exit::Good)
    }

    fn read_targets(&self) -> Result<Targets, Failure> {
        let beside = || self.scenario.with_file_name("base").join("targets.ron");
        let path = self.targets.clone().unwrap_or_else(beside);
        read_targets(&path).map_err(|problems| Failure::of_scenario(&problems))
    }

    fn make<'a>(
        &self,
        checked: &Checked,
        targets: &'a Targets,
        source: &PluginSource,
        stop: &AtomicBool,
    ) -> Result<Made<'a>, Failure> {
        let watch = WatchOptions {
            threads: self.threads.count(),
            stop,
        };
        let scenario = &checked.scenario;
        let fresh = self.replications..3 * self.replications;
        let see = |scenario| simulate(scenario, targets, fresh.clone(), Some(source), watch);
        let before = see(scenario).map_err(failure)?;
        let fit = (!self.check).then(|| self.fit(checked, targets, watch));
        let fit = fit.transpose()?;
        let after = fit.as_ref().map(|fit| see(&fit.scenario)).transpose();
        Ok(Made {
            scenario: scenario.title.clone(),
            targets,
            replications: 2 * self.replications,
            before,
            after: after.map_err(failure)?,
            fit,
        })
    }

    fn fit(
        &self,
        checked: &Checked,
        targets: &Targets,
        watch: WatchOptions<'_>,
    ) -> Result<Fit, Failure> {
        let runs = targets.worlds.len() * self.replications as usize;
        let all = self.evaluations as usize * runs;
        let progress = Progress::start(all);
        let options = FitOptions {
            watch,
            replications: 0..self.replications,
            evaluations: self.evaluations as usize,
            progress: &|done| progress.show(done * runs, all),
        };
        let found = fit(&checked.scenario, targets, &options);
        let took = progress.finish();
        let found = found.map_err(failure)?;
        tell(say(
            "sets-tried",
            &[
                ("sets", &found.evaluations),
                ("runs", &runs),
                ("seconds", &decimal(took.as_secs_f64(), 1)),
                ("threads", &watch.threads),
            ],
        ));
        Ok(found)
    }

    /// The file in which the free numbers stand, with the fitted ones instead.
    fn keep(
        &self,
        out: &Path,
        checked: &Checked,
        targets: &Targets,
        fit: &Fit,
    ) -> Result<(), Failure> {
        let source = source(targets);
        let change = |one: &Moved| (one.path.clone(), one.new, source.clone());
        let changes: Vec<_> = fit.moved.iter().map(change).collect();
        let (name, text) = checked.rewritten(&changes).map_err(Failure::invalid)?;
        keep(out, &text, self.force)?;
        tell(say("fitted", &[("name", &name), ("file", &out.display())]));
        Ok(())
    }
}

/// What is written as the source of a fitted value.
fn source(targets: &Targets) -> String {
    let fitted = targets.targets.iter().filter(|one| one.weight > 0.0);
    let mut facts: Vec<u32> = fitted.flat_map(|one| one.facts.iter().copied()).collect();
    facts.sort_unstable();
    facts.dedup();
    let facts: Vec<String> = facts.iter().map(u32::to_string).collect();
    format!("fitted by `zalm calibrate` to facts {}", facts.join(", "))
}

fn failure(error: CalibrationError) -> Failure {
    match error {
        CalibrationError::Stopped => Failure::interrupted(say("nothing-written", &[])),
        CalibrationError::Unknown(text) => Failure::invalid(text),
        CalibrationError::Failed(reason) => {
            Failure::runs_failed(say("run-failed", &[("reason", &reason)]))
        }
    }
}
