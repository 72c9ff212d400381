//! What changed between baseline and follow-up.

use super::{Case, Ending};
use serde::Serialize;
use zalm_experiment::LEVEL;
use zalm_model::PROBLEM;
use zalm_statistics::student_quantile;

/// A sum over cases divided by another, such as steps lighter per year with a problem.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// The rate.
    pub value: f64,
    /// Its 95 % interval over cases; `None` with fewer than two.
    pub interval: Option<(f64, f64)>,
}

impl Rate {
    /// Of each case what is counted, and over how much; `None` where that sums to nothing. The
    /// interval is that of a ratio estimator: Student's, from what each case deviates.
    fn of(cases: &[(f64, f64)]) -> Option<Self> {
        let sum = |part: fn(&(f64, f64)) -> f64| cases.iter().map(part).sum::<f64>();
        let (above, below) = (sum(|case| case.0), sum(|case| case.1));
        if below <= 0.0 {
            return None;
        }
        let value = above / below;
        let n = cases.len() as f64;
        let deviation = |case: &(f64, f64)| (case.0 - value * case.1).powi(2);
        let spread: f64 = cases.iter().map(deviation).sum();
        let error = (n / (n - 1.0) * spread).sqrt() / below;
        let freedom = u32::try_from(cases.len()).ok()?.saturating_sub(1);
        let half = student_quantile(f64::midpoint(1.0, LEVEL), freedom).map(|t| t * error);
        Some(Self {
            value,
            interval: half.map(|half| (value - half, value + half)),
        })
    }
}

/// A life domain over the cases of which both severities are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Counted {
    /// Cases.
    pub asked: u32,
    /// With a problem (severity 2 or more) at the start.
    pub before: u32,
    /// The same at the last measurement.
    pub after: u32,
}

/// Baseline and follow-up of a caseload in numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changes {
    /// Cases.
    pub cases: u32,
    /// Of those, cases in which the household left unhelped.
    pub left: u32,
    /// Months of help together.
    pub months: u32,
    /// Per life domain, in the order of `Domain::ALL`.
    pub domains: [Counted; 8],
    /// Steps of severity lighter for each year with a problem at the start.
    pub lighter: Option<Rate>,
    /// Households that leave unhelped, for each month of help; `None` when no case has ended, so
    /// that it may be that endings were not written down.
    pub leaving: Option<Rate>,
}

impl Changes {
    /// Of these cases.
    pub fn of(cases: &[Case]) -> Self {
        let ended = cases.iter().any(|case| case.ending != Ending::Running);
        let leaves = |case: &Case| {
            let left = f64::from(u8::from(case.ending == Ending::Left));
            (left, f64::from(case.months()))
        };
        let leaving: Vec<(f64, f64)> = cases.iter().map(leaves).collect();
        let lighter: Vec<(f64, f64)> = cases.iter().map(lighter).collect();
        Self {
            cases: count(cases, |_| true),
            left: count(cases, |case| case.ending == Ending::Left),
            months: cases.iter().map(Case::months).sum(),
            domains: std::array::from_fn(|domain| counted(cases, domain)),
            lighter: Rate::of(&lighter),
            leaving: Rate::of(&leaving).filter(|_| ended),
        }
    }
}

fn count(cases: &[Case], is: impl Fn(&&Case) -> bool) -> u32 {
    cases.iter().filter(is).count() as u32
}

fn is_problem(level: u8) -> bool {
    level >= PROBLEM
}

/// Steps lighter, over years with a problem: the domains in which the case began with one.
fn lighter(case: &Case) -> (f64, f64) {
    let pairs = case.before.iter().zip(&case.after);
    let known = pairs.filter_map(|(before, after)| (*before).zip(*after));
    let years = f64::from(case.months()) / 12.0;
    let with_problem = known.filter(|(before, _)| is_problem(*before));
    with_problem.fold((0.0, 0.0), |(steps, sum), (before, after)| {
        (steps + f64::from(before) - f64::from(after), sum + years)
    })
}

fn counted(cases: &[Case], domain: usize) -> Counted {
    let known = cases
        .iter()
        .filter_map(|case| case.before[domain].zip(case.after[domain]));
    known.fold(Counted::default(), |counted, (before, after)| Counted {
        asked: counted.asked + 1,
        before: counted.before + u32::from(is_problem(before)),
        after: counted.after + u32::from(is_problem(after)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_scenario::Month;

    fn case(months: i32, ending: Ending, housing: (u8, u8)) -> Case {
        let start = Month::new(2010, 1).unwrap();
        let mut case = Case {
            id: String::new(),
            start,
            last: start.plus(months),
            ending,
            before: [Some(0); 8],
            after: [Some(0); 8],
        };
        (case.before[0], case.after[0]) = (Some(housing.0), Some(housing.1));
        (case.before[5], case.after[5]) = (Some(3), None);
        case
    }

    #[test]
    fn steps_count_by_year_with_a_problem_and_only_where_both_are_known() {
        let cases = [
            case(12, Ending::Helped, (3, 1)),
            case(6, Ending::Left, (2, 3)),
            // No problem, and no time: counts for neither.
            case(12, Ending::Running, (1, 0)),
            case(0, Ending::Running, (4, 4)),
        ];
        let changes = Changes::of(&cases);
        let lighter = changes.lighter.unwrap();
        assert!((lighter.value - 1.0 / 1.5).abs() < 1e-12);
        let (low, high) = lighter.interval.unwrap();
        assert!(low < 0.0 && high > lighter.value);
        assert!((changes.leaving.unwrap().value - 1.0 / 30.0).abs() < 1e-12);
        assert_eq!((changes.cases, changes.left, changes.months), (4, 1, 30));
        let housing = changes.domains[0];
        assert_eq!((housing.asked, housing.before, housing.after), (4, 3, 2));
        assert_eq!(changes.domains[5], Counted::default());
    }

    #[test]
    fn what_nobody_wrote_down_is_not_nought() {
        let running = Changes::of(&[case(12, Ending::Running, (2, 2))]);
        assert_eq!(running.leaving, None);
        assert_eq!(running.lighter.unwrap().interval, None);
        let unasked = Changes::of(&[case(0, Ending::Running, (2, 2))]);
        assert_eq!(unasked.lighter, None);
    }
}
