//! Whether the inputs of explicit rows move alone, as Sobol' indices and Morris ask.

use crate::error::{as_long_as, at_least};
use crate::{Refused, normal_quantile};

/// Rank correlation (Spearman) of two columns, ties at their mean rank; `None` when one never
/// varies or the lengths differ.
pub fn rank_correlation(first: &[f64], second: &[f64]) -> Option<f64> {
    if first.len() != second.len() {
        return None;
    }
    correlation(&ranks(first), &ranks(second))
}

/// Refuses rows of which two columns move together more than chance would have it, over all pairs
/// of columns at a joint level of 1 %.
///
/// # Errors
/// The most correlated pair; fewer than 10 rows; rows of different length.
pub fn independent(rows: &[Vec<f64>]) -> Result<(), Refused> {
    at_least(10, rows.len(), "rows")?;
    let columns = rows[0].len();
    for row in rows {
        as_long_as(columns, row.len(), "columns in a row")?;
    }
    let column = |at: usize| ranks(&rows.iter().map(|row| row[at]).collect::<Vec<_>>());
    let ranked: Vec<Vec<f64>> = (0..columns).map(column).collect();
    let pairs = (columns * columns.saturating_sub(1) / 2).max(1) as f64;
    let z = normal_quantile(1.0 - 0.01 / (2.0 * pairs)).unwrap_or(f64::INFINITY);
    let limit = z / ((rows.len() - 1) as f64).sqrt();
    let mut worst: Option<(usize, usize, f64)> = None;
    for first in 0..columns {
        for second in first + 1..columns {
            let Some(found) = correlation(&ranked[first], &ranked[second]) else {
                continue;
            };
            if found.abs() > worst.map_or(limit, |(_, _, most)| most.abs()) {
                worst = Some((first, second, found));
            }
        }
    }
    match worst {
        Some((first, second, correlation)) => Err(Refused::Dependent {
            first,
            second,
            correlation,
        }),
        None => Ok(()),
    }
}

/// Ranks from 1, ties at their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for tied in order.chunk_by(|&a, &b| values[a].total_cmp(&values[b]).is_eq()) {
        let rank = before as f64 + (tied.len() as f64 + 1.0) / 2.0;
        for &at in tied {
            ranks[at] = rank;
        }
        before += tied.len();
    }
    ranks
}

fn correlation(first: &[f64], second: &[f64]) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = first.iter().copied().zip(second.iter().copied()).collect();
    crate::paired_difference(&pairs, 0.95)?.correlation
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Keyed;
    use crate::design::latin_hypercube;

    #[test]
    fn ranks_ignore_the_shape_and_share_ties() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
        let x: Vec<f64> = (0..20).map(f64::from).collect();
        let y: Vec<f64> = x.iter().map(|x| -x.exp()).collect();
        assert!((rank_correlation(&x, &y).unwrap() + 1.0).abs() < 1e-12);
        assert_eq!(rank_correlation(&x, &[1.0; 20]), None);
    }

    #[test]
    fn a_hypercube_passes_and_a_copied_column_does_not() {
        let mut rows = latin_hypercube(6, 200, Keyed::new(1, 0));
        assert_eq!(independent(&rows), Ok(()));
        for row in &mut rows {
            row[4] = row[1] * row[1];
        }
        let refused = independent(&rows).unwrap_err();
        assert!(matches!(
            refused,
            Refused::Dependent {
                first: 1,
                second: 4,
                ..
            }
        ));
        assert!(refused.to_string().contains("given-data"));
    }
}
