//! Tree to typed values, by serde, without stopping at the first mistake.
//!
//! A value of the wrong type is reported, *poisoned*, and the decoding starts again; a poisoned
//! value gives whatever its type asks for (see [`poison`]), so that every mistake is met once.
//! Unknown fields are reported and passed over, missing ones are reported and poisoned.

mod containers;
mod poison;

use crate::problem::Finding;
use crate::source::Span;
use crate::text::{Text, both};
use crate::tree::{Kind, Node};
use containers::{Fields, Items, Pairs, Variant};
use poison::Poison;
use serde::de::{self, DeserializeSeed, Deserializer, Visitor};
use serde::forward_to_deserialize_any;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub(crate) use poison::POISON;

/// Restarts after which decoding gives up; more mistakes than that help nobody.
const MOST_RESTARTS: usize = 500;

/// What has been found while decoding one tree.
#[derive(Default)]
pub(crate) struct Decoding {
    pub(crate) findings: RefCell<Vec<Finding>>,
    poisoned: RefCell<BTreeSet<Span>>,
    missing: RefCell<BTreeMap<Span, Vec<&'static str>>>,
}

impl Decoding {
    /// The typed value of `node`; `None` when it could not be read at all.
    pub(crate) fn decode<T: de::DeserializeOwned>(&self, node: &Node) -> Option<T> {
        (0..MOST_RESTARTS).find_map(|_| {
            let seed = std::marker::PhantomData::<T>;
            At { node, state: self }.enter(seed).ok()
        })
    }

    /// Reports a value and lets the rest go on without it.
    pub(crate) fn poison(&self, span: Span, finding: Finding) {
        self.poisoned.borrow_mut().insert(span);
        self.findings.borrow_mut().push(finding);
    }

    /// Lets the rest go on without a value whose problem is reported already.
    pub(crate) fn excuse_value(&self, span: Span) {
        self.poisoned.borrow_mut().insert(span);
    }

    /// Lets a struct go on without fields that are known to be unreadable.
    pub(crate) fn excuse(&self, span: Span, fields: impl IntoIterator<Item = &'static str>) {
        self.missing
            .borrow_mut()
            .entry(span)
            .or_default()
            .extend(fields);
    }

    /// Reports a problem that does not keep the value from being read.
    pub(crate) fn note(&self, finding: Finding) {
        let known = |old: &Finding| old.span == finding.span && old.message == finding.message;
        let mut findings = self.findings.borrow_mut();
        if !findings.iter().any(known) {
            findings.push(finding);
        }
    }

    /// Whether a value at `span` was replaced, wholly or in part.
    pub(crate) fn spoils(&self, span: Span) -> bool {
        self.poisoned.borrow().iter().any(|bad| bad.touches(span))
    }
}

/// Why a value could not be made.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Reported already.
    Reported,
    /// A field is missing.
    Missing(&'static str),
    /// The type itself refused, with these words.
    Refused(Text),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        // What can say it in Dutch does so in its other form.
        Self::Refused(both!("{message:#}", "{message}"))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}

/// A value of the tree that is being decoded.
#[derive(Clone, Copy)]
struct At<'a> {
    node: &'a Node,
    state: &'a Decoding,
}

impl<'a> At<'a> {
    /// Decodes the node for `seed`; everything that fails inside is reported here.
    fn enter<'de, S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Failure> {
        if self.state.poisoned.borrow().contains(&self.node.span) {
            return seed.deserialize(Poison);
        }
        seed.deserialize(self).map_err(|failure| match failure {
            Failure::Refused(message) => {
                self.state
                    .poison(self.node.span, Finding::new(self.node.span, message));
                Failure::Reported
            }
            other => other,
        })
    }

    /// Reports that the node is not what its type asks for.
    fn wrong<T>(self, expected: impl Into<Text>) -> Result<T, Failure> {
        let message = unfit(&self.node.describe());
        let finding = Finding::new(self.node.span, message).expected(expected);
        self.state.poison(self.node.span, finding);
        Err(Failure::Reported)
    }

    fn whole(self, min: i128, max: i128) -> Result<i128, Failure> {
        match self.node.kind {
            Kind::Integer(value) if (min..=max).contains(&value) => Ok(value),
            _ if min == 0 => self.wrong(both!(
                "een geheel getal, 0 of meer",
                "a whole number, 0 or more"
            )),
            _ => self.wrong(both!("een geheel getal", "a whole number")),
        }
    }

    /// Fields of a struct; a missing one is reported at `self`.
    fn fields<'de, V: Visitor<'de>>(
        self,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let missing = self.state.missing.borrow().get(&self.node.span).cloned();
        let fields = Fields::new(self, known, missing.unwrap_or_default());
        visitor.visit_map(fields).map_err(|failure| match failure {
            Failure::Missing(field) => self.misses(field),
            other => other,
        })
    }

    fn misses(self, field: &'static str) -> Failure {
        let finding = Finding::new(
            self.node.span,
            both!("`{field}` ontbreekt", "`{field}` is missing"),
        );
        self.state
            .note(finding.expected(both!("`{field}: ..` hierin", "`{field}: ..` in here")));
        let mut missing = self.state.missing.borrow_mut();
        missing.entry(self.node.span).or_default().push(field);
        Failure::Reported
    }
}

