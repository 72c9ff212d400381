//! The path: how an effect came about, read off the event logs of a typical pair of runs.

use super::claim::Claim;
use zalm_model::{Aggregate, MetricSpec, RunRecord};

/// Lines of a path, at most.
const LINES: usize = 4;

/// How the effect came about in one replication.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The replication whose effect is nearest the median.
    pub replication: u32,
    /// Lines that stand in one log only, in order of time: the first that differs, and those that
    /// settled it.
    pub lines: Vec<PathLine>,
    /// Month index in which half of the difference was there; `None` when there is none.
    pub half: Option<u32>,
}

/// A line that stands in one of the two logs only.
#[derive(Clone, Debug, PartialEq)]
pub struct PathLine {
    /// Month index.
    pub month: u32,
    /// Whether it stands in the log of the first arm.
    pub first: bool,
    /// The line.
    pub text: String,
}

/// What settles the fate of a team.
const TURNS: [&str; 3] = ["goes on as", "ends its contribution", "the last worker"];

/// Reads the path of the runs of the claim's arms, with their signs; the logs are those of the first
/// two. `watch` are parts of lines that tell this pattern's story; those of founded
/// projects count only when one of these names them.
pub(super) fn read(
    claim: &Claim,
    watch: &[&str],
    metrics: &[MetricSpec],
    replication: u32,
    runs: &[(f64, RunRecord)],
    policy_month: u32,
) -> Option<Path> {
    let [(_, first), (_, second), ..] = runs else {
        return None;
    };
    let mut lines = only_in(first, second, true);
    lines.extend(only_in(second, first, false));
    let newcomers = watch.contains(&"newcomer");
    lines.retain(|line| newcomers || !line.text.starts_with("newcomer"));
    lines.sort_by_key(|line| line.month);
    let told = |line: &PathLine| watch.iter().any(|part| line.text.contains(part));
    let turns = |line: &PathLine| TURNS.iter().any(|turn| line.text.contains(turn));
    let mut chosen: Vec<PathLine> = Vec::new();
    for side in [true, false] {
        let mine = || lines.iter().filter(move |line| line.first == side);
        chosen.extend(mine().find(|line| told(line)).cloned());
        chosen.extend(mine().rfind(|line| turns(line)).cloned());
    }
    if chosen.is_empty() {
        chosen.extend(lines.first().cloned());
    }
    chosen.sort_by_key(|line| (line.month, !line.first));
    chosen.dedup();
    chosen.truncate(LINES);
    Some(Path {
        replication,
        lines: chosen,
        half: half(claim, metrics, runs, policy_month),
    })
}

fn only_in(one: &RunRecord, other: &RunRecord, first: bool) -> Vec<PathLine> {
    one.events
        .iter()
        .filter(|event| !other.events.contains(event))
        .map(|(month, text)| PathLine {
            month: *month,
            first,
            text: text.clone(),
        })
        .collect()
}

