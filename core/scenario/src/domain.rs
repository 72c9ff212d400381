//! The eight life domains.

use serde::{Deserialize, Serialize};

/// The eight life domains, in the order of every array over domains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Domain {
    /// Housing (wonen).
    Housing,
    /// Finances and debts (financiën en schulden).
    Finances,
    /// Work and daytime activity (werk en dagbesteding).
    Work,
    /// Physical health (lichamelijke gezondheid).
    PhysicalHealth,
    /// Mental health and addiction (geestelijke gezondheid en verslaving).
    MentalHealth,
    /// Parenting and youth (opvoeding en jeugd); only in households with children.
    Parenting,
    /// Justice and safety (justitie en veiligheid).
    Justice,
    /// Social network and participation (sociaal netwerk en participatie).
    Social,
}

impl Domain {
    /// All domains in array order.
    pub const ALL: [Self; 8] = [
        Self::Housing,
        Self::Finances,
        Self::Work,
        Self::PhysicalHealth,
        Self::MentalHealth,
        Self::Parenting,
        Self::Justice,
        Self::Social,
    ];

    /// Name as used in parameters, metrics and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Housing => "housing",
            Self::Finances => "finances",
            Self::Work => "work",
            Self::PhysicalHealth => "physical_health",
            Self::MentalHealth => "mental_health",
            Self::Parenting => "parenting",
            Self::Justice => "justice",
            Self::Social => "social",
        }
    }
}
