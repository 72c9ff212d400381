//! Figure: how households go from one state of care to another, under each strategy.

use super::Page;
use super::data::{Data, iso_month, told};
use super::figures::{Words, framed};
use super::findings::clearest;
use crate::figure::{Flow, states};
use crate::input::{Direction, Of, Role};
use maud::{Markup, html};

/// Households in each state of care over time, by strategy; nothing where no state is measured.
pub(super) fn care(page: &Page, stressor: usize) -> Markup {
    let is_care = |metric: &usize| matches!(page.input.metrics[*metric].role, Role::Care(_));
    let metrics: Vec<usize> = (0..page.input.metrics.len()).filter(is_care).collect();
    let flows: Vec<Flow> = (0..page.input.strategies.len())
        .filter_map(|strategy| flow(page, (stressor, strategy), &metrics))
        .collect();
    if metrics.is_empty() || flows.is_empty() {
        return html! {};
    }
    let keys: Vec<String> = metrics.iter().map(|metric| key(page, *metric)).collect();
    let households = page.input.setting.households;
    let households = page.writer.numbers.count(households);
    let words = Words {
        kind: "care",
        title: title(page, stressor, &metrics, &flows),
        subtitle: page.text("figure-care-sub"),
        caption: page.with("figure-care-caption", &[("households", &households)]),
    };
    let draw = |id: &str, width, alternative: (&str, &str)| {
        states(&page.writer, id, (&keys, &flows), width, alternative)
    };
    framed(page, stressor, &words, draw, &data(page, &keys, &flows))
}

/// A state in a few words; the name of its metric where there are none for it.
fn key(page: &Page, metric: usize) -> String {
    let metric = &page.input.metrics[metric];
    let (_, state) = metric.name.split_once('.').unwrap_or_default();
    let id = format!("care-{}", state.replace('_', "-"));
    let words = page.writer.texts.find(&id, &[]);
    words.unwrap_or_else(|| page.writer.metric(metric, &page.input.payers))
}

/// The courses of all states under a strategy; `None` where one is not known.
fn flow(page: &Page, (stressor, strategy): (usize, usize), metrics: &[usize]) -> Option<Flow> {
    let fan = |metric: &usize| page.input.fan(stressor, strategy, *metric);
    let fans: Vec<_> = metrics.iter().map(fan).collect::<Option<_>>()?;
    let first = fans.first()?;
    let years: Vec<f64> = first.points.iter().map(|point| point.year).collect();
    let whole = !years.is_empty() && fans.iter().all(|fan| fan.points.len() == years.len());
    whole.then(|| Flow {
        name: page.input.strategies[strategy].name.clone(),
        years,
        parts: fans
            .iter()
            .map(|fan| fan.points.iter().map(|point| point.mean.max(0.0)).collect())
            .collect(),
    })
}

/// Under which strategy clearly more households are at a team in the end.
fn title(page: &Page, stressor: usize, metrics: &[usize], flows: &[Flow]) -> String {
    let is_team = |metric: &usize| {
        page.input.metrics[*metric].role == Role::Care("households.in_team".to_owned())
    };
    let Some(team) = metrics.iter().position(is_team) else {
        return page.finding("figure-care", None);
    };
    let at_end = |flow: &Flow| flow.parts[team].last().copied().unwrap_or(0.0);
    if flows.iter().all(|flow| at_end(flow) < 0.5) {
        return page.text("figure-care-nobody");
    }
    let difference = |strategy| {
        page.input
            .further(stressor, strategy, Of::End(metrics[team]))
    };
    let found = clearest(page.input, Direction::Higher, difference);
    page.best("figure-care", found, "households")
}

/// A row for each strategy and year, and one of the end; the last column holds those in none of the
/// states.
fn data(page: &Page, keys: &[String], flows: &[Flow]) -> Data {
    let all = f64::from(page.input.setting.households);
    let count = |households: f64| page.writer.numbers.count(households.round() as u32);
    let row = |flow: &Flow, at: usize| {
        let parts = || flow.parts.iter().map(move |part| part[at]);
        let rest = (all - parts().sum::<f64>()).max(0.0);
        let counts = parts().chain([rest]).map(count);
        [flow.name.clone(), iso_month(flow.years[at])]
            .into_iter()
            .chain(counts)
            .collect()
    };
    let mut rows = Vec::new();
    for flow in flows {
        rows.extend(told(&flow.years).map(|at| row(flow, at)));
    }
    let head = [page.text("strategy"), page.text("moment")];
    Data {
        caption: "care",
        head: head
            .into_iter()
            .chain(keys.iter().cloned())
            .chain([page.text("care-rest")])
            .collect(),
        rows,
    }
}
