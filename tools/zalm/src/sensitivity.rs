//! `zalm sensitivity`: on which numbers a difference hangs.

use crate::analyses::{Analysis, Points, repeated};
use crate::exit::{Exit, Failure};
use crate::stderr::tell;
use clap::{Args, ValueEnum};
use zalm_analysis::sensitivity::{By, Design, Method, Question, sensitivity};
use zalm_scenario::Scenario;

/// Find the numbers on which the difference between a strategy and the null alternative hangs.
///
/// Every point has the same replications, so that points differ by the numbers alone. Choose the
/// strategy with --strategy.
#[derive(Args)]
pub struct Sensitivity {
    #[command(flatten)]
    analysis: Analysis,
    /// How to look
    #[arg(long, value_enum, default_value_t = How::Tornado)]
    method: How,
    /// How numbers are taken together [default: parameter; subject for morris, evidence for sobol]
    #[arg(long, value_enum)]
    by: Option<Together>,
    /// Parameters that vary: a name, or a beginning such as `team.*`; can be repeated [default: all]
    #[arg(long, value_name = "NAME")]
    vary: Vec<String>,
    /// Places in each range (tornado: 2 ends, more show bends), trajectories (morris: 10), points
    /// (sobol: 128) or draws (given: 500)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    size: Option<u32>,
    /// Metric of the difference
    #[arg(long, value_name = "NAME", default_value = "households.multi_problem")]
    metric: String,
    /// Stressor [default: the scenario's first]
    #[arg(long, value_name = "NAME")]
    stressor: Option<String>,
}

/// A method, for the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum How {
    /// One number at a time to both ends of its range
    Tornado,
    /// A ranking of many numbers, by elementary effects
    Morris,
    /// Shares of the variance, interplay included
    Sobol,
    /// Shares of the variance from a plain sample
    Given,
}

/// Numbers taken together, for the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Together {
    /// Each alone
    Parameter,
    /// Those of one subject: what stands before the dot
    Subject,
    /// Those that are equally well supported
    Evidence,
}

impl Sensitivity {
    /// Looks.
    ///
    /// # Errors
    /// As [`Analysis::give`].
    pub fn execute(&self) -> Result<Exit, Failure> {
        let question = self.question();
        let name = |value: Option<clap::builder::PossibleValue>| {
            value.map_or_else(String::new, |value| value.get_name().to_owned())
        };
        let mut words = vec![
            ("--method", name(self.method.to_possible_value())),
            ("--by", format!("{:?}", question.by).to_lowercase()),
            ("--size", question.size.to_string()),
            ("--metric", self.metric.clone()),
        ];
        words.extend(repeated("--vary", &self.vary));
        words.extend(self.stressor.iter().map(|one| ("--stressor", one.clone())));
        let ask = |scenario: &Scenario, play: &Points<'_>| {
            let design = Design::new(scenario, &question)?;
            tell(format!(
                "{} points, {} runs each",
                design.points().len(),
                scenario.replications as usize * scenario.strategies.len()
            ));
            sensitivity(&design, play)
        };
        self.analysis.give("sensitivity", &words, ask)
    }

    fn question(&self) -> Question {
        let method = match self.method {
            How::Tornado => Method::Tornado,
            How::Morris => Method::Morris,
            How::Sobol => Method::Sobol,
            How::Given => Method::Given,
        };
        let by = self.by.map_or(method.usual_by(), |by| match by {
            Together::Parameter => By::Parameter,
            Together::Subject => By::Subject,
            Together::Evidence => By::Evidence,
        });
        Question {
            method,
            by,
            vary: self.vary.clone(),
            size: self.size.map_or(method.usual_size(), |size| size as usize),
            metric: self.metric.clone(),
            strategy: None,
            stressor: self.stressor.clone(),
        }
    }
}
