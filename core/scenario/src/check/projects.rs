//! Projects: people, ties and temporary money.

use super::Checker;
use super::period::{inside, lasting, outside};
use crate::figure::Figure;
use crate::method::Method;
use crate::parameters::SPECS;
use crate::problem::Finding;
use crate::project::Project;
use crate::text::both;
use crate::tree::Spot;

/// The four levels of a tie, in order.
const LEVELS: [(&str, &str); 4] = [
    ("uitvoerende", "executing"),
    ("leidinggevende", "management"),
    ("ambtelijke", "civil service"),
    ("bestuurlijke", "political"),
];

/// Projects that a household's care has room for, founded ones too.
const PROJECTS: usize = 256;

/// Projects that a scenario may have: the people of each can found another, and so can the most
/// founders that there may be beside them.
fn most() -> usize {
    let mut founders = SPECS.iter().filter(|spec| spec.name == "founding.leaders");
    let founders = founders.next().map_or(0.0, |spec| spec.max);
    (PROJECTS - founders as usize) / 2
}

pub(super) fn check(checker: &Checker<'_>, list: Spot<'_>) {
    let projects = &checker.scenario.projects;
    let ids = projects.iter().map(|project| &*project.id);
    checker.unique_in(list, "id", "project".into(), ids);
    if projects.len() > most() {
        let message = both!("{} projecten", "{} projects", projects.len());
        checker.wrong(list, message, both!("hooguit {}", "at most {}", most()));
    }
    let method = checker.root.field("method");
    let written = Method::INGREDIENTS
        .iter()
        .zip(checker.scenario.method.figures());
    for (spec, figure) in written {
        ingredient(checker, method.field(spec.name), spec.name, figure);
    }
    for (i, project) in projects.iter().enumerate() {
        check_one(checker, list.item(i), project);
        ties(checker, list.item(i), project);
        grants(checker, list.item(i), project);
    }
}

fn check_one(checker: &Checker<'_>, spot: Spot<'_>, project: &Project) {
    if project.workers.value <= 0.0 {
        let message = both!(
            "een team zonder medewerkers helpt niemand",
            "a team without workers helps nobody"
        );
        let paid = spot.field("grants").span();
        let more = |finding: Finding| finding.also(paid, both!("hier betaald", "paid for here"));
        let workers = spot.field("workers").field("value");
        checker.report(
            workers,
            more,
            message,
            both!("1 of meer medewerkers", "1 or more workers"),
        );
    } else {
        checker.count_figure(
            spot.field("workers"),
            &project.workers,
            1.0,
            both!("medewerkers", "workers"),
        );
    }
    if !inside(checker, project.start) {
        outside(
            checker,
            spot.field("start"),
            project.start,
            both!("het begin", "the start"),
        );
    }
    let shares = [
        ("fidelity", &project.fidelity),
        ("outreach", &project.outreach),
        ("network", &project.network),
        ("economic", &project.economic),
        ("drive", &project.drive),
        ("skill", &project.skill),
    ];
    for (name, figure) in shares {
        checker.share_figure(spot.field(name), figure);
    }
    for (name, figure) in &project.method {
        ingredient(checker, spot.field("method").entry(name), name, figure);
    }
}

/// An ingredient of a method that exists, in its range.
fn ingredient(checker: &Checker<'_>, spot: Spot<'_>, name: &str, figure: &Figure) {
    let specs = Method::INGREDIENTS;
    match specs.iter().find(|spec| spec.name == name) {
        Some(spec) => checker.figure(spot, figure, 0.0, spec.max, ""),
        None => {
            let names: Vec<_> = specs.iter().map(|spec| spec.name).collect();
            checker.known(spot, both!("bestanddeel", "ingredient"), name, &names);
        }
    }
}

fn ties(checker: &Checker<'_>, spot: Spot<'_>, project: &Project) {
    let ties = spot.field("ties");
    for (payer, levels) in &project.ties {
        checker.payer(ties.key(payer), payer);
        for (level, value) in levels.iter().enumerate() {
            let (nl, en) = LEVELS[level];
            let unit = both!(", de {nl} band", ", the {en} tie");
            checker.within(ties.entry(payer).item(level), *value, 0.0, 1.0, unit);
        }
    }
    let expected = both!("waar de banden vandaan komen", "where the ties come from");
    checker.filled(spot.field("ties_source"), &project.ties_source, expected);
}

fn grants(checker: &Checker<'_>, spot: Spot<'_>, project: &Project) {
    let list = spot.field("grants");
    if project.grants.is_empty() {
        let workers = spot.field("workers").span();
        let more = |finding: Finding| {
            finding.also(
                workers,
                both!("wie betaalt deze medewerkers?", "who pays these workers?"),
            )
        };
        checker.report(
            list,
            more,
            both!(
                "een project dat niemand betaalt",
                "a project that nobody pays"
            ),
            both!("minstens één subsidie", "at least one grant"),
        );
    }
    for (i, grant) in project.grants.iter().enumerate() {
        let spot = list.item(i);
        checker.payer(spot.field("payer"), &grant.payer);
        checker.share_figure(spot.field("share"), &grant.share);
        lasting(checker, spot.field("months"), grant.months);
    }
    let sum: f64 = project.grants.iter().map(|grant| grant.share.value).sum();
    if sum > 1.0 + 1e-9 {
        let message = both!(
            "de subsidies betalen {sum:.2} maal de kosten van het project",
            "the grants pay {sum:.2} times the cost of the project"
        );
        checker.wrong(
            list,
            message,
            both!(
                "aandelen die samen hooguit 1 zijn",
                "shares that sum to at most 1"
            ),
        );
    }
}
