//! A file of opinions, with all that is wrong with it at once.

use super::{Asked, Panel, Said};
use csv::{ReaderBuilder, StringRecord, Trim};
use std::collections::BTreeSet;
use zalm_scenario::{Opinion, ParameterSpec, SPECS, nearest, position, spreadsheet_text};

/// Columns that a file must have; others are passed over.
const COLUMNS: [&str; 6] = ["parameter", "round", "expert", "low", "likely", "high"];
/// Experts that are needed for a pool.
const NEEDED: usize = 2;

/// Reads a table with the columns parameter, round, expert, low, likely and high. Cells are parted
/// by commas, or by semicolons; then a comma in a number is its decimal sign.
///
/// # Errors
/// Every line that cannot be used, with what to do about it.
pub fn read(bytes: &[u8]) -> Result<Panel, Vec<String>> {
    let text = spreadsheet_text(bytes);
    let head = text.lines().find(|line| !line.starts_with('#'));
    let semicolons = head.is_some_and(|head| head.contains(';'));
    let mut reader = ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .trim(Trim::All)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let head = reader.headers().map_err(|error| vec![error.to_string()])?;
    let places = places(head).map_err(|problem| vec![problem])?;
    let mut lines = Lines {
        places,
        semicolons,
        asked: Vec::new(),
        problems: Vec::new(),
    };
    for record in reader.records() {
        match record {
            Ok(record) => lines.line(&record),
            Err(error) => lines.problems.push(error.to_string()),
        }
    }
    lines.finish()
}

/// Places of [`COLUMNS`].
fn places(head: &StringRecord) -> Result<[usize; 6], String> {
    let mut places = [0; 6];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        let found = head
            .iter()
            .position(|name| name.eq_ignore_ascii_case(column));
        *place = found.ok_or_else(|| {
            format!(
                "there is no column `{column}` in the first line; expected {}",
                COLUMNS.join(", ")
            )
        })?;
    }
    Ok(places)
}

struct Lines {
    places: [usize; 6],
    semicolons: bool,
    asked: Vec<Asked>,
    problems: Vec<String>,
}

impl Lines {
    fn line(&mut self, record: &StringRecord) {
        let line = record.position().map_or(0, csv::Position::line);
        match self.said(record) {
            Ok((spec, round, said)) => {
                if let Err(problem) = self.add(spec, round, said) {
                    self.problems.push(format!("line {line}: {problem}"));
                }
            }
            Err(problems) => {
                let of = |problem| format!("line {line}: {problem}");
                self.problems.extend(problems.into_iter().map(of));
            }
        }
    }

    /// What a line says; all that is wrong with it.
    fn said(
        &self,
        record: &StringRecord,
    ) -> Result<(&'static ParameterSpec, u32, Said), Vec<String>> {
        let cell = |column: usize| record.get(self.places[column]).unwrap_or_default();
        let mut problems = Vec::new();
        let name = cell(0);
        let spec = position(name).map(|place| &SPECS[place]);
        if spec.is_none() {
            let near = nearest(name, SPECS.iter().map(|spec| spec.name));
            let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            problems.push(format!(
                "there is no parameter `{name}`{near} `zalm parameters SCENARIO` lists them"
            ));
        }
        let round = cell(1).parse::<u32>().ok().filter(|round| *round > 0);
        if round.is_none() {
            problems.push(format!(
                "round: `{}` is no round; expected 1, 2, ..",
                cell(1)
            ));
        }
        if cell(2).is_empty() {
            problems
                .push("expert: who said this? A name or a number that stays the same".to_owned());
        }
        let mut numbers = [0.0; 3];
        for (number, column) in numbers.iter_mut().zip(3..) {
            match self.number(cell(column)) {
                Some(value) => *number = value,
                None => problems.push(format!(
                    "{}: `{}` is no number",
                    COLUMNS[column],
                    cell(column)
                )),
            }
        }
        let [low, likely, high] = numbers;
        if problems.is_empty()
            && let Some(spec) = spec
        {
            problems.extend(in_order(spec, numbers));
        }
        match (spec, round) {
            (Some(spec), Some(round)) if problems.is_empty() => {
                let opinion = Opinion { low, likely, high };
                let expert = cell(2).to_owned();
                Ok((spec, round, Said { expert, opinion }))
            }
            _ => Err(problems),
        }
    }

    fn number(&self, text: &str) -> Option<f64> {
        let text = if self.semicolons {
            text.replace(',', ".")
        } else {
            text.to_owned()
        };
        text.parse().ok().filter(|value: &f64| value.is_finite())
    }

    fn add(&mut self, spec: &'static ParameterSpec, round: u32, said: Said) -> Result<(), String> {
        let place = self.asked.iter().position(|one| one.spec.name == spec.name);
        let place = place.unwrap_or_else(|| {
            let rounds = Vec::new();
            self.asked.push(Asked { spec, rounds });
            self.asked.len() - 1
        });
        let rounds = &mut self.asked[place].rounds;
        let place = match rounds.binary_search_by_key(&round, |(number, _)| *number) {
            Ok(place) => place,
            Err(place) => {
                rounds.insert(place, (round, Vec::new()));
                place
            }
        };
        let all = &mut rounds[place].1;
        if all.iter().any(|one| one.expert == said.expert) {
            return Err(format!(
                "{} speaks twice of {} in round {round}; keep one line, or give the later one the \
                 next round",
                said.expert, spec.name
            ));
        }
        all.push(said);
        Ok(())
    }

