//! What can be said of a strategy without knowing what it does: that it always tells the same story,
//! whatever the order of projects, with or without the others, in one instance or in many.

use crate::testkit::{Run, Town, row};
use crate::{Command, Policy};
use std::fmt::Write as _;
use std::path::Path;

/// The commands of every month, one month a line, for people and for [`assert_golden`].
///
/// # Panics
/// As [`Run::month`].
pub fn story<P: Policy + Clone>(policy: &P, towns: &[Town]) -> String {
    let mut text = String::new();
    for (month, commands) in months(policy, towns).into_iter().enumerate() {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{month}: {commands:?}");
    }
    text
}

/// Holds `text` against the file `golden`. With the environment variable `ZALM_BLESS` set, it is
/// written instead: read what changed before you keep it.
///
/// # Panics
/// When the texts differ, at the first line that does, or the file cannot be read or written.
pub fn assert_golden(text: &str, golden: impl AsRef<Path>) {
    let golden = golden.as_ref();
    let file = golden.display();
    if std::env::var_os("ZALM_BLESS").is_some() {
        write(golden, text);
        return;
    }
    let kept = std::fs::read_to_string(golden)
        .unwrap_or_else(|error| panic!("{file}: {error}; ZALM_BLESS=1 cargo test writes it"));
    for (number, (now, then)) in text.lines().zip(kept.lines()).enumerate() {
        assert_eq!(now, then, "{file}, line {}", number + 1);
    }
    let lengths = [text.lines().count(), kept.lines().count()];
    assert_eq!(lengths[0], lengths[1], "{file} has another number of lines");
}

/// Writes a golden file, and the folder that a first one has not yet.
fn write(golden: &Path, text: &str) {
    let folder = golden.parent();
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    folder
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(golden, text))
        .unwrap_or_else(|error| panic!("{}: {error}", golden.display()));
}

/// Asserts that each project is decided alone as it is among the others.
///
/// Holds for strategies that look at one project at a time; one that weighs projects against each
/// other has no reason to.
///
/// # Panics
/// When it is not.
pub fn assert_chunk_independent<P: Policy + Clone>(policy: &P, towns: &[Town]) {
    let together = months(policy, towns);
    let projects = towns.iter().map(|town| town.projects).max().unwrap_or(0);
    for project in 0..projects {
        let mut alone = towns.to_vec();
        for town in &mut alone {
            town.only = Some(project);
        }
        let alone = months(policy, &alone);
        for (month, (alone, all)) in alone.iter().zip(&together).enumerate() {
            let own = all
                .iter()
                .filter(|command| command.row() >> 32 == u64::from(project));
            let own: Vec<_> = own.cloned().collect();
            assert_eq!(
                *alone, own,
                "month {month}, project {project}: alone, among others"
            );
        }
    }
}

/// Asserts that projects in the opposite order are decided alike: no project comes first by its
/// number. Holds where [`assert_chunk_independent`] does, for strategies that draw nothing.
///
/// # Panics
/// When they are not.
pub fn assert_order_independent<P: Policy + Clone>(policy: &P, towns: &[Town]) {
    let there = months(policy, towns);
    let back = months(policy, &towns.iter().map(turned).collect::<Vec<_>>());
    for (month, town) in towns.iter().enumerate() {
        for project in 0..town.projects {
            let of = |commands: &[Command], project: u32| -> Vec<String> {
                let own = commands
                    .iter()
                    .filter(|one| one.row() >> 32 == u64::from(project));
                // The number of the project is what differs.
                let payer = |one: &Command| {
                    format!("{one:?}").replace(
                        &format!("row: {}", one.row()),
                        &format!("payer: {}", one.row() as u32),
                    )
                };
                own.map(payer).collect()
            };
            let opposite = town.projects - 1 - project;
            assert_eq!(
                of(&there[month], project),
                of(&back[month], opposite),
                "month {month}, project {project}, in this order and in the opposite one"
            );
        }
    }
}

/// Asserts that a fresh instance each month goes on where another stood: what lasts lies in own
/// columns and nowhere else.
///
/// # Panics
/// When it does not.
pub fn assert_state_independent<P: Policy + Clone>(policy: &P, towns: &[Town]) {
    let mut one = Run::new(policy.clone());
    let mut many = Run::new(policy.clone());
    for (month, town) in towns.iter().enumerate() {
        many.policy = policy.clone();
        assert_eq!(
            one.month(town),
            many.month(town),
            "month {month}, with one instance and with a fresh one each month"
        );
    }
}

