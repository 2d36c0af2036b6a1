mod deciding;

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::annotation::{
    Annotator, DocumentId, EditId, Fragments, LabelId, LabelKind, LabelSet, Layer, Relation,
    RelationId, Span, SpanData, SpanId, Stamp, TextHash, Time,
};
use crate::text::ByteRange;

/// P, O and L are names, C and D statements.
fn labels() -> LabelSet {
    let mut set = LabelSet::default();
    for name in ["P", "O", "L", "C", "D"] {
        let mut label = set.new_label(name).unwrap();
        if name < "E" {
            label.kind = LabelKind::Statement;
        }
        set.labels.push(label);
    }
    set
}

fn id(place: usize) -> SpanId {
    SpanId {
        edit: EditId::of_content(b"test"),
        place: u32::try_from(place).unwrap(),
    }
}

fn layer(spans: &[(&str, Vec<(usize, usize)>)]) -> Layer {
    let mut layer = Layer::default();
    for (place, (label, ranges)) in spans.iter().enumerate() {
        let ranges = ranges.iter();
        let ranges = ranges.map(|(start, end)| ByteRange::unchecked_order(*start, *end).unwrap());
        let data = SpanData::new(
            LabelId::new(label).unwrap(),
            Fragments::new(ranges).unwrap(),
        );
        let stamp = Stamp {
            author: Annotator::unnamed(),
            time: Time::default(),
        };
        layer.insert(Span {
            id: id(place),
            data,
            made: stamp.clone(),
            changed: stamp,
        });
    }
    layer
}

/// A text and its layer, of `⟦LABEL|text⟧`; `⟦+|text⟧` is a further fragment of the span that was closed last.
/// Spans are numbered as they are closed.
fn marked(marks: &str) -> (String, Layer) {
    let (mut text, mut open) = (String::new(), Vec::new());
    let mut spans: Vec<(&str, Vec<(usize, usize)>)> = Vec::new();
    let mut rest = marks;
    while let Some(at) = rest.find(['⟦', '⟧']) {
        text += rest.get(..at).unwrap();
        rest = rest.get(at..).unwrap();
        if let Some(inside) = rest.strip_prefix('⟦') {
            let (label, behind) = inside.split_once('|').unwrap();
            open.push((label, text.len()));
            rest = behind;
        } else {
            let (label, start) = open.pop().unwrap();
            match (label, spans.last_mut()) {
                ("+", Some((_, ranges))) => ranges.push((start, text.len())),
                _ => spans.push((label, vec![(start, text.len())])),
            }
            rest = rest.strip_prefix('⟧').unwrap();
        }
    }
    text += rest;
    (text, layer(&spans))
}

fn found(text: &str, left: &Layer, right: &Layer) -> Vec<Disagreement> {
    let document = DocumentId::new(&TextHash::of(text), 0);
    of_document(&labels(), None, (document, text), left, right)
}

fn between(left: &str, right: &str) -> Vec<Disagreement> {
    let ((text, left), (same, right)) = (marked(left), marked(right));
    assert_eq!(text, same);
    let mut turned = found(&text, &right, &left);
    for one in &mut turned {
        std::mem::swap(&mut one.left, &mut one.right);
        for value in &mut one.values {
            std::mem::swap(&mut value.left, &mut value.right);
        }
    }
    let found = found(&text, &left, &right);
    assert_eq!(found, turned, "it matters which layer is the first");
    found
}

/// Class, and how many spans of each side.
fn classes(left: &str, right: &str) -> Vec<(Class, usize, usize)> {
    let rows = between(left, right).into_iter();
    rows.map(|one| (one.class, one.left.len(), one.right.len()))
        .collect()
}

fn class(left: &str, right: &str) -> Class {
    let found = between(left, right);
    assert_eq!(found.len(), 1, "{found:?}");
    found.first().unwrap().class
}

#[test]
fn proclitics_are_told_from_other_letters() {
    assert_eq!(class("قال ⟦P|وسمير⟧", "قال و⟦P|سمير⟧"), Class::Clitic);
    assert_eq!(
        class("⟦L|وبالقاهرة⟧ أمس", "وب⟦L|القاهرة⟧ أمس"),
        Class::Clitic
    );
    assert_eq!(
        class("و⟦L|بالقاهرة⟧ أمس", "وب⟦L|القاهرة⟧ أمس"),
        Class::Clitic
    );
    assert_eq!(class("⟦L|وَبِالقاهرة⟧", "وَبِ⟦L|القاهرة⟧"), Class::Clitic);
    assert_eq!(class("⟦O|لـ«رويترز»⟧", "لـ«⟦O|رويترز»⟧"), Class::Clitic);
    // The end differs too; a letter that is no proclitic; a letter inside the word; a word of its own.
    assert_eq!(class("⟦P|وسمير⟧ غدا", "و⟦P|سمير غدا⟧"), Class::Boundary);
    assert_eq!(class("⟦P|محمود⟧", "م⟦P|حمود⟧"), Class::Boundary);
    assert_eq!(class("م⟦P|وسى⟧", "مو⟦P|سى⟧"), Class::Boundary);
    assert_eq!(class("⟦P|و سمير⟧", "و ⟦P|سمير⟧"), Class::Boundary);
    assert_eq!(class("⟦P|وفلبسمير⟧", "وفلب⟦P|سمير⟧"), Class::Boundary);
}

