//! Towns to test strategies in: plausible values from a seed, month by month.

use super::Subject;
use crate::instance::{Course, PluginStrategy};
use crate::native::Native;
use crate::own::Scratch;
use std::collections::BTreeMap;
use std::sync::Arc;
use zalm_model::{
    COLUMNS, ColumnData, ColumnKind, ColumnSpec, Command, Kept, NO_END, Strategy as _,
    StrategyRandom, View, row_id, row_parts,
};

/// A table of plausible values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Town {
    pub seed: u64,
    pub projects: u32,
    pub payers: u32,
}

/// A well-mixed number of several.
pub(super) fn mix(parts: &[u64]) -> u64 {
    parts.iter().fold(0x9e37_79b9_7f4a_7c15, |sum, part| {
        let x = (sum ^ part).wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    })
}

/// A number in 0..1 of bits.
pub(super) fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
}

impl Town {
    /// Two projects with seven payers.
    pub fn small(seed: u64) -> Self {
        Self {
            seed,
            projects: 2,
            payers: 7,
        }
    }

    /// The table of month `month`.
    pub fn view(&self, month: u32) -> View {
        let rows: Vec<u64> = (0..self.projects)
            .flat_map(|project| (0..self.payers).map(move |payer| row_id(project, payer)))
            .collect();
        let column = |spec: &ColumnSpec| {
            let cells = rows.iter().map(|row| self.cell(spec, *row, month));
            match spec.kind {
                ColumnKind::F64 => ColumnData::F64(cells.collect()),
                ColumnKind::I64 => ColumnData::I64(cells.map(|x| x as i64).collect()),
            }
        };
        View {
            month,
            year: 2010 + (month / 12).cast_signed(),
            month_of_year: (month % 12).cast_signed() + 1,
            columns: COLUMNS.iter().map(column).collect(),
            rows,
        }
    }

    /// What belongs to a project is the same in all of its rows, what belongs to the town in all.
    fn cell(&self, spec: &ColumnSpec, row: u64, month: u32) -> f64 {
        let (project, payer) = row_parts(row);
        let scope = match spec.name.split('.').next() {
            Some("payer") => row,
            Some("municipality") => u64::MAX,
            _ => u64::from(project) << 32,
        };
        let name = spec.name.bytes().map(u64::from);
        let key: Vec<u64> = [self.seed, scope, month.into()]
            .into_iter()
            .chain(name)
            .collect();
        let u = unit(mix(&key));
        match (spec.name, spec.unit) {
            ("project.months_left", _) => f64::from(30 - (month + project * 7) % 31),
            ("project.cost", _) => 500_000.0 + f64::from(project) * 1_000_000.0,
            // No former layer spends.
            ("leader.time_left", _) => 1.0,
            ("payer.kind", _) => f64::from(payer % 6),
            ("payer.refused", _) if u < 0.5 => NO_END as f64,
            ("project.plan", _) => (u * 6.0).floor() - 1.0,
            (_, "cent/month") if u < 0.4 => 0.0,
            (_, "cent/month") => (u * 300_000.0).floor(),
            (_, "0 or 1") => u.round(),
            (_, "code") => (u * 5.0).floor(),
            (_, "level") => (u * 4.0).floor(),
            (_, "fte") => u * 8.0,
            (_, "share") => u,
            _ => (u * 60.0).floor(),
        }
    }
}

/// Random numbers of the tests.
pub(super) struct Draws {
    pub seed: u64,
    pub month: u32,
}

impl StrategyRandom for Draws {
    fn bits(&self, stream: u32, id: u64, draw: u32) -> u64 {
        mix(&[self.seed, self.month.into(), stream.into(), id, draw.into()])
    }
}

impl Subject {
    /// All defaults as JSON.
    pub fn defaults(&self) -> Result<String, String> {
        let checked = self.library.description.check(&BTreeMap::new());
        checked
            .map(|checked| checked.json)
            .map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    /// A fresh instance with its defaults.
    pub fn instance(&self) -> Result<PluginStrategy, String> {
        self.instance_with(&self.defaults()?)
    }

    /// A fresh instance.
    pub fn instance_with(&self, parameters: &str) -> Result<PluginStrategy, String> {
        let course = Course {
            first: parameters,
            later: &[],
        };
        PluginStrategy::create(Arc::clone(&self.library), None, course, Arc::default())
            .map_err(|error| format!("it does not start: {error}"))
    }

    /// A fresh instance with its defaults, without the checks of a run.
    pub fn native(&self) -> Result<Native, String> {
        let (made, _, answer) = Native::create(Arc::clone(&self.library), &self.defaults()?);
        made.ok_or_else(|| format!("it does not start: {}", answer.error))
    }

    /// Its own columns as they are when nothing is kept.
    pub fn scratch(&self, view: &View) -> Scratch {
        let own = &self.library.description.own;
        Scratch::new(own, &Kept::default(), &view.rows)
    }

    /// Random numbers of a month.
    pub fn draws(&self, month: u32) -> Draws {
        Draws {
            seed: self.seed,
            month,
        }
    }

    /// The commands of a month.
    pub fn decide(
        &self,
        instance: &mut PluginStrategy,
        view: &View,
    ) -> Result<Vec<Command>, String> {
        instance
            .decide(view, &self.draws(view.month))
            .map_err(|error| format!("month {}: {}", view.month, error.message))
    }

    /// The commands of `months` months in a town.
    pub fn months(
        &self,
        instance: &mut PluginStrategy,
        town: Town,
        months: u32,
    ) -> Result<Vec<Vec<Command>>, String> {
        (0..months)
            .map(|month| self.decide(instance, &town.view(month)))
            .collect()
    }
}

/// What the model refuses although it is well formed: the same bounds as in a run.
pub(super) fn allowed(commands: &[Command], view: &View) -> Result<(), String> {
    let costs = COLUMNS.iter().position(|spec| spec.name == "project.cost");
    let mut time = BTreeMap::<u32, f64>::new();
    for (at, command) in commands.iter().enumerate() {
        let number = at + 1;
        match command {
            Command::Claim {
                row,
                cents_per_month,
                months,
                ..
            } => {
                let cell = view.rows.binary_search(row).ok();
                let cost = match (costs.map(|costs| &view.columns[costs]), cell) {
                    (Some(ColumnData::I64(values)), Some(cell)) => values[cell],
                    _ => return Err("the model has no project.cost".into()),
                };
                if *cents_per_month > cost.saturating_mul(2) || *months > 600 {
                    return Err(format!(
                        "month {}, command {number} (claim) asks {cents_per_month} cents a month for \
                         {months} months; expected at most twice the team's cost ({cost}) and 600",
                        view.month
                    ));
                }
            }
            Command::Spend { row, share, .. } => {
                *time.entry(row_parts(*row).0).or_default() += share;
            }
            Command::Note { text, .. } if text.len() > 400 => {
                return Err(format!(
                    "month {}, command {number} (note) has {} bytes; expected at most 400",
                    view.month,
                    text.len()
                ));
            }
            _ => {}
        }
    }
    match time.iter().find(|(_, sum)| **sum > 1.0 + 1e-9) {
        Some((project, sum)) => Err(format!(
            "month {}: {sum:.3} months of leader time for project {project}; a month has 1",
            view.month
        )),
        None => Ok(()),
    }
}
