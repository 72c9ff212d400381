//! Calendar phase: elections, aldermen and the scheduled shocks.

use crate::capacity::{Provisions, Used};
use crate::clock::Clock;
use crate::core_group::left_behind;
use crate::happening::{Happening, Log};
use crate::hazards::{HazardTables, ONE, Stale};
use crate::household::Households;
use crate::payer::{Bearers, Payer, municipal, payers_in_order};
use crate::project::{Project, projects_in_order};
use crate::settings::Settings;
use crate::streams::Streams;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// The municipality as a director.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Municipality {
    /// Strength of direction that stands apart from persons, 0..=1.
    pub base_direction: f64,
    /// Spread between aldermen.
    pub alderman_spread: f64,
    /// Strength of direction now, 0..=1.
    pub direction: f64,
    /// Month indices of elections.
    pub elections: Vec<u32>,
}

/// A shock with its references resolved.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A payer's closed budget falls by a share.
    Cut {
        /// Payer index.
        payer: u16,
        /// Share.
        share: f64,
    },
    /// Items move to another payer.
    Decentralise {
        /// Use costs that move.
        use_items: Vec<usize>,
        /// Crises that move.
        crises: Vec<usize>,
        /// Silo domains that move.
        domains: Vec<usize>,
        /// Payer that hands over.
        from: u16,
        /// Payer that receives.
        to: u16,
        /// Share of the money kept back.
        discount: f64,
    },
    /// Onset grows for some months.
    DemandGrowth {
        /// Share per year.
        per_year: f64,
        /// Months.
        months: u32,
    },
    /// A payer gives no new money.
    Exit {
        /// Payer index.
        payer: u16,
    },
    /// The alderman goes.
    AldermanLeaves,
    /// A review committee looks at all projects.
    Review,
    /// A project wins a prize.
    Prize {
        /// Project index.
        project: u16,
    },
    /// Responsibilities move; payers are more open while it lasts.
    Transition {
        /// Months.
        months: u32,
        /// Share of what closes payers that it takes away.
        relief: f64,
    },
}

/// Scheduled shocks: month index and change, in the order of the scenario.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Shocks(pub Vec<(u32, Change)>);

/// The alderman: elections, early exits, and the ties that go with them.
pub fn turn_of_aldermen(
    mut municipality: ResMut<Municipality>,
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    mut log: ResMut<Log>,
    shocks: Res<Shocks>,
    settings: Res<Settings>,
    streams: Res<Randomness>,
    clock: Res<Clock>,
) {
    let shock = shocks
        .0
        .iter()
        .any(|(at, change)| *at == clock.month && *change == Change::AldermanLeaves);
    if !shock && !settings.on(Mechanism::StakeholderCarousel) {
        return;
    }
    let election = municipality.elections.contains(&clock.month);
    let exit = streams.named("alderman.exit").chance(
        settings.rates.alderman_exit / 12.0,
        0,
        clock.month,
        0,
    );
    let stays = streams.named("alderman.reelected").chance(
        settings.rates.alderman_reelected,
        0,
        clock.month,
        0,
    );
    if !(shock || exit || (election && !stays)) {
        return;
    }
    let courage = streams.named("alderman.courage").normal(0, clock.month, 0);
    let direction = municipality.base_direction + municipality.alderman_spread * courage;
    municipality.direction = direction.clamp(0.0, 1.0);
    let municipal = municipal(&mut payers);
    for mut project in projects_in_order(&mut projects) {
        let left = left_behind(&project, &settings);
        for &payer in &municipal {
            project.relations[payer].ties[3] *= left;
        }
    }
    let direction = municipality.direction;
    log.note(&clock, Happening::Alderman { direction });
}

/// The run's randomness as a resource.
#[derive(Resource, Clone, Copy, Debug)]
pub struct Randomness(pub Streams);

impl std::ops::Deref for Randomness {
    type Target = Streams;

    fn deref(&self) -> &Streams {
        &self.0
    }
}

/// The scheduled shocks of this month.
pub fn apply_shocks(
    mut payers: Query<&mut Payer>,
    mut projects: Query<&mut Project>,
    mut households: Households,
    mut bearers: ResMut<Bearers>,
    mut log: ResMut<Log>,
    mut growth: ResMut<DemandGrowth>,
    shocks: Res<Shocks>,
    provisions: Provisions,
    clock: Res<Clock>,
) {
    let mut payers = payers_in_order(&mut payers);
    for (_, change) in shocks.0.iter().filter(|(at, _)| *at == clock.month) {
        match change {
            Change::Cut { payer, share } => {
                let payer = &mut payers[*payer as usize];
                payer.budget -= (payer.budget as f64 * share) as i64;
                let (payer, share) = (payer.id.clone(), *share);
                log.note(&clock, Happening::Cut { payer, share });
            }
            Change::Exit { payer } => {
                let payer = &mut payers[*payer as usize];
                payer.open = false;
                let payer = payer.id.clone();
                log.note(&clock, Happening::Exit { payer });
            }
            Change::DemandGrowth { per_year, months } => {
                growth.0.push((*per_year, clock.month + months));
            }
            // Others look at these.
            Change::AldermanLeaves | Change::Review | Change::Prize { .. } => {}
            Change::Transition { months, .. } => {
                log.note(&clock, Happening::Transition { months: *months });
            }
            Change::Decentralise { from, to, .. } => {
                let counts = Used::of(households.population().counts);
                let before = borne_by(*from, &payers, &bearers, &provisions, &counts);
                let missing = decentralise(change, &mut payers, &mut bearers, &provisions, &counts);
                let after = borne_by(*from, &payers, &bearers, &provisions, &counts);
                let moved = 1.0 - after / before.max(1.0);
                beliefs_follow(&mut projects, *from, *to, moved);
                let id = |payer: u16| payers[payer as usize].id.clone();
                let (from, to) = (id(*from), id(*to));
                if missing > 0 {
                    let (from, to, cents) = (from.clone(), to.clone(), missing);
                    log.note(&clock, Happening::HandsOverLess { from, to, cents });
                }
                log.note(&clock, Happening::Decentralised { from, to });
            }
        }
    }
}

