//! The menus of the bar. Their rows come from the one table of commands.

use std::path::{Path, PathBuf};

use eframe::egui::{
    Button, Response, Ui,
    containers::menu::{SubMenu, SubMenuButton},
    vec2,
};

use crate::{
    annotation::Status,
    gui::{
        commands::{self, CommandId, Group, ProjectCommand},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::tr,
        words,
    },
    session::{self, Command, Session},
};

use super::{list::sign, parts};

/// The groups that have a menu of their own. The caret's two dozen commands are keys, and so are the numbers of
/// compared layers; the palette and the help sheet list them.
const MENUS: [Group; 8] = [
    Group::Project,
    Group::Document,
    Group::Edit,
    Group::Span,
    Group::Review,
    Group::Edge,
    Group::View,
    Group::App,
];

/// The menu of everything, by group.
pub(super) fn main(button: &Response, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    parts::menu_under(button, |ui| {
        for group in MENUS {
            let row = Button::new(group.name())
                .right_text(SubMenuButton::arrow_atom(None))
                .min_size(vec2(cx.tokens.space.xl * 8.0, cx.tokens.space.row));
            let response = ui.add(row).accessible_name(group.name());
            SubMenu::new().show(ui, &response, |ui| {
                for row in commands::all().filter(|row| row.group == group) {
                    wanted.extend(parts::command_row(ui, cx, row.id));
                }
            });
        }
    });
}

/// A project that was open before, as the menu and the first screen show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recent {
    /// Its file's name without the ending.
    pub(super) name: String,
    /// The folder it lies in.
    pub(super) folder: String,
    /// Its file.
    pub(super) path: PathBuf,
}

/// The projects that were open before, the last first, without the one that is open.
pub(super) fn recent(session: &Session) -> Vec<Recent> {
    let open = session.project().map(session::Project::path);
    let paths = session.settings().recent.iter().map(PathBuf::as_path);
    paths
        .filter(|path| Some(*path) != open)
        .map(Recent::of)
        .collect()
}

impl Recent {
    fn of(path: &Path) -> Self {
        let name = path.file_stem().unwrap_or(path.as_os_str());
        let folder = path.parent().map(Path::display);
        Self {
            name: name.to_string_lossy().into_owned(),
            folder: folder.map_or_else(String::new, |folder| folder.to_string()),
            path: path.to_path_buf(),
        }
    }

    /// What opens it.
    pub(super) fn open(&self) -> Intent {
        Command::Project(session::ProjectCommand::Open(self.path.clone())).into()
    }
}

/// How many recent projects a menu shows.
const RECENT: usize = 8;

/// The project's menu: another one, a new one, copies, and those that were open before.
pub(super) fn project(button: &Response, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    parts::menu_under(button, |ui| {
        let mut row = |ui: &mut Ui, command: ProjectCommand| {
            wanted.extend(parts::command_row(ui, cx, CommandId::Project(command)));
        };
        row(ui, ProjectCommand::New);
        row(ui, ProjectCommand::Open);
        ui.separator();
        row(ui, ProjectCommand::OpenFiles);
        row(ui, ProjectCommand::OpenDataset);
        ui.separator();
        row(ui, ProjectCommand::Import);
        row(ui, ProjectCommand::Merge);
        row(ui, ProjectCommand::Export);
        ui.separator();
        row(ui, ProjectCommand::SaveDataset);
        row(ui, ProjectCommand::SaveCopy);
        let recent = recent(cx.session);
        if recent.is_empty() {
            return;
        }
        ui.separator();
        parts::quiet(ui, tr("recent-projects"));
        for project in recent.iter().take(RECENT) {
            let response = parts::menu_row(ui, Some(Icon::Archive), &*project.name, None, None);
            if response.on_hover_text(&project.folder).clicked() {
                wanted.push(project.open());
                ui.close();
            }
        }
    });
}

/// The three statuses of the article; the one it has is checked.
pub(super) fn status(button: &Response, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let Some(article) = cx.session.article() else {
        return;
    };
    let now = article.layer().status();
    parts::menu_under(button, |ui| {
        for status in [Status::New, Status::InProgress, Status::Done] {
            let row = parts::menu_row(
                ui,
                Some(sign(status)),
                words::status(status),
                None,
                Some(status == now),
            );
            if row.clicked() {
                let command = session::DocumentCommand::SetStatus(status);
                wanted.push(Command::Document(command).into());
                ui.close();
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recent_project_is_known_by_its_name_and_folder() {
        let recent = Recent::of(Path::new("/home/amal/مشروع.hashiya"));
        assert_eq!(
            (recent.name.as_str(), recent.folder.as_str()),
            ("مشروع", "/home/amal")
        );
    }

    #[test]
    fn the_menus_show_every_command_except_those_that_are_keys() {
        let left_out: Vec<Group> = Group::ALL
            .into_iter()
            .filter(|group| !MENUS.contains(group))
            .collect();
        assert_eq!(left_out, [Group::Side, Group::Caret]);
    }
}
