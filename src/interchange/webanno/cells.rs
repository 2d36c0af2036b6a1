//! What the cells of the rows say: spans, which may go on in later rows, relations, the slots of
//! spans, and chains. An annotation of one row is named by its layer and its place among others
//! there, one of several rows by a number in brackets.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
};

use crate::{
    annotation::{Annotator, Fragments, LabelId, SpanData},
    interchange::{LayerRecord, Reason, RelationRecord, SpanError, SpanRecord, json::add},
    text::{self, ByteRange},
};

use super::{
    NONE, NULL,
    escape::{attribute_of, parts, suffix, unescape_value},
    header::{Header, Holds, Kind, Layer, is_of_tokens},
};

/// A row: a token, or a part of one.
pub(super) struct Unit<'f> {
    /// Its id, as `1-2` or `1-2.1`.
    pub(super) id: &'f str,
    pub(super) range: ByteRange,
    /// The line at which it stands.
    pub(super) line: u64,
}

/// All that rows say.
pub(super) struct Cells<'f, 'h> {
    header: &'h Header<'f>,
    found: Vec<Found>,
    relations: Vec<Link<'f>>,
    /// Annotations of several rows, by their layer and number.
    numbered: HashMap<(usize, &'f str), usize>,
    /// Annotations by the row at which they begin and their layer, in order.
    begun: HashMap<(&'f str, usize), Vec<usize>>,
    /// The links of chains, by their layer, chain and number.
    chains: BTreeMap<(usize, u64, u64), usize>,
    /// What no span and no relation has a place for, a line each.
    further: String,
    /// The annotations of the layer that is being read, in this row.
    row: Vec<usize>,
}

/// A span.
struct Found {
    layer: usize,
    start: usize,
    end: usize,
    label: Option<String>,
    attributes: BTreeMap<String, String>,
    note: String,
    /// The roles of its slots, until their targets are known; of a link of a chain, what it is to
    /// the next.
    roles: Vec<String>,
    /// Whether it went into another.
    merged: bool,
}

/// A relation whose ends are not known yet.
struct Link<'f> {
    line: u64,
    layer: usize,
    kind: Option<String>,
    from: End<'f>,
    to: End<'f>,
}

/// An end of a relation.
#[derive(Clone, Copy)]
enum End<'f> {
    Found(usize),
    /// An annotation by its row, its number and its layer's type.
    Named(&'f str, Option<&'f str>, &'f str),
}

impl<'f, 'h> Cells<'f, 'h> {
    pub(super) fn new(header: &'h Header<'f>) -> Self {
        Self {
            header,
            found: Vec::new(),
            relations: Vec::new(),
            numbered: HashMap::new(),
            begun: HashMap::new(),
            chains: BTreeMap::new(),
            further: String::new(),
            row: Vec::new(),
        }
    }

    /// Takes the cells of a row, one a column.
    pub(super) fn take(&mut self, unit: &Unit<'f>, cells: &[&'f str]) -> Result<(), Reason> {
        let header = self.header;
        let mut before = None;
        for (column, cell) in header.columns.iter().zip(cells) {
            if before.replace(column.layer) != Some(column.layer) {
                self.row.clear();
            }
            let layer = header.layers.get(column.layer);
            let Some(layer) = layer.filter(|layer| layer.taken && *cell != NONE) else {
                continue;
            };
            for (place, part) in parts(cell, '|').enumerate() {
                match layer.kind {
                    Kind::Span => self.span(unit, column.layer, place, column.holds, part)?,
                    Kind::Relation => self.relation(unit, column.layer, place, column.holds, part),
                    Kind::Chain => self.chain(unit, column.layer, place, column.holds, part)?,
                }
            }
        }
        Ok(())
    }

