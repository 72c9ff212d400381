//! Figure 4: differences to the null alternative in the key metrics, each on its own scale.

use super::canvas::{
    Area, Drawn, GRID, INK, SOFT, Side, Width, colour, figure, fitted, stroke, text,
};
use super::labels::LINE;
use crate::input::{Difference, Direction, ReportInput, Role};
use crate::quantity::Writer;
use plotters::prelude::*;

const ROW: i32 = 19;

/// The forest under one stressor; `None` when no key metric with a direction has a difference.
pub(crate) fn forest(
    input: &ReportInput,
    writer: &Writer,
    (id, stressor): (&str, usize),
    width: Width,
    (title, description): (&str, &str),
) -> Option<String> {
    let blocks = blocks(input, writer, stressor);
    if blocks.is_empty() {
        return None;
    }
    let sheet = Sheet {
        input,
        writer,
        width,
        blocks,
    };
    let id = format!("{id}-{}", width.name());
    let size = (width.pixels(), sheet.height());
    Some(figure(&id, size, (title, description), |area| {
        sheet.draw(area)
    }))
}

/// One metric with the difference of every strategy.
struct Block<'a> {
    heading: String,
    unit: &'a str,
    better: Direction,
    /// Largest distance from 0 in the block.
    reach: f64,
    rows: Vec<(usize, &'a Difference)>,
}

fn blocks<'a>(input: &'a ReportInput, writer: &Writer, stressor: usize) -> Vec<Block<'a>> {
    let decides = |metric: &usize| {
        let info = &input.metrics[*metric];
        info.better != Direction::Neither && !matches!(info.role, Role::PayerCost(_))
    };
    let block = |metric: usize| {
        let info = &input.metrics[metric];
        let rows: Vec<_> = input
            .others()
            .filter_map(|s| Some((s, input.cell(stressor, s, metric)?.difference.as_ref()?)))
            .collect();
        let reach = rows
            .iter()
            .map(|(_, difference)| difference.estimate.reach())
            .fold(0.0, f64::max);
        let heading = format!(
            "{} ({})",
            writer.metric(info, &input.payers),
            writer.unit_of_difference(&info.unit)
        );
        let block = Block {
            heading,
            unit: &info.unit,
            better: info.better,
            reach,
            rows,
        };
        (!block.rows.is_empty()).then_some(block)
    };
    input
        .key_metrics()
        .into_iter()
        .filter(decides)
        .filter_map(block)
        .collect()
}

struct Sheet<'a> {
    input: &'a ReportInput,
    writer: &'a Writer,
    width: Width,
    blocks: Vec<Block<'a>>,
}

impl Sheet<'_> {
    fn height(&self) -> u32 {
        let rows: usize = self.blocks.iter().map(|block| block.rows.len()).sum();
        (ROW * rows as i32 + (LINE + 16) * self.blocks.len() as i32 + 14) as u32
    }

    /// Left and right end of the scale.
    fn span(&self) -> (i32, i32) {
        match self.width {
            Width::Wide => (230, 500),
            Width::Narrow => (156, 262),
        }
    }

    fn x(&self, block: &Block, value: f64) -> i32 {
        let (left, right) = self.span();
        let share = if block.reach > 0.0 {
            (value / block.reach + 1.0) / 2.0
        } else {
            0.5
        };
        left + (share * f64::from(right - left)).round() as i32
    }

    fn draw(&self, area: &Area<'_>) -> Drawn {
        let mut y = 14;
        for block in &self.blocks {
            self.block(area, block, y)?;
            y += LINE + 16 + ROW * block.rows.len() as i32;
        }
        Ok(())
    }

    fn block(&self, area: &Area<'_>, block: &Block, top: i32) -> Drawn {
        text(
            area,
            (8, top),
            Side::Left,
            INK,
            &fitted(&block.heading, self.width.pixels() - 16),
        )?;
        let first = top + LINE;
        let last = first + ROW * (block.rows.len() as i32 - 1);
        let zero = self.x(block, 0.0);
        self.better_side(area, block, (first - ROW / 2, last + ROW / 2))?;
        stroke(
            area,
            (zero, first - ROW / 2),
            (zero, last + ROW / 2),
            SOFT.stroke_width(1),
        )?;
        for (row, (strategy, difference)) in block.rows.iter().enumerate() {
            self.row(
                area,
                block,
                (*strategy, difference),
                first + ROW * row as i32,
            )?;
        }
        Ok(())
    }

    /// A tint where differences are better.
    fn better_side(&self, area: &Area<'_>, block: &Block, (top, bottom): (i32, i32)) -> Drawn {
        let ((left, right), zero) = (self.span(), self.x(block, 0.0));
        let (from, to) = match block.better {
            Direction::Higher => (zero, right + 6),
            Direction::Lower | Direction::Neither => (left - 6, zero),
        };
        area.draw(&Rectangle::new(
            [(from, top), (to, bottom)],
            GRID.mix(0.45).filled(),
        ))?;
        Ok(())
    }

    fn row(
        &self,
        area: &Area<'_>,
        block: &Block,
        (strategy, difference): (usize, &Difference),
        y: i32,
    ) -> Drawn {
        let (left, right) = self.span();
        let name = fitted(&self.input.strategies[strategy].name, left as u32 - 26);
        text(area, (left - 14, y), Side::Right, INK, &name)?;
        if let Some((low, high)) = difference.estimate.interval {
            let ends = ((self.x(block, low), y), (self.x(block, high), y));
            stroke(area, ends.0, ends.1, colour(strategy).stroke_width(2))?;
        }
        let centre = (self.x(block, difference.estimate.mean), y);
        area.draw(&Circle::new(centre, 5, colour(strategy).filled()))?;
        let (value, range) = self.writer.difference(difference, block.unit);
        let words = if self.width == Width::Wide && !range.is_empty() {
            format!("{value} ({range})")
        } else {
            value
        };
        text(area, (right + 16, y), Side::Left, INK, &words)
    }
}
