//! Where households stand in care over time: for each strategy an area for every state, one upon the
//! other, all strategies on one scale.

use super::canvas::{
    Area, Drawn, GRID, INK, Side, Width, colour, figure, fitted, stroke, text, year_labels,
};
use super::labels::{LINE, apart};
use crate::quantity::Writer;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

/// Height of a panel with its name and its years, pixels.
const PANEL: i32 = 232;
/// Of that, the drawing.
const PLOT: i32 = 170;
/// Moments drawn of a course: more would not show.
const MOMENTS: usize = 12;

/// Households under one strategy.
pub(crate) struct Flow {
    /// What it is of.
    pub name: String,
    /// Moments, calendar years.
    pub years: Vec<f64>,
    /// Households in each state at each moment: first by state, in the order of the key.
    pub parts: Vec<Vec<f64>>,
}

impl Flow {
    /// Households in the states before this one at a moment.
    fn below(&self, state: usize, at: usize) -> f64 {
        let before = self.parts[..state].iter().map(|part| part[at]);
        // An empty sum of floats is -0.0; adding 0.0 makes it 0.0.
        before.sum::<f64>() + 0.0
    }

    /// Which moments are drawn: the last is one of them.
    fn moments(&self) -> impl DoubleEndedIterator<Item = usize> + Clone + use<> {
        let last = self.years.len() - 1;
        let step = last.div_ceil(MOMENTS).max(1);
        (0..=last).filter(move |at| at.is_multiple_of(step) || *at == last)
    }
}

/// Years and households that every panel spans.
#[derive(Clone, Copy)]
struct Scale {
    years: (f64, f64),
    most: f64,
}

/// A panel for each of these; `None` when nothing can be drawn.
pub(crate) fn states(
    writer: &Writer,
    id: &str,
    (keys, flows): (&[String], &[Flow]),
    width: Width,
    (title, description): (&str, &str),
) -> Option<String> {
    let flows: Vec<&Flow> = flows.iter().filter(|flow| flow.years.len() > 1).collect();
    let scale = scale(&flows)?;
    let columns = if width == Width::Wide { 2 } else { 1 };
    let top = 14 + LINE * keys.len().div_ceil(columns) as i32;
    let rows = flows.len().div_ceil(columns) as i32;
    let id = format!("{id}-{}", width.name());
    let size = (width.pixels(), (top + PANEL * rows) as u32);
    Some(figure(&id, size, (title, description), |area| {
        let each = width.pixels() as i32 / columns as i32;
        key(area, keys, (columns, each))?;
        for (index, flow) in flows.iter().enumerate() {
            let left = each * (index % columns) as i32;
            let top = top + PANEL * (index / columns) as i32;
            panel(area, writer, flow, scale, (left, top, each))?;
        }
        Ok(())
    }))
}

/// `None` without households or years to draw.
fn scale(flows: &[&Flow]) -> Option<Scale> {
    let years = || flows.iter().flat_map(|flow| flow.years.iter().copied());
    let sums = flows.iter().flat_map(|flow| {
        let all = flow.parts.len();
        flow.moments().map(move |at| flow.below(all, at))
    });
    let most = sums.fold(0.0, f64::max);
    let years = (years().reduce(f64::min)?, years().reduce(f64::max)?);
    let drawable = most.is_finite() && most > 0.0 && years.0 < years.1;
    drawable.then_some(Scale { years, most })
}

/// Which colour is which state.
fn key(area: &Area<'_>, keys: &[String], (columns, each): (usize, i32)) -> Drawn {
    for (look, name) in keys.iter().enumerate() {
        let x = each * (look % columns) as i32;
        let y = 12 + LINE * (look / columns) as i32;
        let mark = Rectangle::new([(x + 8, y - 6), (x + 30, y + 6)], colour(look).filled());
        area.draw(&mark)?;
        let room = (each - 46) as u32;
        text(area, (x + 38, y), Side::Left, INK, &fitted(name, room))?;
    }
    Ok(())
}

