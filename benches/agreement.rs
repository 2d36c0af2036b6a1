//! What measuring agreement costs: two annotators, 20 spans and 196 tokens a document. Run with a number of
//! documents: `cargo bench --bench agreement -- 20000`; without one, 1,000. Each line is a measure and its time.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints what it measures, and a failure ends it"
)]

use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use hashiya::agreement::{
    Bootstrap, Cohen, Confusion, Corpus, CorpusBuilder, Gamma, GammaOptions, Ground, MatchRule,
    Raters, ReportOptions, Selection, SpanScores, UnitDocument, Unitizing, View, report,
};
use hashiya::annotation::{
    Annotator, DocumentId, EditId, Fragments, Label, LabelFate, LabelId, LabelKind, LabelSet,
    Layer, Mark, PALETTE, Span, SpanData, SpanId, Stamp, TextHash, Time,
};
use hashiya::review::disagreements;
use hashiya::text::ByteRange;

const NAMES: [&str; 3] = ["PERSON", "ORGANIZATION", "LOCATION"];
const STATEMENTS: [&str; 2] = ["CLAIM", "DENIAL"];
const WORDS: [&str; 8] = [
    "وقال",
    "المتحدث",
    "باسم",
    "المجلس",
    "إن",
    "الزوار",
    "سيدخلونها",
    "أمس",
];
const TOKENS: usize = 196;

/// xorshift64.
struct Draws(u64);

impl Draws {
    fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }
}

fn label(name: &str, kind: LabelKind) -> Label {
    Label {
        id: LabelId::new(name).unwrap(),
        name: name.to_owned(),
        display: hashiya::annotation::DisplayName::default(),
        color: PALETTE[0],
        hotkey: None,
        mark: Mark::default(),
        kind,
        guide: String::new(),
        parent: None,
        attributes: Vec::new(),
        fate: LabelFate::Active,
    }
}

/// 16 names in slots of 12 words, 4 statements in slots of 49, edges and labels moved now and then.
fn layer(tokens: &[(usize, usize)], draws: &mut Draws) -> Layer {
    let mut layer = Layer::default();
    let mut add = |place: usize, name: &str, first: usize, last: usize| {
        let range = ByteRange::unchecked_order(tokens[first].0, tokens[last].1).unwrap();
        let made = Stamp {
            time: Time::default(),
            author: Annotator::unnamed(),
        };
        layer.insert(Span {
            id: SpanId {
                edit: EditId::of_content(b"bench"),
                place: place as u32,
            },
            data: SpanData::new(
                LabelId::new(name).unwrap(),
                Fragments::new([range]).unwrap(),
            ),
            made: made.clone(),
            changed: made,
        });
    };
    for slot in 0..16 {
        let off = usize::from(draws.below(8) == 0);
        let name = NAMES[(slot + off) % 3];
        let first = slot * 12 + 2 + usize::from(draws.below(5) == 0);
        add(slot, name, first, first + draws.below(3));
    }
    for slot in 0..4 {
        let off = usize::from(draws.below(8) == 0);
        let first = slot * 49 + draws.below(3);
        add(
            16 + slot,
            STATEMENTS[(slot + off) % 2],
            first,
            first + 20 + draws.below(8),
        );
    }
    layer
}

fn corpus(documents: usize) -> (Corpus, HashMap<DocumentId, String>, Duration) {
    let names = NAMES.map(|name| label(name, LabelKind::Entity));
    let statements = STATEMENTS.map(|name| label(name, LabelKind::Statement));
    let set = LabelSet {
        labels: names.into_iter().chain(statements).collect(),
        ..LabelSet::default()
    };
    let annotators = ["أمل", "سامي"].map(|name| Annotator::new(name).unwrap());
    let mut draws = Draws(88_172_645_463_325_252);
    let mut builder = CorpusBuilder::new(&set, Selection::default());
    let mut texts = HashMap::new();
    let mut spent = Duration::ZERO;
    for n in 0..documents {
        let mut text = n.to_string();
        let mut tokens = vec![(0, text.len())];
        while tokens.len() < TOKENS {
            text.push(' ');
            let start = text.len();
            text.push_str(WORDS[draws.below(WORDS.len())]);
            tokens.push((start, text.len()));
        }
        let layers = [layer(&tokens, &mut draws), layer(&tokens, &mut draws)];
        let id = DocumentId::new(&TextHash::of(&text), 0);
        let start = Instant::now();
        builder.add(id, &text, annotators.iter().zip(&layers));
        spent += start.elapsed();
        texts.insert(id, text);
    }
    let start = Instant::now();
    let corpus = builder.finish();
    (corpus, texts, spent + start.elapsed())
}

fn time<T>(what: &str, of: u32, mut measure: impl FnMut() -> T) {
    let best = (0..5)
        .map(|_| {
            let start = Instant::now();
            black_box(measure());
            start.elapsed()
        })
        .min();
    println!("{what}: {:?}", best.unwrap() / of);
}

fn main() {
    let documents = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    let (corpus, texts, spent) = corpus(documents.unwrap_or(1000));
    let tokens: u32 = corpus
        .documents
        .iter()
        .map(|document| document.tokens)
        .sum();
    println!(
        "{} documents, {tokens} tokens; made ready in {spent:?}",
        corpus.documents.len()
    );
    let view = View::all(&corpus);
    let names = view.with_labels(|label| label < NAMES.len());
    let none = Bootstrap {
        resamples: 0,
        seed: 0,
    };
    time("exact and overlap F1, all labels", 1, || {
        [MatchRule::Exact, MatchRule::Overlap]
            .map(|rule| SpanScores::new(&view, rule, &none, &mut || true))
    });
    time("the same with intervals", 1, || {
        let draws = Bootstrap::default();
        [MatchRule::Exact, MatchRule::Overlap]
            .map(|rule| SpanScores::new(&view, rule, &draws, &mut || true))
    });
    time("token κ and α", 1, || {
        let cohen = Cohen::new(&names, &mut || true).unwrap();
        let raters = Raters::new(&names, &mut || true).unwrap();
        (
            cohen.value(&cohen.sums.total()),
            raters.alpha(&raters.sums.total()),
        )
    });
    time("uα family, per label", 1, || {
        let alphas = |label| {
            let part = view.with_labels(|other| other == label);
            let unitizing = Unitizing::new(&part, Ground::CodePoints, &mut || true).unwrap();
            let total = unitizing.sums.total();
            (unitizing.all(&total), unitizing.binary(&total))
        };
        (0..corpus.labels.len()).map(alphas).collect::<Vec<_>>()
    });
    let some = View {
        documents: view.documents.iter().copied().take(100).collect(),
        ..view.clone()
    };
    time(
        "γ and γ-cat, 30 samples, per document",
        some.documents.len() as u32,
        || Gamma::new(&some, &GammaOptions::default(), &mut || true).map(|gamma| gamma.precision()),
    );
    time("classed disagreements", 1, || {
        let of = |document: &UnitDocument| {
            disagreements(&texts[&document.id], &corpus.labels, document, (0, 1))
        };
        corpus.documents.iter().map(of).collect::<Vec<_>>()
    });
    time("confusion with its spans", 1, || {
        Confusion::new(&view, &mut || true)
    });
    let start = Instant::now();
    let made = report(&corpus, &ReportOptions::default(), &mut |_| true);
    black_box(made.map(|report| report.json())).unwrap();
    println!("a whole report: {:?}", start.elapsed());
}
