//! Prints inputs and our answers as JSON, for `tests/reference/compare.py` to hold against other
//! packages. Reads from standard input `{"rows": [[..]], "cases": [..]}`, a data set for PRIM.

#![forbid(unsafe_code)]

use serde_json::{Value, json};
use std::error::Error;
use std::f64::consts::PI;
use zalm_statistics::design::{Groups, Saltelli, Trajectories, latin_hypercube, sobol_sequence};
use zalm_statistics::discovery::{PrimOptions, cart, prim};
use zalm_statistics::economics::{
    InternalRate, Standing, acceptability, frontier, internal_rate, net_benefits, present_value,
    value_of_knowing,
};
use zalm_statistics::judgement::{Expert, pool};
use zalm_statistics::selection::{expected_maximum, with_best};
use zalm_statistics::sensitivity::{SobolOptions, given_data_index, morris, sobol_indices};
use zalm_statistics::{
    Keyed, Precision, Spell, Stopping, cumulative_incidence, kaplan_meier, normal_quantile,
    paired_difference, wilson,
};

type Answer = Result<Value, Box<dyn Error>>;

const KEY: u64 = 20_261_122;

fn main() -> Result<(), Box<dyn Error>> {
    let given: Value = serde_json::from_reader(std::io::stdin())?;
    let all = json!({
        "paired": paired()?,
        "stopping": stopping()?,
        "survival": survival()?,
        "sequence": sobol_sequence(6, 256, Keyed::new(KEY, 1))?,
        "sobol": sobol()?,
        "morris": screening()?,
        "given_data": given_data()?,
        "plan": plan(),
        "decision": decision()?,
        "judgement": judgement()?,
        "best": best()?,
        "prim": discovery(&corner_rows(), &PrimOptions::default())?,
        "given": data_set(&given)?,
    });
    println!("{all}");
    Ok(())
}

/// Normal values, a column per number.
fn normals(columns: u32, rows: u32, number: u64) -> Vec<Vec<f64>> {
    let cube = latin_hypercube(columns, rows, Keyed::new(KEY, number));
    let value = |u: f64| normal_quantile(u).unwrap_or_default();
    (0..columns as usize)
        .map(|column| cube.iter().map(|point| value(point[column])).collect())
        .collect()
}

fn ishigami(point: &[f64]) -> f64 {
    let x = |at: usize| PI * (2.0 * point[at] - 1.0);
    x(0).sin() + 7.0 * x(1).sin().powi(2) + 0.1 * x(2).powi(4) * x(0).sin()
}

fn paired() -> Answer {
    let columns = normals(2, 37, 2);
    let first: Vec<f64> = columns[0].iter().map(|z| 12.0 + z).collect();
    let pairs = first.iter().zip(&columns[1]);
    let second: Vec<f64> = pairs.map(|(a, z)| 0.8 * a + 2.0 + 0.3 * z).collect();
    let pairs: Vec<(f64, f64)> = first.iter().copied().zip(second.iter().copied()).collect();
    let found = paired_difference(&pairs, 0.95).ok_or("no pairs")?;
    Ok(json!({
        "first": first, "second": second, "mean": found.mean, "interval": found.interval,
        "p": found.p, "correlation": found.correlation, "wilson": wilson(7, 50, 0.95),
    }))
}

fn stopping() -> Answer {
    let series: Vec<f64> = normals(1, 400, 3)[0]
        .iter()
        .map(|z| 100.0 + 12.0 * z)
        .collect();
    // sim-tools has no correction by Law: 2 % there is γ with γ / (1 + γ) = 0.02 here.
    let rule = Stopping {
        first: 3,
        ..Stopping::at(Precision::Relative(0.02 / 0.98))
    };
    let found = rule.look(&series)?;
    Ok(json!({ "series": series, "precision": 0.02, "narrow_from": found.narrow_from }))
}

