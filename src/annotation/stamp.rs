//! Who changed something and when. The time is hybrid logical: it follows the wall clock, and a
//! counter orders what falls into one millisecond or onto a clock that was set back.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Annotator, ids::ParseIdError};

/// A hybrid logical time: milliseconds since 1970 (UTC), then a counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub millis: u64,
    /// Orders times of one millisecond.
    pub counter: u32,
}

impl Time {
    /// The largest millisecond that is written as a date (at the end of the year 9999).
    const LAST_MILLI: u64 = 253_402_207_200_000;

    /// The wall clock's part as a timestamp; times beyond the year 9999 show as its end.
    pub fn timestamp(self) -> jiff::Timestamp {
        let millis = i64::try_from(self.millis.min(Self::LAST_MILLI)).unwrap_or(0);
        jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

/// `2026-11-24T08:15:30.250Z`, followed by `+counter` where the counter is not 0.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.timestamp())?;
        if self.counter > 0 {
            write!(f, "+{}", self.counter)?;
        }
        Ok(())
    }
}

impl FromStr for Time {
    type Err = ParseIdError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let bad = || ParseIdError::new("time", s);
        let (stamp, counter) = match s.split_once('+') {
            Some((stamp, counter)) => (stamp, counter.parse().map_err(|_| bad())?),
            None => (s, 0),
        };
        let stamp: jiff::Timestamp = stamp.parse().map_err(|_| bad())?;
        let millis = u64::try_from(stamp.as_millisecond()).map_err(|_| bad())?;
        Ok(Self { millis, counter })
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

/// A time and its author. Edits are ordered by it, then by their id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// When.
    pub time: Time,
    /// Who.
    pub author: Annotator,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_time_is_read_back_as_written() {
        for (millis, counter) in [(0, 0), (1_795_000_000_250, 0), (Time::LAST_MILLI, 7)] {
            let time = Time { millis, counter };
            assert_eq!(time.to_string().parse::<Time>().unwrap(), time, "{time}");
        }
        assert_eq!(
            Time {
                millis: 1_795_507_200_250,
                counter: 3
            }
            .to_string(),
            "2026-11-24T08:00:00.250Z+3"
        );
        assert!("yesterday".parse::<Time>().is_err());
        assert!("1960-01-01T00:00:00Z".parse::<Time>().is_err());
    }
}
