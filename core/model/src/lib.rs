//! The model: households, teams, payers and projects, month by month.
//!
//! Built from a checked scenario; knows no file, no command line, no clock and no plugin. Read
//! [`MONTH`] first: it lists every step in order. One mechanism is one file.

#![forbid(unsafe_code)]

#[doc(hidden)]
pub mod bench;
mod calendar;
mod capacity;
mod care;
mod claims;
mod clock;
mod closing;
mod cofunding;
mod coordinators;
mod core_group;
mod coupling;
mod demand;
mod digest;
mod doors;
mod evidence;
mod finance;
#[cfg(test)]
mod fixture;
mod flows;
mod founding;
mod governance;
mod growth;
mod hands;
mod happening;
mod hazards;
mod household;
mod image;
mod incidence;
mod informal;
mod instrument;
mod introductions;
mod keeping;
mod knowledge;
mod ladder;
mod layers;
mod leaders;
mod ledger;
mod life;
mod lifecycle;
mod measure;
mod method;
mod metrics;
mod month;
mod moving;
mod newcomers;
mod oil_stain;
mod openness;
mod organisations;
mod payer;
mod pocket;
mod population;
mod portfolio;
mod presence;
mod project;
mod record;
mod reserves;
mod row_set;
mod run_error;
mod secondment;
mod settings;
mod settling;
mod simulation;
mod snapshot;
mod standing;
mod strategy;
mod streams;
mod support;
mod sweep;
mod view;
mod volunteers;
mod watch;
mod wide;
mod workplaces;
mod works;
mod world;
mod worth;

pub use care::CareStatus;
pub use hands::{Hands, Piece};
pub use happening::{Happening, Refusal, Turn};
pub use household::{HouseholdState, MULTI, PROBLEM};
pub use incidence::{CostItem, CostKind, CostTable, Share, cost_items, incidence};
pub use instrument::Instrument;
pub use keeping::Kept;
pub use layers::{Layer, Layered, Role};
pub use life::{Found, Gone, Life, Portrait, Worse};
pub use metrics::{Aggregate, Better, MetricSpec, alive_metric, is_metric_group, metrics};
pub use month::{MONTH, Moment, START, Step};
pub use record::{ENDS, ProjectFate, RunRecord, Sample};
pub use run_error::RunError;
pub use simulation::Simulation;
pub use snapshot::Snapshot;
pub use standing::{ProjectState, Promise};
pub use strategy::*;
pub use streams::{Sequence, Stream, Streams, SweepKey, hash64, normal_quantile, philox4x32};
pub use watch::{Lived, Spent, Watch};
