//! The left margin: the filter, and under it the list of articles. The list is virtual: of 100,000
//! articles only those in sight are laid out.

mod filter;
mod row;

pub(super) use row::sign;

use eframe::egui::{
    self, EventFilter, Id, Key, Modifiers, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    accesskit::Role, pos2, vec2,
};

use crate::{
    annotation::DocumentId,
    gui::{
        commands::{CommandId, ProjectCommand},
        cx::Cx,
        intent::Intent,
        strings::{tr, tr_args},
    },
    session::{Command, DocumentCommand, DocumentList, Filter, JobKind},
};

use super::{parts, progress};

/// The list and its filter.
#[derive(Debug, Default)]
pub(crate) struct ListPanel {
    filter: filter::FilterHead,
    /// The row that the arrow keys have reached, as a place among those shown.
    cursor: Option<usize>,
    /// The article that was on the desk in the last frame.
    seen: Option<DocumentId>,
    /// How far down the list is scrolled, and how high its window was, in points.
    window: (f32, f32),
    /// Where the list is to be scrolled to, in points.
    scroll_to: Option<f32>,
}

/// What the list shows in place of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nothing {
    /// The project has no articles.
    Empty,
    /// The texts are still being searched.
    Searching,
    /// The filter lets nothing through.
    Filtered,
}

/// Why there are no rows; `None` where there are some.
fn nothing(list: &DocumentList, searching: bool) -> Option<Nothing> {
    match (list.is_empty(), list.shown().is_empty(), searching) {
        (true, ..) => Some(Nothing::Empty),
        (false, true, true) => Some(Nothing::Searching),
        (false, true, false) => Some(Nothing::Filtered),
        (false, false, _) => None,
    }
}

/// The place of a document among those shown.
fn place_shown(list: &DocumentList, id: &DocumentId) -> Option<usize> {
    list.shown().binary_search(&list.place(id)?).ok()
}

/// Where to scroll a window at `offset` and `height` high so that a row can be seen, two rows from its
/// edge where there is room; `None` where it can be seen already. All in points.
fn scroll_for(row: usize, row_height: f32, offset: f32, height: f32) -> Option<f32> {
    let top = row as f32 * row_height;
    let room = (row_height * 2.0).min(((height - row_height) / 2.0).max(0.0));
    if top < offset {
        Some((top - room).max(0.0))
    } else if top + row_height > offset + height {
        Some(top + row_height + room - height)
    } else {
        None
    }
}

/// The rows that a window sees.
fn in_sight(offset: f32, height: f32, row_height: f32, rows: usize) -> std::ops::Range<usize> {
    let first = (offset / row_height).floor().max(0.0) as usize;
    let last = ((offset + height) / row_height).ceil().max(0.0) as usize;
    first.min(rows)..last.min(rows)
}

impl ListPanel {
    /// Gives the keyboard to the filter.
    pub(crate) fn focus_filter(ctx: &egui::Context) {
        ctx.memory_mut(|memory| memory.request_focus(filter::field_id()));
    }

