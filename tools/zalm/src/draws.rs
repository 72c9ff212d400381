//! What questions over draws are asked with: how many, of which parameters, under which stressor.

use crate::analyses::repeated;
use clap::Args;

/// Draws of the parameters.
#[derive(Args)]
pub struct Draws {
    /// Draws
    #[arg(id = "draws", long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    count: u32,
    #[command(flatten)]
    pub vary: Vary,
    #[command(flatten)]
    pub under: Under,
}

/// The parameters that vary.
#[derive(Args)]
pub struct Vary {
    /// Parameters that vary: a name, or a beginning such as `team.*`; can be repeated [default: all]
    #[arg(id = "vary", long, value_name = "NAME")]
    pub names: Vec<String>,
}

/// The one stressor of a question.
#[derive(Args)]
pub struct Under {
    /// Stressor [default: the scenario's first]
    #[arg(long, value_name = "NAME")]
    pub stressor: Option<String>,
}

impl Draws {
    /// How many.
    pub fn count(&self) -> usize {
        self.count as usize
    }

    /// The same as words of a command.
    pub fn words(&self) -> Vec<(&'static str, String)> {
        let mut words = vec![("--draws", self.count.to_string())];
        words.extend(self.vary.words());
        words.extend(self.under.words());
        words
    }
}

impl Vary {
    /// The same as words of a command.
    pub fn words(&self) -> Vec<(&'static str, String)> {
        repeated("--vary", &self.names)
    }
}

impl Under {
    /// The same as words of a command.
    pub fn words(&self) -> Option<(&'static str, String)> {
        let name = self.stressor.clone()?;
        Some(("--stressor", name))
    }
}
