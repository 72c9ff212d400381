//! Texts and files that a person, a disk or an enemy has spoilt: random edits of good ones.

use proptest::prelude::*;

/// What makes readers stumble: limits, brackets, quotes, what is no number, what is no UTF-8.
const TOKENS: [&[u8]; 28] = [
    b"(",
    b")",
    b"[",
    b"]",
    b"{",
    b"}",
    b"\"",
    b"'",
    b",",
    b":",
    b"..",
    b"/*",
    b"//",
    b"r#\"",
    b"\\u{",
    b"-0.0",
    b"1e999",
    b"NaN",
    b"inf",
    b"9223372036854775808",
    b"-1",
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\r",
    b"((((((((((((((((((((((((((((((((",
    b";;;;",
    b"18446744073709551615",
];

/// One edit; places are shares of the length, in 65536ths.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Turns a bit.
    Flip(u16, u8),
    /// Removes some bytes.
    Cut(u16, u16),
    /// Ends it there.
    End(u16),
    /// Copies some bytes to another place.
    Copy(u16, u16, u16),
    /// Inserts what makes readers stumble.
    Insert(u16, usize),
    /// Overwrites with what makes readers stumble.
    Over(u16, usize),
    /// Overwrites four bytes: a length, an offset.
    Number(u16, u32),
}

/// Some edits.
pub fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let length = 0..200_u16;
    let token = 0..TOKENS.len();
    let number = prop_oneof![any::<u32>(), 0..70_u32, Just(u32::MAX), Just(u32::MAX / 2)];
    let edit = prop_oneof![
        (any::<u16>(), 0..8_u8).prop_map(|(at, bit)| Edit::Flip(at, bit)),
        (any::<u16>(), length.clone()).prop_map(|(at, length)| Edit::Cut(at, length)),
        any::<u16>().prop_map(Edit::End),
        (any::<u16>(), length, any::<u16>()).prop_map(|(from, n, to)| Edit::Copy(from, n, to)),
        (any::<u16>(), token.clone()).prop_map(|(at, token)| Edit::Insert(at, token)),
        (any::<u16>(), token).prop_map(|(at, token)| Edit::Over(at, token)),
        (any::<u16>(), number).prop_map(|(at, number)| Edit::Number(at, number)),
    ];
    proptest::collection::vec(edit, 1..6)
}

/// The bytes after the edits, one after the other.
pub fn edited(original: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut bytes = original.to_owned();
    for edit in edits {
        let place = |at: u16| usize::from(at) * (bytes.len() + 1) / 65_536;
        let end = |from: usize, length: u16| bytes.len().min(from + usize::from(length));
        match *edit {
            Edit::Flip(at, bit) => {
                let at = place(at);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            Edit::Cut(at, length) => drop(bytes.drain(place(at)..end(place(at), length))),
            Edit::End(at) => bytes.truncate(place(at)),
            Edit::Copy(from, length, to) => {
                let (from, to) = (place(from), place(to));
                let part = bytes[from..end(from, length)].to_owned();
                drop(bytes.splice(to..to, part));
            }
            Edit::Insert(at, token) => {
                let at = place(at);
                drop(bytes.splice(at..at, TOKENS[token].iter().copied()));
            }
            Edit::Over(at, token) => over(&mut bytes, at, TOKENS[token]),
            Edit::Number(at, number) => over(&mut bytes, at, &number.to_le_bytes()),
        }
    }
    bytes
}

fn over(bytes: &mut [u8], at: u16, with: &[u8]) {
    let at = usize::from(at) * (bytes.len() + 1) / 65_536;
    for (byte, with) in bytes[at..].iter_mut().zip(with) {
        *byte = *with;
    }
}
