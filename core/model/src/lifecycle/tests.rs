use super::*;
use crate::fixture::{contract, project};
use crate::project::STANDING;

fn on_temporary_money(plan: Option<Form>, after: Option<(i64, Instrument)>) -> Project {
    let mut project = project();
    project.plan = plan;
    project.running_until = 48;
    project.contracts = vec![contract(100, 0..48, Instrument::TemporaryGrant)];
    if let Some((cents, instrument)) = after {
        project
            .contracts
            .push(contract(cents, 48..STANDING, instrument));
    }
    project
}

#[test]
fn without_a_successor_money_ends_and_the_team_with_it() {
    let project = on_temporary_money(None, None);
    assert_eq!(outcome(&project, 47, 40), None);
    assert_eq!(outcome(&project, 48, 40), Some(Form::Ended));
}

#[test]
fn the_plan_takes_over_only_with_enough_money() {
    let plan = Some(Form::Stakeholder);
    let enough = on_temporary_money(plan, Some((40, Instrument::StandingContribution)));
    let little = on_temporary_money(plan, Some((39, Instrument::StandingContribution)));
    assert_eq!(outcome(&enough, 48, 40), Some(Form::Stakeholder));
    assert_eq!(outcome(&little, 48, 40), Some(Form::Ended));
}

#[test]
fn a_little_embedding_evaporates() {
    let plan = Some(Form::Embedded);
    let enough = on_temporary_money(plan, Some((40, Instrument::StructuralSubsidy)));
    let little = on_temporary_money(plan, Some((39, Instrument::StructuralSubsidy)));
    assert_eq!(outcome(&enough, 48, 40), Some(Form::Embedded));
    assert_eq!(outcome(&little, 48, 40), Some(Form::Ended));
    assert_eq!(cause_of_end(&little, Form::Ended, 48), "evaporated");
}

#[test]
fn a_bridge_does_not_keep_an_enterprise_from_starting() {
    let plan = Some(Form::Enterprise);
    let mut project = on_temporary_money(plan, Some((40, Instrument::TemporaryGrant)));
    project.sales = 1;
    assert_eq!(outcome(&project, 48, 40), Some(Form::Enterprise));
}

#[test]
fn a_team_without_workers_ends() {
    let mut project = on_temporary_money(None, None);
    project.workers = 0;
    assert_eq!(outcome(&project, 10, 40), Some(Form::Ended));
}

#[test]
fn a_shared_team_unravels_when_contributions_fall_away() {
    let mut project = on_temporary_money(None, Some((40, Instrument::StandingContribution)));
    project.form = Form::Stakeholder;
    assert_eq!(outcome(&project, 60, 40), None);
    project.contracts[1].end = 60;
    assert_eq!(outcome(&project, 60, 40), Some(Form::Ended));
}

#[test]
fn sales_carry_an_enterprise_and_nothing_else() {
    let mut project = on_temporary_money(Some(Form::Enterprise), None);
    project.sales = 50;
    assert_eq!(outcome(&project, 48, 40), Some(Form::Enterprise));
    project.plan = Some(Form::Stakeholder);
    assert_eq!(outcome(&project, 48, 40), Some(Form::Ended));
}
