//! Founding: the carousel turns. Where need stays unmet, people found projects of their own.
//!
//! Nothing says that a project follows one that ended: a founder who sees need asks the payers of
//! temporary money, and they decide by their one rule, which likes what is new. Founders are new
//! people, and the leaders of projects that ended, who know whom to ask. A new project has
//! mostly another name, so it finds little of what an ended one knew (see [`crate::knowledge`]); it has the
//! vision of the first and no trust of households, and no ties but those that its founder brings.

use crate::calendar::Randomness;
use crate::care::CareCounts;
use crate::clock::Clock;
use crate::flows::Flows;
use crate::happening::{Log, Turn};
use crate::instrument::Instrument;
use crate::knowledge::{Archive, christen, first_day, names, proven};
use crate::leaders::Leader;
use crate::organisations::viable;
use crate::payer::{Payer, payers_in_order};
use crate::project::{Claim, Project, projects_in_order};
use crate::settings::Settings;
use crate::strategy::Form;
use bevy_ecs::prelude::*;
use zalm_scenario::{Mechanism, PayerKind};

/// Start of a project that has not started.
pub const NOT_YET: u32 = u32::MAX;

/// Founders look for need and money; with enough money promised a new project starts.
pub fn found(
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    mut flows: ResMut<Flows>,
    mut log: ResMut<Log>,
    archive: Res<Archive>,
    counts: Res<CareCounts>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::Founding) {
        return;
    }
    let rates = &settings.rates;
    let unmet = counts.multi.len().saturating_sub(counts.team.len()) as f64;
    // Who sees more need gets going sooner.
    let need = unmet / (rates.founding_need * f64::from(settings.households)).max(1.0);
    let payers = payers_in_order(&mut payers);
    let pots = pots(&payers, &settings);
    let decides = streams.named("founding.decides");
    let mut projects = projects_in_order(&mut projects);
    let known = names(&projects, &archive, clock.month);
    let proven = proven(&projects, &archive, clock.month);
    let free: Vec<Option<Free>> = projects.iter().map(|project| Free::of(project)).collect();
    for project in &mut projects {
        if !project.newcomer {
            continue;
        }
        // Not in the month of its end, in which others still learn from it.
        if project.ended.is_some_and(|(end, _)| end <= clock.month) {
            project.rest();
        }
        if project.start != NOT_YET {
            continue;
        }
        let again = project.people_of.map(|other| &free[usize::from(other)]);
        if again.is_some_and(Option::is_none) {
            continue;
        }
        let again = again.and_then(Option::as_ref);
        let least = viable(project, &settings).max(1);
        if project.income(clock.month + 1) >= least {
            let founder = again.map_or_else(
                || Leader::found(rates, &streams, project.key, clock.month),
                |free| free.leader,
            );
            start(project, founder, &archive, &settings, &clock);
            flows.founded += 1;
            let twin = settings.on(Mechanism::Knowledge)
                && !known.is_empty()
                && !known.contains(&project.name);
            flows.renamed += u32::from(twin);
            log.turn(&clock, project, Turn::Starts { renamed: twin });
        } else if project.claims.is_empty() {
            project.contracts.clear();
            let chance = (rates.founding_rate * need / 12.0).min(1.0);
            if decides.chance(chance, project.key, clock.month, 0) {
                let asked: Vec<&Payer> = pots.iter().map(|&pot| &*payers[pot as usize]).collect();
                christen(
                    project,
                    proven.as_ref(),
                    &asked,
                    &streams,
                    &settings,
                    &clock,
                );
                if let Some(free) = again {
                    for (relation, ties) in project.relations.iter_mut().zip(&free.ties) {
                        relation.ties = *ties;
                    }
                }
                ask(project, &pots, &settings, &clock);
            }
        }
    }
}

fn gives_temporary_money(kind: PayerKind) -> bool {
    matches!(
        kind,
        PayerKind::Fund | PayerKind::State | PayerKind::Municipal
    )
}

