//! Shocks in words.

use zalm_scenario::Shock;

/// One shock with its month, such as `2012-01  cut: closed budget of welfare -7%`.
pub fn in_words(shock: &Shock) -> String {
    let what = match shock {
        Shock::Cut { payer, share, .. } => {
            format!("cut: closed budget of {payer} -{}%", percent(*share))
        }
        Shock::Decentralise {
            items,
            from,
            to,
            discount,
            ..
        } => format!(
            "decentralisation: {} from {from} to {to}, with {}% less money",
            items.join(", "),
            percent(*discount)
        ),
        Shock::DemandGrowth {
            per_year, months, ..
        } => {
            format!(
                "demand: onset of problems {:+}% a year for {months} months",
                percent(*per_year)
            )
        }
        Shock::Exit { payer, .. } => format!("exit: {payer} gives no new money"),
        Shock::Prize { project, .. } => format!("{project} wins a prize"),
        Shock::Review { .. } => "a review committee visits".to_owned(),
        Shock::Transition { months, relief, .. } => format!(
            "{months} months of transition take away {}% of what closes payers",
            percent(*relief)
        ),
        Shock::AldermanLeaves { .. } => "the alderman leaves".to_owned(),
    };
    format!("{}  {what}", shock.at())
}

/// A share in per cent, to a tenth.
fn percent(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}
