//! A limit on the requests that change something.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// More than a person and a script that saves for him can ask for.
const MOST: usize = 40;
const WITHIN: Duration = Duration::from_secs(1);

/// The times of the last requests.
#[derive(Debug, Default)]
pub(crate) struct Pace(Mutex<Vec<Instant>>);

impl Pace {
    /// Takes note of a request; false where there were too many of late.
    pub(crate) fn takes(&self) -> bool {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        times.retain(|time| now.saturating_duration_since(*time) < WITHIN);
        let takes = times.len() < MOST;
        if takes {
            times.push(now);
        }
        takes
    }
}