#[test]
fn punctuation_and_space_are_told_from_words() {
    assert_eq!(
        class("⟦O|«الأهرام»⟧ أمس", "«⟦O|الأهرام⟧» أمس"),
        Class::Punctuation
    );
    assert_eq!(
        class("⟦C|قال سمير. ⟧ثم", "⟦C|قال سمير⟧. ثم"),
        Class::Punctuation
    );
    assert_eq!(
        class("⟦P|سمير⟧ ⟦+|غانم⟧", "⟦P|سمير غانم⟧"),
        Class::Punctuation
    );
    assert_eq!(
        class("⟦P|سمير\u{200F}⟧", "⟦P|سمير⟧\u{200F}"),
        Class::Punctuation
    );
    assert_eq!(class("⟦C|بلغ 12%⟧", "⟦C|بلغ 12⟧%"), Class::Boundary);
    assert_eq!(class("⟦P|سمير غانم⟧.", "⟦P|سمير⟧ غانم."), Class::Boundary);
}

#[test]
fn labels_edges_and_what_is_alone() {
    assert_eq!(class("⟦P|سمير⟧ قال", "⟦O|سمير⟧ قال"), Class::Label);
    assert_eq!(class("⟦P|سمير⟧ قال", "⟦C|سمير⟧ قال"), Class::Label);
    assert_eq!(
        class("⟦P|سمير غانم⟧", "⟦O|سمير⟧ غانم"),
        Class::LabelAndBoundary
    );
    assert_eq!(
        classes("⟦P|سمير⟧ قال", "سمير قال"),
        [(Class::Missing, 1, 0)]
    );
    // Neither a name inside a claim nor the claim is taken for the other.
    assert_eq!(
        classes("قال ⟦P|سمير⟧ ذلك", "⟦C|قال سمير ذلك⟧"),
        [(Class::Missing, 0, 1), (Class::Missing, 1, 0)]
    );
    assert_eq!(
        classes("قال ⟦P|وسمير⟧ ذلك", "⟦C|قال و⟦P|سمير⟧ ذلك⟧"),
        [(Class::Missing, 0, 1), (Class::Clitic, 1, 1)]
    );
}

#[test]
fn several_for_one_and_one_inside_another() {
    assert_eq!(
        classes("⟦P|سمير غانم⟧", "⟦P|سمير⟧ ⟦P|غانم⟧"),
        [(Class::SplitOrMerge, 1, 2)]
    );
    assert_eq!(
        classes("⟦C|قال أ ثم ب ثم ج⟧", "⟦C|قال أ⟧ ثم ⟦C|ب⟧ ثم ⟦C|ج⟧"),
        [(Class::SplitOrMerge, 1, 3)]
    );
    let nested = between("⟦O|وزارة خارجية ⟦L|مصر⟧⟧", "⟦O|وزارة خارجية مصر⟧");
    assert_eq!(nested.len(), 1);
    let nested = nested.first().unwrap();
    assert_eq!(
        (nested.class, &*nested.left, nested.around),
        (Class::Nesting, [id(0)].as_slice(), Some(id(0)))
    );
    assert_eq!(
        classes("⟦O|وزارة خارجية ⟦L|مصر⟧⟧", "وزارة خارجية ⟦L|مصر⟧"),
        [(Class::Nesting, 1, 0)]
    );
}

#[test]
fn places_are_code_points_in_reading_order() {
    let found = between("⟦P|سمير⟧ 👍 ⟦L|مصر⟧ قال", "سمير 👍 ⟦L|مصر قال⟧");
    let places: Vec<_> = found.iter().map(|one| (one.start, one.end)).collect();
    assert_eq!(places, [(0, 4), (7, 14)]);
}

