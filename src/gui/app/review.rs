//! Commands of reviewing, what of it the keys depend on, and what of it the article shows.

use eframe::egui::{Context, ScrollArea, Ui};

use crate::{
    annotation::{DocumentId, Layer, SpanId},
    gui::{
        article::{ArticleInput, Compared, PanesInput},
        commands::{Needs, ReviewCommand, SideCommand},
        cx::Cx,
        intent::{Dialog, Intent},
        panels::{labels::LabelPalette, review::ReviewPanel, review::name_of},
    },
    session::{self, Command, DocumentCommand, Filter, Reviewed, Session},
};

use super::{App, Panels, frame::SHORTEST};

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

impl App {
    pub(super) fn review_command(&mut self, ctx: &Context, command: ReviewCommand) {
        use session::ReviewCommand as R;
        let wanted = match command {
            ReviewCommand::NextCase | ReviewCommand::PreviousCase => {
                self.show_review_margin();
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
                self.open(ctx, Dialog::TakeAgreed);
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
                self.session.settings_mut().tools.right_folded = false;
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
            self.show_review_margin();
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

    /// What is compared stands in the right margin.
    fn show_review_margin(&mut self) {
        self.session.settings_mut().tools.right_folded = false;
    }

    /// Scrolls to the case that is being decided, when it is another than before.
    pub(super) fn follow_case(&mut self) {
        let now = at(&self.session);
        if now == self.seen_case {
            return;
        }
        self.seen_case = now;
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
    (0..sides).map(|side| name_of(session, side)).collect()
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

impl Panels {
    /// The right margin while somebody reviews: labels, the case, the chosen span, the list of cases.
    pub(super) fn review_margin(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let whole = ui.available_height();
        if whole < SHORTEST {
            return self.low_review_margin(ui, cx);
        }
        let mut wanted = LabelPalette::show_chips(ui, cx);
        ui.separator();
        let chosen = cx.session.article().is_some_and(|it| it.chosen().is_some());
        let share = if chosen { 0.45 } else { 0.68 };
        ui.scope(|ui| {
            ui.set_max_height(whole * share);
            wanted.extend(self.review.show(ui, cx, true));
        });
        if chosen {
            ui.separator();
            ui.scope(|ui| {
                ui.set_max_height(ui.available_height() * 0.6);
                wanted.extend(self.inspector.show(ui, cx));
            });
        } else {
            wanted.extend(self.inspector.hide());
        }
        if ReviewPanel::has_cases(cx.session) {
            ui.separator();
            wanted.extend(self.review.show_cases(ui, cx));
        }
        wanted
    }

    /// The same in a low window: all of it scrolls as one.
    fn low_review_margin(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        /// The height of the list, in points.
        const LIST: f32 = 200.0;
        let area = ScrollArea::vertical().id_salt("review margin");
        let shown = area.auto_shrink(false).show(ui, |ui| {
            let mut wanted = self.review.show(ui, cx, false);
            ui.separator();
            wanted.extend(LabelPalette::show_chips(ui, cx));
            if cx.session.article().is_some_and(|it| it.chosen().is_some()) {
                ui.separator();
                wanted.extend(self.inspector.show(ui, cx));
            } else {
                wanted.extend(self.inspector.hide());
            }
            if ReviewPanel::has_cases(cx.session) {
                ui.separator();
                ui.scope(|ui| {
                    ui.set_max_height(LIST);
                    wanted.extend(self.review.show_cases(ui, cx));
                });
            }
            wanted
        });
        shown.inner
    }

    /// The right margin while somebody annotates.
    pub(super) fn label_margin(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let whole = ui.available_height();
        let mut wanted = Vec::new();
        // Comments want more room than the list of spans in whose place they stand.
        let comments = cx.session.settings().tools.comments;
        let (labels, inspector) = if comments { (0.35, 0.5) } else { (0.5, 0.64) };
        ui.scope(|ui| {
            ui.set_max_height(whole * labels);
            wanted.extend(self.labels.show(ui, cx));
        });
        ui.separator();
        ui.scope(|ui| {
            ui.set_max_height(ui.available_height() * inspector);
            wanted.extend(self.inspector.show(ui, cx));
        });
        ui.separator();
        if cx.session.settings().tools.invisibles {
            ui.scope(|ui| {
                ui.set_max_height(whole * 0.15);
                wanted.extend(self.invisibles.show(ui, cx));
            });
            ui.separator();
        }
        if comments {
            wanted.extend(self.comments.show(ui, cx));
        } else {
            wanted.extend(self.outline.show(ui, cx));
        }
        wanted
    }
}
