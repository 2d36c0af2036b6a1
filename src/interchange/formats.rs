//! The one table of formats. A format is a row here and a file of its own; file dialogs, the command
//! line and the help read the table. Where several formats share an ending, the one whose files are
//! told more surely stands first.

use super::{
    Carries, Choice, Format, Shape, Sniff, Unit, argilla, bioc, brat, conll, conllu, content,
    csv_table, dataset_ron, doccano, gate, html, huggingface, label_studio, parquet, plain_text,
    prodigy, spacy, uima, web_annotation, webanno,
};

/// All formats.
pub static FORMATS: &[Format] = &[
    Format {
        name: "ron",
        title: "Hashiya dataset",
        endings: &["ron"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::Bytes),
        choices: &[],
        carries: |_| Carries::ALL,
        sniff: Sniff::Start(dataset_ron::sniff),
        read: Some(dataset_ron::read),
        write: Some(dataset_ron::write),
    },
    Format {
        name: "uima-json",
        title: "UIMA CAS JSON",
        endings: &["json"],
        companions: &[],
        shape: Shape::Files,
        unit: Some(Unit::Utf16),
        choices: &[],
        carries: uima::json::carries,
        sniff: Sniff::Start(uima::json::sniff),
        read: Some(uima::json::read),
        write: Some(uima::json::write),
    },
    Format {
        name: "web-annotation",
        title: "Web Annotation JSON-LD",
        endings: &["jsonld", "json"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::CodePoints),
        choices: &[],
        carries: web_annotation::carries,
        sniff: Sniff::Start(web_annotation::sniff),
        read: Some(web_annotation::read),
        write: Some(web_annotation::write),
    },
    Format {
        name: "bioc-json",
        title: "BioC JSON",
        endings: &["json", "jsonl"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::Bytes),
        choices: &[Choice::Unit],
        carries: bioc::carries_json,
        sniff: Sniff::Start(bioc::sniff_json),
        read: Some(bioc::read_json),
        write: Some(bioc::write_json),
    },
    Format {
        name: "argilla",
        title: "Argilla records",
        endings: &["json"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::CodePoints),
        choices: &[],
        carries: argilla::carries,
        sniff: Sniff::Start(argilla::sniff),
        read: Some(argilla::read),
        write: Some(argilla::write),
    },
    Format {
        name: "label-studio",
        title: "Label Studio JSON",
        endings: &["json"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::CodePoints),
        choices: &[Choice::Unit],
        carries: label_studio::carries,
        sniff: Sniff::Start(label_studio::sniff),
        read: Some(label_studio::read),
        write: Some(label_studio::write),
    },
    Format {
        name: "prodigy",
        title: "Prodigy JSONL",
        endings: &["jsonl"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::CodePoints),
        choices: &[],
        carries: prodigy::carries,
        sniff: Sniff::Start(prodigy::sniff),
        read: Some(prodigy::read),
        write: Some(prodigy::write),
    },
    Format {
        name: "doccano",
        title: "doccano JSONL",
        endings: &["jsonl"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::CodePoints),
        choices: &[Choice::Unit],
        carries: doccano::carries,
        sniff: Sniff::Start(doccano::sniff),
        read: Some(doccano::read),
        write: Some(doccano::write),
    },
    Format {
        name: "brat",
        title: "brat standoff",
        endings: &["ann"],
        companions: &["txt"],
        shape: Shape::Files,
        unit: Some(Unit::CodePoints),
        choices: &[Choice::Unit],
        carries: brat::carries,
        sniff: Sniff::Start(brat::sniff),
        read: Some(brat::read),
        write: Some(brat::write),
    },
    Format {
        name: "conll",
        title: "CoNLL columns",
        endings: &["conll", "iob", "iob2", "bio"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::CodePoints),
        choices: &[Choice::Scheme],
        carries: conll::carries,
        sniff: Sniff::Start(conll::sniff),
        read: Some(conll::read),
        write: Some(conll::write),
    },
    Format {
        name: "conllu",
        title: "CoNLL-U",
        endings: &["conllu"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::CodePoints),
        choices: &[Choice::Scheme],
        carries: conllu::carries,
        sniff: Sniff::Start(conllu::sniff),
        read: Some(conllu::read),
        write: Some(conllu::write),
    },
    Format {
        name: "webanno",
        title: "WebAnno TSV",
        endings: &["tsv"],
        companions: &[],
        shape: Shape::Files,
        unit: Some(Unit::Utf16),
        choices: &[],
        carries: webanno::carries,
        sniff: Sniff::Start(webanno::sniff),
        read: Some(webanno::read),
        write: Some(webanno::write),
    },
    Format {
        name: "csv",
        title: "CSV or TSV of spans",
        endings: &["csv", "tsv", "tab"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::CodePoints),
        choices: &[Choice::Unit, Choice::Columns],
        carries: csv_table::carries,
        sniff: Sniff::Start(csv_table::sniff),
        read: Some(csv_table::read),
        write: Some(csv_table::write),
    },
    Format {
        name: "parquet",
        title: "Parquet",
        endings: &["parquet"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::CodePoints),
        choices: &[Choice::Unit],
        carries: parquet::carries,
        sniff: Sniff::Start(parquet::sniff),
        read: Some(parquet::read),
        write: Some(parquet::write),
    },
    Format {
        name: "huggingface",
        title: "Hugging Face dataset",
        endings: &["parquet"],
        companions: &[],
        shape: Shape::Folder,
        unit: Some(Unit::CodePoints),
        choices: &[Choice::Unit, Choice::Split],
        carries: huggingface::carries,
        sniff: Sniff::Names(huggingface::sniff),
        read: Some(huggingface::read),
        write: Some(huggingface::write),
    },
    Format {
        name: "spacy",
        title: "spaCy DocBin",
        endings: &["spacy"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::CodePoints),
        choices: &[],
        carries: spacy::carries,
        sniff: Sniff::Start(spacy::sniff),
        read: Some(spacy::read),
        write: Some(spacy::write),
    },
    Format {
        name: "uima-xmi",
        title: "UIMA CAS XMI",
        endings: &["xmi", "xml"],
        companions: &[],
        shape: Shape::Files,
        unit: Some(Unit::Utf16),
        choices: &[],
        carries: uima::xmi::carries,
        sniff: Sniff::Start(uima::xmi::sniff),
        read: Some(uima::xmi::read),
        write: Some(uima::xmi::write),
    },
    Format {
        name: "gate",
        title: "GATE XML",
        endings: &["xml"],
        companions: &[],
        shape: Shape::Files,
        unit: Some(Unit::Utf16),
        choices: &[],
        carries: gate::carries,
        sniff: Sniff::Start(gate::sniff),
        read: Some(gate::read),
        write: Some(gate::write),
    },
    Format {
        name: "bioc",
        title: "BioC XML",
        endings: &["xml"],
        companions: &[],
        shape: Shape::File,
        unit: Some(Unit::Bytes),
        choices: &[Choice::Unit],
        carries: bioc::carries_xml,
        sniff: Sniff::Start(bioc::sniff_xml),
        read: Some(bioc::read_xml),
        write: Some(bioc::write_xml),
    },
    Format {
        name: "html",
        title: "Web page",
        endings: &["html", "htm", "xhtml"],
        companions: &[],
        shape: Shape::Files,
        unit: None,
        choices: &[],
        carries: html::carries,
        sniff: Sniff::Start(html::sniff),
        read: Some(html::read),
        write: None,
    },
    Format {
        name: "text",
        title: "Plain text",
        endings: &["txt", "text", "md"],
        companions: &[],
        shape: Shape::Files,
        unit: None,
        choices: &[],
        carries: plain_text::carries,
        sniff: Sniff::Start(|_| true),
        read: Some(plain_text::read),
        write: Some(plain_text::write),
    },
];

