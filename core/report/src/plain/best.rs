//! Which strategy is the best in a metric, in words.

use crate::input::{Choice, ReportInput};
use crate::numbers::Place;
use crate::quantity::{Writer, is_share};
use crate::terminal::one_line;
use crate::verdict::Verdict;

/// Part of a difference above which the luck of whoever looks best is told.
const SMALL: f64 = 0.05;

/// Which strategy is best, or which cannot be told apart as the best.
pub(super) fn best(input: &ReportInput, writer: &Writer, stressor: usize, metric: usize) -> String {
    let of = |one: &&Choice| (one.stressor, one.metric) == (stressor, metric);
    let Some(choice) = input.choices.iter().find(of) else {
        return String::new();
    };
    let names = choice.may_be_best.iter();
    let names: Vec<String> = names
        .map(|&at| one_line(&input.strategies[at].name))
        .collect();
    if let ([name], [strategy]) = (&names[..], &choice.may_be_best[..]) {
        let cell = input.cell(stressor, *strategy, metric);
        let difference = cell.and_then(|cell| cell.difference.as_ref());
        // The choice and the difference are judged by two methods; no line may contradict the other.
        let info = &input.metrics[metric];
        let unclear = difference
            .filter(|_| Some(*strategy) != input.null())
            .is_some_and(|difference| difference.verdict(info.better) == Verdict::Unclear);
        let id = if unclear {
            "table-leans-best"
        } else {
            "table-best"
        };
        let best = writer.texts.with(id, &[("strategy", name)]);
        // Luck matters where it is more than a small part of what is reported.
        let matters = difference
            .is_some_and(|difference| choice.luck > SMALL * difference.estimate.mean.abs());
        if Some(*strategy) == input.null() || !matters {
            return best;
        }
        let scale = if is_share(&info.unit) { 100.0 } else { 1.0 };
        let luck = scale * choice.luck;
        let luck = writer.numbers.write(luck, Place::of(luck, None));
        let unit = writer.unit_of_difference(&info.unit);
        let words = [("luck", &*luck), ("unit", &*unit)];
        return format!("{best} {}", writer.texts.with("table-luck", &words));
    }
    if names.len() == input.strategies.len() {
        return writer.texts.get("table-no-best");
    }
    writer
        .texts
        .with("table-may-be-best", &[("strategies", &names.join(", "))])
}
