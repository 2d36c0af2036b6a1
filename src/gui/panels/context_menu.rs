//! The article's context menu: what can be done with the selection, or else with the chosen span.
//! The article view has chosen the span under the pointer before it opens.

use eframe::egui::{
    Align, Id, Key, Layout, Modifiers, Popup, PopupCloseBehavior, PopupKind, Pos2, RichText, Style,
    Ui, UiKind, UiStackInfo,
    containers::menu::{MenuConfig, SubMenuButton, menu_style},
    vec2,
};

use crate::{
    annotation::{Label, LabelId, SpanId},
    gui::{
        commands::{CommandId, EditCommand, SpanCommand as SpanCommandId},
        controls::{self, Look, SAMPLE, Side},
        cx::Cx,
        intent::Intent,
        strings::tr,
    },
    session::{Command, Session, SpanCommand},
};

/// Width of the menu, in points.
const WIDTH: f32 = 260.0;

/// An entry of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    /// Tag the selection with a label.
    Tag(LabelId),
    /// Add the selection to the chosen span, which has this label.
    AddFragment(LabelId),
    /// Give the chosen span another label: a menu of them.
    Relabel(SpanId, Vec<LabelId>),
    /// Begin a relation from the chosen span.
    AddRelation(SpanId),
    /// A command of the table.
    Command(CommandId),
    /// A thin line.
    Separator,
}

/// The entries for what is selected and chosen now.
fn entries(session: &Session) -> Vec<Entry> {
    let Some(article) = session.article() else {
        return Vec::new();
    };
    let labels = session.labels();
    let writable = session
        .project()
        .is_some_and(crate::session::Project::is_writable);
    let chosen = article.chosen();
    let edit = |command| Entry::Command(CommandId::Edit(command));
    let span_command = |command| Entry::Command(CommandId::Span(command));
    let mut entries = Vec::new();
    if article.desk().selection().is_some() {
        if writable {
            entries.extend(labels.active().map(|label| Entry::Tag(label.id.clone())));
            entries.extend(chosen.map(|span| Entry::AddFragment(span.data.label.clone())));
            entries.push(Entry::Separator);
        }
        let copies = [
            EditCommand::Copy,
            EditCommand::CopyWithReference,
            EditCommand::Find,
        ];
        entries.extend(copies.map(edit));
        return entries;
    }
    if let Some(span) = chosen {
        if writable {
            let current = labels.resolve(&span.data.label).map(|label| &label.id);
            let others = labels.active().filter(|label| Some(&label.id) != current);
            let others = others.map(|label| label.id.clone()).collect();
            entries.push(Entry::Relabel(span.id, others));
            entries.push(span_command(SpanCommandId::Edit));
            entries.push(span_command(SpanCommandId::Proclitic));
            entries.push(span_command(SpanCommandId::LabelAll));
            entries.push(span_command(SpanCommandId::Comment));
            let begins = |label: &Label| {
                let any = |kind: &crate::annotation::RelationType| {
                    kind.from.is_empty() || kind.from.contains(&label.id)
                };
                labels.relation_types.iter().any(any)
            };
            if labels.resolve(&span.data.label).is_some_and(begins) {
                entries.push(Entry::AddRelation(span.id));
            }
            entries.push(Entry::Separator);
        }
        entries.extend([EditCommand::Copy, EditCommand::CopyWithReference].map(edit));
        if writable {
            entries.push(Entry::Separator);
            entries.push(span_command(SpanCommandId::Remove));
        }
        return entries;
    }
    let select = [
        EditCommand::SelectWord,
        EditCommand::SelectSentence,
        EditCommand::Find,
    ];
    select.map(edit).to_vec()
}

/// The menu, and where it is open.
#[derive(Debug, Default)]
pub(crate) struct ContextMenu {
    at: Option<Pos2>,
    /// It was opened in this frame: the press that did so is not one beside it.
    fresh: bool,
}

impl ContextMenu {
    /// Opens it at a place of the window.
    pub(crate) fn open_at(&mut self, at: Pos2) {
        self.at = Some(at);
        self.fresh = true;
    }

    /// Whether it is open; it then takes Escape.
    pub(crate) fn is_open(&self) -> bool {
        self.at.is_some()
    }

