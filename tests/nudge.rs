//! No parameter, figure or switch that changes nothing: each is moved to another plausible value,
//! and some metric, fate or sample of some run must follow. The digest does not count, since it
//! holds many of these values themselves.

mod figures;

use std::collections::BTreeMap;
use std::sync::OnceLock;
use zalm_model::{Form, Instrument, RunRecord, Strategy, StrategySource};
use zalm_plugin_host::PluginSource;
use zalm_scenario::{
    LayerUse, Measurement, Mechanism, Project, SPECS, Scenario, Shock, StrategyUse, StrategyValue,
};
use zalm_tests::scenarios::{area_investments, figure, grant, heechterp, parameter};
use zalm_tests::strategies::{Seeker, Toolkit, libraries, played};

/// The default scenario with strategies from the second year, before chance has wiped out the ties
/// of the start, and with a second project: small, badly measured, with friends everywhere
/// and something to sell.
fn rich() -> Scenario {
    let mut scenario = heechterp();
    scenario.policy_date = scenario.start.plus(12);
    let first = scenario.projects[0].clone();
    let friends = scenario.payers.iter().map(|payer| payer.id.clone());
    scenario.projects.push(Project {
        id: "second".to_owned(),
        start: scenario.start.plus(6),
        workers: figure(3.0),
        measurement: Measurement::InOut,
        economic: figure(0.6),
        ties: friends.map(|payer| (payer, [0.9, 0.8, 0.7, 0.8])).collect(),
        method: BTreeMap::from([("longest".to_owned(), figure(9.0))]),
        grants: vec![grant("fund", 0.3, 30), grant("safety", 0.7, 40)],
        ..first
    });
    scenario.area_investments = area_investments(&scenario);
    // So little that the payers have room for what projects ask of them too.
    for investment in &mut scenario.area_investments {
        investment.per_year = figure(investment.per_year.value / 10.0);
    }
    // Each rung carries the next soon, so that control stands on so little money too.
    parameter(&mut scenario, "ladder.gate").value = 0.05;
    // No town has a scale for its part, so that its two ends would move nothing.
    parameter(&mut scenario, "cofunding.vulnerable").value = 0.95;
    parameter(&mut scenario, "cofunding.others").value = 0.3;
    scenario.stressors[0].shocks = from_outside(&scenario);
    let mut deliberate = scenario.strategies[1].clone();
    deliberate.name = "deliberate".to_owned();
    deliberate
        .parameters
        .insert("deliberate".to_owned(), StrategyValue::Bool(true));
    scenario.strategies.push(deliberate);
    let others = [
        "joint-adoption",
        "benefit-capture",
        "new-for-old",
        "new-finance",
    ];
    for plugin in others {
        scenario.strategies.push(StrategyUse::of(plugin, plugin));
    }
    let layer = |plugin: &str| LayerUse {
        plugin: plugin.to_owned(),
        ..LayerUse::default()
    };
    scenario.strategies.push(StrategyUse {
        layers: ["social-enterprise", "new-finance"].map(layer).to_vec(),
        ..StrategyUse::of("borrowers", "")
    });
    scenario
}

/// A prize, a review committee and years of transition, in a story that has no shocks of its own.
fn from_outside(scenario: &Scenario) -> Vec<Shock> {
    let at = |month| scenario.start.plus(month);
    vec![
        Shock::Transition {
            at: at(14),
            months: 60,
            relief: 0.5,
        },
        Shock::Prize {
            at: at(20),
            project: "second".to_owned(),
        },
        Shock::Review { at: at(26) },
    ]
}

/// One way in which something could show.
struct Arm {
    /// Index in the scenario, so that figures of stressors can be nudged too.
    stressor: usize,
    strategy: Tried,
    replication: u32,
}

/// The strategies that ship, and crude ones for instruments and forms that those do not use.
enum Tried {
    Library(String),
    Crude(Seeker),
    Toolkit(Toolkit),
}

/// Everything that is tried, and what came of it unchanged.
struct Bench {
    scenario: Scenario,
    source: PluginSource,
    arms: Vec<Arm>,
    before: Vec<RunRecord>,
}

impl Bench {
    fn get() -> &'static Self {
        static BENCH: OnceLock<Bench> = OnceLock::new();
        BENCH.get_or_init(|| {
            let scenario = rich();
            let mut bench = Self {
                source: libraries(&scenario),
                arms: arms(&scenario),
                before: Vec::new(),
                scenario,
            };
            let all = bench.arms.iter();
            bench.before = all.map(|arm| bench.record(&bench.scenario, arm)).collect();
            bench
        })
    }

    fn record(&self, scenario: &Scenario, arm: &Arm) -> RunRecord {
        let mut strategy: Box<dyn Strategy> = match &arm.strategy {
            Tried::Library(name) => self.source.create(name).expect("an instance"),
            Tried::Crude(seeker) => Box::new(*seeker),
            Tried::Toolkit(toolkit) => Box::new(*toolkit),
        };
        let stressor = &scenario.stressors[arm.stressor];
        played(
            scenario,
            arm.replication,
            Some(stressor),
            Some(strategy.as_mut()),
        )
    }

    /// Whether any run of the changed scenario ends otherwise.
    fn follows(&self, changed: &Scenario) -> bool {
        let mut pairs = self.arms.iter().zip(&self.before);
        pairs.any(|(arm, before)| results(&self.record(changed, arm)) != results(before))
    }
}

