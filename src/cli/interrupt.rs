//! Ctrl-C: what is being written is finished, and nothing more is begun.

use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that Ctrl-C, or the system on ending the session, sets from now on.
pub(super) fn flag() -> &'static AtomicBool {
    static FLAG: AtomicBool = AtomicBool::new(false);
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| {
        // Where no handler can be set, Ctrl-C ends the program at once; files are whole even then.
        let _ = ctrlc::set_handler(|| FLAG.store(true, Ordering::SeqCst));
    });
    &FLAG
}
