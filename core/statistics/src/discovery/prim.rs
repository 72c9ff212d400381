//! PRIM, the patient rule induction method (Friedman and Fisher 1999; for scenarios Bryant and
//! Lempert 2010).
//!
//! Peel: take the share α off the end of the input where the density of cases rises most per row
//! lost; then the next, until the box would be too small. Paste: give back at a face while the
//! density rises. Every step is kept: the user picks the trade of coverage against density.

use super::region::{Limit, Pocket, Region, Sample};
use crate::{Keyed, Refused};
use statrs::distribution::{Binomial, DiscreteCDF};

/// How to peel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrimOptions {
    /// Share of the rows of a box that one peel takes, 0..0.5.
    pub peel: f64,
    /// Share of the rows beyond a face that one paste gives back, 0..0.5.
    pub paste: f64,
    /// Smallest box, as a share of all rows.
    pub mass: f64,
}

impl Default for PrimOptions {
    fn default() -> Self {
        Self {
            peel: 0.05,
            paste: 0.05,
            mass: 0.05,
        }
    }
}

/// The whole trajectory, from the whole space on; the last is the end of pasting.
///
/// # Errors
/// Fewer than 100 rows, rows of different length or with what is no number, cases that never or
/// always occur, options out of range.
pub fn prim(
    rows: &[Vec<f64>],
    cases: &[bool],
    options: &PrimOptions,
) -> Result<Vec<Pocket>, Refused> {
    let sample = Sample::new(rows, cases)?;
    for share in [options.peel, options.paste, options.mass] {
        crate::error::within((1e-3, 0.499), share, "a share of PRIM")?;
    }
    Ok(trajectory(sample, options))
}

fn trajectory(sample: Sample<'_>, options: &PrimOptions) -> Vec<Pocket> {
    let mut step = Step {
        region: Region::whole(sample.columns()),
        places: (0..sample.rows.len()).collect(),
    };
    let mut found = vec![sample.pocket(step.region.clone(), &step.places)];
    let least = options.mass * sample.rows.len() as f64;
    while let Some(next) = best(sample, &step, &peels(sample, &step, options.peel))
        .filter(|next| next.places.len() as f64 >= least && next.places.len() < step.places.len())
    {
        step = next;
        found.push(sample.pocket(step.region.clone(), &step.places));
    }
    while let Some(next) = best(sample, &step, &pastes(sample, &step, options.paste))
        .filter(|next| next.places.len() > step.places.len())
    {
        step = next;
        found.push(sample.pocket(step.region.clone(), &step.places));
    }
    found
}

/// A box and the rows in it.
struct Step {
    region: Region,
    places: Vec<usize>,
}

impl Step {
    /// The same box with another limit of one input.
    fn with(&self, column: usize, limit: Limit) -> Region {
        let mut region = self.region.clone();
        region.0[column] = limit;
        region
    }
}

/// A box that differs from the present one in the limit of one input.
struct Candidate {
    column: usize,
    limit: Limit,
    /// Rows in it, and cases of interest among them.
    count: usize,
    hits: usize,
}

/// A limit with another end; side 0 is low, 1 is high.
fn with_end(limit: Limit, side: usize, end: Option<f64>) -> Limit {
    match side {
        0 => Limit { low: end, ..limit },
        _ => Limit { high: end, ..limit },
    }
}

fn peels(sample: Sample<'_>, step: &Step, alpha: f64) -> Vec<Candidate> {
    let both = |column: usize| {
        let sorted = sample.sorted(column, &step.places);
        // High end first, as in the reference implementation: it decides between equals.
        [(1, 1.0 - alpha), (0, alpha)].map(|(side, share)| {
            let limit = with_end(step.region.0[column], side, cut(&sorted, share));
            let kept = step
                .places
                .iter()
                .filter(|&&at| limit.contains(sample.rows[at][column]));
            let (count, hits) = kept.fold((0, 0), |(count, hits), &at| {
                (count + 1, hits + usize::from(sample.cases[at]))
            });
            Candidate {
                column,
                limit,
                count,
                hits,
            }
        })
    };
    (0..sample.columns()).flat_map(both).collect()
}

