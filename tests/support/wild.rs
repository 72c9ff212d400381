//! Random scenarios and strategies, for what must hold in all of them.

use crate::scenarios::{figure, grant, parameter, tiny};
use crate::strategies::{cell, does};
use proptest::prelude::*;
use proptest::strategy::Strategy as Values;
use zalm_model::{Command, Effort, Form, Instrument, Strategy, StrategyRandom, View};
use zalm_scenario::{Mechanism, Scenario, Shock};

/// How a scenario differs from the tiny one. Payers are counted round, so any number names one.
#[derive(Clone, Debug)]
pub struct Wildness {
    seed: u64,
    households: u16,
    workers: u8,
    worker_cost: f64,
    viable: f64,
    /// Per payer: factor on the budget, free room.
    payers: Vec<(f64, f64)>,
    places: f64,
    /// Strength of all ties; money that rivals ask.
    pull: (f64, f64),
    /// Payer, share of its part of the cost, months.
    grants: Vec<(u8, f64, u32)>,
    /// Month, kind, payer, other payer, share.
    shocks: Vec<(i32, u8, u8, u8, f64)>,
    off: Vec<usize>,
}

/// Scenarios of up to 80 households with money, workers and shocks at random.
pub fn wildness() -> impl Values<Value = Wildness> {
    // Most payers have money; some have little or none.
    let budget = prop_oneof![1 => Just(0.0), 1 => 0.01..0.5, 6 => 0.5..5.0];
    let payer = (budget, 0.0..=1.0);
    let grant = (any::<u8>(), 0.5..=1.0, 8..30_u32);
    let shock = (0..36, 0..8_u8, any::<u8>(), any::<u8>(), 0.0..=1.0);
    let size = (any::<u64>(), 1..80_u16, 1..6_u8);
    let team = (500.0..9_000.0, 0.0..=1.0, 0.0..4.0);
    let money = proptest::collection::vec(payer, 9);
    let grants = proptest::collection::vec(grant, 1..4);
    let shocks = proptest::collection::vec(shock, 0..5);
    let off = proptest::collection::vec(0..Mechanism::ALL.len(), 0..4);
    let pull = (0.0..1.0, 0.0..2.0);
    (size, team, money, pull, grants, shocks, off).prop_map(
        |(size, team, payers, pull, grants, shocks, off)| {
            let (seed, households, workers) = size;
            let (worker_cost, viable, places) = team;
            Wildness {
                seed,
                households,
                workers,
                worker_cost,
                viable,
                payers,
                places,
                pull,
                grants,
                shocks,
                off,
            }
        },
    )
}

impl Wildness {
    /// The scenario.
    pub fn scenario(&self) -> Scenario {
        let mut scenario = tiny();
        scenario.seed = self.seed;
        scenario.series_every = 1;
        scenario.place.neighbourhoods[0].households = figure(self.households.into());
        parameter(&mut scenario, "worker.cost").value = self.worker_cost;
        parameter(&mut scenario, "lifecycle.viable").value = self.viable;
        parameter(&mut scenario, "payer.rivals").value = self.pull.1;
        scenario.switched_off = self.off.iter().map(|&at| Mechanism::ALL[at]).collect();
        for (payer, &(factor, room)) in scenario.payers.iter_mut().zip(self.payers.iter().cycle()) {
            payer.budget.value *= factor;
            payer.free_room.value = room;
        }
        for care in &mut scenario.silo_care {
            care.places.value *= self.places;
        }
        self.fund_project(&mut scenario);
        scenario.shocks = self
            .shocks
            .iter()
            .filter_map(|&shock| shock_of(&scenario, shock))
            .collect();
        scenario
    }

    fn fund_project(&self, scenario: &mut Scenario) {
        let ids: Vec<String> = scenario
            .payers
            .iter()
            .map(|payer| payer.id.clone())
            .collect();
        let project = &mut scenario.projects[0];
        project.workers = figure(self.workers.into());
        project.economic = figure(f64::from(self.workers) / 5.0);
        let grants = self.grants.iter().map(|&(payer, share, months)| {
            let share = share / self.grants.len() as f64;
            grant(&ids[usize::from(payer) % ids.len()], share, months)
        });
        project.grants = grants.collect();
        let ties = |id| (id, [self.pull.0; 4]);
        project.ties = ids.iter().cloned().map(ties).collect();
    }
}

