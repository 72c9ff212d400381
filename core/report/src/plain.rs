//! The comparison as plain text for a terminal: about 110 columns wide, or folded to fit fewer.

mod best;
mod notes;
mod team;

use crate::input::{Difference, Direction, Estimate, ReportInput};
use crate::quantity::{Writer, is_euro};
use crate::terminal::{hanging, one_line};
use crate::varied::sizes;
use crate::{Lang, numbers::Place};

/// Longest strategy name shown whole.
const NAME_WIDTH: usize = 30;

/// Spaces between the columns of a line.
const GAPS: usize = 10;

/// Most columns of a sentence.
const WIDTH: usize = 110;

/// Columns of a line: name, level, its interval, difference, its interval, verdict.
type Line = [String; 6];

/// The comparison as text: per stressor and metric, every strategy's level and difference to the
/// null alternative with 95 % intervals.
///
/// Shows the key metrics, or with `all` every metric; those with a direction come first. Where lines
/// would be longer than `columns`, the difference goes to a line of its own.
pub fn comparison_text(input: &ReportInput, lang: Lang, all: bool, columns: usize) -> String {
    let writer = Writer::new(lang);
    let metrics = if all {
        input.all_metrics()
    } else {
        input.key_metrics()
    };
    let mut blocks = Vec::new();
    for (stressor, info) in input.stressors.iter().enumerate() {
        blocks.push(Block::Stressor(with_id(&info.name, &info.id)));
        for &metric in &metrics {
            blocks.push(metric_block(input, &writer, stressor, metric));
        }
        blocks.extend(team::block(input, &writer, stressor));
    }
    let mut text = header(input, &writer);
    let widths = widths(&blocks);
    let folded = widths.iter().sum::<usize>() + GAPS > columns;
    blocks
        .iter()
        .for_each(|block| block.write(&mut text, &widths, folded, columns.min(WIDTH)));
    failures(input, &writer, &mut text);
    text
}

enum Block {
    Stressor(String),
    Lines {
        heading: String,
        lines: Vec<Line>,
        /// Sentences below: which is best, and how well the differences are known.
        notes: Vec<String>,
    },
    /// A heading with sentences.
    Told {
        heading: String,
        lines: Vec<String>,
    },
}

fn header(input: &ReportInput, writer: &Writer) -> String {
    let setting = &input.setting;
    let sizes = writer.texts.with(
        "table-sizes",
        &[
            ("sizes", &sizes(input, writer)),
            (
                "intervals",
                &writer.texts.get(&setting.varied.text("intervals")),
            ),
            ("seed", &input.reproduction.seed.to_string()),
            ("null", input.null_name()),
        ],
    );
    let mut text = format!(
        "{}\n{}\n{sizes}\n{}\n",
        one_line(&input.title),
        one_line(&input.question),
        writer.texts.get("table-words")
    );
    if setting.replications_done == 0 {
        text.push_str(&format!("{}\n", writer.texts.get("nothing-ran")));
    }
    text
}

