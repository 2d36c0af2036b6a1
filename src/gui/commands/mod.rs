//! The one table of commands. Menus, tooltips, shortcuts, the palette and the help sheet are all
//! read from it. Whether a command can be used just now is decided where its state is known.

#[macro_use]
mod table;
mod app;
mod caret;
mod document;
mod edge;
mod edit;
mod project;
mod review;
mod shortcut;
mod span;
mod view;

pub use app::AppCommand;
pub use caret::{CaretCommand, CaretStep};
pub use document::DocumentCommand;
pub use edge::{Edge, EdgeCommand, EdgeStep};
pub use edit::EditCommand;
pub use project::ProjectCommand;
pub use review::{Needs, ReviewCommand, SideCommand};
pub use shortcut::Shortcut;
pub use span::SpanCommand;
pub use view::ViewCommand;

use super::{icons::Icon, strings::tr};

/// Every command there is, by subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommandId {
    /// The program as a whole.
    App(AppCommand),
    /// Files: projects, datasets, articles coming in and going out.
    Project(ProjectCommand),
    /// The list of articles and the state of the one shown.
    Document(DocumentCommand),
    /// Undo, the clipboard, find.
    Edit(EditCommand),
    /// Walking and changing spans.
    Span(SpanCommand),
    /// Reviewing what several annotators did.
    Review(ReviewCommand),
    /// Deciding for one of the layers that are compared.
    Side(SideCommand),
    /// Moving an edge of the chosen span.
    Edge(EdgeCommand),
    /// Moving the caret and extending the selection.
    Caret(CaretCommand),
    /// How things are shown.
    View(ViewCommand),
}

/// The subjects, in the order in which menus and the help sheet show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Projects and files.
    Project,
    /// Articles.
    Document,
    /// Undo, clipboard, find.
    Edit,
    /// Spans.
    Span,
    /// Reviewing.
    Review,
    /// The layers that are compared, by their numbers.
    Side,
    /// Edges of the chosen span.
    Edge,
    /// Caret and selection.
    Caret,
    /// How things are shown.
    View,
    /// The program.
    App,
}

impl Group {
    /// All groups in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Project,
        Self::Document,
        Self::Edit,
        Self::Span,
        Self::Review,
        Self::Side,
        Self::Edge,
        Self::Caret,
        Self::View,
        Self::App,
    ];

    /// The group's name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => tr("group-project"),
            Self::Document => tr("group-document"),
            Self::Edit => tr("group-edit"),
            Self::Span => tr("group-span"),
            Self::Review => tr("group-review"),
            Self::Side => tr("group-side"),
            Self::Edge => tr("group-edge"),
            Self::Caret => tr("group-caret"),
            Self::View => tr("group-view"),
            Self::App => tr("group-app"),
        }
    }
}

/// What the table says of a command.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Which command.
    pub id: CommandId,
    /// Where menus and the help sheet put it.
    pub group: Group,
    /// The id of its name in `commands.ftl`.
    pub text: &'static str,
    /// Its icon, if bars or menus show one.
    pub icon: Option<Icon>,
    /// Whether holding its key down does it again and again.
    pub repeats: bool,
    shortcuts: [Option<Shortcut>; MAX_SHORTCUTS],
}

const MAX_SHORTCUTS: usize = 4;

impl Row {
    /// The command's name for people.
    pub fn name(&self) -> &'static str {
        tr(self.text)
    }

    /// Its shortcuts, the one to show first.
    pub fn shortcuts(&self) -> impl Iterator<Item = Shortcut> + use<> {
        self.shortcuts.into_iter().flatten()
    }

    /// The first shortcut as printed on the keys: `Ctrl+Shift+Z`.
    pub fn keys(&self) -> Option<String> {
        self.shortcuts().next().map(Shortcut::label)
    }

    /// The name, and the shortcut where there is one: `Undo (Ctrl+Z)`.
    pub fn tooltip(&self) -> String {
        match self.keys() {
            Some(keys) => format!("{} ({keys})", self.name()),
            None => self.name().to_owned(),
        }
    }
}

impl CommandId {
    /// How far reviewing must be for its keys to act.
    pub fn needs(self) -> Needs {
        match self {
            Self::Review(command) => command.needs(),
            Self::Side(_) => Needs::Case,
            _ => Needs::Nothing,
        }
    }

