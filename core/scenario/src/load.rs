//! Files to one tree: the scenario, its base, its place, and the settings of the command line.

use crate::decode::Decoding;
use crate::nearest::nearest;
use crate::parse::parse;
use crate::problem::Finding;
use crate::settings;
use crate::source::{FileId, Source, Sources, Span};
use crate::text::both;
use crate::tree::{Field, Kind, Node};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

/// The sections of a scenario: the fields of [`crate::Scenario`].
pub(crate) const SECTIONS: [&str; 25] = [
    "title",
    "question",
    "place",
    "start",
    "months",
    "policy_date",
    "series_every",
    "seed",
    "replications",
    "parameters",
    "switched_off",
    "couplings",
    "payers",
    "use_costs",
    "crises",
    "silo_care",
    "area_investments",
    "discount_rates",
    "municipality",
    "method",
    "projects",
    "shocks",
    "strategies",
    "null_alternative",
    "stressors",
];

/// Reads files and keeps what was read and what was wrong.
#[derive(Default)]
pub(crate) struct Loader {
    pub(crate) sources: Sources,
    pub(crate) decoding: Decoding,
    /// Folder of each source, to which paths in it are relative.
    folders: Vec<PathBuf>,
    /// Whether the base could not be read, so that nothing can be called missing.
    pub(crate) base_failed: bool,
    /// Texts by name that are read instead of files.
    kept: Option<Vec<Source>>,
}

impl Loader {
    /// A loader that opens no file, but these texts by their names.
    pub(crate) fn of_kept(texts: &[Source]) -> Self {
        Self {
            kept: Some(texts.to_owned()),
            ..Self::default()
        }
    }

    fn read(&self, path: &Path) -> std::io::Result<String> {
        let Some(kept) = &self.kept else {
            return std::fs::read_to_string(path);
        };
        let name = shown(path);
        let found = kept.iter().find(|source| source.name == name);
        let text = found.map(|source| source.text.clone());
        text.ok_or_else(|| std::io::ErrorKind::NotFound.into())
    }

    /// The whole tree of a scenario; `None` when the scenario's own text cannot be read.
    pub(crate) fn load(&mut self, path: &Path, sets: &[(String, String)]) -> Option<Node> {
        let mut root = self.open(path, None)?;
        let settings = self.settings(sets);
        let is_file = |s: &&settings::Setting| s.path == "base" || s.path == "place";
        for setting in settings.iter().filter(is_file) {
            self.apply(&mut root, setting);
        }
        self.add_base(&mut root);
        self.add_place(&mut root);
        for setting in settings.iter().filter(|s| !is_file(s)) {
            self.apply(&mut root, setting);
        }
        Some(root)
    }

    /// The whole tree of a list of targets, with the places of its worlds.
    pub(crate) fn load_targets(&mut self, path: &Path) -> Option<Node> {
        let mut root = self.open(path, None)?;
        if let Some(worlds) = field_mut(&mut root, "worlds")
            && let Kind::List(worlds) = &mut worlds.kind
        {
            for world in worlds {
                self.add_place(world);
            }
        }
        Some(root)
    }

    /// Reads a file; `from` is where its name was written.
    fn open(&mut self, path: &Path, from: Option<Span>) -> Option<Node> {
        let text = match self.read(path) {
            Ok(text) => text,
            Err(error) => {
                self.decoding.note(unreadable(path, &error, from));
                return None;
            }
        };
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        self.parsed(shown(path), text, folder)
    }

    /// The tree of a text that no file holds.
    pub(crate) fn text(&mut self, name: &str, text: String) -> Option<Node> {
        self.parsed(name.to_owned(), text, PathBuf::new())
    }

    fn parsed(&mut self, name: String, text: String, folder: PathBuf) -> Option<Node> {
        let file = self.add_source(name, text, folder);
        match parse(file, &self.sources.get(file).text) {
            Ok(node) => Some(node),
            Err(fault) => {
                let span = |at: Range<usize>| Span {
                    file,
                    start: at.start,
                    end: at.end,
                };
                let finding = Finding::new(span(fault.at), fault.message).expected(fault.expected);
                self.decoding.note(match fault.also {
                    Some(also) => finding.also(span(also.0), also.1),
                    None => finding,
                });
                None
            }
        }
    }

    fn add_source(&mut self, name: String, text: String, folder: PathBuf) -> FileId {
        self.folders.push(folder);
        self.sources.add(name, text)
    }

    /// The file that a text names, relative to the file in which it stands.
    fn named(&self, node: &Node) -> Option<PathBuf> {
        Some(self.folders[node.span.file.0].join(node.text()?))
    }

    /// Adds what the base says and the scenario does not. A base may have a base in its turn: its
    /// name comes along with what it says.
    fn add_base(&mut self, root: &mut Node) {
        while let Some(named) = take(root, "base") {
            let Some(base) = self.open_base(&named.value) else {
                let absent = |name: &&str| *name != "parameters" && root.field(name).is_none();
                self.decoding
                    .excuse(root.span, SECTIONS.into_iter().filter(absent));
                self.base_failed = true;
                return;
            };
            merge(root, base);
        }
    }

