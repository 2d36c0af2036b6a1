//! What a pointer does to the text: presses, drags and releases become commands. Pure: it knows where in the
//! text the pointer is, and nothing of the window.

use std::ops::Range;

use crate::{
    annotation::{LabelId, SpanId},
    session::{Command, DeskCommand, Edge, SpanCommand},
    text::segment,
};

/// Where the pointer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The nearest edge between graphemes.
    pub(super) byte: usize,
    /// The grapheme under it, if it is on one.
    pub(super) grapheme: Option<Range<usize>>,
}

/// How much text a press takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Grapheme,
    Word,
    Sentence,
}

impl Unit {
    fn of_clicks(clicks: u32) -> Self {
        match clicks {
            0 | 1 => Self::Grapheme,
            2 => Self::Word,
            _ => Self::Sentence,
        }
    }

    /// The unit at a spot.
    fn around(self, text: &str, spot: &Spot) -> Range<usize> {
        let at = spot
            .grapheme
            .as_ref()
            .map_or(spot.byte, |grapheme| grapheme.start);
        match self {
            Self::Grapheme => spot.byte..spot.byte,
            Self::Word => segment::word_at(text, at),
            Self::Sentence => segment::sentence_at(text, at),
        }
    }
}

/// A press that is not released yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Gesture {
    /// None.
    #[default]
    Idle,
    /// A selection that grows from what was pressed.
    Select(Selecting),
    /// A handle of the chosen span.
    Edge(Dragging),
}

/// A selection in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Selecting {
    from: Range<usize>,
    unit: Unit,
    pressed: Spot,
    /// It has become a selection and is no click any more.
    moved: bool,
}

/// A handle being dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dragging {
    /// Whose.
    pub(super) span: SpanId,
    /// Which.
    pub(super) edge: Edge,
    /// Where the edge was.
    from: usize,
    /// Where it would be.
    pub(super) to: usize,
}

impl Gesture {
    /// A press on the text, the `clicks`-th in a row. `held` is where a selection goes on from, with Shift.
    pub(super) fn press(
        text: &str,
        spot: Spot,
        clicks: u32,
        held: Option<usize>,
    ) -> (Self, Vec<Command>) {
        let unit = Unit::of_clicks(if held.is_some() { 1 } else { clicks });
        let from = match held {
            Some(anchor) => anchor..anchor,
            None => unit.around(text, &spot),
        };
        let command = match (held, unit) {
            (Some(anchor), _) => DeskCommand::Select(anchor, spot.byte),
            (None, Unit::Grapheme) => DeskCommand::Caret(spot.byte, false),
            (None, _) => DeskCommand::Select(from.start, from.end),
        };
        let moved = held.is_some() || unit != Unit::Grapheme;
        let selecting = Selecting {
            from,
            unit,
            pressed: spot,
            moved,
        };
        (Self::Select(selecting), vec![command.into()])
    }

    /// A press on a handle.
    pub(super) fn grab(span: SpanId, edge: Edge, at: usize) -> Self {
        Self::Edge(Dragging {
            span,
            edge,
            from: at,
            to: at,
        })
    }

    /// The pointer has moved to another spot while it is pressed.
    pub(super) fn drag(&mut self, text: &str, spot: &Spot) -> Option<Command> {
        match self {
            Self::Idle => None,
            Self::Select(selecting) => selecting.drag(text, spot),
            Self::Edge(dragging) => {
                dragging.to = spot.byte;
                None
            }
        }
    }

    /// The pointer was released. With `label` a selection is tagged at once.
    pub(super) fn release(&mut self, label: Option<&LabelId>) -> Vec<Command> {
        match std::mem::take(self) {
            Self::Idle => Vec::new(),
            Self::Select(selecting) => selecting.release(label),
            Self::Edge(dragging) if dragging.from == dragging.to => Vec::new(),
            Self::Edge(Dragging { span, edge, to, .. }) => {
                vec![Command::Span(SpanCommand::SetEdge(span, edge, to))]
            }
        }
    }
}

impl Selecting {
    fn drag(&mut self, text: &str, spot: &Spot) -> Option<Command> {
        if !self.moved && spot.byte == self.pressed.byte {
            return None;
        }
        self.moved = true;
        let to = self.unit.around(text, spot);
        let (start, end) = (self.from.start.min(to.start), self.from.end.max(to.end));
        let backwards = to.start < self.from.start;
        let select = if backwards {
            (end, start)
        } else {
            (start, end)
        };
        Some(DeskCommand::Select(select.0, select.1).into())
    }

    fn release(self, label: Option<&LabelId>) -> Vec<Command> {
        if self.moved {
            let tag = label.filter(|_| self.unit == Unit::Grapheme);
            let tag = tag.map(|label| Command::Span(SpanCommand::Label(label.clone())));
            return std::iter::once(DeskCommand::Released.into())
                .chain(tag)
                .collect();
        }
        let caret = DeskCommand::Caret(self.pressed.byte, false).into();
        let click = match self.pressed.grapheme {
            Some(grapheme) => DeskCommand::Click(grapheme.start),
            None => DeskCommand::Choose(None),
        };
        vec![click.into(), caret]
    }
}

