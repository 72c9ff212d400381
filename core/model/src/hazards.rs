//! Hazards: all chances of a household-month compiled into tables and one cached total.
//!
//! A household-month draws one number. Below the total, exactly one of 17 competing events happens:
//! one of the eight domains grows more severe (or tips into crisis at the highest severity), one
//! grows less severe, or something happens in care. Mechanisms set rates and factors here; the
//! sweep only compares and dispatches.

use crate::care::CareStatus;
use crate::household::{ACUTE, Care, Levels, Reserves, STEPS, Traits};
use crate::ladder::Neighbourhood;
use crate::method::{TeamQuality, undivided};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::{Domain, Mechanism, Rates};

/// Number of competing events.
pub const EVENTS: usize = 17;
/// Index of the domain whose crisis is an eviction: only from a corporation's dwelling.
const HOUSING: usize = 0;
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
    worse: [[u32; 5]; 8],
    better: [[u32; 5]; 8],
    feed: Box<[[u32; 8]; 256]>,
    drag: Box<[[u32; 8]; 256]>,
    vulnerability: [u32; 3],
    strength: u32,
    seek: [u32; 9],
    avoidance: bool,
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
    /// Per project.
    pub teams: Vec<TeamQuality>,
}

/// Set when the tables changed for all households: the cached totals must follow.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stale(pub bool);

