//! Wrong pockets: whether benefits land where the costs fall.

use crate::Refused;
use crate::error::{all_finite, as_long_as, within};

/// ½ Σ |B_p / ΣB - C_p / ΣC| over parties: 0 when benefits land where the costs fall, 1 when wholly
/// elsewhere. Our own definition; costs and benefits are 0 or more, in any one unit.
///
/// # Errors
/// Lists of different length, an amount below 0 or that is no number, no costs or no benefits at
/// all.
pub fn wrong_pocket(costs: &[f64], benefits: &[f64]) -> Result<f64, Refused> {
    as_long_as(costs.len(), benefits.len(), "benefits of parties")?;
    all_finite(costs, "costs")?;
    all_finite(benefits, "benefits")?;
    for &amount in costs.iter().chain(benefits) {
        within((0.0, f64::MAX), amount, "an amount of costs or benefits")?;
    }
    let (all_costs, all_benefits): (f64, f64) = (costs.iter().sum(), benefits.iter().sum());
    within((f64::MIN_POSITIVE, f64::MAX), all_costs, "the sum of costs")?;
    within(
        (f64::MIN_POSITIVE, f64::MAX),
        all_benefits,
        "the sum of benefits",
    )?;
    let shares = costs.iter().zip(benefits);
    let apart = shares.map(|(cost, benefit)| (benefit / all_benefits - cost / all_costs).abs());
    Ok(apart.sum::<f64>() / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_the_same_pocket_to_wholly_another() {
        assert_eq!(wrong_pocket(&[2.0, 6.0], &[1.0, 3.0]), Ok(0.0));
        assert_eq!(wrong_pocket(&[5.0, 0.0], &[0.0, 7.0]), Ok(1.0));
        assert_eq!(wrong_pocket(&[1.0, 1.0], &[3.0, 1.0]), Ok(0.25));
    }

    #[test]
    fn without_costs_or_benefits_there_is_no_pocket() {
        assert!(wrong_pocket(&[0.0], &[1.0]).is_err());
        assert!(wrong_pocket(&[1.0], &[0.0]).is_err());
        assert!(wrong_pocket(&[1.0], &[-1.0]).is_err());
        assert!(wrong_pocket(&[1.0], &[]).is_err());
    }
}
