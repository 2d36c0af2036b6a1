//! What stands over the list: the filter's field, the toggles of the statuses, the label, «mine», and
//! how many articles are shown.

use eframe::egui::{Align, Id, Layout, RichText, Ui, accesskit::Role};

use crate::{
    annotation::{Label, Status},
    gui::{
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
        words,
    },
    session::{DocumentList, Filter, ReviewState},
};

use super::{
    super::{parts, review},
    count_words,
    row::sign,
    set_filter,
};

/// The id of the filter's field.
pub(super) fn field_id() -> Id {
    Id::unique("article-filter")
}

/// The filter as it is being written.
#[derive(Debug, Default)]
pub(super) struct FilterHead {
    text: String,
}

/// The filter after a click on the toggle of `status`: only it, or all if it was on.
fn toggled_status(filter: &Filter, status: Status) -> Filter {
    Filter {
        status: (filter.status != Some(status)).then_some(status),
        ..filter.clone()
    }
}

impl FilterHead {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        list: &DocumentList,
        wanted: &mut Vec<Intent>,
    ) {
        self.field(ui, list, wanted);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            if cx.session.review().is_on() {
                reviews(ui, cx, list.filter(), wanted);
            } else {
                statuses(ui, cx, list.filter(), wanted);
            }
            labels(ui, cx, list.filter(), wanted);
            mine(ui, cx, list.filter(), wanted);
            discussed(ui, cx, list, wanted);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let words = count_words(list);
                let response = parts::quiet(ui, &words);
                parts::node(&response, |node| {
                    node.set_role(Role::Status);
                    node.set_label(words.clone());
                });
            });
        });
    }

    /// The text is filtered for as it is written; Escape empties the field.
    fn field(&mut self, ui: &mut Ui, list: &DocumentList, wanted: &mut Vec<Intent>) {
        let filter = list.filter();
        let id = field_id();
        let focused = ui.memory(|memory| memory.has_focus(id));
        if !focused && self.text != filter.text {
            self.text.clone_from(&filter.text);
        }
        let field = parts::search_field(ui, id, &mut self.text, tr("list-filter"));
        if field.cancelled {
            self.text.clear();
        }
        if self.text != filter.text {
            wanted.push(set_filter(Filter {
                text: self.text.clone(),
                ..filter.clone()
            }));
        }
    }
}

fn statuses(ui: &mut Ui, cx: &Cx<'_>, filter: &Filter, wanted: &mut Vec<Intent>) {
    for status in [Status::New, Status::InProgress, Status::Done] {
        let on = filter.status == Some(status);
        let name = tr_args("list-only", &[("what", parts::word(words::status(status)))]);
        if parts::toggle(ui, cx, sign(status), &name, on).clicked() {
            wanted.push(set_filter(toggled_status(filter, status)));
        }
    }
}

/// How far the review is, each with how many articles are so far.
fn reviews(ui: &mut Ui, cx: &Cx<'_>, filter: &Filter, wanted: &mut Vec<Intent>) {
    let counts = cx.session.review().queue().counts();
    for (state, count) in ReviewState::ALL.into_iter().zip(counts) {
        let on = filter.review == Some(state);
        let what = parts::word(review::state(Some(state)));
        let name = tr_args("list-only-review", &[("what", what), ("n", count.into())]);
        let sign = review::state_sign(Some(state));
        if parts::toggle(ui, cx, sign, &name, on).clicked() {
            wanted.push(set_filter(Filter {
                review: (!on).then_some(state),
                ..filter.clone()
            }));
        }
    }
}

/// The label that is filtered for; a menu of all.
fn labels(ui: &mut Ui, cx: &Cx<'_>, filter: &Filter, wanted: &mut Vec<Intent>) {
    let set = cx.session.labels();
    let chosen = filter.label.as_ref().and_then(|id| set.resolve(id));
    let name = match chosen {
        Some(label) => tr_args("list-with-label", &[("label", label.display_en().into())]),
        None => tr("list-any-label").to_owned(),
    };
    let button = parts::toggle(ui, cx, Icon::Tag, &name, chosen.is_some());
    let only = |label: Option<&Label>| {
        set_filter(Filter {
            label: label.map(|label| label.id.clone()),
            ..filter.clone()
        })
    };
    parts::menu_under(&button, |ui| {
        let on = Some(chosen.is_none());
        if parts::menu_row(ui, None, tr("list-any-label"), None, on).clicked() {
            wanted.push(only(None));
            ui.close();
        }
        ui.separator();
        for label in set.active() {
            let on = chosen.is_some_and(|chosen| chosen.id == label.id);
            let words = RichText::new(label.display_en());
            if parts::menu_row(ui, None, words, None, Some(on)).clicked() {
                wanted.push(only(Some(label)));
                ui.close();
            }
        }
    });
}

/// Only what is assigned to the annotator; there where somebody assigns.
fn mine(ui: &mut Ui, cx: &Cx<'_>, filter: &Filter, wanted: &mut Vec<Intent>) {
    let assigned = cx
        .session
        .project()
        .is_some_and(|p| p.list().has_assigned());
    if !assigned && !filter.mine {
        return;
    }
    if parts::toggle(ui, cx, Icon::User, tr("list-mine"), filter.mine).clicked() {
        wanted.push(set_filter(Filter {
            mine: !filter.mine,
            ..filter.clone()
        }));
    }
}

/// Only what has open comments; there where there are comments.
fn discussed(ui: &mut Ui, cx: &Cx<'_>, list: &DocumentList, wanted: &mut Vec<Intent>) {
    let filter = list.filter();
    if !list.has_comments() && !filter.discussed {
        return;
    }
    let name = tr("comments-list-filter");
    if parts::toggle(ui, cx, Icon::Chat, name, filter.discussed).clicked() {
        wanted.push(set_filter(Filter {
            discussed: !filter.discussed,
            ..filter.clone()
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_switched_on_changed_and_off() {
        let all = Filter::default();
        let new = toggled_status(&all, Status::New);
        assert_eq!(new.status, Some(Status::New));
        assert_eq!(
            toggled_status(&new, Status::Done).status,
            Some(Status::Done)
        );
        assert_eq!(toggled_status(&new, Status::New), all);
    }
}
