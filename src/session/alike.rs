//! «Label all like this»: the other places of the article where the chosen span's text stands,
//! shown before anything is tagged.

use crate::{
    annotation::{Fragments, LabelId, SpanData, SpanId},
    edit::LayerChange,
    text::{ByteRange, proclitic},
};

use super::Article;

/// The places that would be tagged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The span that was chosen.
    pub span: SpanId,
    /// Its label.
    pub label: LabelId,
    /// Its text.
    pub text: String,
    /// The other places with exactly this text, in order, and whether each is to be tagged. Those
    /// that have this label already are left out.
    pub places: Vec<(ByteRange, bool)>,
    /// How many places have the label already.
    pub tagged: usize,
}

impl Alike {
    /// Finds the places for the chosen span of `article`; `None` where no span is chosen or it has
    /// several fragments. Places inside a longer word are found, but left unticked.
    pub fn find(article: &Article) -> Option<Self> {
        let span = article.chosen()?;
        let [range] = span.data.fragments.ranges() else {
            return None;
        };
        let text = article.text();
        let wanted = range.slice(text);
        if wanted.is_empty() {
            return None;
        }
        let mut alike = Self {
            span: span.id,
            label: span.data.label.clone(),
            text: wanted.to_owned(),
            places: Vec::new(),
            tagged: 0,
        };
        for at in memchr::memmem::find_iter(text.as_bytes(), wanted.as_bytes()) {
            let Some(place) = ByteRange::unchecked_order(at, at + wanted.len()) else {
                continue;
            };
            let Ok(fragments) = Fragments::checked(text, [place]) else {
                continue;
            };
            if article
                .layer()
                .identical(&alike.label, &fragments)
                .is_some()
            {
                alike.tagged += 1;
            } else {
                alike.places.push((place, stands_alone(text, place)));
            }
        }
        Some(alike)
    }

    /// How many places are ticked.
    pub fn ticked(&self) -> usize {
        self.places.iter().filter(|(_, ticked)| *ticked).count()
    }

    /// The change that tags the ticked places; `None` where none is.
    pub(super) fn change(&self) -> Option<LayerChange> {
        let spans: Vec<SpanData> = self
            .places
            .iter()
            .filter(|(_, ticked)| *ticked)
            .filter_map(|(place, _)| Fragments::new([*place]).ok())
            .map(|fragments| SpanData::new(self.label.clone(), fragments))
            .collect();
        (!spans.is_empty()).then_some(LayerChange::AddSpans(spans))
    }
}

/// Whether the place is a word, or several: no letter or digit touches it, save proclitics before
/// it. «مصر» stands alone in «ومصر» and not in «مصري».
fn stands_alone(text: &str, place: ByteRange) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || crate::text::is_tashkeel(c);
    let before = text
        .get(..place.start())
        .and_then(|t| t.chars().next_back());
    let after = text.get(place.end()..).and_then(|t| t.chars().next());
    let begins = !before.is_some_and(part_of_word)
        || proclitic::edges(text, place.start()).contains(&place.start());
    begins && !after.is_some_and(part_of_word)
}
