//! A row of the list: the sign of its status, its title, the number of its spans.

use eframe::egui::{self, FontId, Rect, Response, Sense, Ui, accesskit::Role, vec2};

use crate::{
    annotation::Status,
    gui::{
        cx::Cx,
        icons::Icon,
        intent::{Dialog, Intent},
        strings::{tr, tr_args},
        words,
    },
    session::{Command, DocumentCommand, DocumentReview, ListRow, ReviewState},
};

use super::super::{parts, review};

/// What the sign and the number of a row tell.
#[derive(Clone, Copy)]
pub(super) enum Tells<'a> {
    /// The annotator's own status and spans.
    Own,
    /// While somebody reviews: how far that is; nothing where there is nothing to compare.
    Review(Option<&'a DocumentReview>),
}

/// A row as it is shown.
pub(super) struct Shown<'a> {
    /// The document.
    pub(super) row: &'a ListRow,
    /// What its sign and its number tell.
    pub(super) tells: Tells<'a>,
    /// Whether it is on the desk.
    pub(super) is_open: bool,
    /// Whether the filter's words stand in its text.
    pub(super) is_hit: bool,
    /// How many threads of comments on it are open.
    pub(super) comments: usize,
    /// Its place among those shown, from 0.
    pub(super) at: usize,
    /// How many are shown.
    pub(super) of: usize,
}

/// The sign of a status; its form tells as much as its colour.
pub(in crate::gui::panels) fn sign(status: Status) -> Icon {
    match status {
        Status::New => Icon::Circle,
        Status::InProgress => Icon::CircleHalf,
        Status::Done => Icon::CheckCircle,
    }
}

/// What a row says aloud: `title, In progress, 12 spans`.
fn spoken(shown: &Shown<'_>) -> String {
    let row = shown.row;
    let title = ("title", (&*row.title).into());
    let mut spoken = match shown.tells {
        Tells::Review(review) => {
            let state = review::state(review.map(|it| it.state));
            let open = review.map_or(0, |it| it.open_cases);
            let args = [title, ("state", parts::word(state)), ("n", open.into())];
            tr_args("list-row-review", &args)
        }
        Tells::Own => {
            let status = parts::word(words::status(row.status));
            let args = [
                title,
                ("status", status),
                ("n", u64::from(row.spans).into()),
            ];
            tr_args("list-row", &args)
        }
    };
    if shown.is_hit {
        spoken.push_str(tr("list-row-hit"));
    }
    if shown.comments > 0 {
        let args = [("n", shown.comments.into())];
        spoken.push_str(&tr_args("comments-list-row", &args));
    }
    spoken
}

/// Paints the row into `rect`.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, shown: &Shown<'_>, rect: Rect) -> Response {
    let tokens = cx.tokens;
    let space = &tokens.space;
    let row = shown.row;
    let id = ui.scope_id().with(row.id);
    let response = ui.interact(rect, id, Sense::CLICK);
    let fill = if shown.is_open {
        Some(tokens.surface.chosen)
    } else if response.hovered() {
        Some(tokens.surface.hover)
    } else {
        None
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, tokens.radius.control, fill);
    }
    let (signs, words) = rect.split_left_right_at_x(rect.left() + space.row);
    let (words, numbers) = words.split_left_right_at_x(words.right() - NUMBERS);
    match shown.tells {
        Tells::Review(review) => {
            review_state(ui, cx, review.map(|it| it.state), signs);
            let open = review.map_or(0, |it| it.open_cases);
            count(ui, cx, u32::try_from(open).unwrap_or(u32::MAX), numbers);
        }
        Tells::Own => {
            status(ui, cx, row.status, signs);
            count(ui, cx, row.spans, numbers);
        }
    }
    let mut title = words.shrink2(vec2(space.xs, 0.0));
    if shown.is_hit {
        hit(ui, cx, title.right_center());
        title.max.x -= space.l;
    }
    if shown.comments > 0 {
        title.max.x -= comments(ui, cx, shown.comments, title) + space.xs;
    }
    let elided = parts::line_in(ui, &row.title, title, parts::Side::Own, tokens.ink.strong);
    speak(shown, &response);
    let mut about = String::new();
    if elided {
        about.push_str(&row.title);
    }
    if let Tells::Review(review) = shown.tells {
        about.push_str(if elided { "\n" } else { "" });
        about.push_str(review::state(review.map(|it| it.state)));
    }
    if !about.is_empty() {
        response.clone().on_hover_text(about);
    }
    response
}

