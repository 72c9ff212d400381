//! Why a method gives no answer, and what to do about it.

use std::fmt;

/// A question that a method cannot answer with what it was given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refused {
    /// Fewer values than the method needs.
    TooFew {
        /// What there is too little of, such as `replications`.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many the method needs.
        needed: usize,
    },
    /// More than the method can hold.
    TooMany {
        /// What there is too much of, such as `columns of a Sobol' sequence`.
        what: &'static str,
        /// How many were asked.
        asked: usize,
        /// How many it can hold.
        at_most: usize,
        /// What to do instead.
        instead: &'static str,
    },
    /// A list that is not as long as the one it belongs to.
    Uneven {
        /// What the list holds.
        what: &'static str,
        /// Length it should have.
        expected: usize,
        /// Length it has.
        found: usize,
    },
    /// The same value throughout, so that nothing can be told from it.
    NeverVaries {
        /// What is always the same.
        what: &'static str,
    },
    /// A value that is no number.
    NotFinite {
        /// What it is a value of.
        what: &'static str,
        /// Its place in the list, from 0.
        at: usize,
    },
    /// A value that the method cannot use.
    OutOfRange {
        /// What the value is of.
        what: &'static str,
        /// The value.
        found: f64,
        /// Least that can be used.
        low: f64,
        /// Most that can be used.
        high: f64,
    },
    /// What is asked to fail fails without any shock.
    FailsAlready {
        /// Its margin at the expected values, 0 or less.
        margin: f64,
    },
    /// A range without anything between its ends.
    EmptyRange {
        /// What the range is of.
        what: &'static str,
        /// Its low end.
        low: f64,
        /// Its high end.
        high: f64,
    },
    /// More rows of a design failed than may be left out.
    TooManyFailed {
        /// Rows that failed.
        failed: usize,
        /// Rows of the design.
        of: usize,
    },
    /// Relative precision asked of a mean that may be nil.
    HoldsZero {
        /// The mean.
        mean: f64,
        /// Half width of its interval.
        half_width: f64,
    },
    /// A matrix that cannot be a covariance: not symmetric, or flat in some direction.
    NoCovariance,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::TooFew {
                what,
                found,
                needed,
            } => {
                write!(
                    f,
                    "{found} {what}, and at least {needed} are needed: ask for more"
                )
            }
            Self::TooMany {
                what,
                asked,
                at_most,
                instead,
            } => {
                write!(
                    f,
                    "{asked} {what}, and at most {at_most} can be had: {instead}"
                )
            }
            Self::Uneven {
                what,
                expected,
                found,
            } => write!(
                f,
                "{found} {what} where {expected} belong: give the results of this very design, in its order"
            ),
            Self::NeverVaries { what } => write!(
                f,
                "{what} never varies, so nothing can be told from it: choose another metric or a wider range"
            ),
            Self::NotFinite { what, at } => write!(
                f,
                "value {at} of {what} is no number: leave the failed run out by name"
            ),
            Self::OutOfRange {
                what,
                found,
                low,
                high,
            } => {
                write!(f, "{what} is {found}; it must ")?;
                match (low <= f64::MIN_POSITIVE && low > 0.0, high >= f64::MAX) {
                    (true, true) => f.write_str("be above 0"),
                    (true, false) => write!(f, "be above 0 and at most {high}"),
                    (false, true) => write!(f, "be at least {low}"),
                    (false, false) => write!(f, "lie in {low} to {high}"),
                }
            }
            Self::FailsAlready { margin } => write!(
                f,
                "it fails at the expected values already (margin {margin}), so there is no shock to look for: define failure more strictly"
            ),
            Self::EmptyRange { what, low, high } => write!(
                f,
                "the range of {what}, {low} to {high}, is empty: give a low end below its high end"
            ),
            Self::TooManyFailed { failed, of } => write!(
                f,
                "{failed} of {of} rows failed, and no more than 2 in 100 may be left out: mend or repeat those runs"
            ),
            Self::HoldsZero { mean, half_width } => write!(
                f,
                "{mean} ± {half_width} holds 0, so precision relative to it means nothing: ask for an absolute precision"
            ),
            Self::NoCovariance => write!(
                f,
                "the covariance is not symmetric and positive definite: give each input a spread of its own and correlations within -1 to 1"
            ),
        }
    }
}

impl std::error::Error for Refused {}

/// Refuses a list that is shorter than a method needs.
pub(crate) fn at_least(needed: usize, found: usize, what: &'static str) -> Result<(), Refused> {
    if found < needed {
        return Err(Refused::TooFew {
            what,
            found,
            needed,
        });
    }
    Ok(())
}

/// Refuses a list of another length.
pub(crate) fn as_long_as(expected: usize, found: usize, what: &'static str) -> Result<(), Refused> {
    if found != expected {
        return Err(Refused::Uneven {
            what,
            expected,
            found,
        });
    }
    Ok(())
}

/// Refuses a list with a value that is no number.
pub(crate) fn all_finite(values: &[f64], what: &'static str) -> Result<(), Refused> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(at) => Err(Refused::NotFinite { what, at }),
        None => Ok(()),
    }
}

/// Refuses a value outside `low..=high`, and what is no number.
pub(crate) fn within(
    (low, high): (f64, f64),
    found: f64,
    what: &'static str,
) -> Result<(), Refused> {
    if (low..=high).contains(&found) {
        return Ok(());
    }
    Err(Refused::OutOfRange {
        what,
        found,
        low,
        high,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_to_do() {
        let few = at_least(10, 3, "replications").unwrap_err();
        assert_eq!(
            few.to_string(),
            "3 replications, and at least 10 are needed: ask for more"
        );
        assert!(within((0.0, 1.0), f64::NAN, "the level").is_err());
        assert!(all_finite(&[1.0, f64::INFINITY], "costs").is_err());
        let zone = within((f64::MIN_POSITIVE, f64::MAX), 0.0, "the precision").unwrap_err();
        assert_eq!(zone.to_string(), "the precision is 0; it must be above 0");
        let level = within((0.0, 1.0), 7.0, "the level").unwrap_err();
        assert_eq!(level.to_string(), "the level is 7; it must lie in 0 to 1");
        let uneven = as_long_as(3, 2, "results").unwrap_err();
        assert!(uneven.to_string().contains("in its order"));
    }
}
