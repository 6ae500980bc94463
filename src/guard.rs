//! Foreign libraries read what comes from outside on a thread of their own; a panic of theirs is an error of ours.

use std::fmt;
use std::panic;
use std::sync::Once;
use std::thread;

use crate::budget::STACK_BYTES;

/// The name of those threads, by which their panics are told from those that must be seen.
const NAME: &str = "guarded";

/// A library panicked, or the system has no thread to spare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Panicked;

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("程序内部出错，没有做完；请把用到的文件发给程序的维护者")
    }
}

/// Does some work on a thread of its own, with a bounded stack.
///
/// # Errors
///
/// When the work panics; nothing is printed of that.
pub(crate) fn guarded<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Panicked> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(NAME) {
                usual(panic);
            }
        }));
    });
    thread::scope(|scope| {
        let builder = thread::Builder::new().name(NAME.to_owned()).stack_size(STACK_BYTES);
        let running = builder.spawn_scoped(scope, work).map_err(|_| Panicked)?;
        running.join().map_err(|_| Panicked)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        assert_eq!(guarded(|| 1 + 1), Ok(2));
        let empty: Vec<usize> = Vec::new();
        let at = empty.len() + 3;
        assert_eq!(guarded(|| empty[at]), Err(Panicked));
    }
}
