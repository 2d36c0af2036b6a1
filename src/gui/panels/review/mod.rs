//! The right margin while somebody reviews: what the annotators said where they disagree, and what is decided about
//! it. The text of the article is between the hands of the article view; here each case has its words, its keys and
//! its buttons.

mod answer;
mod case;
mod cases;
mod chooser;
mod head;
mod marked;
mod nobody;
mod reason;
mod said;
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

/// Which state of which review something was made from, and how many threads of comments there were.
type Key = (DocumentId, u64, Version, usize);

/// The answers keep so much room, in points.
const LEAST: f32 = 56.0;

/// The panel's own state.
#[derive(Debug, Default)]
pub(crate) struct ReviewPanel {
    case: Cached<(Key, bool), Option<CaseView>>,
    rows: Cached<(Key, crate::session::CaseFilter), Vec<Row>>,
    reason: ReasonField,
    chooser: Chooser,
    /// The case that was shown last.
    seen: Option<(DocumentId, usize)>,
    /// The case that the list was scrolled to last.
    followed: Option<(DocumentId, usize)>,
    /// How high what stands below the answers was in the last frame, in points.
    below: f32,
}

/// The state that the review is in.
fn key(session: &Session) -> Option<Key> {
    let opened = session.review().opened()?;
    let article = session.article()?;
    let threads = article.threads().len();
    let version = Version::of(article);
    Some((opened.document(), opened.revision(), version, threads))
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

    /// Shows the head, and the case that is being decided, in the room there is: what is said scrolls, what can be
    /// decided stays. `is_low`: where that is little room.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, is_low: bool) -> Vec<Intent> {
        let mut wanted = Vec::new();
        head::show(ui, cx, &mut self.chooser, &mut wanted);
        let Some((key, opened)) = key(cx.session).zip(cx.session.review().opened()) else {
            nobody::show(ui, cx, &mut wanted);
            return wanted;
        };
        let here = opened
            .current()
            .map(|(place, ..)| (opened.document(), place));
        let is_new = here != self.seen;
        self.seen = here;
        let all = cx.session.review().filter().all;
        nobody::notes(ui, cx, opened);
        let Some(case) = self.case.get((key, all), || view::case(cx.session)) else {
            nobody::between(ui, cx, opened, &mut wanted);
            return wanted;
        };
        case::title(ui, cx, case, &mut wanted);
        let gap = ui.spacing().item_spacing.y;
        let room = (ui.available_height() - self.below - gap).max(LEAST);
        let mut area = ScrollArea::vertical()
            .id_salt("case")
            .max_height(room)
            .min_scrolled_height(LEAST);
        if is_new {
            // Another case is read from its beginning.
            area = area.vertical_scroll_offset(0.0);
        }
        area.auto_shrink([false, true])
            .show(ui, |ui| case::said(ui, cx, case, &mut wanted));
        let decide = ui.scope(|ui| {
            case::decide(ui, cx, (&mut self.reason, is_low), &mut wanted);
        });
        let below = decide.response.rect.height();
        if (below - self.below).abs() > 0.5 {
            self.below = below;
            ui.ctx().request_discard("the room for what is said");
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
