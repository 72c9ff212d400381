//! `zalm compare --shard I/N`: one part of a comparison, in a folder that machines share.

use crate::compare::{Compare, KEEP, Question};
use crate::exit::{Exit, Failure, error};
use crate::say::say;
use crate::stderr::tell;
use crate::stdout::print;
use crate::under_way::{self, holder, program_sha256, unusable};
use crate::words;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use zalm_experiment::store::Recipe;
use zalm_experiment::store::shards::{self, Marker, Plan, Shard};
use zalm_experiment::{Part, Study};

/// Plays what is missing of a part, and marks it as done.
///
/// # Errors
/// When something is wrong with the folder, or when it is interrupted.
pub fn play(
    compare: &Compare,
    question: &Question,
    (part, out): (Part, &Path),
    stop: &AtomicBool,
) -> Result<Exit, Failure> {
    let all_units = question.points.len() * question.replications().len();
    let opened = shards::open(
        out,
        (part, all_units),
        &question.provenance,
        &program_sha256()?,
        &holder(),
    );
    let shard = match opened.map_err(|error| unusable(&error))? {
        Shard::Merged => {
            tell(say("complete-already", &[("folder", &out.display())]));
            return Ok(Exit::Good);
        }
        Shard::Done(marker) => {
            tell(say("shard-done-already", &[("shard", &part)]));
            return shown(&marker);
        }
        Shard::UnderWay(shard) => shard,
    };
    let folder = shard.under_way();
    let study = Study::in_folder(question.scenario(), &question.source, folder);
    let ended = |error| under_way::ended(error, folder);
    let placed = study.place(&question.points, KEEP).map_err(ended)?;
    let replications = question.replications();
    let all = placed.part(replications.clone(), part);
    under_way::tell_resuming(all);
    let (units, failed) = compare
        .playing(question, all, stop, |options| {
            placed.run_part(replications, part, options)
        })
        .map_err(ended)?;
    drop(placed);
    drop(study);
    let marker = shard.finish(&units, failed).map_err(|e| unusable(&e))?;
    let plan = Plan {
        shards: part.of(),
        units: all_units,
    };
    if shards::missing(out, plan).is_empty() {
        let folder = out.display().to_string();
        let command = words::line(["zalm", "merge", &folder]);
        tell(say(
            "all-shards-done",
            &[("shards", &part.of()), ("command", &command)],
        ));
    }
    shown(&marker)
}

fn shown(marker: &Marker) -> Result<Exit, Failure> {
    let done = say(
        "shard-done",
        &[
            ("shard", &marker.shard),
            ("of", &marker.shards),
            ("units", &marker.units),
            ("sha256", &marker.sha256),
        ],
    );
    print(&(done + "\n"))?;
    if marker.failed_runs == 0 {
        return Ok(Exit::Good);
    }
    tell(error(say(
        "shard-failed",
        &[("failed", &marker.failed_runs)],
    )));
    Ok(Exit::FailedRuns)
}

/// The command that plays a shard of a recipe.
pub fn command(recipe: &Recipe, shard: u32, of: u32, out: &Path) -> String {
    let (part, out) = (format!("{shard}/{of}"), out.display().to_string());
    let more = ["--lang", &recipe.language, "--shard", &part, "--out", &out];
    let own = recipe.words.iter().map(String::as_str);
    words::line(["zalm"].into_iter().chain(own).chain(more))
}
