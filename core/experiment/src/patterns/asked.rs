//! What a world must have for a pattern to be asked of it.

use super::arm::{Words, words};
use zalm_scenario::{Payer, PayerKind, Scenario, Shock};

/// At least one project.
pub(super) fn project(world: &Scenario) -> Result<(), Words> {
    if world.projects.is_empty() {
        return Err(words("er is geen project", "there is no project"));
    }
    Ok(())
}

/// A payer of this kind; the first.
pub(super) fn payer(world: &Scenario, kind: PayerKind) -> Result<&Payer, Words> {
    let found = world.payers.iter().find(|payer| payer.kind == kind);
    found.ok_or(match kind {
        PayerKind::Municipal => words("er is geen gemeentelijke dienst", "there is no department"),
        PayerKind::State => words("het Rijk betaalt niet mee", "the State is no payer"),
        PayerKind::Insurer => words("er is geen zorgverzekeraar", "there is no health insurer"),
        PayerKind::Corporation => words("er is geen woningcorporatie", "there is no corporation"),
        PayerKind::Fund => words("er is geen fonds", "there is no fund"),
        PayerKind::Market => words("er zijn geen klanten", "there are no customers"),
    })
}

/// The moves of tasks that one of its stressors has.
pub(super) fn decentralisation(world: &Scenario) -> Result<Vec<Shock>, Words> {
    let moves = |shock: &&Shock| matches!(shock, Shock::Decentralise { .. });
    let found = world.stressors.iter().map(|stressor| {
        let shocks = stressor.shocks.iter().filter(moves);
        shocks.cloned().collect::<Vec<_>>()
    });
    found
        .max_by_key(Vec::len)
        .filter(|moves| !moves.is_empty())
        .ok_or(words(
            "geen stressscenario verplaatst taken",
            "no stressor moves tasks",
        ))
}
