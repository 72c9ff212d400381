//! Bars of differences in euro, grouped: who pays and who gains, what it costs and brings.

use super::canvas::{
    Area, Drawn, GRID, INK, SOFT, Side, Width, colour, figure, fitted, stroke, text,
};
use super::labels::LINE;
use crate::input::{Estimate, ReportInput};
use crate::numbers::Place;
use crate::quantity::Writer;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

const BAR: i32 = 17;

/// A heading with the difference per strategy.
pub(crate) struct Group {
    /// What the bars are of.
    pub name: String,
    /// Strategy and difference in euro.
    pub bars: Vec<(usize, Estimate)>,
}

/// The bars of these groups; `None` when there is nothing to draw. `reach` is the largest amount on
/// the axis, so that several figures can share one scale.
pub(crate) fn bars(
    input: &ReportInput,
    writer: &Writer,
    id: &str,
    (groups, reach): (&[Group], f64),
    width: Width,
    (title, description): (&str, &str),
) -> Option<String> {
    let strategies: Vec<(usize, &str)> = input
        .others()
        .map(|strategy| (strategy, input.strategies[strategy].name.as_str()))
        .collect();
    let drawable = reach.is_finite() && reach > 0.0;
    if groups.is_empty() || strategies.is_empty() || !drawable {
        return None;
    }
    let sheet = Sheet {
        writer,
        width,
        groups,
        strategies,
        reach,
    };
    let id = format!("{id}-{}", width.name());
    let size = (width.pixels(), sheet.height());
    Some(figure(&id, size, (title, description), |area| {
        sheet.draw(area)
    }))
}

/// Largest amount in any of these bars or their intervals.
pub(crate) fn reach<'a>(groups: impl IntoIterator<Item = &'a Group>) -> f64 {
    let bars = groups.into_iter().flat_map(|group| &group.bars);
    bars.map(|(_, estimate)| estimate.reach())
        .fold(0.0, f64::max)
}

struct Sheet<'a> {
    writer: &'a Writer,
    width: Width,
    groups: &'a [Group],
    strategies: Vec<(usize, &'a str)>,
    reach: f64,
}

impl Sheet<'_> {
    fn key_height(&self) -> i32 {
        14 + LINE * self.strategies.len() as i32
    }

    /// On a narrow page the payer's name stands above its bars.
    fn name_height(&self) -> i32 {
        if self.width == Width::Narrow { LINE } else { 0 }
    }

    fn group_height(&self, group: &Group) -> i32 {
        BAR * group.bars.len() as i32 + 14 + self.name_height()
    }

    fn height(&self) -> u32 {
        let groups: i32 = self
            .groups
            .iter()
            .map(|group| self.group_height(group))
            .sum();
        (self.key_height() + groups + 52) as u32
    }

    fn left(&self) -> i32 {
        if self.width == Width::Wide { 230 } else { 44 }
    }

    fn draw(&self, area: &Area<'_>) -> Drawn {
        for (row, (strategy, name)) in self.strategies.iter().enumerate() {
            let y = 12 + LINE * row as i32;
            area.draw(&Rectangle::new(
                [(8, y - 6), (30, y + 6)],
                colour(*strategy).filled(),
            ))?;
            text(
                area,
                (38, y),
                Side::Left,
                INK,
                &fitted(name, self.width.pixels() - 46),
            )?;
        }
        let bottom = self.height() as i32 - 44;
        self.axis(area, bottom)?;
        let mut y = self.key_height() + 6;
        for group in self.groups {
            self.group(area, group, y)?;
            y += self.group_height(group);
        }
        let zero = self.x(0.0);
        stroke(
            area,
            (zero, self.key_height()),
            (zero, bottom),
            INK.stroke_width(1),
        )
    }

    /// Half the label of the outermost amount stands beyond the axis.
    fn right(&self) -> i32 {
        self.width.pixels() as i32 - 44
    }

    fn x(&self, amount: f64) -> i32 {
        let (left, right) = (self.left(), self.right());
        let share = (amount / (1.04 * self.reach) + 1.0) / 2.0;
        left + (share * f64::from(right - left)).round() as i32
    }

    /// Grid and labels from the library's own choice of round amounts.
    fn axis(&self, area: &Area<'_>, bottom: i32) -> Drawn {
        let range = RangedCoordf64::from(-self.reach..self.reach);
        let most = if self.width == Width::Wide { 5 } else { 3 };
        let ticks = range.key_points(most);
        for amount in ticks {
            let x = self.x(amount);
            stroke(
                area,
                (x, self.key_height()),
                (x, bottom),
                GRID.stroke_width(1),
            )?;
            let place = Place::of(self.reach, Some(self.reach / 10.0));
            let label = self.writer.signed(amount, "euro", place);
            text(area, (x, bottom + 12), Side::Middle, INK, &label)?;
        }
        let (left, right) = (self.left(), self.right());
        let words = |id: &str| self.writer.texts.get(id);
        text(
            area,
            (left, bottom + 32),
            Side::Left,
            SOFT,
            &words("axis-gains"),
        )?;
        text(
            area,
            (right, bottom + 32),
            Side::Right,
            SOFT,
            &words("axis-pays"),
        )
    }

    fn group(&self, area: &Area<'_>, group: &Group, top: i32) -> Drawn {
        let top = top + self.name_height();
        if self.width == Width::Narrow {
            text(
                area,
                (12, top - 9),
                Side::Left,
                INK,
                &fitted(&group.name, 336),
            )?;
        } else {
            let middle = top + BAR * group.bars.len() as i32 / 2;
            let name = fitted(&group.name, self.left() as u32 - 14);
            text(area, (self.left() - 10, middle), Side::Right, INK, &name)?;
        }
        for (row, (strategy, estimate)) in group.bars.iter().enumerate() {
            let y = top + BAR * row as i32;
            let ends = [(self.x(0.0), y + 2), (self.x(estimate.mean), y + BAR - 2)];
            area.draw(&Rectangle::new(ends, colour(*strategy).filled()))?;
            if let Some((low, high)) = estimate.interval {
                let middle = y + BAR / 2;
                let (low, high) = (self.x(low), self.x(high));
                // White under ink: the interval shows on the bar and beside it.
                stroke(area, (low, middle), (high, middle), WHITE.stroke_width(4))?;
                stroke(area, (low, middle), (high, middle), INK.stroke_width(2))?;
            }
        }
        Ok(())
    }
}
