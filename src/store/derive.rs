//! Keeps the derived rows equal to the folds of the edits, in the transaction that brings the
//! edits. New edits that are later than all others of their layer go onto the layer as it was last
//! seen; anything else folds the layer anew.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use rusqlite::{Connection, params};

use crate::{
    annotation::{DocumentId, EditId, Layer, LayerKey, Stamp, TextHash},
    edit::{Edit, Fold as _, OfLayer, Scope},
};

use super::{document_row, layer_row::LayerRow, record};

/// An edit that came in.
#[derive(Clone, Debug)]
pub(super) struct Incoming {
    /// Its place among those that came in.
    pub(super) seq: i64,
    /// The edit.
    pub(super) edit: Arc<Edit>,
}

/// Why rows could not be derived.
#[derive(Debug)]
pub(super) enum Trouble {
    /// SQLite says so.
    Sql(rusqlite::Error),
    /// A document's text is not there.
    MissingText,
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

/// A layer and the edit that it stands at.
#[derive(Debug, Default)]
struct Seen {
    layer: Layer,
    last: Option<(Stamp, EditId)>,
}

impl Seen {
    /// Applies edits, if they are all later than those before.
    fn apply(&mut self, edits: &mut [Incoming]) -> bool {
        edits.sort_by(|a, b| a.edit.order().cmp(&b.edit.order()));
        if let (Some((stamp, id)), Some(first)) = (&self.last, edits.first())
            && first.edit.order() <= (stamp, *id)
        {
            return false;
        }
        for incoming in edits.iter() {
            OfLayer::apply(&mut self.layer, &incoming.edit);
        }
        if let Some(last) = edits.last() {
            self.last = Some((last.edit.stamp.clone(), last.edit.id));
        }
        true
    }
}

/// The layers that were changed last, so that a key press does not fold thousands of edits anew.
#[derive(Debug, Default)]
pub(super) struct Recent(VecDeque<(LayerKey, Seen)>);

impl Recent {
    /// So many layers are kept.
    const KEPT: usize = 8;

    fn take(&mut self, key: &LayerKey) -> Option<Seen> {
        let at = self.0.iter().position(|(kept, _)| kept == key)?;
        self.0.remove(at).map(|(_, seen)| seen)
    }

    fn keep(&mut self, key: LayerKey, seen: Seen) {
        self.0.truncate(Self::KEPT - 1);
        self.0.push_front((key, seen));
    }

    /// Forgets them all: a transaction that failed may have left them ahead of the file.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Brings the derived rows up to the edits that came in. `lengths`: of texts that came with them,
/// in bytes.
pub(super) fn update(
    connection: &Connection,
    incoming: Vec<Incoming>,
    lengths: &HashMap<TextHash, usize>,
    recent: &mut Recent,
) -> Result<(), Trouble> {
    let mut scopes: HashMap<Scope, Vec<Incoming>> = HashMap::new();
    for one in incoming {
        scopes.entry(one.edit.change.scope()).or_default().push(one);
    }
    for (scope, edits) in scopes {
        match scope {
            // The label set is small and folded by whoever wants it.
            Scope::LabelSet => {}
            Scope::Document(id) => update_document(connection, &id, edits, lengths)?,
            Scope::Layer(key) => update_layer(connection, key, edits, recent)?,
        }
    }
    Ok(())
}

fn update_document(
    connection: &Connection,
    id: &DocumentId,
    mut edits: Vec<Incoming>,
    lengths: &HashMap<TextHash, usize>,
) -> Result<(), Trouble> {
    let known: usize = connection
        .prepare_cached("SELECT count(*) FROM edits WHERE document = ? AND annotator IS NULL")?
        .query_row([id.as_bytes()], |row| row.get(0))?;
    if known > edits.len() {
        edits = edits_of(connection, &Scope::Document(*id))?;
    }
    let Some(folded) = document_row::fold(&mut edits) else {
        return Ok(());
    };
    let hash = &folded.document.text;
    let bytes = match lengths.get(hash) {
        Some(bytes) => i64::try_from(*bytes).unwrap_or(i64::MAX),
        None => length_of(connection, hash)?.ok_or(Trouble::MissingText)?,
    };
    folded.write(connection, bytes)?;
    Ok(())
}

/// A text's length in bytes, where the text is there.
fn length_of(connection: &Connection, hash: &TextHash) -> rusqlite::Result<Option<i64>> {
    let mut statement =
        connection.prepare_cached("SELECT length(body) FROM texts WHERE hash = ?")?;
    let mut rows = statement.query([hash.as_bytes()])?;
    rows.next()?.map(|row| row.get(0)).transpose()
}

fn update_layer(
    connection: &Connection,
    key: LayerKey,
    mut edits: Vec<Incoming>,
    recent: &mut Recent,
) -> Result<(), Trouble> {
    let before = match recent.take(&key) {
        None if !has_row(connection, &key)? => Some(Seen::default()),
        before => before,
    };
    let after = before.and_then(|mut seen| seen.apply(&mut edits).then_some(seen));
    let seen = if let Some(seen) = after {
        seen
    } else {
        let mut seen = Seen::default();
        seen.apply(&mut edits_of(connection, &Scope::Layer(key.clone()))?);
        seen
    };
    LayerRow::of(key.document, &seen.layer).write(connection, &key)?;
    recent.keep(key, seen);
    Ok(())
}

/// Whether the layer had edits before: each has a row.
fn has_row(connection: &Connection, key: &LayerKey) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM layers WHERE annotator = ? AND document = ?")?
        .exists(params![key.annotator.as_str(), key.document.as_bytes()])
}

/// The edits of a scope, in the order in which they came in.
pub(super) fn edits_of(connection: &Connection, scope: &Scope) -> rusqlite::Result<Vec<Incoming>> {
    let (document, annotator) = match scope {
        Scope::LabelSet => (None, None),
        Scope::Document(id) => (Some(id.as_bytes()), None),
        Scope::Layer(key) => (Some(key.document.as_bytes()), Some(key.annotator.as_str())),
    };
    let columns = record::COLUMNS;
    let sql =
        format!("SELECT {columns} FROM edits WHERE document IS ? AND annotator IS ? ORDER BY seq");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![document, annotator], |row| {
        let (seq, edit) = record::read(row)?;
        let edit = Arc::new(edit);
        Ok(Incoming { seq, edit })
    })?;
    rows.collect()
}
