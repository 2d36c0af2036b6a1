//! How far annotators agree: pure measures on layers, without input, output, threads or windows. Layers become
//! light units once ([`CorpusBuilder`]); each measure is a file, gives a value or why there is none, and is a
//! function of sums over documents, so that intervals cost no second pass. A [`View`] says what part of the
//! corpus is looked at: all, a label group, a label, a pair, a document. [`MEASURES`] lists the measures, and
//! [`report`] computes those that were chosen.

mod align;
mod assignment;
mod bootstrap;
mod cohen;
mod confusion;
mod corpus;
mod dawid_skene;
mod f1;
mod features;
pub mod gamma;
mod mace;
mod matching;
mod measures;
mod multi;
mod random;
mod report;
mod responses;
mod section;
mod span_scores;
mod tokens;
mod undefined;
mod unitizing;
mod units;
mod view;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod testing;

pub use align::{Aligned, align, is_turned, same_kind};
pub use bootstrap::{Bootstrap, Interval, Sums};
pub use cohen::Cohen;
pub use confusion::{ConfusedSpans, Confusion};
pub use corpus::{CorpusBuilder, Selection};
pub use dawid_skene::dawid_skene;
pub use f1::Scores;
pub use features::{Feature, Features};
pub use gamma::{Gamma, GammaDocument, GammaOptions};
pub use mace::mace;
pub use matching::{Counts, MatchRule, Matcher, shared};
pub use measures::{MEASURES, Measure, MeasureRow, Takes};
pub use multi::Raters;
pub use report::{LabelGroup, MOST_ANNOTATORS, Report, report};
pub use responses::{Candidate, Estimate, Responses};
pub use section::{ReportOptions, Section, Value, section};
pub use span_scores::{Scored, SpanScores};
pub use tokens::TOKEN_NOTE;
pub use undefined::{GoOn, Measured, Undefined, ask};
pub use unitizing::{Ground, Unitizing};
pub use units::{Corpus, Piece, Unit, UnitDocument, UnitLabel, UnitLayer, UnitRelation};
pub use view::View;
