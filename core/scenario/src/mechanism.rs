//! Mechanisms that a scenario can switch off.

use serde::{Deserialize, Serialize};

/// A mechanism that a scenario can switch off, to see what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mechanism {
    /// Problems feed each other.
    Interaction,
    /// Crises at the highest severity.
    Crises,
    /// Care avoidance.
    Avoidance,
    /// Workers look for people who do not come.
    Outreach,
    /// Neighbours, schools and corporations send households on to a team.
    Detection,
    /// Each problem has a professional of its own, where nobody holds one plan for all of them.
    Specialists,
    /// Several professionals in one household hinder each other.
    Coordination,
    /// Households leave help unhelped.
    DropOut,
    /// Trust grows with time and is lost when a worker leaves.
    Trust,
    /// A technique of too poor a quality makes problems worse.
    Harm,
    /// Own strength and informal network grow with support.
    OwnStrength,
    /// Help that worked raises what is expected of the next, help that stopped lowers it.
    Expectation,
    /// A household with a network that holds is carried by it after help.
    InformalSupport,
    /// Help that stops early is followed by relapse.
    Relapse,
    /// Helped people and residents help, when asked out of appreciation.
    Volunteers,
    /// New teams and workers learn their work in years.
    BuildUp,
    /// Workers leave when their contract nears its end.
    Uncertainty,
    /// Aldermen, officials and managers come and go.
    StakeholderCarousel,
    /// Leaders tire.
    BurnOut,
    /// Leaders leave, and a successor must be found.
    Succession,
    /// A core group shares the ties of a project.
    CoreGroup,
    /// Teams grow beyond their first size.
    Growth,
    /// Knowledge sits in people, is found by name, and is lost.
    Knowledge,
    /// Rounds that failed tire those who paid.
    Fatigue,
    /// Projects beside each other hinder or help each other.
    Portfolio,
    /// Payers want reports.
    Reporting,
    /// Provisions cost money while they stand empty.
    Capacity,
    /// The government pays a part only, the larger the more vulnerable those are who are helped.
    CoFunding,
    /// Payers learn from evidence.
    Evidence,
    /// What is complex is hard to measure.
    Complexity,
    /// Payers shun what they are unsure of, the more so when money is tight.
    RiskAversion,
    /// Payers count what others gain as far as that is their mission.
    Mission,
    /// What runs already weighs more than what is new to a payer.
    Habit,
    /// Payers like what is new.
    Novelty,
    /// Institutions resist the loss of people, money and power.
    Resistance,
    /// Coalitions count: payers weigh the ties they have with a project, and they carry its work.
    Ties,
    /// A claim is held up at levels of an organisation that the project has no tie with.
    Veto,
    /// The municipality directs: it presses for joint solutions and backs what it wants.
    Direction,
    /// Neighbourhoods climb and decay: a rung grows only when the one below stands.
    Ladder,
    /// Professionals who stay are part of what a neighbourhood rests on.
    Presence,
    /// Neighbourhoods take up what works next door.
    OilStain,
    /// A neighbourhood has a name, which follows its state and what is made of it.
    Image,
    /// Households leave their dwellings and others come.
    Moving,
    /// Drive makes conflict with closed payers.
    Conflict,
    /// Customers buy what projects make.
    Market,
    /// Asking for money takes leaders' time.
    Applications,
    /// Institutions learn from what they take in.
    Learning,
    /// Institutions that took in a part of a team coordinate around the households they share.
    Coordinators,
    /// New projects are founded where need is seen and money likes what is new.
    Founding,
    /// Other claimants compete for the same money.
    Rivals,
    /// Lent people go back to their employers; a team of several has hand-overs.
    Secondment,
    /// Subsidy is for foundations, loans and orders are for companies.
    LegalForms,
    /// A payer closes something old to pay for the new, when it decides to.
    Closing,
    /// Who pays brings who gains to the table.
    Introductions,
    /// Social enterprises are places of work, which save benefit.
    Workplaces,
}

impl Mechanism {
    /// All mechanisms.
    pub const ALL: [Self; 55] = [
        Self::Interaction,
        Self::Crises,
        Self::Avoidance,
        Self::Outreach,
        Self::Detection,
        Self::Specialists,
        Self::Coordination,
        Self::DropOut,
        Self::Trust,
        Self::Harm,
        Self::OwnStrength,
        Self::Expectation,
        Self::InformalSupport,
        Self::Relapse,
        Self::Volunteers,
        Self::BuildUp,
        Self::Uncertainty,
        Self::StakeholderCarousel,
        Self::BurnOut,
        Self::Succession,
        Self::CoreGroup,
        Self::Growth,
        Self::Knowledge,
        Self::Fatigue,
        Self::Portfolio,
        Self::Reporting,
        Self::Capacity,
        Self::CoFunding,
        Self::Evidence,
        Self::Complexity,
        Self::RiskAversion,
        Self::Mission,
        Self::Habit,
        Self::Novelty,
        Self::Resistance,
        Self::Ties,
        Self::Veto,
        Self::Direction,
        Self::Ladder,
        Self::Presence,
        Self::OilStain,
        Self::Image,
        Self::Moving,
        Self::Conflict,
        Self::Market,
        Self::Applications,
        Self::Learning,
        Self::Coordinators,
        Self::Founding,
        Self::Rivals,
        Self::Secondment,
        Self::LegalForms,
        Self::Closing,
        Self::Introductions,
        Self::Workplaces,
    ];
}
