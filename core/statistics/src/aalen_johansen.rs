//! Cumulative incidence per cause (Aalen-Johansen).
//!
//! A project can end for several reasons, and being absorbed into regular policy is no death.
//! One minus Kaplan-Meier for a single cause would overstate that cause; this does not.

/// One moment of the curves.
#[derive(Clone, Debug, PartialEq)]
pub struct IncidenceStep {
    /// Time of the ends.
    pub time: f64,
    /// Share ended so far by each cause, 0..=1.
    pub share: Vec<f64>,
    /// Share that goes on; together with `share` it makes 1.
    pub going_on: f64,
}

/// Cumulative incidence of every cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Incidence {
    /// Steps at the times of ends, ascending.
    pub steps: Vec<IncidenceStep>,
    causes: usize,
}

impl Incidence {
    /// Share ended by each cause at `time` or before.
    pub fn at(&self, time: f64) -> Vec<f64> {
        let step = self.steps.iter().rev().find(|step| step.time <= time);
        step.map_or_else(|| vec![0.0; self.causes], |step| step.share.clone())
    }
}

/// Cumulative incidence from spells of (time, cause of the end or `None` when censored), causes
/// numbered below `causes`; `None` without spells or with a cause out of range.
pub fn cumulative_incidence(spells: &[(f64, Option<usize>)], causes: usize) -> Option<Incidence> {
    let in_range = spells
        .iter()
        .all(|(_, cause)| cause.is_none_or(|cause| cause < causes));
    if spells.is_empty() || !in_range {
        return None;
    }
    let mut sorted = spells.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut share, mut going_on, mut before) = (vec![0.0; causes], 1.0, 0);
    let mut steps = Vec::new();
    for group in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let at_risk = (sorted.len() - before) as f64;
        before += group.len();
        let ends = group.iter().filter(|(_, cause)| cause.is_some()).count();
        if ends == 0 {
            continue;
        }
        for cause in group.iter().filter_map(|(_, cause)| *cause) {
            share[cause] += going_on / at_risk;
        }
        going_on *= 1.0 - ends as f64 / at_risk;
        steps.push(IncidenceStep {
            time: group[0].0,
            share: share.clone(),
            going_on,
        });
    }
    Some(Incidence { steps, causes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Spell, kaplan_meier};

    const SPELLS: [(f64, Option<usize>); 8] = [
        (1.0, Some(0)),
        (2.0, Some(1)),
        (2.0, None),
        (3.0, Some(0)),
        (3.0, Some(1)),
        (4.0, None),
        (5.0, Some(1)),
        (6.0, None),
    ];

    #[test]
    fn shares_and_survival_add_up_to_one() {
        for step in cumulative_incidence(&SPELLS, 2).unwrap().steps {
            let sum: f64 = step.share.iter().sum::<f64>() + step.going_on;
            assert!((sum - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn survival_of_all_causes_is_kaplan_meier() {
        let spells: Vec<_> = SPELLS
            .iter()
            .map(|(time, cause)| Spell {
                time: *time,
                ended: cause.is_some(),
            })
            .collect();
        let curve = kaplan_meier(&spells, 0.95).unwrap();
        for step in cumulative_incidence(&SPELLS, 2).unwrap().steps {
            assert!((curve.survival(step.time) - step.going_on).abs() < 1e-12);
        }
    }

    #[test]
    fn hand_computed_shares() {
        // S(1-) = 1, 8 at risk: 1/8. S(3-) = 7/8 * 6/7 = 3/4, 5 at risk: 3/4 * 1/5.
        let at_three = cumulative_incidence(&SPELLS, 2).unwrap().at(3.5);
        assert!((at_three[0] - (0.125 + 0.15)).abs() < 1e-12);
        assert!((at_three[1] - (0.125 + 0.15)).abs() < 1e-12);
        assert_eq!(cumulative_incidence(&[], 2), None);
        assert_eq!(cumulative_incidence(&[(1.0, Some(2))], 2), None);
    }
}
