//! What every view is given: the session to read, and how things look.

use crate::{annotation::LabelId, session::Session};

use super::theme::Tokens;

/// What a view reads. It changes nothing of it; what it wants it gives back as intents.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    /// What is open.
    pub(crate) session: &'a Session,
    /// The label that the next drags tag with («label first»).
    pub(crate) picked: Option<&'a LabelId>,
    /// Colours and sizes.
    pub(crate) tokens: &'static Tokens,
}
