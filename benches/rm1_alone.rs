//! RM-1, the yardstick kernel, by itself: time and digest at three sizes; for the comparison with
//! other tools (`benches/peers/run`) `--peer HOUSEHOLDS MONTHS SEED` prints one JSON line.
//!
//! `cargo bench -p zalm-benches --bench rm1`.
#![forbid(unsafe_code)]

use std::time::Instant;
use zalm_benches::interleaved::{machine, quantile};
use zalm_benches::rm1::Rm1;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, numbers @ ..] = &words[..]
        && flag == "--peer"
    {
        let number = |at: usize| numbers.get(at).and_then(|word| word.parse::<u32>().ok());
        let (Some(households), Some(months), Some(seed)) = (number(0), number(1), number(2)) else {
            panic!("expected: --peer HOUSEHOLDS MONTHS SEED");
        };
        return peer(households, months, seed);
    }
    println!("{}", machine());
    let quick = words.iter().any(|word| word == "--test");
    for households in [10_000, 100_000, 1_000_000] {
        let rounds = if quick { 1 } else { 7 };
        let played: Vec<_> = (0..rounds).map(|_| play(households, 120, 1)).collect();
        let digest = played[0].1.digest();
        let each = |of: &(f64, Rm1)| of.0 / f64::from(households) / 120.0 * 1e9;
        let each: Vec<f64> = played.iter().map(each).collect();
        println!(
            "{households:9} households: {:5.2} ns per household-month (quartiles {:.2} to {:.2}), digest {digest:016x}",
            quantile(each.clone(), 0.5),
            quantile(each.clone(), 0.25),
            quantile(each, 0.75)
        );
        if quick {
            break;
        }
    }
}

/// Seconds, and the model at the end.
fn play(households: u32, months: u32, seed: u32) -> (f64, Rm1) {
    let mut model = Rm1::new(households as usize, seed.into(), 1.0);
    let begun = Instant::now();
    (0..months).for_each(|_| model.step());
    (begun.elapsed().as_secs_f64(), model)
}

fn peer(households: u32, months: u32, seed: u32) {
    let (seconds, model) = play(households, months, seed);
    println!(
        "{{\"contender\": \"zalm\", \"seconds\": {seconds}, \"events\": {}, \"load\": {:?}, \"cost0\": {}}}",
        model.transitions,
        model.mean_load(),
        model.costs[0]
    );
}
