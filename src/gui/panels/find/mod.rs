//! The find bar over the article: words as Arabic is read or exactly, next and previous. A hit is
//! selected, so that a label's key tags it, and brought into view.

mod search;
#[cfg(test)]
mod tests;

use std::time::Duration;

use eframe::egui::{Align, Frame, Id, Key as EguiKey, Layout, Margin, Modifiers, Ui, accesskit};

use super::parts;
use crate::{
    gui::{
        commands::{CommandId, EditCommand},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
        text::BidiField,
    },
    session::{Command, DeskCommand, DocumentCommand, Filter, Session},
    text::ByteRange,
};
use search::{Key, Search};

/// How long a frame may search.
const BUDGET: Duration = Duration::from_millis(4);

/// The width of the field in points.
const FIELD: f32 = 280.0;

/// The longest selection that becomes the words to look for, in bytes.
const LONGEST: usize = 200;

/// The find bar.
#[derive(Debug, Default)]
pub(crate) struct FindBar {
    open: bool,
    query: String,
    exact: bool,
    search: Search,
    /// Opened in this frame: the field is to have the keyboard.
    fresh: bool,
    /// Where the words are looked for from while they are typed, in bytes.
    origin: usize,
    /// The place among the hits of the one that is selected.
    current: Option<usize>,
    /// A step that waits until the search has come far enough.
    step: Option<Step>,
    /// The hit that was selected last.
    shown: Option<ByteRange>,
}

/// What to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The first hit at the origin or after it.
    Here,
    Next,
    Previous,
}

impl FindBar {
    /// Opens it, or gives its field the keyboard again.
    pub(crate) fn open(&mut self) {
        self.open = true;
        self.fresh = true;
    }

    /// Closes it; tells whether it was open.
    pub(crate) fn close(&mut self) -> bool {
        self.step = None;
        std::mem::take(&mut self.open)
    }

    /// What was found in the article that is shown, in order; nothing while the bar is closed.
    pub(crate) fn hits(&self) -> &[ByteRange] {
        if self.open { self.search.hits() } else { &[] }
    }

    /// The place among [`hits`](Self::hits) of the one that is selected.
    pub(crate) fn current(&self) -> Option<usize> {
        self.current.filter(|_| self.open)
    }

    /// Goes to the next hit or to the previous; without words it opens the bar.
    pub(crate) fn step(&mut self, forward: bool, session: &Session) -> Vec<Intent> {
        if self.query.is_empty() {
            self.open();
            return Vec::new();
        }
        self.open = true;
        self.step = Some(if forward { Step::Next } else { Step::Previous });
        self.advance(session)
    }

