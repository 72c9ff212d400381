//! Lists, maps, structs and enum variants of the tree, as serde wants to walk them.

use super::{At, Decoding, Failure, Poison, sketch};
use crate::nearest::{nearest, one_of};
use crate::problem::Finding;
use crate::text::both;
use crate::tree::{Field, Kind, Node};
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};

/// The items of a list.
pub(super) struct Items<'a> {
    state: &'a Decoding,
    rest: std::slice::Iter<'a, Node>,
}

impl<'a> Items<'a> {
    pub(super) fn new(state: &'a Decoding, items: &'a [Node]) -> Self {
        let rest = items.iter();
        Self { state, rest }
    }
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Failure;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        let state = self.state;
        let item = self.rest.next();
        item.map(|node| At { node, state }.enter(seed)).transpose()
    }
}

/// The entries of a map; a key that comes twice is reported and its second value dropped.
pub(super) struct Pairs<'a> {
    state: &'a Decoding,
    entries: &'a [(Node, Node)],
    next: usize,
}

impl<'a> Pairs<'a> {
    pub(super) fn new(state: &'a Decoding, entries: &'a [(Node, Node)]) -> Self {
        Self {
            state,
            entries,
            next: 0,
        }
    }

    fn is_repeated(&self, index: usize) -> bool {
        let (key, _) = &self.entries[index];
        let Some(text) = key.text() else { return false };
        let first = self.entries[..index]
            .iter()
            .find(|(old, _)| old.text() == Some(text));
        if let Some((old, _)) = first {
            let finding = Finding::new(
                key.span,
                both!("\"{text}\" staat er twee keer", "\"{text}\" is given twice"),
            );
            self.state.note(
                finding
                    .expected(both!("elke naam één keer", "every name once"))
                    .also(old.span, both!("hier voor het eerst", "given here first")),
            );
        }
        first.is_some()
    }
}

impl<'de> MapAccess<'de> for Pairs<'_> {
    type Error = Failure;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        while self.next < self.entries.len() && self.is_repeated(self.next) {
            self.next += 1;
        }
        let state = self.state;
        let entry = self.entries.get(self.next);
        entry
            .map(|(node, _)| At { node, state }.enter(seed))
            .transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        let node = &self.entries[self.next].1;
        self.next += 1;
        At {
            node,
            state: self.state,
        }
        .enter(seed)
    }
}

/// The known fields of a struct, then stand-ins for those that are missing.
pub(super) struct Fields<'a> {
    state: &'a Decoding,
    present: Vec<(&'a str, &'a Node)>,
    missing: Vec<&'static str>,
    next: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        at: At<'a>,
        known: &'static [&'static str],
        missing: Vec<&'static str>,
    ) -> Self {
        let fields = at.node.fields();
        let mut present = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let name = if known.contains(&field.name.as_str()) {
                Some(field.name.as_str())
            } else {
                meant(at, field, known)
            };
            if let Some(name) = name.filter(|_| !is_repeated(at, &fields[..index], field)) {
                present.push((name, &field.value));
            }
        }
        Self {
            state: at.state,
            present,
            missing,
            next: 0,
        }
    }
}

/// Reports an unknown field. When it can only be a misspelling of a field that is not there,
/// its value is read as that, so that mistakes in the value are found as well.
fn meant(at: At<'_>, field: &Field, known: &'static [&'static str]) -> Option<&'static str> {
    let near = nearest(&field.name, known.iter().copied());
    let finding = Finding::new(
        field.name_span,
        both!("er is geen veld `{}`", "there is no field `{}`", field.name),
    );
    let finding = finding.expected(one_of(known.iter().copied()));
    at.state.note(finding.nearest(near));
    let others = at
        .node
        .fields()
        .iter()
        .filter(|other| other.name != field.name);
    let rivals = others.filter(|other| {
        Some(other.name.as_str()) == near || {
            !known.contains(&other.name.as_str())
                && nearest(&other.name, known.iter().copied()) == near
        }
    });
    near.filter(|_| rivals.count() == 0)
}

fn is_repeated(at: At<'_>, before: &[Field], field: &Field) -> bool {
    let first = before.iter().find(|old| old.name == field.name);
    if let Some(old) = first {
        let finding = Finding::new(
            field.name_span,
            both!("`{}` staat er twee keer", "`{}` is given twice", field.name),
        );
        let finding = finding.expected(both!("elk veld één keer", "every field once"));
        at.state.note(finding.also(
            old.name_span,
            both!("hier voor het eerst", "given here first"),
        ));
    }
    first.is_some()
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Failure;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        let name = match self.present.get(self.next) {
            Some((name, _)) => *name,
            None => match self.missing.get(self.next - self.present.len()) {
                Some(name) => name,
                None => return Ok(None),
            },
        };
        let name: StrDeserializer<'_, Failure> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        let present = self.present.get(self.next);
        self.next += 1;
        match present {
            Some((_, node)) => At {
                node,
                state: self.state,
            }
            .enter(seed),
            None => seed.deserialize(Poison),
        }
    }
}

/// A variant of an enum.
pub(super) struct Variant<'a> {
    at: At<'a>,
    name: &'static str,
}

impl<'a> Variant<'a> {
    pub(super) fn new(at: At<'a>, variants: &'static [&'static str]) -> Result<Self, Failure> {
        let written = match &at.node.kind {
            Kind::Word(name)
            | Kind::Struct {
                name: Some(name), ..
            }
            | Kind::Tuple {
                name: Some(name), ..
            } => name,
            Kind::Text(text) if variants.contains(&text.as_str()) => {
                return at.wrong(both!(
                    "{text} zonder aanhalingstekens",
                    "{text} without quotes"
                ));
            }
            _ => return at.wrong(one_of(variants.iter().copied())),
        };
        if let Some(name) = variants.iter().find(|name| *name == written) {
            return Ok(Self { at, name });
        }
        let message = both!(
            "hier bestaat geen `{written}`",
            "there is no `{written}` here"
        );
        let finding =
            Finding::new(at.node.span, message).expected(one_of(variants.iter().copied()));
        let finding = finding.nearest(nearest(written, variants.iter().copied()));
        at.state.poison(at.node.span, finding);
        Err(Failure::Reported)
    }
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Failure> {
        let name: StrDeserializer<'_, Failure> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        match self.at.node.kind {
            Kind::Word(_) => Ok(()),
            _ => self.at.wrong(both!(
                "`{}` zonder iets erachter",
                "`{}` without anything after it",
                self.name
            )),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _seed: S) -> Result<S::Value, Failure> {
        self.at
            .wrong(both!("een ander soort waarde", "another kind of value"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, _: V) -> Result<V::Value, Failure> {
        self.at
            .wrong(both!("een ander soort waarde", "another kind of value"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.at.node.kind {
            Kind::Struct { .. } => self.at.fields(known, visitor),
            _ => self.at.wrong(format!("`{}({})`", self.name, sketch(known))),
        }
    }
}
