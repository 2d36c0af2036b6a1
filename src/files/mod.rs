//! Bounded reading, decoding, atomic writing, safe file names.
