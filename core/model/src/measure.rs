//! Measure phase: the values of the declared metrics, and the audit of the books.

use crate::calendar::Municipality;
use crate::care::{CareCounts, CareStatus};
use crate::clock::Clock;
use crate::flows::Flows;
use crate::hazards::ONE;
use crate::household::{Households, PROBLEM, Population, Reserves, STEPS};
use crate::incidence::CostTable;
use crate::ladder::Neighbourhood;
use crate::ledger::{Account, Cause, Ledger};
use crate::metrics::{Aggregate, Sample};
use crate::portfolio::{beside, teams};
use crate::project::{Project, projects_in_order};
use crate::settings::Settings;
use bevy_ecs::prelude::*;

/// What is kept of the months since the policy date.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Recorder {
    /// Aggregation per metric.
    pub aggregates: Vec<Aggregate>,
    /// Sum per metric.
    pub sums: Vec<f64>,
    /// Last value per metric.
    pub last: Vec<f64>,
    /// Months counted.
    pub months: u32,
    /// Samples.
    pub series: Vec<Sample>,
    /// What payers bore, by year since the policy date.
    pub costs: Vec<CostTable>,
    /// Months between samples.
    pub every: u32,
    /// Last month of the run.
    pub final_month: u32,
    /// What is wrong with the books.
    pub problem: Option<String>,
}

/// Takes the month's values, audits the books and starts the next month's.
pub fn measure(
    mut households: Households,
    mut projects: Query<&mut Project>,
    mut flows: ResMut<Flows>,
    mut ledger: ResMut<Ledger>,
    mut recorder: ResMut<Recorder>,
    municipality: Res<Municipality>,
    neighbourhoods: Query<&Neighbourhood>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if let Err(problem) = ledger.audit() {
        recorder.problem.get_or_insert(problem);
    }
    if let Err(problem) = audit_costs(&flows.costs, &ledger) {
        recorder.problem.get_or_insert(problem);
    }
    for payer in 0..flows.costs.payers() as u16 {
        let cents = team_cost(&ledger, &flows, payer);
        flows.costs.add_team(payer, cents);
    }
    if clock.month >= settings.policy_month {
        let projects = projects_in_order(&mut projects);
        let mut people = People::count(&mut households);
        let teams = teams(projects.iter().map(|project| &**project), clock.month);
        people.beside = beside(teams.saturating_sub(1), &settings) * f64::from(people.team_multi);
        let costs: Vec<i64> = (0..flows.costs.payers())
            .map(|payer| flows.costs.payer(payer))
            .collect();
        // In the order of `metrics`.
        let mut values = of_work(
            &projects,
            &people,
            &flows,
            costs.iter().sum(),
            &settings,
            &clock,
        );
        values.push(municipality.direction);
        values.extend(rungs(&neighbourhoods));
        values.extend(of_places(&neighbourhoods, &people, &flows));
        values.push(overspend(&ledger));
        values.push(euro(flows.defaults.iter().sum()));
        values.extend(costs.iter().map(|&cents| euro(cents)));
        let given = (0..costs.len()).map(|payer| team_cost(&ledger, &flows, payer as u16));
        values.extend(given.map(euro));
        values.extend(flows.crises.iter().map(|&events| f64::from(events)));
        values.extend(people.in_problem.map(f64::from));
        recorder.take(values, clock.month, settings.policy_month);
        recorder.bear(&flows.costs, clock.month - settings.policy_month);
    }
    ledger.next_month();
    flows.next_month();
}

/// Counts over households.
struct People {
    multi: usize,
    problem_free: usize,
    in_team: u32,
    in_silo: u32,
    waiting: u32,
    avoiding: usize,
    helped_multi: usize,
    team_multi: u32,
    beside: f64,
    professionals: f64,
    informal: u32,
    strength: f64,
    expectation: f64,
    multi_by_home: Vec<u32>,
    in_problem: [u32; 8],
}

impl People {
    fn count(households: &mut Households) -> Self {
        let population = households.population();
        let counts: &CareCounts = population.counts;
        let mut people = Self {
            multi: counts.multi.len(),
            problem_free: population.len() - counts.with_problem as usize,
            in_team: counts.by_status[CareStatus::Team as usize],
            in_silo: counts.by_status[CareStatus::Silo as usize],
            waiting: counts.by_status[CareStatus::SiloWaiting as usize]
                + counts.team_waiting.len() as u32,
            avoiding: 0,
            helped_multi: 0,
            team_multi: 0,
            beside: 0.0,
            professionals: 0.0,
            informal: counts.by_status[CareStatus::Informal as usize],
            strength: share(&population, |reserves| reserves.strength),
            expectation: share(&population, |reserves| reserves.expectation),
            multi_by_home: Vec::new(),
            in_problem: counts
                .use_counts
                .map(|levels| levels[usize::from(PROBLEM)..].iter().sum()),
        };
        for row in counts.multi.rows() {
            let care = population.care[row];
            let professionals = population.professionals(row);
            let home = usize::from(population.traits[row].home);
            if people.multi_by_home.len() <= home {
                people.multi_by_home.resize(home + 1, 0);
            }
            people.multi_by_home[home] += 1;
            people.professionals += professionals;
            people.team_multi += u32::from(care.status == CareStatus::Team);
            people.helped_multi += usize::from(professionals > 0.0);
            people.avoiding += usize::from(matches!(
                care.status,
                CareStatus::None | CareStatus::Aftercare
            ));
        }
        people
    }
}

