//! Strategies in layers: organisational form, network, financing, one after the other in a month.
//!
//! Each layer sees what the former have asked for as if it had been asked: claims that await a
//! decision, the plan, and the leader's time that is left. Time is given out in the order of the
//! layers; who comes last gets what is left. A layer that asks nothing changes nothing.

use crate::keeping::Kept;
use crate::strategy::{
    COLUMNS, ColumnData, Command, Strategy, StrategyError, StrategyErrorKind, StrategyRandom, View,
    row_parts,
};
use std::collections::BTreeMap;

/// What a layer decides about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// In which organisational form the team goes on; only this layer may plan one.
    Form,
    /// Who is brought to the table.
    Network,
    /// In which way money is given.
    Financing,
}

impl Role {
    /// All roles, in the order in which layers decide.
    pub const ALL: [Self; 3] = [Self::Form, Self::Network, Self::Financing];

    /// Name in descriptions.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Network => "network",
            Self::Financing => "financing",
        }
    }
}

/// A strategy with its role.
pub struct Layer {
    /// What it decides about.
    pub role: Role,
    /// Its plugin, for messages.
    pub plugin: String,
    /// The strategy.
    pub strategy: Box<dyn Strategy>,
}

/// Layers in the order in which they decide.
pub struct Layered {
    layers: Vec<Layer>,
    kept: Kept,
}

/// Where in the key of a row stands whose layer it is; projects are few, so those bits are free.
const LAYER_SHIFT: u32 = 56;

impl Layered {
    /// A strategy of these layers.
    pub fn new(layers: Vec<Layer>) -> Self {
        let kept = Kept::default();
        Self { layers, kept }
    }

    /// What a layer kept; the first one's lies where it would lie alone.
    fn take(&mut self, place: usize) -> Kept {
        let of = |row: &u64| row >> LAYER_SHIFT == place as u64;
        let (own, others) = std::mem::take(&mut self.kept.0)
            .into_iter()
            .partition(|(row, _)| of(row));
        self.kept.0 = others;
        let strip = |(row, values)| (row & ((1 << LAYER_SHIFT) - 1), values);
        let own: BTreeMap<u64, Vec<f64>> = own;
        Kept(own.into_iter().map(strip).collect())
    }

    fn put_back(&mut self, place: usize, own: Kept) {
        let mark = (place as u64) << LAYER_SHIFT;
        let own = own.0.into_iter();
        self.kept
            .0
            .extend(own.map(|(row, values)| (row | mark, values)));
    }
}

/// Draws of one layer: the first has those that it would have alone.
struct LayerDraws<'a>(&'a dyn StrategyRandom, u32);

impl StrategyRandom for LayerDraws<'_> {
    fn bits(&self, stream: u32, id: u64, draw: u32) -> u64 {
        self.0.bits(stream.wrapping_add(self.1 << 24), id, draw)
    }
}

impl Strategy for Layered {
    fn id(&self) -> String {
        let plugins: Vec<&str> = self.layers.iter().map(|layer| &*layer.plugin).collect();
        plugins.join(" + ")
    }

    fn decide(
        &mut self,
        view: &View,
        random: &dyn StrategyRandom,
    ) -> Result<Vec<Command>, StrategyError> {
        let mut seen = view.clone();
        let mut all = Vec::new();
        for place in 0..self.layers.len() {
            let draws = LayerDraws(random, place as u32);
            let own = self.take(place);
            let layer = &mut self.layers[place];
            if let Some(kept) = layer.strategy.kept() {
                *kept = own;
            }
            let mut commands = layer.strategy.decide(&seen, &draws)?;
            let own = layer.strategy.kept().map(std::mem::take);
            let plans = |command: &Command| matches!(command, Command::Plan { .. });
            if layer.role != Role::Form && commands.iter().any(plans) {
                return Err(StrategyError {
                    strategy: layer.plugin.clone(),
                    month: view.month,
                    kind: StrategyErrorKind::BadCommand,
                    message: format!(
                        "it plans a form as the layer for {}; only a layer for form may",
                        layer.role.name()
                    ),
                });
            }
            if let Some(own) = own {
                self.put_back(place, own);
            }
            share_out(&seen, &mut commands);
            show(&mut seen, &commands);
            all.extend(commands);
        }
        Ok(all)
    }

