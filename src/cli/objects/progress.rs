//! How far a long run is, on the error stream, when that is a terminal.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that takes less than this needs no progress.
const LONG: Duration = Duration::from_secs(1);

/// How many bytes lie between two looks at the clock.
const STEP: u64 = 1 << 20;

/// The progress of a run.
pub(super) struct Progress {
    length: Option<u64>,
    began: Instant,
    next: u64,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// `length` is how many bytes there are, where that is known.
    pub(super) fn new(length: Option<u64>) -> Progress {
        Progress { length, began: Instant::now(), next: STEP, bar: None }
    }

    /// Says how many bytes are done.
    pub(super) fn at(&mut self, done: u64) {
        if done < self.next {
            return;
        }
        self.next = done + STEP;
        if self.bar.is_none() && self.began.elapsed() > LONG {
            self.bar = Some(bar(self.length));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(done);
        }
    }

    /// Takes it off the screen.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A bar, or a count where the end is not known. It draws nothing where there is no terminal.
fn bar(length: Option<u64>) -> ProgressBar {
    let template = match length {
        Some(_) => "{wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left",
        None => "{spinner} {bytes}, {bytes_per_sec}",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr()).with_style(style)
}
