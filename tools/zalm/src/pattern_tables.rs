//! What was found about the patterns, as the report tables have it.

use crate::language::told;
use zalm_experiment::patterns::{
    Arm, Expected, Findings, Found, FoundClaim, Inquiry, Path, Unasked, VANISHED, Words,
};
use zalm_model::{MetricSpec, metrics};
use zalm_report::{self as report, Estimate, Lang};
use zalm_statistics::Paired;

/// The table in a language.
pub fn table(inquiry: &Inquiry, findings: &Findings, lang: Lang) -> report::PatternsInput {
    let world = inquiry.world;
    let metrics = metrics(world);
    let payer = |payer: &zalm_scenario::Payer| report::PayerInfo {
        id: payer.id.clone(),
        name_nl: payer.name_nl.clone(),
        name_en: payer.name_en.clone(),
    };
    let month = |index: u32| world.start.plus(index.cast_signed()).to_string();
    report::PatternsInput {
        title: told(&world.title, lang),
        replications: inquiry.replications,
        draws: inquiry.draws,
        draw_replications: inquiry.draw_replications,
        seed: world.seed,
        vanished: VANISHED,
        payers: world.payers.iter().map(payer).collect(),
        patterns: findings
            .patterns
            .iter()
            .map(|found| pattern(found, &metrics, &month, lang))
            .collect(),
    }
}

fn pattern(
    found: &Found,
    metrics: &[MetricSpec],
    month: &dyn Fn(u32) -> String,
    lang: Lang,
) -> report::PatternInput {
    let (claims, not_asked) = match &found.claims {
        Ok(claims) => (
            claims.iter().map(|one| claim(one, metrics, lang)).collect(),
            None,
        ),
        Err(Unasked::World(why)) => (Vec::new(), Some(said(*why, lang))),
        Err(Unasked::Strategy { plugin, why }) => (Vec::new(), Some(format!("{plugin}: {why}"))),
    };
    let first = found.claims.as_ref().ok().and_then(|claims| claims.first());
    let path = found.path.as_ref().zip(first);
    report::PatternInput {
        number: found.pattern.number,
        title: said(found.pattern.title, lang),
        seed: found.pattern.seed.to_owned(),
        verdict: found.verdict().map(|verdict| verdict.name().to_owned()),
        not_asked,
        claims,
        path: path.map(|(path, first)| path_input(path, first, month, lang)),
    }
}

fn claim(found: &FoundClaim, metrics: &[MetricSpec], lang: Lang) -> report::ClaimInput {
    let claim = &found.claim;
    let name = |arm: &Arm| said(arm.name, lang);
    let metric = metrics.iter().find(|one| one.name == claim.measure.metric);
    report::ClaimInput {
        first: name(&claim.first),
        second: name(&claim.second),
        beside: claim
            .beside
            .as_ref()
            .map(|(first, second)| (name(first), name(second))),
        metric: metric.map(|one| report::MetricInfo {
            name: one.name.clone(),
            unit: one.unit.to_owned(),
            better: report::Direction::Neither,
            doc: one.doc.clone(),
            key: false,
            role: report::Role::default(),
        }),
        months: claim
            .measure
            .months
            .as_ref()
            .map(|months| (months.start, months.end)),
        off: claim.off.iter().map(|one| format!("{one:?}")).collect(),
        more: claim.expected == Expected::More,
        effect: found.effect.as_ref().map(estimate),
        counter: found.counter.as_ref().map(estimate),
        difference: found.difference.as_ref().map(estimate),
        share: found.share.map(|share| Estimate {
            mean: f64::from(share.hits) / f64::from(share.draws),
            interval: Some(share.interval),
        }),
        verdict: found.verdict.name().to_owned(),
    }
}

fn path_input(
    path: &Path,
    claim: &FoundClaim,
    month: &dyn Fn(u32) -> String,
    lang: Lang,
) -> report::PathInput {
    let arm = |first: bool| {
        let claim = &claim.claim;
        said(
            if first {
                claim.first.name
            } else {
                claim.second.name
            },
            lang,
        )
    };
    report::PathInput {
        replication: path.replication,
        lines: path
            .lines
            .iter()
            .map(|line| (month(line.month), arm(line.first), line.text.clone()))
            .collect(),
        half: path.half.map(month),
    }
}

fn estimate(paired: &Paired) -> Estimate {
    Estimate {
        mean: paired.mean,
        interval: paired.interval,
    }
}

fn said(words: Words, lang: Lang) -> String {
    match lang {
        Lang::Nl => words.nl,
        Lang::En => words.en,
    }
    .to_owned()
}
