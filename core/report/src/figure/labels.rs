//! Which line is which: names at the ends of lines where there is room, else a key above.

use super::canvas::{Area, Drawn, INK, Side, Width, colour, fitted, line_style, stroke, text};
use plotters::prelude::*;

/// Height of a line of text.
pub(super) const LINE: i32 = 19;

/// Room for names at the right of a wide figure, pixels.
pub(super) const NAMES: u32 = 215;

/// Room at the right for names at line ends.
pub(super) fn right_margin(width: Width) -> u32 {
    match width {
        Width::Wide => NAMES,
        Width::Narrow => 14,
    }
}

/// Room above for a key of `count` strategies.
pub(super) fn key_height(width: Width, count: usize) -> u32 {
    match width {
        Width::Wide => 14,
        Width::Narrow => 14 + (LINE as u32) * count as u32,
    }
}

/// A key above the figure: one strategy per line.
pub(super) fn key(area: &Area<'_>, width: Width, names: &[(usize, &str)]) -> Drawn {
    if width == Width::Wide {
        return Ok(());
    }
    for (row, (strategy, name)) in names.iter().enumerate() {
        let y = 12 + LINE * row as i32;
        stroke(area, (8, y), (40, y), line_style(*strategy))?;
        text(
            area,
            (48, y),
            Side::Left,
            INK,
            &fitted(name, width.pixels() - 56),
        )?;
    }
    Ok(())
}

/// Names beside the ends of lines, pushed apart where they would cover each other.
pub(super) fn beside(
    area: &Area<'_>,
    width: Width,
    mut ends: Vec<(usize, &str, (i32, i32))>,
    bottom: i32,
) -> Drawn {
    if width == Width::Narrow {
        return Ok(());
    }
    ends.sort_by_key(|(strategy, _, (_, y))| (*y, *strategy));
    let wanted: Vec<i32> = ends.iter().map(|(_, _, (_, y))| *y).collect();
    for ((strategy, name, (x, end)), y) in ends.iter().zip(apart(&wanted, bottom)) {
        stroke(
            area,
            (x + 3, *end),
            (x + 13, y),
            colour(*strategy).stroke_width(1),
        )?;
        stroke(area, (x + 13, y), (x + 35, y), line_style(*strategy))?;
        text(
            area,
            (x + 41, y),
            Side::Left,
            INK,
            &fitted(name, NAMES - 50),
        )?;
    }
    Ok(())
}

/// Heights at least one line apart, close to those wanted (ascending), above `bottom`.
pub(super) fn apart(wanted: &[i32], bottom: i32) -> Vec<i32> {
    let mut heights = wanted.to_vec();
    for i in 1..heights.len() {
        heights[i] = heights[i].max(heights[i - 1] + LINE);
    }
    let mut limit = bottom;
    for height in heights.iter_mut().rev() {
        *height = (*height).min(limit);
        limit = *height - LINE;
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_do_not_cover_each_other() {
        assert_eq!(apart(&[10, 12, 100], 200), [10, 29, 100]);
        assert_eq!(apart(&[190, 195, 199], 200), [162, 181, 200]);
    }
}
