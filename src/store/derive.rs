//! Keeps the derived rows equal to the folds of the edits, in the transaction that brings the
//! edits. New edits that are later than all others of their layer go onto the layer as it was last
//! seen; anything else folds the layer anew.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{
    annotation::{DocumentId, EditId, Layer, LayerKey, QuickHash, Stamp, TextHash},
    edit::{Edit, Fold as _, OfLayer, Scope},
};

use super::{document_row, layer_row::LayerRow, record};

/// An edit that came in.
#[derive(Clone, Debug)]
pub(super) struct Incoming {
    /// The number of the document that it names.
    pub(super) number: Option<i64>,
    /// Whether no edit that came before this batch names that document: nothing of it is in the file.
    pub(super) fresh: bool,
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
    fn apply(&mut self, edits: &mut [Arc<Edit>]) -> bool {
        edits.sort_by(|a, b| a.order().cmp(&b.order()));
        if let (Some((stamp, id)), Some(first)) = (&self.last, edits.first())
            && first.order() <= (stamp, *id)
        {
            return false;
        }
        for edit in edits.iter() {
            OfLayer::apply(&mut self.layer, edit);
        }
        if let Some(last) = edits.last() {
            self.last = Some((last.stamp.clone(), last.id));
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
    for Scoped {
        number,
        fresh,
        scope,
        edits,
    } in by_scope(incoming)
    {
        match (scope, number) {
            (Scope::Document(id), Some(number)) => {
                update_document(connection, (number, fresh), &id, edits, lengths)?;
            }
            (Scope::Layer(key), Some(number)) => {
                update_layer(connection, (number, fresh), key, edits, recent)?;
            }
            // The label set is small and folded by whoever wants it.
            _ => {}
        }
    }
    Ok(())
}

/// Edits of one scope that came in.
struct Scoped {
    number: Option<i64>,
    fresh: bool,
    scope: Scope,
    edits: Vec<Arc<Edit>>,
}

/// Edits by scope, in the order in which the scopes came, so that new rows go to the tables' ends.
fn by_scope(incoming: Vec<Incoming>) -> Vec<Scoped> {
    let mut places: HashMap<Scope, usize, QuickHash> = HashMap::default();
    let mut scopes: Vec<Scoped> = Vec::new();
    for Incoming {
        number,
        fresh,
        edit,
    } in incoming
    {
        let scope = edit.change.scope();
        let place = places.entry(scope.clone()).or_insert(scopes.len());
        match scopes.get_mut(*place) {
            Some(known) => known.edits.push(edit),
            None => scopes.push(Scoped {
                number,
                fresh,
                scope,
                edits: vec![edit],
            }),
        }
    }
    scopes
}

fn update_document(
    connection: &Connection,
    (number, fresh): (i64, bool),
    id: &DocumentId,
    mut edits: Vec<Arc<Edit>>,
    lengths: &HashMap<TextHash, usize>,
) -> Result<(), Trouble> {
    if !fresh && count_of_document(connection, number)? > edits.len() {
        edits = edits_of(connection, &Scope::Document(*id))?;
    }
    let Some(folded) = document_row::fold(number, &mut edits) else {
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

/// How many edits there are of a document itself.
fn count_of_document(connection: &Connection, number: i64) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("SELECT count(*) FROM edits WHERE document = ? AND annotator IS NULL")?
        .query_row([number], |row| row.get(0))
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
    (number, fresh): (i64, bool),
    key: LayerKey,
    mut edits: Vec<Arc<Edit>>,
    recent: &mut Recent,
) -> Result<(), Trouble> {
    let before = match recent.take(&key) {
        None if fresh || !has_row(connection, number, &key)? => Some(Seen::default()),
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
    LayerRow::of(key.document, &seen.layer).write(connection, number, &key)?;
    recent.keep(key, seen);
    Ok(())
}

/// Whether the layer had edits before: each has a row.
fn has_row(connection: &Connection, number: i64, key: &LayerKey) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM layers WHERE annotator = ? AND number = ?")?
        .exists(params![key.annotator.as_str(), number])
}

/// The number of a document that an edit has named.
pub(super) fn number_of(connection: &Connection, id: &DocumentId) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT number FROM subjects WHERE id = ?")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()
}

/// The edits of a scope, in the order in which they came in.
pub(super) fn edits_of(connection: &Connection, scope: &Scope) -> rusqlite::Result<Vec<Arc<Edit>>> {
    let (document, annotator) = record::scope(scope);
    let number = match document {
        Some(id) => match number_of(connection, id)? {
            Some(number) => Some(number),
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    let select = record::SELECT;
    let sql = format!("{select} WHERE document IS ? AND annotator IS ? ORDER BY seq");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![number, annotator], |row| {
        record::read(row).map(Arc::new)
    })?;
    rows.collect()
}
