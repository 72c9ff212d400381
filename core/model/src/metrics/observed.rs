//! A month as it is seen when it is measured: what the rows of the table take their values from.

use crate::calendar::Municipality;
use crate::care::{CareCounts, CareStatus};
use crate::flows::Flows;
use crate::household::{PROBLEM, Population, STEPS};
use crate::ladder::Neighbourhood;
use crate::ledger::{Account, Cause, Ledger};
use crate::portfolio::{beside, teams};
use crate::project::Project;
use crate::settings::Settings;

/// A month that is being closed.
pub struct Observed<'a> {
    /// Households, counted.
    pub people: People,
    /// Projects, founded ones too, in the order of the scenario.
    pub projects: &'a [&'a Project],
    /// The neighbourhoods, in the order of the scenario.
    pub neighbourhoods: &'a [&'a Neighbourhood],
    /// The municipality.
    pub municipality: &'a Municipality,
    /// What happened.
    pub flows: &'a Flows,
    /// The books.
    pub ledger: &'a Ledger,
    /// What each payer gave to teams, cents.
    pub given: &'a [i64],
    /// Settings of the run.
    pub settings: &'a Settings,
    /// Month index.
    pub month: u32,
}

impl Observed<'_> {
    /// First projects whose integral team works.
    fn living(&self) -> impl Iterator<Item = &Project> {
        let working = self.projects.iter().copied();
        working.filter(|project| !project.newcomer && project.worked(self.month))
    }

    /// First projects whose integral team works, as a share of all first projects.
    pub fn alive(&self) -> f64 {
        let first = self.projects.iter().filter(|project| !project.newcomer);
        per(self.living().count() as f64, first.count())
    }

    /// Sum over living first projects.
    pub fn sum(&self, value: impl Fn(&Project) -> f64) -> f64 {
        // An empty sum of floats is -0.0; adding 0.0 makes it 0.0.
        self.living().map(value).sum::<f64>() + 0.0
    }

    /// Mean over living first projects.
    pub fn mean(&self, value: impl Fn(&Project) -> f64) -> f64 {
        per(self.sum(value), self.living().count())
    }

    /// Founded projects at work, count.
    pub fn newcomers(&self) -> usize {
        let newcomers = self.projects.iter().filter(|project| project.newcomer);
        newcomers
            .filter(|project| project.worked(self.month))
            .count()
    }

    /// Knowledge per worker of all teams at work.
    pub fn knowledge_per_worker(&self) -> f64 {
        let working = self.projects.iter();
        let working = working.filter(|project| project.worked(self.month));
        let (trained, workers) = working.fold((0.0, 0), |(trained, workers), project| {
            let of = f64::from(project.workers) * project.knowledge;
            (trained + of, workers + project.workers as usize)
        });
        per(trained, workers)
    }

    /// Professionals per multi-problem household in help; around one in team care stand the
    /// workers of other, loose projects too.
    pub fn professionals(&self) -> f64 {
        let teams = teams(self.projects.iter().copied(), self.month);
        let others = beside(teams.saturating_sub(1), self.settings);
        let others = others * f64::from(self.people.team_multi);
        per(self.people.professionals + others, self.people.helped_multi)
    }

    /// How far a rung of the ladder stands, mean over neighbourhoods.
    pub fn rung(&self, rung: usize) -> f64 {
        let all = self.neighbourhoods.iter().map(|place| place.rungs[rung]);
        per(all.sum(), self.neighbourhoods.len())
    }

    /// Mean of a value over the households of the neighbourhoods that are accepted.
    pub fn mean_in(
        &self,
        accept: impl Fn(&Neighbourhood) -> bool,
        value: impl Fn(&Neighbourhood) -> f64,
    ) -> f64 {
        let here = || self.neighbourhoods.iter().filter(|place| accept(place));
        let households: f64 = here().map(|place| f64::from(place.households)).sum();
        let sum: f64 = here()
            .map(|place| value(place) * f64::from(place.households))
            .sum();
        if households > 0.0 {
            sum / households
        } else {
            0.0
        }
    }

    /// Mean of a value of the neighbourhoods over all households.
    pub fn over_places(&self, value: impl Fn(&Neighbourhood) -> f64) -> f64 {
        self.mean_in(|_| true, value)
    }

    /// Standard deviation over households of the share of their neighbourhood in the danger zone.
    pub fn spread(&self) -> f64 {
        let mean = self.over_places(Neighbourhood::concentration);
        libm::sqrt(self.over_places(|place| (place.concentration() - mean).powi(2)))
    }

    /// Multi-problem households in the neighbourhoods that are accepted, count.
    pub fn multi_in(&self, accept: impl Fn(&Neighbourhood) -> bool) -> f64 {
        let here = self.neighbourhoods.iter().filter(|place| accept(place));
        let multi = here.map(|place| {
            let found = self.people.multi_by_home.get(usize::from(place.index));
            f64::from(found.copied().unwrap_or(0))
        });
        multi.sum()
    }

    /// Cost to all payers together, cents.
    pub fn costs(&self) -> i64 {
        let costs = &self.flows.costs;
        (0..costs.payers()).map(|payer| costs.payer(payer)).sum()
    }

    /// What problems cost in use of provisions and benefits, cents.
    pub fn use_costs(&self) -> i64 {
        let uses = 0..self.settings.use_items.len();
        uses.map(|item| self.flows.costs.item(item)).sum()
    }

    /// What care costs, old and new, cents: what is paid for places in service and for people who
    /// help, without benefits, damages and arrears.
    pub fn care_costs(&self) -> i64 {
        let uses = self.settings.use_items.iter().map(|item| item.places);
        let crises = self.settings.crisis_items.iter().map(|item| item.places);
        let help = (uses.len() + crises.len()..self.flows.costs.items()).map(|_| true);
        let items = uses.chain(crises).chain(help).enumerate();
        let care = items.filter(|(_, care)| *care);
        care.map(|(item, _)| self.flows.costs.item(item)).sum()
    }

    /// Entitlements above what was expected, as settled this month, euro.
    pub fn overspend(&self) -> f64 {
        let open = |account: Account, cause| {
            cause == Cause::Overspend && matches!(account, Account::Open(_))
        };
        let settled = self.ledger.month_sum(|_, to, cause| open(to, cause));
        euro(settled - self.ledger.month_sum(|from, _, cause| open(from, cause)))
    }
}

