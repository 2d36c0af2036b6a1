//! The accessibility tree as a person who cannot see uses it: what is where, and where a word stands. Reads
//! what the contract promises, nothing of the program's insides.

use std::collections::HashMap;
use std::fmt;

use eframe::egui::accesskit::{Node, NodeId, Rect, Role, TextDirection, TreeUpdate};

/// A place in the window, in physical pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl Point {
    /// As xdotool wants it.
    pub(crate) fn pixels(self) -> (String, String) {
        (format!("{:.0}", self.x), format!("{:.0}", self.y))
    }

    /// The point a part of the way to another.
    pub(crate) fn towards(self, other: Self, part: f64) -> Self {
        Self {
            x: self.x + (other.x - self.x) * part,
            y: self.y + (other.y - self.y) * part,
        }
    }
}

/// One frame's tree.
#[derive(Clone)]
pub(crate) struct Tree {
    nodes: HashMap<NodeId, Node>,
    root: NodeId,
    pixels_per_point: f64,
}

impl Tree {
    pub(super) fn new(update: TreeUpdate, pixels_per_point: f64) -> Self {
        Self {
            root: update.tree.map_or(NodeId(0), |tree| tree.root),
            nodes: update.nodes.into_iter().collect(),
            pixels_per_point,
        }
    }

    /// Every node, parents before children, in their order.
    pub(crate) fn nodes(&self) -> Vec<&Node> {
        let mut found = Vec::new();
        let mut open = vec![self.root];
        while let Some(node) = open.pop().and_then(|id| self.nodes.get(&id)) {
            found.push(node);
            open.extend(
                node.children()
                    .iter()
                    .rev()
                    .filter(|id| self.nodes.contains_key(id)),
            );
        }
        found
    }

    /// The node with this `author_id`.
    pub(crate) fn by_author(&self, author_id: &str) -> Option<&Node> {
        self.nodes
            .values()
            .find(|node| node.author_id() == Some(author_id))
    }

    /// The article.
    pub(crate) fn document(&self) -> Option<&Node> {
        self.nodes()
            .into_iter()
            .find(|node| node.role() == Role::Document)
    }

    /// The names of the spans: `LABEL: text`.
    pub(crate) fn marks(&self) -> Vec<String> {
        let marks = self
            .nodes()
            .into_iter()
            .filter(|node| node.role() == Role::Mark);
        marks.map(|node| name_of(node).to_owned()).collect()
    }

    /// What the status says.
    pub(crate) fn status(&self) -> Option<&str> {
        self.by_author("status").map(name_or_value)
    }

    /// The number in `Saved n edits`.
    pub(crate) fn saved(&self) -> Option<u64> {
        let number = self.status()?.strip_prefix("Saved ")?;
        number.split(' ').next()?.parse().ok()
    }

    /// The node's middle.
    pub(crate) fn centre(&self, node: &Node) -> Option<Point> {
        let (from, to) = self.pixel_bounds(node)?;
        Some(from.towards(to, 0.5))
    }

    /// The node's upper left and lower right corners.
    pub(crate) fn pixel_bounds(&self, node: &Node) -> Option<(Point, Point)> {
        let bounds = node.bounds()?;
        Some((
            self.pixel(bounds.x0, bounds.y0),
            self.pixel(bounds.x1, bounds.y1),
        ))
    }

    /// The text of the paragraphs that the tree has, joined.
    pub(crate) fn text(&self) -> String {
        self.letters()
            .into_iter()
            .map(|letter| letter.text)
            .collect()
    }

    /// Where a drag over the `nth` place that reads `text` begins and ends, in logical order; a little inside
    /// of its first and last letter, so that rounding to pixels does not choose a neighbour.
    pub(crate) fn ends_of(&self, text: &str, nth: usize) -> Option<(Point, Point)> {
        let letters = self.letters();
        let whole: String = letters.iter().map(|letter| letter.text.as_str()).collect();
        let (start, _) = whole.match_indices(text).nth(nth)?;
        let first = letter_at(&letters, start)?;
        let (last_byte, _) = text.char_indices().next_back()?;
        let last = letter_at(&letters, start + last_byte)?;
        Some((
            first.start.towards(first.end, 0.2),
            last.end.towards(last.start, 0.2),
        ))
    }

    /// Every grapheme of the article in logical order, with the places of its edges.
    fn letters(&self) -> Vec<Letter> {
        let mut paragraphs: Vec<(usize, &Node)> = self
            .nodes
            .values()
            .filter_map(|node| Some((node.author_id()?.strip_prefix("p:")?.parse().ok()?, node)))
            .collect();
        paragraphs.sort_by_key(|(start, _)| *start);
        paragraphs
            .into_iter()
            .flat_map(|(_, node)| node.children())
            .filter_map(|id| self.nodes.get(id))
            .filter(|node| node.role() == Role::TextRun)
            .flat_map(|run| self.letters_of(run))
            .collect()
    }

    fn letters_of(&self, run: &Node) -> Vec<Letter> {
        let right_to_left = run.text_direction() == Some(TextDirection::RightToLeft);
        let bounds = run.bounds().unwrap_or(Rect::ZERO);
        let middle = f64::midpoint(bounds.y0, bounds.y1);
        let mut rest = run.value().unwrap_or_default();
        let places = run.character_positions().unwrap_or_default();
        let widths = run.character_widths().unwrap_or_default();
        run.character_lengths()
            .iter()
            .zip(places.iter().zip(widths))
            .map(|(length, (position, width))| {
                let (text, after) = rest
                    .split_at_checked(usize::from(*length))
                    .expect("lengths match the value");
                rest = after;
                let near = f64::from(*position);
                let far = near + f64::from(*width);
                let (left, right) = if right_to_left {
                    (bounds.x1 - far, bounds.x1 - near)
                } else {
                    (bounds.x0 + near, bounds.x0 + far)
                };
                let (start, end) = if reads_right_to_left(text, right_to_left) {
                    (right, left)
                } else {
                    (left, right)
                };
                Letter {
                    text: text.to_owned(),
                    start: self.pixel(start, middle),
                    end: self.pixel(end, middle),
                }
            })
            .collect()
    }

