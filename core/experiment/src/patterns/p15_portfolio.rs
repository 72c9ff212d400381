//! Pattern 15: A coherent portfolio beats the same number of loose projects.
//!
//! Three projects with lasting money, linked or loose.

use super::arm::{Arm, set, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Project, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 15,
    id: "portfolio",
    title: words(
        "Een samenhangend portfolio doet meer dan evenveel losse projecten",
        "A coherent portfolio does more than as many loose projects",
    ),
    seed: "000",
    watch: &[],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let three = |name, coherence| {
        Arm::of(world, name)
            .change(divided)
            .lasting_money()
            .parameter("governance.coherence", coherence)
    };
    let linked = three(words("samenhang", "linked"), 0.9);
    let loose = three(words("los", "loose"), 0.1);
    Ok(vec![
        Claim::more(
            whole("households.stabilised"),
            linked.clone(),
            loose.clone(),
        )
        .made_by(&[Mechanism::Portfolio]),
        Claim::less(whole("care.professionals"), linked, loose).made_by(&[Mechanism::Portfolio]),
    ])
}

/// At least three projects: a world with fewer has its first one divided.
fn divided(world: &mut Scenario) {
    let missing = 3_usize.saturating_sub(world.projects.len());
    let mut first = world.projects[0].clone();
    let workers = first.workers.value / (missing + 1) as f64;
    set(&mut first.workers, workers.max(1.0).round());
    world.projects[0] = first.clone();
    for number in 0..missing {
        world.projects.push(Project {
            id: format!("{}-{}", first.id, number + 2),
            ..first.clone()
        });
    }
}
