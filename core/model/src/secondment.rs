//! Seconded staff: people who work in the team and stay in their own organisation's employ.
//!
//! It costs the organisation less than giving them up, so it resists less. But they are its people:
//! each employer calls its own back, the sooner the weaker its ties with the team are and the
//! tighter its money, and they leave when its promise ends. And a team of several employers is a
//! team with hand-overs.

use crate::calendar::Randomness;
use crate::clock::Clock;
use crate::flows::Flows;
use crate::happening::{Log, Turn};
use crate::household::Households;
use crate::instrument::Gives;
use crate::payer::{Payer, payers_in_order, promised};
use crate::project::{Contract, Project, living};
use crate::settings::Settings;
use crate::support::{counted, lose_workers};
use crate::works::Investments;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// Employers call their people back, and take them home when their promise ends.
pub fn recall(
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    mut households: Households,
    mut flows: ResMut<Flows>,
    mut log: ResMut<Log>,
    investments: Res<Investments>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::Secondment) {
        return;
    }
    let stream = streams.named("secondment.recall");
    let payers = payers_in_order(&mut payers);
    let mut projects = living(&mut projects, clock.month);
    let tight: Vec<f64> = payers
        .iter()
        .map(|payer| tight(payer, &projects, &investments, clock.month))
        .collect();
    for project in &mut projects {
        for place in 0..project.contracts.len() {
            let contract = project.contracts[place];
            if contract.instrument.terms().gives != Gives::Workers {
                continue;
            }
            let payer = &payers[contract.payer as usize];
            let people = people(&contract, &settings);
            let called = if contract.end == clock.month {
                people
            } else if contract.active(clock.month) {
                let tight = tight[contract.payer as usize];
                let chance = chance(project, payer, tight, &settings);
                let key = project.key ^ payer.key;
                let called = |person: &u32| stream.chance(chance, key, clock.month, *person);
                (0..people).filter(called).count() as u32
            } else {
                0
            };
            let leave = called.min(project.workers);
            if leave > 0 {
                let (workers, stay) = (project.workers, project.workers - leave);
                let mut population = households.population();
                let left = |worker| worker >= stay;
                lose_workers(&mut population, project.index, workers, left, clock.month);
                project.workers = stay;
                flows.workers_left += leave;
                let (payer, people) = (payer.id.clone(), leave);
                log.turn(&clock, project, Turn::CalledBack { payer, people });
            }
        }
    }
}

/// Whole people that a contract lends.
fn people(contract: &Contract, settings: &Settings) -> u32 {
    (contract.cents as f64 / settings.worker_cost as f64).round() as u32
}

/// How tight an employer's money is this month, after all that it has promised.
fn tight(payer: &Payer, projects: &[Mut<Project>], investments: &Investments, month: u32) -> f64 {
    let pays = |contract: &Contract| contract.draws(month) && !contract.programme;
    let area = investments.due(payer.index, month);
    payer.tightness(payer.free(promised(projects, payer.index, pays) + area))
}

/// Chance that an employer whose money is so tight calls one of its people back this month.
fn chance(project: &Project, payer: &Payer, tight: f64, settings: &Settings) -> f64 {
    let tie = project.relations[payer.index as usize].tie(settings.rates.tie_weakest);
    let distance = 1.0 - counted(tie, settings);
    let rates = &settings.rates;
    rates.secondment_recall * distance * (1.0 + rates.payer_tightness * tight)
}

/// Part of the technique that hand-overs between employers leave: all of it in a team of one.
pub fn one_team(project: &Project, settings: &Settings, month: u32) -> f64 {
    if !settings.on(Mechanism::Secondment) {
        return 1.0;
    }
    let lends = |c: &&Contract| c.active(month) && c.instrument.terms().gives == Gives::Workers;
    let lent = project.contracts.iter().filter(lends);
    let mut employers: Vec<u16> = lent.clone().map(|contract| contract.payer).collect();
    employers.sort_unstable();
    employers.dedup();
    let lent: i64 = lent.map(|contract| contract.cents).sum();
    let own = u32::from(lent < i64::from(project.workers) * settings.worker_cost);
    let others = (employers.len() as u32 + own).saturating_sub(1);
    1.0 / (1.0 + settings.rates.secondment_handover * f64::from(others))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{contract, payer, project, settings};
    use crate::instrument::Instrument;
    use crate::project::STANDING;
    use crate::works::Investment;
    use bevy_ecs::system::RunSystemOnce;
    use zalm_scenario::AreaWork;

    fn lent(payer: u16, cents: i64) -> Contract {
        Contract {
            payer,
            ..contract(cents, 0..STANDING, Instrument::SecondedStaff)
        }
    }

    #[test]
    fn weak_ties_and_tight_money_call_people_back() {
        let (settings, near, payer) = (settings(&[]), project(), payer());
        let mut far = near.clone();
        far.relations[0].ties = [0.0; 4];
        let calls = |project: &Project, tight| chance(project, &payer, tight, &settings);
        assert!(calls(&far, 0.0) > calls(&near, 0.0));
        assert!(calls(&near, 1.0) > calls(&near, 0.0));
        let off = crate::fixture::settings(&[Mechanism::Ties]);
        assert!(
            chance(&far, &payer, 0.0, &off).abs() < 1e-12,
            "as good as full"
        );
    }

    #[test]
    fn what_neighbourhoods_and_projects_were_promised_makes_money_tight() {
        let payer = payer();
        let tight = |contracts: Vec<Contract>, area: i64| {
            let mut world = World::new();
            let mut team = project();
            team.contracts = contracts;
            world.spawn(team);
            let work = Investment {
                work: AreaWork::Basis,
                homes: vec![0],
                households: 1,
                payer: 0,
                cents: area,
                start: 0,
                end: 99,
            };
            let (payer, works) = (payer.clone(), Investments::new(vec![work], 1));
            let look = move |mut projects: Query<&mut Project>| {
                tight(&payer, &living(&mut projects, 5), &works, 5)
            };
            world.run_system_once(look).expect("projects")
        };
        let half = payer.free_target() / 2;
        assert!(tight(Vec::new(), 0).abs() < 1e-9);
        assert!((tight(Vec::new(), half) - 0.5).abs() < 1e-9);
        assert!((tight(vec![lent(0, half)], half) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn hand_over_grows_with_the_number_of_employers() {
        let (settings, mut project) = (settings(&[]), project());
        assert!((one_team(&project, &settings, 5) - 1.0).abs() < 1e-12);
        project.contracts = vec![lent(0, settings.worker_cost)];
        let two = one_team(&project, &settings, 5);
        project.contracts.push(lent(1, settings.worker_cost));
        let three = one_team(&project, &settings, 5);
        assert!(three < two && two < 1.0);
        let off = crate::fixture::settings(&[Mechanism::Secondment]);
        assert!((one_team(&project, &off, 5) - 1.0).abs() < 1e-12);
    }
}
