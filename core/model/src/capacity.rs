//! Capacity: what stands empty costs money until somebody closes it.
//!
//! A provision is places, buildings and staff in service. More use is bought at once; less use
//! leaves them half empty, and most of their cost stays with the payer that bears it. Empty capacity
//! wears off slowly by itself. A payer that has agreed to pay the new from the old has decided to
//! close: with it, what falls empty frees its money at once ("nieuw voor oud", seed 002, 5.4.4).

use crate::clock::Clock;
use crate::household::Households;
use crate::payer::{Bearers, Used, item_cost};
use crate::project::{Contract, Project, projects_in_order};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// What provisions in service cost a month, and what of it stands empty.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Capacity {
    /// Cents a month that the capacity in service costs when it is full, per use cost.
    in_service: Vec<i64>,
    /// Cents a month that are paid for what stands empty, per use cost.
    empty: Vec<i64>,
}

impl Capacity {
    /// Capacity for so many use costs, none of it in service yet.
    pub fn new(items: usize) -> Self {
        Self {
            in_service: vec![0; items],
            empty: vec![0; items],
        }
    }

    /// Cents a month that are paid for what stands empty of a use cost.
    pub fn empty(&self, item: usize) -> i64 {
        self.empty[item]
    }

    /// Follows the use of a month: up at once, down by `wears` of what stands empty; the part
    /// `bound` of the rest is paid.
    fn follow(&mut self, item: usize, used: i64, wears: f64, bound: f64) {
        let empty = (self.in_service[item] - used).max(0);
        let left = (empty as f64 * (1.0 - wears)) as i64;
        self.in_service[item] = used + left;
        self.empty[item] = (left as f64 * bound) as i64;
    }
}

/// Costs phase: capacity follows use; who pays the new from the old closes what falls empty.
pub fn follow_use(
    mut capacity: ResMut<Capacity>,
    mut households: Households,
    mut projects: Query<&mut Project>,
    bearers: Res<Bearers>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::Capacity) {
        return;
    }
    let counts = Used::of(households.population().counts);
    let closing = |c: &Contract| c.closes && c.active(clock.month);
    let projects = projects_in_order(&mut projects);
    let closes = |payer: u16| {
        let mut contracts = projects.iter().flat_map(|project| &project.contracts);
        settings.on(Mechanism::Closing) && contracts.any(|c| c.payer == payer && closing(c))
    };
    let items = settings.use_items.iter().zip(&bearers.use_items);
    for (index, (item, &payer)) in items.enumerate().filter(|(_, (item, _))| item.places) {
        let wears = if closes(payer) {
            1.0
        } else {
            settings.rates.capacity_wears / 12.0
        };
        let used = item_cost(item, &counts);
        capacity.follow(index, used, wears, settings.rates.capacity_bound);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_use_is_bought_at_once_and_less_leaves_it_standing() {
        let mut capacity = Capacity::new(1);
        capacity.follow(0, 1_000, 0.0, 0.5);
        assert_eq!((capacity.in_service[0], capacity.empty(0)), (1_000, 0));
        capacity.follow(0, 600, 0.0, 0.5);
        assert_eq!((capacity.in_service[0], capacity.empty(0)), (1_000, 200));
        capacity.follow(0, 1_200, 0.0, 0.5);
        assert_eq!((capacity.in_service[0], capacity.empty(0)), (1_200, 0));
    }

    #[test]
    fn what_stands_empty_wears_off_and_closing_frees_it_at_once() {
        let mut capacity = Capacity::new(1);
        capacity.follow(0, 1_000, 0.0, 1.0);
        capacity.follow(0, 600, 0.25, 1.0);
        assert_eq!((capacity.in_service[0], capacity.empty(0)), (900, 300));
        capacity.follow(0, 600, 1.0, 1.0);
        assert_eq!((capacity.in_service[0], capacity.empty(0)), (600, 0));
    }
}
