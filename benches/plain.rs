//! The household sweep by hand: plain loops over plain arrays, with the same draws, the same
//! compiled hazards and the same counts as the model's. No ECS, no crate but the model's tables.

use zalm_model::SweepKey;
use zalm_model::bench::{Columns, Event, wide};
use zalm_scenario::{Crisis, Domain, Scenario};

/// Severity from which a domain counts as a problem.
const PROBLEM: u8 = 2;
/// Domains in problem from which a household counts as multi-problem.
const MULTI: u8 = 3;
/// Highest severity.
const ACUTE: u8 = 4;
/// Households compared together.
const BLOCK: usize = 512;

/// A kind of crisis.
struct Kind {
    domain: usize,
    weight: f64,
    spills: Vec<usize>,
}

impl Kind {
    fn of(crisis: &Crisis) -> Self {
        Self {
            domain: crisis.domain as usize,
            weight: crisis.weight.value,
            spills: crisis.spills.iter().map(|&spill| spill as usize).collect(),
        }
    }
}

/// The households, their cached hazards and the counts that follow them.
pub struct Plain {
    columns: Columns,
    hazards: Vec<u32>,
    /// Rows whose cached hazard must follow before the next sweep.
    changed: Vec<u32>,
    use_counts: [[u32; 5]; 8],
    hidden_counts: [[u32; 5]; 8],
    places_used: [u32; 8],
    with_problem: u32,
    multi: Vec<u64>,
    multi_count: u32,
    care_events: Vec<u32>,
    kinds: Vec<Kind>,
    crises: Vec<u32>,
    seed: u64,
    replication: u32,
    month: u32,
    /// Household-months in which something happened, count.
    pub events: u64,
}

impl Plain {
    /// Starts from the columns of a world of `scenario` in this month.
    pub fn new(columns: Columns, scenario: &Scenario, replication: u32, month: u32) -> Self {
        let kinds: Vec<Kind> = scenario.crises.iter().map(Kind::of).collect();
        let households = columns.ids.len();
        let mut plain = Self {
            hazards: vec![0; households],
            changed: Vec::new(),
            use_counts: [[0; 5]; 8],
            hidden_counts: [[0; 5]; 8],
            places_used: [0; 8],
            with_problem: 0,
            multi: vec![0; households.div_ceil(64)],
            multi_count: 0,
            care_events: Vec::new(),
            crises: vec![0; kinds.len()],
            kinds,
            seed: scenario.seed,
            replication,
            month,
            events: 0,
            columns,
        };
        for row in 0..households {
            let hides = u32::from(plain.hides(row));
            let served = plain.columns.care[row].served;
            for (domain, &level) in plain.columns.levels[row].0.iter().enumerate() {
                plain.use_counts[domain][usize::from(level)] += 1;
                plain.hidden_counts[domain][usize::from(level)] += hides;
                plain.places_used[domain] += u32::from(served >> domain & 1);
            }
            plain.with_problem += u32::from(plain.problems(row) > 0);
            plain.count_multi(row);
        }
        plain.refresh_all();
        plain
    }

    /// Plays the sweep of one month.
    pub fn month(&mut self) {
        let changed = std::mem::take(&mut self.changed);
        self.refresh(changed.iter().map(|&row| row as usize));
        self.changed = changed;
        self.changed.clear();
        let key = SweepKey::new(self.seed, self.replication, self.month);
        for first in (0..self.hazards.len()).step_by(BLOCK) {
            let marks = self.hits(key, first);
            for (word, marks) in marks.as_chunks::<8>().0.iter().enumerate() {
                let mut hits = u64::from_le_bytes(*marks);
                while hits != 0 {
                    let row = first + 8 * word + hits.trailing_zeros() as usize / 8;
                    hits &= hits - 1;
                    self.happen(row, key);
                }
            }
        }
        self.care_events.clear();
        self.month += 1;
    }

    /// Brings every cached hazard up to date, as the model does where something changed for all.
    pub fn refresh_all(&mut self) {
        self.changed.clear();
        self.refresh(0..self.hazards.len());
    }

