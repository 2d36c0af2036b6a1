//! The article: its text, its highlights, the caret, and what the mouse does to them. The heart of the
//! program.

mod gesture;
mod highlights;
mod lanes;
mod marks;
