//! Every crate that we build on can be used under a licence that asks no more than ours.

use zalm_tests::metadata;

/// Licences that we accept, by SPDX id.
const ACCEPTED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[test]
fn every_dependency_has_an_accepted_licence() {
    let metadata = metadata(true);
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(
        packages.len() > 50,
        "only {} packages: is this the whole list?",
        packages.len()
    );
    for package in packages {
        let licence = package["license"].as_str().unwrap_or("none named");
        assert!(
            accepts(licence),
            "{} has licence {licence}",
            package["name"]
        );
    }
}

/// Whether an SPDX expression lets us choose accepted licences only. `/` is the old form of OR.
fn accepts(expression: &str) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any(&mut rest) && rest.is_empty()
}

fn any(words: &mut &[&str]) -> bool {
    let mut result = every(words);
    while take(words, "OR") {
        result |= every(words);
    }
    result
}

fn every(words: &mut &[&str]) -> bool {
    let mut result = one(words);
    while take(words, "AND") {
        result &= one(words);
    }
    result
}

fn one(words: &mut &[&str]) -> bool {
    if take(words, "(") {
        let result = any(words);
        return take(words, ")") && result;
    }
    let Some((name, rest)) = words.split_first() else {
        return false;
    };
    *words = rest;
    if !take(words, "WITH") {
        return ACCEPTED.contains(name);
    }
    let Some((exception, rest)) = words.split_first() else {
        return false;
    };
    *words = rest;
    ACCEPTED.contains(&format!("{name} WITH {exception}").as_str())
}

fn take(words: &mut &[&str], word: &str) -> bool {
    let found = words.first() == Some(&word);
    if found {
        *words = &words[1..];
    }
    found
}

#[test]
fn expressions_are_read_as_spdx_reads_them() {
    for good in [
        "MIT",
        "GPL-3.0 OR MIT",
        "Unlicense/MIT",
        "(MIT OR GPL-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
    ] {
        assert!(accepts(good), "{good}");
    }
    for bad in [
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "none named",
        "",
        "(MIT",
        "MIT WITH other-exception",
    ] {
        assert!(!accepts(bad), "{bad}");
    }
}
