//! The wrong pocket: who pays for a project, and who gains by it.
//!
//! "Benefits fall with other parties than costs" (seed 002, 5.4.1). Nothing decides by this; it is
//! measured only.

use crate::payer::Payer;
use crate::project::Project;
use zalm_scenario::PayerKind;

/// The hand that each payer is: the departments of the municipality are one, every other payer is
/// its own.
pub fn hands<'a>(payers: impl IntoIterator<Item = &'a Payer>) -> Vec<usize> {
    let hand = |(place, payer): (usize, &Payer)| match payer.kind {
        PayerKind::Municipal => 0,
        _ => place + 1,
    };
    payers.into_iter().enumerate().map(hand).collect()
}

/// Part of a project's benefits that falls to hands that pay for another part of its cost, in a
/// month: 0 where each hand pays as it gains, 1 where those who gain pay nothing. 0 too while
/// nobody pays or nobody gains.
pub fn wrong_pocket(project: &Project, hands: &[usize], month: u32) -> f64 {
    let mut pays = vec![0_i64; hands.len() + 1];
    let mut gains = vec![0_i64; hands.len() + 1];
    for contract in project.contracts.iter().filter(|one| one.active(month)) {
        pays[hands[contract.payer as usize]] += contract.cents;
    }
    for (relation, &hand) in project.relations.iter().zip(hands) {
        gains[hand] += relation.saves.max(0);
    }
    let (paid, gained) = (pays.iter().sum::<i64>(), gains.iter().sum::<i64>());
    if paid <= 0 || gained <= 0 {
        return 0.0;
    }
    let apart = |(pays, gains): (&i64, &i64)| {
        (*pays as f64 / paid as f64 - *gains as f64 / gained as f64).abs()
    };
    pays.iter().zip(&gains).map(apart).sum::<f64>() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{contract, project};
    use crate::instrument::Instrument;
    use crate::project::{Contract, Relation};

    fn paid_and_saved(pays: [i64; 3], saves: [i64; 3]) -> f64 {
        let mut project = project();
        let relation = project.relations[0].clone();
        project.relations = saves
            .iter()
            .map(|&saves| Relation {
                saves,
                ..relation.clone()
            })
            .collect();
        let paid = |(payer, &cents): (usize, &i64)| Contract {
            payer: payer as u16,
            ..contract(cents, 0..12, Instrument::TemporaryGrant)
        };
        project.contracts = pays.iter().enumerate().map(paid).collect();
        // The first two are departments of one municipality.
        wrong_pocket(&project, &[0, 0, 3], 6)
    }

    #[test]
    fn one_hand_that_pays_and_gains_is_the_right_pocket() {
        assert!(paid_and_saved([100, 0, 0], [0, 50, 0]) < 1e-12);
        assert!((paid_and_saved([100, 0, 0], [0, 0, 50]) - 1.0).abs() < 1e-12);
        assert!((paid_and_saved([50, 0, 50], [0, 0, 50]) - 0.5).abs() < 1e-12);
        assert!(paid_and_saved([0, 0, 0], [0, 0, 50]) < 1e-12);
    }
}