fn months<P: Policy + Clone>(policy: &P, towns: &[Town]) -> Vec<Vec<Command>> {
    let mut run = Run::new(policy.clone());
    towns.iter().map(|town| run.month(town)).collect()
}

/// The town with its projects in the opposite order.
fn turned(town: &Town) -> Town {
    let mut turned = town.clone();
    let cells = town.cells.iter().map(|((name, at), value)| {
        let (project, payer) = ((at >> 32) as u32, *at as u32);
        ((*name, row(town.projects - 1 - project, payer)), *value)
    });
    turned.cells = cells.collect();
    turned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;
    use std::panic::catch_unwind;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    columns! {
        project: COST;
    }

    own_columns! {
        /// What it keeps.
        KEPT = "kept" ["times"] = 0.0;
    }

    metrics! {
        /// What it measures.
        SEEN = "seen" ["times"] Neither, Sum;
    }

    /// Asks every project's cost, and what its way makes of it.
    #[derive(Clone, Debug, Default)]
    struct Asker {
        way: &'static str,
        asked: Arc<AtomicI64>,
    }

    impl Parameters for Asker {
        const SCHEMA: &'static [crate::ParameterSpec] = &[];

        fn read(_: &crate::Values) -> Result<Self> {
            Ok(Self::default())
        }
    }

    impl Policy for Asker {
        const ABOUT: About = About::unnamed("asker");
        const COLUMNS: &'static [ColumnSpec] = COLUMNS;
        const OWN: &'static [OwnSpec] = OWN;
        const METRICS: &'static [MetricSpec] = METRICS;

        fn step(&self, cx: &mut Context<'_>) -> Result<()> {
            let all: i64 = cx.projects().map(|project| project.get(COST)).sum();
            for project in cx.projects() {
                let more = match self.way {
                    "together" => all / 10,
                    "too much" => project.get(COST) + 1,
                    "by number" => i64::from(project.index()),
                    "remembers" => self.asked.fetch_add(1, Ordering::Relaxed),
                    _ => 0,
                };
                cx.claim(project.row(), Instrument::Fee, project.get(COST) + more, 1);
                if self.way == "keeps nan" {
                    cx.keep(KEPT, project.row(), f64::NAN);
                }
            }
            if self.way == "measures nan" {
                cx.measured(SEEN, f64::NAN);
            }
            Ok(())
        }
    }

    fn towns() -> Vec<Town> {
        let mut town = Town::new(3, &[PayerKind::Fund]);
        for project in 0..3 {
            town.project(project, COST, 100 * i64::from(project + 1));
        }
        vec![town; 3]
    }

    fn asker(way: &'static str) -> Asker {
        let asked = Arc::default();
        Asker { way, asked }
    }

    #[test]
    fn an_honest_strategy_has_all_properties_and_each_other_lacks_its_own() {
        type Property = fn(&Asker, &[Town]);
        let properties: [Property; 3] = [
            assert_chunk_independent,
            assert_order_independent,
            assert_state_independent,
        ];
        let holds = |way| {
            properties.map(|holds| catch_unwind(move || holds(&asker(way), &towns())).is_ok())
        };
        assert_eq!(holds(""), [true, true, true]);
        assert_eq!(holds("together"), [false, true, true]);
        assert_eq!(holds("by number"), [true, false, true]);
        assert!(!holds("remembers")[2]);
    }

    #[test]
    fn what_a_host_refuses_is_refused_here() {
        let passes = |way| catch_unwind(|| Run::new(asker(way)).month(&towns()[0])).is_ok();
        assert!(passes(""));
        for way in ["too much", "keeps nan", "measures nan"] {
            assert!(!passes(way), "{way}");
        }
    }

    #[test]
    fn a_story_is_held_against_its_file() {
        let told = story(&asker(""), &towns());
        assert!(
            told.starts_with("0: [Claim { row: 0, instrument: Fee, "),
            "{told}"
        );
        let folder = std::env::temp_dir().join(format!("zalm-sdk-story-{}", std::process::id()));
        let file = folder.join("tests/story.txt");
        // As with ZALM_BLESS, in a folder without tests/.
        write(&file, &told);
        assert_golden(&told, &file);
        let other = told.replace("100", "101");
        let differs = catch_unwind(|| assert_golden(&other, &file)).is_err();
        std::fs::remove_dir_all(&folder).expect("remove");
        assert!(differs);
    }
}
