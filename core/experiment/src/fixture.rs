//! A tiny world and scenario for the tests of this crate.

use crate::results::Results;
use crate::runner::{RunOptions, run_worlds};
use crate::world::{Measured, World};
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;
use zalm_model::{
    Aggregate, Better, Command, MetricSpec, ProjectFate, RunError, RunRecord, Sample, Strategy,
    StrategyError, StrategyErrorKind, StrategyRandom, StrategySource, View,
};
use zalm_scenario::{
    Distribution, Evidence, Figure, Method, Municipality, Neighbourhood, Parameter, Parameters,
    Payer, PayerKind, Place, SPECS, Scenario, StrategyUse, Stressor, Text,
};

/// Seed of the tiny scenario.
const SEED: u64 = 7;

/// A world of one number that each strategy pushes in its own way.
#[derive(Clone)]
pub(crate) struct TinyWorld {
    /// Its chance: the replication under the seed of [`scenario`], another number under others.
    noise: u32,
    month: u32,
    months: u32,
    value: f64,
    stress: f64,
    history: Vec<Sample>,
}

impl World for TinyWorld {
    type Copy = Self;
    type Record = RunRecord;

    fn build(scenario: &Scenario, replication: u32, _own: &[MetricSpec]) -> Self {
        let noise = replication.wrapping_add((scenario.seed ^ SEED) as u32);
        let value = (u64::from(noise) * 7 % 11) as f64;
        Self {
            noise,
            month: 0,
            months: scenario.months,
            value,
            stress: 0.0,
            history: vec![],
        }
    }

    fn copy(&mut self) -> Self {
        self.clone()
    }

    fn put_back(&mut self, copy: &Self) {
        *self = copy.clone();
    }

    fn stress(&mut self, stressor: &Stressor) {
        self.stress = stressor.name.len() as f64;
    }

    fn run(
        &mut self,
        month: u32,
        mut strategy: Option<&mut (dyn Strategy + 'static)>,
    ) -> Result<(), RunError> {
        while self.month < month {
            self.value += 1.0 - 0.01 * self.stress;
            if let Some(strategy) = strategy.as_deref_mut() {
                self.value += pushed(self.month, self.noise, strategy)?;
                self.history.push(Sample {
                    month: self.month,
                    values: self.values(),
                });
            }
            self.month += 1;
        }
        Ok(())
    }

    fn result(&mut self) -> RunRecord {
        let end = self
            .noise
            .is_multiple_of(2)
            .then_some(self.months - 1 - self.noise % 3);
        RunRecord {
            outcomes: self.values(),
            series: self.history.clone(),
            fates: vec![ProjectFate {
                project: "team".to_owned(),
                end,
                cause: match (end, self.noise % 8) {
                    (None, _) => "running",
                    (Some(_), 0 | 4) => "embedded",
                    (Some(_), 6) => "no_workers",
                    _ => "no_successor",
                }
                .to_owned(),
                form: "temporary".to_owned(),
            }],
            costs: vec![],
            events: vec![],
            digest: self.value.to_bits(),
        }
    }
}

impl Measured for TinyWorld {
    fn metrics(_: &Scenario) -> Vec<MetricSpec> {
        metrics()
    }
}

impl TinyWorld {
    fn values(&self) -> Vec<f64> {
        vec![self.value, -1000.0 * self.value]
    }
}

fn pushed(month: u32, noise: u32, strategy: &mut dyn Strategy) -> Result<f64, RunError> {
    let view = View {
        month,
        year: 2012,
        month_of_year: 1,
        rows: vec![u64::from(noise)],
        columns: vec![],
    };
    let commands = strategy
        .decide(&view, &NoRandom)
        .map_err(RunError::Strategy)?;
    let pays = |command: &Command| matches!(command, Command::Note { text, .. } if text == "pay");
    if commands.iter().any(pays) {
        let message = "Closed(0) is overspent by 1 cents; paid this month: 101 to Others for Area";
        return Err(RunError::Ledger {
            month,
            message: message.to_owned(),
        });
    }
    Ok(commands.len() as f64)
}

struct NoRandom;

impl StrategyRandom for NoRandom {
    fn bits(&self, _: u32, _: u64, _: u32) -> u64 {
        0
    }
}

/// Does what its name says.
struct Named(String);

impl Strategy for Named {
    fn decide(
        &mut self,
        view: &View,
        _: &dyn StrategyRandom,
    ) -> Result<Vec<Command>, StrategyError> {
        let replication = view.rows[0];
        match self.0.as_str() {
            "pushes" => Ok(vec![
                Command::Note {
                    row: 0,
                    text: "push".to_owned()
                };
                1 + (replication % 2) as usize
            ]),
            "fails in replication 1" if replication == 1 => Err(StrategyError {
                strategy: self.0.clone(),
                month: view.month,
                kind: StrategyErrorKind::Failed,
                message: "no money left".to_owned(),
            }),
            "overspends in replication 1" if replication == 1 => Ok(vec![Command::Note {
                row: 0,
                text: "pay".to_owned(),
            }]),
            "panics in replication 2" if replication == 2 => panic!("index out of range"),
            _ => Ok(vec![]),
        }
    }
}

/// Makes [`Named`] strategies; "unknown" does not exist.
pub(crate) struct NamedSource;

impl StrategySource for NamedSource {
    fn create(&self, name: &str) -> Result<Box<dyn Strategy>, StrategyError> {
        if name == "unknown" {
            return Err(StrategyError {
                strategy: name.to_owned(),
                month: 0,
                kind: StrategyErrorKind::Create,
                message: "there is no such plugin".to_owned(),
            });
        }
        Ok(Box::new(Named(name.to_owned())))
    }
}

pub(crate) fn metrics() -> Vec<MetricSpec> {
    let metric = |name: &str, unit, better| MetricSpec {
        name: name.to_owned(),
        unit,
        better,
        aggregate: Aggregate::Last,
        doc: format!("What {name} is"),
    };
    vec![
        metric("households.multi_problem", "households", Better::Lower),
        metric("payer.municipality.cost", "euro", Better::Lower),
    ]
}

/// Options of a run with these threads.
pub(crate) fn options(threads: usize, stop: &AtomicBool) -> RunOptions<'_> {
    RunOptions {
        threads: NonZeroUsize::new(threads).expect("more than 0"),
        ..RunOptions::quiet(stop, "zalm run tiny.ron")
    }
}

