//! Opens a page: its encoding, its article by the rules of Firefox's reader view, its text.

use std::collections::BTreeMap;

use dom_smoothie::{Metadata, Readability};

use crate::interchange::{
    CopyCounter, DatasetHead, DocumentRecord, ENCODING_GUESSED, MAX_TEXT, Problem, ReadOptions,
    Reader, Reason, SOURCE_ENCODING, SOURCE_FILE, Source, source::stem_of,
};

use super::{
    encoding::decoded,
    lines::text_of,
    prune::{MOST_ELEMENTS, Pruned, pruned},
};

/// The largest page, without scripts and pictures, whose article is looked for; of a larger one the
/// whole text is taken. A book has some MB.
const LARGEST: usize = 8 << 20;
/// The same in elements.
const MOST_SCORED: usize = 60_000;
/// An article of fewer characters is none, but a part of a page that is short as a whole.
const SHORTEST: usize = 200;

/// Reads a page. It is one document.
pub(in crate::interchange) fn read<'r>(
    mut source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let bytes = source.bytes(MAX_TEXT)?;
    let mut decoded = decoded(&bytes, options.encoding).map_err(Problem::of_file)?;
    drop(bytes);
    // A page takes its size several times over: what is done with is let go.
    let found = pruned(&std::mem::take(&mut decoded.text)).ok_or_else(|| {
        let reason = format!("the page has more than {MOST_ELEMENTS} elements");
        Problem::of_file(Reason::Malformed(reason))
    })?;
    let mut page = Page::of(found);
    let name = decoded.encoding.name().to_owned();
    page.metadata.insert(SOURCE_ENCODING.to_owned(), name);
    if decoded.guessed {
        let guessed = (ENCODING_GUESSED.to_owned(), "true".to_owned());
        page.metadata.extend([guessed]);
    }
    page.metadata.insert(SOURCE_FILE.to_owned(), source.name);
    Ok(Box::new(PageReader {
        page: Some(page),
        head: DatasetHead {
            labels: options.labels,
            edits: Vec::new(),
        },
    }))
}

/// What is read of a page.
struct Page {
    text: String,
    title: Option<String>,
    metadata: BTreeMap<String, String>,
}

impl Page {
    fn of(pruned: Pruned) -> Self {
        let mut readable = Readability::from(&*pruned.html);
        let said = readable.get_article_metadata(readable.parse_json_ld());
        let whole = readable.doc.html();
        let small = pruned.html.len() <= LARGEST && pruned.elements <= MOST_SCORED;
        drop(pruned.html);
        let article = if small { readable.parse().ok() } else { None };
        let mut said = said;
        let text = article.and_then(|article| {
            said.byline = said.byline.take().or(article.byline);
            let text = text_of(&article.content);
            (text.chars().count() >= SHORTEST).then_some(text)
        });
        let text = text.unwrap_or_else(|| text_of(&whole));
        Self {
            text: match said.byline.as_deref().and_then(one_line) {
                Some(author) => without_author(text, &author),
                None => text,
            },
            title: one_line(&said.title),
            metadata: metadata(said, pruned.url),
        }
    }
}

/// A text without a first line that only says who wrote it: that is kept beside the text.
fn without_author(text: String, author: &str) -> String {
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let first = first.trim();
    let said = ["بقلم", "كتب", "By", "by"]
        .iter()
        .find_map(|word| first.strip_prefix(word)?.strip_prefix([' ', ':']))
        .map_or(first, |said| said.trim_start_matches([' ', ':']));
    let is_author = one_line(said).is_some_and(|said| said == author || first == author);
    if is_author && !rest.trim().is_empty() {
        rest.trim_start_matches('\n').to_owned()
    } else {
        text
    }
}

/// What the page says of itself, under names of our own.
fn metadata(said: Metadata, url: Option<String>) -> BTreeMap<String, String> {
    let fields = [
        ("url", url.or(said.url)),
        ("byline", said.byline),
        ("published", said.published_time),
        ("site", said.site_name),
        ("lang", said.lang),
    ];
    fields
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), one_line(&value?)?)))
        .collect()
}

/// A text with single spaces; `None` where nothing is left.
fn one_line(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

struct PageReader {
    /// The page, until it is taken.
    page: Option<Page>,
    head: DatasetHead,
}

impl Reader for PageReader {
    fn head(&self) -> &DatasetHead {
        &self.head
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        let Page {
            text,
            title,
            metadata,
        } = self.page.take()?;
        let file = metadata.get(SOURCE_FILE).cloned().unwrap_or_default();
        let mut record = DocumentRecord::found(text, title, stem_of(&file), copies);
        record.metadata = metadata;
        Some(Ok(record))
    }
}
