//! What `agree` and `diff` share: what is compared, who and which labels were chosen, and how it is told what
//! cannot be.

use std::{collections::BTreeSet, path::PathBuf};

use crate::{agreement::Selection, annotation::Annotator, session::Comparison, text::bidi};

use super::{Failure, tell};

/// What is compared.
#[derive(Debug, clap::Args)]
pub(super) struct Compared {
    /// A project, or files of any format and folders of them, paired by text
    #[arg(value_name = "PROJECT|FILE", required = true)]
    paths: Vec<PathBuf>,
    /// Only these annotators, in this order; those of a file that names nobody are called as the file
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    pub(super) annotators: Vec<Annotator>,
    /// Only spans of these labels; the others count nowhere
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    labels: Vec<String>,
}

impl Compared {
    /// Reads what is compared, and checks that it has who and what was asked for.
    pub(super) fn open(&self) -> Result<Comparison, Failure> {
        let mut comparison = Comparison::open(&self.paths)?;
        for note in comparison.notes() {
            tell(format_args!("note: {note}"));
        }
        for problem in comparison.problems() {
            tell(format_args!("{problem}"));
        }
        if !comparison.problems().is_empty() {
            let failure = Failure::new("nothing was compared");
            return Err(failure.hinted("leave out what is named above, or mend it"));
        }
        let known = comparison.annotators();
        let reviewers = comparison.reviewers();
        let mut wanted = self.annotators.iter();
        let missing = wanted.find(|name| !known.contains(name) && !reviewers.contains(name));
        if let Some(missing) = missing {
            let others = reviewers.iter().filter(|name| !known.contains(name));
            let names = known.iter().chain(others).map(Annotator::as_str);
            return Err(unknown("annotator", missing.as_str(), names));
        }
        comparison.ask(&self.annotators);
        let labels = &comparison.labels().labels;
        let missing = self.labels.iter().map(|name| name.trim()).find(|name| {
            !labels
                .iter()
                .any(|label| label.name == *name || label.id.as_str() == *name)
        });
        if let Some(missing) = missing {
            let names = labels.iter().map(|label| &*label.name);
            return Err(unknown("label", missing, names));
        }
        Ok(comparison)
    }

    /// What is compared, as it was named.
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The labels that were asked for; `None` for all.
    pub(super) fn labels(&self) -> Option<BTreeSet<String>> {
        let names = self.labels.iter().map(|name| name.trim().to_owned());
        (!self.labels.is_empty()).then(|| names.collect())
    }

    /// Who and what was asked for.
    pub(super) fn selection(&self) -> Selection {
        Selection {
            labels: self.labels(),
            annotators: (!self.annotators.is_empty()).then(|| self.annotators.clone()),
        }
    }
}

fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> Failure {
    let failure = Failure::new(format!("no {what} is called “{}”", bidi::isolate(name)));
    failure.hinted(there(what, known))
}

/// Who, or which labels, there are.
pub(super) fn there<'n>(what: &str, known: impl Iterator<Item = &'n str>) -> String {
    /// So many names are listed.
    const LISTED: usize = 40;
    let names: Vec<String> = known.map(bidi::isolate).collect();
    let more = names.len().saturating_sub(LISTED);
    let listed: Vec<&str> = names.iter().take(LISTED).map(String::as_str).collect();
    match (listed.is_empty(), more) {
        (true, _) => format!("there is no {what}"),
        (false, 0) => format!("there are: {}", listed.join(", ")),
        (false, more) => format!("there are: {} and {more} more", listed.join(", ")),
    }
}
