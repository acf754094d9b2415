//! Feature URIs: the addresses of the vectors that extractors write, `mixpeek://text_extractor@v1/multilingual_e5_large_instruct_v1`.

use std::ops::Range;

/// The address of a vector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureUri<'a> {
    /// The name of the extractor.
    pub extractor: &'a str,
    /// Its version.
    pub version: &'a str,
    /// Which of its vectors, by the name of the model; it may be left out of an extractor that writes one.
    pub output: Option<&'a str>,
}

/// Why a text is no feature URI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UriFault {
    /// It has no scheme: a bare name, as collections that bring their own vectors have it.
    Bare,
    /// It has another scheme; the bytes of it.
    Scheme(Range<usize>),
    /// Nothing says which version of the extractor; the place after its name.
    NoVersion(usize),
    /// A part is empty, or has characters that it cannot have.
    Part(Range<usize>),
}

/// The scheme.
const SCHEME: &str = "mixpeek://";

impl<'a> FeatureUri<'a> {
    /// Reads a feature URI. The grammar is that of the service's `FeatureAddress`, API 0.82.
    pub fn parse(text: &'a str) -> Result<FeatureUri<'a>, UriFault> {
        let Some(rest) = text.strip_prefix(SCHEME) else {
            return Err(text.find("://").map_or(UriFault::Bare, |end| UriFault::Scheme(0..end)));
        };
        let (address, output) = rest.split_once('/').map_or((rest, None), |(address, output)| (address, Some(output)));
        let Some((extractor, version)) = address.split_once('@') else {
            return Err(UriFault::NoVersion(SCHEME.len() + address.len()));
        };
        let start = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
        let check = |part: &str, marks: &str| {
            let is_taken = |letter: char| letter.is_ascii_alphanumeric() || marks.contains(letter);
            let is_right = !part.is_empty() && part.chars().all(is_taken);
            if is_right { Ok(()) } else { Err(UriFault::Part(start(part)..start(part) + part.len())) }
        };
        check(extractor, "_-")?;
        check(version, "._-")?;
        output.map_or(Ok(()), |output| check(output, "_.@-"))?;
        Ok(FeatureUri { extractor, version, output })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar() {
        let read = |text| FeatureUri::parse(text).map(|uri| (uri.extractor, uri.version, uri.output));
        assert_eq!(read("mixpeek://text_extractor@v1/e5_v1"), Ok(("text_extractor", "v1", Some("e5_v1"))));
        assert_eq!(read("mixpeek://my-plugin@1.0.0"), Ok(("my-plugin", "1.0.0", None)));
        assert_eq!(read("mixpeek://m@v2/multimodalembedding@001"), Ok(("m", "v2", Some("multimodalembedding@001"))));
        assert_eq!(read("embedding"), Err(UriFault::Bare));
        assert_eq!(read("namespace://c/f"), Err(UriFault::Scheme(0..9)));
        assert_eq!(read("mixpeek://text_extractor/e5"), Err(UriFault::NoVersion(24)));
        assert_eq!(read("mixpeek://@v1/e5"), Err(UriFault::Part(10..10)));
        assert_eq!(read("mixpeek://a b@v1/e5"), Err(UriFault::Part(10..13)));
        assert_eq!(read("mixpeek://a@v1/"), Err(UriFault::Part(15..15)));
        assert_eq!(read("mixpeek://a@v1/b/c"), Err(UriFault::Part(15..18)));
    }
}
