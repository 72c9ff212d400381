//! A table of shades: the more, the darker, with the number in it where it fits.

use super::canvas::{Area, Drawn, INK, SOFT, Side, Width, figure, fitted, text};
use super::labels::LINE;
use crate::numbers::Place;
use crate::quantity::{Writer, is_share};
use crate::sheet::Heat;
use plotters::prelude::*;

const CELL: i32 = 34;
/// The darkest shade.
const DARK: RGBColor = RGBColor(0x12, 0x43, 0x6D);
/// Where there is no number.
const NONE: RGBColor = RGBColor(0xEE, 0xEE, 0xEE);

/// The table; `None` without rows, columns or numbers.
pub(super) fn heat(
    heat: &Heat,
    writer: &Writer,
    id: &str,
    width: Width,
    words: (&str, &str),
) -> Option<String> {
    let values = heat
        .rows
        .iter()
        .flat_map(|(_, cells)| cells.iter().flatten());
    let most = values.copied().map(f64::abs).reduce(f64::max)?;
    if heat.columns.is_empty() || !most.is_finite() {
        return None;
    }
    let sheet = Drawing {
        heat,
        writer,
        width,
        most,
    };
    let size = (width.pixels(), sheet.height() as u32);
    Some(figure(id, size, words, |area| sheet.draw(area)))
}

struct Drawing<'a> {
    heat: &'a Heat,
    writer: &'a Writer,
    width: Width,
    most: f64,
}

impl Drawing<'_> {
    /// Columns go by number where a word of their names does not fit above them.
    fn numbered(&self) -> bool {
        let words = self.heat.columns.iter().flat_map(|name| words(name));
        let longest = words.map(|word| word.chars().count()).max().unwrap_or(0);
        8 * longest as i32 > self.cell_width()
    }

    /// What stands above a column, over as many lines as it takes.
    fn heading(&self, column: usize) -> Vec<String> {
        if self.numbered() {
            return vec![(column + 1).to_string()];
        }
        let most = (self.cell_width() / 8) as usize;
        let mut lines: Vec<String> = Vec::new();
        for word in words(&self.heat.columns[column]) {
            match lines.last_mut() {
                Some(line) if line.chars().count() + word.chars().count() <= most => {
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    fn left(&self) -> i32 {
        if self.width == Width::Wide { 230 } else { 8 }
    }

    fn cell_width(&self) -> i32 {
        let room = self.width.pixels() as i32 - self.left() - 10;
        room / self.heat.columns.len() as i32
    }

    fn top(&self) -> i32 {
        let columns = self.heat.columns.len();
        let named = if self.numbered() { columns } else { 0 };
        let lines = (0..columns).map(|column| self.heading(column).len()).max();
        14 + LINE * (named + lines.unwrap_or(1)) as i32
    }

    fn row_height(&self) -> i32 {
        CELL + if self.width == Width::Narrow {
            LINE + 6
        } else {
            0
        }
    }

    fn height(&self) -> i32 {
        self.top() + self.row_height() * self.heat.rows.len() as i32 + 10
    }

    fn draw(&self, area: &Area<'_>) -> Drawn {
        for (column, name) in self.heat.columns.iter().enumerate() {
            let middle = self.left() + self.cell_width() * column as i32 + self.cell_width() / 2;
            if self.numbered() {
                let named = format!("{}  {name}", column + 1);
                let y = 12 + LINE * column as i32;
                text(
                    area,
                    (8, y),
                    Side::Left,
                    SOFT,
                    &fitted(&named, self.width.pixels() - 16),
                )?;
            }
            let lines = self.heading(column);
            for (line, words) in lines.iter().enumerate() {
                let y = self.top() - 10 - LINE * (lines.len() - 1 - line) as i32;
                text(area, (middle, y), Side::Middle, INK, words)?;
            }
        }
        for (number, (name, cells)) in self.heat.rows.iter().enumerate() {
            let mut y = self.top() + self.row_height() * number as i32;
            if self.width == Width::Narrow {
                text(area, (8, y + 10), Side::Left, INK, &fitted(name, 344))?;
                y += LINE;
            } else {
                let middle = (self.left() - 10, y + CELL / 2);
                text(area, middle, Side::Right, INK, &fitted(name, 216))?;
            }
            for (column, value) in cells.iter().enumerate() {
                self.cell(
                    area,
                    (self.left() + self.cell_width() * column as i32, y),
                    *value,
                )?;
            }
        }
        Ok(())
    }

    fn cell(&self, area: &Area<'_>, (x, y): (i32, i32), value: Option<f64>) -> Drawn {
        let share = value.map_or(0.0, |value| {
            if self.most > 0.0 {
                value.abs() / self.most
            } else {
                0.0
            }
        });
        let fill = if value.is_some() { shade(share) } else { NONE };
        let corners = [(x + 1, y + 1), (x + self.cell_width() - 1, y + CELL - 1)];
        area.draw(&Rectangle::new(corners, fill.filled()))?;
        let written = value.map_or_else(|| "–".to_owned(), |value| self.written(value));
        if 8 * written.chars().count() as i32 > self.cell_width() {
            return Ok(());
        }
        let ink = if share > 0.5 { WHITE } else { INK };
        let middle = (x + self.cell_width() / 2, y + CELL / 2);
        text(area, middle, Side::Middle, ink, &written)
    }

    fn written(&self, value: f64) -> String {
        let scale = if is_share(&self.heat.unit) {
            100.0
        } else {
            1.0
        };
        let place = Place::of(scale * self.most, Some(scale * self.most / 2.0));
        self.writer.value(value, &self.heat.unit, place)
    }
}

/// Words of a name, each with the space or dash behind it.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split_inclusive([' ', '-'])
}

/// From white to the darkest shade.
fn shade(share: f64) -> RGBColor {
    let mix = |dark: u8| (255.0 + share * (f64::from(dark) - 255.0)).round() as u8;
    let RGBColor(red, green, blue) = DARK;
    RGBColor(mix(red), mix(green), mix(blue))
}
