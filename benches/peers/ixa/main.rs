//! RM-1 in ixa: an entity a household with two properties, and a plan every month that walks them.
#![deny(unsafe_code)] // not forbid: the macros of ixa allow it to themselves

use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Instant;

use dense::{Asked, Counts, Hazards, Prices, Status};
use ixa::prelude::*;

#[path = "../dense.rs"]
mod dense;

define_entity!(Household);
define_property!(struct Levels(dense::Levels), Household);
impl_property!(
    Status,
    Household,
    default_const = Status::None,
    persist = false
);

/// The team, and what is counted.
#[derive(Default)]
struct Team {
    queue: VecDeque<HouseholdId>,
    used: usize,
    capacity: usize,
    counts: Counts,
}

define_data_plugin!(TeamPlugin, Team, Team::default());

/// What never changes.
struct Tables {
    hazards: Hazards,
    prices: Prices,
    seed: u64,
}

fn build(asked: &Asked) -> Result<Context, IxaError> {
    let mut context = Context::new();
    for household in 0..asked.households {
        let levels = Levels(dense::initial_levels(asked.seed, household.into()));
        context.add_entity(with!(Household, levels))?;
    }
    context.get_data_mut(TeamPlugin).capacity = asked.households as usize / 20;
    let tables = Rc::new(Tables {
        hazards: Hazards::new(1.0),
        prices: Prices::new(),
        seed: asked.seed,
    });
    for time in 0..asked.months {
        let tables = Rc::clone(&tables);
        context.add_plan(time, move |context| month(context, &tables));
    }
    Ok(context)
}

fn month(context: &mut Context, tables: &Tables) {
    let key = dense::month_key(tables.seed, context.get_current_time() as u64);
    let mut team = std::mem::take(context.get_data_mut(TeamPlugin));
    for (number, household) in context.get_entity_iterator::<Household>().enumerate() {
        let Levels(mut levels) = context.get_property(household);
        let status: Status = context.get_property(household);
        let draw = dense::draw(key, number as u64);
        if let Some(turned) = dense::turned(&tables.hazards, &levels, status, draw) {
            levels = turned;
            context.set_property(household, Levels(levels));
            team.counts.events += 1;
        }
        let stands = dense::stands(status, dense::load(&levels));
        if stands != status {
            context.set_property(household, stands);
            match stands {
                Status::Waiting => team.queue.push_back(household),
                _ => team.used -= 1,
            }
        }
        team.counts.pay(&levels, &tables.prices);
    }
    while team.used < team.capacity {
        let Some(household) = team.queue.pop_front() else {
            break;
        };
        let Levels(levels) = context.get_property(household);
        let status = dense::called(dense::load(&levels));
        context.set_property(household, status);
        team.used += usize::from(status == Status::Supported);
    }
    team.counts.pay_team(team.used);
    *context.get_data_mut(TeamPlugin) = team;
}

fn main() -> Result<(), IxaError> {
    let asked = dense::asked();
    let mut context = build(&asked)?;
    let begun = Instant::now();
    context.execute();
    let took = begun.elapsed();
    let load = |household| {
        let Levels(levels) = context.get_property(household);
        u64::from(dense::load(&levels))
    };
    let loads = context.get_entity_iterator::<Household>().map(load).sum();
    let counts = &context.get_data(TeamPlugin).counts;
    dense::tell("ixa", &asked, took, counts, loads);
    Ok(())
}
