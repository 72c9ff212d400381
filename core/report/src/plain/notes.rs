//! What is said below the lines of a metric.

use super::best::best;
use super::{bracketed, shortened};
use crate::input::{Difference, ReportInput};
use crate::quantity::{Writer, is_euro};
use crate::terminal::one_line;

/// Pairs from which a percentile interval is told: of fewer it is too narrow.
const PAIRS: u32 = 10;

/// Which is best, bootstrap intervals of money, and what pairing is worth.
pub(super) fn notes(
    input: &ReportInput,
    writer: &Writer,
    stressor: usize,
    metric: usize,
) -> Vec<String> {
    let others = (0..input.strategies.len()).filter(|&one| Some(one) != input.null());
    let differences: Vec<(usize, &Difference)> = others
        .filter_map(|one| Some((one, input.cell(stressor, one, metric)?.difference.as_ref()?)))
        .collect();
    let unit = &input.metrics[metric].unit;
    let best = Some(best(input, writer, stressor, metric)).filter(|best| !best.is_empty());
    let told = [
        best,
        bootstrap(input, writer, &differences, unit),
        pairing(writer, &differences),
    ];
    told.into_iter().flatten().collect()
}

fn bootstrap(
    input: &ReportInput,
    writer: &Writer,
    differences: &[(usize, &Difference)],
    unit: &str,
) -> Option<String> {
    // As in the lines, the heading names the currency.
    let unit = if is_euro(unit) { "" } else { unit };
    let told = differences.iter().filter(|(_, one)| one.pairs >= PAIRS);
    let told = told.filter(|(_, one)| one.bootstrap.is_some() && !one.constant);
    let intervals: Vec<String> = told
        .map(|(strategy, difference)| {
            let name = shortened(&one_line(&input.strategies[*strategy].name));
            let ends = writer.bootstrap_ends(difference, unit);
            format!("{name} {}", bracketed(Some(ends)))
        })
        .collect();
    let intervals = Some(intervals.join("; ")).filter(|all| !all.is_empty())?;
    let words = [("intervals", intervals.as_str())];
    Some(writer.texts.with("table-bootstrap", &words))
}

fn pairing(writer: &Writer, differences: &[(usize, &Difference)]) -> Option<String> {
    let times = || {
        differences
            .iter()
            .filter_map(|(_, one)| one.variance_reduction)
    };
    let least = writer.times(times().reduce(f64::min)?);
    let most = writer.times(times().reduce(f64::max)?);
    Some(if least == most {
        writer.texts.with("table-pairing", &[("times", &least)])
    } else {
        let words = [("least", least.as_str()), ("most", most.as_str())];
        writer.texts.with("table-pairing-range", &words)
    })
}

#[cfg(test)]
mod tests {
    use crate::input::Role;
    use crate::sample::sample;
    use crate::{Lang, comparison_text};

    #[test]
    fn money_has_bootstrap_intervals_and_pairs_their_worth() {
        let mut input = sample();
        let role = |metric: &crate::MetricInfo| metric.role == Role::TotalCost;
        let total = input.metrics.iter().position(role).unwrap();
        let cells = input.cells.iter_mut().filter(|cell| cell.metric == total);
        for (times, difference) in (2..).zip(cells.filter_map(|cell| cell.difference.as_mut())) {
            difference.bootstrap = Some((-2_000_000.0, 1_000_000.0));
            difference.variance_reduction = Some(f64::from(times));
        }
        let text = comparison_text(&input, Lang::En, false, 120);
        assert!(text.contains("because money is skewed"), "{text}");
        assert!(text.contains("[−2,000,000; +1,000,000]"), "{text}");
        assert!(
            text.contains("tell as much as") && text.contains("times as many runs"),
            "{text}"
        );
        for cell in &mut input.cells {
            if let Some(difference) = &mut cell.difference {
                difference.pairs = 9;
            }
        }
        let few = comparison_text(&input, Lang::En, false, 120);
        assert!(!few.contains("because money is skewed"), "{few}");
    }

    #[test]
    fn a_level_that_is_the_same_in_all_runs_says_so() {
        let mut input = sample();
        let cell = &mut input.cells[0];
        cell.level.as_mut().unwrap().interval = None;
        cell.same = 100;
        for (lang, words) in [(Lang::En, "all 100 equal"), (Lang::Nl, "alle 100 gelijk")] {
            assert!(comparison_text(&input, lang, true, 120).contains(words));
        }
    }
}
