//! How the town and the payers deal with projects that they pay: reports, the end by definition,
//! and what comes from outside.

use crate::calendar::{Change, Shocks};
use crate::clock::Clock;
use crate::happening::{Log, Turn};
use crate::organisations::viable;
use crate::payer::{Payer, municipal};
use crate::project::{Project, living, projects_in_order};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// Share of everyone's time in a project that reports take: each payer wants its own, unless the
/// town works from the life world of residents and has projects account for what they do instead.
pub fn reports(project: &Project, settings: &Settings, month: u32) -> f64 {
    if !settings.on(Mechanism::Reporting) {
        return 0.0;
    }
    let rates = &settings.rates;
    let active = project.contracts.iter().filter(|c| c.active(month));
    let mut payers: Vec<u16> = active.map(|contract| contract.payer).collect();
    payers.sort_unstable();
    payers.dedup();
    let asked = rates.governance_reporting * payers.len() as f64;
    (asked * (1.0 - rates.governance_life_world)).min(1.0)
}

/// Where projects do not end by definition, the town's own money goes on while a claim is still
/// undecided, for as long as it allows ("regular, unless").
pub fn go_on_while_undecided(
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    mut log: ResMut<Log>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let allowed = settings.rates.governance_bridge as u32;
    let municipal = municipal(&mut payers);
    let next = clock.month + 1;
    for mut project in living(&mut projects, clock.month) {
        let undecided = !project.claims.is_empty() && project.bridged < allowed;
        if project.running_until != next || !undecided {
            continue;
        }
        let least = viable(&project, &settings);
        let goes_on = |payer: u16, end: u32| end == next && municipal.contains(&(payer as usize));
        let sum: i64 = project
            .contracts
            .iter()
            .filter(|c| goes_on(c.payer, c.end) || c.active(next))
            .map(|c| c.cents)
            .sum();
        if sum < least || project.income(next) >= least {
            continue;
        }
        for contract in &mut project.contracts {
            if goes_on(contract.payer, contract.end) {
                contract.end += 1;
                contract.programme = false;
            }
        }
        project.running_until += 1;
        project.bridged += 1;
        if project.bridged == 1 {
            log.turn(&clock, &project, Turn::Bridged);
        }
    }
}

/// Prizes and the review committee move what the college thinks of a project; neither brings money.
pub fn look_from_outside(
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    mut log: ResMut<Log>,
    shocks: Res<Shocks>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let municipal = municipal(&mut payers);
    let mut projects = projects_in_order(&mut projects);
    for (_, change) in shocks.0.iter().filter(|(at, _)| *at == clock.month) {
        match change {
            Change::Prize { project } => {
                let project = &mut projects[*project as usize];
                if project.alive(clock.month) {
                    lean(project, &municipal, 1.0, settings.rates.governance_prize);
                    log.turn(&clock, project, Turn::Prize);
                }
            }
            Change::Review => {
                for project in projects.iter_mut().filter(|p| p.alive(clock.month)) {
                    let worth = can_show(project, &settings);
                    lean(project, &municipal, worth, settings.rates.governance_review);
                    let go_on = worth >= 0.5;
                    log.turn(&clock, project, Turn::Reviewed { go_on });
                }
            }
            _ => {}
        }
    }
}

/// What a project can show an outsider: its measured benefit against its cost, 0..=1; counts of
/// people in and out show nothing.
fn can_show(project: &Project, settings: &Settings) -> f64 {
    if project.measurement == 0 {
        return 0.0;
    }
    let cost = project.cost(settings.worker_cost).max(1);
    (project.benefit as f64 / cost as f64).clamp(0.0, 1.0)
}

/// Political ties lean towards an outside view.
fn lean(project: &mut Project, municipal: &[usize], towards: f64, weight: f64) {
    for &payer in municipal {
        let tie = &mut project.relations[payer].ties[3];
        *tie += weight * (towards - *tie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{contract, project, settings};
    use crate::instrument::Instrument;
    use crate::project::Contract;

    #[test]
    fn each_payer_wants_its_own_report_and_the_life_world_none() {
        let mut settings = settings(&[]);
        settings.rates.governance_reporting = 0.1;
        settings.rates.governance_life_world = 0.0;
        let mut project = project();
        let paid = |payer| Contract {
            payer,
            ..contract(1, 0..10, Instrument::TemporaryGrant)
        };
        project.contracts = vec![paid(0), paid(1), paid(1)];
        assert!((reports(&project, &settings, 5) - 0.2).abs() < 1e-12);
        assert!(reports(&project, &settings, 10).abs() < 1e-12);
        settings.rates.governance_life_world = 1.0;
        assert!(reports(&project, &settings, 5).abs() < 1e-12);
    }

    #[test]
    fn outsiders_believe_what_is_measured() {
        let settings = settings(&[]);
        let mut project = project();
        project.benefit = project.cost(settings.worker_cost) / 2;
        assert!((can_show(&project, &settings) - 0.5).abs() < 0.01);
        lean(&mut project, &[0], 1.0, 0.5);
        assert!((project.relations[0].ties[3] - 0.75).abs() < 1e-12);
        project.measurement = 0;
        assert!(can_show(&project, &settings).abs() < 1e-12);
    }
}
