//! What a strategy tells itself, as events of its own types in the log of a run.

use crate::columns::place;

/// A type of event of a strategy's own.
#[derive(Clone, Copy, Debug)]
pub struct EventSpec {
    /// Name, without a dot; in the log the strategy's id and a dot stand before it.
    pub name: &'static str,
    /// Name and unit of each of its values.
    pub fields: &'static [(&'static str, &'static str)],
    /// What it means.
    pub doc: &'static str,
}

/// A handle for an event with `N` values: made by [`events!`](crate::events), used with
/// [`Context::event`](crate::Context::event).
#[derive(Clone, Copy, Debug)]
pub struct Event<const N: usize> {
    pub(crate) name: &'static str,
    pub(crate) index: usize,
}

impl<const N: usize> Event<N> {
    /// The handle of the event called `name` in `list`; a compile error in a constant when it is
    /// not there.
    #[doc(hidden)]
    pub const fn in_list(list: &[EventSpec], name: &'static str) -> Self {
        Self {
            name,
            index: place!(list, name),
        }
    }
}

/// Declares the events that a strategy tells: a constant [`Event`] for each, and the list `EVENTS`
/// for [`Policy::EVENTS`](crate::Policy::EVENTS). Each value has a name and a unit.
///
/// ```
/// zalm_sdk::events! {
///     /// A letter is written.
///     LETTER = "letter" { number: "letters", asked: "cent/month" };
/// }
/// assert_eq!(EVENTS[0].fields[1], ("asked", "cent/month"));
/// # let _ = LETTER;
/// ```
#[macro_export]
macro_rules! events {
    ($($(#[doc = $doc:literal])+ $name:ident = $event:literal
        { $($field:ident: $unit:literal),* $(,)? };)+) => {
        /// The events that this strategy tells.
        pub const EVENTS: &[$crate::EventSpec] = &[$($crate::EventSpec {
            name: $event,
            fields: &[$((stringify!($field), $unit)),*],
            doc: concat!($($doc),+).trim_ascii(),
        }),+];
        $($(#[doc = $doc])+ pub const $name: $crate::Event<{ <[&str]>::len(&[$($unit),*]) }> =
            $crate::Event::in_list(EVENTS, $event);)+
    };
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;
    use crate::testkit::{Town, month};

    columns! {
        project: COST;
    }

    events! {
        /// Seen.
        SEEN = "seen" {};
        /// Dear.
        DEAR = "dear" { cost: "cent/month", months: "month" };
    }

    parameters! {
        /// Tells.
        struct Teller {}
    }

    impl Policy for Teller {
        const ABOUT: About = About::unnamed("teller");
        const COLUMNS: &'static [ColumnSpec] = COLUMNS;
        const EVENTS: &'static [EventSpec] = EVENTS;

        fn step(&self, cx: &mut Context<'_>) -> Result<()> {
            for project in cx.projects() {
                cx.event(SEEN, project.row(), []);
                cx.event(DEAR, project.row(), [project.get(COST) as f64, 12.0]);
            }
            Ok(())
        }
    }

    #[test]
    fn an_event_is_told_by_its_place_with_its_values() {
        let told = |event: usize, values: &[f64]| Command::Event {
            row: 0,
            event,
            values: values.to_vec(),
        };
        let town = Town::ending(12, 5_000, &[PayerKind::Fund]);
        let expected = [told(0, &[]), told(1, &[5_000.0, 12.0])];
        assert_eq!(month::<Teller>(&town), expected);
    }
}