impl From<DeskCommand> for Command {
    fn from(command: DeskCommand) -> Self {
        Self::Desk(command)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests")]
    use super::*;

    /// A text with the spots `|` in it, each with the grapheme that follows it.
    fn spots(marked: &str) -> (String, Vec<Spot>) {
        let text = marked.replace('|', "");
        let mut spots = Vec::new();
        for (place, (at, _)) in marked.match_indices('|').enumerate() {
            let byte = at - place;
            let grapheme = (byte < text.len()).then(|| byte..segment::next_grapheme(&text, byte));
            spots.push(Spot { byte, grapheme });
        }
        (text, spots)
    }

    /// What a press at the first spot, a drag over the others and a release come to: the selected text, and the commands of
    /// the release.
    fn drag(marked: &str, clicks: u32) -> (String, Vec<Command>) {
        let (text, spots) = spots(marked);
        let (mut gesture, mut commands) = Gesture::press(&text, spots[0].clone(), clicks, None);
        commands.extend(
            spots
                .iter()
                .skip(1)
                .filter_map(|spot| gesture.drag(&text, spot)),
        );
        let selected = match commands.last() {
            Some(Command::Desk(DeskCommand::Select(a, b))) => text[*a.min(b)..*a.max(b)].to_owned(),
            _ => String::new(),
        };
        (selected, gesture.release(None))
    }

    fn is_released(commands: &[Command]) -> bool {
        matches!(commands, [Command::Desk(DeskCommand::Released)])
    }

    #[test]
    fn a_drag_selects_graphemes_in_either_direction() {
        let (selected, released) = drag("قال |سير|غي| إن", 1);
        assert_eq!(selected, "سيرغي");
        assert!(is_released(&released));
        let (text, spots) = spots("قال |سيرغي| إن");
        let (mut gesture, _) = Gesture::press(&text, spots[1].clone(), 1, None);
        let command = gesture.drag(&text, &spots[0]).unwrap();
        let back = DeskCommand::Select(spots[1].byte, spots[0].byte);
        assert!(matches!(command, Command::Desk(command) if command == back));
    }

    #[test]
    fn two_clicks_take_a_word_and_a_drag_takes_more_words() {
        assert_eq!(drag("قال سي|رغي إن", 2).0, "سيرغي");
        assert_eq!(drag("قال سي|رغي إ|ن", 2).0, "سيرغي إن");
        assert_eq!(drag("قا|ل سير|غي إن", 2).0, "قال سيرغي");
    }

    #[test]
    fn three_clicks_take_a_sentence() {
        let (selected, _) = drag("وصل الوفد. قال سي|رغي إنه راض. ثم غادر.", 3);
        assert_eq!(selected, "قال سيرغي إنه راض.");
    }

    #[test]
    fn a_click_chooses_a_span_and_sets_the_caret() {
        let (_, commands) = drag("قال |سيرغي", 1);
        assert!(matches!(
            commands[..],
            [
                Command::Desk(DeskCommand::Click(7)),
                Command::Desk(DeskCommand::Caret(7, false))
            ]
        ));
    }

    #[test]
    fn shift_goes_on_from_where_the_selection_began() {
        let (text, spots) = spots("|قال سيرغي| إن");
        let (_, commands) = Gesture::press(&text, spots[1].clone(), 1, Some(spots[0].byte));
        let expected = DeskCommand::Select(spots[0].byte, spots[1].byte);
        assert!(matches!(&commands[..], [Command::Desk(command)] if *command == expected));
    }

    #[test]
    fn with_a_label_picked_first_a_drag_tags_at_once() {
        let label = LabelId::new("PERSON").unwrap();
        let (text, spots) = spots("قال |سيرغي| إن");
        let (mut gesture, _) = Gesture::press(&text, spots[0].clone(), 1, None);
        gesture.drag(&text, &spots[1]);
        let commands = gesture.release(Some(&label));
        assert!(matches!(
            &commands[..],
            [Command::Desk(DeskCommand::Released), Command::Span(SpanCommand::Label(tag))] if *tag == label
        ));
    }

    #[test]
    fn a_handle_moves_one_edge_once() {
        let span = SpanId {
            edit: crate::annotation::EditId::random(),
            place: 0,
        };
        let (text, spots) = spots("|قال| سيرغي|");
        let mut gesture = Gesture::grab(span, Edge::End, spots[1].byte);
        gesture.drag(&text, &spots[0]);
        gesture.drag(&text, &spots[2]);
        let commands = gesture.release(None);
        let to = spots[2].byte;
        assert!(matches!(
            commands[..],
            [Command::Span(SpanCommand::SetEdge(id, Edge::End, at))] if id == span && at == to
        ));
        let mut still = Gesture::grab(span, Edge::End, spots[1].byte);
        assert!(still.release(None).is_empty());
    }
}
