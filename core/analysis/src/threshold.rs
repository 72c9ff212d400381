//! A threshold that people set: what counts as broken.

use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;
use zalm_experiment::Keep;

/// A metric that falls below a value or rises above it: `project.alive<0.5`, or at a month after the
/// policy date, `project.alive@36<0.5`.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// Name of the metric.
    pub metric: String,
    /// Months after the policy date at which it counts; `None` where the question says when.
    pub after: Option<u32>,
    /// Broken below the value, else above it.
    pub below: bool,
    /// The value, in the metric's unit.
    pub value: f64,
}

impl Threshold {
    /// Below this share of living projects more fail than live.
    pub fn half_alive() -> Self {
        Self {
            metric: "project.alive".to_owned(),
            after: None,
            below: true,
            value: 0.5,
        }
    }

    /// What must be kept of a run to see whether thresholds are broken.
    pub(crate) fn keep(thresholds: &[Self]) -> Keep {
        if thresholds.iter().any(|one| one.after.is_some()) {
            Keep::Series
        } else {
            Keep::Outcomes
        }
    }

    /// How far a value is from being broken, in the metric's unit; below 0 it is.
    pub fn room(&self, value: f64) -> f64 {
        if self.below {
            value - self.value
        } else {
            self.value - value
        }
    }

    /// Whether a value breaks it.
    pub fn breaks(&self, value: f64) -> bool {
        self.room(value) < 0.0
    }
}

impl FromStr for Threshold {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "{text:?} is no threshold; write METRIC<VALUE or METRIC>VALUE, such as project.alive<0.5"
            )
        };
        let at = text.find(['<', '>']).ok_or_else(wrong)?;
        let (name, value) = (text[..at].trim(), text[at + 1..].trim());
        let (metric, after) = match name.split_once('@') {
            None => (name, None),
            Some((metric, month)) => (metric, Some(month.trim().parse().map_err(|_| wrong())?)),
        };
        let value: f64 = value.parse().map_err(|_| wrong())?;
        if metric.is_empty() || !value.is_finite() {
            return Err(wrong());
        }
        Ok(Self {
            metric: metric.trim().to_owned(),
            after,
            below: text[at..].starts_with('<'),
            value,
        })
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let after = self
            .after
            .map_or_else(String::new, |month| format!("@{month}"));
        let sign = if self.below { '<' } else { '>' };
        write!(f, "{}{after}{sign}{}", self.metric, self.value)
    }
}

impl Serialize for Threshold {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read_back() {
        for text in [
            "project.alive<0.5",
            "cost.total>1000000",
            "project.alive@36<0.5",
        ] {
            let threshold: Threshold = text.parse().unwrap();
            assert_eq!(threshold.to_string(), text);
        }
        let spaced: Threshold = "project.alive @ 36 < 0.5".parse().unwrap();
        assert_eq!(spaced.after, Some(36));
        assert!(spaced.breaks(0.4) && !spaced.breaks(0.5));
        assert!("cost.total>10".parse::<Threshold>().unwrap().breaks(11.0));
    }

    #[test]
    fn what_is_no_threshold_is_refused() {
        for text in [
            "project.alive",
            "<0.5",
            "project.alive<half",
            "a@b<1",
            "a<inf",
        ] {
            assert!(
                text.parse::<Threshold>()
                    .unwrap_err()
                    .contains("METRIC<VALUE")
            );
        }
    }
}
