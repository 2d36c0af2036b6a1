//! A scene as SVG with its text as text, in the embedded font: what `outlined` makes pictures of.

use std::fmt::Write as _;

use super::escape::{escaped, length};
use super::fonts::FAMILY;
use super::scene::{Anchor, Scene, Shape, Words};

/// The scene as an SVG element.
pub(super) fn with_text(scene: &Scene) -> String {
    let (width, height) = (length(scene.width), length(scene.height));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"{FAMILY}\">\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
        scene.ground
    );
    for shape in &scene.shapes {
        put(&mut out, shape);
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
        "<text xml:space=\"preserve\" x=\"{}\" y=\"{}\" font-size=\"{}\"{weight} text-anchor=\"{anchor}\" fill=\"{}\">{}</text>",
        length(words.at.0),
        length(words.at.1),
        length(words.size),
        words.ink,
        escaped(&words.text)
    );
}
