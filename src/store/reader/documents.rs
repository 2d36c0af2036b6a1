//! The list of documents, and what is known of one.

use memchr::memmem;

use crate::{
    annotation::{Annotator, Document, DocumentId},
    store::{StoreError, document_row, record},
};

use super::Reader;

/// A document in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its place in the order of import; greater than that of the document before.
    pub seq: i64,
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// The length of its text, in bytes.
    pub bytes: u64,
}

/// Whether a document is in the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It never was.
    Unknown,
    /// It was taken out of the list.
    Removed,
    /// It is in the list.
    Present,
}

impl Reader {
    /// The list, in the order of import.
    pub fn documents(&self) -> Result<Vec<DocumentRow>, StoreError> {
        let sql =
            "SELECT number, id, title, bytes FROM documents WHERE NOT removed ORDER BY number";
        self.rows(sql, (), document_row)
    }

    /// What the list says, or would say, of one document: it may have been taken out.
    pub fn document_row(&self, id: &DocumentId) -> Result<Option<DocumentRow>, StoreError> {
        let sql = "SELECT number, id, title, bytes FROM documents
                   WHERE number = (SELECT number FROM subjects WHERE id = ?)";
        let rows = self.rows(sql, [id.as_bytes()], document_row)?;
        Ok(rows.into_iter().next())
    }

    /// How many documents are in the list.
    pub fn document_count(&self) -> Result<usize, StoreError> {
        self.value("SELECT count(*) FROM documents WHERE NOT removed")
    }

    /// A document of the list.
    pub fn document(&self, id: &DocumentId) -> Result<Option<Document>, StoreError> {
        let found = self.run(|connection| document_row::find(connection, id))?;
        Ok(found
            .filter(|found| !found.removed)
            .map(|found| found.document))
    }

    /// Whether a document is in the project.
    pub fn presence(&self, id: &DocumentId) -> Result<Presence, StoreError> {
        let sql = "SELECT removed FROM documents
                   WHERE number = (SELECT number FROM subjects WHERE id = ?)";
        let removed = self.rows(sql, [id.as_bytes()], |row| row.get(0))?;
        Ok(match removed.first() {
            None => Presence::Unknown,
            Some(true) => Presence::Removed,
            Some(false) => Presence::Present,
        })
    }

