//! Strategies in processes of their own: whatever a library does there, abort, bad write or endless
//! loop, ends its own run with a record and nothing else. The calls and the bytes are the same.
//!
//! A process serves one run at a time; after a good run it serves the next, after a bad one it is
//! gone. The line between both is a socket, as a strategy may print on the usual streams.

use crate::desk::Answer;
use crate::library::Library;
use crate::log::{Log, LogLevel};
use crate::native::{Backend, Native};
use crate::own::Scratch;
use crate::process::ending;
use crate::search::Found;
use crate::source::Isolation;
use crate::wire::{Message, Received, garbled};
use std::cell::RefCell;
use std::io::{ErrorKind, Result};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use zalm_abi::{STATUS_ERROR, ZalmStatus};
use zalm_model::{StrategyRandom, View};

const CREATE: u8 = 1;
const STEP: u8 = 2;
const DRAWN: u8 = 3;
const DRAW: u8 = 4;
const DONE: u8 = 5;
const END: u8 = 6;

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pool")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

/// Time that a process has to end after it hung up.
const GRACE: Duration = Duration::from_secs(5);

/// The processes of one library that wait for their next run.
pub(crate) struct Pool {
    isolation: Isolation,
    file: PathBuf,
    library: Arc<Library>,
    log: Arc<Log>,
    idle: Mutex<Vec<Process>>,
}

struct Process {
    child: Child,
    line: UnixStream,
    limit: Duration,
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be gone already; either way nothing of it stays.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Pool {
    pub fn new(
        isolation: Isolation,
        file: PathBuf,
        library: &Arc<Library>,
        log: &Arc<Log>,
    ) -> Arc<Self> {
        Arc::new(Self {
            isolation,
            file,
            library: Arc::clone(library),
            log: Arc::clone(log),
            idle: Mutex::default(),
        })
    }

    /// A fresh instance in a process of its own, when the plugin makes one, and what it said.
    pub fn create(self: &Arc<Self>, parameters: &str) -> (Option<Isolated>, ZalmStatus, Answer) {
        match self.try_create(parameters) {
            Ok((process, status, answer)) => {
                let isolated = process.map(|process| Isolated {
                    process: Some(process),
                    pool: Arc::clone(self),
                });
                (isolated, status, answer)
            }
            Err(error) => {
                let answer = Answer {
                    error,
                    ..Answer::default()
                };
                (None, STATUS_ERROR, answer)
            }
        }
    }

    fn try_create(
        &self,
        parameters: &str,
    ) -> std::result::Result<(Option<Process>, ZalmStatus, Answer), String> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut process = match idle {
            Some(process) => process,
            None => Process::start(&self.isolation, &self.file, &self.library.sha256)
                .map_err(|error| format!("it cannot be given a process of its own: {error}"))?,
        };
        let asked = Message::new(CREATE).bytes(parameters.as_bytes());
        let mut answered = process.ask(asked, None)?;
        let wrong = |_| "its process answered what cannot be understood".to_owned();
        let made = answered.number().map_err(wrong)? == 1;
        let (status, answer) = read_answer(&mut answered).map_err(wrong)?;
        Ok((made.then_some(process), status, answer))
    }
}

