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

use eframe::egui::{ScrollArea, Ui};

use super::{
    commands::{CommandId, ReviewCommand, ViewCommand},
    controls,
    cx::Cx,
    icons::Icon,
    intent::Intent,
    names,
    panels::parts,
    strings::tr,
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
    /// What they were drawn of: revision of the numbers, scheme, rule.
    key: Option<(u64, Scheme, MatchRule)>,
    heat: Option<Scene>,
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

    const fn rule(&self) -> MatchRule {
        if self.overlap {
            MatchRule::Overlap
        } else {
            MatchRule::Exact
        }
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

    /// Draws the pictures anew where the numbers, the scheme or the rule have changed.
    fn draw(&mut self, figures: &Figures, cx: &Cx<'_>) {
        let revision = cx.session.figures().map_or(0, |watched| watched.revision);
        let key = Some((revision, cx.tokens.scheme, self.rule()));
        if self.drawn.key == key {
            return;
        }
        let palette = theme::picture_palette(cx.tokens);
        self.drawn = Drawn {
            key,
            heat: charts::heat_map(figures, self.rule(), &palette),
            confusion: charts::confusion(figures, &palette),
            labels: charts::bars(figures, &palette),
            progress: charts::progress(figures, &palette),
        };
    }

    fn content(&mut self, ui: &mut Ui, cx: &Cx<'_>, figures: &Arc<Figures>) -> Vec<Intent> {
        let mut wanted = Vec::new();
        cards::headline(ui, cx, figures);
        if figures.measures.pairs.is_empty() {
            parts::sentence(ui, tr("dashboard-nothing"), cx.tokens.ink.weak);
        }
        self.heat_map(ui, cx);
        if let Some(picture) = &self.drawn.confusion {
            let chosen = cards::card(ui, cx, picture.width, |ui| {
                scene::show(ui, cx, picture, true)
            });
            let labels = figures.about.labels.len();
            let label = |place: usize| (place < labels).then_some(place);
            if let Some((row, column)) = chosen {
                self.cell = Some((label(row), label(column)));
            }
        }
        if let Some(cell) = self.cell {
            let (intents, keep) = spans::show(ui, cx, figures, cell);
            wanted.extend(intents);
            if !keep {
                self.cell = None;
            }
        }
        overtime::show(ui, cx, figures);
        if let Some(picture) = &self.drawn.progress {
            cards::card(ui, cx, picture.width, |ui| {
                scene::show(ui, cx, picture, false);
                people::show(ui, cx, figures);
            });
        }
        if let Some(picture) = &self.drawn.labels {
            cards::card(ui, cx, picture.width, |ui| {
                scene::show(ui, cx, picture, false)
            });
        }
        wanted
    }

    /// The heat map, and which rule it shows.
    fn heat_map(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some(picture) = &self.drawn.heat else {
            return;
        };
        let mut overlap = self.overlap;
        cards::card(ui, cx, picture.width, |ui| {
            ui.horizontal(|ui| {
                for (which, words) in [(false, "dashboard-exact"), (true, "dashboard-overlap")] {
                    let chosen = controls::choice(ui, overlap == which, tr(words));
                    if chosen.clicked() {
                        overlap = which;
                    }
                }
            });
            scene::show(ui, cx, picture, false);
        });
        self.overlap = overlap;
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
