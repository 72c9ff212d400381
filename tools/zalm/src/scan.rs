//! `zalm scan`: the 4+1 scan of a project.

use crate::asked::{Given, Strategies};
use crate::exit::{Exit, Failure};
use crate::instruments::{Answer, Form, Player, project, stressor, unknown};
use crate::interrupt::stop_flag;
use crate::plugin_problems::load;
use crate::say::say;
use crate::stderr::tell;
use crate::threads::Threads;
use crate::words;
use clap::Args;
use std::path::{Path, PathBuf};
use zalm_experiment::Results;
use zalm_instruments::mkba::paired;
use zalm_instruments::scan::{self, Effect, Peer, Scan, Sheet, Simulated, Standing, State, Step};
use zalm_scenario::{Checked, Project, Scenario, Text};

/// What is told of a step.
const METRICS: [&str; 4] = [
    "project.months",
    "project.alive",
    "households.multi_problem",
    "cost.total",
];

/// A scenario with fewer households is made up for a test, one with more is a country: neither is
/// a project to stand among.
const PEER_HOUSEHOLDS: std::ops::RangeInclusive<u32> = 100..=100_000;

/// Scan a project by the 4+1 model: scores with their reasons, its place among other projects, the
/// sustaining routes that fit, and the steps.
///
/// Every score is computed from the project's state in the scenario. With --simulate the steps are
/// played, each alone and all together, as paired differences.
#[derive(Args)]
pub struct ScanCommand {
    #[command(flatten)]
    given: Given,
    /// The project, by its id [default: the scenario's first]
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// Folder with the scenarios among which the project stands [default: the scenario's own]
    #[arg(long, value_name = "DIR")]
    among: Option<PathBuf>,
    /// Play the steps, with so many replications
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    simulate: Option<u32>,
    /// Strategy with which the steps are played [default: the best fitting of the scenario's]
    #[arg(long, value_name = "NAME")]
    strategy: Option<String>,
    /// Stressor under which the steps are played [default: the scenario's first]
    #[arg(long, value_name = "NAME")]
    stressor: Option<String>,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    strategies: Strategies,
    #[command(flatten)]
    form: Form,
}

impl ScanCommand {
    /// Makes the scan.
    ///
    /// # Errors
    /// When the scenario has problems, a run cannot be played, or the answer cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let voice = self.form.voice()?;
        let checked = self.given.read()?;
        let scenario = &checked.scenario;
        let project = project(scenario, self.project.as_deref())?;
        let state = State::new(scenario, project);
        let made = Scan::new(scenario, project);
        let peers = self.peers();
        let scenarios: Vec<Scenario> = peers.iter().map(|(_, peer)| peer.clone()).collect();
        let routes = scan::routes(&made, &state);
        let steps = scan::steps(&state, &scenarios);
        let plugins: Vec<&str> = routes.iter().map(|route| route.plugin).collect();
        let simulated = match self.simulate {
            Some(replications) => Some(self.play(&checked, &steps, &plugins, replications)?),
            None => None,
        };
        let sheet = Sheet {
            standing: Standing::new(&made, others((scenario, project), &peers)),
            scan: made,
            routes,
            steps,
            simulated,
            command: self.command(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        self.form.give(&Answer {
            text: scan::text(&sheet, &voice),
            json: scan::json(&sheet, &voice),
            files: vec![
                ("scan.html", scan::html(&sheet, &voice)),
                ("scan.csv", scan::csv(&sheet, &voice)),
                ("strip.svg", scan::strip(&sheet, &voice).into_string()),
            ],
        })
    }

    /// Start of a command that compares the strategies with a step taken.
    fn command(&self) -> String {
        let file = self.given.scenario.display().to_string();
        let mut all = vec!["zalm".to_owned(), "compare".to_owned(), file];
        all.extend(self.given.changes.words());
        words::line(all.iter().map(String::as_str))
    }

    /// The other scenarios of the folder; what cannot be read is told and left out.
    fn peers(&self) -> Vec<(PathBuf, Scenario)> {
        let own = self
            .given
            .scenario
            .parent()
            .filter(|p| !p.as_os_str().is_empty());
        let folder = self.among.as_deref().or(own).unwrap_or(Path::new("."));
        let Ok(entries) = std::fs::read_dir(folder) else {
            tell(say("no-peers", &[("folder", &folder.display())]));
            return Vec::new();
        };
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "ron"));
        files.retain(|file| !same(file, &self.given.scenario));
        files.sort();
        files.into_iter().filter_map(peer).collect()
    }

    /// Plays every step alone and all together.
    fn play(
        &self,
        checked: &Checked,
        steps: &[Step],
        plugins: &[&str],
        replications: u32,
    ) -> Result<Simulated, Failure> {
        let stop = stop_flag()?;
        let scenario = &checked.scenario;
        let strategy = self.chosen(scenario, plugins)?;
        let stressor = stressor(scenario, self.stressor.as_deref())?;
        let source = load(&self.given.scenario, checked, &self.strategies)?;
        let player = Player {
            source: &source,
            threads: self.threads.count(),
            stop: &stop,
        };
        let only = |mut scenario: Scenario| {
            scenario.strategies = vec![scenario.strategies[strategy].clone()];
            scenario.stressors = vec![scenario.stressors[stressor].clone()];
            scenario.replications = replications;
            scenario
        };
        let base = player.play(&only(scenario.clone()))?;
        let mut effects = Vec::new();
        let alone = steps.iter().map(std::slice::from_ref);
        for taken in alone.chain([steps]) {
            let changes = taken.iter().flat_map(|step| &step.changes);
            let pairs = changes.map(|change| (change.path.clone(), change.value.clone()));
            let changed = self.given.read_with(pairs.collect())?;
            let results = player.play(&only(changed.scenario))?;
            effects.push(
                METRICS
                    .iter()
                    .filter_map(|m| effect(&base, &results, m))
                    .collect(),
            );
        }
        Ok(Simulated {
            strategy: scenario.strategies[strategy].name.clone(),
            stressor: scenario.stressors[stressor].name.clone(),
            replications,
            effects,
        })
    }

    /// The strategy that was asked for, else the best fitting route that the scenario has.
    fn chosen(&self, scenario: &Scenario, plugins: &[&str]) -> Result<usize, Failure> {
        let all = &scenario.strategies;
        if let Some(name) = &self.strategy {
            let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
            let found = all.iter().position(|one| one.name == *name);
            return found.ok_or_else(|| unknown("strategy", name, &names));
        }
        let of = |plugin: &&str| all.iter().position(|one| one.plugin == **plugin);
        Ok(plugins.iter().find_map(of).unwrap_or(0))
    }
}