fn pastes(sample: Sample<'_>, step: &Step, alpha: f64) -> Vec<Candidate> {
    let one = |column: usize, side: usize| {
        let limit = step.region.0[column];
        let face = Some(if side == 0 { limit.low } else { limit.high }?);
        // The slab between the face and the end of the space, the box being as it is elsewhere.
        let slab = with_end(Limit::default(), 1 - side, face);
        let sorted = sample.sorted(column, &sample.inside(&step.with(column, slab)));
        let share = if side == 0 { 1.0 - alpha } else { alpha };
        let beyond = |end: f64| {
            let mut values = sample.rows.iter().map(|row| row[column]);
            values.any(|value| if side == 0 { value < end } else { value > end })
        };
        // A limit that keeps nothing out is none.
        let limit = with_end(limit, side, cut(&sorted, share).filter(|end| beyond(*end)));
        let places = sample.inside(&step.with(column, limit));
        Some(Candidate {
            column,
            limit,
            count: places.len(),
            hits: sample.hits(&places),
        })
    };
    step.region
        .restricted()
        .flat_map(|column| [one(column, 0), one(column, 1)])
        .flatten()
        .collect()
}

/// The candidate with the largest gain in density per row lost or won, of equals the one with fewer
/// restricted inputs, of those the first; `None` without a gain.
fn best(sample: Sample<'_>, from: &Step, candidates: &[Candidate]) -> Option<Step> {
    let density = |hits: usize, count: usize| match count {
        0 => 0.0,
        count => hits as f64 / count as f64,
    };
    let before = density(sample.hits(&from.places), from.places.len());
    let gain = |to: &Candidate| match from.places.len().abs_diff(to.count) {
        0 => 0.0,
        apart => (density(to.hits, to.count) - before) / apart as f64,
    };
    // Inputs that it restricts anew, less those that it frees.
    let restricts = |to: &Candidate| {
        i8::from(to.limit.is_restricted()) - i8::from(from.region.0[to.column].is_restricted())
    };
    let mut best: Option<(f64, &Candidate)> = None;
    for candidate in candidates {
        let gain = gain(candidate);
        let is_better = best.map_or(gain > 0.0, |(most, first)| {
            let fewer = restricts(candidate) < restricts(first);
            gain > most || (gain.total_cmp(&most).is_eq() && fewer)
        });
        if is_better {
            best = Some((gain, candidate));
        }
    }
    let (_, best) = best?;
    let region = from.with(best.column, best.limit);
    let places = sample.inside(&region);
    Some(Step { region, places })
}

/// Where to cut: halfway between the order statistics around (n - 1) times a share, past ties
/// towards the middle; `None` without values.
fn cut(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = last as f64 * share;
    let (mut below, mut above) = (place.floor() as usize, place.ceil() as usize);
    if share > 0.5 {
        while below > 0 && sorted[below].total_cmp(&sorted[above]).is_eq() {
            below -= 1;
        }
    } else {
        while above < last && sorted[below].total_cmp(&sorted[above]).is_eq() {
            above += 1;
        }
    }
    Some(f64::midpoint(sorted[below], sorted[above]))
}

/// How likely each limit of a box is by chance: the one-sided binomial test of the box's cases
/// against the density without that limit. Low and high of each input; `None` without a limit.
///
/// # Errors
/// As [`prim`]; a box of another number of inputs.
pub fn quasi_p(
    rows: &[Vec<f64>],
    cases: &[bool],
    region: &Region,
) -> Result<Vec<[Option<f64>; 2]>, Refused> {
    let sample = Sample::new(rows, cases)?;
    crate::error::as_long_as(sample.columns(), region.0.len(), "limits of the box")?;
    let places = sample.inside(region);
    let (count, hits) = (places.len() as u64, sample.hits(&places) as u64);
    let step = Step {
        region: region.clone(),
        places,
    };
    let one = |column: usize, side: usize| {
        let limit = region.0[column];
        if side == 0 { limit.low } else { limit.high }?;
        let wider = sample.inside(&step.with(column, with_end(limit, side, None)));
        let density = sample.hits(&wider) as f64 / wider.len().max(1) as f64;
        let law = Binomial::new(density, count).ok()?;
        Some(hits.checked_sub(1).map_or(1.0, |below| law.sf(below)))
    };
    Ok((0..sample.columns())
        .map(|column| [one(column, 0), one(column, 1)])
        .collect())
}

