//! What is measured: each metric is one row of `metrics/table.rs`, with its value beside it.

mod observed;
mod table;

pub use observed::{Observed, People};
use zalm_scenario::{Domain, Scenario};

/// Which direction is better, for tables and robustness metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither: it describes.
    Neither,
}

/// How the months of a run become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// Sum over the months from the policy date.
    Sum,
    /// Mean over the months from the policy date.
    Mean,
    /// Mean over those of them in which an integral team of the scenario works; 0 where none does
    /// in any month.
    MeanAlive,
    /// Value in the last month.
    Last,
}

impl Aggregate {
    /// Name in lists.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::MeanAlive => "mean while alive",
            Self::Last => "last",
        }
    }
}

/// A declared metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricSpec {
    /// Name in tables: ASCII, stable, such as `households.multi_problem`.
    pub name: String,
    /// Unit of the aggregated value.
    pub unit: &'static str,
    /// Which direction is better.
    pub better: Better,
    /// How months become one number.
    pub aggregate: Aggregate,
    /// What it means.
    pub doc: String,
}

/// Place of the metric that is more than 0 in the months that [`Aggregate::MeanAlive`] counts.
///
/// # Panics
/// When these are not the metrics of a scenario, which all have it.
pub fn alive_metric(metrics: &[MetricSpec]) -> usize {
    let found = metrics.iter().position(|one| one.name == "project.alive");
    found.expect("every scenario measures which projects live")
}

/// Of whom or what the rows of a group are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The whole place: one metric.
    All,
    /// The neighbourhoods that area investments name, then those beside them; only where one
    /// names any.
    NamedPlaces,
    /// Each payer.
    Payers,
    /// Each kind of crisis.
    Crises,
    /// Each domain.
    Domains,
}

impl Of {
    /// What stands for `{}` in the name and in the description of a row, for each member.
    fn members(self, scenario: &Scenario) -> Vec<(&str, &str)> {
        match self {
            Self::All => vec![("", "")],
            Self::NamedPlaces => {
                let mut investments = scenario.area_investments.iter();
                if investments.all(|one| one.neighbourhoods.is_empty()) {
                    return Vec::new();
                }
                vec![
                    ("here", "that an area investment names"),
                    ("beside", "that no area investment names"),
                ]
            }
            Self::Payers => {
                let payers = scenario.payers.iter();
                payers.map(|it| (&*it.id, &*it.name_en)).collect()
            }
            Self::Crises => {
                let crises = scenario.crises.iter();
                crises.map(|it| (&*it.id, &*it.id)).collect()
            }
            Self::Domains => Domain::ALL.map(|it| (it.name(), it.name())).to_vec(),
        }
    }
}

/// The value of a metric in a month, of the member with this number.
type Value = fn(&Observed<'_>, usize) -> f64;

/// A row of the table: a metric of each member of its group.
struct Row {
    name: &'static str,
    unit: &'static str,
    better: Better,
    aggregate: Aggregate,
    doc: &'static str,
    value: Value,
}

/// Rows of the same members; each member has all of them before the next has its own.
struct Group {
    of: Of,
    rows: &'static [Row],
}

/// A metric of a scenario, with how it is measured.
#[derive(Clone, Debug)]
pub struct Metric {
    /// What is declared of it.
    pub spec: MetricSpec,
    value: Value,
    member: usize,
}

impl Metric {
    fn new(row: &Row, member: usize, (id, name): (&str, &str)) -> Self {
        Self {
            spec: MetricSpec {
                name: row.name.replace("{}", id),
                unit: row.unit,
                better: row.better,
                aggregate: row.aggregate,
                doc: row.doc.replace("{}", name),
            },
            value: row.value,
            member,
        }
    }

    /// A metric that strategies measure themselves, the `member`th of those: no number in runs of
    /// others.
    pub fn of_strategies(spec: MetricSpec, member: usize) -> Self {
        Self {
            spec,
            value: |month, member| {
                let told = month.flows.told.get(member).copied().flatten();
                told.unwrap_or(f64::NAN)
            },
            member,
        }
    }

    /// Its value in the month that is seen.
    pub fn value(&self, month: &Observed<'_>) -> f64 {
        (self.value)(month, self.member)
    }
}

/// Metrics that a scenario measures, with how, in the order of every table.
pub fn measured(scenario: &Scenario) -> Vec<Metric> {
    let mut metrics = Vec::new();
    for Group { of, rows } in table::TABLE {
        for (member, names) in of.members(scenario).into_iter().enumerate() {
            metrics.extend(rows.iter().map(|row| Metric::new(row, member, names)));
        }
    }
    metrics
}

/// Whether a group of metrics of the model is called `name`: what stands before the first dot.
pub fn is_metric_group(name: &str) -> bool {
    let mut rows = table::TABLE.iter().flat_map(|group| group.rows);
    rows.any(|row| row.name.split('.').next() == Some(name))
}

/// Metrics that a scenario measures, in the order of every table.
pub fn metrics(scenario: &Scenario) -> Vec<MetricSpec> {
    let measured = measured(scenario).into_iter();
    measured.map(|metric| metric.spec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_rows_have_the_same_name() {
        let rows = || table::TABLE.iter().flat_map(|group| group.rows);
        let different: BTreeSet<&str> = rows().map(|row| row.name).collect();
        assert_eq!(different.len(), rows().count());
    }

    #[test]
    fn a_group_is_what_stands_before_the_first_dot() {
        let named = ["cost", "project", "carousel", "", "{}"].map(is_metric_group);
        assert_eq!(named, [true, true, false, false, false]);
    }

    #[test]
    fn rows_name_the_members_of_their_group() {
        for group in table::TABLE {
            for row in group.rows {
                assert_eq!(row.name.contains("{}"), group.of != Of::All, "{}", row.name);
            }
        }
    }
}
