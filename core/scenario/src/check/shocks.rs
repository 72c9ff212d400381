//! Shocks: when they come, whom they hit, and who holds what is decentralised.

use super::Checker;
use super::period::{inside, lasting, outside};
use crate::checked::Scenario;
use crate::domain::Domain;
use crate::problem::Finding;
use crate::shock::Shock;
use crate::text::both;
use crate::tree::Spot;
use std::collections::BTreeMap;

pub(super) fn check(checker: &Checker<'_>, root: Spot<'_>) {
    let scenario = checker.scenario;
    let always = placed(root.field("shocks"), &scenario.shocks);
    for (spot, shock) in &always {
        check_one(checker, *spot, shock);
    }
    moves(checker, &always);
    let list = root.field("stressors");
    if scenario.stressors.is_empty() {
        let expected = both!(
            "minstens één stressscenario; een zonder schokken is goed",
            "at least one stressor; one without shocks will do"
        );
        checker.wrong(
            list,
            both!("er is geen stressscenario", "there is no stressor"),
            expected,
        );
    }
    let names = scenario.stressors.iter().map(|s| &*s.name);
    checker.unique_in(list, "name", both!("stressscenario", "stressor"), names);
    for (i, stressor) in scenario.stressors.iter().enumerate() {
        let spot = list.item(i);
        checker.told_if_given(
            spot.field("title"),
            &stressor.title,
            both!("een naam voor mensen", "a name for people"),
        );
        checker.told(
            spot.field("narrative"),
            &stressor.narrative,
            both!("wat er gebeurt", "what happens"),
        );
        checker.told(
            spot.field("source"),
            &stressor.source,
            both!("waar het vandaan komt", "where it comes from"),
        );
        let own = placed(spot.field("shocks"), &stressor.shocks);
        for (spot, shock) in &own {
            check_one(checker, *spot, shock);
            after_policy_date(checker, *spot, shock);
        }
        let mut all = [always.clone(), own].concat();
        all.sort_by_key(|(_, shock)| shock.at());
        moves(checker, &all);
    }
}

type Placed<'a> = Vec<(Spot<'a>, &'a Shock)>;

fn placed<'a>(list: Spot<'a>, shocks: &'a [Shock]) -> Placed<'a> {
    shocks
        .iter()
        .enumerate()
        .map(|(i, shock)| (list.item(i), shock))
        .collect()
}

fn check_one(checker: &Checker<'_>, spot: Spot<'_>, shock: &Shock) {
    if !inside(checker, shock.at()) {
        outside(
            checker,
            spot.field("at"),
            shock.at(),
            both!("de schok van", "the shock of"),
        );
    }
    match shock {
        Shock::Cut { payer, share, .. } => {
            checker.payer(spot.field("payer"), payer);
            checker.share(spot.field("share"), *share);
        }
        Shock::Decentralise {
            items,
            from,
            to,
            discount,
            ..
        } => {
            checker.payer(spot.field("from"), from);
            checker.payer(spot.field("to"), to);
            checker.share(spot.field("discount"), *discount);
            if from == to {
                let message = both!(
                    "\"{from}\" draagt over aan zichzelf",
                    "\"{from}\" hands over to itself"
                );
                checker.wrong(
                    spot.field("to"),
                    message,
                    both!("een andere betaler", "another payer"),
                );
            }
            if items.is_empty() {
                checker.wrong(
                    spot.field("items"),
                    both!("er wordt niets overgedragen", "nothing is handed over"),
                    both!("minstens één post", "at least one item"),
                );
            }
        }
        Shock::DemandGrowth {
            per_year, months, ..
        } => {
            checker.within(
                spot.field("per_year"),
                *per_year,
                -0.9,
                2.0,
                both!(" per jaar", " per year"),
            );
            lasting(checker, spot.field("months"), *months);
        }
        Shock::Exit { payer, .. } => checker.payer(spot.field("payer"), payer),
        Shock::Prize { project, .. } => {
            let known: Vec<_> = checker.scenario.projects.iter().map(|p| &*p.id).collect();
            checker.known(
                spot.field("project"),
                both!("project", "project"),
                project,
                &known,
            );
        }
        Shock::Transition { months, relief, .. } => {
            checker.share(spot.field("relief"), *relief);
            lasting(checker, spot.field("months"), *months);
        }
        Shock::AldermanLeaves { .. } | Shock::Review { .. } => {}
    }
}

