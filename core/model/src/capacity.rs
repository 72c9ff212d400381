//! Capacity: a place that falls empty fills again, until somebody closes it.
//!
//! A provision is places, buildings and staff in service. More use is bought at once. Less use leaves
//! places empty: most of their cost stays, and others take them, the sooner the more people wait for
//! help of that kind ("an unaffordable rise of the consumption of care", seed 002, 5.4.2), at their
//! full cost for the payer that bears it. Nothing
//! leaves service by itself. A payer that has agreed to pay the new from the old has decided to
//! close: with it, what falls empty frees its money at once ("nieuw voor oud", seed 002, 5.4.4).
//!
//! Who fills a place is not among the households here: they come from the lists of the region, which
//! are as long as those here, and what becomes of them is not known.

use crate::care::CareCounts;
use crate::clock::Clock;
use crate::household::{ACUTE, HOUSING, Households, Population};
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
    /// What others cost who took places that fell empty.
    others: i64,
    /// What is paid beside the use of the households here: for others, and for what stands empty.
    beside: i64,
}

impl Places {
    /// Follows the use of a month. Who lives here goes first; of what stands empty others take the
    /// part `fills`, and the part `bound` of the cost of the rest is paid.
    fn follow(&mut self, used: i64, fills: f64, bound: f64) {
        self.in_service = self.in_service.max(used);
        let left = self.in_service - used;
        let others = self.others.min(left);
        self.others = others + ((left - others) as f64 * fills) as i64;
        self.beside = self.others + ((left - self.others) as f64 * bound) as i64;
    }

