//! The tables of the analysis: items by payer with exact sums, and the years.

use super::draw::strategy_name;
use super::words::{NOT_KNOWN, Sheet, effect_name, estimate};
use super::{Case, Mkba};
use crate::sheet::csv as to_csv;
use crate::voice::{Value, Voice};
use zalm_model::{CostItem, CostKind};

/// Whole euro to which amounts are rounded: three digits of what chance leaves open, since what a
/// sum does not know its parts may.
pub(super) fn grain(case: &Case) -> i64 {
    let half = case
        .balance
        .and_then(|balance| balance.interval)
        .map_or(0.0, |(low, high)| (high - low) / 2.0);
    let digits = half.max(10.0).log10().floor() as u32;
    10_i64.pow(digits.saturating_sub(2).min(5))
}

/// An amount as it is shown, in whole multiples of a grain.
pub(super) fn to_grain(euro: f64, grain: i64) -> f64 {
    (euro / grain as f64).round() * grain as f64
}

fn item_name(voice: &Voice, item: &CostItem) -> String {
    let domain = item
        .domain
        .map_or(String::new(), |d| voice.value(&Value::domain(d)));
    match item.kind {
        CostKind::Team => voice.text("item-team"),
        CostKind::SiloCare => voice.with("item-silo", &[("domain", Value::Name(domain))]),
        CostKind::Use | CostKind::Crisis => voice
            .find(&format!("item-{}", item.id))
            .unwrap_or_else(|| item.id.clone()),
    }
}

pub(super) fn item_head(mkba: &Mkba, voice: &Voice) -> Vec<String> {
    let mut head = vec![voice.text("item")];
    head.extend(mkba.payers.iter().map(|payer| voice.value(payer)));
    head.push(voice.text("total"));
    head
}

/// Items by payer with exact totals, the balance, and the effects without a price.
pub(super) fn item_rows(
    mkba: &Mkba,
    case: &Case,
    rate: f64,
    grain: i64,
    voice: &Voice,
    write: impl Fn(i64) -> String,
) -> Vec<Vec<String>> {
    let cells = case.cash.rounded(rate, grain);
    let payers = cells.len();
    let line = |name: String, row: Vec<i64>| {
        let total: i64 = row.iter().sum();
        let mut line = vec![name];
        let known = |&euro: &i64| {
            case.balance
                .map_or_else(|| NOT_KNOWN.to_owned(), |_| write(euro))
        };
        line.extend(row.iter().chain([&total]).map(known));
        line
    };
    let mut rows = Vec::new();
    for (at, item) in mkba.items.iter().enumerate() {
        let row: Vec<i64> = (0..payers).map(|payer| cells[payer][at]).collect();
        if row.iter().any(|&euro| euro != 0) {
            rows.push(line(item_name(voice, item), row));
        }
    }
    let costs: Vec<i64> = cells.iter().map(|row| row.iter().sum()).collect();
    let saved = costs.iter().map(|euro| -euro).collect();
    rows.push(line(voice.text("costs-total"), costs));
    rows.push(line(voice.text("balance"), saved));
    for effect in &case.unpriced {
        let mut row = vec![effect_name(voice, effect)];
        row.extend(std::iter::repeat_n(String::new(), payers));
        let change = estimate(voice, effect.difference, &effect.unit);
        row.push(format!("{} ({change})", voice.text("not-priced")));
        rows.push(row);
    }
    rows
}

pub(super) fn year_head(mkba: &Mkba, voice: &Voice) -> Vec<String> {
    let first = mkba.policy_date.year();
    let mut head = vec![voice.text("payer")];
    head.extend((0..mkba.years).map(|year| (first + year as i32).to_string()));
    head
}

/// Nominal differences per payer and year.
pub(super) fn year_rows(mkba: &Mkba, case: &Case, grain: i64, voice: &Voice) -> Vec<Vec<String>> {
    let row = |(payer, name): (usize, &Value)| {
        let year = |year: usize| {
            if year >= case.cash.years() {
                return NOT_KNOWN.to_owned();
            }
            let all = (0..mkba.items.len()).map(|item| case.cash.cell(year, payer, item));
            let euro = to_grain(all.sum(), grain);
            voice.signed(euro, 0)
        };
        let mut row = vec![voice.value(name)];
        row.extend((0..mkba.years).map(year));
        row
    };
    mkba.payers.iter().enumerate().map(row).collect()
}

/// Items by payer of every strategy, whole euro, with exact totals.
pub fn csv(sheet: &Sheet, voice: &Voice) -> String {
    let mut head = vec![voice.text("strategy")];
    head.extend(item_head(&sheet.mkba, voice));
    let mut lines = vec![head];
    for case in sheet.mkba.under(&sheet.stressor) {
        let whole = |euro: i64| euro.to_string();
        for row in item_rows(&sheet.mkba, case, sheet.rate(), 1, voice, whole) {
            let mut line = vec![strategy_name(voice, &case.strategy)];
            line.extend(row);
            lines.push(line);
        }
    }
    to_csv(&lines, voice.lang)
}