    fn kept(&mut self) -> Option<&mut Kept> {
        Some(&mut self.kept)
    }

    fn measured(&mut self) -> Vec<(String, f64)> {
        let layers = self.layers.iter_mut();
        layers.flat_map(|layer| layer.strategy.measured()).collect()
    }
}

fn index(name: &str) -> usize {
    let found = COLUMNS.iter().position(|column| column.name == name);
    found.expect("a column of the model's own list")
}

fn floats<'a>(view: &'a mut View, name: &str) -> &'a mut [f64] {
    match &mut view.columns[index(name)] {
        ColumnData::F64(values) => values,
        ColumnData::I64(_) => unreachable!("the column holds floats"),
    }
}

fn integers<'a>(view: &'a mut View, name: &str) -> &'a mut [i64] {
    match &mut view.columns[index(name)] {
        ColumnData::I64(values) => values,
        ColumnData::F64(_) => unreachable!("the column holds integers"),
    }
}

fn time_left(view: &View, project: u32) -> f64 {
    let row = view
        .rows
        .iter()
        .position(|&row| row_parts(row).0 == project);
    match (&view.columns[index("leader.time_left")], row) {
        (ColumnData::F64(values), Some(row)) => values[row],
        _ => 0.0,
    }
}

/// Cuts what a layer spends down to what is left, each effort alike.
fn share_out(view: &View, commands: &mut [Command]) {
    let mut asked = BTreeMap::<u32, f64>::new();
    for command in commands.iter() {
        if let Command::Spend { row, share, .. } = command {
            *asked.entry(row_parts(*row).0).or_default() += share;
        }
    }
    for command in commands {
        if let Command::Spend { row, share, .. } = command {
            let project = row_parts(*row).0;
            let left = time_left(view, project);
            // A layer that asks more than a month on its own is refused as if it were alone.
            if asked[&project] > left && asked[&project] <= 1.0 + 1e-9 {
                *share *= left / asked[&project];
            }
        }
    }
}

/// Shows the next layer what was asked.
fn show(view: &mut View, commands: &[Command]) {
    for command in commands {
        let project_of = |row: u64| row_parts(row).0;
        match command {
            Command::Claim {
                row,
                cents_per_month,
                ..
            } => {
                if let Ok(at) = view.rows.binary_search(row) {
                    let pending = &mut integers(view, "payer.pending")[at];
                    *pending = pending.saturating_add(*cents_per_month);
                }
            }
            Command::Plan { row, form } => {
                let places = places(view, project_of(*row));
                integers(view, "project.plan")[places].fill(*form as i64);
            }
            Command::Spend { row, share, .. } => {
                let places = places(view, project_of(*row));
                for left in &mut floats(view, "leader.time_left")[places] {
                    *left = (*left - share).max(0.0);
                }
            }
            Command::Note { .. } | Command::Event { .. } => {}
        }
    }
}