/// Counts over households.
pub struct People {
    /// With problems in three or more domains.
    pub multi: usize,
    /// Without a problem.
    pub problem_free: usize,
    /// In team care.
    pub in_team: u32,
    /// In silo care.
    pub in_silo: u32,
    /// Waiting at a counter or for a team, each once.
    pub waiting: u32,
    /// Multi-problem, neither in help nor waiting for it.
    pub avoiding: usize,
    /// Multi-problem with a professional.
    helped_multi: usize,
    /// Multi-problem in team care.
    team_multi: u32,
    /// Professionals around multi-problem households.
    professionals: f64,
    /// Carried by their own network.
    pub informal: u32,
    /// In the year after help, carried by nobody.
    pub aftercare: u32,
    /// Without help, and waiting for a silo place or a team.
    pub queueing: u32,
    /// Multi-problem without help, without a place in a queue and without help in the last year.
    pub unreached: u32,
    /// Own strength, mean, share.
    pub strength: f64,
    /// Expectation of help, mean, share.
    pub expectation: f64,
    /// Multi-problem, by neighbourhood as far as there are any.
    multi_by_home: Vec<u32>,
    /// With a problem, by domain.
    pub in_problem: [u32; 8],
}

impl People {
    /// Counts them.
    pub fn count(population: &Population<'_>) -> Self {
        let counts: &CareCounts = population.counts;
        let at_counter = |row: &usize| population.care[*row].status == CareStatus::SiloWaiting;
        let beside_counters = counts
            .team_waiting
            .rows()
            .filter(|row| !at_counter(row))
            .count();
        let mut people = Self {
            multi: counts.multi.len(),
            problem_free: population.len() - counts.with_problem.len(),
            in_team: counts.by_status[CareStatus::Team as usize],
            in_silo: counts.by_status[CareStatus::Silo as usize],
            waiting: counts.by_status[CareStatus::SiloWaiting as usize] + beside_counters as u32,
            avoiding: 0,
            helped_multi: 0,
            team_multi: 0,
            professionals: 0.0,
            informal: counts.by_status[CareStatus::Informal as usize],
            aftercare: counts.by_status[CareStatus::Aftercare as usize],
            queueing: counts.by_status[CareStatus::SiloWaiting as usize],
            unreached: 0,
            strength: share(counts.strength, population.len()),
            expectation: share(counts.expectation, population.len()),
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
            let alone = matches!(care.status, CareStatus::None | CareStatus::Aftercare);
            people.avoiding += usize::from(alone && care.awaits.is_none());
            let unknown = care.status == CareStatus::None && care.awaits.is_none();
            people.unreached += u32::from(unknown);
        }
        // Who is in care elsewhere while it waits for a team is counted there.
        let waits = counts.team_waiting.rows();
        let waits = waits.filter(|&row| population.care[row].status == CareStatus::None);
        people.queueing += waits.count() as u32;
        people
    }
}

/// Mean of a reserve over so many households that have this sum, as a share of what it can be.
fn share(sum: u64, households: usize) -> f64 {
    per(sum as f64, households * usize::from(STEPS))
}

/// A sum per one of `n`; 0 when there are none.
pub(super) fn per(sum: f64, n: usize) -> f64 {
    if n == 0 { 0.0 } else { sum / n as f64 }
}

/// Euro in cents.
pub(super) fn euro(cents: i64) -> f64 {
    cents as f64 / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{households, settings, town};
    use crate::household::{Care, Wait};

    #[test]
    fn who_waits_is_counted_once_and_avoids_nothing() {
        let mut world = town(4, &settings(&[]));
        let (waiting, avoiding) = households(&mut world, |population| {
            let team = Some(Wait {
                project: 0,
                since: 0,
            });
            let waits = [(CareStatus::None, None), (CareStatus::None, team)];
            let asks = [None, team].map(|awaits| (CareStatus::SiloWaiting, awaits));
            for (row, (status, awaits)) in waits.into_iter().chain(asks).enumerate() {
                for domain in 0..3 {
                    population.set_level(row, domain, PROBLEM);
                }
                let care = Care {
                    status,
                    awaits,
                    ..Care::NONE
                };
                population.set_care(row, care);
            }
            let people = People::count(population);
            (people.waiting, people.avoiding)
        });
        assert_eq!((waiting, avoiding), (3, 1));
    }
}
