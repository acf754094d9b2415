//! Markdown: a table of the findings, as the body of a comment on a pull request, or in the summary of a job.

use std::io::{self, Write};

use super::{Output, count, fault, printable};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Sources;

/// What tools look for when they write the same comment anew; it is not seen.
const MARK: &str = "<!-- mixlint -->";

/// How many bytes of rows a comment takes: GitHub refuses one of more than 65,536 characters.
const COMMENT: usize = 60_000;

/// How many bytes of rows the summary of a step takes: GitHub refuses one of more than 1 MiB.
const STEP: usize = 1_000_000;

/// Writes the body of a comment.
pub(super) fn markdown(output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{MARK}")?;
    table(output, COMMENT, out)
}

/// Writes the body of a comment that says what went wrong inside mixlint.
pub(super) fn markdown_failure(message: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{MARK}")?;
    step_summary_failure(message, out)
}

/// Writes the summary of a step of GitHub Actions.
pub fn step_summary(output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    table(output, STEP, out)
}

/// Writes the summary of a step in which something went wrong inside mixlint.
pub fn step_summary_failure(message: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### mixlint: internal error\n\n{}", escape(&fault(message)))
}

fn table(output: Output<'_>, room: usize, out: &mut dyn Write) -> io::Result<()> {
    let summary = output.summary;
    if summary.errors + summary.warnings + summary.infos == 0 {
        return writeln!(out, "### mixlint: nothing found\n\nIn {} all is well.", count(summary.files, "file"));
    }
    writeln!(out, "### mixlint: {}\n", summary.severities())?;
    writeln!(out, "| | Place | Finding | Rule |\n|---|---|---|---|")?;
    let (mut written, mut shown) = (0, 0);
    for finding in output.findings {
        let row = row(finding, output.sources);
        if written + row.len() > room {
            break;
        }
        (written, shown) = (written + row.len(), shown + 1);
        writeln!(out, "{row}")?;
    }
    match output.findings.len() - shown {
        0 => Ok(()),
        more => writeln!(out, "\n{more} more did not find room here."),
    }
}

fn row(finding: &Diagnostic, sources: &Sources) -> String {
    let file = sources.get(finding.primary.span.file);
    let place = file.line_column(finding.primary.span.start);
    let sign = match finding.severity {
        Severity::Error => "❌ error",
        Severity::Warning => "⚠️ warning",
        Severity::Info => "ℹ️ info",
    };
    let help = finding.help.as_ref().map(|help| format!("<br>{}", escape(help))).unwrap_or_default();
    let (path, message, rule) = (escape(&file.path), escape(&finding.message), escape(finding.rule));
    format!("| {sign} | {path}:{}:{} | {message}{help} | {rule} |", place.line, place.column)
}

/// A text as it can stand in a cell: nothing in it is Markdown or HTML, or calls anyone, but that what stands in backticks is code.
fn escape(text: &str) -> String {
    let text = printable(text);
    let parts: Vec<String> = text.split('`').map(literal).collect();
    let mut escaped = String::with_capacity(text.len());
    for (number, part) in parts.iter().enumerate() {
        match number {
            0 => {}
            // One that is left over opens nothing.
            _ if number % 2 == 1 && number + 1 == parts.len() => escaped.push_str("&#96;"),
            _ if number % 2 == 1 => escaped.push_str("<code>"),
            _ => escaped.push_str("</code>"),
        }
        escaped.push_str(part);
    }
    escaped
}

fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut is_in_word = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\r' | '\n' | '\t' => literal.push(' '),
            // Inside of a word it emphasizes nothing.
            '_' if is_in_word && letters.peek().is_some_and(|next| next.is_alphanumeric()) => literal.push(letter),
            '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '~' | '@' | '#' | '$' => {
                literal.push_str(&format!("&#{};", u32::from(letter)));
            }
            _ => literal.push(letter),
        }
        is_in_word = letter.is_alphanumeric();
    }
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_is_markdown() {
        assert_eq!(escape("Did you mean `a|b`?"), "Did you mean <code>a&#124;b</code>?");
        assert_eq!(escape("one ` tick"), "one &#96; tick");
        assert_eq!(escape("`a` and `b"), "<code>a</code> and &#96;b");
        assert_eq!(escape("a_b _c_"), "a_b &#95;c&#95;");
        assert_eq!(escape("<b>&\n@all [x](y) #1"), "&#60;b&#62;&#38; &#64;all &#91;x&#93;(y) &#35;1");
    }
}
