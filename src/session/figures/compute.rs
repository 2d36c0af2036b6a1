//! Computes the numbers of a project with a reader of its own.

use std::path::Path;

use crate::{
    agreement::{Corpus, CorpusBuilder, MEASURES, Measure, Selection, Undefined},
    annotation::{Annotator, LabelSet},
    edit::LabelSetLog,
    report::{FigureOptions, Figures, FiguresBuilder, Work},
    store::{Reader, StoreError},
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
    store: &Path,
    question: &FiguresQuestion,
    progress: &Progress,
) -> FiguresNews {
    let mut everybody = Vec::new();
    match computed(store, question, progress, &mut everybody) {
        Ok(Ok(figures)) => FiguresNews::Done(Box::new(figures), everybody),
        Ok(Err(why)) => FiguresNews::Undefined(why, everybody),
        Err(Ended::Stopped) => FiguresNews::Undefined(Undefined::Stopped, everybody),
        Err(Ended::Failed(error)) => FiguresNews::Failed(Notice::from(error)),
    }
}

fn computed(
    store: &Path,
    question: &FiguresQuestion,
    progress: &Progress,
    everybody: &mut Vec<Annotator>,
) -> Result<Result<Figures, Undefined>, Ended> {
    let reader = Reader::open(store)?;
    let log = LabelSetLog::new(reader.label_set_edits()?);
    let labels = log.state();
    // Who has only decided is no annotator, unless asked for.
    let names = reader.annotating()?.into_iter();
    everybody.extend(names.filter(|name| !name.is_prediction()));
    let asked = question.annotators.clone().unwrap_or_default();
    let (corpus, work) = read(&reader, labels, question, progress)?;
    let options = options(question);
    let mut go_on = |share: f64| {
        progress.set_fraction(0.3 + 0.5 * share as f32);
        !progress.is_cancelled()
    };
    let mut builder = match FiguresBuilder::new(&corpus, labels, &options, &mut go_on) {
        Ok(builder) => builder,
        Err(why) => return Ok(Err(why)),
    };
    let all = corpus.documents.len().max(1) as f32;
    let mut done = 0.0;
    reader.for_each_document(|stored| {
        if progress.is_cancelled() {
            return Err(Ended::Stopped);
        }
        if !stored.removed {
            let shown = of_stored(&stored, &asked);
            builder.document(shown.id, &shown.title, &shown.text, &shown.layers);
        }
        done += 1.0;
        progress.set_fraction(0.8 + 0.2 * (done / all).min(1.0));
        Ok(())
    })?;
    let mut figures = builder.finish();
    figures.work = Some(work.finish(&corpus));
    Ok(Ok(figures))
}

/// What is compared, and how the work goes.
fn read(
    reader: &Reader,
    labels: &LabelSet,
    question: &FiguresQuestion,
    progress: &Progress,
) -> Result<(Corpus, WorkBuilder), Ended> {
    let selection = Selection {
        labels: question.labels.clone(),
        annotators: question.annotators.clone(),
    };
    let asked = question.annotators.clone().unwrap_or_default();
    let mut builder = CorpusBuilder::new(labels, selection);
    let mut work = WorkBuilder::new(question.annotators.clone());
    let all = reader.document_count()?.max(1) as f32;
    let mut done = 0.0;
    reader.for_each_document(|stored| {
        if progress.is_cancelled() {
            return Err(Ended::Stopped);
        }
        if !stored.removed {
            let shown = of_stored(&stored, &asked);
            let layers = shown.layers.iter().map(|(name, layer)| (name, layer));
            builder.add(shown.id, &shown.text, layers);
            work.add(&stored, &shown);
        }
        done += 1.0;
        progress.set_fraction(0.3 * (done / all).min(1.0));
        Ok(())
    })?;
    Ok((builder.finish(), work))
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
    let mut work = WorkBuilder::new(annotators);
    reader.for_each_document(|stored| {
        if !stored.removed {
            work.add(&stored, &of_stored(&stored, &asked));
        }
        Ok::<(), StoreError>(())
    })?;
    Ok(work.finish(corpus))
}
