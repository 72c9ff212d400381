//! Whether a difference can be told from chance: one fixed rule for page and table.

use crate::input::{Difference, Direction};

/// Whether a difference can be told from chance, and which way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Clearly better than the null alternative.
    Better,
    /// Clearly worse.
    Worse,
    /// Clearly different, in a metric that only describes.
    Different,
    /// Exactly as the null alternative in every pair of runs.
    Same,
    /// Cannot be told from chance.
    Unclear,
}

impl Verdict {
    /// Whether it is told from chance.
    pub fn is_clear(self) -> bool {
        !matches!(self, Self::Unclear | Self::Same)
    }
}

impl Verdict {
    /// Id of its word beside a difference that is written so: one that is told from chance and still
    /// rounds to nothing is not called better or worse.
    pub(crate) fn word(self, written: &str) -> &'static str {
        let nothing = !written.contains(|c: char| ('1'..='9').contains(&c));
        match self {
            Self::Better | Self::Worse | Self::Different if nothing => "verdict-tiny",
            Self::Better => "verdict-better",
            Self::Worse => "verdict-worse",
            Self::Different => "verdict-different",
            Self::Same => "verdict-same",
            Self::Unclear => "verdict-unclear",
        }
    }
}

/// Largest Holm-adjusted p-value at which a difference counts as clear.
pub const CLEAR_BELOW: f64 = 0.05;

impl Difference {
    /// The fixed rule: clear when the adjusted p-value is below [`CLEAR_BELOW`].
    pub fn verdict(&self, better: Direction) -> Verdict {
        let mean = self.estimate.mean;
        if self.constant && mean == 0.0 {
            return Verdict::Same;
        }
        if self.p_holm.is_none_or(|p| p >= CLEAR_BELOW) {
            return Verdict::Unclear;
        }
        match better {
            Direction::Neither => Verdict::Different,
            Direction::Higher if mean > 0.0 => Verdict::Better,
            Direction::Lower if mean < 0.0 => Verdict::Better,
            Direction::Higher | Direction::Lower => Verdict::Worse,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Estimate;

    fn difference(mean: f64, half: f64, p_holm: Option<f64>) -> Difference {
        let estimate = Estimate {
            mean,
            interval: Some((mean - half, mean + half)),
        };
        Difference {
            estimate,
            p_holm,
            constant: half == 0.0,
            pairs: 10,
            ..Difference::default()
        }
    }

    #[test]
    fn what_rounds_to_nothing_is_not_better() {
        assert_eq!(Verdict::Better.word("+0,00"), "verdict-tiny");
        assert_eq!(Verdict::Better.word("+0,01"), "verdict-better");
        assert_eq!(Verdict::Same.word("0"), "verdict-same");
    }

    #[test]
    fn the_rule() {
        let fewer = difference(-3.0, 1.0, Some(0.01));
        assert_eq!(fewer.verdict(Direction::Lower), Verdict::Better);
        assert_eq!(fewer.verdict(Direction::Higher), Verdict::Worse);
        assert_eq!(fewer.verdict(Direction::Neither), Verdict::Different);
        let doubtful = difference(-3.0, 1.0, Some(CLEAR_BELOW));
        assert_eq!(doubtful.verdict(Direction::Lower), Verdict::Unclear);
        assert_eq!(
            difference(-3.0, 1.0, None).verdict(Direction::Lower),
            Verdict::Unclear
        );
        assert_eq!(
            difference(0.0, 0.0, Some(1.0)).verdict(Direction::Lower),
            Verdict::Same
        );
        // Two pairs that differ by the same are no certainty; ten are.
        let few = difference(-3.0, 0.0, Some(0.5));
        assert_eq!(few.verdict(Direction::Lower), Verdict::Unclear);
        let many = difference(-3.0, 0.0, Some(1.0 / 512.0));
        assert_eq!(many.verdict(Direction::Lower), Verdict::Better);
    }
}
