//! Numbers as people write them: rounded to what is known, in Dutch or English form.

use crate::lang::Lang;
use fixed_decimal::Decimal;
use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::locale;

/// The power of ten to which a number is rounded: 0 is units, -1 tenths, 3 thousands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(i16);

impl Place {
    /// Whole numbers.
    pub const UNITS: Self = Self(0);

    /// Two digits of the half width; without one, three digits of the value.
    ///
    /// A balance known to within four hundred thousand is not printed to the euro.
    pub fn of(value: f64, half_width: Option<f64>) -> Self {
        match half_width.and_then(magnitude) {
            Some(magnitude) => Self(magnitude - 1),
            // What is whole has no decimals to suggest that more is known.
            None if value.fract() == 0.0 => Self::UNITS,
            None => Self(magnitude(value).map_or(0, |magnitude| (magnitude - 2).min(0))),
        }
    }

    /// This many decimals.
    pub fn decimals(decimals: usize) -> Self {
        Self(-i16::try_from(decimals).unwrap_or(i16::MAX))
    }

    /// As [`Place::of`], but never more than three digits of the value or two decimals: for narrow
    /// tables.
    pub fn narrow(value: f64, half_width: Option<f64>) -> Self {
        let three = magnitude(value).map_or(i16::MIN, |magnitude| magnitude - 2);
        Self(Self::of(value, half_width).0.max(three).max(-2))
    }

    /// One digit of the width of a bracket around a point, and finer where that would put the point or
    /// an end on a value beside it: what turns at 100.4 does not turn at 100.
    pub fn bracket(at: f64, (low, high): (f64, f64), beside: f64) -> Self {
        let Some(first) = magnitude(high - low) else {
            return Self::of(at, None);
        };
        let apart = |place: &Self| {
            let steps = |value: f64| (value / 10_f64.powi(place.0.into())).round();
            let told = |value: f64| {
                (value - beside).abs() < 1e-9 || (steps(value) - steps(beside)).abs() >= 1.0
            };
            [low, at, high].into_iter().all(told)
        };
        let places = (0..FINER).map(|finer| Self(first - finer));
        places.clone().find(apart).unwrap_or(Self(first))
    }

    /// A place that does for all of these: the finest, so that a table column keeps one.
    pub fn finest(places: impl IntoIterator<Item = Self>) -> Self {
        places.into_iter().min().unwrap_or(Self::UNITS)
    }
}

/// Digits that are looked at to keep a bracket apart from a value beside it.
const FINER: i16 = 6;

/// Power of ten of the first digit, within reason; `None` for 0 and what is no number.
fn magnitude(value: f64) -> Option<i16> {
    let size = value.abs();
    // Two digits round up to the next power of ten from 9.95 on.
    (size > 1e-9 && size < 1e15).then(|| (size * 1.005).log10().floor() as i16)
}

/// Writes numbers in one language.
pub struct Numbers {
    formatter: Option<DecimalFormatter>,
    lang: Lang,
}

impl Numbers {
    /// Numbers in this language.
    pub fn new(lang: Lang) -> Self {
        let locale = match lang {
            Lang::Nl => locale!("nl"),
            Lang::En => locale!("en"),
        };
        let options = DecimalFormatterOptions::default();
        Self {
            formatter: DecimalFormatter::try_new(locale.into(), options).ok(),
            lang,
        }
    }

    /// `value` rounded to `place`, with a true minus sign; a dash for what is no number.
    pub fn write(&self, value: f64, place: Place) -> String {
        let scaled = (value / 10_f64.powi(place.0.into())).round();
        if !scaled.is_finite() || scaled.abs() > 9e17 {
            return "–".to_owned();
        }
        let mut decimal = Decimal::from(scaled.abs() as i64);
        if scaled != 0.0 {
            decimal.multiply_pow10(place.0);
        }
        decimal.absolute.pad_end(place.0.min(0));
        let digits = match &self.formatter {
            Some(formatter) => formatter.format(&decimal).to_string(),
            None => decimal.to_string(),
        };
        if scaled < 0.0 {
            format!("−{digits}")
        } else {
            digits
        }
    }

