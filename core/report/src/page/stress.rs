//! All stressors with equal place: months together, and what is lost by a wrong choice.

use super::Page;
use crate::input::Regret;
use crate::numbers::Place;
use crate::robust::not_told_from;
use maud::{Markup, html};

/// A number of months as far as the months under this stressor and strategy are known.
fn written(page: &Page, (stressor, strategy): (usize, usize), months: f64) -> String {
    let arm = page.input.survival_of(stressor, strategy);
    let half = arm.and_then(|arm| arm.team_months?.half_width());
    let place = half.map_or(Place::UNITS, |half| Place::of(months, Some(half)));
    // Whole months at most where chance is small: a month is the step of the model.
    page.writer
        .value(months, "month", place.max(Place::decimals(1)))
}

/// The stressor under which a strategy loses most.
fn worst(regret: &Regret) -> usize {
    let all = regret.by_stressor.iter().enumerate();
    all.max_by(|a, b| a.1.total_cmp(b.1))
        .map_or(0, |worst| worst.0)
}

/// The strategy with the smallest largest regret, and from which others it cannot be told.
fn found(page: &Page, least: &Regret) -> Markup {
    let (first, own) = (page.begin(least.strategy), page.the(least.strategy));
    let months = written(page, (worst(least), least.strategy), least.largest);
    let rivals = not_told_from(page.input, least.strategy);
    let names = page.list(rivals.iter().map(|rival| page.the(*rival)).collect());
    html! {
        p {
            (page.with("regret-found", &[("strategy", &first), ("months", &months)]))
            @if !rivals.is_empty() {
                " " (page.with("regret-chance", &[("strategy", &own), ("names", &names)]))
            }
        }
    }
}

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
    html! {
        section {
            h2 #regret { (page.text("regret")) }
            @if let Some(least) = least {
                (found(page, least))
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
                                    @let arm = (stressor, strategy);
                                    b { (written(page, arm, months)) }
                                    small { (written(page, arm, regret.by_stressor[stressor])) }
                                }
                                _ => { (page.text("missing")) }
                            }
                        } }
                        td { (regret(strategy).map_or_else(|| page.text("missing"), |one| {
                            written(page, (worst(one), strategy), one.largest)
                        })) }
                    } } }
                } }
            } @else { p { (page.text("nothing-to-draw")) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use crate::sample::sample;

    #[test]
    fn regret_is_as_precise_as_the_months_and_says_when_chance_may_be_behind_it() {
        let mut input = sample();
        let told = |input: &_| section(&Page::of(input, Lang::En)).into_string();
        let sure = told(&input);
        assert!(!sure.contains("may be chance"), "{sure}");
        assert!(sure.contains(">64.0<"), "{sure}");
        for arm in &mut input.survival {
            let mean = arm.team_months.unwrap().mean;
            arm.team_months.as_mut().unwrap().interval = Some((mean - 31.0, mean + 31.0));
            let difference = arm.difference.as_mut().unwrap();
            let mean = difference.estimate.mean;
            difference.estimate.interval = Some((mean - 60.0, mean + 60.0));
            difference.p_holm = Some(0.6);
        }
        let unsure = told(&input);
        assert!(
            unsure.contains("may be chance") && unsure.contains(">64<"),
            "{unsure}"
        );
    }
}