fn metric_block(input: &ReportInput, writer: &Writer, stressor: usize, metric: usize) -> Block {
    let info = &input.metrics[metric];
    let lines = (0..input.strategies.len()).map(|strategy| {
        let cell = input.cell(stressor, strategy, metric);
        let difference = cell.and_then(|cell| cell.difference.as_ref());
        let difference = difference.filter(|_| Some(strategy) != input.null());
        let level = cell.and_then(|cell| cell.level.as_ref());
        let same = cell.map_or(0, |cell| cell.same);
        line(
            input,
            writer,
            strategy,
            (level, same),
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
    let heading = format!(
        "{} · {} ({}; {direction})",
        writer.metric(info, &input.payers),
        info.name,
        writer.unit(&info.unit)
    );
    Block::Lines {
        heading,
        lines: lines.collect(),
        notes: notes::notes(input, writer, stressor, metric),
    }
}

fn line(
    input: &ReportInput,
    writer: &Writer,
    strategy: usize,
    (level, same): (Option<&Estimate>, u32),
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
        Some(difference) => verdict(writer, difference, better, &difference_text),
    };
    let name = shortened(&one_line(&input.strategies[strategy].name));
    [
        name,
        level,
        if same > 0 {
            writer.all_same(same)
        } else {
            bracketed(level_range)
        },
        difference_text,
        bracketed(difference_range),
        verdict,
    ]
}

fn verdict(writer: &Writer, difference: &Difference, better: Direction, written: &str) -> String {
    let id = difference.verdict(better).word(written);
    let pairs = writer.numbers.count(difference.pairs);
    let word = writer.texts.with(id, &[("pairs", &pairs)]);
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

/// A name for people with the id that the command line takes, where they differ.
fn with_id(name: &str, id: &str) -> String {
    if name == id {
        name.to_owned()
    } else {
        format!("{name} ({id})")
    }
}

fn bracketed(ends: Option<(String, String)>) -> String {
    ends.map(|(low, high)| format!("[{low}; {high}]"))
        .unwrap_or_default()
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
    fn write(&self, text: &mut String, widths: &[usize; 6], folded: bool, columns: usize) {
        match self {
            Self::Stressor(name) => {
                let name = one_line(name);
                let rule = "─".repeat(name.chars().count());
                text.push_str(&format!("\n{name}\n{rule}\n"));
            }
            Self::Lines {
                heading,
                lines,
                notes,
            } => {
                text.push_str(&format!("\n{}\n", one_line(heading)));
                lines
                    .iter()
                    .for_each(|line| text.push_str(&aligned(line, widths, folded)));
                for note in notes {
                    text.push_str(&hanging("  ", 4, note, columns));
                }
            }
            Self::Told { heading, lines } => {
                text.push_str(&format!("\n{}\n", one_line(heading)));
                for line in lines {
                    text.push_str(&hanging("  ", 4, line, columns));
                }
            }
        }
    }
}

fn aligned(line: &Line, widths: &[usize; 6], folded: bool) -> String {
    let [
        name,
        level,
        level_range,
        difference,
        difference_range,
        verdict,
    ] = line;
    let [w0, w1, w2, w3, w4, _] = *widths;
    if folded {
        let mut text = format!("  {name:<w0$}  {level:>w1$} {level_range}")
            .trim_end()
            .to_owned();
        let rest = format!("{difference:>w3$} {difference_range}  {verdict}");
        if !rest.trim().is_empty() {
            text.push_str(&format!("\n    {}", rest.trim()));
        }
        return text + "\n";
    }
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
    use crate::input::Choice;
    use crate::sample::sample;

    #[test]
    fn every_line_fits_and_columns_line_up() {
        for lang in Lang::ALL {
            let text = comparison_text(&sample(), lang, false, 120);
            for line in text.lines().filter(|line| !line.contains("?")) {
                assert!(line.chars().count() <= 130, "{line}");
            }
            assert!(text.contains("households.multi_problem"));
            assert!(text.contains(lang.of("Kosten van alle betalers samen", "Cost of all payers")));
        }
    }

    #[test]
    fn a_narrow_terminal_gets_two_lines_for_each_strategy() {
        let mut input = sample();
        input.metrics.truncate(3);
        let wide = comparison_text(&input, Lang::Nl, false, 120);
        let narrow = comparison_text(&input, Lang::Nl, false, 60);
        assert!(narrow.lines().count() > wide.lines().count());
        let values = |line: &&str| line.starts_with("  ");
        for line in narrow.lines().filter(values) {
            assert!(line.chars().count() <= 60, "{line}");
        }
    }

    #[test]
    fn who_is_best_is_told_with_what_may_be_luck() {
        let mut input = sample();
        let metric = input
            .metrics
            .iter()
            .position(|metric| metric.key && metric.better != Direction::Neither)
            .unwrap();
        let mut told = |may_be_best: Vec<usize>, luck, p_holm| {
            let cells = input.cells.iter_mut();
            let of = cells.filter(|cell| (cell.stressor, cell.metric) == (0, metric));
            for difference in of.filter_map(|cell| cell.difference.as_mut()) {
                difference.p_holm = Some(p_holm);
            }
            input.choices = vec![Choice {
                stressor: 0,
                metric,
                may_be_best,
                luck,
            }];
            let text = comparison_text(&input, Lang::En, false, 120);
            // Sentences go over several lines.
            text.replace("\n   ", "")
        };
        assert!(told(vec![1], 0.0, 0.01).contains("  Best: "));
        assert!(told(vec![1], 0.0, 0.2).contains("may still be chance"));
        assert!(told(vec![1], 1e9, 0.01).contains("luck of whoever looks best"));
        let several = told(vec![0, 1], 0.0, 0.01);
        assert!(several.contains("told apart as the best"), "{several}");
    }

    #[test]
    fn no_row_says_twice_how_long_teams_stay() {
        let text = comparison_text(&sample(), Lang::En, true, 120);
        assert!(!text.contains("together (months"), "{text}");
    }

    #[test]
    fn says_so_when_nothing_ran() {
        let empty = ReportInput::default();
        let text = comparison_text(&empty, Lang::En, true, 120);
        assert!(text.contains("No run was completed"), "{text}");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let mut input = sample();
        input.title = "a\u{1b}[31mb\nc".to_owned();
        let text = comparison_text(&input, Lang::Nl, false, 120);
        assert!(!text.contains('\u{1b}') && text.starts_with("a [31mb c\n"));
    }
}
