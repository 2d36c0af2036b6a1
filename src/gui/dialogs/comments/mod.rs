//! All comments of the project, by document; a click leads to one.

mod rows;

use eframe::egui::{Align, Align2, Context, Layout, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::{
    Outcome,
    shell::{Place, Shell, most_height},
};
use crate::{
    gui::{
        cached::Cached,
        controls::{self, RowState, Side},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        names,
        panels::comments::Only,
        strings::{tr, tr_args},
        text::BidiLabel,
    },
    session::{Command, DeskCommand, DocumentCommand, ReviewCommand, Reviewed},
};
use rows::{Line, Row, counts, rows};

/// The width of the dialog, in points.
const WIDTH: f32 = 640.0;

/// The dialog.
#[derive(Debug, Default)]
pub(super) struct Comments {
    only: Only,
    /// By the comments' revision, what is wanted, and whether names are hidden, and on what.
    rows: Cached<(u64, Only, Option<u64>), Vec<Row>>,
    /// Where each row begins, in points from the first; and the end of the last.
    tops: Vec<f32>,
    asked: bool,
}

impl Comments {
    pub(super) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Outcome {
        let mut outcome = Outcome::default();
        // One that was shut down from elsewhere left the comments of the time before.
        let fresh = !std::mem::replace(&mut self.asked, true);
        if fresh {
            outcome.wanted.push(discuss(true));
            ctx.request_repaint();
        }
        let shell = Shell {
            title: tr("comments-of-project"),
            width: WIDTH,
            place: Place::Middle,
        };
        let mut picked = None;
        let shown = shell.show(ctx, cx, |ui| {
            self.filter(ui);
            let room = most_height(ctx, cx) - 4.5 * cx.tokens.space.row;
            picked = self.list(ui, cx, room);
            ui.add_space(cx.tokens.space.s);
            let close = controls::plain_button(ui, tr("dialog-close"));
            if fresh {
                close.request_focus();
            }
            close.clicked()
        });
        if let Some(line) = &picked {
            outcome.wanted.extend(lead(line));
        }
        outcome.closed = shown.inner || shown.called_off || picked.is_some();
        if outcome.closed {
            outcome.wanted.push(discuss(false));
        }
        outcome
    }

    fn filter(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            for only in Only::ALL {
                if controls::choice(ui, self.only == only, only.words()).clicked() {
                    self.only = only;
                }
            }
        });
    }

    /// The threads; only those in sight are laid out. The one that was clicked.
    fn list(&mut self, ui: &mut Ui, cx: &Cx<'_>, room: f32) -> Option<Line> {
        let (session, space) = (cx.session, &cx.tokens.space);
        let discussion = session.review().discussion();
        let only = self.only;
        let title = |id: &_| {
            let row = session.project()?.list().row(id)?;
            Some(row.title.to_string())
        };
        let who = |document, name: &_| names::shown(session, document, name);
        let make = || {
            rows(
                discussion.documents(),
                title,
                who,
                (only, session.annotator()),
            )
        };
        let opened = session.review().opened();
        let hidden = names::are_hidden(session).then(|| opened.map_or(0, Reviewed::revision));
        let rows = self.rows.get((discussion.revision(), only, hidden), make);
        let (documents, threads) = counts(rows);
        let words = match (discussion.is_complete(), rows.is_empty()) {
            (true, true) => tr("comments-none-in-project").to_owned(),
            (false, _) => tr("comments-reading").to_owned(),
            (true, false) => {
                let args = [("documents", documents.into()), ("n", threads.into())];
                tr_args("comments-counts", &args)
            }
        };
        controls::hint(ui, &words);
        self.tops.clear();
        self.tops.push(0.0);
        let mut end = 0.0;
        for row in rows {
            end += match row {
                Row::Document { .. } => space.row + space.xs,
                Row::Thread(_) => space.row + space.l,
            };
            self.tops.push(end);
        }
        let tops = &self.tops;
        let mut picked = None;
        ScrollArea::vertical()
            .id_salt("comments of the project")
            .max_height(room)
            .auto_shrink([false, true])
            .show_viewport(ui, |ui, viewport| {
                ui.set_height(end);
                let area = ui.max_rect();
                let first = tops.partition_point(|top| *top <= viewport.top());
                let sight = rows.iter().zip(tops.windows(2)).enumerate();
                for (at, (row, ends)) in sight.skip(first.saturating_sub(1)) {
                    let [top, bottom] = ends else { continue };
                    if *top > viewport.bottom() {
                        break;
                    }
                    let rect = Rect::from_min_max(
                        pos2(area.left(), area.top() + top),
                        pos2(area.right(), area.top() + bottom),
                    );
                    let place = UiBuilder::new().max_rect(rect).id_salt(at);
                    let clicked = ui.scope_builder(place, |ui| entry(ui, cx, row, rect));
                    if let (true, Row::Thread(line)) = (clicked.inner, row) {
                        picked = Some((**line).clone());
                    }
                }
            });
        picked
    }
}

