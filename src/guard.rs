//! Foreign libraries read what comes from outside with a stack of known size; a panic of theirs is an error of ours.

use std::cell::Cell;
use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

use crate::budget::STACK_BYTES;

thread_local! {
    /// True on a thread whose stack has [`STACK_BYTES`].
    static HAS_ROOM: Cell<bool> = const { Cell::new(false) };
    /// True while a library works here, whose panics nobody needs to see.
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Says that the stack of this thread has [`STACK_BYTES`], so that libraries may work on it.
pub(crate) fn has_room() {
    HAS_ROOM.set(true);
}

/// True on a thread of which that was said.
pub(crate) fn is_roomy() -> bool {
    HAS_ROOM.get()
}

/// A library panicked, or the system has no thread to spare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Panicked;

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("程序内部出错，没有做完；请把用到的文件发给程序的维护者")
    }
}

/// Does some work with a stack of [`STACK_BYTES`]: here, or on a thread of its own.
///
/// # Errors
///
/// When the work panics; nothing is printed of that.
pub(crate) fn guarded<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Panicked> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_QUIET.get() {
                usual(panic);
            }
        }));
    });
    if is_roomy() {
        return quietly(work);
    }
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(STACK_BYTES);
        let running = builder.spawn_scoped(scope, || quietly(work)).map_err(|_| Panicked)?;
        running.join().unwrap_or(Err(Panicked))
    })
}

/// The reason of a panic that is none: the work is given up.
#[cfg(feature = "pdf-import")]
struct GivenUp;

/// Gives up the work of a foreign library from within what it calls, where nothing else tells it to stop.
#[cfg(feature = "pdf-import")]
pub(crate) fn give_up() -> ! {
    panic::resume_unwind(Box::new(GivenUp))
}

/// Does some work, unless it is given up; what it leaves half done then is given up with it.
#[cfg(feature = "pdf-import")]
pub(crate) fn unless_given_up<T>(work: impl FnOnce() -> T) -> Option<T> {
    match panic::catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => Some(result),
        Err(reason) if reason.is::<GivenUp>() => None,
        Err(reason) => panic::resume_unwind(reason),
    }
}

/// Does some work here; what it leaves half done when it panics is given up with it.
fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, Panicked> {
    let was = IS_QUIET.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    IS_QUIET.set(was);
    result.map_err(|_| Panicked)
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
        // The same where no thread is made for it, and one within the other.
        let here = thread::spawn(move || {
            has_room();
            let id = || thread::current().id();
            assert_eq!(guarded(id), Ok(id()));
            let inner = || (guarded(|| empty[at]), IS_QUIET.get());
            assert_eq!(guarded(inner), Ok((Err(Panicked), true)));
            assert!(!IS_QUIET.get());
        });
        here.join().unwrap();
    }
}
