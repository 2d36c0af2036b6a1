//! Rows of tokens and tags, as the datasets of Hugging Face have them: the text is the tokens with a
//! space between them. Tags are texts, or numbers whose names stand in the file, in a
//! `dataset_info.json` or in the card beside it; without names each number is a label.

use std::cell::OnceCell;

use serde_json::{Map, Value};

use crate::{
    annotation::Annotator,
    text::{self, ByteRange},
};

use super::{
    Folder, LayerRecord, MAX_TEXT, Reason,
    source::all_bytes,
    tags::{self, Untagger},
};

/// The field of the tokens.
pub(super) const TOKENS: &str = "tokens";
/// The field of their tags.
pub(super) const TAGS: &str = "ner_tags";

/// The largest file that is looked through for names.
const LARGEST_CARD: usize = 8 << 20;

/// The names that numbers stand for, looked up when the first number is met.
pub(super) struct Classes<'r> {
    folder: Option<&'r dyn Folder>,
    names: OnceCell<Vec<String>>,
}

impl<'r> Classes<'r> {
    /// Those that the files beside a file name.
    pub(super) fn beside(folder: Option<&'r dyn Folder>) -> Self {
        Self {
            folder,
            names: OnceCell::new(),
        }
    }

    /// Those that a file names itself, if it does; else those that the files beside it name.
    pub(super) fn of(features: Option<&Value>, folder: Option<&'r dyn Folder>) -> Self {
        let found = Self::beside(folder);
        if let Some(names) = features.and_then(of_features) {
            let _ = found.names.set(names);
        }
        found
    }

    fn names(&self) -> &[String] {
        self.names
            .get_or_init(|| self.folder.and_then(beside).unwrap_or_default())
    }
}

/// The names in a description of features.
fn of_features(features: &Value) -> Option<Vec<String>> {
    let list = features.get(TAGS)?;
    let kind = list.get("feature").or_else(|| list.get(0)).unwrap_or(list);
    let names = kind.get("names")?.as_array()?.iter();
    names.map(|name| Some(name.as_str()?.to_owned())).collect()
}

/// The names in the files of a folder that describe a dataset.
fn beside(folder: &dyn Folder) -> Option<Vec<String>> {
    let text = |name: &str| {
        let mut file = folder.open(name).ok()?;
        let bytes = all_bytes(&mut *file, LARGEST_CARD).ok()?;
        String::from_utf8(bytes).ok()
    };
    let of_json = |name: &str| {
        let info: Value = serde_json::from_str(&text(name)?).ok()?;
        let whole = info.get("features").and_then(of_features);
        // Of several configurations each has features of its own.
        let mut each = info.as_object()?.values();
        whole.or_else(|| each.find_map(|info| of_features(info.get("features")?)))
    };
    ["dataset_info.json", "dataset_infos.json"]
        .into_iter()
        .find_map(of_json)
        .or_else(|| of_card(&text("README.md")?))
}

/// The names in a card: the list under `names` of the feature of the tags.
fn of_card(card: &str) -> Option<Vec<String>> {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let mut lines = card.lines();
    let feature = lines.find(|line| line.trim() == format!("- name: {TAGS}"))?;
    let of_feature = lines.take_while(|line| depth(line) > depth(feature));
    let mut of_names = of_feature.skip_while(|line| line.trim() != "names:");
    let head = depth(of_names.next()?);
    let named = |line: &str| {
        let line = line.trim();
        let name = line.strip_prefix("- ");
        let name = name.or_else(|| line.split_once(':').map(|(_, name)| name))?;
        Some(name.trim().trim_matches(['\'', '"']).to_owned())
    };
    let listed = of_names
        .take_while(|line| depth(line) > head || line.trim_start().starts_with("- "))
        .map(named);
    listed.collect()
}

/// Whether a record is a row of tokens: it has no text of its own.
pub(super) fn is_row(fields: &Map<String, Value>) -> bool {
    let tokens = fields.get(TOKENS).and_then(Value::as_array);
    let text = ["text", "data"]
        .iter()
        .any(|field| fields.contains_key(*field));
    !text && tokens.is_some_and(|tokens| tokens.iter().all(Value::is_string))
}

