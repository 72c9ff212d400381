//! The analysis as one page.

use super::draw::{strategy_name, stressor_name};
use super::tables::{grain, item_head, item_rows, to_grain, year_head, year_rows};
use super::words::{
    NOT_KNOWN, Sheet, conditions, effect_name, estimate, finding, flips_in_words, in_words,
    left_out, pocket, returns_in_words, turning,
};
use super::{Case, Effect, cumulative, parties};
use crate::sheet::{Drawing, figure, page, table};
use crate::voice::{Value, Voice};
use maud::{Markup, html};

/// The analysis as one page.
pub fn html(sheet: &Sheet, voice: &Voice) -> String {
    let cases = sheet.mkba.under(&sheet.stressor);
    let body = html! {
        section aria-labelledby="finding" {
            h2 #finding { (voice.text("finding")) }
            ul { @for line in finding(sheet, voice) { li { (line) } } }
            p.meta { (conditions(sheet, voice)) }
            p.meta { (voice.text("verdict-rule")) }
        }
        section aria-labelledby="effects" {
            h2 #effects { (voice.text("effects")) }
            p { (voice.text("effects-how")) }
            (effects(&cases, voice, |case| &case.effects, "effects"))
        }
        section aria-labelledby="break-even" {
            h2 #break-even { (voice.text("break-even")) }
            p { (voice.text("break-even-how")) }
            @for case in &cases {
                h3 { (strategy_name(voice, &case.strategy)) }
                ul { @for line in turning(voice, &case.break_even) { li { (line) } } }
            }
            @if !sheet.by_runs.is_empty() { (by_runs(sheet, voice)) }
        }
        section aria-labelledby="money" {
            h2 #money { (voice.text("money")) }
            (balances(sheet, voice))
            (figure(voice, (&leading(sheet, voice), &voice.text("cumulative-sub")),
                &Drawing::Rolls(cumulative(&sheet.mkba, &sheet.stressor, voice)),
                &by_horizon(sheet, voice)))
            @for (at, case) in cases.iter().enumerate() { (money(sheet, case, at, voice)) }
        }
        section aria-labelledby="flips" {
            h2 #flips { (voice.text("flips")) }
            (flips(sheet, voice))
        }
        section aria-labelledby="limits" {
            h2 #limits { (voice.text("limits")) }
            ul { @for at in 1..=6 { li { (voice.text(&format!("mkba-limit-{at}"))) } } }
        }
        section aria-labelledby="again" {
            h2 #again { (voice.text("again")) }
            p { code { (sheet.command) } }
            p.meta { (voice.text("rate-source")) " " (rate_source(sheet, voice)) }
        }
    };
    let title = voice.with("mkba-title", &[("title", sheet.mkba.title.clone())]);
    page(
        voice,
        &title,
        &voice.value(&sheet.mkba.question),
        &body,
        &sheet.version,
    )
}

/// The verdict on the strategy whose balance is largest, as the title of the balances.
fn leading(sheet: &Sheet, voice: &Voice) -> String {
    let strategies = sheet.mkba.strategies();
    let leader = sheet.leader().map(|case| case.strategy.as_str());
    let at = strategies
        .iter()
        .position(|(name, _)| Some(*name) == leader);
    let mut lines = finding(sheet, voice);
    at.map_or_else(|| voice.text("cumulative"), |at| lines.swap_remove(at))
}

/// The balance after each year, as the drawing has it.
fn by_horizon(sheet: &Sheet, voice: &Voice) -> Markup {
    let cases = sheet.mkba.under(&sheet.stressor);
    let mut head = vec![voice.head("year")];
    head.extend(
        cases
            .iter()
            .map(|case| strategy_name(voice, &case.strategy)),
    );
    let first = sheet.mkba.policy_date.year();
    let row = |year: usize| {
        let balance = |case: &&Case| {
            if case.balance.is_none() {
                return NOT_KNOWN.to_owned();
            }
            let euro = case.cash.balance(sheet.rate(), 1.0, 1.0, year as f64);
            let grain = grain(case) as f64;
            voice.signed((euro / grain).round() * grain, 0)
        };
        let mut row = vec![(first + year as i32).to_string()];
        row.extend(cases.iter().map(balance));
        row
    };
    let rows: Vec<Vec<String>> = (0..=sheet.mkba.years).map(row).collect();
    voice.data("balance", &voice.text("cumulative"), (&head, &rows))
}

/// Where the discount rate comes from; in its own words where it is none of the base scenario.
fn rate_source(sheet: &Sheet, voice: &Voice) -> String {
    let rate = &sheet.mkba.rate;
    let known = voice.find(&format!("rate-{}", rate.from));
    known.unwrap_or_else(|| rate.rate.source.clone())
}

/// With the total beside the name: at the far end it would fall off a wide table.
fn total_first(mut row: Vec<String>) -> Vec<String> {
    row[1..].rotate_right(1);
    row
}

fn balances(sheet: &Sheet, voice: &Voice) -> Markup {
    let strategies = sheet.mkba.strategies();
    let mut head = vec![voice.text("balance")];
    let stressors = strategies
        .first()
        .map(|(_, cases)| cases.clone())
        .unwrap_or_default();
    head.extend(
        stressors
            .iter()
            .map(|case| stressor_name(voice, &case.stressor)),
    );
    let row = |(name, cases): &(&str, Vec<&Case>)| {
        let mut row = vec![strategy_name(voice, name)];
        row.extend(
            cases
                .iter()
                .map(|case| estimate(voice, case.balance, "euro")),
        );
        row
    };
    let rows: Vec<_> = strategies.iter().map(row).collect();
    table(&voice.text("balances"), &head, &rows)
}

