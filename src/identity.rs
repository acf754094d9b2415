//! What a finding is told by from one run to the next, wherever in its file it stands.

use crate::diagnostic::Diagnostic;
use crate::text::Sources;

/// The identity of each finding. Findings that nothing but their place tells apart have the same one.
pub fn identities(findings: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let identity = |finding: &Diagnostic| {
        let (kind, name) = finding.subject.as_ref().map_or(("", ""), |subject| (subject.kind, subject.name.as_str()));
        let parts = [finding.rule, kind, name, sources.slice(finding.primary.span)];
        format!("{:016x}", fnv(&parts.join("\0")))
    };
    findings.iter().map(identity).collect()
}

/// FNV-1a: short, and the same in every version of the compiler, which the standard library does not promise of its own hashes.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
