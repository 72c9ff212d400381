//! What a strategy keeps from month to month lies in the world, so that a fork, a snapshot and a
//! resumed run have it too; a strategy that kept it for itself would forget or mix up runs.

use bevy_ecs::prelude::*;
use std::collections::BTreeMap;

/// What a strategy keeps: for each row of its table the values of its own columns.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Kept(pub BTreeMap<u64, Vec<f64>>);
