//! Wilson interval of a share.

use super::normal_quantile;

/// Interval of the share `hits` of `trials` at `level`; `None` without trials.
pub fn wilson(hits: u32, trials: u32, level: f64) -> Option<(f64, f64)> {
    if trials == 0 || hits > trials {
        return None;
    }
    let z = normal_quantile(0.5 + level / 2.0)?;
    let n = f64::from(trials);
    let share = f64::from(hits) / n;
    let centre = share + z * z / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    Some((
        ((centre - half) / scale).max(0.0),
        ((centre + half) / scale).min(1.0),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_of_fifty() {
        let (low, high) = wilson(7, 50, 0.95).unwrap();
        assert!((low - 0.069508).abs() < 1e-6 && (high - 0.261862).abs() < 1e-6);
        assert_eq!(wilson(0, 0, 0.95), None);
        assert!(wilson(0, 10, 0.95).unwrap().0 < 1e-12);
    }
}
