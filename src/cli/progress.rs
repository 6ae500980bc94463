//! Progress of a run: a line on the terminal, and nothing where there is none.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// The progress of a run over many files, on standard error.
pub(super) struct Progress {
    bar: ProgressBar,
    errors: usize,
}

impl Progress {
    /// Begins a run over `n` files; `act` says what is done with them.
    pub(super) fn begin(n: usize, act: &'static str) -> Self {
        // Draws nothing where standard error is no terminal.
        let target =
            if n > 1 { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(n as u64), target).with_message("0");
        let style = ProgressStyle::with_template(
            "{act} [{bar:30}] {pos}/{len} 个文件，错误 {msg} 处  {left}",
        );
        if let Ok(style) = style {
            let style = style.progress_chars("=> ");
            let act = move |_: &ProgressState, w: &mut dyn Write| {
                let _ = w.write_str(act);
            };
            let left = |state: &ProgressState, w: &mut dyn Write| {
                // Before the first file is done there is nothing to reckon with.
                let time = (state.pos() > 0).then(|| left(state.eta()));
                let _ = w.write_str(&time.unwrap_or_default());
            };
            bar.set_style(style.with_key("act", act).with_key("left", left));
        }
        Self { bar, errors: 0 }
    }

    /// Prints something while the line is out of the way.
    pub(super) fn print(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    /// Counts one file and its errors.
    pub(super) fn step(&mut self, errors: usize) {
        self.errors += errors;
        if !self.bar.is_hidden() {
            self.bar.set_message(self.errors.to_string());
        }
        self.bar.inc(1);
    }

    /// Takes the line away.
    pub(super) fn end(self) {
        self.bar.finish_and_clear();
    }
}

/// The time left, as people say it.
fn left(time: Duration) -> String {
    match time.as_secs() {
        s @ 0..60 => format!("还要 {s} 秒"),
        s => format!("还要 {} 分 {} 秒", s / 60, s % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_is_said_in_minutes_and_seconds() {
        assert_eq!(left(Duration::from_millis(3900)), "还要 3 秒");
        assert_eq!(left(Duration::from_secs(61)), "还要 1 分 1 秒");
    }
}
