//! The life of a household: what a change in its columns means, from the step that made it.
//!
//! Nothing is written down while a month runs. Who watches compares the columns before and after
//! each step of the month ([`crate::MONTH`]); the step says why they changed.

use crate::care::CareStatus;
use crate::household::{Care, Levels, PROBLEM, Reserves, STEPS, Traits};

/// What happened to a household; domains are indices into `Domain::ALL`, projects are indices
/// into the scenario's list, founded ones after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// A domain is a step more severe.
    Worse {
        /// Domain.
        domain: usize,
        /// Severity now, 1..=4.
        level: u8,
        /// Why.
        why: Worse,
    },
    /// A domain is a step less severe.
    Better {
        /// Domain.
        domain: usize,
        /// Severity now, 0..=3.
        level: u8,
        /// By giving something back as a volunteer.
        gives_back: bool,
    },
    /// A crisis; what it drags along follows as [`Life::Worse`].
    Crisis {
        /// Index into the scenario's crises.
        kind: usize,
    },
    /// Asks for help at the counter, and waits for a place.
    Asks,
    /// Lets in a worker who comes unasked, and is taken to the counters: it waits for a place.
    Visited {
        /// It avoids care, and nobody knew it.
        avoids: bool,
    },
    /// Got better while it waited, and leaves the line.
    NoLongerAsks,
    /// A professional of a silo begins.
    SiloBegins {
        /// Domain.
        domain: usize,
    },
    /// The problem is over, and so is the work of its professional.
    SiloDone {
        /// Domain.
        domain: usize,
    },
    /// The place is lost: fewer are paid for.
    SiloTaken {
        /// Domain.
        domain: usize,
    },
    /// The last professional is done, other problems wait for one.
    WaitsAgain,
    /// All problems are over, and silo care with them.
    SiloEnds,
    /// Found for a team: it waits for a place there.
    Found {
        /// Project.
        project: usize,
        /// How.
        how: Found,
    },
    /// Passed on to a linked team.
    PassedOn {
        /// Project.
        project: usize,
    },
    /// Got better while it waited for a team.
    NoLongerWaits,
    /// The team that it waited for has ended.
    TeamGone {
        /// Project.
        project: usize,
    },
    /// Team care begins.
    TeamBegins {
        /// Project.
        project: usize,
        /// Professionals of silos who go.
        replaced: u8,
    },
    /// Trust in the worker passed a third, two thirds, or is full (1..=3).
    Trusts {
        /// Thirds.
        thirds: u8,
    },
    /// Its worker goes, and trust with it; another comes.
    WorkerGoes {
        /// Project.
        project: usize,
        /// Why.
        why: Gone,
    },
    /// Own strength grows a step.
    Stronger,
    /// The informal network grows a step.
    Wider,
    /// Helped: at most one problem is left, and the team's help ends.
    Helped {
        /// Project.
        project: usize,
        /// Months of team care.
        months: u32,
    },
    /// The longest time of the method is over, and help ends as it is.
    TimeIsUp {
        /// Project.
        project: usize,
    },
    /// The team ends, and its help with it.
    TeamEnds {
        /// Project.
        project: usize,
        /// Months of team care.
        months: u32,
    },
    /// The household leaves help unhelped.
    DropsOut {
        /// The project whose team it leaves; `None` in silo care.
        project: Option<usize>,
    },
    /// Its own network carries it from now on.
    Carried,
    /// The year after help is over.
    AftercareEnds,
    /// Comes to help as a volunteer, in return.
    GivesBack {
        /// Project.
        project: usize,
    },
    /// The household leaves its dwelling, and another comes to live there.
    Moves {
        /// Who comes.
        newcomer: Portrait,
    },
}

/// Why a domain is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worse {
    /// As problems do.
    Itself,
    /// A problem came back after help.
    Relapse,
    /// Dragged along by a crisis.
    Crisis,
}