fn survival() -> Answer {
    let columns = normals(2, 80, 4);
    let times: Vec<f64> = columns[0].iter().map(|z| (1.0 + 0.8 * z).exp()).collect();
    let cause = |z: &f64| match z {
        z if *z < -0.7 => None,
        z if *z < 0.5 => Some(0),
        _ => Some(1),
    };
    let causes: Vec<Option<usize>> = columns[1].iter().map(cause).collect();
    let spells: Vec<Spell> = times
        .iter()
        .zip(&causes)
        .map(|(&time, cause)| Spell {
            time,
            ended: cause.is_some(),
        })
        .collect();
    let curve = kaplan_meier(&spells, 0.95).ok_or("no spells")?;
    let both: Vec<(f64, Option<usize>)> = times.iter().copied().zip(causes.clone()).collect();
    let shares = cumulative_incidence(&both, 2).ok_or("no spells")?;
    let at = [1.0, 2.0, 4.0, 8.0];
    let interval = |time: f64| {
        let step = curve.steps.iter().rev().find(|step| step.time <= time);
        step.and_then(|step| step.interval)
    };
    Ok(json!({
        "times": times, "causes": causes, "at": at,
        "survival": at.map(|time| curve.survival(time)), "interval": at.map(interval),
        "median": curve.median(), "restricted_mean": curve.restricted_mean(8.0),
        "incidence": at.map(|time| shares.at(time)),
    }))
}

fn sobol() -> Answer {
    let design = Saltelli::new(Groups::each(3), 1024, Keyed::new(KEY, 5))?;
    let outputs: Vec<f64> = (0..design.rows())
        .map(|row| ishigami(&design.row(row)))
        .collect();
    let given: Vec<Option<f64>> = outputs.iter().copied().map(Some).collect();
    let options = SobolOptions {
        level: 0.95,
        resamples: 1000,
        key: Keyed::new(KEY, 6),
        noise: None,
    };
    let found = sobol_indices(&design, &given, &options)?;
    let values = |list: &[zalm_statistics::sensitivity::Index]| -> Vec<[f64; 2]> {
        list.iter()
            .map(|index| [index.value, index.half_width])
            .collect()
    };
    Ok(json!({ "outputs": outputs, "first": values(&found.first), "total": values(&found.total) }))
}

fn screening() -> Answer {
    let design = Trajectories::new(Groups::each(3), 50, 4, Keyed::new(KEY, 7))?;
    let points: Vec<Vec<f64>> = (0..design.rows()).map(|row| design.row(row)).collect();
    let outputs: Vec<f64> = points.iter().map(|point| ishigami(point)).collect();
    let given: Vec<Option<f64>> = outputs.iter().copied().map(Some).collect();
    let found = morris(&design, &given, 0.95, Keyed::new(KEY, 8))?;
    let values = found.groups.iter();
    let values: Vec<Value> = values
        .map(|group| json!([group.mean, group.strength, group.sd, group.half_width]))
        .collect();
    Ok(json!({ "points": points, "outputs": outputs, "effects": values }))
}

fn given_data() -> Answer {
    let points = latin_hypercube(3, 4000, Keyed::new(KEY, 9));
    let outputs: Vec<f64> = points.iter().map(|point| ishigami(point)).collect();
    let index = |column: usize| {
        let inputs: Vec<f64> = points.iter().map(|point| point[column]).collect();
        given_data_index(&inputs, &outputs, 0.95, Keyed::new(KEY, 10)).map(|found| found.index)
    };
    let found = (0..3).map(index).collect::<Result<Vec<f64>, _>>()?;
    Ok(json!({ "points": points, "outputs": outputs, "first": found }))
}

fn plan() -> Value {
    let flows: Vec<f64> = [-90_000.0, -15_000.0]
        .into_iter()
        .chain([17_500.0; 12])
        .collect();
    let rate = match internal_rate(&flows) {
        InternalRate::One(rate) => Some(rate),
        InternalRate::None | InternalRate::Several(_) => None,
    };
    json!({ "flows": flows, "worth": present_value(&flows, 0.0225), "internal_rate": rate })
}

/// A pool of three experts who leave a gap between them.
fn judgement() -> Answer {
    let experts = [(1.0, 2.5, 4.0), (2.0, 4.0, 7.0), (7.5, 8.0, 9.0)];
    let expert = |&(low, likely, high): &(f64, f64, f64)| Expert { low, likely, high };
    let pool = pool(&experts.iter().map(expert).collect::<Vec<_>>())?;
    let at = [0.05, 0.25, 0.5, 0.6, 0.75, 0.95];
    Ok(json!({
        "experts": experts, "at": at,
        "quantiles": at.map(|u| pool.quantile(u)),
        "mean": pool.mean, "sd": pool.sd, "disagreement": pool.disagreement,
    }))
}

