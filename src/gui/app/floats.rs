//! What floats over the desk: dialogs, the file picker. The dialogs that change a project keep what
//! is written in them until it is committed.

use std::path::Path;

use eframe::egui::Context;

use crate::{
    gui::{
        cx::Cx,
        dialogs::{
            Dialogs, alike::AlikeDialog, document::DocumentDialog, export::ExportDialog,
            import::ImportDialog, label_set::LabelSetDialog, leave::LeaveDialog,
            merge::MergeDialog, remove_label::RemoveLabelDialog, take_agreed::TakeAgreedDialog,
        },
        intent::{ChosenFor, Dialog, Intent},
        pick::Picker,
    },
    session::Session,
    text::ByteRange,
};

/// The dialogs, open or not.
#[derive(Default)]
pub(super) struct Floats {
    pub(super) picker: Picker,
    dialogs: Dialogs,
    labels: LabelSetDialog,
    remove_label: RemoveLabelDialog,
    alike: AlikeDialog,
    take_agreed: TakeAgreedDialog,
    document: DocumentDialog,
    export: ExportDialog,
    import: ImportDialog,
    merge: MergeDialog,
    /// What would be lost by closing the window or the project.
    pub(super) leave: LeaveDialog,
}

impl Floats {
    /// Opens a dialog.
    pub(super) fn open(&mut self, dialog: Dialog, cx: &Cx<'_>) {
        match dialog {
            Dialog::LabelSet(label) => self.labels.open(label),
            Dialog::RemoveLabel(label) => self.remove_label.open(label, cx),
            Dialog::Alike => {
                self.alike.open(cx.session);
            }
            Dialog::TakeAgreed(finishes) => self.take_agreed.open(finishes, cx.session),
            Dialog::Document => self.document.open(),
            Dialog::Export => self.export.open(cx),
            Dialog::Import => self.import.open(cx),
            other => self.dialogs.open(other),
        }
    }

    /// Whether the dialog of an import is open.
    pub(super) fn is_import_open(&self) -> bool {
        self.import.is_open()
    }

    /// Hands a path to the dialog that asked for it.
    pub(super) fn chosen(&mut self, what: ChosenFor, path: &Path) {
        match what {
            ChosenFor::Target => self.export.set_target(path),
            ChosenFor::LoadMap => self.import.load_map(path),
            ChosenFor::SaveMap => self.import.save_map(path),
        }
    }

    /// Closes the newest of the dialogs that Escape does not close by itself; tells whether there
    /// was one.
    pub(super) fn close(&mut self) -> bool {
        self.dialogs.close()
    }

    /// Whether the keyboard belongs to what floats.
    pub(super) fn is_modal(&self) -> bool {
        self.dialogs.is_modal()
            || self.remove_label.is_open()
            || self.take_agreed.is_open()
            || self.leave.is_open()
            || self.export.is_open()
            || self.import.is_open()
            || self.merge.is_open()
            || self.picker.is_open()
    }

    /// Whether a window stands before the article: the keyboard falls to the article only where somebody
    /// presses on it.
    pub(super) fn is_before_article(&self) -> bool {
        self.labels.is_open() || self.document.is_open() || self.alike.is_open()
    }

    /// What is written in dialogs and not committed yet.
    pub(super) fn flush(&mut self, session: &Session) -> Vec<Intent> {
        let mut wanted = self.document.flush();
        wanted.extend(self.labels.flush(session.labels()));
        wanted
    }

    /// The places that «label all like this» would tag.
    pub(super) fn preview(&self) -> &[ByteRange] {
        self.alike.preview()
    }

    /// Draws what is open. It comes before the article reads its keys: Enter and Escape are theirs
    /// first.
    pub(super) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Vec<Intent> {
        let mut wanted = self.alike.show(ctx, cx);
        wanted.extend(self.document.show(ctx, cx));
        wanted.extend(self.labels.show(ctx, cx));
        wanted.extend(self.remove_label.show(ctx, cx));
        wanted.extend(self.take_agreed.show(ctx, cx));
        wanted.extend(self.dialogs.show(ctx, cx));
        wanted.extend(self.export.show(ctx, cx));
        wanted.extend(self.import.show(ctx, cx));
        wanted.extend(self.merge.show(ctx, cx));
        wanted.extend(self.leave.show(ctx, cx));
        wanted.extend(self.picker.show(ctx, cx));
        wanted
    }
}
