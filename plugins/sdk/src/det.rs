//! Mathematics with the same bits on every machine.
//!
//! `+ - * /` and `sqrt` of the standard library are exact everywhere; what is here is not, and comes
//! from a pinned pure-Rust library. Arguments and results are plain numbers, angles are in radians.

/// e to the power `x`.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm; NaN below 0.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// `x` to the power `y`.
pub fn powf(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// Hyperbolic tangent.
pub fn tanh(x: f64) -> f64 {
    libm::tanh(x)
}

/// Sine.
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// Cosine.
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

#[cfg(test)]
mod tests {
    use super::{cos, exp, ln, powf, sin, tanh};

    /// The nearest numbers, as a calculation with 200 bits gives them; but tanh(0.3) is one unit below.
    #[test]
    fn every_machine_gives_these_bits() {
        for (name, value, bits) in [
            ("exp", exp(0.1), 0x3ff1_aec7_b35a_00d4_u64),
            ("exp", exp(-20.5), 0x3e15_7a3a_feed_00ab_u64),
            ("exp", exp(700.25), 0x7f12_fd8e_4cbf_a413_u64),
            ("ln", ln(0.1), 0xc002_6bb1_bbb5_5515_u64),
            ("ln", ln(1e300), 0x4085_9634_47f8_7fb5_u64),
            ("ln", ln(1.000_000_1), 0x3e7a_d7f2_847b_6492_u64),
            ("tanh", tanh(0.3), 0x3fd2_a4dd_a7d9_14f9_u64),
            ("tanh", tanh(-2.5), 0xbfef_9258_260a_71c2_u64),
            ("tanh", tanh(1e-5), 0x3ee4_f8b5_88e0_6854_u64),
            ("sin", sin(0.7), 0x3fe4_9d6e_6946_19b8_u64),
            ("sin", sin(100.0), 0xbfe0_3425_b78c_4db8_u64),
            ("sin", sin(1e6), 0xbfd6_664b_2568_d867_u64),
            ("cos", cos(0.7), 0x3fe8_7996_529f_9d93_u64),
            ("cos", cos(3.0), 0xbfef_ae04_be85_e5d2_u64),
            ("cos", cos(1e6), 0x3fed_f9df_9906_d32c_u64),
            ("powf", powf(1.03, 12.5), 0x3ff7_26de_36dd_5cac_u64),
            ("powf", powf(0.2, -3.7), 0x4078_1a56_b045_adf4_u64),
            ("powf", powf(12.75, 0.33), 0x4002_880a_28bf_4d10_u64),
        ] {
            assert_eq!(value.to_bits(), bits, "{name}: {value}");
        }
        assert!(ln(-1.0).is_nan() && exp(-1e3).to_bits() == 0);
    }
}
