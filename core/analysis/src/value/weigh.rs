//! Costs and effects of draws, weighed.

use super::{Choice, Dot, Knowing, Range, Standing, Weighed};
use crate::play::Asked;
use zalm_statistics::economics::{self, acceptability, frontier, net_benefits, value_of_knowing};
use zalm_statistics::{Keyed, nested, quantile, sorted_finite};

/// Parameters that are told at most.
const TOLD: usize = 8;
/// Times that the values of every parameter are shuffled, to see what means nothing.
const SHUFFLES: u32 = 4;

/// Cost and effect of the replications of a draw.
type Draw = Vec<(f64, f64)>;

/// Cost and effect by strategy, draw and replication.
#[derive(Debug, Default)]
pub(super) struct Sample {
    /// Numbers of the draws.
    pub draws: Vec<usize>,
    /// Strategies by draws by replications.
    arms: Vec<Vec<Draw>>,
}

impl Sample {
    /// Adds a draw: strategies by replications.
    pub fn push(&mut self, number: usize, arms: Vec<Draw>) {
        self.draws.push(number);
        self.arms.resize(arms.len(), Vec::new());
        for (all, own) in self.arms.iter_mut().zip(arms) {
            all.push(own);
        }
    }

    /// Means over replications: strategies by draws.
    fn means(&self, part: fn(&(f64, f64)) -> f64) -> Vec<Vec<f64>> {
        let mean = |draw: &Draw| crate::kept::mean(draw.iter().map(part));
        let arm = |arm: &Vec<Draw>| arm.iter().map(mean).collect();
        self.arms.iter().map(arm).collect()
    }

    fn costs(&self) -> Vec<Vec<f64>> {
        self.means(|(cost, _)| *cost)
    }

    fn effects(&self) -> Vec<Vec<f64>> {
        self.means(|(_, effect)| *effect)
    }

    /// Share of the variance of net benefits over the null alternative that is chance; the largest
    /// over strategies.
    pub fn chance(&self, null: usize, worth: f64) -> Option<f64> {
        let share = |arm: &Vec<Draw>| {
            let draw = |(own, null): (&Draw, &Draw)| {
                let benefit = |(cost, effect): &(f64, f64)| worth * effect - cost;
                let pairs = own.iter().zip(null);
                pairs
                    .map(|(own, null)| benefit(own) - benefit(null))
                    .collect()
            };
            let gains: Vec<Vec<f64>> = arm.iter().zip(&self.arms[null]).map(draw).collect();
            nested(&gains).ok()?.noise_share()
        };
        let others = self.arms.iter().enumerate().filter(|(at, _)| *at != null);
        others.filter_map(|(_, arm)| share(arm)).reduce(f64::max)
    }
}

/// What follows from a sample.
pub(super) struct Weighing {
    pub curve: Vec<Weighed>,
    pub plane: Vec<Dot>,
    standings: Vec<economics::Standing>,
    strategies: usize,
}

/// Weighs at every worth, ascending.
///
/// # Errors
/// As the estimators.
pub(super) fn weigh(sample: &Sample, null: usize, worths: &[f64]) -> Result<Weighing, Asked> {
    let (costs, effects) = (sample.costs(), sample.effects());
    let mut curve = Vec::new();
    for worth in sorted_finite(worths.iter().copied()) {
        let found = acceptability(&net_benefits(&costs, &effects, worth)?)?;
        curve.push(Weighed {
            worth,
            perfect_information: found.perfect_information(),
            best: found.best,
            best_share: found.best_share,
            expected_loss: found.expected_loss,
        });
    }
    curve.dedup_by(|next, before| next.worth.total_cmp(&before.worth).is_eq());
    let mean = |values: &Vec<f64>| crate::kept::mean(values.iter().copied());
    let means: Vec<(f64, f64)> = costs
        .iter()
        .map(mean)
        .zip(effects.iter().map(mean))
        .collect();
    let dots = (0..costs.len()).flat_map(|strategy| {
        let draws = sample.draws.iter().enumerate();
        let (costs, effects) = (&costs, &effects);
        draws.map(move |(at, draw)| Dot {
            draw: *draw,
            strategy,
            cost: costs[strategy][at] - costs[null][at],
            effect: effects[strategy][at] - effects[null][at],
        })
    });
    Ok(Weighing {
        curve,
        plane: dots.collect(),
        standings: frontier(&means)?,
        strategies: costs.len(),
    })
}

