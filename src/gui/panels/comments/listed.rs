//! Which threads are shown, and in what order.

use crate::{
    annotation::{About, Annotator, Thread},
    gui::strings::tr,
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
    /// The chosen span.
    Chosen,
    /// The document.
    Document,
    /// Other spans.
    Others,
}

impl Part {
    fn of(about: &About, article: &Article) -> Self {
        match about {
            About::Document => Self::Document,
            About::Span {
                annotator, span, ..
            } => {
                // A twin's id leads to the span that stands for both.
                let chosen = article.chosen().map(|span| span.id);
                let meant = article.layer().get(*span).map(|span| span.id);
                let own = *annotator == article.key().annotator;
                if own && meant.is_some() && meant == chosen {
                    Self::Chosen
                } else {
                    Self::Others
                }
            }
        }
    }

    /// Its name for people.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Chosen => tr("comments-on-chosen"),
            Self::Document => tr("comments-on-document"),
            Self::Others => tr("comments-on-others"),
        }
    }
}

/// The threads of the article that are wanted, by what they are about.
pub(super) fn listed(article: &Article, only: Only) -> Vec<(Part, &Thread)> {
    let me = &article.key().annotator;
    let threads = article.threads().iter();
    let wanted = threads.filter(|it| only.passes(it, me));
    let mut listed: Vec<(Part, &Thread)> = wanted
        .map(|thread| (Part::of(&thread.about, article), thread))
        .collect();
    // The order within a part stays: it is that of time.
    listed.sort_by_key(|(part, _)| *part);
    listed
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::annotation::{Comment, EditId, SpanId, Stamp, Time};

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
