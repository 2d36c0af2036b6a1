//! What a file is by its content, where its name says something else: annotations that lie under the
//! name of a text or a table must not come in as an article. Only what nobody writes by chance tells.

use super::{
    FORMATS, Format, conll, conllu,
    json::{mentions, without_mark},
    webanno,
};

/// The format that a file's first bytes (64 kB, or all of a smaller one) tell beyond doubt.
pub(super) fn told(start: &[u8]) -> Option<&'static Format> {
    let named = |name| Format::named(name);
    if webanno::sniff(start) {
        return named("webanno");
    }
    if opens_json(start) {
        return json(start);
    }
    let text = String::from_utf8_lossy(whole_lines(without_mark(start)));
    if conllu::is_told(text.lines()) {
        return named("conllu");
    }
    conll::is_told(text.lines()).then(|| named("conll"))?
}

/// What a text looks like besides an article, in words for people; `None` for nearly all texts.
pub(super) fn suspected(text: &str) -> Option<&'static str> {
    let opens = opens_json(text.as_bytes());
    let columns = || conll::is_likely(text.lines().take(400));
    if opens {
        Some("JSON")
    } else {
        columns().then_some("columns of tokens and tags")
    }
}

/// Whether it begins as an object with a field, or as a list of such objects.
fn opens_json(start: &[u8]) -> bool {
    let start = without_mark(start).trim_ascii_start();
    let listed = start.strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
    let object = listed.unwrap_or(start).strip_prefix(b"{");
    object.is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""))
}

fn json(start: &[u8]) -> Option<&'static Format> {
    let any = |fields: &[&str]| fields.iter().any(|field| mentions(start, field));
    FORMATS.iter().find(|format| {
        let sure = match format.name {
            // A record of anything may have such fields, if not all of them.
            "label-studio" => any(&["data"]) && any(&["annotations", "predictions", "completions"]),
            "doccano" => {
                (any(&["text"]) && any(&["label", "labels", "entities"]))
                    || (any(&["tokens"]) && any(&["ner_tags"]))
            }
            "uima-json" | "web-annotation" | "bioc-json" | "argilla" | "prodigy" => true,
            _ => false,
        };
        sure && format.knows(start)
    })
}

/// The bytes up to where the last whole line ends; all of them where there is none.
fn whole_lines(start: &[u8]) -> &[u8] {
    let end = memchr::memrchr(b'\n', start).map_or(start.len(), |feed| feed + 1);
    start.get(..end).unwrap_or(start)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::interchange::detect;

    fn name(file: &str, start: &str) -> Option<&'static str> {
        detect(file, start.as_bytes()).map(|format| format.name)
    }

    #[test]
    fn annotations_are_known_under_any_name() {
        let columns = "قال O\nسمير B-PERSON\nعبد I-PERSON\n. O\n\nنعم O\n";
        let conllu = "# text = قال\n1\tقال\tقال\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n";
        let webanno = "#FORMAT=WebAnno TSV 3.3\n#T_SP=a|value\n\n\n#Text=قال\n";
        let tasks = "[\n {\"id\": 1, \"data\": {\"text\": \"قال\"}, \"annotations\": []}]";
        let lines = "{\"text\": \"قال\", \"label\": [[0, 3, \"X\"]]}\n";
        for (file, format) in [
            (columns, "conll"),
            (conllu, "conllu"),
            (webanno, "webanno"),
            (tasks, "label-studio"),
            (lines, "doccano"),
        ] {
            for ending in ["txt", "tsv", "json", "md", "csv"] {
                assert_eq!(name(&format!("a.{ending}"), file), Some(format), "{ending}");
            }
        }
        let germeval = "#\tn-tv.de [2010-01-01]\n1\tSchartau\tB-PER\tO\n2\tsagte\tO\tO\n";
        assert_eq!(name("a.tsv", germeval), Some("conll"));
    }

    #[test]
    fn articles_stay_articles() {
        for article in [
            "",
            "\n",
            "قال الوزير إن فصيلة الدم O",
            "فصيلة O\nقال الوزير ذلك أمس في المؤتمر.\nوأضاف آخرون.\n",
            "الجدول\n\n1\tقال\t3\n2\tنعم\t4\n",
            "# ملاحظات\n\n- قال B-2\n- نص\n- نص آخر\n",
            "[قال] {\"نص\"}",
            "{قال}",
            "{\"name\": \"قال\", \"value\": 2}",
            "نتيجة A\nنتيجة B\nنتيجة O\n",
        ] {
            assert_eq!(name("a.txt", article), Some("text"), "{article}");
        }
    }

    #[test]
    fn what_is_in_doubt_is_told() {
        let half = "عنوان الخبر هنا\n\nقال O\nسمير B-PERSON\nنعم O\nوهذا سطر آخر من المقال\n";
        assert_eq!(name("a.txt", half), Some("text"));
        assert_eq!(suspected(half), Some("columns of tokens and tags"));
        assert_eq!(suspected("{\"name\": 2}"), Some("JSON"));
        assert_eq!(suspected("قال الوزير نعم.\nوأضاف.\nفصيلة O\n"), None);
    }
}
