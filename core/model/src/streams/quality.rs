//! Do the draws look random from every side from which the model looks at them?
//!
//! Each test gives a z value: a number of standard deviations from what uniform, independent draws
//! would give. Draws are fixed, so a test that passes once always passes; the bound of 4.5 is
//! passed by a good function in all but 7 of a million tests. The same tests are run on functions
//! that are wrong on purpose, and must then fail.

use super::{GOLDEN, Streams, SweepKey, mix64};

/// What is drawn for.
#[derive(Clone, Copy)]
struct Question {
    seed: u64,
    replication: u32,
    stream: u32,
    id: u64,
    month: u32,
    slot: u32,
}

type Source = fn(Question) -> u32;
type Neighbour = fn(&mut Question);

const BOUND: f64 = 4.5;
const PAIRS: u64 = 1 << 16;

fn philox(q: Question) -> u32 {
    let stream = Streams::new(q.seed, q.replication).named(&format!("quality.{}", q.stream));
    stream.bits(q.id, q.month, q.slot)[0]
}

/// The sweep has no streams; its two draws stand for two of them.
fn sweep(q: Question) -> u32 {
    let key = SweepKey::new(q.seed, q.replication, q.month);
    if q.stream == 0 {
        key.draw(q.id)
    } else {
        key.draw2(q.id)
    }
}

/// Wrong on purpose: the sweep without its finaliser.
fn unmixed(q: Question) -> u32 {
    let key = mix64(mix64(q.seed) ^ u64::from(q.month));
    (key.wrapping_add(q.id.wrapping_mul(GOLDEN)) >> 32) as u32
}

/// Wrong on purpose: a good mix of parts that were only added.
fn added(q: Question) -> u32 {
    let place = u64::from(q.month) + u64::from(q.replication);
    (mix64(q.seed.wrapping_add(q.id).wrapping_add(place)) >> 32) as u32
}

/// Wrong on purpose: good bits, one of them 1 in 525 of 1,000 draws.
fn biased(q: Question) -> u32 {
    let word = sweep(q);
    if word.is_multiple_of(20) {
        word | (1 << 30)
    } else {
        word
    }
}

fn question(n: u64) -> Question {
    Question {
        seed: 1,
        replication: 0,
        stream: 0,
        id: n % 4_096,
        month: (n / 4_096) as u32,
        slot: 0,
    }
}

/// Neighbours in every direction, the diagonals included on which sums of parts collide.
const NEIGHBOURS: [(&str, Neighbour); 12] = [
    ("next id", |q| q.id += 1),
    ("id after next", |q| q.id += 2),
    ("id 2^32 further", |q| q.id += 1 << 32),
    ("next month", |q| q.month += 1),
    ("next year", |q| q.month += 12),
    ("other stream", |q| q.stream += 1),
    ("next seed", |q| q.seed += 1),
    ("next replication", |q| q.replication += 1),
    ("next seed, id before", |q| {
        (q.seed, q.id) = (q.seed + 1, q.id.wrapping_sub(1));
    }),
    ("next month, id before", |q| {
        (q.month, q.id) = (q.month + 1, q.id.wrapping_sub(1));
    }),
    ("next replication, id before", |q| {
        (q.replication, q.id) = (q.replication + 1, q.id.wrapping_sub(1));
    }),
    ("seed and replication swapped", |q| {
        (q.seed, q.replication) = (u64::from(q.replication), q.seed as u32);
    }),
];

/// z of a chi-square over equally likely cells, by its normal approximation.
fn chi_square_z(counts: &[u32], freedom: f64) -> f64 {
    let total: f64 = counts.iter().map(|&n| f64::from(n)).sum();
    let expected = total / counts.len() as f64;
    let chi: f64 = counts
        .iter()
        .map(|&n| (f64::from(n) - expected).powi(2) / expected)
        .sum();
    (chi - freedom) / (2.0 * freedom).sqrt()
}

/// Uneven use of 256 buckets, by the bits from `shift` up.
fn bias_z(source: Source, shift: u32) -> f64 {
    let mut counts = [0_u32; 256];
    for n in 0..4 * PAIRS {
        counts[(source(question(n)) >> shift) as usize % 256] += 1;
    }
    chi_square_z(&counts, 255.0)
}

/// Largest |z| over the output bits of how often each is 1.
fn bit_z(source: Source) -> f64 {
    let mut ones = [0_u32; 32];
    for n in 0..PAIRS {
        let word = source(question(n));
        for (bit, count) in ones.iter_mut().enumerate() {
            *count += (word >> bit) & 1;
        }
    }
    let half = PAIRS as f64 / 2.0;
    let z = |&count: &u32| ((f64::from(count) - half) / (half / 2.0).sqrt()).abs();
    ones.iter().map(z).fold(0.0, f64::max)
}

