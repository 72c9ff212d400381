//! The household sweep on its own, for the benchmark that holds it against plain loops.
//!
//! No part of the model uses this, and it keeps no promise to anybody else.

use crate::clock::Clock;
use crate::flows::Flows;
use crate::hands::Lent;
use crate::household::HouseholdId;
use crate::simulation::Simulation;
use crate::world::build;
use crate::{hazards, sweep};
use bevy_ecs::prelude::*;
use bevy_ecs::schedule::SingleThreadedExecutor;
use zalm_scenario::Scenario;

pub use crate::hazards::{Event, HazardTables};
pub use crate::household::{Care, Levels, Reserves, Traits};
pub use crate::wide::wide;

/// A world in which nothing happens but the sweep.
pub struct Sweep {
    world: World,
    schedule: Schedule,
}

impl Sweep {
    /// The households of `scenario` at month 0.
    pub fn new(scenario: &Scenario, replication: u32) -> Self {
        let world = build(scenario, replication, Lent::default(), None);
        let mut schedule = Schedule::default();
        schedule.set_executor(SingleThreadedExecutor::new());
        schedule.add_systems((hazards::refresh, sweep::sweep).chain());
        Self { world, schedule }
    }

    /// Plays the sweep of one month.
    pub fn month(&mut self) {
        self.schedule.run(&mut self.world);
        let mut clock = self.world.resource_mut::<Clock>();
        let next = clock.month + 1;
        clock.set(next);
        self.world.resource_mut::<Flows>().care_events.clear();
    }

    /// Copies the households out, to plain arrays.
    pub fn columns(&mut self) -> Columns {
        Columns::of(&mut self.world)
    }
}

/// Households as plain arrays, with the tables of their hazards.
pub struct Columns {
    /// Keys of the draws.
    pub ids: Vec<u32>,
    /// Severities.
    pub levels: Vec<Levels>,
    /// Traits.
    pub traits: Vec<Traits>,
    /// Reserves.
    pub reserves: Vec<Reserves>,
    /// Care.
    pub care: Vec<Care>,
    /// Compiled hazards.
    pub tables: HazardTables,
}

impl Columns {
    /// Copies the households of a run out, as they stand now.
    pub fn of_run(simulation: &mut Simulation) -> Self {
        Self::of(&mut simulation.world)
    }

    fn of(world: &mut World) -> Self {
        let mut query = world.query::<(&HouseholdId, &Levels, &Traits, &Reserves, &Care)>();
        let mut columns = Self {
            ids: Vec::new(),
            levels: Vec::new(),
            traits: Vec::new(),
            reserves: Vec::new(),
            care: Vec::new(),
            tables: world.resource::<HazardTables>().clone(),
        };
        for (id, levels, traits, reserves, care) in query.iter(world) {
            columns.ids.push(id.0);
            columns.levels.push(*levels);
            columns.traits.push(*traits);
            columns.reserves.push(*reserves);
            columns.care.push(*care);
        }
        columns
    }
}
