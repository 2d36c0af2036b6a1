//! The words and signs of reviewing: classes, how cases stand, how far the review of an article is. Each sign has a
//! form of its own, so that colour is not needed to tell them apart.

use eframe::egui::Color32;

use crate::{
    gui::{icons::Icon, strings::tr, theme::Tokens},
    session::{Class, ReviewState, Standing},
};

/// All classes, in their order.
pub(super) const CLASSES: [Class; 10] = [
    Class::Clitic,
    Class::Punctuation,
    Class::Boundary,
    Class::Label,
    Class::LabelAndBoundary,
    Class::SplitOrMerge,
    Class::Nesting,
    Class::Missing,
    Class::Attribute,
    Class::Relation,
];

/// How several annotators differ; `None`: they do not.
pub(super) fn class(class: Option<Class>) -> &'static str {
    match class {
        None => tr("class-none"),
        Some(Class::Clitic) => tr("class-clitic"),
        Some(Class::Punctuation) => tr("class-punctuation"),
        Some(Class::Boundary) => tr("class-boundary"),
        Some(Class::Label) => tr("class-label"),
        Some(Class::LabelAndBoundary) => tr("class-label-and-boundary"),
        Some(Class::SplitOrMerge) => tr("class-split-or-merge"),
        Some(Class::Nesting) => tr("class-nesting"),
        Some(Class::Missing) => tr("class-missing"),
        Some(Class::Attribute) => tr("class-attribute"),
        Some(Class::Relation) => tr("class-relation"),
    }
}

/// All classes of a case: what annotators differ by, pair by pair.
pub(super) fn classes(classes: &[Class]) -> String {
    if classes.is_empty() {
        return class(None).to_owned();
    }
    let words: Vec<&str> = classes.iter().map(|it| class(Some(*it))).collect();
    words.join(" · ")
}

/// A class in a word or two, for rows.
pub(super) fn class_short(class: Option<Class>) -> &'static str {
    match class {
        Some(Class::Clitic) => tr("class-clitic-short"),
        Some(Class::Punctuation) => tr("class-punctuation-short"),
        Some(Class::LabelAndBoundary) => tr("class-label-and-boundary-short"),
        Some(Class::SplitOrMerge) => tr("class-split-or-merge-short"),
        other => self::class(other),
    }
}

/// How a case stands, its sign and ink.
pub(super) fn standing(standing: Standing, tokens: &Tokens) -> (&'static str, Icon, Color32) {
    let ink = &tokens.ink;
    match standing {
        Standing::Agreed => (tr("standing-agreed"), Icon::Users, ink.weak),
        Standing::Changed => (tr("standing-changed"), Icon::Warning, ink.warning),
        Standing::Open => (tr("standing-open"), Icon::Circle, ink.accent),
        Standing::Undecided => (tr("standing-undecided"), Icon::Question, ink.warning),
        Standing::Decided => (tr("standing-decided"), Icon::CheckCircle, ink.good),
    }
}

/// How far the review of an article is; `None`: nobody has anything to compare on it.
pub(in crate::gui::panels) fn state(state: Option<ReviewState>) -> &'static str {
    match state {
        None => tr("review-state-none"),
        Some(ReviewState::Waiting) => tr("review-state-waiting"),
        Some(ReviewState::Ready) => tr("review-state-ready"),
        Some(ReviewState::InReview) => tr("review-state-in-review"),
        Some(ReviewState::Adjudicated) => tr("review-state-adjudicated"),
    }
}

/// Its sign.
pub(in crate::gui::panels) fn state_sign(state: Option<ReviewState>) -> Icon {
    match state {
        None => Icon::Minus,
        Some(ReviewState::Waiting) => Icon::Clock,
        Some(ReviewState::Ready) => Icon::Users,
        Some(ReviewState::InReview) => Icon::CircleHalf,
        Some(ReviewState::Adjudicated) => Icon::CheckCircle,
    }
}
