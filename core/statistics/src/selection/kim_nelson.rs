//! KN: the best of several by eliminating what falls behind (Kim and Nelson 2001).
//!
//! Valid with common random numbers, which make it far shorter. With probability `level` the chosen
//! one is within the indifference zone δ of the best.

use crate::error::{all_finite, at_least, within};
use crate::{Moments, Refused};

/// The procedure's settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KimNelson {
    /// Indifference zone δ: the smallest difference that matters, in the unit of the values.
    pub zone: f64,
    /// Probability of a correct choice, such as 0.95.
    pub level: f64,
    /// Replications of the first stage, 2 or more; 10 is usual.
    pub first: u32,
}

/// How far the procedure has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// Replication after which each system left; `None`: still in.
    pub left_at: Vec<Option<u32>>,
    /// Systems still in, ascending; more than one cannot be told apart yet.
    pub still_in: Vec<usize>,
    /// Replications used of those still in.
    pub replications: u32,
}

impl Selection {
    /// The chosen one; `None` while another replication of each still in is needed.
    pub fn best(&self) -> Option<usize> {
        match self.still_in[..] {
            [best] => Some(best),
            _ => None,
        }
    }
}

impl KimNelson {
    /// η = ½ ((2 α / (k - 1))^(-2 / (n₀ - 1)) - 1) and h² = 2 η (n₀ - 1) for `systems` systems.
    fn constants(&self, systems: usize) -> (f64, f64) {
        let freedom = f64::from(self.first - 1);
        let share = 2.0 * (1.0 - self.level) / (systems - 1) as f64;
        let eta = 0.5 * (share.powf(-2.0 / freedom) - 1.0);
        (eta, 2.0 * eta * freedom)
    }

    /// Plays the procedure over `values`: for each system its values in the order of the
    /// replications. A system that left earlier needs no further values.
    ///
    /// # Errors
    /// Fewer than two systems, fewer replications than the first stage, a value that is no number,
    /// a list that ends while its system is in, or settings out of range.
    pub fn select(&self, values: &[Vec<f64>]) -> Result<Selection, Refused> {
        self.check(values)?;
        let systems = values.len();
        let (_, h_squared) = self.constants(systems);
        let spread = self.spreads(values);
        let longest = values.iter().map(Vec::len).max().unwrap_or_default();
        let mut left_at = vec![None; systems];
        let mut sums: Vec<f64> = values
            .iter()
            .map(|list| list[..self.first as usize].iter().sum())
            .collect();
        let mut number = self.first;
        loop {
            let still_in: Vec<usize> = (0..systems).filter(|&i| left_at[i].is_none()).collect();
            let count = f64::from(number);
            let behind = |i: usize| {
                still_in.iter().any(|&l| {
                    let square = spread[i][l];
                    let scaled = h_squared * square / (self.zone * self.zone) - count;
                    let allowed = (self.zone / (2.0 * count) * scaled).max(0.0);
                    l != i && sums[i] / count < sums[l] / count - allowed
                })
            };
            let leave: Vec<usize> = still_in.iter().copied().filter(|&i| behind(i)).collect();
            for i in leave {
                left_at[i] = Some(number);
            }
            let still_in: Vec<usize> = (0..systems).filter(|&i| left_at[i].is_none()).collect();
            if still_in.len() == 1 || number as usize == longest {
                return Ok(Selection {
                    left_at,
                    still_in,
                    replications: number,
                });
            }
            for &i in &still_in {
                let next = values[i].get(number as usize);
                let short = Refused::Uneven {
                    what: "replications of a system that is still in",
                    expected: longest,
                    found: values[i].len(),
                };
                sums[i] += next.ok_or(short)?;
            }
            number += 1;
        }
    }

    fn check(&self, values: &[Vec<f64>]) -> Result<(), Refused> {
        within(
            (f64::MIN_POSITIVE, f64::MAX),
            self.zone,
            "the indifference zone",
        )?;
        within((0.5, 1.0 - f64::EPSILON), self.level, "the level")?;
        at_least(2, self.first as usize, "replications in the first stage")?;
        at_least(2, values.len(), "systems to choose from")?;
        for list in values {
            at_least(self.first as usize, list.len(), "replications")?;
            all_finite(list, "the replications")?;
        }
        Ok(())
    }

