//! Did you mean: the nearest of a set of names.

use std::cell::OnceCell;

use rapidfuzz::distance::osa::{Args, BatchComparator};

/// However long a name is, more slips than this are another name.
const MOST_SLIPS: usize = 4;
/// How many separators two spellings of one name may differ by.
const SEPARATORS: usize = 8;
/// Names with more bytes than this are compared with none.
const LONGEST: usize = 128;

/// The name nearest to `wanted`, if one is near enough to be a slip of it. Names that differ only in letter case or separators
/// are nearest; of two that are equally near the first one wins.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = Wanted::new(wanted)?;
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let bound = best.map_or(wanted.slips, |(distance, _)| distance.saturating_sub(1));
        if let Some(distance) = wanted.distance(name, bound)
            && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Whether `near` is nearer to `wanted` than all other names.
pub fn is_sole<'a>(wanted: &str, near: &str, names: impl IntoIterator<Item = &'a str>) -> bool {
    let Some(shape) = Wanted::new(wanted) else { return false };
    let Some(distance) = shape.near(near) else { return true };
    names.into_iter().all(|name| name == near || shape.distance(name, distance).is_none())
}

/// What is known of a name without looking at the order of its letters.
#[derive(Debug, Clone, Copy)]
pub struct Outline {
    letters: u64,
    /// In bytes.
    length: u32,
    is_ascii: bool,
}

impl Outline {
    /// That of a name.
    pub fn of(name: &str) -> Outline {
        let length = u32::try_from(name.len()).unwrap_or(u32::MAX);
        Outline { letters: letters(name), length, is_ascii: name.is_ascii() }
    }
}

/// A name that nothing has, prepared for many comparisons: most of them end at cheap bounds, without looking at the order of
/// letters.
pub struct Wanted<'a> {
    name: &'a str,
    bytes: BatchComparator<u8>,
    characters: OnceCell<BatchComparator<char>>,
    outline: Outline,
    /// In characters.
    length: usize,
    slips: usize,
}

impl<'a> Wanted<'a> {
    /// Nothing for a name that is too long to be compared.
    pub fn new(name: &'a str) -> Option<Wanted<'a>> {
        if name.len() > LONGEST {
            return None;
        }
        let length = name.chars().count();
        let bytes = BatchComparator::new(name.bytes().map(|byte| byte.to_ascii_lowercase()));
        Some(Wanted {
            name,
            bytes,
            characters: OnceCell::new(),
            outline: Outline::of(name),
            length,
            slips: (length / 3).clamp(1, MOST_SLIPS),
        })
    }

    /// How many slips of the pen lie between the names, when few enough for one to be a slip of the other. 0: they are the same
    /// but for letter case and separators.
    pub fn near(&self, name: &str) -> Option<usize> {
        self.distance(name, self.slips)
    }

    /// How many slips may lie between two spellings of this name.
    pub fn slips(&self) -> usize {
        self.slips
    }

    /// Whether a name of this outline may have no more than so many slips.
    pub fn may_be_within(&self, outline: Outline, bound: usize) -> bool {
        let longer = outline.length.abs_diff(self.outline.length) as usize;
        let differing = (self.outline.letters ^ outline.letters).count_ones() as usize;
        // A slip adds or drops one character, of up to four bytes, and changes at most one letter of each name.
        let most = if outline.is_ascii && self.outline.is_ascii { bound } else { 4 * bound };
        let is_near = differing <= 2 * bound && longer <= most || differing == 0 && longer <= SEPARATORS;
        is_near && outline.length as usize <= 2 * LONGEST
    }

    /// How many slips lie between the names, when no more than `bound`; 0 like [`Wanted::near`].
    pub fn distance(&self, name: &str, bound: usize) -> Option<usize> {
        let outline = Outline::of(name);
        if !self.may_be_within(outline, bound) || name == self.name {
            return None;
        }
        let longer = outline.length.abs_diff(self.outline.length) as usize;
        if outline.letters == self.outline.letters && longer <= SEPARATORS && folded(name).eq(folded(self.name)) {
            return Some(0);
        }
        let args = Args::default().score_cutoff(bound);
        let distance = if outline.is_ascii && self.outline.is_ascii {
            self.bytes.distance_with_args(name.bytes().map(|byte| byte.to_ascii_lowercase()), &args)
        } else {
            let lower = || BatchComparator::new(self.name.chars().flat_map(char::to_lowercase));
            self.characters.get_or_init(lower).distance_with_args(name.chars().flat_map(char::to_lowercase), &args)
        };
        // Of a short name, all but one letter must be right: `id` is no slip of `url`.
        distance.map(|distance| distance.max(1)).filter(|&distance| distance <= bound && distance < self.length)
    }
}

fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// One bit for each letter or digit that occurs, letter case and separators aside.
fn letters(name: &str) -> u64 {
    if name.is_ascii() {
        let bit = |byte: u8| if byte.is_ascii_alphanumeric() { 1 << (byte.to_ascii_lowercase() & 63) } else { 0 };
        return name.bytes().fold(0, |set, byte| set | bit(byte));
    }
    folded(name).fold(0, |set, letter| set | 1 << (u32::from(letter) & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_nothing_else() {
        let names = ["title", "summary", "published_at", "sku", "tags"];
        for (wanted, found) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("publishedAt", Some("published_at")),
            ("published-at", Some("published_at")),
            ("sumary", Some("summary")),
            ("tag", Some("tags")),
            ("títle", Some("title")),
            ("t-i-t-l-e", Some("title")),
            ("ean", None),
            ("description", None),
            ("title", None),
            ("", None),
        ] {
            assert_eq!(nearest(wanted, names), found, "{wanted}");
        }
    }

    #[test]
    fn one_of_two_that_are_as_near_is_not_the_only_one() {
        assert!(is_sole("titel", "title", ["title", "tithe", "sku"]));
        assert!(!is_sole("ab", "ac", ["ac", "ad"]));
        assert!(is_sole("publishedAt", "published_at", ["published_at", "published_by"]));
    }

    #[test]
    fn prefers_the_nearest_then_the_first() {
        assert_eq!(nearest("collor", ["cooler", "color", "collar"]), Some("color"));
        assert_eq!(nearest("ab", ["ac", "ad"]), Some("ac"));
    }
}
