//! Ratios of contenders timed in turns in one run: on a shared machine only those can be trusted.

use std::time::Instant;

/// A name, and something to time that has been prepared anew.
pub struct Contender<'a> {
    /// Name in the table.
    pub name: &'a str,
    /// Prepares a round, untimed, and returns what is timed.
    pub round: Box<dyn Fn() -> Box<dyn FnOnce()> + 'a>,
}

/// Seconds of each contender (inner) in each round (outer); the order turns with the rounds.
pub fn timed(contenders: &[Contender<'_>], rounds: usize) -> Vec<Vec<f64>> {
    let mut seconds = vec![vec![0.0; contenders.len()]; rounds];
    for (round, seconds) in seconds.iter_mut().enumerate() {
        for turn in 0..contenders.len() {
            let which = (round + turn) % contenders.len();
            let run = (contenders[which].round)();
            let start = Instant::now();
            run();
            seconds[which] = start.elapsed().as_secs_f64();
        }
    }
    seconds
}

/// The value below which a share of the values lies.
pub fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * share).round() as usize]
}

/// Processor, its vector units, and how busy the machine is: without them no figure means much.
pub fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let of = |key: &str| {
        let line = info.lines().find(|line| line.starts_with(key));
        line.and_then(|line| line.split_once(':'))
            .map_or("unknown", |(_, value)| value.trim())
    };
    let flags: Vec<&str> = of("flags")
        .split(' ')
        .filter(|flag| {
            [
                "sse4_2", "avx", "avx2", "bmi2", "fma", "avx512f", "avx512dq",
            ]
            .contains(flag)
        })
        .collect();
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = load.split(' ').take(3).collect();
    let built = if cfg!(target_feature = "avx512f") {
        "AVX-512"
    } else if cfg!(target_feature = "avx2") {
        "AVX2"
    } else {
        "the target's baseline"
    };
    format!(
        "{}; has {}; built for {built}; load {}",
        of("model name"),
        flags.join(" "),
        load.join(" ")
    )
}
