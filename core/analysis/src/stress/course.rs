//! How a loss comes and goes: trough, recovery, and what is lost in between.

use crate::estimate::Estimate;
use crate::kept::mean;
use serde::Serialize;
use zalm_statistics::stress::scar;

/// Part of the trough at which it counts as recovered.
const RECOVERED: f64 = 0.1;

/// Course of the mean loss against severity 0, from the first shock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Course {
    /// Largest loss, in the unit of the metric in a month, above 0.
    pub trough: f64,
    /// 95 % interval of the loss in that month; of a share within what a share can be.
    pub interval: Option<(f64, f64)>,
    /// Months from the first shock to the trough.
    pub after: u32,
    /// Months from the first shock until the loss is at most a tenth of the trough and stays so;
    /// `None` when that does not happen before the end.
    pub recovered: Option<u32>,
    /// Sum of the losses, gains not counted: unit x months.
    pub lost: f64,
}

impl Course {
    /// The course of pairs by replication and month, of which the first less the second is the loss
    /// in this unit (what is lost is above 0); `None` when nothing is lost on average.
    pub(super) fn of(
        months: &[u32],
        shock: i32,
        pairs: &[Vec<(f64, f64)>],
        unit: &str,
    ) -> Option<Self> {
        let from = months.iter().position(|&month| month as i32 >= shock)?;
        let at = |month: usize| pairs.iter().map(move |one| one[month].0 - one[month].1);
        let left: Vec<f64> = (from..months.len()).map(|month| -mean(at(month))).collect();
        let calm = vec![0.0; left.len()];
        let deepest = left.iter().copied().fold(0.0, f64::min);
        let scar = scar(&calm, &left, -RECOVERED * deepest).ok()?;
        let trough_at = scar.trough_at?;
        let since = |place: usize| (months[from + place] as i32 - shock) as u32;
        let trough = pairs.iter().map(|one| one[from + trough_at]);
        let (calm, own): (Vec<f64>, Vec<f64>) = trough.unzip();
        let every = months.get(1).map_or(1, |second| second - months[0]);
        Some(Self {
            trough: scar.trough,
            interval: Estimate::between(&calm, &own, unit).interval,
            after: since(trough_at),
            recovered: scar.recovered_at.map(since),
            lost: scar.area * f64::from(every),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of nothing.
    fn lost(losses: &[f64]) -> Vec<(f64, f64)> {
        losses.iter().map(|loss| (*loss, 0.0)).collect()
    }

    #[test]
    fn the_trough_of_a_share_stays_within_what_a_share_can_be() {
        // One of four projects dies by the shock.
        let pairs: Vec<Vec<(f64, f64)>> = [0.0, 1.0, 1.0, 1.0].map(|left| vec![(1.0, left)]).into();
        let interval = |unit| Course::of(&[0], 0, &pairs, unit).unwrap().interval.unwrap();
        assert!(interval("month").1 > 1.0);
        let (low, high) = interval("share");
        assert!(low > -1.0 && high < 1.0, "{low} {high}");
    }

    #[test]
    fn a_triangle() {
        // Rises to 4 in 4 months and is gone in 4 more: area 16; a tenth of 4 is reached at 0.
        let loss: Vec<f64> = (0_i32..=12)
            .map(|t| f64::from(4 - (t - 4).abs()).max(0.0))
            .collect();
        let months: Vec<u32> = (12..=24).collect();
        let loss = lost(&loss);
        let course = Course::of(&months, 12, &[loss.clone(), loss], "month").unwrap();
        assert_eq!(
            (course.trough, course.after, course.recovered),
            (4.0, 4, Some(8))
        );
        assert!((course.lost - 16.0).abs() < 1e-12);
        assert_eq!(course.interval, None, "equal pairs tell no spread");
    }

    #[test]
    fn what_lasts_does_not_recover_and_gains_are_no_loss() {
        let months = [0, 1, 2, 3];
        let lasting = Course::of(&months, 1, &[lost(&[9.0, 0.0, 2.0, 2.0])], "month").unwrap();
        assert_eq!(
            (lasting.trough, lasting.recovered),
            (2.0, None),
            "what lies before counts not"
        );
        assert!((lasting.lost - 4.0).abs() < 1e-12);
        let gained = [lost(&[0.0, -1.0, 0.0, -2.0])];
        assert_eq!(Course::of(&months, 0, &gained, "month"), None);
        assert_eq!(
            Course::of(&months, 4, &[lost(&[1.0; 4])], "month"),
            None,
            "the shock never comes"
        );
    }
}
