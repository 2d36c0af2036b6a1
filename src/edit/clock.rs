//! The hybrid logical clock: what it gives is later than all that it has given or seen, also where
//! the wall clock was set back or another's clock runs ahead (Kulkarni et al. 2014).

use crate::annotation::Time;

/// A hybrid logical clock. The wall clock's reading is handed in, so that it needs no I/O.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    latest: Time,
}

impl Clock {
    /// A time further ahead of the wall clock (milliseconds) than a day comes from a wrong clock.
    const TRUSTED_AHEAD: u64 = 86_400_000;

    /// Takes note of a time that an edit has.
    pub fn observe(&mut self, time: Time) {
        self.latest = self.latest.max(time);
    }

    /// A time later than all before it. `now`: the wall clock in milliseconds since 1970 (UTC).
    pub fn tick(&mut self, now: u64) -> Time {
        self.latest = if now > self.latest.millis {
            Time {
                millis: now,
                counter: 0,
            }
        } else if let Some(counter) = self.latest.counter.checked_add(1) {
            Time {
                millis: self.latest.millis,
                counter,
            }
        } else {
            Time {
                millis: self.latest.millis.saturating_add(1),
                counter: 0,
            }
        };
        self.latest
    }

    /// Whether the latest time seen is more than a day ahead of `now`: some clock is wrong.
    pub fn runs_ahead(&self, now: u64) -> bool {
        self.latest.millis > now.saturating_add(Self::TRUSTED_AHEAD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_goes_back() {
        let mut clock = Clock::default();
        let a = clock.tick(100);
        let b = clock.tick(90);
        clock.observe(Time {
            millis: 500,
            counter: u32::MAX,
        });
        let c = clock.tick(110);
        let d = clock.tick(600);
        assert!(a < b && b < c && c < d);
        assert_eq!((c.millis, d.millis), (501, 600));
        clock.observe(Time {
            millis: u64::MAX,
            counter: 0,
        });
        assert!(clock.runs_ahead(600));
        assert!(clock.tick(700) > d);
    }
}
