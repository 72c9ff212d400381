//! Strategies in processes of their own: whatever a library does there, abort, bad write or endless
//! loop, ends its own run with a record and nothing else. The calls and the bytes are the same.
//!
//! A process serves one run at a time; after a good run it serves the next, after a bad one it is
//! gone. The line between both is a socket, as a strategy may print on the usual streams.

use crate::desk::Answer;
use crate::library::Library;
use crate::log::{Log, LogLevel};
use crate::native::{Backend, Made};
use crate::own::Scratch;
use crate::process::{OwnProcess, Silence, ending, signal};
use crate::refusal::{Refusal, RefusalCode};
use crate::search::Found;
use crate::wire::{Message, Received, garbled};
use std::io::{Error, ErrorKind, Read, Result, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::result::Result as Outcome;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use zalm_abi::ZalmStatus;
use zalm_model::{StrategyRandom, View};

mod serve;

pub use serve::serve;

/// Whether a library can have a process of its own on this system.
pub(crate) const HERE: bool = true;

const CREATE: u8 = 1;
const STEP: u8 = 2;
const DRAWN: u8 = 3;
const DRAW: u8 = 4;
const DONE: u8 = 5;
const END: u8 = 6;

/// What a process says first: the library is loaded, it is refused, or it is another one by now.
const LOADED: u64 = 0;
const REFUSED: u64 = 1;
const CHANGED: u64 = 2;

/// Time that a process has to end after it hung up.
const GRACE: Duration = Duration::from_secs(5);

/// The processes of one library that wait for their next run.
pub(crate) struct Pool {
    how: OwnProcess,
    file: PathBuf,
    sha256: String,
    /// Plugin id, for the log.
    plugin: String,
    log: Arc<Log>,
    idle: Mutex<Vec<Process>>,
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pool")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

struct Process {
    child: Child,
    line: UnixStream,
    limit: Duration,
    memory: u32,
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be gone already; either way nothing of it stays.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Pool {
    pub fn new(how: OwnProcess, found: &Found, log: &Arc<Log>) -> Arc<Self> {
        let manifest = found.manifest.as_ref();
        Arc::new(Self {
            how,
            file: found.file.clone(),
            sha256: found.sha256.clone(),
            plugin: manifest.map_or_else(|_| String::new(), |manifest| manifest.id.clone()),
            log: Arc::clone(log),
            idle: Mutex::default(),
        })
    }

    /// Loads the library in a process, which then waits for its first run.
    ///
    /// # Errors
    /// Why there is no such process.
    pub fn load(&self) -> Outcome<(), Silence> {
        let process = Process::start(&self.how, &self.file, &self.sha256)?;
        self.idle().push(process);
        Ok(())
    }

    /// A fresh instance in a process of its own, when the plugin makes one, and what it said.
    ///
    /// # Errors
    /// Why the process did not answer.
    pub fn create(
        self: &Arc<Self>,
        library: &Arc<Library>,
        parameters: &str,
    ) -> Outcome<Made<Isolated>, Silence> {
        let idle = self.idle().pop();
        let mut process = match idle {
            Some(process) => process,
            None => Process::start(&self.how, &self.file, &self.sha256)?,
        };
        process.come_here();
        let asked = Message::new(CREATE).bytes(parameters.as_bytes());
        let mut answered = process.ask(asked, None)?;
        let made = answered.number().map_err(|_| Silence::Garbled)? == 1;
        let (status, answer) = read_answer(&mut answered).map_err(|_| Silence::Garbled)?;
        let isolated = made.then(|| Isolated {
            process: Some(process),
            library: Arc::clone(library),
            pool: Arc::clone(self),
        });
        Ok((isolated, status, answer))
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Process>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Process {
    /// A process that has loaded the library.
    fn start(how: &OwnProcess, file: &Path, sha256: &str) -> Outcome<Self, Silence> {
        let (child, line) = Self::connected(how, file, sha256)?;
        let mut process = Self {
            child,
            line,
            limit: how.limit,
            memory: how.memory,
        };
        let mut first = process.hear(None)?;
        match first.number() {
            Ok(LOADED) => Ok(process),
            Ok(REFUSED) => Err(read_refusal(&mut first, file).unwrap_or(Silence::Garbled)),
            Ok(CHANGED) => Err(Silence::Changed),
            _ => Err(Silence::Garbled),
        }
    }

    /// A process, and the line to it: it connects before it touches the library.
    fn connected(
        how: &OwnProcess,
        file: &Path,
        sha256: &str,
    ) -> Outcome<(Child, UnixStream), Silence> {
        let folder = tempfile::tempdir().map_err(Silence::NotStarted)?;
        let socket = folder.path().join("line");
        let listener = UnixListener::bind(&socket).map_err(Silence::NotStarted)?;
        let mut child = Command::new(&how.program)
            .args(&how.words)
            .arg(how.memory.to_string())
            .arg(&socket)
            .arg(file)
            .arg(sha256)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Silence::NotStarted)?;
        let line = accepted(&listener, &mut child, how.limit).and_then(|line| {
            line.set_nonblocking(false)?;
            line.set_read_timeout(Some(how.limit))?;
            line.set_write_timeout(Some(how.limit))?;
            Ok(line)
        });
        match line {
            Ok(line) => Ok((child, line)),
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(Silence::NotStarted(error))
            }
        }
    }

    /// Lets it run where its run is played. They take turns, and the turn passes sooner on one processor
    /// than to another one that must be woken. Only speed depends on it.
    fn come_here(&self) {
        #[cfg(target_os = "linux")]
        {
            use rustix::thread::{CpuSet, Pid, sched_getcpu, sched_setaffinity};
            let mut here = CpuSet::new();
            here.set(sched_getcpu());
            let _ = sched_setaffinity(Some(Pid::from_child(&self.child)), &here);
        }
    }

    /// Sends a request and gives the answer; draws random numbers for it in between.
    ///
    /// # Errors
    /// Why there is no answer.
    fn ask(
        &mut self,
        request: Message,
        random: Option<&dyn StrategyRandom>,
    ) -> Outcome<Received, Silence> {
        match request.send(&mut self.line) {
            Ok(()) => self.hear(random),
            Err(error) => Err(self.silence(&error)),
        }
    }

    /// The next answer; draws random numbers for it in between.
    fn hear(&mut self, random: Option<&dyn StrategyRandom>) -> Outcome<Received, Silence> {
        answer_on(&mut self.line, random).map_err(|error| self.silence(&error))
    }

    fn silence(&mut self, error: &Error) -> Silence {
        match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Silence::Late(self.limit),
            ErrorKind::InvalidData => Silence::Garbled,
            _ => self.end(),
        }
    }

    /// How the process ended that hung up; one that only hung up is ended.
    fn end(&mut self) -> Silence {
        let begun = Instant::now();
        while begun.elapsed() < GRACE {
            if let Ok(Some(status)) = self.child.try_wait() {
                let memory = signal(status).map(|_| self.memory);
                return Silence::Ended(ending(status), memory);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Silence::Ended("closed the line to the program".into(), None)
    }
}

/// The line to a process that was started.
fn accepted(listener: &UnixListener, child: &mut Child, limit: Duration) -> Result<UnixStream> {
    listener.set_nonblocking(true)?;
    let begun = Instant::now();
    loop {
        match listener.accept() {
            Ok((line, _)) => return Ok(line),
            Err(error) if error.kind() != ErrorKind::WouldBlock => return Err(error),
            Err(_) => {}
        }
        if let Some(status) = child.try_wait()? {
            return Err(Error::other(ending(status)));
        }
        if begun.elapsed() > limit {
            return Err(ErrorKind::TimedOut.into());
        }
        std::thread::sleep(Duration::from_micros(100));
    }
}

/// The answer that comes over a line; draws random numbers for it in between.
pub(crate) fn answer_on(
    line: &mut (impl Read + Write),
    random: Option<&dyn StrategyRandom>,
) -> Result<Received> {
    loop {
        let mut received = Received::next(line)?;
        match (received.tag(), random) {
            (DONE, _) => return Ok(received),
            (DRAW, Some(random)) => draw(&mut received, random)?.send(line)?,
            _ => return Err(garbled()),
        }
    }
}

fn draw(received: &mut Received, random: &dyn StrategyRandom) -> Result<Message> {
    let (stream, draw) = (received.number()? as u32, received.number()? as u32);
    let id = received.number()?;
    Ok(Message::new(DRAWN).number(random.bits(stream, id, draw)))
}

/// An instance in a process of its own; goes back to the pool unless it failed.
pub(crate) struct Isolated {
    process: Option<Process>,
    library: Arc<Library>,
    pool: Arc<Pool>,
}

impl Isolated {
    /// Ends the instance; its process then waits for another run.
    ///
    /// # Errors
    /// How the process ended instead.
    pub fn end(mut self) -> Outcome<(), Silence> {
        self.finish()
    }

    fn finish(&mut self) -> Outcome<(), Silence> {
        if let Some(mut process) = self.process.take() {
            process.ask(Message::new(END), None)?;
            self.pool.idle().push(process);
        }
        Ok(())
    }
}

impl Backend for Isolated {
    fn step(
        &mut self,
        view: &View,
        own: &mut Scratch,
        random: &dyn StrategyRandom,
    ) -> Outcome<(ZalmStatus, Answer), String> {
        let mut process = self.process.take().ok_or("its process is gone")?;
        let mut request = Message::new(STEP).view(view, &self.library.columns);
        request = own
            .before()
            .iter()
            .fold(request, |message, column| message.floats(column));
        let answered = process.ask(request, Some(random));
        let mut answered = answered.map_err(|silence| silence.in_a_step())?;
        let outcome = read_answer(&mut answered).and_then(|answer| {
            for column in own.after() {
                let values = answered.floats()?;
                if values.len() != column.len() {
                    return Err(garbled());
                }
                *column = values;
            }
            Ok(answer)
        });
        self.process = Some(process);
        outcome.map_err(|_| Silence::Garbled.to_string())
    }
}

impl Drop for Isolated {
    /// The instance ends here, before its process serves another run: a crash in `destroy` is told
    /// of the run that it belongs to, which was whole by then.
    fn drop(&mut self) {
        if let Err(silence) = self.finish() {
            let text = format!("{silence}, when an instance was destroyed after its run");
            let log = &self.pool.log;
            log.add(&self.pool.plugin, LogLevel::Warning, 0, text);
        }
    }
}

/// Why a process refuses `file`; `None` when that cannot be understood.
fn read_refusal(received: &mut Received, file: &Path) -> Option<Silence> {
    let code = RefusalCode::named(&received.text().ok()?)?;
    let message = received.text().ok()?;
    Some(Silence::Refused(Refusal::new(code, file, message)))
}

pub(crate) fn read_answer(received: &mut Received) -> Result<(ZalmStatus, Answer)> {
    let status = (received.number()? as u32).cast_signed();
    let mut answer = Answer {
        error: received.text()?,
        commands: received.bytes()?,
        ..Answer::default()
    };
    let (metrics, sums) = (received.numbers()?, received.floats()?);
    let metrics = metrics.into_iter().map(|metric| metric as u32);
    answer.metrics = metrics.zip(sums).collect();
    for _ in 0..received.number()? {
        let level = LogLevel::from_code(received.number()? as i32);
        answer.log.push((level, received.text()?));
    }
    Ok((status, answer))
}
