//! Standard output and standard error: the only place that writes to them.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use super::outside::{ascii_where_unseen, harmless, visible};
use crate::files;

/// The width to which long lines are cut where there is no terminal.
const WIDTH: usize = 100;
/// The narrowest and the widest a terminal is taken for.
const WIDTHS: (usize, usize) = (40, 200);

/// The number of columns the terminal has to which standard output goes.
pub(super) fn terminal_width() -> usize {
    let size = terminal_size::terminal_size_of(io::stdout());
    size.map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(WIDTHS.0, WIDTHS.1))
}

/// Prints a line, to standard output.
pub(in crate::cli) fn line(text: &str) {
    print(&format!("{}\n", visible(text)));
}

/// Prints a text of our own, to standard output; words from outside in it must stand on one line already.
pub(in crate::cli) fn text(text: &str) {
    print(text);
}

/// Prints a question of our own, behind which the answer is typed.
pub(in crate::cli) fn question(text: &str) {
    print(text);
    // A line that has no end yet waits, and so would whoever is asked.
    sent(anstream::stdout().flush());
}

/// Says why something could not be done, to standard error.
pub(in crate::cli) fn error(why: &impl Display) {
    complain(&format!("错误：{}\n", visible(&why.to_string())));
}

/// Adds a word to what has been said, to standard error.
pub(in crate::cli) fn note(text: &str) {
    complain(&format!("{}\n", visible(text)));
}

/// True if something that was to go to standard output has not got there.
static LOST: AtomicBool = AtomicBool::new(false);

/// Writes to standard output; a reader that has gone away is no error.
pub(super) fn print(text: &str) {
    sent(anstream::stdout().write_all(harmless(text).as_bytes()));
}

/// Writes JSON to standard output.
pub(super) fn print_json(json: &str) {
    print(&ascii_where_unseen(json));
}

/// True if everything that was printed has got where it was to go; if not, it has been said why.
pub(in crate::cli) fn is_whole() -> bool {
    sent(anstream::stdout().flush());
    !LOST.load(Ordering::SeqCst)
}

/// Says, once, that something that was to be printed is lost: nobody must take half of it for the whole.
fn sent(written: io::Result<()>) {
    let lost = written.err().filter(|error| error.kind() != io::ErrorKind::BrokenPipe);
    if let Some(why) = lost.filter(|_| !LOST.swap(true, Ordering::SeqCst)) {
        error(&format!("结果没有全部输出：{}", files::reason(&why)));
    }
}

/// Writes to standard error.
pub(super) fn complain(text: &str) {
    let _ = anstream::stderr().write_all(harmless(text).as_bytes());
}
