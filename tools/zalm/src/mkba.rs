//! `zalm mkba`: the indicative cost-benefit analysis of a scenario.

use crate::analyses::repeated;
use crate::asked::{Asked, Extent, Given, Strategies};
use crate::exit::{Exit, Failure};
use crate::instruments::{Answer, Form, Player, stressor, unknown};
use crate::interrupt::stop_flag;
use crate::plugin_problems::load;
use crate::say::say;
use crate::stderr::tell;
use crate::threads::Threads;
use crate::words::line;
use clap::Args;
use zalm_instruments::mkba::{self, BreakEven, Estimate, Flips, Mkba, Sheet, flips, rate};
use zalm_scenario::{DiscountRate, Month, Scenario};

/// Make an indicative cost-benefit analysis (MKBA) of each strategy against the null alternative.
///
/// Effects in units first, then where the balance turns, then money per payer and item, with what
/// has no price in the same table.
#[derive(Args)]
pub struct MkbaCommand {
    #[command(flatten)]
    given: Given,
    #[command(flatten)]
    extent: Extent,
    /// Stressor of the detailed tables [default: the scenario's first]
    #[arg(long, value_name = "NAME")]
    stressor: Option<String>,
    /// Use the discount rate that was in force in this month [default: the newest]
    #[arg(long, value_name = "YYYY-MM")]
    rate_of: Option<Month>,
    /// Look for break-even points along this parameter by new runs; can be repeated
    #[arg(long, value_name = "PARAMETER", default_values = ["worker.cost", "team.effect"])]
    along: Vec<String>,
    /// Replications with which each assumption is tried that could turn the answer; 0 tries none
    #[arg(long, value_name = "N", default_value_t = 4,
          value_parser = clap::value_parser!(u32).range(0..=1000))]
    flip: u32,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    strategies: Strategies,
    #[command(flatten)]
    form: Form,
}

/// Most replications of each point along a parameter; every point has the same chance.
const ALONG: u32 = 10;

