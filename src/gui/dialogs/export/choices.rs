//! What people choose of an export: plain, and as the session wants it.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    annotation::{Annotator, DocumentId, Status},
    gui::strings::tr,
    interchange::{
        Carries, Characters, Choice, Feature, Format, Layers, Scheme, Shape, Split, Unit,
        WriteOptions, column_names,
    },
    session::ExportOptions,
};

/// Whose layers are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Everybody's, by name, in one.
    Together,
    /// Everybody's, each apart.
    Apart,
    /// One annotator's.
    One(Annotator),
}

/// Which documents are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// All.
    All,
    /// Those that the list shows.
    Shown,
    /// Those on which an annotator is so far.
    Status(Status),
}

/// All that is chosen. What the format has no choice of is kept for the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choices {
    pub(super) format: &'static Format,
    pub(super) whose: Whose,
    pub(super) which: Which,
    /// Whether what reviewers rejected is written in the place of what they have.
    pub(super) rejected: bool,
    /// `None` is the format's own.
    pub(super) unit: Option<Unit>,
    pub(super) scheme: Scheme,
    /// Columns that are not wanted.
    pub(super) without: BTreeSet<&'static str>,
    /// Whether it is split, how, and by which seed.
    pub(super) split: bool,
    pub(super) shares: String,
    pub(super) seed: String,
}

impl Choices {
    pub(super) fn new(format: &'static Format) -> Self {
        Self {
            format,
            whose: Whose::Together,
            which: Which::All,
            rejected: false,
            unit: None,
            scheme: Scheme::default(),
            without: BTreeSet::new(),
            split: false,
            shares: "80/10/10".to_owned(),
            seed: "0".to_owned(),
        }
    }

    /// Whether the format has such a choice.
    pub(super) fn has(&self, choice: Choice) -> bool {
        self.format.choices.contains(&choice)
    }

    /// The columns that are written; none where they are the format's own.
    fn columns(&self) -> Vec<String> {
        let wanted = |name: &&'static str| !self.without.contains(name);
        let all = column_names().map(|(name, _)| name);
        if self.has(Choice::Columns) && !self.without.is_empty() {
            all.filter(wanted).map(str::to_owned).collect()
        } else {
            Vec::new()
        }
    }

    /// What the format holds, written so.
    pub(super) fn carries(&self) -> Carries {
        (self.format.carries)(&WriteOptions {
            columns: self.columns(),
            ..WriteOptions::default()
        })
    }

    /// Whose layers can be chosen, where there is something to choose.
    pub(super) fn offered(&self, known: &[Annotator]) -> Vec<Whose> {
        let layers = self.carries().layers;
        let together = (layers == Layers::All).then_some(Whose::Together);
        let apart = (layers != Layers::None && known.len() > 1).then_some(Whose::Apart);
        let each = known.iter().filter(|_| layers != Layers::None);
        let each = each.cloned().map(Whose::One);
        together.into_iter().chain(apart).chain(each).collect()
    }

    /// Goes back to what can be chosen, where the format has changed.
    pub(super) fn settle(&mut self, known: &[Annotator]) {
        let offered = self.offered(known);
        if !offered.contains(&self.whose) {
            let own = || offered.iter().find(|whose| matches!(whose, Whose::One(_)));
            let only = own().filter(|_| known.len() == 1);
            let first = only.or_else(|| offered.first());
            self.whose = first.cloned().unwrap_or(Whose::Together);
        }
    }

    /// Whether a folder is written and not a file.
    pub(super) fn is_folder(&self, known: &[Annotator]) -> bool {
        self.format.shape != Shape::File || (self.whose == Whose::Apart && known.len() > 1)
    }

    /// The export that is chosen, or the words that say what is wrong. `shown` are the documents of the
    /// list.
    pub(super) fn options(
        &self,
        known: &[Annotator],
        shown: &Arc<BTreeSet<DocumentId>>,
    ) -> Result<ExportOptions, &'static str> {
        let annotators = match &self.whose {
            Whose::Together => Vec::new(),
            Whose::Apart => known.to_vec(),
            Whose::One(annotator) => vec![annotator.clone()],
        };
        let split = if self.split && self.has(Choice::Split) {
            let split: Split = self
                .shares
                .trim()
                .parse()
                .map_err(|_| tr("export-bad-split"))?;
            let seed = self
                .seed
                .trim()
                .parse()
                .map_err(|_| tr("export-bad-seed"))?;
            Some((split, seed))
        } else {
            None
        };
        Ok(ExportOptions {
            annotators,
            rejected: self.rejected,
            status: match self.which {
                Which::Status(status) => Some(status),
                Which::All | Which::Shown => None,
            },
            documents: (self.which == Which::Shown).then(|| Arc::clone(shown)),
            unit: self.unit.filter(|_| self.has(Choice::Unit)),
            scheme: if self.has(Choice::Scheme) {
                self.scheme
            } else {
                Scheme::default()
            },
            columns: self.columns(),
            split,
            ..ExportOptions::new(self.format)
        })
    }
}

