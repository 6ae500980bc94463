//! The folder for notes on what concerns the user of the program.

use std::env;
use std::path::PathBuf;

/// A file in the folder for that, which need not be there yet; none where the system says no place for it.
pub(super) fn noted(name: &str) -> Option<PathBuf> {
    let folder =
        |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || folder("HOME");
    let state = if cfg!(target_os = "windows") {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_STATE_HOME").or_else(|| home().map(|home| home.join(".local/state")))
    };
    state.map(|state| state.join("nianbao").join(name))
}
