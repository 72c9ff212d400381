//! Households: their columns, and the one place where a household changes.
//!
//! One entity per household, small table components, care status as a field. Every change goes
//! through [`Population`], which keeps the counts, sets and cached hazards in step with the levels.

use crate::care::{CareCounts, CareStatus};
use crate::hazards::{HazardTables, ONE};
use bevy_ecs::change_detection::ContiguousMut;
use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

/// Severity from which a domain counts as a problem that asks for help (0 none .. 4 acute).
pub const PROBLEM: u8 = 2;
/// Problem domains from which a household counts as multi-problem.
pub const MULTI: u8 = 3;
/// Highest severity.
pub const ACUTE: u8 = 4;
/// Steps in which strength, network and trust are held.
pub const STEPS: u8 = 15;

/// Stable number of a household, the key of its draws: neighbourhood in the upper 12 bits, number
/// within it in the lower 20. One more household moves no other's number, in whatever place.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct HouseholdId(pub u32);

/// Severity 0..=4 per life domain, in the order of `Domain::ALL`.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels(pub [u8; 8]);

impl Levels {
    /// Number of domains in problem, 0..=8.
    pub fn problems(&self) -> u8 {
        self.0.iter().map(|&level| u8::from(level >= PROBLEM)).sum()
    }

    /// Domains in problem, one bit each.
    pub fn problem_mask(&self) -> u8 {
        let bit = |(domain, &level): (usize, &u8)| u8::from(level >= PROBLEM) << domain;
        self.0.iter().enumerate().map(bit).sum()
    }
}

/// What a household brings along.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// Neighbourhood, index in the place.
    pub home: u16,
    /// 0 as most, 1 danger zone, 2 heavy and lasting problems.
    pub vulnerability: u8,
    /// Has children: the parenting domain applies.
    pub children: bool,
    /// Rents from a housing corporation, and so can be evicted by it.
    pub tenant: bool,
    /// Avoids care: never comes by itself.
    pub avoider: bool,
}

/// What a household can draw on, each 0..=15; help makes it grow, and disappoints.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reserves {
    /// Own strength.
    pub strength: u8,
    /// Informal network.
    pub network: u8,
    /// What it expects of help.
    pub expectation: u8,
}

/// Where a household stands in care.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Care {
    /// Status.
    pub status: CareStatus,
    /// Domains served by a silo professional, one bit per domain.
    pub served: u8,
    /// Waits for a team, whatever other help it has.
    pub awaits: bool,
    /// Project whose team it has, had or awaits.
    pub project: u8,
    /// Domains in the team's plan, one bit each.
    pub plan: u8,
    /// The team came in against its will.
    pub forced: bool,
    /// In team care: trust, 0..=15. After help: liability to relapse, 0..=15.
    pub trust: u8,
    /// Month index in which the status began.
    pub since: u16,
    /// Month index in which the present worker began (trust counts from there).
    pub worker_since: u16,
}

impl Care {
    /// Nothing yet.
    pub const NONE: Self = Self {
        status: CareStatus::None,
        served: 0,
        awaits: false,
        project: 0,
        plan: 0,
        forced: false,
        trust: 0,
        since: 0,
        worker_since: 0,
    };
}

/// Baseline at the start of team care (0-meting), for the project's evidence.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// Severity per domain; all 0 without a baseline.
    pub levels: [u8; 8],
    /// Domains that a silo professional served then, one bit each.
    pub served: u8,
}

impl Baseline {
    /// No baseline.
    pub const NONE: Self = Self {
        levels: [0; 8],
        served: 0,
    };
}

/// What can be seen of one household from outside, see [`crate::Simulation::households`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HouseholdState {
    /// Stable number.
    pub id: u32,
    /// Severity 0..=4 per life domain, in the order of `Domain::ALL`.
    pub levels: [u8; 8],
    /// Where it stands in care.
    pub status: CareStatus,
    /// Domains served by a silo professional, one bit per domain.
    pub served: u8,
}

/// Cached sum of all the household's hazards, as a share of 2^32 a month.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hazard(pub u32);

type Columns = (
    &'static HouseholdId,
    &'static mut Levels,
    &'static mut Traits,
    &'static mut Reserves,
    &'static mut Care,
    &'static mut Baseline,
    &'static mut Hazard,
);

