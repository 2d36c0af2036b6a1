//! An edit as a row: what its columns hold, and the JSON of its body. The tests pin format 1 letter
//! by letter. If the model comes to write something else, that is format 2, and this file keeps
//! reading format 1.

use rusqlite::{Row, types::Type};
use serde::de::DeserializeOwned;

use crate::{
    annotation::{Annotator, DocumentId, EditId, LayerKey, Stamp, TextHash, Time},
    edit::{Cause, Change, Edit, Scope},
};

/// The format of bodies that this program writes.
pub(super) const FORMAT: i64 = 1;

/// The columns that [`read`] wants, in its order, and where they come from.
pub(super) const SELECT: &str = "SELECT seq, edits.id, millis, counter, author, cause, of, \
     subjects.id, annotator, format, body, document \
     FROM edits LEFT JOIN subjects ON subjects.number = edits.document";

/// The body of a change. What it changes stands in columns of their own.
pub(super) fn body(change: &Change) -> rusqlite::Result<String> {
    match change {
        Change::LabelSet(change) => serde_json::to_string(change),
        Change::Document(_, change) => serde_json::to_string(change),
        Change::Layer(_, change) => serde_json::to_string(change),
    }
    .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// What `cause` holds, and `of`.
pub(super) fn cause(cause: Cause) -> (i64, Option<[u8; 16]>) {
    match cause {
        Cause::Done => (0, None),
        Cause::Undo(of) => (1, Some(of.to_bytes())),
        Cause::Redo(of) => (2, Some(of.to_bytes())),
    }
}

/// The document and the annotator that a scope names.
pub(super) fn scope(scope: &Scope) -> (Option<&DocumentId>, Option<&str>) {
    match scope {
        Scope::LabelSet => (None, None),
        Scope::Document(id) => (Some(id), None),
        Scope::Layer(key) => (Some(&key.document), Some(key.annotator.as_str())),
    }
}

/// An edit as its row says it.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Edit> {
    let seq: i64 = row.get(0)?;
    let bad =
        |column: usize, error: &dyn std::fmt::Display| bad(column, format!("edit {seq}: {error}"));
    let millis: i64 = row.get(2)?;
    let time = Time {
        millis: millis.cast_unsigned(),
        counter: row.get(3)?,
    };
    let author = name(row, 4)?;
    let cause = match row.get(5)? {
        0 => Cause::Done,
        1 => Cause::Undo(EditId::from_bytes(row.get(6)?)),
        2 => Cause::Redo(EditId::from_bytes(row.get(6)?)),
        other => return Err(bad(5, &format!("unknown cause {other}"))),
    };
    let format: i64 = row.get(9)?;
    if format != FORMAT {
        return Err(bad(9, &format!("unknown format {format}")));
    }
    let change = change(&scope_of(row)?, row.get_ref(10)?.as_str()?).map_err(|e| bad(10, &e))?;
    Ok(Edit {
        id: EditId::from_bytes(row.get(1)?),
        stamp: Stamp { time, author },
        cause,
        change,
    })
}

/// The scope that columns 7 and 8 name.
fn scope_of(row: &Row<'_>) -> rusqlite::Result<Scope> {
    let Some(document) = row.get::<_, Option<[u8; 16]>>(7)? else {
        return match row.get::<_, Option<i64>>(11)? {
            None => Ok(Scope::LabelSet),
            Some(number) => Err(bad(11, format!("document {number} is unknown"))),
        };
    };
    let document = DocumentId::from_bytes(document);
    if row.get_ref(8)?.as_str_or_null()?.is_none() {
        return Ok(Scope::Document(document));
    }
    let annotator = name(row, 8)?;
    Ok(Scope::Layer(LayerKey {
        document,
        annotator,
    }))
}

fn change(scope: &Scope, body: &str) -> Result<Change, serde_json::Error> {
    fn json<T: DeserializeOwned>(body: &str) -> Result<T, serde_json::Error> {
        serde_json::from_str(body)
    }
    Ok(match scope {
        Scope::LabelSet => Change::LabelSet(json(body)?),
        Scope::Document(id) => Change::Document(*id, json(body)?),
        Scope::Layer(key) => Change::Layer(key.clone(), json(body)?),
    })
}

/// A row that no Hashiya wrote.
pub(super) fn bad(
    column: usize,
    detail: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, detail.into())
}

/// The annotator that a column names.
pub(super) fn name(row: &Row<'_>, column: usize) -> rusqlite::Result<Annotator> {
    let written = row.get_ref(column)?.as_str()?;
    Annotator::new(written).map_err(|error| bad(column, error))
}

