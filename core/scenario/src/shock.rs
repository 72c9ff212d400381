//! Shocks and stress scenarios.

use crate::calendar::Month;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// Something that happens at a stated month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Shock {
    /// A payer's closed budget falls by a share.
    Cut {
        /// Month.
        at: Month,
        /// Payer cut.
        payer: String,
        /// Share of the closed budget, 0..1.
        share: f64,
    },
    /// Responsibility for items moves to another payer, with a discount on the money.
    Decentralise {
        /// Month.
        at: Month,
        /// Use costs, crises or silo domains (by id or domain name) that move.
        items: Vec<String>,
        /// Payer that hands over.
        from: String,
        /// Payer that receives.
        to: String,
        /// Share of the money that is kept back, 0..1.
        discount: f64,
    },
    /// More problems arise than before.
    DemandGrowth {
        /// First month.
        at: Month,
        /// Growth of the onset of problems, share per year (may be negative).
        per_year: f64,
        /// Months that it lasts.
        months: u32,
    },
    /// A payer no longer gives new money at all.
    Exit {
        /// Month.
        at: Month,
        /// Payer that leaves.
        payer: String,
    },
    /// The alderman goes.
    AldermanLeaves {
        /// Month.
        at: Month,
    },
    /// A project wins a prize: it is seen, and gets no money for it.
    Prize {
        /// Month.
        at: Month,
        /// The project.
        project: String,
    },
    /// A review committee visits and says which projects are to go on.
    Review {
        /// Month.
        at: Month,
    },
    /// Years in which responsibilities move and borders with them: payers are more open.
    Transition {
        /// First month.
        at: Month,
        /// Months that it lasts.
        months: u32,
        /// Share of what closes payers that it takes away, 0..1.
        relief: f64,
    },
}

impl Shock {
    /// The month in which it starts.
    pub fn at(&self) -> Month {
        match self {
            Self::Cut { at, .. }
            | Self::Decentralise { at, .. }
            | Self::DemandGrowth { at, .. }
            | Self::Exit { at, .. }
            | Self::Prize { at, .. }
            | Self::Review { at }
            | Self::Transition { at, .. }
            | Self::AldermanLeaves { at } => *at,
        }
    }

    /// The same shock with its size multiplied: share of a cut, discount, growth, relief. What has
    /// no size (an exit, a review, a prize, an alderman who goes) stays as it is.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        let mut scaled = self.clone();
        match &mut scaled {
            Self::Cut { share: size, .. }
            | Self::Decentralise { discount: size, .. }
            | Self::DemandGrowth { per_year: size, .. }
            | Self::Transition { relief: size, .. } => *size *= factor,
            Self::Exit { .. }
            | Self::AldermanLeaves { .. }
            | Self::Prize { .. }
            | Self::Review { .. } => {}
        }
        scaled
    }
}

/// A stress scenario: shocks after the policy date, one story, one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stressor {
    /// Name in data files and on the command line.
    pub name: String,
    /// Name for people; absent, the same.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub title: Text,
    /// What happens, in one or two sentences.
    pub narrative: Text,
    /// Where it comes from.
    pub source: Text,
    /// The shocks.
    pub shocks: Vec<Shock>,
}

impl Stressor {
    /// The same story with every shock multiplied, see [`Shock::scaled`]; 0 is no shock at all.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        let shocks = if factor == 0.0 {
            Vec::new()
        } else {
            self.shocks.iter().map(|one| one.scaled(factor)).collect()
        };
        Self {
            shocks,
            ..self.clone()
        }
    }
}
