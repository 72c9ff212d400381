//! Whether a pattern is there: one rule for all.

use super::claim::Expected;
use crate::summary::LEVEL;
use zalm_statistics::Paired;

/// The part of the effect that may be left, at most, when the mechanism behind it is off.
pub const VANISHED: f64 = 0.25;

/// Whether a claim holds; ordered from weakest, so that the verdict on several is the smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The effect cannot be told from none, or goes the other way.
    Absent,
    /// The effect is there, but not shown to come from the mechanism named.
    Weak,
    /// The effect is there and goes with the mechanism.
    Holds,
}

impl Verdict {
    /// Name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Weak => "weak",
            Self::Holds => "holds",
        }
    }
}

/// The rule. A claim **holds** when all three are so:
///
/// 1. the interval of the effect lies on the expected side of zero;
/// 2. without the mechanism the effect is gone: its interval covers zero, or at most
///    [`VANISHED`] of it is left;
/// 3. the interval of what the mechanism adds, effect less counter-check in pairs, lies on the
///    expected side of zero.
///
/// It is **weak** when only the first is so, and else **absent**.
pub fn verdict(
    expected: Expected,
    effect: &Paired,
    counter: &Paired,
    difference: &Paired,
) -> Verdict {
    if !clear(expected, effect) {
        return Verdict::Absent;
    }
    let left = expected.oriented(counter.mean) / expected.oriented(effect.mean);
    let gone = left <= VANISHED || covers_zero(counter);
    if gone && clear(expected, difference) {
        Verdict::Holds
    } else {
        Verdict::Weak
    }
}

/// Whether the whole interval lies on the expected side of zero; of pairs that all differ by the
/// same, whether so many alike are more than chance.
fn clear(expected: Expected, paired: &Paired) -> bool {
    paired.is_above(LEVEL).is_some() && expected.oriented(paired.mean) > 0.0
}

fn covers_zero(paired: &Paired) -> bool {
    let known = paired.interval.is_some() || paired.is_constant();
    known && paired.is_above(LEVEL).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(mean: f64, half: f64) -> Paired {
        Paired {
            pairs: 10,
            mean,
            sd: Some(1.0),
            interval: Some((mean - half, mean + half)),
            p: None,
            correlation: None,
            variance_reduction: None,
        }
    }

    fn less(effect: Paired, counter: Paired, difference: Paired) -> Verdict {
        verdict(Expected::Less, &effect, &counter, &difference)
    }

    #[test]
    fn the_rule() {
        let (effect, gone) = (paired(-8.0, 2.0), paired(-0.5, 1.0));
        assert_eq!(less(effect, gone, paired(-7.5, 2.0)), Verdict::Holds);
        // Left in full, so the mechanism is not what makes it.
        let left = paired(-7.0, 1.0);
        assert_eq!(less(effect, left, paired(-1.0, 0.5)), Verdict::Weak);
        // Not told from none without the mechanism, but the two not told from each other either.
        let unsure = paired(-3.0, 4.0);
        assert_eq!(less(effect, unsure, paired(-5.0, 6.0)), Verdict::Weak);
        // A quarter may be left, however sure.
        let quarter = paired(-2.0, 0.1);
        assert_eq!(less(effect, quarter, paired(-6.0, 2.0)), Verdict::Holds);
        assert_eq!(
            less(paired(-1.0, 2.0), gone, paired(-0.5, 2.0)),
            Verdict::Absent
        );
        assert_eq!(
            less(paired(8.0, 2.0), gone, paired(8.5, 2.0)),
            Verdict::Absent
        );
    }

    #[test]
    fn an_effect_that_turns_round_without_its_mechanism_comes_from_it() {
        let (effect, turned) = (paired(-8.0, 2.0), paired(3.0, 1.0));
        assert_eq!(less(effect, turned, paired(-11.0, 2.0)), Verdict::Holds);
    }

    #[test]
    fn one_replication_shows_nothing() {
        let single = Paired {
            interval: None,
            ..paired(-8.0, 2.0)
        };
        assert_eq!(less(single, single, single), Verdict::Absent);
    }
}
