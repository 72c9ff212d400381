//! Designs: which points, by name of parameter.
//!
//! Draw 0 is the scenario as it is; what is drawn or asked is counted from 1.

use super::drawn::quantile;
use super::point::{Change, Noise, Point};
use zalm_scenario::{SPECS, Scenario, nearest, position};
use zalm_statistics::design::{full_factorial, latin_hypercube, one_at_a_time};
use zalm_statistics::{Keyed, Refused};

/// Number of the draws among the works of a seed.
const DRAWS: u64 = 0x4452_4157;

/// Parameters by name, where `*` stands for any text: `team.*`. Without a name, all that have a
/// plausible range.
///
/// # Errors
/// All names that are no parameter's, each with the nearest.
pub fn varied(scenario: &Scenario, names: &[String]) -> Result<Vec<&'static str>, Vec<String>> {
    let ranged = scenario.parameters.iter();
    let ranged = ranged.filter(|(_, parameter)| parameter.low < parameter.high);
    if names.is_empty() {
        return Ok(ranged.map(|(spec, _)| spec.name).collect());
    }
    let like = |name: &str| names.iter().any(|pattern| fits(pattern, name));
    let problems: Vec<String> = names
        .iter()
        .filter(|pattern| !SPECS.iter().any(|spec| fits(pattern, spec.name)))
        .map(|pattern| unknown(pattern))
        .collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let found: Vec<&str> = ranged
        .map(|(spec, _)| spec.name)
        .filter(|name| like(name))
        .collect();
    if found.is_empty() {
        let text = format!("{}: no plausible range to draw from", names.join(", "));
        return Err(vec![text]);
    }
    Ok(found)
}

fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, rest)) => name.strip_prefix(start).is_some_and(|name| {
            let ends = name.char_indices().map(|(at, _)| at).chain([name.len()]);
            ends.into_iter().any(|at| fits(rest, &name[at..]))
        }),
    }
}

fn unknown(name: &str) -> String {
    // Of a pattern such as `tem.*` the subject is what may be misspelt.
    let subjects = SPECS
        .iter()
        .filter_map(|spec| Some(spec.name.split_once('.')?.0));
    let near = match name.strip_suffix(".*") {
        Some(subject) => nearest(subject, subjects).map(|near| format!("{near}.*")),
        None => nearest(name, SPECS.iter().map(|spec| spec.name)).map(str::to_owned),
    };
    let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    format!("there is no parameter `{name}`{hint}")
}

/// A Latin hypercube over the distributions of these parameters. The seed of the scenario decides
/// it, and one more parameter leaves the values of the others as they are.
pub fn draws(scenario: &Scenario, names: &[&str], count: u32, noise: Noise) -> Vec<Point> {
    let columns: Vec<usize> = names.iter().filter_map(|name| position(name)).collect();
    let key = Keyed::new(scenario.seed, DRAWS);
    // A column per parameter there is, so that what is varied beside it moves none.
    let cube = latin_hypercube(SPECS.len() as u32, count, key);
    let point = |(number, row): (u32, &Vec<f64>)| {
        let change = |&column: &usize| {
            let (spec, parameter) = (&SPECS[column], &scenario.parameters.0[column]);
            Change::parameter(spec.name, quantile(spec, parameter, row[column]))
        };
        Point {
            noise,
            ..Point::new(number, columns.iter().map(change).collect())
        }
    };
    (1..).zip(&cube).map(point).collect()
}

/// Every combination of the low and the high end of these parameters.
///
/// # Errors
/// When there are too many combinations.
pub fn factorial(scenario: &Scenario, names: &[&str]) -> Result<Vec<Point>, Refused> {
    let rows = full_factorial(&vec![2; names.len()])?;
    let point = |(number, row): (u32, &Vec<usize>)| {
        let ends = names.iter().zip(row);
        let changes = ends.map(|(name, &high)| end(scenario, name, high == 1));
        Point::new(number, changes.collect())
    };
    Ok((1..).zip(&rows).map(point).collect())
}

