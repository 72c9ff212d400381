//! Which assumption could turn the answer: each is set to the ends of its plausible range.

use super::Estimate;
use zalm_scenario::{Evidence, Scenario};

/// What came of looking for assumptions that could turn the answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Flips {
    /// Nobody looked.
    NotSought,
    /// The balance in the scenario cannot be told from chance, so there is no sign to turn.
    Unclear,
    /// Those that turn its sign, largest move first.
    Found(Vec<Flip>),
}

/// An assumption that turns the sign of the balance.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// Name of the parameter.
    pub name: String,
    /// Value in the scenario.
    pub value: f64,
    /// Plausible value at which the balance has the other sign.
    pub at: f64,
    /// Balance there, euro.
    pub balance: Estimate,
    /// Where the value comes from.
    pub source: String,
}

/// Assumptions of a scenario whose plausible range turns the sign of its balance `base`. Signs count
/// where they are more than chance: here and there the interval leaves 0 out, as at a break-even
/// point.
/// `balance` runs a changed scenario; what it cannot run is left out.
pub fn flips(
    scenario: &Scenario,
    base: Option<Estimate>,
    mut balance: impl FnMut(&Scenario) -> Option<Estimate>,
) -> Flips {
    let Some((base, above)) = base.and_then(|base| Some((base.mean, base.is_above()?))) else {
        return Flips::Unclear;
    };
    let mut found = Vec::new();
    for (spec, parameter) in scenario.parameters.iter() {
        if parameter.evidence != Evidence::Assumption {
            continue;
        }
        let mut worst: Option<Flip> = None;
        for at in [parameter.low, parameter.high] {
            if (at - parameter.value).abs() < f64::EPSILON {
                continue;
            }
            let mut changed = scenario.clone();
            if let Some(changed) = changed.parameters.get_mut(spec.name) {
                changed.value = at;
            }
            let Some(turned) = balance(&changed) else {
                continue;
            };
            let further =
                |flip: &Flip| (turned.mean - base).abs() > (flip.balance.mean - base).abs();
            let turns = turned.is_above() == Some(!above);
            if turns && worst.as_ref().is_none_or(further) {
                worst = Some(Flip {
                    name: spec.name.to_owned(),
                    value: parameter.value,
                    at,
                    balance: turned,
                    source: parameter.source.clone(),
                });
            }
        }
        found.extend(worst);
    }
    let move_of = |flip: &Flip| (flip.balance.mean - base).abs();
    found.sort_by(|a, b| move_of(b).total_cmp(&move_of(a)));
    Flips::Found(found)
}
