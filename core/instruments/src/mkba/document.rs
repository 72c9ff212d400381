//! The analysis as a document for programs.

use super::words::{Sheet, flips_in_words, in_words};
use super::{BreakEven, Case, Effect, Estimate, Flips};
use crate::sheet::document;
use crate::voice::Voice;
use serde::Serialize;

/// Version of the document.
const SCHEMA: &str = "zalm.mkba/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    title: String,
    place: &'a str,
    null_alternative: &'a str,
    years: usize,
    discount_rate: f64,
    discount_source: &'a str,
    replications: usize,
    cases: Vec<CaseOut<'a>>,
    break_even_by_runs: Vec<BreakEvenOut>,
    /// Absent where nobody looked, or where the balance itself is not clear.
    flips: Option<Vec<String>>,
    flips_words: Vec<String>,
    command: &'a str,
}

#[derive(Serialize)]
struct CaseOut<'a> {
    strategy: &'a str,
    stressor: &'a str,
    /// Replications of which both runs went to the end.
    pairs: usize,
    balance_euro: Option<EstimateOut>,
    ratio: Option<f64>,
    internal_rates: Option<&'a [f64]>,
    /// Rate and balance in euro.
    balance_at_rates: Option<Vec<(f64, EstimateOut)>>,
    wrong_pocket: Option<f64>,
    effects: Vec<EffectOut<'a>>,
    not_priced: Vec<EffectOut<'a>>,
    break_even: Vec<BreakEvenOut>,
    items: Vec<&'a str>,
    payers: Vec<String>,
    extra_cost_euro: Option<Vec<Vec<i64>>>,
}

#[derive(Serialize)]
struct EstimateOut {
    mean: f64,
    interval: Option<(f64, f64)>,
}

#[derive(Serialize)]
struct EffectOut<'a> {
    metric: &'a str,
    unit: &'a str,
    difference: Option<EstimateOut>,
}

#[derive(Serialize)]
struct BreakEvenOut {
    along: String,
    now: f64,
    range: (f64, f64),
    crossings: Vec<(f64, bool)>,
    intervals: Vec<(f64, f64)>,
    words: String,
}

fn estimate_out(estimate: Estimate) -> EstimateOut {
    let Estimate { mean, interval } = estimate;
    EstimateOut { mean, interval }
}

fn break_even_out(voice: &Voice, found: &BreakEven) -> BreakEvenOut {
    BreakEvenOut {
        along: found.along.clone(),
        now: found.now,
        range: found.range,
        crossings: found.turns.iter().map(|c| (c.at, c.rises)).collect(),
        intervals: found.turns.iter().map(|c| c.interval).collect(),
        words: in_words(voice, found),
    }
}

fn effect_out(effect: &Effect) -> EffectOut<'_> {
    EffectOut {
        metric: &effect.metric,
        unit: &effect.unit,
        difference: effect.difference.map(estimate_out),
    }
}

fn case_out<'a>(sheet: &'a Sheet, case: &'a Case, voice: &Voice) -> CaseOut<'a> {
    let mkba = &sheet.mkba;
    let turns = case.break_even.iter();
    let returns = case.returns.as_ref();
    CaseOut {
        strategy: &case.strategy,
        stressor: &case.stressor,
        pairs: case.cash.pairs(),
        balance_euro: case.balance.map(estimate_out),
        ratio: returns.and_then(|returns| returns.ratio),
        internal_rates: returns.map(|returns| &returns.internal[..]),
        balance_at_rates: returns.map(|returns| {
            let at = |&(rate, euro): &(f64, Estimate)| (rate, estimate_out(euro));
            returns.balances.iter().map(at).collect()
        }),
        wrong_pocket: case.wrong_pocket(sheet.rate(), &mkba.items),
        effects: case.effects.iter().map(effect_out).collect(),
        not_priced: case.unpriced.iter().map(effect_out).collect(),
        break_even: turns.map(|found| break_even_out(voice, found)).collect(),
        items: mkba.items.iter().map(|item| item.id.as_str()).collect(),
        payers: mkba.payers.iter().map(|payer| voice.value(payer)).collect(),
        extra_cost_euro: case.balance.map(|_| case.cash.rounded(sheet.rate(), 1)),
    }
}

/// The analysis for programs; sentences are in the language of the voice.
pub fn json(sheet: &Sheet, voice: &Voice) -> String {
    let mkba = &sheet.mkba;
    let words = flips_in_words(voice, &sheet.flips);
    let (found, some) = match &sheet.flips {
        Flips::Found(flips) => (true, !flips.is_empty()),
        Flips::NotSought | Flips::Unclear => (false, false),
    };
    document(&Document {
        schema: SCHEMA,
        title: voice.value(&mkba.title),
        place: &mkba.place,
        null_alternative: &mkba.null,
        years: mkba.years,
        discount_rate: sheet.rate(),
        discount_source: &mkba.rate.rate.source,
        replications: mkba.replications,
        cases: mkba
            .cases
            .iter()
            .map(|case| case_out(sheet, case, voice))
            .collect(),
        break_even_by_runs: sheet
            .by_runs
            .iter()
            .map(|b| break_even_out(voice, b))
            .collect(),
        flips: found.then(|| if some { words.clone() } else { Vec::new() }),
        flips_words: words,
        command: &sheet.command,
    })
}