fn shock_of(
    scenario: &Scenario,
    (month, kind, payer, other, share): (i32, u8, u8, u8, f64),
) -> Option<Shock> {
    let at = scenario.start.plus(month);
    let id = |index: u8| {
        scenario.payers[usize::from(index) % scenario.payers.len()]
            .id
            .clone()
    };
    Some(match kind {
        0 => Shock::Cut {
            at,
            payer: id(payer),
            share,
        },
        1 => Shock::Exit {
            at,
            payer: id(payer),
        },
        2 => Shock::AldermanLeaves { at },
        3 => Shock::DemandGrowth {
            at,
            per_year: share - 0.5,
            months: 24,
        },
        4 => Shock::Review { at },
        5 => Shock::Transition {
            at,
            months: 24,
            relief: share,
        },
        6 => Shock::Prize {
            at,
            project: scenario.projects.first()?.id.clone(),
        },
        _ => return decentralised(scenario, at, &id(payer), id(other), share),
    })
}

/// All that a payer bears moves to another.
fn decentralised(
    scenario: &Scenario,
    at: zalm_scenario::Month,
    from: &str,
    to: String,
    discount: f64,
) -> Option<Shock> {
    let costs = scenario.use_costs.iter().filter(|cost| cost.payer == from);
    let silos = scenario.silo_care.iter().filter(|care| care.payer == from);
    let items: Vec<String> = costs
        .map(|cost| cost.id.clone())
        .chain(silos.map(|care| care.domain.name().to_owned()))
        .collect();
    (!items.is_empty() && from != to).then(|| Shock::Decentralise {
        at,
        items,
        from: from.to_owned(),
        to,
        discount,
    })
}

/// Asks, plans and spends at random, with a taste for one form and one instrument; never what is
/// not allowed.
pub fn wild_strategy(taste: u64) -> impl Strategy {
    does(move |view, random| {
        let rows = 0..view.rows.len();
        rows.flat_map(|row| wild_row(view, random, row, taste))
            .collect()
    })
}

fn wild_row(view: &View, random: &dyn StrategyRandom, row: usize, taste: u64) -> Vec<Command> {
    let id = view.rows[row];
    let draw = |slot: u32, below: u64| random.bits(0, id, slot) % below;
    let tasteful = |slot: u32| {
        if draw(slot, 4) == 0 {
            draw(slot + 1, 30)
        } else {
            taste
        }
    };
    let mut commands = Vec::new();
    if draw(0, 3) == 0 {
        let cost = cell(view, "project.cost", row) as u64;
        commands.push(Command::Claim {
            row: id,
            // Mostly a modest part, sometimes more than all.
            cents_per_month: 1 + draw(1, if draw(11, 8) == 0 { 2 * cost } else { cost / 4 }) as i64,
            months: draw(2, 30) as u32 * u32::from(draw(3, 2) == 0),
            // Half of the time one of the first, with which teams go on.
            instrument: Instrument::ALL
                [tasteful(4) as usize % [6, Instrument::ALL.len()][draw(13, 2) as usize]],
            closes: draw(12, 3) == 0,
        });
    }
    if draw(6, 8) == 0 {
        let form = Form::ALL[(tasteful(7) % 5) as usize];
        commands.push(Command::Plan { row: id, form });
    }
    commands.push(Command::Spend {
        row: id,
        effort: Effort::from_code(draw(9, 3) as i64).expect("three efforts"),
        // Nine payers share one month.
        share: draw(10, 1_000) as f64 / 9_000.0,
    });
    commands
}

/// Commands of which most are not allowed: any row, amount, length, share.
pub fn any_commands() -> impl Values<Value = Vec<Command>> {
    let row = || {
        prop_oneof![
            0..12_u64,
            (0..2_u64, 0..12_u64).prop_map(|(p, q)| p << 32 | q),
            any::<u64>()
        ]
    };
    let claim = (row(), any::<i64>(), any::<u32>(), 0..Instrument::ALL.len()).prop_map(
        |(row, cents, months, i)| {
            let instrument = Instrument::ALL[i];
            Command::Claim {
                row,
                cents_per_month: cents,
                months,
                instrument,
                closes: false,
            }
        },
    );
    let small = (row(), 1..200_000_i64, 0..80_u32, 0..Instrument::ALL.len()).prop_map(
        |(row, cents, months, i)| {
            let instrument = Instrument::ALL[i];
            Command::Claim {
                row,
                cents_per_month: cents,
                months,
                instrument,
                closes: false,
            }
        },
    );
    let plan = (row(), 0..6_usize).prop_map(|(row, form)| Command::Plan {
        row,
        form: Form::ALL[form],
    });
    let spend =
        (row(), 0..3_i64, prop_oneof![any::<f64>(), 0.0..0.3]).prop_map(|(row, effort, share)| {
            let effort = Effort::from_code(effort).expect("three efforts");
            Command::Spend { row, effort, share }
        });
    let note = (row(), 0..1_000_usize).prop_map(|(row, n)| Command::Note {
        row,
        text: "x".repeat(n),
    });
    proptest::collection::vec(prop_oneof![claim, small, plan, spend, note], 0..4)
}
