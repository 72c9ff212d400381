//! The metrics of a scenario in the order of every table: one row each, name, unit, direction, how
//! months become one number, the value in a month, and what it means.

use super::observed::{Observed, euro, per};
use super::{Aggregate, Better, Group, Of, Row};
use crate::hazards::ONE;
use crate::ladder::Neighbourhood;

macro_rules! metrics {
    (|$of:ident, $member:ident| $($group:ident {
        $($name:literal, $unit:literal, $better:ident, $aggregate:ident, $value:expr, $doc:literal;)*
    })*) => {
        /// `$of` is the month that is seen, `$member` the number of the member; `{}` in a name or
        /// a description stands for the member.
        pub(super) const TABLE: &[Group] = &[$(Group {
            of: Of::$group,
            rows: &[$(Row {
                name: $name,
                unit: $unit,
                better: Better::$better,
                aggregate: Aggregate::$aggregate,
                doc: $doc,
                value: |$of: &Observed<'_>, $member: usize| {
                    let _ = ($of, $member);
                    $value
                },
            }),*],
        }),*];
    };
}

metrics! { |of, member|
    All {
        "project.alive", "share", Higher, Last, of.alive(), "Projects whose integral team still works at the end";
        "project.months", "month", Higher, Sum, of.alive(), "Months that integral teams worked, per project";
        "project.workers", "fte", Neither, Mean, of.sum(|p| f64::from(p.workers)), "Workers in integral teams";
        "project.knowledge", "fte", Higher, Last, of.sum(|p| f64::from(p.workers) * p.knowledge), "Knowledge held by workers in integral teams, in fully trained workers";
        "households.multi_problem", "households", Lower, Mean, of.people.multi as f64, "Households with problems in three or more domains";
        "households.problem_free", "households", Higher, Mean, of.people.problem_free as f64, "Households without a problem in any domain";
        "households.stabilised", "households", Higher, Sum, f64::from(of.flows.stabilised), "Households helped by a team from three or more problem domains to at most one";
        "households.relapsed", "problems", Lower, Sum, f64::from(of.flows.relapses), "Problems that arose in the year after help that stopped early";
        "households.crises", "events", Lower, Sum, f64::from(of.flows.crises.iter().sum::<u32>()), "Crises";
        "cost.total", "euro", Lower, Sum, euro(of.costs()), "Cost of problems, crises, silo care and projects to all payers together";
        "cost.projects", "euro", Neither, Sum, euro(of.flows.project_cost), "Wages of integral teams";
        "cost.use", "euro", Lower, Sum, euro(of.use_costs()), "Cost of provisions, benefits and damages that problems draw, without crises, silo care and projects";
        "cost.care", "euro", Lower, Sum, euro(of.care_costs()), "Cost of care to all payers together: places in service, full or empty, silo care and projects; no benefits, damages or arrears";
        "households.in_team", "households", Neither, Mean, f64::from(of.people.in_team), "Households in team care";
        "households.in_silo", "households", Neither, Mean, f64::from(of.people.in_silo), "Households in silo care";
        "households.waiting", "households", Lower, Mean, f64::from(of.people.waiting), "Households that asked at a counter or were found for a team, and wait, each once";
        "households.avoiding", "households", Lower, Mean, of.people.avoiding as f64, "Multi-problem households that are neither in help nor waiting for it, and have no network that carries them";
        "households.outreached", "households", Higher, Sum, f64::from(of.flows.outreached), "Care avoiders reached by outreach";
        "households.dropouts", "households", Lower, Sum, f64::from(of.flows.dropouts), "Households that left help unhelped";
        "care.professionals", "professionals", Lower, Mean, of.professionals(), "Professionals per multi-problem household in help, with workers of other, loose projects";
        "households.informal", "households", Neither, Mean, f64::from(of.people.informal), "Households carried by their own network after help, without professionals";
        "households.aftercare", "households", Neither, Mean, f64::from(of.people.aftercare), "Households in the year after help, without help and without a network that carries them";
        "households.queueing", "households", Lower, Mean, f64::from(of.people.queueing), "Households that nobody helps and that wait for a silo place or a team, each once";
        "households.unreached", "households", Lower, Mean, f64::from(of.people.unreached), "Multi-problem households without help now or in the last year that wait for none";
        "households.strength", "share", Higher, Mean, of.people.strength, "Own strength, mean over all households";
        "households.expectation", "share", Higher, Mean, of.people.expectation, "What households expect of help, mean over all households";
        "project.coalition", "share", Neither, MeanAlive, of.mean(|p| per(p.relations.iter().map(|r| r.tie(of.settings.rates.tie_weakest)).sum(), p.relations.len())), "Strength of ties with all payers, mean over living projects";
        "project.context", "share", Neither, MeanAlive, of.mean(|p| p.context), "Context of the work: mandate and backing";
        "project.energy", "share", Neither, MeanAlive, of.mean(|p| p.leader.map_or(0.0, |leader| leader.energy)), "Energy of leaders of living projects; 0 where there is none";
        "project.led", "share", Higher, MeanAlive, of.mean(|p| f64::from(u8::from(p.leader.is_some()))), "Living projects that have a leader";
        "project.leaders_left", "leaders", Lower, Sum, f64::from(of.flows.leaders_left), "Leaders who burned out or moved on";
        "project.core_group", "people", Neither, MeanAlive, of.mean(|p| p.core_group), "People in the core group of a living project";
        "project.size", "1", Higher, Last, of.mean(|p| per(f64::from(p.full_workers), p.first_workers as usize)), "Places for workers in living integral teams, relative to their first size";
        "project.shown", "euro/month", Neither, Mean, of.sum(|p| p.relations.iter().map(|r| r.belief.mean).sum::<f64>() / 100.0), "Benefit to all payers together that they believe in, of living projects";
        "project.benefit", "euro/month", Neither, Mean, of.sum(|p| euro(p.benefit)), "Follow-up minus baseline of the teams' present and recent households, all payers together; not against a null alternative";
        "project.volunteers", "volunteers", Neither, Mean, of.sum(|p| f64::from(p.volunteers)), "Volunteers with integral teams";
        "projects.founded", "projects", Neither, Sum, f64::from(of.flows.founded), "New projects founded on temporary money";
        "projects.renamed", "projects", Lower, Sum, f64::from(of.flows.renamed), "New projects under a name of their own though a proven one did the same";
        "knowledge.per_worker", "share", Higher, Mean, of.knowledge_per_worker(), "Knowledge per worker of all teams at work, founded ones too";
        "knowledge.lost", "fte", Lower, Sum, of.flows.knowledge_lost, "Knowledge that went with ended projects, in fully trained workers";
        "project.reporting", "share", Lower, MeanAlive, of.mean(|p| p.reporting), "Share of everyone's time in living projects that reports to payers take";
        "projects.newcomers", "projects", Neither, Mean, of.newcomers() as f64, "Founded projects at work";
        "leader.claiming", "share", Lower, MeanAlive, of.mean(|p| p.claiming), "Time of leaders of living projects that goes to asking for money";
        "care.quality", "1", Higher, Mean, f64::from(of.flows.care_quality) / f64::from(ONE), "Effect of silo care relative to the start, mean over domains";
        "money.wrong_pocket", "share", Lower, MeanAlive, of.mean(|p| p.wrong_pocket), "Part of the benefits of living projects that falls to hands that do not pay for them; the municipality is one hand";
        "municipality.direction", "share", Neither, Mean, of.municipality.direction, "Strength of municipal direction";
        "neighbourhood.basis", "share", Higher, Last, of.rung(0), "How far the rung stands, mean over neighbourhoods: clean, whole, safe and reliable professionals";
        "neighbourhood.cohesion", "share", Higher, Last, of.rung(1), "How far the rung stands, mean over neighbourhoods: cohesion and public familiarity";
        "neighbourhood.control", "share", Higher, Last, of.rung(2), "How far the rung stands, mean over neighbourhoods: social control and active residents";
        "neighbourhood.self_reliance", "share", Higher, Last, of.rung(3), "How far the rung stands, mean over neighbourhoods: self-reliance";
        "neighbourhood.image", "share", Higher, Last, of.over_places(|place| place.image), "Name of the neighbourhoods with those who could come or go, mean over households";
        "neighbourhood.concentration", "share", Neither, Last, of.over_places(Neighbourhood::concentration), "Households in the danger zone";
        "neighbourhood.spread", "share", Neither, Last, of.spread(), "Difference between neighbourhoods in that share (standard deviation over households)";
        "households.moved", "households", Neither, Sum, of.flows.moved.len() as f64, "Households that left their dwelling";
        "households.multi_problem_left", "households", Neither, Sum, f64::from(of.flows.multi_left), "Multi-problem households that left a dwelling, less those that came to one: not helped, but gone";
        "households.moved_helped", "households", Neither, Sum, f64::from(of.flows.moved_helped), "Households that left in team care or in the year after it";
        "households.displaced", "households", Neither, Sum, f64::from(of.flows.displaced), "Of those who left, because their dwelling was rebuilt";
        "households.refused", "households", Neither, Sum, f64::from(of.flows.refused), "Households that rules on who may come kept out";
    }
    NamedPlaces {
        "neighbourhood.concentration_{}", "share", Neither, Last, of.mean_in(|place| place.named == (member == 0), Neighbourhood::concentration), "Households in the danger zone in neighbourhoods {}";
        "households.multi_problem_{}", "households", Neither, Mean, of.multi_in(|place| place.named == (member == 0)), "Multi-problem households in neighbourhoods {}";
    }
    All {
        "money.overspend", "euro", Lower, Sum, of.overspend(), "Entitlements above what was expected";
        "money.defaulted", "euro", Lower, Sum, euro(of.flows.defaults.iter().sum()), "Money lent to or invested in projects that does not come back";
    }
    Payers {
        "cost.{}", "euro", Lower, Sum, euro(of.flows.costs.payer(member)), "Cost to {}: problems, crises, silo care, projects";
    }
    Payers {
        "given.{}", "euro", Neither, Sum, euro(of.given[member]), "Money that {} gives to projects";
    }
    Payers {
        "tie.{}", "share", Neither, MeanAlive, of.mean(|p| p.relations[member].tie(of.settings.rates.tie_weakest)), "Strength of the ties of living projects with {}";
    }
    Crises {
        "crises.{}", "events", Lower, Sum, f64::from(of.flows.crises[member]), "Crises: {}";
    }
    Domains {
        "problems.{}", "household-months", Lower, Sum, f64::from(of.people.in_problem[member]), "Months that households spent with a problem in {}";
    }
}
