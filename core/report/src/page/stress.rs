//! All stressors with equal place: months together, and what is lost by a wrong choice.

use super::Page;
use maud::{Markup, html};

/// Team months per strategy and stressor with the regret of each, and the largest regret.
pub(super) fn section(page: &Page) -> Markup {
    let input = page.input;
    let months =
        |stressor, strategy| Some(input.survival_of(stressor, strategy)?.team_months?.mean);
    let regret = |strategy| {
        input
            .regrets
            .iter()
            .find(move |one| one.strategy == strategy)
    };
    let least = input.regrets.iter().find(|one| one.least);
    let write = |value: f64| page.writer.value(value, "month", crate::Place::decimals(1));
    html! {
        section {
            h2 #regret { (page.text("regret")) }
            @if let Some(least) = least {
                p { (page.with("regret-found", &[
                    ("strategy", &input.strategies[least.strategy].name),
                    ("months", &write(least.largest)),
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
                        @for stressor in 0..input.stressors.len() { td {
                            @match (months(stressor, strategy), regret(strategy)) {
                                (Some(months), Some(regret)) => {
                                    span.level { (write(months)) }
                                    span.range { (write(regret.by_stressor[stressor])) }
                                }
                                _ => { (page.text("missing")) }
                            }
                        } }
                        td { (regret(strategy).map_or_else(|| page.text("missing"), |one| write(one.largest))) }
                    } } }
                } }
            } @else { p { (page.text("nothing-to-draw")) } }
        }
    }
}
