//! Watching one quiet world: stocks, flows and spells, month by month.

use super::CalibrationError;
use super::improved::Improved;
use super::places::per;
use zalm_model::{Aggregate, HouseholdState, RunRecord, Simulation, metrics};
use zalm_scenario::{Per, Scenario, Statistic};

/// Months in which someone who left can come back.
const BACK_WITHIN: u32 = 12;

/// A numerator and a denominator, summed over replications before they are divided.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Ratio {
    pub(super) above: f64,
    pub(super) below: f64,
}

impl Ratio {
    pub(super) fn add(&mut self, other: Self) {
        self.above += other.above;
        self.below += other.below;
    }

    /// The quotient; `None` when there was nothing to divide by.
    pub(super) fn value(self) -> Option<f64> {
        (self.below > 0.0).then(|| self.above / self.below)
    }
}

/// The statistics of one replication of a quiet world, in order.
pub(super) fn watch(
    quiet: &Scenario,
    statistics: &[&Statistic],
    replication: u32,
) -> Result<Vec<Ratio>, CalibrationError> {
    let mut simulation = Simulation::new(quiet, replication);
    let mut counters: Vec<Counter> = statistics
        .iter()
        .map(|statistic| Counter::new(statistic, quiet))
        .collect();
    for month in 0..quiet.months {
        simulation
            .run_to(month + 1, None)
            .map_err(|error| CalibrationError::Failed(error.to_string()))?;
        let households = simulation.households();
        for counter in &mut counters {
            counter.month(&households, month, quiet.months);
        }
    }
    let record = simulation.record();
    let ratio = |(statistic, counter): (&&Statistic, &Counter)| match statistic {
        Statistic::Metric { name, per, a_year } => metric(quiet, &record, name, *per, *a_year),
        _ => Ok(counter.ratio()),
    };
    statistics.iter().zip(&counters).map(ratio).collect()
}

fn metric(
    quiet: &Scenario,
    record: &RunRecord,
    name: &str,
    divided_by: Per,
    a_year: bool,
) -> Result<Ratio, CalibrationError> {
    let declared = metrics(quiet);
    let found = declared.iter().position(|one| one.name == name);
    let Some(at) = found else {
        return Err(CalibrationError::Unknown(format!(
            "there is no metric {name}"
        )));
    };
    if a_year != (declared[at].aggregate == Aggregate::Sum) {
        let text = format!("{name}: only sums, and all of them, are brought back to a year");
        return Err(CalibrationError::Unknown(text));
    }
    let years = if a_year {
        f64::from(quiet.months) / 12.0
    } else {
        1.0
    };
    Ok(Ratio {
        above: record.outcomes[at],
        below: per(quiet, divided_by) * years,
    })
}

/// Counts one statistic while the months go by.
struct Counter {
    what: What,
    ratio: Ratio,
}

enum What {
    /// Known without watching, or read off the record at the end.
    Nothing,
    Severity {
        domain: usize,
        from: u8,
    },
    Served {
        domain: usize,
        below: f64,
    },
    Outflow(Spells),
    Return(Spells),
    Improved(Improved),
}

/// Who is in a state, and when those who left it did so.
struct Spells {
    domain: usize,
    from: u8,
    inside: Vec<bool>,
    left: Vec<Option<u32>>,
}

/// What happened to a household's state in a month.
#[derive(Debug, PartialEq)]
enum Turn {
    Stays,
    Leaves,
    /// Comes back after so many months.
    Back(u32),
    /// Leaves the dwelling, so many months after it left the state if it did.
    Moves(Option<u32>),
}

impl Spells {
    fn new(domain: usize, from: u8, households: usize) -> Self {
        Self {
            domain,
            from,
            inside: vec![false; households],
            left: vec![None; households],
        }
    }

    fn holds(&self, one: &HouseholdState) -> bool {
        one.levels[self.domain] >= self.from
    }

    fn turn(&mut self, row: usize, one: &HouseholdState, month: u32) -> Turn {
        let now = self.holds(one);
        let before = std::mem::replace(&mut self.inside[row], now);
        if one.came {
            let left = self.left[row].take();
            return Turn::Moves(left.map(|left| month - left));
        }
        match (before, now) {
            (true, false) if month > 0 => {
                self.left[row] = Some(month);
                Turn::Leaves
            }
            (false, true) => self.left[row]
                .take()
                .map_or(Turn::Stays, |left| Turn::Back(month - left)),
            _ => Turn::Stays,
        }
    }
}