    /// Paints the margin into `ui`.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let mut wanted = Vec::new();
        let Some(project) = cx.session.project() else {
            return wanted;
        };
        let list = project.list();
        ui.spacing_mut().item_spacing = vec2(cx.tokens.space.xs, cx.tokens.space.xs);
        self.filter.show(ui, cx, list, &mut wanted);
        ui.add_space(cx.tokens.space.xs);
        let searching = progress::running(cx.session).any(|job| job.kind == JobKind::Search);
        match nothing(list, searching) {
            Some(nothing) => show_nothing(ui, cx, nothing, &mut wanted),
            None => self.rows(ui, cx, list, &mut wanted),
        }
        wanted
    }

    fn rows(&mut self, ui: &mut Ui, cx: &Cx<'_>, list: &DocumentList, wanted: &mut Vec<Intent>) {
        let height = cx.tokens.space.row;
        self.follow(cx, list, height);
        let id = ui.scope_id().with("articles");
        let area = ui.available_rect_before_wrap();
        let focus = ui.interact(area, id, Sense::FOCUSABLE);
        name_list(ui, id, list);
        if focus.has_focus() {
            self.keys(ui, id, list, height, wanted);
        } else {
            self.cursor = None;
        }
        let mut scroll = ScrollArea::vertical()
            .id_salt("articles")
            .auto_shrink(false);
        if let Some(offset) = self.scroll_to.take() {
            scroll = scroll.vertical_scroll_offset(offset);
        }
        let out = scroll.show_viewport(ui, |ui, window| {
            let rows = list.shown().len();
            ui.set_height(height * rows as f32);
            let sight = in_sight(window.min.y, window.height(), height, rows);
            let top = ui.max_rect().top() + window.min.y;
            for at in sight {
                // From the window's edge, so that the far end of a long list does not tremble.
                let y = top + (at as f64 * f64::from(height) - f64::from(window.min.y)) as f32;
                let left = pos2(ui.max_rect().left(), y);
                let rect = Rect::from_min_size(left, vec2(ui.max_rect().width(), height));
                self.row(ui, cx, list, at, (rect, id), wanted);
            }
        });
        self.window = (out.state.clamped_offset().y, out.inner_rect.height());
    }

    fn row(
        &self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        list: &DocumentList,
        at: usize,
        (rect, list_id): (Rect, Id),
        wanted: &mut Vec<Intent>,
    ) {
        let row = list
            .shown()
            .get(at)
            .and_then(|place| list.rows().get(*place));
        let Some(row) = row else { return };
        let is_open = self.seen == Some(row.id);
        let review = cx.session.review();
        let tells = if review.is_on() {
            row::Tells::Review(review.queue().of(&row.id))
        } else {
            row::Tells::Own
        };
        let shown = row::Shown {
            row,
            tells,
            is_open,
            is_hit: !list.filter().text.trim().is_empty() && list.is_found_in_text(&row.id),
            comments: list.open_threads(&row.id).unwrap_or(0),
            at,
            of: list.shown().len(),
        };
        let response = row::show(ui, cx, &shown, rect);
        if self.cursor == Some(at) {
            let line = Stroke::new(cx.tokens.edge.focus_width, cx.tokens.ink.accent);
            let radius = cx.tokens.radius.control;
            ui.painter()
                .rect_stroke(rect, radius, line, StrokeKind::Inside);
            ui.ctx().accesskit_node_builder(list_id, |node| {
                node.set_active_descendant(response.id.accesskit_id());
            });
        }
        if response.clicked() {
            wanted.push(open(row.id));
        }
        row::menu(&response, cx, row, wanted);
    }

    /// Scrolls to the article on the desk when it is another than before.
    fn follow(&mut self, cx: &Cx<'_>, list: &DocumentList, height: f32) {
        let here = cx.session.article().map(|article| article.key().document);
        if here == self.seen {
            return;
        }
        self.seen = here;
        if let Some(at) = here.and_then(|id| place_shown(list, &id)) {
            self.reveal(at, height);
        }
    }

    fn reveal(&mut self, at: usize, row_height: f32) {
        let (offset, height) = self.window;
        // Before the first frame nobody knows how high the window is: then the row comes to its top.
        self.scroll_to = scroll_for(at, row_height, offset, height.max(row_height));
    }

    /// Arrows, Home, End and pages move the cursor; Enter opens.
    fn keys(
        &mut self,
        ui: &Ui,
        id: Id,
        list: &DocumentList,
        height: f32,
        wanted: &mut Vec<Intent>,
    ) {
        let arrows = EventFilter {
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
        let end = list.shown().len().saturating_sub(1);
        let open_place = self.seen.and_then(|id| place_shown(list, &id));
        let here = self.cursor.or(open_place).unwrap_or(0).min(end);
        self.cursor = Some(here);
        let page = ((self.window.1 / height) as usize).max(1);
        let step = ui.input_mut(|input| {
            let mut key = |key| input.consume_key(Modifiers::NONE, key);
            if key(Key::ArrowDown) {
                Some((here + 1).min(end))
            } else if key(Key::ArrowUp) {
                Some(here.saturating_sub(1))
            } else if key(Key::PageDown) {
                Some((here + page).min(end))
            } else if key(Key::PageUp) {
                Some(here.saturating_sub(page))
            } else if key(Key::Home) {
                Some(0)
            } else if key(Key::End) {
                Some(end)
            } else {
                None
            }
        });
        if let Some(to) = step {
            self.cursor = Some(to);
            self.reveal(to, height);
        }
        let chosen = list.shown().get(here).and_then(|at| list.rows().get(*at));
        if let Some(row) = chosen
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
        {
            wanted.push(open(row.id));
            wanted.push(Intent::FocusArticle);
        }
    }
}

fn open(id: DocumentId) -> Intent {
    Command::Document(DocumentCommand::Open(id)).into()
}

fn name_list(ui: &Ui, id: Id, list: &DocumentList) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::ListBox);
        node.set_label(tr("articles"));
        node.set_size_of_set(list.shown().len());
    });
}

fn show_nothing(ui: &mut Ui, cx: &Cx<'_>, nothing: Nothing, wanted: &mut Vec<Intent>) {
    let space = &cx.tokens.space;
    let weak = cx.tokens.ink.weak;
    let frame = egui::Frame::new().inner_margin(egui::Margin::same(space.s as i8));
    frame.show(ui, |ui| match nothing {
        Nothing::Empty => {
            parts::sentence(ui, tr("list-empty"), weak);
            ui.add_space(space.s);
            let command = CommandId::Project(ProjectCommand::OpenFiles);
            if ui.button(command.row().name()).clicked() {
                wanted.push(command.into());
            }
        }
        Nothing::Searching => {
            parts::sentence(ui, tr("list-searching"), weak);
        }
        Nothing::Filtered => {
            parts::sentence(ui, tr("list-filtered"), weak);
            ui.add_space(space.s);
            if ui.button(tr("list-clear")).clicked() {
                wanted.push(set_filter(Filter::default()));
            }
        }
    });
}

fn set_filter(filter: Filter) -> Intent {
    Command::Document(DocumentCommand::Filter(filter)).into()
}

/// `40 articles`, or `3 of 40` while a filter is on.
fn count_words(list: &DocumentList) -> String {
    let (shown, all) = (list.shown().len(), list.len());
    if list.filter().is_empty() {
        tr_args("list-count", &[("n", all.into())])
    } else {
        tr_args("list-count-of", &[("n", shown.into()), ("all", all.into())])
    }
}

#[cfg(test)]
mod tests;
