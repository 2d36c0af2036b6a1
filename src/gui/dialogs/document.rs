//! What is known of the article besides its text: title, metadata, and who is to annotate it.

use eframe::egui::{self, Align2, Context, Id, ScrollArea, Ui};

use crate::{
    annotation::{Annotator, Document, DocumentId, NameError},
    gui::{
        controls::{self, Field},
        cx::Cx,
        draft::Drafts,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
    },
    session::{Command, DocumentCommand},
};

/// Width of the window, in points.
const WIDTH: f32 = 480.0;
/// Width of the keys of the metadata.
const KEYS: f32 = 140.0;

/// A text of the document that is being written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Written {
    document: DocumentId,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum What {
    Title,
    Value(String),
}

impl Written {
    fn commit(self, text: String) -> Intent {
        let command = match self.what {
            What::Title => DocumentCommand::SetTitle(self.document, text),
            What::Value(key) => DocumentCommand::SetMetadata(self.document, key, Some(text)),
        };
        Command::Document(command).into()
    }
}

/// The window's own state.
#[derive(Debug, Default)]
pub(crate) struct DocumentDialog {
    open: bool,
    drafts: Drafts<Written>,
    new_key: String,
    new_value: String,
    new_annotator: String,
}

impl DocumentDialog {
    /// Opens the window.
    pub(crate) fn open(&mut self) {
        self.open = true;
    }

    /// What is written and not committed yet. The app asks before undo and redo, and before the
    /// window closes.
    pub(crate) fn flush(&mut self) -> Vec<Intent> {
        let drafts = self.drafts.take_all();
        drafts
            .into_iter()
            .map(|(written, text)| written.commit(text))
            .collect()
    }

    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// Shows the window, if it is open.
    #[must_use]
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Vec<Intent> {
        let mut intents = Vec::new();
        let document = cx
            .session
            .article()
            .and_then(crate::session::Article::document);
        let Some(document) = document.filter(|_| self.open) else {
            self.open = false;
            return self.flush();
        };
        let writing = ctx.text_edit_focused();
        let mut open = true;
        let usable = cx
            .session
            .project()
            .is_some_and(crate::session::Project::is_writable);
        let shown = egui::Window::new(tr("document-title"))
            .id(Id::unique("article's facts"))
            .open(&mut open)
            .collapsible(false)
            .default_width(WIDTH)
            .pivot(Align2::CENTER_CENTER)
            .default_pos(ctx.content_rect().center())
            .show(ctx, |ui| {
                ui.add_enabled_ui(usable, |ui| self.content(ui, cx, document, &mut intents));
            });
        if let Some(shown) = &shown {
            super::name_bar(ctx, shown.response.layer_id, tr("document-title"));
        }
        let escape =
            shown.is_some_and(|shown| super::escape(ctx, shown.response.layer_id, writing));
        let left = self.drafts.take_left();
        intents.extend(left.into_iter().map(|(written, text)| written.commit(text)));
        if !open || escape {
            self.open = false;
            intents.extend(self.flush());
            intents.push(Intent::FocusArticle);
        }
        intents
    }

