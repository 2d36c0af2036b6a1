//! A thread: what it is about, its comments, and what can be done with it.

use eframe::egui::{Align, Frame, Id, Layout, Margin, Sense, Ui};

use crate::{
    annotation::{About, Comment, DocumentId, SpanId, Thread},
    gui::{
        controls,
        cx::Cx,
        icons::Icon,
        intent::Intent,
        names,
        panels::{inspector::when, parts},
        strings::{tr, tr_args},
        text::{BidiField, BidiLabel},
    },
    session::{Article, Command, ReviewCommand},
};

/// Shows a thread; `answer` is what is being written in it. What is to be said, once it is sent.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (article, thread): (&Article, &Thread),
    answer: &mut String,
    wanted: &mut Vec<Intent>,
) -> Option<String> {
    let tokens = cx.tokens;
    let document = article.key().document;
    let writable = cx
        .session
        .project()
        .is_some_and(crate::session::Project::is_writable);
    let fill = if thread.resolved {
        tokens.surface.panel
    } else {
        tokens.surface.raised
    };
    let frame = Frame::new()
        .fill(fill)
        .stroke((tokens.edge.width, tokens.edge.separator))
        .corner_radius(tokens.radius.control)
        .inner_margin(Margin::same(tokens.space.s as i8));
    let sent = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = tokens.space.xs;
        head(ui, cx, (article, thread), writable, wanted);
        for said in &thread.comments {
            let own = writable && said.stamp.author == *cx.session.annotator();
            let who = names::shown(cx.session, document, &said.stamp.author);
            if comment(ui, cx, (said, &who), (thread.resolved, own)) {
                wanted.push(review(ReviewCommand::Unsay(document, said.id)));
            }
        }
        if thread.resolved || !writable {
            return None;
        }
        let id = Id::unique(("answer", thread.id));
        let words = (tr("comments-answer"), tr("comments-answer"));
        field(ui, cx, (id, words), answer)
    });
    ui.add_space(tokens.space.xs);
    sent.inner
}

fn review(command: ReviewCommand) -> Intent {
    Command::Review(command).into()
}

/// What it is about, and the button that settles it or opens it again.
fn head(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (article, thread): (&Article, &Thread),
    writable: bool,
    wanted: &mut Vec<Intent>,
) {
    let tokens = cx.tokens;
    ui.horizontal(|ui| {
        let button = controls::icon_room(ui, tokens.text.small);
        let room = (ui.available_width() - button).max(tokens.space.row);
        ui.scope(|ui| {
            ui.set_max_width(room);
            about(ui, cx, (article, thread), wanted);
        });
        if !writable {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (icon, words) = if thread.resolved {
                (Icon::ArrowClockwise, tr("comments-reopen"))
            } else {
                (Icon::Check, tr("comments-resolve"))
            };
            if parts::small_icon(ui, icon, words).clicked() {
                let document: DocumentId = article.key().document;
                let settle = ReviewCommand::Resolve(document, thread.id, !thread.resolved);
                wanted.push(review(settle));
            }
        });
    });
}

/// The quote of the span that it is about, which leads there, and whose span it is.
fn about(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (article, thread): (&Article, &Thread),
    wanted: &mut Vec<Intent>,
) {
    let About::Span {
        annotator,
        span,
        quote,
    } = &thread.about
    else {
        let words = if thread.resolved {
            tr("comments-resolved")
        } else {
            tr("comments-open")
        };
        parts::quiet(ui, words);
        return;
    };
    let own = *annotator == article.key().annotator;
    let words = if own {
        tr_args("comments-quote", &[("quote", quote.into())])
    } else {
        let who = names::shown(cx.session, article.key().document, annotator);
        let args = [("who", (&who).into()), ("quote", quote.into())];
        tr_args("comments-quote-of", &args)
    };
    let shown = if thread.resolved {
        tr_args("comments-settled", &[("what", parts::word(&words))])
    } else {
        words
    };
    let words = format!("\u{200E}{shown}");
    let label = BidiLabel::new(&words)
        .size(cx.tokens.text.small)
        .color(cx.tokens.ink.accent);
    let shown = ui.add(label.sense(Sense::click()));
    if shown.clicked() {
        wanted.extend(lead(cx, article, (own, *span), (annotator.as_str(), quote)));
    }
}

/// What leads to the span of a thread: the span itself where it is the annotator's own, the case where it is
/// compared, else its words where they stand only once.
fn lead(
    cx: &Cx<'_>,
    article: &Article,
    (own, span): (bool, SpanId),
    (annotator, quote): (&str, &str),
) -> Option<Intent> {
    if own && let Some(span) = article.layer().get(span) {
        return Some(Intent::Show(span.id));
    }
    let opened = cx.session.review().opened();
    let sides = opened.map_or(&[][..], |opened| opened.sides());
    let side = sides
        .iter()
        .position(|side| side.annotator.as_str() == annotator);
    let there = side.and_then(|at| sides.get(at)?.log.state().get(span));
    if let Some(there) = there {
        return Some(Intent::Reveal(there.data.fragments.start()));
    }
    let at = article.text().find(quote)?;
    (article.text().rfind(quote) == Some(at)).then_some(Intent::Reveal(at))
}

/// A comment: who, when, what. Whether it is taken back.
fn comment(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (said, who): (&Comment, &str),
    (settled, own): (bool, bool),
) -> bool {
    let tokens = cx.tokens;
    let taken = ui
        .horizontal(|ui| {
            let button = if own {
                controls::icon_room(ui, tokens.text.small)
            } else {
                0.0
            };
            let room = (ui.available_width() - button).max(tokens.space.row);
            let when = when(&said.stamp);
            let args = [("who", who.into()), ("when", parts::word(&when))];
            let words = format!("\u{200E}{}", tr_args("feedback-by", &args));
            ui.scope(|ui| {
                ui.set_max_width(room);
                parts::quiet(ui, &words);
            });
            if !own {
                return false;
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                parts::small_icon(ui, Icon::Trash, tr("comments-unsay")).clicked()
            })
            .inner
        })
        .inner;
    let ink = if settled {
        tokens.ink.weak
    } else {
        tokens.ink.strong
    };
    ui.add(BidiLabel::new(&said.text).color(ink).wrap().fill());
    taken
}

/// A field to write a comment in, and the button that sends it. What is to be said, once it is sent.
pub(super) fn field(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (id, (name, hint)): (Id, (&str, &str)),
    text: &mut String,
) -> Option<String> {
    let sent = ui
        .horizontal_top(|ui| {
            let button = controls::icon_room(ui, cx.tokens.text.heading);
            let width = (ui.available_width() - button).max(cx.tokens.space.row);
            let field = BidiField::new(text, name).hint(hint).rows(1).id(id);
            let output = field.width(width).show(ui);
            let something = !text.trim().is_empty();
            let send = tr("comments-send");
            let button = controls::icon_button_if(ui, something, Icon::ArrowRight, send);
            something && (output.submitted || button.clicked())
        })
        .inner;
    sent.then(|| std::mem::take(text))
}
