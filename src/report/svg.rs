//! A scene as SVG with its text as text: for a page, whose reader can select it, and for what draws pictures.

use std::fmt::Write as _;

use super::escape::{escaped, length};
use super::scene::{Anchor, Scene, Shape, Words};

/// The scene as an SVG element. What can be pointed at says what it is.
pub fn svg(scene: &Scene) -> String {
    written(scene, true)
}

/// The same, with or without the spots.
pub(super) fn written(scene: &Scene, spots: bool) -> String {
    let (width, height) = (length(scene.width), length(scene.height));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"Vazirmatn, system-ui, sans-serif\">\
         <title>{}</title><rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
        escaped(&scene.title),
        scene.ground
    );
    for shape in &scene.shapes {
        put(&mut out, shape);
    }
    for spot in scene.spots.iter().filter(|_| spots) {
        let area = spot.area;
        let _ = write!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#000\" fill-opacity=\"0\">\
             <title>{}</title></rect>",
            length(area.x),
            length(area.y),
            length(area.width),
            length(area.height),
            escaped(&spot.says)
        );
    }
    out.push_str("</svg>");
    out
}

fn put(out: &mut String, shape: &Shape) {
    match shape {
        Shape::Fill { area, color, round } => {
            let _ = write!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"{color}\"/>",
                length(area.x),
                length(area.y),
                length(area.width),
                length(area.height),
                length(*round)
            );
        }
        Shape::Line {
            points,
            color,
            width,
        } => {
            let points: Vec<String> = points
                .iter()
                .map(|(x, y)| format!("{},{}", length(*x), length(*y)))
                .collect();
            let _ = write!(
                out,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{}\"/>",
                points.join(" "),
                length(*width)
            );
        }
        Shape::Text(words) => put_text(out, words),
    }
}

fn put_text(out: &mut String, words: &Words) {
    let anchor = match words.anchor {
        Anchor::Left => "start",
        Anchor::Middle => "middle",
        Anchor::Right => "end",
    };
    let weight = if words.bold {
        " font-weight=\"700\""
    } else {
        ""
    };
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight} text-anchor=\"{anchor}\" fill=\"{}\">{}</text>",
        length(words.at.0),
        length(words.at.1),
        length(words.size),
        words.ink,
        escaped(&words.text)
    );
}
