//! The manifest: joined at compile time, so that it lies in a link section and can be read without
//! loading the library.

use crate::About;

/// The pieces of a manifest; `crate_name` is that of the library, `formerly` the ids that it had.
pub const fn pieces(
    about: About,
    formerly: &'static str,
    crate_name: &'static str,
) -> [&'static str; PIECES] {
    [
        "ZALMMF01{\"id\":\"",
        about.id,
        "\",\"version\":\"",
        about.version,
        "\",\"formerly\":\"",
        formerly,
        "\",\"abi\":[",
        ABI_MAJOR,
        ",",
        ABI_MINOR,
        "],\"min_host_minor\":0,\"panic\":\"unwind\",\"entry\":\"zalm_plugin_entry_v1_",
        crate_name,
        "\",\"lib\":\"",
        crate_name,
        "\",\"sdk\":\"",
        env!("CARGO_PKG_VERSION"),
        "\",\"rustc\":\"",
        env!("ZALM_RUSTC"),
        "\",\"target\":\"",
        env!("ZALM_TARGET"),
        "\",\"profile\":\"",
        env!("ZALM_PROFILE"),
        "\",\"capabilities\":[\"policy\"]}\n",
    ]
}

/// How many pieces a manifest has.
pub const PIECES: usize = 23;

const ABI_MAJOR: &str = digit(zalm_abi::ABI_MAJOR);
const ABI_MINOR: &str = digit(zalm_abi::ABI_MINOR);

/// A version number as text; one digit is enough for a while.
const fn digit(number: u16) -> &'static str {
    let digits = "0123456789";
    let (_, from) = digits.split_at(number as usize);
    from.split_at(1).0
}

/// Length of all pieces, bytes.
pub const fn length(pieces: &[&str]) -> usize {
    let mut sum = 0;
    let mut i = 0;
    while i < pieces.len() {
        sum += pieces[i].len();
        i += 1;
    }
    sum
}

/// The pieces as one array of `N` = [`length`] bytes.
pub const fn join<const N: usize>(pieces: &[&str]) -> [u8; N] {
    let mut out = [0; N];
    let mut at = 0;
    let mut i = 0;
    while i < pieces.len() {
        let bytes = pieces[i].as_bytes();
        let mut b = 0;
        while b < bytes.len() {
            out[at] = bytes[b];
            at += 1;
            b += 1;
        }
        i += 1;
    }
    out
}

/// Stops the build when id or version could not stand in a file name or in JSON.
pub const fn check(about: About, formerly: &str) {
    assert!(!about.id.is_empty(), "the id of a strategy is empty");
    letters(about.id, b'-');
    letters(formerly, b' ');
    let version = about.version.as_bytes();
    let mut i = 0;
    while i < version.len() {
        assert!(
            version[i].is_ascii_alphanumeric() || matches!(version[i], b'.' | b'-' | b'+'),
            "the version of a strategy is major.minor.patch"
        );
        i += 1;
    }
}

/// Stops the build at another letter than an id has, and `also`.
const fn letters(text: &str, also: u8) {
    let text = text.as_bytes();
    let mut i = 0;
    while i < text.len() {
        assert!(
            text[i].is_ascii_lowercase()
                || text[i].is_ascii_digit()
                || text[i] == b'-'
                || text[i] == also,
            "the id of a strategy has lower-case letters, digits and '-' only"
        );
        i += 1;
    }
}
