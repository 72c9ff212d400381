//! The clock of a run.

use bevy_ecs::prelude::*;
use zalm_scenario::Month;

/// The current month.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Month index, 0 = the scenario's first month.
    pub month: u32,
    /// Calendar year.
    pub year: i32,
    /// Month of the year, 1..=12.
    pub month_of_year: i32,
    start: Month,
}

impl Clock {
    /// At the scenario's first month.
    pub fn new(start: Month) -> Self {
        Self {
            month: 0,
            year: start.year(),
            month_of_year: start.month_of_year(),
            start,
        }
    }

    /// Goes to a month index.
    pub fn set(&mut self, month: u32) {
        let date = self.start.plus(month as i32);
        self.month = month;
        self.year = date.year();
        self.month_of_year = date.month_of_year();
    }

    /// Months from a stamp of two bytes until now. Stamps from before month 0 lie below zero,
    /// wrapped round.
    pub fn months_since(&self, stamp: u16) -> u32 {
        u32::from((self.month as u16).wrapping_sub(stamp))
    }

    /// Whether payers hold a budget round: each quarter.
    pub fn budget_round(&self) -> bool {
        self.month_of_year % 3 == 1
    }
}
