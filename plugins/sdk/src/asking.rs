//! What most strategies ask themselves before they ask anybody else: whom, for how much, and on
//! what the leader's month goes. Each says which columns it reads; a strategy declares those.

use crate::vocabulary::payer::{BENEFIT_SHARE, KIND, OPEN, PENDING, PROMISED, REFUSED};
use crate::vocabulary::project::{COMMITTED, COST, FORM, MEASUREMENT, MONTHS_LEFT, PLAN};
use crate::{Context, Effort, Evidence, Form, NO_END, Payer, PayerKind, Project, split};

impl Project<'_> {
    /// Form now. Reads `project.form`.
    ///
    /// # Panics
    /// When one of these columns is not in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn form(&self) -> Option<Form> {
        Form::from_code(self.get(FORM))
    }

    /// Whether its money has no end in sight. Reads `project.months_left`.
    ///
    /// # Panics
    /// When one of these columns is not in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn is_standing(&self) -> bool {
        self.get(MONTHS_LEFT) >= NO_END
    }

    /// Whether it measures at least as well as this. Reads `project.measurement`.
    ///
    /// # Panics
    /// When one of these columns is not in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn shows(&self, evidence: Evidence) -> bool {
        self.get(MEASUREMENT) >= evidence.code()
    }

    /// Claims that await a decision, cents a month. Reads `payer.pending`.
    ///
    /// # Panics
    /// When one of these columns is not in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn pending(&self) -> i64 {
        self.payers().map(|payer| payer.get(PENDING)).sum()
    }

    /// What is neither promised nor asked of its cost, cents a month; below 0 when there is more.
    /// Reads `project.cost`, `project.committed` and `payer.pending`.
    ///
    /// # Panics
    /// When one of these columns is not in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn gap(&self) -> i64 {
        self.get(COST) - self.get(COMMITTED) - self.pending()
    }
}

impl Payer<'_> {
    /// What kind of party it is; `None` for a kind that is newer than this SDK. Reads `payer.kind`.
    ///
    /// # Panics
    /// When one of these columns is not in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn kind(&self) -> Option<PayerKind> {
        PayerKind::from_code(self.get(KIND))
    }

    /// Whether it bears costs of problems and has people and capacity of its own: departments,
    /// the State, insurers and corporations. Reads `payer.kind`.
    ///
    /// # Panics
    /// When one of these columns is not in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn is_institution(&self) -> bool {
        use PayerKind::{Corporation, Insurer, Municipal, State};
        matches!(self.kind(), Some(Municipal | State | Insurer | Corporation))
    }

    /// Whether it is an institution with a part in this project; the State only where the evidence
    /// shows it a benefit. Reads `payer.kind` and `payer.benefit_share`.
    ///
    /// # Panics
    /// When one of these columns is not in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn is_stakeholder(&self) -> bool {
        let near = self.kind() != Some(PayerKind::State);
        self.is_institution() && (near || self.get(BENEFIT_SHARE) > 0.0)
    }

    /// Whether it can be asked now: it considers claims, awaits none of this project, and has not
    /// refused one in the last `retry` months. Reads `payer.open`, `payer.pending` and
    /// `payer.refused`.
    ///
    /// # Panics
    /// When one of these columns is not in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn hears(&self, retry: i64) -> bool {
        self.get(OPEN) == 1 && self.get(PENDING) == 0 && self.get(REFUSED) >= retry
    }
}

impl Context<'_> {
    /// Plans `form` for the project, unless that is its plan already. Reads `project.plan`.
    ///
    /// # Panics
    /// When one of these columns is not in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn head_for(&mut self, project: Project<'_>, form: Form) {
        if project.get(PLAN) != i64::from(form.code()) {
            self.plan(project.row(), form);
        }
    }

    /// Contact with these payers, `time` (a share of the month) in equal parts.
    pub fn contact(&mut self, payers: &[Payer<'_>], time: f64) {
        for payer in payers {
            self.spend(payer.row(), Effort::Contact, time / payers.len() as f64);
        }
    }

    /// Measurement for `time` (a share of the month) as long as the project does not measure as
    /// well as `until`; gives the time spent. Reads `project.measurement`.
    ///
    /// # Panics
    /// When one of these columns is not in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn measure(&mut self, project: Project<'_>, until: Evidence, time: f64) -> f64 {
        if project.shows(until) {
            return 0.0;
        }
        self.spend(project.row(), Effort::Measurement, time);
        time
    }
}

/// The payers by `key`, highest first, the first number before the next; equals stay in the order
/// in which they come.
pub fn ranked<'a, const N: usize>(
    payers: impl Iterator<Item = Payer<'a>>,
    key: impl Fn(&Payer<'a>) -> [f64; N],
) -> Vec<Payer<'a>> {
    let mut ranked: Vec<Payer<'a>> = payers.collect();
    ranked.sort_by(|a, b| {
        let pairs = key(b).into_iter().zip(key(a));
        pairs.fold(std::cmp::Ordering::Equal, |order, (b, a)| {
            order.then(b.total_cmp(&a))
        })
    });
    ranked
}

