//! The program from outside: what it prints, what it writes, how it ends.

/// `zalm stress`, `robust`, `break-even`, `reverse-stress`, `sensitivity`, `discover`, `value`.
pub(crate) mod analyses;
/// `zalm calibrate`: fitted against observed.
mod calibrate;
/// `zalm export caseload`, `zalm import caseload`: a project's own cases.
mod caseload;
/// `zalm compare`: table, document, run folder.
mod compare;
/// Runs that were interrupted, and how they go on.
mod continuing;
/// How the program ends when something is wrong.
mod endings;
/// `zalm experts`: opinions as distributions.
mod experts;
/// `zalm import cbs`.
mod import;
/// `zalm scan`, `zalm arena`, `zalm mkba`.
mod instruments;
/// Strategies that are bad in one way each.
mod misbehaving;
/// Pages of what is odd.
mod pages;
/// `zalm plugin`: from a name to a compared strategy.
mod plugin;
/// `zalm verify`, `rerun`, `export`: a folder that says where it comes from.
mod provenance;
/// What cannot be asked, and what to do instead.
mod refused;
/// `zalm compare --shard`, `zalm merge`.
mod shards;
/// The commands that show and check.
mod shows;
/// `zalm tell`: a life or a story, counted and told.
mod tell;

use zalm_tests::{run, zalm};

/// The scenario of these tests.
const TINY: &str = "scenarios/tiny.ron";

/// What the program said, and how it ended.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Said {
    /// The document on stdout, which is all that is there.
    fn json(&self) -> serde_json::Value {
        assert_eq!(self.code, Some(0), "{self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Ended with this code, and a text on stdout that holds all of these.
    fn gives(&self, code: i32, texts: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        for text in texts {
            assert!(self.out.contains(text), "no {text:?} in {}", self.out);
        }
    }

    /// Ended with this code, a text on stderr that holds all of these, and nothing on stdout.
    fn refused(&self, code: i32, texts: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.out.is_empty(), "{self:?}");
        for text in texts {
            assert!(self.err.contains(text), "no {text:?} in {}", self.err);
        }
    }
}

/// Runs the program from the root.
fn say(arguments: &[&str]) -> Said {
    said(zalm().args(arguments))
}

fn said(command: &mut std::process::Command) -> Said {
    let output = run(command);
    Said {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A path as an argument.
fn word(path: &std::path::Path) -> &str {
    path.to_str().expect("a temporary folder with a plain name")
}