impl MkbaCommand {
    /// Makes the analysis.
    ///
    /// # Errors
    /// When the scenario has problems, a run cannot be played, or the answer cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let voice = self.form.voice()?;
        let asked = self
            .extent
            .read("mkba", &self.given, &self.strategies.libraries)?;
        let scenario = &asked.checked.scenario;
        let stressor = stressor(scenario, self.stressor.as_deref())?;
        self.known(scenario)?;
        let rate =
            rate(scenario, self.rate_of).ok_or_else(|| Failure::invalid(say("no-rates", &[])))?;
        let stop = stop_flag()?;
        let source = load(&self.given.scenario, &asked.checked, &self.strategies)?;
        let player = Player {
            source: &source,
            threads: self.threads.count(),
            stop: &stop,
        };
        let results = player.play(scenario)?;
        let failed = tell_failures(&results);
        let made = Mkba::new(scenario, &results, rate).ok_or_else(|| no_null(scenario))?;
        let again = Again {
            player: &player,
            scenario,
            stressor,
            rate,
        };
        let sheet = self.sheet(&asked, made, &again)?;
        let first = mkba::cumulative(&sheet.mkba, &sheet.stressor, &voice);
        let given = self.form.give(&Answer {
            text: mkba::text(&sheet, &voice),
            json: mkba::json(&sheet, &voice),
            files: vec![
                ("mkba.html", mkba::html(&sheet, &voice)),
                ("mkba.csv", mkba::csv(&sheet, &voice)),
                ("balance.svg", first.into_string()),
            ],
        })?;
        Ok(failed.unwrap_or(given))
    }

    /// Parameters that were asked for exist.
    fn known(&self, scenario: &Scenario) -> Result<(), Failure> {
        let names: Vec<&str> = scenario
            .parameters
            .iter()
            .map(|(spec, _)| spec.name)
            .collect();
        match self
            .along
            .iter()
            .find(|name| !names.contains(&name.as_str()))
        {
            None => Ok(()),
            Some(name) => Err(unknown("parameter", name, &names)),
        }
    }

    fn sheet(&self, asked: &Asked, made: Mkba, again: &Again) -> Result<Sheet, Failure> {
        let scenario = again.scenario;
        let stressor = scenario.stressors[again.stressor].name.clone();
        let leader = made
            .under(&stressor)
            .iter()
            .find_map(|case| Some((case.strategy.clone(), case.balance?)));
        let replications = scenario.replications.min(ALONG);
        let mut by_runs = Vec::new();
        let mut found = Flips::NotSought;
        if let Some((strategy, balance)) = &leader {
            for name in &self.along {
                by_runs.extend(again.along(name, strategy, replications)?);
            }
            if self.flip > 0 {
                found = again.flips(strategy, *balance, self.flip)?;
            }
        }
        Ok(Sheet {
            mkba: made,
            stressor,
            by_runs,
            by_runs_replications: replications,
            flips: found,
            command: self.command(asked),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// The command that makes the same.
    fn command(&self, asked: &Asked) -> String {
        let words = [
            repeated("--stressor", self.stressor.as_slice()),
            repeated("--rate-of", self.rate_of.as_slice()),
            repeated("--along", &self.along),
            repeated("--flip", &[self.flip]),
        ]
        .concat();
        let words = words.iter().flat_map(|(name, value)| [*name, value]);
        format!("zalm {} {}", asked.command, line(words))
    }
}

fn no_null(scenario: &Scenario) -> Failure {
    let null = &scenario.null_alternative;
    Failure::invalid(say("no-null", &[("null", null)]))
}

/// Says that runs failed, if some did; how the program ends then.
fn tell_failures(results: &zalm_experiment::Results) -> Option<Exit> {
    let failed = results.failures().count();
    let (_, first) = results.failures().next()?;
    let all = results.runs.len();
    tell(say(
        "left-out",
        &[
            ("failed", &failed),
            ("all", &all),
            ("reason", &first.reason),
        ],
    ));
    Some(Exit::FailedRuns)
}

/// New runs of one strategy beside the null alternative.
struct Again<'a> {
    player: &'a Player<'a>,
    scenario: &'a Scenario,
    stressor: usize,
    rate: &'a DiscountRate,
}

impl Again<'_> {
    /// The scenario with the null alternative and one strategy alone, under one stressor.
    fn narrowed(&self, strategy: &str, replications: u32) -> Scenario {
        let mut scenario = self.scenario.clone();
        let null = scenario.null_alternative.clone();
        scenario
            .strategies
            .retain(|one| one.name == null || one.name == strategy);
        scenario.stressors = vec![scenario.stressors[self.stressor].clone()];
        scenario.replications = replications;
        scenario
    }

    /// Balance of the one strategy, euro.
    fn balance(&self, scenario: &Scenario) -> Result<Option<Estimate>, Failure> {
        let results = self.player.quietly(scenario)?;
        let made = Mkba::new(scenario, &results, self.rate);
        Ok(made.and_then(|made| made.cases.first()?.balance))
    }

    /// Break-even points along a parameter, over its plausible range.
    fn along(
        &self,
        name: &str,
        strategy: &str,
        replications: u32,
    ) -> Result<Option<BreakEven>, Failure> {
        let base = self.narrowed(strategy, replications);
        let Some(parameter) = base.parameters.get(name).cloned() else {
            return Ok(None);
        };
        tell(say(
            "along",
            &[
                ("name", &name),
                ("low", &parameter.low),
                ("high", &parameter.high),
            ],
        ));
        let mut failure = None;
        let range = (parameter.low, parameter.high);
        let found = BreakEven::by_runs(name, parameter.value, range, |value| {
            let mut changed = base.clone();
            if let Some(parameter) = changed.parameters.get_mut(name) {
                parameter.value = value;
            }
            self.known(&changed, &mut failure)
        });
        failure.map_or(Ok(found), Err)
    }

    /// Assumptions that turn the sign of the balance that is told. Fewer replications may seem to know
    /// one that all of them do not, and then there is no sign that could turn.
    fn flips(&self, strategy: &str, told: Estimate, replications: u32) -> Result<Flips, Failure> {
        if told.is_above().is_none() {
            return Ok(Flips::Unclear);
        }
        let base = self.narrowed(strategy, replications);
        tell(say("turning", &[]));
        let mut failure = None;
        let balance = self.known(&base, &mut failure);
        let balance = balance.filter(|few| few.is_above() == told.is_above());
        let found = flips(&base, balance, |changed| self.known(changed, &mut failure));
        failure.map_or(Ok(found), Err)
    }

    /// The balance; no number once something failed, so that the rest is not run.
    fn known(&self, scenario: &Scenario, failure: &mut Option<Failure>) -> Option<Estimate> {
        if failure.is_some() {
            return None;
        }
        match self.balance(scenario) {
            Ok(balance) => balance,
            Err(error) => {
                *failure = Some(error);
                None
            }
        }
    }
}