    /// Closes all that the households here do not use.
    fn close(&mut self, used: i64) {
        *self = Self {
            in_service: used,
            ..Self::default()
        };
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
}

/// Part of those who ask for help in each domain that waits for it, 0 where nobody asks.
fn waiting(population: &Population) -> [f64; 8] {
    let mut waits = [0_u32; 8];
    for row in population.counts.silo_waiting.rows() {
        let unserved = population.problem_mask(row) & !population.care[row].served;
        for (domain, waits) in waits.iter_mut().enumerate() {
            *waits += u32::from(unserved >> domain & 1);
        }
    }
    let served = population.counts.places_used;
    std::array::from_fn(|domain| {
        let asks = waits[domain] + served[domain];
        f64::from(waits[domain]) / f64::from(asks.max(1))
    })
}

/// Support phase, also in the time before month 0: capacity follows use, and what is expected of
/// crises; who pays the new from the old closes what falls empty.
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
    let rates = &settings.rates;
    let population = households.population();
    let counts = Used::of(population.counts);
    let waits = waiting(&population);
    let projects = projects_in_order(&mut projects);
    let closing = |c: &Contract| c.closes && c.active(clock.month);
    let follow = |places: &mut Places, payer: u16, domain: usize, used: i64| {
        let mut contracts = projects.iter().flat_map(|project| &project.contracts);
        let closes = contracts.any(|c| c.payer == payer && closing(c));
        if closes && settings.on(Mechanism::Closing) {
            places.close(used);
        } else {
            let fills = rates.capacity_fills * waits[domain];
            places.follow(used, fills, rates.capacity_bound);
        }
    };
    let uses = settings.use_items.iter().zip(&bearers.use_items);
    for (places, (item, &payer)) in capacity.uses.iter_mut().zip(uses) {
        if item.places {
            follow(places, payer, item.domain, item_cost(item, &counts));
        }
    }
    for (crisis, item) in settings.crisis_items.iter().enumerate() {
        let acute = f64::from(counts.acute[item.domain]);
        let parts = capacity.crises[crisis].iter_mut().enumerate();
        for (part, places) in parts.filter(|_| item.places) {
            let used = (settings.expected_crisis(crisis, part) * acute) as i64;
            follow(places, bearers.crises[crisis][part], item.domain, used);
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
    /// Cents a month of one use cost at these counts: what is used here and what is paid beside it,
    /// less what places of work save.
    pub fn cost(&self, index: usize, counts: &Used) -> i64 {
        let item = &self.settings.use_items[index];
        let saved = self.workplaces.saved(item, &self.settings);
        item_cost(item, counts) + self.capacity.uses[index].beside - saved
    }

    /// The same of what to expect of a crisis, for one of its payers.
    pub fn expected(&self, crisis: usize, part: usize, counts: &Used) -> i64 {
        let acute = counts.acute[self.settings.crisis_items[crisis].domain];
        let struck = self.settings.expected_crisis(crisis, part) * f64::from(acute);
        struck as i64 + self.beside_crisis(crisis, part)
    }

    /// Cents a month that one of its payers pays for the places of a crisis beside those that
    /// households here need.
    pub fn beside_crisis(&self, crisis: usize, part: usize) -> i64 {
        self.capacity.crises[crisis][part].beside
    }
}

/// Households by domain and severity, as far as they use provisions.
#[derive(Clone, Copy, Debug)]
pub struct Used {
    /// All of them.
    pub all: [[u32; 5]; 8],
    /// Those that avoid care and that nobody knows: they use a part only.
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
    use crate::care::CareStatus;
    use crate::fixture::{households, settings, town};
    use crate::household::Care;
    use crate::settings::CrisisItem;
    use bevy_ecs::system::RunSystemOnce;

    fn after(uses: &[i64], fills: f64, bound: f64) -> (i64, i64) {
        let mut places = Places::default();
        for &used in uses {
            places.follow(used, fills, bound);
        }
        (places.in_service, places.beside)
    }

    #[test]
    fn more_use_is_bought_at_once_and_less_leaves_it_standing() {
        assert_eq!(after(&[1_000], 0.0, 0.5), (1_000, 0));
        assert_eq!(after(&[1_000, 600], 0.0, 0.5), (1_000, 200));
        assert_eq!(after(&[1_000, 600, 1_200], 0.0, 0.5), (1_200, 0));
    }

    #[test]
    fn others_take_what_stands_empty_at_full_cost_and_go_when_it_is_needed_here() {
        assert_eq!(after(&[1_000, 600], 0.5, 0.5), (1_000, 200 + 100));
        assert_eq!(after(&[1_000, 600, 600], 0.5, 0.5), (1_000, 300 + 50));
        assert_eq!(after(&[1_000, 600, 900], 0.5, 0.0), (1_000, 100));
        assert_eq!(after(&[1_000, 600, 1_000], 0.5, 0.0), (1_000, 0));
    }

    #[test]
    fn who_waits_is_a_part_of_who_asks_in_each_domain() {
        let asks = |status, served| Care {
            status,
            served,
            ..Care::NONE
        };
        let mut world = town(4, &settings(&[]));
        households(&mut world, move |population| {
            for row in 0..3 {
                population.set_level(row, 0, 3);
            }
            population.set_level(1, 5, 3);
            population.set_care(0, asks(CareStatus::SiloWaiting, 0));
            population.set_care(1, asks(CareStatus::Silo, 1));
            let waits = waiting(population);
            let hundredths = waits.map(|part| libm::round(100.0 * part) as u32);
            assert_eq!(hundredths, [50, 0, 0, 0, 0, 100, 0, 0]);
        });
    }

    #[test]
    fn what_is_paid_beside_is_a_part_of_what_a_task_costs() {
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
        (capacity.uses[0].beside, capacity.crises[0][0].beside) = (30, 70);
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
    fn closing_frees_what_is_not_used_here_at_once() {
        let mut places = Places::default();
        for used in [1_000, 600] {
            places.follow(used, 0.5, 0.5);
        }
        places.close(600);
        assert_eq!((places.in_service, places.beside), (600, 0));
        places.follow(600, 0.5, 0.5);
        assert_eq!((places.in_service, places.beside), (600, 0));
    }
}
