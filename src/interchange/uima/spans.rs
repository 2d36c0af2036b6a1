//! Spans and relations of structures. An annotation is a span; its label is what its `value`, `label`
//! or `identifier` says, else the name of its type, and the rest are attributes. A structure with two
//! ends is a relation, and so is a reference of one span to another.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value as Json;

use crate::{
    annotation::{Annotator, LabelId, SpanData},
    interchange::{
        LayerRecord, Offsets, Problem, Reason, RelationRecord, SpanError, SpanRecord, Unit,
    },
};

use super::{
    cas::{Cas, LINK, Said, Structure},
    left_out::{is_left_out, short},
    own,
    read::View,
};

/// Features that say what a span or a relation is, the first that is there.
const LABELS: [&str; 4] = ["value", "label", "identifier", "referenceType"];

/// Features that are the ends of a relation.
const ENDS: [(&str, &str); 4] = [
    ("Governor", "Dependent"),
    ("governor", "dependent"),
    ("source", "target"),
    ("from", "to"),
];

/// Features that say where an annotation is.
const PLACE: [&str; 3] = ["sofa", "begin", "end"];

/// What was found in a CAS.
pub(super) struct Found<'c> {
    cas: &'c Cas,
    offsets: Offsets<'c>,
    /// The ids of the structures that are spans.
    spans: HashSet<u64>,
    /// The types that came up, and whether they are left out.
    left_out: HashMap<&'c str, bool>,
    pub(super) layer: LayerRecord,
    /// What is neither a span nor a relation.
    pub(super) metadata: BTreeMap<String, String>,
}

