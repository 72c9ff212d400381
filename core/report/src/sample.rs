//! A made-up but realistic comparison, for the tests and for looking at the page.

mod outcomes;

use crate::input::{
    Direction, Grade, MetricInfo, ParameterInfo, PayerInfo, ReportInput, Reproduction, Role,
    Setting, StrategyInfo, StressorInfo,
};
use crate::varied::Varied;
use outcomes::{budgets, cells, difference, fans, further, regret, survival};

const STRATEGIES: [(&str, &str); 4] = [
    ("Projectencarrousel", "carousel"),
    ("Institutionele inbedding", "institutional-embedding"),
    ("Stakeholdermodel", "stakeholder-model"),
    ("Sociale onderneming", "social-enterprise"),
];

/// Name, unit, direction, level of the null alternative, difference per strategy, half width.
type Row = (&'static str, &'static str, Direction, f64, [f64; 4], f64);

const METRICS: [Row; 21] = [
    (
        "households.multi_problem",
        "households",
        Direction::Lower,
        412.0,
        [0.0, -6.0, -48.0, -19.0],
        9.5,
    ),
    (
        "households.stabilised",
        "households",
        Direction::Higher,
        38.0,
        [0.0, 4.0, 61.0, 27.0],
        5.2,
    ),
    (
        "households.crises",
        "events",
        Direction::Lower,
        61.0,
        [0.0, -1.0, -9.0, -3.0],
        2.4,
    ),
    (
        "project.alive",
        "share",
        Direction::Higher,
        0.31,
        [0.0, -0.04, 0.42, 0.21],
        0.05,
    ),
    (
        "cost.total",
        "euro",
        Direction::Lower,
        31_450_000.0,
        [0.0, 90_000.0, -1_120_000.0, -310_000.0],
        260_000.0,
    ),
    (
        "cost.welfare",
        "euro",
        Direction::Lower,
        7_200_000.0,
        [0.0, 40_000.0, 610_000.0, 160_000.0],
        90_000.0,
    ),
    (
        "cost.social-affairs",
        "euro",
        Direction::Lower,
        9_800_000.0,
        [0.0, 10_000.0, -540_000.0, -280_000.0],
        110_000.0,
    ),
    (
        "cost.corporation",
        "euro",
        Direction::Lower,
        2_100_000.0,
        [0.0, 0.0, -190_000.0, -60_000.0],
        45_000.0,
    ),
    (
        "cost.insurer",
        "euro",
        Direction::Lower,
        8_350_000.0,
        [0.0, 30_000.0, -620_000.0, -110_000.0],
        140_000.0,
    ),
    (
        "cost.state",
        "euro",
        Direction::Neither,
        4_000_000.0,
        [0.0, 10_000.0, -380_000.0, -20_000.0],
        60_000.0,
    ),
    (
        "cost.projects",
        "euro",
        Direction::Neither,
        900_000.0,
        [0.0, 100_000.0, 2_100_000.0, 1_300_000.0],
        45_000.0,
    ),
    (
        "project.coalition",
        "share",
        Direction::Neither,
        0.3,
        [0.0, 0.1, 0.3, 0.05],
        0.02,
    ),
    (
        "households.in_team",
        "households",
        Direction::Neither,
        20.0,
        [0.0, 4.0, 60.0, 40.0],
        2.0,
    ),
    (
        "households.in_silo",
        "households",
        Direction::Neither,
        300.0,
        [0.0, 2.0, -40.0, -10.0],
        2.0,
    ),
    (
        "households.informal",
        "households",
        Direction::Neither,
        15.0,
        [0.0, 1.0, 30.0, 20.0],
        2.0,
    ),
    (
        "households.queueing",
        "households",
        Direction::Lower,
        120.0,
        [0.0, 2.0, -20.0, -10.0],
        2.0,
    ),
    (
        "households.unreached",
        "households",
        Direction::Lower,
        90.0,
        [0.0, 0.0, -60.0, -25.0],
        2.0,
    ),
    (
        "neighbourhood.basis",
        "share",
        Direction::Neither,
        0.5,
        [0.0, 0.0, 0.1, 0.05],
        0.02,
    ),
    (
        "neighbourhood.cohesion",
        "share",
        Direction::Neither,
        0.4,
        [0.0, 0.0, 0.05, 0.0],
        0.02,
    ),
    (
        "neighbourhood.control",
        "share",
        Direction::Neither,
        0.3,
        [0.0, 0.0, 0.02, 0.0],
        0.02,
    ),
    (
        "neighbourhood.self_reliance",
        "share",
        Direction::Neither,
        0.2,
        [0.0, 0.0, 0.0, 0.0],
        0.02,
    ),
];

const PAYERS: [(&str, &str, &str); 5] = [
    ("welfare", "Gemeente, welzijn", "Municipality, welfare"),
    (
        "social-affairs",
        "Gemeente, sociale zaken",
        "Municipality, social affairs",
    ),
    ("corporation", "Woningcorporatie", "Housing corporation"),
    ("insurer", "Zorgverzekeraar", "Health insurer"),
    ("state", "Rijk", "State"),
];

