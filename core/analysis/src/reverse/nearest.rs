//! From a failure back to what brings it about: along rays, then to the nearest of each origin.

use super::probe::Probe;
use super::threat::{self, Origin};
use super::{Breaking, FailureStory, Pair, sign};
use crate::play::{Asked, Play, Problem, searched};
use zalm_experiment::Keep;
use zalm_statistics::Keyed;
use zalm_statistics::economics::Scan;
use zalm_statistics::stress::{
    NearestOptions, Plausibility, Ray, directions, nearest_failure, ray,
};

/// How closely to look along a ray: a point is many runs.
const SCAN: Scan = Scan {
    points: 5,
    narrow: 1.0 / 64.0,
    halvings: 4,
};
/// Most steps of each walk from a failure to a nearer one.
const STEPS: u64 = 20;

impl<P: Play> Probe<'_, P> {
    /// Plays the first look along all rays at once, so that its points run beside each other.
    pub fn look_ahead(&self) -> Result<(), Problem<P::Error>> {
        let looks = directions(self.tops.len()).into_iter().flat_map(|among| {
            let top = self.top(&among);
            let look = |at: usize| top * at as f64 / (SCAN.points - 1) as f64;
            let place = |at: usize| self.equally(&among, look(at));
            (1..SCAN.points).map(place).collect::<Vec<_>>()
        });
        self.ask(&looks.collect::<Vec<_>>())
    }

    /// Severity at which each threat alone, and each pair, breaks a strategy that holds in calm.
    pub fn rays(&self, breaking: &mut Breaking, strategy: usize) -> Result<(), Problem<P::Error>> {
        for among in directions(self.tops.len()) {
            let mut failure = None;
            let found = ray(self.top(&among), SCAN, |severity| {
                self.room(&self.equally(&among, severity), strategy, &mut failure)
            });
            let severity = match searched(failure, found)? {
                Ray::Critical(crossing) => Some(crossing.bracket.1),
                Ray::Stands | Ray::FailsAtOnce => None,
            };
            match among[..] {
                [first, second] => breaking.pairs.push(Pair {
                    first,
                    second,
                    severity,
                }),
                _ => breaking.alone.push(severity),
            }
        }
        Ok(())
    }

    /// Severities of the nearest failure by threats of one origin, or of both origins at once.
    pub fn nearest(
        &self,
        origin: Option<Origin>,
        breaking: &Breaking,
        strategy: usize,
    ) -> Result<Option<Vec<f64>>, Problem<P::Error>> {
        let mut all: Vec<Vec<f64>> = self.walk(origin, strategy)?.into_iter().collect();
        // What fails only together, and what the walk cannot reach, lies on a ray.
        let alone = breaking.alone.iter().enumerate();
        all.extend(alone.filter_map(|(at, one)| Some(self.equally(&[at], (*one)?))));
        let pairs = breaking.pairs.iter();
        all.extend(
            pairs.filter_map(|pair| Some(self.equally(&[pair.first, pair.second], pair.severity?))),
        );
        let plausibility = self.plausibility(self.threats.len())?;
        let mut best: Option<(f64, Vec<f64>)> = None;
        for severities in all.into_iter().filter(|one| self.is_of(origin, one)) {
            let distance = plausibility.distance(&severities).map_err(Asked::from)?;
            if best.as_ref().is_none_or(|(least, _)| distance < *least) {
                best = Some((distance, severities));
            }
        }
        Ok(best.map(|(_, severities)| severities))
    }

    /// Where a walk down the distance ends, over threats of one origin or over all.
    fn walk(
        &self,
        origin: Option<Origin>,
        strategy: usize,
    ) -> Result<Option<Vec<f64>>, Problem<P::Error>> {
        let among: Vec<usize> = (0..self.threats.len())
            .filter(|&at| origin.is_none_or(|origin| self.threats[at].origin == origin))
            .collect();
        // Severities below 0 would be strokes of luck: they count as none.
        let whole = |values: &[f64]| {
            let mut severities = self.calm();
            for (&at, value) in among.iter().zip(values) {
                severities[at] = value.max(0.0);
            }
            severities
        };
        let mut failure = None;
        let options = NearestOptions {
            restarts: 0,
            steps: STEPS,
            reach: self.question.most,
            key: Keyed::new(self.scenario.seed, strategy as u64),
        };
        let found = nearest_failure(&self.plausibility(among.len())?, &options, |values| {
            let severities = whole(values);
            let mut each = severities.iter().zip(&self.tops);
            let inside = each.all(|(severity, top)| severity <= top);
            inside
                .then(|| self.room(&severities, strategy, &mut failure))
                .flatten()
        });
        let found = searched(failure, found)?;
        Ok(found.map(|found| whole(&found.values)))
    }

    /// Whether threats of this origin alone are there, or of both at once.
    fn is_of(&self, origin: Option<Origin>, severities: &[f64]) -> bool {
        let has = |origin| {
            let mut each = self.threats.iter().zip(severities);
            each.any(|(threat, severity)| threat.origin == origin && *severity > 0.0)
        };
        match origin {
            Some(Origin::Own) => !has(Origin::System),
            Some(Origin::System) => !has(Origin::Own),
            None => has(Origin::Own) && has(Origin::System),
        }
    }

    /// Severity 1 is one standard deviation, and every pair is correlated alike.
    fn plausibility(&self, threats: usize) -> Result<Plausibility, Asked> {
        let cell = |i: usize, j: usize| {
            if i == j {
                1.0
            } else {
                self.question.correlation
            }
        };
        let row = |i: usize| (0..threats).map(|j| cell(i, j)).collect();
        let covariance: Vec<Vec<f64>> = (0..threats).map(row).collect();
        Ok(Plausibility::new(vec![0.0; threats], &covariance)?)
    }

    /// A nearest failure with what moves first before it.
    pub fn story(
        &self,
        origin: Option<Origin>,
        severities: Option<Vec<f64>>,
        strategy: usize,
    ) -> Result<FailureStory, Problem<P::Error>> {
        let Some(severities) = severities else {
            return Ok(FailureStory {
                origin,
                severities: None,
                distance: None,
                tail: None,
                sign: None,
            });
        };
        let points = [&self.calm(), &severities]
            .map(|severities| threat::point(self.scenario, self.threats, severities));
        let results = self
            .play
            .play(&points, Keep::Series)
            .map_err(Problem::Played)?;
        let sign = sign::first(self.scenario, &self.question.failure, &results, strategy)?;
        let plausibility = self.plausibility(severities.len())?;
        let distance = plausibility.distance(&severities).map_err(Asked::from)?;
        Ok(FailureStory {
            origin,
            severities: Some(severities),
            distance: Some(distance),
            tail: Some(Plausibility::tail(distance)),
            sign,
        })
    }

    /// Largest severity that all of these threats can have.
    fn top(&self, among: &[usize]) -> f64 {
        among
            .iter()
            .map(|&at| self.tops[at])
            .fold(f64::MAX, f64::min)
    }

    /// These threats at one severity, the others at none.
    fn equally(&self, among: &[usize], severity: f64) -> Vec<f64> {
        let of = |at| if among.contains(&at) { severity } else { 0.0 };
        (0..self.threats.len()).map(of).collect()
    }
}
