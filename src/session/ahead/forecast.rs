//! What a file would not hold of what is chosen, counted in the background.

use crate::store::{Reader, Writer};

use super::{Foreseen, Session};
use crate::session::{ExportError, ExportOptions, Job, JobKind, Notice, Poll, forecast};

impl Session {
    /// Begins to count; what was counted before is not wanted any more.
    pub(super) fn foresee(&mut self, options: ExportOptions) {
        self.work.end_forecast();
        self.ahead.foreseen = None;
        let Some(project) = &self.project else { return };
        let writer = project.writer.as_ref().map(Writer::importer);
        let store = project.path().to_path_buf();
        let job = Job::start(JobKind::Forecast, &self.bell, move |reporter| {
            // What cannot be saved keeps the export from being written, and is told there.
            if let Some(writer) = writer {
                writer.wait();
            }
            let foreseen = Reader::open(&store)
                .map_err(ExportError::from)
                .and_then(|reader| forecast(&reader, &options, &reporter.progress));
            reporter.send(foreseen.map_err(Notice::from));
        });
        match job {
            Ok(job) => {
                self.work.forecast = Some(job);
                self.ahead.foreseen = Some(Foreseen::Pending);
            }
            Err(error) => {
                self.ahead.foreseen = Some(Foreseen::Failed(Notice::Failed {
                    what: error.to_string(),
                    hint: None,
                }));
            }
        }
    }

    /// Hears what was counted.
    pub(in crate::session) fn poll_forecast(&mut self) {
        while let Some(job) = &self.work.forecast {
            match job.poll() {
                Poll::Ready(Ok(loss)) => self.ahead.foreseen = Some(Foreseen::Loss(loss)),
                Poll::Ready(Err(notice)) => self.ahead.foreseen = Some(Foreseen::Failed(notice)),
                Poll::Pending => break,
                Poll::Over => self.work.forecast = None,
            }
        }
    }
}
