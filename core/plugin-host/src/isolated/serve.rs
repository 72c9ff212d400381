//! The other end of the line: the process of a library.

use super::{CHANGED, CREATE, DONE, DRAW, END, LOADED, REFUSED};
use crate::desk::Answer;
use crate::library::Library;
use crate::native::Native;
use crate::own::Scratch;
use crate::search::Found;
use crate::wire::{Message, Received, garbled};
use std::cell::RefCell;
use std::io::{Error, Result};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use zalm_abi::ZalmStatus;
use zalm_model::StrategyRandom;

/// Says over `socket` how loading `file` went, whose bytes are to have this SHA-256, and
/// serves runs of it until the program hangs up.
///
/// # Errors
/// When the line is broken.
pub fn serve(socket: &Path, file: &Path, sha256: &str) -> std::result::Result<(), String> {
    let told = |error: Error| error.to_string();
    let mut line = UnixStream::connect(socket).map_err(told)?;
    let found = Found::read(file);
    let loaded = (found.sha256 == sha256).then(|| found.load());
    let first = Message::new(DONE);
    let first = match &loaded {
        Some(Ok(_)) => first.number(LOADED),
        // What is refused never comes into the program: what of it ran may only show when that ends.
        Some(Err(refusal)) => first
            .number(REFUSED)
            .bytes(refusal.code.name().as_bytes())
            .bytes(refusal.message.as_bytes()),
        None => first.number(CHANGED),
    };
    first.send(&mut line).map_err(told)?;
    let Some(Ok(library)) = loaded else {
        return Ok(());
    };
    let mut run = None;
    let line = RefCell::new(line);
    loop {
        let Ok(received) = Received::next(&mut *line.borrow_mut()) else {
            // The program has no more runs.
            return Ok(());
        };
        answer(received, &library, &mut run, &line).map_err(told)?;
    }
}

fn answer(
    mut asked: Received,
    library: &Arc<Library>,
    run: &mut Option<Native>,
    line: &RefCell<UnixStream>,
) -> Result<()> {
    let done = Message::new(DONE);
    let message = if asked.tag() == CREATE {
        let (made, status, answer) = Native::create(Arc::clone(library), &asked.text()?);
        *run = made;
        write_answer(done.number(run.is_some().into()), status, &answer)
    } else if asked.tag() == END {
        *run = None;
        done
    } else {
        let view = asked.view(&library.columns)?;
        let own = &library.description.own;
        let columns = own.iter().map(|_| asked.floats()).collect::<Result<_>>()?;
        let mut scratch = Scratch::of(columns);
        let native = run.as_mut().ok_or_else(garbled)?;
        let (status, answer) = native.step_with(&view, &mut scratch, &Far(line), |_, _| ());
        let message = write_answer(done, status, &answer);
        scratch
            .after()
            .iter()
            .fold(message, |message, column| message.floats(column))
    };
    message.send(&mut *line.borrow_mut())
}

/// Random numbers are drawn by the program.
struct Far<'a>(&'a RefCell<UnixStream>);

impl StrategyRandom for Far<'_> {
    fn bits(&self, stream: u32, id: u64, draw: u32) -> u64 {
        let mut line = self.0.borrow_mut();
        let asked = Message::new(DRAW)
            .number(stream.into())
            .number(draw.into())
            .number(id);
        let drawn = asked
            .send(&mut *line)
            .and_then(|()| Received::next(&mut *line)?.number());
        // Without the program the run is over: what is drawn does not matter any more.
        drawn.unwrap_or_else(|_| std::process::exit(1))
    }
}

fn write_answer(message: Message, status: ZalmStatus, answer: &Answer) -> Message {
    let message = message
        .number(u64::from(status.cast_unsigned()))
        .bytes(answer.error.as_bytes())
        .bytes(&answer.commands)
        .numbers(answer.metrics.keys().map(|metric| u64::from(*metric)))
        .numbers(answer.metrics.values().map(|sum| sum.to_bits()))
        .number(answer.log.len() as u64);
    answer.log.iter().fold(message, |message, (level, text)| {
        message.number(*level as u64).bytes(text.as_bytes())
    })
}
