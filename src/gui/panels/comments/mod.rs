//! The comments on the article: threads on the chosen span, on the document and on other spans, open and settled.

mod listed;
mod thread;

pub(crate) use listed::Only;
use listed::Part;

use std::collections::HashMap;

use eframe::egui::{Align, Id, Layout, Popup, ScrollArea, Ui, vec2};

use crate::{
    annotation::{About, Annotator, DocumentId, EditId, Span, SpanId},
    gui::{
        controls,
        cx::Cx,
        icons::Icon,
        intent::{Dialog, Intent},
        strings::{tr, tr_args},
    },
    session::{Article, Command, ReviewCommand},
    text,
};

/// So much of a span's text is kept with a thread about it.
const QUOTE: usize = 80;

/// Where something is being written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Place {
    document: DocumentId,
    to: To,
}

/// What it answers or begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum To {
    Document,
    Span(Annotator, SpanId),
    Thread(EditId),
}

/// What is being written, and about what.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Draft {
    about: About,
    text: String,
}

/// The panel's own state.
#[derive(Debug, Default)]
pub(crate) struct CommentsPanel {
    only: Only,
    /// Comments that are not sent yet: they wait where they were begun, whatever is on the desk meanwhile.
    written: HashMap<Place, Draft>,
    /// A new thread is to be on the document, though a span is chosen.
    on_document: bool,
    /// The field of a new comment is to have the keyboard.
    focus: bool,
}

impl CommentsPanel {
    /// Gives the keyboard to the field of a comment on the chosen span, when it is shown next.
    pub(crate) fn begin(&mut self) {
        self.on_document = false;
        self.focus = true;
    }

    /// What is written and not sent, to be sent before the project is let go of: nothing typed is lost.
    pub(crate) fn flush(&mut self) -> Vec<Intent> {
        let left = self.written.drain();
        let left = left.filter(|(_, draft)| !draft.text.trim().is_empty());
        left.map(|(place, draft)| say(&place, draft.about, draft.text))
            .collect()
    }

    /// Where something is written in answer to a thread or as a new one.
    fn draft(&mut self, place: &Place, about: &About) -> &mut String {
        let draft = self.written.entry(place.clone());
        let draft = draft.or_insert_with(|| Draft {
            about: about.clone(),
            text: String::new(),
        });
        &mut draft.text
    }

