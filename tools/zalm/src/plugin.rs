//! `zalm plugin`: what an author of a strategy needs, from the first line to the comparison.

/// Compiles a strategy and puts its library where `zalm compare` looks.
mod build;
/// Tests a library against the contract, each test in a process of its own.
mod check;
/// Builds and compares again whenever the source changes.
mod dev;
/// What a strategy says about itself; what a strategy can see and ask.
mod info;
/// Takes over a library that somebody else built.
mod install;
/// The libraries that are there, also the refused.
mod list;
/// One run in which the strategy may be exchanged between two months.
mod live;
/// Pins the libraries of a scenario.
mod lock;
/// Starts a strategy from templates inside the program.
mod new;
/// A strategy as one file to give away.
mod pack;
/// The SDK's own source, inside the program.
mod sdk;
/// The process of a library, to be tried and to run in.
pub mod serve;
/// Whether a library or a pack is what it should be.
mod verify;

use crate::exit::{Exit, Failure};
use clap::Subcommand;

/// Native code is not fenced in; this is said wherever a library is chosen.
pub const RIGHTS: &str =
    "A strategy library is native code: it runs with your rights. Use only what you trust.";

/// Write, build and look at strategy libraries.
#[derive(Subcommand)]
pub enum Plugin {
    New(new::New),
    Build(build::Build),
    Check(check::Check),
    Dev(dev::Dev),
    Install(install::Install),
    Pack(pack::Pack),
    Verify(verify::Verify),
    List(list::List),
    Info(info::Info),
    Lock(lock::LockCommand),
    #[command(hide = true)]
    Serve(serve::Serve),
}

impl Plugin {
    /// Runs the command.
    ///
    /// # Errors
    /// When it cannot do what was asked.
    pub fn execute(&self) -> Result<Exit, Failure> {
        match self {
            Self::New(new) => new.execute(),
            Self::Build(build) => build.execute(),
            Self::Check(check) => check.execute(),
            Self::Dev(dev) => dev.execute(),
            Self::Lock(lock) => lock.execute(),
            Self::Serve(serve) => serve.execute(),
            Self::Install(install) => install.execute(),
            Self::Pack(pack) => pack.execute(),
            Self::Verify(verify) => verify.execute(),
            Self::List(list) => list.execute(),
            Self::Info(info) => info.execute(),
        }
    }
}
