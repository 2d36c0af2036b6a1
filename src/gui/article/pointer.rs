//! The mouse on the article: which events are the article's, where in the text they are, how often a place was
//! clicked. What they mean is the gesture's business.

use eframe::egui::{Event, PointerButton, Pos2, Rect, Ui, Vec2, pos2};

use crate::{
    annotation::{LabelId, SpanId},
    session::{Article, Command, DeskCommand},
    typeset::ArticleLayout,
};

use super::{
    ViewAction,
    canvas::Canvas,
    caret::Caret,
    compared::{Compare, Foreign},
    gesture::{Dragging, Gesture, Spot},
    handles::{self, Handle},
};

/// What the pointer meets.
pub(super) struct Ground<'a> {
    pub(super) article: &'a Article,
    pub(super) layout: &'a ArticleLayout,
    pub(super) canvas: &'a Canvas,
    pub(super) handles: &'a [Handle],
    pub(super) compare: &'a Compare,
    /// The viewport in points.
    pub(super) view: Rect,
    /// The label that a drag tags with at once.
    pub(super) picked: Option<&'a LabelId>,
}

impl Ground<'_> {
    /// Where in the text a place on the screen is.
    fn spot(&self, at: Pos2) -> Option<(Spot, crate::typeset::Position)> {
        let hit = self.layout.hit(at.x, at.y)?;
        let grapheme = self.layout.hit_exact(at.x, at.y);
        Some((
            Spot {
                byte: hit.byte(),
                grapheme,
            },
            hit.position,
        ))
    }

    /// The grapheme under a place on the screen.
    pub(super) fn grapheme(&self, at: Pos2) -> Option<usize> {
        let at = self.canvas.local(at);
        Some(self.layout.hit_exact(at.x, at.y)?.start)
    }

    /// The handle under a place on the screen.
    pub(super) fn handle(&self, at: Pos2) -> Option<Handle> {
        let at = self.canvas.local(at);
        handles::handle_at(self.handles, at).filter(|_| !handles::is_on_letters(self.layout, at))
    }

    /// The compared span under a place on the screen.
    pub(super) fn foreign(&self, at: Pos2) -> Option<&Foreign> {
        let in_view = self.view.contains(at) && self.handle(at).is_none();
        self.compare
            .at(self.layout, self.canvas, at)
            .filter(|_| in_view)
    }

    /// The one of them that a click would tell of.
    fn loud(&self, at: Pos2) -> Option<(usize, SpanId)> {
        self.foreign(at)
            .filter(|foreign| foreign.loud)
            .map(Foreign::id)
    }

    fn takes(&self, ui: &Ui, at: Pos2) -> bool {
        let layer = ui.ctx().layer_id_at(at);
        ui.is_enabled()
            && self.view.contains(at)
            && layer.is_none_or(|layer| layer == ui.layer_id())
    }
}

/// Presses in a row at one place.
#[derive(Clone, Copy, Debug, Default)]
struct Clicks {
    count: u32,
    /// When the last one was released, in seconds.
    time: f64,
    at: Pos2,
}

impl Clicks {
    /// Counts a press. `delay` is how long the next click may wait, in seconds.
    fn press(&mut self, at: Pos2, now: f64, delay: f64) -> u32 {
        const NEAR: f32 = 6.0;
        let goes_on = now - self.time < delay && at.distance(self.at) < NEAR && self.count < 3;
        self.count = if goes_on { self.count + 1 } else { 1 };
        self.at = at;
        self.count
    }

    fn release(&mut self, at: Pos2, now: f64) {
        const FAR: f32 = 6.0;
        self.time = if at.distance(self.at) < FAR {
            now
        } else {
            f64::NEG_INFINITY
        };
    }
}

