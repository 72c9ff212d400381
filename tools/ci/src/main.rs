//! The checks of this repository, the same for people and for CI: `cargo run -p zalm-ci -- all`.
#![forbid(unsafe_code)]

mod advisories;
mod books;
mod browser;
mod check;
mod clippy;
mod contract;
mod digits;
mod elsewhere;
mod faults;
mod fmt;
mod fuzz;
mod instructions;
mod memcheck;
mod program;
mod reference;
mod rustdoc;
mod slurm;
mod test;

use std::process::ExitCode;

use check::Check;

/// Every check, in the order in which `all` runs them: the quick ones first.
const CHECKS: &[Check] = &[
    fmt::CHECK,
    clippy::CHECK,
    elsewhere::CHECK,
    rustdoc::CHECK,
    test::CHECK,
    memcheck::CHECK,
    instructions::CHECK,
    contract::CHECK,
    faults::CHECK,
    slurm::CHECK,
    fuzz::CHECK,
    books::CHECK,
    reference::CHECK,
    advisories::CHECK,
    // Last, as these two build the program optimised.
    browser::CHECK,
    digits::CHECK,
];

/// 0 when all passed, 1 when one failed, 2 for a name that is no check.
fn main() -> ExitCode {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let Some(chosen) = choose(&names) else {
        eprintln!("{}", usage());
        return ExitCode::from(2);
    };
    if check::run_all(&chosen) {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}

/// The checks called `names`; all for `all`; none if a name is unknown or none is given.
fn choose(names: &[String]) -> Option<Vec<&'static Check>> {
    if names == ["all"] {
        return Some(CHECKS.iter().collect());
    }
    let chosen = names
        .iter()
        .map(|name| CHECKS.iter().find(|check| check.name == name));
    chosen
        .collect::<Option<Vec<_>>>()
        .filter(|checks| !checks.is_empty())
}

fn usage() -> String {
    let mut text = "usage: cargo run -p zalm-ci -- all | CHECK...\n".to_owned();
    for check in CHECKS {
        text.push_str(&format!("  {:12} {}\n", check.name, check.about));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn all_is_every_check_and_a_name_is_one() {
        assert_eq!(
            choose(&names(&["all"])).map(|checks| checks.len()),
            Some(CHECKS.len())
        );
        assert_eq!(
            choose(&names(&["test"])).map(|checks| checks[0].name),
            Some("test")
        );
    }

    #[test]
    fn unknown_or_no_name_shows_the_usage() {
        assert!(choose(&names(&["tset"])).is_none());
        assert!(choose(&[]).is_none());
        assert!(usage().contains("clippy"));
    }
}
