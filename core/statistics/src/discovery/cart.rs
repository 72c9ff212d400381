//! CART: a tree of yes-or-no questions (Breiman and others 1984), grown by Gini impurity and pruned
//! at its weakest links to a few leaves.

use super::region::{Limit, Pocket, Region, Sample};
use crate::Refused;
use crate::error::within;

/// Leaves that can still be read.
const LEAVES: usize = 8;

/// The leaves of a tree, densest first; a leaf holds at least the share `leaf` of the rows (5 % is
/// usual), and there are at most eight.
///
/// # Errors
/// As [`super::prim`].
pub fn cart(rows: &[Vec<f64>], cases: &[bool], leaf: f64) -> Result<Vec<Pocket>, Refused> {
    let sample = Sample::new(rows, cases)?;
    within((1e-3, 0.5), leaf, "the share of a leaf")?;
    let least = (leaf * rows.len() as f64).ceil() as usize;
    let mut tree = Node::grown(sample, (0..rows.len()).collect(), least);
    while tree.leaves() > LEAVES {
        let weakest = tree.weakest(sample);
        tree.prune(sample, weakest);
    }
    let mut found = Vec::new();
    tree.pockets(sample, &Region::whole(sample.columns()), &mut found);
    found.sort_by(|a, b| b.density.total_cmp(&a.density));
    Ok(found)
}

/// A node: the rows in it and, unless it is a leaf, what parts them.
struct Node {
    places: Vec<usize>,
    parts: Option<Parts>,
}

/// Rows at or below a limit of an input, and rows above it.
struct Parts {
    column: usize,
    limit: f64,
    below: Box<Node>,
    above: Box<Node>,
}

/// Rows times Gini impurity 2 p (1 - p).
fn impurity(count: usize, hits: usize) -> f64 {
    let (count, hits) = (count as f64, hits as f64);
    2.0 * hits * (count - hits) / count
}

impl Node {
    fn grown(sample: Sample<'_>, places: Vec<usize>, least: usize) -> Self {
        let Some((column, limit)) = split(sample, &places, least) else {
            return Self {
                places,
                parts: None,
            };
        };
        let is_below = |at: &usize| sample.rows[*at][column] <= limit;
        let (below, above) = places.iter().copied().partition(is_below);
        let grown = |places| Box::new(Self::grown(sample, places, least));
        Self {
            parts: Some(Parts {
                column,
                limit,
                below: grown(below),
                above: grown(above),
            }),
            places,
        }
    }

    fn leaves(&self) -> usize {
        let parts = self.parts.as_ref();
        parts.map_or(1, |parts| parts.below.leaves() + parts.above.leaves())
    }

    fn own_impurity(&self, sample: Sample<'_>) -> f64 {
        impurity(self.places.len(), sample.hits(&self.places))
    }

    fn leaf_impurity(&self, sample: Sample<'_>) -> f64 {
        match &self.parts {
            Some(parts) => parts.below.leaf_impurity(sample) + parts.above.leaf_impurity(sample),
            None => self.own_impurity(sample),
        }
    }

    /// What this node's questions gain per leaf that they add; `None` for a leaf.
    fn gain(&self, sample: Sample<'_>) -> Option<f64> {
        self.parts.as_ref()?;
        let gained = self.own_impurity(sample) - self.leaf_impurity(sample);
        Some(gained / (self.leaves() - 1) as f64)
    }

    /// Smallest gain of any node.
    fn weakest(&self, sample: Sample<'_>) -> f64 {
        let own = self.gain(sample).unwrap_or(f64::INFINITY);
        let parts = self.parts.iter();
        let under = parts.flat_map(|parts| [&parts.below, &parts.above]);
        under.map(|node| node.weakest(sample)).fold(own, f64::min)
    }

    /// Makes a leaf of every node that gains no more than the weakest.
    fn prune(&mut self, sample: Sample<'_>, weakest: f64) {
        if self.gain(sample).is_some_and(|gain| gain <= weakest) {
            self.parts = None;
        }
        if let Some(parts) = &mut self.parts {
            parts.below.prune(sample, weakest);
            parts.above.prune(sample, weakest);
        }
    }