/// The pointer's state between frames.
#[derive(Debug, Default)]
pub(super) struct Pointer {
    gesture: Gesture,
    clicks: Clicks,
    /// From the pointer to the place in the text that it drags, in physical pixels: a handle hangs below its line.
    grip: Vec2,
    /// A second button's press waits for its release.
    menu: bool,
    /// A press on a compared span waits for its release.
    foreign: Option<(usize, SpanId)>,
}

impl Pointer {
    /// The edge that is being dragged.
    pub(super) fn dragging(&self) -> Option<Dragging> {
        match &self.gesture {
            Gesture::Edge(dragging) => Some(*dragging),
            _ => None,
        }
    }

    /// Whether something is held that scrolls the article when it is pulled over the edge.
    pub(super) fn pulls(&self) -> bool {
        self.gesture != Gesture::Idle
    }

    /// Whether a selection is being drawn.
    pub(super) fn selects(&self) -> bool {
        matches!(self.gesture, Gesture::Select(_))
    }

    /// Takes the frame's events and gives what they come to. Whether the keyboard is wanted comes second.
    pub(super) fn take(
        &mut self,
        ui: &Ui,
        ground: &Ground<'_>,
        caret: &mut Caret,
    ) -> (Vec<ViewAction>, bool) {
        let is_pointer =
            |event: &&Event| matches!(event, Event::PointerButton { .. } | Event::PointerMoved(_));
        let events: Vec<Event> =
            ui.input(|input| input.events.iter().filter(is_pointer).cloned().collect());
        let mut actions = Vec::new();
        let mut pressed = false;
        for event in events {
            match event {
                Event::PointerMoved(at) => actions.extend(self.drag(ground, at, caret)),
                Event::PointerButton {
                    pos,
                    button,
                    pressed: true,
                    modifiers,
                } if ground.takes(ui, pos) => {
                    pressed = true;
                    self.menu = button == PointerButton::Secondary;
                    let primary = button == PointerButton::Primary;
                    self.foreign = ground.loud(pos).filter(|_| primary);
                    if primary && self.foreign.is_none() {
                        actions.extend(self.press(ui, ground, pos, modifiers.shift, caret));
                    }
                }
                Event::PointerButton {
                    pos,
                    button,
                    pressed: false,
                    ..
                } => actions.extend(self.let_go(ui, ground, (button, pos), caret)),
                _ => {}
            }
        }
        if self.gesture != Gesture::Idle
            && let Some(at) = ui.input(|input| input.pointer.latest_pos())
        {
            actions.extend(self.drag(ground, at, caret));
        }
        (actions, pressed)
    }

    fn let_go(
        &mut self,
        ui: &Ui,
        ground: &Ground<'_>,
        (button, at): (PointerButton, Pos2),
        caret: &mut Caret,
    ) -> Vec<ViewAction> {
        if let Some((layer, span)) = self.foreign.take() {
            let same = ground.loud(at) == Some((layer, span));
            return same
                .then_some(ViewAction::Compared { layer, span })
                .into_iter()
                .collect();
        }
        match button {
            PointerButton::Primary => self.release(ui, ground, at, caret),
            PointerButton::Secondary if std::mem::take(&mut self.menu) && ground.takes(ui, at) => {
                menu(ground, at, caret)
            }
            _ => Vec::new(),
        }
    }

    fn press(
        &mut self,
        ui: &Ui,
        ground: &Ground<'_>,
        at: Pos2,
        shift: bool,
        caret: &mut Caret,
    ) -> Vec<ViewAction> {
        let now = ui.input(|input| input.time);
        let delay = ui
            .ctx()
            .options(|options| options.input_options.max_double_click_delay);
        let clicks = self.clicks.press(at, now, delay);
        let local = ground.canvas.local(at);
        self.grip = Vec2::ZERO;
        if let (Some(handle), Some(span)) = (ground.handle(at), ground.article.chosen()) {
            self.grip = pos2(handle.stem.x, handle.row) - local;
            let (start, end) = span.data.fragments.extent();
            let edge = if handle.edge == crate::session::Edge::Start {
                start
            } else {
                end
            };
            self.gesture = Gesture::grab(span.id, handle.edge, edge);
            return Vec::new();
        }
        let Some((spot, position)) = ground.spot(local) else {
            return Vec::new();
        };
        caret.put(position);
        let desk = ground.article.desk();
        let held = shift.then(|| desk.anchor().unwrap_or(desk.caret()));
        let (gesture, commands) = Gesture::press(ground.article.text(), spot, clicks, held);
        self.gesture = gesture;
        commands.into_iter().map(ViewAction::Run).collect()
    }