/// Effects as rows, strategies as columns.
fn effects(
    cases: &[&Case],
    voice: &Voice,
    of: impl Fn(&Case) -> &Vec<Effect>,
    caption: &str,
) -> Markup {
    let mut head = vec![voice.text("effect"), voice.text("unit")];
    head.extend(
        cases
            .iter()
            .map(|case| strategy_name(voice, &case.strategy)),
    );
    let Some(first) = cases.first() else {
        return html! { p { (voice.text("no-cases")) } };
    };
    let row = |(at, effect): (usize, &Effect)| {
        let mut row = vec![effect_name(voice, effect), voice.unit(&effect.unit)];
        let cells = cases
            .iter()
            .map(|case| estimate(voice, of(case)[at].difference, &effect.unit));
        row.extend(cells);
        row
    };
    let rows: Vec<_> = of(first).iter().enumerate().map(row).collect();
    table(&voice.text(caption), &head, &rows)
}

fn by_runs(sheet: &Sheet, voice: &Voice) -> Markup {
    let leader = sheet
        .leader()
        .map_or(String::new(), |c| strategy_name(voice, &c.strategy));
    let values = [
        ("strategy", Value::Name(leader)),
        ("replications", Value::Count(sheet.by_runs_replications)),
    ];
    html! {
        h3 { (voice.with("by-runs", &values)) }
        ul { @for found in &sheet.by_runs { li { (in_words(voice, found)) } } }
    }
}

/// One strategy: who pays and gains, items by payer, what has no price, and the years.
fn money(sheet: &Sheet, case: &Case, at: usize, voice: &Voice) -> Markup {
    let grain = grain(case);
    let shown = [("grain", Value::Euro(grain as f64))];
    let name = strategy_name(voice, &case.strategy);
    html! {
        h3 { (name) }
        @if let Some(line) = left_out(sheet, case, voice) { p.meta { (line) } }
        p { (pocket(sheet, case, voice)) }
        @if let Some(returns) = &case.returns { p { (returns_in_words(voice, returns)) } }
        (figure(voice, (&most_moved(sheet, case, voice), &voice.text("parties-sub")),
            &Drawing::Rolls(parties(&sheet.mkba, case, &format!("parties-{at}"), voice)),
            &by_party(sheet, case, at, voice)))
        (table(&voice.with("items-caption", &shown), &total_first(item_head(&sheet.mkba, voice)),
            &item_rows(&sheet.mkba, case, sheet.rate(), grain, voice, |euro| match euro {
                0 => "–".to_owned(),
                euro => voice.signed(euro as f64, 0),
            }).into_iter().map(total_first).collect::<Vec<_>>()))
        details { summary { (voice.text("years-caption")) }
            (table(&voice.text("years-caption"), &year_head(&sheet.mkba, voice),
                &year_rows(&sheet.mkba, case, grain, voice))) }
    }
}

/// Who pays most more, and who saves most.
fn most_moved(sheet: &Sheet, case: &Case, voice: &Voice) -> String {
    let (costs, benefits) = case.parties(sheet.rate(), &sheet.mkba.items);
    let grain = grain(case);
    let most = |euro: &[f64]| {
        let all = euro.iter().copied().enumerate();
        let (payer, euro) = all.max_by(|a, b| a.1.total_cmp(&b.1))?;
        let euro = to_grain(euro, grain);
        (euro > 0.0).then(|| [sheet.mkba.payers[payer].clone(), Value::Euro(euro)])
    };
    let strategy = (
        "strategy",
        Value::Name(strategy_name(voice, &case.strategy)),
    );
    match (most(&costs), most(&benefits)) {
        (Some([payer, cost]), Some([gainer, gain])) => voice.with(
            "parties-most",
            &[
                strategy,
                ("payer", payer),
                ("cost", cost),
                ("gainer", gainer),
                ("gain", gain),
            ],
        ),
        _ => voice.with("parties-none", &[strategy]),
    }
}

/// What each payer pays more and saves, as the drawing shows it.
fn by_party(sheet: &Sheet, case: &Case, at: usize, voice: &Voice) -> Markup {
    let (costs, benefits) = case.parties(sheet.rate(), &sheet.mkba.items);
    let grain = grain(case);
    let write = |euro: f64| voice.number(to_grain(euro, grain), 0);
    let head = ["payer", "pays", "saves"].map(|id| voice.head(id));
    let payers = sheet.mkba.payers.iter().zip(costs.iter().zip(&benefits));
    let rows: Vec<Vec<String>> = payers
        .filter(|(_, (cost, benefit))| *cost + *benefit >= 1.0)
        .map(|(payer, (cost, benefit))| vec![voice.value(payer), write(*cost), write(*benefit)])
        .collect();
    let caption = voice.text("parties-sub");
    voice.data(&format!("parties-{at}"), &caption, (&head, &rows))
}

fn flips(sheet: &Sheet, voice: &Voice) -> Markup {
    let leader = sheet
        .leader()
        .map_or(String::new(), |c| strategy_name(voice, &c.strategy));
    html! {
        p { (voice.with("flips-how", &[("strategy", Value::Name(leader))])) }
        ul { @for line in flips_in_words(voice, &sheet.flips) { li { (line) } } }
    }
}
