//! Which commands can be used just now, and which of them are switched on. Menus, bars and the
//! palette ask here, so that they agree.

use crate::session::{HistoryStep, Reading, Session, ThemeChoice};

use super::commands::{
    AppCommand, CommandId, DocumentCommand, EditCommand, ProjectCommand, ReviewCommand,
    SideCommand, SpanCommand, ViewCommand,
};

/// Whether a command would do something now.
pub(crate) fn enabled(command: CommandId, session: &Session) -> bool {
    match command {
        CommandId::App(command) => app(command, session),
        CommandId::Project(command) => project(command, session),
        CommandId::Document(command) => document(command, session),
        CommandId::Edit(command) => edit(command, session),
        CommandId::Span(command) => span(command, session),
        CommandId::Review(command) => review(command, session),
        CommandId::Side(command) => side(command, session),
        CommandId::Edge(_) => has_chosen(session) && is_writable(session),
        CommandId::Caret(_) => session.article().is_some(),
        CommandId::View(command) => view(command, session),
    }
}

/// Whether a command that switches something has it switched on; `None` for the others.
pub(crate) fn checked(command: CommandId, session: &Session) -> Option<bool> {
    let settings = session.settings();
    let tools = &settings.tools;
    let command = match command {
        CommandId::Review(ReviewCommand::Review) => return Some(session.review().is_on()),
        CommandId::Review(ReviewCommand::Blind) => return Some(session.review().is_blind()),
        CommandId::Review(ReviewCommand::SideBySide) => return Some(tools.side_by_side),
        CommandId::Document(DocumentCommand::Comments) => return Some(tools.comments),
        CommandId::View(command) => command,
        _ => return None,
    };
    let theme = |theme: ThemeChoice| Some(settings.reading.theme == theme);
    match command {
        ViewCommand::ThemeSystem => theme(ThemeChoice::System),
        ViewCommand::ThemePaper => theme(ThemeChoice::Paper),
        ViewCommand::ThemeNight => theme(ThemeChoice::Night),
        ViewCommand::LabelFirst => Some(tools.label_first),
        ViewCommand::Trim => Some(tools.trim),
        ViewCommand::Invisible => Some(tools.invisibles),
        ViewCommand::FoldLeft => Some(tools.left_folded),
        ViewCommand::FoldRight => Some(tools.right_folded),
        ViewCommand::SwapSides => Some(tools.swapped),
        _ => None,
    }
}

fn is_writable(session: &Session) -> bool {
    session
        .project()
        .is_some_and(crate::session::Project::is_writable)
}

fn has_documents(session: &Session) -> bool {
    session
        .project()
        .is_some_and(|project| !project.list().is_empty())
}

fn has_chosen(session: &Session) -> bool {
    session
        .article()
        .is_some_and(|article| article.chosen().is_some())
}

fn has_selection(session: &Session) -> bool {
    session
        .article()
        .is_some_and(|article| article.desk().selection().is_some())
}

fn app(command: AppCommand, session: &Session) -> bool {
    match command {
        AppCommand::Back => has_selection(session) || has_chosen(session),
        AppCommand::Palette | AppCommand::Help | AppCommand::Settings | AppCommand::Quit => true,
    }
}

fn project(command: ProjectCommand, session: &Session) -> bool {
    match command {
        // A merge says why it cannot be where the project is open for reading only.
        ProjectCommand::New | ProjectCommand::Open | ProjectCommand::Merge => true,
        // Without a project these make one, or use the first.
        ProjectCommand::OpenFiles
        | ProjectCommand::OpenFolder
        | ProjectCommand::OpenDataset
        | ProjectCommand::OpenSample
        | ProjectCommand::Import
        | ProjectCommand::ImportUtf8
        | ProjectCommand::ImportWindows1256
        | ProjectCommand::ImportUtf16Le
        | ProjectCommand::ImportUtf16Be => session.project().is_none() || is_writable(session),
        ProjectCommand::SaveDataset | ProjectCommand::Export => has_documents(session),
        ProjectCommand::SaveCopy => session.project().is_some(),
        ProjectCommand::EditLabels => is_writable(session),
    }
}

