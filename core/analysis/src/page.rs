//! What the pages of the answers share.

use crate::answer::Origin;
use crate::estimate::Estimate;
use crate::voice::Voice;
use zalm_model::MetricSpec;
use zalm_report::{Axis, Chart, Drawing, Part, Sheet, Table};

/// What stands on the page of an answer.
pub struct Page {
    /// Its title.
    pub title: String,
    /// The question that it answers, as people ask it.
    pub question: String,
    /// What is shown, in this order.
    pub parts: Vec<Part>,
}

/// A page with the command that gives it at the foot.
pub(crate) fn sheet(page: Page, origin: &Origin, voice: &Voice) -> Sheet {
    let foot = [
        ("command", origin.command.clone()),
        ("version", origin.zalm_version.clone()),
    ];
    Sheet {
        title: page.title,
        question: page.question,
        parts: page.parts,
        foot: voice.with("page-foot", &foot),
        version: origin.zalm_version.clone(),
    }
}

/// A figure with its words (finding, unit and interval, what must be known besides) and its data.
pub(crate) fn figure(name: &str, words: [String; 3], chart: Chart, data: Table) -> Part {
    let [title, subtitle, caption] = words;
    Part::Figure(Box::new(Drawing {
        name: name.to_owned(),
        title,
        subtitle,
        caption,
        chart,
        data,
    }))
}

/// A table from rows, the first of which is its head.
pub(crate) fn table(caption: String, mut rows: Vec<Vec<String>>) -> Table {
    let head = if rows.is_empty() {
        Vec::new()
    } else {
        rows.remove(0)
    };
    Table {
        caption,
        head,
        rows,
    }
}

/// The axis of a metric, or of the difference in it.
pub(crate) fn axis(spec: &MetricSpec, difference: bool, voice: &Voice) -> Axis {
    Axis {
        name: voice.measured(spec, difference),
        unit: spec.unit.to_owned(),
        difference,
    }
}

/// An estimate as the figures take it.
pub(crate) fn drawn(estimate: Estimate) -> zalm_report::Estimate {
    zalm_report::Estimate {
        mean: estimate.mean,
        interval: estimate.interval,
    }
}

/// A number without an interval, as the figures take it.
pub(crate) fn exact(mean: f64) -> zalm_report::Estimate {
    zalm_report::Estimate {
        mean,
        interval: None,
    }
}

/// A name as part of a file name: letters, digits and dashes.
pub(crate) fn plain(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect()
}
