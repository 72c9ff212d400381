//! Capacity: what stands empty costs money until somebody closes it.
//!
//! A provision is places, buildings and staff in service. More use is bought at once; less use
//! leaves them half empty, and most of their cost stays with the payer that bears it. Empty capacity
//! wears off slowly by itself. A payer that has agreed to pay the new from the old has decided to
//! close: with it, what falls empty frees its money at once ("nieuw voor oud", seed 002, 5.4.4).

use crate::care::CareCounts;
use crate::clock::Clock;
use crate::household::{ACUTE, HOUSING, Households};
use crate::payer::Bearers;
use crate::project::{Contract, Project, projects_in_order};
use crate::settings::{Settings, UseItem};
use crate::workplaces::Workplaces;
use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use zalm_scenario::Mechanism;

/// The capacity of one provision for one payer, cents a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Places {
    /// What it costs when it is full.
    in_service: i64,
    /// What is paid for the part that stands empty.
    empty: i64,
}

impl Places {
    /// Follows the use of a month: up at once, down by the part `wears` of what stands empty; the
    /// part `bound` of the cost of the rest is paid.
    fn follow(&mut self, used: i64, wears: f64, bound: f64) {
        let empty = (self.in_service - used).max(0);
        let left = (empty as f64 * (1.0 - wears)) as i64;
        self.in_service = used + left;
        self.empty = (left as f64 * bound) as i64;
    }
}

/// The capacity of provisions.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Capacity {
    /// Per use cost.
    uses: Vec<Places>,
    /// Per crisis, for each payer that bears a part of it.
    crises: Vec<Vec<Places>>,
}

impl Capacity {
    /// Capacity for the costs of a scenario, none of it in service yet.
    pub fn new(settings: &Settings) -> Self {
        let none = Places::default();
        let crises = settings.crisis_items.iter();
        Self {
            uses: vec![none; settings.use_items.len()],
            crises: crises.map(|item| vec![none; item.parts.len()]).collect(),
        }
    }

    /// Cents a month that are paid for what stands empty of a use cost.
    fn empty_use(&self, item: usize) -> i64 {
        self.uses[item].empty
    }

    /// The same of the places that a crisis fills, for one of its payers.
    fn empty_crisis(&self, crisis: usize, part: usize) -> i64 {
        self.crises[crisis][part].empty
    }
}

/// Support phase, also in the time before month 0: capacity follows use, and what is expected of crises; who pays the new from the old
/// closes what falls empty.
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
    let projects = projects_in_order(&mut projects);
    let closing = |c: &Contract| c.closes && c.active(clock.month);
    let wears = |payer: u16| {
        let mut contracts = projects.iter().flat_map(|project| &project.contracts);
        let closes = contracts.any(|c| c.payer == payer && closing(c));
        if closes && settings.on(Mechanism::Closing) {
            1.0
        } else {
            settings.rates.capacity_wears / 12.0
        }
    };
    let bound = settings.rates.capacity_bound;
    let uses = settings.use_items.iter().zip(&bearers.use_items);
    for (places, (item, &payer)) in capacity.uses.iter_mut().zip(uses) {
        if item.places {
            places.follow(item_cost(item, &counts), wears(payer), bound);
        }
    }
    for (crisis, item) in settings.crisis_items.iter().enumerate() {
        let acute = f64::from(counts.acute[item.domain]);
        let parts = capacity.crises[crisis].iter_mut().enumerate();
        for (part, places) in parts.filter(|_| item.places) {
            let used = (settings.expected_crisis(crisis, part) * acute) as i64;
            places.follow(used, wears(bearers.crises[crisis][part]), bound);
        }
    }
}

/// What provisions cost payers now.
#[derive(SystemParam)]
pub struct Provisions<'w> {
    capacity: Res<'w, Capacity>,
    workplaces: Res<'w, Workplaces>,
    /// Who uses them for how much.
    pub settings: Res<'w, Settings>,
}

