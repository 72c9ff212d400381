//! Measure phase: the audit of the books, and the values of the metrics.

use crate::calendar::Municipality;
use crate::clock::Clock;
use crate::flows::Flows;
use crate::household::Households;
use crate::incidence::CostTable;
use crate::ladder::Neighbourhood;
use crate::ledger::{Account, Cause, Ledger};
use crate::metrics::{Observed, People};
use crate::project::{Project, projects_in_order};
use crate::record::Recorder;
use crate::settings::Settings;
use bevy_ecs::prelude::*;

/// Takes the month's values, audits the books and starts the next month's.
pub fn measure(
    mut households: Households,
    mut projects: Query<&mut Project>,
    mut flows: ResMut<Flows>,
    mut ledger: ResMut<Ledger>,
    mut recorder: ResMut<Recorder>,
    municipality: Res<Municipality>,
    neighbourhoods: Query<&Neighbourhood>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if let Err(problem) = ledger.audit() {
        recorder.problem.get_or_insert(problem);
    }
    if let Err(problem) = audit_costs(&flows.costs, &ledger) {
        recorder.problem.get_or_insert(problem);
    }
    let payers = 0..flows.costs.payers() as u16;
    let given: Vec<i64> = payers.map(|payer| given(&ledger, &flows, payer)).collect();
    for (payer, &cents) in (0..).zip(&given) {
        flows.costs.add_team(payer, cents);
    }
    if clock.month >= settings.policy_month {
        let projects = projects_in_order(&mut projects);
        let month = Observed {
            people: People::count(&households.population()),
            projects: &projects
                .iter()
                .map(|project| &**project)
                .collect::<Vec<_>>(),
            neighbourhoods: &neighbourhoods.iter().collect::<Vec<_>>(),
            municipality: &municipality,
            flows: &flows,
            ledger: &ledger,
            given: &given,
            settings: &settings,
            month: clock.month,
        };
        let values = settings.metrics.iter().map(|metric| metric.value(&month));
        let values = values.collect();
        let alive = month.alive() > 0.0;
        recorder.take(values, alive, clock.month, settings.policy_month);
        recorder.bear(&flows.costs, clock.month - settings.policy_month);
    }
    ledger.next_month();
    flows.next_month();
}

/// What each payer bears by item, teams aside, is what its accounts paid out.
fn audit_costs(costs: &CostTable, ledger: &Ledger) -> Result<(), String> {
    for payer in 0..costs.payers() {
        let (open, closed) = (Account::Open(payer as u16), Account::Closed(payer as u16));
        let paid = ledger.month_sum(|from, to, cause| {
            (from == open && to == Account::Households)
                || (from == closed && cause == Cause::SiloCare)
        });
        let borne = costs.payer(payer);
        if paid != borne {
            return Err(format!(
                "payer {payer} paid {paid} cents, its items make {borne}"
            ));
        }
    }
    Ok(())
}

/// What a payer gives to teams this month: money, workers and hours; what is lent costs what does
/// not come back.
fn given(ledger: &Ledger, flows: &Flows, payer: u16) -> i64 {
    let given = ledger.month_sum(|from, to, cause| {
        from == Account::Closed(payer)
            && match cause {
                Cause::Lent | Cause::SiloCare => false,
                Cause::Secondment | Cause::InKind => true,
                _ => matches!(to, Account::Project(_)),
            }
    });
    given + flows.defaults[payer as usize]
}