/// What a structure is here.
enum Role {
    Span,
    Relation([&'static str; 2]),
    /// Something that is said of the text as a whole, or of a place between two characters.
    Further,
    /// A part of others, or nothing that people made.
    Nothing,
}

impl<'c> Found<'c> {
    /// Takes all structures of a view. Spans come first, since structures stand in any order.
    pub(super) fn take(
        cas: &'c Cas,
        view: &View<'c>,
        annotator: Annotator,
    ) -> Result<Self, Problem> {
        let mut found = Self {
            cas,
            offsets: Offsets::new(view.text, Unit::Utf16),
            spans: HashSet::new(),
            left_out: HashMap::new(),
            layer: LayerRecord::new(annotator),
            metadata: BTreeMap::new(),
        };
        let (mut spans, mut relations) = (Vec::new(), Vec::new());
        for (at, structure) in cas.structures.iter().enumerate() {
            match found.role(view, structure) {
                Role::Span => {
                    found.spans.extend(structure.id);
                    spans.push((at, structure));
                }
                Role::Relation(ends) => relations.push((at, structure, ends)),
                Role::Further => {
                    let kept = found.further(at, structure);
                    kept.map_err(|reason| structure.problem(reason))?;
                }
                Role::Nothing => {}
            }
        }
        found.tied(view, &relations, &mut spans);
        for (at, structure) in spans {
            let taken = found.span(at, structure);
            taken.map_err(|reason| structure.problem(reason))?;
        }
        for (at, structure, ends) in relations {
            let taken = found.relation(at, structure, ends);
            taken.map_err(|reason| structure.problem(reason))?;
        }
        found.layer.check().map_err(Problem::of_file)?;
        Ok(found)
    }

    fn role(&mut self, view: &View<'_>, structure: &'c Structure) -> Role {
        let kind = &*structure.kind;
        let is_part = [own::FRAGMENT, own::ATTRIBUTE, own::DOCUMENT].contains(&kind);
        if is_part || !view.has(self.cas, structure) || self.leaves_out(kind) {
            return Role::Nothing;
        }
        let has = |feature| structure.value(feature).is_some();
        let leads = |feature| self.cas.to(structure, feature).is_some();
        for (from, to) in ENDS {
            // The names that DKPro gave the ends are of nothing else.
            if has(from) && has(to) && (from == "Governor" || leads(from) && leads(to)) {
                return Role::Relation([from, to]);
            }
        }
        let root = self.cas.types.lineage(kind).last();
        let no_annotation = matches!(root, Some("uima.cas.TOP" | "uima.cas.AnnotationBase"));
        if structure.is_anchored() && !no_annotation {
            let (begin, end) = place(structure);
            if begin == end && self.offsets.range(begin, end).is_ok() {
                return Role::Further;
            }
            Role::Span
        } else if has("sofa") {
            Role::Further
        } else {
            Role::Nothing
        }
    }

    fn leaves_out(&mut self, kind: &'c str) -> bool {
        let known = self.left_out.entry(kind);
        *known.or_insert_with(|| is_left_out(&self.cas.types, kind))
    }

    /// Makes spans of the tokens that people tied by relations.
    fn tied(
        &mut self,
        view: &View<'_>,
        relations: &[(usize, &'c Structure, [&'static str; 2])],
        spans: &mut Vec<(usize, &'c Structure)>,
    ) {
        for (_, structure, ends) in relations {
            for end in ends {
                let end = self
                    .cas
                    .to(structure, end)
                    .and_then(|id| self.cas.place(id));
                let Some((at, end)) = end.and_then(|at| Some((at, self.cas.structures.get(at)?)))
                else {
                    continue;
                };
                let (begin, last) = place(end);
                let is_one = end.is_anchored() && begin != last && view.has(self.cas, end);
                if is_one
                    && self.leaves_out(&end.kind)
                    && end.id.is_some_and(|id| self.spans.insert(id))
                {
                    spans.push((at, end));
                }
            }
        }
    }

    fn span(&mut self, at: usize, structure: &'c Structure) -> Result<(), Reason> {
        let id = structure.name(at);
        let label = label_of(structure);
        let ours = &*structure.kind == own::SPAN;
        let parts = match ours.then(|| self.cas.said(structure, "fragments")) {
            Some(said) => said?,
            None => None,
        };
        let parts = match parts {
            Some(Said::To(ids)) => Some(ids),
            _ => None,
        };
        let data = self.data(structure, label.map(|(_, text)| text), parts);
        let mut data = data.map_err(|error| Reason::Span {
            span: id.clone(),
            error,
        })?;
        for (name, value) in &structure.features {
            let is_label = label.is_some_and(|(feature, _)| feature == &**name);
            if PLACE.contains(&&**name) || is_label || (ours && &**name == "fragments") {
                continue;
            }
            match self.cas.meant(structure, name, value)? {
                Said::Text(text) if ours && &**name == "note" => text.clone_into(&mut data.note),
                Said::To(ids) if ours && &**name == "attributes" => {
                    for pair in ids {
                        let pair = self.need(&id, pair)?;
                        let said = |feature| pair.text(feature).unwrap_or_default().to_owned();
                        let (name, value) = (said("name"), said("value"));
                        self.cas.spend(LINK + name.len() + value.len())?;
                        data.attributes.insert(name, value);
                    }
                }
                Said::To(ids) => self.links(&id, name, &ids, structure, &mut data)?,
                said => {
                    let text = self.plain(&said)?;
                    data.attributes
                        .extend(text.map(|text| ((**name).to_owned(), text)));
                }
            }
        }
        self.layer.spans.push(SpanRecord::new(id, data));
        Ok(())
    }

    /// Where a span is, and its label.
    fn data(
        &self,
        structure: &'c Structure,
        label: Option<&str>,
        parts: Option<Vec<u64>>,
    ) -> Result<SpanData, SpanError> {
        let label = LabelId::new(label.unwrap_or(short(&structure.kind)))?;
        let whole = self.offsets.fragments([place(structure)])?;
        let Some(parts) = parts else {
            return Ok(SpanData::new(label, whole));
        };
        let parts = parts.iter().filter_map(|id| self.cas.get(*id));
        let fragments = self.offsets.fragments(parts.map(place))?;
        if fragments.extent() != whole.extent() {
            let shown = |(start, end): (usize, usize)| format!("byte {start} to {end}");
            return Err(SpanError::Edges {
                edges: shown(whole.extent()),
                fragments: shown(fragments.extent()),
            });
        }
        Ok(SpanData::new(label, fragments))
    }

    /// Takes the references of a feature of a span: to spans they are relations, and what other
    /// structures say are attributes.
    fn links(
        &mut self,
        span: &str,
        feature: &str,
        ids: &[u64],
        structure: &'c Structure,
        data: &mut SpanData,
    ) -> Result<(), Reason> {
        for (number, &id) in (1..).zip(ids) {
            let target = self.need(span, id)?;
            let (kind, to) = if self.spans.contains(&id) {
                let kind = structure.text("referenceRelation");
                (kind.filter(|_| feature == "next"), Some(id))
            } else {
                let to = self.cas.to(target, "target");
                (target.text("role"), to.filter(|to| self.spans.contains(to)))
            };
            self.cas.spend(LINK + kind.map_or(0, str::len))?;
            if let Some(to) = to {
                self.layer.relations.push(RelationRecord {
                    id: format!("{span}/{feature}/{number}"),
                    kind: kind.unwrap_or(feature).to_owned(),
                    from: span.to_owned(),
                    to: to.to_string(),
                });
                continue;
            }
            if target.is_anchored() || self.leaves_out(&target.kind) {
                continue;
            }
            for (name, value) in &target.features {
                let text = self.plain(&self.cas.meant(target, name, value)?)?;
                let Some(text) = text else { continue };
                self.cas.spend(LINK + text.len())?;
                let key = match ids.len() {
                    1 => format!("{feature}.{name}"),
                    _ => format!("{feature}.{number}.{name}"),
                };
                data.attributes.insert(key, text);
            }
        }
        Ok(())
    }

    fn relation(
        &mut self,
        at: usize,
        structure: &'c Structure,
        ends: [&'static str; 2],
    ) -> Result<(), Reason> {
        let id = structure.name(at);
        let (mut spans, mut missing) = (Vec::with_capacity(2), false);
        for end in ends {
            let to = self.cas.to(structure, end);
            let Some(to) = to.filter(|to| self.cas.get(*to).is_some()) else {
                return Err(Reason::RelationEnd {
                    relation: id,
                    span: to.map_or_else(|| "0".to_owned(), |to| to.to_string()),
                });
            };
            missing |= !self.spans.contains(&to);
            spans.push(to.to_string());
        }
        let (Some(to), Some(from)) = (spans.pop(), spans.pop()) else {
            return Ok(());
        };
        let label = label_of(structure);
        if missing {
            let ends = ends.into_iter().map(str::to_owned).zip([from, to]);
            return self.keep(at, structure, &PLACE, ends.collect());
        }
        let known = label.map_or("", |(feature, _)| feature);
        let but = ["sofa", "begin", "end", known, ends[0], ends[1]];
        self.keep(at, structure, &but, Vec::new())?;
        let kind = label.map_or(short(&structure.kind), |(_, text)| text);
        self.layer.relations.push(RelationRecord {
            id,
            kind: kind.to_owned(),
            from,
            to,
        });
        Ok(())
    }

    fn further(&mut self, at: usize, structure: &'c Structure) -> Result<(), Reason> {
        self.keep(at, structure, &["sofa"], Vec::new())
    }

    /// Keeps as metadata what has no place elsewhere.
    fn keep(
        &mut self,
        at: usize,
        structure: &'c Structure,
        but: &[&str],
        ends: Vec<(String, String)>,
    ) -> Result<(), Reason> {
        let mut said = serde_json::Map::new();
        for (name, value) in &structure.features {
            if !but.contains(&&**name)
                && let Some(text) = self.plain(&self.cas.meant(structure, name, value)?)?
            {
                said.insert((**name).to_owned(), Json::String(text));
            }
        }
        for (end, span) in ends {
            said.insert(end, Json::String(span));
        }
        if !said.is_empty() {
            let key = format!("{} {}", short(&structure.kind), structure.name(at));
            self.metadata.insert(key, Json::Object(said).to_string());
        }
        Ok(())
    }

    /// What is said without references, as one text: a list as JSON.
    fn plain(&self, said: &Said<'_>) -> Result<Option<String>, Reason> {
        Ok(match said {
            Said::Text(text) => Some((*text).to_owned()),
            Said::Texts(texts) => {
                self.cas
                    .spend(texts.iter().map(|text| text.len() + 2).sum())?;
                serde_json::to_string(texts).ok()
            }
            Said::To(_) => None,
        })
    }

    fn need(&self, by: &str, id: u64) -> Result<&'c Structure, Reason> {
        let missing = || Reason::Malformed(format!("structure {by} needs {id}, which is missing"));
        self.cas.get(id).ok_or_else(missing)
    }
}

/// Where an annotation is, as the file says.
fn place(structure: &Structure) -> (&str, &str) {
    let at = |feature| structure.text(feature).unwrap_or("nothing");
    (at("begin"), at("end"))
}

/// The feature that says what a structure is, and what it says.
fn label_of(structure: &Structure) -> Option<(&'static str, &str)> {
    LABELS.into_iter().find_map(|feature| {
        let text = structure.text(feature)?;
        LabelId::new(text).is_ok().then_some((feature, text))
    })
}