impl Counter {
    fn new(statistic: &Statistic, quiet: &Scenario) -> Self {
        let households = quiet.households() as usize;
        let index = |domain: &zalm_scenario::Domain| *domain as usize;
        let spells = |domain, from: &u8| Spells::new(index(domain), *from, households);
        let mut ratio = Ratio::default();
        let what = match statistic {
            Statistic::Severity { domain, from } => What::Severity {
                domain: index(domain),
                from: *from,
            },
            Statistic::Served { domain, per: by } => What::Served {
                domain: index(domain),
                below: per(quiet, *by),
            },
            Statistic::Outflow { domain, from } => What::Outflow(spells(domain, from)),
            Statistic::Return { domain, from } => What::Return(spells(domain, from)),
            Statistic::Improved { months } => What::Improved(Improved::new(*months, households)),
            Statistic::Parameter { name } => {
                let value = quiet.parameters.get(name).map_or(f64::NAN, |one| one.value);
                ratio = Ratio {
                    above: value,
                    below: 1.0,
                };
                What::Nothing
            }
            Statistic::Metric { .. } | Statistic::Continued { .. } | Statistic::FirmSurvival => {
                What::Nothing
            }
        };
        Self { what, ratio }
    }

    fn ratio(&self) -> Ratio {
        match &self.what {
            What::Improved(improved) => improved.ratio(),
            _ => self.ratio,
        }
    }

    fn month(&mut self, households: &[HouseholdState], month: u32, months: u32) {
        let ratio = &mut self.ratio;
        match &mut self.what {
            What::Nothing => {}
            What::Improved(improved) => improved.month(households, month),
            What::Severity { domain, from } => {
                let here = |one: &&HouseholdState| one.levels[*domain] >= *from;
                ratio.above += households.iter().filter(here).count() as f64;
                ratio.below += households.len() as f64;
            }
            What::Served { domain, below } => {
                let here = |one: &&HouseholdState| one.served & (1 << *domain) != 0;
                ratio.above += households.iter().filter(here).count() as f64;
                ratio.below += *below;
            }
            What::Outflow(spells) => {
                for (row, one) in households.iter().enumerate() {
                    let left = spells.turn(row, one, month) == Turn::Leaves;
                    ratio.above += f64::from(u8::from(left));
                    ratio.below += f64::from(u8::from(spells.holds(one))) / 12.0;
                }
            }
            What::Return(spells) => {
                let followed =
                    |after: u32| after <= BACK_WITHIN && month - after + BACK_WITHIN < months;
                for (row, one) in households.iter().enumerate() {
                    match spells.turn(row, one, month) {
                        // Only those who can be followed for the whole time count.
                        Turn::Leaves if followed(0) => ratio.below += 1.0,
                        Turn::Moves(Some(after)) if followed(after) => ratio.below -= 1.0,
                        Turn::Back(after) if followed(after) => ratio.above += 1.0,
                        _ => {}
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_model::CareStatus;

    #[test]
    fn who_leaves_the_dwelling_neither_leaves_the_state_nor_comes_back() {
        let home = |level, came| HouseholdState {
            id: 0,
            levels: [level; 8],
            status: CareStatus::None,
            served: 0,
            came,
        };
        let ratio = |months: &[HouseholdState], what: fn(Spells) -> What| {
            let mut counter = Counter {
                what: what(Spells::new(0, 2, 1)),
                ratio: Ratio::default(),
            };
            for (month, one) in (0..).zip(months) {
                counter.month(&[*one], month, 100);
            }
            counter.ratio()
        };
        let (inside, outside) = (home(3, false), home(0, false));
        let out = [inside, outside, inside];
        assert_eq!(
            ratio(&out, What::Outflow).above.to_bits(),
            1.0_f64.to_bits()
        );
        assert_eq!(ratio(&out, What::Return).value(), Some(1.0));
        let moves = [inside, home(0, true), home(3, true)];
        assert_eq!(
            ratio(&moves, What::Outflow).above.to_bits(),
            0.0_f64.to_bits()
        );
        let moves_later = [inside, outside, home(3, true)];
        assert_eq!(ratio(&moves_later, What::Return), Ratio::default());
    }
}
