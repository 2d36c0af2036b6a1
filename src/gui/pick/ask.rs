//! What can be asked for, and what the session is to do with what was chosen.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use crate::{
    files,
    gui::{
        intent::{ChosenFor, Intent},
        strings::{tr, tr_args},
    },
    interchange::{FORMATS, Format},
    report::TableKind,
    session::{
        Command, FiguresCommand, LookOptions, MergeCommand, Picture, ProjectCommand,
        TransferCommand,
    },
    text::TextEncoding,
};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// A project file to open.
    OpenProject,
    /// A name for a new project.
    NewProject,
    /// Articles.
    OpenFiles,
    /// A folder of articles.
    OpenFolder,
    /// A RON dataset.
    OpenDataset,
    /// Files of any kind that can be read, and what texts are encoded in; `None` to guess.
    Import(Option<TextEncoding>),
    /// Projects and datasets to merge.
    Merge,
    /// A name for a RON dataset.
    SaveDataset,
    /// A name for a copy of the project.
    SaveCopy,
    /// A name for what is exported.
    ExportTo {
        /// The format.
        format: &'static Format,
        /// Whether it is a folder.
        folder: bool,
        /// The name that stands there now.
        start: PathBuf,
    },
    /// A name for the report of an export.
    SaveReport,
    /// A name for the dashboard's report.
    SaveFigures,
    /// A name for a picture of the dashboard.
    SavePicture(&'static str, Picture),
    /// A name for a table of the dashboard.
    SaveTable(TableKind),
    /// A mapping of labels' names.
    LoadMap,
    /// A name for a mapping of labels' names.
    SaveMap,
    /// A name for a label set.
    SaveLabels,
    /// A label set.
    LoadLabels,
}

/// How files end that hold others, or are packed.
const PACKED: [&str; 2] = ["zip", "gz"];

/// How the files end that can be read.
static READ: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let readable = FORMATS.iter().filter(|format| format.read.is_some());
    let endings: BTreeSet<&str> = readable
        .flat_map(|format| format.endings)
        .copied()
        .chain(PACKED)
        .collect();
    endings.into_iter().collect()
});

/// What kind of dialog an [`Ask`] needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Files,
    Folder,
    Save,
}

