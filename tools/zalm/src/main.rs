//! The program `zalm`: a table of contents of its commands, one file each.
#![forbid(unsafe_code)]

/// Compares strategies: runs, statistics, run folder, report.
mod compare;
/// Asks the patterns of the seeds of a scenario.
mod patterns;
/// Makes the report of a run again.
mod report;
/// Repeats one run and shows what happened in it.
mod run;

/// A run folder as an RO-Crate, a caseload as a spreadsheet.
mod export;
/// The run folder of a comparison that was played in shards.
mod merge;
/// Makes a run folder again, and compares the two.
mod rerun;
/// Shards on a cluster with Slurm.
mod slurm;
/// Checks a run folder by its digests and by playing again.
mod verify;

/// The effects arena of a project.
mod arena;
/// The indicative cost-benefit analysis.
mod mkba;
/// The 4+1 scan of a project.
mod scan;
/// One household's life or one project's story.
mod tell;

/// Break-even points along a parameter.
mod break_even;
/// Where a strategy fails, in words.
mod discover;
/// Who gains and who loses.
mod groups;
/// The reverse stress test: the nearest failure.
mod reverse_stress;
/// Regret and robustness over stressors.
mod robust;
/// Which numbers an answer hangs on.
mod sensitivity;
/// The stress test: stressors at several severities.
mod stress;
/// What an effect costs, and how sure the choice is.
mod value;

/// Holds the model against what was observed, and fits it.
mod calibrate;
/// Checks scenario files without a run.
mod check;
/// Pools what experts say of parameters.
mod experts;
/// Makes files for scenarios from public figures and from a project's own cases.
mod import;
/// Lists what a scenario measures.
mod metrics;
/// Lists the numbers a scenario rests on.
mod parameters;
/// Shows the order of a month, and what a comparison would do.
mod plan;
/// For authors of strategies, and who uses theirs.
mod plugin;

// What the commands share: what is asked, how it is told; each file says what it is.
mod after_runs;
mod again;
mod analyses;
mod asked;
mod caseload;
mod choice;
mod clock;
mod columns;
mod design;
mod draws;
mod exit;
mod fault;
mod instruments;
mod interrupt;
mod language;
mod made;
mod nearest;
mod pattern_tables;
mod place_in_text;
mod plugin_problems;
mod profile;
mod progress;
mod provenance;
mod run_folder;
mod say;
mod shard;
mod shocks;
mod stderr;
mod stdout;
mod threads;
mod under_way;
mod whole_file;
mod words;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use exit::{Exit, Failure, exit_codes};
use std::process::ExitCode;

/// Simulates what becomes of good social projects when their temporary money stops.
#[derive(Parser)]
#[command(name = "zalm", version, after_help = exit_codes(), arg_required_else_help = true)]
struct Zalm {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Compare(compare::Compare),
    Report(report::Report),
    Merge(merge::Merge),
    Verify(verify::Verify),
    Rerun(rerun::Rerun),
    #[command(subcommand)]
    Export(export::Export),
    #[command(subcommand)]
    Slurm(slurm::Slurm),
    Patterns(patterns::Patterns),
    Run(run::Run),
    Scan(scan::ScanCommand),
    Arena(arena::Arena),
    Mkba(mkba::MkbaCommand),
    Tell(tell::TellCommand),
    Stress(stress::Stress),
    Robust(robust::Robust),
    BreakEven(break_even::BreakEven),
    ReverseStress(reverse_stress::ReverseStress),
    Sensitivity(sensitivity::Sensitivity),
    Discover(discover::Discover),
    Value(value::ValueCommand),
    Groups(groups::GroupsCommand),
    Experts(experts::ExpertsCommand),
    Plan(plan::Plan),
    Calibrate(calibrate::Calibrate),
    Check(check::Check),
    #[command(subcommand)]
    Import(import::Import),
    Parameters(parameters::Parameters),
    Metrics(metrics::Metrics),
    #[command(subcommand)]
    Plugin(plugin::Plugin),
}

fn main() -> ExitCode {
    let words = run::shards_are_compared(std::env::args_os());
    let matches = Zalm::command().get_matches_from(words);
    let zalm = Zalm::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    stdout::keep_for_results();
    // Some runs may have been under way when a library ended the program.
    zalm_plugin_host::arm(Exit::FailedRuns as i32);
    let ended = fault::catch(|| ended(say::speak(&matches).and_then(|()| execute(&zalm.command))));
    zalm_plugin_host::disarm();
    ended.into()
}

/// Says why a command could not do what was asked.
fn ended(ended: Result<Exit, Failure>) -> Exit {
    ended.unwrap_or_else(|Failure { exit, text }| {
        stderr::tell(text);
        exit
    })
}

fn execute(command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::Compare(compare) => compare.execute(),
        Command::Report(report) => report.execute(),
        Command::Merge(merge) => merge.execute(),
        Command::Verify(verify) => verify.execute(),
        Command::Rerun(rerun) => rerun.execute(),
        Command::Export(export) => export.execute(),
        Command::Slurm(slurm) => slurm.execute(),
        Command::Patterns(patterns) => patterns.execute(),
        Command::Run(run) => run.execute(),
        Command::Scan(scan) => scan.execute(),
        Command::Arena(arena) => arena.execute(),
        Command::Mkba(mkba) => mkba.execute(),
        Command::Tell(tell) => tell.execute(),
        Command::Stress(stress) => stress.execute(),
        Command::Robust(robust) => robust.execute(),
        Command::BreakEven(break_even) => break_even.execute(),
        Command::ReverseStress(reverse) => reverse.execute(),
        Command::Sensitivity(sensitivity) => sensitivity.execute(),
        Command::Discover(discover) => discover.execute(),
        Command::Value(value) => value.execute(),
        Command::Groups(groups) => groups.execute(),
        Command::Experts(experts) => experts.execute(),
        Command::Plan(plan) => plan.execute(),
        Command::Calibrate(calibrate) => calibrate.execute(),
        Command::Check(check) => check.execute(),
        Command::Import(import) => import.execute(),
        Command::Parameters(parameters) => parameters.execute(),
        Command::Metrics(metrics) => metrics.execute(),
        Command::Plugin(plugin) => plugin.execute(),
    }
}
