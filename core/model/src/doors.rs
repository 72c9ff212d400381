//! Doors: whether a household that avoids care lets in a worker who comes unasked.
//!
//! Some open; to an expert by experience more of them do. Where a problem is acute a method may
//! force the door: the household is reached, but trust then comes slowly, and who has no trust
//! leaves.

use crate::calendar::Randomness;
use crate::clock::Clock;
use crate::household::{ACUTE, Population};
use crate::project::Project;
use crate::settings::Settings;
use crate::streams::Stream;
use zalm_scenario::{Ingredients, Rates};

/// What becomes of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Nobody comes in.
    Shut,
    /// The household lets the worker in.
    Open,
    /// The worker comes in against the household's will.
    Forced,
}

/// The draws for doors in one month.
pub struct Doors {
    opens: Stream,
    forced: Stream,
    month: u32,
}

impl Doors {
    /// Doors of this month.
    pub fn new(streams: &Randomness, clock: &Clock) -> Self {
        Self {
            opens: streams.named("doors.opens"),
            forced: streams.named("doors.forced"),
            month: clock.month,
        }
    }

    /// What becomes of a project's visit to a household that avoids care.
    pub fn visit(
        &self,
        population: &Population,
        row: usize,
        project: &Project,
        settings: &Settings,
    ) -> Door {
        let id = u64::from(population.ids[row].0);
        let slot = u32::from(project.index);
        let acute = population.levels[row].0.contains(&ACUTE);
        let method = project.method();
        let opens = opens(&method, &settings.rates);
        if self.opens.chance(opens, id, self.month, slot) {
            Door::Open
        } else if acute && self.forced.chance(method.coercion, id, self.month, slot) {
            Door::Forced
        } else {
            Door::Shut
        }
    }
}

/// Chance that a household that avoids care opens: what a professional leaves shut, an expert by
/// experience opens.
fn opens(method: &Ingredients, rates: &Rates) -> f64 {
    rates.demand_opens + (1.0 - rates.demand_opens) * method.expert
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{ingredients, settings};

    #[test]
    fn an_expert_by_experience_opens_more_doors() {
        let rates = Rates {
            demand_opens: 0.5,
            ..settings(&[]).rates
        };
        let none = Ingredients {
            expert: 0.0,
            ..ingredients()
        };
        let half = Ingredients {
            expert: 0.5,
            ..none
        };
        assert!((opens(&none, &rates) - 0.5).abs() < 1e-12);
        assert!((opens(&half, &rates) - 0.75).abs() < 1e-12);
    }
}
