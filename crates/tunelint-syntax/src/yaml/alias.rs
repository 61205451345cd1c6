//! What an alias may refer to, so that even a careless walk over a tree stays short and shallow.

use super::NodeId;

/// How many nodes all aliases of a text may add to it when they are followed.
const MOST_NODES: u64 = 500_000;
/// How deep a tree may be with its aliases followed.
const MOST_LEVELS: usize = 600;

/// An anchored node, finished.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) node: NodeId,
    pub(super) size: Size,
}

/// The size of a tree with its aliases followed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    pub(super) nodes: u64,
    pub(super) levels: usize,
}

impl Size {
    /// A node without children.
    pub(super) const LEAF: Self = Self {
        nodes: 1,
        levels: 1,
    };

    /// Adds the tree of a child.
    pub(super) fn add(&mut self, child: Self) {
        self.nodes += child.nodes;
        self.levels = self.levels.max(child.levels + 1);
    }
}

/// What the aliases of a text have added so far.
#[derive(Debug, Default)]
pub(super) struct Budget {
    nodes: u64,
    refused: bool,
}

impl Budget {
    /// Whether this is the first time that it is asked.
    pub(super) fn is_first_refusal(&mut self) -> bool {
        !std::mem::replace(&mut self.refused, true)
    }

    /// Whether an alias `depth` levels below the root may refer to a tree of `size`.
    pub(super) fn admits(&mut self, size: Size, depth: usize) -> bool {
        let nodes = self.nodes + size.nodes;
        let fits = nodes <= MOST_NODES && depth + size.levels <= MOST_LEVELS;
        if fits {
            self.nodes = nodes;
        }
        fits
    }
}
