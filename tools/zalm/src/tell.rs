//! `zalm tell`: one household's life or one project's story, under two strategies.

use crate::asked::{Given, Strategies};
use crate::choice::choose;
use crate::exit::{Exit, Failure};
use crate::instruments::{Answer, Form, stressor, unknown};
use crate::plugin_problems::load;
use crate::say::say;
use crate::stdout::columns;
use crate::words::typed;
use clap::Args;
use std::ops::Range;
use zalm_experiment::{Arm, watched};
use zalm_instruments::Voice;
use zalm_instruments::tell::{self, Find, Side, Subject, Tell};
use zalm_plugin_host::PluginSource;
use zalm_scenario::{Checked, Scenario};

/// Households that a search lists.
const LISTED: usize = 12;

/// Count and tell: one household's life or one project's story, under two strategies side by side.
///
/// Both meet the same chance, so what differs is the strategy's doing. Who knows no number lets
/// --find list households with a story.
#[derive(Args)]
pub struct TellCommand {
    #[command(flatten)]
    given: Given,
    #[command(flatten)]
    whose: Whose,
    /// A strategy; give two to see them side by side [default: the null alternative and the first
    /// other one]
    #[arg(long, value_name = "NAME")]
    strategy: Vec<String>,
    /// The stressor [default: the scenario's first]
    #[arg(long, value_name = "NAME")]
    stressor: Option<String>,
    /// The replication, counted from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    replication: u32,
    #[command(flatten)]
    strategies: Strategies,
    #[command(flatten)]
    form: Form,
}

/// Whose story.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Whose {
    /// The household with this number, from 1
    #[arg(long, value_name = "N")]
    household: Option<usize>,
    /// The project with this id; those founded in the run are newcomer-1, newcomer-2 and so on
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// List households with a story: helped, relapsed, crisis, dropped-out, abandoned, differs-most
    #[arg(long, value_name = "WHAT")]
    find: Option<Find>,
}

/// What is to be watched.
enum Asked {
    Story(Subject),
    Search(Find),
}

impl TellCommand {
    /// Plays the runs and tells.
    ///
    /// # Errors
    /// When the scenario has problems, when it has no such household, project, strategy or
    /// stressor, or when a run cannot be played.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let voice = self.form.voice()?;
        let mut checked = self.given.read()?;
        let asked = self.whose.read(&checked.scenario)?;
        let stressor = stressor(&checked.scenario, self.stressor.as_deref())?;
        let names = self.names(&mut checked, &asked)?;
        let source = load(&self.given.scenario, &checked, &self.strategies)?;
        let scenario = &checked.scenario;
        let rows = match asked {
            Asked::Story(Subject::Household(row)) => row..row + 1,
            Asked::Story(Subject::Project(_)) => 0..0,
            Asked::Search(_) => 0..scenario.households() as usize,
        };
        let sides = names
            .into_iter()
            .map(|name| self.play(scenario, &source, name, (stressor, rows.clone())))
            .collect::<Result<Vec<Side>, Failure>>()?;
        match asked {
            Asked::Story(subject) => {
                let stressor = scenario.stressors.get(stressor);
                let stressor = stressor.map_or("none", |one| one.name.as_str());
                let told = Tell::new(scenario, subject, (stressor, self.replication), &sides);
                self.give(&told, &voice)
            }
            Asked::Search(find) => self.list(scenario, find, &sides, &voice),
        }
    }

    /// The strategies in the order asked; they stay in the scenario.
    fn names(&self, checked: &mut Checked, asked: &Asked) -> Result<Vec<String>, Failure> {
        let scenario = &mut checked.scenario;
        if self.strategy.len() > 2 {
            return Err(Failure::invalid(say("two-stories", &[])));
        }
        choose(
            scenario,
            &self.strategy,
            &self.strategies.libraries.search(),
        )?;
        let mut names = self.strategy.clone();
        names.dedup();
        if names.is_empty() {
            let null = scenario.null_alternative.clone();
            let all = scenario.strategies.iter().map(|one| one.name.clone());
            let others = all.filter(|name| *name != null).take(1);
            names = [null.clone()].into_iter().chain(others).collect();
        }
        if matches!(asked, Asked::Search(Find::DiffersMost)) && names.len() < 2 {
            return Err(Failure::invalid(say("differs-two", &[])));
        }
        Ok(names)
    }

    fn play(
        &self,
        scenario: &Scenario,
        source: &PluginSource,
        strategy: String,
        (stressor, rows): (usize, Range<usize>),
    ) -> Result<Side, Failure> {
        let arm = Arm {
            strategy: &strategy,
            stressor: scenario.stressors.get(stressor),
            replication: self.replication,
        };
        let seen = watched(scenario, source, arm, rows).map_err(|reason| {
            Failure::runs_failed(say(
                "run-with-failed",
                &[("strategy", &strategy), ("reason", &reason)],
            ))
        })?;
        Ok(Side { strategy, seen })
    }

    fn give(&self, told: &Tell, voice: &Voice) -> Result<Exit, Failure> {
        let version = env!("CARGO_PKG_VERSION");
        self.form.give(&Answer {
            text: tell::text(told, voice, columns()),
            json: tell::json(told, voice),
            files: vec![
                ("tell.html", tell::html(told, voice, &typed(), version)),
                ("tell.csv", tell::csv(told, voice)),
            ],
        })
    }

    fn list(
        &self,
        scenario: &Scenario,
        find: Find,
        sides: &[Side],
        voice: &Voice,
    ) -> Result<Exit, Failure> {
        let found = tell::candidates(scenario, find, sides, LISTED);
        let text = tell::candidates_text(scenario, find, &found, sides, voice);
        self.form.give(&Answer {
            json: tell::candidates_json(scenario, find, &found, sides, voice),
            files: vec![("households.txt", text.clone())],
            text,
        })
    }
}

impl Whose {
    fn read(&self, scenario: &Scenario) -> Result<Asked, Failure> {
        if let Some(find) = self.find {
            return Ok(Asked::Search(find));
        }
        if let Some(number) = self.household {
            let all = scenario.households() as usize;
            let row = number.checked_sub(1).filter(|row| *row < all);
            return row
                .map(Subject::Household)
                .map(Asked::Story)
                .ok_or_else(|| {
                    Failure::invalid(say(
                        "no-household",
                        &[
                            ("number", &number),
                            ("place", &scenario.place.name),
                            ("all", &all),
                        ],
                    ))
                });
        }
        let id = self.project.as_deref().unwrap_or_default();
        let founders = scenario.parameters.rates().founding_leaders as usize;
        let founded: Vec<String> = (1..=founders).map(|n| format!("newcomer-{n}")).collect();
        let known = scenario.projects.iter().map(|project| project.id.as_str());
        let names: Vec<&str> = known.chain(founded.iter().map(String::as_str)).collect();
        let found = names.iter().position(|name| *name == id);
        found
            .map(|at| Asked::Story(Subject::Project(at)))
            .ok_or_else(|| unknown("project", id, &names))
    }
}
