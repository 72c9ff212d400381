//! Digests: of texts and files, and one over all results that does not depend on threads.

use crate::results::{Outcome, Results, Run};
use sha2::{Digest, Sha256};
use std::io::{self, Read};
use zalm_model::RunRecord;

/// SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of all that can be read, in hexadecimal.
pub fn sha256_of(mut bytes: impl Read) -> io::Result<String> {
    let mut state = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match bytes.read(&mut buffer)? {
            0 => return Ok(hex(&state.finalize())),
            count => state.update(&buffer[..count]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            // Writing into a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// SHA-256 over every result row: names, outcomes, series, fates and the model's own digest.
///
/// Rows are taken in declared order and each text is preceded by its length, so that equal
/// results, and only those, give equal digests.
pub fn results_sha256(results: &Results) -> String {
    if let Some(digest) = &results.sha256 {
        return digest.clone();
    }
    let mut rows = Rows::new(results);
    results.runs.iter().for_each(|run| rows.add(run));
    rows.finish()
}

/// The digest under way, row by row.
pub(crate) struct Rows {
    state: Sha256,
    strategies: Vec<String>,
    stressors: Vec<String>,
}

impl Rows {
    /// Of no row yet.
    pub(crate) fn new(results: &Results) -> Self {
        let mut state = Sha256::new();
        for metric in &results.metrics {
            text(&mut state, &metric.name);
        }
        Self {
            state,
            strategies: results.strategies.clone(),
            stressors: results.stressors.clone(),
        }
    }

    /// Adds the next run.
    pub(crate) fn add(&mut self, run: &Run) {
        let (strategy, stressor) = (
            &self.strategies[run.strategy],
            &self.stressors[run.stressor],
        );
        row(&mut self.state, strategy, stressor, run);
    }

    /// The digest of all.
    pub(crate) fn finish(self) -> String {
        hex(&self.state.finalize())
    }
}

fn row(state: &mut Sha256, strategy: &str, stressor: &str, run: &Run) {
    text(state, strategy);
    text(state, stressor);
    state.update(run.replication.to_le_bytes());
    // The scenario as it is has the digest that it has without draws.
    if run.draw != 0 {
        state.update(b"draw");
        state.update(run.draw.to_le_bytes());
    }
    match &run.outcome {
        Outcome::Done(done) => {
            state.update([1]);
            record(state, done);
        }
        Outcome::Failed(failure) => {
            state.update([0]);
            text(state, &failure.reason);
        }
    }
}

fn record(state: &mut Sha256, record: &RunRecord) {
    numbers(state, &record.outcomes);
    for sample in &record.series {
        state.update(sample.month.to_le_bytes());
        numbers(state, &sample.values);
    }
    for fate in &record.fates {
        text(state, &fate.project);
        state.update(fate.end.map_or(-1, i64::from).to_le_bytes());
        text(state, &fate.cause);
        text(state, &fate.form);
    }
    state.update(record.digest.to_le_bytes());
}

fn numbers(state: &mut Sha256, values: &[f64]) {
    state.update((values.len() as u64).to_le_bytes());
    for value in values {
        state.update(value.to_bits().to_le_bytes());
    }
}

fn text(state: &mut Sha256, text: &str) {
    state.update((text.len() as u64).to_le_bytes());
    state.update(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::results;

    #[test]
    fn known_digest_of_a_text() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), expected);
    }

    #[test]
    fn equal_results_and_only_those_have_equal_digests() {
        let first = results(&["waits", "pushes"], 4);
        assert_eq!(
            results_sha256(&first),
            results_sha256(&results(&["waits", "pushes"], 4))
        );
        let mut other = first.clone();
        if let Outcome::Done(record) = &mut other.runs[3].outcome {
            record.outcomes[0] += 1e-9;
        }
        assert_ne!(results_sha256(&first), results_sha256(&other));
    }
}
