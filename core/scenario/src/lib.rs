//! Scenario files: RON text in, a checked [`Scenario`] out, or every problem at once.
//!
//! This crate knows no world and no plugin; only it reads RON.
#![forbid(unsafe_code)]

mod calendar;
mod cbs;
mod check;
mod checked;
mod coupling;
mod decode;
mod discount;
mod distribution;
mod domain;
mod figure;
mod load;
mod mechanism;
mod method;
mod nearest;
mod parameters;
mod parse;
mod path;
mod payer;
mod place;
mod problem;
mod project;
mod read;
mod resolved;
mod rewrite;
mod settings;
mod shock;
mod source;
mod spreadsheet;
mod targets;
mod text;
mod tree;

pub use calendar::Month;
pub use cbs::{CbsImport, ImportError, Imported, LayoutMiss, MissingHeaders, import_cbs};
pub use checked::{LayerUse, Municipality, ParameterChange, Scenario, StrategyUse, StrategyValue};
pub use coupling::Coupling;
pub use discount::DiscountRate;
pub use distribution::{Distribution, Opinion};
pub use domain::Domain;
pub use figure::{Evidence, Figure};
pub use mechanism::Mechanism;
pub use method::{IngredientSpec, Ingredients, Method};
pub use nearest::nearest;
pub use parameters::{PARTS, Parameter, ParameterSpec, Parameters, Rates, SPECS, position};
pub use payer::{Crisis, Payer, PayerKind, SiloCare, UseCost};
pub use place::{AreaInvestment, AreaWork, Neighbourhood, Place};
pub use problem::{Pick, Problem, Problems};
pub use project::{Grant, Measurement, Project};
pub use read::{Checked, Complaint, read, read_kept, read_targets, recheck};
pub use resolved::{in_ron, over, resolved};
pub use shock::{Shock, Stressor};
pub use source::Source;
pub use spreadsheet::{separator, spreadsheet_text};
pub use targets::{Free, LeftOut, Per, QuietWorld, SCENARIO_WORLD, Statistic, Target, Targets};
pub use text::Text;
