//! Paths to values of a scenario: names, `[index]` or `[id]`, and keys of maps.

use crate::tree::{Kind, Node};

/// The value at `path`, such as `stressors[1].shocks[0].share`.
pub(crate) fn find<'a>(root: &'a Node, path: &str) -> Option<&'a Node> {
    let mut here = root;
    let mut at = 0;
    while at < path.len() {
        let (step, end) = step(path, at, here);
        here = child(here, &step)?;
        at = end + usize::from(path[end..].starts_with('.'));
    }
    Some(here)
}

/// The step of `path` at byte `at` and where it ends. Keys of maps may hold dots.
pub(crate) fn step(path: &str, at: usize, here: &Node) -> (String, usize) {
    let rest = &path[at..];
    if rest.starts_with('[') {
        let end = rest.find(']').map_or(rest.len(), |end| end + 1);
        return (rest[..end].to_owned(), at + end);
    }
    if let Kind::Map(entries) = &here.kind {
        let keys = entries.iter().filter_map(|(key, _)| key.text());
        let fits = |key: &&str| {
            let after = rest.strip_prefix(*key);
            after.is_some_and(|after| after.is_empty() || after.starts_with(['.', '[']))
        };
        let key = keys
            .filter(fits)
            .max_by_key(|key| key.len())
            .unwrap_or(rest);
        return (key.to_owned(), at + key.len());
    }
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    // An empty step, as in `a..b`, takes its dot along, so that every step moves on.
    let end = if end == 0 { 1 } else { end };
    (rest[..end].to_owned(), at + end)
}

fn child<'a>(node: &'a Node, step: &str) -> Option<&'a Node> {
    let index = index(node, step)?;
    match &node.kind {
        Kind::Struct { fields, .. } => fields.get(index).map(|field| &field.value),
        Kind::Map(entries) => entries.get(index).map(|(_, value)| value),
        Kind::List(items) | Kind::Tuple { items, .. } => items.get(index),
        _ => None,
    }
}

/// The value one step further, to change it.
pub(crate) fn child_mut<'a>(node: &'a mut Node, step: &str) -> Option<&'a mut Node> {
    let index = index(node, step)?;
    match &mut node.kind {
        Kind::Struct { fields, .. } => fields.get_mut(index).map(|field| &mut field.value),
        Kind::Map(entries) => entries.get_mut(index).map(|(_, value)| value),
        Kind::List(items) | Kind::Tuple { items, .. } => items.get_mut(index),
        _ => None,
    }
}

fn index(node: &Node, step: &str) -> Option<usize> {
    match &node.kind {
        Kind::Struct { fields, .. } => fields.iter().position(|field| field.name == step),
        Kind::Map(entries) => entries.iter().position(|(key, _)| key.text() == Some(step)),
        Kind::List(items) | Kind::Tuple { items, .. } => {
            let written = step.trim_matches(['[', ']']);
            let by_name = || items.iter().position(|item| label(item) == Some(written));
            written.parse().ok().or_else(by_name)
        }
        _ => None,
    }
}

/// What an item of a list is called.
fn label(node: &Node) -> Option<&str> {
    let names = ["id", "name", "code"];
    names.iter().find_map(|name| node.field(name)?.text())
}

/// Names that lead further from a node.
pub(crate) fn names(node: &Node) -> Vec<String> {
    match &node.kind {
        Kind::Struct { fields, .. } => fields.iter().map(|field| field.name.clone()).collect(),
        Kind::Map(entries) => {
            let keys = entries.iter().filter_map(|(key, _)| key.text());
            keys.map(str::to_owned).collect()
        }
        Kind::List(items) | Kind::Tuple { items, .. } => items
            .iter()
            .enumerate()
            .map(|(i, item)| label(item).map_or_else(|| i.to_string(), str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;
    use crate::source::FileId;

    #[test]
    fn paths_walk_names_numbers_ids_and_keys_with_dots() {
        let text = "(a: [(id: \"x\", p: {\"k.l\": (value: 1)})])";
        let root = parse(FileId(0), text).unwrap();
        for path in ["a[0].p.k.l.value", "a[x].p.k.l.value"] {
            assert_eq!(find(&root, path).unwrap().number(), Some(1.0), "{path}");
        }
        for path in ["a[1]", "a[y]", "a..p", ".", "a[", "a[0].p.k"] {
            assert!(find(&root, path).is_none(), "{path}");
        }
    }
}
