//! What happened this month.

use crate::incidence::CostTable;
use bevy_ecs::prelude::*;

/// Counts of what happened this month.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Flows {
    /// What the strategy measured of its own; `None` where it measures nothing.
    pub told: Vec<Option<f64>>,
    /// Rows with a care event, for the demand phase.
    pub care_events: Vec<u32>,
    /// Events per crisis of the scenario.
    pub crises: Vec<u32>,
    /// Problems that came back in aftercare.
    pub relapses: u32,
    /// Households that left help unhelped.
    pub dropouts: u32,
    /// Care avoiders reached by outreach.
    pub outreached: u32,
    /// Households that entered team care.
    pub team_entries: u32,
    /// Households helped by a team: multi-problem before, at most one problem after.
    pub stabilised: u32,
    /// Project and row of each of those.
    pub helped: Vec<(u16, u32)>,
    /// Rows of the households that left their dwelling; known until others do.
    pub moved: Vec<u32>,
    /// Multi-problem households that left a dwelling, less those that came to one.
    pub multi_left: i32,
    /// Of those who left, in team care or in the year after it.
    pub moved_helped: u32,
    /// Of those, because their dwelling was rebuilt.
    pub displaced: u32,
    /// Households that rules on who may come kept out.
    pub refused: u32,
    /// Projects founded.
    pub founded: u32,
    /// New projects under a name of their own though there was a proven one.
    pub renamed: u32,
    /// Knowledge lost with projects that ended, in fully trained workers.
    pub knowledge_lost: f64,
    /// Leaders who left.
    pub leaders_left: u32,
    /// Workers who left.
    pub workers_left: u32,
    /// Effect of silo care relative to the start, mean over domains, as a fixed-point number.
    pub care_quality: u32,
    /// Wages of projects, cents.
    pub project_cost: i64,
    /// Money lent or invested that does not come back, per payer, cents.
    pub defaults: Vec<i64>,
    /// What each payer bears, by item.
    pub costs: CostTable,
}

impl Flows {
    /// Empty flows, with an empty table of costs.
    pub fn new(crises: usize, costs: CostTable) -> Self {
        Self {
            crises: vec![0; crises],
            defaults: vec![0; costs.payers()],
            costs,
            ..Self::default()
        }
    }

    /// Forgets the month.
    pub fn next_month(&mut self) {
        let mut costs = std::mem::take(&mut self.costs);
        costs.clear();
        let moved = std::mem::take(&mut self.moved);
        *self = Self {
            moved,
            ..Self::new(self.crises.len(), costs)
        };
    }
}
