//! Figure 1: how long the team stays together, by strategy (Kaplan-Meier steps).

use super::canvas::{
    Area, Drawn, GRID, INK, SOFT, TEXT, Width, figure, line_style, year_label, year_labels,
};
use super::labels::{beside, key, key_height, right_margin};
use crate::input::{ReportInput, SurvivalStep};
use crate::quantity::Writer;
use plotters::prelude::*;

/// The curves under one stressor; `None` when no run has a project.
pub(crate) fn survival(
    input: &ReportInput,
    writer: &Writer,
    stressor: usize,
    width: Width,
    (title, description): (&str, &str),
) -> Option<String> {
    let arms: Vec<_> = input
        .survival
        .iter()
        .filter(|arm| arm.stressor == stressor && arm.runs > 0)
        .filter_map(|arm| {
            Some((
                arm.strategy,
                input.strategies.get(arm.strategy)?,
                &arm.steps,
            ))
        })
        .collect();
    if arms.is_empty() || input.setting.horizon == 0 {
        return None;
    }
    let years = f64::from(input.setting.horizon) / 12.0;
    let lines: Vec<Curve> = arms
        .iter()
        .map(|(strategy, info, steps)| Curve {
            strategy: *strategy,
            name: &info.name,
            points: staircase(steps, years),
        })
        .collect();
    let height = 330 + key_height(width, lines.len());
    let id = format!("survival-{stressor}-{}", width.name());
    Some(figure(
        &id,
        (width.pixels(), height),
        (title, description),
        |area| draw(area, writer, width, &lines, years),
    ))
}

struct Curve<'a> {
    strategy: usize,
    name: &'a str,
    points: Vec<(f64, f64)>,
}

/// Corner points of the steps, up to the end of the period.
fn staircase(steps: &[SurvivalStep], years: f64) -> Vec<(f64, f64)> {
    let mut points = vec![(0.0, 1.0)];
    let mut share = 1.0;
    for step in steps.iter().filter(|step| step.months / 12.0 <= years) {
        let year = step.months / 12.0;
        points.push((year, share));
        points.push((year, step.share));
        share = step.share;
    }
    points.push((years, share));
    points
}

fn draw(area: &Area<'_>, writer: &Writer, width: Width, lines: &[Curve], years: f64) -> Drawn {
    let mut chart = ChartBuilder::on(area)
        .margin_top(key_height(width, lines.len()))
        .margin_right(right_margin(width))
        .margin_left(4)
        .x_label_area_size(48)
        .y_label_area_size(52)
        .build_cartesian_2d(0.0..years, 0.0..1.0)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(GRID)
        .axis_style(SOFT)
        .x_labels(year_labels(width, years))
        .y_labels(6)
        .x_label_formatter(&|year| year_label(*year))
        .y_label_formatter(&|share| format!("{:.0}%", 100.0 * share))
        .x_desc(writer.texts.get("axis-years"))
        .label_style(("sans-serif", TEXT).into_font().color(&INK))
        .draw()?;
    let mut ends = Vec::new();
    for line in lines {
        chart.draw_series(LineSeries::new(
            line.points.iter().copied(),
            line_style(line.strategy),
        ))?;
        if let Some(last) = line.points.last() {
            ends.push((line.strategy, line.name, chart.backend_coord(last)));
        }
    }
    let bottom = chart.backend_coord(&(0.0, 0.0)).1;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_run_to_the_end_of_the_period() {
        let step = |months, share| SurvivalStep {
            months,
            share,
            interval: None,
        };
        let points = staircase(&[step(0.0, 1.0), step(12.0, 0.5)], 3.0);
        assert_eq!(points.last(), Some(&(3.0, 0.5)));
        assert!(points.contains(&(1.0, 1.0)) && points.contains(&(1.0, 0.5)));
    }
}
