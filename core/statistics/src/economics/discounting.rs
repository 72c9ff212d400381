//! Discounting: present value, balance, ratio, internal rate of return.

use super::break_even::{Scan, break_even};

/// Rates among which an internal rate is sought.
const RATES: (f64, f64) = (-0.99, 1.0);
/// Points of the first scan over them; two roots closer than 2 percentage points hide each other.
const POINTS: usize = 200;

/// Σ flow_t / (1 + rate)^t, in the unit of the flows; a rate of 2.25 % is 0.0225.
pub fn present_value(flows: &[f64], rate: f64) -> f64 {
    let worth = |(year, flow): (i32, &f64)| flow / (1.0 + rate).powi(year);
    (0..).zip(flows).map(worth).sum()
}

/// Worth today of 1 a year over years 1 to `years`.
pub fn annuity(rate: f64, years: u32) -> f64 {
    (1..=years as i32)
        .map(|year| (1.0 + rate).powi(-year))
        .sum()
}

/// What costs and benefits are worth in the base year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// Present value of the costs.
    pub costs: f64,
    /// Present value of the benefits.
    pub benefits: f64,
}

impl Worth {
    /// Benefits less costs: the net present value.
    pub fn balance(&self) -> f64 {
        self.benefits - self.costs
    }

    /// Benefits over costs; `None` without costs. Show it, never rank by it: it depends on whether a
    /// saving is called a benefit or a lower cost.
    pub fn ratio(&self) -> Option<f64> {
        (self.costs > 0.0).then(|| self.benefits / self.costs)
    }
}

/// Present values of costs and benefits, both 0 or more, at `rate`.
pub fn worth(costs: &[f64], benefits: &[f64], rate: f64) -> Worth {
    Worth {
        costs: present_value(costs, rate),
        benefits: present_value(benefits, rate),
    }
}

/// Rates at which a plan is worth exactly nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum InternalRate {
    /// No rate between -99 % and 100 %.
    None,
    /// One, so it can be compared with a discount rate.
    One(f64),
    /// Several, ascending: none of them says whether the plan is worth it.
    Several(Vec<f64>),
}

/// The rates between -99 % and 100 % at which `flows` are worth nothing.
pub fn internal_rate(flows: &[f64]) -> InternalRate {
    let scan = Scan {
        points: POINTS,
        narrow: 1e-12,
        halvings: 60,
    };
    let found = break_even(RATES, scan, |rate| Some(present_value(flows, rate)));
    let rates: Vec<f64> = found
        .map(|found| found.crossings.iter().map(|crossing| crossing.at).collect())
        .unwrap_or_default();
    match rates[..] {
        [] => InternalRate::None,
        [rate] => InternalRate::One(rate),
        _ => InternalRate::Several(rates),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100,000 now, then 15,000 a year for ten years.
    fn flows() -> Vec<f64> {
        std::iter::once(-100_000.0).chain([15_000.0; 10]).collect()
    }

    #[test]
    fn golden_plan() {
        for (rate, expected) in [
            (0.0225, 32_993.25),
            (0.0, 50_000.0),
            (0.016, 37_602.76),
            (0.029, 28_608.52),
            (0.03, 27_953.04),
        ] {
            assert!((present_value(&flows(), rate) - expected).abs() < 0.005);
        }
        assert!((annuity(0.0225, 10) - 8.866216).abs() < 1e-6);
        let costs = [100_000.0];
        let benefits: Vec<f64> = std::iter::once(0.0).chain([15_000.0; 10]).collect();
        let found = worth(&costs, &benefits, 0.0225);
        assert!((found.balance() - 32_993.25).abs() < 0.005);
        assert!((found.benefits - 132_993.25).abs() < 0.005);
        assert!((found.ratio().unwrap() - 1.329932).abs() < 1e-6);
        assert!((100_000.0 / annuity(0.0225, 10) - 11_278.77).abs() < 0.005);
    }

    #[test]
    fn internal_rates_are_one_none_or_several() {
        let InternalRate::One(rate) = internal_rate(&flows()) else {
            panic!("one rate");
        };
        assert!((rate - 0.0814417).abs() < 1e-7, "{rate}");
        assert_eq!(internal_rate(&[1.0, 1.0]), InternalRate::None);
        assert_eq!(internal_rate(&[]), InternalRate::None);
        // -1 + 2.3 v - 1.32 v² is nil at v = 1/1.1 and v = 1/1.2.
        let InternalRate::Several(rates) = internal_rate(&[-1.0, 2.3, -1.32]) else {
            panic!("two rates");
        };
        assert!((rates[0] - 0.1).abs() < 1e-9 && (rates[1] - 0.2).abs() < 1e-9);
    }

    #[test]
    fn without_costs_there_is_no_ratio() {
        assert_eq!(worth(&[0.0], &[1.0], 0.0).ratio(), None);
    }
}
