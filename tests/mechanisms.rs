//! Each mechanism moves the world in its direction: switched off, the pattern it makes goes, in
//! the mean of paired runs. An effect of the wrong sign, or none, fails by the mechanism's name.

use zalm_model::{Form, RunRecord, metrics};
use zalm_scenario::{AreaWork, Measurement, Mechanism, Project, Scenario};
use zalm_tests::scenarios::{area_investments, heechterp, parameter};
use zalm_tests::strategies::{Seeker, played};

const REPLICATIONS: u32 = 40;

/// What becomes of the number when the mechanism is switched off.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Off {
    Higher,
    Lower,
    /// Exactly 0, while it is more than 0 with the mechanism.
    Zero,
}

/// A mechanism, the metric that shows it, and with whom it shows.
struct Pattern {
    mechanism: Mechanism,
    metric: &'static str,
    off: Off,
    setting: Setting,
}

/// In which world a mechanism shows.
#[derive(Clone, Copy, Debug)]
enum Setting {
    /// Silos alone.
    NoTeam,
    /// A team with money for ten years and households slow to trust, and nobody who prepares for
    /// the end.
    Team,
    /// The same team with a cost-benefit analysis.
    Shown,
    /// Three teams beside the first, loose from it; one of them soon ends.
    Heap,
    /// A team so small that payers carry all of it, and households that wait.
    Small,
    /// The same team, large, with a method of which little is carried out and help that is cut
    /// short.
    Careless,
    /// Silos alone, and money for the neighbourhoods themselves.
    Invested,
    /// The same, with money for all but the basis in one neighbourhood only.
    OneInvested,
    /// A company that can earn all it costs, with a leader who knows business, and nobody else who
    /// asks for money.
    Selling,
    /// The team's leader asks for money, in years of cuts.
    Asking(Seeker),
    /// The same, and the government keeps to a scale for its part.
    Scaled(Seeker),
    /// The same without one, among open institutions with strong ties, which call lent workers back soon.
    Friendly(Seeker),
}

fn pattern(mechanism: Mechanism, metric: &'static str, off: Off, setting: Setting) -> Pattern {
    Pattern {
        mechanism,
        metric,
        off,
        setting,
    }
}

