//! Changes of sign that are more than chance: a balance that is known with an interval is clear where
//! that interval leaves 0 out, and turns only between two values at which it is clear.

/// A balance at one value of a quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// The value of the quantity.
    pub at: f64,
    /// Mean balance.
    pub mean: f64,
    /// Its interval; `None` where nothing is known of chance.
    pub interval: Option<(f64, f64)>,
}

/// A change of sign between values at which the balance is clear.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// Where the mean changes its sign, by straight lines; the middle one of several.
    pub at: f64,
    /// Values at which the balance cannot be told from 0: the confidence set of where it turns.
    pub interval: (f64, f64),
    /// From negative to positive.
    pub rises: bool,
}

/// What a balance is over all values that were looked at, where it nowhere turns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Throughout {
    /// Above 0, clearly so at every value.
    Above,
    /// Below 0, clearly so at every value.
    Below,
    /// Clearly above 0 at some values, of which these are the first and the last; not clear elsewhere.
    PartlyAbove(f64, f64),
    /// The same below 0.
    PartlyBelow(f64, f64),
    /// Nowhere clear.
    Unclear,
    /// Exactly 0 at every value.
    Nil,
}

impl Known {
    /// Whether the balance is above 0, as far as that is clear.
    pub fn is_above(&self) -> Option<bool> {
        let (low, high) = self.interval?;
        if low > 0.0 {
            Some(true)
        } else if high < 0.0 {
            Some(false)
        } else {
            None
        }
    }
}

/// Every change of sign between neighbouring clear values, ascending. The values must be ascending
/// too; where the balance is not clear on both sides there is none.
pub fn clear_turns(known: &[Known]) -> Vec<Turn> {
    let clear = known.iter().enumerate();
    let clear: Vec<(usize, bool)> = clear
        .filter_map(|(place, one)| Some((place, one.is_above()?)))
        .collect();
    let pairs = clear.windows(2).filter(|pair| pair[0].1 != pair[1].1);
    let turn = |pair: &[(usize, bool)]| turn(&known[pair[0].0..=pair[1].0], pair[1].1);
    pairs.filter_map(turn).collect()
}

/// What the balance is over all values; `None` where it is clear with both signs. The values must be
/// ascending.
pub fn throughout(known: &[Known]) -> Option<Throughout> {
    if known.iter().all(|one| one.mean == 0.0) {
        return Some(Throughout::Nil);
    }
    let clear = known
        .iter()
        .filter_map(|one| Some((one.at, one.is_above()?)));
    let clear: Vec<(f64, bool)> = clear.collect();
    let (Some(&(first, above)), Some(&(last, _))) = (clear.first(), clear.last()) else {
        return Some(Throughout::Unclear);
    };
    let same = clear.iter().all(|(_, one)| *one == above);
    same.then_some(match (clear.len() == known.len(), above) {
        (true, true) => Throughout::Above,
        (true, false) => Throughout::Below,
        (false, true) => Throughout::PartlyAbove(first, last),
        (false, false) => Throughout::PartlyBelow(first, last),
    })
}

/// The turn between the first and the last of these, which are clear and differ in sign.
fn turn(known: &[Known], rises: bool) -> Option<Turn> {
    let sign = if rises { 1.0 } else { -1.0 };
    let means = known.iter().map(|one| (one.at, sign * one.mean));
    let means: Vec<(f64, f64)> = means.collect();
    let mut turns = crossings(&means);
    turns.extend(crossings(
        &means
            .iter()
            .map(|(at, mean)| (*at, -mean))
            .collect::<Vec<_>>(),
    ));
    turns.sort_by(f64::total_cmp);
    let bound = |upper: bool| -> Vec<(f64, f64)> {
        let ends = known.iter().filter_map(|one| {
            let (low, high) = one.interval?;
            let end = if upper == rises { high } else { low };
            Some((one.at, sign * end))
        });
        ends.collect()
    };
    let first = crossings(&bound(true)).first().copied()?;
    let last = crossings(&bound(false)).last().copied()?;
    Some(Turn {
        at: *turns.get(turns.len() / 2)?,
        interval: (first, last),
        rises,
    })
}

