//! The chosen span: its text, label, attributes, note and relations, where it is and who made it.

mod attributes;
mod facts;
mod label;
mod relations;

use eframe::egui::{Align, Id, Layout, ScrollArea, Ui, vec2};

use crate::{
    annotation::{LayerKey, Span, SpanId},
    edit::LayerChange,
    gui::{
        commands::{CommandId, DocumentCommand, SpanCommand as SpanCommandId},
        controls::{self, Field},
        cx::Cx,
        draft::Drafts,
        icons::Icon,
        intent::Intent,
        strings::tr,
        text::BidiLabel,
    },
    session::{Article, Command, SpanCommand},
    text,
};

pub(super) use facts::when;
use relations::Relations;

/// What is being written, and on which span of which layer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Written {
    layer: LayerKey,
    span: SpanId,
    what: What,
}

/// The texts that a span has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum What {
    Note,
    Attribute(String),
}

impl Written {
    fn new(article: &Article, span: &Span, what: What) -> Self {
        Self {
            layer: article.key().clone(),
            span: span.id,
            what,
        }
    }

    /// The wish that commits it. It names its layer, since another article may be on the desk.
    fn commit(self, text: String) -> Intent {
        let change = match self.what {
            What::Note => LayerChange::SetNote(self.span, text),
            What::Attribute(name) => {
                let value = (!text.is_empty()).then_some(text);
                LayerChange::SetAttribute(self.span, name, value)
            }
        };
        Command::Late(self.layer, change).into()
    }
}

/// The inspector's own state.
#[derive(Debug, Default)]
pub(crate) struct Inspector {
    drafts: Drafts<Written>,
    relations: Relations,
    focus: bool,
}

impl Inspector {
    /// Gives the keyboard to the first attribute, or else the note, when it is shown next.
    pub(crate) fn focus_first(&mut self) {
        self.focus = true;
    }

    /// Begins a relation from the chosen span, when it is shown next.
    pub(crate) fn begin_relation(&mut self, from: SpanId) {
        self.relations.begin(from);
    }

    /// What is written and not committed yet. The app asks before another article comes on the
    /// desk, before undo and redo, and before the window closes.
    pub(crate) fn flush(&mut self) -> Vec<Intent> {
        let drafts = self.drafts.take_all();
        drafts
            .into_iter()
            .map(|(written, text)| written.commit(text))
            .collect()
    }

    /// No span is shown: what was written for one is committed.
    #[must_use]
    pub(crate) fn hide(&mut self) -> Vec<Intent> {
        self.relations.cancel();
        let left = self.drafts.take_left();
        left.into_iter()
            .map(|(written, text)| written.commit(text))
            .collect()
    }

    /// Shows the chosen span.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let mut intents = Vec::new();
        let chosen = cx
            .session
            .article()
            .and_then(|article| Some((article, article.chosen()?)));
        header(ui, cx, chosen.is_some(), &mut intents);
        super::feedback::line(ui, cx, &mut intents);
        if let Some((article, span)) = chosen {
            ScrollArea::vertical()
                .id_salt("inspector")
                .auto_shrink([false, true])
                .show(ui, |ui| self.span(ui, cx, (article, span), &mut intents));
        } else {
            self.relations.cancel();
            controls::hint(ui, tr("inspector-none"));
            super::feedback::without_span(ui, cx, &mut intents);
        }
        for (written, text) in self.drafts.take_left() {
            intents.push(written.commit(text));
        }
        intents
    }

    fn span(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        (article, span): (&Article, &Span),
        intents: &mut Vec<Intent>,
    ) {
        let usable = cx
            .session
            .project()
            .is_some_and(crate::session::Project::is_writable);
        words(ui, cx, article, span);
        super::feedback::of_span(ui, cx, (article, span.id), intents);
        ui.add_enabled_ui(usable, |ui| {
            label::show(ui, cx, span, intents);
            let focused = attributes::show(
                ui,
                cx,
                (article, span),
                &mut self.drafts,
                self.focus,
                intents,
            );
            self.focus &= !focused;
            self.note(ui, article, span, intents);
            self.relations.show(ui, cx, (article, span), intents);
        });
        facts::show(ui, cx, article, span);
    }

    fn note(&mut self, ui: &mut Ui, article: &Article, span: &Span, intents: &mut Vec<Intent>) {
        controls::caption(ui, tr("note"));
        let id = Id::unique("note of the chosen span");
        let key = Written::new(article, span, What::Note);
        let field = Field::new(tr("note")).hint(tr("note-hint")).rows(2).id(id);
        if let Some(text) = self.drafts.field(ui, &key, &span.data.note, field) {
            intents.push(key.commit(text));
        }
        if std::mem::take(&mut self.focus) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }
}

fn header(ui: &mut Ui, cx: &Cx<'_>, chosen: bool, intents: &mut Vec<Intent>) {
    let usable = chosen
        && cx
            .session
            .project()
            .is_some_and(crate::session::Project::is_writable);
    ui.horizontal(|ui| {
        controls::heading(ui, tr("inspector-title"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (command, icon) in [
                (SpanCommandId::Remove, Icon::Trash),
                (SpanCommandId::LabelAll, Icon::Lightning),
            ] {
                let command = CommandId::Span(command);
                let button = controls::icon_button_if(ui, usable, icon, &command.row().tooltip());
                if button.clicked() {
                    intents.push(command.into());
                }
            }
            comments(ui, cx, intents);
        });
    });
}

/// The button of the comments; a dot on it where some are open.
fn comments(ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
    let command = CommandId::Document(DocumentCommand::Comments);
    let threads = cx.session.article().map_or(&[][..], Article::threads);
    let open = threads.iter().filter(|it| !it.resolved).count();
    let mut name = command.row().tooltip();
    if open > 0 {
        name = format!("{name}: {}", super::comments::count(open));
    }
    let button = controls::icon_button(ui, Icon::Chat, &name);
    if open > 0 {
        let tokens = cx.tokens;
        let at = button.rect.right_top() + vec2(-tokens.space.s, tokens.space.s);
        let radius = tokens.space.xs * 0.75;
        ui.painter().circle_filled(at, radius, tokens.ink.accent);
    }
    if button.clicked() {
        intents.push(command.into());
    }
}

/// The span's text, up to four lines of it.
fn words(ui: &mut Ui, cx: &Cx<'_>, article: &Article, span: &Span) {
    let words = text::quote(&span.data.fragments.beginning(article.text(), 7680), 240);
    let line = cx.tokens.text.heading * text_line();
    ScrollArea::vertical()
        .id_salt("text of the chosen span")
        .max_height(4.0 * line)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.add(
                BidiLabel::new(&words)
                    .size(cx.tokens.text.heading)
                    .wrap()
                    .fill(),
            );
        });
}

fn text_line() -> f32 {
    crate::gui::text::LINE_HEIGHT
}

/// A wish about spans, as an intent.
fn wish(command: SpanCommand) -> Intent {
    Command::Span(command).into()
}
