//! Which points of an experiment are asked: draws, rows of a file, or ends of ranges; and when to
//! stop.

use crate::exit::Failure;
use crate::nearest::hint;
use crate::say::{decimal, say};
use clap::Args;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use zalm_experiment::store::Input;
use zalm_experiment::{Aim, Enough, Look, Noise, Point, Results, design, sha256};
use zalm_model::{MetricSpec, metrics};
use zalm_scenario::{Scenario, Source};

/// Points beside the scenario as it is.
#[derive(Args, Clone, Debug, Default)]
pub struct Design {
    /// Draw parameters this many times from their distributions (a Latin hypercube), and run all
    /// replications in each draw, with a chance of its own
    #[arg(long, value_name = "N", conflicts_with = "design")]
    draws: Option<u32>,
    /// Parameters to vary, such as team.effect or worker.*; can be repeated [default: all]
    #[arg(long, value_name = "NAME")]
    vary: Vec<String>,
    /// Points to run: a CSV file whose columns are named as parameters, with a point per row, or
    /// `factorial` or `one-at-a-time` over the ends of the ranges of what is varied
    #[arg(long, value_name = "FILE")]
    design: Option<PathBuf>,
    /// Give all draws the same chance, to lay them side by side; means then have no interval, since
    /// one chance is no sample of it
    #[arg(long, requires = "draws")]
    shared_chance: bool,
}

/// When to stop before all replications are run.
#[derive(Args, Clone, Debug, Default)]
pub struct Stopping {
    /// Stop as soon as every difference in METRIC from the null alternative is known to within
    /// SIZE (95 %), at most after the replications asked; can be repeated
    #[arg(long, value_name = "METRIC=SIZE", value_parser = sized, conflicts_with_all = ["draws", "design"])]
    precision: Vec<(String, f64)>,
    /// Stop as soon as the best strategy in METRIC is known to within SIZE under each stressor, at
    /// most after the replications asked; can be repeated
    #[arg(long, value_name = "METRIC=SIZE", value_parser = sized, conflicts_with_all = ["draws", "design"])]
    select: Vec<(String, f64)>,
}

fn sized(text: &str) -> Result<(String, f64), String> {
    let parts = text.split_once('=');
    let (metric, size) = parts.ok_or("expected METRIC=SIZE, such as households.multi_problem=2")?;
    match size.parse::<f64>() {
        Ok(size) if size.is_finite() && size > 0.0 => Ok((metric.to_owned(), size)),
        _ => Err(format!("`{size}` is no size; expected a number above 0")),
    }
}

/// Designs that are no file.
const NAMED: [&str; 2] = ["factorial", "one-at-a-time"];

impl Design {
    /// The points, and what sets them apart from other designs, in words.
    ///
    /// # Errors
    /// All that is wrong with names, file or rows.
    pub fn points(
        &self,
        scenario: &Scenario,
        kept: Option<&[Source]>,
    ) -> Result<(Vec<Point>, String), Failure> {
        let names =
            design::varied(scenario, &self.vary).map_err(|problems| Failure::all(&problems))?;
        let refused = |error: zalm_statistics::Refused| Failure::invalid(error.to_string());
        let words = self.words().join(" ");
        if let Some(draws) = self.draws {
            if draws < 2 {
                return Err(Failure::invalid(say("one-draw", &[])));
            }
            let noise = if self.shared_chance {
                Noise::Shared
            } else {
                Noise::OfDraw
            };
            return Ok((design::draws(scenario, &names, draws, noise), words));
        }
        let Some(file) = &self.design else {
            if self.vary.is_empty() {
                return Ok((vec![Point::default()], String::new()));
            }
            return Err(Failure::invalid(say("vary-how", &[])));
        };
        match file.to_str() {
            Some("factorial") => Ok((design::factorial(scenario, &names).map_err(refused)?, words)),
            Some("one-at-a-time") => Ok((design::each_alone(scenario, &names), words)),
            _ if !self.vary.is_empty() => Err(Failure::invalid(say("vary-and-file", &[]))),
            _ => rows(file, &text(file, kept)?),
        }
    }

    /// Whether several points are a sample from what parameters may be.
    pub fn is_sample(&self) -> bool {
        self.design.is_none()
    }

