//! One month, in this order. The order is written here and nowhere else; `zalm plan` prints it.

use crate::{
    calendar, capacity, claims, closing, cofunding, coordinators, demand, evidence, founding,
    governance, growth, hazards, image, introductions, knowledge, ladder, leaders, lifecycle,
    measure, moving, openness, organisations, payer, portfolio, reserves, secondment, support,
    sweep, volunteers, workplaces,
};
use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, SingleThreadedExecutor};

/// A step of the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Phase, one of ten.
    pub phase: &'static str,
    /// Name of the step, as `file::function`.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
}

/// Where a run stands when it tells of itself: the step that is just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The step: one of [`MONTH`], or [`START`].
    pub step: &'static Step,
    /// Month index; `None` before month 0.
    pub month: Option<u32>,
}

/// What comes before the first month that a place lives.
pub const START: Step = Step {
    phase: "start",
    name: "population::settle",
    doc: "households are drawn from the figures of the place",
};

/// Phases that a place lives through before month 0, see `settling.rs`.
const SETTLING: [&str; 3] = ["households", "demand", "support"];

#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Order(usize);

macro_rules! month {
    (before { $($bp:literal $bf:path, $bd:literal;)* } strategy $sd:literal; after { $($ap:literal $af:path, $ad:literal;)* }) => {
        /// Every step in order; the strategy decides between the two halves.
        pub const MONTH: &[Step] = &[
            $(Step { phase: $bp, name: stringify!($bf), doc: $bd },)*
            Step { phase: "lifecycle", name: "strategy", doc: $sd },
            $(Step { phase: $ap, name: stringify!($af), doc: $ad },)*
        ];

        /// Steps before the strategy decides, count.
        pub(crate) const BEFORE: usize = [$($bp),*].len();

        /// The steps before the strategy decides, and those after.
        pub(crate) fn schedules() -> (Schedule, Schedule) {
            let mut before = empty();
            let mut step = 0;
            $(add(&mut before, &mut step, $bf);)*
            let mut after = empty();
            let mut step = 0;
            $(add(&mut after, &mut step, $af);)*
            (before, after)
        }

        /// The same steps, each by itself, for who looks between them.
        pub(crate) fn steps() -> (Vec<Schedule>, Vec<Schedule>) {
            let before = vec![$(alone($bf)),*];
            let after = vec![$(alone($af)),*];
            (before, after)
        }

        /// The steps of [`settling`], each by itself.
        pub(crate) fn settling_steps() -> Vec<(&'static Step, Schedule)> {
            let steps = MONTH.iter().zip(vec![$(alone($bf)),*]);
            steps.filter(|(step, _)| SETTLING.contains(&step.phase)).collect()
        }

        /// The steps in which a place settles before month 0.
        pub(crate) fn settling() -> Schedule {
            let mut settling = empty();
            let mut step = 0;
            $(if SETTLING.contains(&$bp) {
                add(&mut settling, &mut step, $bf);
            })*
            settling
        }
    };
}

fn empty() -> Schedule {
    let mut schedule = Schedule::default();
    schedule.set_executor(SingleThreadedExecutor::new());
    // Two steps whose order is in doubt stop the run at its start.
    schedule.set_build_settings(ScheduleBuildSettings {
        ambiguity_detection: LogLevel::Error,
        ..ScheduleBuildSettings::default()
    });
    schedule
}

fn alone<M>(system: impl IntoScheduleConfigs<bevy_ecs::system::ScheduleSystem, M>) -> Schedule {
    let mut schedule = empty();
    add(&mut schedule, &mut 0, system);
    schedule
}

fn add<M>(
    schedule: &mut Schedule,
    step: &mut usize,
    system: impl IntoScheduleConfigs<bevy_ecs::system::ScheduleSystem, M>,
) {
    schedule.add_systems(system.in_set(Order(*step)));
    if *step > 0 {
        schedule.configure_sets(Order(*step).after(Order(*step - 1)));
    }
    *step += 1;
}

