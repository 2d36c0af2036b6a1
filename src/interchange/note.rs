//! What people are told of a document that comes in although nothing is wrong with it.

use crate::{
    annotation::Annotator,
    text::{
        invisible::{has_bidi_control, is_bidi_control},
        segment::is_grapheme_edge,
    },
};

use super::{DocumentRecord, SOURCE_FILE, content};

/// Something worth knowing of a document that was taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Note {
    /// No text at all.
    #[error("the text is empty")]
    Empty,
    /// Nothing but line breaks and other white space.
    #[error("the text holds only white space")]
    Blank,
    /// An article that looks like something else.
    #[error("the text looks like {0}, and came in as an article; --format names another format")]
    Suspected(&'static str),
    /// Characters that turn the direction of what follows them, which can hide what a text says.
    #[error(
        "{count} characters turn the direction of the text (the first is {first}); the panel of invisible characters shows them"
    )]
    BidiControls {
        /// How many.
        count: usize,
        /// The first, as U+202E.
        first: String,
    },
    /// Spans that begin or end between a letter and its marks; they are kept as they are.
    #[error("{count} spans of {annotator} begin or end between a letter and its marks")]
    InsideGrapheme {
        /// Whose.
        annotator: Annotator,
        /// How many.
        count: usize,
    },
}

/// What is worth knowing of a document.
pub fn notes(record: &DocumentRecord) -> Vec<Note> {
    let text = &*record.text;
    let mut notes = Vec::new();
    if text.is_empty() {
        notes.push(Note::Empty);
    } else if text.trim().is_empty() {
        notes.push(Note::Blank);
    }
    let is_article = record.layers.is_empty() && record.metadata.contains_key(SOURCE_FILE);
    if let Some(what) = is_article.then(|| content::suspected(text)).flatten() {
        notes.push(Note::Suspected(what));
    }
    let mut controls = text.chars().filter(|ch| is_bidi_control(*ch)).peekable();
    if has_bidi_control(text)
        && let Some(&first) = controls.peek()
    {
        notes.push(Note::BidiControls {
            count: controls.count(),
            first: format!("U+{:04X}", u32::from(first)),
        });
    }
    for layer in &record.layers {
        let splits = |at: usize| !is_grapheme_edge(text, at);
        let ranges = |data: &crate::annotation::SpanData| {
            let mut ranges = data.fragments.ranges().iter();
            ranges.any(|range| splits(range.start()) || splits(range.end()))
        };
        let count = layer.spans.iter().filter(|span| ranges(&span.data)).count();
        if count > 0 {
            notes.push(Note::InsideGrapheme {
                annotator: layer.annotator.clone(),
                count,
            });
        }
    }
    notes
}