    fn span(
        &mut self,
        unit: &Unit<'f>,
        layer: usize,
        place: usize,
        holds: Holds<'f>,
        part: &'f str,
    ) -> Result<(), Reason> {
        let (value, number) = match holds {
            Holds::Targets(_) => (part, None),
            _ => suffix(part),
        };
        let at = self.place(unit, layer, place, number);
        let Some(found) = self.found.get_mut(at) else {
            return Ok(());
        };
        let said = || (value != NULL).then(|| unescape_value(value).into_owned());
        match holds {
            Holds::Label => found.label = said().or(found.label.take()),
            Holds::Note => found.note = said().unwrap_or_default(),
            Holds::Feature(name) => {
                let name = attribute_of(name).into_owned();
                found.attributes.extend(said().map(|said| (name, said)));
            }
            // Further rows of a span say its slots again.
            Holds::Roles(feature) if found.start == unit.range.start() && value != NONE => {
                let role = |role: &str| match role {
                    NULL => feature.to_owned(),
                    role => unescape_value(role).into_owned(),
                };
                found.roles = parts(value, ';').map(role).collect();
            }
            Holds::Targets(kind) => {
                let roles = std::mem::take(&mut found.roles);
                let mut targets = parts(value, ';').filter(|target| ![NULL, NONE].contains(target));
                for role in roles {
                    let target = targets.next().ok_or_else(|| {
                        let role = text::quote(&role, 40);
                        Reason::Malformed(format!("the role “{role}” has no target"))
                    })?;
                    let (row, number) = suffix(target);
                    self.relations.push(Link {
                        line: unit.line,
                        layer,
                        kind: Some(role),
                        from: End::Found(at),
                        to: End::Named(row, number, kind),
                    });
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The annotation at this place of a row: one that began before, or a new one.
    fn place(
        &mut self,
        unit: &Unit<'f>,
        layer: usize,
        place: usize,
        number: Option<&'f str>,
    ) -> usize {
        if let Some(there) = self.row.get(place) {
            return *there;
        }
        let key = number.map(|number| (layer, number));
        let there = key.and_then(|key| self.numbered.get(&key).copied());
        let at = there.unwrap_or_else(|| self.begin(unit, layer));
        if let Some(key) = key {
            self.numbered.insert(key, at);
        }
        self.go_on(unit, at);
        at
    }

    fn begin(&mut self, unit: &Unit<'f>, layer: usize) -> usize {
        let at = self.found.len();
        self.found.push(Found {
            layer,
            start: unit.range.start(),
            end: unit.range.end(),
            label: None,
            attributes: BTreeMap::new(),
            note: String::new(),
            roles: Vec::new(),
            merged: false,
        });
        self.begun.entry((unit.id, layer)).or_default().push(at);
        at
    }

    /// Lets an annotation reach to the end of a row.
    fn go_on(&mut self, unit: &Unit<'f>, at: usize) {
        self.row.push(at);
        if let Some(found) = self.found.get_mut(at) {
            found.end = found.end.max(unit.range.end());
        }
    }

    fn relation(
        &mut self,
        unit: &Unit<'f>,
        layer: usize,
        place: usize,
        holds: Holds<'f>,
        part: &'f str,
    ) {
        let at = self.row.get(place).copied().unwrap_or_else(|| {
            self.row.push(self.relations.len());
            self.relations.push(Link {
                line: unit.line,
                layer,
                kind: None,
                from: End::Named("", None, ""),
                to: End::Named(unit.id, None, ""),
            });
            self.relations.len() - 1
        });
        let Some(link) = self.relations.get_mut(at) else {
            return;
        };
        let part = match holds {
            Holds::Base(_) => part,
            _ => suffix(part).0,
        };
        match holds {
            Holds::Label if part != NULL => link.kind = Some(unescape_value(part).into_owned()),
            Holds::Base(base) => {
                let (row, numbers) = suffix(part);
                let numbers = numbers.and_then(|numbers| numbers.split_once('_'));
                let (from, to) = numbers.unzip();
                link.from = End::Named(row, from, base);
                link.to = End::Named(unit.id, to, base);
            }
            Holds::Feature(name) if part != NULL => {
                let layer = self.header.layers.get(layer);
                let (of, said) = (layer.map_or("", |it| it.short()), unescape_value(part));
                let _ = writeln!(self.further, "{} {of}.{name}: {said}", unit.id);
            }
            _ => {}
        }
    }

    fn chain(
        &mut self,
        unit: &Unit<'f>,
        layer: usize,
        place: usize,
        holds: Holds<'f>,
        part: &'f str,
    ) -> Result<(), Reason> {
        let wrong = || {
            let part = text::quote(part, 40);
            Reason::Malformed(format!("“{part}” names no link of a chain"))
        };
        if holds != Holds::Link {
            // The type stands in a column before or behind that of the links.
            let at = self.row.get(place).copied();
            let at = at.unwrap_or_else(|| {
                let at = self.begin(unit, layer);
                self.go_on(unit, at);
                at
            });
            let (value, _) = suffix(part);
            if let Some(found) = self.found.get_mut(at)
                && value != NULL
            {
                found.label = Some(unescape_value(value).into_owned());
            }
            return Ok(());
        }
        let (kind, place_in) = part.rsplit_once("->").ok_or_else(wrong)?;
        let numbers = place_in.split_once('-').ok_or_else(wrong)?;
        let number = |digits: &str| digits.parse::<u64>().map_err(|_| wrong());
        let key = (layer, number(numbers.0)?, number(numbers.1)?);
        let at = match (self.chains.get(&key).copied(), self.row.get(place).copied()) {
            // A link of several rows: what its type began in this row is the same.
            (Some(there), Some(new)) if there != new => {
                self.merge(there, new);
                there
            }
            (Some(there), _) => {
                self.go_on(unit, there);
                there
            }
            (None, Some(new)) => new,
            (None, None) => {
                let at = self.begin(unit, layer);
                self.go_on(unit, at);
                at
            }
        };
        self.chains.insert(key, at);
        if let Some(found) = self.found.get_mut(at)
            && kind != NULL
        {
            found.roles = vec![unescape_value(kind).into_owned()];
        }
        Ok(())
    }

    /// Takes a span as the continuation of another.
    fn merge(&mut self, one: usize, other: usize) {
        let Some(gone) = self.found.get_mut(other) else {
            return;
        };
        gone.merged = true;
        let end = gone.end;
        if let Some(found) = self.found.get_mut(one) {
            found.end = found.end.max(end);
        }
        for place in &mut self.row {
            if *place == other {
                *place = one;
            }
        }
    }

    /// The layer that all rows make, and what they say besides.
    pub(super) fn layer(
        mut self,
        annotator: Annotator,
    ) -> Result<(LayerRecord, BTreeMap<String, String>), (u64, Reason)> {
        self.link_chains();
        let mut layer = LayerRecord::new(annotator);
        let relations = std::mem::take(&mut self.relations);
        for (number, link) in relations.into_iter().enumerate() {
            let short = self.header.layers.get(link.layer);
            let short = short.map_or("relation", |layer| layer.short()).to_owned();
            let ends = self.resolve(link.from).zip(self.resolve(link.to));
            let Some((from, to)) = ends else {
                // What leads to a layer that was passed over is passed over with it.
                if self.is_passed_over(link.from) || self.is_passed_over(link.to) {
                    continue;
                }
                let span = match self.resolve(link.from) {
                    None => name(link.from),
                    Some(_) => name(link.to),
                };
                let relation = format!("{short} {number}");
                return Err((link.line, Reason::RelationEnd { relation, span }));
            };
            layer.relations.push(RelationRecord {
                id: number.to_string(),
                kind: link.kind.unwrap_or(short),
                from: from.to_string(),
                to: to.to_string(),
            });
        }
        self.spans(&mut layer).map_err(|reason| (0, reason))?;
        layer.check().map_err(|reason| (0, reason))?;
        let layers = self.header.layers.iter();
        let passed: Vec<&str> = layers.filter(|it| !it.taken).map(Layer::short).collect();
        let said = [
            ("layers passed over", passed.join(", ")),
            ("webanno", self.further),
        ];
        let said = said.into_iter().filter(|(_, said)| !said.is_empty());
        let said = said.map(|(key, said)| (key.to_owned(), said));
        Ok((layer, said.collect()))
    }

    fn link_chains(&mut self) {
        let mut before: Option<((usize, u64), usize)> = None;
        for ((layer, chain, _), at) in &self.chains {
            if let Some((there, from)) = before
                && there == (*layer, *chain)
            {
                let kind = self
                    .found
                    .get(from)
                    .and_then(|it| it.roles.first().cloned());
                self.relations.push(Link {
                    line: 0,
                    layer: *layer,
                    kind,
                    from: End::Found(from),
                    to: End::Found(*at),
                });
            }
            before = Some(((*layer, *chain), *at));
        }
    }

    fn spans(&mut self, layer: &mut LayerRecord) -> Result<(), Reason> {
        let taken = |kind: &&Layer<'_>| kind.taken && kind.kind != Kind::Relation;
        let several = self.header.layers.iter().filter(taken).count() > 1;
        for (number, found) in std::mem::take(&mut self.found).into_iter().enumerate() {
            if found.merged {
                continue;
            }
            let short = self.header.layers.get(found.layer);
            let short = short.map_or("", |layer| layer.short());
            let range = ByteRange::unchecked_order(found.start, found.end);
            let Some(range) = range.filter(|range| !range.is_empty()) else {
                // A place between two characters is no span here. Writing into a text cannot fail.
                let label = found.label.unwrap_or_default();
                let _ = writeln!(self.further, "{short} at byte {}: {label}", found.start);
                continue;
            };
            let label = found.label.filter(|label| !label.trim().is_empty());
            let checked = || -> Result<SpanData, SpanError> {
                let label = LabelId::new(label.as_deref().unwrap_or(short))?;
                Ok(SpanData::new(label, Fragments::new([range])?))
            };
            let mut data = checked().map_err(|error| Reason::Span {
                span: format!("{short} {number}"),
                error,
            })?;
            data.attributes = found.attributes;
            data.note = found.note;
            if several {
                add(
                    &mut data.attributes,
                    "webanno",
                    "layer".to_owned(),
                    short.to_owned(),
                );
            }
            layer.spans.push(SpanRecord::new(number.to_string(), data));
        }
        Ok(())
    }

    fn resolve(&self, end: End<'f>) -> Option<usize> {
        let End::Named(row, number, kind) = end else {
            return match end {
                End::Found(at) => Some(at),
                End::Named(..) => None,
            };
        };
        let number = number.filter(|number| *number != "0");
        let mut layers = self.header.layers.iter().enumerate();
        let mut of_kind = |any: bool| {
            layers.find_map(|(at, layer)| {
                let fits = layer.taken && (any || layer.name == kind);
                let found = match number {
                    Some(number) => self.numbered.get(&(at, number)).copied(),
                    None => self
                        .begun
                        .get(&(row, at))
                        .and_then(|it| it.first().copied()),
                };
                found.filter(|_| fits)
            })
        };
        let declared = self.header.layers.iter().any(|layer| layer.name == kind);
        of_kind(!declared)
    }

    /// Whether an end is of a layer that is not taken.
    fn is_passed_over(&self, end: End<'f>) -> bool {
        let End::Named(_, _, kind) = end else {
            return false;
        };
        let mut layers = self.header.layers.iter();
        is_of_tokens(kind) || (kind.ends_with(".Annotation") && layers.any(|it| !it.taken))
    }
}

fn name(end: End<'_>) -> String {
    match end {
        End::Found(at) => at.to_string(),
        End::Named(row, None, _) => text::quote(row, 40),
        End::Named(row, Some(number), _) => text::quote(&format!("{row}[{number}]"), 40),
    }
}
