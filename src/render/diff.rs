//! What has changed in a file, as a unified diff.

use std::io::{self, Write};
use std::time::Duration;

use similar::TextDiff;

use crate::text::SourceFile;

/// How long a finer diff is looked for.
const LONGEST: Duration = Duration::from_secs(2);

/// Writes the diff of a file, before and after. What the file hides is hidden in both.
pub fn diff(before: &SourceFile, after: &SourceFile, out: &mut dyn Write) -> io::Result<()> {
    let (old, new) = (before.shown_text(), after.shown_text());
    let (from, to) = (format!("a/{}", before.path), format!("b/{}", after.path));
    TextDiff::configure().timeout(LONGEST).diff_lines(&*old, &*new).unified_diff().header(&from, &to).to_writer(out)
}
