//! The layers and features that a file declares, a column each.

use crate::{interchange::Reason, text};

use super::{FORMAT, NOTE, VALUE};

/// Layers that a tool gives to every token. They are no annotations of people, and are passed over.
const OF_TOKENS: [&str; 7] = [
    ".lexmorph.type.pos.POS",
    ".lexmorph.type.morph.MorphologicalFeatures",
    ".segmentation.type.Lemma",
    ".segmentation.type.Stem",
    ".segmentation.type.SurfaceForm",
    ".segmentation.type.Token",
    ".syntax.type.dependency.Dependency",
];

/// Whether a type is one that every token has.
pub(super) fn is_of_tokens(name: &str) -> bool {
    OF_TOKENS.iter().any(|of_tokens| name.ends_with(of_tokens))
}

/// What a file says before its sentences.
#[derive(Debug, Default)]
pub(super) struct Header<'f> {
    pub(super) layers: Vec<Layer<'f>>,
    pub(super) columns: Vec<Column<'f>>,
    /// Whether texts are escaped as in Java's sources.
    pub(super) java: bool,
}

/// A layer.
#[derive(Debug)]
pub(super) struct Layer<'f> {
    pub(super) kind: Kind,
    /// Its type.
    pub(super) name: &'f str,
    /// Whether its annotations are taken.
    pub(super) taken: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Span,
    Relation,
    Chain,
}

/// A column of the rows.
#[derive(Debug)]
pub(super) struct Column<'f> {
    /// The place of its layer.
    pub(super) layer: usize,
    pub(super) holds: Holds<'f>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds<'f> {
    /// Labels.
    Label,
    /// Notes.
    Note,
    /// A feature.
    Feature(&'f str),
    /// Whether an annotation is there.
    Presence,
    /// The roles of links of this feature.
    Roles(&'f str),
    /// What these links lead to, of this type.
    Targets(&'f str),
    /// Where a relation begins, at an annotation of this type.
    Base(&'f str),
    /// The relation of a link of a chain to the next.
    Link,
}

impl<'f> Header<'f> {
    /// Reads the first line.
    pub(super) fn of(line: &'f str) -> Result<Self, Reason> {
        let version = line.strip_prefix(FORMAT).map(str::trim);
        let java = match version {
            Some("3" | "3.0" | "3.1") => true,
            Some("3.2" | "3.3") => false,
            _ => {
                return Err(Reason::NotThis {
                    expected: "WebAnno TSV 3.0 to 3.3",
                    found: text::quote(line, 60),
                });
            }
        };
        Ok(Self {
            java,
            ..Self::default()
        })
    }

    /// Takes the declaration of a layer; `false` where the line is none.
    pub(super) fn declare(&mut self, line: &'f str) -> bool {
        let kinds = [
            ("#T_SP=", Kind::Span),
            ("#T_RL=", Kind::Relation),
            ("#T_CH=", Kind::Chain),
        ];
        let declared = kinds
            .into_iter()
            .find_map(|(prefix, kind)| Some((line.strip_prefix(prefix)?, kind)));
        let Some((declared, kind)) = declared else {
            return false;
        };
        let mut fields = declared.split('|');
        let name = fields.next().unwrap_or_default().trim();
        let layer = self.layers.len();
        let first = self.columns.len();
        let holds = fields
            .filter(|field| !field.is_empty())
            .map(|field| holds(kind, field));
        self.columns
            .extend(holds.map(|holds| Column { layer, holds }));
        if self.columns.len() == first {
            let holds = Holds::Presence;
            self.columns.push(Column { layer, holds });
        }
        self.layers.push(Layer {
            kind,
            name,
            taken: !is_of_tokens(name),
        });
        self.choose_label(first);
        true
    }

    /// Says which feature of the last layer holds its labels.
    fn choose_label(&mut self, first: usize) {
        let columns = self.columns.get_mut(first..).unwrap_or_default();
        let place = |wanted: &dyn Fn(&str) -> bool| {
            let mut columns = columns.iter();
            columns.position(|it| matches!(it.holds, Holds::Feature(name) if wanted(name)))
        };
        let known = [VALUE, "label", "referenceType"];
        let known = known.iter().find_map(|known| place(&|name| name == *known));
        let any = || place(&|name| name != "identifier" && name != NOTE);
        let label = known.or_else(any);
        for (at, column) in columns.iter_mut().enumerate() {
            if Some(at) == label {
                column.holds = Holds::Label;
            } else if column.holds == Holds::Feature(NOTE) {
                column.holds = Holds::Note;
            }
        }
    }
}

fn holds(kind: Kind, field: &str) -> Holds<'_> {
    match kind {
        Kind::Relation => match field.strip_prefix("BT_") {
            Some(base) => Holds::Base(base),
            None => Holds::Feature(field),
        },
        Kind::Chain if field == "referenceRelation" => Holds::Link,
        Kind::Span if field.starts_with("ROLE_") => {
            let feature = field.split_once(':').map_or(field, |(_, feature)| feature);
            // The type of the links stands behind it, from a mark before its first dot.
            let before = feature
                .split_once('.')
                .map_or(feature, |(before, _)| before);
            Holds::Roles(before.rsplit_once('_').map_or(feature, |(name, _)| name))
        }
        Kind::Span if field.contains('.') => Holds::Targets(field),
        _ => Holds::Feature(field),
    }
}

impl Layer<'_> {
    /// Its name for people.
    pub(super) fn short(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }
}
