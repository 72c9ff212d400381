//! What a strategy measures itself, for the tables beside what the model measures.

use crate::columns::place;

/// Which direction is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither: it describes.
    Neither,
}

impl Better {
    /// Name in descriptions.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neither => "neither",
        }
    }
}

/// How the months of a run become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// Sum over the months from the policy date.
    Sum,
    /// Mean over the months from the policy date.
    Mean,
    /// Value in the last month.
    Last,
}

impl Aggregate {
    /// Name in descriptions.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Last => "last",
        }
    }
}

/// A metric of a strategy's own.
#[derive(Clone, Copy, Debug)]
pub struct MetricSpec {
    /// Name, without a dot; in tables the strategy's id and a dot stand before it.
    pub name: &'static str,
    /// Unit of the aggregated value.
    pub unit: &'static str,
    /// Which direction is better.
    pub better: Better,
    /// How months become one number.
    pub aggregate: Aggregate,
    /// What it means.
    pub doc: &'static str,
}

/// A handle: made by [`metrics!`](crate::metrics), used with
/// [`Context::measured`](crate::Context::measured).
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    pub(crate) name: &'static str,
    pub(crate) index: usize,
}

impl Metric {
    /// The handle of the metric called `name` in `list`; a compile error in a constant when it is
    /// not there.
    #[doc(hidden)]
    pub const fn in_list(list: &[MetricSpec], name: &'static str) -> Self {
        Self {
            name,
            index: place!(list, name),
        }
    }
}

/// Declares what a strategy measures itself: a constant [`Metric`] for each, and the list
/// `METRICS` for [`Policy::METRICS`](crate::Policy::METRICS). After unit come which direction is
/// [`Better`] and how months are [`Aggregate`]d.
///
/// ```
/// zalm_sdk::metrics! {
///     /// Letters written.
///     LETTERS = "letters" ["letters"] Neither, Sum;
/// }
/// assert_eq!(METRICS[0].doc, "Letters written.");
/// # let _ = LETTERS;
/// ```
#[macro_export]
macro_rules! metrics {
    ($($(#[doc = $doc:literal])+ $name:ident = $metric:literal [$unit:literal]
        $better:ident, $aggregate:ident;)+) => {
        /// What this strategy measures itself.
        pub const METRICS: &[$crate::MetricSpec] = &[$($crate::MetricSpec {
            name: $metric,
            unit: $unit,
            better: $crate::Better::$better,
            aggregate: $crate::Aggregate::$aggregate,
            doc: concat!($($doc),+).trim_ascii(),
        }),+];
        $($(#[doc = $doc])+ pub const $name: $crate::Metric =
            $crate::Metric::in_list(METRICS, $metric);)+
    };
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;
    use crate::testkit::{Run, Town};

    columns! {
        project: COST;
    }

    metrics! {
        /// Projects seen.
        SEEN = "seen" ["projects"] Neither, Mean;
        /// Their cost.
        DEAR = "dear" ["euro"] Lower, Last;
    }

    parameters! {
        /// Counts projects.
        struct Counter {}
    }

    impl Policy for Counter {
        const ABOUT: About = About::unnamed("counter");
        const COLUMNS: &'static [ColumnSpec] = COLUMNS;
        const METRICS: &'static [MetricSpec] = METRICS;

        fn step(&self, cx: &mut Context<'_>) -> Result<()> {
            for project in cx.projects() {
                cx.measured(SEEN, 1.0);
                cx.measured(DEAR, project.get(COST) as f64 / 100.0);
            }
            Ok(())
        }
    }

    #[test]
    fn what_is_measured_in_a_month_adds_up_and_begins_anew() {
        let mut town = Town::new(2, &[PayerKind::Fund]);
        town.project(0, COST, 5_000);
        let mut run = Run::new(Counter {});
        run.months(&town, 2);
        assert_eq!(run.measured, [("seen", 2.0), ("dear", 50.0)]);
    }
}
