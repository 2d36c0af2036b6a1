//! Why a measure has no value. Tools that print 1.0 or 0.0 where there is nothing to measure are not
//! believed, so each measure gives a value or one of these.

/// Why there is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Undefined {
    /// Nobody to compare with.
    #[error("undefined: only one annotator")]
    OneAnnotator,
    /// No document has layers of two of the annotators.
    #[error("undefined: no document is shared by two annotators")]
    NoSharedDocuments,
    /// The shared documents hold no span of these labels.
    #[error("undefined: no spans to compare")]
    NoUnits,
    /// The shared documents hold no token.
    #[error("undefined: the documents have no tokens")]
    NoTokens,
    /// All that was compared is of one category, so chance alone gives full agreement.
    #[error("undefined: only one category, so chance alone would agree fully")]
    OneCategory,
    /// No two spans meet, so there is nothing whose labels could be compared.
    #[error("undefined: no spans of two annotators meet")]
    NothingMeets,
    /// Within one annotator's layer spans overlap, which the measure does not take.
    #[error("undefined: spans of one annotator overlap; choose labels that do not nest")]
    Overlap,
    /// No matched span has a value on either side.
    #[error("undefined: no attributes or relations on matched spans")]
    NoValues,
    /// The measure was stopped before it was done.
    #[error("undefined: stopped")]
    Stopped,
    /// There are too many annotators for all pairs.
    #[error("undefined: more than 64 annotators; choose some of them")]
    TooManyAnnotators,
    /// The measure was not asked for.
    #[error("undefined: not asked for")]
    NotAsked,
}

/// A value, or why there is none.
pub type Measured<T = f64> = Result<T, Undefined>;

/// Asked again and again while something is computed: whether to go on.
pub type GoOn<'g> = dyn FnMut() -> bool + 'g;

/// Asks once; [`Undefined::Stopped`] where the answer is no.
pub fn ask(go_on: &mut GoOn<'_>) -> Measured<()> {
    go_on().then_some(()).ok_or(Undefined::Stopped)
}

/// `value` if it is a finite number.
pub(super) fn finite(value: f64, otherwise: Undefined) -> Measured {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(otherwise)
    }
}