    fn content(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        document: &Document,
        intents: &mut Vec<Intent>,
    ) {
        controls::caption(ui, tr("document-name"));
        let field = Field::new(tr("document-name"));
        self.field(ui, document, What::Title, &document.title, field, intents);
        ui.add_space(cx.tokens.space.s);
        controls::caption(ui, tr("document-metadata"));
        let room = ui.available_height().max(240.0) * 0.6;
        ScrollArea::vertical()
            .id_salt("metadata")
            .max_height(room)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for (key, value) in &document.metadata {
                    self.entry(ui, cx, document, (key, value), intents);
                }
            });
        self.new_entry(ui, cx, document, intents);
        ui.add_space(cx.tokens.space.s);
        self.assignments(ui, cx, document, intents);
    }

    fn field(
        &mut self,
        ui: &mut Ui,
        document: &Document,
        what: What,
        base: &str,
        field: Field<'_>,
        intents: &mut Vec<Intent>,
    ) {
        let written = Written {
            document: document.id,
            what,
        };
        if let Some(text) = self.drafts.field(ui, &written, base, field) {
            intents.push(written.commit(text));
        }
    }

    fn entry(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        document: &Document,
        (key, value): (&str, &str),
        intents: &mut Vec<Intent>,
    ) {
        ui.horizontal(|ui| {
            let height = cx.tokens.space.row;
            let (_, rect) = ui.allocate_space((KEYS, height).into());
            let style = (cx.tokens.text.body, cx.tokens.ink.weak);
            controls::line(ui, rect, key, style, controls::Side::Left);
            let width = ui.available_width() - height - ui.spacing().item_spacing.x;
            let what = What::Value(key.to_owned());
            self.field(
                ui,
                document,
                what,
                value,
                Field::new(key).width(width),
                intents,
            );
            let remove = tr_args("document-remove-value", &[("key", key.into())]);
            if controls::icon_button(ui, Icon::Close, &remove).clicked() {
                self.drafts.drop(&Written {
                    document: document.id,
                    what: What::Value(key.to_owned()),
                });
                let command = DocumentCommand::SetMetadata(document.id, key.to_owned(), None);
                intents.push(Command::Document(command).into());
            }
        });
    }

    fn new_entry(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        document: &Document,
        intents: &mut Vec<Intent>,
    ) {
        ui.horizontal(|ui| {
            let side = cx.tokens.space.row;
            let key = Field::new(tr("document-new-key")).hint(tr("document-new-key"));
            let mut add = controls::field(ui, &mut self.new_key, key.width(KEYS)).submitted;
            let width = ui.available_width() - side - ui.spacing().item_spacing.x;
            let value = Field::new(tr("document-new-value")).hint(tr("document-new-value"));
            add |= controls::field(ui, &mut self.new_value, value.width(width)).submitted;
            let key = self.new_key.trim();
            let usable = !key.is_empty() && !document.metadata.contains_key(key);
            add |= controls::icon_button_if(ui, usable, Icon::Plus, tr("document-add-value"))
                .clicked();
            if add && usable {
                let (key, value) = (key.to_owned(), std::mem::take(&mut self.new_value));
                self.new_key.clear();
                let command = DocumentCommand::SetMetadata(document.id, key, Some(value));
                intents.push(Command::Document(command).into());
            }
        });
        if document.metadata.contains_key(self.new_key.trim()) {
            controls::warning(ui, tr("document-key-taken"));
        }
    }

    /// Who is to annotate it; nobody means anybody.
    fn assignments(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        document: &Document,
        intents: &mut Vec<Intent>,
    ) {
        controls::caption(ui, tr("document-assigned"));
        if crate::gui::names::are_hidden(cx.session) {
            controls::hint(ui, tr("document-assigned-hidden"));
            return;
        }
        if document.assigned.is_empty() {
            controls::hint(ui, tr("document-assigned-none"));
        }
        let mut assign = |who: &Annotator, assigned: bool| {
            let command = DocumentCommand::Assign(document.id, who.clone(), assigned);
            intents.push(Command::Document(command).into());
        };
        for who in &document.assigned {
            let words = tr_args("document-unassign", &[("who", who.as_str().into())]);
            ui.horizontal(|ui| {
                ui.add(crate::gui::text::BidiLabel::new(who.as_str()));
                if controls::icon_button(ui, Icon::Close, &words).clicked() {
                    assign(who, false);
                }
            });
        }
        ui.horizontal(|ui| {
            let name = Annotator::new(&self.new_annotator);
            let words = tr("document-new-annotator");
            let width = KEYS * 1.5;
            let field = Field::new(words).hint(words).width(width);
            let mut add = controls::field(ui, &mut self.new_annotator, field).submitted;
            add |= controls::icon_button_if(ui, name.is_ok(), Icon::Plus, tr("document-assign"))
                .clicked();
            match name {
                Ok(who) if add => {
                    assign(&who, true);
                    self.new_annotator.clear();
                }
                Err(error) if error != NameError::Empty => {
                    controls::warning(ui, &error.to_string());
                }
                _ => {}
            }
        });
    }
}
