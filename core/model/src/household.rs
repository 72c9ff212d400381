//! Households: their columns.
//!
//! One entity per household, small table components, care status as a field. Every change goes
//! through [`Population`].

mod access;

use crate::care::CareStatus;
pub use access::{Households, Population};
use bevy_ecs::prelude::*;

/// Severity from which a domain counts as a problem that asks for help (0 none .. 4 acute).
pub const PROBLEM: u8 = 2;
/// Problem domains from which a household counts as multi-problem.
pub const MULTI: u8 = 3;
/// Highest severity.
pub const ACUTE: u8 = 4;
/// Index of the domain whose crisis is an eviction: only from a corporation's dwelling.
pub const HOUSING: usize = 0;
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
    #[inline]
    pub fn problems(&self) -> u8 {
        // The sum of all bytes, in the highest.
        (self.in_problem().wrapping_mul(0x0101_0101_0101_0101) >> 56) as u8
    }

    /// Domains in problem, one bit each.
    #[inline]
    pub fn problem_mask(&self) -> u8 {
        // Byte d times 2^(7 (8 - d)) is bit d of the highest byte; no two meet.
        (self.in_problem().wrapping_mul(0x0102_0408_1020_4080) >> 56) as u8
    }

    /// A byte for each domain: 1 where it is a problem.
    #[inline]
    fn in_problem(&self) -> u64 {
        const UP_TO_128: u64 = (0x80 - PROBLEM as u64) * 0x0101_0101_0101_0101;
        let levels = u64::from_le_bytes(self.0);
        (levels + UP_TO_128) >> 7 & 0x0101_0101_0101_0101
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

impl Traits {
    /// Whether a household is acute in housing, and yet nobody can evict it.
    pub fn spared(&self, levels: &Levels) -> bool {
        !self.tenant && levels.0[HOUSING] == ACUTE
    }
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

/// A place in the line for a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Project whose team it waits for.
    pub project: u8,
    /// Month index in which it was found.
    pub since: u16,
}

/// Where a household stands in care.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Care {
    /// Status.
    pub status: CareStatus,
    /// Domains served by a silo professional, one bit per domain.
    pub served: u8,
    /// Waits for a team, whatever other help it has.
    pub awaits: Option<Wait>,
    /// Project whose team it has or had.
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
        awaits: None,
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
    /// It hid its problems then, and used a part of the usual provisions.
    pub hid: bool,
}

impl Baseline {
    /// No baseline.
    pub const NONE: Self = Self {
        levels: [0; 8],
        served: 0,
        hid: false,
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
    /// Came to live in its dwelling in the last month.
    pub came: bool,
}

/// Cached sum of all the household's hazards, as a share of 2^32 a month.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hazard(pub u32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_counted_and_named_by_domain() {
        for seed in 0..5_u32.pow(8) / 7 {
            let levels = Levels(std::array::from_fn(|d| {
                (7 * seed / 5_u32.pow(d as u32) % 5) as u8
            }));
            let problem = |domain: usize| levels.0[domain] >= PROBLEM;
            let mask = (0..8).fold(0, |mask, domain| mask | u8::from(problem(domain)) << domain);
            assert_eq!(levels.problem_mask(), mask, "{levels:?}");
            assert_eq!(
                u32::from(levels.problems()),
                mask.count_ones(),
                "{levels:?}"
            );
        }
    }

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
        // Eight sets of rows at a bit each, and a place in the calendar of aftercare.
        let counts = 1 + size_of::<u32>();
        assert!(columns + entity + counts <= 160, "{columns} {entity}");
    }
}
