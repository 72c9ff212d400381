//! What a team adds: how many of the problems of those whom it takes in are less severe some months
//! later, beyond what becomes of problems of such households without a team.

use super::watch::Ratio;
use zalm_model::{CareStatus, HouseholdState, MULTI, PROBLEM};

/// Months between two looks at those without a team.
const EVERY: u32 = 6;

/// Somebody who is looked at again.
struct Entry {
    month: u32,
    row: usize,
    levels: [u8; 8],
    team: bool,
}

/// Follows households that a team takes in, and multi-problem households without one.
pub(super) struct Improved {
    months: u32,
    inside: Vec<bool>,
    followed: Vec<Entry>,
    with: Ratio,
    without: Ratio,
}

impl Improved {
    pub(super) fn new(months: u32, households: usize) -> Self {
        Self {
            months,
            // Who is in a team from the start was not seen to come.
            inside: vec![true; households],
            followed: Vec::new(),
            with: Ratio::default(),
            without: Ratio::default(),
        }
    }

    pub(super) fn month(&mut self, households: &[HouseholdState], month: u32) {
        for entry in std::mem::take(&mut self.followed) {
            if households[entry.row].came {
                // Who was followed has left, and others live there.
                continue;
            }
            if month < entry.month + self.months {
                self.followed.push(entry);
            } else {
                self.look_again(&entry, &households[entry.row]);
            }
        }
        for (row, one) in households.iter().enumerate() {
            let team = one.status == CareStatus::Team;
            let came = team && !std::mem::replace(&mut self.inside[row], team);
            self.inside[row] = team;
            let problems = one.levels.iter().filter(|level| **level >= PROBLEM).count();
            let alone = !team && problems >= usize::from(MULTI) && month.is_multiple_of(EVERY);
            if came || alone {
                self.followed.push(Entry {
                    month,
                    row,
                    levels: one.levels,
                    team,
                });
            }
        }
    }

    fn look_again(&mut self, entry: &Entry, now: &HouseholdState) {
        // A team came in the meantime.
        if !entry.team && now.status == CareStatus::Team {
            return;
        }
        let ratio = if entry.team {
            &mut self.with
        } else {
            &mut self.without
        };
        for (then, now) in entry.levels.iter().zip(&now.levels) {
            if *then >= PROBLEM {
                ratio.above += f64::from(u8::from(now < then));
                ratio.below += 1.0;
            }
        }
    }

    /// Problems that are better with a team beyond those that would be without, over all of those
    /// with one.
    pub(super) fn ratio(&self) -> Ratio {
        let usual = self.without.value().unwrap_or(0.0);
        Ratio {
            above: self.with.above - usual * self.with.below,
            below: self.with.below,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn household(levels: [u8; 8], status: CareStatus) -> HouseholdState {
        HouseholdState {
            id: 0,
            levels,
            status,
            served: 0,
            came: false,
        }
    }

    #[test]
    fn who_comes_to_live_there_has_not_improved() {
        let mut improved = Improved::new(1, 1);
        let mut home = household([2, 2, 2, 0, 0, 0, 0, 0], CareStatus::None);
        improved.month(&[home], 0);
        home.status = CareStatus::Team;
        improved.month(&[home], 1);
        home = household([0; 8], CareStatus::None);
        home.came = true;
        improved.month(&[home], 2);
        assert_eq!(improved.ratio(), Ratio::default());
    }

    #[test]
    fn what_would_have_got_better_anyway_is_taken_off() {
        let (bad, better) = ([2, 2, 2, 2, 0, 0, 0, 0], [1, 1, 1, 2, 0, 0, 0, 0]);
        let less = [1, 2, 2, 2, 0, 0, 0, 0];
        let none = CareStatus::None;
        let mut improved = Improved::new(2, 2);
        let months = [
            [(bad, none), (bad, none)],
            [(bad, CareStatus::Team), (bad, none)],
            [(bad, CareStatus::Team), (less, none)],
            [(better, CareStatus::Team), (bad, none)],
        ];
        for (month, rows) in (0..).zip(months) {
            let rows = rows.map(|(levels, status)| household(levels, status));
            improved.month(&rows, month);
        }
        // Three of four with the team; one of four of the neighbour, seen in month 0 and again in 2.
        let value = improved.ratio().value().expect("somebody came");
        assert!((value - 0.5).abs() < 1e-12, "{value}");
    }
}
