//! The right margin while somebody reviews: what the annotators said where they disagree, and what is decided about
//! it. The text of the article is between the hands of the article view; here each case has its words, its keys and
//! its buttons.

mod case;
mod cases;
mod chooser;
mod head;
mod marked;
mod nobody;
mod reason;
mod side;
mod view;
mod words;

use eframe::egui::{ScrollArea, Ui};

use crate::{
    annotation::DocumentId,
    gui::{
        cached::{Cached, Version},
        cx::Cx,
        intent::Intent,
    },
    session::{Command, Reviewed, Session},
};

use chooser::Chooser;
use reason::ReasonField;
use view::{CaseView, Row};

pub(super) use words::{state, state_sign};

/// An annotator's name as it may be shown.
pub(crate) fn name_of(session: &Session, side: usize) -> String {
    side::name(session, side)
}

/// Which state of which review something was made from.
type Key = (DocumentId, u64, Version);

/// The panel's own state.
#[derive(Debug, Default)]
pub(crate) struct ReviewPanel {
    case: Cached<Key, Option<CaseView>>,
    rows: Cached<(Key, crate::session::CaseFilter), Vec<Row>>,
    reason: ReasonField,
    chooser: Chooser,
    /// The case that was shown last.
    seen: Option<(DocumentId, usize)>,
    /// The case that the list was scrolled to last.
    followed: Option<(DocumentId, usize)>,
}

/// The state that the review is in.
fn key(session: &Session) -> Option<Key> {
    let opened = session.review().opened()?;
    let version = Version::of(session.article()?);
    Some((opened.document(), opened.revision(), version))
}

/// A wish of a reviewer. The keyboard belongs to the article again.
fn wish(command: crate::session::ReviewCommand) -> [Intent; 2] {
    [Command::Review(command).into(), Intent::FocusArticle]
}

impl ReviewPanel {
    /// Gives the keyboard to the reason's field, when it is shown next.
    pub(crate) fn focus_reason(&mut self) {
        self.reason.focus();
    }

    /// Shows the head, and the case that is being decided, in the room there is: `scrolls` where that may be too
    /// little.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, scrolls: bool) -> Vec<Intent> {
        let mut wanted = Vec::new();
        head::show(ui, cx, &mut self.chooser, &mut wanted);
        let Some((key, opened)) = key(cx.session).zip(cx.session.review().opened()) else {
            nobody::show(ui, cx, &mut wanted);
            return wanted;
        };
        let here = opened
            .current()
            .map(|(place, ..)| (opened.document(), place));
        let case = self.case.get(key, || view::case(cx.session));
        let is_new = here != self.seen;
        self.seen = here;
        let reason = &mut self.reason;
        let mut content = |ui: &mut Ui| {
            nobody::notes(ui, cx, opened);
            match case {
                Some(case) => case::show(ui, cx, case, reason, &mut wanted),
                None => nobody::between(ui, cx, opened, &mut wanted),
            }
        };
        if scrolls {
            let mut area = ScrollArea::vertical().id_salt("case");
            if is_new {
                // Another case is read from its beginning.
                area = area.vertical_scroll_offset(0.0);
            }
            area.auto_shrink([false, true]).show(ui, content);
        } else {
            content(ui);
        }
        wanted
    }

    /// Shows the cases of the article in all the room there is.
    #[must_use]
    pub(crate) fn show_cases(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let mut wanted = Vec::new();
        let shown = key(cx.session).zip(cx.session.review().opened());
        let Some(((key, opened), article)) = shown.zip(cx.session.article()) else {
            return wanted;
        };
        let filter = cx.session.review().filter().clone();
        let make = || view::rows(cx.session, article, opened);
        let rows = self.rows.get((key, filter), make);
        let current = opened.current().map(|(place, ..)| place);
        let here = current.map(|place| (opened.document(), place));
        let follow = current.filter(|_| here != self.followed);
        self.followed = here;
        cases::show(ui, cx, rows, (current, follow), &mut wanted);
        wanted
    }

    /// Whether cases can be listed.
    pub(crate) fn has_cases(session: &Session) -> bool {
        let opened = session.review().opened();
        opened.is_some_and(|opened: &Reviewed| !opened.cases().is_empty())
    }
}
