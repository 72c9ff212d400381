//! What a library says of itself: file, manifest, interfaces, schema.

use super::{Outcome, Subject, Verdict, pass};
use crate::description::Description;
use object::Object as _;
use std::collections::BTreeSet;
use zalm_abi::ZalmStr;
use zalm_model::COLUMNS;

pub(super) fn file(subject: &Subject) -> Outcome {
    let object = object::File::parse(&*subject.bytes).map_err(|error| error.to_string())?;
    let exports = object.exports().map_err(|error| error.to_string())?;
    let names: Vec<String> = exports
        .filter_map(Result::ok)
        .filter_map(|export| match export.name() {
            object::NameOrOrdinal::Name(name) => Some(String::from_utf8_lossy(name).into_owned()),
            object::NameOrOrdinal::Ordinal(_) => None,
        })
        .collect();
    let entry = |name: &&String| name.trim_start_matches('_') == subject.library.manifest.entry;
    match names.iter().filter(entry).count() {
        1 if names.len() == 1 => pass(format!("exports {} only", names[0])),
        1 => {
            let others: Vec<&str> = names
                .iter()
                .filter(|n| !entry(n))
                .map(String::as_str)
                .collect();
            Ok(Verdict::Warn(format!(
                "exports {} more than its entry: {}; hide them, or another library may take them \
                 for its own",
                others.len(),
                others[..others.len().min(5)].join(", ")
            )))
        }
        count => Err(format!("exports {count} entries; expected one")),
    }
}

pub(super) fn manifest(subject: &Subject) -> Outcome {
    let manifest = &subject.library.manifest;
    let description = &subject.library.description;
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if manifest.id.is_empty() || !manifest.id.chars().all(letters) {
        return Err(format!(
            "its id {:?} has other than lower-case letters, digits and '-'",
            manifest.id
        ));
    }
    let release = manifest
        .version
        .split(['-', '+'])
        .next()
        .unwrap_or_default();
    let numbers: Vec<&str> = release.split('.').collect();
    if numbers.len() != 3 || numbers.iter().any(|part| part.parse::<u32>().is_err()) {
        return Err(format!(
            "its version {:?} is not major.minor.patch",
            manifest.version
        ));
    }
    for (what, text) in [
        ("English name", &description.name.en),
        ("Dutch name", &description.name.nl),
        ("description of what it does", &description.doc),
    ] {
        if text.trim().is_empty() {
            return Ok(Verdict::Warn(format!(
                "it has no {what}: reports will lack it"
            )));
        }
    }
    pass(format!("{} {}", manifest.id, manifest.version))
}

pub(super) fn unknown(subject: &Subject) -> Outcome {
    let ids: [&[u8]; 6] = [
        b"",
        b"zalm.policy/1x",
        b"zalm.policy",
        b"nobody/1",
        b"\xff\xfe",
        b"zalm.policy/1\0",
    ];
    for id in ids {
        let text = ZalmStr {
            ptr: id.as_ptr(),
            len: id.len() as u64,
        };
        // SAFETY: the library passed the version checks; the text outlives the call.
        let answer = unsafe { (subject.library.get_interface)(text) };
        if !answer.is_null() {
            return Err(format!(
                "it answers the unknown interface {:?}",
                String::from_utf8_lossy(id)
            ));
        }
    }
    pass(format!("{} unknown interfaces refused", ids.len()))
}

/// A unit that is one letter off one of the model's columns: any other is the strategy's own affair.
fn mistyped(description: &Description) -> Option<(&str, &'static str)> {
    let parameters = description.parameters.iter().map(|one| &one.unit);
    let own = description.own.iter().map(|one| &one.unit);
    let metrics = description.metrics.iter().map(|one| &one.unit);
    let fields = description.events.iter().flat_map(|event| &event.fields);
    let fields = fields.map(|field| &field.unit);
    let mut given = parameters.chain(own).chain(metrics).chain(fields);
    given.find_map(|unit| {
        let units = || COLUMNS.iter().map(|column| column.unit);
        // One or many of the same thing.
        let same = |known: &str| unit.trim_end_matches('s') == known.trim_end_matches('s');
        let near = units().find(|known| one_letter_off(unit, known))?;
        (!units().any(same)).then_some((unit.as_str(), near))
    })
}

/// Whether one letter was added, left out or exchanged in a word of some length.
fn one_letter_off(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let begin = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a_rest, b_rest) = (&a[begin..], &b[begin..]);
    let ends = a_rest.iter().rev().zip(b_rest.iter().rev());
    let end = ends.take_while(|(a, b)| a == b).count();
    let off = a_rest.len().max(b_rest.len()) - end;
    off == 1 && a.len().min(b.len()) > 3
}

pub(super) fn schema(subject: &Subject) -> Outcome {
    let description = &subject.library.description;
    let first = Some(subject.library.described.as_str());
    let texts: Vec<Option<&str>> = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| subject.library.describe_again()))
            .collect();
        asked
            .into_iter()
            .map(|text| text.join().ok().flatten())
            .collect()
    });
    if texts.iter().any(|text| *text != first) {
        return Err("its description differs from call to call".into());
    }
    let names: BTreeSet<&str> = description
        .columns
        .iter()
        .map(|c| c.name.as_str())
        .collect();
    if names.len() < description.columns.len() {
        return Err("it declares a column twice".into());
    }
    for parameter in &description.parameters {
        let numeric = parameter.min.is_some() || parameter.max.is_some();
        if parameter.doc.trim().is_empty() || (numeric && parameter.unit.is_empty()) {
            return Ok(Verdict::Warn(format!(
                "parameter {} has no unit or doc",
                parameter.name
            )));
        }
    }
    if let Some((unit, near)) = mistyped(description) {
        return Ok(Verdict::Warn(format!(
            "the unit {unit:?} is none of the model's; did you mean {near}?"
        )));
    }
    pass(format!(
        "{} parameters, {} columns, {} own",
        description.parameters.len(),
        names.len(),
        description.own.len()
    ))
}