    fn drag(&mut self, ground: &Ground<'_>, at: Pos2, caret: &mut Caret) -> Option<ViewAction> {
        if self.gesture == Gesture::Idle {
            return None;
        }
        let at = at.clamp(ground.view.min, ground.view.max);
        let (spot, position) = ground.spot(ground.canvas.local(at) + self.grip)?;
        let command = self.gesture.drag(ground.article.text(), &spot)?;
        if matches!(command, Command::Desk(DeskCommand::Select(_, to)) if to == position.byte) {
            caret.put(position);
        }
        Some(ViewAction::Run(command))
    }

    fn release(
        &mut self,
        ui: &Ui,
        ground: &Ground<'_>,
        at: Pos2,
        caret: &mut Caret,
    ) -> Vec<ViewAction> {
        self.clicks.release(at, ui.input(|input| input.time));
        let last = self.drag(ground, at, caret);
        let picked = ground.picked;
        let released = self
            .gesture
            .release(picked)
            .into_iter()
            .map(ViewAction::Run);
        last.into_iter().chain(released).collect()
    }
}

/// The second button: a selection under it stays, else the span under it is chosen; then a menu opens.
fn menu(ground: &Ground<'_>, at: Pos2, caret: &mut Caret) -> Vec<ViewAction> {
    let Some((spot, position)) = ground.spot(ground.canvas.local(at)) else {
        return Vec::new();
    };
    let desk = ground.article.desk();
    let mut actions = Vec::new();
    let is_selected = desk.selection().is_some_and(|selection| {
        selection.contains(
            spot.grapheme
                .as_ref()
                .map_or(spot.byte, |grapheme| grapheme.start),
        )
    });
    if !is_selected {
        caret.put(position);
        actions.push(ViewAction::Run(DeskCommand::Caret(spot.byte, false).into()));
        let under = spot
            .grapheme
            .map(|grapheme| ground.article.spans_at(grapheme.start));
        let under = under.unwrap_or_default();
        let stays = desk.chosen().is_some_and(|chosen| under.contains(&chosen));
        if !stays {
            let innermost = under.first().copied();
            actions.push(ViewAction::Run(DeskCommand::Choose(innermost).into()));
        }
    }
    actions.push(ViewAction::Menu {
        at,
        byte: spot.byte,
    });
    actions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clicks_in_a_row_are_quick_and_at_one_place() {
        let mut clicks = Clicks::default();
        let (here, there) = (pos2(10.0, 10.0), pos2(30.0, 10.0));
        let mut click = |at, now| {
            let count = clicks.press(at, now, 0.3);
            clicks.release(at, now + 0.1);
            count
        };
        assert_eq!(
            [click(here, 1.0), click(here, 1.3), click(here, 1.6)],
            [1, 2, 3]
        );
        assert_eq!(click(here, 1.9), 1);
        assert_eq!([click(there, 2.2), click(there, 3.0)], [1, 1]);
    }

    #[test]
    fn the_end_of_a_drag_is_no_click() {
        let mut clicks = Clicks::default();
        clicks.press(pos2(10.0, 10.0), 1.0, 0.3);
        clicks.release(pos2(80.0, 10.0), 1.1);
        assert_eq!(clicks.press(pos2(10.0, 10.0), 1.2, 0.3), 1);
    }
}
