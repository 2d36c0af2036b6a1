//! Who is compared: everybody, or some of those who have a layer in the project; and when a document is ready.

use eframe::egui::{Popup, PopupCloseBehavior, Ui};

use crate::{
    annotation::{Annotator, ReviewRules},
    gui::{
        controls,
        cx::Cx,
        icons::Icon,
        intent::Intent,
        panels::parts,
        strings::{tr, tr_args},
    },
    session::{Command, MOST_SIDES, Project, ReviewCommand, Session},
};

use super::head::with_caret;

/// No project wants more annotators than these to be done with a document.
const MOST_DONE: u32 = 20;

/// The menu's own state.
#[derive(Debug, Default)]
pub(super) struct Chooser {
    /// Who has a layer: read once, when the menu opens.
    names: Option<Vec<Annotator>>,
}

/// Those who can be compared.
fn names(session: &Session) -> Vec<Annotator> {
    let mut names = session.annotators();
    names.retain(|name| name != session.annotator() && !name.is_prediction());
    names.sort();
    names
}

/// Who is compared after a click on `name`, of those there are; `None`: everybody.
fn toggled(
    chosen: Option<&[Annotator]>,
    all: &[Annotator],
    name: &Annotator,
) -> Option<Vec<Annotator>> {
    let mut now: Vec<Annotator> = chosen.unwrap_or(all).to_vec();
    if let Some(at) = now.iter().position(|it| it == name) {
        now.remove(at);
    } else {
        now.push(name.clone());
    }
    now.sort();
    (now != all && !now.is_empty()).then_some(now)
}

impl Chooser {
    pub(super) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
        let chosen = cx.session.review().chosen();
        let (words, name) = if let Some(chosen) = chosen {
            let n = [("n", chosen.len().into())];
            let words = tr_args("review-compared-n", &n);
            (words, tr_args("review-compared-some", &n))
        } else {
            let words = tr("review-compared-everybody").to_owned();
            (words, tr("review-compared-all").to_owned())
        };
        let button = with_caret(ui, cx, (&words, &name), false);
        let shown = Popup::menu(&button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| self.menu(ui, cx, wanted));
        if shown.is_none() {
            self.names = None;
        }
    }

    fn menu(&mut self, ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
        ui.set_max_width(cx.tokens.space.xl * 10.0);
        let review = cx.session.review();
        if review.is_blind() {
            controls::hint(ui, tr("review-compared-blind"));
            return;
        }
        let names = self.names.get_or_insert_with(|| names(cx.session));
        if names.is_empty() {
            controls::hint(ui, tr("review-nobody-project"));
            return;
        }
        let mut choose =
            |chosen| wanted.push(Command::Review(ReviewCommand::Compare(chosen)).into());
        let mut all = review.chosen().is_none();
        if ui
            .checkbox(&mut all, tr("review-compared-everybody"))
            .clicked()
        {
            choose(None);
        }
        ui.separator();
        let count = review.chosen().map_or(names.len(), <[Annotator]>::len);
        for name in &*names {
            let mut on = review.chosen().is_none_or(|chosen| chosen.contains(name));
            let usable = on || count < MOST_SIDES;
            let response = ui.add_enabled_ui(usable, |ui| ui.checkbox(&mut on, name.as_str()));
            if response.inner.clicked() {
                choose(toggled(review.chosen(), names, name));
            }
        }
        if names.len() > MOST_SIDES {
            controls::hint(
                ui,
                &tr_args("review-compared-most", &[("n", MOST_SIDES.into())]),
            );
        }
        ui.separator();
        rule(ui, cx, wanted);
    }
}

/// When a document that is assigned to nobody is ready: how many annotators must be done with it.
fn rule(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let rules = &cx.session.labels().review;
    controls::hint(ui, tr("review-rule"));
    let usable = cx.session.project().is_some_and(Project::is_writable);
    ui.add_enabled_ui(usable, |ui| {
        ui.horizontal(|ui| {
            let fewer = parts::small_icon(ui, Icon::Minus, tr("review-rule-fewer"));
            ui.label(tr_args(
                "review-rule-n",
                &[("n", (rules.least as usize).into())],
            ));
            let more = parts::small_icon(ui, Icon::Plus, tr("review-rule-more"));
            let least = match (fewer.clicked(), more.clicked()) {
                (true, _) => rules.least.saturating_sub(1).max(1),
                (_, true) => (rules.least + 1).min(MOST_DONE),
                _ => rules.least,
            };
            if least != rules.least {
                let rules = ReviewRules {
                    least,
                    ..rules.clone()
                };
                wanted.push(Command::Review(ReviewCommand::SetRules(rules)).into());
            }
        });
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_click_takes_somebody_out_and_in_again() {
        let all = ["amal", "huda", "yusuf"].map(|name| Annotator::new(name).unwrap());
        let two = toggled(None, &all, &all[1]).unwrap();
        assert_eq!(two, [all[0].clone(), all[2].clone()]);
        assert_eq!(toggled(Some(&two), &all, &all[1]), None, "everybody again");
        let one = toggled(Some(&two), &all, &all[0]).unwrap();
        assert_eq!(
            toggled(Some(&one), &all, &all[2]),
            None,
            "nobody is everybody"
        );
    }
}
