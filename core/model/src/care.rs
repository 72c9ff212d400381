//! Care statuses and the counts that follow every household.

use crate::row_set::RowSet;
use bevy_ecs::prelude::*;

/// Where a household stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CareStatus {
    /// No help.
    None = 0,
    /// Asked at the counters, waits for a place.
    SiloWaiting = 1,
    /// Served by one professional per problem domain.
    Silo = 2,
    /// One plan, one contact.
    Team = 3,
    /// The year after help.
    Aftercare = 4,
    /// Carried by its own network and volunteers after help, without professionals.
    Informal = 5,
}

impl CareStatus {
    /// Whether help has ended and may have left a liability to relapse.
    pub fn after_help(self) -> bool {
        matches!(self, Self::Aftercare | Self::Informal)
    }
}

/// Months that aftercare lasts.
pub const AFTERCARE: u32 = 12;

/// Counts and sets over households, kept in step by `Population`.
#[derive(Resource, Clone, Debug, PartialEq, Eq)]
pub struct CareCounts {
    /// Households per domain and severity.
    pub use_counts: [[u32; 5]; 8],
    /// Of those, households that avoid care and that nobody knows.
    pub hidden_counts: [[u32; 5]; 8],
    /// Households acute in housing that nobody can evict.
    pub spared: u32,
    /// Households per care status.
    pub by_status: [u32; 6],
    /// Silo places in use per domain.
    pub places_used: [u32; 8],
    /// Silo places that the budgets carry, per domain.
    pub places: [u32; 8],
    /// Own strength of all households together, steps.
    pub strength: u64,
    /// What all households together expect of help, steps.
    pub expectation: u64,
    /// Households with at least one domain in problem.
    pub with_problem: RowSet,
    /// Multi-problem households.
    pub multi: RowSet,
    /// Households that a silo professional serves in at least one domain.
    pub served: RowSet,
    /// Households that wait for a silo place in at least one domain.
    pub silo_waiting: RowSet,
    /// Households in silo care whose last served problem is over.
    pub silo_ended: RowSet,
    /// Households that wait for a team.
    pub team_waiting: RowSet,
    /// Households in team care.
    pub team: RowSet,
    /// Households that changed since their hazards were brought up to date.
    pub changed: RowSet,
    /// Rows whose aftercare ends, by month index modulo [`AFTERCARE`].
    pub aftercare_ends: [Vec<u32>; AFTERCARE as usize],
}

impl CareCounts {
    /// Empty counts for this many households, all without help and without problems.
    pub fn new(households: usize) -> Self {
        let n = u32::try_from(households).expect("fewer than 2^32 households");
        Self {
            use_counts: [[n, 0, 0, 0, 0]; 8],
            hidden_counts: [[0; 5]; 8],
            spared: 0,
            by_status: [n, 0, 0, 0, 0, 0],
            places_used: [0; 8],
            places: [0; 8],
            strength: 0,
            expectation: 0,
            with_problem: RowSet::new(households),
            multi: RowSet::new(households),
            served: RowSet::new(households),
            silo_waiting: RowSet::new(households),
            silo_ended: RowSet::new(households),
            team_waiting: RowSet::new(households),
            team: RowSet::new(households),
            changed: RowSet::new(households),
            aftercare_ends: Default::default(),
        }
    }
}
