//! One transaction: texts, edits, and the rows derived from them, all or nothing.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use crate::{
    annotation::{DocumentId, TextHash, Time},
    edit::Edit,
};

use super::{
    StoreError,
    derive::{self, Incoming, Recent, Trouble},
    record,
};

/// What goes into the file together.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Edits, in the order in which documents shall stand in the list.
    pub edits: Vec<Arc<Edit>>,
    /// The texts of documents that the edits add; those that are there already may be left out.
    pub texts: Vec<(TextHash, Arc<str>)>,
}

/// What a commit did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// How many of the edits were not there before.
    pub edits: usize,
}

/// The one connection that writes.
#[derive(Debug)]
pub(super) struct Committer {
    connection: Connection,
    path: PathBuf,
    recent: Recent,
}

impl Committer {
    /// A committer on a connection to the project at `path`.
    pub(super) fn new(connection: Connection, path: &Path) -> Self {
        Self {
            connection,
            path: path.to_owned(),
            recent: Recent::default(),
        }
    }

    /// Brings a batch to the disk. When this returns, a power cut cannot undo it.
    pub(super) fn commit(&mut self, batch: &Batch) -> Result<Committed, StoreError> {
        let result = self.transact(batch);
        if result.is_err() {
            self.recent.clear();
        }
        result.map_err(|trouble| match trouble {
            Trouble::Sql(error) => StoreError::of(&self.path, error),
            Trouble::MissingText => StoreError::MissingText(self.path.clone()),
        })
    }

    fn transact(&mut self, batch: &Batch) -> Result<Committed, Trouble> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let lengths = put_texts(&transaction, &batch.texts)?;
        let incoming = put_edits(&transaction, &batch.edits)?;
        put_latest(&transaction, &incoming)?;
        let edits = incoming.len();
        derive::update(&transaction, incoming, &lengths, &mut self.recent)?;
        transaction.commit()?;
        Ok(Committed { edits })
    }

    /// Brings everything into the one file and lets go of it.
    pub(super) fn close(self) -> Result<(), StoreError> {
        // Another reader may keep part of the log in use; then the last to leave finishes this.
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))
            .and_then(|()| self.connection.close().map_err(|(_, error)| error))
            .map_err(|error| StoreError::of(&self.path, error))
    }

    /// The connection, when nothing more is to be committed.
    pub(super) fn into_connection(self) -> Connection {
        self.connection
    }

    #[cfg(test)]
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }
}

/// Puts texts in, giving their lengths in bytes.
fn put_texts(
    transaction: &Transaction<'_>,
    texts: &[(TextHash, Arc<str>)],
) -> rusqlite::Result<HashMap<TextHash, usize>> {
    let mut statement = transaction
        .prepare_cached("INSERT INTO texts (hash, body) VALUES (?, ?) ON CONFLICT DO NOTHING")?;
    texts
        .iter()
        .map(|(hash, text)| {
            statement.execute(params![hash.as_bytes(), text.as_bytes()])?;
            Ok((*hash, text.len()))
        })
        .collect()
}

/// Puts edits in, giving those that were not there.
fn put_edits(
    transaction: &Transaction<'_>,
    edits: &[Arc<Edit>],
) -> rusqlite::Result<Vec<Incoming>> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO edits (id, millis, counter, author, cause, of, document, annotator, format, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )?;
    let mut incoming = Vec::with_capacity(edits.len());
    let mut last: Option<(DocumentId, i64, bool)> = None;
    for edit in edits {
        let (cause, of) = record::cause(edit.cause);
        let scope = edit.change.scope();
        let (document, annotator) = record::scope(&scope);
        // The edits of a document come together.
        let again = last.filter(|(known, ..)| document == Some(known));
        let (number, fresh) = match (document, again) {
            (Some(id), None) => {
                let (number, fresh) = number_for(transaction, id)?;
                last = Some((*id, number, fresh));
                (Some(number), fresh)
            }
            (_, again) => (
                again.map(|(_, number, _)| number),
                again.is_some_and(|it| it.2),
            ),
        };
        let new = statement.execute(params![
            edit.id.to_bytes(),
            edit.stamp.time.millis.cast_signed(),
            edit.stamp.time.counter,
            edit.stamp.author.as_str(),
            cause,
            of,
            number,
            annotator,
            record::FORMAT,
            record::body(&edit.change)?,
        ])?;
        if new == 1 {
            let edit = Arc::clone(edit);
            incoming.push(Incoming {
                number,
                fresh,
                edit,
            });
        }
    }
    Ok(incoming)
}

