//! What a further strategy costs beside the first: 10,000 households, eight strategies.
//!
//! `cargo bench -p zalm-benches --bench delta`. All strategies of a replication share everything
//! before the policy date; from there each is played in full. Beside the times stands how much of
//! a run *could* be taken over from the first one: the household-months in which nothing differs.
//!
//! `-- --once` plays each part once and times nothing: callgrind counts the instructions of `past` and
//! of `rest`, which the load of a machine does not change.
#![forbid(unsafe_code)]

use std::path::Path;
use std::time::Instant;
use zalm_benches::interleaved::{machine, quantile};
use zalm_model::{HouseholdState, RunRecord, Simulation, Snapshot, StrategySource};
use zalm_plugin_host::{PluginSource, SearchPath, Terms};
use zalm_scenario::{Scenario, read};

/// Households of the place.
const HOUSEHOLDS: f64 = 10_000.0;
/// Strategies that are compared.
const STRATEGIES: usize = 8;

fn main() {
    let quick = std::env::args().any(|argument| argument == "--test");
    println!("{}", machine());
    let scenario = scenario();
    let loaded = PluginSource::load_on(
        &scenario.strategies,
        &SearchPath::new(&[]),
        &Terms::default(),
    );
    let source = loaded.unwrap_or_else(|problems| panic!("{}", problems[0]));
    let bench = Bench { scenario, source };
    if std::env::args().any(|argument| argument == "--once") {
        return bench.once();
    }
    bench.check_that_a_fork_is_the_run_alone();
    bench.time(if quick { 1 } else { 9 });
    bench.tell_what_differs();
}

struct Bench {
    scenario: Scenario,
    source: PluginSource,
}

fn scenario() -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/eight-strategies.ron");
    let mut scenario = read(&path, &[]).expect("the eight strategies").scenario;
    let places = &mut scenario.place.neighbourhoods;
    let each = (HOUSEHOLDS / places.len() as f64).floor();
    for place in places {
        place.households.value = each;
    }
    scenario.strategies.truncate(STRATEGIES);
    scenario
}

impl Bench {
    /// The past, and every strategy's rest.
    fn once(&self) {
        let (mut world, copy) = self.past();
        for strategy in 0..STRATEGIES {
            self.rest(&mut world, &copy, strategy);
        }
    }

    /// A world at the policy date, and the copy to fork from.
    #[inline(never)]
    fn past(&self) -> (Simulation, Snapshot) {
        let mut world = Simulation::new(&self.scenario, 0);
        let done = world.run_to(self.scenario.policy_month(), None);
        done.unwrap_or_else(|error| panic!("{error}"));
        let copy = world.snapshot();
        (world, copy)
    }

    /// A strategy from the policy date to the end.
    #[inline(never)]
    fn rest(&self, world: &mut Simulation, copy: &Snapshot, strategy: usize) -> RunRecord {
        world.restore(copy);
        let name = &self.scenario.strategies[strategy].name;
        let mut decider = self.source.create(name).expect("an instance");
        let done = world.run_to(self.scenario.months, Some(decider.as_mut()));
        done.unwrap_or_else(|error| panic!("{error}"));
        world.record()
    }

    fn check_that_a_fork_is_the_run_alone(&self) {
        let (mut world, copy) = self.past();
        for strategy in 0..STRATEGIES {
            let forked = self.rest(&mut world, &copy, strategy);
            let (mut alone, now) = self.past();
            assert_eq!(self.rest(&mut alone, &now, strategy), forked);
        }
    }

    /// Times the past and each strategy's rest, round after round.
    fn time(&self, rounds: usize) {
        let mut shares = Vec::new();
        let mut of_months = Vec::new();
        let mut forks = Vec::new();
        for _ in 0..rounds {
            let begun = Instant::now();
            let (mut world, copy) = self.past();
            let past = begun.elapsed().as_secs_f64();
            let rest: Vec<f64> = (0..STRATEGIES)
                .map(|strategy| {
                    let begun = Instant::now();
                    self.rest(&mut world, &copy, strategy);
                    begun.elapsed().as_secs_f64()
                })
                .collect();
            let further = rest[1..].iter().sum::<f64>() / (STRATEGIES - 1) as f64;
            shares.push(further / (past + rest[0]));
            of_months.push(further / rest[0]);
            let begun = Instant::now();
            world.restore(&copy);
            forks.push(begun.elapsed().as_secs_f64() * 1e9 / HOUSEHOLDS);
        }
        let told = |what: &str, values: &[f64]| {
            let at = |share| quantile(values.to_vec(), share);
            println!(
                "{what}: {:.2} (quartiles {:.2} to {:.2})",
                at(0.5),
                at(0.25),
                at(0.75)
            );
        };
        println!("{HOUSEHOLDS} households, {STRATEGIES} strategies, {rounds} rounds");
        told("each further strategy, share of the first", &shares);
        told("the same, of the months after the policy date", &of_months);
        told("fork at the policy date, ns per household", &forks);
    }

    /// Share of household-months in which a household is not as under the first strategy.
    fn tell_what_differs(&self) {
        let (mut world, copy) = self.past();
        let first = self.lived(&mut world, &copy, 0);
        for strategy in 1..STRATEGIES {
            let other = self.lived(&mut world, &copy, strategy);
            let pairs = first.iter().flatten().zip(other.iter().flatten());
            let differ = pairs.filter(|(one, other)| one != other).count();
            println!(
                "{:24} differs from the first in {:4.1} % of household-months",
                self.scenario.strategies[strategy].name,
                100.0 * differ as f64 / first.iter().flatten().count() as f64
            );
        }
    }

    fn lived(
        &self,
        world: &mut Simulation,
        copy: &Snapshot,
        strategy: usize,
    ) -> Vec<Vec<HouseholdState>> {
        world.restore(copy);
        let name = &self.scenario.strategies[strategy].name;
        let mut decider = self.source.create(name).expect("an instance");
        let months = self.scenario.policy_month()..self.scenario.months;
        let month = |month| {
            let done = world.run_to(month + 1, Some(decider.as_mut()));
            done.unwrap_or_else(|error| panic!("{error}"));
            world.households()
        };
        months.map(month).collect()
    }
}
