//! Which values count as one: an interval goes over what was drawn, never over what was chosen.

use crate::results::Results;
use zalm_statistics::Moments;

/// How the values of an arm, by draw and replication, are brought together before they count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grouped {
    /// One point: every replication counts.
    Runs,
    /// Draws from what parameters may be, of so many replications with a chance of their own: each
    /// counts with the mean over its replications, so that intervals hold chance and what is not
    /// known.
    Draws(usize),
    /// Draws of so many replications that all meet the same chance. Their means are a sample of what
    /// is not known and hold one outcome of chance, so that an interval over them would leave chance
    /// out: there is none.
    Alike(usize),
    /// Points that somebody chose, of so many replications with the same chance: they are no sample,
    /// so each replication counts, with its mean over the points.
    Replications(usize),
}

impl Grouped {
    pub fn of(results: &Results) -> Self {
        let each = results.replications.len().max(1);
        match results.draws.len() {
            0 | 1 => Self::Runs,
            _ if !results.sampled => Self::Replications(each),
            _ if results.shares_chance() => Self::Alike(each),
            _ => Self::Draws(each),
        }
    }

    /// Whether what counts is a sample of all that varies, so that it has an interval.
    pub fn has_intervals(self) -> bool {
        !matches!(self, Self::Alike(_))
    }

    /// Means of the values that go together: over a draw of those that are there, over points only
    /// where all are, because points that fail are no chance.
    pub fn means(self, values: &[Option<f64>]) -> Vec<Option<f64>> {
        match self {
            Self::Runs => values.to_vec(),
            Self::Draws(_) | Self::Alike(_) => self.groups(values, |group| {
                let moments: Moments = group.into_iter().flatten().collect();
                moments.mean()
            }),
            Self::Replications(_) => self.whole_means(values),
        }
    }

    /// Means of the values that go together, where all of them are there.
    pub fn whole_means(self, values: &[Option<f64>]) -> Vec<Option<f64>> {
        self.groups(values, |group| {
            let moments: Option<Moments> = group.into_iter().collect();
            moments?.mean()
        })
    }

    fn groups(
        self,
        values: &[Option<f64>],
        mean: impl Fn(Vec<Option<f64>>) -> Option<f64>,
    ) -> Vec<Option<f64>> {
        match self {
            Self::Runs => values.iter().map(|value| mean(vec![*value])).collect(),
            Self::Draws(each) | Self::Alike(each) => values
                .chunks(each)
                .map(|draw| mean(draw.to_vec()))
                .collect(),
            Self::Replications(each) => (0..each)
                .map(|at| mean(values.iter().skip(at).step_by(each).copied().collect()))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Grouped;

    #[test]
    fn draws_count_by_draw_and_points_by_replication() {
        let values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0].map(Some);
        assert_eq!(Grouped::Runs.means(&values), values);
        assert_eq!(Grouped::Draws(2).means(&values), [1.5, 3.5, 5.5].map(Some));
        assert_eq!(Grouped::Alike(2).means(&values), [1.5, 3.5, 5.5].map(Some));
        assert_eq!(
            Grouped::Replications(2).means(&values),
            [3.0, 4.0].map(Some)
        );
        let gap = [Some(1.0), None, Some(3.0), Some(4.0)];
        assert_eq!(Grouped::Draws(2).means(&gap), [Some(1.0), Some(3.5)]);
        assert_eq!(Grouped::Draws(2).whole_means(&gap), [None, Some(3.5)]);
        assert_eq!(Grouped::Replications(2).means(&gap), [Some(2.0), None]);
    }
}
