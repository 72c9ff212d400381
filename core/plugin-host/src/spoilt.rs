//! Readers of what comes from a strategy or its process, for the tests that spoil it.
//!
//! No part of zalm uses this, and it keeps no promise to anybody else.

use crate::commands::{Subjects, parse};
use crate::declared::{EventDescription, FieldDescription};
use zalm_model::Command;

/// Rows that the commands may be about.
pub const ROWS: [u64; 3] = [0, 1, 1 << 32];

/// The commands in `bytes` of a strategy that declares one event, `done`, with two values.
///
/// # Errors
/// The first command that is not well formed, for people.
pub fn commands(bytes: &[u8]) -> Result<Vec<Command>, String> {
    let field = |name: &str| FieldDescription {
        name: name.to_owned(),
        unit: String::new(),
    };
    let done = EventDescription {
        name: "done".to_owned(),
        fields: vec![field("n"), field("share")],
        doc: String::new(),
    };
    let subjects = Subjects {
        rows: &ROWS,
        plugin: "spoilt",
        events: &[done],
    };
    parse(bytes, &subjects)
}

/// What a process of a strategy with one own column sent in answer to a step: its commands.
///
/// # Errors
/// What it sent cannot be understood.
#[cfg(unix)]
pub fn answered(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    use crate::isolated::{answer_on, read_answer};
    let mut received = answer_on(&mut Sent(bytes), Some(&Draws))?;
    let (_, answer) = read_answer(&mut received)?;
    received.floats()?;
    Ok(answer.commands)
}

/// A line on which these bytes came; what is sent back is not looked at.
#[cfg(unix)]
struct Sent<'a>(&'a [u8]);

#[cfg(unix)]
impl std::io::Read for Sent<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(into)
    }
}

#[cfg(unix)]
impl std::io::Write for Sent<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(unix)]
struct Draws;

#[cfg(unix)]
impl zalm_model::StrategyRandom for Draws {
    fn bits(&self, stream: u32, id: u64, draw: u32) -> u64 {
        id ^ (u64::from(stream) << 32) ^ u64::from(draw)
    }
}