    /// Shows the comments in all the room there is.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let mut wanted = Vec::new();
        let Some(article) = cx.session.article() else {
            return wanted;
        };
        self.header(ui, cx, article, &mut wanted);
        ScrollArea::vertical()
            .id_salt("comments")
            .auto_shrink([false, false])
            .show(ui, |ui| {
                self.new_thread(ui, cx, article, &mut wanted);
                self.threads(ui, cx, article, &mut wanted);
            });
        self.written.retain(|_, draft| !draft.text.is_empty());
        wanted
    }

    /// The title, how many threads are open, the filter, and the way to all comments of the project.
    fn header(&mut self, ui: &mut Ui, cx: &Cx<'_>, article: &Article, wanted: &mut Vec<Intent>) {
        ui.horizontal(|ui| {
            controls::heading(ui, tr("comments-title"));
            let open = article.threads().iter().filter(|it| !it.resolved).count();
            if open > 0 {
                controls::caption(ui, &open.to_string());
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let all = controls::icon_button(ui, Icon::Files, tr("comments-of-project"));
                if all.clicked() {
                    wanted.push(Intent::Open(Dialog::Comments));
                }
                let button = controls::icon_button(ui, Icon::Funnel, tr("comments-filter"));
                if self.only != Only::All {
                    let tokens = cx.tokens;
                    let at = button.rect.right_top() + vec2(-tokens.space.s, tokens.space.s);
                    ui.painter()
                        .circle_filled(at, tokens.space.xs * 0.75, tokens.ink.accent);
                }
                Popup::menu(&button).show(|ui| {
                    for only in Only::ALL {
                        let chosen = self.only == only;
                        if ui.selectable_label(chosen, only.words()).clicked() {
                            self.only = only;
                        }
                    }
                });
            });
        });
    }

    /// The field that begins a thread, on the chosen span or on the document.
    fn new_thread(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        article: &Article,
        wanted: &mut Vec<Intent>,
    ) {
        let writable = cx
            .session
            .project()
            .is_some_and(crate::session::Project::is_writable);
        if !writable {
            return;
        }
        let subject = subject(cx, article);
        if subject.is_some() {
            ui.horizontal_wrapped(|ui| {
                let words = Part::Chosen.words(article);
                let span = controls::choice(ui, !self.on_document, words);
                self.on_document &= !span.clicked();
                let document = controls::choice(ui, self.on_document, tr("comments-on-document"));
                self.on_document |= document.clicked();
            });
        }
        let key = article.key();
        let (to, about, hint) = match subject.filter(|_| !self.on_document) {
            None => (To::Document, About::Document, tr("comments-new-document")),
            Some((annotator, span)) => {
                let words = span.data.fragments.beginning(article.text(), 32 * QUOTE);
                let about = About::Span {
                    annotator: annotator.clone(),
                    span: span.id,
                    quote: text::quote(&words, QUOTE),
                };
                let to = To::Span(annotator.clone(), span.id);
                (to, about, tr("comments-new-span"))
            }
        };
        let id = Id::unique("new comment");
        let place = Place {
            document: key.document,
            to,
        };
        let name = (tr("comments-new"), hint);
        if let Some(said) = thread::field(ui, cx, (id, name), self.draft(&place, &about)) {
            wanted.push(say(&place, about, said));
        }
        if std::mem::take(&mut self.focus) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        ui.add_space(cx.tokens.space.s);
    }

    fn threads(&mut self, ui: &mut Ui, cx: &Cx<'_>, article: &Article, wanted: &mut Vec<Intent>) {
        let listed = listed::listed(cx, article, self.only);
        if listed.is_empty() {
            let words = if article.threads().is_empty() {
                tr("comments-none")
            } else {
                tr("comments-none-such")
            };
            controls::hint(ui, words);
        }
        let document = article.key().document;
        let mut before = None;
        for (part, thread) in listed {
            if before.replace(part) != Some(part) {
                controls::caption(ui, part.words(article));
            }
            let place = Place {
                document,
                to: To::Thread(thread.id),
            };
            let answer = self.draft(&place, &thread.about);
            let said = ui.push_id(thread.id, |ui| {
                thread::show(ui, cx, (article, thread), answer, wanted)
            });
            if let Some(said) = said.inner {
                wanted.push(say(&place, thread.about.clone(), said));
            }
        }
    }
}

/// What a new comment is on: the chosen span, or the first of the case that waits for its decision.
fn subject<'a>(cx: &'a Cx<'_>, article: &'a Article) -> Option<(&'a Annotator, &'a Span)> {
    if let Some(chosen) = article.chosen() {
        return Some((&article.key().annotator, chosen));
    }
    let review = cx.session.review();
    let (opened, (_, case, _)) = (review.opened()?, review.current()?);
    let mut sources = case.sources();
    sources.find_map(|(side, span)| {
        let side = opened.sides().get(side)?;
        Some((&side.annotator, side.log.state().get(span)?))
    })
}

/// The wish to say something.
fn say(place: &Place, about: About, text: String) -> Intent {
    let thread = match place.to {
        To::Thread(thread) => Some(thread),
        To::Document | To::Span(..) => None,
    };
    Command::Review(ReviewCommand::Say {
        document: place.document,
        thread,
        about,
        text,
    })
    .into()
}

/// How many threads are open, in words.
pub(crate) fn count(n: usize) -> String {
    tr_args("comments-count", &[("n", n.into())])
}