#[test]
fn a_note_is_none_and_an_attribute_is() {
    let (text, left) = marked("⟦P|سمير⟧ ⟦L|مصر⟧");
    let mut right = left.clone();
    right.update(id(0), |span| span.data.note = "هل هو؟".to_owned());
    assert_eq!(found(&text, &left, &right), []);
    right.update(id(1), |span| {
        span.data.attributes.insert("metonym".into(), "yes".into());
    });
    let all = found(&text, &left, &right);
    let one = all.first().unwrap();
    assert_eq!((all.len(), one.class), (1, Class::Attribute));
    let value = Differing {
        name: "metonym".to_owned(),
        left: None,
        right: Some("yes".to_owned()),
    };
    assert_eq!(one.values, [value]);
}

#[test]
fn relations_of_paired_spans_are_compared() {
    let relate = |layer: &mut Layer, kind: &str, from: usize, to: usize| {
        layer.insert_relation(Relation {
            id: RelationId {
                edit: EditId::of_content(kind.as_bytes()),
                place: 0,
            },
            kind: kind.to_owned(),
            from: id(from),
            to: id(to),
        });
    };
    let (text, mut left) = marked("⟦P|سمير⟧ ⟦L|مصر⟧ ⟦O|قطر⟧");
    let (_, mut right) = marked("⟦P|سمير⟧ ⟦L|مصر⟧ قطر");
    relate(&mut left, "lives_in", 0, 1);
    relate(&mut right, "lives_in", 0, 1);
    // Of a span that the other lacks nothing more is told than that.
    relate(&mut left, "works_for", 0, 2);
    let classes: Vec<Class> = found(&text, &left, &right)
        .iter()
        .map(|one| one.class)
        .collect();
    assert_eq!(classes, [Class::Missing]);
    relate(&mut left, "left", 1, 0);
    relate(&mut right, "denies", 1, 0);
    let all = found(&text, &left, &right);
    let one = all.first().unwrap();
    assert_eq!(
        (one.class, &*one.left),
        (Class::Relation, [id(1), id(0)].as_slice())
    );
    let value = one.values.first().unwrap();
    assert_eq!(
        (value.left.as_deref(), value.right.as_deref()),
        (Some("left"), Some("denies"))
    );
}

#[test]
fn only_the_chosen_labels_are_looked_at() {
    let ((text, left), (_, right)) = (marked("⟦P|سمير⟧ ⟦L|مصر⟧"), marked("سمير مصر"));
    let chosen = BTreeSet::from(["L".to_owned()]);
    let document = DocumentId::new(&TextHash::of(&text), 0);
    let found = of_document(&labels(), Some(&chosen), (document, &text), &left, &right);
    assert_eq!(found.len(), 1);
    assert_eq!(found.first().unwrap().left, [id(1)]);
}

#[test]
fn only_full_agreement_is_taken_and_decisions_stay() {
    use std::sync::Arc;

    use crate::annotation::LayerKey;
    use crate::edit::{Change, Edit, LayerChange, LayerLog};

    let (text, left) = marked("⟦P|سمير⟧ ⟦L|مصر⟧ ⟦O|قطر⟧ ⟦C|نعم⟧");
    let (_, mut right) = marked("⟦P|سمير⟧ ⟦L|مصر⟧ ⟦L|قطر⟧ ⟦C|نعم⟧");
    right.update(id(0), |span| span.data.note = "أكيد".to_owned());
    right.update(id(3), |span| {
        span.data
            .attributes
            .insert("certainty".into(), "low".into());
    });
    let set = labels();
    let log = LayerLog::default();
    let (one, other) = (Annotator::founder(), Annotator::imported());
    let id = EditId::random();
    let alone = [(&one, &left)];
    let sides = [(&one, &left), (&other, &right)];
    assert_eq!(full_agreement(&set, &alone, &log, id), None);
    let change = full_agreement(&set, &sides, &log, id).unwrap();
    let key = LayerKey {
        document: DocumentId::new(&TextHash::of(&text), 0),
        annotator: Annotator::unnamed(),
    };
    let stamp = |millis| Stamp {
        author: Annotator::unnamed(),
        time: Time { millis, counter: 0 },
    };
    let first = Edit::with_id(id, stamp(1), Change::Layer(key.clone(), change));
    let after = LayerLog::new([Arc::new(first.clone())]);
    let taken = after.state().spans();
    let taken: Vec<String> = taken.map(|it| it.data.fragments.text(&text)).collect();
    assert_eq!(taken, ["سمير", "مصر"]);
    assert_eq!(after.state().decision_count(), 2);
    let gone = SpanId { edit: id, place: 0 };
    let second = LayerChange::RemoveSpans(vec![gone]);
    let second = Edit::new(stamp(2), Change::Layer(key, second));
    let log = LayerLog::new([first, second].map(Arc::new));
    assert_eq!(log.state().len(), 1);
    assert_eq!(full_agreement(&set, &sides, &log, id), None);
}

