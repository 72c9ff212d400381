//! Pattern 14: The same method copied without its coalition does worse than one grown locally.
//!
//! The same money for as long; the copy has the vision and must make its ties from nothing.

use super::arm::{Arm, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 14,
    id: "copied",
    title: words(
        "Dezelfde methode, gekopieerd zonder haar coalitie, doet het slechter dan wie ter plaatse groeide",
        "The same method copied without its coalition does worse than one grown locally",
    ),
    seed: "002 §3.2; 004 nr. 8",
    watch: &[],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let grown = Arm::of(world, words("ter plaatse gegroeid", "grown locally")).lasting_money();
    let copied = grown.alone(words("gekopieerd", "copied"));
    Ok(vec![
        Claim::less(whole("households.stabilised"), copied, grown).made_by(&[Mechanism::Ties]),
    ])
}
