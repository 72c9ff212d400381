//! Runs a strategy in a test: a hand-made table of projects and payers, month by month.
//!
//! ```
//! # use zalm_sdk::prelude::*;
//! # columns! { project: COST; }
//! # parameters! { pub struct Asker {} }
//! # impl Policy for Asker {
//! #     const ABOUT: About = About { id: "asker", version: "0.1.0", name_en: "", name_nl: "", doc: "" };
//! #     const COLUMNS: &'static [ColumnSpec] = COLUMNS;
//! #     fn step(&self, cx: &mut Context<'_>) -> Result<()> {
//! #         for p in cx.projects() { cx.claim(p.row(), Instrument::Fee, p.get(COST), 12); }
//! #         Ok(())
//! #     }
//! # }
//! use zalm_sdk::testkit::{Town, asked, month, row};
//! use zalm_sdk::vocabulary::payer;
//!
//! let mut town = Town::ending(12, 1_000_000, &[PayerKind::Municipal, PayerKind::Fund]);
//! town.payer(0, 1, payer::NOVELTY, 0.8);
//! assert_eq!(asked(&month::<Asker>(&town)), [(row(0, 0), 1_000_000)]);
//! ```

use crate::context::{Services, When};
use crate::own::Own;
use crate::table::Columns;
use crate::vocabulary::project::{COST, MONTHS_LEFT};
use crate::{
    Column, ColumnKind, ColumnSlice, ColumnValue, Command, Context, Effort, Level, PayerKind,
    Policy, Result, Table,
};
use std::collections::{BTreeMap, BTreeSet};

pub use crate::properties::{
    assert_chunk_independent, assert_golden, assert_order_independent, assert_state_independent,
    story,
};

/// A table of projects and payers, made by hand. A cell that was never set is 0, except
/// `payer.kind`, `payer.open` and `leader.time_left` (1), `payer.refused` and `project.months_left` (9999) and
/// `project.plan` (-1).
#[derive(Clone, Debug)]
pub struct Town {
    pub(crate) projects: u32,
    payers: Vec<PayerKind>,
    pub(crate) cells: BTreeMap<(&'static str, u64), f64>,
    absent: BTreeSet<&'static str>,
    /// The only project that is in the table.
    pub(crate) only: Option<u32>,
}

impl Town {
    /// `projects` projects, each with all `payers`.
    pub fn new(projects: u32, payers: &[PayerKind]) -> Self {
        Self {
            projects,
            payers: payers.to_vec(),
            cells: BTreeMap::new(),
            absent: BTreeSet::new(),
            only: None,
        }
    }

    /// The town as a zalm shows it that does not have this `[optional]` column.
    pub fn without<T>(&mut self, column: Column<T>) -> &mut Self {
        self.absent.insert(column.spec.name);
        self
    }

    /// One project that costs `cost` cents a month, whose money ends in `months_left` months.
    pub fn ending(months_left: i64, cost: i64, payers: &[PayerKind]) -> Self {
        let mut town = Self::new(1, payers);
        town.project(0, MONTHS_LEFT, months_left)
            .project(0, COST, cost);
        town
    }

    /// Sets a column in all rows of a project.
    pub fn project<T: ColumnValue>(
        &mut self,
        project: u32,
        column: Column<T>,
        value: T,
    ) -> &mut Self {
        for payer in 0..self.payers.len() as u32 {
            self.payer(project, payer, column, value);
        }
        self
    }

    /// Sets a column in one row.
    pub fn payer<T: ColumnValue>(
        &mut self,
        project: u32,
        payer: u32,
        column: Column<T>,
        value: T,
    ) -> &mut Self {
        let cell = (column.spec.name, row(project, payer));
        self.cells.insert(cell, value.number());
        self
    }

    fn cell(&self, column: &'static str, row: u64) -> f64 {
        let default = || match column {
            "payer.kind" => self.payers[row as u32 as usize].code() as f64,
            "payer.open" | "leader.time_left" => 1.0,
            "payer.refused" | "project.months_left" => crate::NO_END as f64,
            "project.plan" => -1.0,
            _ => 0.0,
        };
        self.cells
            .get(&(column, row))
            .copied()
            .unwrap_or_else(default)
    }

