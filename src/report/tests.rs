use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::agreement::{CorpusBuilder, MatchRule, Selection};
use crate::annotation::{
    Annotator, DocumentId, EditId, Fragments, Label, LabelFate, LabelId, LabelKind, LabelSet,
    Layer, Mark, PALETTE, Span, SpanData, SpanId, Stamp, TextHash, Time,
};
use crate::text::ByteRange;

/// A span: label, start and end in letters.
type Raw = (usize, usize, usize);

/// The label names, one of them hostile and one Arabic.
const LABELS: [&str; 4] = [
    "شخص",
    "<b>&\"Place\"",
    "A label of a very long name indeed",
    "ORG",
];
const NAMES: [&str; 3] = ["أمل بنت محمد", "<script>", "zed"];
const TEXT: &str = "قال <زيد> أمس إن المدينة & ما حولها بعيدة جدا عن البحر";

fn labels() -> LabelSet {
    let label = |place: usize, name: &str| Label {
        id: LabelId::new(&format!("L{place}")).unwrap(),
        name: name.to_owned(),
        display: crate::annotation::DisplayName::default(),
        color: PALETTE[place],
        hotkey: None,
        mark: Mark::default(),
        kind: if place == 3 {
            LabelKind::Statement
        } else {
            LabelKind::Entity
        },
        guide: String::new(),
        parent: None,
        attributes: Vec::new(),
        fate: LabelFate::Active,
    };
    LabelSet {
        labels: (0..LABELS.len()).map(|at| label(at, LABELS[at])).collect(),
        ..LabelSet::default()
    }
}

fn layer(spans: &[Raw]) -> Layer {
    let edges: Vec<usize> = TEXT.char_indices().map(|(at, _)| at).collect();
    let mut layer = Layer::default();
    for (place, (label, start, long)) in (0..).zip(spans) {
        let start = start % (edges.len() - 8);
        let range = ByteRange::new(TEXT, edges[start], edges[start + 1 + long % 7]).unwrap();
        let stamp = Stamp {
            author: Annotator::founder(),
            time: Time::default(),
        };
        let mut data = SpanData::new(
            LabelId::new(&format!("L{}", label % LABELS.len())).unwrap(),
            Fragments::new([range]).unwrap(),
        );
        if long % 2 == 0 {
            data.attributes
                .insert("certainty".into(), (start % 3).to_string());
        }
        layer.insert(Span {
            id: SpanId {
                edit: EditId::of_content(b"report"),
                place,
            },
            data,
            made: stamp.clone(),
            changed: stamp,
        });
    }
    layer
}

/// The figures of documents, each with the layers of the names in order.
fn figures(documents: &[Vec<Vec<Raw>>]) -> Figures {
    let set = labels();
    let text: Arc<str> = TEXT.into();
    let shown: Vec<(DocumentId, Vec<(Annotator, Layer)>)> = (0..)
        .zip(documents)
        .map(|(at, layers)| {
            let named = NAMES.iter().zip(layers);
            let layers = named.map(|(name, spans)| (Annotator::new(name).unwrap(), layer(spans)));
            (DocumentId::new(&TextHash::of(TEXT), at), layers.collect())
        })
        .collect();
    let mut builder = CorpusBuilder::new(&set, Selection::default());
    for (id, layers) in &shown {
        builder.add(*id, &text, layers.iter().map(|(name, layer)| (name, layer)));
    }
    let corpus = builder.finish();
    let mut options = FigureOptions::default();
    options.report.bootstrap.resamples = 20;
    options.report.gamma.samples = 3;
    let mut builder = FiguresBuilder::new(&corpus, &set, &options, &mut |_| true).unwrap();
    for (id, layers) in &shown {
        builder.document(*id, "<عنوان & title>", &text, layers);
    }
    let mut figures = builder.finish();
    figures.work = Some(some_work());
    figures
}

