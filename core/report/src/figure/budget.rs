//! What payers pay more and less than under the null alternative, year by year.

use super::canvas::{Area, Drawn, GRID, INK, SOFT, Side, Width, colour, figure, stroke, text};
use crate::numbers::Place;
use crate::quantity::Writer;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

/// A year: euro more by all who pay more together, and less (below zero) by all who pay less.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Year {
    /// Calendar year.
    pub year: u32,
    /// Euro more, 0 or above.
    pub more: f64,
    /// Euro less, 0 or below.
    pub less: f64,
}

const HEIGHT: i32 = 320;

/// Two bars a year in the colour of a strategy and the balance as a dot; `None` when nothing differs.
pub(crate) fn budget(
    writer: &Writer,
    id: &str,
    (look, years, reach): (usize, &[Year], f64),
    width: Width,
    (title, description): (&str, &str),
) -> Option<String> {
    let drawable = reach.is_finite() && reach > 0.0;
    if years.is_empty() || !drawable {
        return None;
    }
    let id = format!("{id}-{}", width.name());
    let size = (width.pixels(), HEIGHT as u32);
    Some(figure(&id, size, (title, description), |area| {
        draw(area, writer, width, (look, years), reach)
    }))
}

fn draw(
    area: &Area<'_>,
    writer: &Writer,
    width: Width,
    (look, years): (usize, &[Year]),
    reach: f64,
) -> Drawn {
    let (left, right) = (104, width.pixels() as i32 - 10);
    let (top, bottom) = (32, HEIGHT - 30);
    let middle = (top + bottom) / 2;
    let y = |euro: f64| {
        let share = euro / (1.04 * reach);
        middle - (share * f64::from(bottom - top) / 2.0).round() as i32
    };
    let words = |id: &str| writer.texts.get(id);
    text(area, (8, 12), Side::Left, SOFT, &words("axis-more"))?;
    for euro in RangedCoordf64::from(-reach..reach).key_points(6) {
        stroke(
            area,
            (left, y(euro)),
            (right, y(euro)),
            GRID.stroke_width(1),
        )?;
        let place = Place::of(reach, Some(reach / 10.0));
        let label = writer.signed(euro, "euro", place);
        text(area, (left - 6, y(euro)), Side::Right, INK, &label)?;
    }
    let step = f64::from(right - left) / years.len() as f64;
    let every = if width == Width::Wide {
        1
    } else {
        1 + years.len() / 5
    };
    for (index, year) in years.iter().enumerate() {
        let from = left + (step * (index as f64 + 0.18)) as i32;
        let to = left + (step * (index as f64 + 0.82)) as i32;
        // In the colour that the strategy has everywhere; what is less is an outline.
        let own = colour(look);
        let bar = |euro: f64| [(from, y(0.0)), (to, y(euro))];
        area.draw(&Rectangle::new(bar(year.more), own.filled()))?;
        area.draw(&Rectangle::new(bar(year.less), own.mix(0.25).filled()))?;
        area.draw(&Rectangle::new(bar(year.less), own.stroke_width(1)))?;
        let centre = (from + to) / 2;
        let balance = (centre, y(year.more + year.less));
        area.draw(&Circle::new(balance, 6, WHITE.filled()))?;
        area.draw(&Circle::new(balance, 4, INK.filled()))?;
        if index % every == 0 {
            text(
                area,
                (centre, bottom + 16),
                Side::Middle,
                INK,
                &year.year.to_string(),
            )?;
        }
    }
    stroke(area, (left, y(0.0)), (right, y(0.0)), INK.stroke_width(1))
}
