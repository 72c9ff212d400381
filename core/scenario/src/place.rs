//! Places: neighbourhoods with real household numbers.

use crate::calendar::Month;
use crate::figure::Figure;
use serde::{Deserialize, Serialize};

/// One neighbourhood with its households, made by `zalm import cbs`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Neighbourhood {
    /// CBS code, such as `WK008034`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Households, count.
    pub households: Figure,
    /// Inhabitants, count.
    pub inhabitants: Figure,
    /// One-person households, share 0..1.
    pub one_person: Figure,
    /// Households with children, share 0..1.
    pub with_children: Figure,
    /// Households in the danger zone of sliding down (gevarenzone), share 0..1.
    pub danger_zone: Figure,
    /// Dwellings owned by housing corporations, share 0..1.
    pub corporation_rent: Figure,
}

/// A place: one or more neighbourhoods of one municipality.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Name of the place as a whole.
    pub name: String,
    /// Municipality, name.
    pub municipality: String,
    /// The citation that the data licence asks for, such as "Bron: CBS, ... 2016".
    pub citation: String,
    /// The neighbourhoods, at least one.
    pub neighbourhoods: Vec<Neighbourhood>,
}

/// What money for a neighbourhood is spent on (seed 003). The first four are the rungs of its
/// ladder, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AreaWork {
    /// Clean, whole, safe: upkeep and small preventive works (schoon, heel, veilig; law 9).
    Basis,
    /// Meeting, cohesion, public familiarity (ontmoeting, sociale samenhang).
    Cohesion,
    /// Residents' initiatives, social control (bewonersinitiatieven, sociale controle).
    Control,
    /// Self-reliance with reciprocity (zelfredzaamheid met wederkerigheid).
    SelfReliance,
    /// Art and culture (kunst en cultuur; law 7).
    Art,
    /// Restructuring: rented dwellings make place for owned ones (herstructurering; law 1).
    Restructuring,
    /// Sale of rented dwellings that fall vacant (verkoop sociale huurwoningen; law 1).
    Sale,
    /// Rules on who may come to live in a rented dwelling (Rotterdamwet; law 8).
    Allocation,
}

impl AreaWork {
    /// Kinds of work.
    pub const COUNT: usize = Self::Allocation as usize + 1;
}

/// Money for neighbourhoods of the place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaInvestment {
    /// What it is spent on.
    pub work: AreaWork,
    /// Codes of the neighbourhoods; all of the place when none is named.
    #[serde(default)]
    pub neighbourhoods: Vec<String>,
    /// Payer whose closed budget bears it.
    pub payer: String,
    /// Euro per household of those neighbourhoods per year.
    pub per_year: Figure,
    /// First month.
    pub start: Month,
    /// Months.
    pub months: u32,
}
