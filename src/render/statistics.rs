//! How many findings each rule has, instead of the findings.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use super::Output;

/// Writes a line for each rule that has findings: how many, and its name. Those with the most come first.
pub fn statistics(output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, u64> = BTreeMap::new();
    match output.data {
        Some(data) => rules.extend(&data.rules),
        None => output.findings.iter().for_each(|finding| *rules.entry(finding.rule).or_default() += 1),
    }
    let mut rules: Vec<(&str, u64)> = rules.into_iter().collect();
    rules.sort_by_key(|(_, number)| Reverse(*number));
    let width = rules.first().map_or(0, |(_, number)| number.to_string().len());
    rules.iter().try_for_each(|(rule, number)| writeln!(out, "{number:>width$} {rule}"))
}