fn some_work() -> Work {
    let row = |name: &str, done| WorkRow {
        annotator: name.to_owned(),
        done,
        begun: 1,
        spans: 40,
        active: 1800.0,
    };
    let day = |number: i64, exact, overlap| DayFigure {
        day: format!("2026-01-{:02}", number - 20_000),
        number,
        spans: vec![3, 4],
        documents: vec![1, 0],
        shared: 2,
        exact,
        overlap,
    };
    Work {
        documents: 5,
        annotators: vec![row(NAMES[0], 3), row(NAMES[1], 5)],
        days: vec![
            day(20_001, None, None),
            day(20_002, Some(0.4), Some(0.6)),
            day(20_009, Some(0.7), Some(0.75)),
        ],
    }
}

fn example() -> Figures {
    let one = vec![
        vec![(0, 0, 3), (1, 10, 4), (3, 20, 6)],
        vec![(0, 0, 3), (2, 10, 4)],
        vec![(0, 1, 3), (1, 10, 4), (3, 20, 6)],
    ];
    let two = vec![vec![(0, 5, 3)], vec![(0, 5, 3), (1, 12, 2)], vec![]];
    figures(&[one, two])
}

/// Every element is closed, and no reference is unknown.
fn parsed(xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::GeneralRef(name) => {
                let name: &str = &name;
                let known = ["lt", "gt", "amp", "quot", "apos"].contains(&name);
                assert!(known || name.starts_with('#'), "{name}");
            }
            _ => {}
        }
    }
}

fn picture(words: &str) -> Scene {
    let mut scene = Scene::new(words, 120.0, 40.0, PAPER.ground);
    let style = scene::Style::new(20.0, PAPER.ink);
    scene.text(
        (10.0, 28.0),
        crate::text::bidi::isolate(words),
        Anchor::Left,
        style,
    );
    scene
}

#[test]
fn arabic_is_shaped_and_in_order() {
    let word = "محمد";
    let turned: String = word.chars().rev().collect();
    let drawn = png(&picture(word), 1.0).unwrap();
    assert_eq!(drawn.get(..4), Some(&b"\x89PNG"[..]));
    assert_ne!(drawn, png(&picture(&turned), 1.0).unwrap());
    assert_ne!(drawn, png(&picture(""), 1.0).unwrap());
    // Letters that stand apart are not what is drawn.
    let apart: String = word
        .chars()
        .flat_map(|letter| [letter, '\u{200C}'])
        .collect();
    assert_ne!(drawn, png(&picture(&apart), 1.0).unwrap());
    // A cut name has its ellipsis on the left, where it ends.
    let cut = png(&picture("محم…"), 1.0).unwrap();
    assert_ne!(cut, png(&picture("…محم"), 1.0).unwrap());
}

#[test]
fn files_have_outlines_and_say_what_they_show() {
    let mut scene = picture("محمد <x>");
    let long = "حدث تاريخي مهم جدا له اسم طويل للغاية لا ينتهي";
    let style = scene::Style::new(12.0, PAPER.ink);
    scene.name((10.0, 20.0), ("Rows: ", long), 90.0, Anchor::Left, style);
    let drawn = svg(&scene).unwrap();
    parsed(&drawn);
    assert!(drawn.contains("<title>محمد &lt;x&gt;</title>"), "{drawn}");
    // A cut name says its whole, and no font is asked for.
    assert!(drawn.contains(&format!("<title>{long}</title>")));
    assert!(!drawn.contains("<text") && !drawn.contains("font") && drawn.contains("<path"));
    assert!(!drawn.contains(['\u{2068}', '\u{2069}']));
    // The file shows what the pixels show.
    let tree = resvg::usvg::Tree::from_str(&drawn, &resvg::usvg::Options::default()).unwrap();
    let mut pixels = resvg::tiny_skia::Pixmap::new(120, 40).unwrap();
    resvg::render(
        &tree,
        resvg::tiny_skia::Transform::identity(),
        &mut pixels.as_mut(),
    );
    let other = resvg::tiny_skia::Pixmap::decode_png(&png(&scene, 1.0).unwrap()).unwrap();
    let both = pixels.data().iter().zip(other.data());
    assert!(both.clone().any(|(one, _)| *one < 0x60));
    let differ = both.filter(|(one, two)| one.abs_diff(**two) > 40).count();
    assert!(differ < 20, "{differ}");
    let mut large = picture("x");
    large.width = 20_000.0;
    assert!(matches!(png(&large, 1.0), Err(PictureError::TooLarge)));
}

