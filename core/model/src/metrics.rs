//! What is measured: declared once, with unit, direction and how months become one number.

use crate::incidence::CostTable;
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
    /// Value in the last month.
    Last,
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

/// A sample of all metrics in one month.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Month index.
    pub month: u32,
    /// One value per metric, in the order of [`crate::metrics`].
    pub values: Vec<f64>,
}

/// What became of one project in one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectFate {
    /// Project id.
    pub project: String,
    /// Month index in which its integral team ended or was absorbed; `None` if it still runs.
    pub end: Option<u32>,
    /// `running`, or the cause: `embedded` (absorption, no death), `no_successor`, `unravelled`, `no_workers`.
    pub cause: String,
    /// Form at the end of the run, see [`crate::Form::name`].
    pub form: String,
}

/// Everything that is kept of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRecord {
    /// One value per metric, aggregated.
    pub outcomes: Vec<f64>,
    /// Samples every `series_every` months from the policy date, and the last month.
    pub series: Vec<Sample>,
    /// Fate of each project.
    pub fates: Vec<ProjectFate>,
    /// What payers bore, by year since the policy date; the last year may be short.
    pub costs: Vec<CostTable>,
    /// Event log lines of projects: month and text.
    pub events: Vec<(u32, String)>,
    /// Digest of the whole final state and ledger.
    pub digest: u64,
}

fn spec(
    name: &str,
    unit: &'static str,
    better: Better,
    aggregate: Aggregate,
    doc: &str,
) -> MetricSpec {
    MetricSpec {
        name: name.to_owned(),
        unit,
        better,
        aggregate,
        doc: doc.to_owned(),
    }
}

/// Of the neighbourhoods that area investments name, and of those beside them.
fn of_named_places(scenario: &Scenario) -> Vec<MetricSpec> {
    use Aggregate::{Last, Mean};
    let names = &mut scenario
        .area_investments
        .iter()
        .flat_map(|one| &one.neighbourhoods);
    if names.next().is_none() {
        return Vec::new();
    }
    let of = |word, which| {
        let concentration = format!("Households in the danger zone in neighbourhoods that {which}");
        let multi = format!("Multi-problem households in neighbourhoods that {which}");
        let neither = Better::Neither;
        [
            spec(
                &format!("neighbourhood.concentration_{word}"),
                "share",
                neither,
                Last,
                &concentration,
            ),
            spec(
                &format!("households.multi_problem_{word}"),
                "households",
                neither,
                Mean,
                &multi,
            ),
        ]
    };
    let here = of("here", "an area investment names");
    let beside = of("beside", "no area investment names");
    here.into_iter().chain(beside).collect()
}

