//! A payer, a project and settings for the tests of single mechanisms.

use crate::calendar::Randomness;
use crate::care::CareCounts;
use crate::clock::Clock;
use crate::flows::Flows;
use crate::hazards::HazardTables;
use crate::household::{HouseholdId, Households, Population};
use crate::incidence::CostTable;
use crate::instrument::Instrument;
use crate::ladder::Neighbourhood;
use crate::leaders::Leader;
use crate::payer::Payer;
use crate::population::nobody;
use crate::project::{Belief, Contract, Project, Relation};
use crate::settings::Settings;
use crate::strategy::Form;
use crate::streams::Streams;
use crate::works::Stock;
use bevy_ecs::prelude::*;
use bevy_ecs::system::RunSystemOnce;
use std::ops::Range;
use std::path::Path;
use zalm_scenario::{Ingredients, Mechanism, PayerKind, Rates, SPECS, Scenario};

/// The smallest scenario that ships: sixty households, one team, 36 months.
pub(crate) fn tiny() -> Scenario {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/tiny.ron");
    match zalm_scenario::read(Path::new(file), &[]) {
        Ok(checked) => checked.scenario,
        Err(problems) => panic!("{file}: {problems}"),
    }
}

/// Rates in the middle of what is allowed where the tests do not care, and settings around them.
pub(crate) fn settings(off: &[Mechanism]) -> Settings {
    let parameter = |spec: &zalm_scenario::ParameterSpec| zalm_scenario::Parameter {
        value: 1.0_f64.clamp(spec.min, spec.max),
        low: spec.min,
        high: spec.max,
        evidence: zalm_scenario::Evidence::Assumption,
        source: "test".to_owned(),
        distribution: zalm_scenario::Distribution::default(),
    };
    let rates: Rates = zalm_scenario::Parameters(SPECS.iter().map(parameter).collect()).rates();
    Settings::of(rates, off)
}

/// A neighbourhood of 1000 households, three in ten in the danger zone.
pub(crate) fn neighbourhood() -> Neighbourhood {
    Neighbourhood {
        index: 0,
        first_row: 0,
        households: 1000,
        vulnerable: 300,
        left: 0,
        rungs: [0.5, 0.0, 0.0, 0.0],
        image: 0.5,
        first_image: 0.5,
        stock: Stock::default(),
        named: false,
        stale: false,
    }
}

/// A municipal payer without taste for the new, half open.
pub(crate) fn payer() -> Payer {
    Payer {
        index: 0,
        key: 1,
        id: "payer".to_owned(),
        kind: PayerKind::Municipal,
        novelty: 0.0,
        openness: 0.5,
        base_openness: 0.5,
        fatigue: 0.0,
        mission: 0.0,
        open: true,
        budget: 10_000_000,
        free_room: 0.1,
        silo: [0; 8],
        short: [0; 8],
        other: 9_000_000,
        expected_open: 0,
        deficit: 0,
    }
}

/// A method of which every ingredient is whole, without a limit in time.
pub(crate) fn ingredients() -> Ingredients {
    Ingredients {
        one_plan: 1.0,
        generalist: 1.0,
        integral: 1.0,
        presence: 1.0,
        long_breath: 1.0,
        mandate: 1.0,
        own_strength: 1.0,
        reciprocity: 1.0,
        expert: 0.0,
        coercion: 0.0,
        longest: 0.0,
    }
}

/// A team of eight with one payer that believes in a benefit of two million cents a month.
pub(crate) fn project() -> Project {
    let belief = Belief {
        mean: 2e6,
        precision: 1e-12,
    };
    let relation = Relation {
        ties: [0.5; 4],
        belief,
        refused: None,
        grants: 0,
        saves: 0,
        employs: 0,
    };
    Project {
        index: 0,
        key: 2,
        id: "team".to_owned(),
        name: 2,
        newcomer: false,
        people_of: None,
        idea: None,
        start: 0,
        form: Form::Temporary,
        plan: None,
        running_until: 0,
        first_workers: 8,
        full_workers: 8,
        workers: 8,
        affordable: 8,
        volunteers: 0,
        knowledge: 0.5,
        trained: 4.0,
        vision: 0.9,
        fidelity: 0.9,
        written: ingredients(),
        outreach: 0.3,
        network: 0.5,
        measurement: 1,
        measuring: 0.0,
        economic: 0.1,
        sales: 0,
        leader: Some(Leader {
            drive: 0.7,
            skill: 0.7,
            business: 0.3,
            energy: 1.0,
        }),
        core_group: 2.0,
        reporting: 0.0,
        bridged: 0,
        wrong_pocket: 0.0,
        claiming: 0.0,
        method_time: 0.5,
        context: 0.5,
        relations: vec![relation],
        contracts: Vec::new(),
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
    }
}

/// A promise of the payer of these fixtures: so many cents in each of these months.
pub(crate) fn contract(cents: i64, months: Range<u32>, instrument: Instrument) -> Contract {
    Contract {
        payer: 0,
        cents,
        start: months.start,
        end: months.end,
        instrument,
        programme: false,
        signed: cents,
        base: 0,
        closes: false,
    }
}

/// One neighbourhood of so many households without a problem or help, at month 0.
pub(crate) fn town(households: u32, settings: &Settings) -> World {
    let mut world = World::new();
    world.insert_resource(settings.clone());
    world.insert_resource(Clock::new("2010-01".parse().expect("a month")));
    world.insert_resource(Randomness(Streams::new(1, 0)));
    world.insert_resource(HazardTables::new(settings, 2, 1));
    world.insert_resource(CareCounts::new(households as usize));
    world.insert_resource(Flows::new(0, CostTable::default()));
    world.spawn(neighbourhood());
    world.spawn_batch(
        (0..households)
            .map(|id| nobody(HouseholdId(id)))
            .collect::<Vec<_>>(),
    );
    world
}

/// Changes households of a [`town`], or looks at them.
pub(crate) fn households<T: 'static>(
    world: &mut World,
    mut look: impl FnMut(&mut Population<'_>) -> T + Send + Sync + 'static,
) -> T {
    let system = move |mut households: Households| look(&mut households.population());
    world
        .run_system_once(system)
        .expect("the town has all of them")
}
