//! Columns that a strategy reads, named and typed.

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

/// A column that a strategy wants; the host compares name, type and unit when it loads the library.
#[derive(Clone, Copy, Debug)]
pub struct ColumnSpec {
    /// Name, such as `project.months_left`.
    pub name: &'static str,
    /// Type of its values.
    pub kind: ColumnKind,
    /// Unit, as the host names it.
    pub unit: &'static str,
}

/// A value that a column can hold: `f64` or `i64`.
pub trait ColumnValue: Copy + 'static {
    /// Its type.
    const KIND: ColumnKind;
    /// The slice, when it holds this type.
    fn slice(column: ColumnSlice<'_>) -> Option<&[Self]>;
}

impl ColumnValue for f64 {
    const KIND: ColumnKind = ColumnKind::F64;
    fn slice(column: ColumnSlice<'_>) -> Option<&[Self]> {
        match column {
            ColumnSlice::F64(values) => Some(values),
            ColumnSlice::I64(_) => None,
        }
    }
}

impl ColumnValue for i64 {
    const KIND: ColumnKind = ColumnKind::I64;
    fn slice(column: ColumnSlice<'_>) -> Option<&[Self]> {
        match column {
            ColumnSlice::I64(values) => Some(values),
            ColumnSlice::F64(_) => None,
        }
    }
}

/// A read handle: made by [`columns!`](crate::columns), used with
/// [`Project::get`](crate::Project::get), [`Payer::get`](crate::Payer::get) and
/// [`Context::read`](crate::Context::read).
#[derive(Clone, Copy, Debug)]
pub struct Column<T> {
    pub(crate) name: &'static str,
    pub(crate) index: usize,
    kind: PhantomData<T>,
}

impl<T: ColumnValue> Column<T> {
    /// The handle of the column called `name` in `list`; a compile error in a constant when it is
    /// not there.
    #[doc(hidden)]
    pub const fn in_list(list: &[ColumnSpec], name: &'static str) -> Self {
        let mut index = 0;
        while !same(list[index].name, name) {
            index += 1;
        }
        Self {
            name,
            index,
            kind: PhantomData,
        }
    }
}

pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// Declares the columns that a strategy reads: a constant [`Column`] for each, and the list
/// `COLUMNS` for [`Policy::COLUMNS`](crate::Policy::COLUMNS).
///
/// ```
/// zalm_sdk::columns! {
///     /// Cost of the full team.
///     COST: i64 = "project.cost" ["cent/month"];
///     /// Strength of the tie with this payer.
///     TIE: f64 = "payer.tie" ["share"];
/// }
/// assert_eq!(COLUMNS[1].name, "payer.tie");
/// # let _ = (COST, TIE);
/// ```
#[macro_export]
macro_rules! columns {
    ($($(#[$meta:meta])* $name:ident : $kind:ty = $column:literal [$unit:literal];)+) => {
        /// The columns that this strategy reads, in the order in which it gets them.
        pub const COLUMNS: &[$crate::ColumnSpec] = &[$($crate::ColumnSpec {
            name: $column,
            kind: <$kind as $crate::ColumnValue>::KIND,
            unit: $unit,
        }),+];
        $($(#[$meta])* pub const $name: $crate::Column<$kind> =
            $crate::Column::in_list(COLUMNS, $column);)+
    };
}
