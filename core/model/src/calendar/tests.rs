use super::*;
use crate::capacity::Capacity;
use crate::care::CareCounts;
use crate::fixture::{payer, settings};
use crate::settings::{UseItem, domain_index};
use crate::workplaces::Workplaces;
use bevy_ecs::system::RunSystemOnce;
use zalm_scenario::Domain;

#[test]
fn what_places_of_work_save_goes_with_the_task() {
    let mut settings = settings(&[]);
    settings.rates.market_saves = 0.5;
    settings.use_items.push(UseItem {
        id: "benefit".to_owned(),
        domain: domain_index(Domain::Work),
        places: false,
        monthly: [0, 0, 0, 100, 100],
        hidden: [0; 5],
    });
    let mut counts = CareCounts::new(10);
    counts.use_counts[domain_index(Domain::Work)] = [0, 0, 0, 10, 0];
    let mut world = World::new();
    world.insert_resource(HazardTables::new(&settings, 1, 1));
    world.insert_resource(Capacity::new(&settings));
    world.insert_resource(Workplaces { filled: 4.0 });
    world.insert_resource(settings);
    world.insert_resource(counts);
    world.insert_resource(Bearers {
        use_items: vec![0],
        crises: Vec::new(),
        silo: [None; 8],
    });
    world.init_resource::<Log>();
    world.init_resource::<DemandGrowth>();
    let moves = Change::Decentralise {
        use_items: vec![0],
        crises: Vec::new(),
        domains: Vec::new(),
        from: 0,
        to: 1,
        discount: 0.25,
    };
    world.insert_resource(Shocks(vec![(0, moves)]));
    world.insert_resource(Clock::new("2010-01".parse().expect("a month")));
    for (index, expected_open) in [(0, 800), (1, 0)] {
        world.spawn(Payer {
            index,
            expected_open,
            ..payer()
        });
    }
    world.run_system_once(apply_shocks).expect("resources");
    let mut payers: Vec<_> = world.query::<&Payer>().iter(&world).collect();
    payers.sort_by_key(|payer| payer.index);
    let expected = payers.iter().map(|payer| payer.expected_open);
    assert_eq!(expected.collect::<Vec<_>>(), [0, 600]);
}

#[test]
fn a_giver_with_less_than_its_tasks_cost_hands_over_what_it_has_and_the_log_tells() {
    let settings = settings(&[]);
    let mut world = World::new();
    world.insert_resource(HazardTables::new(&settings, 1, 1));
    world.insert_resource(Capacity::new(&settings));
    world.init_resource::<Workplaces>();
    world.insert_resource(settings);
    world.insert_resource(CareCounts::new(0));
    let mut silo = [None; 8];
    silo[5] = Some(0);
    world.insert_resource(Bearers {
        use_items: Vec::new(),
        crises: Vec::new(),
        silo,
    });
    world.init_resource::<Log>();
    world.init_resource::<DemandGrowth>();
    let moves = Change::Decentralise {
        use_items: Vec::new(),
        crises: Vec::new(),
        domains: vec![5],
        from: 0,
        to: 1,
        discount: 0.5,
    };
    let cut = Change::Cut {
        payer: 0,
        share: 0.5,
    };
    world.insert_resource(Shocks(vec![(0, cut), (0, moves)]));
    world.insert_resource(Clock::new("2010-01".parse().expect("a month")));
    let mut silo = [0; 8];
    silo[5] = 800;
    for (index, budget, silo) in [(0, 1_000, silo), (1, 0, [0; 8])] {
        world.spawn(Payer {
            index,
            budget,
            silo,
            other: 0,
            free_room: 0.0,
            ..payer()
        });
    }
    world.run_system_once(apply_shocks).expect("resources");
    let mut payers: Vec<_> = world.query::<&Payer>().iter(&world).collect();
    payers.sort_by_key(|payer| payer.index);
    let budgets: Vec<i64> = payers.iter().map(|payer| payer.budget).collect();
    assert_eq!(budgets, [0, 250], "500 are left of 800");
    let less =
        |(_, what): &&(u32, Happening)| matches!(what, Happening::HandsOverLess { cents: 300, .. });
    assert_eq!(world.resource::<Log>().0.iter().filter(less).count(), 1);
}
