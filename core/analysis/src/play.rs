//! Who plays the points of a question, and why there may be no answer.

use std::fmt;
use zalm_experiment::{Keep, Point, Results};
use zalm_statistics::Refused;

/// Plays points of one scenario, all with the same replications and the same chance.
pub trait Play {
    /// Why it could not be played.
    type Error;

    /// The results of each point, in the order of the points; what was played before is not played
    /// again.
    ///
    /// # Errors
    /// When a point cannot be played, or when it is stopped.
    fn play(&self, points: &[Point], keep: Keep) -> Result<Vec<Results>, Self::Error>;
}

/// What is wrong with a question, for the person who asked it: what, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked(pub String);

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem<E> {
    /// Something is wrong with the question.
    Asked(Asked),
    /// It could not be played.
    Played(E),
}

/// What a search over points found, unless one of them could not be played: the search itself only
/// sees that it has no value there.
pub(crate) fn searched<T, E>(
    failure: Option<Problem<E>>,
    found: Result<T, Refused>,
) -> Result<T, Problem<E>> {
    match failure {
        Some(failure) => Err(failure),
        None => Ok(found.map_err(Asked::from)?),
    }
}

impl<E> From<Asked> for Problem<E> {
    fn from(asked: Asked) -> Self {
        Self::Asked(asked)
    }
}

impl From<Refused> for Asked {
    fn from(refused: Refused) -> Self {
        Self(refused.to_string())
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
