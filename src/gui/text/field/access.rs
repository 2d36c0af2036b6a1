//! A field in the accessibility tree: its lines as runs of text, the selection, and what assistive technology
//! asks of it, whether the field has the keyboard or not.

use eframe::egui;
use egui::accesskit::{Action, ActionData, ActionRequest, NodeId, TextPosition, TextSelection};
use egui::{Event, Id, Rect, Response, Ui, vec2};

use super::{FieldState, nodes};
use crate::typeset::{RunText, Typesetter};

fn run_id(field: Id, index: usize) -> Id {
    field.with(("run", index))
}

/// Does what was asked of the field in this frame. Whoever writes into it gets the keyboard with it, so that
/// what was written is committed as by hand: when the field is left.
pub(super) fn requests(
    ui: &Ui,
    state: &mut FieldState,
    setter: &mut Typesetter,
    response: &Response,
) {
    let id = response.id;
    let asked: Vec<ActionRequest> = ui.input(|input| {
        let requests = input.events.iter().filter_map(|event| match event {
            Event::AccessKitActionRequest(request) => Some(request.clone()),
            _ => None,
        });
        requests.collect()
    });
    if asked.is_empty() {
        return;
    }
    let runs: Vec<RunText> = lines(state, setter).collect();
    let targets = |node: NodeId| {
        let of_run = |index| node == run_id(id, index).accesskit_id();
        node == id.accesskit_id() || (0..runs.len()).any(of_run)
    };
    for request in asked.iter().filter(|asked| targets(asked.target_node)) {
        let editor = &mut state.editor;
        match (request.action, &request.data) {
            (Action::SetValue, Some(ActionData::Value(text))) => {
                editor.end_compose();
                editor.select_all();
                editor.insert(text);
                response.request_focus();
            }
            (Action::ReplaceSelectedText, Some(ActionData::Value(text))) => {
                editor.end_compose();
                editor.insert(text);
                response.request_focus();
            }
            (Action::SetTextSelection, Some(ActionData::SetTextSelection(selection))) => {
                let byte = |position: &TextPosition| byte_at(id, &runs, position);
                if let (Some(from), Some(to)) = (byte(&selection.anchor), byte(&selection.focus)) {
                    editor.end_compose();
                    editor.select(from..to);
                }
            }
            _ => continue,
        }
        state.touched = ui.input(|input| input.time);
        state.moved = true;
    }
}

fn byte_at(field: Id, runs: &[RunText], position: &TextPosition) -> Option<usize> {
    let mut numbered = runs.iter().enumerate();
    let (_, run) =
        numbered.find(|(index, _)| run_id(field, *index).accesskit_id() == position.node)?;
    Some(nodes::byte_of_character(
        run.range.start,
        &run.character_lengths,
        position.character_index,
    ))
}

/// The runs of all lines, placed from the text's origin.
fn lines(state: &mut FieldState, setter: &mut Typesetter) -> impl Iterator<Item = RunText> {
    let paragraphs = state.editor.runs(setter).into_iter();
    paragraphs.flat_map(|(y, mut runs)| {
        for run in &mut runs {
            run.top += y;
            run.bottom += y;
        }
        runs
    })
}

/// Tells the tree of the lines and the selection. It comes after the field was named and painted.
pub(super) fn build(ui: &mut Ui, state: &mut FieldState, setter: &mut Typesetter, id: Id) {
    if ui.ctx().accesskit_node_builder(id, |_| ()).is_none() {
        return;
    }
    let scale = ui.pixels_per_point();
    let origin = state.origin;
    let shown = state.editor.shown_text().into_owned();
    let runs: Vec<RunText> = lines(state, setter).collect();
    for (index, run) in runs.iter().enumerate() {
        let node_id = run_id(id, index);
        nodes::child(ui, id, node_id);
        let value = shown.get(run.range.clone()).unwrap_or_default();
        let corner = |x: f32, y: f32| origin + vec2(x, y) / scale;
        let rect = Rect::from_min_max(corner(run.left, run.top), corner(run.right, run.bottom));
        let mut node = nodes::run(run, value, scale);
        node.set_bounds(nodes::bounds(rect));
        ui.ctx()
            .accesskit_node_builder(node_id, |there| *there = node);
    }
    let composing = state.editor.is_composing();
    let (anchor, focus) = state.editor.selection_ends();
    let ends = position(id, &runs, anchor).zip(position(id, &runs, focus));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.add_action(Action::SetValue);
        node.add_action(Action::ReplaceSelectedText);
        node.add_action(Action::SetTextSelection);
        if let Some((anchor, focus)) = ends.filter(|_| !composing) {
            node.set_text_selection(TextSelection { anchor, focus });
        }
    });
}

fn position(field: Id, runs: &[RunText], byte: usize) -> Option<TextPosition> {
    let at = runs.iter().position(|run| byte < run.range.end);
    let index = at.or_else(|| runs.len().checked_sub(1))?;
    let run = runs.get(index)?;
    Some(TextPosition {
        node: run_id(field, index).accesskit_id(),
        character_index: nodes::character_of_byte(run.range.start, &run.character_lengths, byte),
    })
}