    /// The file that it reads, when it is one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn input(&self, kept: Option<&[Source]>) -> Result<Option<Input>, Failure> {
        let is_file = |file: &&PathBuf| !NAMED.iter().any(|name| file.as_os_str() == *name);
        let Some(file) = self.design.as_ref().filter(is_file) else {
            return Ok(None);
        };
        Ok(Some(Input {
            name: file.display().to_string(),
            text: text(file, kept)?,
        }))
    }

    /// The same as words of a command.
    pub fn words(&self) -> Vec<String> {
        let two = |name: &str, value: String| [name.to_owned(), value];
        let mut words = Vec::new();
        words.extend(
            self.draws
                .iter()
                .flat_map(|n| two("--draws", n.to_string())),
        );
        words.extend(
            self.vary
                .iter()
                .flat_map(|name| two("--vary", name.clone())),
        );
        let file = self.design.iter();
        words.extend(file.flat_map(|file| two("--design", file.display().to_string())));
        words.extend(self.shared_chance.then(|| "--shared-chance".to_owned()));
        words
    }
}

/// The text of a design file, of which one may have been kept.
fn text(file: &Path, kept: Option<&[Source]>) -> Result<String, Failure> {
    let name = file.display().to_string();
    let own = kept
        .into_iter()
        .flatten()
        .find(|source| source.name == name);
    let text = own.map_or_else(|| std::fs::read_to_string(file), |own| Ok(own.text.clone()));
    text.map_err(|error| Failure::invalid(say("no-design", &[("file", &name), ("error", &error)])))
}

/// The points of a file; its bytes decide, not its name.
fn rows(file: &Path, text: &str) -> Result<(Vec<Point>, String), Failure> {
    let points =
        design::rows(text).map_err(|problems| Failure::of_file(file.display(), problems))?;
    let words = format!("rows of a file with SHA-256 {}", sha256(text.as_bytes()));
    Ok((points, words))
}

impl Stopping {
    /// The rules; `None` when all replications are asked.
    ///
    /// # Errors
    /// Metrics that are not measured, or no null alternative to differ from.
    pub fn enough(&self, scenario: &Scenario) -> Result<Option<Enough>, Failure> {
        if self.precision.is_empty() && self.select.is_empty() {
            return Ok(None);
        }
        let null = &scenario.null_alternative;
        if !self.precision.is_empty() && scenario.strategies.iter().all(|one| one.name != *null) {
            return Err(Failure::invalid(say("precision-alone", &[])));
        }
        let measured = metrics(scenario);
        let mut problems = Vec::new();
        let mut aims = |asked: &[(String, f64)]| -> Vec<Aim> {
            let aim = |(name, size): &(String, f64)| {
                let found = measured.iter().position(|metric| metric.name == *name);
                if found.is_none() {
                    let names = measured.iter().map(|metric| metric.name.as_str());
                    let near = hint(name, names);
                    problems.push(say("no-metric", &[("name", name), ("hint", &near)]));
                }
                found.map(|metric| Aim {
                    metric,
                    size: *size,
                })
            };
            asked.iter().filter_map(aim).collect()
        };
        let enough = Enough {
            precise: aims(&self.precision),
            best: aims(&self.select),
        };
        if problems.is_empty() {
            Ok(Some(enough))
        } else {
            Err(Failure::all(&problems))
        }
    }

    /// The same as words of a command.
    pub fn words(&self) -> Vec<String> {
        let words = |name: &str, asked: &[(String, f64)]| -> Vec<String> {
            let two =
                |(metric, size): &(String, f64)| [name.to_owned(), format!("{metric}={size}")];
            asked.iter().flat_map(two).collect()
        };
        [
            words("--precision", &self.precision),
            words("--select", &self.select),
        ]
        .concat()
    }
}

/// When it stopped and why, in lines for people.
pub fn stopped(look: &Look, results: &Results) -> String {
    let count = results.replications.len();
    let mut lines = match look.enough {
        Some(_) => vec![say("enough", &[("count", &count)])],
        None => vec![say(
            "not-enough",
            &[("count", &count), ("planned", &look.planned)],
        )],
    };
    if let Some(wait) = look.slowest {
        let MetricSpec { name, unit, .. } = &results.metrics[wait.aim.metric];
        let slowest = [
            ("metric", name as &dyn Display),
            ("strategy", &results.strategies[wait.strategy]),
            ("stressor", &results.stressors[wait.stressor]),
            ("known", &decimal(wait.half_width, 3)),
            ("unit", unit),
            ("asked", &wait.aim.size),
        ];
        lines.push(say("slowest", &slowest));
    }
    lines.push(say("looked-often", &[]));
    for (aim, stressor, still_in) in &look.best {
        let names: Vec<&str> = still_in
            .iter()
            .map(|&strategy| results.strategies[strategy].as_str())
            .collect();
        let found = [
            ("metric", &results.metrics[aim.metric].name as &dyn Display),
            ("stressor", &results.stressors[*stressor]),
            ("names", &names.join(", ")),
        ];
        lines.push(if names.len() == 1 {
            say("best-is", &found)
        } else {
            say("best-among", &found)
        });
    }
    lines.join("\n")
}
