//! `zalm sensitivity`: on which numbers a difference hangs.

use crate::analyses::{Analysis, Points};
use crate::draws::{Under, Vary};
use crate::exit::{Exit, Failure};
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
    #[command(flatten)]
    vary: Vary,
    /// Places in each range (tornado: 2 ends, more show bends), trajectories (morris: 10), points
    /// (sobol: 128) or draws (given: 500)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    size: Option<u32>,
    /// Metric of the difference
    #[arg(long, value_name = "NAME", default_value = "households.multi_problem")]
    metric: String,
    #[command(flatten)]
    under: Under,
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
        words.extend(self.vary.words());
        words.extend(self.under.words());
        let ask = |scenario: &Scenario, play: &Points<'_>| {
            let design = Design::new(scenario, &question)?;
            play.announce(design.points().len(), "points");
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
            vary: self.vary.names.clone(),
            size: self.size.map_or(method.usual_size(), |size| size as usize),
            metric: self.metric.clone(),
            strategy: None,
            stressor: self.under.stressor.clone(),
        }
    }
}