/// What a format does not hold, in a few words each; what is of the annotations comes first.
pub(super) fn lacking(carries: &Carries) -> Vec<&'static str> {
    let missing = Feature::ALL.iter().filter(|it| !carries.has(**it));
    let mut words: Vec<&str> = missing.map(|feature| feature_words(*feature)).collect();
    if carries.layers != Layers::All {
        words.push(tr("feature-annotators"));
    }
    if carries.characters != Characters::All {
        words.push(tr("feature-characters"));
    }
    words
}

fn feature_words(feature: Feature) -> &'static str {
    match feature {
        Feature::Nested => tr("feature-nested"),
        Feature::Crossing => tr("feature-crossing"),
        Feature::SameRange => tr("feature-same-range"),
        Feature::Discontinuous => tr("feature-discontinuous"),
        Feature::Relations => tr("feature-relations"),
        Feature::Attributes => tr("feature-attributes"),
        Feature::Notes => tr("feature-notes"),
        Feature::Predictions => tr("feature-predictions"),
        Feature::Status => tr("feature-status"),
        Feature::Title => tr("feature-title"),
        Feature::Ids => tr("feature-ids"),
        Feature::Metadata => tr("feature-metadata"),
        Feature::EmptyDocuments => tr("feature-empty"),
        Feature::LabelDefinitions => tr("feature-definitions"),
        Feature::History => tr("feature-history"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn of(format: &str) -> Choices {
        Choices::new(Format::named(format).unwrap())
    }

    fn people(names: &[&str]) -> Vec<Annotator> {
        let known = names.iter().map(|name| Annotator::new(name).unwrap());
        known.collect()
    }

    #[test]
    fn whose_layers_hangs_on_what_the_format_holds() {
        let known = people(&["amal", "badr"]);
        let mut choices = of("ron");
        assert_eq!(choices.offered(&known).len(), 4);
        choices.settle(&known);
        assert_eq!(choices.whose, Whose::Together);
        assert!(!choices.is_folder(&known));
        choices.format = Format::named("doccano").unwrap();
        choices.settle(&known);
        assert_eq!(choices.whose, Whose::Apart);
        assert!(choices.is_folder(&known), "each in a file of its own");

        let only = people(&["amal"]);
        choices.settle(&only);
        assert_eq!(choices.whose, Whose::One(only[0].clone()));
        let mut nobody = of("doccano");
        nobody.settle(&[]);
        assert_eq!(nobody.options(&[], &Arc::default()).unwrap().annotators, []);
    }

    #[test]
    fn a_choice_that_the_format_does_not_have_is_not_asked_of_it() {
        let mut choices = of("conll");
        choices.scheme = Scheme::Bilou;
        choices.unit = Some(Unit::Utf16);
        choices.split = true;
        let options = choices.options(&[], &Arc::default()).unwrap();
        assert_eq!((options.scheme, options.unit), (Scheme::Bilou, None));
        assert_eq!(options.split, None);
        choices.format = Format::named("huggingface").unwrap();
        let options = choices.options(&[], &Arc::default()).unwrap();
        assert_eq!(options.scheme, Scheme::default());
        assert_eq!(options.unit, Some(Unit::Utf16));
        assert!(options.split.is_some());
        choices.shares = "much".to_owned();
        assert!(choices.options(&[], &Arc::default()).is_err());
    }

    #[test]
    fn rejected_spans_are_of_those_who_have_decided() {
        let reviewers = people(&["carol"]);
        let mut choices = of("doccano");
        choices.rejected = true;
        choices.settle(&reviewers);
        assert_eq!(choices.whose, Whose::One(reviewers[0].clone()));
        let options = choices.options(&reviewers, &Arc::default()).unwrap();
        assert!(options.rejected && options.annotators == reviewers);
    }

    #[test]
    fn columns_that_are_not_wanted_are_left_out_and_not_held() {
        let mut choices = of("csv");
        assert!(choices.carries().has(Feature::Notes));
        assert!(
            choices
                .options(&[], &Arc::default())
                .unwrap()
                .columns
                .is_empty()
        );
        choices.without.insert("note");
        assert!(!choices.carries().has(Feature::Notes));
        let columns = choices.options(&[], &Arc::default()).unwrap().columns;
        assert!(columns.iter().any(|name| name == "label"));
        assert!(!columns.iter().any(|name| name == "note"));
    }

    #[test]
    fn what_is_not_held_is_said_from_the_table() {
        assert!(lacking(&of("ron").carries()).is_empty());
        let conll = lacking(&of("conll").carries());
        assert!(conll.contains(&tr("feature-relations")), "{conll:?}");
        assert!(conll.contains(&tr("feature-annotators")), "{conll:?}");
    }
}
