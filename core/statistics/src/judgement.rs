//! Judgement: distributions of uncertain numbers, from a range or from several experts.

mod law;
mod pool;

pub use law::Law;
pub use pool::{Expert, Pool, Round, pool, rounds};
