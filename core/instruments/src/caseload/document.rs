//! What a caseload says, for programs.

use super::{Changes, Fitted, Found};
use crate::sheet::document;
use crate::voice::Voice;
use serde::Serialize;
use zalm_scenario::Domain;

/// Version of the document.
const SCHEMA: &str = "zalm.caseload/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    file: &'a str,
    project: &'a str,
    first: String,
    last: String,
    domains: [&'static str; 8],
    own: &'a Changes,
    simulated: &'a Changes,
    fitted: &'a Changes,
    parameters: &'a [Fitted],
    notes: Vec<String>,
}

/// The document.
pub fn json(found: &Found, (file, project): (&str, &str), voice: &Voice) -> String {
    document(&Document {
        schema: SCHEMA,
        file,
        project,
        first: found.months.0.to_string(),
        last: found.months.1.to_string(),
        domains: Domain::ALL.map(Domain::name),
        own: &found.own,
        simulated: &found.simulated,
        fitted: &found.fitted,
        parameters: &found.parameters,
        notes: found.notes.iter().map(|note| voice.say(note)).collect(),
    })
}
