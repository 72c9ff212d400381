//! How open payers are to work across their borders: worn by rounds that failed, widened in years
//! of transition.
//!
//! A partner whose money went into a project that ended with nothing to follow listens less for
//! years (metal fatigue, seed 002). When responsibilities move anyway, giving up a border costs
//! less: transitions are a catalyst (seed 002, ch. 5).

use crate::calendar::{Change, Shocks};
use crate::clock::Clock;
use crate::payer::{Payer, payers_in_order};
use crate::project::{Project, projects_in_order};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// Fatigue fades, and a transition opens what it opens.
pub fn settle(
    mut payers: Query<&mut Payer>,
    shocks: Res<Shocks>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let relief = relief(&shocks, clock.month);
    for mut payer in payers_in_order(&mut payers) {
        payer.fatigue *= 1.0 - settings.rates.fatigue_recovery / 12.0;
        let open = payer.base_openness + (1.0 - payer.base_openness) * relief;
        payer.openness = open * (1.0 - payer.fatigue);
    }
}

/// Who paid for a project that ends this month with nothing to follow is disappointed.
pub fn disappoint(
    mut payers: Query<&mut Payer>,
    mut projects: Query<&mut Project>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::Fatigue) {
        return;
    }
    let mut payers = payers_in_order(&mut payers);
    for project in projects_in_order(&mut projects) {
        if !failed(&project, clock.month) {
            continue;
        }
        let paid = |payer: u16| project.contracts.iter().any(|c| c.payer == payer);
        for payer in payers.iter_mut().filter(|payer| paid(payer.index)) {
            payer.fatigue += (1.0 - payer.fatigue) * settings.rates.fatigue_loss;
        }
    }
}

/// Ends with this month, with nothing to follow.
fn failed(project: &Project, month: u32) -> bool {
    project
        .ended
        .is_some_and(|(end, cause)| end == month + 1 && cause != "embedded")
}

/// Share of what closes payers that running transitions take away.
fn relief(shocks: &Shocks, month: u32) -> f64 {
    let closed = shocks.0.iter().map(|(at, change)| match change {
        Change::Transition { months, relief } if (*at..at + months).contains(&month) => {
            1.0 - relief
        }
        _ => 1.0,
    });
    1.0 - closed.product::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transition_opens_while_it_lasts() {
        let transition = Change::Transition {
            months: 12,
            relief: 0.5,
        };
        let shocks = Shocks(vec![(10, transition.clone()), (16, transition)]);
        let at = |month| relief(&shocks, month);
        assert!(at(9).abs() < 1e-12 && (at(10) - 0.5).abs() < 1e-12);
        assert!((at(20) - 0.75).abs() < 1e-12 && at(28).abs() < 1e-12);
    }

    #[test]
    fn only_an_end_with_nothing_to_follow_disappoints() {
        let mut project = crate::fixture::project();
        assert!(!failed(&project, 5));
        project.ended = Some((6, "no_successor"));
        assert!(failed(&project, 5) && !failed(&project, 6));
        project.ended = Some((6, "embedded"));
        assert!(!failed(&project, 5));
    }
}
