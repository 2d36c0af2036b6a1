//! Where letters stand on the screen, as the contract says to read it from the accessibility tree: the runs of
//! the paragraphs with their `character_positions`.

use eframe::egui::{
    Pos2, Rect,
    accesskit::{Role, TextDirection},
    pos2,
};
use egui_kittest::kittest::{NodeT, Queryable};

use super::Desk;

/// A grapheme and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) text: String,
    /// Which run of the article it stands in.
    pub(super) run: usize,
    rect: Rect,
    rtl: bool,
}

impl Letter {
    pub(super) fn middle(&self) -> Pos2 {
        self.rect.center()
    }

    /// A little inside of the edge where it begins.
    fn start(&self) -> Pos2 {
        self.at(0.15)
    }

    /// A little inside of the edge where it ends.
    fn end(&self) -> Pos2 {
        self.at(0.85)
    }

    /// The very edge where it begins.
    pub(super) fn edge_before(&self) -> Pos2 {
        self.at(0.0)
    }

    /// The very edge where it ends.
    pub(super) fn edge_behind(&self) -> Pos2 {
        self.at(1.0)
    }

    fn at(&self, part: f32) -> Pos2 {
        let part = if self.rtl { 1.0 - part } else { part };
        pos2(
            self.rect.left() + self.rect.width() * part,
            self.rect.center().y,
        )
    }
}

/// Digits and Latin letters run left to right within Arabic lines; signs go with the line.
fn runs_right_to_left(text: &str, line: bool) -> bool {
    match text.chars().next() {
        Some('\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}') => false,
        Some('\u{590}'..='\u{8FF}') => true,
        Some(c) if c.is_alphanumeric() => false,
        _ => line,
    }
}

impl Desk {
    /// Every grapheme of the paragraphs that the tree has, in logical order.
    pub(super) fn letters(&self) -> Vec<Letter> {
        let (mut letters, mut count) = (Vec::new(), 0);
        for paragraph in self.harness.get_all_by_role(Role::Paragraph) {
            for run in paragraph
                .accesskit_node()
                .children()
                .filter(|n| n.role() == Role::TextRun)
            {
                let data = run.data();
                let bounds = data.bounds().unwrap();
                let line = data.text_direction() == Some(TextDirection::RightToLeft);
                let mut rest = data.value().unwrap();
                let widths = data.character_widths().unwrap().iter();
                let places = data.character_positions().unwrap().iter().zip(widths);
                for (length, (position, width)) in data.character_lengths().iter().zip(places) {
                    let (text, after) = rest.split_at(usize::from(*length));
                    rest = after;
                    let (near, far) = (f64::from(*position), f64::from(*position + *width));
                    let (left, right) = if line {
                        (bounds.x1 - far, bounds.x1 - near)
                    } else {
                        (bounds.x0 + near, bounds.x0 + far)
                    };
                    let min = pos2(left as f32, bounds.y0 as f32);
                    let max = pos2(right as f32, bounds.y1 as f32);
                    let rtl = runs_right_to_left(text, line);
                    letters.push(Letter {
                        text: text.to_owned(),
                        run: count,
                        rect: Rect::from_min_max(min, max),
                        rtl,
                    });
                }
                count += 1;
            }
        }
        letters
    }

    /// The grapheme that holds the byte. The articles of these tests are in the tree from their first letter.
    pub(super) fn letter(&self, byte: usize) -> Letter {
        let mut end = 0;
        let found = self.letters().into_iter().find(|letter| {
            end += letter.text.len();
            byte < end
        });
        found.unwrap_or_else(|| panic!("byte {byte} is not near the viewport"))
    }

    /// Whether a place is well within the height of some line's letters, and on one of them.
    pub(super) fn is_on_letters(&self, at: Pos2) -> bool {
        let letters = self.letters();
        let mut inked = letters
            .iter()
            .filter(|letter| !letter.text.trim().is_empty());
        inked.any(|letter| {
            let near = (letter.rect.center().y - at.y).abs() < 6.0;
            near && letter.rect.x_range().contains(at.x)
        })
    }

    /// The first and the last grapheme of the `[marked]` part.
    pub(super) fn ends_of(&self, marked: &str) -> (Letter, Letter) {
        let (start, end) = self.place(marked);
        let last = self.article().text()[..end]
            .char_indices()
            .next_back()
            .unwrap()
            .0;
        (self.letter(start), self.letter(last))
    }

    /// Where a drag over the `[marked]` part begins and ends.
    pub(super) fn drag_ends(&self, marked: &str) -> (Pos2, Pos2) {
        let (first, last) = self.ends_of(marked);
        (first.start(), last.end())
    }

    /// The middle of the first letter of the `[marked]` part.
    pub(super) fn middle_of(&self, marked: &str) -> Pos2 {
        self.ends_of(marked).0.middle()
    }
}
