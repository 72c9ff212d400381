//! Charts of the pages that are no report of a comparison, and how their axes are spanned and written.

use super::canvas::Width;
use super::{heat, lines, plane, rows};
use crate::numbers::Place;
use crate::quantity::{Writer, is_share};
use crate::sheet::{Axis, Chart};

/// A chart for a page of this width with its title and description; `None` when there is nothing to
/// draw.
pub(crate) fn chart(
    chart: &Chart,
    writer: &Writer,
    name: &str,
    width: Width,
    words: (&str, &str),
) -> Option<String> {
    let id = format!("{name}-{}", width.name());
    match chart {
        Chart::Lines(lines) => lines::lines(lines, writer, &id, width, words),
        Chart::Bars(bars) => rows::rows(bars, writer, &id, width, words),
        Chart::Heat(heat) => heat::heat(heat, writer, &id, width, words),
        Chart::Plane(plane) => plane::plane(plane, writer, &id, width, words),
    }
}

/// The ends of an axis, with some room beyond these values; `None` without a value, or with one that
/// is no number.
pub(super) fn span(axis: &Axis, values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let zero = axis.difference.then_some(0.0);
    let mut ends: Option<(f64, f64)> = None;
    for value in values {
        if !value.is_finite() {
            return None;
        }
        let (low, high) = ends.unwrap_or((value, value));
        ends = Some((low.min(value), high.max(value)));
    }
    let (low, high) = ends?;
    let (low, high) = (
        zero.map_or(low, |zero| low.min(zero)),
        zero.map_or(high, |zero| high.max(zero)),
    );
    let (floor, top) = with_room(low, high);
    let under_zero = axis.difference && low == 0.0;
    Some((if under_zero { high - top } else { floor }, top))
}

/// The ends of an axis a little beyond `low` and `high`, but not below zero for what is never less.
pub(super) fn with_room(low: f64, high: f64) -> (f64, f64) {
    let room = (0.06 * (high - low)).max(0.01 * high.abs()).max(1e-6);
    let floor = low - room;
    (if low >= 0.0 { floor.max(0.0) } else { floor }, high + room)
}

/// A number of an axis that has these ends.
pub(super) fn number(writer: &Writer, axis: &Axis, (low, high): (f64, f64), value: f64) -> String {
    let scale = if is_share(&axis.unit) { 100.0 } else { 1.0 };
    let size = low.abs().max(high.abs());
    let place = Place::of(scale * size, Some(scale * (high - low) / 2.0));
    if axis.difference {
        writer.signed(value, &axis.unit, place)
    } else {
        writer.value(value, &axis.unit, place)
    }
}

/// Room for the numbers beside an axis with these ends, pixels.
pub(super) fn room(writer: &Writer, axis: &Axis, ends: (f64, f64)) -> u32 {
    let longest = [ends.0, ends.1].map(|end| number(writer, axis, ends, end).chars().count());
    let [low, high] = longest;
    14 + 8 * u32::try_from(low.max(high)).unwrap_or(16).clamp(4, 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_spans_its_values_and_zero_for_differences() {
        let level = Axis::default();
        let difference = Axis {
            difference: true,
            ..Axis::default()
        };
        let ends = span(&level, [2.0, 4.0].into_iter()).unwrap();
        assert!(ends.0 > 0.0 && ends.0 < 2.0 && ends.1 > 4.0);
        let ends = span(&difference, [2.0, 4.0].into_iter()).unwrap();
        assert!(ends.0 < 0.0);
        assert_eq!(span(&level, std::iter::empty()), None);
        assert_eq!(span(&level, [1.0, f64::NAN].into_iter()), None);
        let flat = span(&level, [0.0].into_iter()).unwrap();
        assert!(flat.0 < flat.1);
    }
}