/// How a household was found for a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// By those around it, or by a visit.
    Known,
    /// It avoids care, and opened its door to a worker.
    Outreach,
    /// It avoids care, and the door was forced.
    Forced,
}

/// Why a worker goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// To another job.
    Left,
    /// Called back by the employer.
    CalledBack,
    /// The money carries fewer workers.
    NoMoney,
}

/// A household's columns at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    pub levels: Levels,
    pub traits: Traits,
    pub reserves: Reserves,
    pub care: Care,
}

/// How a household stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Portrait {
    /// Severity 0..=4 per life domain, in the order of `Domain::ALL`.
    pub levels: [u8; 8],
    /// Where it stands in care.
    pub status: CareStatus,
    /// Domains served by a silo professional, one bit per domain.
    pub served: u8,
    /// Waits for a team.
    pub awaits: bool,
    /// Has children.
    pub children: bool,
    /// Rents from a housing corporation.
    pub tenant: bool,
    /// Avoids care.
    pub avoider: bool,
    /// 0 as most, 1 danger zone, 2 heavy and lasting problems.
    pub vulnerability: u8,
    /// Own strength, 0..=15.
    pub strength: u8,
    /// Informal network, 0..=15.
    pub network: u8,
}

impl Portrait {
    pub(crate) fn of(columns: &Columns) -> Self {
        Self {
            levels: columns.levels.0,
            status: columns.care.status,
            served: columns.care.served,
            awaits: columns.care.awaits.is_some(),
            children: columns.traits.children,
            tenant: columns.traits.tenant,
            avoider: columns.traits.avoider,
            vulnerability: columns.traits.vulnerability,
            strength: columns.reserves.strength,
            network: columns.reserves.network,
        }
    }
}

/// What is not in the columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Also {
    /// Kind of crisis in this sweep.
    pub crisis: Option<usize>,
    /// The household left its dwelling in this step.
    pub moved: bool,
    /// Project to which it gives something back.
    pub gives_back: Option<usize>,
    /// Month index.
    pub month: u32,
}

/// What happened to a household in one step.
pub(crate) fn told(
    step: &str,
    before: &Columns,
    after: &Columns,
    also: Also,
    tell: &mut impl FnMut(Life),
) {
    if also.moved {
        let newcomer = Portrait::of(after);
        tell(Life::Moves { newcomer });
        return;
    }
    if let Some(kind) = also.crisis {
        tell(Life::Crisis { kind });
    }
    if let Some(project) = also.gives_back {
        tell(Life::GivesBack { project });
    }
    if before == after {
        return;
    }
    levels(before, after, also, tell);
    status(step, before, after, also.month, tell);
    professionals(step, before, after, tell);
    waiting(step, before, after, tell);
    with_team(step, before, after, tell);
}

fn levels(before: &Columns, after: &Columns, also: Also, tell: &mut impl FnMut(Life)) {
    let liable = before.care.status.after_help() && before.care.trust > 0;
    for domain in 0..8 {
        let (then, level) = (before.levels.0[domain], after.levels.0[domain]);
        if level > then {
            let why = if also.crisis.is_some() {
                Worse::Crisis
            } else if liable && level == PROBLEM {
                Worse::Relapse
            } else {
                Worse::Itself
            };
            tell(Life::Worse { domain, level, why });
        } else if level < then {
            let gives_back = also.gives_back.is_some();
            tell(Life::Better {
                domain,
                level,
                gives_back,
            });
        }
    }
}

