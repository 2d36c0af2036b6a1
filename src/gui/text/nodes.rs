//! Nodes of the accessibility tree for text that is drawn by us: runs of text, and their place in the tree.

use eframe::egui::{
    Id, Rect, Ui, UiBuilder,
    accesskit::{self, Node, Role, TextDirection},
};

use crate::typeset::RunText;

/// Gives a node its parent: only a child interface can.
pub(crate) fn child(ui: &mut Ui, parent: Id, id: Id) {
    let builder = UiBuilder::new()
        .scope_id(id)
        .accessibility_parent(parent)
        .max_rect(Rect::ZERO);
    drop(ui.new_child(builder));
}

/// The node of a run, which still lacks its bounds. `scale` is how many physical pixels a point has.
pub(crate) fn run(run: &RunText, value: &str, scale: f32) -> Node {
    let points = |pixels: &[f32]| pixels.iter().map(|x| x / scale).collect::<Vec<f32>>();
    let mut node = Node::new(Role::TextRun);
    node.set_text_direction(direction(run.rtl));
    node.set_value(value);
    node.set_character_lengths(run.character_lengths.as_slice());
    node.set_character_positions(points(&run.character_positions));
    node.set_character_widths(points(&run.character_widths));
    node.set_word_starts(run.word_starts.as_slice());
    node
}

pub(crate) fn direction(rtl: bool) -> TextDirection {
    if rtl {
        TextDirection::RightToLeft
    } else {
        TextDirection::LeftToRight
    }
}

pub(crate) fn bounds(rect: Rect) -> accesskit::Rect {
    accesskit::Rect {
        x0: rect.left().into(),
        y0: rect.top().into(),
        x1: rect.right().into(),
        y1: rect.bottom().into(),
    }
}

/// The byte at which a run's character begins; its end for one beyond its last.
pub(crate) fn byte_of_character(start: usize, lengths: &[u8], character: usize) -> usize {
    let before = lengths.iter().take(character);
    start + before.map(|length| usize::from(*length)).sum::<usize>()
}

/// The character of a run that begins at a byte or holds it.
pub(crate) fn character_of_byte(start: usize, lengths: &[u8], byte: usize) -> usize {
    let mut at = start;
    let before = lengths.iter().take_while(|length| {
        let is_before = at < byte;
        at += usize::from(**length);
        is_before
    });
    before.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_characters_lead_to_each_other() {
        let lengths = [2, 1, 4];
        for (character, byte) in [(0, 10), (1, 12), (2, 13), (3, 17)] {
            assert_eq!(byte_of_character(10, &lengths, character), byte);
            assert_eq!(character_of_byte(10, &lengths, byte), character);
        }
        assert_eq!(byte_of_character(10, &lengths, 9), 17);
        assert_eq!(character_of_byte(10, &lengths, 99), 3);
    }
}