/// Access to all households with what must stay in step with them.
#[derive(SystemParam)]
pub struct Households<'w, 's> {
    query: Query<'w, 's, Columns>,
    tables: Res<'w, HazardTables>,
    counts: ResMut<'w, CareCounts>,
}

impl Households<'_, '_> {
    /// All columns as slices; row = order of creation = order of ids.
    pub fn population(&mut self) -> Population<'_> {
        let mut tables = self
            .query
            .contiguous_iter_mut()
            .expect("household columns are table components");
        let slices = tables.next();
        debug_assert!(tables.next().is_none(), "households live in one table");
        let (ids, levels, traits, reserves, care, baseline, hazard) = match slices {
            Some((ids, levels, traits, reserves, care, baseline, hazard)) => (
                ids,
                ContiguousMut::bypass_change_detection_split(levels).0,
                ContiguousMut::bypass_change_detection_split(traits).0,
                ContiguousMut::bypass_change_detection_split(reserves).0,
                ContiguousMut::bypass_change_detection_split(care).0,
                ContiguousMut::bypass_change_detection_split(baseline).0,
                ContiguousMut::bypass_change_detection_split(hazard).0,
            ),
            None => (
                &[][..],
                &mut [][..],
                &mut [][..],
                &mut [][..],
                &mut [][..],
                &mut [][..],
                &mut [][..],
            ),
        };
        Population {
            ids,
            levels,
            traits,
            reserves,
            care,
            baseline,
            hazard,
            tables: &self.tables,
            counts: &mut self.counts,
        }
    }
}

/// The households' columns as slices, with the counts that follow them.
pub struct Population<'a> {
    /// Ids, ascending.
    pub ids: &'a [HouseholdId],
    /// Severities; change through [`Population::set_level`].
    pub levels: &'a mut [Levels],
    /// Traits.
    pub traits: &'a mut [Traits],
    /// Reserves; change through [`Population::set_reserves`].
    pub reserves: &'a mut [Reserves],
    /// Care; change through [`Population::set_care`].
    pub care: &'a mut [Care],
    /// Baselines.
    pub baseline: &'a mut [Baseline],
    /// Cached hazards.
    pub hazard: &'a mut [Hazard],
    /// Compiled hazards.
    pub tables: &'a HazardTables,
    /// Counts and sets.
    pub counts: &'a mut CareCounts,
}

