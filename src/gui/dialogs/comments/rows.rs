//! The rows of the list: a document, and under it its threads.

use crate::{
    annotation::{About, Annotator, DocumentId, SpanId, Thread},
    gui::{panels::comments::Only, strings::tr_args},
    session::Discussed,
};

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A document.
    Document {
        /// Its title.
        title: String,
        /// How many of its threads are listed.
        threads: usize,
    },
    /// A thread of the document above.
    Thread(Box<Line>),
}

/// A thread as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The document.
    pub(super) document: DocumentId,
    /// The first byte of its span, where that is there.
    pub(super) start: Option<usize>,
    /// Its span, where it is the annotator's own.
    pub(super) span: Option<SpanId>,
    /// What it is about; empty where that is the document.
    pub(super) quote: String,
    /// The last comment.
    pub(super) said: String,
    /// Who said it, and how many comments there are.
    pub(super) by: String,
    /// Whether it is settled.
    pub(super) resolved: bool,
}

impl Line {
    /// `who` names the author of the last comment as that may be shown.
    fn of(
        document: DocumentId,
        (thread, start): (&Thread, Option<usize>),
        me: &Annotator,
        who: impl Fn(DocumentId, &Annotator) -> String,
    ) -> Self {
        let (quote, span) = match &thread.about {
            About::Document => (String::new(), None),
            About::Span {
                annotator,
                span,
                quote,
            } => (quote.clone(), (annotator == me).then_some(*span)),
        };
        let last = thread.comments.last();
        let who = last.map(|last| who(document, &last.stamp.author));
        let who = who.unwrap_or_default();
        let args = [("who", (&who).into()), ("n", thread.comments.len().into())];
        Self {
            document,
            start,
            span,
            quote,
            said: last.map_or_else(String::new, |last| crate::text::quote(&last.text, 160)),
            by: tr_args("comments-last", &args),
            resolved: thread.resolved,
        }
    }
}

/// The rows of what is wanted. `title` gives the title of a document of the list, `who` a name as it may be shown
/// there.
pub(super) fn rows(
    documents: &[Discussed],
    title: impl Fn(&DocumentId) -> Option<String>,
    who: impl Fn(DocumentId, &Annotator) -> String,
    (only, me): (Only, &Annotator),
) -> Vec<Row> {
    let mut rows = Vec::new();
    for found in documents {
        let wanted = found.threads.iter().filter(|(it, _)| only.passes(it, me));
        let lines: Vec<Row> = wanted
            .map(|(thread, start)| Line::of(found.document, (thread, *start), me, &who))
            .map(|line| Row::Thread(Box::new(line)))
            .collect();
        if let Some(title) = title(&found.document).filter(|_| !lines.is_empty()) {
            let threads = lines.len();
            rows.push(Row::Document { title, threads });
            rows.extend(lines);
        }
    }
    rows
}

/// How many documents and threads are listed.
pub(super) fn counts(rows: &[Row]) -> (usize, usize) {
    let documents = rows
        .iter()
        .filter(|row| matches!(row, Row::Document { .. }));
    let documents = documents.count();
    (documents, rows.len() - documents)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::{
        annotation::{Comment, EditId, Stamp, TextHash},
        session::Discussed,
    };

    fn name(name: &str) -> Annotator {
        Annotator::new(name).unwrap()
    }

    fn thread(resolved: bool, of: Option<(&str, SpanId)>) -> Thread {
        let said = |who: &str, text: &str| Comment {
            id: EditId::random(),
            stamp: Stamp {
                time: "2026-11-24T22:15:30Z".parse().unwrap(),
                author: name(who),
            },
            text: text.into(),
        };
        Thread {
            id: EditId::random(),
            about: of.map_or(About::Document, |(of, span)| About::Span {
                annotator: name(of),
                span,
                quote: "الميناء".into(),
            }),
            comments: vec![said("amal", "لماذا؟"), said("badr", "انظر الدليل")],
            resolved,
        }
    }

    #[test]
    fn threads_stand_under_their_documents_and_empty_documents_do_not() {
        let id = |text: &str| DocumentId::new(&TextHash::of(text), 0);
        let span = SpanId {
            edit: EditId::random(),
            place: 0,
        };
        let documents = [
            Discussed {
                document: id("أ"),
                threads: vec![
                    (thread(false, Some(("amal", span))), Some(4)),
                    (thread(true, None), None),
                ],
            },
            Discussed {
                document: id("ب"),
                threads: vec![(thread(true, Some(("badr", span))), Some(9))],
            },
        ];
        let title = |of: &DocumentId| Some(if *of == id("أ") { "أول" } else { "ثان" }.to_owned());
        let who = |_: DocumentId, name: &Annotator| name.to_string();
        let all = rows(&documents, title, who, (Only::All, &name("amal")));
        assert_eq!(counts(&all), (2, 3));
        let Row::Thread(line) = &all[1] else { return };
        assert_eq!((line.start, line.span), (Some(4), Some(span)));
        assert_eq!(line.said, "انظر الدليل", "the last word");
        let Row::Thread(line) = &all[4] else { return };
        assert_eq!((line.start, line.span), (Some(9), None), "not one's own");
        let open = rows(&documents, title, who, (Only::Open, &name("amal")));
        assert_eq!(counts(&open), (1, 1));
        let gone = rows(&documents, |_| None, who, (Only::All, &name("amal")));
        assert!(gone.is_empty(), "a document that was taken out of the list");
    }
}
