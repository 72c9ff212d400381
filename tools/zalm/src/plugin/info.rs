//! `zalm plugin info`: what a strategy says about itself; without a name, what any strategy can see
//! and ask.

use super::serve::tried;
use crate::asked::Libraries;
use crate::columns::aligned;
use crate::exit::{Exit, Failure};
use crate::nearest::hint;
use crate::stdout::{one_line, print, print_json};
use clap::Args;
use serde::Serialize;
use std::path::Path;
use zalm_model::{COLUMNS, Instrument, MetricSpec};
use zalm_plugin_host::{
    COMMANDS, CONTRACT, Description, EventDescription, Found, Library, Manifest, OwnDescription,
    ParameterDescription, SearchPath, find, find_all,
};
use zalm_scenario::PayerKind;

/// Version of the `--json` document.
const SCHEMA: &str = "zalm.plugin/1";

/// Show what a strategy says about itself; without a name, what any strategy can see and ask.
#[derive(Args)]
pub struct Info {
    /// Id of a strategy, or the file of its library
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    libraries: Libraries,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    file: String,
    sha256: &'a str,
    manifest: &'a Manifest,
    description: &'a Description,
}

/// What any strategy can see and ask.
#[derive(Serialize)]
struct Contract {
    schema: &'static str,
    contract: (u16, u16),
    columns: Vec<Seen>,
    commands: Vec<Asked>,
    instruments: Vec<Given>,
}

#[derive(Serialize)]
struct Seen {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    unit: &'static str,
    doc: &'static str,
}

#[derive(Serialize)]
struct Asked {
    name: &'static str,
    doc: &'static str,
}

#[derive(Serialize)]
struct Given {
    name: String,
    code: u8,
    givers: &'static [PayerKind],
    measurement: u8,
    doc: &'static str,
}

impl Info {
    /// Prints it.
    ///
    /// # Errors
    /// When there is no such strategy or it is refused.
    pub fn execute(&self) -> Result<Exit, Failure> {
        match &self.name {
            Some(name) => self.show(name)?,
            None if self.json => print_json(&contract())?,
            None => print(&contract().text())?,
        }
        Ok(Exit::Good)
    }

    fn show(&self, name: &str) -> Result<(), Failure> {
        let found = named(name, &self.libraries.search())?;
        let library = tried(&found)?;
        let document = Document {
            schema: SCHEMA,
            file: found.file.display().to_string(),
            sha256: &library.sha256,
            manifest: &library.manifest,
            description: &library.description,
        };
        if self.json {
            print_json(&document)
        } else {
            print(&text(&document.file, &library))
        }
    }
}

/// The library that `name` means: a file or the folder of a strategy when it looks like one, else an
/// id.
///
/// # Errors
/// When there is none.
pub fn named(name: &str, search: &SearchPath) -> Result<Found, Failure> {
    let path = Path::new(name);
    let is_path = name.contains(std::path::MAIN_SEPARATOR) || name.starts_with('.');
    if is_path && path.is_dir() {
        return built_in(path);
    }
    if is_path || name.ends_with(std::env::consts::DLL_SUFFIX) {
        return Ok(Found::read(path));
    }
    find(name, search).ok_or_else(|| {
        let ids: Vec<String> = find_all(search)
            .into_iter()
            .filter_map(|found| Some(found.manifest.ok()?.id))
            .collect();
        Failure::invalid(format!(
            "there is no plugin {name}.{} `zalm plugin list` shows all",
            hint(name, ids.iter().map(String::as_str))
        ))
    })
}

/// The one library that a strategy's folder holds in its `plugins`.
fn built_in(folder: &Path) -> Result<Found, Failure> {
    let plugins = folder.join("plugins");
    let mut found = find_all(&SearchPath::only([plugins.clone()]));
    let shown = plugins.display();
    match (found.pop(), found.len()) {
        (Some(only), 0) => Ok(only),
        (Some(_), others) => Err(Failure::invalid(format!(
            "{shown} holds {} libraries; name the file that is meant",
            others + 1
        ))),
        (None, _) => Err(Failure::invalid(format!(
            "{shown} holds no library; `zalm plugin build {}` puts it there",
            folder.display()
        ))),
    }
}

