//! The dashboard: how far annotators agree and how the work goes, in the article's place. It shows what the session
//! computes in the background; pictures are the scenes that files have.

mod cards;
mod header;
mod overtime;
mod people;
mod save;
mod scene;
mod spans;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use eframe::egui::{Align, Layout, ScrollArea, Ui, vec2};

use super::{
    commands::{CommandId, ReviewCommand, ViewCommand},
    controls,
    cx::Cx,
    icons::Icon,
    intent::Intent,
    names,
    panels::parts,
    strings::{tr, tr_args},
    text::BidiLabel,
    theme::{self, Scheme},
};
use crate::{
    agreement::MatchRule,
    report::{Figures, Scene, charts},
    session::{Command, FiguresCommand, FiguresQuestion, FiguresState, Notice},
};

/// A cell of the confusion: labels by place, `None` for no span.
type CellPlace = (Option<usize>, Option<usize>);

/// The pictures as they were drawn last.
#[derive(Debug, Default)]
struct Drawn {
    /// What they were drawn of: revision of the numbers, scheme.
    key: Option<(u64, Scheme)>,
    /// Exact, then overlap.
    heat: [Option<Scene>; 2],
    confusion: Option<Scene>,
    labels: Option<Scene>,
    progress: Option<Scene>,
}

/// The dashboard's own state.
#[derive(Debug, Default)]
pub(crate) struct Dashboard {
    open: bool,
    question: FiguresQuestion,
    /// Whether the heat map shows overlap F1 instead of exact.
    overlap: bool,
    /// The cell whose spans are listed.
    cell: Option<CellPlace>,
    /// Whether the list has just been opened: then it is brought into sight.
    fresh: bool,
    drawn: Drawn,
}

impl Dashboard {
    /// Opens or closes it.
    pub(crate) fn toggle(&mut self) {
        self.open = !self.open;
        self.cell = None;
    }

    /// Closes it, or first the list of spans; whether there was anything to close.
    pub(crate) fn back(&mut self) -> bool {
        if self.open && self.cell.take().is_none() {
            self.open = false;
            return true;
        }
        self.open
    }

    /// Closes it.
    pub(crate) fn close(&mut self) {
        self.open = false;
        self.cell = None;
    }

    /// Whether it stands in the article's place.
    pub(crate) const fn is_open(&self) -> bool {
        self.open
    }

    /// What the session is to compute, or to end, where it does not do so.
    pub(crate) fn wants(&self, cx: &Cx<'_>) -> Option<Intent> {
        let watched = cx.session.figures();
        let command = match (self.open, watched) {
            (true, Some(watched)) if watched.question == self.question => return None,
            (true, _) => FiguresCommand::Watch(self.question.clone()),
            (false, Some(_)) => FiguresCommand::End,
            (false, None) => return None,
        };
        Some(Command::Figures(command).into())
    }

