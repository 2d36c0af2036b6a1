//! What is compared on one article: the layers, the cases, how they stand, and which spans are loud.

use std::collections::HashSet;

use crate::{
    annotation::{Annotator, DocumentId, LabelId, LabelSet, Layer, LayerKey, SpanId, TextHash},
    edit::{LayerLog, Log, Scope},
    review::{Case, Decided, Side, Standing, cases},
    store::StoreError,
};

use super::{
    CaseFilter,
    queue::{Share, compared},
};
use crate::session::{Article, Project};

/// A layer that is compared.
#[derive(Debug)]
pub struct ReviewSide {
    /// Whose it is.
    pub annotator: Annotator,
    /// The layer.
    pub log: LayerLog,
}

/// How an article is to be compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct How<'h> {
    pub(super) chosen: Option<&'h [Annotator]>,
    pub(super) blind: bool,
    pub(super) revision: u64,
}

/// What is compared on the article on the desk.
#[derive(Debug)]
pub struct Reviewed {
    document: DocumentId,
    /// How far all others are with it, compared or not.
    others: Vec<Share>,
    sides: Vec<ReviewSide>,
    cases: Vec<Case>,
    standings: Vec<Standing>,
    loud: Vec<HashSet<SpanId>>,
    current: Option<usize>,
    revision: u64,
    /// How many annotators have a layer there and are not compared, since there is no room for more.
    left_out: usize,
}

impl Reviewed {
    /// Reads the layers beside the one on the desk. `None` where nobody else has anything there.
    pub(super) fn read(
        project: &Project,
        article: &Article,
        how: How<'_>,
    ) -> Result<Option<Self>, StoreError> {
        let key = article.key();
        let mut names = names_of(project, &key.document)?;
        names.retain(|name| *name != key.annotator && !name.is_prediction());
        let mut all: Vec<ReviewSide> = Vec::new();
        for annotator in names {
            let scope = Scope::Layer(LayerKey {
                document: key.document,
                annotator: annotator.clone(),
            });
            let log: LayerLog = Log::new(project.edits(&scope)?);
            if log.state().is_begun() {
                all.push(ReviewSide { annotator, log });
            }
        }
        let others = all.iter();
        let others = others.map(|it| Share::new(&it.annotator, it.log.state()));
        let others = others.collect();
        let (wanted, left_out) = compared(as_sides(&all), &key.annotator, how.chosen);
        let wanted: Vec<Annotator> = wanted.into_iter().map(|(name, _)| name.clone()).collect();
        let place = |side: &ReviewSide| wanted.iter().position(|name| *name == side.annotator);
        let mut sides = all;
        sides.retain(|side| place(side).is_some());
        sides.sort_by_key(place);
        if how.blind {
            // In an order of the document's own, so that a number says nothing of who it is.
            sides.sort_by_key(|side| TextHash::of(&format!("{}{}", key.document, side.annotator)));
        }
        if sides.is_empty() {
            return Ok(None);
        }
        let layers: Vec<&Layer> = sides.iter().map(|side| side.log.state()).collect();
        let cases = cases(project.labels(), (key.document, article.text()), &layers);
        let mut it = Self {
            document: key.document,
            others,
            sides,
            cases,
            standings: Vec::new(),
            loud: Vec::new(),
            current: None,
            revision: 0,
            left_out,
        };
        it.stand((project.labels(), article.layer()), how.revision);
        Ok(Some(it))
    }

    /// Which document it is of.
    pub fn document(&self) -> DocumentId {
        self.document
    }

    pub(super) fn others(&self) -> &[Share] {
        &self.others
    }

    /// The layers, in their order: the first is number 1.
    pub fn sides(&self) -> &[ReviewSide] {
        &self.sides
    }

