//! `zalm plan`: the order of a month, and what a comparison would do.

use crate::asked::{Changes, Extent, Given, Libraries};
use crate::columns::aligned;
use crate::exit::{Exit, Failure};
use crate::run_folder;
use crate::shocks::in_words;
use crate::stdout::{one_line, print};
use clap::Args;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use zalm_model::{MONTH, Step};
use zalm_scenario::{Scenario, Shock};

/// Show the order of a month and, with a scenario, what a comparison would do; nothing is run.
#[derive(Args)]
pub struct Plan {
    /// The scenario, a RON file
    #[arg(value_name = "SCENARIO")]
    scenario: Option<PathBuf>,
    #[command(flatten)]
    extent: Extent,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    libraries: Libraries,
}

impl Plan {
    /// Prints the plan.
    ///
    /// # Errors
    /// When something is wrong with the scenario.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let mut text = month();
        if let Some(path) = &self.scenario {
            let given = Given {
                kept: None,
                scenario: path.clone(),
                changes: self.changes.clone(),
            };
            let asked = self.extent.read("compare", &given, &self.libraries)?;
            let scenario = &asked.checked.scenario;
            text += &comparison(scenario);
            text += &shocks(scenario);
            text += &files(path);
        }
        print(&text)?;
        Ok(Exit::Good)
    }
}

/// The steps of a month under their phases.
fn month() -> String {
    let mut text = "Every month, in this order\n".to_owned();
    let mut phase = 0;
    for steps in MONTH.chunk_by(|one, next| one.phase == next.phase) {
        phase += 1;
        let row = |step: &Step| vec![String::new(), step.name.to_owned(), step.doc.to_owned()];
        let rows: Vec<_> = steps.iter().map(row).collect();
        // Writing into a string cannot fail.
        let _ = write!(text, "{phase:>3} {}\n{}", steps[0].phase, aligned(&rows));
    }
    text
}

fn comparison(scenario: &Scenario) -> String {
    let last = scenario.start.plus(scenario.months.cast_signed() - 1);
    let (strategies, stressors) = (scenario.strategies.len(), scenario.stressors.len());
    let replications = scenario.replications;
    let runs = strategies * stressors * replications as usize;
    let names: Vec<String> = scenario
        .strategies
        .iter()
        .map(|one| named(one, scenario))
        .collect();
    let off: Vec<String> = scenario
        .switched_off
        .iter()
        .map(|one| format!("{one:?}"))
        .collect();
    let place = &scenario.place;
    let rows = [
        ("question", one_line(&scenario.question.en)),
        (
            "place",
            format!(
                "{} ({}), {} households",
                place.name,
                place.municipality,
                scenario.households()
            ),
        ),
        (
            "months",
            format!("{}: {} to {last}", scenario.months, scenario.start),
        ),
        (
            "fork",
            format!(
                "month {} ({}): until here once per replication, from here once per strategy and \
                 stressor",
                scenario.policy_month(),
                scenario.policy_date
            ),
        ),
        (
            "runs",
            format!(
                "{runs}: strategies {strategies} x stressors {stressors} x replications \
                 {replications}; seed {}",
                scenario.seed
            ),
        ),
        ("strategies", names.join(", ")),
        (
            "switched off",
            if off.is_empty() {
                "nothing".to_owned()
            } else {
                off.join(", ")
            },
        ),
    ];
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, text)| vec![name.to_owned(), text])
        .collect();
    format!("\n{}\n{}", one_line(&scenario.title.en), aligned(&rows))
}

fn named(strategy: &zalm_scenario::StrategyUse, scenario: &Scenario) -> String {
    if strategy.name == scenario.null_alternative {
        format!("{} (null alternative)", strategy.name)
    } else {
        strategy.name.clone()
    }
}

fn shocks(scenario: &Scenario) -> String {
    let mut text = "\nShocks\n  in every run\n".to_owned();
    text += &dated(&scenario.shocks);
    for stressor in &scenario.stressors {
        // Writing into a string cannot fail.
        let _ = writeln!(
            text,
            "  {}: {}",
            stressor.name,
            one_line(&stressor.narrative.en)
        );
        text += &dated(&stressor.shocks);
    }
    text
}

fn dated(shocks: &[Shock]) -> String {
    let mut shocks: Vec<&Shock> = shocks.iter().collect();
    shocks.sort_by_key(|shock| shock.at());
    if shocks.is_empty() {
        return "    none\n".to_owned();
    }
    shocks
        .into_iter()
        .map(|shock| format!("    {}\n", in_words(shock)))
        .collect()
}

fn files(scenario: &Path) -> String {
    let rows: Vec<_> = run_folder::FILES
        .iter()
        .map(|(name, holds)| vec![(*name).to_owned(), (*holds).to_owned()])
        .collect();
    let folder = run_folder::next(scenario);
    format!(
        "\nFiles, in {} unless --out names another folder\n{}",
        folder.display(),
        aligned(&rows)
    )
}
