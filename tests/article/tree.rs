//! The accessibility tree of the article, as the contract has it.

use super::*;

const NEWS: &str =
    "عنوان قصير\r\nقال سمير الحداد إن Reuters نشرت الخبر في 14 مارس.\n\nThe port said سلام twice.";

#[test]
fn the_runs_of_the_paragraphs_are_the_text() {
    let mut desk = Desk::with(NEWS);
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    let harness = window(
        desk,
        Look {
            size: Vec2::new(340.0, 600.0),
            ..Look::default()
        },
    );
    let article = harness.get_all_by_role(Role::Document).next().unwrap();
    assert_eq!(article.accesskit_node().data().label(), Some("عنوان قصير"));
    let mut whole = String::new();
    for paragraph in harness.get_all_by_role(Role::Paragraph) {
        let node = paragraph.accesskit_node();
        let before = whole.chars().count();
        assert_eq!(
            node.data().author_id(),
            Some(format!("p:{before}").as_str())
        );
        for run in node
            .children()
            .filter(|child| child.role() == Role::TextRun)
        {
            let value = run.data().value().unwrap().to_owned();
            let lengths: usize = run
                .data()
                .character_lengths()
                .iter()
                .map(|n| usize::from(*n))
                .sum();
            assert_eq!(lengths, value.len());
            whole.push_str(&value);
        }
    }
    assert_eq!(whole, NEWS);
    let mark = harness.get_all_by_role(Role::Mark).next().unwrap();
    assert_eq!(
        mark.accesskit_node().data().label(),
        Some("PERSON: سمير الحداد")
    );
}

#[test]
fn what_is_selected_is_told_and_can_be_set() {
    let mut desk = Desk::with(NEWS);
    desk.select("قال [سمير الحداد] إن");
    let mut harness = window(desk, Look::default());
    let document = harness.get_all_by_role(Role::Document).next().unwrap();
    let selection = *document.accesskit_node().data().text_selection().unwrap();
    let (target, tree) = (
        document.accesskit_node().locate().0,
        document.accesskit_node().locate().1,
    );
    assert_eq!(
        (
            selection.anchor.character_index,
            selection.focus.character_index
        ),
        (4, 15)
    );
    let wanted = egui::accesskit::TextSelection {
        anchor: egui::accesskit::TextPosition {
            character_index: 0,
            ..selection.anchor
        },
        focus: egui::accesskit::TextPosition {
            character_index: 3,
            ..selection.focus
        },
    };
    harness.event(Event::AccessKitActionRequest(
        egui::accesskit::ActionRequest {
            action: egui::accesskit::Action::SetTextSelection,
            target_tree: tree,
            target_node: target,
            data: Some(egui::accesskit::ActionData::SetTextSelection(wanted)),
        },
    ));
    harness.run_steps(2);
    assert_eq!(harness.state().selected(), "قال");
}
