//! The inspector of invisible characters: which ones the article has, where, and whether bidi
//! controls lack their partner. It shows; nothing here changes the text.

use std::time::{Duration, Instant};

use eframe::egui::{Align, Align2, CursorIcon, Layout, Rect, ScrollArea, Ui, pos2};

use crate::{
    annotation::TextHash,
    gui::{
        commands::{CommandId, ViewCommand},
        controls::{self, RowState, Side},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
    },
    session::{Article, Command, DeskCommand},
    text::invisible::{self, Invisible, InvisibleKind},
};

/// The characters of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    ch: char,
    kind: InvisibleKind,
    /// Where each starts, in bytes, in order.
    places: Vec<usize>,
}

/// What a text has of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Found {
    /// By kind, then by character.
    groups: Vec<Group>,
    /// Bidi controls without a partner.
    unbalanced: Vec<Invisible>,
}

/// How many bytes are looked through before looking at the clock.
const CHUNK: usize = 64 * 1024;

/// How long a frame may look for them.
const BUDGET: Duration = Duration::from_millis(4);

/// The search through a text: a slice of time each frame, so that a long article holds no frame up.
#[derive(Debug, Default)]
struct Scan {
    text: Option<TextHash>,
    found: Found,
    /// Everything before this byte has been looked through.
    from: usize,
    done: bool,
}

impl Scan {
    /// Begins anew where it is another text.
    fn aim(&mut self, hash: TextHash) {
        if self.text != Some(hash) {
            *self = Self {
                text: Some(hash),
                ..Self::default()
            };
        }
    }

    /// Looks on for at most `budget`, a chunk at least.
    fn run(&mut self, text: &str, budget: Duration) {
        let end = Instant::now() + budget;
        while !self.done {
            self.chunk(text);
            if Instant::now() >= end {
                break;
            }
        }
    }

    fn chunk(&mut self, text: &str) {
        let mut end = text.floor_char_boundary(self.from.saturating_add(CHUNK));
        // A line end of two characters is looked at as one.
        if text.as_bytes().get(end) == Some(&b'\n') {
            end += 1;
        }
        let groups = &mut self.found.groups;
        for one in invisible::scan(text.get(self.from..end).unwrap_or_default()) {
            let at = self.from + one.at;
            match groups.iter_mut().find(|group| group.ch == one.ch) {
                Some(group) => group.places.push(at),
                None => groups.push(Group {
                    ch: one.ch,
                    kind: one.kind,
                    places: vec![at],
                }),
            }
        }
        groups.sort_by_key(|group| (group.kind, group.ch));
        self.from = end;
        self.done = end >= text.len();
        let is_control = |group: &Group| group.kind == InvisibleKind::BidiControl;
        if self.done && groups.iter().any(is_control) {
            self.found.unbalanced = invisible::unbalanced(text);
        }
    }
}

impl Group {
    /// The place after `at` (or before it), going round at the end.
    fn neighbour(&self, at: usize, forward: bool) -> Option<usize> {
        let after = self.places.partition_point(|place| *place <= at);
        let before = self.places.partition_point(|place| *place < at);
        if forward {
            self.places.get(after).or(self.places.first()).copied()
        } else {
            let last = || self.places.last();
            before
                .checked_sub(1)
                .and_then(|at| self.places.get(at))
                .or_else(last)
                .copied()
        }
    }
}

/// The panel's own state.
#[derive(Debug, Default)]
pub(crate) struct Invisibles {
    scan: Scan,
}

impl Invisibles {
    /// Shows the panel in all the room there is.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let mut intents = Vec::new();
        header(ui, cx, &mut intents);
        let Some(article) = cx.session.article() else {
            return intents;
        };
        let Some(document) = article.document() else {
            return intents;
        };
        self.scan.aim(document.text);
        self.scan.run(article.text(), BUDGET);
        let found = &self.scan.found;
        if !self.scan.done {
            ui.ctx().request_repaint();
            controls::hint(ui, tr("invisibles-searching"));
        }
        if let Some(first) = found.unbalanced.first() {
            let count = found.unbalanced.len();
            controls::warning(
                ui,
                &tr_args("invisibles-unbalanced", &[("n", count.into())]),
            );
            if controls::plain_button(ui, tr("invisibles-show-first")).clicked() {
                intents.extend(go_to(first.at, first.ch));
            }
        }
        if found.groups.is_empty() && self.scan.done {
            controls::hint(ui, tr("invisibles-none"));
            return intents;
        }
        ScrollArea::vertical()
            .id_salt("invisibles")
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for group in &found.groups {
                    show_group(ui, cx, article, group, &mut intents);
                }
            });
        intents
    }
}

fn header(ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
    let command = CommandId::View(ViewCommand::Invisible);
    let mut on = cx.session.settings().tools.invisibles;
    ui.horizontal(|ui| {
        controls::heading(ui, tr("invisibles-title"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let switch = ui.checkbox(&mut on, tr("invisibles-switch"));
            if switch.on_hover_text(command.row().tooltip()).changed() {
                intents.push(command.into());
            }
        });
    });
}