/// Rows of a project; they stand together.
fn places(view: &View, project: u32) -> std::ops::Range<usize> {
    let start = view.rows.partition_point(|&row| row_parts(row).0 < project);
    let end = view
        .rows
        .partition_point(|&row| row_parts(row).0 <= project);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::Instrument;
    use crate::strategy::{ColumnKind, Effort, Form, row_id};

    struct Says(Vec<Command>);

    impl Strategy for Says {
        fn decide(
            &mut self,
            _: &View,
            _: &dyn StrategyRandom,
        ) -> Result<Vec<Command>, StrategyError> {
            Ok(self.0.clone())
        }
    }

    /// Asks as many cents as it sees pending, plus one; spends all the time that it sees.
    struct Watches;

    impl Strategy for Watches {
        fn decide(
            &mut self,
            view: &View,
            _: &dyn StrategyRandom,
        ) -> Result<Vec<Command>, StrategyError> {
            let mut view = view.clone();
            let cents = integers(&mut view, "payer.pending")[1];
            Ok(vec![
                claim(cents + 1),
                spend(floats(&mut view, "leader.time_left")[0]),
            ])
        }
    }

    struct None64;

    impl StrategyRandom for None64 {
        fn bits(&self, _: u32, _: u64, _: u32) -> u64 {
            0
        }
    }

    fn claim(cents: i64) -> Command {
        Command::Claim {
            row: row_id(0, 1),
            cents_per_month: cents,
            months: 0,
            instrument: Instrument::Fee,
            closes: false,
        }
    }

    fn spend(share: f64) -> Command {
        Command::Spend {
            row: row_id(0, 0),
            effort: Effort::Contact,
            share,
        }
    }

    fn view() -> View {
        let column = |column: &crate::strategy::ColumnSpec| match column.kind {
            ColumnKind::F64 => ColumnData::F64(vec![1.0; 2]),
            ColumnKind::I64 => ColumnData::I64(vec![0; 2]),
        };
        View {
            month: 30,
            year: 2010,
            month_of_year: 7,
            rows: vec![row_id(0, 0), row_id(0, 1)],
            columns: COLUMNS.iter().map(column).collect(),
        }
    }

    fn layered(layers: Vec<(Role, Box<dyn Strategy>)>) -> Result<Vec<Command>, StrategyError> {
        let layer = |(role, strategy)| Layer {
            role,
            plugin: "test".to_owned(),
            strategy,
        };
        let mut all = Layered::new(layers.into_iter().map(layer).collect());
        all.decide(&view(), &None64)
    }

    #[test]
    fn a_layer_that_asks_nothing_changes_nothing() {
        let says = || Box::new(Says(vec![claim(5), spend(0.7)]));
        let alone = layered(vec![(Role::Form, says())]).unwrap();
        let idle = Box::new(Says(Vec::new()));
        let with = layered(vec![(Role::Form, says()), (Role::Network, idle)]).unwrap();
        assert_eq!((alone.len(), alone), (2, with));
    }

    #[test]
    fn the_next_layer_sees_claims_and_time() {
        let says = Box::new(Says(vec![claim(5), spend(0.75)]));
        let layers: Vec<(Role, Box<dyn Strategy>)> =
            vec![(Role::Form, says), (Role::Financing, Box::new(Watches))];
        let asked = layered(layers).unwrap();
        assert_eq!(asked[2..], [claim(6), spend(0.25)]);
    }

    #[test]
    fn time_goes_to_the_first_and_what_is_left_to_the_next() {
        let says = |share| Box::new(Says(vec![spend(share)]));
        let layers: Vec<(Role, Box<dyn Strategy>)> =
            vec![(Role::Form, says(0.5)), (Role::Network, says(1.0))];
        assert_eq!(layered(layers).unwrap(), [spend(0.5), spend(0.5)]);
    }

    /// Keeps how often it decided.
    struct Counts(Kept);

    impl Strategy for Counts {
        fn decide(
            &mut self,
            _: &View,
            _: &dyn StrategyRandom,
        ) -> Result<Vec<Command>, StrategyError> {
            self.0.0.entry(7).or_insert_with(|| vec![0.0])[0] += 1.0;
            Ok(Vec::new())
        }

        fn kept(&mut self) -> Option<&mut Kept> {
            Some(&mut self.0)
        }
    }

    #[test]
    fn each_layer_keeps_its_own_and_the_first_as_if_it_were_alone() {
        let layer = |role| Layer {
            role,
            plugin: "counts".to_owned(),
            strategy: Box::new(Counts(Kept::default())),
        };
        let mut all = Layered::new(vec![layer(Role::Form), layer(Role::Network)]);
        for _ in 0..2 {
            // The run takes what was kept and gives it back.
            let kept = all.kept().map(std::mem::take).unwrap();
            *all.kept().unwrap() = kept;
            all.decide(&view(), &None64).unwrap();
        }
        let kept: Vec<_> = all.kept.0.iter().map(|(row, own)| (*row, own[0])).collect();
        assert_eq!(kept, [(7, 2.0), (7 | 1 << LAYER_SHIFT, 2.0)]);
    }

    #[test]
    fn only_a_form_layer_plans_a_form() {
        let plan = Command::Plan {
            row: row_id(0, 0),
            form: Form::Joint,
        };
        let says = || Box::new(Says(vec![plan.clone()]));
        assert!(layered(vec![(Role::Form, says())]).is_ok());
        let refused = layered(vec![(Role::Financing, says())]).unwrap_err();
        assert!(
            refused.message.contains("only a layer for form"),
            "{refused}"
        );
    }
}
