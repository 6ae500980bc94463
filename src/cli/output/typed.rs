//! Words from outside as they stand in a line of ours.

use std::path::Path;

/// A path as it is typed behind a command: in quotes where blanks would tear it apart.
pub(in crate::cli) fn argument(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path }
}

/// A text on one line.
pub(super) fn on_one_line(text: &str) -> String {
    text.split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
