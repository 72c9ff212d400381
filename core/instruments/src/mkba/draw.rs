//! Drawings of the analysis: the balance by horizon, and who pays and who gains.

use super::tables::{grain, to_grain};
use super::{Case, Mkba};
use crate::svg::{Anchor, COLOURS, GRID, INK, SOFT, bar, drawing, heading, line, text};
use crate::voice::Voice;
use maud::{Markup, html};
use zalm_report::capital;

const WIDTH: f64 = 800.0;

/// A round step of an axis that gives at most `steps` of them.
fn round_step(span: f64, steps: f64) -> f64 {
    let raw = (span / steps).max(1e-9);
    let power = 10_f64.powf(raw.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|f| f * power >= raw);
    factor.unwrap_or(10.0) * power
}

/// A scale from values to pixels, with round ticks; it holds zero.
struct Scale {
    low: f64,
    high: f64,
    step: f64,
    pixels: (f64, f64),
}

impl Scale {
    fn new(values: impl Iterator<Item = f64>, pixels: (f64, f64)) -> Self {
        let (low, high) = values.fold((0.0, 0.0), |(low, high): (f64, f64), value| {
            (low.min(value), high.max(value))
        });
        let step = round_step(f64::max(high - low, 1.0), 5.0);
        Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil().max(1.0) * step,
            step,
            pixels,
        }
    }

    fn at(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        self.pixels.0 + share * (self.pixels.1 - self.pixels.0)
    }

    fn ticks(&self) -> impl Iterator<Item = f64> + use<> {
        let (low, step) = (self.low, self.step);
        let count = ((self.high - self.low) / step).round() as usize;
        (0..=count).map(move |tick| low + step * tick as f64)
    }
}

/// The balance after each year, a line per strategy.
pub fn cumulative(mkba: &Mkba, stressor: &str, voice: &Voice) -> Markup {
    let cases = mkba.under(stressor).into_iter();
    let cases = cases.filter(|case| case.balance.is_some());
    let rate = mkba.rate.rate.value;
    let points = |case: &Case| -> Vec<f64> {
        let years = 0..=case.cash.years();
        years
            .map(|year| case.cash.balance(rate, 1.0, 1.0, year as f64))
            .collect()
    };
    let lines: Vec<(&Case, Vec<f64>)> = cases.map(|case| (case, points(case))).collect();
    let y = Scale::new(
        lines.iter().flat_map(|(_, points)| points.iter().copied()),
        (300.0, 20.0),
    );
    let x = |year: f64| 120.0 + (WIDTH - 330.0) * year / mkba.years.max(1) as f64;
    let first = mkba.policy_date.year();
    let mut names: Vec<(f64, usize)> = lines
        .iter()
        .enumerate()
        .map(|(at, (_, points))| (y.at(points.last().copied().unwrap_or(0.0)), at))
        .collect();
    spread(&mut names);
    let content = html! {
        @for tick in y.ticks() {
            (line((120.0, y.at(tick)), (x(mkba.years as f64), y.at(tick)), if tick == 0.0 { INK } else { GRID }, 1.0))
            (text((112.0, y.at(tick)), Anchor::End, SOFT, &voice.euro(tick)))
        }
        @for year in 0..=mkba.years {
            @if mkba.years <= 12 || year % 5 == 0 {
                (text((x(year as f64), 318.0), Anchor::Middle, SOFT, &(first + year as i32).to_string()))
            }
        }
        @for (case, points) in &lines {
            polyline fill="none" stroke=(COLOURS[case.look % COLOURS.len()]) stroke-width="3"
                stroke-dasharray=(DASHES[case.look % DASHES.len()])
                points=(path(points.iter().enumerate().map(|(year, euro)| (x(year as f64), y.at(*euro))))) {}
        }
        @for (height, at) in &names {
            (text((x(mkba.years as f64) + 8.0, *height), Anchor::Start,
                COLOURS[lines[*at].0.look % COLOURS.len()],
                &strategy_name(voice, &lines[*at].0.strategy)))
        }
    };
    let title = voice.text("cumulative");
    drawing(
        "cumulative",
        (WIDTH, 335.0),
        (&title, &voice.text("cumulative-sub")),
        &content,
    )
}

const DASHES: [&str; 4] = ["none", "9 4", "2 4", "12 4 2 4"];

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let point = |(x, y): (f64, f64)| format!("{x:.1},{y:.1}");
    points.map(point).collect::<Vec<_>>().join(" ")
}

/// Labels at least a line apart, in the order of their heights.
fn spread(labels: &mut [(f64, usize)]) {
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    for at in 1..labels.len() {
        let least = labels[at - 1].0 + 18.0;
        labels[at].0 = labels[at].0.max(least);
    }
}

pub(crate) fn strategy_name(voice: &Voice, name: &str) -> String {
    let text = voice.find(&format!("strategy-{name}"));
    capital(&text.unwrap_or_else(|| name.to_owned()))
}

pub(crate) fn stressor_name(voice: &Voice, name: &str) -> String {
    let text = voice.find(&format!("stressor-{name}"));
    text.unwrap_or_else(|| name.to_owned())
}

/// What each payer gives more and what it saves, one strategy.
pub fn parties(mkba: &Mkba, case: &Case, id: &str, voice: &Voice) -> Markup {
    let (costs, benefits) = case.parties(mkba.rate.rate.value, &mkba.items);
    let shown: Vec<usize> = (0..costs.len())
        .filter(|&payer| costs[payer] + benefits[payer] >= 1.0)
        .collect();
    let most = costs.iter().chain(&benefits).copied().fold(1.0, f64::max);
    let step = 44.0;
    let height = 40.0 + step * shown.len() as f64;
    let reach = WIDTH - 510.0;
    let grain = grain(case);
    let content = html! {
        (heading((8.0, 16.0), &voice.text("payer")))
        @for (row, &payer) in shown.iter().enumerate() {
            @let y = 36.0 + step * row as f64;
            (text((8.0, y + 16.0), Anchor::Start, INK, &voice.value(&mkba.payers[payer])))
            @for (at, (euro, word)) in [(costs[payer], "pays"), (benefits[payer], "saves")].iter().enumerate() {
                @let top = y + 17.0 * at as f64;
                (bar((290.0, top), ((reach * euro / most).max(0.5), 14.0), COLOURS[[2, 1][at]]))
                (text((296.0 + reach * euro / most, top + 7.0), Anchor::Start, SOFT,
                    &format!("{} {}", voice.text(word), voice.euro(to_grain(*euro, grain)))))
            }
        }
    };
    let title = voice.text("parties");
    drawing(
        id,
        (WIDTH, height),
        (&title, &voice.text("parties-sub")),
        &content,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_round_steps_and_holds_zero() {
        let scale = Scale::new([-120.0, 340.0].into_iter(), (0.0, 100.0));
        assert_eq!(
            scale.ticks().collect::<Vec<_>>(),
            [-200.0, -100.0, 0.0, 100.0, 200.0, 300.0, 400.0]
        );
        assert!((scale.at(0.0) - 100.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn labels_do_not_overlap() {
        let mut labels = vec![(10.0, 0), (12.0, 1), (80.0, 2)];
        spread(&mut labels);
        assert_eq!(labels, [(10.0, 0), (28.0, 1), (80.0, 2)]);
    }
}
