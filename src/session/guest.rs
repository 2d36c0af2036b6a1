//! A look at the sample: others have labelled it, and whoever tries it wants to see their work.

use super::{Notice, Session};

impl Session {
    /// Shows the layers of the first of those who labelled the sample, until another project is opened
    /// or somebody says who they are. Who was named on the command line, or has labelled something
    /// here, keeps what they see.
    pub(super) fn look_at_sample(&mut self) {
        let Some(project) = &self.project else { return };
        let has_work = project.list().rows().iter().any(|row| row.spans > 0);
        if has_work || self.seat.named.is_some() {
            return;
        }
        let Some(first) = self.annotators().into_iter().next() else {
            return;
        };
        self.show_layers_of(first.clone());
        self.tell(Notice::Guest(first));
    }
}
