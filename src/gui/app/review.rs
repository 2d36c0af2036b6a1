//! Commands of reviewing, what of it the keys depend on, and what of it the article shows.

use eframe::egui::Context;

use crate::{
    annotation::{DocumentId, Layer, SpanId, Status},
    gui::{
        article::{ArticleInput, Compared, PanesInput},
        commands::{Needs, ReviewCommand, SideCommand},
        intent::Dialog,
        names,
    },
    session::{self, Command, DocumentCommand, Filter, Notice, Reviewed, Session},
};

use super::{App, margins::Margin};

/// Where the review is: the document and the place of the case that is being decided.
pub(super) type At = (DocumentId, usize);

/// How far reviewing is, for the keys: a case waits for its decision while nothing is selected and no span of
/// one's own is chosen.
pub(super) fn needs_met(session: &Session) -> Needs {
    let review = session.review();
    if !review.is_on() {
        return Needs::Nothing;
    }
    let desk = session.article().map(session::Article::desk);
    let is_busy = desk.is_none_or(|desk| desk.selection().is_some() || desk.chosen().is_some());
    if is_busy || review.current().is_none() {
        Needs::Review
    } else {
        Needs::Case
    }
}

/// Where the review is, if a case is being decided.
pub(super) fn at(session: &Session) -> Option<At> {
    let opened = session.review().opened()?;
    Some((opened.document(), opened.current()?.0))
}

/// The layer that «edit» takes over: the first that is ticked, or else the first that has something.
fn to_edit(session: &Session) -> Option<usize> {
    let review = session.review();
    let ticked = review.ticked().first().copied();
    ticked.or_else(|| review.current()?.1.sides().next())
}

/// Whether all is decided on the article, and what all agree on is not taken over yet.
fn lacks_agreed(session: &Session) -> bool {
    let opened = session.review().opened();
    opened.is_some_and(|it| it.open_count() == 0) && session.agreed_here() > 0
}

/// What is said of a label's key while somebody reviews and nothing is there that it could label: its digit was meant
/// for an annotator.
pub(super) fn nothing_to_label(session: &Session) -> Option<Notice> {
    let opened = session.review().opened()?;
    if needs_met(session) != Needs::Review || opened.current().is_some() {
        return None;
    }
    let article = session.article()?;
    if article.desk().selection().is_some() || article.desk().chosen().is_some() {
        return None;
    }
    let is_through = opened.open_count() == 0 && article.layer().status() != Status::Done;
    Some(if is_through {
        Notice::AllDecided
    } else {
        Notice::NoCase
    })
}

impl App {
    pub(super) fn review_command(&mut self, ctx: &Context, command: ReviewCommand) {
        use session::ReviewCommand as R;
        let wanted = match command {
            ReviewCommand::NextCase | ReviewCommand::PreviousCase => {
                self.show_margin(Margin::Work);
                R::Walk(command == ReviewCommand::NextCase)
            }
            ReviewCommand::Review => {
                self.switch_review(ctx, !self.session.review().is_on());
                return;
            }
            ReviewCommand::Blind => R::Blind(!self.session.review().is_blind()),
            ReviewCommand::SideBySide => {
                let tools = &mut self.session.settings_mut().tools;
                tools.side_by_side = !tools.side_by_side;
                self.settings_changed(ctx);
                return;
            }
            ReviewCommand::TakeAgreed => {
                self.run(ctx, Command::Review(R::LookAtAgreed(true)));
                self.open(ctx, Dialog::TakeAgreed(false));
                return;
            }
            ReviewCommand::Finish if lacks_agreed(&self.session) => {
                self.open(ctx, Dialog::TakeAgreed(true));
                return;
            }
            ReviewCommand::Finish => R::Finish,
            ReviewCommand::AcceptTicked => R::AcceptTicked,
            ReviewCommand::Edit => match to_edit(&self.session) {
                Some(side) => R::Edit(side),
                None => return,
            },
            ReviewCommand::RejectAll => R::RejectAll,
            ReviewCommand::LeaveOpen => R::LeaveOpen,
            ReviewCommand::Reopen => R::Reopen,
            ReviewCommand::Reason => {
                self.show_margin(Margin::Work);
                self.panels.review.focus_reason();
                return;
            }
        };
        self.run(ctx, Command::Review(wanted));
    }

    pub(super) fn side_command(&mut self, ctx: &Context, command: SideCommand) {
        let side = usize::from(command.side);
        let wanted = if command.tick {
            session::ReviewCommand::Tick(side)
        } else {
            session::ReviewCommand::Accept(side)
        };
        self.run(ctx, Command::Review(wanted));
    }

    /// Begins or ends reviewing. With it ends a filter of the list by how far the review is.
    fn switch_review(&mut self, ctx: &Context, on: bool) {
        self.run(ctx, Command::Review(session::ReviewCommand::Review(on)));
        if on {
            self.show_margin(Margin::Work);
            return;
        }
        let filter = self.session.project().map(|it| it.list().filter().clone());
        if let Some(filter) = filter.filter(|filter| filter.review.is_some()) {
            let filter = Filter {
                review: None,
                ..filter
            };
            self.run(ctx, Command::Document(DocumentCommand::Filter(filter)));
        }
    }

    /// Scrolls to the case that is being decided, when it is another than before.
    pub(super) fn follow_case(&mut self) {
        let now = at(&self.session);
        if now == self.sight.case {
            return;
        }
        self.sight.case = now;
        let current = self.session.review().current();
        if let Some((_, case, _)) = current {
            self.view.reveal(case.start);
            self.panes.reveal(case.start);
        }
    }
}

/// The compared layers' names as they may be shown, in their order.
pub(super) fn names(session: &Session) -> Vec<String> {
    let sides = session.review().opened().map_or(0, |it| it.sides().len());
    (0..sides)
        .map(|side| names::of_side(session, side))
        .collect()
}

/// What the article shows of a review.
pub(super) struct Sides<'s> {
    opened: Option<&'s Reviewed>,
    layers: Vec<&'s Layer>,
    current: Vec<(usize, SpanId)>,
    columns: Vec<(usize, &'s str)>,
}

impl<'s> Sides<'s> {
    /// Of what is compared now; `names`: see [`names`].
    pub(super) fn of(session: &'s Session, names: &'s [String]) -> Self {
        let opened = session.review().opened();
        let sides = opened.map_or(&[][..], Reviewed::sides).iter();
        let columns = names.iter().map(String::as_str).enumerate();
        let side_by_side = session.settings().tools.side_by_side && names.len() > 1;
        Self {
            opened,
            layers: sides.map(|side| side.log.state()).collect(),
            current: opened.map_or_else(Vec::new, Reviewed::current_spans),
            columns: columns.filter(|_| side_by_side).collect(),
        }
    }

    /// The layers under the article's own.
    pub(super) fn compared(&self) -> Option<Compared<'_>> {
        self.opened.map(|opened| Compared {
            layers: &self.layers,
            loud: opened.loud(),
            current: &self.current,
            revision: opened.revision(),
        })
    }

    /// The layers side by side, where that is wanted.
    pub(super) fn panes<'a>(&'a self, input: &ArticleInput<'a>) -> Option<PanesInput<'a>> {
        let compared = input.compared.filter(|_| !self.columns.is_empty())?;
        Some(PanesInput {
            article: input.article,
            labels: input.labels,
            reading: input.reading,
            compared,
            columns: &self.columns,
        })
    }
}
