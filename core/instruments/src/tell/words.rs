//! A story in words: what is said of it everywhere, and the text for a terminal.

use super::{Count, Story, Subject, Tell, Told};
use crate::mkba::{strategy_name, stressor_name};
use crate::voice::{Value, Voice};
use std::fmt::Write as _;
use std::ops::Range;
use zalm_report::capital;

/// Columns of a terminal from which two stories stand side by side.
const WIDE: usize = 100;
/// Columns of a text that is read in one column.
const NARROW: usize = 96;
/// Columns of a month.
const MONTH: usize = 9;

/// The name of a story's strategy.
pub(super) fn strategy(voice: &Voice, story: &Story) -> String {
    match &story.title {
        Some(title) => capital(&voice.value(title)),
        None => strategy_name(voice, &story.strategy),
    }
}

pub(super) fn heading(tell: &Tell, voice: &Voice) -> String {
    let name = voice.say(&tell.name);
    let names: Vec<String> = tell
        .stories
        .iter()
        .map(|one| strategy(voice, one))
        .collect();
    format!("{name}: {}", voice.list(names))
}

pub(super) fn conditions(tell: &Tell, voice: &Voice) -> String {
    let values = [
        ("title", tell.title.clone()),
        ("place", Value::Name(tell.place.clone())),
        (
            "stressor",
            Value::Name(stressor_name(voice, &tell.stressor)),
        ),
        ("replication", Value::Count(tell.replication)),
        (
            "policy",
            Value::Name(tell.month(tell.policy_month).to_string()),
        ),
    ];
    voice.with("tell-conditions", &values)
}

/// Where the stories part and why, in sentences.
pub(super) fn finding(tell: &Tell, voice: &Voice) -> Vec<String> {
    if tell.stories.len() < 2 {
        return vec![voice.text("tell-alone")];
    }
    let Some(parting) = tell.parting() else {
        return vec![voice.text("tell-same")];
    };
    let month = Value::Name(tell.month(parting.month).to_string());
    let mut lines = vec![voice.with("tell-parts", &[("month", month)])];
    for (story, told) in tell.stories.iter().zip(parting.first) {
        let what = told.map_or_else(|| voice.text("tell-nothing"), |told| voice.say(&told.what));
        let values = [
            ("strategy", Value::Name(strategy(voice, story))),
            ("what", Value::Name(what)),
        ];
        lines.push(voice.with("tell-parts-by", &values));
    }
    if matches!(tell.subject, Subject::Household(_)) {
        for (at, told) in &parting.before {
            let values = [
                ("strategy", Value::Name(strategy(voice, &tell.stories[*at]))),
                ("month", Value::Name(tell.month(told.month).to_string())),
                ("what", Value::Name(voice.say(&told.what))),
            ];
            lines.push(voice.with("tell-before", &values));
        }
        if parting.before.is_empty() {
            lines.push(voice.text("tell-before-nothing"));
        }
    }
    for story in &tell.stories {
        let values = [
            ("strategy", Value::Name(strategy(voice, story))),
            ("what", Value::Name(standing(&story.end, voice))),
        ];
        lines.push(voice.with("tell-at-the-end", &values));
    }
    lines
}

/// The head of the table of numbers.
pub(super) fn count_head(tell: &Tell, voice: &Voice) -> Vec<String> {
    let mut head = vec![match tell.subject {
        Subject::Household(_) => voice.text("tell-count-household"),
        Subject::Project(_) => voice.text("tell-count-project"),
    }];
    head.extend(tell.stories.iter().map(|one| strategy(voice, one)));
    if tell.stories.len() == 2 {
        head.push(voice.text("tell-count-difference"));
    }
    head
}

/// The rows of the table of numbers; what is nothing everywhere is left out.
pub(super) fn count_rows(tell: &Tell, voice: &Voice) -> Vec<Vec<String>> {
    let Some(first) = tell.stories.first() else {
        return Vec::new();
    };
    let row = |at: usize| {
        let counts: Vec<&Count> = tell.stories.iter().map(|one| &one.counts[at]).collect();
        let some = counts.iter().any(|count| !count.nothing);
        some.then(|| {
            let mut row = vec![capital(&voice.say(&counts[0].what))];
            row.extend(counts.iter().map(|count| voice.value(&count.value)));
            if let [one, other] = counts.as_slice() {
                row.push(voice.signed(other.number - one.number, 0));
            }
            row
        })
    };
    (0..first.counts.len()).filter_map(row).collect()
}

/// What is told of a month, as one text.
pub(super) fn sentences(told: &[&Told], voice: &Voice) -> String {
    let all: Vec<String> = told
        .iter()
        .map(|one| capital(&voice.say(&one.what)))
        .collect();
    all.join(" ")
}

/// How the subject stood at the start, or a story ended.
pub(super) fn standing(sentences: &[crate::voice::Sentence], voice: &Voice) -> String {
    let all: Vec<String> = sentences
        .iter()
        .map(|one| capital(&voice.say(one)))
        .collect();
    all.join(" ")
}

/// The story for a terminal of so many columns.
pub fn text(tell: &Tell, voice: &Voice, columns: usize) -> String {
    let width = columns.clamp(40, NARROW);
    let mut out = format!("{}\n", heading(tell, voice));
    let mut say = |line: &str| {
        wrap(line, width).iter().for_each(|l| {
            let _ = writeln!(out, "{l}");
        });
    };
    say(&conditions(tell, voice));
    say("");
    finding(tell, voice).iter().for_each(|line| say(line));
    say("");
    say(&format!("{}: {}", tell.start, standing(&tell.first, voice)));
    say("");
    if tell.stories.len() == 2 && columns >= WIDE {
        side_by_side(tell, voice, columns, &mut out);
    } else {
        one_by_one(tell, voice, width, &mut out);
    }
    counts(tell, voice, &mut out);
    let _ = writeln!(out, "\n{}", voice.text("compares"));
    out
}