/// The text of a row of tokens, and the layer of its tags.
pub(super) fn read(
    tokens: &Value,
    tags: Option<&Value>,
    classes: &Classes<'_>,
    annotator: &Annotator,
) -> Result<(String, Option<LayerRecord>), Reason> {
    let tokens = tokens.as_array().ok_or(Reason::Missing("`tokens`"))?;
    let (mut text, mut ranges) = (String::new(), Vec::with_capacity(tokens.len()));
    for (number, token) in tokens.iter().enumerate() {
        if number > 0 {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(token.as_str().ok_or(Reason::Missing("texts in `tokens`"))?);
        if text.len() > MAX_TEXT {
            return Err(Reason::TooLarge {
                what: "the text",
                limit: MAX_TEXT,
            });
        }
        let range = ByteRange::unchecked_order(start, text.len());
        ranges.extend(range);
    }
    let Some(tags) = tags.filter(|tags| !tags.is_null()) else {
        return Ok((text, None));
    };
    let none = Vec::new();
    let tags = tags.as_array().unwrap_or(&none);
    if tags.len() != tokens.len() {
        let (tokens, tags) = (tokens.len(), tags.len());
        let said = format!("there are {tokens} tokens and {tags} tags");
        return Err(Reason::Malformed(said));
    }
    let (mut untagger, mut found) = (Untagger::default(), Vec::new());
    for (token, tag) in tags.iter().enumerate() {
        let name = name_of(tag, classes)?;
        // Some datasets name labels alone: a run of one is one span.
        let tag = tags::parse(&name).unwrap_or((b'I', &name));
        untagger.tag(token, tag, &mut found);
    }
    untagger.close(&mut found);
    let layer = tags::layer(&text, &ranges, &found, annotator)?;
    Ok((text, layer))
}

/// The name of a tag.
fn name_of(tag: &Value, classes: &Classes<'_>) -> Result<String, Reason> {
    if let Some(name) = tag.as_str() {
        let name = name.trim();
        return Ok(if name.is_empty() { "O" } else { name }.to_owned());
    }
    let Some(number) = tag.as_i64() else {
        let tag = text::quote(&tag.to_string(), 40);
        return Err(Reason::Malformed(format!(
            "{tag} in `{TAGS}` is neither a tag nor a number"
        )));
    };
    let names = classes.names();
    // Numbers below 0 stand for tokens that do not count.
    let Ok(place) = usize::try_from(number) else {
        return Ok("O".to_owned());
    };
    match names.get(place) {
        Some(name) => Ok(name.clone()),
        None if !names.is_empty() => Err(Reason::Malformed(format!(
            "the tag {number} is none of the {} that are named",
            names.len()
        ))),
        None if number == 0 => Ok("O".to_owned()),
        None => Ok(number.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::json;

    use super::*;
    use crate::{
        annotation::LabelSet,
        interchange::{CopyCounter, ReadOptions, Source, doccano, source::memory::Memory},
    };

    fn spans(row: &Value, files: &[(&str, &str)]) -> Result<(String, Vec<String>), String> {
        let folder = Memory::named("a");
        for (name, text) in files {
            folder.put(name, *text);
        }
        let line = row.to_string();
        let source = Source {
            folder: Some(&folder),
            ..Source::of_bytes("a.jsonl", line.as_bytes())
        };
        let options = ReadOptions::new(Annotator::imported(), LabelSet::default());
        let mut reader = doccano::read(source, options).unwrap();
        let record = reader.next(&mut CopyCounter::default()).unwrap();
        let record = record.map_err(|problem| problem.to_string())?;
        let spans = record.layers.iter().flat_map(|layer| &layer.spans);
        let shown = spans.map(|span| {
            let text = span.data.fragments.text(&record.text);
            format!("{}: {text}", span.data.label)
        });
        Ok((record.text.to_string(), shown.collect()))
    }

    #[test]
    fn tags_are_texts_or_numbers_with_names_or_without() {
        let tokens = json!(["قال", "سمير", "عبد", "أمس"]);
        let text = "قال سمير عبد أمس".to_owned();
        let row = json!({"tokens": tokens, "ner_tags": ["O", "B-PER", "I-PER", "B-DATE"]});
        let wanted = vec!["PER: سمير عبد".to_owned(), "DATE: أمس".to_owned()];
        assert_eq!(spans(&row, &[]), Ok((text.clone(), wanted.clone())));
        let row = json!({"id": "1", "tokens": tokens, "ner_tags": [0, 1, 2, 3]});
        let info = r#"{"features": {"ner_tags": {"feature": {"names":
            ["O", "B-PER", "I-PER", "B-DATE"], "_type": "ClassLabel"}, "_type": "Sequence"}}}"#;
        let card = "---\ndataset_info:\n  features:\n  - name: tokens\n    sequence: string\n  \
            - name: ner_tags\n    sequence:\n      class_label:\n        names:\n          \
            '0': O\n          '1': B-PER\n          '2': I-PER\n          '3': B-DATE\n  \
            splits:\n  - name: train\n---\n";
        for file in [
            ("dataset_info.json", info.to_owned()),
            ("dataset_infos.json", format!("{{\"default\": {info}}}")),
            ("README.md", card.to_owned()),
        ] {
            let found = spans(&row, &[(file.0, &*file.1)]);
            assert_eq!(found, Ok((text.clone(), wanted.clone())), "{}", file.0);
        }
        let row = json!({"tokens": tokens, "ner_tags": [0, 5, 5, -100]});
        assert_eq!(spans(&row, &[]), Ok((text, vec!["5: سمير عبد".to_owned()])));
        let told = spans(&row, &[("README.md", card)]).unwrap_err();
        assert!(told.contains("the tag 5"), "{told}");
        let row = json!({"tokens": ["a"], "ner_tags": []});
        assert!(
            spans(&row, &[])
                .unwrap_err()
                .contains("1 tokens and 0 tags")
        );
    }

    #[test]
    fn records_with_entities_of_start_and_end_are_read() {
        for field in ["entities", "spans"] {
            let row = json!({"text": "قال سمير", field: [{"start": 4, "end": 8, "label": "PER"}]});
            let wanted = vec!["PER: سمير".to_owned()];
            assert_eq!(spans(&row, &[]), Ok(("قال سمير".to_owned(), wanted)));
        }
        let row = json!({"text": "قال سمير", "entities": [[4, 8, "PER"]]});
        assert_eq!(spans(&row, &[]).unwrap().1, ["PER: سمير"]);
    }
}
