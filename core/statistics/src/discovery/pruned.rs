//! A box without the limits that chance explains.

use super::prim::quasi_p;
use super::region::{Pocket, Region, Sample};
use crate::Refused;

/// The box without its weakest limits: the one that chance explains best goes, until each that is
/// left has a quasi-p of at most `level`; `None` when none is left.
///
/// Peeling over many inputs also takes ends off that do not matter (Bryant and Lempert 2010 drop
/// them by hand); a limit that goes makes the box larger, so the others are tested again.
///
/// # Errors
/// As [`quasi_p`].
pub fn pruned(
    rows: &[Vec<f64>],
    cases: &[bool],
    region: &Region,
    level: f64,
) -> Result<Option<Pocket>, Refused> {
    let sample = Sample::new(rows, cases)?;
    let mut region = region.clone();
    loop {
        let chance = quasi_p(rows, cases, &region)?;
        let limits = chance.iter().enumerate().flat_map(|(column, sides)| {
            let side = |side: usize| Some((column, side, sides[side]?));
            [side(0), side(1)].into_iter().flatten()
        });
        let Some((column, side, p)) = limits.max_by(|a, b| a.2.total_cmp(&b.2)) else {
            return Ok(None);
        };
        if p <= level {
            let places = sample.inside(&region);
            return Ok(Some(sample.pocket(region, &places)));
        }
        let limit = &mut region.0[column];
        *if side == 0 {
            &mut limit.low
        } else {
            &mut limit.high
        } = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discovery::region::Limit;
    use crate::discovery::region::tests::halton_set;

    #[test]
    fn limits_that_say_nothing_go_and_the_others_stay() {
        let (rows, cases) = halton_set(|x| x[0] < 0.3);
        let at_most = |high| Limit {
            low: None,
            high: Some(high),
        };
        let region = Region(vec![at_most(0.3), at_most(0.95), Limit::default()]);
        let pocket = pruned(&rows, &cases, &region, 0.05).unwrap().unwrap();
        assert_eq!(pocket.region.restricted().collect::<Vec<_>>(), [0]);
        assert!((pocket.density - 1.0).abs() < 1e-12 && (pocket.coverage - 1.0).abs() < 1e-12);
        let nothing = Region(vec![Limit::default(), at_most(0.9), Limit::default()]);
        assert_eq!(pruned(&rows, &cases, &nothing, 0.05), Ok(None));
    }
}
