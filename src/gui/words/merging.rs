//! What a merge has to say: how much comes in, what was in conflict, what became of it.

use std::path::Path;

use crate::{
    annotation::{Stamp, Verdict},
    edit::{Disputed, Why},
    gui::strings::{Arg, tr, tr_args},
    session::{Conflict, Merged, Saying},
};

use super::{Told, file_name, status};

/// The name of a file, for people.
pub(crate) fn name_of(path: &Path) -> String {
    file_name(path).into_owned()
}

/// `1 new document, 2 documents here already, 7 new edits`; what there is none of is left out.
pub(crate) fn amount(new: usize, known: usize, edits: usize) -> String {
    let parts = [
        ("merge-n-new", new),
        ("merge-n-known", known),
        ("merge-n-edits", edits),
    ];
    let some = parts.iter().filter(|(_, n)| *n > 0);
    let words: Vec<String> = some
        .map(|(id, n)| tr_args(id, &[("n", (*n).into())]))
        .collect();
    words.join(", ")
}

/// What a conflict is about, after the words of its span.
pub(crate) fn about(conflict: &Conflict) -> String {
    let about = match &conflict.between.about {
        Disputed::Presence(_) => tr("merge-about-presence").to_owned(),
        Disputed::Label(_) => tr("merge-about-label").to_owned(),
        Disputed::Fragments(_) => tr("merge-about-fragments").to_owned(),
        Disputed::Attribute(_, name) => {
            tr_args("merge-about-attribute", &[("name", name.as_str().into())])
        }
        Disputed::Note(_) => tr("merge-about-note").to_owned(),
        Disputed::Status => tr("merge-about-status").to_owned(),
        Disputed::Decision(of, ..) => {
            tr_args("merge-about-decision", &[("who", of.as_str().into())])
        }
    };
    if conflict.quote.is_empty() {
        return about;
    }
    let args = [
        ("quote", (&conflict.quote).into()),
        ("about", Arg::Word(&about)),
    ];
    tr_args("merge-about", &args)
}

fn saying(saying: &Saying) -> String {
    match saying {
        Saying::There => tr("merge-says-there").to_owned(),
        Saying::Gone => tr("merge-says-gone").to_owned(),
        Saying::Related => tr("merge-says-related").to_owned(),
        Saying::Status(of) => format!("“{}”", status(*of)),
        Saying::Decided(verdict) => tr(match verdict {
            Verdict::Agreed => "merge-says-agreed",
            Verdict::Accepted => "merge-says-accepted",
            Verdict::Edited => "merge-says-edited",
            Verdict::Rejected => "merge-says-rejected",
            Verdict::Undecided => "merge-says-undecided",
        })
        .to_owned(),
        Saying::Text(text) if text.is_empty() => tr("merge-says-nothing").to_owned(),
        Saying::Label(name) => crate::text::bidi::isolate(name),
        Saying::Text(text) | Saying::Covers(text) => {
            format!("“{}”", crate::text::bidi::isolate(text))
        }
    }
}

/// What each side says, which of them stands, and why.
pub(crate) fn stands(conflict: &Conflict) -> String {
    let why = tr(match conflict.between.why {
        Why::Later => "merge-why-later",
        Why::TakenOut => "merge-why-taken-out",
        Why::First => "merge-why-first",
        Why::Set => "merge-why-set",
    });
    let args = [
        ("kept", Arg::Word(&saying(&conflict.kept))),
        ("lost", Arg::Word(&saying(&conflict.lost))),
        ("why", Arg::Word(why)),
    ];
    tr_args("merge-stands", &args)
}

/// Whose layer of which document a conflict is in.
pub(crate) fn layer(conflict: &Conflict) -> String {
    let args = [
        ("who", conflict.annotator.as_str().into()),
        ("title", (&conflict.document).into()),
    ];
    tr_args("merge-layer", &args)
}

/// When the edit that stands was made, and when the other.
pub(crate) fn times(conflict: &Conflict) -> String {
    let zone = jiff::tz::TimeZone::system();
    let (kept, lost) = (&conflict.between.holds, &conflict.between.yields);
    let (day, kept) = wall_time(&kept.stamp, &zone);
    let (other_day, lost) = wall_time(&lost.stamp, &zone);
    let kept = format!("{day}, {kept}");
    let lost = if day == other_day {
        lost
    } else {
        format!("{other_day}, {lost}")
    };
    let args = [("kept", Arg::Word(&kept)), ("lost", Arg::Word(&lost))];
    tr_args("merge-times", &args)
}

