//! What the log of a run holds: what happened to projects and payers, as data.
//!
//! The English text is made here, so that one form stands in records; other languages are the
//! reader's, who knows the data.

use crate::clock::Clock;
use crate::project::Project;
use crate::strategy::{Form, Told};
use bevy_ecs::prelude::*;
use std::fmt;
use zalm_scenario::AreaWork;

/// What happened; payers by the id that the scenario gives them.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// A new alderman, with the strength of municipal direction from now on, 0..=1.
    Alderman {
        /// Direction.
        direction: f64,
    },
    /// A payer's closed budget is cut by a share of it.
    Cut {
        /// The payer.
        payer: String,
        /// Share, 0..=1.
        share: f64,
    },
    /// A payer considers no new claims.
    Exit {
        /// The payer.
        payer: String,
    },
    /// Responsibilities begin to move.
    Transition {
        /// Months that it lasts.
        months: u32,
    },
    /// Tasks move with a part of their money.
    Decentralised {
        /// Who gives them.
        from: String,
        /// Who takes them.
        to: String,
    },
    /// Tasks move with less than their money: a cut of the same month took it.
    HandsOverLess {
        /// Who gives them.
        from: String,
        /// Who takes them.
        to: String,
        /// Cents a month that are missing, before the discount.
        cents: i64,
    },
    /// Money for neighbourhoods that its payer can no longer pay.
    WorkStops {
        /// What it paid for.
        work: AreaWork,
        /// The payer.
        payer: String,
    },
    /// A payer ends care and contracts of its own that its budget can no longer carry.
    Shrinks {
        /// The payer.
        payer: String,
        /// Cents a month.
        cents: i64,
    },
    /// Something happened to a project.
    Project {
        /// Id of the project.
        project: String,
        /// What happened.
        turn: Turn,
    },
}

/// What happened to a project.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    /// A founder starts it on temporary money.
    Starts {
        /// Under a name of its own, though there is a proven one.
        renamed: bool,
    },
    /// A payer grants a claim.
    Granted {
        /// The payer.
        payer: String,
        /// Cents a month.
        cents: i64,
    },
    /// A payer refuses a claim.
    Refused {
        /// The payer.
        payer: String,
        /// The claim was to be paid from old capacity.
        from_old: bool,
        /// Why.
        why: Refusal,
    },
    /// A payer does not renew what it gave.
    NotRenewed {
        /// The payer.
        payer: String,
    },
    /// A payer breaks its contract: its budget cannot carry it.
    Broken {
        /// The payer.
        payer: String,
    },
    /// A payer gives less than it promised: it has no more.
    GivesLess {
        /// The payer.
        payer: String,
        /// Cents that it gives.
        cents: i64,
        /// Cents that it does not.
        short: i64,
    },
    /// A payer closes old capacity for what it pays to the project.
    Closed {
        /// The payer.
        payer: String,
        /// Cents a month.
        cents: i64,
    },
    /// An employer calls seconded people back.
    CalledBack {
        /// The employer.
        payer: String,
        /// People.
        people: u32,
    },
    /// A new leader, 0..=1 each.
    Leader {
        /// Drive.
        drive: f64,
        /// Skill.
        skill: f64,
    },
    /// The leader's energy is gone.
    BurnedOut,
    /// The leader goes to another job.
    MovedOn,
    /// The team gets a worker more.
    Grows {
        /// Workers of the full team.
        workers: u32,
    },
    /// Nobody is left in the team.
    LastWorkerLeft,
    /// Money ends and goes on while a claim is undecided.
    Bridged,
    /// A prize.
    Prize,
    /// What the review committee says.
    Reviewed {
        /// The project is to go on.
        go_on: bool,
    },
    /// The form in which it goes on, or that it ends.
    GoesOn {
        /// The form.
        form: Form,
    },
    /// What is lost with a team that ended.
    Lost {
        /// Lessons, in fully trained workers.
        trained: f64,
        /// Share that is on paper.
        written: f64,
    },
    /// What the strategy says.
    Said(String),
    /// An event of the strategy's own type.
    Told(Told),
}

/// Why a payer refuses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refusal {
    /// What the claim is worth to it, per euro, is too little, or there is no room for it.
    Worth(f64),
    /// It is not a giver of this kind.
    NotItsWay,
    /// Results are not measured as this way of giving asks.
    NotMeasured,
    /// The project's legal form is not the one that this way of giving asks.
    LegalForm,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Worth(worth) => write!(f, "worth {worth:.2} per euro"),
            Self::NotItsWay => f.write_str("does not give this way"),
            Self::NotMeasured => f.write_str("results are not measured well enough"),
            Self::LegalForm => f.write_str("not for this legal form"),
        }
    }
}

