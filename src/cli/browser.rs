//! The browser of this system, asked to open a page.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Opens a page that lies on disk.
///
/// # Errors
///
/// When the system has no program for that.
pub(super) fn open(page: &Path) -> io::Result<()> {
    let mut command = if cfg!(target_os = "windows") {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else if cfg!(target_os = "macos") {
        Command::new("open")
    } else {
        Command::new("xdg-open")
    };
    command.arg(page).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut opening = command.spawn()?;
    // Some of these end only with the browser, and nobody here waits for that.
    std::thread::Builder::new().name("open".to_owned()).spawn(move || opening.wait())?;
    Ok(())
}

/// True if there is a display that a browser could show something on.
pub(super) fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(target_os = "windows", target_os = "macos"))
        || is_set("DISPLAY")
        || is_set("WAYLAND_DISPLAY")
}
