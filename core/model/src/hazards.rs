//! Hazards: all chances of a household-month compiled into tables and one cached total.
//!
//! A household-month draws one number. Below the total, exactly one of 17 competing events happens:
//! one of the eight domains grows more severe (or tips into crisis at the highest severity), one
//! grows less severe, or something happens in care. Mechanisms set rates and factors here; the
//! sweep only compares and dispatches.

mod competing;
mod compiled;

use crate::care::CareStatus;
use crate::coordinators;
use crate::hands::Lent;
use crate::household::{Care, Levels, MULTI, Reserves, STEPS, Traits};
use crate::ladder::Neighbourhood;
use crate::method::{TeamQuality, undivided};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use compiled::{Chances, compile};
use std::sync::Arc;
use zalm_scenario::{Domain, Mechanism, Rates};

/// Number of competing events.
pub const EVENTS: usize = 17;
/// Index of the domain that applies only with children.
pub(crate) const PARENTING: usize = 5;
/// Most professionals in one household that count: the 26 of fact 98.
pub const MOST_PROFESSIONALS: usize = 26;
/// One, in the fixed point of factors (16 bits after the point).
pub const ONE: u32 = 1 << 16;

/// What a draw below the total turns into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The domain grows one step more severe.
    Worse(usize),
    /// The domain, at the highest severity, tips into crisis.
    Crisis(usize),
    /// The domain grows one step less severe.
    Better(usize),
    /// Something in care: the household seeks help or leaves it, by its status.
    Care,
}

/// Compiled rates and factors; chances as shares of 2^32, factors with 16 bits after the point.
#[derive(Resource, Clone, Debug, PartialEq, Eq)]
pub struct HazardTables {
    /// By set of domains in problem.
    chances: Arc<[Chances]>,
    vulnerability: [u32; 3],
    strength: u32,
    seek: [u32; 9],
    avoidance: bool,
    specialists: bool,
    professionals: [u32; 5],
    silo_recovery: [u32; MOST_PROFESSIONALS + 1],
    silo_dropout: [u32; 9],
    mckeown: [u32; 4],
    team_effect: u32,
    team_calm: u32,
    informal_calm: u32,
    team_dropout: u32,
    relapse: u32,
    resilience: u32,
    trust_counts: bool,
    /// Factor on the onset of problems, from demand growth.
    pub onset_growth: u32,
    /// Factor on the onset of problems, per neighbourhood.
    pub home_onset: Vec<u32>,
    /// Factor on the effect of silo care per domain, from what institutions learned.
    pub silo_quality: [u32; 8],
    /// Institutions that coordinate around the households that they share with others: the domains
    /// of each, one bit each.
    pub coordinating: Vec<u8>,
    coordinator: u32,
    /// Per project.
    pub teams: Vec<TeamQuality>,
}

/// Set when the tables changed for all households: the cached totals must follow.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stale(pub bool);

/// Brings cached hazards up to date before the sweep: of households that changed since the last one,
/// of neighbourhoods for which the tables changed, or of everybody.
pub fn refresh(
    mut households: crate::household::Households,
    mut neighbourhoods: Query<&mut Neighbourhood>,
    mut stale: ResMut<Stale>,
    hands: Res<Lent>,
) {
    let all = std::mem::take(&mut stale.0);
    let mut population = households.population();
    for mut place in &mut neighbourhoods {
        if std::mem::take(&mut place.stale) && !all {
            place.rows().for_each(|row| population.changed(row));
        }
    }
    if all {
        population.refresh_all(&hands);
    } else {
        population.refresh_changed(&hands);
    }
}

/// A chance as a share of 2^32.
pub fn threshold(chance: f64) -> u32 {
    let scaled = chance.clamp(0.0, 1.0) * 4_294_967_296.0;
    scaled.min(f64::from(u32::MAX)) as u32
}

/// A factor in fixed point.
pub fn fixed(factor: f64) -> u32 {
    (factor * f64::from(ONE))
        .round()
        .clamp(0.0, f64::from(u32::MAX)) as u32
}

/// A value times a factor; what does not fit is the most there is.
#[inline]
fn times(value: u32, factor: u32) -> u32 {
    ((u64::from(value) * u64::from(factor)) >> 16).min(u64::from(u32::MAX)) as u32
}

/// A reserve or trust as a share.
fn step(value: u8) -> u32 {
    u32::from(value) * ONE / u32::from(STEPS)
}

