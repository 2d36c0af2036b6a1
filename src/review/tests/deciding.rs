//! Deciding, deciding again, and how that stands when annotators go on.

use std::sync::Arc;

use super::*;
use crate::annotation::{LabelFate, LayerKey};
use crate::edit::{Change, Edit, LayerChange, LayerLog};

/// A reviewer with two annotators' layers.
struct Desk {
    set: LabelSet,
    text: String,
    names: [Annotator; 2],
    layers: [Layer; 2],
    own: LayerLog,
}

impl Desk {
    fn new(left: &str, right: &str) -> Self {
        let ((text, left), (same, right)) = (marked(left), marked(right));
        assert_eq!(text, same);
        Self {
            set: labels(),
            text,
            names: [Annotator::founder(), Annotator::imported()],
            layers: [left, right],
            own: LayerLog::default(),
        }
    }

    fn document(&self) -> DocumentId {
        DocumentId::new(&TextHash::of(&self.text), 0)
    }

    fn relate(&mut self, side: usize, from: usize, to: usize) {
        let relation = Relation {
            id: RelationId {
                edit: EditId::of_content(b"relation"),
                place: u32::try_from(10 * from + to).unwrap(),
            },
            kind: "lives_in".to_owned(),
            from: id(from),
            to: id(to),
        };
        assert!(self.layers[side].insert_relation(relation));
    }

    fn unrelate(&mut self, side: usize) {
        let first = self.layers[side].relations().next().unwrap().id;
        self.layers[side].remove_relation(first);
    }

    fn sides(&self) -> [(&Annotator, &Layer); 2] {
        [0, 1].map(|side| (&self.names[side], &self.layers[side]))
    }

    fn cases(&self) -> Vec<Case> {
        let layers: Vec<&Layer> = self.layers.iter().collect();
        let mut all = cases(&self.set, (self.document(), &self.text), &layers);
        all.extend(Decided::new(&self.set, self.own.state()).gone(&self.sides()));
        all
    }

    fn standings(&self) -> Vec<Standing> {
        let decided = Decided::new(&self.set, self.own.state());
        let all = self.cases();
        let standings = all.iter().map(|it| decided.standing(it, &self.sides()));
        standings.collect()
    }

    fn edit(&mut self, id: EditId, change: LayerChange) {
        let stamp = Stamp {
            author: Annotator::unnamed(),
            time: Time {
                millis: 1 + self.own.edits().len() as u64,
                counter: 0,
            },
        };
        let key = LayerKey {
            document: self.document(),
            annotator: Annotator::unnamed(),
        };
        let edit = Edit::with_id(id, stamp, Change::Layer(key, change));
        self.own.push(Arc::new(edit));
    }

    fn rule(&mut self, case: usize, ruling: &Ruling) {
        let edit = EditId::random();
        let all = self.cases();
        let matter = Matter {
            set: &self.set,
            sides: &self.sides(),
            own: self.own.state(),
            edit,
        };
        let change = matter.change(&all[case], ruling, &Why::default());
        self.edit(edit, change.unwrap());
    }

    fn accept(&mut self, case: usize, side: usize) {
        self.rule(case, &Ruling::Accept([side].into()));
    }

    /// The reviewer's relations, as the texts of their ends.
    fn links(&self) -> Vec<(String, String)> {
        let own = self.own.state();
        let text = |id: SpanId| own.get(id).unwrap().data.fragments.text(&self.text);
        let links = own.relations().map(|it| (text(it.from), text(it.to)));
        links.collect()
    }
}

fn pair(from: &str, to: &str) -> (String, String) {
    (from.to_owned(), to.to_owned())
}

#[test]
fn who_decides_again_alike_keeps_the_relations() {
    let marks = "⟦P|سمير⟧ ⟦L|مصر⟧ ⟦O|قطر⟧";
    let mut desk = Desk::new(marks, marks);
    desk.layers[1].update(id(1), |span| {
        span.data.attributes.insert("metonym".into(), "yes".into())
    });
    desk.relate(0, 0, 1);
    desk.relate(1, 0, 1);
    desk.accept(0, 0);
    desk.accept(2, 0);
    desk.accept(1, 0);
    assert_eq!(desk.links(), [pair("سمير", "مصر")]);
    // By hand, one more.
    let spans: Vec<SpanId> = desk.own.state().spans().map(|span| span.id).collect();
    let by_hand = LayerChange::AddRelation {
        kind: "near".to_owned(),
        from: spans[1],
        to: spans[2],
    };
    desk.edit(EditId::random(), by_hand);
    let both = [pair("سمير", "مصر"), pair("مصر", "قطر")];
    let linked = |desk: &Desk| {
        let mut links = desk.links();
        links.sort();
        links
    };
    assert_eq!(linked(&desk), both);
    desk.accept(1, 0);
    assert_eq!(linked(&desk), both);
    assert_eq!(desk.own.state().decision_count(), 3);
    // The other attribute, on the same words.
    desk.accept(1, 1);
    assert_eq!(linked(&desk), both);
    let said = desk.own.state().spans().nth(1).unwrap();
    assert_eq!(said.data.attributes.len(), 1);
    assert_eq!(desk.standings(), [Standing::Decided; 3]);
    desk.rule(1, &Ruling::RejectAll);
    assert_eq!(desk.links(), []);
    assert_eq!(desk.own.state().len(), 2);
}

