//! When a threshold is broken first, and how sure that is.

use crate::kept::mean;
use crate::threshold::Threshold;
use serde::Serialize;
use zalm_experiment::LEVEL;
use zalm_statistics::stress::first_breach;
use zalm_statistics::{Bootstrap, Keyed, wilson};

/// Fewer replications than this make nothing certain: that all are on one side happens by chance in
/// 2^(1 - n) of cases, more than 5 % (sign test).
const CERTAIN: usize = 6;
/// Resamples of the replications.
const RESAMPLES: u32 = 500;

/// Colour in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Holds throughout, with 95 % certainty.
    Green,
    /// Cannot be told from chance.
    Amber,
    /// Broken, with 95 % certainty.
    Red,
}

/// A threshold on the mean over replications, month by month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Breach {
    /// Colour.
    pub light: Light,
    /// Value of the mean nearest to the threshold or farthest beyond it.
    pub worst: f64,
    /// Interval of that value: Wilson's where every run says yes or no, else a bootstrap interval.
    pub interval: Option<(f64, f64)>,
    /// Months from the policy date to the first breach of the mean; `None` when there is none.
    pub first: Option<u32>,
    /// Bootstrap interval of that month; an end is `None` where there is no breach.
    pub first_interval: (Option<u32>, Option<u32>),
}

impl Breach {
    /// The breach of a threshold by courses, by replication and month.
    pub(super) fn of(
        threshold: &Threshold,
        months: &[u32],
        policy: u32,
        courses: &[Vec<f64>],
        key: Keyed,
    ) -> Self {
        let all: Vec<usize> = (0..courses.len()).collect();
        let counted: Vec<usize> = (0..months.len())
            .filter(|&at| {
                threshold
                    .after
                    .is_none_or(|after| months[at] - policy == after)
            })
            .collect();
        let path = |places: &[usize]| -> Vec<f64> {
            let at = |&month: &usize| mean(places.iter().map(|&place| courses[place][month]));
            counted.iter().map(at).collect()
        };
        let worst_at = |path: &[f64]| -> Option<usize> {
            let room = |&at: &usize| threshold.room(path[at]);
            (0..path.len()).min_by(|a, b| room(a).total_cmp(&room(b)))
        };
        let worst = |path: &[f64]| Some(path[worst_at(path)?]);
        let first = |path: &[f64]| {
            let room: Vec<f64> = path.iter().map(|value| threshold.room(*value)).collect();
            Some(months[counted[first_breach(&room, 0.0)?]] - policy)
        };
        // Where there is no breach it lies beyond every month; so the bootstrap can count it.
        let never = months.last().map_or(0, |last| last - policy + 1);
        let own = path(&all);
        let resampled = Bootstrap::many(courses.len(), RESAMPLES, key, |places| {
            let path = path(places);
            let first = f64::from(first(&path).unwrap_or(never));
            // A number that is none is left out of its spread.
            Some(vec![worst(&path).unwrap_or(f64::NAN), first])
        });
        let spread = |at: usize| resampled.get(at)?.percentile(LEVEL);
        let firsts = spread(1);
        let answers = worst_at(&own).and_then(|at| answers(courses, counted[at]));
        let interval = match answers {
            Some((hits, runs)) => wilson(hits, runs, LEVEL),
            None => spread(0),
        };
        let certain = interval.filter(|_| courses.len() >= CERTAIN);
        let month = |value: f64| Some(value.round() as u32).filter(|month| *month < never);
        Self {
            light: certain.map_or(Light::Amber, |(low, high)| {
                match (threshold.breaks(low), threshold.breaks(high)) {
                    (true, true) => Light::Red,
                    (false, false) => Light::Green,
                    _ => Light::Amber,
                }
            }),
            worst: worst(&own).unwrap_or(threshold.value),
            interval,
            first: first(&own),
            first_interval: firsts.map_or((None, None), |(low, high)| (month(low), month(high))),
        }
    }
}

/// How many runs say yes in a month, and how many there are; `None` unless all say yes or no in every
/// month.
fn answers(courses: &[Vec<f64>], month: usize) -> Option<(u32, u32)> {
    let is = |value: f64, what: f64| value.to_bits() == what.to_bits();
    let mut all = courses.iter().flatten();
    let only = all.all(|&value| is(value, 0.0) || is(value, 1.0));
    let hits = courses.iter().filter(|course| is(course[month], 1.0));
    only.then(|| (hits.count() as u32, courses.len() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breach(threshold: &str, courses: &[Vec<f64>]) -> Breach {
        let threshold = threshold.parse().unwrap();
        let months: Vec<u32> = (12..12 + courses[0].len() as u32).collect();
        Breach::of(&threshold, &months, 12, courses, Keyed::new(1, 0))
    }

    #[test]
    fn colours_follow_the_interval() {
        let dead = vec![1.0, 1.0, 0.0, 0.0];
        let alive = vec![1.0; 4];
        let all_die = breach("project.alive<0.5", &vec![dead.clone(); 8]);
        assert_eq!((all_die.light, all_die.first), (Light::Red, Some(2)));
        assert_eq!(all_die.first_interval, (Some(2), Some(2)));
        let none = breach("project.alive<0.5", &vec![alive.clone(); 8]);
        assert_eq!((none.light, none.first), (Light::Green, None));
        assert_eq!(none.first_interval, (None, None));
        let mixed: Vec<Vec<f64>> = (0..8)
            .map(|at| if at < 5 { dead.clone() } else { alive.clone() })
            .collect();
        let unsure = breach("project.alive<0.5", &mixed);
        assert_eq!((unsure.light, unsure.first), (Light::Amber, Some(2)));
        assert_eq!(unsure.first_interval.1, None, "it may not come at all");
    }

    #[test]
    fn few_replications_are_no_certainty() {
        let lights = |count: usize, threshold: &str| {
            let dead = breach(threshold, &vec![vec![1.0, 0.0]; count]);
            (dead.light, dead.interval.unwrap().1)
        };
        // Wilson: 0 of 3 leaves up to 56 % open, 0 of 8 up to 32 %.
        let (light, high) = lights(3, "project.alive<0.5");
        assert!(
            light == Light::Amber && (high - 0.5615).abs() < 1e-3,
            "{high}"
        );
        assert_eq!(lights(3, "project.alive<0.9").0, Light::Amber);
        assert_eq!(lights(8, "project.alive<0.3").0, Light::Amber);
        assert_eq!(lights(8, "project.alive<0.5").0, Light::Red);
        let sizes = breach("a<5", &[vec![3.0], vec![3.1], vec![2.9]]);
        assert_eq!(sizes.light, Light::Amber, "three are no certainty");
    }

    #[test]
    fn a_month_of_its_own() {
        let falls = vec![vec![3.0, 2.0, 1.0, 0.0]; 6];
        assert_eq!(breach("a@1<1.5", &falls).light, Light::Green);
        assert_eq!(breach("a@2<1.5", &falls).first, Some(2));
        assert_eq!(breach("a>2.5", &falls).first, Some(0));
    }
}