/// Mean of a reserve over all households, as a share of what it can be.
fn share(population: &Population, reserve: impl Fn(&Reserves) -> u8) -> f64 {
    let sum: u64 = population
        .reserves
        .iter()
        .map(|all| u64::from(reserve(all)))
        .sum();
    per(sum as f64, population.len() * usize::from(STEPS))
}

fn per(sum: f64, n: usize) -> f64 {
    if n == 0 { 0.0 } else { sum / n as f64 }
}

fn euro(cents: i64) -> f64 {
    cents as f64 / 100.0
}

/// What each payer bears by item, teams aside, is what its accounts paid out.
fn audit_costs(costs: &CostTable, ledger: &Ledger) -> Result<(), String> {
    for payer in 0..costs.payers() {
        let (open, closed) = (Account::Open(payer as u16), Account::Closed(payer as u16));
        let paid = ledger.month_sum(|from, to, cause| {
            (from == open && to == Account::Households)
                || (from == closed && cause == Cause::SiloCare)
        });
        let borne = costs.payer(payer);
        if paid != borne {
            return Err(format!(
                "payer {payer} paid {paid} cents, its items make {borne}"
            ));
        }
    }
    Ok(())
}

/// How far each rung stands, mean over neighbourhoods.
fn rungs(neighbourhoods: &Query<&Neighbourhood>) -> [f64; 4] {
    [0, 1, 2, 3].map(|rung| {
        let all = neighbourhoods.iter().map(|place| place.rungs[rung]);
        per(all.sum(), neighbourhoods.iter().len())
    })
}

/// Values of neighbourhoods and of moving; of those that an investment names, and of the others
/// beside them, only where one names any.
fn of_places(neighbourhoods: &Query<&Neighbourhood>, people: &People, flows: &Flows) -> Vec<f64> {
    let share = |accept: &dyn Fn(&Neighbourhood) -> bool, value: &dyn Fn(&Neighbourhood) -> f64| {
        let here = || neighbourhoods.iter().filter(|place| accept(place));
        let households: f64 = here().map(|place| f64::from(place.households)).sum();
        let sum: f64 = here()
            .map(|place| value(place) * f64::from(place.households))
            .sum();
        if households > 0.0 {
            sum / households
        } else {
            0.0
        }
    };
    let all = |value: &dyn Fn(&Neighbourhood) -> f64| share(&|_| true, value);
    let concentration = all(&Neighbourhood::concentration);
    let spread = all(&|place| (place.concentration() - concentration).powi(2));
    let mut values = vec![
        all(&|place| place.image),
        concentration,
        libm::sqrt(spread),
        f64::from(flows.moved),
        f64::from(flows.multi_left),
        f64::from(flows.moved_helped),
        f64::from(flows.displaced),
        f64::from(flows.refused),
    ];
    if neighbourhoods.iter().any(|place| place.named) {
        for named in [true, false] {
            let here = |place: &Neighbourhood| place.named == named;
            let multi = |place: &Neighbourhood| {
                let found = people.multi_by_home.get(usize::from(place.index));
                f64::from(found.copied().unwrap_or(0))
            };
            values.push(share(&here, &Neighbourhood::concentration));
            values.push(
                neighbourhoods
                    .iter()
                    .filter(|place| here(place))
                    .map(multi)
                    .sum(),
            );
        }
    }
    values
}

/// Entitlements above what was expected, as settled this month.
fn overspend(ledger: &Ledger) -> f64 {
    let to =
        |account: Account, cause| cause == Cause::Overspend && matches!(account, Account::Open(_));
    let settled = ledger.month_sum(|_, account, cause| to(account, cause));
    euro(settled - ledger.month_sum(|account, _, cause| to(account, cause)))
}