fn patterns() -> Vec<Pattern> {
    use Mechanism as M;
    use Off::{Higher, Lower, Zero};
    use Setting::{
        Asking, Careless, Friendly, Heap, Invested, NoTeam, OneInvested, Scaled, Selling, Shown,
        Small, Team,
    };
    let large = |seeker| Seeker {
        part: 0.15,
        ..seeker
    };
    let asks = |seeker| Asking(large(seeker));
    let embedded = Asking(Seeker {
        part: 0.15,
        ..Seeker::EMBEDDED
    });
    let (grants, shares) = (asks(Seeker::GRANTS), asks(Seeker::STAKEHOLDERS));
    let lent = Friendly(Seeker {
        part: 0.15,
        ..Seeker::JOINT
    });
    let swaps = Friendly(Seeker {
        part: 0.15,
        closes: true,
        ..Seeker::STAKEHOLDERS
    });
    // Structural subsidy is for foundations: a team that plans an enterprise gets none.
    let company = asks(Seeker {
        form: Form::Enterprise,
        ..Seeker::EMBEDDED
    });
    vec![
        pattern(M::Interaction, "households.multi_problem", Lower, NoTeam),
        pattern(M::Crises, "households.crises", Zero, NoTeam),
        pattern(M::Avoidance, "households.avoiding", Lower, NoTeam),
        pattern(M::Coordination, "households.multi_problem", Lower, NoTeam),
        pattern(M::Specialists, "care.professionals", Lower, NoTeam),
        pattern(M::Relapse, "households.relapsed", Lower, NoTeam),
        pattern(M::Harm, "households.crises", Lower, Careless),
        pattern(M::OwnStrength, "households.strength", Lower, Team),
        pattern(M::Expectation, "households.expectation", Higher, Careless),
        pattern(M::InformalSupport, "households.informal", Zero, Team),
        pattern(M::InformalSupport, "households.crises", Higher, Team),
        pattern(M::Ladder, "neighbourhood.cohesion", Lower, Invested),
        pattern(M::Ladder, "neighbourhood.self_reliance", Lower, Invested),
        pattern(M::Ladder, "households.problem_free", Lower, Invested),
        pattern(M::Presence, "neighbourhood.basis", Lower, Team),
        pattern(M::OilStain, "neighbourhood.cohesion", Lower, OneInvested),
        pattern(M::Image, "neighbourhood.concentration", Lower, NoTeam),
        pattern(M::Moving, "households.moved_helped", Zero, Team),
        pattern(M::Moving, "households.problem_free", Higher, Team),
        pattern(M::Outreach, "households.outreached", Zero, Team),
        pattern(M::Detection, "households.in_team", Lower, Team),
        pattern(M::DropOut, "households.dropouts", Zero, Team),
        pattern(M::DropOut, "households.in_silo", Higher, NoTeam),
        pattern(M::Trust, "households.stabilised", Higher, Team),
        pattern(M::Volunteers, "project.volunteers", Zero, Team),
        pattern(M::Volunteers, "households.in_team", Lower, Team),
        pattern(M::BuildUp, "knowledge.per_worker", Higher, Team),
        pattern(M::Uncertainty, "project.workers", Higher, Team),
        pattern(M::StakeholderCarousel, "project.coalition", Higher, Team),
        pattern(M::BurnOut, "project.energy", Higher, Team),
        pattern(M::Conflict, "project.coalition", Higher, Team),
        pattern(M::Market, "project.workers", Lower, Selling),
        pattern(M::Succession, "project.led", Higher, Team),
        pattern(M::CoreGroup, "project.coalition", Lower, Team),
        pattern(M::Growth, "project.size", Lower, Small),
        pattern(M::Knowledge, "projects.renamed", Zero, Team),
        pattern(M::Novelty, "projects.renamed", Zero, Team),
        pattern(M::Fatigue, "project.coalition", Higher, Heap),
        pattern(M::Portfolio, "project.coalition", Higher, Heap),
        pattern(M::Portfolio, "care.professionals", Lower, Heap),
        pattern(M::Reporting, "project.reporting", Zero, Team),
        pattern(M::Reporting, "households.in_team", Higher, Team),
        pattern(M::Capacity, "cost.insurer", Lower, Team),
        pattern(
            M::CoFunding,
            "project.workers",
            Higher,
            Scaled(large(Seeker::GRANTS)),
        ),
        pattern(M::Evidence, "project.benefit", Zero, Team),
        pattern(M::Evidence, "project.shown", Lower, Team),
        pattern(M::Mission, "project.shown", Lower, Shown),
        pattern(M::Habit, "project.workers", Lower, shares),
        pattern(M::Complexity, "project.shown", Higher, Team),
        pattern(M::Founding, "projects.founded", Zero, Team),
        pattern(M::Applications, "leader.claiming", Zero, grants),
        pattern(M::Learning, "care.quality", Lower, embedded),
        pattern(M::Coordinators, "care.professionals", Lower, embedded),
        pattern(M::RiskAversion, "project.workers", Higher, grants),
        pattern(M::RiskAversion, "project.workers", Higher, shares),
        pattern(M::Ties, "project.workers", Lower, grants),
        pattern(M::Ties, "project.workers", Lower, shares),
        pattern(M::Veto, "project.workers", Higher, shares),
        pattern(M::Resistance, "project.workers", Higher, shares),
        pattern(M::Direction, "project.workers", Lower, shares),
        pattern(M::Rivals, "project.workers", Higher, grants),
        pattern(M::Rivals, "project.workers", Higher, shares),
        pattern(M::Secondment, "project.workers", Higher, lent),
        // Who has no free money pays from the old, which then costs it less.
        pattern(M::Closing, "given.youth", Lower, swaps),
        pattern(M::Closing, "cost.welfare", Higher, swaps),
        pattern(M::LegalForms, "project.workers", Higher, company),
        pattern(M::Introductions, "project.coalition", Lower, Shown),
        pattern(M::Workplaces, "cost.work-income", Higher, Selling),
    ]
}

fn world(setting: Setting) -> Scenario {
    let mut scenario = heechterp();
    match setting {
        Setting::NoTeam => scenario.projects.clear(),
        Setting::Invested => {
            scenario.projects.clear();
            scenario.area_investments = area_investments(&scenario);
        }
        Setting::OneInvested => {
            scenario.projects.clear();
            let first = scenario.place.neighbourhoods[0].code.clone();
            scenario.area_investments = area_investments(&scenario);
            for work in &mut scenario.area_investments {
                if work.work != AreaWork::Basis {
                    work.neighbourhoods = vec![first.clone()];
                }
            }
        }
        Setting::Team | Setting::Careless | Setting::Shown => {
            scenario.policy_date = scenario.start.plus(12);
            for grant in &mut scenario.projects[0].grants {
                grant.months = 120;
            }
            parameter(&mut scenario, "team.trust_months").value = 24.0;
            if matches!(setting, Setting::Shown) {
                scenario.projects[0].measurement = Measurement::CostBenefit;
            }
            if matches!(setting, Setting::Careless) {
                scenario.projects[0].workers.value = 16.0;
                scenario.projects[0].fidelity.value = 0.1;
                scenario.method.longest.value = 9.0;
                parameter(&mut scenario, "expectation.raised").value = 0.0;
            }
        }
        Setting::Heap => {
            scenario.policy_date = scenario.start.plus(12);
            let first = scenario.projects[0].clone();
            let others = [("second", 120), ("third", 120), ("short", 18)];
            scenario.projects[0] = lasting(&first, "first", 120);
            let others = others.map(|(id, months)| lasting(&first, id, months));
            scenario.projects.extend(others);
        }
        Setting::Small => scenario.projects[0].workers.value = 3.0,
        // A leader who stays: what payers decide shows beside less chance.
        Setting::Friendly(_) => {
            for ties in scenario.projects[0].ties.values_mut() {
                *ties = [0.8; 4];
            }
            for payer in &mut scenario.payers {
                payer.openness.value = 0.9;
                payer.mission.value = 0.6;
            }
            parameter(&mut scenario, "secondment.recall").value = 0.2;
            scenario.switched_off.push(Mechanism::Succession);
        }
        Setting::Selling => {
            scenario.policy_date = scenario.start;
            scenario.projects[0].economic.value = 1.0;
            parameter(&mut scenario, "leader.business").value = 1.0;
            scenario.switched_off.push(Mechanism::Rivals);
        }
        Setting::Asking(_) => scenario.switched_off.push(Mechanism::Succession),
        Setting::Scaled(_) => {
            // Stricter than any proposal: less than what a team can live on.
            parameter(&mut scenario, "cofunding.vulnerable").value = 0.2;
            parameter(&mut scenario, "cofunding.others").value = 0.1;
            scenario.switched_off.push(Mechanism::Succession);
        }
    }
    scenario
}

