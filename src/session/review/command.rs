//! Carries out what a reviewer wants.

use crate::{
    annotation::{
        About, Annotator, DocumentId, EditId, Judgement, LabelId, Layer, LayerKey, ReviewRules,
        SpanData, SpanId, Status,
    },
    edit::{Cause, Change, DocumentChange, LabelSetChange, LayerChange, changed},
    review::{Matter, Ruling},
};

use super::CaseFilter;
use crate::session::{Notice, Session};

/// A wish of a reviewer, or about what reviewers and annotators tell each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewCommand {
    /// Begin to review (`true`), or go back to annotating.
    Review(bool),
    /// Compare these annotators; `None`: everybody.
    Compare(Option<Vec<Annotator>>),
    /// Hide names (`true`) or show them.
    Blind(bool),
    /// Walk and list only some cases.
    Filter(CaseFilter),
    /// Go to the next case (`true`) or the previous, also of another document.
    Walk(bool),
    /// Go to the case at this place.
    Go(usize),
    /// Go to the case of a span of a compared layer.
    GoToSpan(usize, SpanId),
    /// Begin to review, and go to the case of an annotator's span on the open document.
    GoToWord(Annotator, SpanId),
    /// Tick a layer, or take the tick away.
    Tick(usize),
    /// What this layer says is right, with what is ticked.
    Accept(usize),
    /// What is ticked is right.
    AcceptTicked,
    /// Take over what this layer says and edit it.
    Edit(usize),
    /// What this layer says is not right.
    Reject(usize),
    /// None of these is right.
    RejectAll,
    /// Leave it open.
    LeaveOpen,
    /// Take back what was decided.
    Reopen,
    /// The reason of the next decision.
    Reason(String),
    /// The next decision's reason in the reviewer's own words.
    Note(String),
    /// Take over what all agree on, on this document.
    TakeAgreed,
    /// Count what all agree on in the whole project (`true`), or let go of it.
    LookAtAgreed(bool),
    /// Take over what all agree on, in the whole project.
    TakeAllAgreed,
    /// The document is adjudicated; go to the next case.
    Finish,
    /// How the project reviews.
    SetRules(ReviewRules),
    /// Go to the next decision about one's own spans (`true`) or the previous.
    WalkFeedback(bool),
    /// Go to the decision about one's own spans at this place.
    GoToFeedback(usize),
    /// Read all comments of the project (`true`), or let go of them.
    Discuss(bool),
    /// Say something about a document, in a thread or as a new one.
    Say {
        /// The document.
        document: DocumentId,
        /// The thread that it answers in.
        thread: Option<EditId>,
        /// What it is about.
        about: About,
        /// What is said.
        text: String,
    },
    /// Take a comment back.
    Unsay(DocumentId, EditId),
    /// A thread is settled (`true`), or open again.
    Resolve(DocumentId, EditId, bool),
}

impl Session {
    /// Carries out a wish of a reviewer.
    pub(in crate::session) fn run_review(&mut self, command: ReviewCommand) {
        use ReviewCommand as C;
        match command {
            C::Review(on) => self.set_reviewing(on),
            C::Compare(chosen) => {
                self.review.chosen = chosen.filter(|names| !names.is_empty());
                self.follow_article();
            }
            C::Blind(blind) => {
                self.review.blind = blind;
                self.follow_article();
            }
            C::Filter(filter) => self.review.filter = filter,
            C::Walk(forward) => self.walk_cases(forward),
            C::Go(place) => self.go_to_case(place),
            C::GoToSpan(side, span) => {
                let opened = self.review.opened.as_ref();
                if let Some(place) = opened.and_then(|opened| opened.case_of(side, span)) {
                    self.go_to_case(place);
                }
            }
            C::GoToWord(annotator, span) => {
                self.set_reviewing(true);
                let opened = self.review.opened.as_ref();
                let place = opened.and_then(|it| it.case_of(it.side_of(&annotator)?, span));
                if let Some(place) = place {
                    self.go_to_case(place);
                }
            }
            C::Tick(side) => {
                if !self.review.ticked.remove(&side) {
                    self.review.ticked.insert(side);
                }
            }
            C::Accept(side) => {
                let mut sides = std::mem::take(&mut self.review.ticked);
                sides.insert(side);
                self.rule(&Ruling::Accept(sides));
            }
            C::AcceptTicked => {
                let sides = std::mem::take(&mut self.review.ticked);
                if sides.is_empty() {
                    self.tell(Notice::NothingTicked);
                } else {
                    self.rule(&Ruling::Accept(sides));
                }
            }
            C::Edit(side) => self.rule(&Ruling::Edit(side)),
            C::Reject(side) => self.rule(&Ruling::Reject(side)),
            C::RejectAll => self.rule(&Ruling::RejectAll),
            C::LeaveOpen => self.rule(&Ruling::LeaveOpen),
            C::Reopen => self.rule(&Ruling::Reopen),
            C::Reason(reason) => self.review.why.reason = reason,
            C::Note(note) => self.review.why.note = note,
            C::TakeAgreed => self.take_agreed(),
            C::LookAtAgreed(on) => self.look_at_agreed(on),
            C::TakeAllAgreed => self.take_all_agreed(),
            C::Finish => self.finish_review(),
            C::SetRules(rules) => {
                let change = LabelSetChange::SetReview(rules);
                self.change(Cause::Done, Change::LabelSet(change));
            }
            talk => self.run_talk(talk),
        }
    }