/// Two stories beside each other; a month that is the same in both is told once.
fn side_by_side(tell: &Tell, voice: &Voice, columns: usize, out: &mut String) {
    let [one, other] = tell.stories.as_slice() else {
        return;
    };
    let half = (columns.min(160) - MONTH - 3) / 2;
    let line = |mark: &str, month: &str, left: &str, right: &str| {
        let line = format!("{mark}{month:<7} {}  {right}", padded(left, half));
        format!("{}\n", line.trim_end())
    };
    let both = |mark: &str, month: &str, left: &str, right: &str| {
        let (left, right) = (wrap(left, half), wrap(right, half));
        let rows = left.len().max(right.len());
        (0..rows)
            .map(|row| {
                let of = |lines: &[String]| lines.get(row).cloned().unwrap_or_default();
                let (mark, month) = if row == 0 { (mark, month) } else { (" ", "") };
                line(mark, month, &of(&left), &of(&right))
            })
            .collect::<String>()
    };
    out.push_str(&both(
        " ",
        "",
        &strategy(voice, one),
        &strategy(voice, other),
    ));
    let rule = "-".repeat(half);
    out.push_str(&line(" ", "", &rule, &rule));
    for month in tell.months() {
        let (left, right) = (one.of(month), other.of(month));
        let name = tell.month(month).to_string();
        let (left_text, right_text) = (sentences(&left, voice), sentences(&right, voice));
        if same(&left, &right) {
            hanging(" ", &name, &left_text, MONTH + 1 + 2 * half, out);
        } else {
            out.push_str(&both("*", &name, &left_text, &right_text));
        }
    }
    let (left, right) = (standing(&one.end, voice), standing(&other.end, voice));
    out.push_str(&both(" ", &voice.text("tell-end"), &left, &right));
}

/// One story after the other; what they share is told once, and months that differ are marked.
fn one_by_one(tell: &Tell, voice: &Voice, width: usize, out: &mut String) {
    let Some(first) = tell.stories.first() else {
        return;
    };
    let Some(parting) = tell.parting() else {
        months(tell, first, 0..u32::MAX, (voice, width), out);
        end(first, (voice, width), out);
        return;
    };
    months(tell, first, 0..parting.month, (voice, width), out);
    for story in &tell.stories {
        let _ = writeln!(out, "\n{}", strategy(voice, story));
        months(tell, story, parting.month..u32::MAX, (voice, width), out);
        end(story, (voice, width), out);
    }
}

/// What is told of a story in these months, marked where another story tells something else.
fn months(
    tell: &Tell,
    story: &Story,
    range: Range<u32>,
    (voice, width): (&Voice, usize),
    out: &mut String,
) {
    for month in tell.months().into_iter().filter(|at| range.contains(at)) {
        let told = story.of(month);
        if told.is_empty() {
            continue;
        }
        let mut all = tell.stories.iter().map(|one| one.of(month));
        let mark = if all.all(|other| same(&other, &told)) {
            " "
        } else {
            "*"
        };
        let name = tell.month(month).to_string();
        hanging(mark, &name, &sentences(&told, voice), width, out);
    }
}

fn end(story: &Story, (voice, width): (&Voice, usize), out: &mut String) {
    let name = voice.text("tell-end");
    hanging(" ", &name, &standing(&story.end, voice), width, out);
}

/// A text behind a name, in lines.
fn hanging(mark: &str, name: &str, text: &str, width: usize, out: &mut String) {
    for (row, text) in wrap(text, width - MONTH).iter().enumerate() {
        let (mark, name) = if row == 0 { (mark, name) } else { (" ", "") };
        let _ = writeln!(out, "{mark}{name:<7} {text}");
    }
}

fn same(one: &[&Told], other: &[&Told]) -> bool {
    one == other
}

fn counts(tell: &Tell, voice: &Voice, out: &mut String) {
    let mut rows = count_rows(tell, voice);
    if rows.is_empty() {
        return;
    }
    rows.insert(0, count_head(tell, voice));
    let cells = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = |cell: usize| {
        let all = rows.iter().filter_map(|row| row.get(cell));
        all.map(|text| text.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..cells).map(wide).collect();
    out.push('\n');
    for row in &rows {
        let mut line = String::new();
        for (at, text) in row.iter().enumerate() {
            if at == 0 {
                line.push_str(&padded(text, widths[0]));
            } else {
                let empty = widths[at] - text.chars().count();
                line.push_str("  ");
                line.push_str(&" ".repeat(empty));
                line.push_str(text);
            }
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

fn padded(text: &str, width: usize) -> String {
    let empty = width.saturating_sub(text.chars().count());
    format!("{text}{}", " ".repeat(empty))
}

/// A text in lines of at most so many characters, broken between words; control characters of
/// texts from outside become spaces.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let last = lines.last_mut().expect("there is always a last line");
        let used = last.chars().count();
        if used > 0 && used + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if used > 0 {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("een twee drie", 8), ["een twee", "drie"]);
        assert_eq!(wrap("", 8), [""]);
        assert_eq!(wrap("a\u{1b}[2Jb", 20), ["a [2Jb"]);
    }
}
