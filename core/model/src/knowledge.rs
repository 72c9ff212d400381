//! Knowledge: it sits in workers and leaders, and a little of it on paper.
//!
//! Projects find each other by name. Those of one name learn from each other and read what ended
//! ones of that name wrote down; a twin under a name of its own does neither, for few read
//! knowledge banks (seed 002, 1.4). A founder takes a name of his own the more gladly the more the
//! payers of temporary money want something new, and with the name comes a method of his own,
//! better or worse: that is how temporary money searches. Communities of practice reach over names
//! and towns. What nobody wrote down goes when a project ends.

use crate::clock::Clock;
use crate::flows::Flows;
use crate::happening::{Log, Turn};
use crate::payer::Payer;
use crate::project::{Project, projects_in_order};
use crate::settings::Settings;
use crate::streams::{Streams, hash64};
use bevy_ecs::prelude::*;
use zalm_scenario::{Mechanism, Rates};

/// What is left on paper of a project that ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Name under which it is found.
    pub name: u64,
    /// Knowledge per worker that was written down, 0..=1.
    pub knowledge: f64,
    /// Share of the active ingredients of its method.
    pub method: f64,
    /// Temporary grants given under that name, per payer.
    pub grants: Vec<u32>,
}

/// Lessons of ended projects, in the order in which they ended.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Archive(pub Vec<Lesson>);

/// Teams at work learn from teams of the same name, and in communities of practice from all.
pub fn exchange(mut projects: Query<&mut Project>, settings: Res<Settings>, clock: Res<Clock>) {
    let mut projects = projects_in_order(&mut projects);
    if settings.on(Mechanism::Knowledge) {
        let at_work: Vec<(u64, f64, f64)> = projects
            .iter()
            .filter(|project| project.at_work(clock.month))
            .map(|project| (project.name, project.knowledge, project.fidelity))
            .collect();
        for project in &mut projects {
            if project.at_work(clock.month) {
                learn(project, &at_work, &settings.rates);
            }
        }
    }
    for project in &mut projects {
        project.trained = f64::from(project.workers) * project.knowledge;
    }
}

fn learn(project: &mut Project, at_work: &[(u64, f64, f64)], rates: &Rates) {
    let namesakes = at_work.iter().filter(|(name, ..)| *name == project.name);
    let (known, method) = namesakes.fold((0.0_f64, 0.0_f64), |best, (_, known, method)| {
        (best.0.max(*known), best.1.max(*method))
    });
    let anywhere = at_work.iter().map(|(_, known, _)| *known);
    let anywhere = anywhere.fold(rates.knowledge_elsewhere, f64::max);
    let practice = rates.knowledge_practice * rates.governance_learning;
    let gap = |best: f64, own: f64| (best - own).max(0.0);
    let own = project.knowledge;
    let gain = rates.knowledge_exchange * gap(known, own) + practice * gap(anywhere, own);
    project.knowledge = (own + gain).min(1.0);
    project.fidelity += rates.knowledge_exchange * gap(method, project.fidelity);
}

/// Projects that end this month: what was written down is kept, the rest is lost.
pub fn write_down(
    mut projects: Query<&mut Project>,
    mut archive: ResMut<Archive>,
    mut flows: ResMut<Flows>,
    mut log: ResMut<Log>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let rates = &settings.rates;
    for project in projects_in_order(&mut projects) {
        let Some((end, cause)) = project.ended else {
            continue;
        };
        if end != clock.month + 1 {
            continue;
        }
        // Who measures writes down.
        let written = rates.knowledge_written * f64::from(1 + project.measurement) / 4.0;
        let follows = if cause == "embedded" {
            rates.embedding_transfer * project.fidelity
        } else {
            0.0
        };
        let lost = project.trained * (1.0 - written) * (1.0 - follows);
        flows.knowledge_lost += lost;
        let trained = lost;
        log.turn(&clock, &project, Turn::Lost { trained, written });
        archive.0.push(Lesson {
            name: project.name,
            knowledge: project.knowledge * written,
            method: project.fidelity,
            grants: project.relations.iter().map(|r| r.grants).collect(),
        });
    }
}

/// A name that payers know, with what hangs on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proven {
    name: u64,
    knowledge: f64,
    method: f64,
    grants: Vec<u32>,
}

/// Names that are at work or on paper.
pub fn names(projects: &[Mut<Project>], archive: &Archive, month: u32) -> Vec<u64> {
    let living = projects.iter().filter(|project| project.alive(month));
    let ended = archive.0.iter().map(|lesson| lesson.name);
    living.map(|project| project.name).chain(ended).collect()
}

/// The name that stands for most knowledge, among teams at work and ended ones.
pub fn proven(projects: &[Mut<Project>], archive: &Archive, month: u32) -> Option<Proven> {
    let living = projects
        .iter()
        .filter(|project| project.at_work(month))
        .map(|project| Proven {
            name: project.name,
            knowledge: project.knowledge,
            method: project.fidelity,
            grants: project.relations.iter().map(|r| r.grants).collect(),
        });
    let ended = archive.0.iter().map(|lesson| Proven {
        name: lesson.name,
        knowledge: lesson.knowledge,
        method: lesson.method,
        grants: lesson.grants.clone(),
    });
    // Of equals the last, which is remembered best.
    living
        .chain(ended)
        .max_by(|a, b| a.knowledge.total_cmp(&b.knowledge))
}

