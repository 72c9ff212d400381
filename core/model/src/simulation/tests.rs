use super::*;
use crate::fixture::tiny;
use crate::ledger::{Account, Cause, Ledger};

#[test]
fn a_posting_that_overspends_a_closed_budget_ends_the_run_in_its_month_and_names_it() {
    let mut simulation = Simulation::new(&tiny(), 0);
    simulation.run_to(2, None).expect("the books hold");
    let mut ledger = simulation.world.resource_mut::<Ledger>();
    let all = 100_000_000_000_i64;
    ledger.post(Account::Closed(0), Account::Others, Cause::Area, all);
    let ended = simulation.run_to(12, None);
    let Err(RunError::Ledger { month: 2, message }) = ended else {
        panic!("{ended:?}")
    };
    assert!(message.contains("Closed(0) is overspent by"), "{message}");
    let paid = format!("{all} to Others for Area");
    assert!(message.contains(&paid), "{message}");
    assert_eq!(simulation.month(), 2, "nothing goes on after it");
}
