use super::*;
use crate::fixture;
use crate::instrument::Instrument;
use bevy_ecs::system::RunSystemOnce;

fn payer() -> Payer {
    Payer {
        budget: 1000,
        silo: [301, 0, 0, 99, 0, 0, 0, 0],
        other: 500,
        ..fixture::payer()
    }
}

#[test]
fn obligations_shrink_by_the_exact_cent() {
    for cut in 0..=900 {
        let mut payer = payer();
        payer.shrink_obligations(cut);
        assert_eq!(payer.obligations(), 900 - cut);
        assert!(payer.silo.iter().all(|&cents| cents >= 0) && payer.other >= 0);
    }
}

#[test]
fn what_cuts_took_is_bought_again_when_there_is_money() {
    let mut payer = payer();
    payer.shrink_obligations(450);
    let short: i64 = payer.short.iter().sum();
    assert_eq!(short, 400 - payer.silo.iter().sum::<i64>());
    payer.restore(short + 1_000);
    assert_eq!(payer.silo, [301, 0, 0, 99, 0, 0, 0, 0]);
    assert_eq!(payer.short, [0; 8]);
}

#[test]
fn more_than_all_leaves_nothing() {
    let mut payer = payer();
    payer.shrink_obligations(5000);
    assert_eq!(payer.obligations(), 0);
}

#[test]
fn what_was_given_at_once_is_promised_no_more_and_not_taken_back() {
    let given = |instrument| fixture::contract(100, 3..15, instrument);
    let mut world = World::new();
    let mut team = fixture::project();
    team.contracts = vec![given(Instrument::TemporaryGrant), given(Instrument::Gift)];
    world.spawn(team);
    let ends = move |mut projects: Query<&mut Project>| {
        let mut projects = projects_in_order(&mut projects);
        assert_eq!(promised(&projects, 0, |c| c.draws(3)), 200);
        assert_eq!(promised(&projects, 0, |c| c.draws(5)), 100);
        let mut clock = Clock::new("2010-01".parse().expect("a month"));
        clock.set(5);
        break_contracts(&payer(), 150, &mut projects, &mut Log::default(), &clock);
        let contracts = projects[0].contracts.iter();
        contracts.map(|contract| contract.end).collect::<Vec<_>>()
    };
    assert_eq!(world.run_system_once(ends).expect("projects"), [5, 15]);
}
