//! A record without edits (from a foreign file, or a dataset whose edits somebody took out) as edits:
//! one that adds the document, one a layer that holds all of the layer. What is there already is
//! left out, so that importing a file again changes nothing.

use std::collections::HashMap;

use crate::{
    annotation::{
        Annotator, EditId, Layer, LayerKey, QuickHash, SpanId, Stamp, Status, TextHash, Time,
    },
    edit::{Cause, Change, DocumentChange, Edit, LayerChange},
};

use super::{DocumentRecord, LayerRecord};

/// Who brings records in, and when.
pub struct Importer<'a> {
    /// Who is said to have added the documents. A layer's edit is its annotator's.
    pub author: Annotator,
    /// Gives a time for each edit, each later than the one before.
    pub clock: &'a mut dyn FnMut() -> Time,
    /// Gives each edit its id.
    pub ids: &'a mut dyn FnMut() -> EditId,
}

impl Importer<'_> {
    /// The edits that put a document into a project that does not have it: the record's own where
    /// it has some, else new ones.
    pub fn edits(&mut self, record: &DocumentRecord) -> Vec<std::sync::Arc<Edit>> {
        if !record.edits.is_empty() {
            return record.edits.clone();
        }
        let mut edits = self.document(record);
        for layer in &record.layers {
            edits.extend(self.layer(record, layer, &Layer::default()));
        }
        edits.into_iter().map(std::sync::Arc::new).collect()
    }

    /// The edits that add the document itself.
    pub fn document(&mut self, record: &DocumentRecord) -> Vec<Edit> {
        let add = DocumentChange::Add {
            title: record.title.clone(),
            text: TextHash::of(&record.text),
            metadata: record.metadata.clone(),
        };
        let assigned = record.assigned.iter().cloned().map(DocumentChange::Assign);
        let removed = record.removed.then_some(DocumentChange::Remove);
        let author = self.author.clone();
        [add]
            .into_iter()
            .chain(assigned)
            .chain(removed)
            .map(|change| self.edit(&author, Change::Document(record.id, change)))
            .collect()
    }

    /// The edit that adds to `present` what the record's layer has and it lacks; `None` if that is
    /// nothing.
    pub fn layer(
        &mut self,
        record: &DocumentRecord,
        layer: &LayerRecord,
        present: &Layer,
    ) -> Option<Edit> {
        let id = (self.ids)();
        let changes = changes(layer, present, id);
        if changes.is_empty() {
            return None;
        }
        let key = LayerKey {
            document: record.id,
            annotator: layer.annotator.clone(),
        };
        let change = Change::Layer(key, LayerChange::Batch(changes));
        Some(self.edit_with(id, &layer.annotator, change))
    }

    fn edit(&mut self, author: &Annotator, change: Change) -> Edit {
        let id = (self.ids)();
        self.edit_with(id, author, change)
    }

    fn edit_with(&mut self, id: EditId, author: &Annotator, change: Change) -> Edit {
        Edit {
            id,
            stamp: Stamp {
                time: (self.clock)(),
                author: author.clone(),
            },
            cause: Cause::Done,
            change,
        }
    }
}

