//! Which document is on the desk, its status, and the filter over the list.

use std::sync::Arc;

use crate::{
    annotation::{DocumentId, LayerKey, Status},
    edit::{Cause, Change, DocumentChange, Edit},
};

use super::{
    Article, DocumentCommand, DocumentList, Filter, HistoryStep, Notice, Removed, Session,
    list::Fresh,
};

impl Session {
    /// Carries out a wish about documents.
    pub(super) fn run_document(&mut self, command: DocumentCommand) {
        match command {
            DocumentCommand::Open(id) => self.open_document(id),
            DocumentCommand::Neighbour(forward) => {
                let here = self.article().map(|article| article.key().document);
                let next = self
                    .project()
                    .and_then(|p| p.list().neighbour(here, forward));
                if let Some(next) = next {
                    self.open_document(next);
                }
            }
            DocumentCommand::DoneAndNext => self.done_and_next(),
            DocumentCommand::SetStatus(status) => self.set_status(status),
            DocumentCommand::SetTitle(id, title) => {
                let title = title.trim().to_owned();
                if !title.is_empty() {
                    self.change_document(id, DocumentChange::SetTitle(title));
                }
            }
            DocumentCommand::SetMetadata(id, key, value) => {
                self.change_document(id, DocumentChange::SetMetadata(key, value));
            }
            DocumentCommand::Assign(id, who, assigned) => {
                let change = if assigned {
                    DocumentChange::Assign
                } else {
                    DocumentChange::Unassign
                };
                self.change_document(id, change(who));
            }
            DocumentCommand::Remove(id) => self.remove_document(id),
            DocumentCommand::Restore(id, show) => {
                if self.change_document(id, DocumentChange::Restore).is_some() {
                    self.reread(id);
                    if show || self.article.is_none() {
                        self.open_document(id);
                    }
                }
            }
            DocumentCommand::Filter(filter) => self.filter(filter),
        }
    }

    /// Puts a document on the desk, with the annotator's layer.
    pub(super) fn open_document(&mut self, document: DocumentId) {
        let Some(project) = &self.project else { return };
        if self
            .article()
            .is_some_and(|article| article.key().document == document)
        {
            return;
        }
        let key = LayerKey {
            document,
            annotator: self.annotator.clone(),
        };
        match Article::open(project, key) {
            Ok(Some(article)) => {
                let left = self.article.replace(article);
                self.left(left.map(|article| article.key().document));
                self.follow_article();
            }
            Ok(None) => {}
            Err(error) => self.tell(error.into()),
        }
    }

    /// An article is not on the desk any more: the filter may let it through no longer, or may now.
    fn left(&mut self, document: Option<DocumentId>) {
        if let (Some(id), Some(project)) = (document, &mut self.project) {
            project.list.retest(&id, project.labels.state());
        }
    }

    fn change_document(&mut self, id: DocumentId, change: DocumentChange) -> Option<Arc<Edit>> {
        self.change(Cause::Done, Change::Document(id, change))
    }

    fn remove_document(&mut self, id: DocumentId) {
        let Some(project) = &self.project else { return };
        let list = project.list();
        let next = list
            .neighbour(Some(id), true)
            .or_else(|| list.neighbour(Some(id), false));
        let title = list.row(&id).map(|row| row.title.to_string());
        if self.change_document(id, DocumentChange::Remove).is_none() {
            return;
        }
        self.reread(id);
        let on_desk = |article: &Article| article.key().document == id;
        let was_on_desk = self.article().is_some_and(on_desk);
        if was_on_desk {
            self.article = None;
            if let Some(next) = next {
                self.open_document(next);
            }
        }
        self.tell(Notice::Removed(Removed {
            id,
            title: title.unwrap_or_default(),
            was_on_desk,
        }));
    }

    /// Brings the list's row of one document up to date: it came in, or went, or came back.
    pub(super) fn reread(&mut self, id: DocumentId) {
        let Some(project) = &mut self.project else {
            return;
        };
        match Fresh::read(project, &self.annotator, id) {
            Ok(fresh) => project.list.put(&id, fresh, project.labels.state()),
            Err(error) => self.tell(error.into()),
        }
    }

    fn set_status(&mut self, status: Status) {
        let Some(article) = &self.article else { return };
        if article.layer().status() == status {
            return;
        }
        let change = self.status_change(article.layer(), status);
        let change = Change::Layer(article.key().clone(), change);
        if self.change(Cause::Done, change).is_some() {
            let step = self.describe_step(HistoryStep::Undo);
            self.tell(step.map_or(Notice::StatusSet(status), Notice::Did));
        }
    }

    /// The article is done, and the next one that is not comes on the desk.
    fn done_and_next(&mut self) {
        let Some(here) = self.article().map(|article| article.key().document) else {
            return;
        };
        self.set_status(Status::Done);
        match self
            .project()
            .and_then(|project| project.list().next_open(here))
        {
            Some(next) => self.open_document(next),
            None if self
                .project()
                .is_some_and(|p| p.list().done() == p.list().len()) =>
            {
                self.tell(Notice::AllDone);
            }
            None => {}
        }
    }

    /// Reads the list anew, with the filter as it is.
    pub(super) fn reload_list(&mut self) {
        let Some(project) = &mut self.project else {
            return;
        };
        match DocumentList::of(project, &self.annotator) {
            Ok(list) => {
                let filter = std::mem::replace(&mut project.list, list).filter().clone();
                self.filter(filter);
            }
            Err(error) => self.tell(error.into()),
        }
    }

    fn filter(&mut self, filter: Filter) {
        let Some(project) = &mut self.project else {
            return;
        };
        let words = filter.text.trim().to_owned();
        let again = project.list.filter().text.trim() != words;
        project.list.set_filter(filter, project.labels.state());
        if again || words.is_empty() {
            self.search(words);
        }
    }
}
