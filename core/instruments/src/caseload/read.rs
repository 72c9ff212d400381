//! Reads a spreadsheet that a project filled in, with all that is wrong with it at once.

use super::sheet::{Column, ending};
use super::{Case, Ending, Severities};
use crate::voice::{Sentence, Value, Voice};
use csv::{ReaderBuilder, StringRecord, Trim};
use std::collections::BTreeMap;
use zalm_report::Lang;
use zalm_scenario::{Month, nearest, separator, spreadsheet_text};

/// Most severe.
const ACUTE: u8 = 4;

/// Cases as they stand in a spreadsheet saved as CSV: cells parted by commas, semicolons or tabs,
/// heads in Dutch or English in any order. Columns of other names are passed over.
///
/// # Errors
/// Every cell that cannot be used: its row and column, what it says, and what was expected.
pub fn read(bytes: &[u8]) -> Result<Vec<Case>, Vec<Sentence>> {
    let text = spreadsheet_text(bytes);
    let head = text.lines().next().unwrap_or_default();
    let mut reader = ReaderBuilder::new()
        .delimiter(separator(head))
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let head = reader.headers().map_err(|error| vec![unread(&error)])?;
    let mut rows = Rows {
        voices: Lang::ALL.map(Voice::new),
        places: Vec::new(),
        cases: Vec::new(),
        rows: BTreeMap::new(),
        problems: Vec::new(),
    };
    rows.head(&head.clone());
    if !rows.problems.is_empty() {
        return Err(rows.problems);
    }
    for record in reader.records() {
        match record {
            Ok(record) => rows.row(&record),
            Err(error) => rows.problems.push(unread(&error)),
        }
    }
    if rows.cases.is_empty() && rows.problems.is_empty() {
        rows.problems.push(Sentence::new("sheet-empty", vec![]));
    }
    if rows.problems.is_empty() {
        Ok(rows.cases)
    } else {
        Err(rows.problems)
    }
}

/// What the reader of tables says.
fn unread(error: &csv::Error) -> Sentence {
    wrong("sheet-unread", &[("error", &error.to_string())])
}