/// A founder names the project: after a proven one, or as no other, as those like it who are asked.
pub fn christen(
    project: &mut Project,
    proven: Option<&Proven>,
    asked: &[&Payer],
    streams: &Streams,
    settings: &Settings,
    clock: &Clock,
) {
    let key = project.key;
    for relation in &mut project.relations {
        relation.grants = 0;
    }
    let fancies = if settings.on(Mechanism::Novelty) && !asked.is_empty() {
        asked.iter().map(|payer| payer.novelty).sum::<f64>() / asked.len() as f64
    } else {
        0.0
    };
    let own = streams
        .named("knowledge.name")
        .chance(fancies, key, clock.month, 0);
    match proven.filter(|_| settings.on(Mechanism::Knowledge)) {
        Some(proven) if !own => {
            project.name = proven.name;
            project.fidelity = proven.method;
            // Payers know the name: what was new about it is new no more.
            for (relation, grants) in project.relations.iter_mut().zip(&proven.grants) {
                relation.grants = *grants;
            }
        }
        _ => {
            project.name = hash64(key, clock.month, "name");
            project.fidelity = method_of_its_own(project, streams, settings, clock);
        }
    }
}

/// A new method: the vision of the others, tried in another way.
fn method_of_its_own(
    project: &Project,
    streams: &Streams,
    settings: &Settings,
    clock: &Clock,
) -> f64 {
    if !settings.on(Mechanism::Knowledge) {
        return project.vision;
    }
    let draw = streams
        .named("knowledge.search")
        .normal(project.key, clock.month, 0);
    (project.vision + settings.rates.knowledge_search * draw).clamp(0.0, 1.0)
}

/// What a new team knows on its first day: what its name stands for on paper, or the little that
/// is read of what others wrote.
pub fn first_day(project: &Project, archive: &Archive, settings: &Settings) -> f64 {
    if !settings.on(Mechanism::Knowledge) {
        return 0.0;
    }
    let best = |of: &dyn Fn(&Lesson) -> bool| {
        let found = archive.0.iter().filter(|lesson| of(lesson));
        found.map(|lesson| lesson.knowledge).fold(0.0, f64::max)
    };
    let own = best(&|lesson| lesson.name == project.name);
    own.max(settings.rates.founding_reads * best(&|_| true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{payer, project, settings};

    fn rates() -> Rates {
        let mut rates = settings(&[]).rates;
        rates.knowledge_exchange = 0.1;
        rates.knowledge_practice = 0.1;
        rates.knowledge_elsewhere = 0.0;
        rates.governance_learning = 0.0;
        rates
    }

    #[test]
    fn namesakes_learn_from_each_other_and_twins_do_not() {
        let at_work = [(1, 1.0, 0.9), (2, 0.2, 0.5)];
        let (mut namesake, mut twin) = (project(), project());
        (namesake.name, twin.name) = (1, 2);
        for learner in [&mut namesake, &mut twin] {
            learner.knowledge = 0.2;
            learner.fidelity = 0.5;
            learn(learner, &at_work, &rates());
        }
        assert!((namesake.knowledge - 0.28).abs() < 1e-12);
        assert!((namesake.fidelity - 0.54).abs() < 1e-12);
        let one_plan = namesake.method().one_plan;
        assert!(
            (one_plan - 0.54).abs() < 1e-12,
            "the method is carried out further too"
        );
        assert!((twin.knowledge - 0.2).abs() < 1e-12 && (twin.fidelity - 0.5).abs() < 1e-12);
        let mut rates = rates();
        rates.governance_learning = 1.0;
        learn(&mut twin, &at_work, &rates);
        assert!(
            twin.knowledge > 0.2,
            "a community of practice reaches over names"
        );
    }

    #[test]
    fn a_taste_for_the_new_makes_names() {
        let (settings, streams) = (settings(&[]), Streams::new(1, 1));
        let clock = Clock::new("2010-01".parse().expect("a month"));
        let known = Proven {
            name: 99,
            knowledge: 0.8,
            method: 0.9,
            grants: vec![3],
        };
        let (mut fond, mut dry) = (payer(), payer());
        (fond.novelty, dry.novelty) = (1.0, 0.0);
        let mut idea = project();
        christen(
            &mut idea,
            Some(&known),
            &[&dry],
            &streams,
            &settings,
            &clock,
        );
        assert!(idea.name == 99 && idea.relations[0].grants == 3);
        christen(
            &mut idea,
            Some(&known),
            &[&fond],
            &streams,
            &settings,
            &clock,
        );
        assert!(idea.name != 99 && idea.relations[0].grants == 0);
    }

    #[test]
    fn paper_is_found_by_name() {
        let mut settings = settings(&[]);
        settings.rates.founding_reads = 0.1;
        let lesson = Lesson {
            name: 1,
            knowledge: 0.5,
            method: 0.9,
            grants: vec![1],
        };
        let archive = Archive(vec![lesson]);
        let mut new = project();
        new.name = 1;
        assert!((first_day(&new, &archive, &settings) - 0.5).abs() < 1e-12);
        new.name = 2;
        assert!((first_day(&new, &archive, &settings) - 0.05).abs() < 1e-12);
    }
}