    fn pixel(&self, x: f64, y: f64) -> Point {
        Point {
            x: x * self.pixels_per_point,
            y: y * self.pixels_per_point,
        }
    }
}

/// A grapheme with its edges in logical order.
struct Letter {
    text: String,
    start: Point,
    end: Point,
}

/// The letter that holds the byte at `at` of all letters joined.
fn letter_at(letters: &[Letter], at: usize) -> Option<&Letter> {
    let mut end = 0;
    letters.iter().find(|letter| {
        end += letter.text.len();
        at < end
    })
}

/// Digits and Latin letters read left to right within Arabic lines; signs go with the line.
fn reads_right_to_left(text: &str, line: bool) -> bool {
    match text.chars().next() {
        Some('\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}') => false,
        Some('\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}') => true,
        Some(c) if c.is_alphanumeric() => false,
        _ => line,
    }
}

fn name_of(node: &Node) -> &str {
    node.label().or(node.value()).unwrap_or_default()
}

fn name_or_value(node: &Node) -> &str {
    node.value().or(node.label()).unwrap_or_default()
}

/// One line a node, for messages of tests that fail.
impl fmt::Display for Tree {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for node in self.nodes() {
            let bounds = self
                .pixel_bounds(node)
                .map(|(a, b)| format!("{:.0},{:.0}–{:.0},{:.0}", a.x, a.y, b.x, b.y));
            let (role, id) = (node.role(), node.author_id().unwrap_or_default());
            writeln!(
                out,
                "{role:?} {id} `{}` {}",
                name_of(node),
                bounds.unwrap_or_default()
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::accesskit::{TreeId, TreeInfo};

    /// A line of letters each 10 points wide, from 100 to `100 + 10 · letters`, between 20 and 40 points.
    fn line(text: &str, direction: TextDirection, places: &[f32]) -> Node {
        let mut run = Node::new(Role::TextRun);
        run.set_value(text);
        run.set_text_direction(direction);
        run.set_bounds(Rect {
            x0: 100.0,
            y0: 20.0,
            x1: 100.0 + 10.0 * places.len() as f64,
            y1: 40.0,
        });
        run.set_character_lengths(text.chars().map(|c| c.len_utf8() as u8).collect::<Vec<_>>());
        run.set_character_positions(places.to_vec());
        run.set_character_widths(vec![10.0; places.len()]);
        run
    }

    fn tree(run: Node, pixels_per_point: f64) -> Tree {
        let parent = |role, child| {
            let mut node = Node::new(role);
            node.set_children(vec![NodeId(child)]);
            node
        };
        let mut paragraph = parent(Role::Paragraph, 3);
        paragraph.set_author_id("p:0");
        let update = TreeUpdate {
            nodes: vec![
                (NodeId(0), parent(Role::Window, 1)),
                (NodeId(1), parent(Role::Document, 2)),
                (NodeId(2), paragraph),
                (NodeId(3), run),
            ],
            tree: Some(TreeInfo::new(NodeId(0))),
            tree_id: TreeId::ROOT,
            focus: NodeId(1),
        };
        Tree::new(update, pixels_per_point)
    }

    fn ends(tree: &Tree, text: &str, nth: usize) -> (f64, f64) {
        let (from, to) = tree.ends_of(text, nth).unwrap();
        (from.x, to.x)
    }

    #[test]
    fn a_word_is_found_left_to_right_and_right_to_left() {
        let places = [0.0, 10.0, 20.0, 30.0, 40.0];
        let latin = tree(line("ab ab", TextDirection::LeftToRight, &places), 1.0);
        assert_eq!(ends(&latin, "ab", 0), (102.0, 118.0));
        assert_eq!(ends(&latin, "ab", 1), (132.0, 148.0));
        assert!(latin.ends_of("ab", 2).is_none());
        let arabic = tree(line("قد من", TextDirection::RightToLeft, &places), 1.0);
        assert_eq!(ends(&arabic, "قد", 0), (148.0, 132.0));
        assert_eq!(arabic.text(), "قد من");
    }

    #[test]
    fn latin_within_an_arabic_line_is_dragged_left_to_right() {
        // `م EU`: the Latin word's letters stand in their own order at the line's left end.
        let mixed = tree(
            line("م EU", TextDirection::RightToLeft, &[0.0, 10.0, 30.0, 20.0]),
            1.0,
        );
        assert_eq!(ends(&mixed, "EU", 0), (102.0, 118.0));
    }

    #[test]
    fn places_are_physical_pixels() {
        let double = tree(line("ab", TextDirection::LeftToRight, &[0.0, 10.0]), 2.0);
        let (from, to) = double.ends_of("ab", 0).unwrap();
        assert_eq!(
            (from, to),
            (Point { x: 204.0, y: 60.0 }, Point { x: 236.0, y: 60.0 })
        );
    }

    #[test]
    fn the_status_counts_what_is_saved() {
        let mut status = Node::new(Role::Status);
        status.set_author_id("status");
        status.set_value("Saved 12 edits");
        let mut tree = tree(status, 1.0);
        assert_eq!(tree.saved(), Some(12));
        tree.nodes
            .values_mut()
            .for_each(|node| node.set_value("Saving…"));
        assert_eq!(tree.saved(), None);
    }
}
