//! Municipal buffer ratio (ratio weerstandsvermogen): what there is over what it may take.

use crate::error::{all_finite, at_least, within};
use crate::{Refused, quantile, quantile_interval, sorted_finite};

/// Losses needed at least: below that a quantile of 90 % is one or two runs.
const LOSSES: usize = 20;

/// Class of a buffer ratio, as Dutch municipalities use them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BufferClass {
    /// Above 2.0: excellent.
    A,
    /// 1.4 to 2.0: more than enough.
    B,
    /// 1.0 to 1.4: enough.
    C,
    /// 0.8 to 1.0: moderate.
    D,
    /// 0.6 to 0.8: not enough.
    E,
    /// Below 0.6: far from enough.
    F,
}

impl BufferClass {
    /// The class of a ratio; a ratio between two classes has the better one.
    pub fn of(ratio: f64) -> Self {
        match ratio {
            ratio if ratio > 2.0 => Self::A,
            ratio if ratio >= 1.4 => Self::B,
            ratio if ratio >= 1.0 => Self::C,
            ratio if ratio >= 0.8 => Self::D,
            ratio if ratio >= 0.6 => Self::E,
            _ => Self::F,
        }
    }
}

/// A buffer against simulated losses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Buffer {
    /// Buffer that covers the losses with the certainty asked, in the unit of the losses, 0 or more.
    pub required: f64,
    /// Interval of what is required, whatever the distribution of losses; `None` where the losses are
    /// too few to bound it from above.
    pub interval: Option<(f64, f64)>,
    /// Available over required; `None` when nothing is required.
    pub ratio: Option<f64>,
    /// Class of the ratio; A when nothing is required.
    pub class: BufferClass,
    /// Certainty asked, 0..1: it must be stated with the ratio.
    pub certainty: f64,
}

/// The buffer ratio of `available` against simulated `losses`, at a `certainty` such as 0.9; the
/// interval of what that requires at `level`.
///
/// # Errors
/// Fewer than 20 losses, a value that is no number, a certainty outside 0.5..1.
pub fn buffer(
    available: f64,
    losses: &[f64],
    certainty: f64,
    level: f64,
) -> Result<Buffer, Refused> {
    at_least(LOSSES, losses.len(), "simulated losses")?;
    all_finite(losses, "the losses")?;
    all_finite(&[available], "the buffer")?;
    within((0.5, 1.0 - f64::EPSILON), certainty, "the certainty")?;
    let sorted = sorted_finite(losses.iter().copied());
    let required = quantile(&sorted, certainty).map_or(0.0, |loss| loss.max(0.0));
    let interval = quantile_interval(&sorted, certainty, level);
    let ratio = (required > 0.0).then(|| available / required);
    Ok(Buffer {
        required,
        interval: interval.map(|(low, high)| (low.max(0.0), high.max(0.0))),
        ratio,
        class: ratio.map_or(BufferClass::A, BufferClass::of),
        certainty,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_by_hand() {
        let table = [
            (2.1, BufferClass::A),
            (2.0, BufferClass::B),
            (1.4, BufferClass::B),
            (1.0, BufferClass::C),
            (0.9, BufferClass::D),
            (0.6, BufferClass::E),
            (0.5, BufferClass::F),
            (-1.0, BufferClass::F),
        ];
        assert!(
            table
                .iter()
                .all(|(ratio, class)| BufferClass::of(*ratio) == *class)
        );
    }

    #[test]
    fn the_level_decides_the_ratio() {
        let losses: Vec<f64> = (0..=100).map(f64::from).collect();
        let at = |certainty| buffer(108.0, &losses, certainty, 0.95).unwrap();
        assert_eq!((at(0.9).ratio, at(0.9).class), (Some(1.2), BufferClass::C));
        assert_eq!((at(0.8).ratio, at(0.8).class), (Some(1.35), BufferClass::C));
        assert!(buffer(1.0, &losses[..5], 0.9, 0.95).is_err());
        // Ranks 84 and 96 of a hundred (as tabulated), which are the losses 83 and 95.
        let hundred = buffer(108.0, &losses[..100], 0.9, 0.95).unwrap();
        assert_eq!(hundred.interval, Some((83.0, 95.0)));
        let few = buffer(108.0, &losses[..35], 0.9, 0.95).unwrap();
        assert_eq!(few.interval, None, "0.9 to the 35th is more than 2.5 %");
        let gains = vec![-1.0; 30];
        let none = buffer(1.0, &gains, 0.9, 0.95).unwrap();
        assert_eq!(
            (none.required, none.ratio, none.class),
            (0.0, None, BufferClass::A)
        );
    }
}
