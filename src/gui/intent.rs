//! What views want. A view gets `&Session` and gives intents; the app carries them out after all
//! views were drawn, first in, first out. State that belongs to one panel is changed in place.

use std::path::PathBuf;

use crate::{
    annotation::{LabelId, SpanId},
    session::{Command, Settings},
};

use super::{commands::CommandId, pick::Ask};

/// What a view wants.
#[derive(Clone, Debug)]
pub(crate) enum Intent {
    /// The session is to do this.
    Session(Command),
    /// A command of the table is wanted, as if its key had been pressed.
    Command(CommandId),
    /// The article is to scroll so that this byte can be seen.
    Reveal(usize),
    /// A span is to be chosen and seen.
    Show(SpanId),
    /// A label was clicked or its key pressed; `true` adds the selection as a fragment. In the mode
    /// «label first», without a selection, it is picked for the next drags, or let go again.
    Label(LabelId, bool),
    /// A relation is to begin at a span: the inspector asks for its type and target.
    Relate(SpanId),
    /// A dialog is to open.
    Open(Dialog),
    /// Files are to be asked for.
    Ask(Ask),
    /// The settings are to be these.
    Settings(Box<Settings>),
    /// Files were dropped on the window.
    Dropped(Vec<PathBuf>),
    /// Files were chosen to be brought in.
    Bring(Vec<PathBuf>),
    /// A path was chosen for a dialog that is open.
    Chosen(ChosenFor, PathBuf),
    /// What is to become of what would be lost by closing.
    Leave(LeaveAnswer),
    /// The comments on the article are to be seen.
    Comments,
    /// The article comes back into the place of the dashboard.
    CloseDashboard,
    /// The keyboard belongs to the article again.
    FocusArticle,
}

/// What a path was chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChosenFor {
    /// The export goes there.
    Target,
    /// The mapping of an import is read from it.
    LoadMap,
    /// The mapping of an import is written to it.
    SaveMap,
}

/// What people answer when closing the window or the project would lose something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeaveAnswer {
    /// Try to save once more, and go on if that is done.
    Retry,
    /// Stay, and save a copy of the project elsewhere.
    SaveCopy,
    /// Lose it.
    Anyway,
    /// Stay.
    Stay,
}

/// The dialogs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// Find a command and do it.
    Palette,
    /// All shortcuts.
    Help,
    /// Change the labels; with one to begin at.
    LabelSet(Option<LabelId>),
    /// What becomes of the spans of a label that is to be removed.
    RemoveLabel(LabelId),
    /// Label all like the chosen span.
    Alike,
    /// Whether what all annotators agree on is to be taken over; `true`: before the article is adjudicated.
    TakeAgreed(bool),
    /// Choose who annotates.
    Annotator,
    /// Title, metadata and assignments of the article.
    Document,
    /// A format, what of the project, and where to.
    Export,
    /// What is in files that are to come in.
    Import,
    /// Reading, tools.
    Settings,
    /// All comments of the project.
    Comments,
    /// What a notice has to say in full: a list of problems, and the files of which the encoding was
    /// guessed, to read them again in another.
    Problems(Vec<String>, Vec<PathBuf>),
}

impl From<Command> for Intent {
    fn from(command: Command) -> Self {
        Self::Session(command)
    }
}

impl From<CommandId> for Intent {
    fn from(command: CommandId) -> Self {
        Self::Command(command)
    }
}
