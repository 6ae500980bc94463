//! Ctrl-C, and the system on ending the session: a file that is being written is finished, and nothing else.
//!
//! A run over files may first say how far it has come; if it cannot, because it waits for a disk that does not
//! answer, the program ends all the same. A second time it ends at once.

use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::exit::Exit;
use crate::files;

/// The time a run over files may take to come to an end of its own.
const GRACE: Duration = Duration::from_secs(5);

static ASKED: AtomicBool = AtomicBool::new(false);
/// True while a run over files looks at the flag.
static IS_RUN: AtomicBool = AtomicBool::new(false);

/// Ends the program from now on when it is asked to.
pub(super) fn install() {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| {
        // Where no handler can be set, the system ends the program at once; files are whole even then.
        let _ = ctrlc::set_handler(|| {
            if ASKED.swap(true, Ordering::SeqCst) {
                end();
            }
            // On a thread of its own, so that a second time is heard. Without one it ends here and now.
            let waiting = std::thread::Builder::new().spawn(|| {
                if IS_RUN.load(Ordering::SeqCst) {
                    std::thread::sleep(GRACE);
                }
                let _settled = files::settle();
                end();
            });
            if waiting.is_err() {
                end();
            }
        });
    });
}

/// A flag that is set when the program is asked to end, for a run that then ends by itself.
pub(super) fn flag() -> &'static AtomicBool {
    IS_RUN.store(true, Ordering::SeqCst);
    &ASKED
}

/// Ends the program as one that could not do what it was asked.
#[expect(clippy::exit, reason = "files are whole at any moment; nothing else is to be tidied up")]
fn end() {
    std::process::exit(Exit::Failed as i32);
}
