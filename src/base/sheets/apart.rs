//! Workbooks whose libraries may end the process that reads them (a refused allocation, a stack that is
//! full) or never come back: read by a second process of the same program, which costs that file alone.
//!
//! What holds where. Time: the second process ends itself, and the first one stops it, on every system.
//! Memory: its allocator is given so much at the start and asks the system for no more, on every system,
//! since it is the same allocator. Where no second process can be started (an antivirus that forbids it,
//! no memory to set aside), the file is read here, after the same checks of its bytes.

use std::ffi::OsString;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use super::carried::Carried;
use super::cells::Workbook;
use super::guard;
use super::open_here::open_here;
use super::opened::Opened;
use crate::base::diagnostics::{Checked, Code, Diagnostic};

/// The word that makes the program a reader; it is no command and stands in no help.
const WORD: &str = "lire-a-part";
/// Said by the reader before it reads: it could start.
const BEGUN: u8 = b'>';
/// Time that any file has, and what each mebibyte adds, or eight of them once inflated: some fifty times
/// what is needed.
const TIME: Duration = Duration::from_secs(9);
const TIME_PER_MIB: Duration = Duration::from_secs(4);
const INFLATED_PER_MIB: u64 = 8;
/// Bytes of a file beyond which it may need much memory; the others are read several at a time.
const LIGHT: u64 = 4 << 20;
/// Stack of the thread that reads.
const STACK: usize = 16 << 20;
/// What the allocator of the reader may hold, in KiB.
const ROOM_LIGHT: usize = 640 << 10;
const ROOM_HEAVY: usize = 1024 << 10;

/// The program that reads apart; none in tests and benches, which read where they are.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
/// Files that may need much memory take turns.
static TURN: Mutex<()> = Mutex::new(());

/// From now on, what may end a process is read by another of this program.
pub(crate) fn read_apart() {
    if let Ok(program) = std::env::current_exe() {
        let _ = PROGRAM.set(program);
    }
}

/// Whether the program was started as a reader, and for how many seconds.
pub(crate) fn asked_to_read(arguments: &[OsString]) -> Option<u64> {
    let word = arguments.get(1)?;
    let seconds = arguments.get(2)?.to_str()?.parse().ok()?;
    (word == WORD).then_some(seconds)
}

/// Reads what comes in (a name, a zero, the bytes of a file) and hands over what it held; gives the
/// exit code, unless the time is over before.
pub(crate) fn serve(seconds: u64) -> u8 {
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(seconds));
        std::process::exit(1);
    });
    // Windows gives the first thread little room.
    let worker = std::thread::Builder::new().stack_size(STACK);
    let handed = worker.spawn(hand_over).map(std::thread::JoinHandle::join);
    u8::from(!matches!(handed, Ok(Ok(Ok(())))))
}

/// Reads what comes in, and says what it held.
fn hand_over() -> std::io::Result<()> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(&[BEGUN])?;
    stdout.flush()?;
    let mut given = Vec::new();
    std::io::stdin().lock().read_to_end(&mut given)?;
    let end = given.iter().position(|b| *b == 0).unwrap_or(0);
    let name = String::from_utf8_lossy(&given[..end]).into_owned();
    let read = open_here(Path::new(&name), &given[(end + 1).min(given.len())..]);
    Carried::from(read).write(stdout)
}

/// Reads a file apart; none where no process can be started for it.
pub(super) fn read(file: &Opened, bytes: &[u8]) -> Option<Result<Checked<Workbook>, Diagnostic>> {
    let program = PROGRAM.get()?;
    let weight = (bytes.len() as u64).max(guard::inflated(bytes) / INFLATED_PER_MIB);
    let heavy = weight > LIGHT;
    let _turn = heavy.then(|| TURN.lock().unwrap_or_else(PoisonError::into_inner));
    let time = TIME + TIME_PER_MIB * u32::try_from(weight >> 20).unwrap_or(u32::MAX);
    let room = if heavy { ROOM_HEAVY } else { ROOM_LIGHT };
    let mut child = reader(program, time, room).ok()?;
    let ended = answer(&mut child, file, bytes, time);
    // Over, or to be stopped: nothing is left behind.
    let _ = child.kill();
    let _ = child.wait();
    match ended {
        Ended::Never => None,
        Ended::Read(read) => Some(read),
        Ended::Died => Some(Err(file.refuse(
            Code::ReadingStopped,
            "sa lecture s’est arrêtée net : il est abîmé, ou demande plus de mémoire qu’une collecte. Rien n’en est lu ; les autres fichiers le sont.",
        ))),
        Ended::Late => Some(Err(file.refuse(
            Code::ReadingStopped,
            format!(
                "sa lecture ne finissait pas : elle a été arrêtée au bout de {} secondes. Rien n’en est lu ; les autres fichiers le sont.",
                time.as_secs()
            ),
        ))),
    }
}

/// A process that waits for a file. What a library says when it dies is not shown.
fn reader(program: &Path, time: Duration, room: usize) -> std::io::Result<Child> {
    // One second more than the time that the first process waits: it says why.
    let seconds = time.as_secs() + 1;
    Command::new(program)
        .args([WORD, &seconds.to_string()])
        .env("MIMALLOC_RESERVE_OS_MEMORY", format!("{room}KiB"))
        .env("MIMALLOC_ARENA_RESERVE", "0")
        .env("MIMALLOC_DISALLOW_OS_ALLOC", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// How a reader ended.
enum Ended {
    /// It never began.
    Never,
    Read(Result<Checked<Workbook>, Diagnostic>),
    Died,
    Late,
}

/// What the reader says of a file, as long as its time is not over.
fn answer(child: &mut Child, file: &Opened, bytes: &[u8], time: Duration) -> Ended {
    let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
        return Ended::Never;
    };
    let (says, said) = channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut first = [0];
            if output.read_exact(&mut first).is_err() || first != [BEGUN] {
                let _ = says.send(Ended::Never);
                return;
            }
            // A reader that died takes no more; what it said before counts.
            let given = input
                .write_all(file.name.as_bytes())
                .and_then(|()| input.write_all(&[0]))
                .and_then(|()| input.write_all(bytes));
            drop(input);
            let read = given
                .ok()
                .and_then(|()| Carried::read(BufReader::new(output)));
            let read = read.and_then(Carried::outcome);
            let _ = says.send(read.map_or(Ended::Died, Ended::Read));
        });
        let ended = said.recv_timeout(time).unwrap_or_else(|error| match error {
            RecvTimeoutError::Timeout => Ended::Late,
            RecvTimeoutError::Disconnected => Ended::Died,
        });
        // What is written to it, or read from it, ends with it.
        let _ = child.kill();
        ended
    })
}
