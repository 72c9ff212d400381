//! Tornado: inputs ordered by how far the outcome swings when each alone goes from low to high.
//!
//! It misleads about likelihood, bends and interactions (Vreman and others 2021): show it beside
//! indices that do not.

/// One input of a tornado.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Which input, from 0.
    pub input: usize,
    /// Outcome at the low end of its range.
    pub low: f64,
    /// Outcome at the high end.
    pub high: f64,
    /// Whether the outcome has another sign somewhere along the range: the decision turns.
    pub turns: bool,
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
/// end is missing has no bar.
pub fn tornado(outcomes: &[Vec<Option<f64>>]) -> Vec<Bar> {
    let mut bars: Vec<Bar> = outcomes
        .iter()
        .enumerate()
        .filter_map(|(input, along)| bar(input, along))
        .collect();
    bars.sort_by(|a, b| b.swing().total_cmp(&a.swing()).then(a.input.cmp(&b.input)));
    bars
}

fn bar(input: usize, along: &[Option<f64>]) -> Option<Bar> {
    let (low, high) = ((*along.first()?)?, (*along.last()?)?);
    let known: Vec<f64> = along.iter().copied().flatten().collect();
    let steps = || known.windows(2).map(|pair| pair[1] - pair[0]);
    Some(Bar {
        input,
        low,
        high,
        turns: known.iter().any(|y| *y > 0.0) && known.iter().any(|y| *y < 0.0),
        bends: steps().any(|step| step > 0.0) && steps().any(|step| step < 0.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn along(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
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
            vec![None, Some(1.0)],
            vec![Some(1.0), None, Some(2.0)],
            vec![],
        ]);
        assert_eq!(bars.len(), 1);
        assert!((bars[0].swing() - 1.0).abs() < 1e-12);
    }
}