/// Cents a month that a payer bears of problems, crises and silo care at these counts.
fn borne_by(
    payer: u16,
    payers: &[Mut<Payer>],
    bearers: &Bearers,
    provisions: &Provisions,
    counts: &Used,
) -> f64 {
    let silo: i64 = payers[payer as usize].silo.iter().sum();
    let mut cents = silo as f64;
    for (item, &bearer) in bearers.use_items.iter().enumerate() {
        if bearer == payer {
            cents += provisions.cost(item, counts) as f64;
        }
    }
    for (crisis, parts) in bearers.crises.iter().enumerate() {
        for part in (0..parts.len()).filter(|&part| parts[part] == payer) {
            cents += provisions.expected(crisis, part, counts) as f64;
        }
    }
    cents
}

/// Who bears a task gains by what prevents it: with the part of its tasks that leaves a payer goes
/// that part of what it believed to gain.
fn beliefs_follow(projects: &mut Query<&mut Project>, from: u16, to: u16, moved: f64) {
    for mut project in projects_in_order(projects) {
        let gain = project.relations[from as usize].belief.mean * moved;
        project.relations[from as usize].belief.mean -= gain;
        project.relations[to as usize].belief.mean += gain;
    }
}

/// Moves responsibilities with the money that they cost now, less the discount. Returns what should
/// have gone with them and is not there, cents a month.
fn decentralise(
    change: &Change,
    payers: &mut [Mut<Payer>],
    bearers: &mut Bearers,
    provisions: &Provisions,
    counts: &Used,
) -> i64 {
    let Change::Decentralise {
        use_items,
        crises,
        domains,
        from,
        to,
        discount,
    } = change
    else {
        return 0;
    };
    let mut missing = 0;
    let kept = |cents: i64| (cents as f64 * (1.0 - discount)) as i64;
    for &item in use_items {
        bearers.use_items[item] = *to;
        let cost = provisions.cost(item, counts);
        payers[*from as usize].expected_open -= cost;
        payers[*to as usize].expected_open += kept(cost);
    }
    for &crisis in crises {
        for (part, bearer) in bearers.crises[crisis].iter_mut().enumerate() {
            if *bearer == *from {
                *bearer = *to;
                let expected = provisions.expected(crisis, part, counts);
                payers[*from as usize].expected_open -= expected;
                payers[*to as usize].expected_open += kept(expected);
            }
        }
    }
    for &domain in domains {
        bearers.silo[domain] = Some(*to);
        let giver = &mut payers[*from as usize];
        let promised = giver.silo[domain];
        // Free room moves in proportion to the promises that move.
        let share = promised as f64 / giver.obligations().max(1) as f64;
        let free = (giver.free_target() as f64 * share) as i64;
        // A cut of the same month may have left less than was promised: nobody hands over more.
        let moved = (promised + free).min(giver.budget);
        missing += promised + free - moved;
        let short = std::mem::take(&mut giver.short[domain]);
        giver.silo[domain] = 0;
        giver.budget -= moved;
        let receiver = &mut payers[*to as usize];
        receiver.silo[domain] += kept(promised);
        // What the discount takes is missed by the receiver.
        receiver.short[domain] += short + promised - kept(promised);
        receiver.budget += kept(moved);
    }
    missing
}

/// Running growth of demand: share per year and the month index in which it stops.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct DemandGrowth(pub Vec<(f64, u32)>);

impl DemandGrowth {
    /// Growth of onset to apply this month: a quarter's worth at the start of each quarter.
    fn quarterly(&self, clock: &Clock) -> f64 {
        if !clock.budget_round() {
            return 0.0;
        }
        let running = self.0.iter().filter(|(_, until)| clock.month < *until);
        running
            .map(|(per_year, _)| libm::pow(1.0 + per_year, 0.25) - 1.0)
            .sum()
    }
}

/// Each quarter while demand growth lasts, onset grows by its share.
pub fn grow_demand(
    mut tables: ResMut<HazardTables>,
    mut stale: ResMut<Stale>,
    growth: Res<DemandGrowth>,
    clock: Res<Clock>,
) {
    let growth = growth.quarterly(&clock);
    if growth.abs() > 0.0 {
        let factor = f64::from(tables.onset_growth) / f64::from(ONE) * (1.0 + growth);
        tables.onset_growth = crate::hazards::fixed(factor);
        stale.0 = true;
    }
}

#[cfg(test)]
mod tests;
