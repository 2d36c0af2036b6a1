//! «Label all like this»: the places where the chosen span's text stands, with a few words around
//! each, to tick and untick before they are tagged. The article stays usable beside it, and shows
//! the ticked places too.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use eframe::egui::{
    self, Align, Align2, Context, Id, Key, Layout, Modifiers, Rect, ScrollArea, Ui, pos2, vec2,
};

use crate::{
    gui::{
        cached::Version,
        controls,
        cx::Cx,
        intent::Intent,
        strings::{tr, tr_args},
        text::{self, Fit, interface_style},
        theme::with_alpha,
    },
    session::{AlikeSearch, Article, Command, Session, SpanCommand},
    text::{ByteRange, segment},
};

/// Width of the window, in points.
const WIDTH: f32 = 460.0;
/// Rows in view at once.
const ROWS: f32 = 9.0;
/// Words shown on each side of a place.
const WORDS: usize = 4;

/// The window's own state.
#[derive(Debug, Default)]
pub(crate) struct AlikeDialog {
    found: Option<Found>,
    /// The main button is to have the keyboard.
    focus: bool,
}

#[derive(Debug)]
struct Found {
    search: AlikeSearch,
    version: Version,
    /// The ticked places.
    ticked: Vec<ByteRange>,
    /// The places of the search before, whose ticks stay.
    before: Vec<(ByteRange, bool)>,
    /// The words around places that were in view, by where the places start.
    lines: HashMap<usize, Line>,
}

/// How long a frame may search.
const BUDGET: Duration = Duration::from_millis(4);
/// So many places keep the words around them.
const LINES: usize = 256;

impl Found {
    fn of(article: &Article, before: Vec<(ByteRange, bool)>) -> Option<Self> {
        let mut found = Self {
            search: AlikeSearch::of(article)?,
            version: Version::of(article),
            ticked: Vec::new(),
            before,
            lines: HashMap::new(),
        };
        found.run(article);
        Some(found)
    }

    /// Searches on for a part of a frame.
    fn run(&mut self, article: &Article) {
        let end = Instant::now() + BUDGET;
        let known = self.search.alike.places.len();
        while !self.search.is_done() {
            self.search.chunk(article);
            if Instant::now() >= end {
                break;
            }
        }
        let new = self.search.alike.places.get_mut(known..);
        let new = new.unwrap_or_default();
        keep_ticks(new, &self.before);
        self.ticked.extend(ticked(new));
    }
}

fn ticked(places: &[(ByteRange, bool)]) -> impl Iterator<Item = ByteRange> {
    let ticked = places.iter().filter(|(_, ticked)| *ticked);
    ticked.map(|(place, _)| *place)
}

impl AlikeDialog {
    /// Looks for places like the chosen span; `false` where no span is chosen that can be looked
    /// for (none, or one of several fragments).
    pub(crate) fn open(&mut self, session: &Session) -> bool {
        self.found = session
            .article()
            .and_then(|article| Found::of(article, Vec::new()));
        self.focus = self.found.is_some();
        self.found.is_some()
    }

    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        self.found.is_some()
    }

    /// The ticked places in order, for the article to show.
    pub(crate) fn preview(&self) -> &[ByteRange] {
        self.found.as_ref().map_or(&[], |found| &found.ticked)
    }

    /// Shows the window, if it is open. The app calls it before the article takes its keys: Enter
    /// tags, Escape cancels.
    #[must_use]
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Vec<Intent> {
        let mut intents = Vec::new();
        self.follow(cx.session.article());
        let (Some(found), Some(article)) = (&mut self.found, cx.session.article()) else {
            self.found = None;
            return intents;
        };
        let writing = ctx.text_edit_focused();
        let mut open = true;
        let focus = std::mem::take(&mut self.focus);
        let shown = egui::Window::new(tr("alike-title"))
            .id(Id::unique("label all like this"))
            .open(&mut open)
            .collapsible(false)
            .resizable(false)
            .default_width(WIDTH)
            .pivot(Align2::RIGHT_BOTTOM)
            .default_pos(
                ctx.content_rect().right_bottom()
                    - vec2(cx.tokens.space.xl, 2.0 * cx.tokens.space.xl),
            )
            .show(ctx, |ui| {
                ui.set_width(WIDTH);
                content(ui, cx, article, found, focus, &mut intents)
            });
        if let Some(shown) = &shown {
            super::name_bar(ctx, shown.response.layer_id, tr("alike-title"));
        }
        let pressed =
            |key| !writing && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let answer = shown.and_then(|shown| shown.inner).flatten();
        let answer = answer.or_else(|| pressed(Key::Enter).then_some(true));
        let cancel = !open || answer == Some(false) || pressed(Key::Escape);
        if !found.search.is_done() {
            ctx.request_repaint();
        }
        if answer == Some(true) && found.search.is_done() && !found.ticked.is_empty() {
            let alike = found.search.alike.clone();
            intents.push(Command::Span(SpanCommand::TagAlike(alike)).into());
            self.found = None;
        } else if cancel {
            self.found = None;
        }
        if self.found.is_none() {
            intents.push(Intent::FocusArticle);
        }
        intents
    }

    /// Looks again when the article has changed; ticks stay. Without the span it closes.
    fn follow(&mut self, article: Option<&Article>) {
        let Some(found) = &mut self.found else { return };
        let Some(article) =
            article.filter(|article| article.layer().get(found.search.alike.span).is_some())
        else {
            self.found = None;
            return;
        };
        let version = Version::of(article);
        let same_span = article.desk().chosen() == Some(found.search.alike.span);
        if found.version == version || !same_span {
            found.run(article);
            return;
        }
        // Ticks of a search that did not end are those of the one before it too.
        let mut before = std::mem::take(&mut found.before);
        let places = std::mem::take(&mut found.search.alike.places);
        before.retain(|(place, _)| places.last().is_none_or(|(last, _)| place > last));
        before.splice(0..0, places);
        self.found = Found::of(article, before);
    }
}

