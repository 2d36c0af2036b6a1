//! Properties of the fold: it depends on the set of edits alone, and every inverse takes back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::annotation::*;
use crate::text::ByteRange;

const TEXT_LEN: usize = 40;

fn key() -> LayerKey {
    LayerKey {
        document: DocumentId::new(&TextHash::of(""), 0),
        annotator: Annotator::new("amal").unwrap(),
    }
}

fn fragments() -> impl Strategy<Value = Fragments> {
    prop::collection::vec((0..TEXT_LEN, 1usize..8), 1..3).prop_map(|ranges| {
        let range = |(start, len): (usize, usize)| ByteRange::unchecked_order(start, start + len);
        Fragments::new(ranges.into_iter().filter_map(range)).unwrap()
    })
}

fn label() -> impl Strategy<Value = LabelId> {
    prop::sample::select(vec!["PERSON", "CLAIM"]).prop_map(|name| LabelId::new(name).unwrap())
}

/// What a step does, before it knows which spans are there: targets are picked by number.
#[derive(Clone, Debug)]
enum Plan {
    Add(LabelId, Fragments),
    Remove(usize),
    Relabel(usize, LabelId),
    Reshape(usize, Fragments),
    Attribute(usize, Option<String>),
    Note(usize, String),
    Relate(usize, usize),
    Decide(usize, usize, Vec<(LabelId, Fragments)>),
    Withdraw(usize),
    Status(Status),
    Undo,
    Redo,
}

fn plan() -> impl Strategy<Value = Plan> {
    let at = 0usize..12;
    prop_oneof![
        4 => (label(), fragments()).prop_map(|(l, f)| Plan::Add(l, f)),
        1 => at.clone().prop_map(Plan::Remove),
        1 => (at.clone(), label()).prop_map(|(n, l)| Plan::Relabel(n, l)),
        1 => (at.clone(), fragments()).prop_map(|(n, f)| Plan::Reshape(n, f)),
        1 => (at.clone(), prop::option::of("[a-c]")).prop_map(|(n, v)| Plan::Attribute(n, v)),
        1 => (at.clone(), "[أ-ي]{0,3}").prop_map(|(n, v)| Plan::Note(n, v)),
        1 => (at.clone(), at).prop_map(|(a, b)| Plan::Relate(a, b)),
        3 => (0usize..4, 1usize..4, prop::collection::vec((label(), fragments()), 0..3))
            .prop_map(|(from, count, spans)| Plan::Decide(from, count, spans)),
        1 => (0usize..4).prop_map(Plan::Withdraw),
        1 => Just(Plan::Status(Status::Done)),
        2 => Just(Plan::Undo),
        1 => Just(Plan::Redo),
    ]
}

/// A decision about some of an annotator's spans, which are named by number.
fn judgement(about: std::ops::Range<usize>, spans: Vec<(LabelId, Fragments)>) -> Judgement {
    let source = |place: usize| Source {
        annotator: Annotator::new("huda").unwrap(),
        span: SpanId {
            edit: EditId::from_bytes([7; 16]),
            place: u32::try_from(place).unwrap(),
        },
        accepted: true,
        said: None,
    };
    let data = |(at, (label, fragments)): (usize, (LabelId, Fragments))| {
        let mut data = SpanData::new(label, fragments);
        let value = ["low", "high"][(about.start + at) % 2];
        data.attributes.insert("certainty".into(), value.into());
        data
    };
    Judgement {
        verdict: Verdict::Accepted,
        sources: about.clone().map(source).collect(),
        without: Vec::new(),
        spans: spans.into_iter().enumerate().map(data).collect(),
        relation: None,
        reason: String::new(),
        note: String::new(),
    }
}

/// Somebody at work on a layer, with a clock of their own.
struct Worker {
    log: LayerLog,
    clock: Clock,
    me: Annotator,
    now: u64,
}

impl Worker {
    fn new(name: &str, now: u64) -> Self {
        let me = Annotator::new(name).unwrap();
        Self {
            log: LayerLog::default(),
            clock: Clock::default(),
            me,
            now,
        }
    }

    fn span(&self, n: usize) -> Option<SpanId> {
        let spans: Vec<_> = self.log.state().spans().map(|span| span.id).collect();
        spans.get(n % spans.len().max(1)).copied()
    }

