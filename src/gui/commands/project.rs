//! Commands for files: projects, datasets, articles coming in and going out.

use eframe::egui::Key;

use super::shortcut::ctrl;
use crate::gui::icons::Icon;

commands! {
    /// Files: projects, datasets, articles coming in and going out.
    ProjectCommand in Project {
        /// Makes an empty project.
        New = "cmd-new-project", Some(Icon::Plus), [], false;
        /// Opens a project file.
        Open = "cmd-open-project", Some(Icon::Archive), [ctrl(Key::O).shifted()], false;
        /// Opens articles into the project.
        OpenFiles = "cmd-open-files", Some(Icon::FileText), [ctrl(Key::O)], false;
        /// Opens a folder of articles into the project.
        OpenFolder = "cmd-open-folder", Some(Icon::FolderOpen), [], false;
        /// Opens a RON dataset.
        OpenDataset = "cmd-open-dataset", Some(Icon::Database), [], false;
        /// Opens the project that ships with the program.
        OpenSample = "cmd-open-sample", Some(Icon::Book), [], false;
        /// Writes everything to one RON file.
        SaveDataset = "cmd-save-dataset", Some(Icon::Save), [ctrl(Key::S)], false;
        /// Copies the project file while it is open.
        SaveCopy = "cmd-save-copy", Some(Icon::Files), [], false;
        /// Takes in files of any known format.
        Import = "cmd-import", Some(Icon::Download), [], false;
        /// Merges other projects and datasets into the one that is open.
        Merge = "cmd-merge", Some(Icon::Merge), [], false;
        /// Takes in files that are UTF-8, whatever they look like.
        ImportUtf8 = "cmd-import-utf8", None, [], false;
        /// Takes in files in the Arabic code page.
        ImportWindows1256 = "cmd-import-windows-1256", None, [], false;
        /// Takes in files in UTF-16, low byte first.
        ImportUtf16Le = "cmd-import-utf16le", None, [], false;
        /// Takes in files in UTF-16, high byte first.
        ImportUtf16Be = "cmd-import-utf16be", None, [], false;
        /// Writes files of any known format.
        Export = "cmd-export", Some(Icon::Upload), [], false;
        /// Opens the label set editor.
        EditLabels = "cmd-edit-labels", Some(Icon::Tag), [], false;
    }
}
