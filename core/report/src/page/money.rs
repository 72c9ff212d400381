//! Figures of money: costs and benefits, who pays and who gains, year by year.

use super::Page;
use super::data::Data;
use super::figures::{Words, framed};
use super::findings::{Moved, longest, payers_moved};
use crate::figure::{Group, Year, bars, budget as draw_budget, reach};
use crate::input::{Budget, Estimate, Role};
use crate::numbers::Place;
use maud::{Markup, html};

/// What teams cost more, what that saves elsewhere, and the balance.
pub(super) fn benefits(page: &Page, stressor: usize) -> Markup {
    grouped(page, stressor, benefit_groups, |groups| Words {
        kind: "benefits",
        title: benefit_title(page, stressor, groups),
        subtitle: page.with("figure-benefits-sub", &[("null", page.input.null_name())]),
        caption: page.text("figure-benefits-caption"),
    })
}

/// Who pays and who gains over the whole period.
pub(super) fn payers(page: &Page, stressor: usize) -> Markup {
    grouped(page, stressor, payer_groups, |_| Words {
        kind: "payers",
        title: payer_title(page, stressor),
        subtitle: page.with("figure-payers-sub", &[("null", page.input.null_name())]),
        caption: page.text("figure-payers-caption"),
    })
}

/// Bars of what these groups are under a stressor, on one scale for all stressors.
fn grouped(
    page: &Page,
    stressor: usize,
    groups: fn(&Page, usize) -> Vec<Group>,
    words: impl FnOnce(&[Group]) -> Words,
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
    let words = words(groups);
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
        let mean = estimate(strategy, total)?.mean - estimate(strategy, team)?.mean;
        let interval = None;
        Some((strategy, Estimate { mean, interval }))
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

fn benefit_title(page: &Page, stressor: usize, groups: &[Group]) -> String {
    let strategy = page.shown(stressor);
    let of = |group: usize| {
        let bars = &groups.get(group)?.bars;
        let (_, estimate) = bars.iter().find(|(s, _)| Some(*s) == strategy)?;
        Some(estimate)
    };
    let (Some(team), Some(elsewhere), Some(strategy)) = (of(0), of(1), strategy) else {
        return page.text("figure-benefits-neutral");
    };
    let euro = |value: f64| round_euro(page, value.abs());
    let id = match (team.mean > 0.0, elsewhere.mean < 0.0) {
        (true, true) => "figure-benefits-saves",
        (true, false) => "figure-benefits-costs",
        (false, true) => "figure-benefits-gains",
        (false, false) => "figure-benefits-less",
    };
    page.with(
        id,
        &[
            ("strategy", &page.input.strategies[strategy].name),
            ("team", &euro(team.mean)),
            ("elsewhere", &euro(elsewhere.mean)),
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
    let null = page.input.null_name();
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
    let strategy = &page.input.strategies[best.strategy].name;
    page.with(
        id,
        &[
            ("strategy", strategy),
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
    let name = &page.input.strategies[strategy].name;
    let most = own.iter().max_by(|a, b| a.more.total_cmp(&b.more));
    let title = match most.filter(|year| year.more > 0.0) {
        Some(year) => page.with(
            "figure-budget",
            &[
                ("strategy", name),
                ("year", &year.year.to_string()),
                ("euro", &round_euro(page, year.more)),
            ],
        ),
        None => page.with("figure-budget-none", &[("strategy", name)]),
    };
    let words = Words {
        kind: "budget",
        title,
        subtitle: page.with(
            "figure-budget-sub",
            &[("strategy", name), ("null", page.input.null_name())],
        ),
        caption: page.text("figure-budget-caption"),
    };
    let draw = |id: &str, width, alternative: (&str, &str)| {
        draw_budget(&page.writer, id, (own, reach), width, alternative)
    };
    framed(
        page,
        stressor,
        &words,
        draw,
        &budget_data(page, stressor, strategy),
    )
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
        let write = |value: f64| page.writer.signed(value, "euro", place);
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
    let head = ["of", "strategy", "difference", "low", "high"];
    Data {
        caption,
        head: head.map(|id| page.text(id)).to_vec(),
        rows: groups.iter().flat_map(rows).collect(),
    }
}

fn round_euro(page: &Page, euro: f64) -> String {
    page.writer
        .value(euro, "euro", Place::of(euro, Some(euro.abs() / 10.0)))
}

fn round_signed(page: &Page, euro: f64) -> String {
    page.writer.signed(
        euro,
        "euro",
        Place::of(euro, Some((euro.abs() / 10.0).max(100.0))),
    )
}
