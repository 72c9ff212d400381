//! Courses along a quantity with their intervals: a ladder of severities, a gain along a parameter.

use super::canvas::{
    Area, Drawn, GRID, INK, SOFT, Side, TEXT, Width, colour, figure, fitted, line_style, stroke,
    text,
};
use super::chart::{number, room, span};
use super::labels::{beside, key, key_height, right_margin};
use crate::input::Estimate;
use crate::quantity::Writer;
use crate::sheet::{Line, Lines};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

/// Room above the drawing for the name of what goes up, pixels.
const NAME: u32 = 24;

/// The courses; `None` when none has two points.
pub(super) fn lines(
    lines: &Lines,
    writer: &Writer,
    id: &str,
    width: Width,
    words: (&str, &str),
) -> Option<String> {
    let courses: Vec<&Line> = lines
        .courses
        .iter()
        .filter(|one| one.points.len() > 1)
        .collect();
    let points = || courses.iter().flat_map(|one| &one.points);
    let mark = lines.mark.iter().map(|(value, _)| *value);
    let across = span(&lines.across, points().map(|point| point.0).chain(mark))?;
    let heights = points().flat_map(|(_, value)| {
        let (low, high) = bounds(value);
        [value.mean, low, high]
    });
    let up = span(&lines.up, heights)?;
    // Names stand beside the ends of the courses only where all end together.
    let ends = || courses.iter().filter_map(|one| one.points.last());
    let last = ends().map(|point| point.0).fold(f64::MIN, f64::max);
    let together = ends().all(|point| last - point.0 < 0.02 * (across.1 - across.0));
    let names = if together { width } else { Width::Narrow };
    let sheet = Drawing {
        lines,
        writer,
        width,
        names,
        courses,
        across,
        up,
    };
    let size = (width.pixels(), 350 + sheet.top());
    Some(figure(id, size, words, |area| sheet.draw(area)))
}

/// The drawing with its axes.
type Plot<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Look, name and end of a course.
type End<'a> = (usize, &'a str, (i32, i32));

/// The interval of a value, or the value itself.
fn bounds(value: &Estimate) -> (f64, f64) {
    value.interval.unwrap_or((value.mean, value.mean))
}

struct Drawing<'a> {
    lines: &'a Lines,
    writer: &'a Writer,
    width: Width,
    /// Where the names stand: beside the ends as on a wide page, or above as on a narrow one.
    names: Width,
    courses: Vec<&'a Line>,
    across: (f64, f64),
    up: (f64, f64),
}

impl Drawing<'_> {
    fn top(&self) -> u32 {
        key_height(self.names, self.courses.len()) + NAME
    }

    fn draw(&self, area: &Area<'_>) -> Drawn {
        let Self {
            lines,
            writer,
            across,
            up,
            ..
        } = self;
        let name = fitted(&lines.up.name, self.width.pixels() - 16);
        let above = (8, self.top() as i32 - 12);
        text(area, above, Side::Left, SOFT, &name)?;
        let mut chart = ChartBuilder::on(area)
            .margin_top(self.top())
            .margin_right(right_margin(self.names))
            .margin_left(4)
            .x_label_area_size(52)
            .y_label_area_size(room(writer, &lines.up, *up))
            .build_cartesian_2d(across.0..across.1, up.0..up.1)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(GRID)
            .axis_style(SOFT)
            .x_labels(if self.width == Width::Wide { 8 } else { 4 })
            .y_labels(6)
            .x_label_formatter(&|value| number(writer, &lines.across, *across, *value))
            .y_label_formatter(&|value| number(writer, &lines.up, *up, *value))
            .x_desc(fitted(&lines.across.name, self.width.pixels() - 90))
            .label_style(("sans-serif", TEXT).into_font().color(&INK))
            .draw()?;
        self.bands(&mut chart)?;
        let ends = self.strokes(&mut chart)?;
        let bottom = chart.backend_coord(&(across.0, up.0)).1;
        if let Some((value, name)) = &lines.mark {
            let (x, top) = chart.backend_coord(&(*value, up.1));
            stroke(area, (x, top), (x, bottom), SOFT.stroke_width(1))?;
            // Towards the side with more room.
            let (side, x) = if *value > f64::midpoint(across.0, across.1) {
                (Side::Right, x - 5)
            } else {
                (Side::Left, x + 5)
            };
            text(area, (x, top + 9), side, SOFT, name)?;
        }
        let names = self.courses.iter().map(|one| (one.look, one.name.as_str()));
        beside(area, self.names, ends, bottom)?;
        key(area, self.names, &names.collect::<Vec<_>>())
    }

    /// The intervals, and where differences change their sign.
    fn bands(&self, chart: &mut Plot<'_, '_>) -> Drawn {
        for course in &self.courses {
            let points = || course.points.iter();
            let upper = points().map(|point| (point.0, bounds(&point.1).1));
            let lower = points().rev().map(|point| (point.0, bounds(&point.1).0));
            let band: Vec<_> = upper.chain(lower).collect();
            let tint = colour(course.look).mix(0.12);
            chart.draw_series([Polygon::new(band, tint.filled())])?;
        }
        let (low, high) = self.up;
        if low < 0.0 && high > 0.0 && self.lines.up.difference {
            let zero = [(self.across.0, 0.0), (self.across.1, 0.0)];
            chart.draw_series(LineSeries::new(zero, INK.stroke_width(1)))?;
        }
        Ok(())
    }

    /// The courses with their points; look, name and end of each.
    fn strokes(
        &self,
        chart: &mut Plot<'_, '_>,
    ) -> Result<Vec<End<'_>>, Box<dyn std::error::Error>> {
        let mut ends = Vec::new();
        for course in &self.courses {
            let points = || course.points.iter().map(|point| (point.0, point.1.mean));
            chart.draw_series(LineSeries::new(points(), line_style(course.look)))?;
            let dot = |point| Circle::new(point, 4, colour(course.look).filled());
            chart.draw_series(points().map(dot))?;
            if let Some(last) = points().next_back() {
                let at = chart.backend_coord(&last);
                ends.push((course.look, course.name.as_str(), at));
            }
        }
        Ok(ends)
    }
}
