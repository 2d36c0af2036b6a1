//! The relations from and to the chosen span; a new one is made by choosing its type, and then the
//! span it points to, in the list here or in the article.

use std::collections::BTreeSet;

use eframe::egui::{Rect, ScrollArea, Ui, pos2};

use crate::{
    annotation::{LabelId, LabelSet, Layer, Relation, RelationId, RelationType, Span, SpanId},
    gui::{
        cached::{Cached, Version},
        controls::{self, Look, RowState},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::{Arg, tr, tr_args},
    },
    session::{Article, Command, DeskCommand, SpanCommand},
    text,
};

use super::{label, wish};

/// Rows of the list of targets that are in view at once.
const ROWS: f32 = 5.0;

/// What the inspector remembers of relations.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// The relation that is being made.
    relating: Option<Relating>,
    of_span: Cached<(Version, SpanId), Vec<RelationId>>,
    targets: Cached<(Version, SpanId, BTreeSet<LabelId>), Vec<SpanId>>,
}

/// A relation that is being made.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Relating {
    from: SpanId,
    kind: Option<String>,
    /// A span that was clicked and cannot be the target.
    refused: bool,
    /// It was just begun, perhaps from a menu: it is to come into view.
    fresh: bool,
}

impl Relating {
    /// One that begins at this span; its type is not chosen yet.
    fn from(from: SpanId) -> Self {
        Self {
            from,
            kind: None,
            refused: false,
            fresh: true,
        }
    }
}

/// A relation as one end sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row<'a> {
    relation: &'a Relation,
    /// The other end.
    other: &'a Span,
    /// Whether it leads away from the span.
    leads_away: bool,
}

fn row(layer: &Layer, id: SpanId, relation: RelationId) -> Option<Row<'_>> {
    let relation = layer.relation(relation)?;
    let leads_away = relation.from == layer.resolve(id);
    let other = layer.get(if leads_away {
        relation.to
    } else {
        relation.from
    })?;
    Some(Row {
        relation,
        other,
        leads_away,
    })
}

/// Types that can begin at a label.
fn kinds_from<'a>(labels: &'a LabelSet, from: &LabelId) -> Vec<&'a RelationType> {
    let from = labels.id_of(from);
    let begins = |kind: &&RelationType| kind.from.is_empty() || kind.from.contains(from);
    labels.relation_types.iter().filter(begins).collect()
}

/// Whether a relation of this type can lead from one span to the other.
fn allows(labels: &LabelSet, kind: &str, from: &Span, to: &Span) -> bool {
    let ends = (labels.id_of(&from.data.label), labels.id_of(&to.data.label));
    from.id != to.id
        && labels
            .relations_between(ends.0, ends.1)
            .any(|known| known.name == kind)
}

impl Relations {
    /// Begins a relation from a span.
    pub(super) fn begin(&mut self, from: SpanId) {
        self.relating = Some(Relating::from(from));
    }

    /// Gives up the relation that is being made.
    pub(super) fn cancel(&mut self) {
        self.relating = None;
    }

