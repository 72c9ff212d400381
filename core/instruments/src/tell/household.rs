//! What happens to a household, in sentences.

use super::{Cast, Told, counted, plain, severity};
use crate::voice::{Sentence, Value};
use zalm_experiment::Watched;
use zalm_model::{CareStatus, Found, Gone, Life, Portrait, Worse};

/// Everything that happened to the watched household, in order.
pub(super) fn told(cast: &Cast, seen: &Watched) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    let mut begun = Vec::new();
    for lived in &seen.lived {
        let month = lived.month;
        let mut what = sentence(cast, &lived.life);
        if let Life::SiloBegins { domain } = lived.life {
            // All professionals that begin at once are one sentence.
            if all.last().is_none_or(|last| last.month != month) {
                begun.clear();
            }
            begun.push(Cast::domain(domain));
            if begun.len() > 1 {
                all.pop();
                what = begin(&begun);
            }
        } else {
            begun.clear();
        }
        all.push(Told { month, what });
        if let Life::Moves { newcomer } = &lived.life {
            let sentences = stands(newcomer).into_iter();
            all.extend(sentences.map(|what| Told { month, what }));
        }
    }
    all
}

/// Several professionals begin.
fn begin(domains: &[Value]) -> Sentence {
    let values = vec![
        ("professionals", Value::Count(domains.len() as u32)),
        ("domains", Value::List(domains.to_vec())),
    ];
    Sentence::new("tell-silos-begin", values)
}

/// How a household stands.
pub(super) fn stands(portrait: &Portrait) -> Vec<Sentence> {
    let word = |id: &str| Value::Word(format!("tell-{id}"));
    let mut traits = vec![
        word(if portrait.children {
            "with-children"
        } else {
            "without-children"
        }),
        word(if portrait.tenant {
            "rents"
        } else {
            "no-tenant"
        }),
    ];
    if portrait.avoider {
        traits.push(word("avoids"));
    }
    if portrait.vulnerability > 0 {
        traits.push(word(&format!("vulnerable-{}", portrait.vulnerability)));
    }
    let who = Sentence::new("tell-who", vec![("traits", Value::List(traits))]);
    let mut sentences = vec![who, problems(portrait)];
    sentences.extend(care(portrait));
    sentences
}

/// How it stood at the end.
pub(super) fn ends(seen: &Watched) -> Vec<Sentence> {
    let last = seen.portraits.last().and_then(|month| month.first());
    last.into_iter()
        .flat_map(|portrait| [problems(portrait)].into_iter().chain(care(portrait)))
        .collect()
}

/// The problems of a household, each with its severity.
fn problems(portrait: &Portrait) -> Sentence {
    let levels = portrait.levels.iter().enumerate();
    let problem = |(domain, &level): (usize, &u8)| {
        let values = vec![("domain", Cast::domain(domain)), ("level", severity(level))];
        Value::Phrase(Box::new(Sentence::new("tell-problem", values)))
    };
    let problems: Vec<Value> = levels
        .filter(|(_, level)| **level >= zalm_model::PROBLEM)
        .map(problem)
        .collect();
    if problems.is_empty() {
        return plain("no-problems");
    }
    Sentence::new("tell-problems", vec![("problems", Value::List(problems))])
}

fn care(portrait: &Portrait) -> Option<Sentence> {
    let status = match portrait.status {
        CareStatus::None => return portrait.awaits.then(|| plain("care-awaits")),
        CareStatus::SiloWaiting => "care-waits",
        CareStatus::Silo => {
            let served = portrait.served.count_ones();
            return Some(counted("care-silo", "professionals", served, Vec::new()));
        }
        CareStatus::Team => "care-team",
        CareStatus::Aftercare => "care-after",
        CareStatus::Informal => "care-informal",
    };
    Some(plain(status))
}

pub(super) fn sentence(cast: &Cast, life: &Life) -> Sentence {
    let of_domain = |id: &str, domain: usize| {
        Sentence::new(format!("tell-{id}"), vec![("domain", Cast::domain(domain))])
    };
    let of_team = |id: &str, project: usize| {
        let values = vec![("project", cast.project(project))];
        Sentence::new(format!("tell-{id}"), values)
    };
    let of_level = |id: &str, domain: usize, level: u8| {
        let values = vec![("domain", Cast::domain(domain)), ("level", severity(level))];
        Sentence::new(format!("tell-{id}"), values)
    };
    match *life {
        Life::Worse { domain, level, why } => {
            let id = match why {
                Worse::Itself => "worse",
                Worse::Relapse => "relapse",
                Worse::Crisis => "dragged",
            };
            of_level(id, domain, level)
        }
        Life::Better {
            domain,
            level,
            gives_back,
        } => {
            let id = if gives_back {
                "better-giving"
            } else {
                "better"
            };
            of_level(id, domain, level)
        }
        Life::Crisis { kind } => {
            let kind = Value::Word(format!("item-{}", cast.scenario.crises[kind].id));
            Sentence::new("tell-crisis", vec![("kind", kind)])
        }
        Life::Asks => plain("asks"),
        Life::Visited { avoids: false } => plain("visited"),
        Life::Visited { avoids: true } => plain("visited-avoids"),
        Life::NoLongerAsks => plain("no-longer-asks"),
        Life::SiloBegins { domain } => of_domain("silo-begins", domain),
        Life::SiloDone { domain } => of_domain("silo-done", domain),
        Life::SiloTaken { domain } => of_domain("silo-taken", domain),
        Life::WaitsAgain => plain("waits-again"),
        Life::SiloEnds => plain("silo-ends"),
        Life::Found { project, how } => {
            let id = match how {
                Found::Known => "found",
                Found::Outreach => "found-outreach",
                Found::Forced => "found-forced",
            };
            of_team(id, project)
        }
        Life::PassedOn { project } => of_team("passed-on", project),
        Life::NoLongerWaits => plain("no-longer-waits"),
        Life::TeamGone { project } => of_team("team-gone", project),
        Life::TeamBegins { project, replaced } => {
            if replaced == 0 {
                return of_team("team-begins-first", project);
            }
            let team = vec![("project", cast.project(project))];
            counted("team-begins", "replaced", replaced.into(), team)
        }
        Life::Trusts { thirds } => plain(&format!("trusts-{thirds}")),
        Life::WorkerGoes { project, why } => {
            let id = match why {
                Gone::Left => "worker-left",
                Gone::CalledBack => "worker-called-back",
                Gone::NoMoney => "worker-no-money",
            };
            of_team(id, project)
        }
        Life::Stronger => plain("stronger"),
        Life::Wider => plain("wider"),
        Life::Helped { project, months } => {
            let team = vec![("project", cast.project(project))];
            counted("helped", "months", months, team)
        }
        Life::TimeIsUp { project } => of_team("time-is-up", project),
        Life::TeamEnds { project, months } => {
            let team = vec![("project", cast.project(project))];
            counted("team-ends", "months", months, team)
        }
        Life::DropsOut { project: None } => plain("drops-out"),
        Life::DropsOut {
            project: Some(project),
        } => of_team("drops-out-team", project),
        Life::Carried => plain("carried"),
        Life::AftercareEnds => plain("aftercare-ends"),
        Life::GivesBack { project } => of_team("gives-back", project),
        Life::Moves { .. } => plain("moves"),
    }
}
