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

/// A rung of the ladder of a neighbourhood, in order: a later one gives nothing before the earlier
/// one stands (seed 003, law 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rung {
    /// Clean, whole, safe, reliable professionals (schoon, heel, veilig).
    Basis,
    /// Cohesion, public familiarity (sociale samenhang).
    Cohesion,
    /// Social control, active residents (sociale controle).
    Control,
    /// Self-reliant neighbourhood (zelfredzame buurt).
    SelfReliance,
}

/// Money for a rung of every neighbourhood of the place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaInvestment {
    /// Rung.
    pub rung: Rung,
    /// Payer whose closed budget bears it.
    pub payer: String,
    /// Euro per household per year.
    pub per_year: Figure,
    /// First month.
    pub start: Month,
    /// Months.
    pub months: u32,
}
