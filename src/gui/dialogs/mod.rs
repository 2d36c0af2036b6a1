//! The dialogs that change what a project is made of. Each is opened by the app, shown while it is
//! open, and gives intents.

pub(crate) mod alike;
pub(crate) mod document;
pub(crate) mod label_set;
pub(crate) mod remove_label;

use eframe::egui::{Context, Key, LayerId, Modifiers, Popup};

/// Whether Escape closes the window of this layer: it is the topmost, no menu is open, and nobody
/// was `writing` in a field when the frame began (there Escape leaves the field).
fn escape(ctx: &Context, layer: LayerId, writing: bool) -> bool {
    let top = ctx.memory(|memory| memory.areas().top_layer_id(layer.order)) == Some(layer);
    let modal = ctx.memory(|memory| memory.top_modal_layer().is_some());
    if !top || modal || Popup::is_any_open(ctx) || writing {
        return false;
    }
    ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}