/// The changes of edit `id` that add to `present` what `layer` has and it lacks.
fn changes(layer: &LayerRecord, present: &Layer, id: EditId) -> Vec<LayerChange> {
    let mut ids: HashMap<&str, SpanId, QuickHash> = HashMap::default();
    let mut new = Vec::with_capacity(layer.spans.len());
    for span in &layer.spans {
        let there = present.identical(&span.data.label, &span.data.fragments);
        let span_id = there.map_or_else(
            || {
                let place = u32::try_from(new.len()).unwrap_or(u32::MAX);
                new.push(span.data.clone());
                SpanId { edit: id, place }
            },
            |there| there.id,
        );
        if !layer.relations.is_empty() {
            ids.insert(&span.id, span_id);
        }
    }
    let mut changes = Vec::new();
    if !new.is_empty() {
        changes.push(LayerChange::AddSpans(new));
    }
    for relation in &layer.relations {
        let ends = (ids.get(&*relation.from), ids.get(&*relation.to));
        let (Some(&from), Some(&to)) = ends else {
            continue;
        };
        let kind = relation.kind.clone();
        let there = present
            .relations_of(from)
            .any(|r| r.from == from && r.to == to && r.kind == kind);
        if !there {
            changes.push(LayerChange::AddRelation { kind, from, to });
        }
    }
    if layer.status != Status::New && layer.status != present.status() {
        changes.push(LayerChange::SetStatus(layer.status));
    }
    changes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests")]

    use std::sync::Arc;

    use super::*;
    use crate::{
        annotation::{DocumentId, Fragments, LabelId, SpanData},
        edit::{DocumentLog, LayerLog},
        interchange::{RelationRecord, SpanRecord},
        text::ByteRange,
    };

    const TEXT: &str = "قال سيرغي إن الخبر غير صحيح";

    fn span(id: &str, label: &str, quoted: &str) -> SpanRecord {
        let start = TEXT.find(quoted).unwrap();
        let range = ByteRange::new(TEXT, start, start + quoted.len()).unwrap();
        let fragments = Fragments::checked(TEXT, [range]).unwrap();
        let data = SpanData::new(LabelId::new(label).unwrap(), fragments);
        SpanRecord::new(id.to_owned(), data)
    }

    fn record() -> DocumentRecord {
        let id = DocumentId::new(&TextHash::of(TEXT), 0);
        let mut record = DocumentRecord::new(id, TEXT.into());
        record.title = "عنوان".to_owned();
        record.assigned.insert(Annotator::new("amal").unwrap());
        let mut layer = LayerRecord::new(Annotator::new("amal").unwrap());
        layer.status = Status::Done;
        layer.spans = vec![
            span("1", "PERSON", "سيرغي"),
            span("2", "CLAIM", "الخبر غير صحيح"),
        ];
        layer.relations = vec![RelationRecord {
            id: "r".to_owned(),
            kind: "has_source".to_owned(),
            from: "2".to_owned(),
            to: "1".to_owned(),
        }];
        record.layers.push(layer);
        record
    }

    /// An importer whose times begin at `millis`.
    fn with_importer<T>(mut millis: u64, use_it: impl FnOnce(&mut Importer<'_>) -> T) -> T {
        use_it(&mut Importer {
            author: Annotator::new("importer").unwrap(),
            clock: &mut || {
                millis += 1;
                Time { millis, counter: 0 }
            },
            ids: &mut EditId::random,
        })
    }

    fn layer_of(edits: &[Arc<Edit>]) -> LayerLog {
        LayerLog::new(
            edits
                .iter()
                .filter(|edit| matches!(edit.change, Change::Layer(..)))
                .cloned(),
        )
    }

    #[test]
    fn the_edits_fold_to_the_record() {
        let record = record();
        let edits = with_importer(0, |importer| importer.edits(&record));
        let log = DocumentLog::new(
            edits
                .iter()
                .filter(|edit| matches!(edit.change, Change::Document(..)))
                .cloned(),
        );
        let document = log.state().present().unwrap();
        assert_eq!(document.title, "عنوان");
        assert_eq!(document.assigned, record.assigned);
        let layer = layer_of(&edits);
        assert_eq!(layer.edits().len(), 1, "a layer that comes in is one edit");
        let back = LayerRecord::of(Annotator::new("amal").unwrap(), layer.state());
        assert_eq!(back.status, Status::Done);
        let data = |layer: &LayerRecord| -> Vec<SpanData> {
            layer.spans.iter().map(|span| span.data.clone()).collect()
        };
        assert_eq!(data(&back), data(&record.layers[0]));
        assert_eq!(back.relations.len(), 1);
        assert_eq!(back.relations[0].from, back.spans[1].id);
    }

    #[test]
    fn what_is_there_is_not_added_again() {
        let mut record = record();
        let edits = with_importer(0, |importer| importer.edits(&record));
        let log = layer_of(&edits);
        let again = with_importer(100, |importer| {
            importer.layer(&record, &record.layers[0], log.state())
        });
        assert_eq!(again, None);

        record.layers[0].spans.push(span("3", "LOCATION", "قال"));
        record.layers[0].relations.push(RelationRecord {
            id: "s".to_owned(),
            kind: "same_as".to_owned(),
            from: "3".to_owned(),
            to: "1".to_owned(),
        });
        let more = with_importer(100, |importer| {
            importer.layer(&record, &record.layers[0], log.state())
        });
        let mut log = layer_of(&edits);
        log.push(Arc::new(more.unwrap()));
        assert_eq!(log.state().len(), 3);
        assert_eq!(log.state().relations().count(), 2);
    }
}