    /// Severities of all households, to compare with another implementation.
    pub fn levels(&self) -> impl Iterator<Item = [u8; 8]> + '_ {
        self.columns.levels.iter().map(|levels| levels.0)
    }

    /// Domains of each household in which silo care serves it, one bit each.
    pub fn served(&self) -> impl Iterator<Item = u8> + '_ {
        self.columns.care.iter().map(|care| care.served)
    }

    /// Which households of a block are hit: 1 or 0 each.
    fn hits(&self, key: SweepKey, first: usize) -> [u8; BLOCK] {
        let last = (first + BLOCK).min(self.hazards.len());
        let (ids, hazards) = (&self.columns.ids[first..last], &self.hazards[first..last]);
        let mut marks = [0; BLOCK];
        wide(|| {
            for ((&id, &hazard), mark) in ids.iter().zip(hazards).zip(&mut marks) {
                *mark = u8::from(key.draw(u64::from(id)) < hazard);
            }
        });
        marks
    }

    fn happen(&mut self, row: usize, key: SweepKey) {
        self.events += 1;
        let columns = &self.columns;
        let event = wide(|| {
            columns.tables.pick(
                key.draw(u64::from(columns.ids[row])),
                &columns.levels[row],
                &columns.traits[row],
                &columns.reserves[row],
                &columns.care[row],
            )
        });
        let level = |domain: usize| columns.levels[row].0[domain];
        match event {
            Event::Worse(domain) => self.set_level(row, domain, level(domain) + 1),
            Event::Better(domain) => self.set_level(row, domain, level(domain) - 1),
            Event::Crisis(domain) => {
                let draw = key.draw2(u64::from(columns.ids[row]));
                self.crisis(row, domain, draw);
            }
            Event::Care => self.care_events.push(row as u32),
        }
    }

    /// A crisis of one of the kinds of its domain, by their weights, drags other domains along.
    fn crisis(&mut self, row: usize, domain: usize, draw: u32) {
        let weight = |kind: &Kind| f64::from(u8::from(kind.domain == domain)) * kind.weight;
        let all: f64 = self.kinds.iter().map(weight).sum();
        let mut left = f64::from(draw) / (f64::from(u32::MAX) + 1.0) * all;
        let found = self.kinds.iter().position(|kind| {
            let here = left < weight(kind);
            left -= weight(kind);
            here
        });
        let Some(kind) = found else { return };
        self.crises[kind] += 1;
        for at in 0..self.kinds[kind].spills.len() {
            let spill = self.kinds[kind].spills[at];
            let level = self.columns.levels[row].0[spill];
            let applies = spill != Domain::Parenting as usize || self.columns.traits[row].children;
            if applies && level < ACUTE {
                self.set_level(row, spill, level + 1);
            }
        }
    }

    fn set_level(&mut self, row: usize, domain: usize, level: u8) {
        let old = self.columns.levels[row].0[domain];
        self.columns.levels[row].0[domain] = level;
        self.use_counts[domain][usize::from(old)] -= 1;
        self.use_counts[domain][usize::from(level)] += 1;
        if self.hides(row) {
            self.hidden_counts[domain][usize::from(old)] -= 1;
            self.hidden_counts[domain][usize::from(level)] += 1;
        }
        if (old >= PROBLEM) != (level >= PROBLEM) {
            let served = &mut self.columns.care[row].served;
            // Who is better there needs the place no more.
            if level < PROBLEM && *served >> domain & 1 == 1 {
                *served &= !(1 << domain);
                self.places_used[domain] -= 1;
            }
            match (level >= PROBLEM, self.problems(row)) {
                (true, 1) => self.with_problem += 1,
                (false, 0) => self.with_problem -= 1,
                _ => {}
            }
            self.count_multi(row);
        }
        self.changed.push(row as u32);
    }

    /// Whether a household hides its problems.
    fn hides(&self, row: usize) -> bool {
        let Columns { traits, care, .. } = &self.columns;
        self.columns.tables.hides(&traits[row], &care[row])
    }

    fn count_multi(&mut self, row: usize) {
        let (word, bit) = (row / 64, 1 << (row % 64));
        let (was, is) = (self.multi[word] & bit != 0, self.problems(row) >= MULTI);
        self.multi[word] = self.multi[word] & !bit | if is { bit } else { 0 };
        self.multi_count = self.multi_count + u32::from(is) - u32::from(was);
    }

    fn problems(&self, row: usize) -> u8 {
        let levels = self.columns.levels[row].0;
        levels.iter().map(|&level| u8::from(level >= PROBLEM)).sum()
    }

    fn refresh(&mut self, rows: impl Iterator<Item = usize>) {
        let Columns {
            levels,
            traits,
            reserves,
            care,
            tables,
            ..
        } = &self.columns;
        let hazards = &mut self.hazards;
        wide(|| {
            for row in rows {
                hazards[row] = tables.total(&levels[row], &traits[row], &reserves[row], &care[row]);
            }
        });
    }
}
