//! Informal support: a household with a network that holds is carried by it when help ends.
//!
//! Family, neighbours and volunteers slow the worsening of problems and prevent crises (a
//! community support system, seed 002 ch. 1: De Tulp), know the way to the counter, and bring the
//! household to a team when it is in multi-problem again. No professional comes, and nobody pays.

use crate::care::CareStatus;
use crate::household::{Reserves, STEPS};
use crate::settings::Settings;
use zalm_scenario::Mechanism;

/// Where a household stands when help ends.
pub fn after_help(reserves: Reserves, settings: &Settings) -> CareStatus {
    let least = settings.rates.informal_network * f64::from(STEPS);
    if settings.on(Mechanism::InformalSupport) && f64::from(reserves.network) >= least {
        CareStatus::Informal
    } else {
        CareStatus::Aftercare
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::settings;
    use zalm_scenario::Rates;

    #[test]
    fn a_network_carries_only_where_it_holds() {
        let with = |network, off: &[Mechanism]| {
            let mut settings = settings(off);
            settings.rates = Rates {
                informal_network: 0.5,
                ..settings.rates
            };
            let reserves = Reserves {
                strength: 0,
                network,
                expectation: 0,
            };
            after_help(reserves, &settings)
        };
        assert_eq!(with(STEPS, &[]), CareStatus::Informal);
        assert_eq!(with(STEPS / 3, &[]), CareStatus::Aftercare);
        let off = [Mechanism::InformalSupport];
        assert_eq!(with(STEPS, &off), CareStatus::Aftercare);
    }
}
