//! Couplings between life domains: how strongly a household's problems feed each other.
//!
//! Debts feed arrears and worry, illness feeds the loss of work. A domain feels the sum of what the
//! other domains in problem send it, one by one at first, then less and less. The sums are compiled
//! for all 256 sets of problems, so that the hazards only look them up.

use zalm_scenario::{Coupling, Rates};

/// What each domain feels of the others, for each set of domains in problem (one bit each).
#[derive(Clone, Debug, PartialEq)]
pub struct Couplings(Vec<[f64; 8]>);

impl Couplings {
    /// Compiles the scenario's couplings; all 0 when problems do not feed each other.
    pub fn new(rates: &Rates, couplings: &[Coupling], on: bool) -> Self {
        let mut strength = [[rates.household_coupling; 8]; 8];
        for coupling in couplings {
            strength[coupling.to as usize][coupling.from as usize] = coupling.strength.value;
        }
        let felt = |mask: usize, to: usize| {
            let others = (0..8).filter(|&from| from != to && mask >> from & 1 == 1);
            let sum: f64 = others.map(|from| strength[to][from]).sum();
            if on { saturated(rates, sum) } else { 0.0 }
        };
        let row = |mask| std::array::from_fn(|to| felt(mask, to));
        Self((0..256).map(row).collect())
    }

    /// How strongly a domain feels the other domains in problem, in usual ones.
    pub fn felt(&self, mask: u8, domain: usize) -> f64 {
        self.0[usize::from(mask)][domain]
    }
}

fn saturated(rates: &Rates, sum: f64) -> f64 {
    sum / (1.0 + sum / rates.household_saturation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::settings;
    use zalm_scenario::{Domain, Evidence, Figure};

    const HEALTH: u8 = 1 << Domain::PhysicalHealth as u8;
    const WORK: usize = Domain::Work as usize;

    fn coupled(strength: f64, on: bool) -> Couplings {
        let coupling = Coupling {
            from: Domain::PhysicalHealth,
            to: Domain::Work,
            strength: Figure {
                value: strength,
                evidence: Evidence::Assumption,
                source: "test".to_owned(),
            },
        };
        Couplings::new(&settings(&[]).rates, &[coupling], on)
    }

    #[test]
    fn a_named_coupling_feeds_its_domain_and_no_other() {
        let (none, strong) = (coupled(0.0, true), coupled(3.0, true));
        assert!(none.felt(HEALTH, WORK).abs() < 1e-12);
        assert!(strong.felt(HEALTH, WORK) > strong.felt(HEALTH, 0));
        assert!((strong.felt(HEALTH, 0) - none.felt(HEALTH, 0)).abs() < 1e-12);
    }

    #[test]
    fn a_domain_does_not_feel_itself_and_feels_more_problems_less_and_less() {
        let couplings = coupled(1.0, true);
        assert!(couplings.felt(1 << WORK, WORK).abs() < 1e-12);
        let felt = [0b1, 0b11, 0b1_0011].map(|mask| couplings.felt(mask, WORK));
        assert!(felt[0] < felt[1] && felt[1] < felt[2]);
        assert!(felt[2] - felt[1] < felt[1] - felt[0]);
    }

    #[test]
    fn switched_off_nothing_is_felt() {
        assert!(coupled(3.0, false).felt(0xFF, WORK).abs() < 1e-12);
    }
}
