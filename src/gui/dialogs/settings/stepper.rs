//! A number with a button on each side. A slider would change the text under it many times a second,
//! and most people want one step more or less.

use eframe::egui::{Align, Label, Layout, Ui, vec2};

use super::super::shell::icon_button;
use crate::gui::{
    cx::Cx,
    icons::Icon,
    strings::{Arg, tr_args},
};

/// The width of the number between the buttons, in points.
const NUMBER: f32 = 64.0;

/// What a stepper changes, and how far it goes.
#[derive(Clone, Copy)]
pub(super) struct Stepper {
    /// What the number is.
    pub(super) what: &'static str,
    /// The message that shows it, with the blank `n`.
    pub(super) unit: &'static str,
    /// What one of the setting is in that message: 100 for percent.
    pub(super) scale: f32,
    /// One step of the setting.
    pub(super) step: f32,
    /// The least and the most.
    pub(super) reach: (f32, f32),
}

impl Stepper {
    /// The value one step on, on the step's grid and within reach.
    fn stepped(self, value: f32, forward: bool) -> f32 {
        let by = if forward { self.step } else { -self.step };
        let (least, most) = self.reach;
        (((value + by) / self.step).round() * self.step).clamp(least, most)
    }

    /// Draws it; tells whether the value changed.
    pub(super) fn show(self, ui: &mut Ui, cx: &Cx<'_>, value: &mut f32) -> bool {
        let before = *value;
        ui.horizontal(|ui| {
            ui.label(self.what);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                let what = [("what", Arg::Word(self.what))];
                let more = tr_args("settings-more", &what);
                let less = tr_args("settings-less", &what);
                if icon_button(ui, cx, Icon::Plus, &more).clicked() {
                    *value = self.stepped(*value, true);
                }
                let shown = f64::from((before * self.scale).round());
                let words = tr_args(self.unit, &[("n", Arg::Number(shown))]);
                ui.add_sized(vec2(NUMBER, cx.tokens.space.row), Label::new(words));
                if icon_button(ui, cx, Icon::Minus, &less).clicked() {
                    *value = self.stepped(*value, false);
                }
            });
        });
        (before - *value).abs() > f32::EPSILON
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_on_their_grid_and_within_reach() {
        let zoom = Stepper {
            what: "",
            unit: "settings-percent",
            scale: 100.0,
            step: 0.1,
            reach: (0.5, 3.0),
        };
        assert!((zoom.stepped(1.0, true) - 1.1).abs() < 1e-6);
        assert!((zoom.stepped(1.07, false) - 1.0).abs() < 1e-6);
        assert!((zoom.stepped(3.0, true) - 3.0).abs() < 1e-6);
        assert!((zoom.stepped(0.52, false) - 0.5).abs() < 1e-6);
    }
}