/// One strategy: name, axes, areas and, beside them, the households at the end.
fn panel(
    area: &Area<'_>,
    writer: &Writer,
    flow: &Flow,
    scale: Scale,
    (left, top, each): (i32, i32, i32),
) -> Drawn {
    let (from, to) = (left + 58, left + each - 58);
    let lower = top + 30 + PLOT;
    let x = |year: f64| {
        let passed = (year - scale.years.0) / (scale.years.1 - scale.years.0);
        from + (passed * f64::from(to - from)).round() as i32
    };
    let y = |count: f64| lower - (count / scale.most * f64::from(PLOT)).round() as i32;
    let name = fitted(&flow.name, (each - 66) as u32);
    text(area, (from, top + 14), Side::Left, INK, &name)?;
    for count in RangedCoordf64::from(0.0..scale.most).key_points(5) {
        stroke(area, (from, y(count)), (to, y(count)), GRID.stroke_width(1))?;
        let label = writer.numbers.count(count.round() as u32);
        text(area, (from - 6, y(count)), Side::Right, INK, &label)?;
    }
    for year in labelled(scale.years) {
        let label = format!("{year:.0}");
        text(area, (x(year), lower + 14), Side::Middle, INK, &label)?;
    }
    for state in 0..flow.parts.len() {
        let edge = |above: usize| {
            let point = move |at| (x(flow.years[at]), y(flow.below(state + above, at)));
            flow.moments().map(point)
        };
        let outline: Vec<(i32, i32)> = edge(1).chain(edge(0).rev()).collect();
        area.draw(&Polygon::new(outline, colour(state).filled()))?;
        // White between areas, for who does not tell their colours apart.
        let between = PathElement::new(edge(1).collect::<Vec<_>>(), WHITE.stroke_width(1));
        area.draw(&between)?;
    }
    stroke(area, (from, lower), (to, lower), INK.stroke_width(1))?;
    ends(area, writer, flow, to, &y)
}

/// Whole years that are named: the first, and as many after it as fit.
fn labelled((first, last): (f64, f64)) -> impl Iterator<Item = f64> {
    let years = last.floor() - first.ceil();
    let most = year_labels(Width::Narrow, years).max(2) - 1;
    let step = (years / most as f64).ceil().max(1.0);
    let named = (years / step).floor().max(0.0) as u32;
    (0..=named).map(move |at| first.ceil() + step * f64::from(at))
}

/// Households in each state at the end, beside their areas; those of an empty one are in the table.
fn ends(
    area: &Area<'_>,
    writer: &Writer,
    flow: &Flow,
    right: i32,
    y: &impl Fn(f64) -> i32,
) -> Drawn {
    let last = flow.years.len() - 1;
    let middle = |state: usize| {
        let below = flow.below(state, last);
        y(below + flow.parts[state][last] / 2.0)
    };
    let shown = |state: &usize| flow.parts[*state][last] >= 0.5;
    // From the top of the page down, as labels are put apart.
    let states: Vec<usize> = (0..flow.parts.len()).rev().filter(shown).collect();
    let wanted: Vec<i32> = states.iter().map(|state| middle(*state)).collect();
    for ((state, end), at) in states.iter().zip(&wanted).zip(apart(&wanted, y(0.0))) {
        let look = colour(*state).stroke_width(2);
        stroke(area, (right + 2, *end), (right + 12, at), look)?;
        let count = writer
            .numbers
            .count(flow.parts[*state][last].round() as u32);
        text(area, (right + 16, at), Side::Left, INK, &count)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(moments: usize) -> Flow {
        Flow {
            name: "carousel".to_owned(),
            years: (0..moments).map(|at| 2010.0 + at as f64 / 4.0).collect(),
            parts: vec![vec![1.0; moments], vec![2.0; moments]],
        }
    }

    #[test]
    fn states_lie_upon_each_other_and_few_moments_are_drawn() {
        let flow = flow(97);
        let below = [0, 1, 2].map(|state| flow.below(state, 5));
        let wanted = [0.0_f64, 1.0, 3.0];
        assert_eq!(below.map(f64::to_bits), wanted.map(f64::to_bits));
        let drawn: Vec<usize> = flow.moments().collect();
        assert!(drawn.len() <= MOMENTS + 1 && drawn.last() == Some(&96));
        let scale = scale(&[&flow]).expect("a scale");
        assert_eq!((scale.years, scale.most), ((2010.0, 2034.0), 3.0));
    }

    #[test]
    fn years_are_whole_few_and_within_the_axis() {
        let years: Vec<f64> = labelled((2010.0, 2019.9)).collect();
        assert_eq!(years, [2010.0, 2013.0, 2016.0, 2019.0]);
        assert_eq!(labelled((2010.5, 2011.2)).collect::<Vec<_>>(), [2011.0]);
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let mut none = flow(4);
        none.parts = vec![vec![0.0; 4]];
        assert!(scale(&[&none]).is_none() && scale(&[]).is_none());
    }
}
