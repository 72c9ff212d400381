//! Every rate, weight and effect of the model: one list, with unit and allowed range.
//!
//! The list says what exists; the *values*, with plausible range, evidence and source, are data
//! (`scenarios/base/*.ron`). The model reads the plain numbers through [`Rates`].

use crate::distribution::Distribution;
use crate::figure::Evidence;
use serde::{Deserialize, Serialize};

/// What a parameter is: fixed in code. Its value is data.
#[derive(Debug)]
pub struct ParameterSpec {
    /// Name in scenario files and tables, such as `team.effect`.
    pub name: &'static str,
    /// Unit, such as `1/month`.
    pub unit: &'static str,
    /// Smallest value that makes sense.
    pub min: f64,
    /// Largest value that makes sense.
    pub max: f64,
    /// What it means.
    pub doc: &'static str,
}

/// A parameter's value with its plausible range, evidence and source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Value used.
    pub value: f64,
    /// Low end of the plausible range (5th percentile).
    pub low: f64,
    /// High end of the plausible range (95th percentile).
    pub high: f64,
    /// How well it is supported.
    pub evidence: Evidence,
    /// Fact number, seed paragraph, or the reasoning.
    pub source: String,
    /// How it is drawn.
    #[serde(default, skip_serializing_if = "Distribution::is_usual")]
    pub distribution: Distribution,
}

/// Values for all of [`SPECS`], in that order.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters(pub Vec<Parameter>);

/// McKeown's parts of the effect of a team: together they make 1, so that none varies alone.
pub const PARTS: [&str; 4] = [
    "team.network",
    "team.relation",
    "team.expectation",
    "team.technique",
];

impl Parameter {
    /// Another value; the plausible range is widened to hold it.
    pub fn set(&mut self, value: f64) {
        self.value = value;
        self.low = self.low.min(value);
        self.high = self.high.max(value);
    }
}

impl Parameters {
    /// Scales parts of a whole so that they make it again after some were changed: those that are
    /// not among `changed` when that can be done, else all.
    pub fn make_whole(&mut self, changed: &[&str]) {
        let sum = |parameters: &Self, parts: &[&str]| -> f64 {
            let values = parts.iter().filter_map(|name| parameters.get(name));
            values.map(|part| part.value).sum()
        };
        let (held, free): (Vec<&str>, Vec<&str>) =
            PARTS.into_iter().partition(|part| changed.contains(part));
        let room = 1.0 - sum(self, &held);
        let (scaled, factor) = if held.is_empty() {
            return;
        } else if room > 0.0 && sum(self, &free) > 0.0 {
            let factor = room / sum(self, &free);
            (free, factor)
        } else {
            (PARTS.to_vec(), 1.0 / sum(self, &PARTS))
        };
        for name in scaled {
            if let Some(part) = self.get_mut(name) {
                part.set(part.value * factor);
            }
        }
    }

    /// The parameter called `name`.
    pub fn get(&self, name: &str) -> Option<&Parameter> {
        Some(&self.0[position(name)?])
    }

    /// Mutable access by name.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Parameter> {
        Some(&mut self.0[position(name)?])
    }

    /// Names with values, in the order of [`SPECS`].
    pub fn iter(&self) -> impl Iterator<Item = (&'static ParameterSpec, &Parameter)> {
        SPECS.iter().zip(&self.0)
    }
}

impl Serialize for Parameters {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(spec, value)| (spec.name, value)))
    }
}

impl<'de> Deserialize<'de> for Parameters {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let mut map = std::collections::BTreeMap::<String, Parameter>::deserialize(deserializer)?;
        let values = SPECS
            .iter()
            .map(|spec| {
                map.remove(spec.name)
                    .ok_or_else(|| D::Error::custom(format!("parameter {} is missing", spec.name)))
            })
            .collect::<Result<_, _>>()?;
        match map.keys().next() {
            Some(name) => Err(D::Error::custom(format!("there is no parameter {name}"))),
            None => Ok(Self(values)),
        }
    }
}

