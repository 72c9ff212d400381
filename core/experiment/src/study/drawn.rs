//! Values of a parameter by its distribution.

use zalm_scenario::{Distribution, Opinion, Parameter, ParameterSpec};
use zalm_statistics::judgement::{Expert, Law, pool};

/// The value of a parameter below which a share `u` (0..=1) of its distribution lies, in its unit;
/// without a range the value in use.
pub fn quantile(spec: &ParameterSpec, parameter: &Parameter, u: f64) -> f64 {
    let Parameter {
        low, value, high, ..
    } = *parameter;
    let law = match &parameter.distribution {
        Distribution::Split => Law::split(low, value, high),
        Distribution::Uniform => Law::uniform(low, high),
        Distribution::Triangular => Law::triangular(low, value, high),
        Distribution::Pert => Law::pert(low, value, high),
        Distribution::LogNormal => Law::log_normal(low, high),
        Distribution::Experts { opinions } => {
            let pooled = pool(&opinions.iter().map(expert).collect::<Vec<_>>());
            let drawn = pooled.map_or(value, |pool| pool.quantile(u));
            return drawn.clamp(spec.min, spec.max);
        }
    };
    // A parameter without a range stays as it is.
    let drawn = law.map_or(value, |law| law.quantile(u));
    drawn.clamp(spec.min, spec.max)
}

fn expert(opinion: &Opinion) -> Expert {
    let Opinion { low, likely, high } = *opinion;
    Expert { low, likely, high }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_scenario::{Evidence, SPECS, position};

    fn drawn(distribution: Distribution, (low, high): (f64, f64), shares: &[f64]) -> Vec<f64> {
        let parameter = Parameter {
            value: 2.0,
            low,
            high,
            evidence: Evidence::Assumption,
            source: String::new(),
            distribution,
        };
        // 0 to 20.
        let spec = &SPECS[position("team.effect").expect("a parameter")];
        let at = |u: &f64| quantile(spec, &parameter, *u);
        shares.iter().map(at).collect()
    }

    fn close(found: &[f64], expected: &[f64]) {
        let near = |(a, b): (&f64, &f64)| (a / b - 1.0).abs() < 1e-3;
        assert!(found.iter().zip(expected).all(near), "{found:?}");
    }

    #[test]
    fn each_distribution_is_the_one_it_is_called() {
        let range = (1.0, 6.0);
        let found = drawn(Distribution::Split, range, &[0.25, 0.5, 0.75]);
        close(&found, &[1.5, 2.0, 4.0]);
        let found = drawn(Distribution::Uniform, range, &[0.1, 0.5]);
        close(&found, &[1.5, 3.5]);
        // scipy.stats.triang(0.2, 1, 5).ppf: the mode at its share of the range.
        let found = drawn(Distribution::Triangular, range, &[0.2, 0.05, 0.8]);
        close(&found, &[2.0, 1.5, 4.0]);
        let found = drawn(Distribution::LogNormal, range, &[0.05, 0.5, 0.95]);
        close(&found, &[1.0, 6.0_f64.sqrt(), 6.0]);
        let bell = drawn(Distribution::Pert, range, &[0.01, 0.5, 0.99]);
        assert!(
            1.0 < bell[0] && (2.0..3.0).contains(&bell[1]) && bell[2] < 6.0,
            "{bell:?}"
        );
        let opinion = |likely| Opinion {
            low: likely - 1.0,
            likely,
            high: likely + 1.0,
        };
        let opinions = vec![opinion(1.0), opinion(11.0)];
        let pooled = drawn(Distribution::Experts { opinions }, range, &[0.25, 0.75]);
        close(&pooled, &[1.0, 11.0]);
    }

    #[test]
    fn what_makes_no_sense_is_never_drawn_and_no_range_is_no_draw() {
        let found = drawn(Distribution::LogNormal, (1.0, 19.0), &[0.9999]);
        close(&found, &[20.0]);
        close(&drawn(Distribution::Split, (2.0, 2.0), &[0.1]), &[2.0]);
    }
}
