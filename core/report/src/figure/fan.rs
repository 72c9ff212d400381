//! Courses over time: mean with the band that holds 80 % of runs, by strategy or by rung; where single
//! runs are drawn also the band of half of them and their median.

use super::canvas::{
    Area, Drawn, GRID, INK, SOFT, TEXT, Width, colour, figure, line_style, year_label, year_labels,
};
use super::chart::with_room;
use super::labels::{beside, key, key_height, right_margin};
use crate::input::{Fan, FanPoint};
use crate::numbers::Place;
use crate::quantity::{Writer, is_share};
use plotters::prelude::*;

/// A line of the figure.
pub(crate) struct Course<'a> {
    /// Which colour and dash it has.
    pub look: usize,
    /// Its name.
    pub name: &'a str,
    /// Where it runs.
    pub fan: &'a Fan,
    /// The same under the null alternative, drawn thin, where that is no line of its own.
    pub beside: Option<&'a Fan>,
    /// Whether single runs are drawn.
    pub paths: bool,
}

/// Years and values that a figure spans.
pub(crate) type Bounds = ((f64, f64), (f64, f64));

/// The courses of a figure; `None` when none has two moments.
pub(crate) fn fan(
    writer: &Writer,
    id: &str,
    courses: &[Course],
    (bounds, unit): (Bounds, &str),
    width: Width,
    (title, description): (&str, &str),
) -> Option<String> {
    let lines: Vec<&Course> = courses
        .iter()
        .filter(|course| course.fan.points.len() > 1)
        .collect();
    if lines.is_empty() {
        return None;
    }
    let height = 330 + key_height(width, lines.len());
    let id = format!("{id}-{}", width.name());
    Some(figure(
        &id,
        (width.pixels(), height),
        (title, description),
        |area| draw(area, (writer, unit), width, &lines, bounds),
    ))
}

/// Range of years and values over all these courses, so that their figures can be compared.
pub(crate) fn bounds<'a>(fans: impl Iterator<Item = &'a Fan> + Clone) -> Option<Bounds> {
    let points = || fans.clone().flat_map(|fan| &fan.points);
    let least = |value: fn(&FanPoint) -> f64| points().map(value).reduce(f64::min);
    let most = |value: fn(&FanPoint) -> f64| points().map(value).reduce(f64::max);
    let singles = || {
        fans.clone()
            .flat_map(|fan| fan.paths.iter().flatten().copied())
    };
    let low = singles().fold(least(|p| p.p10)?, f64::min);
    let high = singles().fold(most(|p| p.p90)?, f64::max);
    let (floor, top) = with_room(low, high);
    let years = (least(|p| p.year)?, most(|p| p.year)?);
    let sound = years.0 < years.1 && floor.is_finite() && top.is_finite();
    sound.then_some((years, (floor, top)))
}

/// An edge of a band at a moment.
type Edge = fn(&FanPoint) -> f64;

/// Moments from one dot of a median to the next: about a dozen over the whole course.
fn medians_every(moments: usize) -> usize {
    (moments / 12).max(1)
}

fn draw(
    area: &Area<'_>,
    (writer, unit): (&Writer, &str),
    width: Width,
    lines: &[&Course],
    ((from, to), (low, high)): Bounds,
) -> Drawn {
    let scale = if is_share(unit) { 100.0 } else { 1.0 };
    let place = Place::of(scale * high, Some(scale * (high - low) / 2.0));
    let mut chart = ChartBuilder::on(area)
        .margin_top(key_height(width, lines.len()))
        .margin_right(right_margin(width))
        .margin_left(4)
        .x_label_area_size(30)
        .y_label_area_size(66)
        .build_cartesian_2d(from..to, low..high)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(GRID)
        .axis_style(SOFT)
        .x_labels(year_labels(width, to - from))
        .y_labels(6)
        .x_label_formatter(&|year| year_label(*year))
        .y_label_formatter(&|value| writer.value(*value, unit, place))
        .label_style(("sans-serif", TEXT).into_font().color(&INK))
        .draw()?;
    for line in lines {
        let points = &line.fan.points;
        let bands: [(Edge, Edge); 2] = [(|p| p.p10, |p| p.p90), (|p| p.p25, |p| p.p75)];
        let shown = if line.paths { &bands[..] } else { &bands[..1] };
        for (low, high) in shown {
            let upper = points.iter().map(|p| (p.year, high(p)));
            let lower = points.iter().rev().map(|p| (p.year, low(p)));
            let band: Vec<_> = upper.chain(lower).collect();
            chart.draw_series([Polygon::new(band, colour(line.look).mix(0.10).filled())])?;
        }
        if !line.paths {
            continue;
        }
        let medians = points.iter().skip(1).step_by(medians_every(points.len()));
        let dot = |p: &FanPoint| Circle::new((p.year, p.p50), 2, colour(line.look).filled());
        chart.draw_series(medians.map(dot))?;
        for path in &line.fan.paths {
            let single = points.iter().zip(path).map(|(p, value)| (p.year, *value));
            let faint = colour(line.look).mix(0.25).stroke_width(1);
            chart.draw_series(LineSeries::new(single, faint))?;
        }
    }
    if low < 0.0 && high > 0.0 {
        let zero = [(from, 0.0), (to, 0.0)];
        chart.draw_series(LineSeries::new(zero, INK.stroke_width(1)))?;
    }
    let mut ends = Vec::new();
    for line in lines {
        if let Some(other) = line.beside {
            let points = other.points.iter().map(|p| (p.year, p.mean));
            chart.draw_series(LineSeries::new(points, colour(line.look).stroke_width(1)))?;
        }
        let points = line.fan.points.iter().map(|p| (p.year, p.mean));
        chart.draw_series(LineSeries::new(points, line_style(line.look)))?;
        if let Some(last) = line.fan.points.last() {
            ends.push((
                line.look,
                line.name,
                chart.backend_coord(&(last.year, last.mean)),
            ));
        }
    }
    let bottom = chart.backend_coord(&(from, low)).1;
    beside(area, width, ends, bottom)?;
    let names: Vec<_> = lines.iter().map(|line| (line.look, line.name)).collect();
    key(area, width, &names)
}
