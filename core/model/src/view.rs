//! What a strategy is shown, and how its commands are checked and carried out.

use crate::calendar::Municipality;
use crate::clock::Clock;
use crate::evidence::shown;
use crate::happening::{Happening, Log, Turn};
use crate::instrument::Time;
use crate::organisations::viable;
use crate::payer::{Bearers, Payer};
use crate::project::{Claim, Contract, Project};
use crate::settings::{Settings, domain_index};
use crate::strategy::{
    COLUMNS, ColumnData, ColumnKind, Command, Form, NO_END, View, row_id, row_parts,
};
use bevy_ecs::prelude::*;
use zalm_scenario::{Domain, PayerKind};

/// Longest note, bytes.
const NOTE: usize = 400;

fn kind_code(kind: PayerKind) -> i64 {
    match kind {
        PayerKind::Municipal => 0,
        PayerKind::State => 1,
        PayerKind::Insurer => 2,
        PayerKind::Corporation => 3,
        PayerKind::Fund => 4,
        PayerKind::Market => 5,
    }
}

/// Whether a payer bears what it costs that households have no work.
fn bears_work(payer: &Payer, bearers: &Bearers, settings: &Settings) -> bool {
    let costs = settings.use_items.iter().zip(&bearers.use_items);
    let work = domain_index(Domain::Work);
    costs
        .filter(|(item, _)| item.domain == work)
        .any(|(_, &bearer)| bearer == payer.index)
}

enum Cell {
    F(f64),
    I(i64),
}

fn sorted<T: Component + Clone>(world: &mut World, key: impl Fn(&T) -> u16) -> Vec<T> {
    let mut all: Vec<T> = world.query::<&T>().iter(world).cloned().collect();
    all.sort_by_key(key);
    all
}

/// The table of this month: a row per living project and payer.
pub(crate) fn view(world: &mut World) -> View {
    let projects = sorted(world, |project: &Project| project.index);
    let payers = sorted(world, |payer: &Payer| payer.index);
    let clock = *world.resource::<Clock>();
    let direction = world.resource::<Municipality>().direction;
    let settings = world.resource::<Settings>();
    let bearers = world.resource::<Bearers>();
    let mut columns: Vec<ColumnData> = COLUMNS
        .iter()
        .map(|column| match column.kind {
            ColumnKind::F64 => ColumnData::F64(Vec::new()),
            ColumnKind::I64 => ColumnData::I64(Vec::new()),
        })
        .collect();
    let mut rows = Vec::new();
    for project in projects.iter().filter(|project| project.alive(clock.month)) {
        for payer in &payers {
            rows.push(row_id(u32::from(project.index), u32::from(payer.index)));
            let cells = cells(project, payer, bearers, direction, settings, &clock);
            debug_assert_eq!(cells.len(), columns.len());
            for (column, cell) in columns.iter_mut().zip(cells) {
                match (column, cell) {
                    (ColumnData::F64(values), Cell::F(value)) => values.push(value),
                    (ColumnData::I64(values), Cell::I(value)) => values.push(value),
                    _ => unreachable!("cells follow COLUMNS"),
                }
            }
        }
    }
    View {
        month: clock.month,
        year: clock.year,
        month_of_year: clock.month_of_year,
        rows,
        columns,
    }
}

fn cells(
    project: &Project,
    payer: &Payer,
    bearers: &Bearers,
    direction: f64,
    settings: &Settings,
    clock: &Clock,
) -> Vec<Cell> {
    use Cell::{F, I};
    let relation = &project.relations[payer.index as usize];
    let least = viable(project, settings);
    let left = project.months_left(clock.month, least);
    let after = project.asked_from(clock.month, least);
    let mine = |c: &&Contract| c.payer == payer.index && c.active(after);
    let promised = project.contracts.iter().filter(mine).map(|c| c.cents).sum();
    let pending = project
        .claims
        .iter()
        .filter(|claim| claim.payer == payer.index);
    let shown = |payer: usize| shown(project, payer).max(0.0);
    let all_shown: f64 = (0..project.relations.len()).map(shown).sum();
    let own = shown(payer.index as usize);
    let since = |month: u32| i64::from(clock.month - month);
    vec![
        I(since(project.start)),
        I(left),
        I(project.cost(settings.worker_cost)),
        I(project.income(after)),
        F(f64::from(project.workers)),
        I(project.form as i64),
        I(project.plan.map_or(-1, |form| form as i64)),
        F(project.fidelity),
        I(i64::from(project.measurement)),
        F(project.economic),
        I(project.sales),
        I(i64::from(project.households)),
        F(project.leader.map_or(0.0, |leader| leader.drive)),
        F(project.leader.map_or(0.0, |leader| leader.skill)),
        F(project.leader.map_or(0.0, |leader| leader.energy)),
        F(1.0),
        I(kind_code(payer.kind)),
        I(i64::from(payer.open)),
        F(relation.tie(settings.rates.tie_weakest)),
        F(relation.tie_low()),
        F(payer.novelty),
        F(payer.openness),
        I(i64::from(bears_work(payer, bearers, settings))),
        I(own as i64),
        F(if all_shown > 0.0 {
            own / all_shown
        } else {
            0.0
        }),
        I(payer.obligations()),
        I(promised),
        I(pending.map(|claim| claim.cents).sum()),
        I(relation.refused.map_or(NO_END, since)),
        F(direction),
    ]
}

