//! `zalm arena`: the effects arena of a project.

use crate::asked::Given;
use crate::exit::{Exit, Failure};
use crate::instruments::{Answer, Form, project};
use clap::Args;
use zalm_instruments::arena;

/// Draw the effects arena of a project: who invests, what is done, what changes, who gains.
///
/// With the theory of change in if-then lines, and the table of payers by life domain, from the
/// amounts that the model itself uses.
#[derive(Args)]
pub struct Arena {
    #[command(flatten)]
    given: Given,
    /// The project, by its id [default: the scenario's first]
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// Severity of the problem that goes: 2 moderate, 3 severe, 4 acute
    #[arg(long, value_name = "2..4", default_value_t = 3,
          value_parser = clap::value_parser!(u8).range(2..=4))]
    severity: u8,
    #[command(flatten)]
    form: Form,
}

impl Arena {
    /// Makes the arena.
    ///
    /// # Errors
    /// When the scenario has problems or the answer cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let voice = self.form.voice()?;
        let checked = self.given.read()?;
        let scenario = &checked.scenario;
        let project = project(scenario, self.project.as_deref())?;
        let made = arena::Arena::new(scenario, project, self.severity.into());
        let version = env!("CARGO_PKG_VERSION");
        self.form.give(&Answer {
            text: arena::text(&made, &voice),
            json: arena::json(&made, &voice),
            files: vec![
                ("arena.html", arena::html(&made, &voice, version)),
                ("arena.csv", arena::csv(&made, &voice)),
                ("arena.svg", arena::svg(&made, &voice).into_string()),
            ],
        })
    }
}
