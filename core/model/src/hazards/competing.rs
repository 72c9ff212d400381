//! The competing chances of one household in a month, and which of them a draw stands for.
//!
//! Half of a run is spent here. All domains are worked out beside each other, in factors of one
//! instead of branches. What only some households have (a team, a professional, a year after help) is
//! a branch.

use super::compiled::{Domains, at, by_severity, product};
use super::{EVENTS, Event, HazardTables, MOST_PROFESSIONALS, ONE, PARENTING, step, times};
use crate::care::CareStatus;
use crate::household::{ACUTE, Care, HOUSING, Levels, Reserves, Traits};

impl HazardTables {
    /// The 17 competing chances: worse (8), better (8), care (1).
    #[expect(
        clippy::inline_always,
        reason = "so that it has the vectors of its caller"
    )]
    #[inline(always)]
    pub fn rates(
        &self,
        levels: &Levels,
        traits: &Traits,
        reserves: &Reserves,
        care: &Care,
    ) -> [u32; EVENTS] {
        let problems = levels.problem_mask();
        let in_team = care.status == CareStatus::Team;
        let support = if in_team {
            self.support(problems.count_ones() as u8, reserves, care)
        } else {
            0
        };
        let relapse = self.relapse(reserves, care);
        let strength = ONE + times(self.strength, step(reserves.strength));
        let chances = &self.chances[usize::from(problems)];
        let worse = {
            let vulnerability = self.vulnerability[traits.vulnerability as usize];
            let calm = self.calm(reserves, care, support);
            let first = by_severity(
                [vulnerability, calm, calm, calm, calm, ONE, ONE, ONE],
                levels,
            );
            let onset = times(self.onset(traits), relapse);
            let second = by_severity([onset, relapse, ONE, ONE, ONE, ONE, ONE, ONE], levels);
            product(product(at(&chances.worse, levels), first), second)
        };
        let help = match self.help(levels, care, support) {
            Some(help) => product([strength; 8], help),
            None => [strength; 8],
        };
        let better = product(at(&chances.better, levels), help);
        let mut rates = [0; EVENTS];
        rates[..8].copy_from_slice(&worse);
        rates[8..16].copy_from_slice(&better);
        if traits.spared(levels) {
            rates[HOUSING] = 0;
        }
        if !traits.children {
            rates[PARENTING] = 0;
            rates[8 + PARENTING] = 0;
        }
        rates[16] = self.care_rate(problems.count_ones(), traits, care, support);
        rates
    }

    /// Factor on the growth of problems: a team and a network calm, a poor technique harms.
    #[inline]
    fn calm(&self, reserves: &Reserves, care: &Care, support: u32) -> u32 {
        let carried = u32::from(care.status == CareStatus::Informal) * step(reserves.network);
        let held = times(ONE - self.team_calm, support) + times(self.informal_calm, carried);
        let harm = if care.status == CareStatus::Team {
            self.teams[usize::from(care.project)].harm
        } else {
            ONE
        };
        times(ONE - held, harm)
    }

    /// Factors on recovery: a team helps the domains in its plan, silos those they serve; `None` where
    /// nobody helps.
    #[inline]
    fn help(&self, levels: &Levels, care: &Care, support: u32) -> Option<Domains> {
        let (helped, help) = if care.status == CareStatus::Team {
            (care.plan, [times(self.team_effect, support); 8])
        } else if care.served == 0 {
            return None;
        } else {
            let around = (self.professionals(levels, care.served) + ONE / 2) >> 16;
            let silo = self.silo_recovery[(around as usize).min(MOST_PROFESSIONALS)];
            (care.served, product([silo; 8], self.silo_quality))
        };
        let mut factors = [ONE; 8];
        for (domain, (factor, help)) in factors.iter_mut().zip(help).enumerate() {
            *factor += u32::from(helped >> domain & 1) * help;
        }
        Some(factors)
    }

    /// Factor on the onset of problems in a household's neighbourhood now.
    #[inline]
    fn onset(&self, traits: &Traits) -> u32 {
        times(self.onset_growth, self.home_onset[traits.home as usize])
    }

    /// Factor on problems that come back in the year after help; own strength keeps them away.
    #[inline]
    fn relapse(&self, reserves: &Reserves, care: &Care) -> u32 {
        if !care.status.after_help() {
            return ONE;
        }
        let weak = ONE - times(self.resilience, step(reserves.strength));
        ONE + times(self.relapse - ONE, times(step(care.trust), weak))
    }

    #[inline]
    fn care_rate(&self, problems: u32, traits: &Traits, care: &Care, support: u32) -> u32 {
        match care.status {
            CareStatus::None | CareStatus::Aftercare => {
                if traits.avoider && self.avoidance {
                    0
                } else {
                    self.seek[problems as usize]
                }
            }
            CareStatus::Silo => self.silo_dropout[care.served.count_ones() as usize],
            CareStatus::Team => times(self.team_dropout, ONE - support),
            // Its network knows the way to the counter, also for who would not go alone.
            CareStatus::Informal => self.seek[problems.min(1) as usize],
            CareStatus::SiloWaiting => 0,
        }
    }

    /// The sum of all chances, for the sweep.
    #[expect(
        clippy::inline_always,
        reason = "so that it has the vectors of its caller"
    )]
    #[inline(always)]
    pub fn total(&self, levels: &Levels, traits: &Traits, reserves: &Reserves, care: &Care) -> u32 {
        let rates = self.rates(levels, traits, reserves, care);
        let sum: u64 = rates.iter().map(|&rate| u64::from(rate)).sum();
        sum.min(u64::from(u32::MAX)) as u32
    }

    /// Which event a draw below the total stands for.
    #[expect(
        clippy::inline_always,
        reason = "so that it has the vectors of its caller"
    )]
    #[inline(always)]
    pub fn pick(
        &self,
        draw: u32,
        levels: &Levels,
        traits: &Traits,
        reserves: &Reserves,
        care: &Care,
    ) -> Event {
        let rates = self.rates(levels, traits, reserves, care);
        let sum: u64 = rates.iter().map(|&rate| u64::from(rate)).sum();
        // Chances that sum to more than 1 share the draw in proportion.
        let left = if sum > u64::from(u32::MAX) {
            u64::try_from((u128::from(draw) * u128::from(sum)) >> 32).unwrap_or(0)
        } else {
            u64::from(draw)
        };
        // The chances that lie below it, counted to the end: a processor cannot foresee which it is.
        let (mut below, mut index) = (0, 0);
        for rate in rates {
            below += u64::from(rate);
            index += usize::from(below <= left);
        }
        debug_assert!(
            index < EVENTS,
            "a draw below the cached total hits an event"
        );
        match index {
            0..8 if levels.0[index] == ACUTE => Event::Crisis(index),
            0..8 => Event::Worse(index),
            8..16 => Event::Better(index - 8),
            _ => Event::Care,
        }
    }
}