    /// Carries out a wish about what reviewers and annotators tell each other.
    fn run_talk(&mut self, command: ReviewCommand) {
        use ReviewCommand as C;
        match command {
            C::WalkFeedback(forward) => self.walk_feedback(forward),
            C::GoToFeedback(place) => self.go_to_feedback(place),
            C::Discuss(on) => self.discuss(on),
            C::Say {
                document,
                thread,
                about,
                text,
            } => self.say(document, thread, about, &text),
            C::Unsay(document, comment) => {
                let change = DocumentChange::Unsay(comment);
                self.change(Cause::Done, Change::Document(document, change));
            }
            C::Resolve(document, thread, resolved) => {
                let change = DocumentChange::Resolve(thread, resolved);
                self.change(Cause::Done, Change::Document(document, change));
            }
            _ => {}
        }
    }

    fn say(&mut self, document: DocumentId, thread: Option<EditId>, about: About, text: &str) {
        let text = text.trim().to_owned();
        if !text.is_empty() {
            let change = DocumentChange::Say {
                thread,
                about,
                text,
            };
            self.change(Cause::Done, Change::Document(document, change));
        }
    }

    pub(super) fn set_reviewing(&mut self, on: bool) {
        if self.review.on == on {
            return;
        }
        self.review.on = on;
        self.review.ticked.clear();
        // Whoever looks at the layers of one of those who labelled the sample reviews as themselves.
        // That reads and counts anew by itself.
        if self.annotator != self.seat.own {
            self.show_layers_of(self.seat.own.clone());
            return;
        }
        self.follow_article();
        if on {
            self.count_documents();
        }
    }

    pub(super) fn go_to_case(&mut self, place: usize) {
        let Some(opened) = &mut self.review.opened else {
            return;
        };
        opened.go(Some(place));
        self.review.ticked.clear();
        self.show_current();
    }

    /// The caret goes to where the current case begins.
    pub(super) fn show_current(&mut self) {
        let start = self.review.current().map(|(_, case, _)| case.start);
        if let (Some(start), Some(article)) = (start, &mut self.article) {
            article.desk.choose(None);
            article
                .desk
                .move_caret(start.min(article.text().len()), false);
        }
    }

    /// Decides the current case, and goes on to the next one of the document.
    fn rule(&mut self, ruling: &Ruling) {
        if self.review.current().is_none() {
            self.tell(Notice::NoCase);
            return;
        }
        let stays = matches!(ruling, Ruling::Edit(_) | Ruling::Reject(_) | Ruling::Reopen);
        let Some(edit) = self.judge(ruling) else {
            return;
        };
        if let Ruling::Edit(_) = ruling
            && let Some(article) = &mut self.article
        {
            let made = made_by(article.layer(), edit);
            article.desk.choose(made);
        }
        let standing = self.review.current().map(|(_, _, standing)| standing);
        if !stays
            || (matches!(ruling, Ruling::Reject(_)) && standing.is_some_and(|it| !it.is_open()))
        {
            self.go_on();
        }
    }