    fn pockets(&self, sample: Sample<'_>, region: &Region, found: &mut Vec<Pocket>) {
        let Some(Parts {
            column,
            limit,
            below,
            above,
        }) = &self.parts
        else {
            found.push(sample.pocket(region.clone(), &self.places));
            return;
        };
        let part = |limit: Limit| {
            let mut region = region.clone();
            region.0[*column] = limit;
            region
        };
        let old = region.0[*column];
        let high = Some(*limit);
        below.pockets(sample, &part(Limit { high, ..old }), found);
        above.pockets(sample, &part(Limit { low: high, ..old }), found);
    }
}

/// The input and limit that lower the impurity most, of equals the first; `None` when none does.
fn split(sample: Sample<'_>, places: &[usize], least: usize) -> Option<(usize, f64)> {
    let (count, hits) = (places.len(), sample.hits(places));
    // A smaller gain is rounding.
    let mut most = impurity(count, hits) - 1e-9;
    let mut found = None;
    for column in 0..sample.columns() {
        let mut sorted: Vec<(f64, bool)> = places
            .iter()
            .map(|&at| (sample.rows[at][column], sample.cases[at]))
            .collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut before = 0;
        for (at, pair) in sorted.windows(2).enumerate() {
            before += usize::from(pair[0].1);
            let size = at + 1;
            if size < least || count - size < least || pair[0].0 >= pair[1].0 {
                continue;
            }
            let left = impurity(size, before) + impurity(count - size, hits - before);
            if left < most {
                most = left;
                found = Some((column, f64::midpoint(pair[0].0, pair[1].0)));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::region::tests::halton_set;
    use super::*;

    #[test]
    fn a_corner_is_found_by_two_questions() {
        let (rows, cases) = halton_set(|row| row[0] < 0.3 && row[1] > 0.6);
        let leaves = cart(&rows, &cases, 0.05).unwrap();
        let corner = &leaves[0];
        assert!((corner.density - 1.0).abs() < 1e-12 && (corner.coverage - 1.0).abs() < 1e-12);
        assert!((corner.region.0[0].high.unwrap() - 0.3).abs() < 0.003);
        assert!((corner.region.0[1].low.unwrap() - 0.6).abs() < 0.003);
        assert!(!corner.region.0[2].is_restricted());
        assert_eq!(leaves.len(), 3);
    }

    #[test]
    fn leaves_are_few_large_and_together_everything() {
        let (rows, cases) = halton_set(|row| (9.0 * row[0]).sin() + (7.0 * row[1]).cos() > 0.3);
        let leaves = cart(&rows, &cases, 0.05).unwrap();
        assert!((4..=8).contains(&leaves.len()));
        assert!(leaves.iter().all(|leaf| leaf.mass >= 0.05));
        let sum = |value: fn(&Pocket) -> f64| leaves.iter().map(value).sum::<f64>();
        assert!((sum(|leaf| leaf.mass) - 1.0).abs() < 1e-9);
        assert!((sum(|leaf| leaf.coverage) - 1.0).abs() < 1e-9);
        for row in &rows {
            let held = leaves
                .iter()
                .filter(|leaf| leaf.region.contains(row))
                .count();
            assert_eq!(held, 1);
        }
        assert!(
            leaves
                .windows(2)
                .all(|pair| pair[0].density >= pair[1].density)
        );
    }

    #[test]
    fn chance_that_no_question_parts_is_refused_or_one_leaf() {
        let (rows, cases) = halton_set(|row| row[2] > 0.5);
        assert!(cart(&rows, &cases, 0.9).is_err());
        let flat = vec![vec![1.0]; 1000];
        let leaves = cart(&flat, &cases, 0.05).unwrap();
        assert_eq!((leaves.len(), leaves[0].mass), (1, 1.0));
    }
}
