//! What anchors name, and how much the aliases of a file may stand for.

use crate::syntax::{Kind, Limits, Problem};

/// How big a value is, aliases followed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// How many values it is, itself counted.
    pub(super) values: usize,
    /// How deep objects and lists are nested in it; 0 for a scalar.
    pub(super) height: usize,
}

impl Extent {
    pub(super) const SCALAR: Extent = Extent { values: 1, height: 0 };
    pub(super) const EMPTY_COLLECTION: Extent = Extent { values: 1, height: 1 };

    /// Counts `child` into the object or list that holds it.
    pub(super) fn add(&mut self, child: Extent) {
        self.values = self.values.saturating_add(child.values);
        self.height = self.height.max(child.height.saturating_add(1));
    }
}

/// A value with an anchor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchored {
    pub(super) index: u32,
    pub(super) kind: Kind,
    /// Whether a merge key can take it.
    pub(super) can_merge: bool,
    /// Nothing while the value is being read.
    pub(super) extent: Option<Extent>,
}

/// The anchors of a file by the number that the parser gives them.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    known: Vec<Option<Anchored>>,
    /// How many values the aliases so far stand for.
    aliased: usize,
    too_large: bool,
}

impl Anchors {
    /// Notes what the anchor number `id` names; 0 is no anchor.
    pub(super) fn set(&mut self, id: usize, anchored: Anchored) {
        if id == 0 {
            return;
        }
        if self.known.len() <= id {
            self.known.resize(id + 1, None);
        }
        self.known[id] = Some(anchored);
    }

    /// What an alias of anchor `id` inside `depth` values stands for, if it may; else what is wrong, where that is not
    /// reported already.
    pub(super) fn resolve(&mut self, id: usize, depth: usize, limits: Limits) -> Result<(Anchored, Extent), Option<Problem>> {
        let anchored = self.known.get(id).copied().flatten().ok_or(None)?;
        let extent = anchored.extent.ok_or(Some(Problem::RecursiveAlias))?;
        if depth.saturating_add(extent.height) > limits.depth {
            return Err(Some(Problem::TooDeep));
        }
        let aliased = self.aliased.saturating_add(extent.values);
        if aliased > limits.aliased {
            let first = !std::mem::replace(&mut self.too_large, true);
            return Err(first.then_some(Problem::AliasesTooLarge));
        }
        self.aliased = aliased;
        Ok((anchored, extent))
    }
}