/// The spans of one side.
type Side = fn(&Disagreement) -> &Vec<SpanId>;

const WORDS: &str = "قال وسمير غانم، إن «بيان» مصر وبالقاهرة صحيح.";

fn some_layer() -> impl Strategy<Value = Layer> {
    let edges: Vec<usize> = WORDS.char_indices().map(|(at, _)| at).collect();
    let most = edges.len() - 1;
    let span = (0..5_usize, 0..most, 1..9_usize, 0..4_usize);
    proptest::collection::vec(span, 0..9).prop_map(move |spans| {
        let at = |place: usize| *edges.get(place.min(most)).unwrap();
        let rows: Vec<_> = spans
            .into_iter()
            .map(|(label, start, length, more)| {
                let end = (start + length).min(most);
                let mut ranges = vec![(at(start), at(end))];
                if more == 3 && end + 2 < most {
                    ranges.push((at(end + 1), at(end + 2)));
                }
                (["P", "O", "L", "C", "D"][label], ranges)
            })
            .collect();
        layer(&rows)
    })
}

proptest! {
    #[test]
    fn accepting_one_side_everywhere_gives_its_layer(left in some_layer(), right in some_layer()) {
        let set = labels();
        let (one, other, me) = (Annotator::founder(), Annotator::imported(), Annotator::unnamed());
        let sides = [(&one, &left), (&other, &right)];
        let document = DocumentId::new(&TextHash::of(WORDS), 0);
        let all = cases(&set, (document, WORDS), &[&left, &right]);
        // Every span of both is in one case, and in no other.
        let mut seen: Vec<_> = all.iter().flat_map(|case| case.sources().collect::<Vec<_>>()).collect();
        prop_assert_eq!(seen.len(), left.len() + right.len());
        seen.sort();
        seen.dedup();
        prop_assert_eq!(seen.len(), left.len() + right.len());
        let key = crate::annotation::LayerKey { document, annotator: me.clone() };
        let mut log = crate::edit::LayerLog::default();
        let mut edits = Vec::new();
        for (millis, case) in (1..).zip(&all) {
            let edit = EditId::random();
            let matter = Matter { set: &set, sides: &sides, own: log.state(), edit };
            let ruling = Ruling::Accept([0].into());
            let Some(change) = matter.change(case, &ruling, &Why::default()) else { continue };
            let stamp = Stamp { time: Time { millis, counter: 0 }, author: me.clone() };
            let change = crate::edit::Change::Layer(key.clone(), change);
            let edit = std::sync::Arc::new(crate::edit::Edit::with_id(edit, stamp, change));
            edits.push(edit.clone());
            log.push(edit);
        }
        let said = |layer: &Layer| {
            let spans = layer.spans().map(|span| (span.data.label.clone(), span.data.fragments.clone()));
            spans.collect::<BTreeSet<_>>()
        };
        prop_assert_eq!(said(log.state()), said(&left));
        let decided = Decided::new(&set, log.state());
        for case in &all {
            prop_assert_eq!(decided.standing(case, &sides), Standing::Decided);
        }
        // Replayed in another order it is the same layer.
        edits.reverse();
        let again = crate::edit::LayerLog::new(edits);
        prop_assert_eq!(again.state(), log.state());
    }

    #[test]
    fn identical_layers_agree(layer in some_layer()) {
        prop_assert_eq!(found(WORDS, &layer, &layer), []);
    }

    #[test]
    fn who_is_first_does_not_matter(left in some_layer(), right in some_layer()) {
        let mut turned = found(WORDS, &right, &left);
        for one in &mut turned {
            std::mem::swap(&mut one.left, &mut one.right);
        }
        prop_assert_eq!(found(WORDS, &left, &right), turned);
    }

    #[test]
    fn what_only_one_has_is_told_exactly_once(left in some_layer(), right in some_layer()) {
        let all = found(WORDS, &left, &right);
        let sides: [(&Layer, &Layer, Side); 2] =
            [(&left, &right, |one| &one.left), (&right, &left, |one| &one.right)];
        for (own, other, side) in sides {
            let told: Vec<SpanId> = all.iter().flat_map(side).copied().collect();
            for span in own.spans() {
                let times = told.iter().filter(|id| **id == span.id).count();
                let agreed = other.identical(&span.data.label, &span.data.fragments).is_some();
                prop_assert_eq!(times, usize::from(!agreed), "{:?} {:?}", span, all);
            }
        }
    }
}
