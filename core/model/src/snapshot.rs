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

/// What is said when a copy meets a world with other rows.
const SAME_ROWS: &str = "a snapshot is of a world with the same rows";

/// What is said when a column of households is held otherwise than in a table.
const TABLE: &str = "household columns are table components";

/// A column of households, copied as one piece of memory.
fn save_column<T: Component + Copy>(world: &mut World) -> Vec<T> {
    let mut query = world.query::<&T>();
    let slices = query.contiguous_iter(world).expect(TABLE);
    slices.collect::<Vec<_>>().concat()
}

fn restore_column<T: Component<Mutability = Mutable> + Copy>(world: &mut World, saved: &[T]) {
    let mut query = world.query::<&mut T>();
    let mut left = saved;
    for mut rows in query.contiguous_iter_mut(world).expect(TABLE) {
        let rows = rows.bypass_change_detection();
        let (here, rest) = left.split_at_checked(rows.len()).expect(SAME_ROWS);
        rows.copy_from_slice(here);
        left = rest;
    }
    assert!(left.is_empty(), "{SAME_ROWS}");
}

fn save<T: Component + Clone>(world: &mut World) -> Vec<T> {
    world.query::<&T>().iter(world).cloned().collect()
}

fn restore<T: Component<Mutability = Mutable> + Clone>(world: &mut World, saved: &[T]) {
    let mut query = world.query::<&mut T>();
    let mut left = saved.iter();
    for mut row in query.iter_mut(world) {
        let value = left.next().expect(SAME_ROWS);
        row.bypass_change_detection().clone_from(value);
    }
    assert!(left.next().is_none(), "{SAME_ROWS}");
}

macro_rules! snapshot {
    (
        columns { $($column:ident: $values:ty;)* }
        entities { $($entities:ident: $component:ty;)* }
        resources { $($name:ident: $resource:ty;)* }
    ) => {
        /// State at a month boundary.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Snapshot {
            $($column: Vec<$values>,)*
            $($entities: Vec<$component>,)*
            $($name: $resource,)*
        }

        impl Snapshot {
            pub(crate) fn of(world: &mut World) -> Self {
                Self {
                    $($column: save_column(world),)*
                    $($entities: save(world),)*
                    $($name: world.resource::<$resource>().clone(),)*
                }
            }

            pub(crate) fn put(&self, world: &mut World) {
                $(restore_column(world, &self.$column);)*
                $(restore(world, &self.$entities);)*
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
    }
    entities {
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
