//! Digest: one number for the whole state, to see whether two runs came out the same.
//!
//! Everything that can differ between two runs of one scenario and decides what comes next is in it;
//! counts, cached hazards and what the scenario itself says follow from the rest.

use crate::calendar::{DemandGrowth, Municipality};
use crate::capacity::Capacity;
use crate::hazards::HazardTables;
use crate::household::{Baseline, Care, HouseholdId, Levels, Reserves, Traits};
use crate::keeping::Kept;
use crate::knowledge::Archive;
use crate::ladder::Neighbourhood;
use crate::ledger::Ledger;
use crate::moving::Seekers;
use crate::payer::{Bearers, Payer};
use crate::project::Project;
use crate::simulation::Simulation;
use crate::workplaces::Workplaces;
use crate::works::Investments;
use bevy_ecs::prelude::*;

impl Simulation {
    /// Digest of the whole state: households, neighbourhoods, payers, projects, the municipality,
    /// provisions, archive and balances (FNV-1a, 64 bits).
    pub(crate) fn digest(&mut self) -> u64 {
        let mut digest = Fnv(0xCBF2_9CE4_8422_2325);
        let mut households =
            self.world
                .query::<(&HouseholdId, &Levels, &Traits, &Reserves, &Care, &Baseline)>();
        for (id, levels, traits, reserves, care, baseline) in households.iter(&self.world) {
            digest.bytes(&id.0.to_le_bytes());
            digest.bytes(&levels.0);
            digest.bytes(&[reserves.strength, reserves.network, reserves.expectation]);
            digest.bytes(&[care.status as u8, care.served, care.project, care.trust]);
            digest.bytes(&[care.plan, u8::from(care.forced)]);
            if let Some(wait) = care.awaits {
                digest.bytes(&[1, wait.project]);
                digest.bytes(&wait.since.to_le_bytes());
            }
            digest.bytes(&[baseline.served, u8::from(baseline.hid)]);
            digest.bytes(&care.since.to_le_bytes());
            digest.bytes(&care.worker_since.to_le_bytes());
            digest.bytes(&baseline.levels);
            let Traits {
                // A dwelling does not move.
                home: _,
                vulnerability,
                children,
                tenant,
                avoider,
            } = *traits;
            digest.bytes(&[vulnerability]);
            digest.bytes(&[u8::from(children), u8::from(tenant), u8::from(avoider)]);
        }
        self.resource::<Seekers>(&mut digest);
        for place in self.world.query::<&Neighbourhood>().iter(&self.world) {
            digest.bytes(format!("{place:?}").as_bytes());
        }
        self.resource::<Investments>(&mut digest);
        for payer in self.world.query::<&Payer>().iter(&self.world) {
            digest.bytes(format!("{payer:?}").as_bytes());
        }
        for project in self.world.query::<&Project>().iter(&self.world) {
            digest.bytes(format!("{project:?}").as_bytes());
        }
        let kept = &self.world.resource::<Kept>().0;
        for (row, values) in kept {
            digest.bytes(&row.to_le_bytes());
            values
                .iter()
                .for_each(|value| digest.bytes(&value.to_bits().to_le_bytes()));
        }
        self.resource::<Capacity>(&mut digest);
        self.resource::<Archive>(&mut digest);
        self.resource::<Municipality>(&mut digest);
        self.resource::<DemandGrowth>(&mut digest);
        self.resource::<Bearers>(&mut digest);
        self.resource::<Workplaces>(&mut digest);
        // The rest of the tables is compiled from the scenario.
        let tables = self.world.resource::<HazardTables>();
        let (growth, homes) = (tables.onset_growth, &tables.home_onset);
        let (silos, teams) = (tables.silo_quality, &tables.teams);
        let between = &tables.coordinating;
        digest.bytes(format!("{growth} {homes:?} {silos:?} {between:?} {teams:?}").as_bytes());
        for (account, balance) in self.world.resource::<Ledger>().balances() {
            digest.bytes(format!("{account:?}{balance}").as_bytes());
        }
        digest.0
    }

    fn resource<R: Resource + std::fmt::Debug>(&self, digest: &mut Fnv) {
        let resource = self.world.resource::<R>();
        digest.bytes(format!("{resource:?}").as_bytes());
    }
}

struct Fnv(u64);

impl Fnv {
    fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_scenario::read;

    #[test]
    fn what_decides_the_next_month_moves_it() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/tiny.ron");
        let Ok(checked) = read(std::path::Path::new(file), &[]) else {
            panic!("{file} cannot be read");
        };
        let mut simulation = Simulation::new(&checked.scenario, 0);
        let start = simulation.snapshot();
        let usual = simulation.digest();
        let changes: [fn(&mut World); 5] = [
            |world| world.resource_mut::<Municipality>().direction += 0.1,
            |world| world.resource_mut::<DemandGrowth>().0.push((0.1, 3)),
            |world| world.resource_mut::<Bearers>().silo = [None; 8],
            |world| world.resource_mut::<HazardTables>().silo_quality[0] += 1,
            |world| world.resource_mut::<HazardTables>().coordinating.push(3),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            change(&mut simulation.world);
            assert_ne!(simulation.digest(), usual, "change {number}");
            simulation.restore(&start);
            assert_eq!(simulation.digest(), usual);
        }
    }
}