month! {
    before {
        "calendar" calendar::apply_shocks, "cuts, decentralisations, exits and demand growth of this month";
        "calendar" openness::settle, "fatigue of failed rounds fades; years of transition open payers";
        "calendar" calendar::grow_demand, "each quarter, onset grows while demand growth lasts";
        "calendar" calendar::turn_of_aldermen, "elections and early exits; direction and political ties follow";
        "calendar" governance::look_from_outside, "prizes and the review committee move political ties";
        "households" hazards::refresh, "cached hazards follow when tables changed for all";
        "households" sweep::sweep, "one draw per household: worse, better, crisis, or an event in care";
        "demand" demand::end_aftercare, "the year after help ends";
        "demand" demand::seek_and_leave, "households find the counter or leave help unhelped";
        "demand" demand::leave_queues, "households that got better leave the queues";
        "demand" demand::fill_silo_places, "silo places by need, waiting time, id; cuts end help";
        "demand" demand::find_for_team, "neighbours and outreach bring multi-problem households; workers at the door find others for the counters";
        "demand" portfolio::pass_on, "who waits for a full team is passed on to a linked one with a place";
        "demand" demand::fill_teams, "free caseload by need, waiting time, id";
        "support" support::team_quality, "context, technique and network of each team";
        "support" support::team_care, "trust grows; with at most one problem left team care ends";
        "support" reserves::grow, "own strength and informal network grow with the team's support";
        "support" support::silo_care, "silo care ends when no served domain is in problem";
        "support" capacity::follow_use, "provisions follow use: up at once, down when somebody closes them; else others fill them";
        "costs" workplaces::employ, "people on benefit work in the places that sales make";
        "costs" payer::post_costs, "use and crises are posted to the payer that bears them";
        "neighbourhood" ladder::climb, "rungs grow where the one below stands, and wear";
        "neighbourhood" image::follow, "the name of a neighbourhood follows what can be seen";
        "neighbourhood" moving::turn_over, "dwellings are rebuilt or fall vacant; others come to live there";
        "organisations" leaders::come_and_go, "leaders leave, the sooner the more tired; projects without one search";
        "organisations" organisations::lead, "leaders spend the month: claims, contacts, measurement, sales, method; energy";
        "organisations" introductions::introduce, "who pays brings who gains to the table, once an analysis shows who that is";
        "organisations" organisations::break_ties, "officials move on, organisations reorganise";
        "organisations" secondment::recall, "employers call seconded staff back, and take them home when their promise ends";
        "organisations" organisations::staff, "workers leave and are hired; the team learns";
        "organisations" knowledge::exchange, "teams of one name learn from each other, and in communities of practice from all";
        "organisations" volunteers::come_and_go, "helped people and residents come to help, and leave";
        "organisations" evidence::learn, "each quarter payers learn what the project's evidence shows";
        "money" closing::close_old, "the old closes in the month in which what it pays for begins";
        "money" payer::pay_obligations, "budgets arrive; silo places and running contracts are paid";
        "money" lifecycle::pay_projects, "contracts and sales in, wages out";
        "money" cofunding::see_function, "each quarter, how far teams serve the very vulnerable";
        "money" claims::decide_claims, "each quarter payers rank claims; in January they weigh contributions again";
        "money" payer::close_budgets, "rivals take the free money; December settles the year";
    }
    strategy "the strategy sees projects and payers and says who is asked for what, in which form";
    after {
        "lifecycle" governance::go_on_while_undecided, "where projects do not end by definition, the town's money goes on while it is decided";
        "lifecycle" lifecycle::turn_of_money, "where money no longer carries the team, the plan takes over or the team ends";
        "lifecycle" knowledge::write_down, "of projects that end, what is on paper is kept, the rest is lost";
        "lifecycle" openness::disappoint, "who paid for a project that ends with nothing to follow tires of it";
        "lifecycle" founding::found, "where need stays unmet, founders ask for temporary money and start anew";
        "lifecycle" growth::grow, "teams with a waiting list ask for one worker more, and take in whom money carries";
        "lifecycle" lifecycle::learn_from_embedding, "institutions learn from what they take in";
        "lifecycle" coordinators::begin, "institutions that took in a part coordinate around the households they share";
        "measure" measure::measure, "metrics, and the audit of the books";
    }
}
