//! Figure 1: how long the team stays together, by strategy (Kaplan-Meier steps).

use super::canvas::{
    Area, Drawn, GRID, INK, SOFT, Side, TEXT, Width, figure, line_style, stroke, text, year_label,
    year_labels,
};
use super::labels::{LINE, beside, key, key_height, right_margin};
use crate::input::{ReportInput, SurvivalStep};
use crate::quantity::Writer;
use plotters::prelude::*;

/// The curves under one stressor; `None` when no run has a project.
pub(crate) fn survival(
    input: &ReportInput,
    writer: &Writer,
    (id, stressor): (&str, usize),
    width: Width,
    (title, description): (&str, &str),
) -> Option<String> {
    let arms: Vec<_> = input
        .survival
        .iter()
        .filter(|arm| arm.stressor == stressor && arm.runs > 0)
        .filter_map(|arm| Some((input.strategies.get(arm.strategy)?, arm)))
        .collect();
    if arms.is_empty() || input.setting.horizon == 0 {
        return None;
    }
    let years = f64::from(input.setting.horizon) / 12.0;
    let lines: Vec<Curve> = arms
        .iter()
        .map(|(info, arm)| Curve {
            strategy: arm.strategy,
            name: &info.name,
            points: staircase(&arm.steps, years),
            at_risk: &arm.at_risk,
        })
        .collect();
    let height = 330 + key_height(width, lines.len()) + risk_height(lines.len());
    let id = format!("{id}-{}", width.name());
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
    /// Months since the policy date and runs still at risk.
    at_risk: &'a [(u32, u32)],
}

/// Room below for the numbers at risk: a heading and a line for each strategy.
fn risk_height(count: usize) -> u32 {
    LINE as u32 * (count as u32 + 1) + 8
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
        .margin_bottom(risk_height(lines.len()))
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
    let at = |months: u32| chart.backend_coord(&(f64::from(months) / 12.0, 0.0)).0;
    at_risk(area, writer, width, lines, bottom + 62, at)?;
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

/// Runs still at risk below the years that the axis names, in the colour of their line.
fn at_risk(
    area: &Area<'_>,
    writer: &Writer,
    width: Width,
    lines: &[Curve],
    top: i32,
    at: impl Fn(u32) -> i32,
) -> Drawn {
    let heading = writer.texts.get("figure-at-risk");
    text(area, (8, top), Side::Left, SOFT, &heading)?;
    let every = if width == Width::Wide { 1 } else { 3 };
    for (row, line) in lines.iter().enumerate() {
        let y = top + LINE * (row as i32 + 1);
        stroke(area, (8, y), (34, y), line_style(line.strategy))?;
        for (months, runs) in line.at_risk.iter().step_by(every) {
            let count = writer.numbers.count(*runs);
            text(area, (at(*months), y), Side::Middle, INK, &count)?;
        }
    }
    Ok(())
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
            at_risk: 0,
        };
        let points = staircase(&[step(0.0, 1.0), step(12.0, 0.5)], 3.0);
        assert_eq!(points.last(), Some(&(3.0, 0.5)));
        assert!(points.contains(&(1.0, 1.0)) && points.contains(&(1.0, 0.5)));
    }
}