impl fmt::Display for Happening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alderman { direction } => {
                write!(f, "a new alderman; direction is now {direction:.2}")
            }
            Self::Cut { payer, share } => {
                let per_cent = share * 100.0;
                write!(f, "the budget of {payer} is cut by {per_cent:.0} %")
            }
            Self::Exit { payer } => write!(f, "{payer} gives no new money"),
            Self::Transition { months } => write!(f, "{months} months of transition begin"),
            Self::Decentralised { from, to } => write!(f, "tasks move from {from} to {to}"),
            Self::HandsOverLess { from, to, cents } => {
                let euro = *cents as f64 / 100.0;
                write!(
                    f,
                    "{from} hands over {euro:.0} euro a month less to {to} than the tasks cost: it has no more"
                )
            }
            Self::WorkStops { work, payer } => {
                write!(
                    f,
                    "{work:?} in the neighbourhood stops: {payer} cannot pay it"
                )
            }
            Self::Shrinks { payer, cents } => {
                let euro = *cents as f64 / 100.0;
                write!(
                    f,
                    "{payer} ends care and contracts of {euro:.0} euro a month: its budget cannot carry them"
                )
            }
            Self::Project { project, turn } => write!(f, "{project}: {turn}"),
        }
    }
}

impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let euro = |cents: i64| cents as f64 / 100.0;
        match self {
            Self::Starts { renamed: true } => {
                f.write_str("starts on temporary money under a name of its own")
            }
            Self::Starts { renamed: false } => {
                f.write_str("starts on temporary money under a proven name")
            }
            Self::Granted { payer, cents } => {
                write!(f, "{payer} grants {:.0} euro a month", euro(*cents))
            }
            Self::Refused {
                payer,
                from_old,
                why,
            } => {
                let what = if *from_old { " to close the old" } else { "" };
                write!(f, "{payer} refuses{what} ({why})")
            }
            Self::NotRenewed { payer } => write!(f, "{payer} ends its contribution"),
            Self::Broken { payer } => {
                write!(f, "{payer} breaks its contract: its budget cannot carry it")
            }
            Self::GivesLess {
                payer,
                cents,
                short,
            } => {
                write!(
                    f,
                    "{payer} gives {:.0} euro, {:.0} less than it promised: it has no more",
                    euro(*cents),
                    euro(*short)
                )
            }
            Self::Closed { payer, cents } => {
                write!(
                    f,
                    "{payer} closes {:.0} euro a month of the old",
                    euro(*cents)
                )
            }
            Self::CalledBack { payer, people } => {
                write!(f, "{payer} calls back {people} of its people")
            }
            Self::Leader { drive, skill } => {
                write!(f, "a new leader (drive {drive:.2}, skill {skill:.2})")
            }
            Self::BurnedOut => f.write_str("the leader burns out"),
            Self::MovedOn => f.write_str("the leader moves on"),
            Self::Grows { workers } => write!(f, "grows to {workers} workers"),
            Self::LastWorkerLeft => f.write_str("the last worker has left"),
            Self::Bridged => f.write_str("goes on while it is decided"),
            Self::Prize => f.write_str("wins a prize"),
            Self::Reviewed { go_on: true } => f.write_str("review committee: go on"),
            Self::Reviewed { go_on: false } => f.write_str("review committee: let go"),
            Self::GoesOn { form } => write!(f, "goes on as {}", form.name()),
            Self::Lost { trained, written } => {
                let per_cent = written * 100.0;
                write!(
                    f,
                    "lessons of {trained:.1} trained workers are lost, {per_cent:.0} % is on paper"
                )
            }
            Self::Said(text) => f.write_str(text),
            Self::Told(told) => told.fmt(f),
        }
    }
}

/// The event log of projects and payers: month index, and what happened.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Log(pub Vec<(u32, Happening)>);

impl Log {
    /// Keeps what happened this month.
    pub fn note(&mut self, clock: &Clock, happening: Happening) {
        self.0.push((clock.month, happening));
    }

    /// Keeps what happened to a project this month.
    pub fn turn(&mut self, clock: &Clock, project: &Project, turn: Turn) {
        let project = project.id.clone();
        self.note(clock, Happening::Project { project, turn });
    }
}