#[test]
fn the_page_says_everything_and_escapes() {
    let figures = example();
    let imprint = Imprint {
        title: "تقرير <1>".to_owned(),
        program: "Hashiya 0.1.0".to_owned(),
        date: "2026-01-09".to_owned(),
        sources: vec!["a&b.ron".to_owned()],
    };
    let page = html(&figures, &imprint);
    parsed(&page.replacen("<!doctype html>", "", 1));
    for wanted in [
        "<h1 dir=\"auto\">تقرير &lt;1&gt;</h1>",
        "a&amp;b.ron",
        "2 documents that two or more of 3 annotators share",
        "Cohen's κ".replace('\'', "&#39;").as_str(),
        "Labels taken for each other",
        "nothing",
        "Dawid–Skene",
        "An aid, not a result",
        "Documents that agree least",
        "<bdi>&lt;عنوان &amp; title&gt;</bdi>",
        "<q dir=\"auto\">",
        "Proclitic only",
        "Boundary",
        "95 % bootstrap interval",
        "Agreement over time",
        "Hours at work",
        "undefined: ",
        "Method",
    ] {
        let there = page.contains(wanted);
        assert!(
            there || ["Proclitic only", "Boundary"].contains(&wanted),
            "{wanted}"
        );
    }
    assert!(!page.contains("<script>") && !page.contains("<b>"));
    assert!(!page.contains("href=") && !page.contains("src="));
}

#[test]
fn tables_are_csv_with_reasons_of_their_own() {
    let figures = example();
    for table in tables(&figures) {
        let written = csv(&table);
        let mut reader = ::csv::ReaderBuilder::new().from_reader(written.as_bytes());
        let columns = reader.headers().unwrap().len();
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), table.rows.len(), "{:?}", table.kind);
        assert!(records.iter().all(|record| record.len() == columns));
    }
    let measures = tables(&figures).swap_remove(0);
    let written = csv(&measures);
    assert!(written.contains("why not") && written.starts_with('\u{FEFF}'));
}

#[test]
fn no_name_becomes_a_formula() {
    let names = ["=SUM(A1)", "+1", "-1", "@a", "a=b"];
    let label = |name: &str| vec![Cell::Label(name.to_owned(), "shown".to_owned())];
    let table = Table {
        kind: TableKind::Labels,
        head: label("=HEAD"),
        rows: names.into_iter().map(label).collect(),
    };
    let written = csv(&table);
    assert_eq!(
        written,
        "\u{FEFF}'=HEAD\r\n'=SUM(A1)\r\n'+1\r\n'-1\r\n'@a\r\na=b\r\n"
    );
}

#[test]
fn what_says_nothing_more_is_left_out() {
    let mut figures = example();
    let heads = |figures: &Figures, kind| {
        let found = tables(figures).into_iter().find(|table| table.kind == kind);
        found.map(|table| format!("{:?}", table.head))
    };
    let by_label = heads(&figures, TableKind::Labels).unwrap();
    assert!(by_label.contains("\"uα\""), "{by_label}");
    assert!(
        !by_label.contains("cuα") && !by_label.contains("|uα"),
        "{by_label}"
    );
    assert_eq!(figures.measures.parts().count(), 3);
    let group = &mut figures.measures.groups[0];
    group.rows.clone_from(&figures.measures.all.rows);
    assert_eq!(figures.measures.parts().count(), 2);
    figures.about.nothing = Some(Nothing::OneAnnotator);
    assert_eq!(heads(&figures, TableKind::Labels), None);
    let page = html(&figures, &Imprint::default());
    assert!(page.contains("Nothing to compare: only one annotator."));
}

