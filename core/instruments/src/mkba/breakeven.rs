//! Break-even points (omslagpunten): where the balance changes its sign.

use super::Cash;

/// Intervals of the first scan.
const STEPS: usize = 8;
/// Width of a bracket at which the search ends, as a share of the range: where every point is a
/// sum, and where it takes new runs.
const NARROW: f64 = 1e-4;
const NARROW_BY_RUNS: f64 = 1e-2;
/// Most halvings of a bracket.
const HALVINGS: usize = 40;
/// Discount rates that are looked at.
const RATES: (f64, f64) = (0.0, 0.15);
/// Multiples of the team's cost, and of everything that is saved, that are looked at.
const MULTIPLES: (f64, f64) = (0.0, 3.0);

/// A change of sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Where.
    pub at: f64,
    /// From negative to positive.
    pub rises: bool,
}

/// Where the balance turns, along one quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEven {
    /// `discount`, `horizon`, `price`, `effect`, or the name of a parameter.
    pub along: String,
    /// Value now.
    pub now: f64,
    /// Range that was looked at.
    pub range: (f64, f64),
    /// Every change of sign, ascending.
    pub crossings: Vec<Crossing>,
    /// Whether the balance is positive at the low end of the range.
    pub positive_first: bool,
}

/// Every change of sign of `g` between `low` and `high`, ascending: `steps` intervals are looked
/// at, and each that holds a change is halved until it is as narrow as `narrow` asks, as a share of
/// the range. A value of exactly 0 takes the
/// sign before it. Two changes inside one interval hide each other.
pub fn sign_changes(
    mut g: impl FnMut(f64) -> f64,
    (low, high): (f64, f64),
    steps: usize,
    narrow: f64,
) -> Vec<Crossing> {
    let at = |step: usize| low + (high - low) * step as f64 / steps as f64;
    let mut crossings = Vec::new();
    let mut last: Option<(f64, bool)> = None;
    for step in 0..=steps {
        let x = at(step);
        let value = g(x);
        if value == 0.0 || !value.is_finite() {
            continue;
        }
        let positive = value > 0.0;
        if let Some((from, was)) = last
            && was != positive
        {
            let at = halve(&mut g, (from, x), positive, narrow * (high - low));
            crossings.push(Crossing {
                at,
                rises: positive,
            });
        }
        last = Some((x, positive));
    }
    crossings
}

fn halve(
    g: &mut impl FnMut(f64) -> f64,
    (mut from, mut to): (f64, f64),
    rises: bool,
    narrow: f64,
) -> f64 {
    for _ in 0..HALVINGS {
        if to - from <= narrow {
            break;
        }
        let middle = f64::midpoint(from, to);
        if (g(middle) > 0.0) == rises {
            to = middle;
        } else {
            from = middle;
        }
    }
    f64::midpoint(from, to)
}

impl BreakEven {
    /// Looks along a quantity.
    pub fn search(
        along: impl Into<String>,
        now: f64,
        range: (f64, f64),
        (steps, narrow): (usize, f64),
        mut g: impl FnMut(f64) -> f64,
    ) -> Self {
        let positive_first = g(range.0) > 0.0;
        Self {
            along: along.into(),
            now,
            range,
            crossings: sign_changes(g, range, steps, narrow),
            positive_first,
        }
    }

    /// Looks along a parameter by new runs.
    pub fn by_runs(name: &str, now: f64, range: (f64, f64), g: impl FnMut(f64) -> f64) -> Self {
        Self::search(name, now, range, (STEPS, NARROW_BY_RUNS), g)
    }
}

/// Break-even points that follow from the money of the runs, without new ones.
pub(super) fn of_cash(cash: &Cash, rate: f64) -> Vec<BreakEven> {
    let years = cash.years() as f64;
    if cash.years() == 0 {
        return Vec::new();
    }
    // Each quarter of a year, so that a balance that turns twice is seen to.
    let quarters = 4 * cash.years();
    vec![
        BreakEven::search(
            "horizon",
            years,
            (0.25, years),
            (quarters, NARROW),
            |horizon| cash.balance(rate, 1.0, 1.0, horizon),
        ),
        BreakEven::search("price", 1.0, MULTIPLES, (STEPS, NARROW), |price| {
            cash.balance(rate, price, 1.0, years)
        }),
        BreakEven::search("effect", 1.0, MULTIPLES, (STEPS, NARROW), |effect| {
            cash.balance(rate, 1.0, effect, years)
        }),
        BreakEven::search("discount", rate, RATES, (STEPS, NARROW), |rate| {
            cash.balance(rate, 1.0, 1.0, years)
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::cash::tests::cash;
    use super::*;

    #[test]
    fn both_roots_of_a_known_function_are_found() {
        // (x - 1)(x - 3): positive, negative, positive.
        let crossings = sign_changes(|x| (x - 1.0) * (x - 3.0), (0.0, 4.1), 8, 1e-4);
        assert_eq!(crossings.len(), 2);
        assert!((crossings[0].at - 1.0).abs() < 1e-3 && !crossings[0].rises);
        assert!((crossings[1].at - 3.0).abs() < 1e-3 && crossings[1].rises);
    }

    #[test]
    fn a_root_on_the_grid_is_found_once_and_a_touch_is_no_crossing() {
        let crossings = sign_changes(|x| x - 2.0, (0.0, 4.0), 8, 1e-4);
        assert_eq!(crossings.len(), 1);
        assert!((crossings[0].at - 2.0).abs() < 1e-3);
        assert!(sign_changes(|x| (x - 2.0) * (x - 2.0), (0.0, 4.0), 8, 1e-4).is_empty());
        assert!(sign_changes(|_| -1.0, (0.0, 4.0), 8, 1e-4).is_empty());
    }

    #[test]
    fn price_and_effect_of_a_team_by_hand() {
        // Costs 1,000 and saves 1,500 every year: turns at 1.5 times the price, at 2/3 of the effect.
        let found = of_cash(&cash(&[(1000, -1500); 5]), 0.03);
        let at = |along: &str| {
            let one = found.iter().find(|one| one.along == along).unwrap();
            one.crossings
                .iter()
                .map(|c| (c.at, c.rises))
                .collect::<Vec<_>>()
        };
        let (price, effect) = (at("price"), at("effect"));
        assert!((price[0].0 - 1.5).abs() < 1e-3 && !price[0].1, "{price:?}");
        assert!(
            (effect[0].0 - 2.0 / 3.0).abs() < 1e-3 && effect[0].1,
            "{effect:?}"
        );
        assert!(at("discount").is_empty());
    }

    #[test]
    fn payback_is_linear_inside_a_year() {
        // Costs 1,000, then saves 600 a year; without discount after 1 + 1000/600 years.
        let found = of_cash(&cash(&[(1000, 0), (0, -600), (0, -600)]), 0.0);
        let horizon = &found[0];
        assert_eq!(horizon.along, "horizon");
        assert!((horizon.crossings[0].at - (1.0 + 1000.0 / 600.0)).abs() < 1e-2);
    }
}