    fn change(&self, plan: &Plan) -> Option<(Cause, LayerChange)> {
        use LayerChange as C;
        let done = |change| Some((Cause::Done, change));
        match plan.clone() {
            Plan::Add(label, fragments) => done(C::AddSpans(vec![SpanData::new(label, fragments)])),
            Plan::Remove(n) => done(C::RemoveSpans(vec![self.span(n)?])),
            Plan::Relabel(n, label) => done(C::SetLabel(self.span(n)?, label)),
            Plan::Reshape(n, fragments) => done(C::SetFragments(self.span(n)?, fragments)),
            Plan::Attribute(n, value) => {
                done(C::SetAttribute(self.span(n)?, "polarity".into(), value))
            }
            Plan::Note(n, note) => done(C::SetNote(self.span(n)?, note)),
            Plan::Relate(a, b) => {
                let (from, to) = (self.span(a)?, self.span(b)?);
                done(C::AddRelation {
                    kind: "denies".into(),
                    from,
                    to,
                })
            }
            Plan::Decide(from, count, spans) => {
                done(C::Decide(Box::new(judgement(from..from + count, spans))))
            }
            Plan::Withdraw(n) => {
                let decisions: Vec<_> = self.log.state().decisions().collect();
                let decision = decisions.get(n % decisions.len().max(1))?;
                done(C::Batch(vec![
                    C::RemoveSpans(decision.made.clone()),
                    C::Withdraw(decision.id),
                ]))
            }
            Plan::Status(status) => done(C::SetStatus(status)),
            Plan::Undo | Plan::Redo => {
                let history = self.log.history();
                let (entry, cause): (_, fn(EditId) -> Cause) = match plan {
                    Plan::Undo => (history.undo(&self.me)?, Cause::Undo),
                    _ => (history.redo(&self.me)?, Cause::Redo),
                };
                let Change::Layer(_, change) = entry.change.clone() else {
                    return None;
                };
                Some((cause(entry.of.id), change))
            }
        }
    }

    /// Takes in another's edits; what is done from now on is later than all of them.
    fn meet(&mut self, other: &Self) {
        for edit in other.log.edits() {
            self.clock.observe(edit.stamp.time);
        }
        self.log.extend(other.log.edits().to_vec());
    }

    fn work(&mut self, plan: &Plan) -> Option<Arc<Edit>> {
        let (cause, change) = self.change(plan)?;
        self.now += 1;
        let stamp = Stamp {
            time: self.clock.tick(self.now),
            author: self.me.clone(),
        };
        let edit = Arc::new(Edit::new(stamp, Change::Layer(key(), change)).because(cause));
        self.log.push(Arc::clone(&edit));
        Some(edit)
    }
}

/// What a layer says, without who touched a span last: an undo is a touch too.
type Saying = (
    Vec<(SpanId, SpanData)>,
    Vec<Relation>,
    Vec<Decision>,
    Status,
);

fn said(layer: &Layer) -> Saying {
    let spans = layer
        .spans()
        .map(|span| (span.id, span.data.clone()))
        .collect();
    let decisions = layer.decisions().cloned().collect();
    let relations = layer.relations().cloned().collect();
    (spans, relations, decisions, layer.status())
}