#[test]
fn reasons_stand_below_once_and_tokens_step_back() {
    let page = html(&example(), &Imprint::default());
    assert!(page.contains("<td class=\"m quiet\">–<sup>"));
    assert!(page.contains("<tr class=\"aside\"><td>"));
    assert!(page.contains("for information only<sup>1</sup>"));
    assert!(!page.contains("<td class=\"m quiet\">undefined"));
    // Three share a document here.
    assert!(!page.contains(THIN));
    let two = figures(&[vec![vec![(0, 0, 3)], vec![(0, 0, 3)]]]);
    assert!(html(&two, &Imprint::default()).contains(THIN));
}

#[test]
fn bars_show_what_their_words_say() {
    let mut figures = example();
    let wide = |figures: &Figures| {
        let scene = charts::progress(figures, &PAPER).unwrap();
        let accent = |shape: &&Shape| matches!(shape, Shape::Fill { color, area, .. } if *color == PAPER.accent && area.width > 20.0);
        scene.shapes.iter().filter(accent).count()
    };
    assert_eq!(wide(&figures), 2);
    for row in &mut figures.work.as_mut().unwrap().annotators {
        (row.done, row.begun) = (0, 5);
    }
    assert_eq!(wide(&figures), 0);
    let scene = charts::progress(&figures, &PAPER).unwrap();
    assert!(scene.spots[0].says.ends_with("0 done, 5 begun, of 5"));
}

#[test]
fn cells_know_their_spans() {
    let figures = example();
    let cell = figures.confused(Some(2), Some(1)).unwrap();
    let example = &cell.examples[0];
    assert_eq!((cell.count, example.annotators), (2, (0, 1)));
    assert!(example.left.is_some() && !example.title.is_empty());
    let scene = charts::confusion(&figures, &PAPER).unwrap();
    let nothing = figures.about.labels.len();
    let spot = |row, column| {
        let mut spots = scene.spots.iter();
        spots.find(|spot| (spot.row, spot.column) == (row, column))
    };
    assert!(spot(nothing, 0).is_some() && spot(nothing, nothing).is_none());
    let heat = charts::heat_map(&figures, MatchRule::Exact, &PAPER).unwrap();
    assert_eq!(heat.spots.len(), (LABELS.len() + 1) * (3 + 1));
}

#[test]
fn json_has_the_further_keys() {
    let mut json = serde_json::json!({});
    add_json(&example(), &mut json);
    assert!(json["attributes"]["per_name"]["certainty"]["f1"].is_number());
    assert_eq!(
        json["relations"]["undefined"]
            .as_str()
            .map(|why| why.starts_with("undefined: ")),
        Some(true)
    );
    assert!(json["confusion"][0]["count"].is_number());
    let shares = &json["estimates"]["entities"]["mace"]["annotators"];
    assert!(shares["zed"].is_number(), "{json}");
}

fn layers() -> impl Strategy<Value = Vec<Vec<Raw>>> {
    let span = (0_usize..4, 0_usize..40, 0_usize..7);
    proptest::collection::vec(proptest::collection::vec(span, 0..5), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_was_compared_makes_valid_pages_and_pictures(documents in proptest::collection::vec(layers(), 0..4)) {
        let figures = figures(&documents);
        let page = html(&figures, &Imprint::default());
        parsed(&page.replacen("<!doctype html>", "", 1));
        for palette in [PAPER, NIGHT] {
            for picture in charts::pictures(&figures, &palette) {
                parsed(&svg(&picture.scene).unwrap());
                for spot in &picture.scene.spots {
                    prop_assert!(spot.area.x >= 0.0 && spot.area.x + spot.area.width <= picture.scene.width + 0.5);
                    prop_assert!(spot.area.y >= 0.0 && spot.area.y + spot.area.height <= picture.scene.height + 0.5);
                }
            }
        }
    }
}