/// Every strategy under every stressor, twice, in replications dealt out in turn: what needs a
/// certain draw and what needs a certain request are both found soon.
fn arms(scenario: &Scenario) -> Vec<Arm> {
    // Large payers are asked for a fifth of the cost, small ones have room for less.
    let little = |seeker| Seeker {
        part: 0.04,
        ..seeker
    };
    let seekers = [
        Seeker::FEES,
        Seeker::ENTERPRISE,
        Seeker::GRANTS,
        little(Seeker::GRANTS),
        little(Seeker::JOINT),
        little(Seeker::EMBEDDED),
        little(Seeker::STAKEHOLDERS),
        little(Seeker {
            closes: true,
            ..Seeker::STAKEHOLDERS
        }),
        little(Seeker {
            instrument: Instrument::Loan,
            ..Seeker::GRANTS
        }),
        little(Seeker {
            instrument: Instrument::Investor,
            measurement: 0.5,
            ..Seeker::GRANTS
        }),
    ];
    let under = |stressor| {
        let libraries = scenario.strategies.iter();
        let libraries = libraries.map(|strategy| Tried::Library(strategy.name.clone()));
        let toolkit = Toolkit {
            form: Form::Enterprise,
            part: 0.03,
        };
        let tried = libraries.chain(seekers.map(Tried::Crude));
        let foundation = Toolkit {
            form: Form::Temporary,
            ..toolkit
        };
        let tried = tried.chain([toolkit, foundation].map(Tried::Toolkit));
        tried.map(move |strategy| (stressor, strategy))
    };
    let twice = (0..2).flat_map(|_| (0..scenario.stressors.len()).flat_map(under));
    let arm = |(number, (stressor, strategy))| Arm {
        stressor,
        strategy,
        replication: number as u32 % REPLICATIONS,
    };
    twice.enumerate().map(arm).collect()
}

/// Shares no factor with the number of strategies.
const REPLICATIONS: u32 = 7;

/// What counts as a result: not the digest, not the wording of the log.
fn results(record: &RunRecord) -> impl PartialEq {
    (
        record.outcomes.clone(),
        record.series.clone(),
        record.fates.clone(),
    )
}

/// A change that was made to the scenario, by name.
type Changed = (String, Scenario);

/// Names of changes that change nothing.
fn dead(changes: impl IntoIterator<Item = Changed>) -> Vec<String> {
    let bench = Bench::get();
    let silent = changes
        .into_iter()
        .filter(|(_, changed)| !bench.follows(changed));
    silent.map(|(name, _)| name).collect()
}

fn changed(name: impl Into<String>, change: impl FnOnce(&mut Scenario)) -> Changed {
    let mut scenario = Bench::get().scenario.clone();
    change(&mut scenario);
    let name = name.into();
    assert!(scenario != Bench::get().scenario, "{name} was not changed");
    (name, scenario)
}

#[test]
fn every_parameter_moves_some_result() {
    let dead = dead(SPECS.iter().map(|spec| {
        changed(spec.name, |scenario| {
            let parameter = parameter(scenario, spec.name);
            let up = parameter.high > parameter.value;
            parameter.value = if up { parameter.high } else { parameter.low };
        })
    }));
    assert!(dead.is_empty(), "parameters that change nothing: {dead:#?}");
}

#[test]
fn every_mechanism_switched_off_moves_some_result() {
    let dead = dead(Mechanism::ALL.iter().map(|&mechanism| {
        changed(format!("{mechanism:?}"), |scenario| {
            scenario.switched_off.push(mechanism);
        })
    }));
    assert!(dead.is_empty(), "switches that change nothing: {dead:#?}");
}

#[test]
fn every_figure_moves_some_result() {
    let moved = |nudge: figures::Nudge| {
        let all = figures::changes(&Bench::get().scenario).into_iter();
        all.map(move |(name, change)| changed(name, |scenario| change(scenario, nudge)))
    };
    let dead_below = dead(moved(figures::down));
    // What crosses no threshold downwards may cross one upwards.
    let dead = dead(moved(figures::up).filter(|(name, _)| dead_below.contains(name)));
    assert!(dead.is_empty(), "figures that change nothing: {dead:#?}");
}

#[test]
fn what_nobody_reads_is_found() {
    let retitled = changed("title", |scenario| scenario.title = "Another title".into());
    assert_eq!(dead([retitled]), ["title"]);
}