    /// Variance of each difference over the first stage.
    fn spreads(&self, values: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let first = self.first as usize;
        let square = |a: &Vec<f64>, b: &Vec<f64>| {
            let pairs = a[..first].iter().zip(&b[..first]);
            let moments: Moments = pairs.map(|(a, b)| a - b).collect();
            moments.variance().unwrap_or_default()
        };
        values
            .iter()
            .map(|a| values.iter().map(|b| square(a, b)).collect())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::halton::halton;
    use crate::{Keyed, normal_quantile};

    const RULE: KimNelson = KimNelson {
        zone: 0.5,
        level: 0.95,
        first: 10,
    };

    #[test]
    fn constants_are_the_published_ones() {
        for (systems, first, eta, h) in [
            (2, 10, 0.334050, 6.012905),
            (3, 10, 0.472944, 8.512989),
            (5, 10, 0.634967, 11.429411),
            (10, 10, 0.859083, 15.463502),
            (5, 20, 0.237238, 9.015056),
        ] {
            let (found_eta, found_h) = KimNelson { first, ..RULE }.constants(systems);
            assert!((found_eta - eta).abs() < 1e-6 && (found_h - h).abs() < 1e-6);
        }
    }

    #[test]
    fn golden_trace() {
        let list = |(mean, base): (f64, u32)| -> Vec<f64> {
            let value = |r: u32| mean + normal_quantile(halton(r + 21, base)).unwrap();
            (0..40).map(value).collect()
        };
        let values: Vec<Vec<f64>> = [(0.0, 2), (0.4, 3), (1.0, 5)]
            .into_iter()
            .map(list)
            .collect();
        let spread = RULE.spreads(&values);
        for (i, l, expected) in [(0, 1, 2.072231), (0, 2, 2.481676), (1, 2, 2.758424)] {
            assert!((spread[i][l] - expected).abs() < 1e-6);
            assert!((spread[l][i] - expected).abs() < 1e-6);
        }
        let selection = RULE.select(&values).unwrap();
        assert_eq!(selection.left_at, [Some(19), Some(28), None]);
        assert_eq!((selection.best(), selection.replications), (Some(2), 28));
        // Those that left need no further values; too few values leave the choice open.
        let cut = [
            values[0][..19].to_vec(),
            values[1].clone(),
            values[2].clone(),
        ];
        assert_eq!(RULE.select(&cut).unwrap(), selection);
        let early: Vec<Vec<f64>> = values.iter().map(|list| list[..20].to_vec()).collect();
        let early = RULE.select(&early).unwrap();
        assert_eq!((early.best(), early.still_in), (None, vec![1, 2]));
    }

    #[test]
    fn the_right_one_is_chosen_as_often_as_promised() {
        // Slippage: one better by exactly the zone, four equal; noise shared by half.
        let trial = |number: u64| {
            let mut shared = Keyed::new(number, 99);
            let shared: Vec<f64> = (0..300).map(|_| shared.uniform()).collect();
            let list = |system: u64| {
                let mut own = Keyed::new(number, system);
                let mut noise = |u: f64| {
                    let both =
                        normal_quantile(u).unwrap() + normal_quantile(own.uniform()).unwrap();
                    both / 2.0_f64.sqrt() + if system == 0 { 0.5 } else { 0.0 }
                };
                shared.iter().map(|&u| noise(u)).collect::<Vec<_>>()
            };
            let values: Vec<Vec<f64>> = (0..5).map(list).collect();
            RULE.select(&values).unwrap().best()
        };
        let right = (0..1000).filter(|&number| trial(number) == Some(0)).count();
        // 0.95 less three standard errors over 1000 trials.
        assert!(right >= 929, "{right} of 1000");
    }

    #[test]
    fn too_little_is_refused() {
        assert!(RULE.select(&[vec![1.0; 10]]).is_err());
        assert!(RULE.select(&[vec![1.0; 9], vec![1.0; 10]]).is_err());
        let uneven = RULE.select(&[vec![1.0; 10], vec![1.0; 12]]);
        assert!(matches!(uneven, Err(Refused::Uneven { .. })));
    }
}
