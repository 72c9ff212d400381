//! Columns that a strategy reads, typed.

use crate::table::ColumnSlice;
use std::marker::PhantomData;

/// Type of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// 64-bit float.
    F64,
    /// 64-bit signed integer.
    I64,
}

impl ColumnKind {
    /// Name in descriptions.
    pub const fn name(self) -> &'static str {
        match self {
            Self::F64 => "f64",
            Self::I64 => "i64",
        }
    }
}

/// A column of the [vocabulary](crate::vocabulary); the host compares name, type and unit when it
/// loads the library.
#[derive(Clone, Copy, Debug)]
pub struct ColumnSpec {
    /// Name, such as `project.months_left`.
    pub name: &'static str,
    /// Type of its values.
    pub kind: ColumnKind,
    /// Unit, as the host names it.
    pub unit: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether the strategy can do without it, on a host that does not have it.
    pub optional: bool,
    /// Its place in the vocabulary.
    pub(crate) place: usize,
}

impl ColumnSpec {
    /// The same, not needed.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
}

/// A value that a column can hold: `f64` or `i64`.
pub trait ColumnValue: Copy + 'static {
    /// The slice, when it holds this type.
    fn slice(column: ColumnSlice<'_>) -> Option<&[Self]>;
    /// The value as a test town keeps it.
    #[doc(hidden)]
    fn number(self) -> f64;
}

impl ColumnValue for f64 {
    fn slice(column: ColumnSlice<'_>) -> Option<&[Self]> {
        match column {
            ColumnSlice::F64(values) => Some(values),
            ColumnSlice::I64(_) => None,
        }
    }

    fn number(self) -> f64 {
        self
    }
}

impl ColumnValue for i64 {
    fn slice(column: ColumnSlice<'_>) -> Option<&[Self]> {
        match column {
            ColumnSlice::I64(values) => Some(values),
            ColumnSlice::F64(_) => None,
        }
    }

    fn number(self) -> f64 {
        self as f64
    }
}

/// A read handle of the [vocabulary](crate::vocabulary), used with
/// [`Project::get`](crate::Project::get), [`Payer::get`](crate::Payer::get) and
/// [`Context::read`](crate::Context::read) by a strategy that [declares](crate::columns) it.
#[derive(Clone, Copy, Debug)]
pub struct Column<T> {
    pub(crate) spec: &'static ColumnSpec,
    kind: PhantomData<T>,
}

impl<T: ColumnValue> Column<T> {
    /// The handle of the column called `name`; a compile error in a constant when it is not there.
    pub(crate) const fn in_list(list: &'static [ColumnSpec], name: &'static str) -> Self {
        Self {
            spec: &list[place!(list, name)],
            kind: PhantomData,
        }
    }

    /// What the host is told of it.
    pub const fn spec(self) -> ColumnSpec {
        *self.spec
    }
}

/// The place of the spec called `$name` in `$list`: a macro, since a constant function can neither
/// call a closure nor read a field of any type. Out of bounds, so a compile error in a constant,
/// when it is not there.
macro_rules! place {
    ($list:expr, $name:expr) => {{
        let mut index = 0;
        while !$crate::columns::same($list[index].name, $name) {
            index += 1;
        }
        index
    }};
}
pub(crate) use place;

pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// Names the columns of the [vocabulary](crate::vocabulary) that a strategy reads: brings their
/// handles into the module, and makes the list `COLUMNS` for
/// [`Policy::COLUMNS`](crate::Policy::COLUMNS).
///
/// ```
/// zalm_sdk::columns! {
///     project: COST, MONTHS_LEFT;
///     payer: TIE;
/// }
/// assert_eq!(COLUMNS[2].name, "payer.tie");
/// ```
///
/// A column that an older zalm may not have is `[optional]`, and read with
/// [`Context::try_read`](crate::Context::try_read) or [`Payer::try_get`](crate::Payer::try_get).
///
/// ```
/// zalm_sdk::columns! {
///     project: COST;
///     payer: TIE, CAPACITY [optional];
/// }
/// assert!(COLUMNS[2].optional && !COLUMNS[1].optional);
/// ```
#[macro_export]
macro_rules! columns {
    ($($entity:ident: $($name:ident $([$optional:ident])?),+;)+) => {
        $(pub use $crate::vocabulary::$entity::{$($name),+};)+

        /// The columns that this strategy reads, in the order in which it gets them.
        pub const COLUMNS: &[$crate::ColumnSpec] = &[$($($name.spec()$(.$optional())?),+),+];
    };
}
