//! A document as a file has it, before anything is held against its text.

/// Keys and texts.
pub(super) type Infons = Vec<(String, String)>;

/// A document.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// Where it begins.
    pub(super) line: u64,
    pub(super) id: Option<String>,
    pub(super) infons: Infons,
    /// The passages that have a text, or else their sentences.
    pub(super) pieces: Vec<Piece>,
    /// Of all levels: their offsets are of the document at each.
    pub(super) annotations: Vec<Annotation>,
    pub(super) relations: Vec<Relation>,
}

/// A passage or a sentence.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) line: u64,
    pub(super) sentence: bool,
    pub(super) infons: Infons,
    pub(super) offset: String,
    pub(super) text: Option<String>,
}

/// An annotation.
#[derive(Debug, Default)]
pub(super) struct Annotation {
    pub(super) line: u64,
    pub(super) id: String,
    pub(super) infons: Infons,
    /// Offsets and lengths.
    pub(super) locations: Vec<(String, String)>,
    pub(super) text: Option<String>,
}

/// What a relation joins, and as what.
pub(super) type Node = (String, String);

/// A relation.
#[derive(Debug, Default)]
pub(super) struct Relation {
    pub(super) line: u64,
    pub(super) id: String,
    pub(super) infons: Infons,
    pub(super) nodes: Vec<Node>,
}

impl Raw {
    /// Takes a passage or sentence whose sentences came since there were `before` pieces: where it
    /// has a text of its own, theirs are parts of it.
    pub(super) fn close(&mut self, piece: Piece, before: usize) {
        if piece.text.as_deref().is_some_and(|text| !text.is_empty()) {
            self.pieces.truncate(before);
        }
        let own = piece.text.is_some() || self.pieces.len() == before;
        if own || !piece.infons.is_empty() {
            self.pieces.insert(before, piece);
        }
    }
}
