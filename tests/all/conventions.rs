//! What users know of other tools, and what no other file holds: colors and links, width, hooks, notes of lineage, silence offline.
