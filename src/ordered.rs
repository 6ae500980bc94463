//! Work on all cores whose results come in the order of the work, whichever thread finishes first.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::budget::STACK_BYTES;
use crate::guard;

/// The number of results a thread may be ahead of the one that is waited for. More would only fill memory.
const AHEAD: usize = 4;
/// The number of threads beyond one for each core: a file that is written is waited for until it lies on the disk.
const WAITING: usize = 2;

/// Does `work` for the numbers below `n` on all cores, with some threads more, and gives the results to `take` on this thread, in
/// order. A single piece of work is done here if there is room: a data file may be nested deeply. Once `stop` is set nothing more is begun. Returns how many results were taken: always those
/// of the first so many numbers.
pub(crate) fn in_order<T: Send>(
    n: usize,
    stop: &AtomicBool,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T),
) -> usize {
    if n == 1 && guard::is_roomy() && !stop.load(Ordering::SeqCst) {
        take(0, work(0));
        return 1;
    }
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let threads = (cores + WAITING).min(n);
    let queue = Queue {
        state: Mutex::new(State { next: 0, taken: 0, ready: BTreeMap::new(), at_work: threads }),
        changed: Condvar::new(),
        n,
        window: cores * AHEAD,
        stop,
        broken: AtomicBool::new(false),
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
            let thread = builder.spawn_scoped(scope, || {
                guard::has_room();
                queue.run(&work);
            });
            if thread.is_err() {
                // The system gives no more threads; those there are do the work.
                queue.leave();
            }
        }
        while let Some((i, result)) = queue.take() {
            take(i, result);
        }
        let mut done = queue.lock().taken;
        if threads > 0 && done == 0 && !queue.is_stopped() {
            // Not one thread could be had.
            while done < n && !queue.is_stopped() {
                take(done, work(done));
                done += 1;
            }
        }
        done
    })
}

struct Queue<'a, T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    n: usize,
    window: usize,
    stop: &'a AtomicBool,
    /// A thread has panicked, and its result will never come.
    broken: AtomicBool,
}

struct State<T> {
    /// The first number that nobody has begun.
    next: usize,
    /// The number of results that have been taken.
    taken: usize,
    ready: BTreeMap<usize, T>,
    at_work: usize,
}

impl<T> Queue<'_, T> {
    fn run(&self, work: impl Fn(usize) -> T) {
        let _leaving = Leaving(self);
        while let Some(i) = self.begin() {
            let result = work(i);
            self.lock().ready.insert(i, result);
            self.changed.notify_all();
        }
    }

    /// The next number to work on, as soon as it is near enough to what is waited for.
    fn begin(&self) -> Option<usize> {
        let mut state = self.lock();
        while state.next < self.n && !self.is_stopped() && state.next >= state.taken + self.window {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.next >= self.n || self.is_stopped() {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    /// The next result in order; `None` when there will be no more.
    fn take(&self) -> Option<(usize, T)> {
        let mut state = self.lock();
        loop {
            let i = state.taken;
            if let Some(result) = state.ready.remove(&i) {
                state.taken += 1;
                drop(state);
                self.changed.notify_all();
                return Some((i, result));
            }
            if state.at_work == 0 || self.broken.load(Ordering::SeqCst) {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn leave(&self) {
        self.lock().at_work -= 1;
        self.changed.notify_all();
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst) || self.broken.load(Ordering::SeqCst)
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says that a thread has gone, also when it panicked: nobody must wait for it.
struct Leaving<'a, 'q, T>(&'a Queue<'q, T>);

impl<T> Drop for Leaving<'_, '_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.broken.store(true, Ordering::SeqCst);
        }
        self.0.leave();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_order_and_no_thread_runs_far_ahead() {
        let stop = AtomicBool::new(false);
        let (begun, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut results = Vec::new();
        let ahead = AtomicUsize::new(0);
        let done = in_order(
            200,
            &stop,
            |i| {
                let n = begun.fetch_add(1, Ordering::SeqCst) + 1;
                ahead.fetch_max(n - taken.load(Ordering::SeqCst).min(n), Ordering::SeqCst);
                // The first is the slowest, so the others wait for it.
                std::thread::sleep(Duration::from_millis(if i == 0 { 30 } else { (i % 3) as u64 }));
                i * 2
            },
            |i, result| {
                taken.fetch_add(1, Ordering::SeqCst);
                results.push((i, result));
            },
        );
        assert_eq!(done, 200);
        assert_eq!(results, (0..200).map(|i| (i, i * 2)).collect::<Vec<_>>());
        let cores = std::thread::available_parallelism().unwrap().get();
        assert!(ahead.into_inner() <= cores * AHEAD + 1);
    }

    #[test]
    fn once_stopped_nothing_more_is_begun_and_what_is_done_is_a_beginning() {
        let stop = AtomicBool::new(false);
        let mut taken = Vec::new();
        let ahead = std::thread::available_parallelism().unwrap().get() * AHEAD;
        let done = in_order(
            1000 + ahead,
            &stop,
            |i| {
                if i == 20 {
                    stop.store(true, Ordering::SeqCst);
                }
                i
            },
            |i, _| taken.push(i),
        );
        // A thread that stops is waited for, and nobody is further ahead than all may be.
        assert!((21..=21 + ahead).contains(&done), "{done}");
        assert_eq!(taken, (0..done).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_to_do_is_done_at_once() {
        assert_eq!(in_order(0, &AtomicBool::new(false), |i| i, |_, _| unreachable!()), 0);
    }

    #[test]
    fn a_panic_ends_the_run_instead_of_hanging_it() {
        let stop = AtomicBool::new(false);
        let run = || in_order(100, &stop, |i| assert!(i != 7, "seven"), |_, ()| ());
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    }
}
