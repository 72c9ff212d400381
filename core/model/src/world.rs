//! Building a world from a checked scenario: always the same entities in the same order.

mod resolve;

use crate::calendar::{DemandGrowth, Municipality, Randomness, Shocks};
use crate::capacity::Capacity;
use crate::care::CareCounts;
use crate::clock::Clock;
use crate::flows::Flows;
use crate::founding::NOT_YET;
use crate::hands::Lent;
use crate::happening::Log;
use crate::hazards::{HazardTables, Stale};
use crate::incidence::CostTable;
use crate::instrument::Instrument;
use crate::keeping::Kept;
use crate::knowledge::Archive;
use crate::ladder::Neighbourhood;
use crate::leaders::Leader;
use crate::ledger::Ledger;
use crate::month::{Moment, START};
use crate::moving::Seekers;
use crate::newcomers::Newcomers;
use crate::payer::{Bearers, Payer};
use crate::population::settle;
use crate::project::{Belief, Contract, Project, Relation};
use crate::record::Recorder;
use crate::settings::{Settings, cents, domain_index};
use crate::settling::settle_down;
use crate::strategy::Form;
use crate::streams::{Streams, hash64};
use crate::workplaces::Workplaces;
use crate::works::{Investment, Investments};
use bevy_ecs::prelude::*;
pub(crate) use resolve::resolve;
use resolve::{month_index, payer_index};
use std::sync::Arc;
use zalm_scenario::{AreaInvestment, Measurement, Mechanism, Scenario};

