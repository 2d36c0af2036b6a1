//! Reads Label Studio's JSON: its exports (also the older ones with `completions`, the flat ones of
//! JSON-MIN, and the single annotations of its storages) and the files that people make for its
//! import. Each annotation becomes the layer of whoever completed it, each prediction one of a
//! model. A task with a wrong result is refused whole.

use std::{
    collections::{BTreeMap, HashSet},
    io::BufRead,
};

use serde_json::{Map, Value, json};

use crate::{
    annotation::Annotator,
    interchange::{
        CopyCounter, DatasetHead, DocumentRecord, LayerRecord, MAX_TEXT, Names, Problem,
        ReadOptions, Reader, Reason, SOURCE_ID, Source, Unit, html,
        json::{Objects, add, id_of, metadata, parse, take_list, text_of},
    },
};

use super::results::Results;

/// Opens a file.
pub(in crate::interchange) fn read<'r>(
    source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    Ok(Box::new(LabelStudioReader {
        stem: source.stem().to_owned(),
        tasks: Objects::new(source.input, MAX_TEXT)?,
        names: options.names(),
        unit: options.unit,
        annotator: options.annotator,
    }))
}

struct LabelStudioReader<R> {
    tasks: Objects<R>,
    names: Names,
    unit: Option<Unit>,
    annotator: Annotator,
    /// The title of a document without a line that could be one.
    stem: String,
}

impl<R: BufRead> Reader for LabelStudioReader<R> {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        let (line, bytes) = match self.tasks.next()? {
            Ok(task) => task,
            Err(problem) => return Some(Err(problem)),
        };
        let task = match Task::of(bytes, self.unit, &self.annotator) {
            Ok(task) => task,
            Err(reason) => return Some(Err(Problem::at(line, reason))),
        };
        let mut record = DocumentRecord::found(task.text, task.title, &self.stem, copies);
        record.metadata = task.metadata;
        record.layers = task.layers;
        self.names.adopt(&mut record);
        Some(Ok(record))
    }
}

/// A task, checked.
struct Task {
    text: String,
    title: Option<String>,
    metadata: BTreeMap<String, String>,
    layers: Vec<LayerRecord>,
}

impl Task {
    fn of(bytes: &[u8], unit: Option<Unit>, unnamed: &Annotator) -> Result<Self, Reason> {
        let mut fields = task_of(parse(bytes)?)?;
        let mut annotations = take_list(&mut fields, "annotations")?;
        annotations.extend(take_list(&mut fields, "completions")?);
        let predictions = take_list(&mut fields, "predictions")?;
        let id = fields.shift_remove("id");
        let mut data = match fields.shift_remove("data") {
            Some(Value::Object(data)) => data,
            Some(_) => return Err(Reason::Malformed("`data` is not an object".to_owned())),
            None => {
                annotations.extend(flat_annotation(&mut fields));
                std::mem::take(&mut fields)
            }
        };
        let mut text = take_text(&mut data, &annotations)?;
        if annotations.iter().chain(&predictions).any(is_of_page) && text.contains('<') {
            text = html::content(&text);
        }
        let mut task = Self {
            text: String::new(),
            title: take_title(&mut data),
            metadata: BTreeMap::new(),
            layers: Vec::new(),
        };
        task.say(data, id.as_ref(), fields);
        let results = Results::new(&text, unit);
        for annotation in annotations {
            task.annotation(annotation, unnamed, &results)?;
        }
        for prediction in predictions {
            task.prediction(prediction, &results)?;
        }
        task.name_layers()?;
        task.text = text;
        Ok(task)
    }

    /// Takes note of what the file says of the document.
    fn say(
        &mut self,
        data: Map<String, Value>,
        id: Option<&Value>,
        mut fields: Map<String, Value>,
    ) {
        if let Some(id) = id.filter(|id| id_of(id).is_some()) {
            let said = Map::from_iter([(SOURCE_ID.to_owned(), id.clone())]);
            self.metadata.extend(metadata(said));
        }
        let further = match fields.shift_remove("meta") {
            Some(Value::Object(fields)) => fields,
            other => {
                fields.extend(other.map(|other| ("meta".to_owned(), other)));
                Map::new()
            }
        };
        for (of, fields) in [("data", data), ("meta", further), ("task", fields)] {
            for (key, value) in metadata(fields) {
                add(&mut self.metadata, of, key, value);
            }
        }
    }

    fn annotation(
        &mut self,
        annotation: Value,
        unnamed: &Annotator,
        results: &Results<'_>,
    ) -> Result<(), Reason> {
        let Value::Object(mut fields) = annotation else {
            return Err(Reason::Malformed("an annotation is no object".to_owned()));
        };
        let annotator = match fields.shift_remove("completed_by") {
            None | Some(Value::Null) => unnamed.clone(),
            Some(who) => annotator(&who)?,
        };
        let found = take_list(&mut fields, "result")?;
        let skipped = fields.get("was_cancelled") == Some(&Value::Bool(true));
        for own in ["id", "task", "project", "unique_id", "result_count"] {
            fields.shift_remove(own);
        }
        fields.retain(|_, value| *value != Value::Bool(false) && !value.is_null());
        if let Some(said) = text_of(Value::Object(fields)) {
            let key = format!("annotation of {annotator}");
            add(&mut self.metadata, "further", key, said);
        }
        // Somebody who skipped a task has not said that there is nothing in it.
        if !(skipped && found.is_empty()) {
            self.layer(annotator, found, results)?;
        }
        Ok(())
    }

