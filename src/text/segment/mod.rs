//! Where a caret may stand and what a double or triple click takes: graphemes, words, sentences. Nothing here
//! looks further than the paragraph, and in a paragraph of megabytes no further than a window, so that a key
//! press costs the same in any text.

mod grapheme;
mod sentence;
mod word;

pub use grapheme::{
    grapheme_count, graphemes, is_grapheme_edge, next_grapheme, prev_grapheme, snap_grapheme,
};
pub use sentence::sentence_at;
pub use word::{Words, next_word, next_word_end, prev_word, word_at, words};
