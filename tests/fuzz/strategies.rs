//! What strategies give: commands, messages of those in processes of their own, libraries.

use super::{cases, corpus, read, spoil};
use std::collections::HashSet;
use std::fs;
use std::mem::discriminant;
use zalm_model::Command;
use zalm_plugin_host::{COMMANDS, SearchPath, file_name, find, id_of, spoilt};
use zalm_tests::{run, scratch, zalm};

/// First bytes of a manifest in a library.
const MANIFEST: &[u8] = b"ZALMMF01";

/// Whatever the bytes are: what is taken for a command is one that the model can be asked.
fn commands_are_sound(bytes: &[u8]) {
    for command in spoilt::commands(bytes).unwrap_or_default() {
        let row = match &command {
            Command::Claim {
                row,
                cents_per_month,
                ..
            } => {
                assert!(*cents_per_month > 0, "{command:?}");
                row
            }
            Command::Plan { row, .. } => row,
            Command::Spend { row, share, .. } => {
                assert!((0.0..=1.0).contains(share), "{command:?}");
                row
            }
            Command::Note { row, text } => {
                assert!(!text.contains(char::is_control), "{command:?}");
                row
            }
            Command::Event { row, told } => {
                assert!(told.values.iter().all(|(_, _, value)| value.is_finite()));
                row
            }
        };
        assert!(spoilt::ROWS.contains(row), "{command:?}");
    }
}

/// Buffers with a command of each kind, and one with several of them; all of them good.
fn good_commands() -> Vec<Vec<u8>> {
    let buffers = corpus("commands");
    let all = buffers.iter();
    let all = all.flat_map(|bytes| spoilt::commands(bytes).expect("a good buffer"));
    let kinds: HashSet<_> = all.map(|command| discriminant(&command)).collect();
    assert_eq!(
        kinds.len(),
        COMMANDS.len(),
        "a kind of command is not there"
    );
    buffers
}

#[test]
fn commands_of_which_one_byte_is_another() {
    let mut refused = 0;
    for buffer in good_commands() {
        for at in 0..buffer.len() {
            commands_are_sound(&buffer[..at]);
            for byte in 0..=u8::MAX {
                let mut bytes = buffer.clone();
                bytes[at] = byte;
                commands_are_sound(&bytes);
                refused += u32::from(spoilt::commands(&bytes).is_err());
            }
        }
    }
    assert!(refused > 1000, "only {refused} were refused");
}

#[test]
fn commands() {
    spoil(&good_commands(), cases(2000, 1), |_, bytes| {
        commands_are_sound(bytes);
    });
}

#[cfg(unix)]
#[test]
fn messages_of_isolated_strategies() {
    let originals = corpus("messages");
    for bytes in &originals {
        spoilt::answered(bytes).expect("a good message");
        for at in 0..bytes.len() {
            assert!(spoilt::answered(&bytes[..at]).is_err(), "cut off at {at}");
        }
    }
    spoil(&originals, cases(2000, 1), |_, bytes| {
        if let Ok(commands) = spoilt::answered(bytes) {
            commands_are_sound(&commands);
        }
    });
}

/// The bytes of a real library, and where its manifest is, up to its end.
fn library() -> (Vec<u8>, std::ops::Range<usize>) {
    let library = find("idle", &SearchPath::new(&[])).expect("the library idle");
    let whole = read(&library.file);
    let is_there = |at: &usize| whole[*at..].starts_with(MANIFEST) && whole[at + 8] == b'{';
    let start = (0..whole.len() - 9).find(is_there).expect("a manifest") + MANIFEST.len();
    let length = whole[start..]
        .iter()
        .position(|byte| b"\n\0".contains(byte));
    let end = start + length.expect("an end");
    (whole, start..end)
}

#[test]
fn manifests() {
    let (whole, place) = library();
    let scratch = scratch();
    let file = scratch.path().join("libidle.so");
    let mut originals = corpus("manifest");
    originals.push(whole[place.clone()].to_owned());
    let named = |_, text: &[u8]| {
        let mut bytes = whole.clone();
        let text = &text[..text.len().min(place.len())];
        bytes[place.clone()].fill(0);
        bytes[place.start..place.start + text.len()].copy_from_slice(text);
        fs::write(&file, bytes).expect("a file");
        // What is believed says where the strategy begins.
        let believed = id_of(&file).is_ok();
        assert!(!believed || String::from_utf8_lossy(text).contains("zalm_plugin_entry_v1"));
        believed
    };
    let good: Vec<bool> = originals.iter().map(|text| named(0, text)).collect();
    assert!(good.contains(&true) && good.contains(&false), "{good:?}");
    spoil(&originals, cases(150, 20), |which, text| {
        named(which, text);
    });
}

#[test]
fn libraries_where_they_say_what_they_hold() {
    let (whole, _) = library();
    let parts = [0..4096, whole.len() - 4096..whole.len()];
    let originals = parts.clone().map(|part| whole[part].to_owned());
    let scratch = scratch();
    let file = scratch.path().join("libidle.so");
    spoil(&originals, cases(150, 20), |which, bytes| {
        let (start, end) = (parts[which].start, parts[which].end);
        let spoilt = [&whole[..start], bytes, &whole[end..]].concat();
        fs::write(&file, spoilt).expect("a file");
        let _ = id_of(&file);
    });
}

/// Loaded by the program, which tries them in a process of their own first: whatever their code
/// does there, the program shows them or refuses them.
#[test]
fn libraries_that_are_loaded() {
    const PARTS: usize = 16;
    let (whole, _) = library();
    let length = whole.len().div_ceil(PARTS);
    let originals: Vec<Vec<u8>> = whole.chunks(length).map(<[u8]>::to_vec).collect();
    let scratch = scratch();
    let file = scratch.path().join(file_name("idle"));
    let shown = |bytes: &[u8]| {
        fs::write(&file, bytes).expect("a file");
        let said = run(zalm().args(["plugin", "info"]).arg(&file));
        match said.status.code() {
            Some(0) => true,
            Some(4) => false,
            _ => panic!("{said:?}"),
        }
    };
    assert!(shown(&whole), "a good one is shown");
    assert!(!shown(&whole[..length]), "a part of one is refused");
    spoil(&originals, cases(30, 10), |which, bytes| {
        let mut spoilt = whole.clone();
        // What lies behind stays where it is, so that most of it can be loaded.
        let part = spoilt[which * length..].iter_mut().take(length);
        part.zip(bytes).for_each(|(old, new)| *old = *new);
        shown(&spoilt);
    });
}