/// Four systems whose values are paired; the last two are close.
fn best() -> Answer {
    let z = normals(5, 24, 17);
    let system = |mean: f64, own: usize| -> Vec<f64> {
        let pairs = z[0].iter().zip(&z[own]);
        pairs
            .map(|(shared, own)| mean + shared + 0.3 * own)
            .collect()
    };
    let systems = vec![
        system(0.0, 1),
        system(0.5, 2),
        system(1.0, 3),
        system(1.05, 4),
    ];
    let found = with_best(&systems, 0.95)?;
    let intervals: Vec<(f64, f64)> = found.iter().map(|one| one.interval).collect();
    Ok(json!({ "systems": systems, "intervals": intervals, "largest": expected_maximum(4) }))
}

fn decision() -> Answer {
    let z = normals(4, 2000, 11);
    let draws = 0..2000;
    let cost = |base: f64, spread: f64, at: usize| -> Vec<f64> {
        draws
            .clone()
            .map(|draw| base + spread * z[at][draw])
            .collect()
    };
    let costs = vec![
        cost(10_000.0, 800.0, 0),
        cost(14_000.0, 1500.0, 1),
        cost(21_000.0, 900.0, 0),
    ];
    let effect = |base: f64, slope: f64| -> Vec<f64> {
        draws
            .clone()
            .map(|d| base + slope * z[2][d] + 0.05 * z[3][d])
            .collect()
    };
    let effects = vec![effect(1.0, 0.02), effect(1.2, 0.1), effect(1.3, -0.1)];
    let worth = 25_000.0;
    let table = net_benefits(&costs, &effects, worth)?;
    let found = acceptability(&table)?;
    let knowing = [&z[0], &z[1], &z[2]].map(|parameter| value_of_knowing(parameter, &table));
    let knowing = knowing.into_iter().collect::<Result<Vec<f64>, _>>()?;
    let strategies = [
        (10e3, 1.0),
        (22e3, 1.2),
        (25e3, 1.5),
        (40e3, 1.8),
        (30e3, 1.4),
    ];
    let icer = |standing: Standing| match standing {
        Standing::OnFrontier(icer) => json!(["on", icer]),
        Standing::Dominated => json!(["D", null]),
        Standing::ExtendedlyDominated => json!(["ED", null]),
    };
    let standing: Vec<Value> = frontier(&strategies)?.into_iter().map(icer).collect();
    Ok(json!({
        "costs": costs, "effects": effects, "worth": worth, "parameters": z,
        "best_share": found.best_share, "best": found.best, "expected_loss": found.expected_loss,
        "perfect_information": found.perfect_information(), "knowing": knowing,
        "strategies": strategies, "standing": standing,
    }))
}

/// Rows of four inputs, of which those in a slanted corner are cases.
fn corner_rows() -> (Vec<Vec<f64>>, Vec<bool>) {
    let rows = latin_hypercube(4, 900, Keyed::new(KEY, 12));
    let is_case = |row: &Vec<f64>| row[0] + 0.5 * row[1] > 1.05 && row[2] < 0.7;
    let cases = rows.iter().map(is_case).collect();
    (rows, cases)
}

fn discovery((rows, cases): &(Vec<Vec<f64>>, Vec<bool>), options: &PrimOptions) -> Answer {
    let steps = prim(rows, cases, options)?;
    let steps: Vec<Value> = steps
        .iter()
        .map(|box_| json!([box_.coverage, box_.density, box_.mass]))
        .collect();
    let leaves = cart(rows, cases, 0.05)?;
    let leaves: Vec<Value> = leaves
        .iter()
        .map(|leaf| json!([leaf.density, leaf.mass]))
        .collect();
    Ok(json!({ "rows": rows, "cases": cases, "steps": steps, "leaves": leaves }))
}

fn data_set(given: &Value) -> Answer {
    let rows: Vec<Vec<f64>> = serde_json::from_value(given["rows"].clone())?;
    let cases: Vec<bool> = serde_json::from_value(given["cases"].clone())?;
    let options = PrimOptions {
        peel: 0.1,
        ..PrimOptions::default()
    };
    discovery(&(rows, cases), &options)
}
