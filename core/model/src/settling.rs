//! Settling: a place lives some years before month 0, so that households, queues and silo places
//! start near their long-run state instead of filling up under the eyes of a strategy.

use crate::calendar::Randomness;
use crate::care::{AFTERCARE, CareCounts};
use crate::clock::Clock;
use crate::flows::Flows;
use crate::household::Care;
use crate::month::{Moment, settling, settling_steps};
use crate::payer::Payer;
use crate::settings::Settings;
use crate::streams::Streams;
use bevy_ecs::prelude::*;

/// Plays the households' part of the months before month 0: no project, no shock and no cut yet,
/// as many silo places as the payers promise at first. The draws are those of a time before: none
/// of them comes back later.
pub(crate) fn settle_down(
    world: &mut World,
    before: Streams,
    tell: Option<&mut (dyn FnMut(Moment) + '_)>,
) {
    let months = world.resource::<Settings>().rates.household_past as u32;
    let start = *world.resource::<Clock>();
    let streams = world.resource::<Randomness>().0;
    let flows = world.resource::<Flows>().clone();
    world.resource_mut::<Randomness>().0 = before;
    let places = first_places(world);
    world.resource_mut::<CareCounts>().places = places;
    let mut play: Box<dyn FnMut(&mut World)> = match tell {
        None => {
            let mut month = settling();
            Box::new(move |world| month.run(world))
        }
        Some(tell) => {
            let mut steps = settling_steps();
            Box::new(move |world| {
                for (step, schedule) in &mut steps {
                    schedule.run(world);
                    tell(Moment { step, month: None });
                }
            })
        }
    };
    for month in 0..months {
        world.resource_mut::<Clock>().set(month);
        play(world);
        world.resource_mut::<Flows>().clone_from(&flows);
    }
    count_from_month_0(world, months);
    *world.resource_mut::<Clock>() = start;
    world.resource_mut::<Randomness>().0 = streams;
}

/// Silo places that the payers' promises carry at the start.
fn first_places(world: &mut World) -> [u32; 8] {
    let cost = world.resource::<Settings>().place_cost;
    let mut places = [0; 8];
    for payer in world.query::<&Payer>().iter(world) {
        for (domain, promised) in payer.silo.iter().enumerate() {
            places[domain] += promised.checked_div(cost[domain]).unwrap_or(0);
        }
    }
    places.map(|places| u32::try_from(places).unwrap_or(0))
}

/// What was counted from the first month of the time before is counted from month 0.
fn count_from_month_0(world: &mut World, months: u32) {
    let earlier = months as u16;
    for mut care in world.query::<&mut Care>().iter_mut(world) {
        care.since = care.since.wrapping_sub(earlier);
        care.worker_since = care.worker_since.wrapping_sub(earlier);
    }
    let ends = &mut world.resource_mut::<CareCounts>().aftercare_ends;
    ends.rotate_left((months % AFTERCARE) as usize);
}
