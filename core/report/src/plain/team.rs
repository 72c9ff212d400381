//! What became of the first project's team, cause by cause.

use super::{Block, shortened};
use crate::input::{ENDS, Outcome, ReportInput};
use crate::numbers::Place;
use crate::quantity::Writer;
use crate::terminal::one_line;

/// One line for each strategy under a stressor; `None` without a project.
pub(super) fn block(input: &ReportInput, writer: &Writer, stressor: usize) -> Option<Block> {
    let arms = input.survival.iter().filter(|arm| arm.stressor == stressor);
    let line = |(strategy, outcome): (usize, Outcome)| {
        let name = shortened(&one_line(&input.strategies[strategy].name));
        format!("{name}: {}", told(writer, outcome).join(", "))
    };
    let lines: Vec<String> = arms
        .filter_map(|arm| Some(line((arm.strategy, arm.outcome?))))
        .collect();
    (!lines.is_empty()).then(|| Block::Told {
        heading: writer.texts.get("table-team"),
        lines,
    })
}

/// Every share that is not nought.
fn told(writer: &Writer, outcome: Outcome) -> Vec<String> {
    let kept = [
        ("together", outcome.together),
        ("absorbed", outcome.absorbed),
    ];
    let shares = kept
        .into_iter()
        .chain(ENDS.into_iter().zip(outcome.ended_by));
    let shares = shares.filter(|(_, share)| *share > 1e-9);
    let word = |(id, share)| {
        let share = writer.value(share, "share", Place::UNITS);
        writer
            .texts
            .with(&format!("table-team-{id}"), &[("share", &share)])
    };
    shares.map(word).collect()
}

#[cfg(test)]
mod tests {
    use crate::input::Outcome;
    use crate::sample::sample;
    use crate::{Lang, comparison_text};

    #[test]
    fn causes_are_told_apart_and_absorption_is_no_death() {
        let mut input = sample();
        for arm in &mut input.survival {
            arm.outcome = Some(Outcome {
                together: 0.5,
                absorbed: 0.25,
                ended_by: [0.15, 0.0, 0.0, 0.1],
            });
        }
        let text = comparison_text(&input, Lang::En, false, 120);
        for words in [
            "50% still together",
            "25% absorbed",
            "15% ended: money",
            "10% ended: no workers",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!text.contains("too little money"), "{text}");
        input.survival.clear();
        assert!(!comparison_text(&input, Lang::En, false, 120).contains("still together"));
    }
}
