//! The comparison as plain text for a terminal, at most about 110 columns wide.

use crate::input::{Difference, Direction, Estimate, ReportInput};
use crate::quantity::{Writer, is_euro};
use crate::verdict::Verdict;
use crate::{Lang, numbers::Place};

/// Longest strategy name shown whole.
const NAME_WIDTH: usize = 30;

/// Columns of a line: name, level, its interval, difference, its interval, verdict.
type Line = [String; 6];

/// The comparison as text: per stressor and metric, every strategy's level and difference to the
/// null alternative with 95 % intervals.
///
/// Shows the key metrics, or with `all` every metric; those with a direction come first.
pub fn comparison_text(input: &ReportInput, lang: Lang, all: bool) -> String {
    let writer = Writer::new(lang);
    let metrics = if all {
        input.all_metrics()
    } else {
        input.key_metrics()
    };
    let mut blocks = Vec::new();
    for (stressor, info) in input.stressors.iter().enumerate() {
        blocks.push(Block::Stressor(info.name.clone()));
        blocks.extend(team_block(input, &writer, stressor));
        for &metric in &metrics {
            blocks.push(metric_block(input, &writer, stressor, metric));
        }
    }
    let mut text = header(input, &writer);
    let widths = widths(&blocks);
    blocks
        .iter()
        .for_each(|block| block.write(&mut text, &widths));
    failures(input, &writer, &mut text);
    text
}

enum Block {
    Stressor(String),
    Lines { heading: String, lines: Vec<Line> },
}

fn header(input: &ReportInput, writer: &Writer) -> String {
    let setting = &input.setting;
    let sizes = writer.texts.with(
        "table-sizes",
        &[
            (
                "replications",
                &writer.numbers.count(setting.replications_done),
            ),
            ("seed", &input.reproduction.seed.to_string()),
            ("null", input.null_name()),
        ],
    );
    let mut text = format!(
        "{}\n{}\n{sizes}\n",
        one_line(&input.title),
        one_line(&input.question)
    );
    if setting.replications_done == 0 {
        text.push_str(&format!("{}\n", writer.texts.get("nothing-ran")));
    }
    text
}

fn team_block(input: &ReportInput, writer: &Writer, stressor: usize) -> Option<Block> {
    let arms: Vec<_> = input
        .survival
        .iter()
        .filter(|arm| arm.stressor == stressor)
        .collect();
    let lines = arms.iter().map(|arm| {
        let difference = arm
            .difference
            .as_ref()
            .filter(|_| Some(arm.strategy) != input.null());
        line(
            input,
            writer,
            arm.strategy,
            arm.team_months.as_ref(),
            difference,
            "month",
            Direction::Higher,
        )
    });
    let heading = writer.texts.with(
        "table-team",
        &[
            ("project", &input.setting.project),
            ("months", &writer.numbers.count(input.setting.horizon)),
        ],
    );
    (!arms.is_empty()).then(|| Block::Lines {
        heading,
        lines: lines.collect(),
    })
}

fn metric_block(input: &ReportInput, writer: &Writer, stressor: usize, metric: usize) -> Block {
    let info = &input.metrics[metric];
    let lines = (0..input.strategies.len()).map(|strategy| {
        let cell = input.cell(stressor, strategy, metric);
        let difference = cell.and_then(|cell| cell.difference.as_ref());
        let difference = difference.filter(|_| Some(strategy) != input.null());
        let level = cell.and_then(|cell| cell.level.as_ref());
        line(
            input,
            writer,
            strategy,
            level,
            difference,
            &info.unit,
            info.better,
        )
    });
    let direction = writer.texts.get(match info.better {
        Direction::Higher => "better-higher",
        Direction::Lower => "better-lower",
        Direction::Neither => "better-neither",
    });
    let heading = format!("{} ({}; {direction})", info.name, writer.unit(&info.unit));
    Block::Lines {
        heading,
        lines: lines.collect(),
    }
}

