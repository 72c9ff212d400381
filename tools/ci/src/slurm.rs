//! A comparison on a real cluster: Slurm with two nodes on this machine, and what goes wrong there.
//!
//! Debian's packages `slurm-wlm` and `munge` are all it needs; it listens on the loopback only, runs as
//! any user, and ends with the check.

mod cluster;

use crate::check::Check;
use crate::program::{Said, build, root, said, works};
use cluster::Cluster;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// The scenario: small, and in so many replications that there is time to do harm.
const SCENARIO: &str = "scenarios/tiny.ron";
/// Shards of a comparison.
const SHARDS: u32 = 4;
/// Longest time for anything.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) const CHECK: Check = Check {
    name: "slurm",
    about: "shards on a real Slurm of two nodes: killed tasks, lost nodes, resume, the same bytes",
    run: || {
        if let Some(lacks) = cluster::lacks() {
            eprintln!("no {lacks} on this machine: Slurm was not tried");
            return true;
        }
        match tried() {
            Ok(()) => true,
            Err(why) => {
                eprintln!("FAILED: {why}");
                false
            }
        }
    },
};

/// The comparison, and where.
struct Bench {
    program: PathBuf,
    cluster: Cluster,
    /// The folder of a local run.
    local: PathBuf,
    replications: String,
}