/// Results of the tiny scenario with these strategies.
pub(crate) fn results(strategies: &[&str], replications: u32) -> Results {
    let stop = AtomicBool::new(false);
    let scenario = scenario(strategies, replications);
    run_worlds::<TinyWorld>(&scenario, &NamedSource, &options(2, &stop))
}

/// A scenario with these strategies; the first is the null alternative.
pub(crate) fn scenario(strategies: &[&str], replications: u32) -> Scenario {
    let month = |text: &str| text.parse().expect("a month");
    Scenario {
        title: "Tiny".into(),
        question: "Does pushing help?".into(),
        place: place(),
        start: month("2012-01"),
        months: 12,
        policy_date: month("2012-05"),
        series_every: 1,
        seed: SEED,
        replications,
        parameters: parameters(),
        switched_off: vec![],
        couplings: vec![],
        payers: vec![payer()],
        use_costs: vec![],
        crises: vec![],
        silo_care: vec![],
        municipality: Municipality {
            direction: figure(0.5),
            alderman_spread: figure(0.1),
            elections: vec![],
        },
        area_investments: Vec::new(),
        method: method(),
        discount_rates: Vec::new(),
        projects: vec![],
        shocks: vec![],
        strategies: strategies.iter().map(|name| strategy_use(name)).collect(),
        null_alternative: strategies.first().copied().unwrap_or_default().to_owned(),
        stressors: vec![stressor("none"), stressor("a cut")],
    }
}

fn strategy_use(name: &str) -> StrategyUse {
    StrategyUse::of(name, "named")
}

fn stressor(name: &str) -> Stressor {
    Stressor {
        name: name.to_owned(),
        title: Text::default(),
        narrative: "Something happens.".into(),
        source: "made up".into(),
        shocks: vec![],
    }
}

fn figure(value: f64) -> Figure {
    Figure {
        value,
        evidence: Evidence::Assumption,
        source: "made up".to_owned(),
    }
}

fn method() -> Method {
    Method {
        one_plan: figure(1.0),
        generalist: figure(1.0),
        integral: figure(1.0),
        presence: figure(1.0),
        long_breath: figure(0.5),
        mandate: figure(0.5),
        own_strength: figure(0.5),
        reciprocity: figure(0.5),
        expert: figure(0.5),
        coercion: figure(0.5),
        longest: figure(0.0),
    }
}

fn payer() -> Payer {
    Payer {
        id: "municipality".to_owned(),
        name_nl: "Gemeente".to_owned(),
        name_en: "Municipality".to_owned(),
        kind: PayerKind::Municipal,
        budget: figure(100.0),
        free_room: figure(0.1),
        novelty_taste: figure(0.1),
        openness: figure(0.5),
        mission: figure(0.1),
    }
}

fn place() -> Place {
    Place {
        name: "Testwijk".to_owned(),
        municipality: "Teststad".to_owned(),
        citation: "Bron: niemand".to_owned(),
        neighbourhoods: vec![Neighbourhood {
            code: "WK000000".to_owned(),
            name: "Testbuurt".to_owned(),
            households: figure(40.0),
            inhabitants: figure(90.0),
            one_person: figure(0.4),
            with_children: figure(0.3),
            danger_zone: figure(0.2),
            corporation_rent: figure(0.5),
        }],
    }
}

fn parameters() -> Parameters {
    let parameter = |index: usize| Parameter {
        value: 0.5,
        low: 0.4,
        high: 0.6,
        evidence: if index.is_multiple_of(3) {
            Evidence::Measured
        } else {
            Evidence::Assumption
        },
        source: "made up".to_owned(),
        distribution: Distribution::default(),
    };
    Parameters((0..SPECS.len()).map(parameter).collect())
}