    fn finish(mut self) -> Result<Panel, Vec<String>> {
        if self.asked.is_empty() && self.problems.is_empty() {
            self.problems
                .push("there is no line with an opinion".to_owned());
        }
        if self.problems.is_empty() {
            for asked in &self.asked {
                self.problems.extend(lacking(asked));
            }
        }
        if self.problems.is_empty() {
            Ok(Panel { asked: self.asked })
        } else {
            Err(self.problems)
        }
    }
}

/// What is wrong with three numbers of a parameter.
fn in_order(spec: &ParameterSpec, [low, likely, high]: [f64; 3]) -> Vec<String> {
    let mut problems = Vec::new();
    if low > high {
        problems.push(format!(
            "{}: low {low} is above high {high}; exchange them",
            spec.name
        ));
    } else if low >= high {
        problems.push(format!(
            "{}: low and high are both {low}, which leaves no doubt at all; ask what it could be at \
             worst and at best",
            spec.name
        ));
    } else if !(low..=high).contains(&likely) {
        problems.push(format!(
            "{}: likely {likely} lies outside {low} to {high}",
            spec.name
        ));
    }
    if low < spec.min || high > spec.max {
        let unit = match spec.unit {
            "1" => String::new(),
            unit => format!(" {unit}"),
        };
        problems.push(format!(
            "{}: {low} to {high} is out of range; expected within {} to {}{unit}",
            spec.name, spec.min, spec.max
        ));
    }
    problems
}

/// Rounds that are missing, and rounds of one expert alone.
fn lacking(asked: &Asked) -> Vec<String> {
    let name = asked.spec.name;
    let numbers: BTreeSet<u32> = asked.rounds.iter().map(|(number, _)| *number).collect();
    let last = numbers.last().copied().unwrap_or_default();
    let gap = (1..=last).find(|round| !numbers.contains(round));
    let gap = gap.map(|round| format!("{name}: there is no round {round}; number rounds from 1"));
    let few = asked.rounds.iter().filter(|(_, said)| said.len() < NEEDED);
    let few = few.map(|(round, _)| {
        format!(
            "{name}: one expert alone in round {round}; a pool needs {NEEDED} or more: ask others, or \
             put the one opinion into the scenario as it is, with value, low and high"
        )
    });
    gap.into_iter().chain(few).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(lines: &str) -> String {
        let text = format!("parameter,round,expert,low,likely,high\n{lines}\n");
        read(text.as_bytes()).unwrap_err().join("\n")
    }

    #[test]
    fn a_dutch_spreadsheet_is_read_too() {
        let text = "\u{feff}Parameter;Round;Expert;Low;Likely;High;note\r\nteam.effect;1;A;1,5;2;3;x\r\nteam.effect;1;B;1;2;3;\r\n";
        let panel = read(text.as_bytes()).unwrap();
        let (round, said) = &panel.asked[0].rounds[0];
        assert_eq!((*round, said.len(), said[0].opinion.low), (1, 2, 1.5));
    }

    #[test]
    fn everything_wrong_is_told_with_line_and_remedy() {
        let lines = "team.efect,1,A,1,2,3\nteam.effect,1,A,3,2,1\nteam.effect,0,B,1,2,3\nteam.effect,1,B,2,2,2\nteam.effect,1,,1,x,3\nteam.effect,1,D,-1,2,3\nteam.effect,1,E,1,9,3";
        let text = problems(lines);
        assert_eq!(problems(&lines.replace('\n', "\r\n")), text);
        for part in [
            "line 2: there is no parameter `team.efect`; did you mean `team.effect`?",
            "line 3: team.effect: low 3 is above high 1; exchange them",
            "line 4: round: `0` is no round",
            "line 5: team.effect: low and high are both 2",
            "line 6: expert: who said this?",
            "line 6: likely: `x` is no number",
            "line 7: team.effect: -1 to 3 is out of range; expected within 0 to 20",
            "line 8: team.effect: likely 9 lies outside 1 to 3",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }

    #[test]
    fn one_expert_twice_or_alone_is_no_panel() {
        let twice = problems("team.effect,1,A,1,2,3\nteam.effect,1,A,1,2,4");
        assert!(
            twice.contains("line 3: A speaks twice of team.effect in round 1"),
            "{twice}"
        );
        let alone = problems("team.effect,1,A,1,2,3");
        assert!(alone.contains("one expert alone in round 1"), "{alone}");
        let gap = problems("team.effect,2,A,1,2,3\nteam.effect,2,B,1,2,3");
        assert!(gap.contains("there is no round 1"), "{gap}");
        assert!(problems("").contains("no line with an opinion"));
        let head = read(b"parameter,round\n").unwrap_err().join("");
        assert!(
            head.contains("no column `expert` in the first line"),
            "{head}"
        );
    }
}
