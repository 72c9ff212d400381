//! The same question gets the same answer, bit for bit: on one thread or many, in any order of
//! work, run through or continued from a copy.

use zalm_experiment::results_sha256;
use zalm_model::{
    Command, Kept, RunRecord, Simulation, Strategy, StrategyError, StrategyRandom, StrategySource,
    View,
};
use zalm_scenario::{Mechanism, Scenario, StrategyUse, StrategyValue};
use zalm_tests::scenarios::{heechterp, scenario, tiny};
use zalm_tests::strategies::{Seeker, compared, libraries, played};

/// Sixty households under every strategy that ships, with more replications than threads.
fn all_strategies() -> Scenario {
    Scenario {
        strategies: heechterp().strategies,
        replications: 9,
        ..tiny()
    }
}

#[test]
fn threads_and_order_of_work_change_no_bit() {
    let scenario = all_strategies();
    let source = libraries(&scenario);
    let digest = |threads, shuffle| results_sha256(&compared(&scenario, &source, threads, shuffle));
    let one = digest(1, None);
    for (threads, shuffle) in [
        (2, None),
        (1, Some(1)),
        (2, Some(2)),
        (2, Some(3)),
        (5, Some(4)),
    ] {
        assert_eq!(
            one,
            digest(threads, shuffle),
            "{threads} threads, order {shuffle:?}"
        );
    }
    let other = Scenario {
        seed: scenario.seed + 1,
        ..scenario.clone()
    };
    assert_ne!(one, results_sha256(&compared(&other, &source, 2, None)));
}

#[test]
fn no_run_of_the_small_comparison_fails() {
    let scenario = all_strategies();
    let results = compared(&scenario, &libraries(&scenario), 2, None);
    let failures: Vec<_> = results
        .failures()
        .map(|(_, failure)| &failure.reason)
        .collect();
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn the_same_scenario_twice_is_the_same_and_another_seed_or_replication_is_not() {
    let scenario = tiny();
    let play = |scenario: &Scenario, replication| {
        played(
            scenario,
            replication,
            None,
            Some(&mut Seeker::JOINT.clone()),
        )
    };
    let first = play(&scenario, 0);
    assert_eq!(first, play(&scenario, 0));
    assert_ne!(first.digest, play(&scenario, 1).digest);
    let reseeded = Scenario {
        seed: scenario.seed + 1,
        ..scenario
    };
    assert_ne!(first.digest, play(&reseeded, 0).digest);
}

/// A simulation, its strategy and its stressor, in one hand.
struct Runner<'a> {
    scenario: &'a Scenario,
    strategy: Seeker,
    simulation: Simulation,
}

impl<'a> Runner<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        Self {
            scenario,
            strategy: Seeker::JOINT,
            simulation: Simulation::new(scenario, 3),
        }
    }

    fn to(&mut self, month: u32) {
        let strategy: &mut (dyn Strategy + 'static) = &mut self.strategy;
        let outcome = self.simulation.run_to(month, Some(strategy));
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }

    fn end(&mut self) -> RunRecord {
        self.to(self.scenario.months);
        self.simulation.record()
    }
}

#[test]
fn a_fork_at_any_month_continues_as_if_there_had_been_none() {
    let scenario = tiny();
    let through = Runner::new(&scenario).end();
    for month in 0..=scenario.months {
        let mut same = Runner::new(&scenario);
        same.to(month);
        let copy = same.simulation.snapshot();
        assert_eq!(
            same.end(),
            through,
            "taking a copy in month {month} changed the run"
        );
        same.simulation.restore(&copy);
        assert_eq!(same.simulation.month(), month);
        assert_eq!(
            same.end(),
            through,
            "back to month {month} in the same world"
        );
        // A world of the same scenario that went its own way before.
        let mut other = Runner::new(&scenario);
        other.simulation.add_stressor(&scenario.stressors[1]);
        other.to((month * 7 + 5) % scenario.months);
        other.simulation.restore(&copy);
        assert_eq!(other.end(), through, "month {month} put into another world");
    }
}

#[test]
fn a_further_strategy_is_the_run_that_it_would_be_alone() {
    let strategies = scenario("scenarios/eight-strategies.ron").strategies;
    let all = Scenario {
        strategies,
        ..tiny()
    };
    let source = libraries(&all);
    each_alone_and_after_others(&all, &source);
    // Every switch, with two strategies in turn.
    for (turn, &mechanism) in Mechanism::ALL.iter().enumerate() {
        let mut two = all.clone();
        two.strategies.rotate_left(2 * turn % all.strategies.len());
        two.strategies.truncate(2);
        two.switched_off = vec![mechanism];
        each_alone_and_after_others(&two, &source);
    }
}

