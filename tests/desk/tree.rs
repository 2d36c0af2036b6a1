//! The accessibility tree of the whole window, as the contract has it.

use eframe::egui::{
    Key,
    accesskit::{Role, TextDirection},
};
use egui_kittest::kittest::{NodeT, Queryable};

use super::{Desk, NEWS, hands::CTRL};

/// The paragraphs' `author_id`s, and the text of each one's runs.
fn paragraphs(desk: &Desk) -> Vec<(String, String)> {
    let paragraphs = desk.harness.get_all_by_role(Role::Paragraph);
    let read = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        let runs = node
            .children()
            .filter(|child| child.role() == Role::TextRun);
        let text = runs
            .map(|run| run.data().value().unwrap_or_default().to_owned())
            .collect();
        (node.data().author_id().unwrap().to_owned(), text)
    };
    paragraphs.map(read).collect()
}

#[test]
fn there_is_one_document_named_by_its_title() {
    let desk = Desk::news();
    let documents: Vec<_> = desk.harness.get_all_by_role(Role::Document).collect();
    assert_eq!(documents.len(), 1);
    assert_eq!(
        documents[0].accesskit_node().label().as_deref(),
        Some("وصول الوفد إلى الميناء")
    );
}

#[test]
fn paragraphs_are_named_by_code_points_and_their_runs_are_the_text() {
    for text in [NEWS, "سطر\r\nثان\r\n\r\nأخير", "\n\nx\n", "وحيد"] {
        let desk = Desk::open(&[text]);
        let mut whole = String::new();
        for (id, text) in paragraphs(&desk) {
            assert_eq!(id, format!("p:{}", whole.chars().count()));
            whole.push_str(&text);
        }
        assert_eq!(whole, text);
    }
}

#[test]
fn a_long_article_has_only_the_paragraphs_near_the_viewport() {
    let text = NEWS.repeat(200);
    let mut desk = Desk::open(&[&text]);
    assert!(paragraphs(&desk).len() < 100);
    desk.key_with(CTRL, Key::End);
    desk.harness.run_steps(3);
    let near = paragraphs(&desk);
    let start: usize = near[0].0.strip_prefix("p:").unwrap().parse().unwrap();
    let shown: String = near.into_iter().map(|(_, text)| text).collect();
    let rest: String = text.chars().skip(start).collect();
    assert_eq!(shown, rest, "what is shown is the article's end");
}

#[test]
fn the_runs_of_a_paragraph_laid_out_in_pieces_are_its_exact_text() {
    let sentence = "وقالت وزارة النقل إن الميناء سيبقى مفتوحا حتى نهاية الأسبوع. ";
    // Its first letters are Latin, and it is scrolled past the piece that they stand in.
    let long = format!("Reuters: {}", sentence.repeat(100_000 / sentence.len()));
    let mut desk = Desk::open(&[&format!("{long}\nقصير\n")]);
    desk.key_with(CTRL, Key::End);
    desk.harness.run_steps(3);
    let found = paragraphs(&desk);
    assert_eq!(found[0], ("p:0".to_owned(), format!("{long}\n")));
    let node = desk
        .harness
        .get_all_by_role(Role::Paragraph)
        .next()
        .unwrap();
    let direction = node.accesskit_node().data().text_direction();
    assert_eq!(direction, Some(TextDirection::LeftToRight));
}

#[test]
fn runs_tell_their_direction_and_measure_graphemes() {
    let desk = Desk::news();
    let mut seen = Vec::new();
    for run in desk.harness.get_all_by_role(Role::TextRun) {
        let node = run.accesskit_node();
        if node
            .parent()
            .is_none_or(|parent| parent.role() != Role::Paragraph)
        {
            continue;
        }
        let data = node.data();
        let text = data.value().unwrap();
        let lengths: Vec<usize> = data
            .character_lengths()
            .iter()
            .map(|n| usize::from(*n))
            .collect();
        let graphemes: Vec<usize> = hashiya::text::segment::graphemes(text)
            .map(|(_, grapheme)| grapheme.len())
            .collect();
        assert_eq!(lengths, graphemes, "{text}");
        assert_eq!(data.character_positions().unwrap().len(), lengths.len());
        let width = data.bounds().unwrap().width();
        let end = |(at, w): (&f32, &f32)| f64::from(at + w);
        let ends = data
            .character_positions()
            .unwrap()
            .iter()
            .zip(data.character_widths().unwrap());
        assert!(
            ends.map(end).all(|end| end <= width + 1.0),
            "{text} stays within its run"
        );
        seen.push(data.text_direction().unwrap());
    }
    assert!(
        seen.contains(&TextDirection::RightToLeft) && seen.contains(&TextDirection::LeftToRight)
    );
}

#[test]
fn spans_are_marks_beside_the_runs() {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk.tag("ORGANIZATION", "لوكالة [Reuters] أن");
    assert_eq!(
        desk.marks(),
        ["ORGANIZATION: Reuters", "PERSON: سمير الحداد"]
    );
    for mark in desk.harness.get_all_by_role(Role::Mark) {
        let node = mark.accesskit_node();
        assert_ne!(node.parent().unwrap().role(), Role::TextRun);
        let bounds = node.bounding_box().unwrap();
        assert!(bounds.width() > 0.0 && bounds.height() > 0.0);
    }
}

#[test]
fn a_mark_is_chosen_by_those_who_click_through_the_tree() {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    desk.choose_nothing();
    desk.harness.get_by_role(Role::Mark).click_accesskit();
    desk.harness.step();
    desk.harness.run_steps(2);
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير الحداد"));
}

#[test]
fn the_status_counts_the_edits_that_are_saved() {
    let mut desk = Desk::news();
    assert_eq!(desk.status(), "Saved 0 edits");
    for (done, key) in [Key::P, Key::O, Key::Delete].into_iter().enumerate() {
        if done == 0 {
            desk.drag_over("قال [سمير] الحداد");
        }
        desk.key(key);
        desk.settle();
        assert_eq!(desk.status(), format!("Saved {} edits", done + 1));
    }
}
