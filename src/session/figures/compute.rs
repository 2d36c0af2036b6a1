//! Computes the numbers of a project with a reader of its own.

use crate::{
    agreement::{Corpus, CorpusBuilder, MEASURES, Measure, Selection, Undefined},
    annotation::{Annotator, LabelSet},
    edit::LabelSetLog,
    report::{FigureOptions, Figures, FiguresBuilder, Work},
    store::{self, Reader, StoreError},
};

use super::{FiguresNews, FiguresQuestion, days::WorkBuilder};
use crate::session::{Notice, Progress, transfer::of_stored};

/// So many spans of a cell of the confusion can be listed.
const EXAMPLES: usize = 200;

/// Where what is read of a project ends early.
enum Ended {
    Stopped,
    Failed(StoreError),
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// The numbers that `question` asks for.
pub(super) fn compute(
    reader: Result<Reader, StoreError>,
    question: &FiguresQuestion,
    progress: &Progress,
) -> FiguresNews {
    let mut everybody = Vec::new();
    let found = reader.map_err(Ended::from);
    match found.and_then(|reader| computed(&reader, question, progress, &mut everybody)) {
        Ok(Ok(figures)) => FiguresNews::Done(Box::new(figures), everybody),
        Ok(Err(why)) => FiguresNews::Undefined(why, everybody),
        Err(Ended::Stopped) => FiguresNews::Undefined(Undefined::Stopped, everybody),
        Err(Ended::Failed(error)) => FiguresNews::Failed(Notice::from(error)),
    }
}

fn computed(
    reader: &Reader,
    question: &FiguresQuestion,
    progress: &Progress,
    everybody: &mut Vec<Annotator>,
) -> Result<Result<Figures, Undefined>, Ended> {
    let log = LabelSetLog::new(reader.label_set_edits()?);
    let labels = log.state();
    everybody.extend(working(reader)?);
    let people = question.annotators.as_deref().unwrap_or(everybody);
    let (corpus, work) = read(reader, labels, (question, people), progress)?;
    let options = options(question);
    let mut go_on = |share: f64| {
        progress.set_fraction(0.3 + 0.5 * share as f32);
        !progress.is_cancelled()
    };
    let mut builder = match FiguresBuilder::new(&corpus, labels, &options, &mut go_on) {
        Ok(builder) => builder,
        Err(why) => return Ok(Err(why)),
    };
    // Only what is listed is folded again, and what disagreements are counted on.
    let asked = question.annotators.clone().unwrap_or_default();
    each(reader, (0.8, 1.0), progress, &mut |stored| {
        if builder.wants(stored.document.id) {
            let shown = of_stored(stored, &asked);
            builder.document(shown.id, &shown.title, &shown.text, &shown.layers);
        }
    })?;
    let mut figures = builder.finish();
    figures.work = Some(work.finish(&corpus));
    Ok(Ok(figures))
}

/// What is compared, and how the work goes.
fn read(
    reader: &Reader,
    labels: &LabelSet,
    (question, people): (&FiguresQuestion, &[Annotator]),
    progress: &Progress,
) -> Result<(Corpus, WorkBuilder), Ended> {
    let selection = Selection {
        labels: question.labels.clone(),
        annotators: question.annotators.clone(),
    };
    let mut builder = CorpusBuilder::new(labels, selection);
    let mut work = WorkBuilder::new(people.to_vec());
    let asked = question.annotators.clone().unwrap_or_default();
    each(reader, (0.0, 0.3), progress, &mut |stored| {
        let shown = of_stored(stored, &asked);
        let layers = shown.layers.iter().map(|(name, layer)| (name, layer));
        builder.add(shown.id, &shown.text, layers);
        work.add(stored, &shown);
    })?;
    Ok((builder.finish(), work))
}

/// Who annotates: who has only decided is no annotator, unless asked for, and no model is.
fn working(reader: &Reader) -> Result<Vec<Annotator>, StoreError> {
    let names = reader.annotating()?.into_iter();
    Ok(names.filter(|name| !name.is_prediction()).collect())
}

/// Visits each document of the list. `from` and `to`: which part of the progress it is.
fn each(
    reader: &Reader,
    (from, to): (f32, f32),
    progress: &Progress,
    visit: &mut dyn FnMut(&store::DocumentRecord),
) -> Result<(), Ended> {
    let all = reader.document_count()?.max(1) as f32;
    let mut done = 0.0;
    reader.for_each_document(|stored| {
        if progress.is_cancelled() {
            return Err(Ended::Stopped);
        }
        if !stored.removed {
            visit(&stored);
        }
        done += 1.0;
        progress.set_fraction(from + (to - from) * (done / all).min(1.0));
        Ok(())
    })
}

fn options(question: &FiguresQuestion) -> FigureOptions {
    let mut options = FigureOptions {
        examples: EXAMPLES,
        ..FigureOptions::default()
    };
    options.report.rules.extend(question.rule);
    if !question.gamma {
        let sampled = [Measure::Gamma, Measure::GammaCat];
        let measures = MEASURES.iter().map(|row| row.measure);
        let kept = measures.filter(|measure| !sampled.contains(measure));
        options.report.measures = Some(kept.collect());
    }
    options
}

/// How the work on a project goes, for a report.
pub fn work_of(
    reader: &Reader,
    annotators: Option<Vec<Annotator>>,
    corpus: &Corpus,
) -> Result<Work, StoreError> {
    let asked = annotators.clone().unwrap_or_default();
    let people = match annotators {
        Some(people) => people,
        None => working(reader)?,
    };
    let mut work = WorkBuilder::new(people);
    reader.for_each_document(|stored| {
        if !stored.removed {
            work.add(&stored, &of_stored(&stored, &asked));
        }
        Ok::<(), StoreError>(())
    })?;
    Ok(work.finish(corpus))
}
