//! The one table of measures. The command line, the dashboard and the help read it; a measure is a row here and
//! a file of its own.

/// A measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Precision, recall and F1 of spans, by the chosen match rules.
    SpanF1,
    /// Cohen's κ on tokens.
    CohenKappa,
    /// Fleiss' κ on tokens.
    FleissKappa,
    /// Krippendorff's nominal α on tokens.
    KrippendorffNominal,
    /// uα: units and their labels.
    UAlpha,
    /// |uα: what is a unit at all.
    UAlphaBinary,
    /// cuα: labels where units meet.
    CuAlpha,
    /// (k)uα: one label where units meet.
    KuAlpha,
    /// γ: position and label, nesting included.
    Gamma,
    /// γ-cat: labels of aligned units.
    GammaCat,
    /// Attributes of matched spans.
    Attributes,
    /// Relations between matched spans.
    Relations,
    /// Which labels are taken for which.
    Confusion,
    /// Annotators and labels estimated by Dawid & Skene.
    DawidSkene,
    /// Annotators and labels estimated by MACE.
    Mace,
}

/// What a measure takes of the layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Takes {
    /// Spans of any shape, nested ones too.
    Spans,
    /// Tokens with one label each; of spans that overlap the first counts.
    Tokens,
    /// Spans that do not overlap within one annotator.
    FlatSpans,
    /// Spans that both annotators made.
    MatchedSpans,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct MeasureRow {
    /// The measure.
    pub measure: Measure,
    /// Its key in JSON and on the command line.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether it is the mean of pairs where there are more than two annotators.
    pub of_pairs: bool,
    /// Whether it is drawn with a seed: then its precision is told.
    pub sampled: bool,
    /// Whether it is an aid to look with, not a measure to publish.
    pub aid: bool,
}

const fn row(
    measure: Measure,
    name: &'static str,
    title: &'static str,
    takes: Takes,
    of_pairs: bool,
) -> MeasureRow {
    MeasureRow {
        measure,
        name,
        title,
        takes,
        of_pairs,
        sampled: matches!(measure, Measure::Gamma | Measure::GammaCat),
        aid: matches!(measure, Measure::DawidSkene | Measure::Mace),
    }
}

/// All measures, in the order in which they are shown.
pub static MEASURES: &[MeasureRow] = &[
    row(Measure::SpanF1, "f1", "F1 of spans", Takes::Spans, true),
    row(
        Measure::CohenKappa,
        "cohen_kappa",
        "Cohen's κ (tokens)",
        Takes::Tokens,
        true,
    ),
    row(
        Measure::FleissKappa,
        "fleiss_kappa",
        "Fleiss' κ (tokens)",
        Takes::Tokens,
        false,
    ),
    row(
        Measure::KrippendorffNominal,
        "krippendorff_nominal",
        "Krippendorff's α (tokens)",
        Takes::Tokens,
        false,
    ),
    row(Measure::UAlpha, "u_alpha", "uα", Takes::FlatSpans, false),
    row(
        Measure::UAlphaBinary,
        "u_alpha_binary",
        "|uα",
        Takes::FlatSpans,
        false,
    ),
    row(Measure::CuAlpha, "cu_alpha", "cuα", Takes::FlatSpans, false),
    row(
        Measure::KuAlpha,
        "ku_alpha",
        "(k)uα",
        Takes::FlatSpans,
        false,
    ),
    row(Measure::Gamma, "gamma", "γ", Takes::Spans, false),
    row(Measure::GammaCat, "gamma_cat", "γ-cat", Takes::Spans, false),
    row(
        Measure::Attributes,
        "attributes",
        "Attributes",
        Takes::MatchedSpans,
        true,
    ),
    row(
        Measure::Relations,
        "relations",
        "Relations",
        Takes::MatchedSpans,
        true,
    ),
    row(
        Measure::Confusion,
        "confusion",
        "Labels taken for each other",
        Takes::Spans,
        true,
    ),
    row(
        Measure::DawidSkene,
        "dawid_skene",
        "Dawid–Skene",
        Takes::Spans,
        false,
    ),
    row(Measure::Mace, "mace", "MACE", Takes::Spans, false),
];

impl Measure {
    /// Its row.
    pub fn row(self) -> Option<&'static MeasureRow> {
        MEASURES.iter().find(|row| row.measure == self)
    }

    /// Its key in JSON and on the command line.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name)
    }

    /// The measure with this key.
    pub fn by_name(name: &str) -> Option<Self> {
        MEASURES
            .iter()
            .find(|row| row.name == name)
            .map(|row| row.measure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for row in MEASURES {
            assert_eq!(Measure::by_name(row.name), Some(row.measure));
            assert_eq!(row.measure.name(), row.name);
        }
    }
}