/// A world at month 0 of a replication; tells of each step on the way there.
pub(crate) fn build(
    scenario: &Scenario,
    replication: u32,
    hands: Lent,
    mut tell: Option<&mut (dyn FnMut(Moment) + '_)>,
) -> World {
    let settings = Settings::new(scenario);
    let streams = Streams::new(scenario.seed, replication);
    let mut world = World::new();
    world.insert_resource(Clock::new(scenario.start));
    world.insert_resource(Randomness(streams));
    let newcomers = newcomers(scenario, &settings);
    let teams = scenario.projects.len() + newcomers.len();
    world.insert_resource(HazardTables::new(
        &settings,
        teams,
        scenario.place.neighbourhoods.len(),
    ));
    world.insert_resource(Archive::default());
    world.insert_resource(Kept::default());
    world.insert_resource(Stale(true));
    world.insert_resource(CareCounts::new(settings.households as usize));
    world.insert_resource(Capacity::new(&settings));
    world.insert_resource(Workplaces::default());
    world.insert_resource(Ledger::new(scenario.payers.len(), teams));
    world.insert_resource(Log::default());
    world.insert_resource(DemandGrowth::default());
    world.insert_resource(Flows::new(scenario.crises.len(), CostTable::new(scenario)));
    world.insert_resource(bearers(scenario));
    world.insert_resource(municipality(scenario));
    world.insert_resource(Shocks(resolve(scenario, &scenario.shocks)));
    world.insert_resource(Recorder {
        every: scenario.series_every.max(1),
        final_month: scenario.months.saturating_sub(1),
        ..Recorder::default()
    });
    world.insert_resource(Seekers::default());
    world.insert_resource(Newcomers::default());
    let households = settle(&settings, &streams, &hands);
    world.insert_resource(hands);
    let places = Neighbourhood::settled(&settings, households.iter().map(|columns| columns.2));
    for (mut place, given) in places.into_iter().zip(&scenario.place.neighbourhoods) {
        let mut investments = scenario.area_investments.iter();
        place.named = investments.any(|one| one.neighbourhoods.contains(&given.code));
        world.spawn(place);
    }
    world.spawn_batch(households);
    world.insert_resource(investments(scenario));
    for (index, payer) in scenario.payers.iter().enumerate() {
        world.spawn(new_payer(index as u16, payer, scenario, &settings));
    }
    world.insert_resource(settings.clone());
    crate::population::count(&mut world);
    if let Some(tell) = tell.as_deref_mut() {
        tell(Moment {
            step: &START,
            month: None,
        });
    }
    settle_down(&mut world, streams.before(), tell);
    for (index, project) in scenario.projects.iter().enumerate() {
        world.spawn(new_project(index as u16, project, scenario, &settings));
    }
    for newcomer in newcomers {
        world.spawn(newcomer);
    }
    world
}

/// Stable key of a payer's or project's draws: by its id, so that another one moves none.
fn key(id: &str) -> u64 {
    hash64(0, 0, id)
}

fn bearers(scenario: &Scenario) -> Bearers {
    let payer = |id: &String| payer_index(scenario, id);
    let mut silo = [None; 8];
    for care in &scenario.silo_care {
        silo[domain_index(care.domain)] = Some(payer(&care.payer));
    }
    Bearers {
        use_items: scenario
            .use_costs
            .iter()
            .map(|item| payer(&item.payer))
            .collect(),
        crises: scenario
            .crises
            .iter()
            .map(|crisis| crisis.costs.iter().map(|(id, _)| payer(id)).collect())
            .collect(),
        silo,
    }
}

fn investments(scenario: &Scenario) -> Investments {
    let places = &scenario.place.neighbourhoods;
    let one = |investment: &AreaInvestment| {
        let start = month_index(scenario, investment.start);
        let named = |place: usize| {
            let names = &investment.neighbourhoods;
            names.is_empty() || names.contains(&places[place].code)
        };
        let homes: Vec<u16> = (0..places.len())
            .filter(|&place| named(place))
            .map(|place| place as u16)
            .collect();
        Investment {
            work: investment.work,
            payer: payer_index(scenario, &investment.payer),
            cents: cents(investment.per_year.value / 12.0),
            households: homes
                .iter()
                .map(|&place| places[place as usize].households.value as i64)
                .sum(),
            homes,
            start,
            end: start + investment.months,
        }
    };
    let list = scenario.area_investments.iter().map(one).collect();
    Investments::new(list, places.len())
}

fn municipality(scenario: &Scenario) -> Municipality {
    let settings = &scenario.municipality;
    // Switched off, the municipality directs nothing, whoever is alderman.
    let directs = !scenario.switched_off.contains(&Mechanism::Direction);
    let directs = f64::from(u8::from(directs));
    let direction = settings.direction.value * directs;
    Municipality {
        base_direction: direction,
        alderman_spread: settings.alderman_spread.value * directs,
        direction,
        elections: settings
            .elections
            .iter()
            .filter(|month| month.since(scenario.start) >= 0)
            .map(|&month| month_index(scenario, month))
            .collect(),
    }
}

fn new_payer(
    index: u16,
    payer: &zalm_scenario::Payer,
    scenario: &Scenario,
    settings: &Settings,
) -> Payer {
    let households = f64::from(settings.households);
    let budget = cents(payer.budget.value * households / 12.0);
    let mut silo = [0; 8];
    for care in scenario
        .silo_care
        .iter()
        .filter(|care| care.payer == payer.id)
    {
        let places = care.places.value * households / 1000.0;
        let domain = domain_index(care.domain);
        silo[domain] = (places * settings.place_cost[domain] as f64) as i64;
    }
    let promised = (budget as f64 * (1.0 - payer.free_room.value)) as i64;
    Payer {
        index,
        key: key(&payer.id),
        id: payer.id.clone(),
        kind: payer.kind,
        novelty: payer.novelty_taste.value,
        openness: payer.openness.value,
        base_openness: payer.openness.value,
        fatigue: 0.0,
        mission: payer.mission.value,
        open: true,
        budget,
        free_room: payer.free_room.value,
        silo,
        short: [0; 8],
        other: (promised - silo.iter().sum::<i64>()).max(0),
        expected_open: 0,
        deficit: 0,
    }
}

fn new_project(
    index: u16,
    project: &zalm_scenario::Project,
    scenario: &Scenario,
    settings: &Settings,
) -> Project {
    let workers = (project.workers.value.round() as u32).max(1);
    let cost = settings.worker_cost * i64::from(workers);
    let start = month_index(scenario, project.start);
    let rates = &settings.rates;
    let even = cost as f64 / scenario.payers.len() as f64;
    let prior_sd = rates.evidence_prior_sd * even;
    let belief = Belief {
        mean: rates.evidence_prior * even,
        precision: 1.0 / (prior_sd * prior_sd),
    };
    let mut relations: Vec<Relation> = scenario
        .payers
        .iter()
        .map(|payer| Relation {
            ties: project.ties.get(&payer.id).copied().unwrap_or([0.0; 4]),
            belief,
            refused: None,
            grants: 0,
            saves: 0,
            employs: 0,
        })
        .collect();
    let mut contracts = Vec::new();
    for grant in &project.grants {
        let payer = payer_index(scenario, &grant.payer);
        relations[payer as usize].grants += 1;
        contracts.push(Contract {
            payer,
            cents: (cost as f64 * grant.share.value).round() as i64,
            start,
            end: start + grant.months,
            instrument: Instrument::TemporaryGrant,
            programme: true,
            signed: (cost as f64 * grant.share.value).round() as i64,
            base: 0,
            closes: false,
        });
    }
    let mut project = Project {
        index,
        key: key(&project.id),
        id: project.id.clone(),
        name: key(&project.id),
        newcomer: false,
        people_of: None,
        idea: None,
        start,
        form: Form::Temporary,
        plan: None,
        running_until: start,
        first_workers: workers,
        full_workers: workers,
        workers,
        affordable: workers,
        volunteers: 0,
        knowledge: 0.0,
        trained: 0.0,
        vision: project.fidelity.value,
        fidelity: project.fidelity.value,
        written: scenario.method.with(&project.method),
        outreach: project.outreach.value,
        network: project.network.value,
        measurement: match project.measurement {
            Measurement::InOut => 0,
            Measurement::Baseline => 1,
            Measurement::Outcome => 2,
            Measurement::CostBenefit => 3,
        },
        measuring: 0.0,
        economic: project.economic.value,
        sales: 0,
        leader: Some(Leader {
            drive: project.drive.value,
            skill: project.skill.value,
            business: rates.leader_business,
            energy: 1.0,
        }),
        core_group: if settings.on(Mechanism::CoreGroup) {
            rates.coalition_core_group.min(rates.coalition_size)
        } else {
            0.0
        },
        reporting: 0.0,
        bridged: 0,
        wrong_pocket: 0.0,
        claiming: 0.0,
        method_time: 1.0 - rates.leader_network_time,
        context: 0.0,
        relations,
        contracts,
        claims: Vec::new(),
        debts: Vec::new(),
        helpers: 0.0,
        spend: Vec::new(),
        new_claims: 0.0,
        benefit: 0,
        households: 0,
        vulnerable: 1.0,
        helped: 0,
        ended: None,
    };
    // The running money ends where the first of it does.
    project.running_until = project.carried_until(start, project.income(start));
    project
}

/// Projects that could be founded: ideas with the vision of the scenario's first project, of new
/// people, and of the people of each project once it has ended.
fn newcomers(scenario: &Scenario, settings: &Settings) -> Vec<Project> {
    let Some(first) = scenario.projects.first() else {
        return Vec::new();
    };
    let new = settings.rates.founding_leaders as usize;
    let new = (0..new).map(|number| (format!("newcomer-{}", number + 1), None));
    let again = scenario.projects.iter().enumerate();
    let again = again.map(|(index, project)| (format!("{}-again", project.id), Some(index as u16)));
    new.chain(again)
        .zip(scenario.projects.len()..)
        .map(|((id, people_of), index)| {
            let mut idea = first.clone();
            idea.id = id;
            idea.workers.value *= settings.rates.founding_size;
            idea.grants.clear();
            idea.ties.clear();
            idea.measurement = Measurement::InOut;
            let mut project = new_project(index as u16, &idea, scenario, settings);
            project.newcomer = true;
            project.people_of = people_of;
            project.start = NOT_YET;
            project.workers = 0;
            project.affordable = 0;
            project.running_until = 0;
            project.idea = Some(Arc::new(project.clone()));
            project
        })
        .collect()
}