/// Gives places the ticks that `before` had at the same ones.
fn keep_ticks(places: &mut [(ByteRange, bool)], before: &[(ByteRange, bool)]) {
    for (place, ticked) in places {
        if let Ok(at) = before.binary_search_by_key(place, |(place, _)| *place)
            && let Some((_, was)) = before.get(at)
        {
            *ticked = *was;
        }
    }
}

/// The window's content; gives whether to tag, once that is decided.
fn content(
    ui: &mut Ui,
    cx: &Cx<'_>,
    article: &Article,
    found: &mut Found,
    focus: bool,
    intents: &mut Vec<Intent>,
) -> Option<bool> {
    let done = found.search.is_done();
    let alike = &mut found.search.alike;
    let label = cx.session.labels().name_of(&alike.label).to_owned();
    let quoted = crate::text::quote(&alike.text, 60);
    let args = [
        ("n", alike.places.len().into()),
        ("text", (&quoted).into()),
        ("tagged", alike.tagged.into()),
        ("label", (&label).into()),
    ];
    controls::hint(ui, &tr_args("alike-found", &args));
    if !done {
        controls::hint(ui, tr("alike-searching"));
    }
    if alike.places.is_empty() && done {
        let close = controls::main_button(ui, true, tr("alike-close"));
        if focus {
            close.request_focus();
        }
        return close.clicked().then_some(false);
    }
    let mut changed = tick_all(ui, &mut alike.places);
    let height = cx.tokens.space.row;
    let color = cx
        .session
        .labels()
        .resolve(&alike.label)
        .map(|label| label.color);
    let color = color.map_or(cx.tokens.ink.accent, |color| {
        controls::ink(cx.tokens, color)
    });
    let fill = with_alpha(color, cx.tokens.mark.entity_fill);
    ScrollArea::vertical()
        .id_salt("places")
        .max_height(ROWS * height)
        .auto_shrink([false, true])
        .show_rows(ui, height, alike.places.len(), |ui, range| {
            if found.lines.len() > LINES {
                found.lines.clear();
            }
            for (place, ticked) in alike.places.get_mut(range).unwrap_or_default() {
                ui.horizontal(|ui| {
                    let around = || Line::around(article.text(), *place);
                    let line = found.lines.entry(place.start()).or_insert_with(around);
                    let tick = ui.checkbox(ticked, "");
                    changed |= tick.changed();
                    let _named = tick.accessible_name(&line.text);
                    if show_line(ui, line, fill) {
                        intents.push(Intent::Reveal(place.start()));
                    }
                });
            }
        });
    if changed {
        found.ticked = ticked(&alike.places).collect();
    }
    buttons(ui, (done, found.ticked.len()), focus)
}

/// Buttons that tick all places or none; whether one was pressed.
fn tick_all(ui: &mut Ui, places: &mut [(ByteRange, bool)]) -> bool {
    let mut changed = false;
    ui.horizontal(|ui| {
        for (words, ticked) in [(tr("alike-all"), true), (tr("alike-none"), false)] {
            if controls::plain_button(ui, words).clicked() {
                changed = true;
                for (_, tick) in places.iter_mut() {
                    *tick = ticked;
                }
            }
        }
    });
    changed
}

/// Tagging waits until all places are found.
fn buttons(ui: &mut Ui, (done, ticked): (bool, usize), focus: bool) -> Option<bool> {
    let mut answer = None;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let words = tr_args("alike-tag", &[("n", ticked.into())]);
        let tag = controls::main_button(ui, done && ticked > 0, &words);
        let tag = tag.on_hover_text(tr("alike-tag-hint"));
        if focus {
            tag.request_focus();
        }
        if tag.clicked() {
            answer = Some(true);
        }
        let cancel = controls::plain_button(ui, tr("dialog-cancel"));
        if cancel.on_hover_text(tr("dialog-cancel-hint")).clicked() {
            answer = Some(false);
        }
    });
    answer
}