/// The day and the time as the wall of `zone` shows them, to the second: two people may do things in
/// one minute.
fn wall_time(stamp: &Stamp, zone: &jiff::tz::TimeZone) -> (String, String) {
    let zoned = stamp.time.timestamp().to_zoned_datetime(zone.clone());
    let written = |form: &str| zoned.strftime(form).to_string();
    (written("%-d %b %Y"), written("%H:%M:%S"))
}

/// A conflict in one line.
fn sentence(conflict: &Conflict) -> String {
    format!(
        "{}. {}. {}",
        about(conflict),
        stands(conflict),
        layer(conflict)
    )
}

/// What a merge came to.
pub(super) fn merged(merged: &Merged) -> Told {
    let done = &merged.imported;
    if let Some(first) = done.problems.first() {
        let file = file_name(&first.file);
        let what = tr_args("told-merge-refused", &[("file", Arg::Text(&file))]);
        return Told::hinted(what, &first.reason);
    }
    if done.cancelled {
        return Told::plain(tr("told-merge-stopped"));
    }
    if !merged.brings_something() {
        return Told::plain(tr("told-merge-nothing"));
    }
    let what = tr_args("told-merged", &[("n", done.edits.into())]);
    let documents = (done.new > 0).then(|| amount(done.new, 0, 0));
    let conflicts = done.conflicts.len();
    let conflicts =
        (conflicts > 0).then(|| tr_args("told-merge-conflicts", &[("n", conflicts.into())]));
    let more: Vec<String> = documents.into_iter().chain(conflicts).collect();
    Told {
        what,
        hint: (!more.is_empty()).then(|| more.join(", ")),
    }
}

/// So many conflicts are listed in what a notice shows in full.
const LISTED: usize = 500;

/// What is refused and noted, and what was in conflict: one sentence a line.
pub(super) fn details(merged: &Merged) -> Vec<String> {
    let done = &merged.imported;
    let problems = done.problems.iter().chain(&done.notes);
    let problems = problems.map(ToString::to_string);
    problems
        .chain(done.conflicts.iter().take(LISTED).map(sentence))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::{
        annotation::Time,
        session::{Imported, Problem},
    };

    fn of(imported: Imported) -> Merged {
        Merged {
            imported,
            ..Merged::default()
        }
    }

    #[test]
    fn what_a_merge_came_to_is_told_in_one_line() {
        let came = of(Imported {
            new: 2,
            edits: 7,
            ..Imported::default()
        });
        let told = merged(&came);
        assert_eq!(told.what, "7 edits came in");
        assert_eq!(told.hint.as_deref(), Some("2 new documents"));
        assert_eq!(
            merged(&of(Imported::default())).what,
            tr("told-merge-nothing")
        );
        let refused = of(Imported {
            problems: vec![Problem {
                file: "/a/b.hashiya".into(),
                line: None,
                reason: "it is damaged".to_owned(),
            }],
            ..Imported::default()
        });
        let told = merged(&refused);
        assert_eq!(told.hint.as_deref(), Some("it is damaged"));
        assert_eq!(details(&refused), ["/a/b.hashiya: it is damaged"]);
    }

    #[test]
    fn what_there_is_none_of_is_left_out_of_an_amount() {
        assert_eq!(amount(1, 0, 3), "1 new document, 3 new edits");
        assert_eq!(amount(0, 2, 0), "2 documents here already");
    }

    #[test]
    fn times_are_told_to_the_second() {
        let time: Time = "2026-11-24T22:15:30Z".parse().unwrap();
        let stamp = Stamp {
            time,
            author: crate::annotation::Annotator::new("أمل").unwrap(),
        };
        let east = jiff::tz::TimeZone::fixed(jiff::tz::offset(3));
        let (day, time) = wall_time(&stamp, &east);
        assert_eq!((&*day, &*time), ("25 Nov 2026", "01:15:30"));
    }
}
