//! One document, or what belongs to none, into the project.

use std::{path::Path, sync::Arc};

use crate::{
    annotation::{DocumentId, EditId, LabelSet, LayerKey, TextHash},
    edit::{Change, DocumentChange, Edit, LayerLog, Word, conflicts},
    interchange::{self, DatasetHead, DocumentRecord, Format, SOURCE_ENCODING, SOURCE_FILE, Shape},
    store::{Presence, StoreError},
};

use super::{
    super::super::{Conflict, Saying},
    Commits, HELD_BYTES, Import, now,
};

/// How many graphemes of a text are quoted.
const QUOTE: usize = 40;

/// A place in a file.
type Place<'p> = (&'p Path, Option<usize>);

impl Import<'_> {
    /// Brings in a document.
    pub(super) fn document(
        &mut self,
        place: Place<'_>,
        format: &Format,
        record: &DocumentRecord,
    ) -> Result<(), StoreError> {
        self.notes(place, record);
        if format.shape == Shape::Files {
            self.note_twin(place, record);
        }
        let presence = self.presence(&record.id)?;
        let edits = self.edits(record, presence)?;
        for edit in &edits {
            self.clock.observe(edit.stamp.time);
        }
        self.done.edits += edits.len();
        match presence {
            Presence::Unknown => self.done.new += 1,
            Presence::Present | Presence::Removed => self.done.known += 1,
        }
        if presence == Presence::Removed && !edits.is_empty() && !record.removed {
            self.told(place, record, "was taken out of the list, and is back");
        }
        let first = self.done.first.is_none();
        if first {
            self.done.first = Some(record.id);
        }
        if presence == Presence::Unknown {
            self.waiting
                .text(record.id, hash_of(record, &edits), &record.text);
        }
        self.waiting.document(record.id, edits);
        if self.commits.is_none() {
            self.hold();
            return Ok(());
        }
        if self.options.atomic {
            return Ok(());
        }
        // The first document is shown while the others come in.
        if first || self.waiting.is_full() {
            self.flush()?;
        }
        if first {
            self.wait()?;
            (self.first)(record.id);
        }
        Ok(())
    }

    fn presence(&self, id: &DocumentId) -> Result<Presence, StoreError> {
        match self.there.presence(id)? {
            Presence::Unknown if self.waiting.has(id) => Ok(Presence::Present),
            there => Ok(there),
        }
    }

    /// The edits that bring a record in.
    fn edits(
        &mut self,
        record: &DocumentRecord,
        presence: Presence,
    ) -> Result<Vec<Arc<Edit>>, StoreError> {
        let Self {
            clock,
            there,
            options,
            waiting,
            ..
        } = self;
        for edit in &record.edits {
            clock.observe(edit.stamp.time);
        }
        let mut importer = interchange::Importer {
            author: options.author.clone(),
            clock: &mut || clock.tick(now()),
            ids: &mut EditId::random,
        };
        if presence == Presence::Unknown {
            return Ok(importer.edits(record));
        }
        if !record.edits.is_empty() {
            let mut new = Vec::new();
            for edit in &record.edits {
                if !there.has_edit(edit.id)? && !waiting.has_edit(edit.id) {
                    new.push(Arc::clone(edit));
                }
            }
            self.note_conflicts(record, &new)?;
            return Ok(new);
        }
        let mut edits: Vec<Arc<Edit>> = Vec::new();
        if presence == Presence::Removed && !record.removed {
            let back = importer.document(record);
            edits.extend(back.into_iter().map(Arc::new));
        }
        for layer in &record.layers {
            let key = LayerKey {
                document: record.id,
                annotator: layer.annotator.clone(),
            };
            let mut log: LayerLog = there.layer_log(&key)?;
            log.extend(waiting.layer(&key));
            let new = importer.layer(record, layer, log.state());
            edits.extend(new.map(Arc::new));
        }
        Ok(edits)
    }

    /// Tells where what comes in of a layer, and what is here already, say different things.
    fn note_conflicts(
        &mut self,
        record: &DocumentRecord,
        new: &[Arc<Edit>],
    ) -> Result<(), StoreError> {
        let mut keys: Vec<&LayerKey> = new.iter().filter_map(layer_of).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let mut log: LayerLog = self.there.layer_log(key)?;
            log.extend(self.waiting.layer(key));
            let of_layer = |edit: &&Arc<Edit>| layer_of(edit) == Some(key);
            let theirs: Vec<_> = record.edits.iter().filter(of_layer).cloned().collect();
            let found = conflicts(log.edits(), &theirs);
            if found.is_empty() {
                continue;
            }
            let there = LayerLog::new(theirs);
            for between in found {
                let span = between.about.span();
                let span =
                    span.and_then(|id| log.state().get(id).or_else(|| there.state().get(id)));
                let quote = span.map_or_else(String::new, |span| {
                    crate::text::quote(&span.data.fragments.text(&record.text), QUOTE)
                });
                let says = |word: &Word| saying(word, &record.text, self.labels.set());
                self.done.conflicts.push(Conflict {
                    document: record.title.clone(),
                    annotator: key.annotator.clone(),
                    quote,
                    kept: says(&between.kept),
                    lost: says(&between.lost),
                    between,
                });
            }
        }
        Ok(())
    }

    /// Takes in the edits of documents that never came in. Where the project has such a document,
    /// they must fit its text.
    pub(super) fn orphans(&mut self, path: &Path, head: &DatasetHead) -> Result<(), StoreError> {
        for edit in &head.edits {
            if matches!(edit.change, Change::LabelSet(_)) || self.there.has_edit(edit.id)? {
                continue;
            }
            if let Change::Layer(key, change) = &edit.change
                && let Some(text) = self.text_of(&key.document)?
                && let Err(error) = interchange::check_ranges(&text, change)
            {
                self.refuse(path, None, format!("edit {}: {error}", edit.id));
                continue;
            }
            self.done.edits += 1;
            self.waiting.edits([Arc::clone(edit)]);
        }
        Ok(())
    }

    /// The text of a document that is here or waits.
    fn text_of(&self, id: &DocumentId) -> Result<Option<Arc<str>>, StoreError> {
        let there = self.there.text_of(id)?;
        Ok(there.or_else(|| self.waiting.text_of(id)))
    }

    /// What is worth knowing of a document, with its place.
    fn notes(&mut self, place: Place<'_>, record: &DocumentRecord) {
        for note in interchange::notes(record) {
            self.told(place, record, &note.to_string());
        }
        let (path, line) = place;
        // A dataset keeps what was guessed when its articles came in, from other files.
        let source = record.metadata.get(SOURCE_FILE);
        let is_of_it = source.is_some_and(|name| path.file_name() == Some(name.as_ref()));
        if is_of_it
            && record.metadata.contains_key(interchange::ENCODING_GUESSED)
            && let Some(encoding) = record.metadata.get(SOURCE_ENCODING)
        {
            let what = format!(
                "read as {encoding}, which is a guess; --encoding or “Import as” names another"
            );
            self.note(path, line, what);
            if self.done.guessed.last().is_none_or(|last| last != path) {
                self.done.guessed.push(path.to_path_buf());
            }
        }
    }

    fn note_twin(&mut self, place: Place<'_>, record: &DocumentRecord) {
        let there = self.articles.get(&record.id).cloned();
        match there {
            Some(other) => {
                let name = other.file_name().unwrap_or_default().to_string_lossy();
                let what = format!("its text is that of {name}: they are one document");
                self.told(place, record, &what);
            }
            None => {
                self.articles.insert(record.id, place.0.to_path_buf());
            }
        }
    }

    fn told(&mut self, (path, line): Place<'_>, record: &DocumentRecord, what: &str) {
        let title = crate::text::quote(&record.title, 60);
        let title = crate::text::bidi::isolate(&title);
        self.note(path, line, format!("document “{title}”: {what}"));
    }

    /// Hands in what waits to be committed.
    pub(super) fn flush(&mut self) -> Result<(), StoreError> {
        let Some(commits) = &mut self.commits else {
            return Ok(());
        };
        commits.wait()?;
        match self.waiting.take() {
            Some(batch) => commits.hand_in(batch),
            None => Ok(()),
        }
    }

    /// Waits until what was handed in is saved.
    pub(super) fn wait(&mut self) -> Result<(), StoreError> {
        self.commits.as_mut().map_or(Ok(()), Commits::wait)
    }

    /// Ends where more waits than memory should hold.
    fn hold(&mut self) {
        if self.waiting.bytes() > HELD_BYTES {
            self.overflown = true;
            self.done.cancelled = true;
        }
    }
}