fn line(
    input: &ReportInput,
    writer: &Writer,
    strategy: usize,
    level: Option<&Estimate>,
    difference: Option<&Difference>,
    unit: &str,
    better: Direction,
) -> Line {
    // The heading names the unit; a currency sign in every cell would make lines too long.
    let unit = if is_euro(unit) { "" } else { unit };
    let (level, level_range) = level.map_or_else(
        || (writer.texts.get("missing"), None),
        |level| writer.level_ends(level, unit),
    );
    let (difference_text, difference_range) = difference
        .map(|difference| writer.difference_ends(difference, unit))
        .unwrap_or_default();
    let verdict = match difference {
        _ if Some(strategy) == input.null() => writer.texts.get("table-null"),
        None => String::new(),
        Some(difference) => verdict(writer, difference, better),
    };
    let name = shortened(&one_line(&input.strategies[strategy].name));
    [
        name,
        level,
        bracketed(level_range),
        difference_text,
        bracketed(difference_range),
        verdict,
    ]
}

fn verdict(writer: &Writer, difference: &Difference, better: Direction) -> String {
    let word = writer.texts.get(match difference.verdict(better) {
        Verdict::Better => "verdict-better",
        Verdict::Worse => "verdict-worse",
        Verdict::Different => "verdict-different",
        Verdict::Same => "verdict-same",
        Verdict::Unclear => "verdict-unclear",
    });
    if difference.excluded == 0 {
        return word;
    }
    let left_out = writer
        .numbers
        .write(f64::from(difference.excluded), Place::UNITS);
    let note = writer.texts.with("table-excluded", &[("count", &left_out)]);
    if word.is_empty() {
        note
    } else {
        format!("{word}; {note}")
    }
}

fn bracketed(ends: Option<(String, String)>) -> String {
    ends.map(|(low, high)| format!("[{low}; {high}]"))
        .unwrap_or_default()
}

/// No line ends or other control characters from a scenario in a terminal.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME_WIDTH {
        return name.to_owned();
    }
    name.chars().take(NAME_WIDTH - 1).chain(['…']).collect()
}

fn widths(blocks: &[Block]) -> [usize; 6] {
    let mut widths = [0; 6];
    for block in blocks {
        let Block::Lines { lines, .. } = block else {
            continue;
        };
        for line in lines {
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = (*width).max(cell.chars().count());
            }
        }
    }
    widths
}

impl Block {
    fn write(&self, text: &mut String, widths: &[usize; 6]) {
        match self {
            Self::Stressor(name) => {
                let name = one_line(name);
                let rule = "─".repeat(100_usize.saturating_sub(name.chars().count() + 4));
                text.push_str(&format!("\n── {name} {rule}\n"));
            }
            Self::Lines { heading, lines } => {
                text.push_str(&format!("\n{}\n", one_line(heading)));
                lines
                    .iter()
                    .for_each(|line| text.push_str(&aligned(line, widths)));
            }
        }
    }
}

fn aligned(line: &Line, widths: &[usize; 6]) -> String {
    let [
        name,
        level,
        level_range,
        difference,
        difference_range,
        verdict,
    ] = line;
    let [w0, w1, w2, w3, w4, _] = *widths;
    let text = format!(
        "  {name:<w0$}  {level:>w1$} {level_range:<w2$}  {difference:>w3$} {difference_range:<w4$}  {verdict}",
    );
    format!("{}\n", text.trim_end())
}

fn failures(input: &ReportInput, writer: &Writer, text: &mut String) {
    if input.failures.is_empty() {
        return;
    }
    let count = writer
        .numbers
        .write(input.failures.len() as f64, Place::UNITS);
    text.push_str(&format!(
        "\n{}\n",
        writer.texts.with("failed-runs", &[("count", &count)])
    ));
    for failure in input.failures.iter().take(5) {
        text.push_str(&format!(
            "  {}\n    {}\n",
            one_line(&failure.reason),
            one_line(&failure.rerun)
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::sample;

    #[test]
    fn every_line_fits_and_columns_line_up() {
        for lang in Lang::ALL {
            let text = comparison_text(&sample(), lang, false);
            for line in text.lines().filter(|line| !line.contains("?")) {
                assert!(line.chars().count() <= 120, "{line}");
            }
            assert!(text.contains("households.multi_problem"));
        }
    }

    #[test]
    fn says_so_when_nothing_ran() {
        let empty = ReportInput::default();
        let text = comparison_text(&empty, Lang::En, true);
        assert!(text.contains("No run was completed"), "{text}");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let mut input = sample();
        input.title = "a\u{1b}[31mb\nc".to_owned();
        let text = comparison_text(&input, Lang::Nl, false);
        assert!(!text.contains('\u{1b}') && text.starts_with("a [31mb c\n"));
    }
}
