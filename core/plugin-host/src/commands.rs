//! From the bytes that a strategy submits to the model's commands; nothing is believed.

use crate::declared::EventDescription;
use zalm_abi::{
    COMMAND_CLAIM, COMMAND_EVENT, COMMAND_FLAG_CLOSES, COMMAND_NOTE, COMMAND_PLAN, COMMAND_SPEND,
    ZalmCommand,
};
use zalm_model::{Command, Effort, Form, Instrument, Told, row_parts};

/// The commands that a strategy can give, with what they ask.
pub const COMMANDS: &[(&str, &str)] = &[
    (
        "claim",
        "ask the row's payer for money: cents a month, months (0 = until it is ended), instrument",
    ),
    (
        "plan",
        "say in which form the row's project is to go on when the running money ends",
    ),
    (
        "spend",
        "spend a share of the leader's month on contact with the row's payer, measurement or sales",
    ),
    ("note", "a line for the event log"),
    (
        "event",
        "an event of a type that the strategy declares, with its values, for the event log",
    ),
];

/// Longest note, bytes.
pub(crate) const TEXT_CAP: usize = 4096;
/// Size of a command's header, bytes.
const HEADER: usize = size_of::<ZalmCommand>();

/// What commands may be about.
pub(crate) struct Subjects<'a> {
    /// Row ids of the month, ascending.
    pub rows: &'a [u64],
    /// The plugin.
    pub plugin: &'a str,
    /// The types of events that it declares.
    pub events: &'a [EventDescription],
}

/// The commands in `bytes`.
///
/// # Errors
/// The first command that is not well formed, with its number, for people.
pub(crate) fn parse(bytes: &[u8], subjects: &Subjects<'_>) -> Result<Vec<Command>, String> {
    let mut commands = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let number = commands.len() + 1;
        let (command, after) =
            next(rest, subjects).map_err(|wrong| format!("command {number} {wrong}"))?;
        commands.push(command);
        rest = after;
    }
    Ok(commands)
}

/// Fields read one after the other, little-endian.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (first, rest) = self
            .0
            .split_first_chunk::<N>()
            .ok_or("is shorter than its kind")?;
        self.0 = rest;
        Ok(*first)
    }

    fn u16(&mut self) -> Result<u16, String> {
        self.take().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Result<u32, String> {
        self.take().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, String> {
        self.take().map(u64::from_le_bytes)
    }
}

fn next<'a>(bytes: &'a [u8], subjects: &Subjects<'_>) -> Result<(Command, &'a [u8]), String> {
    if bytes.len() < HEADER {
        return Err(format!(
            "is cut off: {} bytes are left, a header has {HEADER}",
            bytes.len()
        ));
    }
    let mut header = Fields(bytes);
    let (size, kind) = (header.u32()? as usize, header.u16()?);
    let (flags, row) = (header.u16()?, header.u64()?);
    if size < HEADER || !size.is_multiple_of(8) {
        return Err(format!(
            "says it has {size} bytes; expected a multiple of 8, at least {HEADER}"
        ));
    }
    if size > bytes.len() {
        return Err(format!(
            "says it has {size} bytes, but only {} were given",
            bytes.len()
        ));
    }
    let allowed = if kind == COMMAND_CLAIM {
        COMMAND_FLAG_CLOSES
    } else {
        0
    };
    if flags & !allowed != 0 {
        return Err(format!(
            "has flags {flags:#x}; expected {}",
            if allowed == 0 { "0" } else { "0 or 1" }
        ));
    }
    if subjects.rows.binary_search(&row).is_err() {
        let (project, payer) = row_parts(row);
        return Err(format!(
            "is about project {project} and payer {payer}, which are not there"
        ));
    }
    let (payload, after) = (&bytes[HEADER..size], &bytes[size..]);
    let mut payload = Fields(payload);
    let command = match kind {
        COMMAND_CLAIM => claim(row, flags != 0, &mut payload),
        COMMAND_PLAN => plan(row, &mut payload),
        COMMAND_SPEND => spend(row, &mut payload),
        COMMAND_NOTE => note(row, &mut payload),
        COMMAND_EVENT => event(row, &mut payload, subjects),
        _ => Err(format!("is of kind {kind}; expected 1 to 5")),
    }?;
    if payload.0.is_empty() {
        Ok((command, after))
    } else {
        Err("is longer than its kind".into())
    }
}

