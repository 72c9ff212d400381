//! All stressors with equal place: months together, and what is lost by a wrong choice.

use super::Page;
use maud::{Markup, html};

/// Team months per strategy and stressor with the regret of each, and the largest regret.
pub(super) fn section(page: &Page) -> Markup {
    let input = page.input;
    let months =
        |stressor, strategy| Some(input.survival_of(stressor, strategy)?.team_months?.mean);
    let best = |stressor| {
        let all = (0..input.strategies.len()).filter_map(|strategy| months(stressor, strategy));
        all.reduce(f64::max)
    };
    let regret = |stressor, strategy| Some(best(stressor)? - months(stressor, strategy)?);
    let stressors = || 0..input.stressors.len();
    let largest = |strategy| {
        stressors()
            .filter_map(|s| regret(s, strategy))
            .reduce(f64::max)
    };
    let least = (0..input.strategies.len())
        .filter_map(|strategy| Some((strategy, largest(strategy)?)))
        .rev()
        .min_by(|a, b| a.1.total_cmp(&b.1));
    let write = |value: f64| page.writer.value(value, "month", crate::Place::decimals(1));
    html! {
        section {
            h2 #regret { (page.text("regret")) }
            @if let Some((strategy, worst)) = least {
                p { (page.with("regret-found", &[
                    ("strategy", &input.strategies[strategy].name),
                    ("months", &write(worst)),
                ])) }
                div.scroll tabindex="0" role="region" aria-label=(page.text("caption-regret")) { table {
                    caption { (page.text("caption-regret")) }
                    thead { tr {
                        th scope="col" { (page.text("strategy")) }
                        @for info in &input.stressors { th scope="col" { (info.name) } }
                        th scope="col" { (page.text("regret-largest")) }
                    } }
                    tbody { @for (strategy, info) in input.strategies.iter().enumerate() { tr {
                        th scope="row" { (info.name) }
                        @for stressor in stressors() { td {
                            @match (months(stressor, strategy), regret(stressor, strategy)) {
                                (Some(months), Some(regret)) => {
                                    span.level { (write(months)) } span.range { (write(regret)) }
                                }
                                _ => { (page.text("missing")) }
                            }
                        } }
                        td { (largest(strategy).map_or_else(|| page.text("missing"), write)) }
                    } } }
                } }
            } @else { p { (page.text("nothing-to-draw")) } }
        }
    }
}