    /// Draws it, and searches on.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        if !self.open || cx.session.article().is_none() {
            return Vec::new();
        }
        if self.fresh {
            self.begin(cx.session);
        }
        let mut wanted = Vec::new();
        let frame = Frame::new()
            .fill(cx.tokens.surface.panel)
            .inner_margin(Margin::symmetric(
                cx.tokens.space.s as i8,
                cx.tokens.space.xs as i8,
            ));
        frame.show(ui, |ui| {
            ui.horizontal(|ui| {
                self.field(ui, &mut wanted);
                self.controls(ui, cx, &mut wanted);
            });
        });
        if self.open {
            wanted.extend(self.advance(cx.session));
        }
        if !self.search.is_done() {
            ui.ctx().request_repaint();
        }
        wanted
    }

    /// Takes a short selection as the words, and remembers where the annotator was.
    fn begin(&mut self, session: &Session) {
        let Some(article) = session.article() else {
            return;
        };
        self.origin = article.desk().caret();
        let Some(range) = article.desk().selection() else {
            return;
        };
        self.origin = range.start();
        let words = range.slice(article.text());
        if words.len() <= LONGEST && !words.contains(char::is_control) {
            words.clone_into(&mut self.query);
        }
    }

    fn field(&mut self, ui: &mut Ui, wanted: &mut Vec<Intent>) {
        let id = Id::unique("find in the article");
        if ui.memory(|memory| memory.has_focus(id)) {
            self.keys(ui);
        }
        let field = BidiField::new(&mut self.query, tr("find-field"))
            .id(id)
            .width(FIELD)
            .hint(tr("find-field"));
        let field = field.show(ui);
        if std::mem::take(&mut self.fresh) {
            field.response.request_focus();
        }
        if field.response.changed() {
            self.step = Some(Step::Here);
        }
        if field.submitted {
            let back = ui.input(|input| input.modifiers.shift);
            self.step = Some(if back { Step::Previous } else { Step::Next });
        }
        if field.cancelled {
            self.close();
            wanted.push(Intent::FocusArticle);
        }
    }

    /// The keys that go on while the field has the keyboard, which the app leaves to it.
    fn keys(&mut self, ui: &mut Ui) {
        ui.input_mut(|input| {
            // The longer one first: egui's match overlooks a Shift that is not asked for.
            if input.consume_key(Modifiers::SHIFT, EguiKey::F3)
                || input.consume_key(Modifiers::SHIFT, EguiKey::Enter)
            {
                self.step = Some(Step::Previous);
            } else if input.consume_key(Modifiers::NONE, EguiKey::F3) {
                self.step = Some(Step::Next);
            }
        });
    }

    fn controls(&mut self, ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
        let found = !self.search.hits().is_empty();
        let buttons = [
            (Icon::CaretUp, EditCommand::FindPrevious, Step::Previous),
            (Icon::CaretDown, EditCommand::FindNext, Step::Next),
        ];
        for (icon, command, step) in buttons {
            let row = CommandId::Edit(command).row();
            let button = parts::icon_button(ui, icon, row.name(), found);
            if button.on_hover_text(row.tooltip()).clicked() {
                self.step = Some(step);
            }
        }
        let exact = parts::toggle(ui, cx, Icon::Quotes, tr("find-exact"), self.exact);
        if exact.clicked() {
            self.exact = !self.exact;
            self.step = Some(Step::Here);
        }
        let words = self.count();
        let count = parts::quiet(ui, &words);
        ui.ctx().accesskit_node_builder(count.id, |node| {
            node.set_role(accesskit::Role::Status);
            node.set_label(words.clone());
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = parts::icon_button(ui, Icon::Close, tr("find-close"), true);
            if close.on_hover_text(tr("find-close")).clicked() {
                self.close();
                wanted.push(Intent::FocusArticle);
            }
            let everywhere = parts::icon_button(
                ui,
                Icon::Files,
                tr("find-everywhere"),
                !self.query.trim().is_empty(),
            );
            let tip = |ui: &mut Ui| {
                ui.label(tr("find-everywhere"));
                parts::quiet(ui, tr("find-everywhere-tip"));
            };
            if everywhere.on_hover_ui(tip).clicked() {
                wanted.extend(everywhere_for(&self.query, cx.session));
            }
        });
    }

    /// «3 of 17», or how many there are.
    fn count(&self) -> String {
        let hits = self.search.hits().len();
        if self.query.is_empty() {
            return String::new();
        }
        if !self.search.is_done() {
            return tr_args("find-so-far", &[("n", hits.into())]);
        }
        match self.current {
            Some(at) => tr_args("find-place", &[("at", (at + 1).into()), ("n", hits.into())]),
            None => tr_args("find-count", &[("n", hits.into())]),
        }
    }

    /// Searches on, and takes the step that waits if the search has come far enough.
    fn advance(&mut self, session: &Session) -> Vec<Intent> {
        let Some(article) = session.article() else {
            return Vec::new();
        };
        self.search.aim(Some(Key {
            document: article.key().document,
            query: self.query.clone(),
            exact: self.exact,
        }));
        self.search.run(article.text(), BUDGET);
        let desk = article.desk();
        let here = desk.selection().map_or(desk.caret(), |range| range.start());
        self.current = desk
            .selection()
            .and_then(|range| self.search.place_of(range));
        let hit = match self.step {
            None => None,
            Some(Step::Here) => self.search.next(self.origin),
            Some(Step::Next) => self.search.next(here + usize::from(self.current.is_some())),
            Some(Step::Previous) => self.search.previous(here),
        };
        let gone = self.step == Some(Step::Here) && hit.is_none() && self.search.is_done();
        if hit.is_some() || self.search.is_done() {
            self.step = None;
        }
        if gone
            && self
                .shown
                .take()
                .is_some_and(|shown| desk.selection() == Some(shown))
        {
            // What fewer letters found is not what is looked for, and a label key would tag it.
            let back = Command::Desk(DeskCommand::Caret(self.origin, false));
            return vec![Intent::Session(back)];
        }
        self.shown = hit.or(self.shown);
        self.current = hit
            .and_then(|hit| self.search.place_of(hit))
            .or(self.current);
        let go = |hit: ByteRange| {
            let select = Command::Desk(DeskCommand::Select(hit.start(), hit.end()));
            vec![Intent::Session(select), Intent::Reveal(hit.start())]
        };
        hit.map(go).unwrap_or_default()
    }
}

/// The list of articles is filtered by these words, what else filters it stays.
fn everywhere_for(words: &str, session: &Session) -> Option<Intent> {
    let filter = session.project()?.list().filter().clone();
    let filter = Filter {
        text: words.trim().to_owned(),
        ..filter
    };
    Some(Command::Document(DocumentCommand::Filter(filter)).into())
}