/// Changes of status that are more than those of professionals and queues.
fn status(step: &str, before: &Columns, after: &Columns, month: u32, tell: &mut impl FnMut(Life)) {
    use CareStatus::{Aftercare, Informal, None as Nothing, Silo, SiloWaiting, Team};
    let project = usize::from(before.care.project);
    let months = month.saturating_sub(u32::from(before.care.since));
    let was_team = before.care.status == Team;
    match (step, before.care.status, after.care.status) {
        ("demand::end_aftercare", Aftercare, Nothing) => tell(Life::AftercareEnds),
        ("demand::seek_and_leave", _, SiloWaiting) => tell(Life::Asks),
        ("demand::seek_and_leave", _, Aftercare | Informal) => tell(Life::DropsOut {
            project: was_team.then_some(project),
        }),
        ("demand::find_for_team", before, SiloWaiting) if before != SiloWaiting => {
            let avoids = after.traits.avoider && before != Informal;
            tell(Life::Visited { avoids });
        }
        ("demand::leave_queues", SiloWaiting, Nothing) => tell(Life::NoLongerAsks),
        ("demand::fill_teams", _, Team) if !was_team => tell(Life::TeamBegins {
            project: usize::from(after.care.project),
            replaced: before.care.served.count_ones() as u8,
        }),
        ("support::team_care", Team, Aftercare | Informal) => {
            if after.levels.problems() <= 1 {
                tell(Life::Helped { project, months });
            } else {
                tell(Life::TimeIsUp { project });
            }
        }
        ("support::silo_care", Silo, SiloWaiting) => tell(Life::WaitsAgain),
        ("support::silo_care", Silo, Aftercare | Informal) => tell(Life::SiloEnds),
        ("lifecycle::turn_of_money", Team, Aftercare | Informal) => {
            tell(Life::TeamEnds { project, months });
        }
        _ => {}
    }
    if after.care.status == Informal && before.care.status != Informal {
        tell(Life::Carried);
    }
}

fn professionals(step: &str, before: &Columns, after: &Columns, tell: &mut impl FnMut(Life)) {
    for domain in 0..8 {
        let bit = 1 << domain;
        let (then, now) = (before.care.served & bit != 0, after.care.served & bit != 0);
        if now && !then {
            tell(Life::SiloBegins { domain });
        } else if then && !now && after.levels.0[domain] < PROBLEM {
            tell(Life::SiloDone { domain });
        } else if then && !now && step == "demand::fill_silo_places" {
            tell(Life::SiloTaken { domain });
        }
    }
}

fn waiting(step: &str, before: &Columns, after: &Columns, tell: &mut impl FnMut(Life)) {
    match (before.care.awaits, after.care.awaits, step) {
        (None, Some(wait), _) => {
            let project = usize::from(wait.project);
            let how = if after.care.forced {
                Found::Forced
            } else if after.traits.avoider && before.care.status != CareStatus::Informal {
                Found::Outreach
            } else {
                Found::Known
            };
            tell(Life::Found { project, how });
        }
        (Some(then), Some(now), _) if then.project != now.project => {
            let project = usize::from(now.project);
            tell(Life::PassedOn { project });
        }
        (Some(_), None, "demand::leave_queues") => tell(Life::NoLongerWaits),
        (Some(wait), None, "lifecycle::turn_of_money") => {
            let project = usize::from(wait.project);
            tell(Life::TeamGone { project });
        }
        _ => {}
    }
}

fn with_team(step: &str, before: &Columns, after: &Columns, tell: &mut impl FnMut(Life)) {
    let project = usize::from(after.care.project);
    if before.care.status == CareStatus::Team && after.care.status == CareStatus::Team {
        let why = match step {
            "secondment::recall" => Gone::CalledBack,
            "lifecycle::pay_projects" => Gone::NoMoney,
            _ => Gone::Left,
        };
        if before.care.worker_since != after.care.worker_since {
            tell(Life::WorkerGoes { project, why });
        }
        let thirds = |trust: u8| trust / (STEPS / 3);
        let now = thirds(after.care.trust);
        if now > thirds(before.care.trust) {
            tell(Life::Trusts { thirds: now });
        }
    }
    if step == "reserves::grow" {
        if after.reserves.strength > before.reserves.strength {
            tell(Life::Stronger);
        }
        if after.reserves.network > before.reserves.network {
            tell(Life::Wider);
        }
    }
}
