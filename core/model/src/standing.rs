//! How projects stand, for who looks on from outside.

use crate::instrument::Instrument;
use crate::project::{Contract, Project, STANDING};
use crate::settings::Settings;
use crate::strategy::Form;

/// Money or people that a payer promised to a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Payer index.
    pub payer: usize,
    /// How it is given.
    pub instrument: Instrument,
    /// Cents a month.
    pub cents: i64,
    /// First month index.
    pub start: u32,
    /// First month index without it; `None` without end.
    pub end: Option<u32>,
}

/// How a project stands in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectState {
    /// Id.
    pub id: String,
    /// Founded in the run, not in the scenario.
    pub newcomer: bool,
    /// Whether its integral team is there.
    pub alive: bool,
    /// Form now.
    pub form: Form,
    /// Form planned for after the running money.
    pub plan: Option<Form>,
    /// Workers now.
    pub workers: u32,
    /// Workers of the full team.
    pub full_workers: u32,
    /// Volunteers.
    pub volunteers: u32,
    /// Households in its care.
    pub households: u32,
    /// Households helped so far.
    pub helped: u32,
    /// Share of the method's ingredients that is held together, 0..=1.
    pub fidelity: f64,
    /// Knowledge of each worker, 0..=1.
    pub knowledge: f64,
    /// Measurement level, 0..=3.
    pub measurement: u8,
    /// Energy of the leader, 0..=1; `None` while a successor is searched for.
    pub energy: Option<f64>,
    /// Strength of the tie with each payer, 0..=1.
    pub ties: Vec<f64>,
    /// Everything that was promised, ended promises too.
    pub promises: Vec<Promise>,
    /// Month index in which the integral team ended, and why; see [`crate::ProjectFate::cause`].
    pub ended: Option<(u32, &'static str)>,
}

impl ProjectState {
    pub(crate) fn of(project: &Project, settings: &Settings, month: u32) -> Self {
        let weakest = settings.rates.tie_weakest;
        Self {
            id: project.id.clone(),
            newcomer: project.newcomer,
            alive: project.alive(month),
            form: project.form,
            plan: project.plan,
            workers: project.workers,
            full_workers: project.full_workers,
            volunteers: project.volunteers,
            households: project.households,
            helped: project.helped,
            fidelity: project.fidelity,
            knowledge: project.knowledge,
            measurement: project.measurement,
            energy: project.leader.map(|leader| leader.energy),
            ties: project
                .relations
                .iter()
                .map(|relation| relation.tie(weakest))
                .collect(),
            promises: project.contracts.iter().map(promise).collect(),
            ended: project.ended,
        }
    }
}

fn promise(contract: &Contract) -> Promise {
    Promise {
        payer: usize::from(contract.payer),
        instrument: contract.instrument,
        cents: contract.cents,
        start: contract.start,
        end: (contract.end != STANDING).then_some(contract.end),
    }
}