/// All strategies share what lies before the policy date, so stressors must come after it.
fn after_policy_date(checker: &Checker<'_>, spot: Spot<'_>, shock: &Shock) {
    let date = checker.scenario.policy_date;
    let date_is_sound =
        inside(checker, date) && checker.readable(checker.root.field("policy_date"));
    if inside(checker, shock.at()) && date_is_sound && shock.at() < date {
        let message = both!(
            "de schok van {} komt vóór de beleidsdatum",
            "the shock of {} comes before the policy date",
            shock.at()
        );
        let policy_date = checker.root.field("policy_date").span();
        let more = |finding: Finding| {
            finding.also(policy_date, both!("de beleidsdatum", "the policy date"))
        };
        checker.report(
            spot.field("at"),
            more,
            message,
            both!("{date} of later", "{date} or later"),
        );
    }
}

/// Who bears an item, and since which decentralisation.
struct Holding<'a> {
    payers: Vec<&'a str>,
    moved: Option<Spot<'a>>,
}

/// Follows decentralisations in order of time.
fn moves<'a>(checker: &Checker<'_>, shocks: &[(Spot<'a>, &'a Shock)]) {
    let mut holdings = holdings(checker.scenario);
    let names: Vec<_> = holdings.keys().copied().collect();
    for (spot, shock) in shocks {
        let Shock::Decentralise {
            items, from, to, ..
        } = shock
        else {
            continue;
        };
        for (i, item) in items.iter().enumerate() {
            let spot = spot.field("items").item(i);
            match holdings.get_mut(item.as_str()) {
                None => checker.known(
                    spot,
                    both!("kostenpost of leefgebied", "cost item or life domain"),
                    item,
                    &names,
                ),
                Some(holding) => hand_over(checker, spot, item, holding, (from, to)),
            }
        }
    }
}

fn hand_over<'a>(
    checker: &Checker<'_>,
    spot: Spot<'a>,
    item: &str,
    holding: &mut Holding<'a>,
    (from, to): (&str, &'a str),
) {
    if let Some(first) = holding.moved {
        let more = |finding: Finding| {
            finding.also(
                first.span(),
                both!("hier al overgedragen", "handed over here first"),
            )
        };
        let message = both!(
            "\"{item}\" wordt twee keer gedecentraliseerd",
            "\"{item}\" is decentralised twice"
        );
        checker.report(
            spot,
            more,
            message,
            both!("elke post één keer", "every item once"),
        );
        return;
    }
    if !holding.payers.contains(&from) {
        let message = both!(
            "\"{from}\" draagt \"{item}\" niet",
            "\"{from}\" does not bear \"{item}\""
        );
        let holders = holding.payers.join(" and ");
        checker.wrong(
            spot,
            message,
            both!(
                "een post van \"{from}\"; deze wordt gedragen door {holders}",
                "an item of \"{from}\"; this one is borne by {holders}"
            ),
        );
        return;
    }
    holding.payers.retain(|payer| *payer != from);
    holding.payers.push(to);
    holding.moved = Some(spot);
}

fn holdings(scenario: &Scenario) -> BTreeMap<&str, Holding<'_>> {
    let uses = scenario
        .use_costs
        .iter()
        .map(|item| (item.id.as_str(), vec![&*item.payer]));
    let crises = scenario.crises.iter().map(|crisis| {
        let payers = crisis.costs.iter().map(|(payer, _)| payer.as_str());
        (crisis.id.as_str(), payers.collect())
    });
    let care = scenario
        .silo_care
        .iter()
        .map(|c| (Domain::name(c.domain), vec![&*c.payer]));
    let all = uses.chain(crises).chain(care);
    all.map(|(name, payers)| {
        (
            name,
            Holding {
                payers,
                moved: None,
            },
        )
    })
    .collect()
}
