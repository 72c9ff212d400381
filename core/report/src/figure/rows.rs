//! Bars from an origin, a row for each name: a tornado, shares of a variance, how much breaks a team.

use super::canvas::{
    Area, Drawn, GRID, INK, SOFT, Side, Width, colour, figure, fitted, stroke, text,
};
use super::chart::{number, span};
use super::labels::LINE;
use crate::input::Estimate;
use crate::quantity::Writer;
use crate::sheet::{Bars, Row};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

const BAR: i32 = 16;

/// The bars; `None` when no row has one.
pub(super) fn rows(
    bars: &Bars,
    writer: &Writer,
    id: &str,
    width: Width,
    words: (&str, &str),
) -> Option<String> {
    let ends = bars.rows.iter().flat_map(|row| row.ends.iter().flatten());
    let reached = ends.flat_map(|end| {
        let (low, high) = end.interval.unwrap_or((end.mean, end.mean));
        [end.mean, low, high]
    });
    let mut reached = reached.peekable();
    reached.peek()?;
    let ends = span(&bars.across, reached.chain([bars.origin]))?;
    let sheet = Drawing {
        bars,
        writer,
        width,
        ends,
    };
    let size = (width.pixels(), sheet.height() as u32);
    Some(figure(id, size, words, |area| sheet.draw(area)))
}

struct Drawing<'a> {
    bars: &'a Bars,
    writer: &'a Writer,
    width: Width,
    ends: (f64, f64),
}

impl Drawing<'_> {
    fn top(&self) -> i32 {
        14 + LINE * self.bars.keys.len() as i32
    }

    /// Lines of bars in a row, and on a narrow page its name above them.
    fn row_height(&self) -> i32 {
        let lines = if self.bars.in_line {
            1
        } else {
            self.bars.keys.len().max(1)
        };
        let name = if self.width == Width::Narrow { LINE } else { 0 };
        BAR * lines as i32 + 10 + name
    }

    fn height(&self) -> i32 {
        self.top() + self.row_height() * self.bars.rows.len() as i32 + 56
    }

    /// Left and right end of the axis.
    fn between(&self) -> (i32, i32) {
        match self.width {
            Width::Wide => (236, 596),
            Width::Narrow => (24, 330),
        }
    }

    fn x(&self, value: f64) -> i32 {
        let (left, right) = self.between();
        let share = (value - self.ends.0) / (self.ends.1 - self.ends.0);
        left + (share * f64::from(right - left)).round() as i32
    }

    fn draw(&self, area: &Area<'_>) -> Drawn {
        for (look, name) in self.bars.keys.iter().enumerate() {
            let y = 12 + LINE * look as i32;
            let mark = Rectangle::new([(8, y - 6), (30, y + 6)], colour(look).filled());
            area.draw(&mark)?;
            let name = fitted(name, self.width.pixels() - 46);
            text(area, (38, y), Side::Left, INK, &name)?;
        }
        let bottom = self.height() - 48;
        self.axis(area, bottom)?;
        for (number, row) in self.bars.rows.iter().enumerate() {
            self.row(
                area,
                row,
                self.top() + 4 + self.row_height() * number as i32,
            )?;
        }
        let origin = self.x(self.bars.origin);
        stroke(
            area,
            (origin, self.top()),
            (origin, bottom),
            INK.stroke_width(1),
        )
    }

    fn axis(&self, area: &Area<'_>, bottom: i32) -> Drawn {
        let most = if self.width == Width::Wide { 6 } else { 4 };
        for value in RangedCoordf64::from(self.ends.0..self.ends.1).key_points(most) {
            let x = self.x(value);
            stroke(area, (x, self.top()), (x, bottom), GRID.stroke_width(1))?;
            let label = number(self.writer, &self.bars.across, self.ends, value);
            text(area, (x, bottom + 12), Side::Middle, INK, &label)?;
        }
        let (left, right) = self.between();
        let name = fitted(&self.bars.across.name, self.width.pixels() - 16);
        let middle = i32::midpoint(left, right);
        text(area, (middle, bottom + 34), Side::Middle, SOFT, &name)
    }

    fn row(&self, area: &Area<'_>, row: &Row, top: i32) -> Drawn {
        let (left, right) = self.between();
        let mut y = top;
        let height = self.row_height() - 10;
        if self.width == Width::Narrow {
            let heading = if row.note.is_empty() {
                row.name.clone()
            } else {
                format!("{}: {}", row.name, row.note)
            };
            text(area, (8, top + 8), Side::Left, INK, &fitted(&heading, 344))?;
            y += LINE;
        } else {
            let middle = top + height / 2;
            text(
                area,
                (left - 10, middle),
                Side::Right,
                INK,
                &fitted(&row.name, 222),
            )?;
            text(
                area,
                (right + 12, middle),
                Side::Left,
                INK,
                &fitted(&row.note, 188),
            )?;
        }
        let far =
            |end: &Option<Estimate>| end.map_or(0.0, |end| (end.mean - self.bars.origin).abs());
        let mut ends: Vec<_> = row.ends.iter().enumerate().collect();
        if self.bars.in_line {
            // The longer one first, so that a shorter one on the same side shows upon it.
            ends.sort_by(|a, b| far(b.1).total_cmp(&far(a.1)));
        }
        for (look, end) in ends {
            let y = if self.bars.in_line {
                y
            } else {
                y + BAR * look as i32
            };
            let Some(end) = end else { continue };
            let corners = [
                (self.x(self.bars.origin), y + 1),
                (self.x(end.mean), y + BAR - 1),
            ];
            area.draw(&Rectangle::new(corners, colour(look).filled()))?;
            if let Some((low, high)) = end.interval {
                let (low, high, middle) = (self.x(low), self.x(high), y + BAR / 2);
                // White under ink: the interval shows on the bar and beside it.
                stroke(area, (low, middle), (high, middle), WHITE.stroke_width(4))?;
                stroke(area, (low, middle), (high, middle), INK.stroke_width(2))?;
            }
        }
        Ok(())
    }
}
