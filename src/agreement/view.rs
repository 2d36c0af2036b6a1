//! What part of a corpus a measure looks at: some documents, some annotators, some labels. Label, label group,
//! pair, document and all together are the same computation on different views.

use std::collections::BTreeSet;

use super::units::{Corpus, UnitDocument, UnitLayer};

/// A part of a corpus.
#[derive(Clone, Debug)]
pub struct View<'c> {
    /// The corpus.
    pub corpus: &'c Corpus,
    /// Places of its documents, ascending.
    pub documents: Vec<u32>,
    /// Places of its annotators, ascending.
    pub annotators: Vec<u32>,
    /// For each label its class, from 1 in the order of the labels; 0 for labels that are left out.
    pub classes: Vec<u32>,
}

impl<'c> View<'c> {
    /// All of it.
    pub fn all(corpus: &'c Corpus) -> Self {
        Self {
            corpus,
            documents: (0..corpus.documents.len() as u32).collect(),
            annotators: (0..corpus.annotators.len() as u32).collect(),
            classes: (1..=corpus.labels.len() as u32).collect(),
        }
    }

    /// The same with only the labels that `keep` says.
    #[must_use]
    pub fn with_labels(&self, keep: impl Fn(usize) -> bool) -> Self {
        let mut next = 0;
        let classes = (0..self.corpus.labels.len())
            .map(|label| {
                let kept = keep(label) && self.class(label as u32) > 0;
                next += u32::from(kept);
                if kept { next } else { 0 }
            })
            .collect();
        Self {
            classes,
            ..self.clone()
        }
    }

    /// The same with only these annotators, and the documents that two or more of them share.
    #[must_use]
    pub fn with_annotators(&self, annotators: &[u32]) -> Self {
        let mut annotators = annotators.to_vec();
        annotators.sort_unstable();
        annotators.dedup();
        let shared = |place: &&u32| {
            let document = self.corpus.documents.get(**place as usize);
            let has = |who: &&u32| document.is_some_and(|one| one.layer(**who).is_some());
            annotators.iter().filter(has).nth(1).is_some()
        };
        Self {
            corpus: self.corpus,
            documents: self.documents.iter().filter(shared).copied().collect(),
            classes: self.classes.clone(),
            annotators,
        }
    }

    /// The same with only one document.
    #[must_use]
    pub fn with_document(&self, document: u32) -> Self {
        Self {
            documents: vec![document],
            ..self.clone()
        }
    }

    /// The class of a label, 0 if it is left out.
    pub fn class(&self, label: u32) -> u32 {
        self.classes.get(label as usize).copied().unwrap_or(0)
    }

    /// The number of classes.
    pub fn class_count(&self) -> usize {
        self.classes.iter().max().map_or(0, |class| *class as usize)
    }

    /// The label of a class.
    pub fn label_of(&self, class: u32) -> Option<u32> {
        let place = self.classes.iter().position(|there| *there == class)?;
        Some(place as u32)
    }

    /// The documents that two or more of the annotators share, with their layers by annotator.
    pub fn shared(&self) -> impl Iterator<Item = (&'c UnitDocument, Vec<(u32, &'c UnitLayer)>)> {
        self.documents.iter().filter_map(|place| {
            let document = self.corpus.documents.get(*place as usize)?;
            let layers: Vec<(u32, &UnitLayer)> = document
                .layers
                .iter()
                .filter(|(annotator, _)| self.annotators.binary_search(annotator).is_ok())
                .map(|(annotator, layer)| (*annotator, layer))
                .collect();
            (layers.len() > 1).then_some((document, layers))
        })
    }

    /// All pairs of the annotators, in order.
    pub fn pairs(&self) -> Vec<(u32, u32)> {
        pairs_of(&self.annotators).collect()
    }

    /// The pairs of annotators who share a document, in order: of many annotators far fewer than all.
    pub fn sharing(&self) -> Vec<(u32, u32)> {
        let people = self.annotators.len();
        let most = people * people.saturating_sub(1) / 2;
        let mut pairs = BTreeSet::new();
        let mut last: Vec<u32> = Vec::new();
        for place in &self.documents {
            let Some(document) = self.corpus.documents.get(*place as usize) else {
                continue;
            };
            let layers = document.layers.iter().map(|(annotator, _)| *annotator);
            let there = layers.filter(|annotator| self.annotators.binary_search(annotator).is_ok());
            // Documents often have the annotators of the one before.
            if !there.clone().eq(last.iter().copied()) {
                last = there.collect();
                pairs.extend(pairs_of(&last));
            }
            if pairs.len() == most {
                break;
            }
        }
        pairs.into_iter().collect()
    }

    /// The documents that both annotators have a layer on, with the two.
    pub fn shared_by(
        &self,
        (left, right): (u32, u32),
    ) -> impl Iterator<Item = (&'c UnitDocument, &'c UnitLayer, &'c UnitLayer)> {
        self.documents.iter().filter_map(move |place| {
            let document = self.corpus.documents.get(*place as usize)?;
            Some((document, document.layer(left)?, document.layer(right)?))
        })
    }
}

/// All pairs of a list, in order.
pub(super) fn pairs_of<T: Copy>(list: &[T]) -> impl Iterator<Item = (T, T)> {
    list.iter().enumerate().flat_map(move |(at, left)| {
        let behind = list.get(at + 1..).unwrap_or_default();
        behind.iter().map(move |right| (*left, *right))
    })
}