    /// Decides the current case. Gives the edit that it became.
    fn judge(&mut self, ruling: &Ruling) -> Option<EditId> {
        let (opened, article) = (self.review.opened.as_ref()?, self.article.as_ref()?);
        let (_, case, _) = opened.current()?;
        let id = EditId::random();
        let sides = opened.as_sides();
        let matter = Matter {
            set: self.labels(),
            sides: &sides,
            own: article.layer(),
            edit: id,
        };
        let change = matter.change(case, ruling, &self.review.why)?;
        self.decide(id, change)?;
        self.review.why = crate::review::Why::default();
        self.review.ticked.clear();
        Some(id)
    }

    /// Changes the reviewer's layer; its first decision also begins it, and what leaves nothing decided in it leaves
    /// nothing begun: else the reviewer would count as an annotator who has found nothing.
    pub(super) fn decide(&mut self, id: EditId, change: LayerChange) -> Option<EditId> {
        let layer = self.article.as_ref()?.layer();
        let after = changed(layer, &change, id);
        let status = match (layer.status(), after.is_review()) {
            (Status::New, true) => Some(Status::InProgress),
            (Status::InProgress | Status::Done, false) if after.is_empty() => Some(Status::New),
            _ => None,
        };
        let change = match status {
            Some(status) => LayerChange::Batch(vec![change, LayerChange::SetStatus(status)]),
            None => change,
        };
        let article = self.article.as_ref()?;
        let change = Change::Layer(article.key().clone(), change);
        let edit = self.change_as(id, Cause::Done, change)?;
        Some(edit.id)
    }

    /// A selection that is labelled where a case is open is the reviewer's own word on it. Whether it was.
    pub(in crate::session) fn rule_own(&mut self, label: &LabelId) -> bool {
        let (Some((_, case, _)), Some(article)) = (self.review.current(), &self.article) else {
            return false;
        };
        let Some(selection) = article.desk.selection() else {
            return false;
        };
        let meets = selection.start() < case.end && case.start < selection.end();
        if !meets || case.relation.is_some() {
            return false;
        }
        let Ok(fragments) = crate::annotation::Fragments::new([selection]) else {
            return false;
        };
        let ruling = Ruling::Own(SpanData::new(label.clone(), fragments));
        let Some(edit) = self.judge(&ruling) else {
            return false;
        };
        if let Some(article) = &mut self.article {
            let made = made_by(article.layer(), edit);
            article.desk.clear_selection();
            article.desk.choose(made);
        }
        true
    }

    /// The change that gives a layer another status. Who reviews and has nothing there is done as a reviewer.
    pub(in crate::session) fn status_change(&self, layer: &Layer, status: Status) -> LayerChange {
        let reviews = self.review.opened().is_some() && layer.is_empty();
        match status {
            Status::Done if reviews => done_reviewing(layer),
            status => LayerChange::SetStatus(status),
        }
    }

    /// The document is adjudicated, if nothing is left to decide. Where nothing was to be decided, that is the
    /// decision: it makes the layer a review.
    fn finish_review(&mut self) {
        let open = self.review.opened().map_or(0, super::Reviewed::open_count);
        if open > 0 {
            self.tell(Notice::StillOpen(open));
            return;
        }
        let Some(article) = &self.article else { return };
        let change = done_reviewing(article.layer());
        let key: LayerKey = article.key().clone();
        self.change(Cause::Done, Change::Layer(key, change));
        self.walk_cases(true);
    }
}

/// Marks a reviewer's layer as done.
fn done_reviewing(layer: &Layer) -> LayerChange {
    let done = LayerChange::SetStatus(Status::Done);
    if layer.is_review() {
        return done;
    }
    let nothing = LayerChange::Decide(Box::new(Judgement::of_nothing()));
    LayerChange::Batch(vec![done, nothing])
}

/// The first span that the decision of an edit has in a layer: it may have been there before.
fn made_by(layer: &Layer, edit: EditId) -> Option<SpanId> {
    let mut decisions = layer.decisions();
    let decision = decisions.find(|decision| decision.id.edit == edit)?;
    decision.made.first().copied()
}
