//! Image: the name of a neighbourhood with those who could come or go.
//!
//! It follows slowly what can be seen: how far the basis stands and how many households live there
//! with lasting problems. Art and culture lift it (seed 003, law 7) and touch nothing else: what
//! they do for people goes by who comes and who stays.

use crate::ladder::Neighbourhood;
use crate::settings::Settings;
use crate::works::Investments;
use bevy_ecs::prelude::*;
use zalm_scenario::{AreaWork, Mechanism, Rates};

/// The name of each neighbourhood moves towards what can be seen.
pub fn follow(
    mut neighbourhoods: Query<&mut Neighbourhood>,
    investments: Res<Investments>,
    settings: Res<Settings>,
) {
    if !settings.on(Mechanism::Image) {
        return;
    }
    for mut place in &mut neighbourhoods {
        let art = investments.money[place.index as usize][AreaWork::Art as usize];
        let seen = seen(&place, art, &settings.rates);
        let gap = seen - place.image;
        place.image += gap * (settings.rates.image_pace / 12.0).min(1.0);
    }
}

/// The name at the start: nobody asks for it when the mechanism is off.
pub fn first(place: &Neighbourhood, settings: &Settings) -> f64 {
    if settings.on(Mechanism::Image) {
        seen(place, 0.0, &settings.rates)
    } else {
        1.0
    }
}

/// What can be seen, 0..=1; art in euro per household a year.
fn seen(place: &Neighbourhood, art: f64, rates: &Rates) -> f64 {
    let standing = place.rungs[0] * (1.0 - rates.image_stigma * place.concentration());
    let odds = rates.image_art * art / 100.0;
    standing + (1.0 - standing) * odds / (1.0 + odds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{neighbourhood, settings};

    #[test]
    fn a_name_follows_the_street_the_people_and_what_is_made_of_it() {
        let rates = Rates {
            image_stigma: 0.5,
            image_art: 0.5,
            ..settings(&[]).rates
        };
        let place = neighbourhood();
        let bare = seen(&place, 0.0, &rates);
        let mut poor = place.clone();
        poor.vulnerable *= 2;
        let mut whole = place.clone();
        whole.rungs[0] += 0.2;
        assert!(seen(&poor, 0.0, &rates) < bare && seen(&whole, 0.0, &rates) > bare);
        assert!(seen(&place, 100.0, &rates) > bare + 0.1 && seen(&place, 1e9, &rates) <= 1.0);
    }
}