impl Format {
    /// The format of this name on the command line.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Whether it knows a file by these first bytes.
    pub(super) fn knows(&self, start: &[u8]) -> bool {
        matches!(self.sniff, Sniff::Start(knows) if knows(start))
    }
}

/// The format of a file by its name and its first bytes (64 kB will do). A file without an ending is
/// taken for text; `None` where nothing fits. What lies under the name of a text or of another kind is
/// known by its content where that leaves no doubt.
pub fn detect(file_name: &str, start: &[u8]) -> Option<&'static Format> {
    let ending = file_name
        .rsplit_once('.')
        .filter(|(stem, _)| !stem.is_empty())
        .map_or("txt", |(_, ending)| ending)
        .to_ascii_lowercase();
    let ended = || {
        FORMATS
            .iter()
            .filter(|format| format.endings.contains(&&*ending))
    };
    // A text is known by nothing: what is told by more comes first.
    let is_text = ended().any(|format| format.name == "text");
    if let Some(format) = is_text.then(|| content::told(start)).flatten() {
        return Some(format);
    }
    // Lines of JSON are named as one JSON, and the reverse.
    let json = ["json", "jsonl"];
    let also = |format: &&Format| format.endings.iter().any(|known| json.contains(known));
    let of_json = || FORMATS.iter().filter(also);
    ended()
        .find(|format| format.knows(start))
        .or_else(|| {
            let mut likely = of_json().filter(|_| json.contains(&&*ending));
            likely.find(|format| format.knows(start))
        })
        .or_else(|| by_a_later_line(ended, start).filter(|_| ending == "jsonl"))
        .or_else(|| content::told(start).filter(|_| ended().next().is_some()))
        // A first row that names a text says little: a file named as a table is one, and no other.
        .or_else(|| ended().find(|format| format.name == "csv" && csv_table::has_texts(start)))
}