/// The number of a document, given to it where no edit has named it yet, and whether it was.
fn number_for(transaction: &Transaction<'_>, id: &DocumentId) -> rusqlite::Result<(i64, bool)> {
    if let Some(number) = derive::number_of(transaction, id)? {
        return Ok((number, false));
    }
    transaction
        .prepare_cached("INSERT INTO subjects (id) VALUES (?)")?
        .execute([id.as_bytes()])?;
    Ok((transaction.last_insert_rowid(), true))
}

/// The latest time of all edits.
pub(super) fn latest(connection: &Connection) -> rusqlite::Result<Option<Time>> {
    connection
        .prepare_cached("SELECT millis, counter FROM latest")?
        .query_row((), |row| {
            Ok(Time {
                millis: row.get::<_, i64>(0)?.cast_unsigned(),
                counter: row.get(1)?,
            })
        })
        .optional()
}

fn put_latest(transaction: &Transaction<'_>, incoming: &[Incoming]) -> rusqlite::Result<()> {
    let Some(new) = incoming.iter().map(|one| one.edit.stamp.time).max() else {
        return Ok(());
    };
    if latest(transaction)?.is_none_or(|old| old < new) {
        transaction
            .prepare_cached("INSERT OR REPLACE INTO latest VALUES (0, ?, ?)")?
            .execute(params![new.millis.cast_signed(), new.counter])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use proptest::prelude::*;

    use super::*;
    use crate::{
        annotation::{Annotator, LabelId, SpanId, Status},
        edit::{Cause, Change, DocumentChange, LayerChange},
        store::{
            Store, check,
            sample::{add, adding, change, edits, id, project, span, stamp, tag},
        },
    };

    const TEXTS: [&str; 3] = ["خبر أول من المدينة", "خبر ثان", "ثالث"];

    /// An edit of a small world in which things meet often: three texts, two annotators, few times.
    fn edit() -> impl Strategy<Value = Edit> {
        let who = prop::sample::select(vec!["أمل", "منى"]);
        let text = prop::sample::select(TEXTS.to_vec());
        let label = prop::sample::select(vec!["PERSON", "CLAIM"]);
        (0_u64..6, who, text, label, 0_u8..13).prop_map(|(millis, who, text, label, kind)| {
            use DocumentChange as D;
            let document =
                |change| Edit::new(stamp(millis, who), Change::Document(id(text), change));
            let spans = vec![
                span(label, 0, 2),
                span(label, 2, 4 + 2 * (millis % 2) as usize),
            ];
            match kind {
                0 | 1 => add(millis, text),
                2 => document(D::Remove),
                3 => document(D::Restore),
                4 => document(D::SetTitle(format!("{label} {millis}"))),
                5 => document(D::SetMetadata("source".into(), None)),
                6 => document(D::SetMetadata(label.into(), Some(who.into()))),
                7 => document(D::Assign(Annotator::new(who).unwrap())),
                8 => document(D::Unassign(Annotator::new(who).unwrap())),
                9 => change(millis, text, who, LayerChange::SetStatus(Status::Done)),
                _ => change(millis, text, who, LayerChange::AddSpans(spans)),
            }
        })
    }

    /// Edits, some of which relabel or remove what others made, in any order.
    fn history() -> impl Strategy<Value = Vec<Edit>> {
        let edits = prop::collection::vec(edit(), 1..40);
        edits
            .prop_map(|mut edits| {
                let made: Vec<_> = edits
                    .iter()
                    .filter(|edit| {
                        matches!(edit.change, Change::Layer(_, LayerChange::AddSpans(_)))
                    })
                    .cloned()
                    .collect();
                for (n, first) in made.into_iter().enumerate() {
                    let Change::Layer(key, _) = &first.change else {
                        continue;
                    };
                    let at = SpanId {
                        edit: first.id,
                        place: 0,
                    };
                    let change = if n % 2 == 0 {
                        LayerChange::RemoveSpans(vec![at])
                    } else {
                        LayerChange::SetLabel(at, LabelId::new("CLAIM").unwrap())
                    };
                    let later = stamp(first.stamp.time.millis + 2, "منى");
                    edits.push(
                        Edit::new(later, Change::Layer(key.clone(), change))
                            .because(Cause::Undo(first.id)),
                    );
                }
                edits
            })
            .prop_shuffle()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn derived_rows_are_the_fold_in_any_order_and_any_batches(
            history in history(),
            cuts in prop::collection::vec(1_usize..8, 40),
        ) {
            let (_folder, path, mut store) = project();
            let mut rest = history.as_slice();
            for cut in cuts {
                let (now, later) = rest.split_at(cut.min(rest.len()));
                let mut batch = edits(now.iter().cloned());
                batch.texts = adding(&TEXTS).texts;
                let new = store.commit(&batch).unwrap();
                prop_assert_eq!(new.edits, now.len());
                // What came once changes nothing when it comes again.
                prop_assert_eq!(store.commit(&batch).unwrap().edits, 0);
                rest = later;
            }
            store.commit(&edits(rest.iter().cloned())).unwrap();
            let read = store.read();
            prop_assert_eq!(read.edit_count().unwrap(), history.len() as u64 + 1);
            let latest = history.iter().map(|edit| edit.stamp.time).max();
            prop_assert_eq!(read.latest_time().unwrap(), latest);
            store.close().unwrap();
            let report = check(&path, &mut |_| true).unwrap();
            prop_assert_eq!(report.problems, Vec::<String>::new());
        }
    }

    #[test]
    fn texts_survive_letter_by_letter() {
        let (_folder, path, mut store) = project();
        let odd = "a\0b\r\n\u{FEFF}\u{202E}نَصّ\u{2066}\u{E000}\u{10FFFF}";
        store.commit(&adding(&[odd, ""])).unwrap();
        store.close().unwrap();
        let store = Store::open(&path).unwrap();
        let documents = store.read().documents().unwrap();
        assert_eq!(documents[0].bytes, odd.len() as u64);
        for text in [odd, ""] {
            assert_eq!(&*store.read().text(&TextHash::of(text)).unwrap(), text);
        }
        let all = store.read().texts_in_order(0, usize::MAX).unwrap();
        assert_eq!(
            all.iter().map(|one| &*one.text).collect::<Vec<_>>(),
            [odd, ""]
        );
        let first = store.read().texts_in_order(0, 1).unwrap();
        assert_eq!(first.len(), 1);
        assert_eq!(
            store.read().texts_in_order(first[0].seq + 1, 1).unwrap()[0].id,
            id("")
        );
    }

    #[test]
    fn a_document_without_its_text_is_refused_whole() {
        let (_folder, _path, mut store) = project();
        let mut batch = adding(&TEXTS);
        batch.texts.pop();
        let error = store.commit(&batch).unwrap_err();
        assert!(matches!(error, StoreError::MissingText(_)), "{error}");
        assert_eq!(store.read().edit_count().unwrap(), 1);
        assert_eq!(store.read().document_count().unwrap(), 0);
        store.commit(&adding(&TEXTS)).unwrap();
        assert_eq!(store.read().document_count().unwrap(), 3);
    }

    #[test]
    fn a_full_disk_loses_nothing() {
        let (_folder, path, mut store) = project();
        store.commit(&adding(&["خبر"])).unwrap();
        store
            .commit(&edits([tag(2, "خبر", "منى", &[("PERSON", 0, 2)])]))
            .unwrap();
        let limit = |store: &Store, pages: i64| {
            let connection = store.connection().unwrap();
            connection
                .pragma_update(None, "max_page_count", pages)
                .unwrap();
        };
        limit(&store, 1);
        let large = "نص ".repeat(20_000);
        let mut batch = adding(&[&large]);
        batch
            .edits
            .push(Arc::new(tag(3, "خبر", "منى", &[("CLAIM", 2, 4)])));
        let error = store.commit(&batch).unwrap_err();
        assert!(matches!(error, StoreError::DiskFull(_)), "{error}");
        assert!(error.to_string().contains("مشروع.hashiya"), "{error}");
        assert_eq!(store.read().document_count().unwrap(), 1);
        limit(&store, 100_000);
        assert_eq!(store.commit(&batch).unwrap().edits, 2);
        store.close().unwrap();
        let report = check(&path, &mut |_| true).unwrap();
        assert_eq!(
            (report.problems, report.edits, report.documents),
            (vec![], 5, 2)
        );
    }
}
