//! What a person can want of an open project. The window pushes commands to one first-in-first-out
//! list; the session carries them out, each in the file of its subject.

use std::path::PathBuf;

use crate::{
    annotation::{Annotator, DocumentId, LabelId, LayerKey, RelationId, SpanId, Status},
    edit::{LabelSetChange, LayerChange},
    text::{ByteRange, TextEncoding},
};

use super::{
    Alike, Edge, ExportOptions, FiguresCommand, Filter, ImportChoices, JobKind, LookOptions,
    ReviewCommand, Step,
};

/// A wish.
#[derive(Clone, Debug)]
pub enum Command {
    /// About spans and relations.
    Span(SpanCommand),
    /// About caret, selection and the chosen span.
    Desk(DeskCommand),
    /// About which document is on the desk, and its status.
    Document(DocumentCommand),
    /// Take back.
    Undo,
    /// Do again.
    Redo,
    /// A change of a layer that may not be on the desk any more: a note that was being written when
    /// another article came.
    Late(LayerKey, LayerChange),
    /// About the label set.
    Labels(LabelSetChange),
    /// About the project and its files.
    Project(ProjectCommand),
    /// Of the dialogs of import and export.
    Transfer(TransferCommand),
    /// Of reviewers, and about comments.
    Review(ReviewCommand),
    /// About the numbers of the dashboard.
    Figures(FiguresCommand),
}

/// A wish about spans and relations.
#[derive(Clone, Debug)]
pub enum SpanCommand {
    /// Tag the selection, else relabel the chosen span.
    Label(LabelId),
    /// Give a span another label.
    Relabel(SpanId, LabelId),
    /// Tag a range.
    Tag(ByteRange, LabelId),
    /// Add the selection to the chosen span as a fragment.
    AddFragment(LabelId),
    /// Move an edge of the chosen span by a step, forward or back.
    MoveEdge(Edge, Step, bool),
    /// Put an edge of a span at a byte.
    SetEdge(SpanId, Edge, usize),
    /// Include or drop a proclitic at the chosen span's start.
    Proclitic,
    /// Remove the chosen span.
    Remove,
    /// Set an attribute of a span, or take it away.
    SetAttribute(SpanId, String, Option<String>),
    /// Set a span's note.
    SetNote(SpanId, String),
    /// Add a relation of a type from a span to a span.
    Relate(String, SpanId, SpanId),
    /// Remove a relation.
    Unrelate(RelationId),
    /// Tag the ticked places.
    TagAlike(Alike),
}

/// A wish about caret, selection and the chosen span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskCommand {
    /// Put the caret at a byte; `true` extends the selection.
    Caret(usize, bool),
    /// Select from a byte to a byte, the caret at the second.
    Select(usize, usize),
    /// The mouse has let go of a selection: it shrinks, if that is wanted.
    Released,
    /// Choose a span, or none.
    Choose(Option<SpanId>),
    /// A click at a byte: chooses a span there, clicked again goes outwards.
    Click(usize),
    /// Choose the next span (`true`) or the previous.
    Walk(bool),
    /// Drop the selection, else the chosen span.
    Back,
}

/// A wish about documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentCommand {
    /// Show this one.
    Open(DocumentId),
    /// Show the next of the list (`true`) or the previous.
    Neighbour(bool),
    /// The shown one is done; show the next that is not.
    DoneAndNext,
    /// Give the shown one a status.
    SetStatus(Status),
    /// Give a document another title.
    SetTitle(DocumentId, String),
    /// Set a value of a document's metadata, or take it away.
    SetMetadata(DocumentId, String, Option<String>),
    /// Somebody is to annotate it (`true`) or not.
    Assign(DocumentId, Annotator, bool),
    /// Take a document out of the list.
    Remove(DocumentId),
    /// Bring one back into it; `true` shows it.
    Restore(DocumentId, bool),
    /// Filter the list.
    Filter(Filter),
}

/// A wish about the project and its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProjectCommand {
    /// Open a project that is there.
    Open(PathBuf),
    /// Make a project; one that is there already is opened.
    New(PathBuf),
    /// Close it.
    Close,
    /// Bring in articles, folders and datasets.
    Import(Vec<PathBuf>, Option<TextEncoding>),
    /// Bring in the sample articles.
    Sample,
    /// Write everything as a RON dataset.
    SaveDataset(PathBuf),
    /// Write a label set as RON.
    SaveLabels(PathBuf),
    /// Load a label set: what it has and the project lacks comes in.
    LoadLabels(PathBuf),
    /// Copy the project's file.
    SaveCopy(PathBuf),
    /// Annotate as somebody else.
    SetAnnotator(Annotator),
    /// Try again to commit what could not be.
    Retry,
    /// Stop what runs in the background for this.
    Cancel(JobKind),
}

/// A wish of the dialogs of import and export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransferCommand {
    /// Tell what a file would not hold.
    Forecast(Box<ExportOptions>),
    /// Write it, and keep for the dialog what comes of it.
    Export(PathBuf, Box<ExportOptions>),
    /// Write the report of the last export as JSON.
    SaveReport(PathBuf),
    /// The dialog of the export is closed: what runs for it stops.
    EndExport,
    /// Files were dropped or opened: articles come in at once, all else is offered.
    Offer(Vec<PathBuf>),
    /// Look into files that are to come in.
    Look(Vec<PathBuf>, LookOptions),
    /// The dialog of the import is closed: what looks stops.
    EndLook,
    /// Bring files in.
    Import(Vec<PathBuf>, Box<ImportChoices>),
    /// Of a merge.
    Merge(MergeCommand),
}

/// A wish of the dialog of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeCommand {
    /// Projects were dropped on the window: are they to be opened or merged?
    Ask(Vec<PathBuf>),
    /// Tell what these projects and datasets would bring.
    Look(Vec<PathBuf>),
    /// Bring in what was looked at.
    Merge,
    /// The dialog is closed: what looks stops. A merge that is under way is asked to stop, and its dialog
    /// stays until it has.
    End,
}
