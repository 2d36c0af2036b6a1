//! Where the chosen span is, and who made and changed it, and when.

use eframe::egui::{Ui, vec2};

use crate::{
    annotation::{Span, Stamp},
    gui::{controls, cx::Cx, names, strings::tr_args},
    session::Article,
    text::{ByteRange, OffsetMap},
};

/// Shows them.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, article: &Article, span: &Span) {
    ui.add_space(cx.tokens.space.xs);
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let ranges = span.data.fragments.ranges();
    let chars = join(ranges, |range| {
        characters(article.offsets(), article.text(), range)
    });
    let bytes = join(ranges, |range| Some((range.start(), range.end())));
    controls::hint(
        ui,
        &tr_args("span-characters", &[("ranges", chars.as_str().into())]),
    );
    controls::hint(
        ui,
        &tr_args("span-bytes", &[("ranges", bytes.as_str().into())]),
    );
    let told = |id, stamp: &Stamp| {
        let who = names::shown(cx.session, article.key().document, &stamp.author);
        told(id, &who, stamp)
    };
    controls::hint(ui, &told("span-made", &span.made));
    if span.changed != span.made {
        controls::hint(ui, &told("span-changed", &span.changed));
    }
}

/// A range in code points.
fn characters(offsets: &OffsetMap, text: &str, range: &ByteRange) -> Option<(usize, usize)> {
    let start = offsets.char_of_byte(text, range.start())?;
    Some((start, offsets.char_of_byte(text, range.end())?))
}

/// `3–12, 20–24`.
fn join(ranges: &[ByteRange], of: impl Fn(&ByteRange) -> Option<(usize, usize)>) -> String {
    let ranges = ranges.iter().filter_map(of);
    let written: Vec<String> = ranges
        .map(|(start, end)| format!("{start}–{end}"))
        .collect();
    written.join(", ")
}

/// When that was, by the clock on the wall.
pub(in crate::gui::panels) fn when(stamp: &Stamp) -> String {
    local_time(stamp, &jiff::tz::TimeZone::system())
}

fn told(id: &str, who: &str, stamp: &Stamp) -> String {
    let when = when(stamp);
    tr_args(id, &[("who", who.into()), ("when", when.as_str().into())])
}

/// A time as a clock on the wall of `zone` shows it.
fn local_time(stamp: &Stamp, zone: &jiff::tz::TimeZone) -> String {
    let zoned = stamp.time.timestamp().to_zoned_datetime(zone.clone());
    zoned.strftime("%-d %b %Y, %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::annotation::{Annotator, Time};

    #[test]
    fn times_are_told_as_the_clock_on_the_wall() {
        let time: Time = "2026-11-24T22:15:30Z".parse().unwrap();
        let stamp = Stamp {
            time,
            author: Annotator::new("أمل").unwrap(),
        };
        let east = jiff::tz::TimeZone::fixed(jiff::tz::offset(3));
        assert_eq!(local_time(&stamp, &east), "25 Nov 2026, 01:15");
    }

    #[test]
    fn ranges_are_told_in_code_points() {
        let text = "قال سيرغي";
        let offsets = OffsetMap::new(text);
        let name = ByteRange::new(text, 7, text.len()).unwrap();
        assert_eq!(
            join(&[name], |range| characters(&offsets, text, range)),
            "4–9"
        );
        assert_eq!(
            join(&[name], |range| Some((range.start(), range.end()))),
            "7–17"
        );
    }
}