/// What is wrong, with what stands there.
fn wrong(id: &str, values: &[(&'static str, &str)]) -> Sentence {
    let named = |(name, text): &(&'static str, &str)| (*name, Value::Name((*text).to_owned()));
    Sentence::new(id, values.iter().map(named).collect())
}

/// Where something is wrong.
fn at(id: &str, place: (&'static str, &str), problem: Sentence) -> Sentence {
    let place = (place.0, Value::Name(place.1.to_owned()));
    let problem = ("problem", Value::Phrase(Box::new(problem)));
    Sentence::new(id, vec![place, problem])
}

struct Rows {
    voices: [Voice; 2],
    /// Where each column stands, and what stands above it there.
    places: Vec<(Column, usize, String)>,
    cases: Vec<Case>,
    /// Row of each case.
    rows: BTreeMap<String, u64>,
    problems: Vec<Sentence>,
}

impl Rows {
    /// Finds the columns by what stands above them.
    fn head(&mut self, head: &StringRecord) {
        let mut known = vec![false; head.len()];
        for column in Column::all() {
            let names = self.voices.each_ref().map(|voice| column.head(voice));
            let is = |cell: &str| names.iter().any(|name| same(name, cell));
            let found: Vec<usize> = (0..head.len()).filter(|at| is(&head[*at])).collect();
            found.iter().for_each(|at| known[*at] = true);
            match found[..] {
                [] => self.problems.push(missing(&names, head, &known)),
                [at] => self.places.push((column, at, head[at].to_owned())),
                [_, again, ..] => {
                    let twice = wrong("sheet-column-twice", &[("column", &head[again])]);
                    self.problems.push(twice);
                }
            }
        }
    }

    fn row(&mut self, record: &StringRecord) {
        if record.iter().all(str::is_empty) {
            return;
        }
        let row = record.position().map_or(0, csv::Position::line);
        let mut problems = Vec::new();
        let case = self.case(record, &mut problems);
        let number = row.to_string();
        let in_row = |problem| at("sheet-row", ("row", &number), problem);
        self.problems.extend(problems.into_iter().map(in_row));
        if let Some(case) = case {
            if let Some(first) = self.rows.insert(case.id.clone(), row) {
                let twice = [
                    ("row", number.as_str()),
                    ("case", &case.id),
                    ("first", &first.to_string()),
                ];
                self.problems.push(wrong("sheet-case-twice", &twice));
            }
            self.cases.push(case);
        }
    }

    /// `None` where something is wrong.
    fn case(&self, record: &StringRecord, problems: &mut Vec<Sentence>) -> Option<Case> {
        let mut case = Case {
            id: String::new(),
            start: Month::new(0, 1)?,
            last: Month::new(0, 1)?,
            ending: Ending::Running,
            before: Severities::default(),
            after: Severities::default(),
        };
        let before = problems.len();
        for (column, place, head) in &self.places {
            let cell = record.get(*place).unwrap_or_default();
            if let Err(problem) = self.cell(*column, cell, &mut case) {
                problems.push(at("sheet-column", ("column", head), problem));
            }
        }
        if problems.len() == before && case.last < case.start {
            let (last, start) = (case.last.to_string(), case.start.to_string());
            problems.push(wrong("sheet-order", &[("last", &last), ("start", &start)]));
        }
        (problems.len() == before).then_some(case)
    }

    fn cell(&self, column: Column, cell: &str, case: &mut Case) -> Result<(), Sentence> {
        match column {
            Column::Case if cell.is_empty() => {
                return Err(Sentence::new("sheet-no-case", vec![]));
            }
            Column::Case => cell.clone_into(&mut case.id),
            Column::Start => case.start = month(cell)?,
            Column::Last => case.last = month(cell)?,
            Column::Ending => case.ending = self.ending(cell)?,
            Column::Before(domain) => case.before[domain] = severity(cell)?,
            Column::After(domain) => case.after[domain] = severity(cell)?,
        }
        Ok(())
    }

    /// An empty cell is a case that still runs.
    fn ending(&self, cell: &str) -> Result<Ending, Sentence> {
        if cell.is_empty() {
            return Ok(Ending::Running);
        }
        let words = Ending::ALL.map(|one| self.voices.each_ref().map(|voice| ending(one, voice)));
        let is = |names: &[String; 2]| names.iter().any(|name| same(name, cell));
        let found = Ending::ALL.into_iter().zip(&words);
        let found = found.into_iter().find(|(_, names)| is(names));
        found.map(|(one, _)| one).ok_or_else(|| {
            let [nl, en] =
                [0, 1].map(|lang| words.each_ref().map(|names| &*names[lang]).join(", "));
            let all = words.iter().flatten().map(String::as_str);
            let problem = wrong("sheet-ending", &[("cell", cell), ("nl", &nl), ("en", &en)]);
            meant("sheet-did-you-mean", nearest(cell, all), problem)
        })
    }
}

/// The same text, whatever its capitals.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// A column that is not there, and what may have been meant for it.
fn missing(names: &[String; 2], head: &StringRecord, known: &[bool]) -> Sentence {
    let [nl, en] = names;
    let others = head.iter().zip(known).filter(|(_, known)| !**known);
    let others: Vec<&str> = others.map(|(name, _)| name).collect();
    let near = names
        .iter()
        .find_map(|name| nearest(name, others.iter().copied()));
    let problem = wrong("sheet-no-column", &[("nl", nl), ("en", en)]);
    meant("sheet-is-it", near, problem)
}

/// A problem with what may have been meant, when something is near.
fn meant(id: &str, near: Option<&str>, problem: Sentence) -> Sentence {
    match near {
        Some(near) => at(id, ("near", near), problem),
        None => problem,
    }
}

fn severity(cell: &str) -> Result<Option<u8>, Sentence> {
    if cell.is_empty() {
        return Ok(None);
    }
    let level = cell.parse::<u8>().ok().filter(|level| *level <= ACUTE);
    level
        .map(Some)
        .ok_or_else(|| wrong("sheet-severity", &[("cell", cell)]))
}

/// A month, or the month of a day: `2010-03`, `2010-03-15`, `03-2010`, `15-03-2010`, with strokes for
/// dashes as well.
fn month(cell: &str) -> Result<Month, Sentence> {
    let parts: Vec<&str> = cell.split(['-', '/']).collect();
    let number = |part: &str| part.parse::<i32>().ok();
    let parsed = match parts[..] {
        [year, month] | [year, month, _] if year.len() == 4 => number(year).zip(number(month)),
        [month, year] | [_, month, year] if year.len() == 4 => number(year).zip(number(month)),
        _ => None,
    };
    let found = parsed.and_then(|(year, month)| Month::new(year, month));
    found.ok_or_else(|| wrong("sheet-month", &[("cell", cell)]))
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;

    fn case(id: &str, ending: Ending) -> Case {
        Case {
            id: id.to_owned(),
            start: Month::new(2010, 3).unwrap(),
            last: Month::new(2011, 9).unwrap(),
            ending,
            before: [
                Some(0),
                Some(1),
                Some(2),
                Some(3),
                Some(4),
                None,
                Some(2),
                Some(0),
            ],
            after: [
                Some(0),
                Some(0),
                Some(1),
                Some(3),
                Some(2),
                None,
                Some(0),
                Some(0),
            ],
        }
    }

    /// Problems in English, each in a line.
    fn told(problems: &[Sentence]) -> String {
        let voice = Voice::new(Lang::En);
        let lines: Vec<String> = problems.iter().map(|one| voice.say(one)).collect();
        lines.join("\n")
    }

    fn cases() -> Vec<Case> {
        let endings = Ending::ALL.into_iter().zip(["1", "2", "x; \"y\"", "4"]);
        endings.map(|(ending, id)| case(id, ending)).collect()
    }

    #[test]
    fn what_is_written_is_read_again_in_both_languages() {
        for lang in Lang::ALL {
            let sheet = write(&cases(), &Voice::new(lang));
            assert_eq!(read(sheet.as_bytes()), Ok(cases()), "{sheet}");
        }
    }

    #[test]
    fn columns_may_change_places_and_others_stand_beside_them() {
        let sheet = write(&cases()[..1], &Voice::new(Lang::Nl));
        // Of this case no cell holds the mark.
        let turned: String = sheet
            .trim_start_matches('\u{feff}')
            .lines()
            .map(|line| {
                let mut cells: Vec<&str> = line.split(';').collect();
                cells.push("opmerking");
                cells.reverse();
                cells.join("\t") + "\r\n"
            })
            .collect();
        let latin: Vec<u8> = turned.chars().map(|c| u8::try_from(c).unwrap()).collect();
        assert_eq!(read(&latin), Ok(cases()[..1].to_vec()));
    }

    #[test]
    fn days_and_months_are_read_as_people_write_them() {
        let march = Month::new(2010, 3).unwrap();
        for cell in [
            "2010-03",
            "2010-03-15",
            "03-2010",
            "15-03-2010",
            "15/3/2010",
        ] {
            assert_eq!(month(cell), Ok(march), "{cell}");
        }
        for cell in ["", "2010", "mrt-10", "2010-13", "10-03-15"] {
            let problem = told(&[month(cell).unwrap_err()]);
            assert!(problem.contains("such as 2010-03"), "{cell}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once_with_row_and_column() {
        let sheet = write(&cases(), &Voice::new(Lang::En));
        let spoilt = sheet
            .replacen("1,2010-03,2011-09,running", ",maart,2011-09,bezig", 1)
            .replacen("2,2010-03,2011-09", "4,2012-03,2011-09", 1)
            .replacen(",4,2,", ",5,-1,", 1);
        let problems = read(spoilt.as_bytes()).unwrap_err();
        let text = told(&problems);
        let dutch: Vec<_> = problems
            .iter()
            .map(|one| Voice::new(Lang::Nl).say(one))
            .collect();
        assert!(
            dutch[1].starts_with("rij 2, kolom `Start`: `maart` is geen maand"),
            "{dutch:?}"
        );
        for wanted in [
            "row 2, column `Case`: empty",
            "row 2, column `Start`: `maart` is no month",
            "`bezig` is no ending; expected one of",
            "row 2, column `Mental health and addiction, baseline`: `5` is no severity; expected 0",
            "`-1` is no severity",
            "row 3, the last measurement, 2011-09, is before the start, 2012-03",
        ] {
            assert!(text.contains(wanted), "no {wanted:?} in\n{text}");
        }
        assert_eq!(problems.len(), 6, "{text}");
        let on_windows = spoilt.replace('\n', "\r\n");
        assert_eq!(read(on_windows.as_bytes()), Err(problems));
    }

    #[test]
    fn columns_that_are_missing_or_doubled_and_cases_that_come_twice_are_named() {
        let sheet = write(&cases(), &Voice::new(Lang::En));
        let wrong = sheet.replacen("Housing, baseline", "Housing, basline", 1);
        let wrong = wrong.replacen("Work and daytime activity, follow-up", "Case", 1);
        let text = told(&read(wrong.as_bytes()).unwrap_err());
        for wanted in [
            "row 1: there is no column `Wonen, 0-meting` (`Housing, baseline`); is it `Housing, basline`?",
            "row 1: column `Case` stands there twice",
        ] {
            assert!(text.contains(wanted), "no {wanted:?} in\n{text}");
        }
        let twice = sheet.replacen("\n2,", "\n1,", 1);
        let text = told(&read(twice.as_bytes()).unwrap_err());
        assert!(
            text.contains("row 3: case `1` stands in row 2 too"),
            "{text}"
        );
        let empty = write(&[], &Voice::new(Lang::Nl));
        let text = told(&read(empty.as_bytes()).unwrap_err());
        assert!(text.contains("no row with a case"), "{text}");
        assert!(read(b"").is_err() && read(&[0xff; 40]).is_err());
    }
}
