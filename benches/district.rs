//! Time and memory of a whole district: `cargo bench --bench district [-- BODIES [FOLDER]]`.
//!
//! Runs the program itself, as an office would, over a generated folder.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on panics")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

#[path = "district/mod.rs"]
#[expect(dead_code, reason = "the tests ask the generator for more")]
mod generated;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const BODIES: usize = 1000;
const SEED: u64 = 2023;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let bodies = arguments.next().map_or(BODIES, |n| n.parse().unwrap());
    let temporary = tempfile::tempdir().unwrap();
    let folder = arguments.next().map_or(temporary.path().to_owned(), Into::into);
    generated::write(&folder.join("district"), SEED, bodies);
    println!("{:36} {:>8} {:>14} {:>10}", "", "seconds", "bodies/second", "peak MiB");
    for (name, arguments) in [
        ("check", &["check", "district"][..]),
        ("check, one object a line", &["check", "district", "--output-format", "jsonl"]),
        ("sum", &["sum", "district/units.toml"]),
        ("build, three formats", &["build", "district", "--out", "out"]),
        ("build again, nothing changed", &["build", "district", "--out", "out"]),
        ("build, web pages only", &["build", "district", "--out", "pages", "--format", "html"]),
        ("build drafts", &["build", "district", "--out", "drafts", "--draft"]),
    ] {
        let (time, peak) = measure(&folder, arguments);
        let per_second = bodies as f64 / time.as_secs_f64();
        let peak = peak.map_or("-".to_owned(), |kib| format!("{:.0}", kib as f64 / 1024.0));
        println!("{name:36} {:8.2} {per_second:14.0} {peak:>10}", time.as_secs_f64());
    }
}

/// The time the program took, and the most memory it had at once in KiB where the system tells.
fn measure(folder: &Path, arguments: &[&str]) -> (Duration, Option<u64>) {
    let begin = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().unwrap().is_none() {
        peak = high_water(Path::new(&status)).or(peak);
        std::thread::sleep(Duration::from_millis(2));
    }
    (begin.elapsed(), peak)
}

fn high_water(status: &Path) -> Option<u64> {
    let text = nianbao::internals::files::read_text(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").trim().parse().ok()
}