    /// Shows the relations of a span, and the one that is being made.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        (article, span): (&Article, &Span),
        intents: &mut Vec<Intent>,
    ) {
        clicked_in_article(cx, (article, span), &mut self.relating, intents);
        let layer = article.layer();
        let ids = self.of_span.get((Version::of(article), span.id), || {
            layer
                .relations_of(span.id)
                .map(|relation| relation.id)
                .collect()
        });
        let kinds = kinds_from(cx.session.labels(), &span.data.label);
        if ids.is_empty() && kinds.is_empty() {
            return;
        }
        controls::caption(ui, tr("relations"));
        for row in ids.iter().filter_map(|id| row(layer, span.id, *id)) {
            relation(ui, cx, article, &row, intents);
        }
        if self
            .relating
            .as_ref()
            .is_some_and(|new| new.from == span.id)
        {
            let begun = self.relating.as_mut();
            let fresh = begun.is_some_and(|new| std::mem::take(&mut new.fresh));
            let shown = ui.scope(|ui| self.make(ui, cx, (article, span), &kinds, intents));
            if fresh {
                shown.response.scroll_to_me(None);
            }
        } else if !kinds.is_empty()
            && controls::word_button(ui, Icon::Link, tr("relation-add")).clicked()
        {
            self.begin(span.id);
        }
    }

    /// Shows the relation that is being made.
    fn make(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        (article, span): (&Article, &Span),
        kinds: &[&RelationType],
        intents: &mut Vec<Intent>,
    ) {
        let Some(new) = &mut self.relating else {
            return;
        };
        let labels = cx.session.labels();
        if choose_kind(ui, labels, new, kinds) {
            self.relating = None;
            return;
        }
        let Some(kind) = new.kind.clone() else {
            controls::hint(ui, tr("relation-choose-kind"));
            return;
        };
        if new.refused {
            let words = tr_args(
                "relation-refused",
                &[("kind", kind_name(labels, &kind).into())],
            );
            controls::warning(ui, &words);
        }
        controls::hint(ui, tr("relation-choose-target"));
        let good = labels_at_end(labels, span, &kind);
        let key = (Version::of(article), span.id, good.clone());
        let candidates = self.targets.get(key, || {
            let fits = |other: &&Span| other.id != span.id && good.contains(&other.data.label);
            article
                .layer()
                .spans()
                .filter(fits)
                .map(|other| other.id)
                .collect()
        });
        if let Some(to) = targets(ui, cx, (article, span), candidates) {
            intents.push(wish(SpanCommand::Relate(kind, span.id, to)));
            self.relating = None;
        }
    }
}

/// The ids of labels whose spans a relation of this type can point to.
fn labels_at_end(labels: &LabelSet, span: &Span, kind: &str) -> BTreeSet<LabelId> {
    let from = labels.id_of(&span.data.label);
    let fits = |id: &LabelId| {
        labels
            .relations_between(from, labels.id_of(id))
            .any(|known| known.name == kind)
    };
    labels
        .labels
        .iter()
        .map(|label| &label.id)
        .filter(|id| fits(id))
        .cloned()
        .collect()
}

/// While a relation is being made, a click on another span in the article makes it the target; the
/// span that it begins at stays the chosen one.
fn clicked_in_article(
    cx: &Cx<'_>,
    (article, chosen): (&Article, &Span),
    relating: &mut Option<Relating>,
    intents: &mut Vec<Intent>,
) {
    let Some(new) = relating.as_mut().filter(|new| new.from != chosen.id) else {
        return;
    };
    let from = article.layer().get(new.from);
    let (Some(from), Some(kind)) = (from, &new.kind) else {
        *relating = None;
        return;
    };
    intents.push(Command::Desk(DeskCommand::Choose(Some(from.id))).into());
    if allows(cx.session.labels(), kind, from, chosen) {
        intents.push(wish(SpanCommand::Relate(kind.clone(), from.id, chosen.id)));
        *relating = None;
    } else {
        new.refused = true;
    }
}

fn relation(ui: &mut Ui, cx: &Cx<'_>, article: &Article, row: &Row<'_>, intents: &mut Vec<Intent>) {
    let kind = kind_name(cx.session.labels(), &row.relation.kind);
    let id = if row.leads_away {
        "relation-to"
    } else {
        "relation-from"
    };
    let words = quote(article, row.other);
    let name = tr_args(
        id,
        &[("kind", Arg::Text(kind)), ("text", Arg::Text(&words))],
    );
    let side = cx.tokens.space.row;
    ui.horizontal(|ui| {
        let width = ui.available_width() - side - ui.spacing().item_spacing.x;
        let entry = ui.scope(|ui| {
            ui.set_width(width);
            controls::row(ui, side, &name, RowState::Plain)
        });
        let entry = entry.inner;
        let rect = entry.rect.shrink2((cx.tokens.space.xs, 0.0).into());
        let style = (cx.tokens.text.body, cx.tokens.ink.strong);
        controls::line(ui, rect, &name, style, controls::Side::Left);
        if entry.on_hover_text(tr("relation-show")).clicked() {
            intents.push(Intent::Show(row.other.id));
        }
        let remove = tr_args("relation-remove", &[("kind", kind.into())]);
        if controls::icon_button(ui, Icon::Close, &remove).clicked() {
            intents.push(wish(SpanCommand::Unrelate(row.relation.id)));
        }
    });
}

