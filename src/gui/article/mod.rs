//! The article: its text, its highlights, the caret, and what the mouse does to them. The heart of the
//! program.
//!
//! What to draw is plain data, made from the layer and the layout and tested without a window
//! ([`lanes`], [`marks`], [`highlights`], [`gesture`]); painting only paints. Invariants: work in a
//! frame is proportional to what is in view; letters are drawn once, over all highlights, so that they
//! stay joined and keep their ink; the view changes nothing but itself and gives commands.

mod access;
mod canvas;
mod caret;
mod compared;
mod gesture;
mod handles;
mod highlights;
mod invisibles;
mod lanes;
mod layers;
mod lines;
mod marks;
mod overlay;
mod paint;
mod panes;
mod pointer;
mod scene;
mod scroll;
mod show;
mod tags;
#[cfg(test)]
mod testing;
mod view;

pub use compared::Compared;
pub use lines::sample as line_sample;
pub use panes::{Panes, PanesInput};
pub use view::{ArticleInput, ArticleView, Overlays, ViewAction};
