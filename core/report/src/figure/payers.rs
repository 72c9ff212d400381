//! Figure 3: who pays and who gains: cost per payer, difference to the null alternative.

use super::canvas::{
    Area, Drawn, GRID, INK, SOFT, Side, Width, colour, figure, fitted, stroke, text,
};
use super::labels::LINE;
use crate::input::{Difference, ReportInput, Role};
use crate::numbers::Place;
use crate::quantity::Writer;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

const BAR: i32 = 17;

/// The bars under one stressor; `None` when no payer's cost differs or is known.
pub(crate) fn payers(
    input: &ReportInput,
    writer: &Writer,
    stressor: usize,
    width: Width,
    (title, description): (&str, &str),
) -> Option<String> {
    let groups = groups(input, writer, stressor);
    let strategies: Vec<(usize, &str)> = (0..input.strategies.len())
        .filter(|strategy| Some(*strategy) != input.null())
        .map(|strategy| (strategy, input.strategies[strategy].name.as_str()))
        .collect();
    let reach = reach(input)?;
    if groups.is_empty() || strategies.is_empty() {
        return None;
    }
    let sheet = Sheet {
        writer,
        width,
        groups,
        strategies,
        reach,
    };
    let id = format!("payers-{stressor}-{}", width.name());
    let size = (width.pixels(), sheet.height());
    Some(figure(&id, size, (title, description), |area| {
        sheet.draw(area)
    }))
}

/// A payer with the difference per strategy.
struct Group<'a> {
    name: String,
    bars: Vec<(usize, &'a Difference)>,
}

fn groups<'a>(input: &'a ReportInput, writer: &Writer, stressor: usize) -> Vec<Group<'a>> {
    let mut groups = Vec::new();
    for (index, metric) in input.metrics.iter().enumerate() {
        let Role::PayerCost(id) = &metric.role else {
            continue;
        };
        let payer = input.payers.iter().find(|payer| payer.id == *id);
        let name = payer
            .map_or(id.as_str(), |payer| writer.payer(payer))
            .to_owned();
        let bar = |strategy| {
            let cell = input.cell(stressor, strategy, index)?;
            Some((strategy, cell.difference.as_ref()?))
        };
        let others = (0..input.strategies.len()).filter(|s| Some(*s) != input.null());
        let bars: Vec<_> = others.filter_map(bar).collect();
        if !bars.is_empty() {
            groups.push(Group { name, bars });
        }
    }
    groups
}

/// Largest amount in any bar or interval under any stressor: all figures share one scale.
fn reach(input: &ReportInput) -> Option<f64> {
    let of_payer = |cell: &&crate::input::Cell| {
        matches!(
            input.metrics.get(cell.metric).map(|m| &m.role),
            Some(Role::PayerCost(_))
        )
    };
    let reach = input
        .cells
        .iter()
        .filter(of_payer)
        .filter_map(|cell| cell.difference)
        .map(|difference| {
            let (low, high) = difference.estimate.interval.unwrap_or_default();
            low.abs()
                .max(high.abs())
                .max(difference.estimate.mean.abs())
        })
        .reduce(f64::max)?;
    (reach.is_finite() && reach > 0.0).then_some(reach)
}

struct Sheet<'a> {
    writer: &'a Writer,
    width: Width,
    groups: Vec<Group<'a>>,
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
        if self.width == Width::Wide { 230 } else { 12 }
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
        for group in &self.groups {
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

    fn x(&self, amount: f64) -> i32 {
        let (left, right) = (self.left(), self.width.pixels() as i32 - 14);
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
        let (left, right) = (self.left(), self.width.pixels() as i32 - 14);
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
        for (row, (strategy, difference)) in group.bars.iter().enumerate() {
            let y = top + BAR * row as i32;
            let estimate = &difference.estimate;
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
