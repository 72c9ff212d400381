//! Payers, and what problems, crises and silo care cost them.

use super::Checker;
use super::period::{inside, outside};
use crate::domain::Domain;
use crate::text::both;
use crate::tree::Spot;

/// Most euro per household per year, per place or per event; above it a figure is a typing error.
const MOST_EURO: f64 = 1e6;

/// Most that one kind of crisis can weigh.
const MOST_WEIGHT: f64 = 100.0;

pub(super) fn check(checker: &Checker<'_>, root: Spot<'_>) {
    payers(checker, root.field("payers"));
    use_costs(checker, root.field("use_costs"));
    crises(checker, root.field("crises"));
    silo_care(checker, root.field("silo_care"));
    area_investments(checker, root.field("area_investments"));
    let uses = checker.scenario.use_costs.iter().enumerate();
    let uses = uses.map(|(i, item)| (root.field("use_costs").item(i).field("id"), &*item.id));
    let crises = checker.scenario.crises.iter().enumerate();
    let crises = crises.map(|(i, item)| (root.field("crises").item(i).field("id"), &*item.id));
    let items: Vec<_> = uses.chain(crises).collect();
    for (spot, id) in &items {
        if Domain::ALL.iter().any(|domain| domain.name() == *id) {
            let message = both!(
                "\"{id}\" is de naam van een leefgebied",
                "\"{id}\" is the name of a life domain"
            );
            checker.wrong(
                *spot,
                message,
                both!(
                    "een andere naam, want een decentralisatie noemt beide",
                    "another name, since a decentralisation names both"
                ),
            );
        }
    }
    checker.unique(both!("kostenpost", "cost item"), items);
}

fn payers(checker: &Checker<'_>, list: Spot<'_>) {
    let payers = &checker.scenario.payers;
    if payers.is_empty() {
        checker.wrong(
            list,
            both!("niemand betaalt", "nobody pays"),
            both!("minstens één betaler", "at least one payer"),
        );
    }
    let ids = payers.iter().map(|payer| &*payer.id);
    checker.unique_in(list, "id", both!("betaler", "payer"), ids);
    for (i, payer) in payers.iter().enumerate() {
        let spot = list.item(i);
        checker.filled(
            spot.field("name_nl"),
            &payer.name_nl,
            both!("de Nederlandse naam", "the Dutch name"),
        );
        checker.filled(
            spot.field("name_en"),
            &payer.name_en,
            both!("de Engelse naam", "the English name"),
        );
        let unit = both!(
            " euro per huishouden per jaar",
            " euro per household per year"
        );
        checker.figure(spot.field("budget"), &payer.budget, 0.0, MOST_EURO, unit);
        checker.share_figure(spot.field("free_room"), &payer.free_room);
        checker.share_figure(spot.field("novelty_taste"), &payer.novelty_taste);
        checker.share_figure(spot.field("openness"), &payer.openness);
        checker.share_figure(spot.field("mission"), &payer.mission);
    }
}

fn area_investments(checker: &Checker<'_>, list: Spot<'_>) {
    for (i, investment) in checker.scenario.area_investments.iter().enumerate() {
        let spot = list.item(i);
        checker.payer(spot.field("payer"), &investment.payer);
        let places = &checker.scenario.place.neighbourhoods;
        let codes: Vec<_> = places.iter().map(|place| place.code.as_str()).collect();
        let named = spot.field("neighbourhoods");
        for (at, code) in investment.neighbourhoods.iter().enumerate() {
            checker.known(
                named.item(at),
                both!("buurt", "neighbourhood"),
                code,
                &codes,
            );
        }
        let codes = investment.neighbourhoods.iter().enumerate();
        checker.unique(
            both!("buurt", "neighbourhood"),
            codes.map(|(at, code)| (named.item(at), code.as_str())),
        );
        let unit = both!(
            " euro per huishouden per jaar",
            " euro per household per year"
        );
        let per_year = spot.field("per_year");
        checker.figure(per_year, &investment.per_year, 0.0, MOST_EURO, unit);
        if !inside(checker, investment.start) {
            outside(
                checker,
                spot.field("start"),
                investment.start,
                both!("het begin", "the start"),
            );
        }
        if investment.months == 0 {
            checker.wrong(
                spot.field("months"),
                both!("een investering van 0 maanden", "an investment of 0 months"),
                both!("1 of meer maanden", "1 or more months"),
            );
        }
    }
}

fn use_costs(checker: &Checker<'_>, list: Spot<'_>) {
    for (i, item) in checker.scenario.use_costs.iter().enumerate() {
        let spot = list.item(i);
        checker.payer(spot.field("payer"), &item.payer);
        for (step, amount) in item.per_year.iter().enumerate() {
            let amount_spot = spot.field("per_year").item(step);
            checker.within(
                amount_spot,
                *amount,
                0.0,
                MOST_EURO,
                both!(" euro per jaar", " euro per year"),
            );
        }
        checker.filled(
            spot.field("source"),
            &item.source,
            both!(
                "waar de bedragen vandaan komen",
                "where the amounts come from"
            ),
        );
    }
}

fn crises(checker: &Checker<'_>, list: Spot<'_>) {
    for (i, crisis) in checker.scenario.crises.iter().enumerate() {
        let weight = list.item(i).field("weight");
        let unit = both!(" maal household.crisis", " times household.crisis");
        checker.figure(weight, &crisis.weight, 0.0, MOST_WEIGHT, unit);
        let costs = list.item(i).field("costs");
        if crisis.costs.is_empty() {
            checker.wrong(
                costs,
                both!(
                    "een crisis die niemand iets kost",
                    "a crisis that costs nobody anything"
                ),
                both!("minstens één betaler", "at least one payer"),
            );
        }
        let ids = crisis.costs.iter().enumerate();
        checker.unique(
            both!("deel", "part"),
            ids.map(|(part, (id, _))| (costs.item(part).item(0), &**id)),
        );
        for (part, (payer, cost)) in crisis.costs.iter().enumerate() {
            let spot = costs.item(part);
            checker.payer(spot.item(0), payer);
            checker.figure(
                spot.item(1),
                cost,
                0.0,
                MOST_EURO,
                both!(" euro per keer", " euro per event"),
            );
        }
    }
}

fn silo_care(checker: &Checker<'_>, list: Spot<'_>) {
    let care = &checker.scenario.silo_care;
    let what = both!("plaats bij een koker", "place of silo care");
    checker.unique_in(list, "domain", what, care.iter().map(|c| c.domain.name()));
    for (i, care) in care.iter().enumerate() {
        let spot = list.item(i);
        checker.payer(spot.field("payer"), &care.payer);
        let unit = both!(
            " plaatsen per 1.000 huishoudens",
            " places per 1,000 households"
        );
        checker.figure(spot.field("places"), &care.places, 0.0, 1000.0, unit);
        checker.figure(
            spot.field("cost"),
            &care.cost,
            0.0,
            MOST_EURO,
            both!(" euro per jaar", " euro per year"),
        );
    }
}