#[test]
fn a_relation_that_the_reviewer_took_out_does_not_come_back_with_another_decision() {
    let marks = "⟦P|سمير⟧ ⟦L|مصر⟧ ⟦O|قطر⟧";
    let mut desk = Desk::new(marks, marks);
    desk.relate(0, 0, 1);
    desk.relate(1, 0, 1);
    desk.accept(0, 0);
    desk.accept(1, 0);
    let link = desk.own.state().relations().next().unwrap().id;
    desk.edit(EditId::random(), LayerChange::RemoveRelation(link));
    desk.accept(2, 0);
    assert_eq!(desk.links(), []);
}

/// Two spans that both have, and a relation between them that the first alone has: the first case.
fn related() -> Desk {
    let marks = "⟦P|سمير⟧ ⟦L|مصر⟧ ⟦O|قطر⟧";
    let mut desk = Desk::new(marks, marks);
    desk.relate(0, 0, 1);
    for case in 1..4 {
        desk.accept(case, 0);
    }
    desk
}

#[test]
fn a_relation_is_decided_again() {
    let mut desk = related();
    let place = 0;
    assert_eq!(desk.cases()[place].relation.as_deref(), Some("lives_in"));
    let there = [pair("سمير", "مصر")];
    desk.accept(place, 0);
    assert_eq!(desk.links(), there);
    desk.accept(place, 0);
    assert_eq!(desk.links(), there, "accepted again");
    desk.accept(place, 1);
    assert_eq!(desk.links(), [], "who has none is right");
    desk.accept(place, 0);
    desk.rule(place, &Ruling::RejectAll);
    assert_eq!(desk.links(), []);
    desk.accept(place, 0);
    assert_eq!(desk.links(), there);
    assert_eq!(desk.own.state().decision_count(), 4);
    desk.rule(place, &Ruling::Reopen);
    assert_eq!(desk.links(), []);
    assert_eq!(desk.own.state().decision_count(), 3);
}

#[test]
fn relations_that_begin_at_one_span_are_decided_apart() {
    let mut desk = related();
    desk.relate(0, 0, 2);
    let of_relations: Vec<usize> = desk
        .cases()
        .iter()
        .enumerate()
        .filter(|(_, case)| case.relation.is_some())
        .map(|(place, _)| place)
        .collect();
    assert_eq!(of_relations.len(), 2);
    for place in of_relations {
        desk.accept(place, 0);
    }
    assert_eq!(desk.links().len(), 2);
    assert_eq!(desk.own.state().decision_count(), 5);
    assert!(desk.standings().iter().all(|it| *it == Standing::Decided));
}

#[test]
fn a_relation_that_its_annotator_took_back_is_told() {
    let mut desk = related();
    desk.accept(0, 0);
    desk.unrelate(0);
    let all = desk.cases();
    assert_eq!(all.len(), 4);
    assert!(all[3].gone.is_some());
    assert_eq!(desk.standings()[3], Standing::Changed);
    assert_eq!(
        desk.links(),
        [pair("سمير", "مصر")],
        "what was decided stays"
    );
    desk.rule(3, &Ruling::Reopen);
    assert_eq!(desk.links(), []);
    assert_eq!(desk.cases().len(), 3);
    // Who takes back what was not accepted follows.
    let mut desk = related();
    desk.accept(0, 1);
    desk.unrelate(0);
    assert_eq!(desk.cases().len(), 3);
}

#[test]
fn labels_that_were_merged_are_one() {
    let mut desk = Desk::new("⟦P|سمير⟧ ⟦L|مصر⟧", "⟦O|سمير⟧ ⟦L|مصر⟧");
    desk.relate(0, 0, 1);
    desk.relate(1, 0, 1);
    let into = LabelFate::MergedInto(LabelId::new("P").unwrap());
    desk.set.labels[1].fate = into;
    desk.accept(0, 0);
    desk.accept(1, 0);
    assert_eq!(desk.links(), [pair("سمير", "مصر")]);
    assert_eq!(desk.standings(), [Standing::Decided; 2]);
}

#[test]
fn a_span_that_follows_in_a_merged_label_has_not_changed() {
    let mut desk = Desk::new("⟦P|سمير⟧", "سمير");
    desk.accept(0, 0);
    let into = LabelFate::MergedInto(LabelId::new("P").unwrap());
    desk.set.labels[1].fate = into;
    let (_, follows) = marked("⟦O|سمير⟧");
    desk.layers[1] = follows;
    assert_eq!(desk.standings(), [Standing::Decided]);
}

#[test]
fn what_was_taken_over_and_edited_is_not_accepted_any_more() {
    let mut desk = Desk::new("⟦P|سمير⟧ غانم", "سمير غانم");
    desk.rule(0, &Ruling::Edit(0));
    let accepted = |desk: &Desk| {
        let own = desk.own.state();
        let decision = own.decisions().next().unwrap();
        own.accepts(decision, &decision.judgement.sources[0])
    };
    assert!(accepted(&desk), "not edited yet");
    let span = desk.own.state().spans().next().unwrap();
    let (span, old) = (span.id, span.data.fragments.clone());
    let whole = ByteRange::new(&desk.text, 0, desk.text.len()).unwrap();
    let wider = LayerChange::SetFragments(span, Fragments::new([whole]).unwrap());
    desk.edit(EditId::random(), wider);
    assert!(!accepted(&desk));
    desk.edit(EditId::random(), LayerChange::SetNote(span, "؟".into()));
    desk.edit(EditId::random(), LayerChange::SetFragments(span, old));
    assert!(accepted(&desk), "a note is no other opinion");
    desk.edit(EditId::random(), LayerChange::RemoveSpans(vec![span]));
    assert!(!accepted(&desk));
}
