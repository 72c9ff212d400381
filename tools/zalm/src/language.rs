//! The language of the table and the report.

use crate::exit::Failure;
use zalm_report::Lang;
use zalm_scenario::Text;

/// What was asked for, else `ZALM_LANG`, else `LANG` when we have its language, else Dutch.
///
/// # Errors
/// When `ZALM_LANG` names a language that we do not have.
pub fn language(asked: Option<Lang>) -> Result<Lang, Failure> {
    if let Some(lang) = asked {
        return Ok(lang);
    }
    match std::env::var("ZALM_LANG") {
        Ok(named) if !named.is_empty() => named
            .parse()
            .map_err(|error| Failure::usage(format!("ZALM_LANG: {error}"))),
        _ => Ok(std::env::var("LANG")
            .ok()
            .and_then(|l| l.parse().ok())
            .unwrap_or_default()),
    }
}

/// A text of a scenario in a language.
pub fn told(text: &Text, lang: Lang) -> String {
    lang.of(&text.nl, &text.en).clone()
}