/// A place with the words around it, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    text: String,
    /// The place, in bytes of `text`.
    place: std::ops::Range<usize>,
}

impl Line {
    /// The words around `place`, of its own paragraph only.
    fn around(text: &str, place: ByteRange) -> Self {
        let paragraph = crate::text::paragraph_at(text, place.start()).text;
        let (mut start, mut end) = (place.start(), place.end());
        for _ in 0..WORDS {
            start = segment::prev_word(text, start).max(paragraph.start);
            end = segment::next_word_end(text, end).min(paragraph.end.max(end));
        }
        let cut = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        let before = crate::text::quote(cut(start, place.start()), 40);
        let lead = if start > paragraph.start { "… " } else { "" };
        let gap = if cut(start, place.start()).ends_with(char::is_whitespace) {
            " "
        } else {
            ""
        };
        let mut line = format!("{lead}{before}{gap}");
        let from = line.len();
        line.extend(
            place
                .slice(text)
                .chars()
                .map(|c| if c.is_whitespace() { ' ' } else { c }),
        );
        let to = line.len();
        line.extend(
            cut(place.end(), end)
                .chars()
                .map(|c| if c.is_whitespace() { ' ' } else { c }),
        );
        if end < paragraph.end {
            line.push_str(" …");
        }
        Self {
            text: line,
            place: from..to,
        }
    }
}

/// Shows a line with its place marked; whether it was clicked.
fn show_line(ui: &mut Ui, line: &Line, fill: egui::Color32) -> bool {
    let tokens = crate::gui::theme::tokens(ui.ctx());
    let row = controls::row(ui, tokens.space.row, &line.text, controls::RowState::Plain);
    let rect = row.rect.shrink2(vec2(tokens.space.xs, 0.0));
    let scale = ui.pixels_per_point();
    let style = interface_style(tokens.text.body, false, scale);
    text::with(ui.ctx(), |painter| {
        let layout = painter.layout(&line.text, &style, Fit::Elide(rect.width() * scale));
        let spare = rect.width() - layout.width() / scale;
        let left = if layout.is_rtl() {
            rect.left() + spare
        } else {
            rect.left()
        };
        let top = rect.center().y - layout.height() / scale * 0.5;
        layout.boxes(line.place.clone(), |one| {
            let min = pos2(left + one.x0 / scale, top + one.line_top / scale);
            let max = pos2(left + one.x1 / scale, top + one.line_bottom / scale);
            ui.painter()
                .rect_filled(Rect::from_min_max(min, max), tokens.mark.radius, fill);
        });
        painter.paint_layout(ui.painter(), &layout, pos2(left, top), tokens.ink.strong);
    });
    row.on_hover_text(tr("alike-show")).clicked()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests")]
    use super::*;

    /// The line around the place in square brackets, the place in brackets again.
    fn around(marked: &str) -> String {
        let start = marked.find('[').unwrap();
        let end = marked.find(']').unwrap() - 1;
        let text = marked.replace(['[', ']'], "");
        let line = Line::around(&text, ByteRange::new(&text, start, end).unwrap());
        let (from, to) = (line.place.start, line.place.end);
        format!(
            "{}[{}]{}",
            &line.text[..from],
            &line.text[from..to],
            &line.text[to..]
        )
    }

    #[test]
    fn a_place_is_shown_with_some_words_around_it() {
        assert_eq!(around("قال [سيرغي] أمس"), "قال [سيرغي] أمس");
        let long = "واحد اثنان ثلاثة أربعة خمسة و[سيرغي] ستة سبعة ثمانية تسعة عشرة";
        let line = around(long);
        assert!(line.starts_with("… ") && line.ends_with(" …"), "{line}");
        assert!(line.contains("و[سيرغي] ستة"), "{line}");
    }

    #[test]
    fn words_of_other_paragraphs_stay_out() {
        assert_eq!(around("سطر\n[سيرغي] هنا\nآخر"), "[سيرغي] هنا");
        assert_eq!(around("سطر\n[سيرغي]"), "[سيرغي]");
    }

    #[test]
    fn ticks_stay_when_it_looks_again() {
        let place = |at| ByteRange::unchecked_order(at, at + 2).unwrap();
        let of = |places: &[(usize, bool)]| -> Vec<_> {
            let places = places.iter();
            places.map(|(at, ticked)| (place(*at), *ticked)).collect()
        };
        let mut again = of(&[(0, true), (4, true), (8, false)]);
        keep_ticks(&mut again, &of(&[(4, false), (8, true)]));
        assert_eq!(again, of(&[(0, true), (4, false), (8, true)]));
    }
}