/// A comparison of four strategies under three stressors, 100 replications.
pub(crate) fn sample() -> ReportInput {
    ReportInput {
        title: "Heechterp-Schieringen: na de tijdelijke gelden".to_owned(),
        question: "Wat wordt er van het Frontlijnteam als het tijdelijke geld in 2014 stopt?"
            .to_owned(),
        setting: setting(),
        null_alternative: STRATEGIES[0].1.to_owned(),
        strategies: STRATEGIES.iter().map(strategy).collect(),
        stressors: stressors(),
        metrics: METRICS.iter().map(metric).collect(),
        payers: PAYERS
            .iter()
            .map(|(id, nl, en)| PayerInfo {
                id: (*id).to_owned(),
                name_nl: (*nl).to_owned(),
                name_en: (*en).to_owned(),
            })
            .collect(),
        cells: arms().flat_map(cells).collect(),
        choices: Vec::new(),
        survival: arms().map(survival).collect(),
        regrets: (0..STRATEGIES.len()).map(regret).collect(),
        fans: arms().flat_map(fans).collect(),
        differences: arms().filter(|arm| arm.1 > 0).map(difference).collect(),
        budgets: arms().filter(|arm| arm.1 > 0).flat_map(budgets).collect(),
        further: arms().filter(|arm| arm.1 > 0).flat_map(further).collect(),
        parameters: parameters(),
        failures: vec![],
        reproduction: Reproduction {
            command: "zalm compare scenarios/heechterp-schieringen.ron".to_owned(),
            version: "0.1.0".to_owned(),
            seed: 20_120_101,
            scenario_sha256: "3f1a".repeat(16),
            resolved_sha256: "9bc2".repeat(16),
            results_sha256: "07de".repeat(16),
        },
    }
}

fn arms() -> impl Iterator<Item = (usize, usize)> {
    (0..3).flat_map(|stressor| (0..4).map(move |strategy| (stressor, strategy)))
}

fn setting() -> Setting {
    Setting {
        place: "Heechterp-Schieringen (Leeuwarden)".to_owned(),
        citation: "Bron: CBS, Kerncijfers wijken en buurten 2016".to_owned(),
        households: 2_345,
        project: "Frontlijnteam".to_owned(),
        start: "2008-01".to_owned(),
        policy_date: "2012-01".to_owned(),
        horizon: 96,
        replications_planned: 100,
        replications_done: 100,
        varied: Varied::No,
    }
}

fn strategy((name, plugin): &(&str, &str)) -> StrategyInfo {
    StrategyInfo {
        id: (*plugin).to_owned(),
        name: (*name).to_owned(),
        plugin: (*plugin).to_owned(),
        version: "0.1.0".to_owned(),
        sha256: "a1b2".repeat(16),
        description: "Vraagt elke betaler om een bijdrage naar zijn aandeel in de baten."
            .to_owned(),
        parameters: vec![("ask_months_before".to_owned(), "12".to_owned())],
    }
}

fn stressors() -> Vec<StressorInfo> {
    let info = |(name, narrative): (&str, &str)| StressorInfo {
        id: name.to_owned(),
        name: name.to_owned(),
        narrative: narrative.to_owned(),
        source: "Miljoenennota 2015".to_owned(),
    };
    [
        (
            "geen",
            "Niets bijzonders: de begrotingen blijven zoals voorzien.",
        ),
        (
            "decentralisatie 2015",
            "Taken gaan over naar de gemeente, met een korting van 15 procent.",
        ),
        (
            "bezuiniging",
            "Elke betaler verliest in één keer 10 procent.",
        ),
    ]
    .map(info)
    .to_vec()
}

fn metric((name, unit, better, ..): &Row) -> MetricInfo {
    let role = match *name {
        "households.multi_problem" => Role::MultiProblem,
        "cost.total" => Role::TotalCost,
        "cost.projects" => Role::TeamCost,
        "project.coalition" => Role::Coalition,
        "households.in_team"
        | "households.in_silo"
        | "households.informal"
        | "households.queueing"
        | "households.unreached" => Role::Care((*name).to_owned()),
        "neighbourhood.basis" => Role::Rung(0),
        "neighbourhood.cohesion" => Role::Rung(1),
        "neighbourhood.control" => Role::Rung(2),
        "neighbourhood.self_reliance" => Role::Rung(3),
        _ => name
            .strip_prefix("cost.")
            .map_or(Role::Other, |id| Role::PayerCost(id.to_owned())),
    };
    MetricInfo {
        name: (*name).to_owned(),
        unit: (*unit).to_owned(),
        better: *better,
        doc: format!("What {name} is"),
        key: !matches!(
            role,
            Role::Coalition | Role::Care(_) | Role::Rung(_) | Role::TeamCost
        ),
        role,
    }
}

fn parameters() -> Vec<ParameterInfo> {
    let parameter = |(index, name): (usize, &str)| ParameterInfo {
        name: name.to_owned(),
        unit: "1/month".to_owned(),
        value: 0.012_5 * (index + 1) as f64,
        range: Some((0.008, 0.05)),
        grade: Grade::ALL[[0, 1, 2, 3, 3, 2, 3][index % 7]],
        source: "Volksgezondheid en zorg, 2012; eigen schatting".to_owned(),
    };
    [
        "onset.housing",
        "onset.finances",
        "team.effect",
        "payer.tie_pull",
        "payer.novelty",
        "relapse.factor",
        "tie.official_leaves",
    ]
    .into_iter()
    .enumerate()
    .map(parameter)
    .collect()
}
