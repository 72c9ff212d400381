//! Points in a plane with four quarters: what an effect costs, pair by pair.

use super::canvas::{
    Area, Drawn, GRID, INK, SOFT, Side, TEXT, Width, colour, figure, fitted, text,
};
use super::chart::{number, room, span};
use super::labels::LINE;
use crate::quantity::Writer;
use crate::sheet::Plane;
use plotters::prelude::*;

/// Points drawn of a cloud at most, so that the page stays small.
const DRAWN: usize = 300;

/// The plane; `None` without points.
pub(super) fn plane(
    plane: &Plane,
    writer: &Writer,
    id: &str,
    width: Width,
    words: (&str, &str),
) -> Option<String> {
    let points = || plane.clouds.iter().flat_map(|cloud| &cloud.points);
    let across = span(&plane.across, points().map(|point| point.0))?;
    let up = span(&plane.up, points().map(|point| point.1))?;
    let top = 14 + LINE as u32 * (plane.clouds.len() as u32 + 1) + 8;
    let size = (width.pixels(), 380 + top);
    Some(figure(id, size, words, |area| {
        draw(area, plane, writer, width, (across, up), top)
    }))
}

fn draw(
    area: &Area<'_>,
    plane: &Plane,
    writer: &Writer,
    width: Width,
    (across, up): ((f64, f64), (f64, f64)),
    top: u32,
) -> Drawn {
    for (row, cloud) in plane.clouds.iter().enumerate() {
        let y = 12 + LINE * row as i32;
        area.draw(&Circle::new((16, y), 6, colour(cloud.look).filled()))?;
        let name = fitted(&cloud.name, width.pixels() - 46);
        text(area, (30, y), Side::Left, INK, &name)?;
    }
    let name = fitted(&plane.up.name, width.pixels() - 16);
    text(area, (8, top as i32 - 12), Side::Left, SOFT, &name)?;
    let mut chart = ChartBuilder::on(area)
        .margin_top(top)
        .margin_right(18)
        .margin_left(4)
        .x_label_area_size(52)
        .y_label_area_size(room(writer, &plane.up, up))
        .build_cartesian_2d(across.0..across.1, up.0..up.1)?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(GRID)
        .axis_style(SOFT)
        .x_labels(if width == Width::Wide { 8 } else { 4 })
        .y_labels(6)
        .x_label_formatter(&|value| number(writer, &plane.across, across, *value))
        .y_label_formatter(&|value| number(writer, &plane.up, up, *value))
        .x_desc(fitted(&plane.across.name, width.pixels() - 90))
        .label_style(("sans-serif", TEXT).into_font().color(&INK))
        .draw()?;
    let zero = [
        [(across.0, 0.0), (across.1, 0.0)],
        [(0.0, up.0), (0.0, up.1)],
    ];
    for line in zero {
        chart.draw_series(LineSeries::new(line, INK.stroke_width(1)))?;
    }
    if let Some((slope, _)) = plane.slope {
        let line = within(slope, across, up);
        chart.draw_series(LineSeries::new(line, SOFT.stroke_width(2)))?;
    }
    for cloud in &plane.clouds {
        let every = cloud.points.len().div_ceil(DRAWN).max(1);
        let dot = |point: &(f64, f64)| Circle::new(*point, 3, colour(cloud.look).mix(0.4).filled());
        chart.draw_series(cloud.points.iter().step_by(every).map(dot))?;
    }
    for cloud in plane.clouds.iter().filter(|cloud| !cloud.points.is_empty()) {
        let count = cloud.points.len() as f64;
        let mean =
            |value: fn(&(f64, f64)) -> f64| cloud.points.iter().map(value).sum::<f64>() / count;
        let centre = (mean(|point| point.0), mean(|point| point.1));
        chart.draw_series([Circle::new(centre, 9, WHITE.filled())])?;
        chart.draw_series([Circle::new(centre, 7, colour(cloud.look).filled())])?;
    }
    let (left, top) = chart.backend_coord(&(across.0, up.1));
    let (right, bottom) = chart.backend_coord(&(across.1, up.0));
    let corners = [
        ((left + 6, top + 11), Side::Left),
        ((right - 6, top + 11), Side::Right),
        ((left + 6, bottom - 11), Side::Left),
        ((right - 6, bottom - 11), Side::Right),
    ];
    // On a narrow page there is no room for them; the words around the figure say it.
    let room = (right - left) as u32 / 2 - 10;
    let corners = corners.into_iter().filter(|_| width == Width::Wide);
    for ((at, side), name) in corners.zip(&plane.quarters) {
        text(area, at, side, SOFT, &fitted(name, room))?;
    }
    Ok(())
}

/// The part of a line through the origin that lies within the plane.
fn within(slope: f64, across: (f64, f64), up: (f64, f64)) -> [(f64, f64); 2] {
    let end = |x: f64| {
        let y = (slope * x).clamp(up.0, up.1);
        if slope == 0.0 {
            (x, 0.0)
        } else {
            (y / slope, y)
        }
    };
    [end(across.0), end(across.1)]
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_line_ends_at_the_border() {
        assert_eq!(
            within(2.0, (-1.0, 3.0), (-1.0, 4.0)),
            [(-0.5, -1.0), (2.0, 4.0)]
        );
        assert_eq!(
            within(0.0, (-1.0, 3.0), (-1.0, 4.0)),
            [(-1.0, 0.0), (3.0, 0.0)]
        );
    }
}