/// The hash of a record's text, which the edit that adds it holds where it was just made.
fn hash_of(record: &DocumentRecord, edits: &[Arc<Edit>]) -> TextHash {
    let made = edits.first().filter(|_| record.edits.is_empty());
    match made.map(|edit| &edit.change) {
        Some(Change::Document(_, DocumentChange::Add { text, .. })) => *text,
        _ => TextHash::of(&record.text),
    }
}

/// What a word says, for people.
fn saying(word: &Word, text: &str, labels: &LabelSet) -> Saying {
    match word {
        Word::There => Saying::There,
        Word::Gone => Saying::Gone,
        Word::Label(id) => Saying::Label(labels.name_of(id).to_owned()),
        Word::Fragments(fragments) => {
            Saying::Covers(crate::text::quote(&fragments.text(text), QUOTE))
        }
        Word::Text(value) => {
            let value = value.as_deref().unwrap_or_default();
            Saying::Text(crate::text::quote(value, QUOTE))
        }
        Word::Status(status) => Saying::Status(*status),
        Word::Decided(verdict, _) => Saying::Decided(*verdict),
        Word::Related => Saying::Related,
    }
}

/// The layer that an edit is of.
fn layer_of(edit: &Arc<Edit>) -> Option<&LayerKey> {
    match &edit.change {
        Change::Layer(key, _) => Some(key),
        _ => None,
    }
}
