//! Methods: what a team does, ingredient by ingredient.
//!
//! The base says what the method of a frontline team is made of; a project may hold some
//! ingredients otherwise (`method` in the project). How fully it carries them out is its
//! `fidelity`.

use crate::figure::Figure;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an ingredient of a method is: fixed in code. Its value is data.
#[derive(Debug)]
pub struct IngredientSpec {
    /// Name, such as `one_plan`.
    pub name: &'static str,
    /// Largest value that makes sense; the smallest is 0.
    pub max: f64,
    /// What it means.
    pub doc: &'static str,
}

macro_rules! method {
    ($($field:ident: $max:literal, $doc:literal;)*) => {
        /// A method as it is written down.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Method {
            $(#[doc = $doc] pub $field: Figure,)*
        }

        /// The ingredients of a project's method.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct Ingredients {
            $(#[doc = $doc] pub $field: f64,)*
        }

        impl Method {
            /// Every ingredient, in the order of [`Method::figures`].
            pub const INGREDIENTS: &[IngredientSpec] = &[
                $(IngredientSpec { name: stringify!($field), max: $max, doc: $doc },)*
            ];

            /// The figures, in the order of [`Method::INGREDIENTS`].
            pub fn figures(&self) -> Vec<&Figure> {
                vec![$(&self.$field,)*]
            }

            /// A figure by name, to change it.
            pub fn figure_mut(&mut self, name: &str) -> Option<&mut Figure> {
                $(if name == stringify!($field) {
                    return Some(&mut self.$field);
                })*
                None
            }

            /// The method with a project's own ingredients, as it is written.
            pub fn with(&self, own: &BTreeMap<String, Figure>) -> Ingredients {
                let written =
                    |name: &str, usual: &Figure| own.get(name).unwrap_or(usual).value;
                Ingredients { $($field: written(stringify!($field), &self.$field),)* }
            }
        }

        impl Ingredients {
            /// What is carried out at this fidelity: shares shrink with it, rules in months stand.
            #[must_use]
            pub fn carried_out(&self, fidelity: f64) -> Self {
                let held = |value: f64, max: f64| if max > 1.0 { value } else { value * fidelity };
                Self { $($field: held(self.$field, $max),)* }
            }
        }
    };
}

method! {
    one_plan: 1.0, "One plan and one contact: how far all that comes to a household comes through one person who may be a generalist (één gezin, één plan)";
    generalist: 1.0, "Generalist at the household, specialist in the team: how far one worker takes up all domains";
    integral: 1.0, "Share of the domains in problem that the plan covers";
    presence: 1.0, "Presence and nearness: speed at which trust grows, relative to a worker who is always near";
    long_breath: 1.0, "Long breath: least length of help, as a share of the months after which nothing relapses";
    mandate: 1.0, "Mandate low down: share of decisions that a worker takes without asking the silos";
    own_strength: 1.0, "Own strength: how far help makes the household do things itself";
    reciprocity: 1.0, "Reciprocity: share of helped households that are asked to give something back";
    expert: 1.0, "Experts by experience: share of the work that they do";
    coercion: 1.0, "Pressure and coercion: share of the doors that stay shut that are forced, where a problem is acute";
    longest: 120.0, "Most months that help lasts; 0 without limit";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Evidence;

    fn figure(value: f64) -> Figure {
        Figure {
            value,
            evidence: Evidence::Assumption,
            source: "test".to_owned(),
        }
    }

    #[test]
    fn a_project_holds_its_own_ingredients_as_far_as_its_fidelity_goes() {
        let written = Method {
            one_plan: figure(1.0),
            generalist: figure(1.0),
            integral: figure(1.0),
            presence: figure(1.0),
            long_breath: figure(0.5),
            mandate: figure(0.2),
            own_strength: figure(0.6),
            reciprocity: figure(0.5),
            expert: figure(0.2),
            coercion: figure(0.0),
            longest: figure(0.0),
        };
        let own = BTreeMap::from([
            ("longest".to_owned(), figure(6.0)),
            ("expert".to_owned(), figure(0.8)),
        ]);
        let held = written.with(&own).carried_out(0.5);
        assert!(
            (held.longest - 6.0).abs() < 1e-12,
            "a rule in months stands"
        );
        assert!((held.expert - 0.4).abs() < 1e-12);
        assert!((held.long_breath - 0.25).abs() < 1e-12);
        assert_eq!(written.figures().len(), Method::INGREDIENTS.len());
    }
}
