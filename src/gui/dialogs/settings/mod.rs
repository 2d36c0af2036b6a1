//! The settings. Each change is shown at once, in the window behind the dialog, which stands aside.

mod fonts;
mod stepper;

use eframe::egui::{Checkbox, Context, ScrollArea, Ui};

use super::{
    Outcome,
    shell::{Place, Shell, most_height, part},
};
use crate::{
    gui::{controls, cx::Cx, intent::Intent, strings::tr},
    session::{Reading, Settings, ThemeChoice, Tools},
};
use fonts::Fonts;
use stepper::Stepper;

/// The width of the dialog in points.
const WIDTH: f32 = 380.0;

/// The dialog. What it changes is the session's; it keeps the filter over the fonts only.
#[derive(Default)]
pub(super) struct SettingsDialog {
    fonts: Fonts,
}

impl SettingsDialog {
    pub(super) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Outcome {
        let mut settings = cx.session.settings().clone();
        let shell = Shell {
            title: tr("settings-title"),
            width: WIDTH,
            place: Place::Side,
        };
        let shown = shell.show(ctx, cx, |ui| {
            let room = most_height(ctx, cx) - 3.0 * cx.tokens.space.row;
            let area = ScrollArea::vertical()
                .max_height(room)
                .auto_shrink([false, true]);
            area.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                reading(ui, cx, &mut settings.reading);
                part(ui, cx, tr("settings-tools"));
                tools(ui, &mut settings.tools);
                part(ui, cx, tr("settings-font"));
                if let Some(family) = self.fonts.show(ui, cx, &settings.reading.font) {
                    settings.reading.font = family;
                }
            });
            ui.add_space(cx.tokens.space.m);
            ui.horizontal(|ui| {
                let done = controls::main_button(ui, true, tr("settings-done")).clicked();
                let usual = settings.reading == Reading::default();
                if ui
                    .add_enabled(!usual, eframe::egui::Button::new(tr("settings-reset")))
                    .clicked()
                {
                    settings.reading = Reading::default();
                }
                done
            })
            .inner
        });
        let wanted = changed(settings, cx.session.settings());
        Outcome {
            wanted: wanted.into_iter().collect(),
            closed: shown.inner || shown.called_off,
        }
    }
}

fn reading(ui: &mut Ui, cx: &Cx<'_>, reading: &mut Reading) {
    part(ui, cx, tr("settings-theme"));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = cx.tokens.space.l;
        for (theme, words) in [
            (ThemeChoice::System, tr("settings-theme-system")),
            (ThemeChoice::Paper, tr("settings-theme-paper")),
            (ThemeChoice::Night, tr("settings-theme-night")),
        ] {
            ui.radio_value(&mut reading.theme, theme, words);
        }
    });
    part(ui, cx, tr("settings-reading"));
    steppers(ui, cx, reading);
}

/// What is wanted where something was changed.
fn changed(settings: Settings, before: &Settings) -> Option<Intent> {
    (settings != *before).then(|| Intent::Settings(Box::new(settings)))
}

fn steppers(ui: &mut Ui, cx: &Cx<'_>, reading: &mut Reading) {
    let percent = |what, reach| Stepper {
        what,
        unit: "settings-percent",
        scale: 100.0,
        step: 0.1,
        reach,
    };
    percent(tr("settings-zoom"), (0.5, 3.0)).show(ui, cx, &mut reading.zoom);
    let size = Stepper {
        what: tr("settings-text-size"),
        unit: "settings-points",
        scale: 1.0,
        step: 1.0,
        reach: (10.0, 60.0),
    };
    size.show(ui, cx, &mut reading.text_size);
    percent(tr("settings-line-spacing"), (0.6, 2.5)).show(ui, cx, &mut reading.line_spacing);
    let column = Stepper {
        what: tr("settings-column"),
        unit: "settings-em",
        scale: 1.0,
        step: 2.0,
        reach: (20.0, 90.0),
    };
    column.show(ui, cx, &mut reading.column);
}

fn tools(ui: &mut Ui, tools: &mut Tools) {
    let switches = [
        (&mut tools.label_first, tr("settings-label-first")),
        (&mut tools.trim, tr("settings-trim")),
        (&mut tools.invisibles, tr("settings-invisibles")),
        (&mut tools.swapped, tr("settings-swap")),
    ];
    for (on, words) in switches {
        ui.add(Checkbox::new(on, words));
    }
}