/// The scenario as it is, then each of these parameters alone at its low and at its high end.
pub fn each_alone(scenario: &Scenario, names: &[&str]) -> Vec<Point> {
    let rows = one_at_a_time(&vec![2; names.len()]);
    let point = |(number, row)| {
        let change =
            |one: zalm_statistics::design::Change| end(scenario, names[one.input], one.level == 1);
        Point::new(number, Option::map(row, change).into_iter().collect())
    };
    (0..).zip(rows).map(point).collect()
}

fn end(scenario: &Scenario, name: &str, high: bool) -> Change {
    let range = scenario.parameters.get(name);
    let end = range.map_or(f64::NAN, |it| if high { it.high } else { it.low });
    Change::parameter(name, end)
}

/// Explicit rows: a CSV text whose columns are named as parameters, a point per row.
///
/// # Errors
/// Everything that is wrong with it, each with its line.
pub fn rows(text: &str) -> Result<Vec<Point>, Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| vec![error.to_string()])?;
    let names: Vec<String> = header.iter().map(str::to_owned).collect();
    let mut problems: Vec<String> = names
        .iter()
        .filter(|name| position(name).is_none())
        .map(|name| format!("line 1: {}", unknown(name)))
        .collect();
    let twice = |at: &usize| names[..*at].contains(&names[*at]);
    let repeated = (0..names.len()).filter(twice);
    problems.extend(repeated.map(|at| format!("line 1: `{}` stands there twice", names[at])));
    let mut points = Vec::new();
    for (number, record) in (1..).zip(reader.records()) {
        match record {
            Err(error) => problems.push(error.to_string()),
            Ok(record) => {
                let mut changes = Vec::new();
                for (name, cell) in names.iter().zip(&record) {
                    match cell.parse::<f64>() {
                        Ok(value) if value.is_finite() => {
                            changes.push(Change::parameter(name, value));
                        }
                        _ => problems.push(format!(
                            "line {}: {name}: `{cell}` is no number",
                            number + 1
                        )),
                    }
                }
                points.push(Point::new(number, changes));
            }
        }
    }
    if points.is_empty() && problems.is_empty() {
        problems.push("there is no row".to_owned());
    }
    if problems.is_empty() {
        Ok(points)
    } else {
        Err(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{NamedSource, TinyWorld, options, scenario};
    use crate::results::Results;
    use crate::study::{Keep, Study};
    use crate::summary::{Level, summarise};
    use std::sync::atomic::AtomicBool;

    fn value(point: &Point, name: &str) -> Option<f64> {
        let mut values = point.values();
        values.find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    #[test]
    fn names_may_have_stars_and_wrong_ones_are_told_together() {
        let scenario = scenario(&["waits"], 2);
        let of = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            varied(&scenario, &names)
        };
        assert_eq!(of(&["team.effect"]).unwrap(), ["team.effect"]);
        let team = of(&["team.*"]).unwrap();
        assert!(team.len() > 4 && team.iter().all(|name| name.starts_with("team.")));
        assert!(of(&["*.effect"]).unwrap().contains(&"team.effect"));
        assert_eq!(of(&[]).unwrap().len(), SPECS.len());
        let problems = of(&["team.efect", "zebra.*"]).unwrap_err();
        assert_eq!(problems.len(), 2);
        assert!(of(&["tem.*"]).unwrap_err()[0].contains("did you mean `team.*`?"));
        assert!(
            problems[0].contains("did you mean `team.effect`?"),
            "{problems:?}"
        );
    }

    #[test]
    fn draws_cover_the_range_and_do_not_depend_on_what_else_is_drawn() {
        let scenario = scenario(&["waits"], 2);
        let alone = draws(&scenario, &["team.effect"], 20, Noise::Shared);
        let both = draws(
            &scenario,
            &["team.effect", "worker.cost"],
            20,
            Noise::OfDraw,
        );
        let values = |points: &[Point]| -> Vec<f64> {
            let values = points
                .iter()
                .filter_map(|point| value(point, "team.effect"));
            values.collect()
        };
        assert_eq!(values(&alone), values(&both));
        let mut strata: Vec<u32> = values(&alone)
            .iter()
            .map(|value| ((value - 0.4) / 0.2 * 20.0) as u32)
            .collect();
        strata.sort_unstable();
        assert_eq!(strata, (0..20).collect::<Vec<_>>());
        assert_eq!((alone[0].draw, alone[19].draw), (1, 20));
    }

    #[test]
    fn factorial_and_one_at_a_time_take_the_ends() {
        let scenario = scenario(&["waits"], 2);
        let names = ["team.effect", "worker.cost"];
        let ends = |points: &[Point]| -> Vec<(Option<f64>, Option<f64>)> {
            let both = |point| (value(point, names[0]), value(point, names[1]));
            points.iter().map(both).collect()
        };
        let mut all = ends(&factorial(&scenario, &names).unwrap());
        all.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
        let (low, high) = (Some(0.4), Some(0.6));
        assert_eq!(all, [(low, low), (low, high), (high, low), (high, high)]);
        let alone = each_alone(&scenario, &names);
        let expected = [
            (None, None),
            (low, None),
            (high, None),
            (None, low),
            (None, high),
        ];
        assert_eq!(ends(&alone), expected);
        assert_eq!(alone[0], Point::default());
    }

    #[test]
    fn rows_are_read_and_their_mistakes_told_together() {
        let points = rows("team.effect, worker.cost\n1, 60000\n2.5, 64000\n").unwrap();
        assert_eq!(points.len(), 2);
        assert_eq!(value(&points[1], "worker.cost"), Some(64_000.0));
        let problems = rows("team.efect,worker.cost,worker.cost\n1,x,2\n1,2\n").unwrap_err();
        let text = problems.join("\n");
        for part in [
            "line 1: there is no parameter `team.efect`",
            "twice",
            "line 2: worker.cost: `x`",
        ] {
            assert!(text.contains(part), "{text}");
        }
        assert!(problems.len() >= 4, "{text}");
        assert!(rows("team.effect\n").unwrap_err()[0].contains("no row"));
    }

    /// The level under the first strategy, by draws of a parameter that the tiny world does not know.
    fn drawn_level(seed: u64, count: u32, replications: u32, noise: Noise) -> Level {
        let stop = AtomicBool::new(false);
        let scenario = Scenario {
            seed,
            ..scenario(&["waits", "pushes"], replications)
        };
        let study = Study::in_memory(&scenario, &NamedSource);
        let points = match count {
            0 => vec![Point::default()],
            count => draws(&scenario, &["team.effect"], count, noise),
        };
        let placed = study.place(&points, Keep::Outcomes).unwrap();
        let results = placed
            .evaluate_worlds::<TinyWorld>(0..replications, &options(2, &stop))
            .unwrap();
        let results = Results::joined(results);
        assert_eq!(
            results.seed, seed,
            "the experiment's, whatever chance draws have"
        );
        summarise(&results).rows[0].level.unwrap()
    }

    #[test]
    fn draws_that_change_nothing_know_no_more_than_replications_do() {
        let width = |level: Level| level.interval.map(|(low, high)| high - low);
        let own = |seed| drawn_level(seed, 10, 2, Noise::OfDraw);
        let replications = width(drawn_level(7, 0, 20, Noise::Shared)).unwrap();
        for seed in [7, 8, 9] {
            let width = width(own(seed)).unwrap();
            let ratio = width / replications;
            assert!((0.5..2.0).contains(&ratio), "{width} of {replications}");
            for other in [7, 8, 9] {
                let (one, two) = (own(seed).interval.unwrap(), own(other).interval.unwrap());
                assert!(one.0 <= two.1 && two.0 <= one.1, "{one:?} {two:?}");
            }
        }
        assert_eq!(width(drawn_level(7, 10, 2, Noise::Shared)), None);
    }
}
