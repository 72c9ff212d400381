//! Snapshots: the whole state at a month boundary, to fork strategies and stressors from.
//!
//! Two worlds of one scenario are built by the same steps, so their rows agree; a fork overwrites
//! columns and replaces resources. What is listed here is all state there is.

use crate::calendar::{DemandGrowth, Municipality, Shocks};
use crate::capacity::Capacity;
use crate::care::CareCounts;
use crate::clock::Clock;
use crate::flows::Flows;
use crate::happening::Log;
use crate::hazards::{HazardTables, Stale};
use crate::household::{Baseline, Care, Hazard, Levels, Reserves, Traits};
use crate::keeping::Kept;
use crate::knowledge::Archive;
use crate::ladder::Neighbourhood;
use crate::ledger::Ledger;
use crate::moving::Seekers;
use crate::payer::{Bearers, Payer};
use crate::project::Project;
use crate::record::Recorder;
use crate::workplaces::Workplaces;
use crate::works::Investments;
use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::*;

fn save<T: Component + Clone>(world: &mut World) -> Vec<T> {
    world.query::<&T>().iter(world).cloned().collect()
}

fn restore<T: Component<Mutability = Mutable> + Clone>(world: &mut World, saved: &[T]) {
    let mut query = world.query::<&mut T>();
    let mut left = saved.iter();
    for mut row in query.iter_mut(world) {
        let value = left
            .next()
            .expect("a snapshot is of a world with the same rows");
        row.bypass_change_detection().clone_from(value);
    }
    assert!(
        left.next().is_none(),
        "a snapshot is of a world with the same rows"
    );
}

macro_rules! snapshot {
    (columns { $($column:ident: $component:ty;)* } resources { $($name:ident: $resource:ty;)* }) => {
        /// State at a month boundary.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Snapshot {
            $($column: Vec<$component>,)*
            $($name: $resource,)*
        }

        impl Snapshot {
            pub(crate) fn of(world: &mut World) -> Self {
                Self {
                    $($column: save(world),)*
                    $($name: world.resource::<$resource>().clone(),)*
                }
            }

            pub(crate) fn put(&self, world: &mut World) {
                $(restore(world, &self.$column);)*
                $(world.resource_mut::<$resource>().clone_from(&self.$name);)*
            }
        }
    };
}

snapshot! {
    columns {
        levels: Levels;
        traits: Traits;
        reserves: Reserves;
        care: Care;
        baseline: Baseline;
        hazard: Hazard;
        neighbourhoods: Neighbourhood;
        payers: Payer;
        projects: Project;
    }
    resources {
        clock: Clock;
        tables: HazardTables;
        stale: Stale;
        capacity: Capacity;
        workplaces: Workplaces;
        counts: CareCounts;
        bearers: Bearers;
        municipality: Municipality;
        shocks: Shocks;
        growth: DemandGrowth;
        investments: Investments;
        seekers: Seekers;
        ledger: Ledger;
        flows: Flows;
        log: Log;
        kept: Kept;
        archive: Archive;
        recorder: Recorder;
    }
}
