//! Tornado: inputs ordered by how far the outcome swings when each alone goes from low to high.
//!
//! It misleads about likelihood, bends and interactions (Vreman and others 2021): show it beside
//! indices that do not.

use crate::economics::Known;

/// One input of a tornado.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Which input, from 0.
    pub input: usize,
    /// Outcome at the low end of its range.
    pub low: f64,
    /// Outcome at the high end.
    pub high: f64,
    /// Whether the outcome has another sign somewhere along the range, both more than chance: the
    /// decision turns.
    pub turns: bool,
    /// Whether the mean has another sign somewhere, and that may be chance.
    pub wavers: bool,
    /// Whether the outcome goes up and down along the range, so that its ends do not bound it.
    pub bends: bool,
}

impl Bar {
    /// |outcome at high - outcome at low|.
    pub fn swing(&self) -> f64 {
        (self.high - self.low).abs()
    }
}

/// Bars by swing, largest first, equal ones by input.
///
/// `outcomes` has for each input the outcomes (differences from the null alternative) along its
/// range, from low over the base to high; more points in between show bends. An input of which an
/// end is missing has no bar. An outcome without an interval has no clear sign.
pub fn tornado(outcomes: &[Vec<Option<Known>>]) -> Vec<Bar> {
    let mut bars: Vec<Bar> = outcomes
        .iter()
        .enumerate()
        .filter_map(|(input, along)| bar(input, along))
        .collect();
    bars.sort_by(|a, b| b.swing().total_cmp(&a.swing()).then(a.input.cmp(&b.input)));
    bars
}

fn bar(input: usize, along: &[Option<Known>]) -> Option<Bar> {
    let (low, high) = ((*along.first()?)?.mean, (*along.last()?)?.mean);
    let known: Vec<Known> = along.iter().copied().flatten().collect();
    let steps = || known.windows(2).map(|pair| pair[1].mean - pair[0].mean);
    let clear = |above| known.iter().any(|one| one.is_above() == Some(above));
    let turns = clear(true) && clear(false);
    let signs = known.iter().any(|one| one.mean > 0.0) && known.iter().any(|one| one.mean < 0.0);
    Some(Bar {
        input,
        low,
        high,
        turns,
        wavers: signs && !turns,
        bends: steps().any(|step| step > 0.0) && steps().any(|step| step < 0.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(values: &[f64], half: f64) -> Vec<Option<Known>> {
        let known = |(at, &mean): (usize, &f64)| {
            Some(Known {
                at: at as f64,
                mean,
                interval: Some((mean - half, mean + half)),
            })
        };
        values.iter().enumerate().map(known).collect()
    }

    fn along(values: &[f64]) -> Vec<Option<Known>> {
        within(values, 0.1)
    }

    #[test]
    fn a_sign_that_may_be_chance_does_not_turn() {
        let marks = |half| {
            let bars = tornado(&[within(&[4.0, 2.0, -1.0], half)]);
            (bars[0].turns, bars[0].wavers)
        };
        assert_eq!(marks(0.5), (true, false));
        assert_eq!(marks(1.5), (false, true), "the end is not clear");
        let none = tornado(&[[4.0, -1.0]
            .map(|mean| {
                let (at, interval) = (mean, None);
                Some(Known { at, mean, interval })
            })
            .to_vec()]);
        assert!(!none[0].turns && none[0].wavers);
    }

    #[test]
    fn bars_go_by_swing_and_carry_their_marks() {
        let bars = tornado(&[
            along(&[1.0, 2.0, 3.0]),
            along(&[4.0, 2.0, -1.0]),
            along(&[2.0, 2.0, 2.0]),
            along(&[1.0, 5.0, 3.0]),
        ]);
        let order: Vec<usize> = bars.iter().map(|bar| bar.input).collect();
        assert_eq!(order, [1, 0, 3, 2]);
        let marks: Vec<(bool, bool)> = bars.iter().map(|bar| (bar.turns, bar.bends)).collect();
        assert_eq!(
            marks,
            [(true, false), (false, false), (false, true), (false, false)]
        );
    }

    #[test]
    fn a_missing_end_leaves_no_bar_and_a_missing_middle_does() {
        let bars = tornado(&[
            [vec![None], along(&[1.0])].concat(),
            [along(&[1.0]), vec![None], along(&[2.0])].concat(),
            vec![],
        ]);
        assert_eq!(bars.len(), 1);
        assert!((bars[0].swing() - 1.0).abs() < 1e-12);
    }
}