fn text(file: &str, library: &Library) -> String {
    let Library {
        manifest,
        description,
        sha256,
        ..
    } = library;
    let mut text = format!(
        "{} {}: {} / {}\n{}\n  file      {file}\n  sha256    {sha256}\n  built     {}\n",
        manifest.id,
        manifest.version,
        one_line(&description.name.en),
        one_line(&description.name.nl),
        one_line(&description.doc),
        one_line(&manifest.built_with()),
    );
    let parameters: Vec<_> = description.parameters.iter().map(parameter).collect();
    let column = |column: &zalm_plugin_host::ColumnDescription| {
        vec![
            column.name.clone(),
            column.kind.clone(),
            column.unit.clone(),
            if column.optional { "optional" } else { "" }.to_owned(),
        ]
    };
    let columns: Vec<_> = description.columns.iter().map(column).collect();
    let own = |own: &OwnDescription| {
        let default = format!("= {}", own.default);
        vec![
            own.name.clone(),
            default,
            own.unit.clone(),
            one_line(&own.doc),
        ]
    };
    let own: Vec<_> = description.own.iter().map(own).collect();
    let metric = |metric: &MetricSpec| {
        let about = [&*metric.name, metric.unit, &one_line(&metric.doc)];
        about.map(str::to_owned).to_vec()
    };
    let metrics: Vec<_> = library.metrics.iter().map(metric).collect();
    let event = |event: &EventDescription| {
        let fields = event.fields.iter();
        let fields = fields.map(|field| format!("{} [{}]", field.name, field.unit));
        let fields = fields.collect::<Vec<_>>().join(", ");
        vec![event.name.clone(), one_line(&fields), one_line(&event.doc)]
    };
    let events: Vec<_> = description.events.iter().map(event).collect();
    for (heading, rows) in [
        ("Parameters", parameters),
        ("Columns that it reads", columns),
        ("Columns that it keeps for itself", own),
        ("Metrics that it measures itself", metrics),
        ("Events that it tells itself", events),
    ] {
        text += &format!("\n{heading}\n{}", or_none(&aligned(&rows)));
    }
    text
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "  none\n" } else { text }
}

fn parameter(parameter: &ParameterDescription) -> Vec<String> {
    let range = match (parameter.min, parameter.max) {
        (Some(min), Some(max)) => format!("{min}..{max}"),
        (Some(min), None) => format!("{min}.."),
        (None, Some(max)) => format!("..{max}"),
        (None, None) => String::new(),
    };
    let default = serde_json::to_string(&parameter.default).unwrap_or_default();
    let mut doc = one_line(&parameter.doc);
    if !parameter.formerly.is_empty() {
        doc += &format!(" (formerly {})", one_line(&parameter.formerly.join(", ")));
    }
    vec![
        parameter.name.clone(),
        format!("= {default}"),
        range,
        parameter.unit.clone(),
        doc,
    ]
}

fn contract() -> Contract {
    let column = |column: &zalm_model::ColumnSpec| Seen {
        name: column.name,
        kind: column.kind.name(),
        unit: column.unit,
        doc: column.doc,
    };
    Contract {
        schema: "zalm.contract/1",
        contract: CONTRACT,
        columns: COLUMNS.iter().map(column).collect(),
        commands: COMMANDS
            .iter()
            .map(|(name, doc)| Asked { name, doc })
            .collect(),
        instruments: Instrument::ALL.iter().map(|&one| given(one)).collect(),
    }
}

fn given(instrument: Instrument) -> Given {
    Given {
        name: format!("{instrument:?}"),
        code: instrument as u8,
        givers: instrument.givers(),
        measurement: instrument.measured(),
        doc: instrument.doc(),
    }
}

impl Contract {
    fn text(&self) -> String {
        let column = |column: &Seen| {
            [column.name, column.kind, column.unit, column.doc]
                .map(str::to_owned)
                .to_vec()
        };
        let columns: Vec<_> = self.columns.iter().map(column).collect();
        let command = |command: &Asked| vec![command.name.to_owned(), command.doc.to_owned()];
        let commands: Vec<_> = self.commands.iter().map(command).collect();
        let instrument = |given: &Given| {
            let givers = given.givers.iter().map(|kind| format!("{kind:?}"));
            let givers = givers.collect::<Vec<_>>().join(" ").to_lowercase();
            let measured = format!("measurement {}", given.measurement);
            vec![given.name.clone(), givers, measured, given.doc.to_owned()]
        };
        let instruments: Vec<_> = self.instruments.iter().map(instrument).collect();
        format!(
            "Plugin contract {}.{}: once a month a strategy sees a table with one row per pair of a \
             project and a payer,\nand answers with commands that are all checked before one is \
             applied.\n\nColumns\n{}\nCommands\n{}\nInstruments of a claim, who can give them, and the \
             least level of measurement that they ask\n{}",
            self.contract.0,
            self.contract.1,
            aligned(&columns),
            aligned(&commands),
            aligned(&instruments)
        )
    }
}
