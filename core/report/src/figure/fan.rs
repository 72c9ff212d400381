//! Figure 2: a metric over time by strategy, mean with the band that holds 80 % of runs.

use super::canvas::{
    Area, Drawn, GRID, INK, SOFT, TEXT, Width, colour, figure, line_style, year_label, year_labels,
};
use super::labels::{beside, key, key_height, right_margin};
use crate::input::{FanPoint, ReportInput};
use crate::numbers::Place;
use crate::quantity::Writer;
use plotters::prelude::*;

/// The courses of `metric` under one stressor; `None` when there are fewer than two moments.
pub(crate) fn fan(
    input: &ReportInput,
    writer: &Writer,
    (stressor, metric): (usize, usize),
    width: Width,
    (title, description): (&str, &str),
) -> Option<String> {
    let fans = input
        .fans
        .iter()
        .filter(|fan| (fan.stressor, fan.metric) == (stressor, metric));
    let lines: Vec<Course> = fans
        .filter(|fan| fan.points.len() > 1)
        .filter_map(|fan| {
            let name = &input.strategies.get(fan.strategy)?.name;
            Some(Course {
                strategy: fan.strategy,
                name,
                points: &fan.points,
            })
        })
        .collect();
    let bounds = bounds(input, metric)?;
    if lines.is_empty() {
        return None;
    }
    let height = 330 + key_height(width, lines.len());
    let id = format!("fan-{stressor}-{metric}-{}", width.name());
    Some(figure(
        &id,
        (width.pixels(), height),
        (title, description),
        |area| draw(area, writer, width, &lines, bounds),
    ))
}

struct Course<'a> {
    strategy: usize,
    name: &'a str,
    points: &'a [FanPoint],
}

type Bounds = ((f64, f64), (f64, f64));

/// Range of years and values over all stressors, so that their figures can be compared.
fn bounds(input: &ReportInput, metric: usize) -> Option<Bounds> {
    let points = || {
        input
            .fans
            .iter()
            .filter(|fan| fan.metric == metric)
            .flat_map(|fan| &fan.points)
    };
    let least = |value: fn(&FanPoint) -> f64| points().map(value).reduce(f64::min);
    let most = |value: fn(&FanPoint) -> f64| points().map(value).reduce(f64::max);
    let (low, high) = (least(|p| p.p10)?, most(|p| p.p90)?);
    let room = (0.06 * (high - low)).max(0.01 * high.abs()).max(1e-6);
    let floor = if low >= 0.0 {
        (low - room).max(0.0)
    } else {
        low - room
    };
    let years = (least(|p| p.year)?, most(|p| p.year)?);
    let sound = years.0 < years.1 && floor.is_finite() && high.is_finite();
    sound.then_some((years, (floor, high + room)))
}

fn draw(
    area: &Area<'_>,
    writer: &Writer,
    width: Width,
    lines: &[Course],
    ((from, to), (low, high)): Bounds,
) -> Drawn {
    let place = Place::of(high, Some((high - low) / 2.0));
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
        .y_label_formatter(&|value| writer.numbers.write(*value, place))
        .label_style(("sans-serif", TEXT).into_font().color(&INK))
        .draw()?;
    for line in lines {
        let upper = line.points.iter().map(|p| (p.year, p.p90));
        let lower = line.points.iter().rev().map(|p| (p.year, p.p10));
        let band: Vec<_> = upper.chain(lower).collect();
        chart.draw_series([Polygon::new(band, colour(line.strategy).mix(0.10).filled())])?;
    }
    let mut ends = Vec::new();
    for line in lines {
        let points = line.points.iter().map(|p| (p.year, p.mean));
        chart.draw_series(LineSeries::new(points, line_style(line.strategy)))?;
        if let Some(last) = line.points.last() {
            ends.push((
                line.strategy,
                line.name,
                chart.backend_coord(&(last.year, last.mean)),
            ));
        }
    }
    let bottom = chart.backend_coord(&(from, low)).1;
    beside(area, width, ends, bottom)?;
    key(
        area,
        width,
        &lines
            .iter()
            .map(|line| (line.strategy, line.name))
            .collect::<Vec<_>>(),
    )
}
