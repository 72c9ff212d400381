//! Figures of money: costs and benefits, who pays and who gains, year by year.

use super::Page;
use super::data::Data;
use super::figures::{Words, framed};
use super::findings::{Moved, longest, payers_moved};
use crate::figure::{Group, Year, bars, budget as draw_budget, reach};
use crate::input::{Budget, Difference, Direction, Estimate, Of, Role};
use crate::numbers::Place;
use crate::verdict::Verdict;
use maud::{Markup, html};

/// What teams cost more, what that saves elsewhere, and the balance.
pub(super) fn benefits(page: &Page, stressor: usize) -> Markup {
    grouped(page, stressor, benefit_groups, || Words {
        kind: "benefits",
        title: benefit_title(page, stressor),
        subtitle: page.with("figure-benefits-sub", &[("null", page.null.as_str())]),
        caption: page.text("figure-benefits-caption"),
    })
}

/// Who pays and who gains over the whole period.
pub(super) fn payers(page: &Page, stressor: usize) -> Markup {
    grouped(page, stressor, payer_groups, || Words {
        kind: "payers",
        title: payer_title(page, stressor),
        subtitle: page.with("figure-payers-sub", &[("null", page.null.as_str())]),
        caption: page.text("figure-payers-caption"),
    })
}

/// Bars of what these groups are under a stressor, on one scale for all stressors.
fn grouped(
    page: &Page,
    stressor: usize,
    groups: fn(&Page, usize) -> Vec<Group>,
    words: impl FnOnce() -> Words,
) -> Markup {
    let all = (0..page.input.stressors.len()).map(|stressor| groups(page, stressor));
    let all: Vec<Vec<Group>> = all.collect();
    let groups = &all[stressor];
    if groups.is_empty() {
        return html! {};
    }
    let reach = reach(all.iter().flatten());
    let draw = |id: &str, width, alternative: (&str, &str)| {
        bars(
            page.input,
            &page.writer,
            id,
            (groups, reach),
            width,
            alternative,
        )
    };
    let words = words();
    let data = bar_data(page, groups, words.kind);
    framed(page, stressor, &words, draw, &data)
}

fn benefit_groups(page: &Page, stressor: usize) -> Vec<Group> {
    let metric = |role| page.input.metric_with(&role);
    let (Some(team), Some(total)) = (metric(Role::TeamCost), metric(Role::TotalCost)) else {
        return Vec::new();
    };
    let estimate = |strategy, metric| {
        let cell = page.input.cell(stressor, strategy, metric)?;
        Some(cell.difference?.estimate)
    };
    let bars_of = |metric| {
        page.input
            .others()
            .filter_map(|s| Some((s, estimate(s, metric)?)))
            .collect()
    };
    let elsewhere = page.input.others().filter_map(|strategy| {
        let difference = page.input.further(stressor, strategy, Of::Elsewhere)?;
        Some((strategy, difference.estimate))
    });
    let group = |id: &str, bars| Group {
        name: page.text(id),
        bars,
    };
    let groups = vec![
        group("benefits-team", bars_of(team)),
        group("benefits-elsewhere", elsewhere.collect()),
        group("benefits-balance", bars_of(total)),
    ];
    groups
        .into_iter()
        .filter(|group| !group.bars.is_empty())
        .collect()
}

/// What teams cost and what that changes elsewhere, where both are clear.
fn benefit_title(page: &Page, stressor: usize) -> String {
    let clear = |difference: &&Difference| difference.verdict(Direction::Lower).is_clear();
    let strategy = page.shown(stressor);
    let team = strategy.and_then(|strategy| {
        let metric = page.input.metric_with(&Role::TeamCost)?;
        page.input
            .cell(stressor, strategy, metric)?
            .difference
            .as_ref()
    });
    let elsewhere =
        strategy.and_then(|strategy| page.input.further(stressor, strategy, Of::Elsewhere));
    let (Some(team), Some(elsewhere), Some(strategy)) =
        (team.filter(clear), elsewhere.filter(clear), strategy)
    else {
        return page.with("figure-benefits-neutral", &[("null", page.null.as_str())]);
    };
    let id = match (team.estimate.mean > 0.0, elsewhere.estimate.mean < 0.0) {
        (true, true) => "figure-benefits-saves",
        (true, false) => "figure-benefits-costs",
        (false, true) => "figure-benefits-gains",
        (false, false) => "figure-benefits-less",
    };
    page.with(
        id,
        &[
            ("strategy", &page.begin(strategy)),
            ("team", &page.size(team, "euro")),
            ("elsewhere", &page.size(elsewhere, "euro")),
        ],
    )
}

fn payer_groups(page: &Page, stressor: usize) -> Vec<Group> {
    let mut groups = Vec::new();
    for (metric, info) in page.input.metrics.iter().enumerate() {
        let Role::PayerCost(id) = &info.role else {
            continue;
        };
        let bar = |strategy| {
            let cell = page.input.cell(stressor, strategy, metric)?;
            Some((strategy, cell.difference?.estimate))
        };
        let bars: Vec<_> = page.input.others().filter_map(bar).collect();
        if !bars.is_empty() {
            let name = page.payer(id);
            groups.push(Group { name, bars });
        }
    }
    groups
}