    fn rows(&self) -> Vec<u64> {
        (0..self.projects)
            .filter(|project| self.only.is_none_or(|only| only == *project))
            .flat_map(|project| (0..self.payers.len() as u32).map(move |p| row(project, p)))
            .collect()
    }
}

/// Row of a project and a payer.
pub fn row(project: u32, payer: u32) -> u64 {
    (u64::from(project) << 32) | u64::from(payer)
}

/// One instance of a strategy, month by month from January 2010 (month 0).
pub struct Run<P> {
    pub(crate) policy: P,
    month: i64,
    /// What the strategy keeps, by row.
    kept: BTreeMap<u64, Vec<f64>>,
    /// What the strategy measured itself in the last month: each metric of its own.
    pub measured: Vec<(&'static str, f64)>,
    /// Log lines so far.
    pub log: Vec<(Level, String)>,
}

impl<P: Policy> Run<P> {
    /// A fresh instance.
    ///
    /// # Panics
    /// When it refuses its parameters.
    pub fn new(policy: P) -> Self {
        policy.check().expect("the strategy refuses its parameters");
        Self {
            policy,
            month: 0,
            kept: BTreeMap::new(),
            measured: Vec::new(),
            log: Vec::new(),
        }
    }

    /// The commands of the next month.
    ///
    /// # Panics
    /// When the strategy fails, or asks for what a host refuses: a row that is not there, an
    /// amount that is not above 0 or above twice the team's cost (where the town says it), a share
    /// outside 0..=1, over 1 in sum for a project, an own column or a metric that is no number.
    pub fn month(&mut self, town: &Town) -> Vec<Command> {
        self.try_month(town).expect("the strategy failed")
    }

    /// The commands of the next month, or why it failed.
    ///
    /// # Errors
    /// The error of the strategy.
    ///
    /// # Panics
    /// When it asks for what a host refuses.
    pub fn try_month(&mut self, town: &Town) -> Result<Vec<Command>> {
        let rows = town.rows();
        let owned: Vec<Owned> = P::COLUMNS
            .iter()
            .map(|spec| Owned::new(town, &rows, spec))
            .collect();
        let columns = Columns::new(&rows, P::COLUMNS, |at, _| {
            let absent = town.absent.contains(P::COLUMNS[at].name);
            Ok((!absent).then(|| owned[at].slice()))
        })?;
        let table = Table::new(&rows, &columns);
        let month = self.month;
        let when = When {
            month,
            year: 2010 + (month / 12) as i32,
            month_of_year: (month % 12) as i32 + 1,
        };
        let desk = Desk {
            month,
            log: Vec::new().into(),
        };
        let mut own = Own::new(P::OWN);
        for (at, spec) in P::OWN.iter().enumerate() {
            let kept = |row| self.kept.get(row).map_or(spec.default, |values| values[at]);
            own.values.push(rows.iter().map(kept).collect());
        }
        let mut cx = Context::new::<P>(when, table, own, &desk);
        self.month += 1;
        self.policy.step(&mut cx)?;
        let commands = std::mem::take(&mut cx.commands);
        for (at, row) in rows.iter().enumerate() {
            let values = cx.own.values.iter().map(|column| column[at]).collect();
            self.kept.insert(*row, values);
        }
        self.measured = std::mem::take(&mut cx.metrics);
        for value in cx.own.values.iter().flat_map(|column| column.iter()) {
            assert!(
                value.is_finite(),
                "an own column is {value}; expected a finite number"
            );
        }
        self.log.extend(desk.log.into_inner());
        for (name, value) in &self.measured {
            assert!(
                value.is_finite(),
                "metric {name} is {value}; expected a finite number"
            );
        }
        check(&commands, &rows, town);
        Ok(commands)
    }

