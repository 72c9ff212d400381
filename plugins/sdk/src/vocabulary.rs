//! Every column that a host offers, by what it is about. A strategy names those that it reads with
//! [`columns!`](crate::columns); a test holds this page against the model, name by name.

use crate::{Column, ColumnKind, ColumnSpec};

macro_rules! vocabulary {
    ($($(#[$about:meta])* $entity:ident {
        $($name:ident: $kind:ident = $column:literal [$unit:literal] $doc:literal;)+
    })+) => {
        /// Every column, in the order of the modules.
        pub static ALL: [ColumnSpec; COUNT] = numbered([$($(ColumnSpec {
            name: $column,
            kind: vocabulary!(@kind $kind),
            unit: $unit,
            doc: $doc,
            optional: false,
            place: 0,
        },)+)+]);

        /// How many there are.
        const COUNT: usize = [$($($column,)+)+].len();

        $($(#[$about])* pub mod $entity {
            use super::{ALL, Column};

            $(#[doc = $doc] #[doc = concat!("\n\n`", $column, "`, in ", $unit, ".")]
            pub const $name: Column<$kind> = Column::in_list(&ALL, $column);)+
        })+
    };
    (@kind f64) => { ColumnKind::F64 };
    (@kind i64) => { ColumnKind::I64 };
}

const fn numbered(mut all: [ColumnSpec; COUNT]) -> [ColumnSpec; COUNT] {
    let mut place = 0;
    while place < COUNT {
        all[place].place = place;
        place += 1;
    }
    all
}

vocabulary! {
    /// The project of the row.
    project {
        AGE: i64 = "project.age" ["month"] "Months since the project started";
        MONTHS_LEFT: i64 = "project.months_left" ["month"] "Months until the running money no longer carries a viable team; 0 in the last funded month; 9999 without end";
        COST: i64 = "project.cost" ["cent/month"] "Cost of the full team";
        COMMITTED: i64 = "project.committed" ["cent/month"] "Money or workers promised for the time after the running money ends";
        WORKERS: f64 = "project.workers" ["fte"] "Workers now";
        FORM: i64 = "project.form" ["code"] "Form now, see Form";
        PLAN: i64 = "project.plan" ["code"] "Form planned for the time after the running money, see Form; -1 without a plan";
        FIDELITY: f64 = "project.fidelity" ["share"] "Share of the active ingredients held together";
        MEASUREMENT: i64 = "project.measurement" ["level"] "0 in and out counts, 1 baseline, 2 outcome, 3 cost-benefit analysis";
        ECONOMIC: f64 = "project.economic" ["share"] "Share of the cost that could be earned with goods and services";
        SALES: i64 = "project.sales" ["cent/month"] "Sales now";
        HOUSEHOLDS: i64 = "project.households" ["households"] "Households in support now";
    }
    /// Who leads the project of the row.
    leader {
        DRIVE: f64 = "leader.drive" ["share"] "Drive of the leader; 0 while a successor is searched for";
        SKILL: f64 = "leader.skill" ["share"] "Skill of the leader; 0 while a successor is searched for";
        ENERGY: f64 = "leader.energy" ["share"] "Energy left; 0 while a successor is searched for";
        TIME_LEFT: f64 = "leader.time_left" ["month"] "Leader time of the coming month that no former layer spends";
    }
    /// The payer of the row, as this project sees it.
    payer {
        KIND: i64 = "payer.kind" ["code"] "0 municipal silo, 1 State, 2 insurer, 3 housing corporation, 4 fund, 5 market";
        OPEN: i64 = "payer.open" ["0 or 1"] "1 while the payer considers new claims";
        TIE: f64 = "payer.tie" ["share"] "Strength of the coalition with this payer over four levels, in which the weakest counts `tie.weakest` times more";
        TIE_LOW: f64 = "payer.tie_low" ["share"] "Strength at the weakest level";
        NOVELTY: f64 = "payer.novelty" ["share"] "Taste for what is new";
        OPENNESS: f64 = "payer.openness" ["share"] "Openness to work that crosses its borders";
        BEARS_WORK: i64 = "payer.bears_work" ["0 or 1"] "1 for who bears what it costs that households have no work";
        BENEFIT: i64 = "payer.benefit" ["cent/month"] "Benefit that the evidence shows this payer; the same for all until a cost-benefit analysis divides it";
        BENEFIT_SHARE: f64 = "payer.benefit_share" ["share"] "This payer's part of all benefits shown; equal parts until a cost-benefit analysis divides them, 0 when nothing is shown";
        CAPACITY: i64 = "payer.capacity" ["cent/month"] "Old capacity that this payer could close: silo places and contracts with others";
        PROMISED: i64 = "payer.promised" ["cent/month"] "Money, workers or hours this payer has promised for the time after the running money ends";
        PENDING: i64 = "payer.pending" ["cent/month"] "Claims on this payer that await its decision";
        REFUSED: i64 = "payer.refused" ["month"] "Months since it last refused a claim of this project; 9999 if never";
    }
    /// The municipality in which all of it happens.
    municipality {
        DIRECTION: f64 = "municipality.direction" ["share"] "Strength of municipal direction now";
    }
}
