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
        let mut search = AlikeSearch::of(article)?;
        while !search.is_done() {
            search.chunk(article);
        }
        Some(search.alike)
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

/// How many bytes are searched at a time: for a letter that is some hundreds of places.
const CHUNK: usize = 4 * 1024;

/// The search for the places, a chunk at a time: a letter may stand in half a million places of a long
/// article.
#[derive(Clone, Debug)]
pub struct AlikeSearch {
    /// What was found so far.
    pub alike: Alike,
    /// Everything before this byte has been searched; `None` once all has.
    from: Option<usize>,
}

impl AlikeSearch {
    /// The search for the chosen span of `article`, of which nothing is done yet; `None` where no span
    /// is chosen or it has several fragments.
    pub fn of(article: &Article) -> Option<Self> {
        let span = article.chosen()?;
        let [range] = span.data.fragments.ranges() else {
            return None;
        };
        let wanted = range.slice(article.text());
        (!wanted.is_empty()).then(|| Self {
            alike: Alike {
                span: span.id,
                label: span.data.label.clone(),
                text: wanted.to_owned(),
                places: Vec::new(),
                tagged: 0,
            },
            from: Some(0),
        })
    }

    /// Whether the whole article has been searched.
    pub fn is_done(&self) -> bool {
        self.from.is_none()
    }

    /// Searches the next few kilobytes of the article that it is for.
    pub fn chunk(&mut self, article: &Article) {
        let Some(mut from) = self.from else { return };
        let bytes = article.text().as_bytes();
        let wanted = self.alike.text.clone();
        let end = from.saturating_add(CHUNK).min(bytes.len());
        // A place that begins in this chunk may reach over its end.
        let reach = end.saturating_add(wanted.len() - 1).min(bytes.len());
        let window = bytes.get(from..reach).unwrap_or_default();
        let first = from;
        for at in memchr::memmem::find_iter(window, wanted.as_bytes()) {
            from = first + at + wanted.len();
            self.take(article, first + at);
        }
        from = from.max(end);
        self.from = (from < bytes.len()).then_some(from);
    }

    /// Takes the place that begins at byte `at`.
    fn take(&mut self, article: &Article, at: usize) {
        let alike = &mut self.alike;
        let text = article.text();
        let Some(place) = ByteRange::unchecked_order(at, at + alike.text.len()) else {
            return;
        };
        let Ok(fragments) = Fragments::checked(text, [place]) else {
            return;
        };
        let there = article.layer().identical(&alike.label, &fragments);
        if there.is_some() {
            alike.tagged += 1;
        } else {
            alike.places.push((place, stands_alone(text, place)));
        }
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
