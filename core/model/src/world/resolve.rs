//! What a scenario names, by its place in the world: payers, projects, months, shocks.

use crate::calendar::Change;
use crate::settings::domain_index;
use zalm_scenario::{Domain, Month, Scenario, Shock};

pub(super) fn payer_index(scenario: &Scenario, id: &str) -> u16 {
    let found = scenario.payers.iter().position(|payer| payer.id == id);
    found.expect("a checked scenario names only payers that exist") as u16
}

fn project_index(scenario: &Scenario, id: &str) -> u16 {
    let found = scenario.projects.iter().position(|p| p.id == id);
    found.expect("a checked scenario names only projects that exist") as u16
}

pub(super) fn month_index(scenario: &Scenario, month: Month) -> u32 {
    u32::try_from(month.since(scenario.start)).unwrap_or(0)
}

/// Shocks with their references resolved.
pub(crate) fn resolve(scenario: &Scenario, shocks: &[Shock]) -> Vec<(u32, Change)> {
    let payer = |id: &String| payer_index(scenario, id);
    shocks
        .iter()
        .map(|shock| {
            let change = match shock {
                Shock::Cut {
                    payer: id, share, ..
                } => Change::Cut {
                    payer: payer(id),
                    share: *share,
                },
                Shock::Exit { payer: id, .. } => Change::Exit { payer: payer(id) },
                Shock::AldermanLeaves { .. } => Change::AldermanLeaves,
                Shock::Review { .. } => Change::Review,
                Shock::Prize { project: id, .. } => Change::Prize {
                    project: project_index(scenario, id),
                },
                Shock::Transition { months, relief, .. } => Change::Transition {
                    months: *months,
                    relief: *relief,
                },
                Shock::DemandGrowth {
                    per_year, months, ..
                } => Change::DemandGrowth {
                    per_year: *per_year,
                    months: *months,
                },
                Shock::Decentralise {
                    items,
                    from,
                    to,
                    discount,
                    ..
                } => Change::Decentralise {
                    use_items: places(
                        items,
                        scenario.use_costs.iter().map(|item| item.id.as_str()),
                    ),
                    crises: places(
                        items,
                        scenario.crises.iter().map(|crisis| crisis.id.as_str()),
                    ),
                    domains: silo_domains(scenario, items),
                    from: payer(from),
                    to: payer(to),
                    discount: *discount,
                },
            };
            (month_index(scenario, shock.at()), change)
        })
        .collect()
}

fn places<'a>(items: &[String], ids: impl Iterator<Item = &'a str>) -> Vec<usize> {
    ids.enumerate()
        .filter(|(_, id)| items.iter().any(|item| item == id))
        .map(|(place, _)| place)
        .collect()
}

/// Domains whose silo care moves: named by their domain.
fn silo_domains(scenario: &Scenario, items: &[String]) -> Vec<usize> {
    Domain::ALL
        .into_iter()
        .filter(|domain| items.iter().any(|item| item == domain.name()))
        .filter(|domain| scenario.silo_care.iter().any(|care| care.domain == *domain))
        .map(domain_index)
        .collect()
}
