//! What a file would not hold of what is chosen, counted in the background.

use super::{Foreseen, Session};
use crate::session::{ExportError, ExportOptions, JobKind, Notice, Poll, forecast};

impl Session {
    /// Begins to count; what was counted before is not wanted any more.
    pub(super) fn foresee(&mut self, options: ExportOptions) {
        self.work.end_forecast();
        self.ahead.foreseen = None;
        let Some(project) = &self.project else { return };
        let job = project.read_beside(JobKind::Forecast, &self.bell, move |reader, reporter| {
            let foreseen = reader
                .map_err(ExportError::from)
                .and_then(|reader| forecast(&reader, &options, &reporter.progress));
            reporter.send(foreseen.map_err(Notice::from));
        });
        match job {
            Ok(job) => {
                self.work.forecast = Some(job);
                self.ahead.foreseen = Some(Foreseen::Pending);
            }
            Err(error) => self.ahead.foreseen = Some(Foreseen::Failed(error.into())),
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