fn payer_title(page: &Page, stressor: usize) -> String {
    let null = page.null.as_str();
    let Some(best) = longest(page.input, stressor) else {
        return page.with("figure-payers-neutral", &[("null", null)]);
    };
    let (pay, gain) = payers_moved(page.input, stressor, best.strategy);
    let names =
        |moved: &[Moved]| page.list(moved.iter().map(|moved| page.payer(moved.payer)).collect());
    let (payers, gainers) = (names(&pay), names(&gain));
    let id = match (pay.is_empty(), gain.is_empty()) {
        (true, true) => "figure-payers-none",
        (false, true) => "figure-payers-pay",
        (true, false) => "figure-payers-gain",
        (false, false) => "figure-payers-both",
    };
    page.with(
        id,
        &[
            ("strategy", &page.begin(best.strategy)),
            ("payers", &payers),
            ("gainers", &gainers),
        ],
    )
}

/// What one strategy asks of budgets year by year.
pub(super) fn budget(page: &Page, stressor: usize) -> Markup {
    let Some(strategy) = page.shown(stressor) else {
        return html! {};
    };
    let all: Vec<Vec<Year>> = (0..page.input.stressors.len())
        .map(|one| {
            page.shown(one)
                .map_or_else(Vec::new, |shown| years(page, one, shown))
        })
        .collect();
    let far = |year: &Year| year.more.max(-year.less);
    let reach = all.iter().flatten().map(far).fold(0.0, f64::max);
    let own = &all[stressor];
    if own.is_empty() {
        return html! {};
    }
    let name = &page.the(strategy);
    let title = budget_title(page, (stressor, strategy), own);
    let words = Words {
        kind: "budget",
        title,
        subtitle: page.with(
            "figure-budget-sub",
            &[("strategy", name), ("null", page.null.as_str())],
        ),
        caption: page.text("figure-budget-caption"),
    };
    let draw = |id: &str, width, alternative: (&str, &str)| {
        draw_budget(&page.writer, id, (strategy, own, reach), width, alternative)
    };
    framed(
        page,
        stressor,
        &words,
        draw,
        &budget_data(page, stressor, strategy),
    )
}

/// The year in which those who pay more pay most, where that is clear.
fn budget_title(page: &Page, (stressor, strategy): (usize, usize), years: &[Year]) -> String {
    let most = years.iter().max_by(|a, b| a.more.total_cmp(&b.more));
    let asked = most.and_then(|most| {
        let asked = page
            .input
            .further(stressor, strategy, Of::Asked(most.year))?;
        let clear = asked.verdict(Direction::Lower) == Verdict::Worse;
        clear.then_some((most.year.to_string(), page.size(asked, "euro")))
    });
    let name = page.begin(strategy);
    let variables = asked.as_ref().map(|(year, euro)| {
        [
            ("strategy", name.as_str()),
            ("year", year.as_str()),
            ("euro", euro.as_str()),
        ]
    });
    let variables = variables.as_ref().map(|variables| &variables[..]);
    page.finding("figure-budget", variables)
}

fn of_arm<'a>(
    page: &'a Page<'_>,
    stressor: usize,
    strategy: usize,
) -> impl Iterator<Item = &'a Budget> {
    let own = move |one: &&Budget| (one.stressor, one.strategy) == (stressor, strategy);
    page.input.budgets.iter().filter(own)
}

fn years(page: &Page, stressor: usize, strategy: usize) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for (year, euro) in of_arm(page, stressor, strategy).flat_map(|one| &one.years) {
        let at = years.iter().position(|one| one.year == *year);
        let at = at.unwrap_or_else(|| {
            years.push(Year {
                year: *year,
                more: 0.0,
                less: 0.0,
            });
            years.len() - 1
        });
        years[at].more += euro.max(0.0);
        years[at].less += euro.min(0.0);
    }
    years
}

fn budget_data(page: &Page, stressor: usize, strategy: usize) -> Data {
    let all: Vec<&Budget> = of_arm(page, stressor, strategy).collect();
    let first = all.first().map_or(&[][..], |one| &one.years);
    let mut head = vec![page.text("payer")];
    head.extend(first.iter().map(|(year, _)| year.to_string()));
    let row = |one: &&Budget| {
        let name = match &page.input.metrics[one.metric].role {
            Role::PayerCost(id) => page.payer(id),
            _ => page.input.metrics[one.metric].name.clone(),
        };
        let euro = one.years.iter().map(|(_, euro)| round_signed(page, *euro));
        std::iter::once(name).chain(euro).collect()
    };
    Data {
        caption: "budget",
        head,
        rows: all.iter().map(row).collect(),
    }
}

fn bar_data(page: &Page, groups: &[Group], caption: &'static str) -> Data {
    let row = |group: &Group, (strategy, estimate): &(usize, Estimate)| {
        let place = Place::of(
            estimate.mean,
            estimate.half_width().or(Some(estimate.mean.abs() / 10.0)),
        );
        let write = |value: f64| page.writer.numbers.signed(value, place.max(Place::UNITS));
        let (low, high) = estimate
            .interval
            .map_or_else(Default::default, |(low, high)| (write(low), write(high)));
        let strategy = page.input.strategies[*strategy].name.clone();
        vec![
            group.name.clone(),
            strategy,
            write(estimate.mean),
            low,
            high,
        ]
    };
    let rows = |group: &Group| {
        let bars = group.bars.iter();
        bars.map(|bar| row(group, bar)).collect::<Vec<_>>()
    };
    let named = ["of", "strategy"].map(|id| page.text(id));
    let numbers = ["difference", "low", "high"].map(|id| page.in_unit(id, "euro"));
    Data {
        caption,
        head: named.into_iter().chain(numbers).collect(),
        rows: groups.iter().flat_map(rows).collect(),
    }
}

/// An amount of a year, of which no interval is known: two digits, and no less than a hundred.
fn round_signed(page: &Page, euro: f64) -> String {
    let place = Place::of(euro, Some((euro.abs() / 10.0).max(100.0)));
    page.writer.numbers.signed(euro, place)
}
