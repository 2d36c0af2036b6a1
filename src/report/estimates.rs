//! Estimates of annotators and labels by label group, as an aid.

use crate::agreement::{
    Corpus, LabelGroup, Measure, ReportOptions, Responses, View, dawid_skene, mace,
};

use super::figures::EstimateFigure;

/// Above this many cells of annotators' matrices no estimate is made: it would take too long.
const MOST_CELLS: usize = 2_000_000;

/// The estimates that were asked for, of each group that has labels.
pub(super) fn estimates(corpus: &Corpus, options: &ReportOptions) -> Vec<EstimateFigure> {
    let methods = [Measure::DawidSkene, Measure::Mace];
    let asked: Vec<Measure> = methods
        .into_iter()
        .filter(|one| options.asks(*one))
        .collect();
    let mut found = Vec::new();
    if asked.is_empty() {
        return found;
    }
    for group in LabelGroup::ALL {
        let view = View::all(corpus).with_labels(|label| {
            let label = corpus.labels.get(label);
            label.is_some_and(|label| group.has(label.kind))
        });
        let classes = view.class_count() + 1;
        if classes < 2 || view.annotators.len() * classes * classes > MOST_CELLS {
            continue;
        }
        let responses = Responses::new(&view);
        for method in &asked {
            found.push(estimate(
                &view,
                &responses,
                group,
                *method,
                options.bootstrap.seed,
            ));
        }
    }
    found
}

fn estimate(
    view: &View<'_>,
    responses: &Responses,
    group: LabelGroup,
    method: Measure,
    seed: u64,
) -> EstimateFigure {
    let found = match method {
        Measure::Mace => mace(responses, seed),
        _ => dawid_skene(responses),
    };
    let mut figure = EstimateFigure {
        group: group.name(),
        method: method.name(),
        title: method.row().map_or("", |row| row.title),
        undefined: found.as_ref().err().copied(),
        annotators: Vec::new(),
        labels: Vec::new(),
    };
    if let Ok(estimate) = found {
        let annotators = view.annotators.iter().map(|place| *place as usize);
        figure.annotators = annotators.zip(estimate.competence).collect();
        let mut sums = vec![0.0; responses.classes];
        for posterior in &estimate.posteriors {
            for (sum, share) in sums.iter_mut().zip(posterior) {
                *sum += share;
            }
        }
        let label = |class: u32| view.label_of(class).map(|label| label as usize);
        let classes = (0_u32..).zip(sums);
        figure.labels = classes
            .map(|(class, sum)| (if class == 0 { None } else { label(class) }, sum))
            .collect();
        // What is likely to be none stands behind the labels.
        figure.labels.rotate_left(1);
    }
    figure
}