macro_rules! whole_numbers {
    ($($method:ident $visit:ident $type:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
            let value = self.whole($type::MIN.into(), $type::MAX.into())?;
            visitor.$visit(value as $type)
        }
    )*};
}

impl<'de> Deserializer<'de> for At<'_> {
    type Error = Failure;

    /// Only for values whose type depends on the text: parameters of strategies.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Bool(value) => visitor.visit_bool(*value),
            Kind::Integer(value) => match i64::try_from(*value) {
                Ok(value) => visitor.visit_i64(value),
                Err(_) => self.wrong(both!("een kleiner getal", "a smaller number")),
            },
            Kind::Float(_) => self.deserialize_f64(visitor),
            Kind::Text(text) | Kind::Word(text) => visitor.visit_str(text),
            _ => self.wrong(both!(
                "true, false, een getal of een tekst",
                "true, false, a number or a text"
            )),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.kind {
            Kind::Bool(value) => visitor.visit_bool(value),
            _ => self.wrong(both!("true of false", "true or false")),
        }
    }

    whole_numbers! {
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_i64 visit_i64 i64;
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.kind {
            Kind::Float(value) if value.is_finite() => visitor.visit_f64(value),
            Kind::Integer(value) => visitor.visit_f64(value as f64),
            _ => self.wrong(both!("een getal", "a number")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Text(text) => visitor.visit_str(text),
            _ => self.wrong(both!(
                "een tekst tussen dubbele aanhalingstekens",
                "a text between double quotes"
            )),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::List(items) => visitor.visit_seq(Items::new(self.state, items)),
            _ => self.wrong(both!("een lijst: [..]", "a list: [..]")),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::List(items) | Kind::Tuple { items, .. } if items.len() == length => {
                visitor.visit_seq(Items::new(self.state, items))
            }
            _ => self.wrong(both!(
                "{length} waarden: (.., ..)",
                "{length} values: (.., ..)"
            )),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Map(entries) => visitor.visit_map(Pairs::new(self.state, entries)),
            _ => self.wrong(both!(
                "een map: {{\"naam\": waarde, ..}}",
                "a map: {{\"name\": value, ..}}"
            )),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Struct { name: written, .. }
                if written.as_ref().is_none_or(|written| written == name) =>
            {
                self.fields(known, visitor)
            }
            Kind::Text(text) if name == Text::TYPE => visitor.visit_str(text),
            _ if name == Text::TYPE => self.wrong(both!(
                "een tekst tussen dubbele aanhalingstekens, of een in elke taal: (nl: .., en: ..)",
                "a text between double quotes, or one in each language: (nl: .., en: ..)"
            )),
            _ => self.wrong(both!(
                "velden tussen haakjes: ({})",
                "fields between parentheses: ({})",
                sketch(known)
            )),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_enum(Variant::new(self, variants)?)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u128 f32 char bytes byte_buf option unit unit_struct
        newtype_struct tuple_struct identifier ignored_any
    }
}

/// A value of the wrong kind.
pub(crate) fn unfit(value: &Text) -> Text {
    both!("{value} past hier niet", "{value} does not fit here"; value)
}

/// The first fields of a struct, as a model to follow.
fn sketch(fields: &[&str]) -> String {
    let shown: Vec<_> = fields
        .iter()
        .take(3)
        .map(|name| format!("{name}: .."))
        .collect();
    let more = if fields.len() > 3 { ", .." } else { "" };
    shown.join(", ") + more
}
