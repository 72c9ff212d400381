//! Where a project stands among others.

use super::Scan;
use crate::voice::Value;

/// Another project with its scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Peer {
    /// Name of the project.
    pub name: Value,
    /// Where its scenario is.
    pub file: String,
    /// Scores in the order of the criteria.
    pub scores: [f64; 5],
}

/// Ranks among peers.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// All peers, the project itself not among them.
    pub peers: Vec<Peer>,
    /// Rank per criterion, 1 is best; equals share the best rank.
    pub ranks: [usize; 5],
}

impl Standing {
    /// Where `scan` stands among `peers`.
    pub fn new(scan: &Scan, peers: Vec<Peer>) -> Self {
        let own = scan.scores();
        let rank = |at: usize| {
            let better = peers.iter().filter(|peer| peer.scores[at] > own[at] + 1e-9);
            1 + better.count()
        };
        Self {
            ranks: [0, 1, 2, 3, 4].map(rank),
            peers,
        }
    }

    /// Projects in all, this one included.
    pub fn all(&self) -> usize {
        self.peers.len() + 1
    }
}
