//! Who pays and who gains, on page one: what each payer pays more or less under each stressor.

use super::Page;
use crate::input::{Direction, Role};
use crate::lookup::Case;
use maud::{Markup, html};

/// The payers for whom it is clear somewhere, the largest sum first; the others by name.
pub(super) fn pays(page: &Page, strategy: usize) -> Markup {
    let metrics = page.input.metrics.iter().enumerate();
    let of_payers = metrics.filter_map(|(metric, info)| match &info.role {
        Role::PayerCost(payer) => Some((page.payer(payer), page.input.cases(strategy, metric))),
        _ => None,
    });
    let (mut shown, unclear): (Vec<_>, Vec<_>) =
        of_payers.partition(|(_, cases)| cases.iter().any(clear));
    let most = |cases: &[Case]| {
        let sizes = cases.iter().map(|case| case.difference.estimate.mean.abs());
        sizes.fold(0.0, f64::max)
    };
    shown.sort_by(|a, b| most(&b.1).total_cmp(&most(&a.1)));
    let unclear: Vec<String> = unclear.into_iter().map(|(name, _)| name).collect();
    html! {
        @if shown.is_empty() {
            " " (page.text("answer-costs-unclear"))
        } @else {
            div.scroll tabindex="0" role="region" aria-label=(page.text("fact-costs")) { table {
                caption { (page.with("pays-caption", &[("null", page.null.as_str())])) }
                thead { tr {
                    th scope="col" { (page.text("payer")) }
                    @for stressor in &page.input.stressors { th scope="col" { (stressor.name) } }
                } }
                tbody { @for (name, cases) in &shown { tr {
                    th scope="row" { (name) }
                    @for case in cases { td { (amount(page, case)) } }
                } } }
            } }
            @if !unclear.is_empty() {
                p.meta { (page.with("pays-unclear", &[("payers", &page.list(unclear))])) }
            }
        }
    }
}

/// Clear amounts stand out; the others stand there for their sign and size.
fn amount(page: &Page, case: &Case) -> Markup {
    let (value, _) = page.writer.difference(&case.difference, "euro");
    html! { @if clear(case) { strong { (value) } } @else { (value) } }
}

fn clear(case: &Case) -> bool {
    case.difference.verdict(Direction::Lower).is_clear()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use crate::sample::sample;

    #[test]
    fn each_payer_has_what_it_pays_more_or_less_and_clear_amounts_stand_out() {
        let mut input = sample();
        let table = pays(&Page::of(&input, Lang::En), 2).into_string();
        let columns = table.matches("scope=\"col\"").count();
        assert_eq!(columns, 1 + input.stressors.len(), "{table}");
        assert!(table.contains("<strong>"), "{table}");
        for cell in &mut input.cells {
            if let Some(difference) = cell.difference.as_mut() {
                difference.p_holm = Some(0.5);
            }
        }
        let said = pays(&Page::of(&input, Lang::En), 2).into_string();
        assert!(
            said.contains("No payer clearly") && !said.contains("<table"),
            "{said}"
        );
    }
}