    /// The documents in one of whose values of metadata `needle` stands, in the order of import,
    /// documents that were taken out of the list included. Compared as the find bar compares.
    pub fn filter_metadata(&self, needle: &str) -> Result<Vec<DocumentId>, StoreError> {
        let needle = document_row::folded(needle);
        if needle.is_empty() {
            return Ok(Vec::new());
        }
        let finder = memmem::Finder::new(needle.as_bytes());
        let sql = "SELECT folded, id FROM metadata ORDER BY number";
        let found = self.rows(sql, (), |row| {
            let holds = finder.find(row.get_ref(0)?.as_bytes()?).is_some();
            holds.then(|| record::document_id(row, 1)).transpose()
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The documents of the list on which there are comments, in the order of import, with how many threads are not
    /// settled.
    pub fn discussed(&self) -> Result<Vec<(DocumentId, usize)>, StoreError> {
        let sql =
            "SELECT id, open FROM documents WHERE threads > 0 AND NOT removed ORDER BY number";
        self.rows(sql, (), |row| {
            Ok((record::document_id(row, 0)?, row.get(1)?))
        })
    }

    /// Who is to annotate each document of the list that somebody is to annotate.
    pub fn assignments(&self) -> Result<Vec<(DocumentId, Vec<Annotator>)>, StoreError> {
        let sql = "SELECT id, assigned FROM documents
                   WHERE assigned IS NOT NULL AND NOT removed ORDER BY number";
        self.rows(sql, (), |row| {
            let names = row.get_ref(1)?.as_str()?.lines();
            let names = names.filter_map(|name| Annotator::new(name).ok());
            Ok((record::document_id(row, 0)?, names.collect()))
        })
    }

    /// The documents of the list that `annotator` is to annotate, in the order of import. Those
    /// that are assigned to nobody are not among them.
    pub fn assigned_to(&self, annotator: &Annotator) -> Result<Vec<DocumentId>, StoreError> {
        let sql = "SELECT id, assigned FROM documents
                   WHERE assigned IS NOT NULL AND NOT removed ORDER BY number";
        let found = self.rows(sql, (), |row| {
            let mut names = row.get_ref(1)?.as_str()?.lines();
            let id = record::document_id(row, 0)?;
            Ok(names.any(|name| name == annotator.as_str()).then_some(id))
        })?;
        Ok(found.into_iter().flatten().collect())
    }
}

fn document_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        seq: row.get(0)?,
        id: record::document_id(row, 1)?,
        title: row.get(2)?,
        bytes: row.get(3)?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::{
        edit::{Change, DocumentChange, Edit},
        store::sample::{adding, edits, id, project, stamp},
    };

    fn change(millis: u64, text: &str, change: DocumentChange) -> Edit {
        Edit::new(stamp(millis, "أمل"), Change::Document(id(text), change))
    }

    #[test]
    fn the_list_is_in_the_order_of_import_without_what_was_taken_out() {
        let (_folder, _path, mut store) = project();
        store.commit(&adding(&["ج", "ب", "ا"])).unwrap();
        store
            .commit(&edits([change(9, "ب", DocumentChange::Remove)]))
            .unwrap();
        let titles = |store: &crate::store::Store| {
            let rows = store.read().documents().unwrap();
            rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(&store), ["ج", "ا"]);
        assert_eq!(store.read().document(&id("ب")).unwrap(), None);
        assert_eq!(store.read().presence(&id("ب")).unwrap(), Presence::Removed);
        assert_eq!(store.read().presence(&id("د")).unwrap(), Presence::Unknown);
        let row = |text: &str| store.read().document_row(&id(text)).unwrap();
        assert_eq!(row("ب").map(|row| row.title).as_deref(), Some("ب"));
        assert_eq!(row("د"), None);
        store
            .commit(&edits([change(10, "ب", DocumentChange::Restore)]))
            .unwrap();
        assert_eq!(titles(&store), ["ج", "ب", "ا"]);
        assert_eq!(store.read().presence(&id("ب")).unwrap(), Presence::Present);
    }

    #[test]
    fn metadata_is_found_as_the_find_bar_finds() {
        let (_folder, _path, mut store) = project();
        store.commit(&adding(&["أ", "ب"])).unwrap();
        let value = Some("وكالة الأنباءِ".to_owned());
        let set = DocumentChange::SetMetadata("agency".into(), value);
        store.commit(&edits([change(9, "ب", set)])).unwrap();
        let found = |needle| store.read().filter_metadata(needle).unwrap();
        assert_eq!(found("الانباء"), [id("ب")]);
        assert_eq!(found("مصدر"), [id("أ"), id("ب")]);
        assert_eq!(found("agency"), []);
        assert_eq!(found("ً"), []);
    }

    #[test]
    fn assignments_are_found_by_name() {
        let (_folder, _path, mut store) = project();
        store.commit(&adding(&["أ", "ب", "ج"])).unwrap();
        let (mona, amal) = (
            Annotator::new("منى").unwrap(),
            Annotator::new("أمل").unwrap(),
        );
        let assign = |millis, text, who: &Annotator| {
            change(millis, text, DocumentChange::Assign(who.clone()))
        };
        let all = [
            assign(5, "ج", &mona),
            assign(6, "أ", &mona),
            assign(7, "أ", &amal),
        ];
        store.commit(&edits(all)).unwrap();
        assert_eq!(store.read().assigned_to(&mona).unwrap(), [id("أ"), id("ج")]);
        assert_eq!(store.read().assigned_to(&amal).unwrap(), [id("أ")]);
    }
}