impl Population<'_> {
    /// Number of households.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Brings the cached hazard of a row up to date.
    pub fn refresh(&mut self, row: usize) {
        self.hazard[row].0 = self.tables.total(
            &self.levels[row],
            &self.traits[row],
            &self.reserves[row],
            &self.care[row],
        );
    }

    /// Brings every cached hazard up to date, after the tables changed.
    pub fn refresh_all(&mut self) {
        for row in 0..self.len() {
            self.refresh(row);
        }
    }

    /// Sets the severity of one domain and keeps counts, sets and silo places in step.
    pub fn set_level(&mut self, row: usize, domain: usize, level: u8) {
        let old = self.levels[row].0[domain];
        self.levels[row].0[domain] = level;
        self.counts.use_counts[domain][old as usize] -= 1;
        self.counts.use_counts[domain][level as usize] += 1;
        if self.tables.hides(&self.traits[row], &self.care[row]) {
            self.counts.hidden_counts[domain][old as usize] -= 1;
            self.counts.hidden_counts[domain][level as usize] += 1;
        }
        if (old >= PROBLEM) != (level >= PROBLEM) {
            self.problem_changed(row, domain, level >= PROBLEM);
        }
        self.refresh(row);
    }

    fn problem_changed(&mut self, row: usize, domain: usize, problem: bool) {
        let problems = self.levels[row].problems();
        self.counts.multi.put(row, problems >= MULTI);
        match (problem, problems) {
            (true, 1) => self.counts.with_problem += 1,
            (false, 0) => self.counts.with_problem -= 1,
            _ => {}
        }
        let mut care = self.care[row];
        if !problem && care.served & (1 << domain) != 0 {
            care.served &= !(1 << domain);
            self.counts.places_used[domain] -= 1;
            self.care[row] = care;
            let ended = care.status == CareStatus::Silo && care.served == 0;
            self.counts.silo_ended.put(row, ended);
        }
        let waits = self.waits_for_silo(row);
        self.counts.silo_waiting.put(row, waits);
    }

    /// Whether a household waits for a silo place in some domain.
    fn waits_for_silo(&self, row: usize) -> bool {
        let care = self.care[row];
        match care.status {
            CareStatus::SiloWaiting => true,
            CareStatus::Silo => care.served != self.problem_mask(row),
            CareStatus::None | CareStatus::Team | CareStatus::Aftercare | CareStatus::Informal => {
                false
            }
        }
    }

    /// Counts the problems of a household that hides them; `present` is false to take them out.
    fn count_hidden(&mut self, row: usize, present: bool) {
        if self.tables.hides(&self.traits[row], &self.care[row]) {
            for (domain, &level) in self.levels[row].0.iter().enumerate() {
                let count = &mut self.counts.hidden_counts[domain][level as usize];
                if present {
                    *count += 1;
                } else {
                    *count -= 1;
                }
            }
        }
    }

    /// Replaces a household's care and keeps places and sets in step.
    pub fn set_care(&mut self, row: usize, care: Care) {
        let old = self.care[row];
        self.count_hidden(row, false);
        for domain in 0..8 {
            let bit = 1 << domain;
            self.counts.places_used[domain] -= u32::from(old.served & bit != 0);
            self.counts.places_used[domain] += u32::from(care.served & bit != 0);
        }
        self.counts.by_status[old.status as usize] -= 1;
        self.counts.by_status[care.status as usize] += 1;
        self.counts.team_waiting.put(row, care.awaits);
        self.counts.team.put(row, care.status == CareStatus::Team);
        self.care[row] = care;
        self.count_hidden(row, true);
        let waits = self.waits_for_silo(row);
        self.counts.silo_waiting.put(row, waits);
        self.refresh(row);
    }

    /// Another household comes to live in this row's dwelling: the one that was there leaves all
    /// help, and what its team knew of it.
    pub fn replace(&mut self, row: usize, traits: Traits, reserves: Reserves, levels: Levels) {
        self.set_care(row, Care::NONE);
        self.counts.silo_ended.put(row, false);
        self.baseline[row] = Baseline::NONE;
        self.count_hidden(row, false);
        self.traits[row] = traits;
        self.reserves[row] = reserves;
        let old = std::mem::replace(&mut self.levels[row], levels);
        for (domain, (&then, &now)) in old.0.iter().zip(&levels.0).enumerate() {
            self.counts.use_counts[domain][then as usize] -= 1;
            self.counts.use_counts[domain][now as usize] += 1;
        }
        self.count_hidden(row, true);
        self.counts.with_problem -= u32::from(old.problems() > 0);
        self.counts.with_problem += u32::from(levels.problems() > 0);
        self.counts.multi.put(row, levels.problems() >= MULTI);
        self.refresh(row);
    }

    /// Replaces what a household can draw on.
    pub fn set_reserves(&mut self, row: usize, reserves: Reserves) {
        if self.reserves[row] != reserves {
            self.reserves[row] = reserves;
            self.refresh(row);
        }
    }

    /// How complete the support of a household in team care is, 0..=ONE.
    pub fn support(&self, row: usize) -> u32 {
        let problems = self.levels[row].problems();
        let (reserves, care) = (&self.reserves[row], &self.care[row]);
        self.tables.support(problems, reserves, care)
    }

    /// Professionals around a household.
    pub fn professionals(&self, row: usize) -> f64 {
        let (levels, care) = (&self.levels[row], &self.care[row]);
        let fixed = match care.status {
            CareStatus::Team => self.tables.contacts(levels, care),
            _ => self.tables.professionals(levels, care.served),
        };
        f64::from(fixed) / f64::from(ONE)
    }

    /// Domains in problem, one bit each.
    pub fn problem_mask(&self, row: usize) -> u8 {
        self.levels[row].problem_mask()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes of one column with its two change ticks of 32 bits.
    fn column<T>() -> usize {
        size_of::<T>() + 2 * size_of::<u32>()
    }

    #[test]
    fn a_household_takes_at_most_160_bytes() {
        let columns = column::<HouseholdId>()
            + column::<Levels>()
            + column::<Traits>()
            + column::<Reserves>()
            + column::<Care>()
            + column::<Baseline>()
            + column::<Hazard>();
        // The entity in its table's list and archetype's list, and where to find it.
        let entity = 2 * size_of::<Entity>() + size_of::<bevy_ecs::entity::EntityLocation>();
        // Five sets of rows at a bit each, and a place in the calendar of aftercare.
        let counts = 1 + size_of::<u32>();
        assert!(columns + entity + counts <= 160, "{columns} {entity}");
    }
}