    /// The sides as decisions take them.
    pub(super) fn as_sides(&self) -> Vec<Side<'_>> {
        as_sides(&self.sides)
    }

    /// The cases, in reading order.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// How each case stands.
    pub fn standings(&self) -> &[Standing] {
        &self.standings
    }

    /// For each layer the spans that somebody disagrees with.
    pub fn loud(&self) -> &[HashSet<SpanId>] {
        &self.loud
    }

    /// Another number whenever anything here is another.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// How many annotators have a layer there and are not compared, since there is no room for more.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// How many cases are to be decided.
    pub fn open_count(&self) -> usize {
        self.standings.iter().filter(|it| it.is_open()).count()
    }

    /// How many cases all agree on, and nothing was decided about.
    pub fn agreed_count(&self) -> usize {
        let agreed = |it: &&Standing| **it == Standing::Agreed;
        if self.sides.len() < 2 {
            return 0;
        }
        self.standings.iter().filter(agreed).count()
    }

    /// The case that is being decided: its place, itself, and how it stands.
    pub fn current(&self) -> Option<(usize, &Case, Standing)> {
        let place = self.current?;
        Some((place, self.cases.get(place)?, *self.standings.get(place)?))
    }

    /// The spans of the case that is being decided, with their layers' places.
    pub fn current_spans(&self) -> Vec<(usize, SpanId)> {
        let current = self.current();
        current.map_or_else(Vec::new, |(_, case, _)| case.sources().collect())
    }

    /// The place of an annotator's layer.
    pub fn side_of(&self, annotator: &Annotator) -> Option<usize> {
        let mut sides = self.sides.iter();
        sides.position(|side| side.annotator == *annotator)
    }

    /// The case that a span of a layer belongs to.
    pub fn case_of(&self, side: usize, span: SpanId) -> Option<usize> {
        let has = |case: &Case| {
            case.relation.is_none() && case.sources().any(|source| source == (side, span))
        };
        self.cases.iter().position(has)
    }

    pub(super) fn go(&mut self, place: Option<usize>) {
        self.current = place.filter(|at| *at < self.cases.len());
        self.revision = self.revision.wrapping_add(1 << 32);
    }

    /// Goes where `before` was, if that case is still there.
    pub(super) fn stay_at(&mut self, before: &Self) {
        let Some((_, there, _)) = before
            .current()
            .filter(|_| before.document == self.document)
        else {
            return;
        };
        // Their places may be others now, as the names are hidden or others are compared.
        let named = |sides: &[ReviewSide], case: &Case| -> HashSet<(Annotator, SpanId)> {
            let name = |side: usize| sides.get(side).map(|side| side.annotator.clone());
            let sources = case.sources();
            sources
                .filter_map(|(side, span)| Some((name(side)?, span)))
                .collect()
        };
        let spans = named(&before.sides, there);
        let is_it = |case: &Case| {
            let same = || !spans.is_disjoint(&named(&self.sides, case));
            case.relation == there.relation
                && case.gone == there.gone
                && (case.gone.is_some() || same())
        };
        self.current = self.cases.iter().position(is_it);
    }

    /// Sees anew how the cases stand to what the reviewer's layer says.
    pub(super) fn stand(&mut self, (set, own): (&LabelSet, &Layer), revision: u64) {
        let decided = Decided::new(set, own);
        let current = self.current().map(|(_, case, _)| case.clone());
        self.cases.retain(|case| case.gone.is_none());
        let sides = as_sides(&self.sides);
        self.cases.extend(decided.gone(&sides));
        self.standings = self
            .cases
            .iter()
            .map(|case| decided.standing(case, &sides))
            .collect();
        let mut loud = vec![HashSet::new(); sides.len()];
        for (case, standing) in self.cases.iter().zip(&self.standings) {
            if case.class.is_some() || standing.is_open() {
                for (side, span) in case.sources() {
                    loud.get_mut(side)
                        .map(|spans: &mut HashSet<SpanId>| spans.insert(span));
                }
            }
        }
        self.loud = loud;
        if let Some(current) = current {
            self.current = self.cases.iter().position(|case| case.is_same(&current));
        }
        self.revision = revision;
    }

    /// Whether the filter lets a case through.
    pub(super) fn passes(&self, place: usize, filter: &CaseFilter, labels: &LabelSet) -> bool {
        let (Some(case), Some(standing)) = (self.cases.get(place), self.standings.get(place))
        else {
            return false;
        };
        (filter.all || standing.is_open())
            && filter
                .class
                .is_none_or(|class| case.classes.contains(&class))
            && filter.label.as_ref().is_none_or(|wanted| {
                let wanted = labels.id_of(wanted);
                self.labels_of(case, labels).contains(wanted)
            })
    }

    /// The labels of a case's spans.
    pub fn labels_of<'l>(&'l self, case: &Case, labels: &'l LabelSet) -> HashSet<&'l LabelId> {
        let label = |(side, span): (usize, SpanId)| {
            let id = &self.sides.get(side)?.log.state().get(span)?.data.label;
            Some(labels.id_of(id))
        };
        case.sources().filter_map(label).collect()
    }
}

fn as_sides(sides: &[ReviewSide]) -> Vec<Side<'_>> {
    let sides = sides.iter();
    sides
        .map(|side| (&side.annotator, side.log.state()))
        .collect()
}

/// Everybody who has a layer on a document, what is not committed yet included.
fn names_of(project: &Project, document: &DocumentId) -> Result<Vec<Annotator>, StoreError> {
    let rows = project.reader.layers_of(document)?;
    let names = rows.into_iter().map(|(name, _)| name).collect();
    Ok(with_waiting(project, document, names))
}

/// The same people with those who have a layer there that is not committed yet.
pub(super) fn with_waiting(
    project: &Project,
    document: &DocumentId,
    mut names: Vec<Annotator>,
) -> Vec<Annotator> {
    for edit in project.waiting() {
        if let Scope::Layer(key) = edit.change.scope()
            && key.document == *document
            && !names.contains(&key.annotator)
        {
            names.push(key.annotator);
        }
    }
    names
}
