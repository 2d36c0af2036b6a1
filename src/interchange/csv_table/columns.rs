//! The columns of a table: their names, those that people choose, and where they stand in a file.

use csv::ByteRecord;

use crate::interchange::{Reason, WriteError, WriteOptions};

/// A column that means something here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// What tells the rows of one document from those of the next.
    Document,
    /// The id that the document's source gave it.
    Id,
    /// The document's title.
    Title,
    /// What else the source said of the document.
    Metadata,
    /// Whose the span is.
    Annotator,
    /// The span's label.
    Label,
    /// Where the span begins.
    Start,
    /// Where the span ends.
    End,
    /// The ranges of a span that has several.
    Fragments,
    /// The span's text.
    Quote,
    /// The span's attributes.
    Attributes,
    /// The note on the span.
    Note,
    /// The document's text.
    Text,
}

impl Column {
    /// All of them, in the order in which they are written.
    pub(super) const ALL: [Self; 13] = [
        Self::Document,
        Self::Id,
        Self::Title,
        Self::Text,
        Self::Annotator,
        Self::Label,
        Self::Start,
        Self::End,
        Self::Fragments,
        Self::Quote,
        Self::Attributes,
        Self::Note,
        Self::Metadata,
    ];

    /// Those without which a table cannot be read again.
    const NEEDED: [Self; 5] = [
        Self::Document,
        Self::Text,
        Self::Label,
        Self::Start,
        Self::End,
    ];

    /// Its names: ours, then those that other tools give it.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Document => &["document", "doc", "doc_id"],
            Self::Id => &["document_id"],
            Self::Title => &["title"],
            Self::Metadata => &["metadata", "meta"],
            Self::Annotator => &["annotator", "user"],
            Self::Label => &["label", "type", "tag"],
            Self::Start => &["start", "begin", "start_offset", "start_char"],
            Self::End => &["end", "stop", "end_offset", "end_char"],
            Self::Fragments => &["fragments"],
            Self::Quote => &["quote", "span_text", "mention"],
            Self::Attributes => &["attributes"],
            Self::Note => &["note", "comment"],
            Self::Text => &["text", "document_text", "sentence"],
        }
    }

    /// Its name in our files.
    pub(super) fn name(self) -> &'static str {
        self.names().first().copied().unwrap_or_default()
    }

    /// The column of this name.
    fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let is = |column: &Self| column.names().contains(&&*name);
        Self::ALL.into_iter().find(is)
    }
}

/// The names of all columns in the order in which they are written, and whether a table needs each to
/// be read again.
pub fn column_names() -> impl Iterator<Item = (&'static str, bool)> {
    let needed = |column: &Column| Column::NEEDED.contains(column);
    Column::ALL
        .into_iter()
        .map(move |column| (column.name(), needed(&column)))
}

/// The columns that are written: those that a person chose, else all.
pub(super) fn of_options(options: &WriteOptions) -> Result<Vec<Column>, WriteError> {
    if options.columns.is_empty() {
        return Ok(Column::ALL.to_vec());
    }
    let list = |columns: &[Column]| {
        let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
        names.join(", ")
    };
    let mut chosen = Vec::with_capacity(options.columns.len());
    for name in &options.columns {
        let column = Column::ALL
            .into_iter()
            .find(|column| column.name() == name.trim());
        let Some(column) = column else {
            let all = list(&Column::ALL);
            let said = format!("there is no column {name:?}; the columns are {all}");
            return Err(WriteError::Choice(said));
        };
        if chosen.contains(&column) {
            let said = format!("the column {} is named twice", column.name());
            return Err(WriteError::Choice(said));
        }
        chosen.push(column);
    }
    let mut missing = Column::NEEDED.to_vec();
    missing.retain(|column| !chosen.contains(column));
    if missing.is_empty() {
        return Ok(chosen);
    }
    let said = format!(
        "without {} the table could not be read again; add it to the columns",
        list(&missing)
    );
    Err(WriteError::Choice(said))
}

/// What stands between the fields of a file with this first row: the sign that is there most often.
pub(super) fn delimiter(row: &[u8]) -> u8 {
    let count = |sign: u8| memchr::memchr_iter(sign, row).count();
    // Of several that are there as often the last is taken: a comma before others.
    let signs = [b'|', b';', b'\t', b','];
    let most = signs.into_iter().max_by_key(|sign| count(*sign));
    most.unwrap_or(b',')
}

/// Where the columns of a file stand.
pub(super) struct Header {
    places: [Option<usize>; Column::ALL.len()],
    /// Columns that mean nothing here: their places and names.
    pub(super) others: Vec<(usize, String)>,
    /// How many there are.
    pub(super) len: usize,
    /// Whether it has texts and no spans: each row is a document.
    pub(super) texts_only: bool,
}

impl Header {
    /// The columns of a file's first row.
    pub(super) fn of(names: &ByteRecord) -> Result<Self, Reason> {
        let mut header = Self {
            places: [None; Column::ALL.len()],
            others: Vec::new(),
            len: names.len(),
            texts_only: false,
        };
        for (place, name) in names.iter().enumerate() {
            let name = std::str::from_utf8(name).map_err(|error| Reason::NotUtf8 {
                at: error.valid_up_to(),
            })?;
            match Column::named(name).and_then(|column| header.places.get_mut(column as usize)) {
                Some(free @ None) => *free = Some(place),
                _ => header.others.push((place, name.trim().to_owned())),
            }
        }
        if ![Column::Start, Column::End]
            .map(|it| header.has(it))
            .contains(&true)
        {
            header.be_of_texts(names);
        }
        let spans = [Column::Label, Column::Start, Column::End];
        let spans = spans.into_iter().filter(|_| !header.texts_only);
        let mut needed = std::iter::once(Column::Text).chain(spans);
        match needed.find(|column| !header.has(*column)) {
            None => Ok(header),
            Some(missing) => Err(Reason::NotThis {
                expected: "a table of spans",
                found: format!("its first row names no column `{}`", missing.name()),
            }),
        }
    }

    /// Makes it one of texts without spans: what else would be of a span is of the document.
    fn be_of_texts(&mut self, names: &ByteRecord) {
        self.texts_only = true;
        let of_spans = [
            Column::Label,
            Column::Fragments,
            Column::Quote,
            Column::Attributes,
            Column::Note,
            Column::Annotator,
        ];
        for column in of_spans {
            let place = self.places.get_mut(column as usize).and_then(Option::take);
            let name = place.and_then(|place| Some((place, names.get(place)?)));
            let name = name.map(|(place, name)| (place, String::from_utf8_lossy(name)));
            let other = name.map(|(place, name)| (place, name.trim().to_owned()));
            self.others.extend(other);
        }
    }

    /// Whether there is this column.
    pub(super) fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }

    /// Where it stands.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places.get(column as usize).copied().flatten()
    }
}