impl Provisions<'_> {
    /// Cents a month of one use cost at these counts: what is used and what stands empty, less what
    /// places of work save.
    pub fn cost(&self, index: usize, counts: &Used) -> i64 {
        let item = &self.settings.use_items[index];
        let saved = self.workplaces.saved(item, &self.settings);
        item_cost(item, counts) + self.capacity.empty_use(index) - saved
    }

    /// The same of what to expect of a crisis, for one of its payers.
    pub fn expected(&self, crisis: usize, part: usize, counts: &Used) -> i64 {
        let acute = counts.acute[self.settings.crisis_items[crisis].domain];
        let struck = self.settings.expected_crisis(crisis, part) * f64::from(acute);
        struck as i64 + self.empty_crisis(crisis, part)
    }

    /// Cents a month that are paid for what stands empty of the places that a crisis fills.
    pub fn empty_crisis(&self, crisis: usize, part: usize) -> i64 {
        self.capacity.empty_crisis(crisis, part)
    }
}

/// Households by domain and severity, as far as they use provisions.
#[derive(Clone, Copy, Debug)]
pub struct Used {
    /// All of them.
    pub all: [[u32; 5]; 8],
    /// Those that avoid care and are in nobody's help: they use a part only.
    pub hidden: [[u32; 5]; 8],
    /// Households whose acute problem can become a crisis, by domain.
    pub acute: [u32; 8],
}

impl Used {
    /// The counts of now.
    pub fn of(counts: &CareCounts) -> Self {
        let mut acute = counts.use_counts.map(|levels| levels[usize::from(ACUTE)]);
        acute[HOUSING] -= counts.spared;
        Self {
            all: counts.use_counts,
            hidden: counts.hidden_counts,
            acute,
        }
    }
}

/// Cents a month of one use cost at these counts.
fn item_cost(item: &UseItem, counts: &Used) -> i64 {
    let cost = |level: u8| {
        let hidden = i64::from(counts.hidden[item.domain][usize::from(level)]);
        let seen = i64::from(counts.all[item.domain][usize::from(level)]) - hidden;
        item.cost(level, false) * seen + item.cost(level, true) * hidden
    };
    (0..5).map(cost).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::settings;
    use crate::settings::CrisisItem;
    use bevy_ecs::system::RunSystemOnce;

    fn after(uses: &[i64], wears: f64, bound: f64) -> (i64, i64) {
        let mut places = Places::default();
        for &used in uses {
            places.follow(used, wears, bound);
        }
        (places.in_service, places.empty)
    }

    #[test]
    fn more_use_is_bought_at_once_and_less_leaves_it_standing() {
        assert_eq!(after(&[1_000], 0.0, 0.5), (1_000, 0));
        assert_eq!(after(&[1_000, 600], 0.0, 0.5), (1_000, 200));
        assert_eq!(after(&[1_000, 600, 1_200], 0.0, 0.5), (1_200, 0));
    }

    #[test]
    fn what_stands_empty_is_a_part_of_what_a_task_costs() {
        let mut settings = settings(&[]);
        settings.rates.household_crisis = 0.5;
        settings.use_items.push(UseItem {
            id: "care".to_owned(),
            domain: 4,
            places: true,
            monthly: [0, 0, 100, 100, 100],
            hidden: [0; 5],
        });
        settings.crisis_items.push(CrisisItem {
            id: "eviction".to_owned(),
            domain: HOUSING,
            weight: 1.0,
            places: true,
            parts: vec![1_000],
            spills: Vec::new(),
        });
        let mut capacity = Capacity::new(&settings);
        (capacity.uses[0].empty, capacity.crises[0][0].empty) = (30, 70);
        let mut counts = CareCounts::new(0);
        counts.use_counts[4][3] = 5;
        counts.use_counts[HOUSING][4] = 3;
        counts.spared = 1;
        let mut world = World::new();
        world.insert_resource(settings);
        world.insert_resource(capacity);
        world.init_resource::<Workplaces>();
        let costs = move |provisions: Provisions| {
            let counts = Used::of(&counts);
            (
                provisions.cost(0, &counts),
                provisions.expected(0, 0, &counts),
            )
        };
        let costs = world.run_system_once(costs).expect("resources");
        assert_eq!(costs, (530, 1_070));
    }

    #[test]
    fn what_stands_empty_wears_off_and_closing_frees_it_at_once() {
        assert_eq!(after(&[1_000, 600], 0.25, 1.0), (900, 300));
        assert_eq!(after(&[1_000, 600], 1.0, 1.0), (600, 0));
    }
}
