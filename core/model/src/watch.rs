//! Watching households: after each step of the month their columns are compared with what they
//! were before it.
//!
//! The watcher stands outside the world and only looks: a run that is watched is the same run, and
//! one that is not pays nothing for it.

use crate::calendar::Randomness;
use crate::care::CareStatus;
use crate::clock::Clock;
use crate::flows::Flows;
use crate::hazards::{Event, HazardTables};
use crate::household::{Care, Hazard, HouseholdId, Levels, Reserves, Traits};
use crate::incidence::CostTable;
use crate::life::{Also, Columns, Life, Portrait, told};
use crate::month::Step;
use crate::payer::Bearers;
use crate::project::Project;
use crate::settings::Settings;
use crate::simulation::Simulation;
use crate::sweep::which_crisis;
use crate::volunteers::gives_back;
use bevy_ecs::prelude::*;
use std::ops::Range;
use zalm_scenario::Scenario;

/// Something that happened to a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lived {
    /// Number of the dwelling, counted from 0 in the order of ids.
    pub household: usize,
    /// Month index.
    pub month: u32,
    /// What happened.
    pub life: Life,
}

/// What the watched households cost since the policy date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Use of provisions, crises and the silo places that they took, by payer and item; teams are
    /// beside it.
    pub table: CostTable,
    /// Their part of the wages of the teams that helped them, cents.
    pub team: i64,
}

/// A watcher of households.
pub struct Watch {
    rows: Range<usize>,
    seen: Vec<(Columns, u32)>,
    lived: Vec<Lived>,
    spent: Spent,
    query: QueryState<(
        &'static Levels,
        &'static Traits,
        &'static Reserves,
        &'static Care,
        &'static Hazard,
        &'static HouseholdId,
    )>,
}

impl Watch {
    /// Watches these rows, from how they stand now.
    pub(crate) fn new(scenario: &Scenario, rows: Range<usize>, world: &mut World) -> Self {
        let mut watch = Self {
            rows,
            seen: Vec::new(),
            lived: Vec::new(),
            spent: Spent {
                table: CostTable::new(scenario),
                team: 0,
            },
            query: world.query(),
        };
        watch.look_again(world);
        watch
    }

    /// Everything that happened so far, in the order in which it did.
    pub fn lived(&self) -> &[Lived] {
        &self.lived
    }

    /// What it cost since the policy date.
    pub fn spent(&self) -> &Spent {
        &self.spent
    }

    /// How the watched households stand now, in order.
    pub fn portraits(&self) -> Vec<Portrait> {
        self.seen.iter().map(|(now, _)| Portrait::of(now)).collect()
    }

    /// Takes what is there for known, after a world was put back.
    pub(crate) fn look_again(&mut self, world: &mut World) {
        let rows = self.query.iter(world);
        let rows = rows.skip(self.rows.start).take(self.rows.len());
        self.seen = rows
            .map(|(levels, traits, reserves, care, hazard, _)| {
                (columns(levels, traits, reserves, care), hazard.0)
            })
            .collect();
    }

    /// Looks after a step.
    pub(crate) fn look(&mut self, step: &Step, world: &mut World) {
        let world = &*world;
        let month = world.resource::<Clock>().month;
        let moved: &[u32] = match step.name {
            "moving::turn_over" => &world.resource::<Flows>().moved,
            _ => &[],
        };
        let rows = self.query.iter_manual(world);
        let rows = rows.skip(self.rows.start).take(self.rows.len());
        for (at, (levels, traits, reserves, care, hazard, id)) in rows.enumerate() {
            let now = columns(levels, traits, reserves, care);
            let (before, threshold) = std::mem::replace(&mut self.seen[at], (now, hazard.0));
            let household = self.rows.start + at;
            let also = Also {
                crisis: match step.name {
                    "sweep::sweep" => crisis(world, &before, threshold, id.0, month),
                    _ => None,
                },
                moved: moved.contains(&(household as u32)),
                gives_back: match step.name {
                    "volunteers::come_and_go" => giver(world, household, id.0, month),
                    _ => None,
                },
                month,
            };
            told(step.name, &before, &now, also, &mut |life| {
                self.lived.push(Lived {
                    household,
                    month,
                    life,
                });
            });
        }
        if month >= world.resource::<Settings>().policy_month {
            match step.name {
                "payer::post_costs" => self.post(world, month),
                "lifecycle::pay_projects" => self.share_wages(world),
                _ => {}
            }
        }
    }

