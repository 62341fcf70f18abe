//! The offsets of all time zones that a line can be in, as a table: no engine has to know the rules of zones.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use chrono_tz::Tz;

use crate::field::{Moment, zone};
use crate::typed::lake::{KEY_FACTS, LAKE_ZONES, ZONES_FOLDER};
use crate::typed::{Batch, Cell, Unfit, Writer, note_of};
use crate::write::Staging;

use super::foreign::foreign;

/// From the start of 1970 to the start of 2100, in days: no report is of another time. Before and after, the first and the last
/// offset hold.
const FIRST_DAY: i64 = 0;
const LAST_DAY: i64 = 47_482;
const DAY: i64 = 86_400;
/// The least and the greatest moment that a report can hold, with some room.
const BEGIN: i64 = -62_200_000_000;
const END: i64 = 253_500_000_000;

/// Writes the table, unless the same is there. Every lake has it, so a lake of another version is refused here, before anything in it
/// is touched; `again` replaces it.
pub(super) fn write(lake: &Path, staging: &Staging, again: bool) -> io::Result<()> {
    let mut batch = Batch::of(LAKE_ZONES.columns);
    for zone in zones() {
        for (from, until, offset) in stretches(zone) {
            batch.push(&[
                Cell::Text(zone.name().as_bytes()),
                Cell::Number(from),
                Cell::Number(until),
                Cell::Number(offset),
            ]);
        }
    }
    let mut writer = Writer::of(Vec::new(), &LAKE_ZONES)?;
    writer.add(&batch)?;
    let bytes = writer.finish()?;
    let path = lake.join(ZONES_FOLDER).join("zones.parquet");
    if let Ok(there) = std::fs::read(&path) {
        if there == bytes {
            return Ok(());
        }
        let note = note_of(&mut io::Cursor::new(there), &LAKE_ZONES, KEY_FACTS)?;
        if let (Err(Unfit::Foreign(what)), false) = (note, again) {
            return Err(foreign(&path, &what));
        }
    }
    let mut file = staging.file()?;
    io::Write::write_all(&mut file, &bytes)?;
    file.place(&path)
}

/// All zones of marketplaces and UTC, by name.
fn zones() -> Vec<Tz> {
    let mut names: BTreeSet<&str> = zone::names().collect();
    names.insert("UTC");
    names.iter().filter_map(|name| name.parse().ok()).collect()
}

/// From when, until when, and how many seconds a zone is ahead of UTC then.
fn stretches(zone: Tz) -> Vec<(i64, i64, i64)> {
    let offset = |utc: i64| zone::offset(zone, Moment::at(utc));
    let mut stretches: Vec<(i64, i64, i64)> = Vec::new();
    let (mut from, mut current) = (BEGIN, offset(FIRST_DAY * DAY));
    for day in FIRST_DAY..LAST_DAY {
        let (mut before, mut after) = (day * DAY, (day + 1) * DAY);
        if offset(after) == current {
            continue;
        }
        // The clocks change once on such a day: between the last moment of the old offset and the first of the new one.
        while after - before > 1 {
            let middle = before.midpoint(after);
            if offset(middle) == current {
                before = middle;
            } else {
                after = middle;
            }
        }
        stretches.push((from, after, current));
        (from, current) = (after, offset(after));
    }
    stretches.push((from, END, current));
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_sixty_years_have_the_offset_of_the_rules() {
        for zone in zones() {
            let stretches = stretches(zone);
            assert!(
                stretches
                    .windows(2)
                    .all(|pair| pair[0].1 == pair[1].0 && pair[0].0 < pair[0].1)
            );
            // Every eleventh half-hour of sixty years, so that all hours of the day come.
            for half_hour in (315_532_800_i64 / 1800..2_208_988_800 / 1800).step_by(11) {
                let utc = half_hour * 1800;
                let at = stretches.partition_point(|(_, until, _)| *until <= utc);
                let expected = zone::offset(zone, Moment::at(utc));
                assert_eq!(stretches[at].2, expected, "{zone} {utc}");
            }
        }
    }
}