/// A trial with its name: what was tried, in words, or what went wrong.
type Trial = (&'static str, fn(&Bench, &Path) -> Result<String, String>);

fn tried() -> Result<(), String> {
    let program = build(&[]).ok_or("the program does not build")?;
    let started = Instant::now();
    let cluster = Cluster::up()?;
    let took = started.elapsed().as_secs_f64();
    eprintln!("two nodes                 up in {took:.1} s");
    let mut bench = Bench {
        program,
        local: cluster.scratch().join("local"),
        cluster,
        replications: "160".to_owned(),
    };
    bench.local()?;
    let all: [Trial; 5] = [
        ("array and merge", undisturbed),
        ("a task killed", task_killed),
        ("a node set down", node_down),
        ("a node's daemon killed", daemon_killed),
        ("cancelled", cancelled),
    ];
    for (number, (name, one)) in all.into_iter().enumerate() {
        let folder = bench.cluster.scratch().join(format!("run-{number}"));
        let started = Instant::now();
        let tried = one(&bench, &folder)
            .map_err(|why| format!("{name}: {why}\n{}", bench.cluster.log(&folder)))?;
        let took = started.elapsed().as_secs_f64();
        eprintln!("{name:25} {tried}; {took:.1} s");
    }
    Ok(())
}

fn undisturbed(bench: &Bench, folder: &Path) -> Result<String, String> {
    bench.submit(folder)?;
    bench.merged(folder)?;
    Ok(format!(
        "{SHARDS} shards, merged after them; the same as a local run"
    ))
}

fn task_killed(bench: &Bench, folder: &Path) -> Result<String, String> {
    bench.submit(folder)?;
    let victim = bench.process(folder, 2)?;
    if !works("kill", &["-9", &victim]) {
        return Err(format!("process {victim} of shard 2 could not be killed"));
    }
    // The merge is tried after all have ended, and says what it lacks.
    let status = bench.until("the merge ends", || {
        let status = bench.zalm(&["slurm", "status"], folder);
        status.out.contains("merge: not queued").then_some(status)
    })?;
    let says = format!("{} of {SHARDS} shards are done", SHARDS - 1);
    if status.code != Some(3) || !status.out.contains(&says) {
        return Err(format!("status: {status:?}"));
    }
    let log = std::fs::read_to_string(folder.join("slurm/merge.log")).unwrap_or_default();
    if !log.contains("shard 2/4: begun and interrupted") {
        return Err(format!("the merge does not name what is missing: {log}"));
    }
    let resumed = bench.zalm(&["slurm", "resume"], folder);
    if resumed.code != Some(0) || !resumed.out.contains("shards 2: job ") {
        return Err(format!("resume: {resumed:?}"));
    }
    bench.merged(folder)?;
    Ok("the merge named shard 2 (exit code 3), resume submitted it alone; the same".to_owned())
}

fn node_down(bench: &Bench, folder: &Path) -> Result<String, String> {
    bench.submit(folder)?;
    let had = bench.shards_on("n2", folder)?;
    bench.cluster.set_down("n2", "test")?;
    bench.until("the node's shards are ended", || {
        (cluster::shards_on("n2", folder) == 0).then_some(())
    })?;
    bench.cluster.resume_node("n2");
    bench.without_waiting(folder)?;
    Ok(format!(
        "the node had {had} shards, which Slurm put back in the queue and which went on from their \
         journals; the same"
    ))
}

fn daemon_killed(bench: &Bench, folder: &Path) -> Result<String, String> {
    bench.submit(folder)?;
    bench.shards_on("n2", folder)?;
    let killed = bench.cluster.kill_node("n2", folder)?;
    if killed == 0 {
        return Err("the node's shards were done before they could be killed".to_owned());
    }
    bench.cluster.set_down("n2", "lost")?;
    bench.cluster.start_node("n2")?;
    bench.cluster.resume_node("n2");
    bench.without_waiting(folder)?;
    Ok(format!(
        "daemon and {killed} shards of n2 killed, daemon started again, what Slurm gave up resumed; \
         the same"
    ))
}

fn cancelled(bench: &Bench, folder: &Path) -> Result<String, String> {
    bench.submit(folder)?;
    bench.process(folder, 1)?;
    let cancelled = bench.zalm(&["slurm", "cancel"], folder);
    if cancelled.code != Some(0) {
        return Err(format!("cancel: {cancelled:?}"));
    }
    bench.until("all is off the queue", || {
        let status = bench.zalm(&["slurm", "status"], folder);
        let queued = status.out.contains("RUNNING") || status.out.contains("COMPLETING");
        (!queued && status.out.contains("not queued")).then_some(())
    })?;
    let resumed = bench.zalm(&["slurm", "resume"], folder);
    if resumed.code != Some(0) {
        return Err(format!("resume: {resumed:?}"));
    }
    bench.merged(folder)?;
    Ok("what was played was kept, resume did the rest; the same".to_owned())
}

impl Bench {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(root()).args(words);
        command
            .env("ZALM_LANG", "en")
            .env("SLURM_CONF", self.cluster.conf());
        command
    }

    fn zalm(&self, words: &[&str], folder: &Path) -> Said {
        said(self.command(words).arg(folder))
    }

    /// The comparison on this machine alone; in as many replications as take some seconds.
    fn local(&mut self) -> Result<(), String> {
        let words = [
            "compare",
            SCENARIO,
            "--replications",
            &self.replications,
            "--out",
        ];
        let ended = self.zalm(&words, &self.local);
        if ended.code == Some(0) {
            Ok(())
        } else {
            Err(format!("a local comparison: {ended:?}"))
        }
    }

    fn submit(&self, folder: &Path) -> Result<(), String> {
        let out = folder.display().to_string();
        let shards = SHARDS.to_string();
        let words = [
            "slurm",
            "submit",
            SCENARIO,
            "--replications",
            &self.replications,
            "--shards",
            &shards,
            "--out",
            &out,
            "--",
            "-c",
            "1",
            "-t",
            "10",
            "--requeue",
        ];
        let submitted = said(&mut self.command(&words));
        let jobs = submitted.out.matches(": job ").count();
        if submitted.code == Some(0) && jobs == 2 {
            Ok(())
        } else {
            Err(format!("submit: {submitted:?}"))
        }
    }

    /// Waits for the process of a shard, until it has kept a unit.
    fn process(&self, folder: &Path, shard: u32) -> Result<String, String> {
        let part = format!("--shard\0{shard}/{SHARDS}\0");
        let out = folder.display().to_string();
        let journal = folder.join(format!("shards/{shard}-of-{SHARDS}/units.journal"));
        self.until("a shard keeps a unit", || {
            let begun = std::fs::metadata(&journal).is_ok_and(|about| about.len() > 16);
            let own = |words: &str| words.contains(&part) && words.contains(&out);
            begun.then(|| cluster::process(own)).flatten()
        })
    }

    /// Waits for shards on a node, after a unit has been kept by one; how many there are.
    fn shards_on(&self, node: &str, folder: &Path) -> Result<usize, String> {
        self.process(folder, 1)?;
        self.until("a shard on the node", || {
            let shards = cluster::shards_on(node, folder);
            (shards > 0).then_some(shards)
        })
    }

    /// Waits for the merge, and holds the folder against the local one.
    fn merged(&self, folder: &Path) -> Result<(), String> {
        self.until("the merge", || {
            folder.join("run.json").exists().then_some(())
        })?;
        let status = self.zalm(&["slurm", "status"], folder);
        if status.code != Some(0) || !status.out.contains("merged") {
            return Err(format!("status: {status:?}"));
        }
        for entry in std::fs::read_dir(&self.local)
            .map_err(|error| error.to_string())?
            .flatten()
        {
            let name = entry.file_name();
            let (one, other) = (entry.path(), folder.join(&name));
            let same = std::fs::read(&one).ok() == std::fs::read(&other).ok();
            // run.json ends with the machine; its digests of the files come before.
            if one.is_file() && name != "run.json" && !same {
                return Err(format!("{} differs from a local run", other.display()));
            }
        }
        let digests = |folder: &Path| {
            let text = std::fs::read_to_string(folder.join("run.json")).unwrap_or_default();
            text.split("\"host\"").next().map(str::to_owned)
        };
        if digests(folder) == digests(&self.local) {
            Ok(())
        } else {
            Err("run.json differs from a local run".to_owned())
        }
    }

    /// As [`Self::merged`]; a task that is queued again need not wait its two minutes.
    fn without_waiting(&self, folder: &Path) -> Result<(), String> {
        self.until("the merge", || {
            self.cluster.start_now();
            // A task that Slurm counts as failed is not queued again by itself.
            if self
                .zalm(&["slurm", "status"], folder)
                .out
                .contains("merge: not queued")
            {
                self.zalm(&["slurm", "resume"], folder);
            }
            folder.join("run.json").exists().then_some(())
        })?;
        self.merged(folder)
    }

    fn until<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> Result<T, String> {
        cluster::until(what, PATIENCE, look)
    }
}
