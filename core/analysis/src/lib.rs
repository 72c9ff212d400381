//! Questions that take many points of a scenario: each asks a [`Play`] and hands the outcomes to an
//! estimator.
//!
//! One file per question: its typed answer, with the words, the document and the table beside it.
//! Every point has the same replications, so what differs between points is the change alone.
#![forbid(unsafe_code)]

mod answer;
pub mod break_even;
pub mod discover;
mod estimate;
pub mod experts;
pub mod groups;
mod inputs;
mod kept;
mod limit;
mod names;
mod page;
mod play;
pub mod reverse;
pub mod robust;
pub mod sensitivity;
pub mod stress;
mod threshold;
#[cfg(test)]
mod toy;
pub mod value;
mod voice;

pub use answer::{Answer, Finding, Origin};
pub use estimate::Estimate;
pub use names::{known, metric};
pub use page::Page;
pub use play::{Asked, Play, Problem};
pub use threshold::Threshold;
pub use voice::Voice;
