//! A strategy that misbehaves on request: how, and in which month, are its parameters.
#![forbid(unsafe_code)]

use zalm_sdk::prelude::*;

columns! {
    project: COST;
    payer: TIE, CAPACITY [optional];
}

own_columns! {
    /// Months in which it did something.
    TIMES = "times" ["months"] = 0.0;
}

metrics! {
    /// Months in which it did as it was told.
    DONE = "done" ["months"] Neither, Sum;
}

events! {
    /// It did as it was told.
    ACTED = "acted" { times: "times", capacity: "cent/month" };
}

parameters! {
    /// Misbehaves.
    pub struct Misbehave {
        /// What to do: a word of `misbehave`, or `create-error`, `create-panic`, `drop-panic`.
        how: String = "nothing";
        /// Month index in which it does so.
        month: i64 ["month"] = 3, 0..=1200 formerly "when";
    }
}

impl Policy for Misbehave {
    const ABOUT: About = About {
        id: "misbehave",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "Misbehave",
        name_nl: "Misdragen",
        doc: "Does what a strategy must not do, for tests of the host.",
    };
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;
    const OWN: &'static [OwnSpec] = OWN;
    const METRICS: &'static [MetricSpec] = METRICS;
    const EVENTS: &'static [EventSpec] = EVENTS;
    const FORMERLY: &'static str = "naughty mischief";

    fn check(&self) -> Result<()> {
        match self.how.as_str() {
            "create-error" => Err(Error::failed("these parameters do not go together")),
            "create-panic" => panic!("no luck at the start"),
            _ => Ok(()),
        }
    }

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        let Some(project) = cx.projects().next() else {
            return Ok(());
        };
        if cx.month() < self.month {
            return Ok(());
        }
        self.misbehave(cx, project.row())
    }
}

impl Misbehave {
    fn misbehave(&self, cx: &mut Context<'_>, row: u64) -> Result<()> {
        match self.how.as_str() {
            "panic" => panic!("no row for the alderman"),
            "error" => return Err(Error::failed("nobody answers the telephone")),
            "discard" => return Err(Error::discard("the office is closed")),
            "nan" => cx.spend(row, Effort::Contact, f64::NAN),
            "share" => cx.spend(row, Effort::Contact, 1.5),
            "row" => cx.plan(row + 99, Form::Joint),
            "nothing-asked" => cx.claim(row, Instrument::Fee, 0, 12),
            "odd-size" => cx.raw(&command(20, 2, 0, row)),
            "short-size" => cx.raw(&command(8, 2, 0, row)),
            "long-size" => cx.raw(&command(4096, 2, 0, row)),
            "cut-off" => cx.raw(&command(24, 2, 0, row)[..12]),
            "kind" => cx.raw(&[command(24, 77, 0, row), vec![0; 8]].concat()),
            "flags" => cx.raw(&[command(24, 2, 1, row), vec![0; 8]].concat()),
            "form" => cx.raw(&[command(24, 2, 0, row), vec![9, 0, 0, 0, 0, 0, 0, 0]].concat()),
            "remember" => {
                let times = cx.own(TIMES, row) + 1.0;
                cx.keep(TIMES, row, times);
                cx.note(row, format!("for the {times}. time"));
            }
            "count" => {
                let times = cx.own(TIMES, row) + 1.0;
                cx.keep(TIMES, row, times);
                cx.measured(DONE, times);
                let draw = cx.uniform(7, row)?;
                cx.spend(row, Effort::Contact, draw / times);
                cx.note(row, format!("for the {times}. time"));
            }
            "bulk" => {
                let pairs = cx.read(COST).iter().zip(cx.read(TIE));
                let sum = pairs.map(|(cost, tie)| *cost as f64 * tie).sum();
                cx.measured(DONE, sum);
            }
            "tell" => {
                let capacity = cx.try_read(CAPACITY).map_or(-1.0, |all| all[0] as f64);
                cx.event(ACTED, row, [1.0, capacity]);
            }
            "tell-nan" => cx.event(ACTED, row, [f64::NAN, 0.0]),
            "tell-unknown" => cx.raw(&event(row, 7, &[])),
            "tell-short" => cx.raw(&event(row, 0, &[1.0])),
            "measure" => cx.measured(DONE, 1.0),
            "measure-nan" => cx.measured(DONE, f64::NAN),
            "keep-nan" => cx.keep(TIMES, row, f64::NAN),
            "log" => cx.log(Level::Warning, "line one\nline two"),
            "all-commands" => self.all_commands(cx, row)?,
            _ => {}
        }
        Ok(())
    }

    /// Behaves: one of each command, with what it saw and drew.
    fn all_commands(&self, cx: &mut Context<'_>, row: u64) -> Result<()> {
        let last = cx.table().rows().len() - 1;
        cx.plan(row, Form::Joint);
        cx.claim(row, Instrument::Fee, cx.read(COST)[last], 12);
        cx.spend(row, Effort::Sales, cx.read(TIE)[last]);
        let draw = cx.uniform(5, row)?;
        cx.note(
            row,
            format!("{}-{:02} draws {draw:.3}", cx.year(), cx.month_of_year()),
        );
        Ok(())
    }
}

impl Drop for Misbehave {
    fn drop(&mut self) {
        assert!(self.how != "drop-panic", "no farewell");
    }
}

/// An event with these values.
fn event(row: u64, place: u32, values: &[f64]) -> Vec<u8> {
    let mut bytes = command(24 + 8 * values.len() as u32, 5, 0, row);
    bytes.extend(place.to_le_bytes());
    bytes.extend((values.len() as u32).to_le_bytes());
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    bytes
}

/// Header of a command.
fn command(size: u32, kind: u16, flags: u16, row: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(size.to_le_bytes());
    bytes.extend(kind.to_le_bytes());
    bytes.extend(flags.to_le_bytes());
    bytes.extend(row.to_le_bytes());
    bytes
}

export_policy!(Misbehave);