/// A project like another, half as large, with money for so many months.
fn lasting(like: &Project, id: &str, months: u32) -> Project {
    let mut project = like.clone();
    project.id = id.to_owned();
    project.workers.value = 4.0;
    for grant in &mut project.grants {
        grant.months = months;
    }
    project
}

fn records(setting: Setting, off: Option<Mechanism>) -> Vec<RunRecord> {
    let mut scenario = world(setting);
    scenario.switched_off.extend(off);
    let cuts = scenario
        .stressors
        .iter()
        .find(|stressor| stressor.name == "cuts-2012");
    let run = |replication| match setting {
        Setting::Selling => {
            let mut seeker = Seeker {
                part: 0.03,
                sales: 0.6,
                contact: 0.1,
                ..Seeker::ENTERPRISE
            };
            played(&scenario, replication, None, Some(&mut seeker))
        }
        Setting::Small => played(
            &scenario,
            replication,
            None,
            Some(&mut Seeker::STAKEHOLDERS.clone()),
        ),
        Setting::NoTeam
        | Setting::Invested
        | Setting::OneInvested
        | Setting::Team
        | Setting::Shown
        | Setting::Careless
        | Setting::Heap => played(&scenario, replication, None, None),
        Setting::Asking(seeker) | Setting::Scaled(seeker) | Setting::Friendly(seeker) => {
            played(&scenario, replication, cuts, Some(&mut seeker.clone()))
        }
    };
    // Whether a team lives on is a matter of yes or no: it takes more runs to see what moves it.
    let often = match setting {
        Setting::Asking(_) | Setting::Friendly(_) => 5,
        _ => 1,
    };
    (0..often * REPLICATIONS).map(run).collect()
}

fn values(scenario: &Scenario, records: &[RunRecord], name: &str) -> Vec<f64> {
    let found = metrics(scenario)
        .iter()
        .position(|metric| metric.name == name);
    let at = found.unwrap_or_else(|| panic!("there is no metric {name}"));
    records.iter().map(|record| record.outcomes[at]).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// How many standard errors the mean is away from 0.
fn distance(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let n = values.len() as f64;
    mean / (squares / (n - 1.0) / n).sqrt()
}

/// What is wrong with a pattern, if anything.
fn missing(pattern: &Pattern) -> Option<String> {
    let scenario = world(pattern.setting);
    let with = values(&scenario, &records(pattern.setting, None), pattern.metric);
    let without = records(pattern.setting, Some(pattern.mechanism));
    let without = values(&scenario, &without, pattern.metric);
    let pairs = with.iter().zip(&without);
    let differences: Vec<f64> = pairs.map(|(with, without)| without - with).collect();
    let errors = distance(&differences);
    let holds = match pattern.off {
        Off::Higher => errors > 2.0,
        Off::Lower => errors < -2.0,
        Off::Zero => mean(&with) > 0.0 && without.iter().all(|value| value.abs() == 0.0),
    };
    (!holds).then(|| {
        format!(
            "{:?} switched off: {} goes from {:.3} to {:.3} ({errors:+.1} standard errors), expected {:?}",
            pattern.mechanism,
            pattern.metric,
            mean(&with),
            mean(&without),
            pattern.off
        )
    })
}

#[test]
fn every_mechanism_makes_its_pattern() {
    let patterns = patterns();
    for mechanism in Mechanism::ALL {
        let listed = patterns
            .iter()
            .any(|pattern| pattern.mechanism == mechanism);
        assert!(listed, "no pattern says what {mechanism:?} does");
    }
    let missing: Vec<String> = patterns.iter().filter_map(missing).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