    fn open_base(&mut self, named: &Node) -> Option<Node> {
        let Some(path) = self.named(named) else {
            let finding = Finding::new(
                named.span,
                both!(
                    "een basis wordt genoemd met haar bestand",
                    "a base is named by its file"
                ),
            );
            self.decoding.note(finding.expected(both!(
                "een pad tussen dubbele aanhalingstekens",
                "a path between double quotes"
            )));
            return None;
        };
        if self.sources.have(&shown(&path)) {
            let finding = Finding::new(
                named.span,
                both!(
                    "deze basis leidt naar zichzelf terug",
                    "this base leads back to itself"
                ),
            );
            self.decoding.note(finding.expected(both!(
                "een bestand waarvan dit geen basis is",
                "a file of which this one is no base"
            )));
            return None;
        }
        self.open(&path, Some(named.span))
    }

    fn add_place(&mut self, root: &mut Node) {
        let Some(place) = field_mut(root, "place") else {
            return;
        };
        let Some(path) = self.named(place) else {
            return;
        };
        match self.open(&path, Some(place.span)) {
            Some(node) => *place = node,
            None => self.decoding.excuse_value(place.span),
        }
    }

    fn settings(&mut self, sets: &[(String, String)]) -> Vec<settings::Setting> {
        let here = PathBuf::new();
        sets.iter()
            .map(|(path, value)| {
                let text = format!("{path}={value}");
                let file = self.add_source("--set".to_owned(), text, here.clone());
                settings::Setting::new(file, path, value)
            })
            .collect()
    }

    fn apply(&self, root: &mut Node, setting: &settings::Setting) {
        match setting.apply(root) {
            // The path may well lead into the base.
            Err(_) if self.base_failed => {}
            Err(finding) => self.decoding.note(*finding),
            Ok(()) => {}
        }
    }
}

/// Sections of the base that the scenario lacks; parameters one by one.
fn merge(root: &mut Node, base: Node) {
    let Kind::Struct { fields: from, .. } = base.kind else {
        return;
    };
    let Kind::Struct { fields: to, .. } = &mut root.kind else {
        return;
    };
    for field in from {
        match to.iter_mut().find(|own| own.name == field.name) {
            None => to.push(field),
            Some(own) if field.name == "parameters" => {
                if let (Kind::Map(own), Kind::Map(entries)) =
                    (&mut own.value.kind, field.value.kind)
                {
                    let is_new = |(key, _): &(Node, Node)| {
                        !own.iter().any(|(old, _)| old.text() == key.text())
                    };
                    let new: Vec<_> = entries.into_iter().filter(is_new).collect();
                    own.extend(new);
                }
            }
            Some(_) => {}
        }
    }
}

/// Removes a field.
fn take(node: &mut Node, name: &str) -> Option<Field> {
    let Kind::Struct { fields, .. } = &mut node.kind else {
        return None;
    };
    let index = fields.iter().position(|field| field.name == name)?;
    Some(fields.remove(index))
}

/// The value of a field, to change it.
pub(crate) fn field_mut<'a>(node: &'a mut Node, name: &str) -> Option<&'a mut Node> {
    let Kind::Struct { fields, .. } = &mut node.kind else {
        return None;
    };
    let found = fields.iter_mut().find(|field| field.name == name);
    found.map(|field| &mut field.value)
}

/// A path for people: `scenarios/places/../base` as `scenarios/base`.
fn shown(path: &Path) -> String {
    let mut short = PathBuf::new();
    for part in path.components() {
        let parent = part == Component::ParentDir;
        if parent && matches!(short.components().next_back(), Some(Component::Normal(_))) {
            short.pop();
        } else {
            short.push(part);
        }
    }
    short.display().to_string()
}

fn unreadable(path: &Path, error: &std::io::Error, from: Option<Span>) -> Finding {
    if path.is_dir() {
        return folder(path, from);
    }
    let shown = shown(path);
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => {
            both!("er is geen bestand {shown}", "there is no file {shown}")
        }
        _ => both!(
            "{shown} is niet te lezen: {error}",
            "{shown} cannot be read: {error}"
        ),
    };
    let finding = match from {
        Some(span) => Finding::new(span, message).expected(both!(
            "het pad van een RON-bestand",
            "the path of a RON file"
        )),
        None => Finding::nowhere(message),
    };
    finding.nearest(neighbour(path).as_deref())
}

/// A folder where a file is needed: names one that is in it.
fn folder(path: &Path, from: Option<Span>) -> Finding {
    let entries = std::fs::read_dir(path).into_iter().flatten();
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let first = files
        .filter(|file| file.extension().is_some_and(|end| end == "ron"))
        .min();
    let folder = shown(path);
    let message = match first.map(|file| shown(&file)) {
        Some(file) => both!(
            "{folder} is een map; kies een RON-bestand daarin, zoals {file}",
            "{folder} is a folder; choose a RON file in it, such as {file}"
        ),
        None => both!(
            "{folder} is een map; kies een RON-bestand daarin",
            "{folder} is a folder; choose a RON file in it"
        ),
    };
    match from {
        Some(span) => Finding::new(span, message),
        None => Finding::nowhere(message),
    }
}

/// The file in the same folder whose name is most like that of `path`.
pub(crate) fn neighbour(path: &Path) -> Option<String> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut names: Vec<_> = std::fs::read_dir(folder.unwrap_or(Path::new(".")))
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    let wanted = path.file_name()?.to_str()?;
    let found = nearest(wanted, names.iter().map(String::as_str))?;
    Some(folder.map_or_else(|| found.to_owned(), |f| shown(&f.join(found))))
}