fn same(file: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    whole(file).is_some() && whole(file) == whole(other)
}

fn peer(file: PathBuf) -> Option<(PathBuf, Scenario)> {
    match zalm_scenario::read(&file, &[]) {
        Ok(checked) if PEER_HOUSEHOLDS.contains(&checked.scenario.households()) => {
            Some((file, checked.scenario))
        }
        Ok(_) => None,
        Err(_) => {
            tell(say("peer-wrong", &[("file", &file.display())]));
            None
        }
    }
}

/// Every other project once: a scenario built on another has the same project in the same place.
fn others(own: (&Scenario, &Project), peers: &[(PathBuf, Scenario)]) -> Vec<Peer> {
    let mut seen = vec![identity(own)];
    let mut found = Vec::new();
    for (file, scenario) in peers {
        for project in &scenario.projects {
            let identity = identity((scenario, project));
            if seen.contains(&identity) {
                continue;
            }
            seen.push(identity);
            let scan = Scan::new(scenario, project);
            found.push(Peer {
                scores: scan.scores(),
                name: scan.name,
                file: file.display().to_string(),
            });
        }
    }
    found
}

/// By which a project is known again in another file.
fn identity<'a>((scenario, project): (&'a Scenario, &'a Project)) -> (&'a str, &'a str, &'a Text) {
    (&scenario.place.name, &project.id, &project.name)
}

/// Paired difference of one metric over the replications that both have.
fn effect(base: &Results, changed: &Results, metric: &str) -> Option<Effect> {
    let at = base.metrics.iter().position(|spec| spec.name == metric)?;
    let pairs = changed.runs.iter().zip(&base.runs);
    let pairs: Vec<(f64, f64)> = pairs
        .filter_map(|(changed, base)| Some((changed.value(at)?, base.value(at)?)))
        .collect();
    let estimate = paired(&pairs)?;
    Some(Effect {
        metric: metric.to_owned(),
        unit: base.metrics[at].unit.to_owned(),
        mean: estimate.mean,
        interval: estimate.interval,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_stands_among_others_and_each_counts_once() {
        let read = |name: &str| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
            let file = folder.join(format!("{name}.ron"));
            let scenario = zalm_scenario::read(&file, &[]).expect("sound").scenario;
            (file, scenario)
        };
        let (_, own) = read("heechterp-schieringen");
        // The first two have the project of the scenario that they are built on.
        let peers = ["eight-strategies", "greenwish", "futuro", "futuro"].map(read);
        let found = others((&own, &own.projects[0]), &peers);
        let files: Vec<&str> = found.iter().map(|peer| peer.file.as_str()).collect();
        assert!(
            files.len() == 1 && files[0].ends_with("futuro.ron"),
            "{files:?}"
        );
    }
}
