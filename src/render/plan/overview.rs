//! The head of the tree: what feeds what.

use std::collections::{HashMap, HashSet};

use super::paint::Paint;
use super::{Node, count, extractors, namespace, one_line, sources};
use crate::definitions::{Form, Origin};
use crate::plan::Plan;
use crate::workspace::CollectionId;

/// However long a chain is, its lines are not indented deeper than this.
const DEEPEST: usize = 16;

/// A line for each bucket, source that is not known, and collection, each below what it reads.
pub(super) fn overview(plan: &Plan<'_>, paint: Paint) -> Vec<String> {
    let mut readers: HashMap<Node, Vec<CollectionId>> = HashMap::new();
    let mut unseen = Vec::new();
    for planned in &plan.collections {
        for (source, _) in sources(plan, planned.id) {
            if matches!(source, Node::Unseen(_)) && !readers.contains_key(&source) {
                unseen.push(source.clone());
            }
            readers.entry(source).or_default().push(planned.id);
        }
    }
    let mut walk = Walk { plan, paint, readers, drawn: HashSet::new(), lines: Vec::new() };
    let buckets = plan.buckets.iter().map(|&bucket| Node::Bucket(bucket));
    buckets.chain(unseen).for_each(|root| walk.below(root));
    // What is left reads itself in a circle.
    plan.collections.iter().for_each(|planned| walk.below(Node::Collection(planned.id)));
    walk.lines
}

struct Walk<'p> {
    plan: &'p Plan<'p>,
    paint: Paint,
    readers: HashMap<Node, Vec<CollectionId>>,
    drawn: HashSet<Node>,
    lines: Vec<String>,
}

impl Walk<'_> {
    /// Draws a root and all that it feeds, unless it is drawn already.
    fn below(&mut self, root: Node) {
        if self.drawn.contains(&root) {
            return;
        }
        // Of each node that is still to be drawn: the branches left of it, and whether it is the last one on its branch.
        let mut stack = vec![(root, Vec::new(), None)];
        while let Some((node, mut branches, is_last)) = stack.pop() {
            let is_again = !self.drawn.insert(node.clone());
            self.draw(&node, &branches, is_last, is_again);
            let Some(readers) = self.readers.get(&node).filter(|_| !is_again) else { continue };
            branches.extend(is_last);
            let last = readers.len().saturating_sub(1);
            let below = readers.iter().enumerate().rev();
            stack.extend(below.map(|(number, &id)| (Node::Collection(id), branches.clone(), Some(number == last))));
        }
    }

    fn draw(&mut self, node: &Node, branches: &[bool], is_last: Option<bool>, is_again: bool) {
        let mut line = String::new();
        let hidden = branches.len().saturating_sub(DEEPEST);
        if hidden > 0 {
            line.push_str("⋯  ");
        }
        branches[hidden..].iter().for_each(|is_last| line.push_str(if *is_last { "   " } else { "│  " }));
        line.push_str(match is_last {
            None => "",
            Some(true) => "└─ ",
            Some(false) => "├─ ",
        });
        let (name, about) = self.words(node);
        let about = if is_again { "(see above)".to_owned() } else { about };
        self.lines.push(format!(
            "{}{}  {}",
            self.paint.dim(&line),
            self.paint.bold(&one_line(&name)),
            self.paint.dim(&one_line(&about))
        ));
    }

    fn words(&self, node: &Node) -> (String, String) {
        let workspace = self.plan.workspace;
        match node {
            Node::Bucket(bucket) => {
                let bucket = &workspace.buckets[*bucket];
                let fields = bucket.schema.as_ref().map(|schema| count(schema.fields.iter().count(), "field"));
                let schema = fields.unwrap_or_else(|| "no schema".to_owned());
                (
                    bucket.origin.name().to_owned(),
                    format!("bucket, {schema}{}{}", of_answer(&bucket.origin), namespace(&bucket.origin)),
                )
            }
            Node::Unseen(reference) => (reference.clone(), "not known here".to_owned()),
            Node::Collection(id) => {
                let collection = &workspace.collections[*id];
                let tier = self.plan.tier(*id).map_or_else(|| "no known tier".to_owned(), |tier| format!("tier {tier}"));
                let by = extractors(&collection.extractors);
                let by = if by.is_empty() { by } else { format!(", {by}") };
                let disabled = if collection.is_enabled { "" } else { ", disabled" };
                (collection.origin.name().to_owned(), format!("{tier}{by}{disabled}{}", of_answer(&collection.origin)))
            }
        }
    }
}

fn of_answer(origin: &Origin) -> &'static str {
    if origin.form == Form::Answer { ", a saved answer" } else { "" }
}
