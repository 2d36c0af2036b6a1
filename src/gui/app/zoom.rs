//! Zoom by Ctrl and the wheel, or by two fingers. Each size lays everything out anew, so what the wheel turns
//! is gathered and taken in the steps that the keys take.

use eframe::egui::{self, Context};

use crate::gui::commands::ViewCommand;

use super::{App, view_commands};

/// How much turning makes a step, as the logarithm of its factor: a little less than a notch of a wheel.
const STEP: f32 = 0.14;
/// How long the wheel rests before the size counts as settled, in seconds.
const REST: f64 = 0.4;

/// What the wheel has turned, and what came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct WheelZoom {
    /// What was turned and is no step yet, as a logarithm.
    gathered: f32,
    /// When it was last turned, in seconds; `None` while it rests.
    turned: Option<f64>,
    /// A step was made since it rested.
    stepped: bool,
}

impl WheelZoom {
    /// Takes the factor of a frame and gives the steps it completes, inwards if positive.
    fn turn(&mut self, factor: f32, now: f64) -> i8 {
        if (factor - 1.0).abs() < f32::EPSILON || factor <= 0.0 {
            return 0;
        }
        self.turned = Some(now);
        self.gathered += factor.ln();
        let steps = (self.gathered / STEP).trunc().clamp(-20.0, 20.0);
        self.gathered -= steps * STEP;
        self.stepped |= steps.abs() >= 1.0;
        steps as i8
    }

    /// Whether the wheel has come to rest after a step; tells so once.
    fn settles(&mut self, now: f64) -> bool {
        if self.turned.is_none_or(|turned| now - turned < REST) {
            return false;
        }
        std::mem::take(self).stepped
    }
}

impl App {
    /// Zooms as far as the wheel was turned, and writes the settings once it rests.
    pub(super) fn zoom_by_wheel(&mut self, ctx: &Context) {
        let (factor, now) = ctx.input(|input| (egui::InputState::zoom_delta(input), input.time));
        let steps = self.wheel.turn(factor, now);
        let command = if steps > 0 {
            ViewCommand::ZoomIn
        } else {
            ViewCommand::ZoomOut
        };
        for _ in 0..steps.unsigned_abs() {
            view_commands::change(self.session.settings_mut(), command);
        }
        if steps != 0 {
            ctx.set_zoom_factor(self.session.settings().reading.zoom);
        }
        if self.wheel.settles(now) {
            self.session.save_settings();
        } else if self.wheel.turned.is_some() {
            ctx.request_repaint_after_secs(REST as f32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_gathers_to_steps_in_both_directions() {
        let mut wheel = WheelZoom::default();
        let steps: Vec<i8> = (0..6).map(|at| wheel.turn(1.05, f64::from(at))).collect();
        assert_eq!(steps, [0, 0, 1, 0, 0, 1]);
        assert_eq!(wheel.turn(0.8, 7.0), -1);
        assert_eq!(wheel.turn(1.0, 8.0), 0);
    }

    #[test]
    fn it_settles_once_after_a_step_and_forgets_what_was_too_little() {
        let mut wheel = WheelZoom::default();
        wheel.turn(1.3, 1.0);
        assert!(!wheel.settles(1.1));
        assert!(wheel.settles(2.0));
        assert!(!wheel.settles(3.0));
        wheel.turn(1.1, 4.0);
        assert!(!wheel.settles(5.0), "nothing was changed");
        assert_eq!(wheel, WheelZoom::default());
    }
}
