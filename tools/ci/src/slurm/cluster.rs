//! Slurm with two nodes on this machine, in a folder of its own.

use crate::program::{said, works};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Programs that it takes.
const PROGRAMS: [&str; 6] = [
    "munged",
    "slurmctld",
    "slurmd",
    "sbatch",
    "squeue",
    "scontrol",
];
/// Where Debian puts daemons.
const SBIN: &str = "/usr/sbin";

/// A cluster that is up; down with the value.
pub(super) struct Cluster {
    scratch: PathBuf,
}

/// What of it is not on this machine.
pub(super) fn lacks() -> Option<&'static str> {
    let path = std::env::var("PATH").unwrap_or_default();
    let there = |name: &str| {
        path.split(':')
            .chain([SBIN])
            .any(|folder| Path::new(folder).join(name).exists())
    };
    PROGRAMS.into_iter().find(|name| !there(name))
}

/// Looks again and again.
pub(super) fn until<T>(
    what: &str,
    patience: Duration,
    look: impl Fn() -> Option<T>,
) -> Result<T, String> {
    let begun = Instant::now();
    while begun.elapsed() < patience {
        if let Some(found) = look() {
            return Ok(found);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(format!(
        "waited {} s for this in vain: {what}",
        patience.as_secs()
    ))
}

/// The number of the process whose words, each ended by a zero byte, are these.
pub(super) fn process(own: impl Fn(&str) -> bool) -> Option<String> {
    let mut all = fs::read_dir("/proc").ok()?.flatten();
    let found = all.find(|entry| {
        let words = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        own(&String::from_utf8_lossy(&words))
    });
    found?.file_name().into_string().ok()
}

/// A word of the program that plays a shard, but not of the script that starts it.
const SHARD: &str = "--shard\0";

/// Processes of a folder that Slurm runs on a node, by the environment that it gave them: number and
/// words.
fn tasks_on(node: &str, folder: &Path) -> Vec<(String, String)> {
    let out = folder.display().to_string();
    let on = format!("SLURMD_NODENAME={node}\0");
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let task = all.map(|entry| {
        let read = |name| fs::read(entry.path().join(name)).unwrap_or_default();
        let words = String::from_utf8_lossy(&read("cmdline")).into_owned();
        let own = String::from_utf8_lossy(&read("environ")).contains(&on);
        let number = entry.file_name().to_string_lossy().into_owned();
        (own && words.contains(&out)).then_some((number, words))
    });
    task.flatten().collect()
}

/// Shards of a folder that are being played on a node.
pub(super) fn shards_on(node: &str, folder: &Path) -> usize {
    let tasks = tasks_on(node, folder);
    let shards = tasks.iter().filter(|(_, words)| words.contains(SHARD));
    shards.count()
}

impl Cluster {
    /// Writes its files, starts its daemons, and waits for both nodes.
    pub(super) fn up() -> Result<Self, String> {
        let scratch = std::env::temp_dir().join(format!("zalm-slurm-{}", std::process::id()));
        let cluster = Self { scratch };
        let failed = |error: std::io::Error| error.to_string();
        for folder in ["munge", "log", "state", "spool/n1", "spool/n2"] {
            fs::create_dir_all(cluster.scratch.join(folder)).map_err(failed)?;
        }
        let mut key = [0; 1024];
        let mut random = fs::File::open("/dev/urandom").map_err(failed)?;
        random.read_exact(&mut key).map_err(failed)?;
        fs::write(cluster.at("munge/munge.key"), key).map_err(failed)?;
        works("chmod", &["400", &cluster.at("munge/munge.key")]);
        works("chmod", &["755", &cluster.at("munge"), &cluster.at("")]);
        fs::write(cluster.conf(), cluster.configuration()?).map_err(failed)?;
        let file = |option: &str, name: &str| format!("--{option}={}", cluster.at(name));
        daemon(
            "munged",
            &[
                "--force",
                &file("key-file", "munge/munge.key"),
                &file("socket", "munge/munge.sock"),
                &file("pid-file", "munge.pid"),
                &file("log-file", "log/munged.log"),
                &file("seed-file", "munge/munge.seed"),
            ],
        )?;
        daemon("slurmctld", &["-c", "-f", &cluster.conf()])?;
        cluster.start_node("n1")?;
        cluster.start_node("n2")?;
        until("two idle nodes", Duration::from_secs(30), || {
            let nodes = said(cluster.slurm("sinfo").args(["-h", "-N", "-o", "%T"]));
            (nodes.out.matches("idle").count() == 2).then_some(())
        })
        .map_err(|why| {
            let log = fs::read_to_string(cluster.at("log/slurmctld.log")).unwrap_or_default();
            format!("{why}\n{log}")
        })?;
        Ok(cluster)
    }

    /// Its folder.
    pub(super) fn scratch(&self) -> &Path {
        &self.scratch
    }

    /// Its configuration, for `SLURM_CONF`.
    pub(super) fn conf(&self) -> String {
        self.at("slurm.conf")
    }

    fn at(&self, name: &str) -> String {
        self.scratch.join(name).display().to_string()
    }

    fn slurm(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("SLURM_CONF", self.conf());
        command
    }

    /// Starts the daemon of a node.
    pub(super) fn start_node(&self, node: &str) -> Result<(), String> {
        daemon("slurmd", &["-c", "-N", node, "-f", &self.conf()])
    }

    /// Tells the controller that a node is down, and why.
    pub(super) fn set_down(&self, node: &str, why: &str) -> Result<(), String> {
        let (node, why) = (format!("NodeName={node}"), format!("Reason={why}"));
        let words = ["update", &node, "State=DOWN", &why];
        let told = said(self.slurm("scontrol").args(words));
        if told.code == Some(0) {
            Ok(())
        } else {
            Err(format!("scontrol {words:?}: {told:?}"))
        }
    }

    /// Puts a node back to work, unless its daemon has done so by itself.
    pub(super) fn resume_node(&self, node: &str) {
        let name = format!("NodeName={node}");
        said(
            self.slurm("scontrol")
                .args(["update", &name, "State=RESUME"]),
        );
    }

    /// Lets what waits begin now: a task that is queued again waits two minutes by itself.
    pub(super) fn start_now(&self) {
        let waiting = said(self.slurm("squeue").args(["-h", "-r", "-o", "%i|%r"]));
        for line in waiting.out.lines() {
            if let Some((task, "BeginTime")) = line.trim().split_once('|') {
                let job = format!("JobId={task}");
                said(
                    self.slurm("scontrol")
                        .args(["update", &job, "StartTime=now"]),
                );
            }
        }
    }

    /// Kills the daemon of a node and all that it runs for a folder; gives how many shards that were.
    pub(super) fn kill_node(&self, node: &str, folder: &Path) -> Result<usize, String> {
        let file = self.at(&format!("slurmd-{node}.pid"));
        let number = fs::read_to_string(file).map_err(|error| error.to_string())?;
        let kill = |number: &str| works("kill", &["-9", number.trim()]);
        if !kill(&number) {
            return Err(format!("slurmd {number} could not be killed"));
        }
        let tasks = tasks_on(node, folder);
        let shards = tasks.iter().filter(|(number, words)| {
            let killed = kill(number);
            killed && words.contains(SHARD)
        });
        Ok(shards.count())
    }

    /// What the jobs of a folder and the controller said last.
    pub(super) fn log(&self, folder: &Path) -> String {
        let mut text = String::new();
        let jobs = fs::read_dir(folder.join("slurm"))
            .into_iter()
            .flatten()
            .flatten();
        let logs = jobs
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "log"));
        for file in logs.chain([PathBuf::from(self.at("log/slurmctld.log"))]) {
            let said = fs::read_to_string(&file).unwrap_or_default();
            let lines: Vec<&str> = said.lines().collect();
            text += &format!("-- {}\n", file.display());
            text += &lines[lines.len().saturating_sub(12)..].join("\n");
            text.push('\n');
        }
        text
    }

    fn configuration(&self) -> Result<String, String> {
        let host = said(&mut Command::new("hostname")).out;
        let user = said(Command::new("id").arg("-un")).out;
        let (host, user, at) = (host.trim(), user.trim(), self.at(""));
        let at = at.trim_end_matches('/');
        let about = fs::read_to_string("/proc/meminfo").map_err(|error| error.to_string())?;
        let kilobytes = about
            .lines()
            .next()
            .and_then(|line| line.split_whitespace().nth(1));
        let memory = kilobytes
            .and_then(|text| text.parse::<u64>().ok())
            .unwrap_or(2_000_000)
            / 2048;
        let node = |name: &str, port: u32| {
            format!(
                "NodeName={name} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs=2 \
                 RealMemory={memory} State=UNKNOWN\n"
            )
        };
        Ok(format!(
            "ClusterName=zalmtest\nSlurmctldHost={host}(127.0.0.1)\nSlurmUser={user}\n\
             SlurmdUser={user}\nSlurmctldPort=16817\nAuthType=auth/munge\n\
             AuthInfo=socket={at}/munge/munge.sock\nCredType=cred/munge\n\
             CommunicationParameters=NoCtldInAddrAny,NoInAddrAny\nMpiDefault=none\n\
             ProctrackType=proctrack/linuxproc\nTaskPlugin=task/none\n\
             JobAcctGatherType=jobacct_gather/linux\n\
             AccountingStorageType=accounting_storage/none\nJobCompType=jobcomp/filetxt\n\
             JobCompLoc={at}/log/jobcomp.txt\nSchedulerType=sched/backfill\n\
             SelectType=select/cons_tres\nSelectTypeParameters=CR_Core\n\
             SchedulerParameters=sched_interval=2,bf_interval=2,batch_sched_delay=0,sched_min_interval=0\n\
             ReturnToService=2\nSlurmdParameters=config_overrides\nMaxArraySize=10001\n\
             JobRequeue=1\nKillWait=2\nMinJobAge=86400\nSlurmctldTimeout=30\nSlurmdTimeout=30\n\
             SlurmctldPidFile={at}/slurmctld.pid\nSlurmdPidFile={at}/slurmd-%n.pid\n\
             SlurmctldLogFile={at}/log/slurmctld.log\nSlurmdLogFile={at}/log/slurmd-%n.log\n\
             StateSaveLocation={at}/state\nSlurmdSpoolDir={at}/spool/%n\n{}{}\
             PartitionName=test Nodes=n1,n2 Default=YES MaxTime=01:00:00 State=UP\n",
            node("n1", 17001),
            node("n2", 17002),
        ))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        said(self.slurm("scancel").args(["--quiet", "--me"]));
        for name in [
            "slurmd-n1.pid",
            "slurmd-n2.pid",
            "slurmctld.pid",
            "munge.pid",
        ] {
            if let Ok(number) = fs::read_to_string(self.at(name)) {
                works("kill", &[number.trim()]);
            }
        }
        if std::env::var_os("ZALM_KEEP_SLURM").is_none() {
            std::thread::sleep(Duration::from_millis(500));
            let _ = fs::remove_dir_all(&self.scratch);
        }
    }
}

/// Starts a daemon, which goes to the background by itself.
fn daemon(name: &str, words: &[&str]) -> Result<(), String> {
    let program = Path::new(SBIN).join(name);
    let program = if program.exists() {
        program
    } else {
        PathBuf::from(name)
    };
    let started = said(Command::new(program).args(words));
    if started.code == Some(0) {
        Ok(())
    } else {
        Err(format!("{name} does not start: {started:?}"))
    }
}