/// Values of projects and households.
fn of_work(
    projects: &[Mut<Project>],
    people: &People,
    flows: &Flows,
    cost: i64,
    settings: &Settings,
    clock: &Clock,
) -> Vec<f64> {
    let weakest = settings.rates.tie_weakest;
    let living: Vec<&Mut<Project>> = projects
        .iter()
        .filter(|project| !project.newcomer && project.worked(clock.month))
        .collect();
    // An empty sum of floats is -0.0; adding 0.0 makes it 0.0.
    let sum = |value: &dyn Fn(&Project) -> f64| living.iter().map(|p| value(p)).sum::<f64>() + 0.0;
    let mean = |value: &dyn Fn(&Project) -> f64| per(sum(value), living.len());
    let first = projects.iter().filter(|project| !project.newcomer).count();
    let alive = per(living.len() as f64, first);
    let others = projects
        .iter()
        .filter(|project| project.newcomer && project.worked(clock.month))
        .count();
    let at_work = projects
        .iter()
        .filter(|project| project.worked(clock.month));
    let (trained, workers) = at_work.fold((0.0, 0), |(trained, workers), p| {
        let of = f64::from(p.workers) * p.knowledge;
        (trained + of, workers + p.workers as usize)
    });
    let knowledge = per(trained, workers);
    vec![
        alive,
        alive,
        sum(&|p| f64::from(p.workers)),
        sum(&|p| f64::from(p.workers) * p.knowledge),
        people.multi as f64,
        people.problem_free as f64,
        f64::from(flows.stabilised),
        f64::from(flows.relapses),
        f64::from(flows.crises.iter().sum::<u32>()),
        euro(cost),
        euro(flows.project_cost),
        f64::from(people.in_team),
        f64::from(people.in_silo),
        f64::from(people.waiting),
        people.avoiding as f64,
        f64::from(flows.outreached),
        f64::from(flows.dropouts),
        per(people.professionals + people.beside, people.helped_multi),
        f64::from(people.informal),
        people.strength,
        people.expectation,
        mean(&|p| {
            per(
                p.relations.iter().map(|r| r.tie(weakest)).sum(),
                p.relations.len(),
            )
        }),
        mean(&|p| p.context),
        mean(&|p| p.leader.map_or(0.0, |leader| leader.energy)),
        mean(&|p| f64::from(u8::from(p.leader.is_some()))),
        f64::from(flows.leaders_left),
        mean(&|p| p.core_group),
        mean(&|p| per(f64::from(p.full_workers), p.first_workers as usize)),
        sum(&|p| p.relations.iter().map(|r| r.belief.mean).sum::<f64>() / 100.0),
        sum(&|p| euro(p.benefit)),
        sum(&|p| f64::from(p.volunteers)),
        f64::from(flows.founded),
        f64::from(flows.renamed),
        knowledge,
        flows.knowledge_lost,
        mean(&|p| p.reporting),
        others as f64,
        mean(&|p| p.claiming),
        f64::from(flows.care_quality) / f64::from(ONE),
        mean(&|p| p.wrong_pocket),
    ]
}

/// What a payer gives to teams this month: money, workers and hours; what is lent costs what does
/// not come back.
fn team_cost(ledger: &Ledger, flows: &Flows, payer: u16) -> i64 {
    let given = ledger.month_sum(|from, to, cause| {
        from == Account::Closed(payer)
            && match cause {
                Cause::Lent | Cause::SiloCare => false,
                Cause::Secondment | Cause::InKind => true,
                _ => matches!(to, Account::Project(_)),
            }
    });
    given + flows.defaults[payer as usize]
}

impl Recorder {
    fn take(&mut self, values: Vec<f64>, month: u32, policy_month: u32) {
        self.sums.resize(values.len(), 0.0);
        for (sum, value) in self.sums.iter_mut().zip(&values) {
            *sum += value;
        }
        self.months += 1;
        let since = month - policy_month;
        if since.is_multiple_of(self.every) || month == self.final_month {
            self.series.push(Sample {
                month,
                values: values.clone(),
            });
        }
        self.last = values;
    }

    /// Adds a month's costs to those of its year.
    fn bear(&mut self, costs: &CostTable, months_since: u32) {
        match self.costs.last_mut() {
            Some(year) if !months_since.is_multiple_of(12) => year.add_all(costs),
            _ => self.costs.push(costs.clone()),
        }
    }

    /// One number per metric.
    pub fn outcomes(&self) -> Vec<f64> {
        let months = f64::from(self.months.max(1));
        self.aggregates
            .iter()
            .enumerate()
            .map(|(metric, aggregate)| {
                let sum = self.sums.get(metric).copied().unwrap_or(0.0);
                match aggregate {
                    Aggregate::Sum => sum,
                    Aggregate::Mean => sum / months,
                    Aggregate::Last => self.last.get(metric).copied().unwrap_or(0.0),
                }
            })
            .collect()
    }
}
