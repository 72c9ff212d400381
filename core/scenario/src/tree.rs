//! RON text as a tree in which every value knows where it stands.

use crate::source::Span;
use crate::text::{Text, both};

/// A value and its place in the text.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text(String),
    /// A bare name: an enum variant without fields.
    Word(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    /// `(a: 1)` or `Name(a: 1)`; also `()`.
    Struct {
        name: Option<String>,
        fields: Vec<Field>,
    },
    /// `(1, 2)` or `Name(1, 2)`.
    Tuple {
        name: Option<String>,
        items: Vec<Node>,
    },
}

/// A named value in a struct.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) name_span: Span,
    pub(crate) value: Node,
}

impl Node {
    /// The value of a struct's field.
    pub(crate) fn field(&self, name: &str) -> Option<&Self> {
        self.fields()
            .iter()
            .find(|field| field.name == name)
            .map(|field| &field.value)
    }

    /// The value of a map's entry.
    pub(crate) fn entry(&self, key: &str) -> Option<&Self> {
        let Kind::Map(entries) = &self.kind else {
            return None;
        };
        let found = entries.iter().find(|(node, _)| node.text() == Some(key));
        found.map(|(_, value)| value)
    }

    /// The item of a list or tuple.
    pub(crate) fn item(&self, index: usize) -> Option<&Self> {
        match &self.kind {
            Kind::List(items) | Kind::Tuple { items, .. } => items.get(index),
            _ => None,
        }
    }

    pub(crate) fn fields(&self) -> &[Field] {
        match &self.kind {
            Kind::Struct { fields, .. } => fields,
            _ => &[],
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn number(&self) -> Option<f64> {
        match self.kind {
            Kind::Integer(value) => Some(value as f64),
            Kind::Float(value) => Some(value),
            _ => None,
        }
    }

    /// What it is, for people.
    pub(crate) fn describe(&self) -> Text {
        match &self.kind {
            Kind::Bool(value) => both!("`{value}`", "`{value}`"),
            Kind::Integer(value) => both!("het getal {value}", "the number {value}"),
            Kind::Float(value) => both!("het getal {value}", "the number {value}"),
            Kind::Text(text) if text.chars().count() <= 40 => {
                both!("de tekst \"{text}\"", "the text \"{text}\"")
            }
            Kind::Text(_) => both!("een tekst", "a text"),
            Kind::Word(word) => both!("`{word}`", "`{word}`"),
            Kind::List(_) => both!("een lijst", "a list"),
            Kind::Map(_) => both!("een map", "a map"),
            Kind::Struct { name: None, .. } => both!("een groep velden", "a group of fields"),
            Kind::Tuple { name: None, .. } => both!("een groep waarden", "a group of values"),
            Kind::Struct {
                name: Some(name), ..
            }
            | Kind::Tuple {
                name: Some(name), ..
            } => {
                both!("`{name}(..)`", "`{name}(..)`")
            }
        }
    }
}

/// A position in the tree that may be absent: checks walk it beside the typed values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot<'a> {
    node: Option<&'a Node>,
    /// Nearest present ancestor, when the node itself is absent.
    span: Span,
}

impl<'a> Spot<'a> {
    pub(crate) fn new(node: &'a Node) -> Self {
        Self {
            node: Some(node),
            span: node.span,
        }
    }

    pub(crate) fn field(self, name: &str) -> Self {
        self.step(|node| node.field(name))
    }

    pub(crate) fn entry(self, key: &str) -> Self {
        self.step(|node| node.entry(key))
    }

    pub(crate) fn item(self, index: usize) -> Self {
        self.step(|node| node.item(index))
    }

    /// Where the key of a map's entry stands.
    pub(crate) fn key(self, key: &str) -> Self {
        self.step(|node| match &node.kind {
            Kind::Map(entries) => entries
                .iter()
                .map(|(node, _)| node)
                .find(|node| node.text() == Some(key)),
            _ => None,
        })
    }

    pub(crate) fn span(self) -> Span {
        self.span
    }

    pub(crate) fn is_present(self) -> bool {
        self.node.is_some()
    }

    fn step(self, find: impl FnOnce(&'a Node) -> Option<&'a Node>) -> Self {
        match self.node.and_then(find) {
            Some(node) => Self::new(node),
            None => Self {
                node: None,
                span: self.span,
            },
        }
    }
}
