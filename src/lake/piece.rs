//! All readable lines of one piece of a file, column by column, with what a merge of files needs to know of them.

use std::collections::HashMap;

use crate::field::{LocalDays, Moment, OrderIds, RejectReason, Zones, promotion, region};
use crate::line::{Fault, LineSink, OrderLine, Place, Row, SupplementaryLine, UnshippedLine};
use crate::typed::lake::{Dated, FileFacts, LAKE_LINES, LAKE_REJECTS, dated};
use crate::typed::{Batch, Beside, Cell, Origin, order, unshipped};

/// What is the same for all pieces of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules<'r> {
    pub(super) ids: &'r OrderIds,
    /// The SHA-256 of its content.
    pub(super) file: &'r str,
    pub(super) account: &'r str,
}

/// A line that could not be read, by its number in the piece.
type Rejected = (u64, Fault);

/// The lines of one piece of a file.
#[derive(Debug)]
pub(super) struct Piece<'r> {
    rules: Rules<'r>,
    pub(super) batch: Batch,
    pub(super) rejects: Vec<Rejected>,
    /// Lines of the piece, blank ones and headers included.
    pub(super) lines: u64,
    /// The line of the piece at which another report starts.
    pub(super) other_header: Option<u64>,
    facts: FileFacts,
    /// By channel, and by country where there is none.
    days: [HashMap<Vec<u8>, LocalDays>; 2],
    places: HashMap<(Vec<u8>, Vec<u8>), (String, String)>,
    families: HashMap<Vec<u8>, Vec<u8>>,
}

/// So many texts are remembered by a piece: promotions of one line each must not fill memory.
const REMEMBERED: usize = 4096;

impl<'r> Piece<'r> {
    pub(super) fn new(rules: Rules<'r>) -> Self {
        Self {
            rules,
            batch: Batch::of(LAKE_LINES.columns),
            rejects: Vec::new(),
            lines: 0,
            other_header: None,
            facts: FileFacts::default(),
            days: Default::default(),
            places: HashMap::new(),
            families: HashMap::new(),
        }
    }

    /// Adds what was counted to the whole.
    pub(super) fn count(&self, whole: &mut FileFacts) {
        let facts = &self.facts;
        whole.lines_read += facts.lines_read;
        whole.rejected += facts.rejected;
        raise(&mut whole.newest_update, facts.newest_update);
        raise(&mut whole.newest_moment, facts.newest_moment);
        raise(&mut whole.last_purchase, facts.last_purchase);
        whole.first_purchase = match (whole.first_purchase, facts.first_purchase) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }

    /// The rejects as rows, counted from after `before` on.
    pub(super) fn rejects(&mut self, before: u64) -> Batch {
        let mut batch = Batch::of(LAKE_REJECTS.columns);
        for (line, fault) in self.rejects.drain(..) {
            let reason = fault.reason.to_string();
            let line = i64::try_from(before + line).unwrap_or(i64::MAX);
            batch.push(&[
                Cell::Text(self.rules.account.as_bytes()),
                Cell::Text(self.rules.file.as_bytes()),
                Cell::Number(line),
                Cell::Text(reason.as_bytes()),
                Cell::text(fault.column.unwrap_or_default().as_bytes()),
                Cell::text(fault.text.as_bytes()),
            ]);
        }
        batch
    }

    fn note(&mut self, purchase: Moment, update: Option<Moment>, newest: Option<Moment>) {
        let (purchase, facts) = (dated(Some(purchase)), &mut self.facts);
        facts.lines_read += 1;
        raise(&mut facts.newest_update, dated(update));
        raise(&mut facts.newest_moment, dated(newest));
        raise(&mut facts.last_purchase, purchase);
        facts.first_purchase = match facts.first_purchase {
            Some(first) => purchase.map(|this| this.min(first)),
            None => purchase,
        };
    }
}

fn raise(greatest: &mut Dated, date: Dated) {
    *greatest = (*greatest).max(date);
}

/// The days of a channel; of the country that an order goes to where no channel is named.
fn days_of<'d>(
    [by_channel, by_country]: &'d mut [HashMap<Vec<u8>, LocalDays>; 2],
    channel: &[u8],
    country: &[u8],
) -> &'d mut LocalDays {
    let zones = Zones::default();
    let (known, name, zone) = if channel.is_empty() && !country.is_empty() {
        (by_country, country, zones.of_country(country))
    } else {
        (by_channel, channel, zones.of_channel(channel))
    };
    if !known.contains_key(name) {
        known.insert(name.to_vec(), LocalDays::new(zone));
    }
    known
        .get_mut(name)
        .expect("it was put there where it was not")
}

/// The families of a list of promotions, each once, with commas.
fn families(ids: &[u8]) -> Vec<u8> {
    let mut families: Vec<&[u8]> = promotion::families(ids).collect();
    families.sort_unstable();
    families.dedup();
    families.join(&b","[..])
}

impl LineSink for Piece<'_> {
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        self.note(line.purchase_date, line.last_updated_date, None);
        // Without a channel it has no marketplace, wherever it goes to, as in the report.
        let days = days_of(&mut self.days, line.sales_channel, b"");
        let origin = Origin {
            file: self.rules.file,
            line: row.place.line,
            ids: self.rules.ids,
            day: days.of(line.purchase_date),
            zone: days.zone(),
        };
        let hour = days.hour(line.purchase_date);
        let place = (line.ship_country.to_vec(), line.ship_state.to_vec());
        if self.places.len() > REMEMBERED {
            self.places.clear();
        }
        let (country, state) = self
            .places
            .entry(place)
            .or_insert_with(|| region::normalise(line.ship_country, line.ship_state));
        let mut of_line: &[u8] = &[];
        if !line.promotion_ids.is_empty() {
            if self.families.len() > REMEMBERED {
                self.families.clear();
            }
            let known = self.families.entry(line.promotion_ids.to_vec());
            of_line = known.or_insert_with(|| families(line.promotion_ids));
        }
        let beside = Beside {
            account: self.rules.account,
            hour,
            place: (country, state),
            families: of_line,
        };
        order(&mut self.batch, origin, line, Some(beside));
    }

    fn unshipped_line(&mut self, row: Row<'_>, line: &UnshippedLine<'_>) {
        let newest = line
            .reporting_date
            .max(line.payments_date)
            .max(Some(line.purchase_date));
        self.note(line.purchase_date, None, newest);
        let days = days_of(&mut self.days, line.sales_channel, line.ship_country);
        let origin = Origin {
            file: self.rules.file,
            line: row.place.line,
            ids: self.rules.ids,
            day: days.of(line.purchase_date),
            zone: days.zone(),
        };
        let beside = Beside {
            account: self.rules.account,
            hour: days.hour(line.purchase_date),
            place: ("", ""),
            families: &[],
        };
        unshipped(&mut self.batch, origin, line, Some(beside));
    }

    /// No other report is converted.
    fn supplementary_line(&mut self, _: Row<'_>, _: &SupplementaryLine<'_>) {}

    fn reject(&mut self, row: Row<'_>, fault: Fault) {
        self.facts.lines_read += 1;
        self.facts.rejected += 1;
        if fault.reason == RejectReason::OtherHeader {
            self.other_header.get_or_insert(row.place.line);
        }
        self.rejects.push((row.place.line, fault));
    }

    fn repeated_header(&mut self, _: Row<'_>) {}

    fn end_of_chunk(&mut self, _: Place, lines: u64) {
        self.lines += lines;
    }
}
