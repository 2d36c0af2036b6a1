//! How far annotators agree: pure measures on layers, without input, output, threads or windows. Layers become
//! light units once ([`CorpusBuilder`]); each measure is a file, gives a value or why there is none, and is a
//! function of sums over documents, so that intervals cost no second pass. A [`View`] says what part of the
//! corpus is looked at: all, a label group, a label, a pair, a document.

mod align;
mod assignment;
mod bootstrap;
mod cohen;
mod f1;
pub mod gamma;
mod matching;
mod multi;
mod random;
mod tokens;
mod undefined;
mod unitizing;
mod units;
mod view;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod testing;

pub use align::{Aligned, align};
pub use bootstrap::{Bootstrap, Interval, Sums};
pub use cohen::Cohen;
pub use f1::Scores;
pub use gamma::{Gamma, GammaDocument, GammaOptions};
pub use matching::{Counts, MatchRule, Matcher};
pub use multi::Raters;
pub use tokens::TOKEN_NOTE;
pub use undefined::{Measured, Undefined};
pub use unitizing::{Ground, Unitizing};
pub use units::{
    Corpus, CorpusBuilder, Piece, Selection, Unit, UnitDocument, UnitLabel, UnitLayer, UnitRelation,
};
pub use view::View;
