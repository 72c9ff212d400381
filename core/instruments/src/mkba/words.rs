//! The analysis in words: everything that is shown of it, and the text for a terminal.

use super::draw::{strategy_name, stressor_name};
use super::{BreakEven, Case, Effect, Estimate, Flip, Flips, Mkba, Returns, verdict};
use crate::scan::metric_name;
use crate::voice::{Value, Voice};
use std::fmt::Write as _;
use zalm_report::Place;
use zalm_statistics::economics::{Throughout, Turn};

/// Everything that is shown of an analysis.
pub struct Sheet {
    /// The analysis.
    pub mkba: Mkba,
    /// The stressor of the detailed tables.
    pub stressor: String,
    /// Break-even points found by new runs, for the leading strategy.
    pub by_runs: Vec<BreakEven>,
    /// Replications of those runs.
    pub by_runs_replications: u32,
    /// Assumptions that turn the answer, for the leading strategy.
    pub flips: Flips,
    /// The command that makes this analysis again.
    pub command: String,
    /// Version of the program.
    pub version: String,
}

impl Sheet {
    pub(super) fn rate(&self) -> f64 {
        self.mkba.rate.rate.value
    }

    pub(super) fn leader(&self) -> Option<&Case> {
        let mut cases = self.mkba.under(&self.stressor).into_iter();
        cases.find(|case| case.balance.is_some())
    }
}

/// What stands for a number that no run tells.
pub(super) const NOT_KNOWN: &str = "–";

pub(super) fn estimate(voice: &Voice, estimate: Option<Estimate>, unit: &str) -> String {
    let told = |one: Estimate| voice.estimate(one.mean, one.interval, unit);
    estimate.map_or_else(|| NOT_KNOWN.to_owned(), told)
}

pub(super) fn effect_name(voice: &Voice, effect: &Effect) -> String {
    let name = metric_name(voice, &effect.metric);
    if name == effect.metric {
        effect.doc.clone()
    } else {
        name
    }
}

pub(super) fn finding(sheet: &Sheet, voice: &Voice) -> Vec<String> {
    let strategies = sheet.mkba.strategies();
    let say = |(name, cases): &(&str, Vec<&Case>)| {
        let verdict = voice.text(verdict(cases).name());
        let values = [
            ("strategy", Value::Name(strategy_name(voice, name))),
            ("verdict", Value::Name(verdict)),
        ];
        voice.with("mkba-finding", &values)
    };
    strategies.iter().map(say).collect()
}

/// A break-even point in words.
pub(super) fn in_words(voice: &Voice, found: &BreakEven) -> String {
    let value = |x: f64| along_value(voice, &found.along, x, None);
    let along = along_name(voice, found);
    let mut values = vec![
        ("along", Value::Name(along)),
        ("now", Value::Name(value(found.now))),
        ("low", Value::Name(value(found.range.0))),
        ("high", Value::Name(value(found.range.1))),
    ];
    if found.turns.is_empty() {
        let sign = match found.throughout {
            Some(Throughout::Above) => "always-positive",
            Some(Throughout::Below | Throughout::Nil) => "always-negative",
            _ => "never-clear",
        };
        return voice.with(sign, &values);
    }
    let turn = |turn: &Turn| {
        let id = if turn.rises {
            "turns-positive"
        } else {
            "turns-negative"
        };
        let (low, high) = turn.interval;
        let scale = along_scale(&found.along);
        let place = Place::bracket(
            scale * turn.at,
            (scale * low, scale * high),
            scale * found.now,
        );
        let round = |x| Value::Name(along_value(voice, &found.along, x, Some(place)));
        Value::Name(voice.with(
            id,
            &[
                ("at", round(turn.at)),
                ("from", round(low)),
                ("to", round(high)),
            ],
        ))
    };
    let turns = found.turns.iter().map(turn).collect();
    values.push(("turns", Value::List(turns)));
    voice.with("turns", &values)
}