fn each_alone_and_after_others(scenario: &Scenario, source: &dyn StrategySource) {
    let past = || {
        let mut world = Simulation::new(scenario, 1);
        let done = world.run_to(scenario.policy_month(), None);
        done.unwrap_or_else(|error| panic!("{error}"));
        world
    };
    let rest = |world: &mut Simulation, strategy: &str| {
        let mut strategy = source.create(strategy).expect("an instance");
        let done = world.run_to(scenario.months, Some(strategy.as_mut()));
        done.unwrap_or_else(|error| panic!("{error}"));
        world.record()
    };
    let mut shared = past();
    let copy = shared.snapshot();
    for strategy in &scenario.strategies {
        shared.restore(&copy);
        let further = rest(&mut shared, &strategy.name);
        let alone = rest(&mut past(), &strategy.name);
        let (name, off) = (&strategy.name, &scenario.switched_off);
        assert_eq!(further, alone, "{name} without {off:?}");
    }
}

#[test]
fn a_library_that_keeps_columns_goes_on_after_a_fork_at_any_month() {
    let how = ("how".to_owned(), StrategyValue::Text("count".into()));
    let counts = StrategyUse {
        parameters: [how].into(),
        ..StrategyUse::of("counts", "misbehave")
    };
    let scenario = Scenario {
        strategies: vec![counts],
        ..tiny()
    };
    let source = libraries(&scenario);
    let to = |world: &mut Simulation, month| {
        // A fresh instance each time: nothing goes on but what the run kept.
        let mut strategy = source.create("counts").expect("an instance");
        let done = world.run_to(month, Some(strategy.as_mut()));
        done.unwrap_or_else(|error| panic!("{error}"));
    };
    let mut whole = Simulation::new(&scenario, 1);
    to(&mut whole, scenario.months);
    let whole = whole.record();
    let told = |part: &str| whole.events.iter().any(|(_, text)| text.contains(part));
    assert!(told("for the 6. time"), "{:?}", whole.events);
    for month in 0..scenario.months {
        let mut first = Simulation::new(&scenario, 1);
        to(&mut first, month);
        let mut second = Simulation::new(&scenario, 1);
        second.restore(&first.snapshot());
        to(&mut second, scenario.months);
        assert_eq!(second.record(), whole, "forked in month {month}");
    }
    let mut monthly = Simulation::new(&scenario, 1);
    for month in 1..=scenario.months {
        to(&mut monthly, month);
    }
    assert_eq!(monthly.record(), whole, "an instance a month");
}

#[test]
fn stressed_forks_of_one_copy_do_not_meet() {
    let scenario = heechterp();
    let policy = scenario.policy_month();
    let mut world = Runner::new(&scenario);
    world.to(policy);
    let copy = world.simulation.snapshot();
    for stressor in &scenario.stressors {
        world.simulation.restore(&copy);
        world.simulation.add_stressor(stressor);
        let forked = world.end();
        let through = played(
            &scenario,
            3,
            Some(stressor),
            Some(&mut Seeker::JOINT.clone()),
        );
        assert_eq!(forked, through, "{}", stressor.name);
    }
}

/// Says every month how often it decided so far, which it keeps in the run.
#[derive(Default)]
struct Counts(Kept);

impl Strategy for Counts {
    fn kept(&mut self) -> Option<&mut Kept> {
        Some(&mut self.0)
    }

    fn decide(
        &mut self,
        view: &View,
        _: &dyn StrategyRandom,
    ) -> Result<Vec<Command>, StrategyError> {
        let row = view.rows[0];
        let times = self.0.0.entry(row).or_insert_with(|| vec![0.0]);
        times[0] += 1.0;
        let text = format!("{} times", times[0]);
        Ok(vec![Command::Note { row, text }])
    }
}

#[test]
fn what_a_strategy_keeps_goes_with_a_fork() {
    let scenario = tiny();
    let run = |simulation: &mut Simulation, month| {
        let outcome = simulation.run_to(month, Some(&mut Counts::default()));
        outcome.unwrap_or_else(|error| panic!("{error}"));
    };
    let (mut whole, mut first) = (Simulation::new(&scenario, 0), Simulation::new(&scenario, 0));
    run(&mut whole, scenario.months);
    run(&mut first, 15);
    let mut second = Simulation::new(&scenario, 0);
    second.restore(&first.snapshot());
    run(&mut second, scenario.months);
    let (whole, second) = (whole.record(), second.record());
    assert_eq!(whole.events, second.events);
    assert_eq!(whole.digest, second.digest);
    assert!(
        whole
            .events
            .iter()
            .any(|(_, text)| text.ends_with(" 4 times"))
    );
}
