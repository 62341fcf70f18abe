//! Dates as reports mostly write them, read in a few instructions.

use crate::field::RejectReason;

use super::day::Day;
use super::moment::{DAY_SECONDS, Moment};

/// Reads the dates of many lines: those of the form `2026-05-08T23:36:26+00:00` eight bytes at a time, and a day anew only
/// where it is not one of those read last. Every other form is left to [`Moment::read`].
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    known: [([u8; 10], i64); KNOWN],
}

/// Days kept at hand. Dates that end alike drive each other out, so a month finds room.
const KNOWN: usize = 64;

impl Default for Clock {
    fn default() -> Self {
        Self {
            known: [(*b"1970-01-01", 0); KNOWN],
        }
    }
}

impl Clock {
    /// Reads a date.
    ///
    /// # Errors
    /// See [`Moment::read`].
    ///
    /// ```
    /// use ordersift::field::{Clock, Moment};
    /// let cell = b"2026-05-08T23:36:26+00:00";
    /// assert_eq!(Clock::default().read(cell), Moment::read(cell));
    /// ```
    ///
    /// Blanks around it are allowed.
    #[inline]
    pub fn read(&mut self, cell: &[u8]) -> Result<Moment, RejectReason> {
        match self.usual(cell) {
            Some(moment) => Ok(moment),
            None => Moment::read(cell.trim_ascii()),
        }
    }

    #[inline]
    fn usual(&mut self, cell: &[u8]) -> Option<Moment> {
        let cell: &[u8; 25] = cell.try_into().ok()?;
        let (date, rest) = cell.split_first_chunk::<10>()?;
        let ([between], rest) = rest.split_first_chunk::<1>()?;
        let (time, offset) = rest.split_first_chunk::<8>()?;
        if *offset != *b"+00:00" || *between != b'T' {
            return None;
        }
        let time = seconds(*time)?;
        let [.., month, _, tens, ones] = *date;
        let place = usize::from(tens << 4 ^ ones ^ month << 2) % KNOWN;
        let (known, midnight) = &mut self.known[place];
        if *date != *known {
            *midnight = i64::from(Day::read(date)?.0) * DAY_SECONDS;
            *known = *date;
        }
        Some(Moment::at(*midnight + time))
    }
}

const COLONS: u64 = u64::from_le_bytes(*b"00:00:00");
/// What may be added to a digit, and to a colon less itself, without touching its upper four bits.
const ROOM: u64 = u64::from_le_bytes([6, 6, 15, 6, 6, 15, 6, 6]);
const UPPER: u64 = 0xf0f0_f0f0_f0f0_f0f0;

/// `23:36:26` as seconds of a day.
#[inline]
fn seconds(time: [u8; 8]) -> Option<i64> {
    let digits = u64::from_le_bytes(time) ^ COLONS;
    if (digits | digits.wrapping_add(ROOM)) & UPPER != 0 {
        return None;
    }
    let pairs = (digits * 10).wrapping_add(digits >> 8).to_le_bytes();
    let [hour, _, _, minute, _, _, second, _] = pairs;
    (hour < 24 && minute < 60 && second < 60)
        .then(|| i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_of_day_is_what_the_general_reader_says() {
        let mut clock = Clock::default();
        for byte in 0..=255 {
            for at in 0..25 {
                let mut cell = *b"2026-05-08T23:36:26+00:00";
                cell[at] = byte;
                assert_eq!(clock.read(&cell), Moment::read(&cell), "{cell:?}");
            }
        }
        for second in 0..86_400 {
            let cell = Moment::at(second * 9 + 1_700_000_000).to_string();
            let cell = cell.replace('Z', "+00:00");
            assert_eq!(
                clock.read(cell.as_bytes()),
                Moment::read(cell.as_bytes()),
                "{cell}"
            );
        }
    }

    #[test]
    fn a_date_that_does_not_exist_leaves_no_trace() {
        let mut clock = Clock::default();
        assert!(clock.read(b"2026-02-29T00:00:00+00:00").is_err());
        assert!(clock.read(b"2026-02-29T00:00:00+00:00").is_err());
        assert!(clock.read(b"\0\0\0\0\0\0\0\0\0\0T00:00:00+00:00").is_err());
    }
}