    /// Shows it.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let space = cx.tokens.space;
        if names::are_hidden(cx.session) {
            return hidden(ui, cx);
        }
        let mut wanted = self.header(ui, cx);
        let figures = cx.session.figures().and_then(|it| it.figures.clone());
        ScrollArea::vertical()
            .id_salt("dashboard")
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.add_space(space.s);
                let Some(figures) = figures else {
                    missing(ui, cx);
                    return;
                };
                self.draw(&figures, cx);
                wanted.extend(self.content(ui, cx, &figures));
                ui.add_space(space.xl);
            });
        wanted
    }

    /// Draws the pictures anew where the numbers or the scheme have changed.
    fn draw(&mut self, figures: &Figures, cx: &Cx<'_>) {
        let revision = cx.session.figures().map_or(0, |watched| watched.revision);
        let key = Some((revision, cx.tokens.scheme));
        if self.drawn.key == key {
            return;
        }
        let palette = theme::picture_palette(cx.tokens);
        self.drawn = Drawn {
            key,
            heat: [MatchRule::Exact, MatchRule::Overlap]
                .map(|rule| charts::heat_map(figures, rule, &palette)),
            confusion: charts::confusion(figures, &palette),
            labels: charts::bars(figures, &palette),
            progress: charts::progress(figures, &palette),
        };
    }

    fn content(&mut self, ui: &mut Ui, cx: &Cx<'_>, figures: &Arc<Figures>) -> Vec<Intent> {
        let width = cards::width(ui, cx, self.drawn.widest());
        if figures.about.nothing.is_some() {
            cards::card(ui, cx, width, |ui| nothing(ui, cx));
        } else {
            cards::headline(ui, cx, width, figures);
        }
        self.heat_maps(ui, cx, width);
        let wanted = self.confusion(ui, cx, width, figures);
        overtime::show(ui, cx, width, figures);
        if let Some(picture) = &self.drawn.progress {
            cards::card(ui, cx, width, |ui| {
                scene::show(ui, cx, picture, None);
                people::show(ui, cx, figures);
            });
        }
        if let Some(picture) = &self.drawn.labels {
            cards::card(ui, cx, width, |ui| scene::show(ui, cx, picture, None));
        }
        wanted
    }

    /// The heat maps: beside each other where there is room, else the chosen one.
    fn heat_maps(&mut self, ui: &mut Ui, cx: &Cx<'_>, width: f32) {
        let [Some(exact), Some(overlap)] = &self.drawn.heat else {
            return;
        };
        let mut chosen = self.overlap;
        cards::card(ui, cx, width, |ui| {
            if exact.width + overlap.width + cx.tokens.space.l <= width {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = cx.tokens.space.l;
                    for picture in [exact, overlap] {
                        let size = vec2(picture.width, picture.height);
                        ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                            scene::show(ui, cx, picture, None)
                        });
                    }
                });
                return;
            }
            ui.horizontal(|ui| {
                for (which, words) in [(false, "dashboard-exact"), (true, "dashboard-overlap")] {
                    let choice = controls::choice(ui, chosen == which, tr(words));
                    if choice.clicked() {
                        chosen = which;
                    }
                }
            });
            scene::show(ui, cx, if chosen { overlap } else { exact }, None);
        });
        self.overlap = chosen;
    }

    /// The confusion, and the spans behind the chosen cell: beside it where there is room, else under it.
    fn confusion(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        width: f32,
        figures: &Figures,
    ) -> Vec<Intent> {
        let Some(picture) = &self.drawn.confusion else {
            return Vec::new();
        };
        let labels = figures.about.labels.len();
        let spot = |place: Option<usize>| place.unwrap_or(labels);
        let label = |place: usize| (place < labels).then_some(place);
        let marked = self.cell.map(|(left, right)| (spot(left), spot(right)));
        let gap = cx.tokens.space.l;
        let beside = picture.width + gap + spans::WIDE <= width;
        // No higher than what is seen at once.
        let seen = ui.clip_rect().height() - 6.0 * cx.tokens.space.row;
        let high = spans::HIGH.max(picture.height).min(seen.max(200.0));
        let mut found = (None, Vec::new(), true);
        let (cell, fresh) = (self.cell, std::mem::take(&mut self.fresh));
        cards::card(ui, cx, width, |ui| {
            let list = |ui: &mut Ui| {
                let Some(cell) = cell else {
                    controls::hint(ui, tr("dashboard-choose-cell"));
                    return (Vec::new(), true);
                };
                let shown = ui.vertical(|ui| spans::show(ui, cx, figures, (cell, high)));
                if fresh {
                    ui.scroll_to_rect(shown.response.rect, None);
                }
                shown.inner
            };
            if beside {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = gap;
                    let size = vec2(picture.width, picture.height);
                    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                        found.0 = scene::show(ui, cx, picture, Some(marked));
                    });
                    ui.vertical(|ui| (found.1, found.2) = list(ui));
                });
            } else {
                found.0 = scene::show(ui, cx, picture, Some(marked));
                (found.1, found.2) = list(ui);
            }
        });
        let (chosen, wanted, keep) = found;
        if let Some((row, column)) = chosen {
            self.cell = Some((label(row), label(column)));
            self.fresh = true;
        } else if !keep {
            self.cell = None;
        }
        wanted
    }
}

/// Why nothing is compared, and who is there.
fn nothing(ui: &mut Ui, cx: &Cx<'_>) {
    let everybody = cx.session.figures().map(|it| it.everybody.as_slice());
    let words = match everybody.unwrap_or_default() {
        [] => tr("dashboard-nobody").to_owned(),
        [one] => tr_args("dashboard-alone", &[("name", one.as_str().into())]),
        _ => tr("dashboard-nothing").to_owned(),
    };
    parts::sentence(ui, &words, cx.tokens.ink.weak);
}

impl Drawn {
    /// How wide the widest picture is, in points.
    fn widest(&self) -> f32 {
        let [exact, overlap] = &self.heat;
        let drawn = [
            exact,
            overlap,
            &self.confusion,
            &self.labels,
            &self.progress,
        ];
        let widths = drawn.into_iter().flatten().map(|scene| scene.width);
        widths.fold(0.0, f32::max)
    }
}

/// Pictures and tables name everybody: none is shown while names are hidden.
fn hidden(ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let (ink, space) = (cx.tokens.ink, cx.tokens.space);
    ui.add_space(space.xl);
    ui.horizontal_wrapped(|ui| {
        ui.add_space(space.l);
        parts::sentence(ui, tr("dashboard-hidden"), ink.strong);
    });
    ui.add_space(space.s);
    ui.horizontal_wrapped(|ui| {
        ui.add_space(space.l);
        if controls::word_button(ui, Icon::ArrowLeft, tr("dashboard-close")).clicked() {
            wanted.push(CommandId::View(ViewCommand::Dashboard).into());
        }
        if controls::word_button(ui, Icon::Eye, tr("dashboard-show-names")).clicked() {
            wanted.push(CommandId::Review(ReviewCommand::Blind).into());
        }
    });
    wanted
}

/// Why there are no numbers.
fn missing(ui: &mut Ui, cx: &Cx<'_>) {
    let ink = cx.tokens.ink;
    let state = cx.session.figures().map(|watched| &watched.state);
    ui.add_space(cx.tokens.space.xl);
    ui.horizontal(|ui| {
        ui.add_space(cx.tokens.space.l);
        match state {
            Some(FiguresState::Undefined(why)) => {
                ui.add(BidiLabel::new(&why.to_string()).color(ink.weak));
            }
            Some(FiguresState::Failed(notice)) => {
                let what = match notice {
                    Notice::Failed { what, .. } => what.as_str(),
                    _ => tr("dashboard-failed"),
                };
                ui.add(BidiLabel::new(what).color(ink.danger).wrap());
            }
            _ => {
                ui.add(BidiLabel::new(tr("dashboard-computing")).color(ink.weak));
            }
        }
    });
}