    /// The commands of `months` months in an unchanging town.
    ///
    /// # Panics
    /// As [`Run::month`].
    pub fn months(&mut self, town: &Town, months: usize) -> Vec<Vec<Command>> {
        (0..months).map(|_| self.month(town)).collect()
    }
}

/// The commands of strategy `P` in its first month, with default parameters.
///
/// # Panics
/// As [`Run::month`].
pub fn month<P: Policy>(town: &Town) -> Vec<Command> {
    Run::new(P::default()).month(town)
}

/// The claims among `commands`: (row, instrument, cents per month, months).
pub fn claims(commands: &[Command]) -> Vec<(u64, crate::Instrument, i64, u32)> {
    commands
        .iter()
        .filter_map(|command| match command {
            Command::Claim {
                row,
                instrument,
                cents_per_month,
                months,
                ..
            } => Some((*row, *instrument, *cents_per_month, *months)),
            _ => None,
        })
        .collect()
}

/// Who is asked for how much among `commands`: (row, cents per month).
pub fn asked(commands: &[Command]) -> Vec<(u64, i64)> {
    let claims = claims(commands).into_iter();
    claims.map(|(row, _, cents, _)| (row, cents)).collect()
}

/// The leader time among `commands`: (row, effort, share).
pub fn spending(commands: &[Command]) -> Vec<(u64, Effort, f64)> {
    commands
        .iter()
        .filter_map(|command| match command {
            Command::Spend { row, effort, share } => Some((*row, *effort, *share)),
            _ => None,
        })
        .collect()
}

/// Where the leader's time goes among `commands`: (row, effort).
pub fn efforts(commands: &[Command]) -> Vec<(u64, Effort)> {
    let spending = spending(commands).into_iter();
    spending.map(|(row, effort, _)| (row, effort)).collect()
}

enum Owned {
    F64(Vec<f64>),
    I64(Vec<i64>),
}

impl Owned {
    fn new(town: &Town, rows: &[u64], spec: &crate::ColumnSpec) -> Self {
        let values = rows.iter().map(|row| town.cell(spec.name, *row));
        match spec.kind {
            ColumnKind::F64 => Self::F64(values.collect()),
            ColumnKind::I64 => Self::I64(values.map(|x| x.round() as i64).collect()),
        }
    }

    fn slice(&self) -> ColumnSlice<'_> {
        match self {
            Self::F64(values) => ColumnSlice::F64(values),
            Self::I64(values) => ColumnSlice::I64(values),
        }
    }
}

struct Desk {
    month: i64,
    log: std::cell::RefCell<Vec<(Level, String)>>,
}

impl Services for Desk {
    fn random_bits(&self, stream: u32, draw: u32, ids: &[u64], out: &mut [u64]) -> Result<()> {
        for (id, bits) in ids.iter().zip(out) {
            let key =
                (u64::from(stream) << 32 | u64::from(draw)) ^ (self.month as u64).rotate_left(48);
            *bits = mix(mix(key) ^ id);
        }
        Ok(())
    }

    fn log(&self, level: Level, text: &str) {
        self.log.borrow_mut().push((level, text.to_owned()));
    }
}

/// `SplitMix64`'s finaliser; good enough for tests.
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

fn check(commands: &[Command], rows: &[u64], town: &Town) {
    let mut time: BTreeMap<u64, f64> = BTreeMap::new();
    for command in commands {
        let row = command.row();
        assert!(
            rows.binary_search(&row).is_ok(),
            "there is no row {row:#x}: {command:?}"
        );
        match command {
            Command::Claim {
                cents_per_month, ..
            } => {
                assert!(*cents_per_month > 0, "a claim of nothing: {command:?}");
                // A town that does not say what its team costs has no bound either.
                if let Some(cost) = town.cells.get(&(COST.spec.name, row)) {
                    assert!(
                        *cents_per_month as f64 <= 2.0 * cost,
                        "a claim of more than twice the team's cost ({cost}): {command:?}"
                    );
                }
            }
            Command::Spend { share, .. } => {
                assert!((0.0..=1.0).contains(share), "not a share: {command:?}");
                *time.entry(row >> 32).or_default() += share;
            }
            Command::Event { values, .. } => {
                let finite = values.iter().all(|value| value.is_finite());
                assert!(finite, "no finite number: {command:?}");
            }
            Command::Plan { .. } | Command::Note { .. } => {}
        }
    }
    for (project, share) in time {
        assert!(
            share <= 1.0 + 1e-9,
            "project {project} spends {share} of a leader"
        );
    }
}
