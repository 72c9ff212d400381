//! Places of work: who works in a social enterprise lives less on benefit.
//!
//! Such firms "produce goods and services for the market and are at the same time a place to gain
//! work experience and a sheltered workplace" (seed 002, 5.2.3). What is sold is made by people who
//! else live on benefit: the more is sold, the more of them work. While they do, who bears income
//! support pays less of it. That comes back for the wage support that it gives, and it is known
//! without any evidence.

use crate::capacity::Used;
use crate::clock::Clock;
use crate::household::Households;
use crate::payer::Bearers;
use crate::project::{Project, projects_in_order};
use crate::settings::{Settings, UseItem, domain_index};
use bevy_ecs::prelude::*;
use zalm_scenario::{Domain, Mechanism};

/// Severity in the domain of work from which a household lives on benefit.
const ON_BENEFIT: usize = 3;

/// People who have a place of work now.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct Workplaces {
    /// Places that are filled.
    pub filled: f64,
}

impl Workplaces {
    /// Cents a month less of a use cost.
    pub fn saved(&self, item: &UseItem, settings: &Settings) -> i64 {
        (self.filled * by_place(item, settings)) as i64
    }
}

/// Costs phase, before costs are posted: people who live on benefit find the places that sales make, as far as
/// there are such people.
pub fn employ(
    mut projects: Query<&mut Project>,
    mut households: Households,
    mut workplaces: ResMut<Workplaces>,
    bearers: Res<Bearers>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    workplaces.filled = 0.0;
    if !settings.on(Mechanism::Workplaces) {
        return;
    }
    let used = Used::of(households.population().counts);
    let mut left = people(&used);
    for mut project in projects_in_order(&mut projects) {
        let works = project.at_work(clock.month);
        let places = if works {
            places(&project, &settings)
        } else {
            0.0
        };
        let filled = places.min(left);
        left -= filled;
        workplaces.filled += filled;
        for relation in &mut project.relations {
            relation.employs = 0;
        }
        for (item, &payer) in settings.use_items.iter().zip(&bearers.use_items) {
            let saved = filled * by_place(item, &settings);
            project.relations[usize::from(payer)].employs += saved as i64;
        }
    }
}

/// Places that a project's sales make.
fn places(project: &Project, settings: &Settings) -> f64 {
    settings.rates.market_places * project.sales as f64 / settings.worker_cost as f64
}

/// People on benefit whom somebody knows.
fn people(used: &Used) -> f64 {
    let work = domain_index(Domain::Work);
    let known = |level: usize| used.all[work][level] - used.hidden[work][level];
    (ON_BENEFIT..5).map(|level| f64::from(known(level))).sum()
}

/// Cents a month that a filled place saves of a use cost.
fn by_place(item: &UseItem, settings: &Settings) -> f64 {
    if item.domain == domain_index(Domain::Work) {
        settings.rates.market_saves * item.monthly[ON_BENEFIT] as f64
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{project, settings};

    fn benefit(domain: Domain) -> UseItem {
        UseItem {
            id: "benefit".to_owned(),
            domain: domain_index(domain),
            places: false,
            monthly: [0, 0, 40_000, 120_000, 120_000],
            hidden: [0; 5],
        }
    }

    #[test]
    fn what_is_sold_is_made_by_people() {
        let mut settings = settings(&[]);
        settings.rates.market_places = 1.5;
        let mut project = project();
        assert!(places(&project, &settings).abs() < 1e-12);
        project.sales = 4 * settings.worker_cost;
        assert!((places(&project, &settings) - 6.0).abs() < 1e-9);
    }

    #[test]
    fn a_place_saves_benefit_and_nothing_else() {
        let mut settings = settings(&[]);
        settings.rates.market_saves = 0.5;
        let six = Workplaces { filled: 6.0 };
        assert_eq!(six.saved(&benefit(Domain::Work), &settings), 360_000);
        assert_eq!(six.saved(&benefit(Domain::Housing), &settings), 0);
    }

    #[test]
    fn only_who_is_known_and_on_benefit_can_come() {
        let mut used = Used {
            all: [[0; 5]; 8],
            hidden: [[0; 5]; 8],
            acute: [0; 8],
        };
        used.all[domain_index(Domain::Work)] = [9, 9, 9, 5, 2];
        used.hidden[domain_index(Domain::Work)] = [0, 0, 0, 3, 0];
        assert!((people(&used) - 4.0).abs() < 1e-12);
    }
}
