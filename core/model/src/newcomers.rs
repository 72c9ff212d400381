//! Newcomers: the household that comes to live in a dwelling in a month.
//!
//! Who comes is a function of the dwelling, the month and the draws, not of the strategy. So what
//! was worked out for one strategy is kept for the next that is played from the same past. That is
//! no state of the world: a fork leaves it as it is, and without it the same households come.

use crate::household::{Levels, Reserves, Traits};
use crate::population::{Came, Draws, household};
use crate::settings::Settings;
use crate::streams::Streams;
use bevy_ecs::prelude::*;

/// A household that comes, with the problems that it brings.
pub(crate) type Newcomer = (Traits, Reserves, Levels);

/// What a newcomer follows from, the draws aside.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Asked {
    key: u64,
    tenant: bool,
    vulnerability: u8,
}

/// Those who came lately.
#[derive(Resource, Default)]
pub(crate) struct Newcomers {
    draws: Option<(Streams, Draws)>,
    /// Each at the place that its key leads to, until another takes that.
    seats: Vec<Option<(Asked, Newcomer)>>,
}

/// Seats, as a power of two: those of ten thousand households in ten years have room.
const SEATS: u32 = 14;

impl Newcomers {
    /// From now on the draws are of these streams.
    pub fn draw_from(&mut self, streams: &Streams) {
        if self
            .draws
            .as_ref()
            .is_none_or(|(known, _)| known != streams)
        {
            self.draws = Some((*streams, Draws::new(streams)));
            self.seats.clear();
            self.seats.resize(1 << SEATS, None);
        }
    }

    /// Who comes; the key is of the dwelling and the month.
    pub fn household(&mut self, key: u64, came: &Came, settings: &Settings) -> Newcomer {
        let (_, draws) = self.draws.as_ref().expect("a month begins with its draws");
        let asked = Asked {
            key,
            tenant: came.tenant,
            vulnerability: draws.vulnerability(key, came.danger, &settings.rates),
        };
        let place = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - SEATS);
        match &mut self.seats[place as usize] {
            Some((known, newcomer)) if *known == asked => *newcomer,
            seat => {
                let newcomer = household(key, came, asked.vulnerability, settings, draws);
                *seat = Some((asked, newcomer));
                newcomer
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::settings;
    use crate::settings::Home;

    #[test]
    fn who_came_before_comes_again_and_is_who_would_have_come_anyhow() {
        let mut settings = settings(&[]);
        settings.homes = vec![Home {
            households: 100,
            one_person: 0.4,
            with_children: 0.3,
            danger: 0.3,
            rent: 0.5,
        }];
        let mut newcomers = Newcomers::default();
        for replication in [1, 2] {
            let streams = Streams::new(7, replication);
            let draws = Draws::new(&streams);
            newcomers.draw_from(&streams);
            for round in 0..3 {
                for key in (0..40_000).step_by(13) {
                    let came = Came {
                        home: 0,
                        tenant: (key + round) % 3 == 0,
                        danger: 0.2 + 0.2 * round as f64,
                    };
                    let vulnerability = draws.vulnerability(key, came.danger, &settings.rates);
                    let alone = household(key, &came, vulnerability, &settings, &draws);
                    assert_eq!(newcomers.household(key, &came, &settings), alone);
                }
            }
        }
    }
}
