//! Input made to do harm: nothing stops the program, makes it grow, or speaks through it.
//!
//! Inputs are made by generators. Work is measured by the memory of a child at its highest, never by time; a
//! child that would not end is ended by the system after more work than any of these may take.

mod files;
mod published;
mod size;
mod templates;
mod terminal;
mod workbook;

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// The result of a run of the program.
struct Run {
    output: Output,
    /// The most memory it held, in megabytes.
    megabytes: u64,
}

impl Run {
    fn code(&self) -> Option<i32> {
        self.output.status.code()
    }

    /// Everything that was printed.
    fn said(&self) -> String {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        text(&self.output.stdout) + &text(&self.output.stderr)
    }
}

/// Runs the program in a folder and watches its memory. The system ends it after two minutes of work.
fn run(folder: &Path, arguments: &[&str]) -> Run {
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -t 120; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_nianbao")])
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (id, done) = (child.id(), std::sync::atomic::AtomicBool::new(false));
    let mut megabytes = 0;
    let output = std::thread::scope(|scope| {
        let watching = scope.spawn(|| {
            let mut most = 0;
            while !done.load(std::sync::atomic::Ordering::SeqCst) {
                most = most.max(highest(id));
                std::thread::sleep(Duration::from_millis(2));
            }
            most
        });
        let read = |stream: &mut dyn std::io::Read| {
            let mut bytes = Vec::new();
            stream.read_to_end(&mut bytes).unwrap();
            bytes
        };
        let mut errors = child.stderr.take().unwrap();
        let errors = scope.spawn(move || read(&mut errors));
        let stdout = read(&mut child.stdout.take().unwrap());
        let output =
            Output { status: child.wait().unwrap(), stdout, stderr: errors.join().unwrap() };
        done.store(true, std::sync::atomic::Ordering::SeqCst);
        megabytes = watching.join().unwrap();
        output
    });
    Run { output, megabytes }
}

/// The most memory that a process has held so far, in megabytes; 0 where the system does not tell.
fn highest(id: u32) -> u64 {
    let status = nianbao::internals::files::read_text(Path::new(&format!("/proc/{id}/status")));
    let status = status.unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