/// The month in which half of the difference that is claimed was there, and stayed there: over the
/// months that count, and less the same difference in another world where that is claimed.
fn half(
    claim: &Claim,
    metrics: &[MetricSpec],
    runs: &[(f64, RunRecord)],
    policy_month: u32,
) -> Option<u32> {
    let at = metrics
        .iter()
        .position(|one| one.name == claim.measure.metric)?;
    let adds = metrics[at].aggregate != Aggregate::Last;
    let mut total = 0.0;
    let (_, first) = runs.first()?;
    let counts = |month: u32| {
        let since = month.checked_sub(policy_month);
        let months = claim.measure.months.as_ref();
        months.is_none_or(|months| since.is_some_and(|since| months.contains(&since)))
    };
    let samples = first.series.iter().enumerate();
    let course: Vec<(u32, f64)> = samples
        .filter(|(_, sample)| counts(sample.month))
        .map(|(place, sample)| {
            let value = |run: &RunRecord| run.series.get(place).map_or(0.0, |it| it.values[at]);
            let difference: f64 = runs.iter().map(|(sign, run)| sign * value(run)).sum();
            total = if adds { total + difference } else { difference };
            (sample.month, total)
        })
        .collect();
    let (_, last) = *course.last()?;
    let there = |&&(_, value): &&(u32, f64)| value / last >= 0.5;
    let since = course.iter().rev().take_while(there).last();
    since.filter(|_| last != 0.0).map(|(month, _)| *month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::arm::{Arm, words};
    use crate::patterns::claim::{during, whole};
    use zalm_model::{Better, Sample};

    fn record(events: &[(u32, &str)], values: &[f64]) -> RunRecord {
        let sample = |(month, value): (usize, &f64)| Sample {
            month: month as u32,
            values: vec![*value],
        };
        RunRecord {
            outcomes: vec![values.iter().sum()],
            series: values.iter().enumerate().map(sample).collect(),
            fates: Vec::new(),
            events: events.iter().map(|(m, t)| (*m, (*t).to_owned())).collect(),
            costs: Vec::new(),
            digest: 0,
        }
    }

    fn pair(first: RunRecord, second: RunRecord) -> Vec<(f64, RunRecord)> {
        vec![(1.0, first), (-1.0, second)]
    }

    fn claim() -> Claim {
        let file =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/tiny.ron");
        let Ok(checked) = zalm_scenario::read(&file, &[]) else {
            panic!("{} cannot be read", file.display());
        };
        let arm = Arm::of(&checked.scenario, words("", ""));
        Claim::less(whole("together"), arm.clone(), arm)
    }

    fn metric() -> Vec<MetricSpec> {
        vec![MetricSpec {
            name: "together".to_owned(),
            unit: "month",
            better: Better::Higher,
            aggregate: Aggregate::Sum,
            doc: String::new(),
        }]
    }

    #[test]
    fn names_the_first_line_that_differs_and_the_turn() {
        let shared = (3, "team: state grants 10 euro a month");
        let first = record(
            &[
                shared,
                (4, "newcomer-1: state refuses (worth 0.10 per euro)"),
                (5, "team: state refuses (worth 0.31 per euro)"),
                (6, "team: fund refuses (worth 0.31 per euro)"),
                (9, "team: goes on as ended"),
            ],
            &[1.0, 1.0, 0.0, 0.0],
        );
        let second = record(
            &[shared, (5, "team: state grants 12 euro a month")],
            &[1.0, 1.0, 1.0, 1.0],
        );
        let path = read(
            &claim(),
            &["refuses", "grants"],
            &metric(),
            7,
            &pair(first, second),
            0,
        )
        .expect("two runs");
        let told: Vec<(u32, bool, &str)> = path
            .lines
            .iter()
            .map(|line| (line.month, line.first, line.text.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (5, true, "team: state refuses (worth 0.31 per euro)"),
                (5, false, "team: state grants 12 euro a month"),
                (9, true, "team: goes on as ended"),
            ]
        );
        assert_eq!((path.replication, path.half), (7, Some(2)));
    }

    #[test]
    fn equal_runs_have_no_path() {
        let run = record(&[(1, "team: goes on as joint")], &[1.0]);
        let runs = pair(run.clone(), run);
        let path = read(&claim(), &["goes"], &metric(), 0, &runs, 0).expect("two runs");
        assert_eq!((path.lines.len(), path.half), (0, None));
    }

    #[test]
    fn half_is_of_the_difference_that_is_claimed() {
        let runs = pair(record(&[], &[4.0, 0.0, 1.0, 1.0]), record(&[], &[0.0; 4]));
        let half = |claim: &Claim, runs: &[(f64, RunRecord)]| half(claim, &metric(), runs, 1);
        assert_eq!(half(&claim(), &runs), Some(0));
        let later = Claim {
            measure: during("together", 1..3),
            ..claim()
        };
        assert_eq!(half(&later, &runs), Some(2), "only the months that count");
        let mut beside = runs;
        beside.push((-1.0, record(&[], &[4.0, 0.0, 0.0, 0.0])));
        beside.push((1.0, record(&[], &[0.0; 4])));
        assert_eq!(half(&claim(), &beside), Some(2), "beyond another world");
    }
}