pub(crate) fn onsets(rates: &Rates) -> [f64; 8] {
    [
        rates.onset_housing,
        rates.onset_finances,
        rates.onset_work,
        rates.onset_physical_health,
        rates.onset_mental_health,
        rates.onset_parenting,
        rates.onset_justice,
        rates.onset_social,
    ]
}

impl HazardTables {
    /// Compiles the scenario's rates.
    pub fn new(settings: &Settings, projects: usize, neighbourhoods: usize) -> Self {
        let rates = &settings.rates;
        let on = |mechanism| settings.on(mechanism);
        let dropout = f64::from(u8::from(on(Mechanism::DropOut)));
        let mut tables = Self {
            chances: compile(settings).into(),
            vulnerability: [
                ONE,
                fixed(rates.household_danger_factor),
                fixed(rates.household_heavy_factor),
            ],
            strength: fixed(rates.household_strength),
            seek: [0; 9],
            avoidance: on(Mechanism::Avoidance),
            specialists: on(Mechanism::Specialists),
            professionals: [
                0.0,
                0.0,
                1.0,
                1.0 + rates.silo_extra,
                1.0 + 2.0 * rates.silo_extra,
            ]
            .map(fixed),
            silo_recovery: [0; MOST_PROFESSIONALS + 1],
            silo_dropout: [0; 9],
            mckeown: [
                fixed(rates.team_network),
                fixed(rates.team_relation),
                fixed(rates.team_expectation),
                fixed(rates.team_technique),
            ],
            team_effect: fixed(rates.team_effect),
            team_calm: fixed(rates.team_calm),
            informal_calm: fixed(rates.informal_calm),
            team_dropout: threshold(dropout * rates.team_dropout),
            relapse: fixed(if on(Mechanism::Relapse) {
                rates.relapse_factor
            } else {
                1.0
            }),
            resilience: fixed(rates.relapse_strength),
            trust_counts: on(Mechanism::Trust),
            onset_growth: ONE,
            home_onset: vec![ONE; neighbourhoods],
            silo_quality: [ONE; 8],
            coordinating: Vec::new(),
            coordinator: fixed(rates.embedding_coordinators),
            teams: vec![TeamQuality::default(); projects],
        };
        let mut chance = rates.demand_seek;
        for n in 1..=8 {
            tables.seek[n] = threshold(chance);
            chance *= rates.demand_friction;
            tables.silo_dropout[n] = threshold(dropout * rates.silo_dropout * n as f64);
        }
        for (n, recovery) in tables.silo_recovery.iter_mut().enumerate().skip(1) {
            *recovery = fixed(rates.silo_effect * undivided(n as f64, settings));
        }
        tables
    }

    /// Professionals around a household in silo care, in fixed point: one for each domain served,
    /// more where it is heavy, and who coordinates where it has many problems.
    pub fn professionals(&self, levels: &Levels, served: u8) -> u32 {
        if !self.specialists {
            return ONE * u32::from(served != 0);
        }
        let mut around = 0;
        let mut left = served;
        while left != 0 {
            let level = levels.0[left.trailing_zeros() as usize];
            around += self.professionals[usize::from(level)];
            left &= left - 1;
        }
        if !self.coordinating.is_empty() && levels.problems() >= MULTI {
            around += self.coordinator * coordinators::around(&self.coordinating, served);
        }
        around
    }

    /// Whether a household hides its problems: it avoids care, and nobody knows it. Who waits for
    /// help, has it or had it in the last year is known.
    pub fn hides(&self, traits: &Traits, care: &Care) -> bool {
        let unknown = care.status == CareStatus::None && care.awaits.is_none();
        self.avoidance && traits.avoider && unknown
    }

    /// How complete the support of a household in team care is, 0..=ONE (McKeown times context).
    pub fn support(&self, problems: u8, reserves: &Reserves, care: &Care) -> u32 {
        let team = &self.teams[usize::from(care.project)];
        let trust = if self.trust_counts {
            step(care.trust)
        } else {
            ONE
        };
        let parts = [
            step(reserves.network),
            trust,
            step(reserves.expectation),
            team.technique,
        ];
        let sum: u32 = self
            .mckeown
            .iter()
            .zip(parts)
            .map(|(&weight, part)| times(part, weight))
            .sum();
        let whole = times(sum.min(ONE), team.context);
        times(whole, team.undivided[usize::from(problems)])
    }

    /// People of the team around a household in team care, in fixed point.
    pub fn contacts(&self, levels: &Levels, care: &Care) -> u32 {
        let team = &self.teams[usize::from(care.project)];
        team.contacts[usize::from(levels.problems())]
    }
}

const _: () = assert!(Domain::ALL.len() == 8);
