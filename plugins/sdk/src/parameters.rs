//! Parameters of a strategy: one declaration gives struct, defaults, ranges and description.

use crate::{Error, Result};
use std::collections::BTreeMap;

/// Type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// true or false.
    Bool,
    /// Whole number.
    I64,
    /// Number.
    F64,
    /// Text.
    Text,
}

impl ValueType {
    /// Name in descriptions.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::I64 => "i64",
            Self::F64 => "f64",
            Self::Text => "text",
        }
    }
}

/// Default of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ParameterDefault {
    /// true or false.
    Bool(bool),
    /// Whole number.
    I64(i64),
    /// Number.
    F64(f64),
    /// Text.
    Text(&'static str),
}

impl ParameterDefault {
    /// Its type.
    pub const fn kind(self) -> ValueType {
        match self {
            Self::Bool(_) => ValueType::Bool,
            Self::I64(_) => ValueType::I64,
            Self::F64(_) => ValueType::F64,
            Self::Text(_) => ValueType::Text,
        }
    }
}

/// What the host knows about a parameter.
#[derive(Clone, Copy, Debug)]
pub struct ParameterSpec {
    /// Name in scenarios.
    pub name: &'static str,
    /// Unit; empty for yes or no and text.
    pub unit: &'static str,
    /// Default, which also gives the type.
    pub default: ParameterDefault,
    /// Smallest and largest value allowed, for numbers.
    pub range: Option<(f64, f64)>,
    /// What it means.
    pub doc: &'static str,
    /// Names that it had before, which older scenarios may use.
    pub formerly: &'static [&'static str],
}

/// A value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// true or false.
    Bool(bool),
    /// Whole number.
    I64(i64),
    /// Number.
    F64(f64),
    /// Text.
    Text(String),
}

/// All parameters by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(pub(crate) BTreeMap<String, Value>);

impl Values {
    /// The value called `name`.
    ///
    /// # Errors
    /// When it is absent or of another type.
    pub fn get<T: FromValue>(&self, name: &str) -> Result<T> {
        let value = self
            .0
            .get(name)
            .ok_or_else(|| Error::failed(format!("parameter {name} is missing")))?;
        T::from_value(value)
            .ok_or_else(|| Error::failed(format!("parameter {name} has the wrong type: {value:?}")))
    }
}

/// A Rust type that a parameter can have: `bool`, `i64`, `f64` or `String`.
pub trait FromValue: Sized {
    /// The value as this type.
    fn from_value(value: &Value) -> Option<Self>;
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Bool(b) = value {
            Some(*b)
        } else {
            None
        }
    }
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::I64(n) = value {
            Some(*n)
        } else {
            None
        }
    }
}

impl FromValue for f64 {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::F64(x) => Some(*x),
            Value::I64(n) => Some(*n as f64),
            Value::Bool(_) | Value::Text(_) => None,
        }
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Text(text) = value {
            Some(text.clone())
        } else {
            None
        }
    }
}

/// Parameters of a strategy; implemented by [`parameters!`](crate::parameters).
pub trait Parameters: Sized + Default {
    /// Every parameter with type, unit, default, range and meaning.
    const SCHEMA: &'static [ParameterSpec];

    /// Reads them from what the host passes.
    ///
    /// # Errors
    /// When one is absent or of another type.
    fn read(values: &Values) -> Result<Self>;
}

/// Declares a strategy by what a scenario can set of it.
///
/// Types are `bool`, `i64`, `f64` and `String`. Numbers have a unit and a range, which the host
/// holds; every parameter has a default and a doc comment, which users see. A parameter that was
/// renamed says what it was called `formerly`: older scenarios go on working.
///
/// ```
/// use zalm_sdk::Parameters;
/// zalm_sdk::parameters! {
///     /// Asks at the last minute.
///     pub struct LastMinute {
///         /// Months before the end in which it begins.
///         before: i64 ["month"] = 12, 1..=60 formerly "lead", "start";
///         /// Leader time for contact.
///         contact: f64 ["share"] = 0.25, 0.0..=1.0;
///         /// Whether it starts early.
///         early: bool = false;
///     }
/// }
/// assert_eq!(LastMinute::default().before, 12);
/// assert_eq!(LastMinute::SCHEMA[1].unit, "share");
/// ```
#[macro_export]
macro_rules! parameters {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[doc = $doc:literal])+ $field:ident : $kind:ident $([$unit:literal])?
            = $default:literal $(, $min:literal ..= $max:literal)? $(formerly $($old:literal),+)?;)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $name {
            $($(#[doc = $doc])+ pub $field: $kind,)*
        }

        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self { $($field: $default.into(),)* }
            }
        }

        impl $crate::Parameters for $name {
            const SCHEMA: &'static [$crate::ParameterSpec] = &[$($crate::ParameterSpec {
                name: stringify!($field),
                unit: concat!("" $(, $unit)?),
                default: $crate::parameters!(@default $kind $default),
                range: $crate::parameters!(@range $($min $max)?),
                doc: concat!($($doc),+).trim_ascii(),
                formerly: &[$($($old),+)?],
            }),*];

            fn read(_values: &$crate::Values) -> $crate::Result<Self> {
                Ok(Self { $($field: _values.get(stringify!($field))?,)* })
            }
        }
    };
    (@default bool $value:literal) => { $crate::ParameterDefault::Bool($value) };
    (@default i64 $value:literal) => { $crate::ParameterDefault::I64($value) };
    (@default f64 $value:literal) => { $crate::ParameterDefault::F64($value) };
    (@default String $value:literal) => { $crate::ParameterDefault::Text($value) };
    (@range) => { None };
    (@range $min:literal $max:literal) => { Some(($min as f64, $max as f64)) };
}

#[cfg(test)]
mod tests {
    use super::{Parameters, Value, Values};

    parameters! {
        /// All types.
        struct All {
            /// Months
            /// before.
            before: i64 ["month"] = 6, 1..=60 formerly "lead";
            /// Part.
            part: f64 ["share"] = 0.5, 0.0..=1.0;
            /// Early.
            early: bool = true;
            /// Word.
            word: String = "zalm";
        }
    }

    #[test]
    fn the_schema_says_what_was_written() {
        let before = &All::SCHEMA[0];
        assert_eq!(
            (before.name, before.unit, before.doc),
            ("before", "month", "Months before.")
        );
        assert_eq!(before.range, Some((1.0, 60.0)));
        assert_eq!(
            (before.formerly, All::SCHEMA[1].formerly),
            (&["lead"][..], &[][..])
        );
        assert_eq!(All::SCHEMA[3].range, None);
        assert_eq!(All::default().word, "zalm");
    }

    #[test]
    fn a_missing_or_wrong_value_is_named() {
        let mut values = Values::default();
        assert!(
            All::read(&values)
                .unwrap_err()
                .message()
                .contains("before is missing")
        );
        values.0.insert("before".into(), Value::Bool(true));
        assert!(
            All::read(&values)
                .unwrap_err()
                .message()
                .contains("before has the wrong type")
        );
    }
}