fn show_group(
    ui: &mut Ui,
    cx: &Cx<'_>,
    article: &Article,
    group: &Group,
    intents: &mut Vec<Intent>,
) {
    let name = invisible::name(group.ch);
    let words = tr_args(
        "invisibles-row",
        &[
            ("name", crate::gui::strings::Arg::Word(name)),
            ("n", group.places.len().into()),
        ],
    );
    let at = match article.desk().selection() {
        Some(selection) => selection.start(),
        None => article.desk().caret(),
    };
    let tokens = cx.tokens;
    ui.horizontal(|ui| {
        let buttons = 2.0 * (tokens.space.row + ui.spacing().item_spacing.x);
        let width = ui.available_width() - buttons;
        let row = ui.scope(|ui| {
            ui.set_width(width);
            controls::row(ui, tokens.space.row, &words, RowState::Plain)
        });
        let row = row.inner.on_hover_cursor(CursorIcon::PointingHand);
        paint(ui, cx, row.rect, group, name);
        if row.on_hover_text(tr("invisibles-next")).clicked() {
            intents.extend(
                group
                    .neighbour(at, true)
                    .into_iter()
                    .flat_map(|at| go_to(at, group.ch)),
            );
        }
        for (icon, id, forward) in [
            (Icon::CaretUp, "invisibles-previous-of", false),
            (Icon::CaretDown, "invisibles-next-of", true),
        ] {
            let name = tr_args(id, &[("name", crate::gui::strings::Arg::Word(name))]);
            if controls::icon_button(ui, icon, &name).clicked() {
                let place = group.neighbour(at, forward);
                intents.extend(place.into_iter().flat_map(|at| go_to(at, group.ch)));
            }
        }
    });
}

fn paint(ui: &Ui, cx: &Cx<'_>, rect: Rect, group: &Group, name: &str) {
    let (space, ink, size) = (&cx.tokens.space, &cx.tokens.ink, &cx.tokens.text);
    let inside = rect.shrink2((space.s, 0.0).into());
    let count = group.places.len().to_string();
    controls::sign(
        ui,
        inside.right_center(),
        Align2::RIGHT_CENTER,
        &count,
        size.small,
        ink.weak,
    );
    let code = Rect::from_min_max(inside.min, pos2(inside.left() + 52.0, inside.bottom()));
    controls::line(
        ui,
        code,
        &invisible::code(group.ch),
        (size.small, ink.weak),
        Side::Left,
    );
    let room = Rect::from_min_max(
        pos2(code.right() + space.xs, inside.top()),
        pos2(inside.right() - space.xl, inside.bottom()),
    );
    let color = if group.kind == InvisibleKind::BidiControl {
        ink.warning
    } else {
        ink.strong
    };
    controls::line(ui, room, name, (size.body, color), Side::Left);
}

/// Selects the character and brings it into view.
fn go_to(at: usize, ch: char) -> [Intent; 3] {
    let select = DeskCommand::Select(at, at + ch.len_utf8());
    [
        Command::Desk(select).into(),
        Intent::Reveal(at),
        Intent::FocusArticle,
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn found(text: &str) -> Found {
        let mut scan = Scan::default();
        while !scan.done {
            scan.run(text, Duration::ZERO);
        }
        scan.found
    }

    #[test]
    fn chunks_find_what_one_search_finds() {
        let mut text = String::new();
        while text.len() < 3 * CHUNK {
            text.push_str("قال\u{200F} نعم\r\nو\u{202E}ثم\u{202C} شيـئاً\r");
        }
        let found = found(&text);
        let mut places: Vec<usize> = found.groups.iter().flat_map(|g| g.places.clone()).collect();
        places.sort_unstable();
        let whole: Vec<usize> = invisible::scan(&text).map(|one| one.at).collect();
        assert_eq!(places, whole);
        assert_eq!(found.unbalanced, invisible::unbalanced(&text));
    }

    #[test]
    fn characters_are_grouped_by_kind_and_counted() {
        let again = found("قال نعم");
        let found = found("قال\u{200F} شيـئاً\u{200F} a\u{202E}b");
        let told: Vec<_> = found
            .groups
            .iter()
            .map(|group| (invisible::code(group.ch), group.places.len()))
            .collect();
        let expected = [("U+200F", 2), ("U+202E", 1), ("U+0640", 1)];
        assert_eq!(told, expected.map(|(code, count)| (code.to_owned(), count)));
        assert_eq!(found.unbalanced.len(), 1);
        assert_eq!(again, Found::default());
    }

    #[test]
    fn next_and_previous_go_round() {
        let text = "a\u{200F}b\u{200F}c";
        let found = found(text);
        let group = found.groups.first().unwrap();
        let [first, second] = group.places[..] else {
            unreachable!()
        };
        assert_eq!(group.neighbour(0, true), Some(first));
        assert_eq!(group.neighbour(first, true), Some(second));
        assert_eq!(group.neighbour(second, true), Some(first));
        assert_eq!(group.neighbour(first, false), Some(second));
        assert_eq!(group.neighbour(text.len(), false), Some(second));
    }
}
