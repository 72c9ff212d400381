//! Cost-effectiveness frontier: what an effect costs more than the next best way.

use crate::Refused;
use crate::error::{all_finite, at_least};

/// Where a strategy stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// On the frontier; with the extra cost per extra effect over its neighbour (the ICER), `None`
    /// for the one with the least effect.
    OnFrontier(Option<f64>),
    /// Another gives at least as much for no more.
    Dominated,
    /// A mix of two others gives as much for less.
    ExtendedlyDominated,
}

/// Standing of strategies given as (cost, effect); of equals the first counts.
///
/// Along the frontier the ICERs rise: each is the worth of an effect at which the choice moves on to
/// that strategy.
///
/// # Errors
/// No strategy; a value that is no number.
pub fn frontier(strategies: &[(f64, f64)]) -> Result<Vec<Standing>, Refused> {
    at_least(1, strategies.len(), "strategies")?;
    for &(cost, effect) in strategies {
        all_finite(&[cost, effect], "cost and effect")?;
    }
    let mut standing = vec![Standing::Dominated; strategies.len()];
    let mut order: Vec<usize> = (0..strategies.len()).collect();
    order.sort_by(|&a, &b| {
        let ((cost_a, effect_a), (cost_b, effect_b)) = (strategies[a], strategies[b]);
        let cheaper = cost_a.total_cmp(&cost_b);
        cheaper.then(effect_b.total_cmp(&effect_a)).then(a.cmp(&b))
    });
    let icer = |from: usize, to: usize| {
        let ((cost, effect), (more, better)) = (strategies[from], strategies[to]);
        (more - cost) / (better - effect)
    };
    let mut kept: Vec<usize> = Vec::new();
    for next in order {
        // In order of cost, whatever gives no more than what went before is dominated.
        if kept
            .last()
            .is_some_and(|&last| strategies[next].1 <= strategies[last].1)
        {
            continue;
        }
        while let [.., before, last] = kept[..]
            && icer(before, last) > icer(last, next)
        {
            standing[last] = Standing::ExtendedlyDominated;
            kept.pop();
        }
        kept.push(next);
    }
    for (at, &strategy) in kept.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| kept[before]);
        standing[strategy] = Standing::OnFrontier(before.map(|before| icer(before, strategy)));
    }
    Ok(standing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_frontier() {
        let strategies = [
            (10_000.0, 1.0),
            (22_000.0, 1.2),
            (25_000.0, 1.5),
            (40_000.0, 1.8),
            (30_000.0, 1.4),
        ];
        let found = frontier(&strategies).unwrap();
        assert_eq!(found[0], Standing::OnFrontier(None));
        assert_eq!(found[1], Standing::ExtendedlyDominated);
        assert_eq!(found[4], Standing::Dominated);
        for (at, expected) in [(2, 30_000.0), (3, 50_000.0)] {
            let Standing::OnFrontier(Some(icer)) = found[at] else {
                panic!("{at} is on the frontier");
            };
            assert!((icer - expected).abs() < 1e-6);
        }
    }

    #[test]
    fn equals_count_once_and_a_later_one_can_push_two_out() {
        let twice = frontier(&[(1.0, 1.0), (1.0, 1.0)]).unwrap();
        assert_eq!(twice, [Standing::OnFrontier(None), Standing::Dominated]);
        let pushed = frontier(&[(0.0, 0.0), (10.0, 1.0), (19.0, 2.0), (21.0, 4.0)]).unwrap();
        assert_eq!(pushed[1], Standing::ExtendedlyDominated);
        assert_eq!(pushed[2], Standing::ExtendedlyDominated);
        assert_eq!(pushed[3], Standing::OnFrontier(Some(5.25)));
        assert!(frontier(&[]).is_err());
    }
}