/// The format of lines that one of the later lines tells: the first may be the one that is broken,
/// and then is refused alone.
fn by_a_later_line<I>(ended: impl Fn() -> I, start: &[u8]) -> Option<&'static Format>
where
    I: DoubleEndedIterator<Item = &'static Format>,
{
    let mut later = start;
    while let Some(feed) = memchr::memchr(b'\n', later) {
        later = later.get(feed + 1..).unwrap_or_default();
        if let Some(format) = ended().find(|format| format.knows(later)) {
            return Some(format);
        }
    }
    ended().next_back()
}

/// The format that files with this ending are written in where nobody says more. Of several it is
/// the one that stands last: the others are told from it by more than their ending.
pub fn detect_by_ending(ending: &str) -> Option<&'static Format> {
    let written = |format: &&Format| {
        let mut endings = format.endings.iter();
        format.write.is_some()
            && format.shape != Shape::Folder
            && endings.any(|known| known.eq_ignore_ascii_case(ending))
    };
    FORMATS.iter().rfind(written)
}

/// The format of bytes without a name, by the first of them.
pub fn detect_bytes(start: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.knows(start))
}

/// The format that a folder as a whole is of, by the names of the files in it; `None` for a folder
/// of files that are each for themselves.
pub fn detect_folder(names: &[String]) -> Option<&'static Format> {
    let knows = |format: &&Format| matches!(format.sniff, Sniff::Names(knows) if knows(names));
    FORMATS.iter().find(knows)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::collections::BTreeSet;

    use super::*;
    use crate::interchange::{Layers, WriteOptions};

    #[test]
    fn names_are_unique_and_each_format_does_something() {
        let names: BTreeSet<_> = FORMATS.iter().map(|format| format.name).collect();
        assert_eq!(names.len(), FORMATS.len());
        for format in FORMATS {
            assert!(
                format.read.is_some() || format.write.is_some(),
                "{}",
                format.name
            );
            assert!(!format.endings.is_empty(), "{}", format.name);
            assert_eq!(Format::named(format.name).unwrap().title, format.title);
        }
    }

    #[test]
    fn a_format_is_found_by_ending_and_start() {
        let name = |file: &str, start: &[u8]| detect(file, start).map(|format| format.name);
        assert_eq!(
            name("a.ron", b"Dataset(\nformat: \"hashiya-dataset\""),
            Some("ron")
        );
        assert_eq!(name("labels.ron", b"LabelSetFile(version: 1"), None);
        assert_eq!(name("A.JSONL", b"\xEF\xBB\xBF {\"text\""), Some("doccano"));
        assert_eq!(name("a.jsonl", b"oops\n{\"text\""), Some("doccano"));
        assert_eq!(name("a.jsonl", b"oops"), Some("doccano"));
        assert_eq!(name("a.json", b"{\"text\": \"a\"}\n{"), Some("doccano"));
        assert_eq!(name("a.jsonl", b"[{\"data\": {}}]"), Some("label-studio"));
        assert_eq!(
            detect_bytes(b"{}").map(|format| format.name),
            Some("doccano")
        );
        assert_eq!(name("خبر.txt", "قال".as_bytes()), Some("text"));
        assert_eq!(name("README", b""), Some("text"));
        assert_eq!(name("a.docx", b"PK"), None);
    }

    #[test]
    fn an_ending_chooses_the_usual_format_of_it() {
        let name = |ending: &str| detect_by_ending(ending).map(|format| format.name);
        for (ending, format) in [
            ("RON", "ron"),
            ("jsonl", "doccano"),
            ("json", "label-studio"),
            ("jsonld", "web-annotation"),
            ("tsv", "csv"),
            ("conll", "conll"),
            ("parquet", "parquet"),
            ("xmi", "uima-xmi"),
            ("txt", "text"),
        ] {
            assert_eq!(name(ending), Some(format), "{ending}");
        }
        assert_eq!(name("docx"), None);
    }

    #[test]
    fn what_a_row_says_fits_together() {
        for format in FORMATS {
            let carries = (format.carries)(&WriteOptions::default());
            assert_eq!(
                carries.layers == Layers::None,
                format.unit.is_none(),
                "{}",
                format.name
            );
            let by_name = matches!(format.sniff, Sniff::Names(_));
            assert_eq!(by_name, format.shape == Shape::Folder, "{}", format.name);
        }
    }
}
