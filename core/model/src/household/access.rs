//! The one place where a household changes: counts, sets and cached hazards stay in step with it.

use super::{Baseline, Care, Hazard, HouseholdId, Levels, MULTI, PROBLEM, Reserves, Traits};
use crate::care::{CareCounts, CareStatus};
use crate::hands::Lent;
use crate::hazards::{HazardTables, ONE};
use crate::wide::wide;
use bevy_ecs::change_detection::ContiguousMut;
use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use std::ops::Range;

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

    /// Says that a row changed: its cached hazard follows before the next sweep, see
    /// [`crate::hazards::refresh`].
    pub fn changed(&mut self, row: usize) {
        self.counts.changed.put(row, true);
    }

    /// Brings the cached hazards of rows that changed up to date.
    pub fn refresh_changed(&mut self, hands: &Lent) {
        let changed = std::mem::take(&mut self.counts.changed);
        self.refresh(hands, |rows| changed.rows_in(rows));
        self.counts.changed = changed;
        self.counts.changed.clear();
    }

    /// Brings all cached hazards up to date.
    pub fn refresh_all(&mut self, hands: &Lent) {
        self.refresh(hands, |rows| rows);
        self.counts.changed.clear();
    }

    /// The same of those that `which` takes of each piece of all rows.
    fn refresh<I: Iterator<Item = usize>>(
        &mut self,
        hands: &Lent,
        which: impl Fn(Range<usize>) -> I + Sync,
    ) {
        let (levels, traits) = (&*self.levels, &*self.traits);
        let (reserves, care) = (&*self.reserves, &*self.care);
        let tables = self.tables;
        hands.write(self.hazard, |rows, hazards| {
            let first = rows.start;
            let rows = which(rows);
            wide(|| {
                for row in rows {
                    let total =
                        tables.total(&levels[row], &traits[row], &reserves[row], &care[row]);
                    hazards[row - first].0 = total;
                }
            });
        });
    }

    /// Sets the severity of one domain and keeps counts, sets and silo places in step.
    pub fn set_level(&mut self, row: usize, domain: usize, level: u8) {
        let old = self.levels[row].0[domain];
        self.counts.spared -= u32::from(self.spared(row));
        self.levels[row].0[domain] = level;
        self.counts.spared += u32::from(self.spared(row));
        self.counts.use_counts[domain][old as usize] -= 1;
        self.counts.use_counts[domain][level as usize] += 1;
        if self.hides(row) {
            self.counts.hidden_counts[domain][old as usize] -= 1;
            self.counts.hidden_counts[domain][level as usize] += 1;
        }
        if (old >= PROBLEM) != (level >= PROBLEM) {
            self.problem_changed(row, domain, level >= PROBLEM);
        }
        self.changed(row);
    }

    fn problem_changed(&mut self, row: usize, domain: usize, problem: bool) {
        let problems = self.levels[row].problems();
        self.counts.multi.put(row, problems >= MULTI);
        self.counts.with_problem.put(row, problems > 0);
        let mut care = self.care[row];
        if !problem && care.served & (1 << domain) != 0 {
            care.served &= !(1 << domain);
            self.counts.places_used[domain] -= 1;
            self.counts.served.put(row, care.served != 0);
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

    /// Whether a household hides its problems: it avoids care, and nobody knows it.
    pub fn hides(&self, row: usize) -> bool {
        self.tables.hides(&self.traits[row], &self.care[row])
    }

    fn spared(&self, row: usize) -> bool {
        self.traits[row].spared(&self.levels[row])
    }

    /// Counts the problems of a household that hides them; `present` is false to take them out.
    fn count_hidden(&mut self, row: usize, present: bool) {
        if self.hides(row) {
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
        self.counts.team_waiting.put(row, care.awaits.is_some());
        self.counts.team.put(row, care.status == CareStatus::Team);
        self.counts.served.put(row, care.served != 0);
        self.care[row] = care;
        self.count_hidden(row, true);
        let waits = self.waits_for_silo(row);
        self.counts.silo_waiting.put(row, waits);
        self.changed(row);
    }

    /// Another household comes to live in this row's dwelling: the one that was there leaves all
    /// help, and what its team knew of it.
    pub fn replace(&mut self, row: usize, traits: Traits, reserves: Reserves, levels: Levels) {
        self.set_care(row, Care::NONE);
        self.counts.silo_ended.put(row, false);
        self.baseline[row] = Baseline::NONE;
        self.count_hidden(row, false);
        self.counts.spared -= u32::from(self.spared(row));
        self.traits[row] = traits;
        self.put_reserves(row, reserves);
        let old = std::mem::replace(&mut self.levels[row], levels);
        self.counts.spared += u32::from(self.spared(row));
        for (domain, (&then, &now)) in old.0.iter().zip(&levels.0).enumerate() {
            self.counts.use_counts[domain][then as usize] -= 1;
            self.counts.use_counts[domain][now as usize] += 1;
        }
        self.count_hidden(row, true);
        self.counts.with_problem.put(row, levels.problems() > 0);
        self.counts.multi.put(row, levels.problems() >= MULTI);
        self.changed(row);
    }

    /// Replaces what a household can draw on.
    pub fn set_reserves(&mut self, row: usize, reserves: Reserves) {
        if self.reserves[row] != reserves {
            self.put_reserves(row, reserves);
            self.changed(row);
        }
    }

    fn put_reserves(&mut self, row: usize, reserves: Reserves) {
        let old = std::mem::replace(&mut self.reserves[row], reserves);
        self.counts.strength += u64::from(reserves.strength);
        self.counts.strength -= u64::from(old.strength);
        self.counts.expectation += u64::from(reserves.expectation);
        self.counts.expectation -= u64::from(old.expectation);
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
    use crate::fixture::settings;
    use crate::household::{ACUTE, HOUSING};
    use bevy_ecs::system::RunSystemOnce;

    #[test]
    fn who_cannot_be_evicted_is_counted_when_it_is_acute_and_when_it_goes() {
        let mut world = World::new();
        world.insert_resource(HazardTables::new(&settings(&[]), 1, 1));
        world.insert_resource(CareCounts::new(2));
        let traits = |tenant| Traits {
            home: 0,
            vulnerability: 0,
            children: false,
            tenant,
            avoider: false,
        };
        let reserves = Reserves {
            strength: 0,
            network: 0,
            expectation: 0,
        };
        for (id, tenant) in [(0, true), (1, false)] {
            world.spawn((
                HouseholdId(id),
                Levels([0; 8]),
                traits(tenant),
                reserves,
                Care::NONE,
                Baseline::NONE,
                Hazard(0),
            ));
        }
        let lives = move |mut households: Households| {
            let mut population = households.population();
            population.set_level(0, HOUSING, ACUTE);
            assert_eq!(population.counts.spared, 0, "a tenant");
            population.set_level(1, HOUSING, ACUTE);
            population.set_level(1, HOUSING + 1, ACUTE);
            assert_eq!(population.counts.spared, 1, "an owner");
            population.replace(1, traits(false), reserves, Levels([0; 8]));
            assert_eq!(population.counts.spared, 0);
        };
        world.run_system_once(lives).expect("columns and resources");
    }
}
