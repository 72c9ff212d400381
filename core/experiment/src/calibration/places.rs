//! Quiet worlds: a place with silo care, without shocks and strategies, and without projects or with
//! those of the scenario on money that does not end.

use zalm_scenario::{Free, Per, QuietWorld, Scenario};

/// The scenario's numbers in a place where nothing happens but life and help, measured from month 0.
pub(super) fn quiet_world(scenario: &Scenario, world: &QuietWorld, months: u32) -> Scenario {
    let mut quiet = scenario.clone();
    quiet.place = world.place.clone();
    if world.team {
        for grant in quiet.projects.iter_mut().flat_map(|one| &mut one.grants) {
            grant.months = 2 * months;
        }
    } else {
        quiet.projects.clear();
    }
    quiet.shocks.clear();
    quiet.area_investments.clear();
    quiet.months = months;
    quiet.policy_date = quiet.start;
    quiet.series_every = months;
    for care in &mut quiet.silo_care {
        care.places.value *= world.care.value;
    }
    quiet
}

/// What a number of a place is divided by, count.
pub(super) fn per(scenario: &Scenario, per: Per) -> f64 {
    let sum = |share: &dyn Fn(&zalm_scenario::Neighbourhood) -> f64| {
        let one = |n: &zalm_scenario::Neighbourhood| n.households.value * share(n);
        scenario.place.neighbourhoods.iter().map(one).sum()
    };
    match per {
        Per::One => 1.0,
        Per::Households => sum(&|_| 1.0),
        Per::HouseholdsWithChildren => sum(&|n| n.with_children.value),
        Per::CorporationDwellings => sum(&|n| n.corporation_rent.value),
    }
}

/// A free number in a scenario: value, low and high; `None` when the scenario does not have it.
pub(super) fn range(scenario: &Scenario, free: &Free) -> Option<[f64; 3]> {
    match free {
        Free::Parameter { name } => {
            let found = scenario.parameters.get(name)?;
            Some([found.value, found.low, found.high])
        }
        Free::CrisisWeight { crisis, low, high } => {
            let found = scenario.crises.iter().find(|one| one.id == *crisis)?;
            Some([found.weight.value, *low, *high])
        }
    }
}

/// Sets a free number.
pub(super) fn set(scenario: &mut Scenario, free: &Free, value: f64) {
    let found = match free {
        Free::Parameter { name } => {
            let parameter = scenario.parameters.get_mut(name);
            parameter.map(|one| &mut one.value)
        }
        Free::CrisisWeight { crisis, .. } => {
            let crisis = scenario.crises.iter_mut().find(|one| one.id == *crisis);
            crisis.map(|one| &mut one.weight.value)
        }
    };
    if let Some(found) = found {
        *found = value;
    }
}