/// Brings cached hazards up to date after the tables changed, before the next sweep: of everybody,
/// or of the neighbourhoods for which they changed.
pub fn refresh(
    mut households: crate::household::Households,
    mut neighbourhoods: Query<&mut Neighbourhood>,
    mut stale: ResMut<Stale>,
) {
    let all = std::mem::take(&mut stale.0);
    let mut population = households.population();
    for mut place in &mut neighbourhoods {
        if std::mem::take(&mut place.stale) && !all {
            for row in place.rows() {
                population.refresh(row);
            }
        }
    }
    if all {
        population.refresh_all();
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

fn times(value: u32, factor: u32) -> u32 {
    u32::try_from((u64::from(value) * u64::from(factor)) >> 16).unwrap_or(u32::MAX)
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

/// Severities whose growth other problems feed.
const FED: [u32; 5] = [1, 1, 1, 1, 0];

/// A factor of what is felt of the other domains, for each set of domains in problem.
fn felt(settings: &Settings, factor: impl Fn(f64) -> f64) -> Box<[[u32; 8]; 256]> {
    let mut table = Box::new([[ONE; 8]; 256]);
    for (mask, row) in (0..=u8::MAX).zip(table.iter_mut()) {
        *row = std::array::from_fn(|domain| fixed(factor(settings.couplings.felt(mask, domain))));
    }
    table
}

impl HazardTables {
    /// Compiles the scenario's rates.
    pub fn new(settings: &Settings, projects: usize, neighbourhoods: usize) -> Self {
        let rates = &settings.rates;
        let on = |mechanism| settings.on(mechanism);
        let mut worse = [[threshold(rates.household_worsening); 5]; 8];
        let mut better = [[threshold(rates.household_recovery); 5]; 8];
        for (domain, onset) in onsets(rates).into_iter().enumerate() {
            let strikes = f64::from(u8::from(on(Mechanism::Crises)));
            worse[domain][0] = threshold(onset);
            worse[domain][usize::from(ACUTE)] = threshold(strikes * settings.crisis_chance(domain));
            better[domain][0] = 0;
        }
        let mut tables = Self {
            worse,
            better,
            feed: felt(settings, |felt| 1.0 + rates.household_interaction * felt),
            drag: felt(settings, |felt| 1.0 / (1.0 + rates.household_drag * felt)),
            vulnerability: [
                ONE,
                fixed(rates.household_danger_factor),
                fixed(rates.household_heavy_factor),
            ],
            strength: fixed(rates.household_strength),
            seek: [0; 9],
            avoidance: on(Mechanism::Avoidance),
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
            team_dropout: threshold(rates.team_dropout),
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
            teams: vec![TeamQuality::default(); projects],
        };
        let mut chance = rates.demand_seek;
        for n in 1..=8 {
            tables.seek[n] = threshold(chance);
            chance *= rates.demand_friction;
            tables.silo_dropout[n] = threshold(rates.silo_dropout * n as f64);
        }
        for (n, recovery) in tables.silo_recovery.iter_mut().enumerate().skip(1) {
            *recovery = fixed(rates.silo_effect * undivided(n as f64, settings));
        }
        tables
    }

    /// Professionals around a household in silo care, in fixed point: one for each domain served,
    /// more where it is heavy.
    pub fn professionals(&self, levels: &Levels, served: u8) -> u32 {
        let of = |(domain, &level): (usize, &u8)| {
            u32::from(served >> domain & 1) * self.professionals[usize::from(level)]
        };
        levels.0.iter().enumerate().map(of).sum()
    }

    /// Whether a household hides its problems: it avoids care, and nobody helps it.
    pub fn hides(&self, traits: &Traits, care: &Care) -> bool {
        self.avoidance
            && traits.avoider
            && !matches!(care.status, CareStatus::Silo | CareStatus::Team)
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

    /// The 17 competing chances: worse (8), better (8), care (1).
    pub fn rates(
        &self,
        levels: &Levels,
        traits: &Traits,
        reserves: &Reserves,
        care: &Care,
    ) -> [u32; EVENTS] {
        let mut rates = [0; EVENTS];
        let problems = levels.problem_mask();
        let (feed, drag) = (
            &self.feed[usize::from(problems)],
            &self.drag[usize::from(problems)],
        );
        let in_team = care.status == CareStatus::Team;
        let support = if in_team {
            self.support(problems.count_ones() as u8, reserves, care)
        } else {
            0
        };
        let carried = u32::from(care.status == CareStatus::Informal) * step(reserves.network);
        let held = times(ONE - self.team_calm, support) + times(self.informal_calm, carried);
        let harm = if in_team {
            self.teams[usize::from(care.project)].harm
        } else {
            ONE
        };
        let calm = times(ONE - held, harm);
        let strength = ONE + times(self.strength, step(reserves.strength));
        // A team helps the domains in its plan, silos those they serve.
        let around = (self.professionals(levels, care.served) + ONE / 2) >> 16;
        let silo = self.silo_recovery[(around as usize).min(MOST_PROFESSIONALS)];
        let (helped, help, quality) = if in_team {
            (care.plan, times(self.team_effect, support), &[ONE; 8])
        } else {
            (care.served, silo, &self.silo_quality)
        };
        let relapse = self.relapse(reserves, care);
        let vulnerability = self.vulnerability[traits.vulnerability as usize];
        // At severity none, light and more. Tables and factors of one, not branches: a third
        // of a run is spent here, and a processor cannot foresee severities.
        let first = [vulnerability, calm, calm];
        let second = [times(self.onset(traits), relapse), relapse, ONE];
        for (domain, &level) in levels.0.iter().enumerate() {
            let level = usize::from(level);
            // A crisis comes of the problem itself: nothing feeds it.
            let fed = ONE + (feed[domain] - ONE) * FED[level];
            let worse = times(times(self.worse[domain][level], fed), first[level.min(2)]);
            rates[domain] = times(worse, second[level.min(2)]);
            let helped = u32::from(helped >> domain & 1);
            let help = ONE + helped * times(help, quality[domain]);
            let better = times(self.better[domain][level], drag[domain]);
            rates[8 + domain] = times(better, times(strength, help));
        }
        if !traits.tenant && levels.0[HOUSING] == ACUTE {
            rates[HOUSING] = 0;
        }
        if !traits.children {
            rates[PARENTING] = 0;
            rates[8 + PARENTING] = 0;
        }
        rates[16] = self.care_rate(problems.count_ones(), traits, care, support);
        rates
    }

    /// Factor on the onset of problems in a household's neighbourhood now.
    fn onset(&self, traits: &Traits) -> u32 {
        times(self.onset_growth, self.home_onset[traits.home as usize])
    }

    /// Factor on problems that come back in the year after help; own strength keeps them away.
    fn relapse(&self, reserves: &Reserves, care: &Care) -> u32 {
        if !care.status.after_help() {
            return ONE;
        }
        let weak = ONE - times(self.resilience, step(reserves.strength));
        ONE + times(self.relapse - ONE, times(step(care.trust), weak))
    }

    fn care_rate(&self, problems: u32, traits: &Traits, care: &Care, support: u32) -> u32 {
        match care.status {
            CareStatus::None | CareStatus::Aftercare => {
                if traits.avoider && self.avoidance {
                    0
                } else {
                    self.seek[problems as usize]
                }
            }
            CareStatus::Silo => self.silo_dropout[care.served.count_ones() as usize],
            CareStatus::Team => times(self.team_dropout, ONE - support),
            // Its network knows the way to the counter, also for who would not go alone.
            CareStatus::Informal => self.seek[problems.min(1) as usize],
            CareStatus::SiloWaiting => 0,
        }
    }

    /// The sum of all chances, for the sweep.
    pub fn total(&self, levels: &Levels, traits: &Traits, reserves: &Reserves, care: &Care) -> u32 {
        let sum: u64 = self
            .rates(levels, traits, reserves, care)
            .iter()
            .map(|&rate| u64::from(rate))
            .sum();
        u32::try_from(sum).unwrap_or(u32::MAX)
    }

    /// Which event a draw below the total stands for.
    pub fn pick(
        &self,
        draw: u32,
        levels: &Levels,
        traits: &Traits,
        reserves: &Reserves,
        care: &Care,
    ) -> Event {
        let rates = self.rates(levels, traits, reserves, care);
        let sum: u64 = rates.iter().map(|&rate| u64::from(rate)).sum();
        // Chances that sum to more than 1 share the draw in proportion.
        let mut left = if sum > u64::from(u32::MAX) {
            u64::try_from((u128::from(draw) * u128::from(sum)) >> 32).unwrap_or(0)
        } else {
            u64::from(draw)
        };
        for (index, &rate) in rates.iter().enumerate() {
            if left < u64::from(rate) {
                return match index {
                    0..8 if levels.0[index] == ACUTE => Event::Crisis(index),
                    0..8 => Event::Worse(index),
                    8..16 => Event::Better(index - 8),
                    _ => Event::Care,
                };
            }
            left -= u64::from(rate);
        }
        debug_assert!(false, "a draw below the cached total hits an event");
        Event::Care
    }
}

const _: () = assert!(Domain::ALL.len() == 8);
