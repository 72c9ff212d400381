//! `zalm break-even`: where a strategy turns from loss to gain along a parameter.

use crate::analyses::{Analysis, Points};
use crate::draws::Under;
use crate::exit::{Exit, Failure};
use clap::Args;
use zalm_analysis::break_even::{Question, break_even};
use zalm_scenario::Scenario;

/// Find the break-even points of the strategies along a parameter.
///
/// Every value is played with the same chance. That there is no such point in the range is a finding.
#[derive(Args)]
pub struct BreakEven {
    #[command(flatten)]
    analysis: Analysis,
    /// Parameter along which to look (`zalm parameters SCENARIO` lists them)
    #[arg(long, value_name = "NAME")]
    parameter: String,
    /// Metric of gain and loss
    #[arg(long, value_name = "NAME", default_value = "cost.total")]
    metric: String,
    #[command(flatten)]
    under: Under,
    /// Range to look in [default: the plausible range of the parameter]
    #[arg(long, value_name = "LOW..HIGH", value_parser = range)]
    range: Option<(f64, f64)>,
}

fn range(text: &str) -> Result<(f64, f64), String> {
    let ends = text.split_once("..").and_then(|(low, high)| {
        let end = |text: &str| text.trim().parse().ok().filter(|end: &f64| end.is_finite());
        Some((end(low)?, end(high)?))
    });
    ends.ok_or_else(|| "expected LOW..HIGH, such as 1.5..4".to_owned())
}

impl BreakEven {
    /// Looks for the points.
    ///
    /// # Errors
    /// As [`Analysis::give`].
    pub fn execute(&self) -> Result<Exit, Failure> {
        let question = Question {
            parameter: self.parameter.clone(),
            range: self.range,
            metric: self.metric.clone(),
            stressor: self.under.stressor.clone(),
        };
        let mut words = vec![
            ("--parameter", self.parameter.clone()),
            ("--metric", self.metric.clone()),
        ];
        words.extend(self.under.words());
        let range = self
            .range
            .map(|(low, high)| ("--range", format!("{low}..{high}")));
        words.extend(range);
        let ask = |scenario: &Scenario, play: &Points<'_>| break_even(scenario, &question, play);
        self.analysis.give("break-even", &words, ask)
    }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn a_range_has_two_ends() {
        assert_eq!(range("-1 .. 2.5"), Ok((-1.0, 2.5)));
        for text in ["1", "1..", "a..b", "1..inf"] {
            assert!(range(text).is_err(), "{text}");
        }
    }
}