/// How many spans of each label there are, counted anew.
fn counted(layer: &Layer) -> std::collections::BTreeMap<LabelId, u32> {
    let mut counts = std::collections::BTreeMap::new();
    for span in layer.spans() {
        *counts.entry(span.data.label.clone()).or_default() += 1;
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_state_depends_on_the_set_of_edits_alone(
        plans in prop::collection::vec((any::<bool>(), plan()), 1..40),
        order in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
    ) {
        // Two people begin with the same spans, then work apart.
        let (mut amal, mut yusuf) = (Worker::new("amal", 1_000), Worker::new("yusuf", 1_005));
        let (common, apart) = plans.split_at(plans.len() / 3);
        for (_, plan) in common {
            if let Some(edit) = amal.work(plan) {
                yusuf.clock.observe(edit.stamp.time);
                yusuf.log.push(edit);
            }
        }
        for (whose, plan) in apart {
            let worker = if *whose { &mut amal } else { &mut yusuf };
            worker.work(plan);
        }
        let all: Vec<_> = amal.log.edits().iter().chain(yusuf.log.edits()).cloned().collect();
        let whole = LayerLog::new(all.iter().cloned());

        // Each takes in the other's edits.
        amal.log.extend(yusuf.log.edits().to_vec());
        yusuf.log.extend(amal.log.edits().to_vec());
        prop_assert_eq!(amal.log.state(), whole.state());
        prop_assert_eq!(yusuf.log.state(), whole.state());
        prop_assert_eq!(amal.log.history(), whole.history());

        // One by one, rotated and reversed, some twice.
        let mut shuffled = all.clone();
        shuffled.rotate_left(order.index(all.len().max(1)));
        shuffled.reverse();
        shuffled.extend(all.iter().take(cut.index(all.len() + 1)).cloned());
        let mut slowly = LayerLog::default();
        for edit in shuffled {
            slowly.push(edit);
        }
        prop_assert_eq!(slowly.state(), whole.state());
        prop_assert_eq!(slowly.edits().len(), whole.edits().len());
        prop_assert_eq!(slowly.state().label_counts(), &counted(slowly.state()));
    }

    #[test]
    fn undoing_everything_leads_back_and_redoing_forth(
        plans in prop::collection::vec(plan(), 1..30),
    ) {
        let mut worker = Worker::new("amal", 1_000);
        for plan in &plans {
            worker.work(plan);
        }
        let end = said(worker.log.state());
        let steps = worker.log.history().undo_len(&worker.me);
        for _ in 0..steps {
            prop_assert!(worker.work(&Plan::Undo).is_some());
        }
        prop_assert_eq!(said(worker.log.state()), (Vec::new(), Vec::new(), Vec::new(), Status::New));
        for _ in 0..steps {
            prop_assert!(worker.work(&Plan::Redo).is_some());
        }
        prop_assert_eq!(said(worker.log.state()), end);
    }

    #[test]
    fn history_is_the_same_after_a_restart(plans in prop::collection::vec(plan(), 1..30)) {
        let mut worker = Worker::new("amal", 1_000);
        for plan in &plans {
            worker.work(plan);
        }
        let again = LayerLog::new(worker.log.edits().to_vec());
        prop_assert_eq!(again.history(), worker.log.history());
        prop_assert_eq!(again.state(), worker.log.state());
    }
}

/// Whether each annotator's span is judged by one decision at most, and no span is there that came with a decision
/// which does not hold.
fn is_settled(layer: &Layer) -> bool {
    let mut topics: Vec<_> = layer
        .decisions()
        .flat_map(|it| it.judgement.topics())
        .collect();
    let all = topics.len();
    topics.sort();
    topics.dedup();
    let has = |id| layer.decisions().any(|it| it.made.contains(&id));
    let mut came = layer.spans().filter(|span| layer.came_decided(span.id));
    topics.len() == all && came.all(|span| has(span.id))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_decisions_made_apart_about_the_same_the_later_holds(
        plans in prop::collection::vec(
            (any::<bool>(), 0usize..6, 1usize..4, prop::collection::vec((label(), fragments()), 0..3)),
            1..30,
        ),
        undone in 0usize..6,
    ) {
        let (mut home, mut work) = (Worker::new("amal", 1_000), Worker::new("amal", 1_005));
        for (at_home, from, count, spans) in plans {
            let worker = if at_home { &mut home } else { &mut work };
            worker.work(&Plan::Decide(from, count, spans));
            prop_assert!(is_settled(worker.log.state()));
        }
        home.meet(&work);
        work.meet(&home);
        prop_assert_eq!(home.log.state(), work.log.state());
        prop_assert!(is_settled(home.log.state()), "{:?}", home.log.state());
        // What is decided now is what the latest edit about each span has said.
        let mut known = std::collections::BTreeSet::new();
        for edit in home.log.edits().iter().rev() {
            let Change::Layer(_, LayerChange::Decide(judgement)) = &edit.change else { continue };
            let id = DecisionId { edit: edit.id, place: 0 };
            let holds = home.log.state().decision(id).is_some();
            let later = judgement.sources.iter().any(|source| known.contains(&source.span));
            prop_assert_eq!(holds, !later);
            known.extend(judgement.sources.iter().map(|source| source.span));
        }
        // Undone, it is again as it was.
        let steps = home.log.history().undo_len(&home.me).min(undone);
        let end = said(home.log.state());
        for plan in [Plan::Undo, Plan::Redo] {
            for _ in 0..steps {
                prop_assert!(home.work(&plan).is_some());
                prop_assert!(is_settled(home.log.state()));
            }
        }
        prop_assert_eq!(said(home.log.state()), end);
    }
}

#[test]
fn a_twin_stands_for_an_identical_span() {
    let mut amal = Worker::new("amal", 10);
    let mut yusuf = Worker::new("yusuf", 20);
    let label = LabelId::new("PERSON").unwrap();
    let fragments = Fragments::new(ByteRange::unchecked_order(0, 4)).unwrap();
    let add = Plan::Add(label, fragments);
    amal.work(&add).unwrap();
    yusuf.work(&add).unwrap();
    let note = yusuf.work(&Plan::Note(0, "من يوسف".into())).unwrap();
    amal.log.extend(yusuf.log.edits().to_vec());
    assert_eq!(amal.log.state().len(), 1);
    let span = amal.log.state().spans().next().unwrap();
    assert_eq!(span.data.note, "من يوسف");
    assert_eq!(span.changed, note.stamp);
}

#[test]
fn an_edit_without_a_target_is_kept_and_has_no_effect() {
    let mut worker = Worker::new("amal", 10);
    let ghost = SpanId {
        edit: EditId::random(),
        place: 0,
    };
    let stamp = Stamp {
        time: worker.clock.tick(1),
        author: worker.me.clone(),
    };
    let change = LayerChange::SetNote(ghost, "?".into());
    worker
        .log
        .push(Arc::new(Edit::new(stamp, Change::Layer(key(), change))));
    assert_eq!(worker.log.edits().len(), 1);
    assert!(worker.log.history().undo(&worker.me).is_none());
    assert!(worker.log.state().is_empty());
}

#[test]
fn the_written_form_of_edits_is_pinned() {
    let id: EditId = "00112233445566778899aabbccddeeff".parse().unwrap();
    let stamp = Stamp {
        time: Time {
            millis: 1_795_507_200_250,
            counter: 0,
        },
        author: Annotator::new("أمل").unwrap(),
    };
    let fragments = Fragments::new(ByteRange::unchecked_order(0, 4)).unwrap();
    let change = LayerChange::Batch(vec![
        LayerChange::AddSpans(vec![SpanData::new(
            LabelId::new("PERSON").unwrap(),
            fragments,
        )]),
        LayerChange::SetStatus(Status::InProgress),
    ]);
    let edit = Edit {
        id,
        stamp,
        cause: Cause::Done,
        change: Change::Layer(key(), change),
    };
    let json = serde_json::to_string(&edit).unwrap();
    assert_eq!(
        json,
        format!(
            concat!(
                r#"{{"id":"00112233445566778899aabbccddeeff","#,
                r#""stamp":{{"time":"2026-11-24T08:00:00.250Z","author":"أمل"}},"cause":"Done","#,
                r#""change":{{"Layer":[{{"document":"{}","annotator":"amal"}},"#,
                r#"{{"Batch":[{{"AddSpans":[{{"label":"PERSON","fragments":[[0,4]]}}]}},"#,
                r#"{{"SetStatus":"InProgress"}}]}}]}}}}"#
            ),
            key().document
        )
    );
    assert_eq!(serde_json::from_str::<Edit>(&json).unwrap(), edit);
}

#[test]
fn a_relation_that_was_accepted_goes_with_its_decision() {
    let (mut home, mut work) = (Worker::new("amal", 10), Worker::new("amal", 20));
    for start in [0, 10] {
        let fragments = Fragments::new(ByteRange::unchecked_order(start, start + 4)).unwrap();
        let add = home.work(&Plan::Add(LabelId::new("PERSON").unwrap(), fragments));
        work.log.push(add.unwrap());
    }
    let decide = |worker: &mut Worker, accepted: bool| {
        let judgement = Judgement {
            relation: Some("denies".into()),
            ..judgement(0..2, Vec::new())
        };
        let mut changes = vec![LayerChange::Decide(Box::new(judgement))];
        if let (true, Some(from), Some(to)) = (accepted, worker.span(0), worker.span(1)) {
            let kind = "denies".to_owned();
            changes.push(LayerChange::AddRelation { kind, from, to });
        }
        worker.now += 1;
        let stamp = Stamp {
            time: worker.clock.tick(worker.now),
            author: worker.me.clone(),
        };
        let change = Change::Layer(key(), LayerChange::Batch(changes));
        worker.log.push(Arc::new(Edit::new(stamp, change)));
    };
    decide(&mut home, true);
    assert_eq!(home.log.state().relations().count(), 1);
    decide(&mut work, false);
    home.meet(&work);
    let state = home.log.state();
    assert_eq!((state.relations().count(), state.decision_count()), (0, 1));
    home.work(&Plan::Undo).unwrap();
    let state = home.log.state();
    assert_eq!((state.relations().count(), state.decision_count()), (1, 1));
}