/// The English name of a type, or its name in files.
fn kind_name<'a>(labels: &'a LabelSet, name: &'a str) -> &'a str {
    let kind = labels.relation_type(name);
    kind.map(|kind| kind.display.en.as_str())
        .filter(|name| !name.is_empty())
        .unwrap_or(name)
}

fn quote(article: &Article, span: &Span) -> String {
    text::quote(&span.data.fragments.beginning(article.text(), 1280), 40)
}

/// The types, to choose one; `true` where the person does not want a relation any more.
fn choose_kind(
    ui: &mut Ui,
    labels: &LabelSet,
    new: &mut Relating,
    kinds: &[&RelationType],
) -> bool {
    let shown = ui.horizontal_wrapped(|ui| {
        for kind in kinds {
            let chosen = new.kind.as_ref() == Some(&kind.name);
            let button = controls::choice(ui, chosen, kind_name(labels, &kind.name));
            let guide = if kind.guide.is_empty() {
                &kind.name
            } else {
                &kind.guide
            };
            if button.on_hover_text(guide).clicked() {
                new.kind = Some(kind.name.clone());
                new.refused = false;
            }
        }
        controls::icon_button(ui, Icon::Close, tr("relation-cancel")).clicked()
    });
    shown.inner
}

/// The spans that the relation can point to, those beside the span first in view; gives the one
/// that is clicked. Only rows in view are laid out.
fn targets(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (article, span): (&Article, &Span),
    candidates: &[SpanId],
) -> Option<SpanId> {
    if candidates.is_empty() {
        controls::hint(ui, tr("relation-no-target"));
        return None;
    }
    let layer = article.layer();
    let height = cx.tokens.space.row;
    let start = span.data.fragments.start();
    let before = |id: &SpanId| {
        layer
            .get(*id)
            .is_some_and(|other| other.data.fragments.start() < start)
    };
    let near = candidates.partition_point(before);
    let first = near as f32 * (height + ui.spacing().item_spacing.y) - height;
    let salt = ("relation targets", span.id);
    let mut area = ScrollArea::vertical()
        .id_salt(salt)
        .max_height(ROWS * height)
        .auto_shrink([false, true]);
    let seen = ui.make_persistent_id(salt);
    if !ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<bool>(seen), true)) {
        area = area.vertical_scroll_offset(first.max(0.0));
    }
    let shown = area.show_rows(ui, height, candidates.len(), |ui, range| {
        let visible = candidates.get(range).unwrap_or_default();
        let mut clicked = None;
        for other in visible.iter().filter_map(|id| layer.get(*id)) {
            if target(ui, cx, article, other) {
                clicked = Some(other.id);
            }
        }
        clicked
    });
    shown.inner
}

fn target(ui: &mut Ui, cx: &Cx<'_>, article: &Article, other: &Span) -> bool {
    let words = quote(article, other);
    let label_of = cx.session.labels().resolve(&other.data.label);
    let name = label_of.map_or(other.data.label.as_str(), |label| &label.name);
    let spoken = tr_args(
        "relation-target",
        &[("label", name.into()), ("text", (&words).into())],
    );
    let row = controls::row(ui, cx.tokens.space.row, &spoken, RowState::Plain);
    let right = pos2(row.rect.right() + cx.tokens.space.l, row.rect.bottom());
    let rect = Rect::from_min_max(row.rect.min, right);
    label::paint(ui, cx, rect, &words, label_of.map(Look::from));
    row.clicked()
}