impl Process {
    fn start(isolation: &Isolation, file: &Path, sha256: &str) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let socket = folder.path().join("line");
        let listener = UnixListener::bind(&socket)?;
        listener.set_nonblocking(true)?;
        let mut child = Command::new(&isolation.program)
            .args(&isolation.words)
            .arg(&socket)
            .arg(file)
            .arg(sha256)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let begun = Instant::now();
        let line = loop {
            match listener.accept() {
                Ok((line, _)) => break line,
                Err(error) if error.kind() != ErrorKind::WouldBlock => return Err(error),
                Err(_) if child.try_wait()?.is_some() || begun.elapsed() > isolation.limit => {
                    let _ = child.kill();
                    let status = child.wait()?;
                    return Err(std::io::Error::other(ending(status)));
                }
                Err(_) => std::thread::sleep(Duration::from_micros(200)),
            }
        };
        line.set_nonblocking(false)?;
        line.set_read_timeout(Some(isolation.limit))?;
        line.set_write_timeout(Some(isolation.limit))?;
        Ok(Self {
            child,
            line,
            limit: isolation.limit,
        })
    }

    /// Sends a request and gives the answer; draws random numbers for it in between.
    ///
    /// # Errors
    /// How the process ended, for people.
    fn ask(
        &mut self,
        request: Message,
        random: Option<&dyn StrategyRandom>,
    ) -> std::result::Result<Received, String> {
        let answered = request.send(&mut self.line).and_then(|()| {
            loop {
                let mut received = Received::next(&mut self.line)?;
                match (received.tag(), random) {
                    (DONE, _) => break Ok(received),
                    (DRAW, Some(random)) => draw(&mut received, random)?.send(&mut self.line)?,
                    _ => break Err(garbled()),
                }
            }
        });
        answered.map_err(|error| match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => format!(
                "it did not answer within {} s; its process was ended",
                self.limit.as_secs_f64()
            ),
            ErrorKind::InvalidData => "its process answered what cannot be understood".into(),
            _ => format!("its process {}", self.end()),
        })
    }

    /// How the process ended that hung up; one that only hung up is ended.
    fn end(&mut self) -> String {
        let begun = Instant::now();
        while begun.elapsed() < GRACE {
            if let Ok(Some(status)) = self.child.try_wait() {
                return ending(status);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        "closed the line to the program".into()
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
    pool: Arc<Pool>,
}

impl Backend for Isolated {
    fn step(
        &mut self,
        view: &View,
        own: &mut Scratch,
        random: &dyn StrategyRandom,
    ) -> std::result::Result<(ZalmStatus, Answer), String> {
        let mut process = self.process.take().ok_or("its process is gone")?;
        let mut request = Message::new(STEP).view(view);
        request = own
            .before()
            .iter()
            .fold(request, |message, column| message.floats(column));
        let mut answered = process.ask(request, Some(random))?;
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
        outcome.map_err(|_| "its process answered what cannot be understood".into())
    }
}

impl Drop for Isolated {
    /// The instance ends here, before its process serves another run: a crash in `destroy` is told
    /// of the run that it belongs to, which was whole by then.
    fn drop(&mut self) {
        let Some(mut process) = self.process.take() else {
            return;
        };
        match process.ask(Message::new(END), None) {
            Ok(_) => {
                let mut idle = self.pool.idle.lock();
                let idle = idle.as_mut().unwrap_or_else(|poisoned| poisoned.get_mut());
                idle.push(process);
            }
            Err(ending) => {
                let text = format!("{ending}, when an instance was destroyed after its run");
                let plugin = &self.pool.library.manifest.id;
                self.pool.log.add(plugin, LogLevel::Warning, 0, text);
            }
        }
    }
}

fn write_answer(message: Message, status: ZalmStatus, answer: &Answer) -> Message {
    let message = message
        .number(u64::from(status.cast_unsigned()))
        .bytes(answer.error.as_bytes())
        .bytes(&answer.commands)
        .numbers(answer.metrics.keys().map(|metric| u64::from(*metric)))
        .numbers(answer.metrics.values().map(|sum| sum.to_bits()))
        .number(answer.log.len() as u64);
    answer.log.iter().fold(message, |message, (level, text)| {
        message.number(*level as u64).bytes(text.as_bytes())
    })
}

fn read_answer(received: &mut Received) -> Result<(ZalmStatus, Answer)> {
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

/// The other end: loads `file`, whose bytes are to have this SHA-256, and serves runs over `socket`
/// until the program hangs up.
///
/// # Errors
/// When the library is refused or another one by now, or the line is broken.
pub fn serve(socket: &Path, file: &Path, sha256: &str) -> std::result::Result<(), String> {
    let found = Found::read(file);
    if found.sha256 != sha256 {
        return Err(format!(
            "{} was changed since it was checked",
            file.display()
        ));
    }
    let library = found.load().map_err(|refusal| refusal.to_string())?;
    let line = UnixStream::connect(socket).map_err(|error| error.to_string())?;
    let mut run = None;
    let line = RefCell::new(line);
    loop {
        let Ok(received) = Received::next(&mut *line.borrow_mut()) else {
            // The program has no more runs.
            return Ok(());
        };
        answer(received, &library, &mut run, &line).map_err(|error| error.to_string())?;
    }
}

fn answer(
    mut asked: Received,
    library: &Arc<Library>,
    run: &mut Option<Native>,
    line: &RefCell<UnixStream>,
) -> Result<()> {
    let done = Message::new(DONE);
    let message = if asked.tag() == CREATE {
        let (made, status, answer) = Native::create(Arc::clone(library), &asked.text()?);
        *run = made;
        write_answer(done.number(run.is_some().into()), status, &answer)
    } else if asked.tag() == END {
        *run = None;
        done
    } else {
        let view = asked.view()?;
        let own = &library.description.own;
        let columns = own.iter().map(|_| asked.floats()).collect::<Result<_>>()?;
        let mut scratch = Scratch::of(columns);
        let native = run.as_mut().ok_or_else(garbled)?;
        let (status, answer) = native.step_with(&view, &mut scratch, &Far(line), |_, _| ());
        let message = write_answer(done, status, &answer);
        scratch
            .after()
            .iter()
            .fold(message, |message, column| message.floats(column))
    };
    message.send(&mut *line.borrow_mut())
}

/// Random numbers are drawn by the program.
struct Far<'a>(&'a RefCell<UnixStream>);

impl StrategyRandom for Far<'_> {
    fn bits(&self, stream: u32, id: u64, draw: u32) -> u64 {
        let mut line = self.0.borrow_mut();
        let asked = Message::new(DRAW)
            .number(stream.into())
            .number(draw.into())
            .number(id);
        let drawn = asked
            .send(&mut *line)
            .and_then(|()| Received::next(&mut *line)?.number());
        // Without the program the run is over: what is drawn does not matter any more.
        drawn.unwrap_or_else(|_| std::process::exit(1))
    }
}