/// Divides `cents` over the payers by `weight`, as [`split`] does: each payer with its part, those
/// without one left out; nothing when there is nothing to divide.
pub fn parts<'a>(
    cents: i64,
    payers: &[Payer<'a>],
    weight: impl Fn(&Payer<'a>) -> f64,
) -> Vec<(Payer<'a>, i64)> {
    let weights: Vec<f64> = payers.iter().map(weight).collect();
    let parts = payers.iter().copied().zip(split(cents.max(0), &weights));
    parts.filter(|(_, part)| *part > 0).collect()
}

/// Whom a project asks for how much when partners carry it together: first each partner that has
/// promised nothing for its part of the cost by `weight`, all of them together for no more than is
/// missing; and when all have answered and it is not enough, those who have promised for what is
/// missing. `weight` is that of a payer among so many. Nobody while no more than `slack` (a share of
/// the cost) is missing. Reads what [`Project::gap`] and [`Payer::hears`] read, and `payer.promised`.
///
/// # Panics
/// When one of these columns is not in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
pub fn carried_together<'a>(
    project: Project<'a>,
    partners: &[Payer<'a>],
    weight: impl Fn(&Payer<'a>, usize) -> f64,
    slack: f64,
    retry: i64,
) -> Vec<(Payer<'a>, i64)> {
    let (cost, gap) = (project.get(COST), project.gap());
    if gap as f64 <= slack * cost as f64 {
        return Vec::new();
    }
    let divided = |cents, among: &[Payer<'a>]| parts(cents, among, |p| weight(p, among.len()));
    let mut asked = divided(cost, partners);
    asked.retain(|(payer, _)| payer.get(PROMISED) == 0 && payer.hears(retry));
    if asked.is_empty() && project.pending() == 0 {
        let who = |payer: &Payer<'a>| payer.get(PROMISED) > 0 && payer.hears(retry);
        let willing: Vec<Payer<'a>> = partners.iter().copied().filter(who).collect();
        return divided(gap, &willing);
    }
    let own: Vec<f64> = asked.iter().map(|(_, part)| *part as f64).collect();
    let all: i64 = asked.iter().map(|(_, part)| part).sum();
    for ((_, part), less) in asked.iter_mut().zip(split(gap.min(all), &own)) {
        *part = less;
    }
    asked.retain(|(_, part)| *part > 0);
    asked
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;
    use crate::testkit::{Town, asked, efforts, month, row};

    columns! {
        project: COST, COMMITTED, MEASUREMENT, PLAN;
        payer: KIND, BENEFIT_SHARE, OPEN, PENDING, PROMISED, REFUSED, TIE;
    }

    parameters! {
        /// Does a bit of everything.
        struct Everything {}
    }

    impl Policy for Everything {
        const ABOUT: About = About::unnamed("everything");
        const COLUMNS: &'static [ColumnSpec] = COLUMNS;

        fn step(&self, cx: &mut Context<'_>) -> Result<()> {
            for project in cx.projects() {
                cx.head_for(project, Form::Joint);
                let near = ranked(project.payers().filter(Payer::is_stakeholder), |payer| {
                    [payer.get(TIE)]
                });
                cx.contact(&near, 0.5);
                cx.measure(project, Evidence::Outcome, 0.25);
                for (payer, part) in
                    carried_together(project, &near, |p, n| p.get(TIE) / n as f64, 0.05, 12)
                {
                    cx.claim(payer.row(), Instrument::SecondedStaff, part, 0);
                }
            }
            Ok(())
        }
    }

    fn town() -> Town {
        use PayerKind::{Fund, Insurer, Municipal, State};
        let mut town = Town::ending(12, 1_000, &[Municipal, Insurer, State, Fund]);
        town.payer(0, 0, TIE, 0.2).payer(0, 1, TIE, 0.6);
        town
    }

    #[test]
    fn the_nearest_come_first_and_the_state_only_with_a_part() {
        use Effort::{Contact, Measurement};
        let commands = month::<Everything>(&town());
        assert_eq!(
            efforts(&commands),
            [(1, Contact), (0, Contact), (0, Measurement)]
        );
        assert!(matches!(
            commands[0],
            Command::Plan {
                form: Form::Joint,
                ..
            }
        ));
        let mut known = town();
        known
            .payer(0, 2, BENEFIT_SHARE, 0.1)
            .project(0, MEASUREMENT, 2)
            .project(0, PLAN, i64::from(Form::Joint.code()));
        let commands = month::<Everything>(&known);
        assert_eq!(
            efforts(&commands),
            [(1, Contact), (0, Contact), (2, Contact)]
        );
        assert!(
            !commands
                .iter()
                .any(|one| matches!(one, Command::Plan { .. }))
        );
    }

    #[test]
    fn together_they_are_asked_for_no_more_than_is_missing_and_nobody_who_does_not_hear() {
        let asked = |town: &Town| asked(&month::<Everything>(town));
        assert_eq!(asked(&town()), [(row(0, 1), 750), (row(0, 0), 250)]);
        let mut less = town();
        less.project(0, COMMITTED, 200);
        assert_eq!(asked(&less), [(row(0, 1), 600), (row(0, 0), 200)]);
        less.project(0, COMMITTED, 800);
        assert_eq!(asked(&less), [(row(0, 1), 150), (row(0, 0), 50)]);
        // Who does not hear leaves the others their own part, however much is missing.
        less.project(0, COMMITTED, 100).payer(0, 0, REFUSED, 11);
        assert_eq!(asked(&less), [(row(0, 1), 750)]);
        let mut closed = town();
        closed.payer(0, 1, OPEN, 0).payer(0, 0, REFUSED, 11);
        assert!(asked(&closed).is_empty());
        let mut nearly = town();
        nearly.project(0, COMMITTED, 950);
        assert!(asked(&nearly).is_empty(), "within the slack");
    }
}