    /// What the watched households cost this month, to those who bear it.
    fn post(&mut self, world: &World, month: u32) {
        let (settings, bearers) = (world.resource::<Settings>(), world.resource::<Bearers>());
        let tables = world.resource::<HazardTables>();
        let spent = &mut self.spent.table;
        for (now, _) in &self.seen {
            let hides = tables.hides(&now.traits, &now.care);
            for (item, used) in settings.use_items.iter().enumerate() {
                let cents = used.cost(now.levels.0[used.domain], hides);
                spent.add_use(bearers.use_items[item], item, cents);
            }
            for (domain, payer) in bearers.silo.iter().enumerate() {
                if let Some(payer) = payer
                    && now.care.served >> domain & 1 != 0
                {
                    spent.add_silo(*payer, domain, settings.place_cost[domain]);
                }
            }
        }
        let this_month = self.lived.iter().rev();
        for lived in this_month.take_while(|lived| lived.month == month) {
            if let Life::Crisis { kind } = lived.life {
                let parts = &settings.crisis_items[kind].parts;
                for (&cents, &payer) in parts.iter().zip(&bearers.crises[kind]) {
                    spent.add_crisis(payer, kind, cents);
                }
            }
        }
    }

    /// The part of a team's wages that falls to each household in its care.
    fn share_wages(&mut self, world: &World) {
        let worker_cost = world.resource::<Settings>().worker_cost;
        let in_team = |care: &Care| care.status == CareStatus::Team;
        let mut cared = vec![0_i64; 1 << u8::BITS];
        for (.., care, _, _) in self.query.iter_manual(world) {
            cared[usize::from(care.project)] += i64::from(in_team(care));
        }
        let mut projects = world.try_query::<&Project>();
        let mut wages = vec![0_i64; cared.len()];
        for project in projects.iter_mut().flat_map(|query| query.iter(world)) {
            wages[usize::from(project.index)] = worker_cost * i64::from(project.workers);
        }
        for (now, _) in self.seen.iter().filter(|(now, _)| in_team(&now.care)) {
            let team = usize::from(now.care.project);
            self.spent.team += wages[team] / cared[team].max(1);
        }
    }
}

impl Simulation {
    /// How every household stands now, in the order of their ids, whether it is watched or not.
    pub fn portraits(&mut self) -> Vec<Portrait> {
        let mut query = self.world.query::<(&Levels, &Traits, &Reserves, &Care)>();
        let all = query.iter(&self.world);
        all.map(|(levels, traits, reserves, care)| {
            Portrait::of(&columns(levels, traits, reserves, care))
        })
        .collect()
    }
}

fn columns(levels: &Levels, traits: &Traits, reserves: &Reserves, care: &Care) -> Columns {
    Columns {
        levels: *levels,
        traits: *traits,
        reserves: *reserves,
        care: *care,
    }
}

/// The crisis that the sweep made of this household's draws, if it made one.
fn crisis(world: &World, before: &Columns, hazard: u32, id: u32, month: u32) -> Option<usize> {
    let key = world.resource::<Randomness>().sweep(month);
    let draw = key.draw(u64::from(id));
    if draw >= hazard {
        return None;
    }
    let Columns {
        levels,
        traits,
        reserves,
        care,
    } = before;
    let tables = world.resource::<HazardTables>();
    match tables.pick(draw, levels, traits, reserves, care) {
        Event::Crisis(domain) => {
            let items = &world.resource::<Settings>().crisis_items;
            which_crisis(items, domain, key.draw2(u64::from(id)))
        }
        Event::Worse(_) | Event::Better(_) | Event::Care => None,
    }
}

/// The project to which a household that was just helped gives something back.
fn giver(world: &World, household: usize, id: u32, month: u32) -> Option<usize> {
    let helped = &world.resource::<Flows>().helped;
    let &(team, _) = helped.iter().find(|(_, row)| *row as usize == household)?;
    let (settings, streams) = (world.resource::<Settings>(), world.resource::<Randomness>());
    let mut projects = world.try_query::<&Project>()?;
    let project = projects.iter(world).find(|one| one.index == team)?;
    gives_back(project, id, streams, settings, month).then_some(usize::from(team))
}
