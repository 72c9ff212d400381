//! What a strategy keeps from month to month: columns of its own, which the host stores, so that a
//! run can be forked, saved and resumed without asking the strategy.

use crate::columns::place;
use crate::table::ColumnSlice;
use std::borrow::Cow;

/// A column of a strategy's own, one number per row.
#[derive(Clone, Copy, Debug)]
pub struct OwnSpec {
    /// Name, without a dot.
    pub name: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// Value of a row that was never written.
    pub default: f64,
    /// What it means.
    pub doc: &'static str,
}

/// A handle: made by [`own_columns!`](crate::own_columns), used with
/// [`Context::own`](crate::Context::own) and [`Context::keep`](crate::Context::keep).
#[derive(Clone, Copy, Debug)]
pub struct OwnColumn {
    name: &'static str,
    index: usize,
}

impl OwnColumn {
    /// The handle of the column called `name` in `list`; a compile error in a constant when it is
    /// not there.
    #[doc(hidden)]
    pub const fn in_list(list: &[OwnSpec], name: &'static str) -> Self {
        Self {
            name,
            index: place!(list, name),
        }
    }
}

/// The own columns of a month: the host's, and from the first value that is set in one a copy, which is
/// handed back whole when the step went well.
#[derive(Clone, Debug)]
pub(crate) struct Own<'a> {
    specs: &'static [OwnSpec],
    pub values: Vec<Cow<'a, [f64]>>,
}

impl<'a> Own<'a> {
    pub fn new(specs: &'static [OwnSpec]) -> Self {
        Self {
            specs,
            values: Vec::with_capacity(specs.len()),
        }
    }

    pub fn add(&mut self, column: ColumnSlice<'a>) {
        self.values.push(match column {
            ColumnSlice::F64(values) => values.into(),
            ColumnSlice::I64(_) => Cow::default(),
        });
    }

    /// The columns in which something was set, with their places.
    pub fn changed(&self) -> impl Iterator<Item = (usize, &[f64])> {
        let all = self.values.iter().enumerate();
        all.filter_map(|(at, column)| match column {
            Cow::Borrowed(_) => None,
            Cow::Owned(values) => Some((at, values.as_slice())),
        })
    }

    /// The value of `column` in row `at`.
    ///
    /// # Panics
    /// When `column` was not declared in [`Policy::OWN`](crate::Policy::OWN).
    pub fn get(&self, column: OwnColumn, at: usize) -> f64 {
        self.values[self.place(column)][at]
    }

    /// Sets it.
    ///
    /// # Panics
    /// As [`Own::get`].
    pub fn set(&mut self, column: OwnColumn, at: usize, value: f64) {
        let place = self.place(column);
        self.values[place].to_mut()[at] = value;
    }

    fn place(&self, column: OwnColumn) -> usize {
        let spec = self.specs.get(column.index);
        let declared = spec.is_some_and(|spec| spec.name == column.name);
        assert!(declared, "column {} is not in Policy::OWN", column.name);
        column.index
    }
}

/// Declares the columns that a strategy keeps for itself: a constant [`OwnColumn`] for each, and the
/// list `OWN` for [`Policy::OWN`](crate::Policy::OWN).
///
/// ```
/// zalm_sdk::own_columns! {
///     /// How often this payer was asked.
///     ASKED = "asked" ["times"] = 0.0;
/// }
/// assert_eq!(OWN[0].doc, "How often this payer was asked.");
/// # let _ = ASKED;
/// ```
#[macro_export]
macro_rules! own_columns {
    ($($(#[doc = $doc:literal])+ $name:ident = $column:literal [$unit:literal] = $default:literal;)+) => {
        /// The columns that this strategy keeps for itself.
        pub const OWN: &[$crate::OwnSpec] = &[$($crate::OwnSpec {
            name: $column,
            unit: $unit,
            default: $default,
            doc: concat!($($doc),+).trim_ascii(),
        }),+];
        $($(#[doc = $doc])+ pub const $name: $crate::OwnColumn =
            $crate::OwnColumn::in_list(OWN, $column);)+
    };
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;
    use crate::testkit::{Run, Town};

    columns! {
        project: COST;
    }

    own_columns! {
        /// Months so far.
        MONTHS = "months" ["month"] = 10.0;
    }

    parameters! {
        /// Counts months.
        struct Counter {}
    }

    impl Policy for Counter {
        const ABOUT: About = About::unnamed("counter");
        const COLUMNS: &'static [ColumnSpec] = COLUMNS;
        const OWN: &'static [OwnSpec] = OWN;

        fn step(&self, cx: &mut Context<'_>) -> Result<()> {
            let project = cx.projects().nth(1).expect("two projects");
            let (months, cost) = (cx.own(MONTHS, project.row()), project.get(COST));
            cx.keep(MONTHS, project.row(), months + 1.0);
            cx.note(
                project.row(),
                format!("{months} {} {cost}", cx.own(MONTHS, 0)),
            );
            Ok(())
        }
    }

    #[test]
    fn what_is_kept_is_there_the_next_month_in_its_row_only() {
        let town = Town::new(2, &[PayerKind::Fund]);
        let told = Run::new(Counter {}).months(&town, 3);
        let texts: Vec<String> = told.iter().map(|month| format!("{month:?}")).collect();
        for (text, expected) in texts
            .iter()
            .zip(["\"10 10 0\"", "\"11 10 0\"", "\"12 10 0\""])
        {
            assert!(text.contains(expected), "{text}");
        }
    }
}
