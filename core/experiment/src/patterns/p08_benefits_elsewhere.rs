//! Pattern 8: Benefits fall with other parties than costs; a cost-benefit analysis brings gainers (an insurer)
//! to the table.
//!
//! Those who gain are asked with an analysis or without one. The analysis "was a reason to start the
//! talks with the insurers" (5.4.1): that is what is claimed and measured, the tie with the insurer.
//! Whether it then pays, the seed does not say.
//! Two years: as long as it is undecided who goes on paying, and every team is still there.

use super::arm::{Arm, words};
use super::claim::{Claim, during};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, PayerKind, Scenario, StrategyValue};

pub(super) const PATTERN: Pattern = Pattern {
    number: 8,
    id: "benefits-elsewhere",
    title: words(
        "Baten vallen bij anderen dan kosten; een kosten-batenanalyse brengt wie wint aan tafel",
        "Benefits fall with others than costs; a cost-benefit analysis brings gainers to the table",
    ),
    seed: "002 §5.4.1",
    watch: &["insurer"],
    claims,
};

/// The analysis shows who gains, and who pays goes and talks with them.
const BEHIND: &[Mechanism] = &[Mechanism::Evidence, Mechanism::Introductions];

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let insurer = super::asked::payer(world, PayerKind::Insurer)?.id.clone();
    let capturing = |name, measure| {
        Arm::of(world, name)
            .strategy("benefit-capture")
            .with("measure", StrategyValue::Number(measure))
    };
    let blind = capturing(words("zonder analyse", "without an analysis"), 0.0);
    let shown = capturing(words("met MKBA", "with an analysis"), 0.6);
    Ok(vec![
        Claim::more(during(format!("tie.{insurer}"), 0..24), shown, blind).made_by(BEHIND),
    ])
}