    /// Shows it, if it is open.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let Some(at) = self.at else { return Vec::new() };
        let config = MenuConfig::new();
        let info =
            UiStackInfo::new(UiKind::Menu).with_tag_value(MenuConfig::MENU_CONFIG_TAG, config);
        let mut open = true;
        let popup = Popup::new(id(), ui.ctx().clone(), at, ui.layer_id())
            .kind(PopupKind::Menu)
            .layout(Layout::top_down_justified(Align::Min))
            .style(menu_style as fn(&mut Style))
            .info(info)
            .close_behavior(if self.fresh {
                PopupCloseBehavior::IgnoreClicks
            } else {
                PopupCloseBehavior::CloseOnClick
            })
            .width(WIDTH)
            .open_bool(&mut open);
        let shown = popup.show(|ui| content(ui, cx));
        let escape = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        self.fresh = false;
        let wanted = shown.map(|shown| shown.inner).unwrap_or_default();
        if !open || escape || !wanted.is_empty() {
            self.at = None;
        }
        wanted
    }
}

fn id() -> Id {
    Id::unique("context menu of the article")
}

fn content(ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let entries = entries(cx.session);
    entries
        .iter()
        .filter_map(|entry| show_entry(ui, cx, entry))
        .collect()
}

fn show_entry(ui: &mut Ui, cx: &Cx<'_>, entry: &Entry) -> Option<Intent> {
    let labels = cx.session.labels();
    let clicked = match entry {
        Entry::Separator => {
            ui.separator();
            return None;
        }
        Entry::Tag(id) => labels.get(id).is_some_and(|label| {
            let place = labels.active().position(|other| other.id == *id);
            label_row(ui, cx, label, place)
        }),
        Entry::AddFragment(_) => plain_row(ui, cx, tr("menu-add-fragment"), None),
        Entry::AddRelation(_) => plain_row(ui, cx, tr("menu-add-relation"), None),
        Entry::Command(command) => {
            let row = command.row();
            plain_row(ui, cx, row.name(), row.keys())
        }
        Entry::Relabel(span, others) => return relabel(ui, cx, *span, others),
    };
    clicked.then(|| match entry {
        Entry::Tag(id) => Intent::Label(id.clone(), false),
        Entry::AddFragment(id) => Intent::Label(id.clone(), true),
        Entry::AddRelation(span) => Intent::Relate(*span),
        Entry::Command(command) => (*command).into(),
        Entry::Relabel(..) | Entry::Separator => Intent::FocusArticle,
    })
}

fn relabel(ui: &mut Ui, cx: &Cx<'_>, span: SpanId, others: &[LabelId]) -> Option<Intent> {
    let labels = cx.session.labels();
    let (_, shown) = SubMenuButton::new(tr("menu-relabel")).ui(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let mut clicked = None;
        for label in others.iter().filter_map(|id| labels.get(id)) {
            let place = labels.active().position(|other| other.id == label.id);
            if label_row(ui, cx, label, place) {
                clicked = Some(label.id.clone());
            }
        }
        clicked
    });
    let id = shown.and_then(|shown| shown.inner)?;
    Some(Command::Span(SpanCommand::Relabel(span, id)).into())
}

/// A row with a label's look and keys.
fn label_row(ui: &mut Ui, cx: &Cx<'_>, label: &Label, place: Option<usize>) -> bool {
    let digit = place
        .map(|at| at + 1)
        .filter(|digit| *digit <= 9)
        .map(|digit| digit.to_string());
    let keys: Vec<String> = digit
        .into_iter()
        .chain(label.hotkey.map(String::from))
        .collect();
    let row = controls::row(
        ui,
        cx.tokens.space.row,
        label.display_en(),
        controls::RowState::Plain,
    );
    let (space, ink, size) = (&cx.tokens.space, &cx.tokens.ink, &cx.tokens.text);
    let rect = row.rect.shrink2(vec2(space.s, 0.0));
    let mut at = rect.left_center();
    at.x += SAMPLE * 0.5;
    controls::sample(ui, at, Look::from(label));
    let keys_at = rect.right_center();
    let right = eframe::egui::Align2::RIGHT_CENTER;
    controls::sign(ui, keys_at, right, &keys.join(" "), size.small, ink.weak);
    let mut room = rect;
    room.min.x += SAMPLE + space.s;
    room.max.x -= space.xl + space.s;
    controls::line(
        ui,
        room,
        label.display_en(),
        (size.body, ink.strong),
        Side::Left,
    );
    row.clicked()
}

fn plain_row(ui: &mut Ui, cx: &Cx<'_>, words: &str, keys: Option<String>) -> bool {
    let mut button = eframe::egui::Button::new(words).min_size(vec2(0.0, cx.tokens.space.row));
    if let Some(keys) = keys {
        button = button.shortcut_text(RichText::new(keys).size(cx.tokens.text.small));
    }
    ui.add(button).accessible_name(words).clicked()
}