/// The payers of temporary money that like new things most, where that counts; equals in the order
/// of the scenario.
fn pots(payers: &[Mut<Payer>], settings: &Settings) -> Vec<u16> {
    let mut pots: Vec<&Mut<Payer>> = payers
        .iter()
        .filter(|payer| payer.open && gives_temporary_money(payer.kind))
        .collect();
    if settings.on(Mechanism::Novelty) {
        pots.sort_by(|a, b| b.novelty.total_cmp(&a.novelty));
    }
    pots.into_iter()
        .take(settings.rates.founding_pots as usize)
        .map(|payer| payer.index)
        .collect()
}

/// Asks each pot for a part of the cost.
fn ask(project: &mut Project, pots: &[u16], settings: &Settings, clock: &Clock) {
    let part = (project.cost(settings.worker_cost) as f64 * settings.rates.founding_ask) as i64;
    for &payer in pots.iter().filter(|_| part > 0) {
        project.claims.push(Claim {
            payer,
            cents: part,
            months: settings.rates.founding_months as u32,
            instrument: Instrument::TemporaryGrant,
            closes: false,
            made: clock.month,
        });
    }
}

/// A leader whose project ended, and whom that leader knows.
struct Free {
    leader: Leader,
    ties: Vec<[f64; 4]>,
}

impl Free {
    fn of(project: &Project) -> Option<Self> {
        let ended = !project.newcomer && project.form == Form::Ended;
        let leader = project.leader.filter(|_| ended)?;
        let ties = project.relations.iter().map(|relation| relation.ties);
        Some(Self {
            leader,
            ties: ties.collect(),
        })
    }
}

/// A new project: its founder, the first one's vision, a little of what is on paper.
fn start(
    project: &mut Project,
    founder: Leader,
    archive: &Archive,
    settings: &Settings,
    clock: &Clock,
) {
    project.leader = Some(founder);
    project.core_group = 0.0;
    project.start = clock.month + 1;
    project.workers = project.full_workers;
    project.affordable = project.full_workers;
    project.knowledge = first_day(project, archive, settings);
    project.claims.clear();
    let next = clock.month + 1;
    project.running_until = project.carried_until(next, project.income(next));
}

impl Project {
    /// Back to the idea that it was: what was built is gone, the name is not used again.
    fn rest(&mut self) {
        if let Some(idea) = self.idea.clone() {
            self.clone_from(&idea);
            self.idea = Some(idea);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{payer, project, settings};
    use bevy_ecs::system::RunSystemOnce;
    use std::sync::Arc;

    #[test]
    fn who_likes_the_new_most_is_asked_first_where_novelty_counts() {
        let asked = |off: &[Mechanism]| {
            let mut settings = settings(off);
            settings.rates.founding_pots = 1.0;
            let mut world = World::new();
            for (index, novelty) in [(0, 0.1), (1, 0.9)] {
                world.spawn(Payer {
                    index,
                    novelty,
                    ..payer()
                });
            }
            let pots = move |mut payers: Query<&mut Payer>| {
                let payers = payers_in_order(&mut payers);
                pots(&payers, &settings)
            };
            world.run_system_once(pots).expect("payers")
        };
        assert_eq!(asked(&[]), [1]);
        assert_eq!(asked(&[Mechanism::Novelty]), [0]);
    }

    #[test]
    fn an_ended_project_comes_back_without_what_it_had() {
        let mut project = project();
        project.start = NOT_YET;
        project.relations[0].ties = [0.0; 4];
        let idea = project.clone();
        project.idea = Some(Arc::new(idea.clone()));
        project.ended = Some((10, "no_successor"));
        project.form = Form::Ended;
        project.full_workers += 3;
        project.vulnerable = 0.2;
        project.benefit = 5;
        project.relations[0].grants = 2;
        project.relations[0].saves = 7;
        project.rest();
        assert!(project.idea.is_some(), "it can be founded again");
        project.idea = None;
        assert_eq!(project, idea);
        assert!(!project.alive(1_000));
    }
}