/// All break-even points of a strategy; those of which chance leaves everything open in one sentence.
pub(super) fn turning(voice: &Voice, all: &[BreakEven]) -> Vec<String> {
    let told = |one: &BreakEven| {
        use Throughout::{Above, Below, Nil};
        !one.turns.is_empty() || matches!(one.throughout, Some(Above | Below | Nil))
    };
    let open = |one: &&BreakEven| !told(one);
    let (open, told): (Vec<&BreakEven>, Vec<&BreakEven>) = all.iter().partition(open);
    let mut lines: Vec<String> = told.iter().map(|one| in_words(voice, one)).collect();
    match open.as_slice() {
        [] => {}
        [one] => lines.push(in_words(voice, one)),
        many => {
            let along = many.iter().map(|one| Value::Name(along_name(voice, one)));
            let along = Value::List(along.collect());
            lines.push(voice.with("never-clear-all", &[("along", along)]));
        }
    }
    lines
}

fn along_name(voice: &Voice, found: &BreakEven) -> String {
    let known = voice.find(&format!("along-{}", found.along));
    known.unwrap_or_else(|| {
        let name = Value::Name(found.along.clone());
        voice.with("along-parameter", &[("name", name)])
    })
}

/// By how much a value is multiplied to be shown: shares are per cent.
fn along_scale(along: &str) -> f64 {
    match along {
        "discount" | "price" | "effect" => 100.0,
        _ => 1.0,
    }
}

/// A value along a quantity, to a place on the scale on which it is shown, else to the usual one.
fn along_value(voice: &Voice, along: &str, x: f64, place: Option<Place>) -> String {
    let usual = match along {
        "horizon" => 1,
        "price" | "effect" => 0,
        _ if x.abs() >= 100.0 => 0,
        _ => 2,
    };
    let place = place.unwrap_or(Place::decimals(usual));
    let digits = voice.placed(along_scale(along) * x, place);
    match along {
        "discount" | "price" | "effect" => format!("{digits}%"),
        "horizon" => voice.with("years", &[("n", Value::Name(digits))]),
        _ => digits,
    }
}

fn flip_in_words(voice: &Voice, flip: &Flip) -> String {
    let values = [
        ("name", Value::Name(flip.name.clone())),
        (
            "value",
            Value::Name(along_value(voice, "", flip.value, None)),
        ),
        ("at", Value::Name(along_value(voice, "", flip.at, None))),
        (
            "balance",
            Value::Name(estimate(voice, Some(flip.balance), "euro")),
        ),
        ("source", Value::Name(flip.source.clone())),
    ];
    voice.with("flip", &values)
}

/// The analysis for a terminal.
pub fn text(sheet: &Sheet, voice: &Voice) -> String {
    let mut out = format!(
        "{}\n{}\n",
        voice.value(&sheet.mkba.title),
        conditions(sheet, voice)
    );
    for line in finding(sheet, voice) {
        let _ = writeln!(out, "  {line}");
    }
    for case in sheet.mkba.under(&sheet.stressor) {
        let _ = writeln!(out, "\n{}", strategy_name(voice, &case.strategy));
        if let Some(line) = left_out(sheet, case, voice) {
            let _ = writeln!(out, "  {line}");
        }
        let _ = writeln!(out, "  {}", voice.text("effects"));
        for effect in &case.effects {
            let change = estimate(voice, effect.difference, &effect.unit);
            let _ = writeln!(out, "    {}: {change}", effect_name(voice, effect));
        }
        let _ = writeln!(out, "  {}", voice.text("break-even"));
        for line in turning(voice, &case.break_even) {
            let _ = writeln!(out, "    {line}");
        }
        let balance = estimate(voice, case.balance, "euro");
        let _ = writeln!(out, "  {}: {balance}", voice.text("balance"));
        if let Some(returns) = &case.returns {
            let _ = writeln!(out, "  {}", returns_in_words(voice, returns));
        }
        let _ = writeln!(out, "  {}", pocket(sheet, case, voice));
    }
    for line in more_words(sheet, voice) {
        let _ = writeln!(out, "{line}");
    }
    out
}

/// Break-even points by new runs, and what could turn the answer.
fn more_words(sheet: &Sheet, voice: &Voice) -> Vec<String> {
    let mut lines: Vec<String> = sheet.by_runs.iter().map(|b| in_words(voice, b)).collect();
    lines.extend(flips_in_words(voice, &sheet.flips));
    lines
}