    fn prediction(&mut self, prediction: Value, results: &Results<'_>) -> Result<(), Reason> {
        let Value::Object(mut fields) = prediction else {
            return Err(Reason::Malformed("a prediction is no object".to_owned()));
        };
        let model = fields.get("model_version").and_then(id_of);
        let model = model.filter(|model| !model.trim().is_empty());
        let model = Annotator::prediction(model.as_deref().unwrap_or("model"));
        let model =
            model.map_err(|error| Reason::Malformed(format!("`model_version`: {error}")))?;
        let found = take_list(&mut fields, "result")?;
        self.layer(model, found, results)
    }

    fn layer(
        &mut self,
        annotator: Annotator,
        found: Vec<Value>,
        results: &Results<'_>,
    ) -> Result<(), Reason> {
        let (layer, of_document) = results.layer(annotator, found)?;
        for (key, value) in of_document {
            add(&mut self.metadata, layer.annotator.as_str(), key, value);
        }
        self.layers.push(layer);
        Ok(())
    }

    /// Gives each layer a name of its own: somebody can have annotated a task twice.
    fn name_layers(&mut self) -> Result<(), Reason> {
        let mut taken = HashSet::new();
        for layer in &mut self.layers {
            let name = layer.annotator.as_str().to_owned();
            let mut number = 1;
            while !taken.insert(layer.annotator.clone()) {
                number += 1;
                layer.annotator = Annotator::new(&format!("{name} ({number})"))
                    .map_err(|error| Reason::Malformed(format!("`completed_by`: {error}")))?;
            }
        }
        Ok(())
    }
}

/// A task; a file of a storage is an annotation that has its task inside.
fn task_of(mut fields: Map<String, Value>) -> Result<Map<String, Value>, Reason> {
    if !fields.contains_key("result") || fields.contains_key("data") {
        return Ok(fields);
    }
    match fields.shift_remove("task") {
        Some(Value::Object(mut task)) => {
            task.insert("annotations".to_owned(), json!([fields]));
            Ok(task)
        }
        _ => Err(Reason::Missing("`task` with its `data`")),
    }
}

/// The annotation of a task in which regions stand in fields of the names of their tags, as
/// JSON-MIN has them.
fn flat_annotation(fields: &mut Map<String, Value>) -> Option<Value> {
    let is_region = |value: &Value| value.get("start").is_some() && value.get("end").is_some();
    let is_regions = |value: &Value| {
        let list = value.as_array();
        list.is_some_and(|list| !list.is_empty() && list.iter().all(is_region))
    };
    let mut results = Vec::new();
    fields.retain(|name, value| {
        if !is_regions(value) {
            return true;
        }
        if let Value::Array(list) = value.take() {
            let result = |value| json!({"from_name": name, "type": "labels", "value": value});
            results.extend(list.into_iter().map(result));
        }
        false
    });
    let who = fields.shift_remove("annotator");
    (who.is_some() || !results.is_empty()).then(|| json!({"completed_by": who, "result": results}))
}

/// Takes the text out of the fields of a task: `text`, or the field that the regions' tag is named
/// after, or the only one that is a text.
fn take_text(data: &mut Map<String, Value>, annotations: &[Value]) -> Result<String, Reason> {
    let is_text = |name: &&str| data.get(*name).is_some_and(Value::is_string);
    let regions = annotations.iter().filter_map(|it| it.get("result"));
    let mut tags = regions
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|result| result.get("to_name").and_then(Value::as_str));
    let mut texts = data.iter().filter(|(_, value)| value.is_string());
    let only = texts.next().filter(|_| texts.next().is_none());
    let name = ["text"]
        .into_iter()
        .find(|name| is_text(name))
        .or_else(|| tags.find(|name| is_text(name)))
        .or_else(|| only.map(|(name, _)| &**name))
        .map(str::to_owned);
    match name.and_then(|name| data.shift_remove(&name)) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(Reason::Missing("`text` in its `data`")),
    }
}

/// Whether the regions of an annotation are of a page: they count in the text that it shows.
fn is_of_page(annotation: &Value) -> bool {
    let results = annotation.get("result").and_then(Value::as_array);
    let mut results = results.into_iter().flatten();
    results.any(|result| result.pointer("/value/globalOffsets").is_some())
}

fn take_title(data: &mut Map<String, Value>) -> Option<String> {
    let title = data.get("title").and_then(Value::as_str);
    let title = title.filter(|title| !title.trim().is_empty())?.to_owned();
    data.shift_remove("title");
    Some(title)
}

/// Who completed an annotation: an id, or what the export says of the person.
fn annotator(who: &Value) -> Result<Annotator, Reason> {
    let field = |name: &str| {
        let text = who.get(name).and_then(Value::as_str).unwrap_or_default();
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let full = || {
        let names = [field("first_name"), field("last_name")];
        let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        Some(name).filter(|name| !name.is_empty())
    };
    let name = id_of(who)
        .or_else(|| field("email"))
        .or_else(full)
        .or_else(|| field("username"))
        .or_else(|| who.get("id").and_then(id_of))
        .ok_or_else(|| Reason::Malformed(format!("`completed_by` names nobody: {who}")))?;
    Annotator::new(&name).map_err(|error| Reason::Malformed(format!("`completed_by`: {error}")))
}