impl Weighing {
    /// The strategies, by name.
    pub fn choices(&self, names: impl Iterator<Item = String>) -> Vec<Choice> {
        let draws = self.plane.len() / self.strategies;
        let all = names.zip(self.plane.chunks(draws)).zip(&self.standings);
        all.map(|((strategy, dots), standing)| {
            let (standing, per_effect) = match standing {
                economics::Standing::OnFrontier(icer) => (Standing::Frontier, *icer),
                economics::Standing::Dominated => (Standing::Dominated, None),
                economics::Standing::ExtendedlyDominated => (Standing::ExtendedlyDominated, None),
            };
            Choice {
                strategy,
                extra_cost: range(dots.iter().map(|dot| dot.cost)),
                extra_effect: range(dots.iter().map(|dot| dot.effect)),
                quadrants: quadrants(dots),
                standing,
                per_effect,
            }
        })
        .collect()
    }
}

fn range(values: impl ExactSizeIterator<Item = f64> + Clone) -> Range {
    let sorted = sorted_finite(values.clone());
    let end = |p| quantile(&sorted, p).unwrap_or_default();
    Range {
        mean: crate::kept::mean(values),
        range: (end(0.025), end(0.975)),
    }
}

fn quadrants(dots: &[Dot]) -> [f64; 4] {
    let mut counts = [0.0; 4];
    for dot in dots {
        let place = match (dot.effect > 0.0, dot.cost > 0.0) {
            (true, false) => 0,
            (true, true) => 1,
            (false, false) => 2,
            (false, true) => 3,
        };
        counts[place] += 1.0;
    }
    counts.map(|count| count / dots.len() as f64)
}