/// What could turn the answer, or why that is not told.
pub(super) fn flips_in_words(voice: &Voice, flips: &Flips) -> Vec<String> {
    match flips {
        Flips::NotSought => vec![voice.text("flips-not-sought")],
        Flips::Unclear => vec![voice.text("flips-unclear")],
        Flips::Found(flips) if flips.is_empty() => vec![voice.text("flips-none")],
        Flips::Found(flips) => {
            let words = flips.iter().map(|flip| flip_in_words(voice, flip));
            words.collect()
        }
    }
}

/// Ratio, internal rate, and the balance at other rates, rounded to what is known.
pub(super) fn returns_in_words(voice: &Voice, returns: &Returns) -> String {
    let per_cent = |rate: f64, decimals| format!("{}%", voice.number(100.0 * rate, decimals));
    let internal = match returns.internal[..] {
        [] => voice.text("internal-none"),
        [rate] => per_cent(rate, 0),
        _ => voice.text("internal-several"),
    };
    let ratio = returns.ratio.map(|ratio| voice.number(ratio, 2));
    let at = |&(rate, euro): &(f64, Estimate)| {
        let values = [
            ("rate", Value::Name(per_cent(rate, 2))),
            ("balance", Value::Name(estimate(voice, Some(euro), "euro"))),
        ];
        Value::Name(voice.with("balance-at", &values))
    };
    let values = [
        (
            "ratio",
            Value::Name(ratio.unwrap_or_else(|| NOT_KNOWN.to_owned())),
        ),
        ("internal", Value::Name(internal)),
        (
            "balances",
            Value::List(returns.balances.iter().map(at).collect()),
        ),
    ];
    voice.with("returns", &values)
}

/// How many pairs count, where some were left out because a run failed.
pub(super) fn left_out(sheet: &Sheet, case: &Case, voice: &Voice) -> Option<String> {
    let (pairs, all) = (case.cash.pairs(), sheet.mkba.replications);
    let values = [
        ("pairs", Value::Count(pairs as u32)),
        ("replications", Value::Count(all as u32)),
    ];
    (pairs < all).then(|| voice.with("mkba-left-out", &values))
}

pub(super) fn pocket(sheet: &Sheet, case: &Case, voice: &Voice) -> String {
    match case.wrong_pocket(sheet.rate(), &sheet.mkba.items) {
        Some(index) => voice.with("pocket", &[("index", Value::Number(index, 2))]),
        None => voice.text("pocket-none"),
    }
}

pub(super) fn conditions(sheet: &Sheet, voice: &Voice) -> String {
    let mkba = &sheet.mkba;
    let values = [
        ("null", Value::Name(strategy_name(voice, &mkba.null))),
        ("years", Value::Count(mkba.years as u32)),
        ("from", Value::Name(voice.month(mkba.policy_date))),
        (
            "rate",
            Value::Name(format!("{}%", voice.number(100.0 * sheet.rate(), 2))),
        ),
        ("replications", Value::Count(mkba.replications as u32)),
        (
            "stressor",
            Value::Name(stressor_name(voice, &sheet.stressor)),
        ),
    ];
    voice.with("mkba-conditions", &values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_report::Lang;

    #[test]
    fn what_chance_leaves_open_is_said_once() {
        let open = |along: &str| BreakEven {
            along: along.to_owned(),
            now: 1.0,
            range: (0.0, 3.0),
            turns: Vec::new(),
            throughout: Some(Throughout::Unclear),
        };
        let sure = BreakEven {
            throughout: Some(Throughout::Above),
            ..open("discount")
        };
        let voice = Voice::new(Lang::Nl);
        let lines = turning(&voice, &[open("price"), sure, open("worker.cost")]);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[1].contains("de prijs van het team") && lines[1].contains("worker.cost"));
        assert_eq!(turning(&voice, &[open("price")]).len(), 1);
    }

    #[test]
    fn a_turn_is_never_told_at_the_value_in_use_where_it_is_not() {
        let found = BreakEven {
            along: "price".to_owned(),
            now: 1.0,
            range: (0.0, 3.0),
            turns: vec![Turn {
                at: 0.998,
                interval: (0.97, 0.9996),
                rises: false,
            }],
            throughout: Some(Throughout::Unclear),
        };
        let told = in_words(&Voice::new(Lang::En), &found);
        assert!(told.contains("99.80%") && told.contains("99.96%"), "{told}");
        assert_eq!(told.matches("100%").count(), 1, "{told}");
    }
}
