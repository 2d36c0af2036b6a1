//! Which threads are shown, and in what order.

use crate::{
    annotation::{About, Annotator, SpanId, Thread},
    gui::{cx::Cx, strings::tr},
    session::Article,
};

/// Which threads are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Only {
    /// All.
    #[default]
    All,
    /// Those that are not settled.
    Open,
    /// Those that are.
    Resolved,
    /// Those in which the annotator has said something, or that are about the annotator's spans.
    Mine,
}

impl Only {
    /// All of them, in order.
    pub(crate) const ALL: [Self; 4] = [Self::All, Self::Open, Self::Resolved, Self::Mine];

    /// Whether a thread is wanted.
    pub(crate) fn passes(self, thread: &Thread, me: &Annotator) -> bool {
        match self {
            Self::All => true,
            Self::Open => !thread.resolved,
            Self::Resolved => thread.resolved,
            Self::Mine => thread.is_of(me),
        }
    }

    /// Its name for people.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::All => tr("comments-all"),
            Self::Open => tr("comments-open"),
            Self::Resolved => tr("comments-resolved"),
            Self::Mine => tr("comments-mine"),
        }
    }
}

/// What threads are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The chosen span, or the case that waits for its decision.
    Chosen,
    /// The document.
    Document,
    /// Other spans.
    Others,
}

impl Part {
    fn of(about: &About, cx: &Cx<'_>, article: &Article) -> Self {
        match about {
            About::Document => Self::Document,
            About::Span {
                annotator, span, ..
            } => {
                // A twin's id leads to the span that stands for both.
                let chosen = article.chosen().map(|span| span.id);
                let meant = article.layer().get(*span).map(|span| span.id);
                let own = *annotator == article.key().annotator;
                let is_chosen = own && meant.is_some() && meant == chosen;
                if is_chosen || (chosen.is_none() && is_of_case(cx, annotator, *span)) {
                    Self::Chosen
                } else {
                    Self::Others
                }
            }
        }
    }

    /// Its name for people.
    pub(super) fn words(self, article: &Article) -> &'static str {
        match self {
            Self::Chosen if article.chosen().is_none() => tr("comments-on-case"),
            Self::Chosen => tr("comments-on-chosen"),
            Self::Document => tr("comments-on-document"),
            Self::Others => tr("comments-on-others"),
        }
    }
}

/// Whether an annotator's span belongs to the case that waits for its decision.
fn is_of_case(cx: &Cx<'_>, annotator: &Annotator, span: SpanId) -> bool {
    let review = cx.session.review();
    let (Some(opened), Some((_, case, _))) = (review.opened(), review.current()) else {
        return false;
    };
    case.sources().any(|(side, of)| {
        let side = opened.sides().get(side);
        of == span && side.is_some_and(|side| side.annotator == *annotator)
    })
}

/// The threads of the article that are wanted, by what they are about.
pub(super) fn listed<'a>(cx: &Cx<'_>, article: &'a Article, only: Only) -> Vec<(Part, &'a Thread)> {
    let me = &article.key().annotator;
    let threads = article.threads().iter();
    let wanted = threads.filter(|it| only.passes(it, me));
    let mut listed: Vec<(Part, &Thread)> = wanted
        .map(|thread| (Part::of(&thread.about, cx, article), thread))
        .collect();
    // The order within a part stays: it is that of time.
    listed.sort_by_key(|(part, _)| *part);
    listed
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::annotation::{Comment, EditId, Stamp, Time};

    fn thread(who: &str, of: Option<&str>, resolved: bool) -> Thread {
        let stamp = |name: &str| Stamp {
            time: "2026-11-24T22:15:30Z".parse::<Time>().unwrap(),
            author: Annotator::new(name).unwrap(),
        };
        let id = EditId::random();
        let about = of.map_or(About::Document, |of| About::Span {
            annotator: Annotator::new(of).unwrap(),
            span: SpanId { edit: id, place: 0 },
            quote: "الميناء".into(),
        });
        Thread {
            id,
            about,
            comments: vec![Comment {
                id,
                stamp: stamp(who),
                text: "لماذا؟".into(),
            }],
            resolved,
        }
    }

    #[test]
    fn mine_is_what_i_wrote_and_what_is_about_my_spans() {
        let me = Annotator::new("amal").unwrap();
        let passes = |only: Only, thread: &Thread| only.passes(thread, &me);
        let others = thread("badr", None, false);
        assert!(!passes(Only::Mine, &others) && passes(Only::Open, &others));
        assert!(passes(Only::Mine, &thread("badr", Some("amal"), true)));
        assert!(!passes(Only::Mine, &thread("badr", Some("badr"), true)));
        let mine = thread("amal", None, true);
        assert!(passes(Only::Mine, &mine) && passes(Only::Resolved, &mine));
        assert!(!passes(Only::Open, &mine) && passes(Only::All, &mine));
    }
}
