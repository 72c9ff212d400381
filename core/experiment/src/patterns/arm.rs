//! An arm: the world asked about, with one change, and who acts in it.

use std::collections::BTreeMap;
use zalm_scenario::{
    AreaInvestment, AreaWork, Evidence, Figure, Mechanism, Payer, PayerKind, Project, Scenario,
    Shock, StrategyUse, StrategyValue,
};

/// A text in both languages that people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Dutch.
    pub nl: &'static str,
    /// English.
    pub en: &'static str,
}

/// A text in Dutch and English.
pub const fn words(nl: &'static str, en: &'static str) -> Words {
    Words { nl, en }
}

/// A changed world: what one side of a comparison lives in.
#[derive(Clone, Debug)]
pub struct Arm {
    /// What sets it apart from the other arm.
    pub name: Words,
    /// The world, with at most one strategy and without stressors; its shocks are among its own.
    pub scenario: Scenario,
    /// How the world asked about uses each strategy.
    uses: Vec<StrategyUse>,
}

impl Arm {
    /// The world as it is, in which nobody acts.
    pub fn of(world: &Scenario, name: Words) -> Self {
        let mut scenario = world.clone();
        scenario.stressors.clear();
        scenario.null_alternative.clear();
        // Every month, so that a part of the run can be measured.
        scenario.series_every = 1;
        let uses = std::mem::take(&mut scenario.strategies);
        Self {
            name,
            scenario,
            uses,
        }
    }

    /// The same under another name, to be changed further.
    #[must_use]
    pub fn named(&self, name: Words) -> Self {
        Self {
            name,
            ..self.clone()
        }
    }

    /// Lets a strategy act, with the parameters that the world gives it.
    #[must_use]
    pub fn strategy(mut self, plugin: &str) -> Self {
        let own = self.uses.iter().find(|one| one.plugin == plugin);
        let parameters = own.map_or_else(BTreeMap::new, |one| one.parameters.clone());
        self.scenario.strategies = vec![StrategyUse {
            parameters,
            ..StrategyUse::of("", plugin)
        }];
        self.rename()
    }

    /// Gives the strategy a parameter.
    #[must_use]
    pub fn with(mut self, parameter: &str, value: StrategyValue) -> Self {
        for strategy in &mut self.scenario.strategies {
            strategy
                .parameters
                .insert(parameter.to_owned(), value.clone());
        }
        self.rename()
    }

    /// Gives the strategy a whole number.
    #[must_use]
    pub fn with_count(self, parameter: &str, value: i64) -> Self {
        self.with(parameter, StrategyValue::Integer(value))
    }

    /// Equal names are equal strategies: the name says all.
    fn rename(mut self) -> Self {
        for strategy in &mut self.scenario.strategies {
            let parameters: Vec<String> = strategy
                .parameters
                .iter()
                .map(|(name, value)| format!("{name}={value:?}"))
                .collect();
            strategy.name = format!("{}({})", strategy.plugin, parameters.join(", "));
        }
        self
    }

    /// Adds shocks to the world.
    #[must_use]
    pub fn under(mut self, shocks: Vec<Shock>) -> Self {
        self.scenario.shocks.extend(shocks);
        self
    }

    /// Gives a parameter of the model another value.
    ///
    /// # Panics
    /// When there is no such parameter.
    #[must_use]
    pub fn parameter(mut self, name: &str, value: f64) -> Self {
        let found = self.scenario.parameters.get_mut(name);
        found
            .unwrap_or_else(|| panic!("there is no parameter {name}"))
            .value = value;
        self
    }

    /// Changes every project.
    #[must_use]
    pub fn projects(mut self, change: impl FnMut(&mut Project)) -> Self {
        self.scenario.projects.iter_mut().for_each(change);
        self
    }

    /// The projects' first money has no end in sight, whenever in the run.
    #[must_use]
    pub fn lasting_money(self) -> Self {
        let months = 2 * self.scenario.months;
        self.projects(|project| {
            for grant in &mut project.grants {
                grant.months = months;
            }
        })
    }

    /// The same without a coalition at the start; ties can be made from then on.
    #[must_use]
    pub fn alone(&self, name: Words) -> Self {
        self.named(name).projects(|project| project.ties.clear())
    }

    /// Changes every payer.
    #[must_use]
    pub fn payers(mut self, change: impl FnMut(&mut Payer)) -> Self {
        self.scenario.payers.iter_mut().for_each(change);
        self
    }

    /// Changes anything.
    #[must_use]
    pub fn change(mut self, change: impl FnOnce(&mut Scenario)) -> Self {
        change(&mut self.scenario);
        self
    }

    /// The same with mechanisms switched off.
    #[must_use]
    pub fn without(&self, mechanisms: &[Mechanism]) -> Self {
        let mut arm = self.clone();
        let on: Vec<Mechanism> = mechanisms
            .iter()
            .copied()
            .filter(|one| !arm.scenario.switched_off.contains(one))
            .collect();
        arm.scenario.switched_off.extend(on);
        arm
    }

    /// The strategy that acts, if one does.
    pub fn acts(&self) -> Option<&StrategyUse> {
        self.scenario.strategies.first()
    }

    /// Whether both arms are the same world: what happens in one happens in the other.
    pub fn same_world(&self, other: &Self) -> bool {
        self.scenario == other.scenario
    }
}

/// A value that an arm sets; its source is the pattern.
fn figure(value: f64) -> Figure {
    Figure {
        value,
        evidence: Evidence::Assumption,
        source: "set by the pattern".to_owned(),
    }
}

/// Money for a work in every neighbourhood, from the first month to the last; euro per household a
/// year.
pub fn invested(world: &Scenario, work: AreaWork, payer: &str, per_year: f64) -> AreaInvestment {
    AreaInvestment {
        work,
        neighbourhoods: Vec::new(),
        payer: payer.to_owned(),
        per_year: figure(per_year),
        start: world.start,
        months: world.months,
    }
}

/// Puts a value in the place of another.
pub fn set(figure: &mut Figure, value: f64) {
    *figure = self::figure(value);
}

/// The world's own years of cuts, the story with most of them; else three yearly slices of a
/// tenth from every department and the State, from two years after the policy date.
pub fn cuts(world: &Scenario) -> Vec<Shock> {
    let number = |shocks: &[Shock]| {
        let cut = |shock: &&Shock| matches!(shock, Shock::Cut { .. });
        shocks.iter().filter(cut).count()
    };
    let own = world
        .stressors
        .iter()
        .map(|stressor| &stressor.shocks)
        .filter(|shocks| number(shocks) == shocks.len() && !shocks.is_empty())
        .max_by_key(|shocks| number(shocks));
    own.cloned().unwrap_or_else(|| slices(world))
}

fn slices(world: &Scenario) -> Vec<Shock> {
    let cut = |payer: &Payer| matches!(payer.kind, PayerKind::Municipal | PayerKind::State);
    let year = |payer: &Payer, year: i32| Shock::Cut {
        at: world.policy_date.plus(12 * (2 + year)),
        payer: payer.id.clone(),
        share: 0.1,
    };
    let last = world.start.plus(world.months.cast_signed());
    let payers = world.payers.iter().filter(|payer| cut(payer));
    payers
        .flat_map(|payer| (0..3).map(move |n| year(payer, n)))
        .filter(|shock| shock.at() < last)
        .collect()
}
