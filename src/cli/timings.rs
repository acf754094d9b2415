//! `--timings`: where the time goes.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::rules;

/// Steps, and how long each of them took.
#[derive(Debug)]
pub(super) struct Timings {
    /// When the last step ended; none when nobody wants to know.
    last: Option<Instant>,
    steps: Vec<(&'static str, Duration)>,
}

impl Timings {
    /// Begins now, if it is asked for.
    pub(super) fn start(is_asked_for: bool) -> Timings {
        Timings { last: is_asked_for.then(Instant::now), steps: Vec::new() }
    }

    /// Notes that a step, or a part of it, is done, which began when the last one was.
    pub(super) fn done(&mut self, step: &'static str) {
        let Some(last) = self.last else { return };
        let now = Instant::now();
        let time = now - last;
        match self.steps.iter_mut().find(|(known, _)| *known == step) {
            Some((_, sum)) => *sum += time,
            None => self.steps.push((step, time)),
        }
        self.last = Some(now);
    }

    /// Notes how long a step took of which parts ran side by side.
    pub(super) fn took(&mut self, step: &'static str, time: Duration) {
        if self.last.is_some() {
            self.steps.push((step, time));
            self.last = Some(Instant::now());
        }
    }

    /// Writes all steps in order; the rules below their sum, the slowest first.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let is_rule = |(step, _): &&(&str, Duration)| rules::ALL.iter().any(|rule| rule.name == *step);
        let mut of_rules: Vec<_> = self.steps.iter().filter(is_rule).copied().collect();
        of_rules.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
        let mut are_rules_written = false;
        for step in &self.steps {
            if !is_rule(&step) {
                line(out, "", step)?;
            } else if !std::mem::replace(&mut are_rules_written, true) {
                line(out, "", &("rules", of_rules.iter().map(|(_, time)| *time).sum()))?;
                of_rules.iter().try_for_each(|rule| line(out, "  ", rule))?;
            }
        }
        Ok(())
    }
}

fn line(out: &mut dyn Write, indent: &str, (step, time): &(&str, Duration)) -> io::Result<()> {
    let name = format!("{indent}{step}");
    writeln!(out, "{name:32} {:>10.3} ms", time.as_secs_f64() * 1000.0)
}