/// Share of `halves` half-samples in which each input is restricted, in the box of that half whose
/// coverage is nearest to `coverage`. Ten halves are usual; an input that does not return is chance.
///
/// # Errors
/// As [`prim`], and no half.
pub fn stability(
    rows: &[Vec<f64>],
    cases: &[bool],
    options: &PrimOptions,
    coverage: f64,
    (halves, key): (u32, Keyed),
) -> Result<Vec<f64>, Refused> {
    let sample = Sample::new(rows, cases)?;
    crate::error::at_least(1, halves as usize, "half-samples")?;
    let mut times = vec![0_u32; sample.columns()];
    for half in 0..halves {
        let order = key.part(half).order(rows.len());
        let chosen = &order[..rows.len() / 2];
        let half_rows: Vec<Vec<f64>> = chosen.iter().map(|&at| rows[at].clone()).collect();
        let half_cases: Vec<bool> = chosen.iter().map(|&at| cases[at]).collect();
        // Without a case or without its opposite, a half restricts nothing.
        let Ok(half) = Sample::new(&half_rows, &half_cases) else {
            continue;
        };
        let off = |pocket: &Pocket| (pocket.coverage - coverage).abs();
        // Of boxes that catch as much the last, which is the densest.
        let nearest = trajectory(half, options)
            .into_iter()
            .rev()
            .min_by(|a, b| off(a).total_cmp(&off(b)));
        for column in nearest.iter().flat_map(|pocket| pocket.region.restricted()) {
            times[column] += 1;
        }
    }
    Ok(times
        .into_iter()
        .map(|n| f64::from(n) / f64::from(halves))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::super::region::tests::halton_set;
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-5, "{found} is not {expected}");
    }

    #[test]
    fn golden_box_a() {
        let (rows, cases) = halton_set(|row| row[0] < 0.3 && row[1] > 0.6);
        assert_eq!(cases.iter().filter(|case| **case).count(), 119);
        let found = prim(&rows, &cases, &PrimOptions::default()).unwrap();
        assert_eq!(found.len(), 42);
        close(found[20].mass, 0.353);
        close(found[20].density, 0.33711);
        close(found[40].coverage, 1.0);
        close(found[40].density, 0.98347);
        let last = &found[41];
        close(last.coverage, 0.95798);
        close(last.density, 1.0);
        close(last.mass, 0.114);
        let limits = &last.region.0;
        assert!((limits[0].high.unwrap() - 0.300293).abs() < 1e-6);
        assert!((limits[1].low.unwrap() - 0.617284).abs() < 1e-6);
        assert_eq!(last.region.restricted().collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn golden_box_b_of_a_slanted_region() {
        let (rows, cases) = halton_set(|row| row[0] + row[1] > 1.4);
        assert_eq!(cases.iter().filter(|case| **case).count(), 177);
        let found = prim(&rows, &cases, &PrimOptions::default()).unwrap();
        assert_eq!(found.len(), 43);
        let last = &found[42];
        close(last.coverage, 0.60452);
        close(last.density, 0.99074);
        close(last.mass, 0.108);
        assert!((last.region.0[0].low.unwrap() - 0.649902).abs() < 1e-6);
        assert!((last.region.0[1].low.unwrap() - 0.685414).abs() < 1e-6);
    }

    #[test]
    fn limits_that_matter_are_no_chance_and_return_in_halves() {
        let (rows, cases) = halton_set(|row| row[0] < 0.3 && row[1] > 0.6);
        let mut region = Region::whole(3);
        region.0[0].high = Some(0.3);
        region.0[1].low = Some(0.6);
        // A limit that says nothing.
        region.0[2].low = Some(0.05);
        let p = quasi_p(&rows, &cases, &region).unwrap();
        assert!(p[0][1].unwrap() < 1e-6 && p[1][0].unwrap() < 1e-6);
        assert!(p[2][0].unwrap() > 0.05);
        assert_eq!((p[0][0], p[2][1]), (None, None));
        let options = PrimOptions::default();
        let stable = stability(&rows, &cases, &options, 0.9, (10, Keyed::new(1, 0))).unwrap();
        assert!(
            stable[0] > 0.99 && stable[1] > 0.99 && stable[2] < 0.5,
            "{stable:?}"
        );
    }

    #[test]
    fn a_switch_is_peeled_whole() {
        let (mut rows, _) = halton_set(|_| true);
        for (at, row) in rows.iter_mut().enumerate() {
            row[2] = f64::from(u8::from(at % 2 == 0));
        }
        let cases: Vec<bool> = rows
            .iter()
            .map(|row| row[2] > 0.5 && row[0] > 0.5)
            .collect();
        let found = prim(&rows, &cases, &PrimOptions::default()).unwrap();
        let last = found.last().unwrap();
        assert_eq!(last.region.0[2].low, Some(0.5));
        close(last.density, 1.0);
    }

    #[test]
    fn shares_out_of_range_are_refused() {
        let (rows, cases) = halton_set(|row| row[0] < 0.3);
        let none = PrimOptions {
            peel: 0.0,
            ..PrimOptions::default()
        };
        assert!(prim(&rows, &cases, &none).is_err());
    }
}
