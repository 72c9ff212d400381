//! Where households stand in care: one stacked bar for the start and one for each strategy's end.

use super::canvas::{Area, Drawn, INK, Side, Width, colour, figure, fitted, text};
use super::labels::LINE;
use crate::quantity::Writer;
use plotters::prelude::*;

const BAR: i32 = 24;

/// A bar: its name and the households in each state.
pub(crate) struct Stack {
    /// What it is of.
    pub name: String,
    /// Households in each state, in the order of the key.
    pub parts: Vec<f64>,
}

/// The bars over these states; `None` without bars or households.
pub(crate) fn states(
    writer: &Writer,
    id: &str,
    (keys, stacks): (&[String], &[Stack]),
    width: Width,
    (title, description): (&str, &str),
) -> Option<String> {
    let sum = |stack: &Stack| stack.parts.iter().sum::<f64>();
    let most = stacks.iter().map(sum).fold(0.0, f64::max);
    let drawable = most.is_finite() && most > 0.0;
    if keys.is_empty() || !drawable {
        return None;
    }
    let top = 14 + LINE * keys.len() as i32;
    let row = if width == Width::Wide {
        BAR + 10
    } else {
        BAR + 30
    };
    let height = (top + row * stacks.len() as i32 + 10) as u32;
    let id = format!("{id}-{}", width.name());
    Some(figure(
        &id,
        (width.pixels(), height),
        (title, description),
        |area| {
            legend(area, width, keys)?;
            for (index, stack) in stacks.iter().enumerate() {
                bar(area, writer, width, (stack, most), top + row * index as i32)?;
            }
            Ok(())
        },
    ))
}

fn legend(area: &Area<'_>, width: Width, keys: &[String]) -> Drawn {
    for (look, name) in keys.iter().enumerate() {
        let y = 12 + LINE * look as i32;
        let mark = Rectangle::new([(8, y - 6), (30, y + 6)], colour(look).filled());
        area.draw(&mark)?;
        text(
            area,
            (38, y),
            Side::Left,
            INK,
            &fitted(name, width.pixels() - 46),
        )?;
    }
    Ok(())
}

fn bar(
    area: &Area<'_>,
    writer: &Writer,
    width: Width,
    (stack, most): (&Stack, f64),
    top: i32,
) -> Drawn {
    let (left, top) = if width == Width::Wide {
        let middle = (220, top + BAR / 2);
        text(area, middle, Side::Right, INK, &fitted(&stack.name, 210))?;
        (230, top)
    } else {
        text(
            area,
            (8, top + 8),
            Side::Left,
            INK,
            &fitted(&stack.name, 344),
        )?;
        (8, top + 20)
    };
    let right = width.pixels() as i32 - 14;
    let at = |sum: f64| left + (f64::from(right - left) * sum / most).round() as i32;
    let mut sum = 0.0;
    for (look, part) in stack.parts.iter().enumerate() {
        let (from, to) = (at(sum), at(sum + part));
        sum += part;
        let fill = colour(look).filled();
        area.draw(&Rectangle::new([(from, top), (to, top + BAR)], fill))?;
        let count = writer.numbers.count(part.round().max(0.0) as u32);
        // A number that does not fit is in the table.
        if to - from > 9 * count.chars().count() as i32 + 6 {
            let middle = ((from + to) / 2, top + BAR / 2);
            text(area, middle, Side::Middle, on(look), &count)?;
        }
    }
    Ok(())
}

/// Ink that can be read on the colour of a state.
fn on(look: usize) -> RGBColor {
    let RGBColor(red, green, blue) = colour(look);
    let light = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    if light > 110_000 { INK } else { WHITE }
}