    /// What the table says of this command.
    pub fn row(self) -> Row {
        match self {
            Self::App(command) => command.row(),
            Self::Project(command) => command.row(),
            Self::Document(command) => command.row(),
            Self::Edit(command) => command.row(),
            Self::Span(command) => command.row(),
            Self::Review(command) => command.row(),
            Self::Side(command) => command.row(),
            Self::Edge(command) => command.row(),
            Self::Caret(command) => command.row(),
            Self::View(command) => command.row(),
        }
    }
}

/// The whole table, in the order of the groups.
pub fn all() -> impl Iterator<Item = Row> {
    let rows = [
        rows(ProjectCommand::ALL, ProjectCommand::row),
        rows(DocumentCommand::ALL, DocumentCommand::row),
        rows(EditCommand::ALL, EditCommand::row),
        rows(SpanCommand::ALL, SpanCommand::row),
        rows(ReviewCommand::ALL, ReviewCommand::row),
        SideCommand::all().map(SideCommand::row).collect(),
        EdgeCommand::all().map(EdgeCommand::row).collect(),
        CaretCommand::all().map(CaretCommand::row).collect(),
        rows(ViewCommand::ALL, ViewCommand::row),
        rows(AppCommand::ALL, AppCommand::row),
    ];
    rows.into_iter().flatten()
}

fn rows<C: Copy>(commands: &[C], row: fn(C) -> Row) -> Vec<Row> {
    commands.iter().copied().map(row).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    #[test]
    fn every_command_has_a_name_of_its_own() {
        let mut names = HashSet::new();
        for row in all() {
            assert_ne!(row.name(), row.text, "no words for {:?}", row.id);
            assert!(
                names.insert(row.name()),
                "two commands are called {}",
                row.name()
            );
        }
    }

    #[test]
    fn no_shortcut_does_two_things() {
        let mut seen: HashMap<(Shortcut, Needs), CommandId> = HashMap::new();
        for row in all() {
            for shortcut in row.shortcuts() {
                let before = seen.insert((shortcut, row.id.needs()), row.id);
                assert_eq!(before, None, "{} also does {:?}", shortcut.label(), row.id);
            }
        }
    }

    #[test]
    fn the_contracts_keys_are_in_the_table() {
        let told: HashSet<String> = all()
            .flat_map(|row| row.shortcuts().map(Shortcut::label).collect::<Vec<_>>())
            .collect();
        for keys in [
            "K",
            "Tab",
            "Shift+Tab",
            "Enter",
            "Delete",
            "Backspace",
            "Esc",
            "Ctrl+Z",
            "Ctrl+Shift+Z",
            "Ctrl+F",
            "F3",
            "F8",
            "Shift+F8",
            "Shift+F3",
            "Ctrl+Enter",
            "Ctrl+Page Down",
            "Ctrl+Page Up",
            "Ctrl+Shift+P",
            "F1",
            "Ctrl++",
            "Ctrl+-",
            "Ctrl+0",
            "F2",
            "F9",
            "Ctrl+C",
            "Ctrl+Shift+C",
            "Ctrl+S",
            "Left",
            "Ctrl+Left",
            "Shift+Left",
            "Ctrl+Shift+Left",
            "Home",
            "Shift+End",
            "Up",
            "Shift+Down",
            "Alt+Left",
            "Alt+Shift+Right",
            "Ctrl+Alt+Left",
            "Ctrl+Alt+Shift+Right",
        ] {
            let keys = if cfg!(target_os = "macos") {
                keys.replace("Ctrl", "Cmd")
            } else {
                keys.into()
            };
            assert!(told.contains(&keys), "{keys}");
        }
    }

    #[test]
    fn a_row_knows_its_own_id() {
        for row in all() {
            assert_eq!(row.id.row(), row);
        }
    }

    #[test]
    fn tooltips_show_the_shortcut() {
        let undo = CommandId::Edit(EditCommand::Undo).row();
        let keys = undo.keys().unwrap_or_default();
        assert_eq!(undo.tooltip(), format!("Undo ({keys})"));
        assert_eq!(
            CommandId::View(ViewCommand::SwapSides).row().tooltip(),
            "Swap the margins"
        );
    }
}