/// Where a course of straight lines comes to 0 from below.
fn crossings(course: &[(f64, f64)]) -> Vec<f64> {
    let pairs = course.windows(2).filter_map(|pair| {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        (low < 0.0 && high >= 0.0).then(|| from + (to - from) * low / (low - high))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(values: &[(f64, f64, f64)]) -> Vec<Known> {
        let one = |&(at, mean, half): &(f64, f64, f64)| Known {
            at,
            mean,
            interval: Some((mean - half, mean + half)),
        };
        values.iter().map(one).collect()
    }

    #[test]
    fn a_line_turns_where_it_must_and_is_unclear_as_far_as_its_interval() {
        // x - 2, give or take a half: unclear from 1.5 to 2.5.
        let line = [0.0, 1.0, 2.0, 3.0, 4.0].map(|x| (x, x - 2.0, 0.5));
        let found = clear_turns(&known(&line));
        assert_eq!(found.len(), 1);
        assert!((found[0].at - 2.0).abs() < 1e-12 && found[0].rises);
        assert_eq!(found[0].interval, (1.5, 2.5));
        let down = [0.0, 1.0, 2.0, 3.0, 4.0].map(|x| (x, 2.0 - x, 0.5));
        let found = clear_turns(&known(&down));
        assert!((found[0].at - 2.0).abs() < 1e-12 && !found[0].rises);
        assert_eq!(found[0].interval, (1.5, 2.5));
    }

    #[test]
    fn what_does_not_turn_is_told_as_far_as_it_is_clear() {
        let of = |values: &[(f64, f64, f64)]| throughout(&known(values));
        let (above, below) = ((0.0, 3.0, 1.0), (1.0, -3.0, 1.0));
        assert_eq!(of(&[above, (1.0, 2.0, 1.0)]), Some(Throughout::Above));
        assert_eq!(of(&[below]), Some(Throughout::Below));
        let partly = of(&[above, (1.0, 2.0, 1.0), (2.0, 1.0, 1.5)]);
        assert_eq!(partly, Some(Throughout::PartlyAbove(0.0, 1.0)));
        let lower = of(&[(0.0, 1.0, 1.5), below]);
        assert_eq!(lower, Some(Throughout::PartlyBelow(1.0, 1.0)));
        assert_eq!(of(&[(0.0, 1.0, 1.5)]), Some(Throughout::Unclear));
        assert_eq!(of(&[above, below]), None, "it turns");
        let nil = Known {
            at: 0.0,
            mean: 0.0,
            interval: None,
        };
        assert_eq!(throughout(&[nil]), Some(Throughout::Nil));
    }

    #[test]
    fn noise_does_not_turn() {
        // The mean changes its sign three times, and is never clear.
        let noise = [
            (0.0, 1.0, 2.0),
            (1.0, -1.0, 2.0),
            (2.0, 1.0, 2.0),
            (3.0, -1.0, 2.0),
        ];
        assert!(clear_turns(&known(&noise)).is_empty());
        // Clear on one side only.
        let one = [(0.0, 3.0, 2.0), (1.0, -1.0, 2.0)];
        assert!(clear_turns(&known(&one)).is_empty());
        // What wavers between two clear ends turns once, and says how wide it wavers.
        let wavers = [
            (0.0, -3.0, 2.0),
            (1.0, 1.0, 2.0),
            (2.0, -1.0, 2.0),
            (3.0, 1.0, 2.0),
            (4.0, 3.0, 2.0),
        ];
        let found = clear_turns(&known(&wavers));
        assert_eq!(found.len(), 1);
        let (low, high) = found[0].interval;
        assert!(low < 1.0 && high > 3.0 && low < found[0].at && found[0].at < high);
        let unknown = [0.0, 4.0].map(|at| Known {
            at,
            mean: at - 2.0,
            interval: None,
        });
        assert!(clear_turns(&unknown).is_empty());
    }
}
