//! Which values of parameters a comparison was played at, and what its intervals therefore show.

use crate::input::{ReportInput, Setting};
use crate::quantity::Writer;
use serde::{Deserialize, Serialize};

/// Which values of parameters a comparison was played at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Varied {
    /// Those in use.
    #[default]
    No,
    /// Draws from what parameters may be, each with a chance of its own: intervals go over the draws.
    Draws {
        /// Draws, count.
        draws: u32,
        /// Parameters that are drawn, count.
        parameters: u32,
    },
    /// Draws that meet the same chance: there are no intervals.
    Alike {
        /// Draws, count.
        draws: u32,
        /// Parameters that are drawn, count.
        parameters: u32,
    },
    /// Points that somebody chose, no sample: intervals are of the mean over them.
    Points {
        /// Points, count.
        points: u32,
        /// Parameters that differ between them, count.
        parameters: u32,
    },
}

impl Varied {
    /// The text of this name that fits: `name`, `name-draws`, `name-alike` or `name-points`.
    pub(crate) fn text(self, name: &str) -> String {
        match self {
            Self::No => name.to_owned(),
            Self::Draws { .. } => format!("{name}-draws"),
            Self::Alike { .. } => format!("{name}-alike"),
            Self::Points { .. } => format!("{name}-points"),
        }
    }
}

impl Setting {
    /// What an interval goes over, count: draws when there are several, else replications.
    pub(crate) fn counted(&self) -> u32 {
        match self.varied {
            Varied::Draws { draws, .. } | Varied::Alike { draws, .. }
                if self.replications_done > 0 =>
            {
                draws
            }
            _ => self.replications_done,
        }
    }
}

/// How much was played, in words: `5 draws of 19 parameters × 2 replications`.
pub(crate) fn sizes(input: &ReportInput, writer: &Writer) -> String {
    let setting = &input.setting;
    let (points, parameters) = match setting.varied {
        Varied::No => (1, 0),
        Varied::Draws { draws, parameters } | Varied::Alike { draws, parameters } => {
            (draws, parameters)
        }
        Varied::Points { points, parameters } => (points, parameters),
    };
    let numbers = &writer.numbers;
    writer.texts.with(
        &setting.varied.text("sizes"),
        &[
            ("points", &numbers.count(points)),
            ("parameters", &numbers.count(parameters)),
            ("replications", &numbers.count(setting.replications_done)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::sample;
    use crate::{Lang, comparison_text, render};

    #[test]
    fn what_is_said_of_intervals_is_what_was_done() {
        let mut input = sample();
        let mut told = |varied, lang| {
            input.setting.varied = varied;
            input.setting.replications_done = 2;
            let page = render(&input, lang).replace("&times;", "×");
            (page, comparison_text(&input, lang, false, 120))
        };
        let (page, text) = told(Varied::No, Lang::En);
        assert!(page.contains("chance only, not those assumptions"));
        assert!(text.contains("2 replications, seed") && text.contains("[95 % intervals]"));
        let draws = Varied::Draws {
            draws: 5,
            parameters: 19,
        };
        let (page, text) = told(draws, Lang::En);
        let sizes = "5 draws of 19 parameters × 2 replications";
        assert!(page.matches(sizes).count() >= 2, "setting and how sure");
        assert!(page.contains("There are only 5 draws"));
        assert!(!page.contains("show chance only") && !page.contains("show only chance"));
        assert!(
            text.contains(sizes) && text.contains("intervals over draws"),
            "{text}"
        );
        let (page, text) = told(draws, Lang::Nl);
        let sizes = "5 trekkingen van 19 parameters × 2 herhalingen";
        assert!(page.contains(sizes) && text.contains(sizes));
        assert!(!page.contains("alleen het toeval"), "{page}");
        let alike = Varied::Alike {
            draws: 5,
            parameters: 19,
        };
        for (lang, none) in [(Lang::En, "no interval"), (Lang::Nl, "geen interval")] {
            let (page, text) = told(alike, lang);
            assert!(page.contains(none) && text.contains(none), "{text}");
        }
        let points = Varied::Points {
            points: 4,
            parameters: 2,
        };
        let (page, text) = told(points, Lang::En);
        let sizes = "4 chosen points of 2 parameters × 2 replications";
        assert!(page.contains(sizes) && text.contains(sizes), "{text}");
        assert!(
            page.contains("no sample") && text.contains("mean over the points"),
            "{text}"
        );
        let (page, _) = told(points, Lang::Nl);
        assert!(
            page.contains("4 gekozen punten van 2 parameters") && page.contains("geen steekproef")
        );
    }
}