    /// A count, whole.
    pub fn count(&self, value: u32) -> String {
        self.write(f64::from(value), Place::UNITS)
    }

    /// `value` with a sign always, for differences.
    pub fn signed(&self, value: f64, place: Place) -> String {
        let text = self.write(value, place);
        let positive = value > 0.0 && text.contains(|c: char| ('1'..='9').contains(&c));
        if positive { format!("+{text}") } else { text }
    }

    /// An amount in euro: `€ 1.234` in Dutch, `€1,234` in English.
    pub fn euro(&self, digits: &str) -> String {
        let (sign, digits) = match digits.chars().next() {
            Some(sign @ ('−' | '+')) => (Some(sign), &digits[sign.len_utf8()..]),
            _ => (None, digits),
        };
        // A word joiner keeps sign and amount on one line.
        let sign = sign
            .map(|sign| format!("{sign}\u{2060}"))
            .unwrap_or_default();
        match self.lang {
            Lang::Nl => format!("{sign}€\u{a0}{digits}"),
            Lang::En => format!("{sign}€{digits}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dutch_and_english_forms() {
        let (nl, en) = (Numbers::new(Lang::Nl), Numbers::new(Lang::En));
        assert_eq!(nl.write(1234.5, Place(-1)), "1.234,5");
        assert_eq!(en.write(1234.5, Place(-1)), "1,234.5");
        assert_eq!(nl.write(-0.8, Place(-2)), "−0,80");
        assert_eq!(
            nl.euro(&nl.write(12_450_000.0, Place(4))),
            "€\u{a0}12.450.000"
        );
        assert_eq!(en.euro(&en.signed(-1500.0, Place(2))), "−\u{2060}€1,500");
        assert_eq!(nl.signed(3.2168, Place(-2)), "+3,22");
        assert_eq!(nl.write(120.0, Place(3)), "0");
        assert_eq!(nl.signed(0.001, Place(-1)), "0,0");
        assert_eq!(nl.write(-0.001, Place(-1)), "0,0");
    }

    #[test]
    fn the_half_width_decides_the_digits() {
        assert_eq!(Place::of(412.345, Some(12.2)), Place(0));
        assert_eq!(Place::of(0.8, Some(0.175)), Place(-2));
        assert_eq!(Place::of(12_450_000.0, Some(432_000.0)), Place(4));
        assert_eq!(Place::of(412.345, None), Place(0));
        assert_eq!(Place::of(0.012_345, Some(0.0)), Place(-4));
        assert_eq!(Place::of(6.0, Some(0.0)), Place(0));
        assert_eq!(Place::of(0.0, None), Place(0));
        assert_eq!(
            (Place::of(8.0, None), Place::of(8.5, None)),
            (Place(0), Place(-2))
        );
        assert_eq!(Place::of(5.0, Some(9.97)), Place(0));
        assert_eq!(Place::narrow(124.3, Some(7.4)), Place(0));
        assert_eq!(Place::narrow(1.2, Some(7.4)), Place(-1));
        assert_eq!(Place::narrow(0.0, Some(0.0)), Place(0));
    }

    #[test]
    fn a_bracket_stays_apart_from_the_value_beside_it() {
        assert_eq!(Place::bracket(6.44, (6.22, 6.86), 5.0), Place(-1));
        assert_eq!(
            Place::bracket(61_234.0, (58_001.0, 63_999.0), 1.0),
            Place(3)
        );
        // To one digit of its width the lower end would be the value itself.
        assert_eq!(Place::bracket(103.0, (100.4, 108.0), 100.0), Place(-1));
        assert_eq!(Place::bracket(100.0, (90.0, 108.0), 100.0), Place(1));
        assert_eq!(Place::bracket(2.5, (2.5, 2.5), 1.0), Place::of(2.5, None));
    }

    #[test]
    fn what_is_no_number_is_a_dash() {
        let nl = Numbers::new(Lang::Nl);
        assert_eq!(nl.write(f64::NAN, Place(0)), "–");
        assert_eq!(nl.write(f64::INFINITY, Place(-2)), "–");
    }
}