/// Index of a parameter in [`SPECS`].
pub fn position(name: &str) -> Option<usize> {
    SPECS.iter().position(|spec| spec.name == name)
}

macro_rules! parameters {
    ($($field:ident: $name:literal, $unit:literal, $min:literal..$max:literal, $doc:literal;)*) => {
        /// All parameters that exist, in the order in which they are listed and stored.
        pub const SPECS: &[ParameterSpec] = &[$(ParameterSpec {
            name: $name, unit: $unit, min: $min, max: $max, doc: $doc,
        }),*];

        /// The plain numbers, for the model.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct Rates {
            $(#[doc = $doc] #[doc = concat!("\n\nUnit: ", $unit, ".")] pub $field: f64,)*
        }

        impl Parameters {
            /// The values by field, for the model.
            pub fn rates(&self) -> Rates {
                let mut values = self.0.iter().map(|parameter| parameter.value);
                Rates { $($field: values.next().unwrap_or(f64::NAN),)* }
            }
        }
    };
}

parameters! {
    onset_housing: "onset.housing", "1/month", 0.0..0.2, "Chance that a household without a problem in housing gets one";
    onset_finances: "onset.finances", "1/month", 0.0..0.2, "The same in finances and debts";
    onset_work: "onset.work", "1/month", 0.0..0.2, "The same in work and daytime activity";
    onset_physical_health: "onset.physical_health", "1/month", 0.0..0.2, "The same in physical health";
    onset_mental_health: "onset.mental_health", "1/month", 0.0..0.2, "The same in mental health and addiction";
    onset_parenting: "onset.parenting", "1/month", 0.0..0.2, "The same in parenting and youth, in households with children";
    onset_justice: "onset.justice", "1/month", 0.0..0.2, "The same in justice and safety";
    onset_social: "onset.social", "1/month", 0.0..0.2, "The same in social network and participation";
    household_worsening: "household.worsening", "1/month", 0.0..0.2, "Chance that a present problem grows one step more severe";
    household_recovery: "household.recovery", "1/month", 0.0..0.3, "Chance that a present problem grows one step less severe without help";
    household_interaction: "household.interaction", "1", 0.0..2.0, "Growth of onset and worsening for each other domain in problem";
    household_coupling: "household.coupling", "1", 0.0..10.0, "Strength with which a domain in problem feeds another where the scenario names no coupling";
    household_saturation: "household.saturation", "domains", 0.5..20.0, "Other domains in problem beyond which further ones add less and less";
    household_drag: "household.drag", "1", 0.0..2.0, "Slowing of recovery for each other domain in problem";
    household_danger_factor: "household.danger_factor", "1", 1.0..20.0, "How many times more often problems arise in a household in the danger zone";
    household_heavy_share: "household.heavy_share", "share", 0.0..0.5, "Share of the households in the danger zone with heavy, lasting problems";
    household_heavy_factor: "household.heavy_factor", "1", 1.0..40.0, "How many times more often problems arise in those";
    household_tenant_danger: "household.tenant_danger", "1", 1.0..20.0, "How many times more often a tenant of a corporation is in the danger zone than an owner";
    household_strength: "household.strength", "1", 0.0..2.0, "Extra recovery of a household with full own strength";
    household_vulnerable_strength: "household.vulnerable_strength", "share", 0.0..1.0, "Own strength and network of households with heavy problems, relative to most";
    household_single_network: "household.single_network", "share", 0.0..1.0, "Informal network of a one-person household, relative to others";
    household_past: "household.past", "month", 0.0..600.0, "Months that a place lives before month 0, so that households and care start near their long-run state";
    household_crisis: "household.crisis", "1/month", 0.0..0.5, "Chance that a problem at the highest severity becomes a crisis";
    demand_seek: "demand.seek", "1/month", 0.0..1.0, "Chance that a household with one domain in problem finds the counter";
    demand_friction: "demand.friction", "1", 0.0..1.0, "Factor on that chance for each further domain in problem";
    demand_avoid_share: "demand.avoid_share", "share", 0.0..1.0, "Share of households in the danger zone that avoid care";
    demand_opens: "demand.opens", "share", 0.0..1.0, "Chance that a household that avoids care opens the door to a worker";
    demand_hidden_use: "demand.hidden_use", "share", 0.0..1.0, "Part of the usual provisions that a household which avoids care uses while nobody knows it";
    demand_detection: "demand.detection", "1/month", 0.0..1.0, "Chance that neighbours or others bring a multi-problem household to the team";
    demand_contacts: "demand.contacts", "1/month", 0.0..100.0, "Households that a worker can visit unasked if all time went to outreach";
    silo_effect: "silo.effect", "1", 0.0..10.0, "Growth of recovery in a domain served by a professional";
    silo_coordination: "silo.coordination", "1", 0.0..1.0, "Loss by hand-overs and contradiction: per square of the number of further professionals";
    silo_extra: "silo.extra", "professionals", 0.0..10.0, "Further professionals that a domain draws for each step of severity above a problem";
    silo_dropout: "silo.dropout", "1/month", 0.0..0.5, "Chance that a household leaves silo care unhelped, for each domain that is served";
    team_effect: "team.effect", "1", 0.0..20.0, "Growth of recovery in every domain when support is complete";
    team_network: "team.network", "share", 0.0..1.0, "Part of the effect that network and surroundings carry";
    team_relation: "team.relation", "share", 0.0..1.0, "Part that the relation carries";
    team_expectation: "team.expectation", "share", 0.0..1.0, "Part that the household's expectation carries";
    team_technique: "team.technique", "share", 0.0..1.0, "Part that the technique carries";
    team_trust_months: "team.trust_months", "month", 1.0..60.0, "Months with the same worker until trust is full";
    team_caseload: "team.caseload", "households", 1.0..100.0, "Households per worker";
    team_dropout: "team.dropout", "1/month", 0.0..0.5, "Chance that a household leaves the team unhelped, without trust";
    team_calm: "team.calm", "1", 0.0..1.0, "Share of worsening that is left while the team supports a household fully";
    method_shallow: "method.shallow", "share", 0.0..1.0, "Part of the technique that a generalist lacks without a specialist in the team to ask";
    method_expert_trust: "method.expert_trust", "1", 0.0..5.0, "How much sooner trust comes where experts by experience do the work";
    method_forced_trust: "method.forced_trust", "share", 0.0..1.0, "Speed at which trust grows where help was forced, relative to help that was accepted";
    method_harm: "method.harm", "1", 0.0..5.0, "Growth of worsening while a team without any technique is busy";
    method_harm_below: "method.harm_below", "share", 0.0..1.0, "Technique below which a team does harm";
    reserves_strength: "reserves.strength", "1/month", 0.0..1.0, "Chance that own strength grows a step of fifteen in a month of complete support for it";
    reserves_network: "reserves.network", "1/month", 0.0..1.0, "Chance that the informal network grows a step of fifteen in a month of team care, up to what the project builds";
    expectation_raised: "expectation.raised", "share", 0.0..1.0, "How far help that did its work closes the gap to full expectation";
    expectation_lowered: "expectation.lowered", "share", 0.0..1.0, "Share of the expectation that help that stopped takes away";
    informal_network: "informal.network", "share", 0.0..1.0, "Informal network from which it carries a household by itself after help";
    informal_calm: "informal.calm", "share", 0.0..1.0, "Part of worsening and crises that a full network prevents while it carries a household";
    informal_bridge: "informal.bridge", "1/month", 0.0..1.0, "Chance that the network of a household brings it to the team when it is in multi-problem";
    relapse_strength: "relapse.strength", "share", 0.0..1.0, "Part of relapse that full own strength prevents";
    relapse_factor: "relapse.factor", "1", 1.0..20.0, "How many times more often problems return in the year after help that stopped at once";
    relapse_long_breath: "relapse.long_breath", "month", 1.0..60.0, "Months of support after which nothing of that is left";
    volunteer_reciprocity: "volunteer.reciprocity", "share", 0.0..1.0, "Share of helped households that become volunteers when asked out of appreciation";
    volunteer_ask: "volunteer.ask", "1/month", 0.0..50.0, "Residents who come to help in a month when a team asks out of appreciation";
    volunteer_appreciation: "volunteer.appreciation", "share", 0.0..1.0, "How far teams ask out of appreciation (1) or out of thrift (0)";
    volunteer_rise: "volunteer.rise", "share", 0.0..1.0, "Chance that giving something back makes a problem in work or in the social domain a step lighter";
    volunteer_leave: "volunteer.leave", "1/month", 0.0..1.0, "Chance that a volunteer leaves";
    volunteer_households: "volunteer.households", "households", 0.0..10.0, "Households in team care that a volunteer takes off a worker's hands";
    worker_cost: "worker.cost", "euro/year", 1000.0..200000.0, "Cost of a worker";
    worker_leave: "worker.leave", "1/month", 0.0..0.5, "Chance that a worker leaves";
    worker_leave_uncertain: "worker.leave_uncertain", "1/month", 0.0..0.5, "Added chance when no money is promised for the months that workers foresee";
    worker_foresight: "worker.foresight", "month", 0.0..36.0, "Months before the end of promised money in which workers grow uncertain";
    worker_hire: "worker.hire", "1/month", 0.0..1.0, "Chance that a vacancy is filled";
    tie_decay: "tie.decay", "1/month", 0.0..1.0, "Weakening of a tie without contact";
    tie_contact: "tie.contact", "1/month", 0.0..20.0, "Strengthening of a tie by a leader's full month of contact";
    tie_official_leaves: "tie.official_leaves", "1/year", 0.0..1.0, "Chance that the official or manager behind a tie moves on";
    tie_carry_over: "tie.carry_over", "share", 0.0..1.0, "Share of a tie that is left when the person behind it goes";
    tie_weakest: "tie.weakest", "1", 0.0..10.0, "How many times more the weakest of the four levels counts in the strength of a coalition";
    tie_veto: "tie.veto", "share", 0.0..1.0, "Chance in a budget round that a level without any tie holds up a claim";
    tie_introduction: "tie.introduction", "1/month", 0.0..1.0, "Part of the way to a full tie that a payer brings who gains at least an even part of the cost, where it is fully near itself";
    tie_reorganisation: "tie.reorganisation", "1/year", 0.0..1.0, "Chance that a payer reorganises, which breaks its ties below the political level";
    alderman_exit: "alderman.exit", "1/year", 0.0..1.0, "Chance that an alderman leaves before the end of the term";
    alderman_reelected: "alderman.reelected", "share", 0.0..1.0, "Chance that an alderman stays after an election";
    coalition_core_group: "coalition.core_group", "people", 0.0..30.0, "People in the core group of a project at its start";
    coalition_size: "coalition.size", "people", 1.0..30.0, "Size beyond which a core group does not grow";
    coalition_reach: "coalition.reach", "share", 0.0..1.0, "Part of a project's ties that one member of its core group holds too";
    coalition_time: "coalition.time", "share", 0.0..1.0, "Part of the time for contacts that goes to the core group";
    coalition_build: "coalition.build", "people/month", 0.0..20.0, "People that a full month of a skilled leader adds to a core group";
    coalition_leave: "coalition.leave", "1/year", 0.0..1.0, "Part of a core group that moves on";
    governance_coherence: "governance.coherence", "share", 0.0..1.0, "How far projects in one place are linked: households, partners and goals they share are known to all";
    governance_reporting: "governance.reporting", "share", 0.0..0.5, "Share of a project's time that the reports for one payer take in a town that thinks in systems";
    governance_life_world: "governance.life_world", "share", 0.0..1.0, "How far the town works from the life world of residents: it takes that share of the reports away";
    governance_learning: "governance.learning", "share", 0.0..1.0, "How far leaders take part in communities of practice";
    governance_free_room: "governance.free_room", "share", 0.0..1.0, "Share of municipal free money that is kept for new people and ideas";
    governance_bridge: "governance.bridge", "month", 0.0..36.0, "Months that the town's money goes on after its end while a claim is undecided; 0 where projects end by definition";
    governance_prize: "governance.prize", "share", 0.0..1.0, "Part of the gap in political ties that a prize closes";
    governance_review: "governance.review", "share", 0.0..1.0, "How far political ties follow the verdict of a review committee";
    knowledge_exchange: "knowledge.exchange", "1/month", 0.0..1.0, "Part of the gap in knowledge and method that teams of one name close";
    knowledge_practice: "knowledge.practice", "1/month", 0.0..1.0, "Part of the gap that full communities of practice close, whatever the name";
    knowledge_elsewhere: "knowledge.elsewhere", "share", 0.0..1.0, "Knowledge per worker that is to be found in other towns";
    knowledge_written: "knowledge.written", "share", 0.0..1.0, "Share of a team's knowledge that a project with a cost-benefit analysis puts on paper; a quarter of it for each level of measurement";
    knowledge_search: "knowledge.search", "share", 0.0..1.0, "Spread of the active ingredients in methods that newcomers try (standard deviation)";
    fatigue_loss: "fatigue.loss", "share", 0.0..1.0, "Share of the openness of those who paid that a failed round takes away";
    fatigue_recovery: "fatigue.recovery", "1/year", 0.0..12.0, "Part of that fatigue which fades";
    portfolio_hours: "portfolio.hours", "month", 0.01..10.0, "Contact time of others with a payer at which a loose project finds it half occupied";
    portfolio_overlap: "portfolio.overlap", "share", 0.0..1.0, "Chance that another, loose project in the place works with the same household";
    governance_best_persons: "governance.best_persons", "share", 0.0..1.0, "How far the municipality scouts, trains and places best persons";
    leader_leave: "leader.leave", "1/year", 0.0..1.0, "Chance that a rested leader moves on";
    leader_burn_out: "leader.burn_out", "1/year", 0.0..12.0, "Chance that a leader without energy burns out; in proportion to the energy lost";
    leader_search: "leader.search", "month", 1.0..36.0, "Months that the search for a successor takes without scouting";
    leader_scouting: "leader.scouting", "candidates", 0.0..20.0, "Further candidates among whom full scouting lets one choose";
    leader_training: "leader.training", "1/year", 0.0..1.0, "Part of the gap in skill and business skill that full investment in best persons closes";
    leader_personal: "leader.personal", "share", 0.0..1.0, "Part of a tie that a leader holds in person";
    leader_business: "leader.business", "share", 0.0..1.0, "Business skill in a project's direction: mostly that of a business counterpart";
    growth_pace: "growth.pace", "1/year", 0.0..50.0, "Times that a leader with full drive, energy and business skill goes for one worker more";
    growth_foresight: "growth.foresight", "month", 0.0..60.0, "Months for which money must be sure before a team grows";
    leader_cost_of_stream: "leader.cost_of_stream", "1/month", 0.0..1.0, "Energy that a month of swimming against the stream costs at full drive";
    leader_rest: "leader.rest", "1/month", 0.0..1.0, "Energy regained in a month with full backing";
    leader_network_time: "leader.network_time", "share", 0.0..1.0, "Part of the time no strategy asks for that a leader spends on contacts with all payers";
    leader_method_share: "leader.method_share", "share", 0.0..1.0, "Part of the technique that needs the leader's own time";
    leader_conflict: "leader.conflict", "1/month", 0.0..20.0, "Tie lost by conflict with a closed payer in a full month of contact, for the square of drive";
    payer_adaptation: "payer.adaptation", "1/month", 0.0..1.0, "Share of the gap in its free room that a payer closes by letting contracts with others end";
    payer_risk_aversion: "payer.risk_aversion", "1", 0.0..10.0, "Discount for each unit of relative uncertainty about the effect";
    payer_tightness: "payer.tightness", "1", 0.0..10.0, "Growth of risk aversion when no free money is left";
    payer_tie_pull: "payer.tie_pull", "1", 0.0..5.0, "Worth per euro that a full coalition adds";
    payer_assurance: "payer.assurance", "1", 0.0..1.0, "How far full municipal direction assures a payer that the others will pay too";
    payer_table: "payer.table", "1", 0.0..1.0, "How far a full coalition around one table assures an institution that the others will join";
    payer_resistance: "payer.resistance", "1", 0.0..10.0, "Worth per euro of the people, money and power that a closed institution gives up, or gains when it embeds";
    payer_resistance_lent: "payer.resistance_lent", "share", 0.0..1.0, "Part of that resistance that is left when the people stay in the institution's employ";
    payer_habit: "payer.habit", "1", 0.0..5.0, "Worth per euro that a running contribution has over a new claim";
    payer_own_care: "payer.own_care", "1", 0.0..5.0, "Worth per euro of own silo care that cuts took away";
    payer_horizon: "payer.horizon", "month", 0.0..60.0, "Months ahead within which a contract that ends counts as free money";
    payer_partial: "payer.partial", "share", 0.0..1.0, "Least part of what was asked that is worth granting";
    payer_pressure: "payer.pressure", "1", 0.0..1.0, "Share of the ties with a closed payer that full municipal pressure on a joint claim costs";
    payer_bears_overspend: "payer.bears_overspend", "share", 0.0..1.0, "Part of a municipal department's overspending on entitlements that its closed budget bears the next year";
    payer_rivals: "payer.rivals", "1", 0.0..20.0, "Money that rival claims ask, as a multiple of the free money";
    payer_rival_claims: "payer.rival_claims", "claims", 1.0..100.0, "Rival claims in a budget round";
    payer_rival_worth: "payer.rival_worth", "1", 0.0..10.0, "Median worth per euro of a rival claim";
    payer_rival_new: "payer.rival_new", "share", 0.0..1.0, "Share of the rival claims that are for something new, to which a payer's taste for it adds worth";
    payer_rival_spread: "payer.rival_spread", "1", 0.0..3.0, "Spread of that worth (standard deviation of its logarithm)";
    capacity_bound: "capacity.bound", "share", 0.0..1.0, "Part of the cost of a provision that is paid while its places stand empty";
    capacity_fills: "capacity.fills", "1/month", 0.0..1.0, "Part of the empty places of a provision that others take where all who ask for such help wait, at full cost; less where some are helped";
    cofunding_vulnerable: "cofunding.vulnerable", "share", 0.0..1.0, "Largest part of the cost that the government pays of a project for the very vulnerable only; 1 = no limit";
    cofunding_others: "cofunding.others", "share", 0.0..1.0, "The same of a project without any of them";
    evidence_prior: "evidence.prior", "1", 0.0..5.0, "What a payer believes at first: own benefit as a share of its even part of the project's cost";
    evidence_prior_sd: "evidence.prior_sd", "1", 0.01..10.0, "Uncertainty of that belief, as a share of the same";
    evidence_noise_in_out: "evidence.noise_in_out", "1", 0.01..50.0, "Error of a year's evidence from in and out counts, as a share of the effect, at least of the even part";
    evidence_noise_baseline: "evidence.noise_baseline", "1", 0.01..50.0, "The same with baseline and follow-up";
    evidence_noise_outcome: "evidence.noise_outcome", "1", 0.01..50.0, "The same with outcome measurement";
    evidence_noise_cost_benefit: "evidence.noise_cost_benefit", "1", 0.01..50.0, "The same with an indicative cost-benefit analysis";
    evidence_complexity: "evidence.complexity", "1", 0.0..5.0, "How much each further domain in which the team's households had a problem adds to the error of its evidence";
    evidence_forget: "evidence.forget", "1/quarter", 0.0..1.0, "Share of the certainty of a belief that fades";
    evidence_effort: "evidence.effort", "month", 0.0..60.0, "Leader time to raise measurement by one level";
    lifecycle_viable: "lifecycle.viable", "share", 0.0..1.0, "Share of its workers below which a team cannot go on";
    lifecycle_build_up: "lifecycle.build_up", "month", 1.0..120.0, "Months until a new team works at 95 % of full strength";
    lifecycle_claim_patience: "lifecycle.claim_patience", "month", 1.0..24.0, "Months after which a claim that was not granted is refused";
    lifecycle_notice: "lifecycle.notice", "month", 0.0..24.0, "Months between ending a standing contribution and its last payment";
    lifecycle_claim_time: "lifecycle.claim_time", "month", 0.0..5.0, "Leader time that a claim costs";
    finance_small: "finance.small", "share", 0.0..1.0, "Largest one-off gift, crowdfunding or tailor-made tender, as a part of the giver's budget of a year";
    finance_appreciation: "finance.appreciation", "share", 0.0..1.0, "Largest appreciation contribution, as a part of the benefit that the giver believes in";
    finance_interest: "finance.interest", "1/year", 0.0..1.0, "Interest on a loan";
    finance_return: "finance.return", "1/year", 0.0..1.0, "Return that an investor asks when the benefit shown is as large as the cost";
    finance_repay: "finance.repay", "month", 1.0..240.0, "Months over which a loan or an investment is repaid once it was drawn";
    finance_campaign: "finance.campaign", "1", 0.0..20.0, "Leader time of a campaign or a bid, as a multiple of that of a claim";
    finance_advice: "finance.advice", "share", 0.0..1.0, "Leader time that a fund's advice and network free while a partnership runs";
    finance_hours: "finance.hours", "share", 0.0..2.0, "Work that a full-time person of a firm takes off the workers' hands, in workers";
    finance_dependence: "finance.dependence", "share", 0.0..1.0, "Effort for own income that is lost to a project that lives on subsidy alone";
    secondment_recall: "secondment.recall", "1/month", 0.0..0.5, "Chance that an employer without ties calls a lent worker back while its money is not tight";
    secondment_handover: "secondment.handover", "1", 0.0..2.0, "Loss of technique by hand-overs, for each further employer in a team";
    closing_resistance: "closing.resistance", "1", 0.0..10.0, "Worth per euro of contracts with others that a closed payer gives up to pay for the new";
    closing_people: "closing.people", "1", 0.0..10.0, "Growth of that when all that closes is the payer's own silo";
    closing_money: "closing.money", "1", 0.0..100.0, "Growth of that when all that the payer has would close";
    closing_steering: "closing.steering", "share", 0.0..1.0, "Part of that which full municipal direction overcomes";
    closing_old: "closing.old", "1", 0.0..10.0, "Worth per euro that a payer sees in its old capacity";
    ladder_age: "ladder.age", "year", 0.0..100.0, "Years since a neighbourhood was built whole, with upkeep alone, at the start";
    ladder_gate: "ladder.gate", "share", 0.0..0.95, "How far a rung must stand before the next one can grow at all";
    ladder_upkeep: "ladder.upkeep", "1/year", 0.0..2.0, "Growth of clean, whole, safe by regular upkeep";
    ladder_growth: "ladder.growth", "1/year", 0.0..2.0, "Growth of a higher rung by itself once the one below stands fully";
    ladder_return: "ladder.return", "1/year", 0.0..10.0, "Growth of a rung by 100 euro per household a year, once the one below stands fully";
    ladder_decay: "ladder.decay", "1/year", 0.0..1.0, "Wear of a rung";
    ladder_strain: "ladder.strain", "1", 0.0..20.0, "Extra wear of clean, whole, safe where all households are in the danger zone";
    ladder_hold: "ladder.hold", "share", 0.0..1.0, "Part of the wear of a rung that the rung above it prevents when it stands fully";
    ladder_familiarity: "ladder.familiarity", "share", 0.0..1.0, "Part of its share in cohesion that a household takes along when it leaves";
    ladder_calm: "ladder.calm", "share", 0.0..1.0, "Part of the onset of problems that is prevented where cohesion, control and self-reliance all stand";
    ladder_notice: "ladder.notice", "1", 0.0..10.0, "Growth of detection by neighbours with full cohesion";
    ladder_active: "ladder.active", "1", 0.0..10.0, "Growth of the number of residents who come to help where control stands fully";
    ladder_spread: "ladder.spread", "1/year", 0.0..10.0, "Growth of a higher rung by seeing it stand fully next door, once the one below stands fully";
    presence_growth: "presence.growth", "1/year", 0.0..1.0, "Growth of the basis by each trained worker per 1000 households";
    image_pace: "image.pace", "1/year", 0.0..12.0, "Share of the gap with what can be seen that the image of a neighbourhood closes";
    image_stigma: "image.stigma", "1", 0.0..1.0, "Part of its standing that a neighbourhood loses where all households are in the danger zone";
    image_art: "image.art", "1", 0.0..10.0, "Lift of the image by 100 euro per household a year for art and culture, as odds";
    moving_tenant: "moving.tenant", "1/year", 0.0..1.0, "Chance that a tenant of a corporation moves";
    moving_owner: "moving.owner", "1/year", 0.0..1.0, "Chance that another household moves";
    moving_flight: "moving.flight", "1", 0.0..10.0, "Extra chance to move of a household without problems where the image is nil";
    moving_choice: "moving.choice", "1", 0.0..20.0, "Growth of the odds that who comes is in the danger zone, when the image falls from full to nil (logarithm)";
    moving_within: "moving.within", "share", 0.0..1.0, "Share of those who leave that look for a dwelling in another neighbourhood of the place";
    area_rebuild_cost: "area.rebuild_cost", "euro", 1000.0..1000000.0, "Cost of replacing a rented dwelling by an owned one";
    area_sale_cost: "area.sale_cost", "euro", 100.0..1000000.0, "Cost of the sale of a rented dwelling: discount, repair, guidance";
    area_refusal: "area.refusal", "share", 0.0..1.0, "Share of the households in the danger zone that rules on who may come keep out";
    founding_leaders: "founding.leaders", "people", 0.0..20.0, "People in the place who could found a project of their own";
    founding_rate: "founding.rate", "1/year", 0.0..12.0, "Times that one of them goes and asks for money where the unmet need is that of founding.need; more need, more often";
    founding_need: "founding.need", "share", 0.0..1.0, "Share of households in multi-problem without a team at which founders act at their usual rate";
    founding_size: "founding.size", "share", 0.0..2.0, "Workers of a new project, relative to the first one";
    founding_months: "founding.months", "month", 1.0..120.0, "Months of the temporary grant that a new project asks";
    founding_pots: "founding.pots", "payers", 1.0..20.0, "Payers that a founder asks at a time, those first that like what is new";
    founding_ask: "founding.ask", "share", 0.0..1.0, "Part of the cost that a founder asks from each";
    founding_reads: "founding.reads", "share", 0.0..1.0, "Share of the knowledge of ended projects that a new one with another name finds";
    embedding_transfer: "embedding.transfer", "share", 0.0..1.0, "Share of workers that follow the work into an institution";
    embedding_quality: "embedding.quality", "1", 0.0..1.0, "Gain in an institution's effect when all of the project's knowledge arrives";
    embedding_coordinators: "embedding.coordinators", "people", 0.0..3.0, "People with whom an institution that took in a part of a team aligns with the others around a multi-problem household that they share";
    embedding_fade: "embedding.fade", "1/year", 0.0..1.0, "Share of what institutions learned that fades without municipal direction";
    market_growth: "market.growth", "1/month", 0.0..0.5, "Share of the gap to the economic component that sales close, at full skill and energy";
    market_places: "market.places", "people", 0.0..10.0, "People else on benefit who have a place of work by sales as large as a worker's cost";
    market_saves: "market.saves", "share", 0.0..1.0, "Part of a benefit that the payer saves while somebody has such a place";
    market_spread: "market.spread", "1", 0.0..2.0, "Month to month spread of sales (standard deviation of the logarithm)";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_ranges_are_ranges() {
        for (i, spec) in SPECS.iter().enumerate() {
            assert_eq!(
                position(spec.name),
                Some(i),
                "{} is listed twice",
                spec.name
            );
            assert!(spec.min < spec.max, "{}", spec.name);
            assert!(
                !spec.doc.is_empty() && !spec.unit.is_empty(),
                "{}",
                spec.name
            );
        }
    }
}