/// The document that a column names.
pub(super) fn document_id(row: &Row<'_>, column: usize) -> rusqlite::Result<DocumentId> {
    row.get(column).map(DocumentId::from_bytes)
}

/// The text that a column names.
pub(super) fn text_hash(row: &Row<'_>, column: usize) -> rusqlite::Result<TextHash> {
    row.get(column).map(TextHash::from_bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        annotation::{
            About, Comment, Decision, DecisionId, DisplayName, Fragments, Judgement, LabelFate,
            LabelId, LabelSet, Relation, RelationId, Source, Span, SpanData, SpanId, Status,
            Verdict,
        },
        edit::{DocumentChange, LabelField, LabelSetChange, LayerChange},
        store::sample::{id, key, span, stamp},
        text::ByteRange,
    };

    /// The change is written as `golden`, and `golden` is read as the change.
    fn pinned(change: &Change, golden: &str) {
        assert_eq!(body(change).unwrap(), golden);
        assert_eq!(super::change(&change.scope(), golden).unwrap(), *change);
    }

    fn edit(byte: u8) -> EditId {
        EditId::from_bytes([byte; 16])
    }

    fn span_id(byte: u8, place: u32) -> SpanId {
        SpanId {
            edit: edit(byte),
            place,
        }
    }

    #[test]
    fn changes_of_layers_are_written_so() {
        use LayerChange as C;
        let ab = "abababababababababababababababab";
        let layer = |change, golden: &str| {
            pinned(
                &Change::Layer(key("خبر", "منى"), change),
                &golden.replace('@', ab),
            );
        };
        let ranges = [(8, 12), (0, 4)].map(|(a, b)| ByteRange::unchecked_order(a, b).unwrap());
        let rich = SpanData {
            fragments: Fragments::new(ranges).unwrap(),
            attributes: BTreeMap::from([("polarity".into(), "negative".into())]),
            note: "انظر «الفقرة»".into(),
            ..span("CLAIM", 0, 4)
        };
        layer(
            C::AddSpans(vec![span("PERSON", 0, 4), rich]),
            r#"{"AddSpans":[{"label":"PERSON","fragments":[[0,4]]},{"label":"CLAIM","fragments":[[0,4],[8,12]],"attributes":{"polarity":"negative"},"note":"انظر «الفقرة»"}]}"#,
        );
        let at = span_id(0xAB, 3);
        layer(C::RemoveSpans(vec![at]), r#"{"RemoveSpans":["@.3"]}"#);
        let whole = Span {
            id: at,
            data: span("PERSON", 2, 4),
            made: stamp(0, "منى"),
            changed: stamp(1_795_507_200_250, "منى"),
        };
        let relation = Relation {
            id: RelationId {
                edit: edit(0xAB),
                place: 0,
            },
            kind: "has_source".into(),
            from: at,
            to: span_id(0xAB, 4),
        };
        layer(
            C::Restore(vec![whole], vec![relation]),
            r#"{"Restore":[[{"id":"@.3","data":{"label":"PERSON","fragments":[[2,4]]},"made":{"time":"1970-01-01T00:00:00.000Z","author":"منى"},"changed":{"time":"2026-11-24T08:00:00.250Z","author":"منى"}}],[{"id":"@.0","kind":"has_source","from":"@.3","to":"@.4"}]]}"#,
        );
        layer(
            C::SetLabel(at, LabelId::new("CLAIM").unwrap()),
            r#"{"SetLabel":["@.3","CLAIM"]}"#,
        );
        layer(
            C::SetFragments(at, span("X", 1, 2).fragments),
            r#"{"SetFragments":["@.3",[[1,2]]]}"#,
        );
        layer(
            C::SetAttribute(at, "a".into(), Some("ب".into())),
            r#"{"SetAttribute":["@.3","a","ب"]}"#,
        );
        layer(
            C::SetAttribute(at, "a".into(), None),
            r#"{"SetAttribute":["@.3","a",null]}"#,
        );
        layer(
            C::SetNote(at, "a\nb".into()),
            r#"{"SetNote":["@.3","a\nb"]}"#,
        );
        let (kind, to) = ("r".to_owned(), span_id(0xAB, 4));
        layer(
            C::AddRelation { kind, from: at, to },
            r#"{"AddRelation":{"kind":"r","from":"@.3","to":"@.4"}}"#,
        );
        let relation = RelationId {
            edit: edit(0xAB),
            place: 9,
        };
        layer(C::RemoveRelation(relation), r#"{"RemoveRelation":"@.9"}"#);
        for (status, name) in [
            (Status::New, "New"),
            (Status::InProgress, "InProgress"),
            (Status::Done, "Done"),
        ] {
            layer(
                C::SetStatus(status),
                &format!(r#"{{"SetStatus":"{name}"}}"#),
            );
        }
        layer(
            C::Batch(vec![C::SetStatus(Status::Done), C::AddSpans(vec![])]),
            r#"{"Batch":[{"SetStatus":"Done"},{"AddSpans":[]}]}"#,
        );
    }

    #[test]
    fn decisions_are_written_so() {
        use LayerChange as C;
        let hex = "abababababababababababababababab";
        let layer = |change, golden: &str| {
            let golden = golden.replace('@', hex);
            pinned(&Change::Layer(key("خبر", "منى"), change), &golden);
        };
        let (span_at, yusuf) = (span_id(0xAB, 3), Annotator::new("يوسف").unwrap());
        let source = |accepted, said| Source {
            annotator: yusuf.clone(),
            span: span_at,
            accepted,
            said,
        };
        let plain = Judgement {
            verdict: Verdict::Undecided,
            sources: vec![source(true, None)],
            without: Vec::new(),
            spans: Vec::new(),
            relation: None,
            reason: String::new(),
            note: String::new(),
        };
        layer(
            C::Decide(Box::new(plain.clone())),
            r#"{"Decide":{"verdict":"Undecided","sources":[{"annotator":"يوسف","span":"@.3","accepted":true}]}}"#,
        );
        let rich = Judgement {
            verdict: Verdict::Edited,
            sources: vec![source(false, Some(span("CLAIM", 0, 2)))],
            without: vec![yusuf.clone()],
            spans: vec![span("PERSON", 0, 4)],
            relation: Some("denies".into()),
            reason: "r".into(),
            note: "ن".into(),
        };
        let golden = r#"{"verdict":"Edited","sources":[{"annotator":"يوسف","span":"@.3","accepted":false,"said":{"label":"CLAIM","fragments":[[0,2]]}}],"without":["يوسف"],"spans":[{"label":"PERSON","fragments":[[0,4]]}],"relation":"denies","reason":"r","note":"ن"}"#;
        layer(
            C::Decide(Box::new(rich.clone())),
            &format!(r#"{{"Decide":{golden}}}"#),
        );
        let id = DecisionId {
            edit: edit(0xAB),
            place: 1,
        };
        layer(C::Withdraw(id), r#"{"Withdraw":"@.1"}"#);
        let decision = Decision {
            id,
            stamp: stamp(0, "منى"),
            judgement: rich,
            made: vec![span_at],
        };
        layer(
            C::Reinstate(Box::new(decision)),
            &format!(
                r#"{{"Reinstate":{{"id":"@.1","stamp":{{"time":"1970-01-01T00:00:00.000Z","author":"منى"}},"judgement":{golden},"made":["@.3"]}}}}"#
            ),
        );
        for (verdict, name) in [
            (Verdict::Agreed, "Agreed"),
            (Verdict::Accepted, "Accepted"),
            (Verdict::Rejected, "Rejected"),
        ] {
            let judgement = Judgement {
                verdict,
                ..plain.clone()
            };
            let golden = r#"{"Decide":{"verdict":"%","sources":[{"annotator":"يوسف","span":"@.3","accepted":true}]}}"#;
            layer(C::Decide(Box::new(judgement)), &golden.replace('%', name));
        }
    }

    #[test]
    fn comments_are_written_so() {
        use DocumentChange as C;
        let hex = "abababababababababababababababab";
        let document = |change, golden: &str| {
            pinned(
                &Change::Document(id("خبر"), change),
                &golden.replace('@', hex),
            );
        };
        let about = About::Span {
            annotator: Annotator::new("منى").unwrap(),
            span: span_id(0xAB, 3),
            quote: "خبر".into(),
        };
        document(
            C::Say {
                thread: None,
                about: About::Document,
                text: "لماذا؟".into(),
            },
            r#"{"Say":{"about":"Document","text":"لماذا؟"}}"#,
        );
        document(
            C::Say {
                thread: Some(edit(0xAB)),
                about: about.clone(),
                text: "a".into(),
            },
            r#"{"Say":{"thread":"@","about":{"Span":{"annotator":"منى","span":"@.3","quote":"خبر"}},"text":"a"}}"#,
        );
        document(C::Unsay(edit(0xAB)), r#"{"Unsay":"@"}"#);
        document(C::Resolve(edit(0xAB), true), r#"{"Resolve":["@",true]}"#);
        let comment = Comment {
            id: edit(0xAB),
            stamp: stamp(0, "منى"),
            text: "a".into(),
        };
        document(
            C::SayAgain {
                thread: edit(0xAB),
                about: About::Document,
                comment,
                resolved: true,
            },
            r#"{"SayAgain":{"thread":"@","about":"Document","comment":{"id":"@","stamp":{"time":"1970-01-01T00:00:00.000Z","author":"منى"},"text":"a"},"resolved":true}}"#,
        );
    }

    #[test]
    fn changes_of_documents_are_written_so() {
        use DocumentChange as C;
        let document = |change, golden: &str| pinned(&Change::Document(id("خبر"), change), golden);
        let hash = TextHash::from_bytes([0xCD; 32]);
        let hex = "cd".repeat(32);
        document(
            C::Add {
                title: "عنوان".into(),
                text: hash,
                metadata: BTreeMap::from([("id".into(), "7".into())]),
            },
            &format!(r#"{{"Add":{{"title":"عنوان","text":"{hex}","metadata":{{"id":"7"}}}}}}"#),
        );
        document(
            C::Add {
                title: String::new(),
                text: hash,
                metadata: BTreeMap::new(),
            },
            &format!(r#"{{"Add":{{"title":"","text":"{hex}"}}}}"#),
        );
        document(C::Remove, r#""Remove""#);
        document(C::Restore, r#""Restore""#);
        document(C::SetTitle("جديد".into()), r#"{"SetTitle":"جديد"}"#);
        document(
            C::SetMetadata("a".into(), None),
            r#"{"SetMetadata":["a",null]}"#,
        );
        let who = Annotator::new("منى").unwrap();
        document(C::Assign(who.clone()), r#"{"Assign":"منى"}"#);
        document(C::Unassign(who), r#"{"Unassign":"منى"}"#);
    }

    #[test]
    fn changes_of_the_label_set_are_written_so() {
        use LabelSetChange as C;
        let labels = |change, golden: &str| pinned(&Change::LabelSet(change), golden);
        let label = LabelId::new("A").unwrap();
        let set = |field| C::Set(label.clone(), field);
        let made = LabelSet::default().new_label("A").unwrap();
        let golden = r##"{"id":"A","name":"A","display":{"en":"","ar":""},"color":{"light":"#0063A6","dark":"#6CB4F0"},"hotkey":"A","mark":"Solid","kind":"Entity","guide":"","parent":null,"attributes":[],"fate":"Active"}"##;
        labels(
            C::Add(Box::new(made), None),
            &format!(r#"{{"Add":[{golden},null]}}"#),
        );
        labels(C::Drop(label.clone()), r#"{"Drop":"A"}"#);
        labels(
            C::Move(label.clone(), Some(label.clone())),
            r#"{"Move":["A","A"]}"#,
        );
        labels(
            set(LabelField::Name("B".into())),
            r#"{"Set":["A",{"Name":"B"}]}"#,
        );
        labels(
            set(LabelField::Hotkey(None)),
            r#"{"Set":["A",{"Hotkey":null}]}"#,
        );
        let display = DisplayName {
            en: "e".into(),
            ar: "ع".into(),
        };
        labels(
            set(LabelField::Display(display)),
            r#"{"Set":["A",{"Display":{"en":"e","ar":"ع"}}]}"#,
        );
        labels(
            set(LabelField::Fate(LabelFate::Retired)),
            r#"{"Set":["A",{"Fate":"Retired"}]}"#,
        );
        labels(
            set(LabelField::Fate(LabelFate::MergedInto(label.clone()))),
            r#"{"Set":["A",{"Fate":{"MergedInto":"A"}}]}"#,
        );
        labels(C::DropAttribute("a".into()), r#"{"DropAttribute":"a"}"#);
        labels(
            C::DropRelationType("a".into()),
            r#"{"DropRelationType":"a"}"#,
        );
        let empty = r#"{"labels":[],"attributes":[],"relation_types":[]}"#;
        labels(C::Adopt(Box::default()), &format!(r#"{{"Adopt":{empty}}}"#));
        labels(
            C::Replace(Box::default()),
            &format!(r#"{{"Replace":{empty}}}"#),
        );
        labels(
            C::Batch(vec![C::Drop(label)]),
            r#"{"Batch":[{"Drop":"A"}]}"#,
        );
    }

    #[test]
    fn every_undo_in_a_row_names_what_it_undoes() {
        assert_eq!(cause(Cause::Done), (0, None));
        assert_eq!(cause(Cause::Undo(edit(1))), (1, Some([1; 16])));
        assert_eq!(cause(Cause::Redo(edit(2))), (2, Some([2; 16])));
    }
}
