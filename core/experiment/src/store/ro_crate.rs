//! `ro-crate-metadata.json`: a run folder as a research object, for repositories that read RO-Crate
//! (1.1, with the profile Process Run Crate 0.5: one program was run, with these files as result).

use super::manifest::{FileEntry, Manifest};
use super::recipe::RECIPE;
use super::under_way::COMPLETE;
use serde_json::{Value, json};

/// Name of the file.
pub const RO_CRATE: &str = "ro-crate-metadata.json";
/// What stands for a licence when none is given.
const UNSTATED: &str = "No licence was stated; ask who made the run.";

/// Who wrote zalm, as in `CITATION.cff`.
const AUTHORS: &str = "The zalm developers";

/// What is stated of a run folder beside what it holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stated<'a> {
    /// SHA-256 of `run.json`, which cannot be in it.
    pub run_sha256: &'a str,
    /// Licence of the results: an address or words.
    pub licence: Option<&'a str>,
    /// Who made the run.
    pub author: Option<&'a str>,
}

/// The metadata of a complete run folder.
pub fn ro_crate(manifest: &Manifest, stated: Stated<'_>) -> String {
    let licence = stated.licence.unwrap_or(UNSTATED);
    let by_address = licence.starts_with("https://") || licence.starts_with("http://");
    let own = FileEntry {
        name: COMPLETE.to_owned(),
        sha256: stated.run_sha256.to_owned(),
        rows: None,
    };
    let files: Vec<&FileEntry> = [&own].into_iter().chain(&manifest.files).collect();
    let all: Vec<Value> = files.iter().map(|file| reference(&file.name)).collect();
    let is_input = |name: &str| name == "scenario.ron" || name == RECIPE;
    let (inputs, results): (Vec<&FileEntry>, Vec<&FileEntry>) =
        files.iter().copied().partition(|file| is_input(&file.name));
    let of = |files: &[&FileEntry]| -> Vec<Value> {
        files.iter().map(|file| reference(&file.name)).collect()
    };
    let plugins = manifest
        .strategies
        .iter()
        .map(|used| format!("#strategy-{}", used.strategy));
    let mut objects = of(&inputs);
    objects.extend(plugins.map(|id| json!({ "@id": id })));
    let mut graph = vec![
        json!({
            "@id": RO_CRATE,
            "@type": "CreativeWork",
            "conformsTo": { "@id": "https://w3id.org/ro/crate/1.1" },
            "about": { "@id": "./" },
        }),
        json!({
            "@id": "./",
            "@type": "Dataset",
            "name": manifest.title,
            "description": format!(
                "Strategies to sustain social projects, compared by simulation with `{}`",
                manifest.command
            ),
            "datePublished": manifest.host.finished,
            "license": if by_address { json!({ "@id": licence }) } else { json!(licence) },
            "conformsTo": { "@id": "https://w3id.org/ro/wfrun/process/0.5" },
            "hasPart": all,
            "mentions": { "@id": "#run" },
        }),
        json!({
            "@id": "https://w3id.org/ro/wfrun/process/0.5",
            "@type": "CreativeWork",
            "name": "Process Run Crate",
            "version": "0.5",
        }),
        json!({
            "@id": "#run",
            "@type": "CreateAction",
            "name": manifest.command,
            "description": manifest.host.command_line,
            "instrument": { "@id": "#zalm" },
            "object": objects,
            "result": of(&results),
            "startTime": manifest.host.started,
            "endTime": manifest.host.finished,
            "actionStatus": "http://schema.org/CompletedActionStatus",
        }),
        json!({
            "@id": "#zalm",
            "@type": "SoftwareApplication",
            "name": "zalm",
            "softwareVersion": version(manifest),
            "author": { "@id": "#zalm-authors" },
            "sha256": manifest.host.program_sha256,
        }),
        json!({ "@id": "#zalm-authors", "@type": "Organization", "name": AUTHORS }),
    ];
    if let Some(author) = stated.author {
        graph[1]["author"] = json!({ "@id": "#author" });
        graph.push(json!({ "@id": "#author", "@type": "Person", "name": author }));
    }
    if by_address {
        graph.push(json!({ "@id": licence, "@type": "CreativeWork", "name": licence }));
    }
    graph.extend(manifest.strategies.iter().map(|used| {
        json!({
            "@id": format!("#strategy-{}", used.strategy),
            "@type": "SoftwareApplication",
            "name": used.plugin,
            "softwareVersion": used.version,
            "sha256": used.sha256,
        })
    }));
    graph.extend(files.into_iter().map(file));
    let context = [
        "https://w3id.org/ro/crate/1.1/context",
        "https://w3id.org/ro/terms/workflow-run/context",
    ];
    let crate_ = json!({ "@context": context, "@graph": graph });
    // Only strings and numbers, so this cannot fail.
    let mut text = serde_json::to_string_pretty(&crate_).unwrap_or_default();
    text.push('\n');
    text
}

/// Version and revision of zalm, as far as they are known.
fn version(manifest: &Manifest) -> String {
    let (version, revision) = (&manifest.zalm_version, &manifest.host.revision);
    if revision.is_empty() {
        version.clone()
    } else {
        format!("{version}, revision {revision}")
    }
}

fn reference(name: &str) -> Value {
    json!({ "@id": address(name) })
}

fn file(entry: &FileEntry) -> Value {
    let mut file = json!({
        "@id": address(&entry.name),
        "@type": "File",
        "name": entry.name,
        "encodingFormat": format_of(&entry.name),
    });
    if !entry.sha256.is_empty() {
        file["sha256"] = json!(entry.sha256);
    }
    file
}

/// A path as a relative address: what an address may not hold is escaped.
fn address(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    name.bytes()
        .map(|byte| match plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

fn format_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("json") => "application/json",
        Some("csv") => "text/csv",
        Some("html") => "text/html",
        Some("svg") => "image/svg+xml",
        Some("parquet") => "application/vnd.apache.parquet",
        Some("ron") => "text/plain",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn what_an_address_may_not_hold_is_escaped() {
        assert_eq!(address("figures/fan-0.svg"), "figures/fan-0.svg");
        assert_eq!(address("a b%.csv"), "a%20b%25.csv");
    }
}