/// Linear dependence between a draw and its neighbour: r times the root of the number of pairs.
fn correlation_z(source: Source, neighbour: Neighbour) -> f64 {
    let centred = |q| f64::from(source(q)) / 2.0_f64.powi(32) - 0.5;
    let sum: f64 = pairs(neighbour).map(|(a, b)| centred(a) * centred(b)).sum();
    sum * 12.0 / (PAIRS as f64).sqrt()
}

/// Any dependence between a draw and its neighbour that a table of 16 x 16 shows.
fn table_z(source: Source, neighbour: Neighbour) -> f64 {
    let mut counts = [0_u32; 256];
    for (a, b) in pairs(neighbour) {
        counts[((source(a) >> 28) * 16 + (source(b) >> 28)) as usize] += 1;
    }
    chi_square_z(&counts, 255.0)
}

fn pairs(neighbour: Neighbour) -> impl Iterator<Item = (Question, Question)> {
    (0..PAIRS).map(move |n| {
        let (first, mut second) = (question(n), question(n));
        neighbour(&mut second);
        (first, second)
    })
}

/// Largest |z| over all output bits of how often they turn when one bit of the question turns.
fn avalanche_z(source: Source) -> f64 {
    let flips: Vec<fn(&mut Question, u32)> = vec![
        |q, bit| q.id ^= 1 << bit,
        |q, bit| q.month ^= 1 << (bit % 32),
        |q, bit| q.seed ^= 1 << bit,
        |q, bit| q.replication ^= 1 << (bit % 32),
    ];
    let mut worst = 0.0_f64;
    for flip in flips {
        for bit in 0..64 {
            for turned in turns(source, |q| flip(q, bit)) {
                worst = worst.max((f64::from(turned) - 512.0).abs() / 16.0);
            }
        }
    }
    worst
}

/// Of 1,024 questions, how often each output bit turns.
fn turns(source: Source, flip: impl Fn(&mut Question)) -> [u32; 32] {
    let mut counts = [0; 32];
    for n in 0..1_024 {
        let (before, mut after) = (question(n * 41), question(n * 41));
        flip(&mut after);
        let turned = source(before) ^ source(after);
        for (bit, count) in counts.iter_mut().enumerate() {
            *count += (turned >> bit) & 1;
        }
    }
    counts
}

/// Everything that is wrong with a source, in words.
fn faults(source: Source) -> Vec<String> {
    let mut faults = Vec::new();
    let mut judge = |what: String, z: f64, bound: f64| {
        if z.abs() > bound {
            faults.push(format!("{what}: z = {z:.1}"));
        }
    };
    judge("bias of a bit".to_owned(), bit_z(source), BOUND);
    for shift in [0, 8, 16, 24] {
        judge(
            format!("bias of bits {shift}.."),
            bias_z(source, shift),
            BOUND,
        );
    }
    for (name, neighbour) in NEIGHBOURS {
        judge(
            format!("correlation, {name}"),
            correlation_z(source, neighbour),
            BOUND,
        );
        judge(
            format!("dependence, {name}"),
            table_z(source, neighbour),
            BOUND,
        );
    }
    // The largest of 8,192 values: a good function stays below 5.5 in all but 3 of 10,000 tests.
    judge("avalanche".to_owned(), avalanche_z(source), 5.5);
    faults
}

#[test]
fn philox_shows_no_fault() {
    assert_eq!(faults(philox), Vec::<String>::new());
}

#[test]
fn sweep_shows_no_fault() {
    assert_eq!(faults(sweep), Vec::<String>::new());
}

#[test]
fn slots_of_a_draw_are_independent() {
    assert!(correlation_z(philox, |q| q.slot += 1).abs() < BOUND);
    assert!(table_z(philox, |q| q.slot += 1).abs() < BOUND);
}

#[test]
fn wrong_functions_are_caught() {
    let caught = |source, what: &str| {
        let faults = faults(source);
        assert!(
            faults.iter().any(|fault| fault.starts_with(what)),
            "{what}: {faults:?}"
        );
    };
    caught(unmixed, "correlation, next id");
    caught(unmixed, "avalanche");
    caught(added, "correlation, next seed, id before");
    caught(added, "dependence, next month, id before");
    caught(biased, "bias of a bit");
    caught(biased, "bias of bits 24");
}

#[test]
fn normal_draws_have_mean_0_and_variance_1() {
    let stream = Streams::new(1, 0).named("quality.normal");
    let (mut sum, mut squares) = (0.0, 0.0);
    for id in 0..PAIRS {
        let z = stream.normal(id, 0, 0);
        sum += z;
        squares += z * z;
    }
    let n = PAIRS as f64;
    assert!((sum / n.sqrt()).abs() < BOUND);
    // Variance of a squared standard normal is 2.
    assert!(((squares - n) / (2.0 * n).sqrt()).abs() < BOUND);
}