/// Metrics that a scenario measures, in the order of every table.
pub fn metrics(scenario: &Scenario) -> Vec<MetricSpec> {
    use Aggregate::{Last, Mean, Sum};
    use Better::{Higher, Lower, Neither};
    let mut list = vec![
        spec(
            "project.alive",
            "share",
            Higher,
            Last,
            "Projects whose integral team still works at the end",
        ),
        spec(
            "project.months",
            "month",
            Higher,
            Sum,
            "Months that integral teams worked, per project",
        ),
        spec(
            "project.workers",
            "fte",
            Neither,
            Mean,
            "Workers in integral teams",
        ),
        spec(
            "project.knowledge",
            "fte",
            Higher,
            Last,
            "Knowledge held by workers in integral teams, in fully trained workers",
        ),
        spec(
            "households.multi_problem",
            "households",
            Lower,
            Mean,
            "Households with problems in three or more domains",
        ),
        spec(
            "households.problem_free",
            "households",
            Higher,
            Mean,
            "Households without a problem in any domain",
        ),
        spec(
            "households.stabilised",
            "households",
            Higher,
            Sum,
            "Households helped by a team from three or more problem domains to at most one",
        ),
        spec(
            "households.relapsed",
            "households",
            Lower,
            Sum,
            "Problems that arose in the year after help that stopped early",
        ),
        spec("households.crises", "events", Lower, Sum, "Crises"),
        spec(
            "cost.total",
            "euro",
            Lower,
            Sum,
            "Cost of problems, crises, silo care and projects to all payers together",
        ),
        spec(
            "cost.projects",
            "euro",
            Neither,
            Sum,
            "Wages of integral teams",
        ),
        spec(
            "households.in_team",
            "households",
            Neither,
            Mean,
            "Households in team care",
        ),
        spec(
            "households.in_silo",
            "households",
            Neither,
            Mean,
            "Households in silo care",
        ),
        spec(
            "households.waiting",
            "households",
            Lower,
            Mean,
            "Households waiting for a silo place or a team",
        ),
        spec(
            "households.avoiding",
            "households",
            Lower,
            Mean,
            "Multi-problem households without any help",
        ),
        spec(
            "households.outreached",
            "households",
            Higher,
            Sum,
            "Care avoiders reached by outreach",
        ),
        spec(
            "households.dropouts",
            "households",
            Lower,
            Sum,
            "Households that left help unhelped",
        ),
        spec(
            "care.professionals",
            "professionals",
            Lower,
            Mean,
            "Professionals per multi-problem household in help, with workers of other, loose projects",
        ),
        spec(
            "households.informal",
            "households",
            Neither,
            Mean,
            "Households carried by their own network after help, without professionals",
        ),
        spec(
            "households.strength",
            "share",
            Higher,
            Mean,
            "Own strength, mean over all households",
        ),
        spec(
            "households.expectation",
            "share",
            Higher,
            Mean,
            "What households expect of help, mean over all households",
        ),
        spec(
            "project.coalition",
            "share",
            Neither,
            Mean,
            "Strength of ties with all payers, mean over living projects",
        ),
        spec(
            "project.context",
            "share",
            Neither,
            Mean,
            "Context of the work: mandate and backing",
        ),
        spec(
            "project.energy",
            "share",
            Neither,
            Mean,
            "Energy of leaders of living projects; 0 where there is none",
        ),
        spec(
            "project.led",
            "share",
            Higher,
            Mean,
            "Living projects that have a leader",
        ),
        spec(
            "project.leaders_left",
            "leaders",
            Lower,
            Sum,
            "Leaders who burned out or moved on",
        ),
        spec(
            "project.core_group",
            "people",
            Neither,
            Mean,
            "People in the core group of a living project",
        ),
        spec(
            "project.size",
            "1",
            Higher,
            Last,
            "Places for workers in living integral teams, relative to their first size",
        ),
        spec(
            "project.shown",
            "euro/month",
            Neither,
            Mean,
            "Benefit to all payers together that they believe in, of living projects",
        ),
        spec(
            "project.benefit",
            "euro/month",
            Neither,
            Mean,
            "Follow-up minus baseline of the teams' present and recent households, all payers together; not against a null alternative",
        ),
        spec(
            "project.volunteers",
            "volunteers",
            Neither,
            Mean,
            "Volunteers with integral teams",
        ),
        spec(
            "projects.founded",
            "projects",
            Neither,
            Sum,
            "New projects founded on temporary money",
        ),
        spec(
            "projects.renamed",
            "projects",
            Lower,
            Sum,
            "New projects under a name of their own though a proven one did the same",
        ),
        spec(
            "knowledge.per_worker",
            "share",
            Higher,
            Mean,
            "Knowledge per worker of all teams at work, founded ones too",
        ),
        spec(
            "knowledge.lost",
            "fte",
            Lower,
            Sum,
            "Knowledge that went with ended projects, in fully trained workers",
        ),
        spec(
            "project.reporting",
            "share",
            Lower,
            Mean,
            "Share of everyone's time in living projects that reports to payers take",
        ),
        spec(
            "projects.newcomers",
            "projects",
            Neither,
            Mean,
            "Founded projects at work",
        ),
        spec(
            "leader.claiming",
            "share",
            Lower,
            Mean,
            "Time of leaders of living projects that goes to asking for money",
        ),
        spec(
            "care.quality",
            "1",
            Higher,
            Mean,
            "Effect of silo care relative to the start, mean over domains",
        ),
        spec(
            "money.wrong_pocket",
            "share",
            Lower,
            Mean,
            "Part of the benefits of living projects that falls to hands that do not pay for them; the municipality is one hand",
        ),
        spec(
            "municipality.direction",
            "share",
            Neither,
            Mean,
            "Strength of municipal direction",
        ),
        spec(
            "neighbourhood.basis",
            "share",
            Higher,
            Last,
            "How far the rung stands, mean over neighbourhoods: clean, whole, safe and reliable professionals",
        ),
        spec(
            "neighbourhood.cohesion",
            "share",
            Higher,
            Last,
            "How far the rung stands, mean over neighbourhoods: cohesion and public familiarity",
        ),
        spec(
            "neighbourhood.control",
            "share",
            Higher,
            Last,
            "How far the rung stands, mean over neighbourhoods: social control and active residents",
        ),
        spec(
            "neighbourhood.self_reliance",
            "share",
            Higher,
            Last,
            "How far the rung stands, mean over neighbourhoods: self-reliance",
        ),
        spec(
            "neighbourhood.image",
            "share",
            Higher,
            Last,
            "Name of the neighbourhoods with those who could come or go, mean over households",
        ),
        spec(
            "neighbourhood.concentration",
            "share",
            Neither,
            Last,
            "Households in the danger zone",
        ),
        spec(
            "neighbourhood.spread",
            "share",
            Neither,
            Last,
            "Difference between neighbourhoods in that share (standard deviation over households)",
        ),
        spec(
            "households.moved",
            "households",
            Neither,
            Sum,
            "Households that left their dwelling",
        ),
        spec(
            "households.multi_problem_left",
            "households",
            Neither,
            Sum,
            "Multi-problem households that left a dwelling, less those that came to one: not helped, but gone",
        ),
        spec(
            "households.moved_helped",
            "households",
            Neither,
            Sum,
            "Households that left in team care or in the year after it",
        ),
        spec(
            "households.displaced",
            "households",
            Neither,
            Sum,
            "Of those who left, because their dwelling was rebuilt",
        ),
        spec(
            "households.refused",
            "households",
            Neither,
            Sum,
            "Households that rules on who may come kept out",
        ),
    ];
    list.extend(of_named_places(scenario));
    list.extend([
        spec(
            "money.overspend",
            "euro",
            Lower,
            Sum,
            "Entitlements above what was expected",
        ),
        spec(
            "money.defaulted",
            "euro",
            Lower,
            Sum,
            "Money lent to or invested in projects that does not come back",
        ),
    ]);
    for payer in &scenario.payers {
        let name = format!("cost.{}", payer.id);
        let doc = format!(
            "Cost to {}: problems, crises, silo care, projects",
            payer.name_en
        );
        list.push(spec(&name, "euro", Lower, Sum, &doc));
    }
    for payer in &scenario.payers {
        let name = format!("given.{}", payer.id);
        let doc = format!("Money that {} gives to projects", payer.name_en);
        list.push(spec(&name, "euro", Neither, Sum, &doc));
    }
    for crisis in &scenario.crises {
        let name = format!("crises.{}", crisis.id);
        list.push(spec(
            &name,
            "events",
            Lower,
            Sum,
            &format!("Crises: {}", crisis.id),
        ));
    }
    for domain in Domain::ALL {
        let name = format!("problems.{}", domain.name());
        let doc = format!(
            "Months that households spent with a problem in {}",
            domain.name()
        );
        list.push(spec(&name, "household-months", Lower, Sum, &doc));
    }
    list
}
