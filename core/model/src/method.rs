//! Method: what the active ingredients of a team do to one household's help.
//!
//! Ingredients that depend on each other multiply: one contact needs one plan *and* a generalist;
//! a generalist needs specialists behind, and those need a team that is large enough. So half of
//! every ingredient is much less than half of the effect (seed 002, 5.2.1).

use crate::project::Project;
use crate::settings::Settings;
use zalm_scenario::{Ingredients, Mechanism, Rates};

/// Life domains, each with its own specialism.
const DOMAINS: f64 = 8.0;

/// Quality of a team this month, the same for all its households.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TeamQuality {
    /// Context: mandate, backing and time, 0..=ONE. No context, no effect.
    pub context: u32,
    /// Technique with the knowledge in the team, 0..=ONE.
    pub technique: u32,
    /// People of the team who come to a household, by its domains in problem, in fixed point.
    pub contacts: [u32; 9],
    /// What hand-overs between them leave of the help, 0..=ONE.
    pub undivided: [u32; 9],
    /// Factor on worsening, ONE for a technique that does no harm.
    pub harm: u32,
}

/// People of a team who come to a household with this many domains in problem: one where one
/// generalist holds one plan, one for each domain where neither is so.
pub fn contacts(method: &Ingredients, problems: usize, settings: &Settings) -> f64 {
    if !settings.on(Mechanism::Specialists) {
        return 1.0;
    }
    let others = problems.saturating_sub(1) as f64;
    1.0 + others * (1.0 - method.one_plan * method.generalist)
}

/// What hand-overs and contradiction between that many people leave of the help.
pub fn undivided(people: f64, settings: &Settings) -> f64 {
    if !settings.on(Mechanism::Coordination) {
        return 1.0;
    }
    let others = (people - 1.0).max(0.0);
    1.0 / (1.0 + settings.rates.silo_coordination * others * others)
}

/// Depth of the technique: a generalist knows each domain less well than its specialist, unless
/// there is one in the team to ask.
pub fn depth(method: &Ingredients, workers: u32, rates: &Rates) -> f64 {
    let present = (f64::from(workers) / DOMAINS).min(1.0);
    1.0 - rates.method_shallow * method.generalist * (1.0 - present)
}

/// Mandate: what the worker may decide without asking, and for the rest what the ties with the
/// silos give.
pub fn mandate(method: &Ingredients, ties: f64) -> f64 {
    method.mandate + (1.0 - method.mandate) * ties
}

/// Trust of a household after this many months with the same worker, 0..=1.
pub fn trust(method: &Ingredients, months: u32, forced: bool, rates: &Rates) -> f64 {
    let near = method.presence * (1.0 + rates.method_expert_trust * method.expert);
    let free = if forced {
        rates.method_forced_trust
    } else {
        1.0
    };
    (f64::from(months) * near * free / rates.team_trust_months).min(1.0)
}

/// Months that help lasts at least, also when problems are over before.
pub fn least_months(method: &Ingredients, rates: &Rates) -> f64 {
    method.long_breath * rates.relapse_long_breath
}

/// Whether help ends after this many months whatever the state of the household.
pub fn is_over(method: &Ingredients, months: u32) -> bool {
    method.longest > 0.0 && f64::from(months) >= method.longest
}

/// Factor on the worsening of problems where a team does more harm than good: below some quality
/// the worse, the worse (seed 002, 1.4: it can do damage).
pub fn harm(technique: f64, settings: &Settings) -> f64 {
    let rates = &settings.rates;
    if !settings.on(Mechanism::Harm) || rates.method_harm_below <= 0.0 {
        return 1.0;
    }
    let lacks = (1.0 - technique / rates.method_harm_below).max(0.0);
    1.0 + rates.method_harm * lacks
}

/// Informal network that the project builds around each household: by its method, or a volunteer
/// for each of them.
pub fn network(project: &Project) -> f64 {
    let each = f64::from(project.volunteers) / f64::from(project.households.max(1));
    project.network.max(each.min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{ingredients, settings};

    #[test]
    fn one_contact_needs_one_plan_and_a_generalist() {
        let both = ingredients();
        let no_plan = Ingredients {
            one_plan: 0.0,
            ..both
        };
        let no_generalist = Ingredients {
            generalist: 0.0,
            ..both
        };
        let on = settings(&[]);
        assert!((contacts(&both, 5, &on) - 1.0).abs() < 1e-12);
        assert!((contacts(&no_plan, 5, &on) - 5.0).abs() < 1e-12);
        assert!((contacts(&no_generalist, 5, &on) - 5.0).abs() < 1e-12);
        assert!(
            (contacts(&no_plan, 1, &on) - 1.0).abs() < 1e-12,
            "one problem, nothing to hand over"
        );
        let off = settings(&[Mechanism::Specialists]);
        assert!((contacts(&no_plan, 5, &off) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn half_of_every_ingredient_is_less_than_half_of_undivided_help() {
        let whole = ingredients();
        let half = Ingredients {
            one_plan: 0.5 * whole.one_plan,
            generalist: 0.5 * whole.generalist,
            ..whole
        };
        let settings = settings(&[]);
        let people = |method| contacts(method, 5, &settings);
        assert!(people(&half) - 1.0 > 0.7 * (5.0 - 1.0));
        let left = |people| undivided(people, &settings);
        assert!(left(people(&half)) < left(people(&whole)));
        assert!((left(1.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_small_team_of_generalists_lacks_the_specialist_behind() {
        let rates = settings(&[]).rates;
        let generalists = ingredients();
        let specialists = Ingredients {
            generalist: 0.0,
            ..generalists
        };
        assert!(depth(&generalists, 2, &rates) < depth(&generalists, 8, &rates));
        assert!((depth(&specialists, 2, &rates) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn trust_comes_sooner_by_presence_and_later_by_force() {
        let rates = Rates {
            method_forced_trust: 0.3,
            team_trust_months: 10.0,
            ..settings(&[]).rates
        };
        let near = ingredients();
        let far = Ingredients {
            presence: 0.2,
            ..near
        };
        assert!(trust(&near, 3, false, &rates) > trust(&far, 3, false, &rates));
        assert!(trust(&near, 3, true, &rates) < trust(&near, 3, false, &rates));
    }

    #[test]
    fn a_poor_technique_does_harm_and_a_good_one_none() {
        let on = settings(&[]);
        assert!(harm(0.0, &on) > harm(0.1, &on));
        assert!((harm(1.0, &on) - 1.0).abs() < 1e-12);
        assert!((harm(0.0, &settings(&[Mechanism::Harm])) - 1.0).abs() < 1e-12);
    }
}
