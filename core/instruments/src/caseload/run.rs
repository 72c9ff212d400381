//! The caseload of a team in a run that was watched.

use super::{Case, Ending, Severities};
use std::collections::BTreeMap;
use zalm_experiment::{Arm, Watched, watched};
use zalm_model::{Life, StrategySource};
use zalm_scenario::Scenario;

/// Simulated cases of a project until the end of month `until`, counted from 0, in the order in
/// which they began; from the policy date on the null alternative acts, which comes from `source`.
///
/// # Errors
/// Why the run could not be played.
pub fn played(
    scenario: &Scenario,
    source: &dyn StrategySource,
    project: usize,
    (replication, until): (u32, u32),
) -> Result<Vec<Case>, String> {
    let mut scenario = scenario.clone();
    scenario.months = (until + 1).max(scenario.policy_month() + 1);
    let arm = Arm {
        strategy: &scenario.null_alternative,
        stressor: None,
        replication,
    };
    let all = 0..scenario.households() as usize;
    let seen = watched(&scenario, source, arm, all)?;
    Ok(cases(&scenario, &seen, project, until))
}

/// What happened is played again from how all households stood at the start.
fn cases(scenario: &Scenario, seen: &Watched, project: usize, until: u32) -> Vec<Case> {
    let start = seen.portraits.first().into_iter().flatten();
    let mut caseload = Caseload {
        scenario,
        levels: start.map(|household| household.levels).collect(),
        open: BTreeMap::new(),
        cases: Vec::new(),
    };
    for lived in seen.lived.iter().filter(|lived| lived.month <= until) {
        caseload.happens(project, lived.household, lived.month, &lived.life);
    }
    caseload.end(until.min(scenario.months.saturating_sub(1)))
}

struct Caseload<'a> {
    scenario: &'a Scenario,
    /// Severities of every household now.
    levels: Vec<[u8; 8]>,
    /// Cases that run, by household: where they stand in the list.
    open: BTreeMap<usize, usize>,
    cases: Vec<Case>,
}

impl Caseload<'_> {
    fn happens(&mut self, team: usize, household: usize, month: u32, life: &Life) {
        match *life {
            Life::TeamBegins { project, .. } if project == team => self.begin(household, month),
            Life::Helped { project, .. } if project == team => {
                self.close(household, month, Ending::Helped);
            }
            Life::DropsOut {
                project: Some(project),
            } if project == team => self.close(household, month, Ending::Left),
            Life::TimeIsUp { project } | Life::TeamEnds { project, .. } if project == team => {
                self.close(household, month, Ending::Stopped);
            }
            Life::Moves { newcomer } => {
                self.close(household, month, Ending::Stopped);
                self.levels[household] = newcomer.levels;
            }
            Life::Worse { domain, level, .. } | Life::Better { domain, level, .. } => {
                self.levels[household][domain] = level;
            }
            _ => {}
        }
    }

    fn now(&self, household: usize) -> Severities {
        self.levels[household].map(Some)
    }

    fn begin(&mut self, household: usize, month: u32) {
        let start = self.scenario.start.plus(month.cast_signed());
        self.open.insert(household, self.cases.len());
        self.cases.push(Case {
            id: (self.cases.len() + 1).to_string(),
            start,
            last: start,
            ending: Ending::Running,
            before: self.now(household),
            after: self.now(household),
        });
    }

    fn close(&mut self, household: usize, month: u32, ending: Ending) {
        let Some(at) = self.open.remove(&household) else {
            return;
        };
        let after = self.now(household);
        let case = &mut self.cases[at];
        case.last = self.scenario.start.plus(month.cast_signed());
        (case.ending, case.after) = (ending, after);
    }

    fn end(mut self, month: u32) -> Vec<Case> {
        for household in self.open.keys().copied().collect::<Vec<_>>() {
            self.close(household, month, Ending::Running);
        }
        self.cases
    }
}