/// What knowing each parameter is worth, where ignorance costs most; that worth of an effect too.
/// Left out is what no more is worth than parameters without any meaning (values shuffled) seem to be.
pub(super) fn knowing(
    sample: &Sample,
    curve: &[Weighed],
    (names, inputs): (&[&'static str], &[Vec<f64>]),
    key: Keyed,
) -> (Vec<Knowing>, f64) {
    let dearer =
        |a: &&Weighed, b: &&Weighed| a.perfect_information.total_cmp(&b.perfect_information);
    let worth = curve.iter().max_by(dearer).map_or(0.0, |one| one.worth);
    let Ok(benefits) = net_benefits(&sample.costs(), &sample.effects(), worth) else {
        return (Vec::new(), worth);
    };
    let of = |values: &[f64]| value_of_knowing(values, &benefits).ok();
    let of = &of;
    let shuffled = (0..).zip(inputs).flat_map(|(number, values)| {
        (0..SHUFFLES).filter_map(move |time| {
            let order = key.part(number * SHUFFLES + time).order(values.len());
            of(&order.into_iter().map(|at| values[at]).collect::<Vec<_>>())
        })
    });
    let luck = shuffled.fold(0.0, f64::max);
    let known = |(parameter, values): (&&'static str, &Vec<f64>)| {
        let worth = of(values).filter(|worth| *worth > luck)?;
        Some(Knowing { parameter, worth })
    };
    let mut all: Vec<Knowing> = names.iter().zip(inputs).filter_map(known).collect();
    all.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    all.truncate(TOLD);
    (all, worth)
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact by construction")]
mod tests {
    use super::*;

    /// The small analysis of experiments: three strategies, five draws, two equal replications.
    fn small() -> Sample {
        let costs = [
            [100.0, 120.0, 90.0, 110.0, 105.0],
            [150.0, 140.0, 170.0, 160.0, 155.0],
            [200.0, 210.0, 190.0, 220.0, 205.0],
        ];
        let effects = [
            [1.0, 1.1, 0.9, 1.0, 1.05],
            [1.3, 1.2, 1.4, 1.1, 1.35],
            [1.5, 1.3, 1.6, 1.4, 1.2],
        ];
        let mut sample = Sample::default();
        for draw in 0..5 {
            let arm = |strategy: usize| vec![(costs[strategy][draw], effects[strategy][draw]); 2];
            sample.push(draw + 1, (0..3).map(arm).collect());
        }
        sample
    }

    #[test]
    fn golden_small_analysis() {
        let found = weigh(&small(), 0, &[300.0, 0.0, 300.0]).unwrap();
        assert_eq!(
            found.curve.iter().map(|one| one.worth).collect::<Vec<_>>(),
            [0.0, 300.0]
        );
        let at = &found.curve[1];
        // The one that is best most often (the third) is not the one to choose.
        for (found, expected) in at.best_share.iter().zip([0.0, 0.4, 0.6]) {
            assert!((found - expected).abs() < 1e-12);
        }
        for (found, expected) in at.expected_loss.iter().zip([44.0, 16.0, 27.0]) {
            assert!((found - expected).abs() < 1e-9);
        }
        assert_eq!(at.best, 1);
        assert!((at.perfect_information - 16.0).abs() < 1e-9);
        // At nothing only money counts: the cheapest is sure, and there is nothing to know.
        let free = &found.curve[0];
        assert_eq!((free.best, free.perfect_information), (0, 0.0));
    }

    #[test]
    fn differences_from_the_null_alternative_and_the_frontier() {
        let found = weigh(&small(), 0, &[300.0]).unwrap();
        let choices = found.choices(["a", "b", "c"].map(str::to_owned).into_iter());
        let null = Range::default();
        assert_eq!(
            (choices[0].extra_cost, choices[0].extra_effect),
            (null, null)
        );
        assert_eq!(choices[0].quadrants, [0.0, 0.0, 1.0, 0.0]);
        assert_eq!(choices[1].quadrants, [0.0, 1.0, 0.0, 0.0]);
        assert!((choices[1].extra_cost.mean - 50.0).abs() < 1e-9);
        // 50 for 0.26 more, then 50 for 0.13 more.
        let icers: Vec<Option<f64>> = choices.iter().map(|one| one.per_effect).collect();
        assert!((icers[1].unwrap() - 50.0 / 0.26).abs() < 1e-6 && icers[0].is_none());
        assert!((icers[2].unwrap() - 50.0 / 0.13).abs() < 1e-6);
    }

    #[test]
    fn equal_replications_have_no_chance_in_them_and_noise_has() {
        assert_eq!(small().chance(0, 300.0), Some(0.0));
        let mut noisy = Sample::default();
        for draw in 0..5 {
            let gain = f64::from(draw);
            noisy.push(
                1,
                vec![
                    vec![(0.0, 0.0); 2],
                    vec![(0.0, gain - 9.0), (0.0, gain + 9.0)],
                ],
            );
        }
        assert!(noisy.chance(0, 1.0).unwrap() > 0.9);
    }

    #[test]
    fn only_a_parameter_that_means_something_is_worth_knowing() {
        // Net benefit of the second is x - 0.5 and has nothing to do with the other nineteen.
        let draws = 400;
        let mut sample = Sample::default();
        let uniform =
            |column: u32, draw: u32| Keyed::new(7, u64::from(column)).part(draw).uniform();
        for draw in 0..draws {
            let gain = (0.5 - uniform(0, draw), 0.0);
            sample.push(draw as usize, vec![vec![(0.0, 0.0); 2], vec![gain; 2]]);
        }
        let column = |column| (0..draws).map(|draw| uniform(column, draw)).collect();
        let inputs: Vec<Vec<f64>> = (0..20).map(column).collect();
        let names: Vec<&'static str> = ["x"].into_iter().chain([""; 19]).collect();
        let curve = weigh(&sample, 0, &[1.0]).unwrap().curve;
        let (known, _) = knowing(&sample, &curve, (&names, &inputs), Keyed::new(1, 1));
        assert_eq!(known[0].parameter, "x");
        // Knowing it is knowing all: E max(x - 0.5, 0) = 1/8 less the better of both means.
        assert!(
            (known[0].worth - curve[0].perfect_information).abs() < 0.01,
            "{known:?}"
        );
        assert!(known.len() <= 2, "{known:?}");
    }
}
