//! Datasets made at random for tests: everything that the model can hold and files stumble over.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::{
    annotation::{Annotator, Fragments, LabelFate, LabelId, LabelSet, SpanData, Status, TextHash},
    text::{ByteRange, title::title_of},
};

use super::{
    CopyCounter, DatasetHead, DocumentRecord, LayerRecord, RelationRecord, SOURCE_ID, SpanRecord,
    default_label_set,
};

/// Pieces of text that a writer could lose or change.
const PIECES: [&str; 40] = [
    "قال",
    "وسيرغي",
    "مُحَمَّدٌ",
    "\u{64B}",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\t",
    "\u{A0}",
    "\u{2028}",
    "\u{85}",
    "\u{200C}",
    "\u{200F}",
    "\u{202E}",
    "\u{FEFF}",
    "\u{FFFE}",
    "\0",
    "\u{1B}",
    "\u{C}",
    "👨\u{200D}👩\u{200D}👧",
    "👍🏽",
    "é",
    "e\u{301}",
    "ﷺ",
    ".",
    "؟!",
    "\"",
    "'",
    "\\",
    "\\n",
    "<b>&amp;",
    "]]>",
    "#",
    "|",
    "[1]_*",
    "O",
    "AFP-3,5",
];

/// Names of labels, as people give them.
const LABELS: [&str; 8] = [
    "PERSON",
    "CLAIM",
    "Person Name",
    "حدث",
    "B-X",
    "a_b/c:d",
    "x\"<&>'",
    "قول، طويل",
];

const WORDS: [&str; 9] = [
    "negative",
    "سلبي",
    "two\nlines",
    "\r\n",
    "a \"b\" <c> & 'd'",
    "[1, 2]",
    "12",
    " spaced ",
    "tab\tand\\n",
];

const KINDS: [&str; 3] = ["has_source", "علاقة", "is part of"];
const ATTRIBUTES: [&str; 3] = ["polarity", "صفة", "has space"];
const KEYS: [&str; 3] = ["author", "مصدر", "web address"];

/// A dataset.
#[derive(Clone, Debug)]
pub(super) struct Generated {
    pub(super) head: DatasetHead,
    pub(super) records: Vec<DocumentRecord>,
}

/// Numbers by which a layer is made.
type Choices = Vec<usize>;

/// Any dataset of up to five documents.
pub(super) fn dataset() -> impl Strategy<Value = Generated> {
    let text = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..16);
    let choices = prop::collection::vec(any::<usize>(), 0..60);
    prop::collection::vec((text, choices), 0..5).prop_map(|documents| {
        let labels = labels();
        let mut copies = CopyCounter::default();
        let records = documents
            .into_iter()
            .map(|(pieces, choices)| document(&pieces.concat(), choices, &labels, &mut copies))
            .collect();
        let edits = Vec::new();
        Generated {
            head: DatasetHead { labels, edits },
            records,
        }
    })
}

/// The default labels, further ones, one that was renamed and one that was merged.
fn labels() -> LabelSet {
    let mut set = default_label_set();
    for name in LABELS {
        if set.by_name(name).is_none() {
            let label = set.new_label(name).unwrap();
            set.labels.push(label);
        }
    }
    let label = |name: &str| LabelId::new(name).unwrap();
    set.get_mut(&label("DENIAL")).unwrap().name = "نفي".to_owned();
    set.get_mut(&label("LOCATION")).unwrap().fate = LabelFate::MergedInto(label("حدث"));
    set
}

/// Takes choices one by one; zeros when there are none left.
struct Chooser(std::vec::IntoIter<usize>);

impl Chooser {
    fn up_to(&mut self, count: usize) -> usize {
        self.0.next().unwrap_or(0) % count
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.up_to(list.len())]
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.up_to(one_in) == 1
    }

    fn pairs(&mut self, keys: &[&str]) -> BTreeMap<String, String> {
        let count = self.up_to(3);
        (0..count)
            .map(|_| (self.of(keys).to_owned(), self.of(&WORDS).to_owned()))
            .collect()
    }
}

fn document(
    text: &str,
    choices: Choices,
    labels: &LabelSet,
    copies: &mut CopyCounter,
) -> DocumentRecord {
    let mut choose = Chooser(choices.into_iter());
    let mut record = DocumentRecord::new(copies.id(&TextHash::of(text)), text.into());
    let title = title_of(text).unwrap_or_else(|| "بلا عنوان".to_owned());
    record.title = if choose.chance(3) {
        "عنوان آخر <&> \"x\"".to_owned()
    } else {
        title
    };
    record.metadata = choose.pairs(&KEYS);
    if choose.chance(2) {
        let id = choose.of(&["12", "007", "../a b", "خبر-١"]);
        record.metadata.insert(SOURCE_ID.to_owned(), id.to_owned());
    }
    let amal = Annotator::new("amal").unwrap();
    let yusuf = Annotator::new("يوسف \"y\"").unwrap();
    let model = Annotator::prediction("bert v1").unwrap();
    for annotator in [amal, yusuf, model] {
        if choose.chance(3) || record.layers.is_empty() {
            let layer = layer(text, annotator, labels, &mut choose);
            record.layers.push(layer);
        }
    }
    record
}

fn layer(text: &str, annotator: Annotator, labels: &LabelSet, choose: &mut Chooser) -> LayerRecord {
    let mut layer = LayerRecord::new(annotator);
    layer.status = [Status::New, Status::InProgress, Status::Done][choose.up_to(3)];
    for number in 0..choose.up_to(7) {
        if let Some(data) = span(text, labels, choose) {
            layer
                .spans
                .push(SpanRecord::new(format!("s{number}"), data));
        }
    }
    for number in 0..choose.up_to(3) {
        let count = layer.spans.len();
        if count < 2 {
            break;
        }
        let from = choose.up_to(count);
        let to = (from + 1 + choose.up_to(count - 1)) % count;
        layer.relations.push(RelationRecord {
            id: format!("r{number}"),
            kind: choose.of(&KINDS).to_owned(),
            from: layer.spans[from].id.clone(),
            to: layer.spans[to].id.clone(),
        });
    }
    layer
}

fn span(text: &str, labels: &LabelSet, choose: &mut Chooser) -> Option<SpanData> {
    let edges: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let fragments = if choose.chance(4) {
        1 + choose.up_to(3)
    } else {
        1
    };
    let ranges = (0..fragments).map(|_| {
        let start = choose.up_to(edges.len());
        let end = start + choose.up_to(edges.len());
        ByteRange::new(text, edges[start], edges[end.min(edges.len() - 1)]).unwrap()
    });
    let ranges: Vec<ByteRange> = ranges.filter(|range| !range.is_empty()).collect();
    let label = &labels.labels[choose.up_to(labels.labels.len())];
    let mut data = SpanData::new(label.id.clone(), Fragments::checked(text, ranges).ok()?);
    data.attributes = choose.pairs(&ATTRIBUTES);
    if choose.chance(4) {
        choose.of(&WORDS).clone_into(&mut data.note);
    }
    Some(data)
}