/// Checks all commands, then carries them out in the order given.
///
/// # Errors
/// Says which command is not allowed and why; then none is carried out.
pub(crate) fn carry_out(world: &mut World, commands: &[Command]) -> Result<(), String> {
    for (number, command) in commands.iter().enumerate() {
        check(world, command).map_err(|why| format!("command {}: {why}", number + 1))?;
    }
    check_time(commands)?;
    for command in commands {
        apply(world, command);
    }
    Ok(())
}

fn check(world: &mut World, command: &Command) -> Result<(), String> {
    let (project, payer) = row_parts(command.row());
    let month = world.resource::<Clock>().month;
    let living = world
        .query::<&Project>()
        .iter(world)
        .find(|p| u32::from(p.index) == project && p.alive(month))
        .ok_or_else(|| format!("there is no living project {project}"))?;
    if payer as usize >= living.relations.len() {
        return Err(format!("there is no payer {payer}"));
    }
    match command {
        Command::Claim {
            cents_per_month,
            months,
            ..
        } => {
            let cost = living.cost(world.resource::<Settings>().worker_cost);
            if *cents_per_month <= 0 || *cents_per_month > cost.saturating_mul(2) {
                return Err(format!(
                    "a claim of {cents_per_month} cents a month; expected more than 0 and at most twice the team's cost ({cost})"
                ));
            }
            if *months > 600 {
                return Err(format!(
                    "a claim for {months} months; expected at most 600, or 0 for no end"
                ));
            }
        }
        Command::Plan { form, .. } => {
            if *form == Form::Ended {
                return Err("a plan to end; without a plan money ends by itself".to_owned());
            }
        }
        Command::Spend { share, .. } => {
            if !(0.0..=1.0).contains(share) {
                return Err(format!(
                    "a share of {share} of the leader's time; expected 0 to 1"
                ));
            }
        }
        Command::Note { text, .. } => {
            if text.len() > NOTE {
                return Err(format!(
                    "a note of {} bytes; expected at most {NOTE}",
                    text.len()
                ));
            }
        }
        Command::Event { told, .. } => {
            if let Some((name, _, value)) = told.values.iter().find(|it| !it.2.is_finite()) {
                return Err(format!(
                    "an event {} whose {name} is {value}; expected a finite number",
                    told.name
                ));
            }
        }
    }
    Ok(())
}

/// A leader has one month a month.
fn check_time(commands: &[Command]) -> Result<(), String> {
    let mut spent = std::collections::BTreeMap::<u32, f64>::new();
    for command in commands {
        if let Command::Spend { row, share, .. } = command {
            *spent.entry(row_parts(*row).0).or_default() += share;
        }
    }
    match spent.iter().find(|(_, sum)| **sum > 1.0 + 1e-9) {
        Some((project, sum)) => Err(format!(
            "{sum:.3} months of leader time for project {project}; a month has 1"
        )),
        None => Ok(()),
    }
}

fn apply(world: &mut World, command: &Command) {
    let (index, payer) = row_parts(command.row());
    let clock = *world.resource::<Clock>();
    let payer = payer as u16;
    let campaign = world.resource::<Settings>().rates.finance_campaign;
    let mut query = world.query::<&mut Project>();
    let Some(mut project) = query
        .iter_mut(world)
        .find(|project| u32::from(project.index) == index)
    else {
        return;
    };
    match command {
        Command::Claim {
            cents_per_month,
            months,
            instrument,
            closes,
            ..
        } => {
            let times = instrument.terms().time;
            project.new_claims += if times == Time::Campaign {
                campaign
            } else {
                1.0
            };
            project.claims.push(Claim {
                payer,
                cents: *cents_per_month,
                months: *months,
                instrument: *instrument,
                closes: *closes,
                made: clock.month,
            });
        }
        Command::Plan { form, .. } => project.plan = Some(*form),
        Command::Spend { effort, share, .. } => project.spend.push((payer, *effort, *share)),
        Command::Note { text, .. } => {
            let project = project.id.clone();
            let turn = Turn::Said(text.clone());
            let mut log = world.resource_mut::<Log>();
            log.note(&clock, Happening::Project { project, turn });
        }
        Command::Event { told, .. } => {
            let project = project.id.clone();
            let turn = Turn::Told(told.clone());
            let mut log = world.resource_mut::<Log>();
            log.note(&clock, Happening::Project { project, turn });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{contract, payer, project, settings};
    use crate::instrument::Instrument;

    #[test]
    fn hours_are_seen_of_who_gives_them_and_carry_no_team() {
        let (settings, payer, mut project) = (settings(&[]), payer(), project());
        project.contracts = vec![
            contract(700, 0..99, Instrument::BusinessInKind),
            contract(300, 0..99, Instrument::StandingContribution),
        ];
        let bearers = Bearers {
            use_items: Vec::new(),
            crises: Vec::new(),
            silo: [None; 8],
        };
        let mut clock = Clock::new("2010-01".parse().expect("a month"));
        clock.set(10);
        let cells = cells(&project, &payer, &bearers, 0.5, &settings, &clock);
        let seen = |id| match COLUMNS.iter().zip(&cells).find(|(c, _)| c.name == id) {
            Some((_, Cell::I(cents))) => *cents,
            _ => panic!("no number {id}"),
        };
        assert_eq!(seen("project.committed"), 300);
        assert_eq!(seen("payer.promised"), 1_000);
    }
}
