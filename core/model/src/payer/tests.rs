use super::*;
use crate::fixture;

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
