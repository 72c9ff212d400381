//! The report: tables in, one offline HTML file out, in Dutch or English.
//!
//! Knows only the tables of [`ReportInput`]: no model, no experiment, no file.
#![forbid(unsafe_code)]

mod enumeration;
mod figure;
mod input;
mod lang;
mod lookup;
mod numbers;
mod page;
mod patterns;
mod plain;
mod quantity;
mod robust;
#[cfg(test)]
mod sample;
mod sheet;
mod terminal;
mod texts;
mod varied;
mod verdict;

pub use enumeration::enumeration;
pub use input::*;
pub use lang::Lang;
pub use numbers::{Numbers, Place};
pub use page::{Rendered, folded_table, frame, render, render_with_figures};
pub use patterns::{ClaimInput, PathInput, PatternInput, PatternsInput, patterns_text};
pub use plain::comparison_text;
pub use quantity::Writer;
pub use robust::{Robustness, SMALL, Standing, fixed_rule};
pub use sheet::{
    Axis, Bars, Chart, Cloud, Drawing, Heat, Line, Lines, Part, Plane, Row, Sheet, Table, sheet,
};
pub use terminal::{aligned, folded, one_line};
pub use texts::{Texts, capital, contents};
pub use varied::Varied;
pub use verdict::{CLEAR_BELOW, Verdict};
