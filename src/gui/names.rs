//! People's names as they may be shown. While a review is blind nobody's is but one's own: whoever is compared is
//! called by the number on the open article, others are nobody in particular.

use crate::{
    annotation::{Annotator, DocumentId},
    session::Session,
};

use super::strings::{tr, tr_args};

/// Whether names are hidden now.
pub(crate) fn are_hidden(session: &Session) -> bool {
    let review = session.review();
    review.is_on() && review.is_blind()
}

/// A name as it may be shown at what belongs to `document`. A number is of one document only: elsewhere it would be
/// somebody else's.
pub(crate) fn shown(session: &Session, document: DocumentId, name: &Annotator) -> String {
    if !are_hidden(session) || name == session.annotator() {
        return name.to_string();
    }
    let opened = session.review().opened();
    let opened = opened.filter(|opened| opened.document() == document);
    match opened.and_then(|opened| opened.side_of(name)) {
        Some(side) => numbered(side),
        None => tr("review-annotator-other").to_owned(),
    }
}

/// The name of a layer that is compared, as it may be shown.
pub(crate) fn of_side(session: &Session, side: usize) -> String {
    let opened = session.review().opened();
    match opened.and_then(|opened| opened.sides().get(side)) {
        Some(side) if !are_hidden(session) => side.annotator.to_string(),
        _ => numbered(side),
    }
}

fn numbered(side: usize) -> String {
    tr_args("review-annotator", &[("n", (side + 1).into())])
}
