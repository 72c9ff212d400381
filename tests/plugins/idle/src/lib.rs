//! A strategy that does nothing: what differs from it, differs by the strategy.
#![forbid(unsafe_code)]

use zalm_sdk::prelude::*;

columns! {
    project: COST;
}

parameters! {
    /// Does nothing.
    pub struct Idle {}
}

impl Policy for Idle {
    const ABOUT: About = About {
        id: "idle",
        version: env!("CARGO_PKG_VERSION"),
        name_en: "Do nothing",
        name_nl: "Niets doen",
        doc: "Asks nobody for anything.",
    };
    const ROLE: Role = Role::Financing;
    const COLUMNS: &'static [ColumnSpec] = COLUMNS;

    fn step(&self, cx: &mut Context<'_>) -> Result<()> {
        let _ = cx.read(COST);
        Ok(())
    }
}

export_policy!(Idle);