fn claim(row: u64, closes: bool, payload: &mut Fields<'_>) -> Result<Command, String> {
    let cents_per_month = payload.u64()?.cast_signed();
    let (months, code) = (payload.u32()?, payload.u32()?);
    let instrument = Instrument::from_code(code.into()).ok_or_else(|| {
        let last = Instrument::ALL.len() - 1;
        format!("(claim) has instrument {code}; expected 0 to {last}")
    })?;
    if cents_per_month <= 0 {
        return Err(format!(
            "(claim) asks {cents_per_month} cents a month; expected more than 0"
        ));
    }
    Ok(Command::Claim {
        row,
        cents_per_month,
        months,
        instrument,
        closes,
    })
}

fn plan(row: u64, payload: &mut Fields<'_>) -> Result<Command, String> {
    let (code, reserved) = (payload.u32()?, payload.u32()?);
    let form = Form::from_code(code.into())
        .filter(|form| *form != Form::Ended)
        .ok_or_else(|| format!("(plan) has form {code}; expected 0 to 4"))?;
    zero(reserved)?;
    Ok(Command::Plan { row, form })
}

fn spend(row: u64, payload: &mut Fields<'_>) -> Result<Command, String> {
    let share = f64::from_bits(payload.u64()?);
    let (code, reserved) = (payload.u32()?, payload.u32()?);
    let effort = Effort::from_code(code.into())
        .ok_or_else(|| format!("(spend) has effort {code}; expected 0 to 2"))?;
    if !(0.0..=1.0).contains(&share) {
        return Err(format!("(spend) has share {share}; expected 0 to 1"));
    }
    zero(reserved)?;
    Ok(Command::Spend { row, effort, share })
}

fn note(row: u64, payload: &mut Fields<'_>) -> Result<Command, String> {
    let (len, reserved) = (payload.u32()? as usize, payload.u32()?);
    zero(reserved)?;
    if len > TEXT_CAP || payload.0.len() != len.next_multiple_of(8) {
        return Err(format!(
            "(note) says it has {len} bytes of text in {}; expected at most {TEXT_CAP}, filled up \
             to a multiple of 8",
            payload.0.len()
        ));
    }
    let text = std::str::from_utf8(&payload.0[..len])
        .map_err(|_| "(note) has a text that is not UTF-8".to_owned())?;
    payload.0 = &[];
    Ok(Command::Note {
        row,
        text: clean(text),
    })
}

fn event(row: u64, payload: &mut Fields<'_>, subjects: &Subjects<'_>) -> Result<Command, String> {
    let (place, len) = (payload.u32()? as usize, payload.u32()? as usize);
    let event = subjects.events.get(place).ok_or_else(|| {
        let count = subjects.events.len();
        format!("(event) is event {place}, counted from 0; the plugin declares {count}")
    })?;
    if len != event.fields.len() {
        return Err(format!(
            "(event {}) has {len} values; the plugin declares {}",
            event.name,
            event.fields.len()
        ));
    }
    let mut values = Vec::new();
    for field in &event.fields {
        let value = f64::from_bits(payload.u64()?);
        if !value.is_finite() {
            return Err(format!(
                "(event {}) has {} {value}; expected a finite number",
                event.name, field.name
            ));
        }
        values.push((field.name.clone(), field.unit.clone(), value));
    }
    let name = format!("{}.{}", subjects.plugin, event.name);
    let told = Told { name, values };
    Ok(Command::Event { row, told })
}

fn zero(reserved: u32) -> Result<(), String> {
    if reserved == 0 {
        Ok(())
    } else {
        Err(format!("has {reserved} in a reserved field"))
    }
}

/// The text without control characters, at most [`TEXT_CAP`] bytes.
pub(crate) fn clean(text: &str) -> String {
    let end = text.floor_char_boundary(TEXT_CAP);
    text[..end]
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Subjects, clean, parse};

    const SUBJECTS: Subjects<'_> = Subjects {
        rows: &[0, 1, 1 << 32],
        plugin: "a",
        events: &[],
    };

    #[test]
    fn no_bytes_are_no_commands() {
        assert_eq!(parse(&[], &SUBJECTS), Ok(vec![]));
    }

    #[test]
    fn random_bytes_are_refused_without_a_panic() {
        let mut state = 1_u64;
        for length in 0..400 {
            let bytes: Vec<u8> = (0..length)
                .map(|_| {
                    state = state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1);
                    // Small numbers, so that sizes and kinds are often nearly right.
                    ((state >> 60) * ((state >> 40) & 3)) as u8
                })
                .collect();
            let _ = parse(&bytes, &SUBJECTS);
        }
    }

    #[test]
    fn control_characters_go_and_long_texts_are_cut() {
        assert_eq!(clean("a\nb\u{1b}[31m"), "a b [31m");
        assert_eq!(clean(&"é".repeat(3000)).len(), 4096);
    }
}
