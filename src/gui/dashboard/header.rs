//! The quiet line above the dashboard: what is compared, how the computation is, and what can be saved.

use std::collections::BTreeSet;

use eframe::egui::{Align, Button, Layout, Response, Ui, vec2};

use super::{Dashboard, save};
use crate::{
    gui::{
        commands::{CommandId, ViewCommand},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        panels::parts,
        strings::{tr, tr_args},
        text::BidiLabel,
    },
    session::FiguresState,
};

impl Dashboard {
    pub(super) fn header(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let mut wanted = Vec::new();
        let space = cx.tokens.space;
        ui.add_space(space.s);
        ui.horizontal(|ui| {
            ui.add_space(space.l);
            let title = BidiLabel::new(tr("dashboard")).bold();
            ui.add(title.size(cx.tokens.text.heading));
            ui.add_space(space.s);
            parts::quiet(ui, &state(cx));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(space.s);
                let close = parts::icon_button(ui, Icon::Close, tr("dashboard-close"), true);
                if close.on_hover_text(tr("dashboard-close")).clicked() {
                    wanted.push(CommandId::View(ViewCommand::Dashboard).into());
                }
                let some = cx.session.figures().is_some_and(|it| it.figures.is_some());
                ui.add_enabled_ui(some, |ui| {
                    let button = chooser(ui, cx, tr("dashboard-save"));
                    parts::menu_under(&button, |ui| save::menu(ui, cx, &mut wanted));
                });
            });
        });
        ui.horizontal_wrapped(|ui| {
            ui.add_space(space.l);
            self.annotators(ui, cx);
            self.labels(ui, cx);
            let on = self.question.gamma;
            let words = tr(if on {
                "dashboard-gamma-on"
            } else {
                "dashboard-gamma-off"
            });
            let gamma = parts::toggle_words(ui, words, on);
            if gamma.on_hover_text(tr("dashboard-gamma-hint")).clicked() {
                self.question.gamma = !on;
            }
        });
        ui.add_space(space.xs);
        ui.separator();
        wanted
    }

    fn annotators(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let everybody = cx.session.figures().map(|it| it.everybody.clone());
        let everybody = everybody.unwrap_or_default();
        let words = match &self.question.annotators {
            // Not known before the first numbers.
            None if everybody.is_empty() => tr("dashboard-everybody").to_owned(),
            None => tr_args("dashboard-all-annotators", &[("n", everybody.len().into())]),
            Some(some) => tr_args(
                "dashboard-some-annotators",
                &[("n", some.len().into()), ("all", everybody.len().into())],
            ),
        };
        let button = chooser(ui, cx, &words);
        let chosen = &mut self.question.annotators;
        parts::menu_under(&button, |ui| {
            if parts::menu_row(
                ui,
                None,
                tr("dashboard-everybody"),
                None,
                Some(chosen.is_none()),
            )
            .clicked()
            {
                *chosen = None;
            }
            ui.separator();
            for name in &everybody {
                let on = chosen.as_ref().is_none_or(|some| some.contains(name));
                if parts::menu_row(ui, None, name.as_str(), None, Some(on)).clicked() {
                    *chosen = toggled(chosen.as_ref(), &everybody, name);
                }
            }
        });
    }

    fn labels(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let labels = cx.session.labels();
        let all: Vec<String> = labels.active().map(|label| label.name.clone()).collect();
        let words = match &self.question.labels {
            None => tr("dashboard-all-labels").to_owned(),
            Some(some) => tr_args(
                "dashboard-some-labels",
                &[("n", some.len().into()), ("all", all.len().into())],
            ),
        };
        let button = chooser(ui, cx, &words);
        let chosen = &mut self.question.labels;
        parts::menu_under(&button, |ui| {
            if parts::menu_row(
                ui,
                None,
                tr("dashboard-every-label"),
                None,
                Some(chosen.is_none()),
            )
            .clicked()
            {
                *chosen = None;
            }
            ui.separator();
            for label in labels.active() {
                let name = &label.name;
                let on = chosen.as_ref().is_none_or(|some| some.contains(name));
                if parts::menu_row(ui, None, label.display_en(), None, Some(on)).clicked() {
                    let some: Option<Vec<String>> =
                        chosen.as_ref().map(|some| some.iter().cloned().collect());
                    let next = toggled(some.as_ref(), &all, name);
                    *chosen = next.map(BTreeSet::from_iter);
                }
            }
        });
    }
}

/// The choice with one more or less; none of them and all of them are all.
fn toggled<T: Clone + PartialEq>(chosen: Option<&Vec<T>>, all: &[T], one: &T) -> Option<Vec<T>> {
    let has = |each: &T| chosen.is_none_or(|chosen| chosen.contains(each));
    let next: Vec<T> = all
        .iter()
        .filter(|each| has(each) != (*each == one))
        .cloned()
        .collect();
    (!next.is_empty() && next.len() < all.len()).then_some(next)
}

/// A button that opens a menu.
fn chooser(ui: &mut Ui, cx: &Cx<'_>, words: &str) -> Response {
    let arrow = Icon::CaretDown.text(cx.tokens.text.small);
    let button = Button::new((words, arrow)).min_size(vec2(0.0, cx.tokens.space.row));
    ui.add(button).accessible_name(words)
}

/// How the computation is.
fn state(cx: &Cx<'_>) -> String {
    let Some(watched) = cx.session.figures() else {
        return String::new();
    };
    match &watched.state {
        FiguresState::Computing => {
            let progress = cx
                .session
                .computing()
                .and_then(crate::session::Progress::fraction);
            let percent = (progress.unwrap_or(0.0).clamp(0.0, 1.0) * 100.0).floor();
            tr_args(
                "dashboard-computing-percent",
                &[("n", parts::number(percent))],
            )
        }
        FiguresState::Failed(_) => tr("dashboard-failed").to_owned(),
        _ if cx.session.is_behind() => tr("dashboard-behind").to_owned(),
        _ => tr("dashboard-current").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Annotator;

    #[test]
    fn all_of_them_and_none_of_them_are_all() {
        let all = ["a", "b", "c"];
        let some = toggled(None, &all, &"b");
        assert_eq!(some.as_deref(), Some(&["a", "c"][..]));
        assert_eq!(toggled(some.as_ref(), &all, &"b"), None);
        assert_eq!(toggled(Some(&vec!["a"]), &all, &"a"), None);
    }

    #[test]
    fn names_are_chosen_as_they_stand() {
        let all = [Annotator::founder(), Annotator::imported()];
        let some = toggled(None, &all, &all[0]);
        assert_eq!(some, Some(vec![Annotator::imported()]));
    }
}
