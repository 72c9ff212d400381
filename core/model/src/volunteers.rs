//! Volunteers: helped people who give something back, and residents who are asked.
//!
//! People come when they are asked for their qualities and stay away when the ask is a cut in
//! disguise (seed 002, 1.3 and 5.3.2). A team that money has made smaller asks out of thrift,
//! whatever it says. Volunteers take everyday help off the workers' hands and widen the network
//! around households. Who gives back gains by it: company, and a step towards work.

use crate::calendar::Randomness;
use crate::clock::Clock;
use crate::flows::Flows;
use crate::household::{Households, Population};
use crate::ladder::{Neighbourhood, active};
use crate::project::{Project, projects_in_order};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::{Domain, Mechanism};

/// Domains in which giving back helps the giver.
const RISE: [usize; 2] = [Domain::Work as usize, Domain::Social as usize];

/// Volunteers come and go.
pub fn come_and_go(
    mut households: Households,
    mut projects: Query<&mut Project>,
    neighbourhoods: Query<&Neighbourhood>,
    flows: Res<Flows>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::Volunteers) {
        return;
    }
    let rates = &settings.rates;
    let active = active(&neighbourhoods, &settings);
    let stays = streams.named("volunteer.leave");
    let comes = streams.named("volunteer.ask");
    let rise = streams.named("volunteer.rise");
    let mut population = households.population();
    for mut project in projects_in_order(&mut projects) {
        if !project.at_work(clock.month) {
            project.volunteers = 0;
            continue;
        }
        let sincere = sincerity(&project, rates.volunteer_appreciation);
        let key = project.key;
        let left = (0..project.volunteers)
            .filter(|&one| stays.chance(rates.volunteer_leave, key, clock.month, one))
            .count() as u32;
        let mut givers = 0;
        for &(_, row) in flows
            .helped
            .iter()
            .filter(|(team, _)| *team == project.index)
        {
            let id = population.ids[row as usize].0;
            if gives_back(&project, id, &streams, &settings, clock.month) {
                givers += 1;
                let id = u64::from(id);
                lighten(&mut population, row as usize, |domain| {
                    rise.chance(rates.volunteer_rise, id, clock.month, domain as u32)
                });
            }
        }
        // A whole number of residents: the rest of the rate is a chance.
        let rate = rates.volunteer_ask * sincere * active;
        let asked = rate as u32 + u32::from(comes.chance(rate.fract(), key, clock.month, 0));
        project.volunteers = project.volunteers - left + givers + asked;
    }
}

/// Whether a household that this project just helped gives something back as a volunteer.
pub fn gives_back(
    project: &Project,
    id: u32,
    streams: &Randomness,
    settings: &Settings,
    month: u32,
) -> bool {
    let rates = &settings.rates;
    if !settings.on(Mechanism::Volunteers) || project.workers == 0 {
        return false;
    }
    let sincere = sincerity(project, rates.volunteer_appreciation);
    let gives = rates.volunteer_reciprocity * sincere * project.method().reciprocity;
    let returns = streams.named("volunteer.reciprocity");
    returns.chance(gives, u64::from(id), month, 0)
}

/// Problems in the domains of giving back become a step lighter where `rises` says so.
fn lighten(population: &mut Population, row: usize, rises: impl Fn(usize) -> bool) {
    for domain in RISE.into_iter().filter(|&domain| rises(domain)) {
        let level = population.levels[row].0[domain];
        if level > 0 {
            population.set_level(row, domain, level - 1);
        }
    }
}

/// How sincere the ask is: appreciation, as far as the team is not itself a saving.
fn sincerity(project: &Project, appreciation: f64) -> f64 {
    appreciation * f64::from(project.workers) / f64::from(project.full_workers)
}

/// Households in team care that volunteers and people of firms take off the workers' hands.
pub fn carried(project: &Project, settings: &Settings) -> f64 {
    let rates = &settings.rates;
    f64::from(project.volunteers) * rates.volunteer_households
        + project.helpers * rates.finance_hours * rates.team_caseload
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::project;

    #[test]
    fn a_team_that_is_itself_a_saving_asks_in_vain() {
        let (whole, mut half) = (project(), project());
        half.workers = whole.workers / 2;
        assert!((sincerity(&whole, 1.0) - 1.0).abs() < 1e-12);
        assert!((sincerity(&half, 1.0) - 0.5).abs() < 1e-12);
        assert!(sincerity(&whole, 0.0).abs() < 1e-12);
    }
}