/// Room for the number of spans, in points: titles end in one line, whatever the number.
const NUMBERS: f32 = 32.0;

fn status(ui: &Ui, cx: &Cx<'_>, status: Status, rect: Rect) {
    let ink = match status {
        Status::Done => cx.tokens.ink.good,
        Status::InProgress => cx.tokens.ink.accent,
        Status::New => cx.tokens.ink.weak,
    };
    let icons = FontId::proportional(cx.tokens.text.heading);
    let middle = egui::Align2::CENTER_CENTER;
    ui.painter()
        .text(rect.center(), middle, sign(status).char(), icons, ink);
}

/// The sign of how far the review is.
fn review_state(ui: &Ui, cx: &Cx<'_>, state: Option<ReviewState>, rect: Rect) {
    let ink = match state {
        Some(ReviewState::Adjudicated) => cx.tokens.ink.good,
        Some(ReviewState::Ready | ReviewState::InReview) => cx.tokens.ink.accent,
        Some(ReviewState::Waiting) | None => cx.tokens.ink.weak,
    };
    let icons = FontId::proportional(cx.tokens.text.heading);
    let middle = egui::Align2::CENTER_CENTER;
    let sign = review::state_sign(state).char();
    ui.painter().text(rect.center(), middle, sign, icons, ink);
}

/// The number of spans, or of what is to be decided, at the end of its room.
fn count(ui: &Ui, cx: &Cx<'_>, spans: u32, room: Rect) {
    if spans == 0 {
        return;
    }
    let mut room = room;
    room.max.x -= cx.tokens.space.s;
    let look = (cx.tokens.text.small, parts::Side::End);
    parts::sized_line_in(ui, &spans.to_string(), room, look, cx.tokens.ink.weak);
}

/// The sign of a hit in the text, ending at `end`.
fn hit(ui: &Ui, cx: &Cx<'_>, end: egui::Pos2) {
    let font = FontId::proportional(cx.tokens.text.small);
    let right = egui::Align2::RIGHT_CENTER;
    let ink = cx.tokens.ink.accent;
    ui.painter()
        .text(end, right, Icon::Search.char(), font, ink);
}

/// The sign of open comments and how many there are, at the end of `room`; how wide that is, in points.
fn comments(ui: &Ui, cx: &Cx<'_>, open: usize, room: Rect) -> f32 {
    let tokens = cx.tokens;
    let painter = ui.painter();
    let right = egui::Align2::RIGHT_CENTER;
    let (end, ink) = (room.right_center(), tokens.ink.accent);
    let small = FontId::proportional(tokens.text.small);
    let number = painter.text(end, right, open, small, ink);
    let before = end - vec2(number.width() + tokens.space.xs * 0.5, 0.0);
    let icon = FontId::proportional(tokens.text.body);
    let sign = painter.text(before, right, Icon::Chat.char(), icon, ink);
    end.x - sign.left()
}

fn speak(shown: &Shown<'_>, response: &Response) {
    parts::node(response, |node| {
        node.set_role(Role::ListBoxOption);
        node.set_label(spoken(shown));
        node.set_selected(shown.is_open);
        node.set_position_in_set(shown.at + 1);
        node.set_size_of_set(shown.of);
    });
}

/// What can be done with the row's document.
pub(super) fn menu(response: &Response, cx: &Cx<'_>, row: &ListRow, wanted: &mut Vec<Intent>) {
    let writable = cx
        .session
        .project()
        .is_some_and(crate::session::Project::is_writable);
    let run = |command| Intent::from(Command::Document(command));
    response.context_menu(|ui| {
        let item = |ui: &mut Ui, usable: bool, icon, words: &str| {
            ui.add_enabled_ui(usable, |ui| {
                parts::menu_row(ui, Some(icon), words, None, None)
            })
            .inner
            .clicked()
        };
        if item(ui, true, Icon::FileText, tr("list-open")) {
            wanted.push(run(DocumentCommand::Open(row.id)));
            ui.close();
        }
        if item(ui, true, Icon::Info, tr("list-about")) {
            wanted.push(run(DocumentCommand::Open(row.id)));
            wanted.push(Intent::Open(Dialog::Document));
            ui.close();
        }
        ui.separator();
        if item(ui, writable, Icon::Trash, tr("list-remove")) {
            wanted.push(run(DocumentCommand::Remove(row.id)));
            ui.close();
        }
    });
}
