//! Ctrl-C: what is being written is finished, and nothing more is begun; a second time ends at once.

use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use super::exit::Exit;

/// A flag that Ctrl-C, or the system on ending the session, sets from now on.
pub(super) fn flag() -> &'static AtomicBool {
    static FLAG: AtomicBool = AtomicBool::new(false);
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| {
        // Where no handler can be set, Ctrl-C ends the program at once; files are whole even then.
        let _ = ctrlc::set_handler(|| {
            if FLAG.swap(true, Ordering::SeqCst) {
                end();
            }
        });
    });
    &FLAG
}

/// Whoever asks twice does not want to wait, or waits for what never comes.
#[expect(clippy::exit, reason = "files are whole at any moment; nothing else is to be tidied up")]
fn end() {
    std::process::exit(Exit::Failed as i32);
}