impl Ask {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::OpenProject | Self::OpenDataset | Self::LoadLabels | Self::LoadMap => Kind::File,
            Self::OpenFiles | Self::Import(_) | Self::Merge => Kind::Files,
            Self::OpenFolder => Kind::Folder,
            Self::NewProject
            | Self::SaveDataset
            | Self::SaveCopy
            | Self::ExportTo { .. }
            | Self::SaveReport
            | Self::SaveFigures
            | Self::SavePicture(..)
            | Self::SaveTable(_)
            | Self::SaveMap
            | Self::SaveLabels => Kind::Save,
        }
    }

    /// The dialog's title.
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::OpenProject => tr("pick-open-project"),
            Self::NewProject => tr("pick-new-project"),
            Self::OpenFiles => tr("pick-open-files"),
            Self::OpenFolder => tr("pick-open-folder"),
            Self::OpenDataset => tr("pick-open-dataset"),
            Self::Import(_) => tr("pick-import"),
            Self::Merge => tr("pick-merge"),
            Self::SaveDataset => tr("pick-save-dataset"),
            Self::SaveCopy => tr("pick-save-copy"),
            Self::ExportTo { .. } => tr("pick-export"),
            Self::SaveReport | Self::SaveFigures => tr("pick-save-report"),
            Self::SavePicture(..) => tr("pick-save-picture"),
            Self::SaveTable(_) => tr("pick-save-table"),
            Self::LoadMap => tr("pick-load-map"),
            Self::SaveMap => tr("pick-save-map"),
            Self::SaveLabels => tr("pick-save-labels"),
            Self::LoadLabels => tr("pick-load-labels"),
        }
    }

    /// The endings of the files in question; the first is added to a name without one.
    pub(super) fn endings(&self) -> &'static [&'static str] {
        match self {
            Self::OpenProject | Self::NewProject | Self::SaveCopy => &["hashiya"],
            Self::OpenFiles => &["txt", "text", "md"],
            Self::OpenFolder | Self::ExportTo { folder: true, .. } => &[],
            Self::Import(_) => READ.as_slice(),
            Self::Merge => &["hashiya", "ron"],
            Self::OpenDataset
            | Self::SaveDataset
            | Self::SaveLabels
            | Self::LoadLabels
            | Self::LoadMap
            | Self::SaveMap => &["ron"],
            Self::ExportTo { format, .. } => format.endings,
            Self::SaveReport => &["json"],
            Self::SaveFigures => &["html"],
            Self::SavePicture(_, Picture::Svg) => &["svg"],
            Self::SavePicture(_, Picture::Png) => &["png"],
            Self::SaveTable(_) => &["csv"],
        }
    }

    /// Where the dialog begins: a file beside the project, named after it, where one is to be
    /// saved.
    pub(super) fn start(&self, project: Option<&Path>) -> Option<PathBuf> {
        if let Self::ExportTo { start, .. } = self
            && !start.as_os_str().is_empty()
        {
            return Some(start.clone());
        }
        let project = project?;
        let stem = project.file_stem()?.to_string_lossy().into_owned();
        let name = match self {
            Self::NewProject => format!("{stem}-2.hashiya"),
            Self::SaveCopy => format!("{stem}-copy.hashiya"),
            Self::SaveDataset => format!("{stem}.ron"),
            Self::SaveLabels => format!("{stem}-labels.ron"),
            Self::SaveReport => format!("{stem}-report.json"),
            Self::SaveFigures => format!("{stem}-agreement.html"),
            Self::SavePicture(name, kind) => format!("{stem}-{name}.{}", kind.ending()),
            Self::SaveTable(kind) => format!("{stem}-{}.csv", kind.name()),
            Self::SaveMap => format!("{stem}-map.ron"),
            _ => return project.parent().map(Path::to_path_buf),
        };
        Some(project.with_file_name(name))
    }

    /// A path with the usual ending, where a file is to be saved and none was typed.
    pub(super) fn with_ending(&self, path: PathBuf) -> PathBuf {
        match (self.kind(), path.extension(), self.endings().first()) {
            (Kind::Save, None, Some(ending)) => path.with_extension(ending),
            _ => path,
        }
    }

    /// Whether a file is wanted, and not a folder.
    pub(super) fn wants_file(&self) -> bool {
        !matches!(self, Self::OpenFolder | Self::ExportTo { folder: true, .. })
    }

    /// Why a path will not do although a file could be written there: a new project needs a new name.
    pub(super) fn refused(&self, path: &Path) -> Option<String> {
        let path = self.with_ending(path.to_path_buf());
        let there = *self == Self::NewProject && files::exists(&path);
        let told = path.to_string_lossy();
        there.then(|| tr_args("pick-project-exists", &[("path", (&*told).into())]))
    }

    /// What is to be done with what was chosen.
    pub(super) fn chosen(self, paths: Vec<PathBuf>) -> Option<Intent> {
        let paths: Vec<PathBuf> = paths
            .into_iter()
            .map(|path| self.with_ending(path))
            .collect();
        let first = paths.first()?.clone();
        let command = match self {
            Self::OpenProject => return Some(Intent::Bring(vec![first])),
            Self::OpenFiles | Self::OpenFolder => {
                return Some(Command::Transfer(TransferCommand::Offer(paths)).into());
            }
            Self::Import(None) => {
                let look = TransferCommand::Look(paths, LookOptions::default());
                return Some(Command::Transfer(look).into());
            }
            Self::Merge => {
                let look = TransferCommand::Merge(MergeCommand::Look(paths));
                return Some(Command::Transfer(look).into());
            }
            Self::SaveReport => {
                return Some(Command::Transfer(TransferCommand::SaveReport(first)).into());
            }
            Self::SaveFigures => {
                return Some(Command::Figures(FiguresCommand::SaveReport(first)).into());
            }
            Self::SavePicture(name, kind) => {
                let save = FiguresCommand::SavePicture(name, kind, first);
                return Some(Command::Figures(save).into());
            }
            Self::SaveTable(kind) => {
                return Some(Command::Figures(FiguresCommand::SaveTable(kind, first)).into());
            }
            Self::ExportTo { .. } => return Some(Intent::Chosen(ChosenFor::Target, first)),
            Self::LoadMap => return Some(Intent::Chosen(ChosenFor::LoadMap, first)),
            Self::SaveMap => return Some(Intent::Chosen(ChosenFor::SaveMap, first)),
            Self::OpenDataset => ProjectCommand::Import(paths, None),
            Self::Import(encoding) => ProjectCommand::Import(paths, encoding),
            Self::NewProject => ProjectCommand::New(first),
            Self::SaveDataset => ProjectCommand::SaveDataset(first),
            Self::SaveCopy => ProjectCommand::SaveCopy(first),
            Self::SaveLabels => ProjectCommand::SaveLabels(first),
            Self::LoadLabels => ProjectCommand::LoadLabels(first),
        };
        Some(Command::Project(command).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_suggested_beside_the_project() {
        let project = Path::new("/news/أخبار.hashiya");
        let start = |ask: Ask| {
            ask.start(Some(project))
                .map(|path| path.display().to_string())
        };
        assert_eq!(start(Ask::SaveDataset).as_deref(), Some("/news/أخبار.ron"));
        assert_eq!(start(Ask::OpenFiles).as_deref(), Some("/news"));
    }

    #[test]
    fn files_come_in_as_the_encoding_that_was_chosen() {
        let path = PathBuf::from("/a/b.txt");
        let ask = Ask::Import(Some(TextEncoding::Windows1256));
        let wanted = ask.chosen(vec![path.clone()]);
        assert!(matches!(
            wanted,
            Some(Intent::Session(Command::Project(ProjectCommand::Import(paths, Some(TextEncoding::Windows1256)))))
                if paths == [path]
        ));
    }

    #[test]
    fn what_can_be_read_can_be_picked_packed_too() {
        let endings = Ask::Import(None).endings();
        for ending in ["jsonl", "conll", "zip", "gz"] {
            assert!(endings.contains(&ending), "{ending}: {endings:?}");
        }
    }

    #[test]
    fn an_ending_is_added_only_where_none_was_typed() {
        let ended = |name: &str| Ask::SaveDataset.with_ending(name.into());
        assert_eq!(ended("/a/b"), PathBuf::from("/a/b.ron"));
        assert_eq!(ended("/a/b.txt"), PathBuf::from("/a/b.txt"));
        assert_eq!(
            Ask::OpenFolder.with_ending("/a/b".into()),
            PathBuf::from("/a/b")
        );
    }
}