fn document(command: DocumentCommand, session: &Session) -> bool {
    match command {
        DocumentCommand::Next | DocumentCommand::Previous | DocumentCommand::Filter => {
            has_documents(session)
        }
        DocumentCommand::NextDecision | DocumentCommand::PreviousDecision => session
            .article()
            .is_some_and(|article| !article.feedback().is_empty()),
        DocumentCommand::Comments => session.article().is_some(),
        DocumentCommand::AllComments => session
            .project()
            .is_some_and(|project| project.list().has_comments()),
        DocumentCommand::DoneAndNext
        | DocumentCommand::MarkDone
        | DocumentCommand::MarkNew
        | DocumentCommand::MarkInProgress => session.article().is_some() && is_writable(session),
    }
}

fn edit(command: EditCommand, session: &Session) -> bool {
    match command {
        EditCommand::Undo => is_writable(session) && session.can_step(HistoryStep::Undo),
        EditCommand::Redo => is_writable(session) && session.can_step(HistoryStep::Redo),
        EditCommand::Copy | EditCommand::CopyWithReference => {
            has_selection(session) || has_chosen(session)
        }
        EditCommand::SelectWord
        | EditCommand::SelectSentence
        | EditCommand::SelectAll
        | EditCommand::Find
        | EditCommand::FindNext
        | EditCommand::FindPrevious => session.article().is_some(),
    }
}

fn span(command: SpanCommand, session: &Session) -> bool {
    match command {
        SpanCommand::Next | SpanCommand::Previous => session
            .article()
            .is_some_and(|article| !article.layer().is_empty()),
        SpanCommand::Edit => has_chosen(session),
        SpanCommand::Remove | SpanCommand::Proclitic | SpanCommand::LabelAll => {
            has_chosen(session) && is_writable(session)
        }
        SpanCommand::Comment => {
            let waits = session.review().current().is_some();
            (has_chosen(session) || waits) && is_writable(session)
        }
    }
}

fn review(command: ReviewCommand, session: &Session) -> bool {
    let review = session.review();
    match command {
        ReviewCommand::Review => review.is_on() || has_documents(session),
        ReviewCommand::NextCase | ReviewCommand::PreviousCase => has_documents(session),
        ReviewCommand::Blind | ReviewCommand::SideBySide => review.is_on(),
        ReviewCommand::TakeAgreed | ReviewCommand::Finish => {
            review.opened().is_some() && is_writable(session)
        }
        ReviewCommand::AcceptTicked
        | ReviewCommand::Edit
        | ReviewCommand::RejectAll
        | ReviewCommand::LeaveOpen
        | ReviewCommand::Reason => review.current().is_some() && is_writable(session),
        ReviewCommand::Reopen => {
            let decided =
                review
                    .current()
                    .zip(session.article())
                    .is_some_and(|((_, case, _), article)| {
                        let labels = session.labels();
                        !review.decisions(labels, case, article.layer()).is_empty()
                    });
            decided && is_writable(session)
        }
    }
}

/// Whoever has nothing there can be right about that, together with nobody.
fn side(command: SideCommand, session: &Session) -> bool {
    let review = session.review();
    let wanted = usize::from(command.side);
    let (Some((_, case, _)), Some(opened)) = (review.current(), review.opened()) else {
        return false;
    };
    let may = if command.tick {
        case.sides().any(|side| side == wanted)
    } else {
        wanted < opened.sides().len()
    };
    may && case.gone.is_none() && is_writable(session)
}

fn view(command: ViewCommand, session: &Session) -> bool {
    let zoom = session.settings().reading.zoom;
    match command {
        ViewCommand::ZoomReset => (zoom - Reading::default().zoom).abs() > f32::EPSILON,
        ViewCommand::Dashboard => has_documents(session),
        _ => true,
    }
}