fn discuss(on: bool) -> Intent {
    Command::Review(ReviewCommand::Discuss(on)).into()
}

/// What opens the document at what the thread is about, with its comments beside it.
fn lead(line: &Line) -> Vec<Intent> {
    let mut wanted = vec![
        Intent::Comments,
        Command::Document(DocumentCommand::Open(line.document)).into(),
    ];
    if let Some(start) = line.start {
        wanted.push(Command::Desk(DeskCommand::Caret(start, false)).into());
        wanted.push(match line.span {
            Some(span) => Intent::Show(span),
            None => Intent::Reveal(start),
        });
    }
    wanted
}

/// Paints a row; whether it was clicked.
fn entry(ui: &mut Ui, cx: &Cx<'_>, row: &Row, rect: Rect) -> bool {
    let tokens = cx.tokens;
    match row {
        Row::Document { title, threads } => {
            let mut room = rect;
            room.min.y += tokens.space.xs;
            let count =
                Rect::from_min_max(pos2(room.right() - tokens.space.xl, room.top()), room.max);
            room.max.x = count.left();
            let middle = Layout::left_to_right(Align::Center);
            let place = UiBuilder::new().max_rect(room).layout(middle);
            ui.scope_builder(place, |ui| ui.add(BidiLabel::new(title).bold().fill()));
            let style = (tokens.text.small, tokens.ink.weak);
            controls::line(ui, count, &threads.to_string(), style, Side::Right);
            false
        }
        Row::Thread(line) => thread(ui, cx, line, rect),
    }
}

fn thread(ui: &mut Ui, cx: &Cx<'_>, line: &Line, rect: Rect) -> bool {
    let tokens = cx.tokens;
    let what = if line.quote.is_empty() {
        tr("comments-on-document").to_owned()
    } else {
        tr_args("comments-quote", &[("quote", (&line.quote).into())])
    };
    let spoken = tr_args(
        "comments-row",
        &[("what", (&what).into()), ("text", (&line.said).into())],
    );
    let row = controls::row(ui, rect.height(), &spoken, RowState::Plain);
    let (icon, ink) = if line.resolved {
        (Icon::CheckCircle, tokens.ink.good)
    } else {
        (Icon::Circle, tokens.ink.accent)
    };
    let mut room = row.rect.shrink2(vec2(tokens.space.s, tokens.space.xs));
    let sign = pos2(room.left(), room.center().y);
    let (size, sign_char) = (tokens.text.body, icon.char().to_string());
    controls::sign(ui, sign, Align2::LEFT_CENTER, &sign_char, size, ink);
    room.min.x += tokens.space.xl;
    let (mut above, below) = room.split_top_bottom_at_fraction(0.45);
    let small = (tokens.text.small, tokens.ink.weak);
    let by = format!("\u{200E}{}", line.by);
    let half = Rect::from_min_max(pos2(above.center().x, above.top()), above.max);
    above.max.x -= controls::line(ui, half, &by, small, Side::Right) + tokens.space.s;
    controls::line(ui, above, &format!("\u{200E}{what}"), small, Side::Left);
    let strong = (tokens.text.body, tokens.ink.strong);
    controls::line(ui, below, &line.said, strong, Side::Own);
    row.clicked()
}
