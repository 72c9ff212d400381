//! What types cannot say: ranges, references, months, names.

mod couplings;
mod director;
mod discount;
mod money;
mod parameters;
mod period;
mod place;
mod projects;
mod shocks;
mod strategies;
pub(crate) mod targets;

use crate::checked::Scenario;
use crate::decode::{Decoding, POISON};
use crate::figure::Figure;
use crate::nearest::{nearest, one_of};
use crate::problem::Finding;
use crate::text::{Text, both};
use crate::tree::{Node, Spot};

/// Reports every problem of a scenario that was decoded from `root`.
pub(crate) fn check(scenario: &Scenario, root: &Node, decoding: &Decoding) {
    let root = Spot::new(root);
    let checker = Checker {
        scenario,
        decoding,
        root,
    };
    period::check(&checker, root);
    parameters::check(&checker, root);
    place::check(&checker, root.field("place"));
    couplings::check(&checker, root.field("couplings"));
    money::check(&checker, root);
    director::check(&checker, root);
    discount::check(&checker, root.field("discount_rates"));
    projects::check(&checker, root.field("projects"));
    shocks::check(&checker, root);
    strategies::check(&checker, root);
}

/// What the checks share: the scenario and the place to report to.
struct Checker<'a> {
    scenario: &'a Scenario,
    decoding: &'a Decoding,
    root: Spot<'a>,
}

impl Checker<'_> {
    /// Whether the value at `spot` is what the text says, and not a stand-in.
    fn readable(&self, spot: Spot<'_>) -> bool {
        spot.is_present() && !self.decoding.spoils(spot.span())
    }

    /// Reports a problem with the value at `spot`, unless that value was unreadable anyway.
    fn wrong(&self, spot: Spot<'_>, message: impl Into<Text>, expected: impl Into<Text>) {
        self.report(spot, |finding| finding, message, expected);
    }

    /// The same, with more to say.
    fn report(
        &self,
        spot: Spot<'_>,
        more: impl FnOnce(Finding) -> Finding,
        message: impl Into<Text>,
        expected: impl Into<Text>,
    ) {
        if self.readable(spot) {
            let finding = Finding::new(spot.span(), message).expected(expected);
            self.decoding.note(more(finding));
        }
    }

    /// A value within a range.
    fn within(&self, spot: Spot<'_>, value: f64, min: f64, max: f64, unit: impl Into<Text>) {
        if !(min..=max).contains(&value) {
            let unit = unit.into();
            let expected = match max {
                f64::INFINITY => both!("{min} of meer", "{min} or more"),
                _ => both!("{min} tot {max}", "{min} to {max}"),
            };
            self.wrong(
                spot,
                both!("{value} valt buiten het bereik", "{value} is out of range"),
                both!("{expected}{unit}", "{expected}{unit}"; expected, unit),
            );
        }
    }

    /// A share.
    fn share(&self, spot: Spot<'_>, value: f64) {
        self.within(spot, value, 0.0, 1.0, "");
    }

    /// A figure within a range, with a source.
    fn figure(&self, spot: Spot<'_>, figure: &Figure, min: f64, max: f64, unit: impl Into<Text>) {
        self.within(spot.field("value"), figure.value, min, max, unit);
        self.sourced(spot, figure);
    }

    /// A figure that is a share, with a source.
    fn share_figure(&self, spot: Spot<'_>, figure: &Figure) {
        self.figure(spot, figure, 0.0, 1.0, "");
    }

    /// A figure that counts: whole, and at least `min`.
    fn count_figure(&self, spot: Spot<'_>, figure: &Figure, min: f64, what: Text) {
        let is_whole = figure.value.fract().abs() < f64::EPSILON;
        if figure.value < min || !is_whole {
            let value = figure.value;
            let message =
                both!("{value} is geen aantal {what}", "{value} is no number of {what}"; what);
            self.wrong(
                spot.field("value"),
                message,
                both!(
                    "een geheel getal, {min} of meer",
                    "a whole number, {min} or more"
                ),
            );
        }
        self.sourced(spot, figure);
    }

    /// A figure that says where it comes from.
    fn sourced(&self, spot: Spot<'_>, figure: &Figure) {
        self.filled(
            spot.field("source"),
            &figure.source,
            both!(
                "waar het cijfer vandaan komt",
                "where the figure comes from"
            ),
        );
    }

    /// A text that says something.
    fn filled(&self, spot: Spot<'_>, text: &str, expected: impl Into<Text>) {
        if text.trim().is_empty() {
            self.wrong(
                spot,
                both!("deze tekst is leeg", "this text is empty"),
                expected,
            );
        }
    }

    /// A text for people that says something, in each language in which it is given.
    fn told(&self, spot: Spot<'_>, text: &Text, expected: impl Into<Text>) {
        let expected = expected.into();
        let dutch = spot.field("nl");
        if dutch.is_present() {
            self.filled(dutch, &text.nl, expected.clone());
            self.filled(spot.field("en"), &text.en, expected);
        } else {
            self.filled(spot, &text.nl, expected);
        }
    }

    /// A text for people that may be left out.
    fn told_if_given(&self, spot: Spot<'_>, text: &Text, expected: impl Into<Text>) {
        if spot.is_present() {
            self.told(spot, text, expected);
        }
    }

    /// Names that must differ, in this field of each item of a list.
    fn unique_in<'n>(
        &self,
        list: Spot<'_>,
        field: &str,
        what: Text,
        names: impl IntoIterator<Item = &'n str>,
    ) {
        let names = names.into_iter().enumerate();
        self.unique(
            what,
            names.map(|(at, name)| (list.item(at).field(field), name)),
        );
    }

    /// Names that must differ.
    fn unique<'n, 's>(&self, what: Text, names: impl IntoIterator<Item = (Spot<'s>, &'n str)>) {
        let mut seen: Vec<(Spot<'_>, &str)> = Vec::new();
        for (spot, name) in names {
            self.filled(spot, name, both!("een naam", "a name"));
            match seen.iter().find(|(_, old)| *old == name) {
                Some((first, _)) => {
                    let first = first.span();
                    let more = |finding: Finding| {
                        finding.also(first, both!("hier voor het eerst", "given here first"))
                    };
                    let message = both!(
                        "er is nog een {what} met de naam \"{name}\"",
                        "there is another {what} called \"{name}\"";
                        what
                    );
                    self.report(
                        spot,
                        more,
                        message,
                        both!("elke naam één keer", "every name once"),
                    );
                }
                None => seen.push((spot, name)),
            }
        }
    }

    /// A payer that exists.
    fn payer(&self, spot: Spot<'_>, id: &str) {
        let known: Vec<_> = self
            .scenario
            .payers
            .iter()
            .map(|payer| payer.id.as_str())
            .collect();
        self.known(spot, both!("betaler", "payer"), id, &known);
    }

    /// A name that is among `known`.
    fn known(&self, spot: Spot<'_>, what: Text, name: &str, known: &[&str]) {
        // A list in which something could not be read says nothing about what is in it.
        if known.contains(&name) || known.contains(&POISON) || known.is_empty() {
            return;
        }
        let more = |finding: Finding| finding.nearest(nearest(name, known.iter().copied()));
        let message = both!(
            "er is geen {what} met de naam \"{name}\"",
            "there is no {what} called \"{name}\"";
            what
        );
        self.report(spot, more, message, one_of(known.iter().copied()));
    }
}
