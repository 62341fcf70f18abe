//! Damage as in real files: a few lines are corrupted, all others stay what they were.

use super::options::SampleKind;
use super::plan::Plan;
use super::rng::{Rng, Subject, key, mix};
use super::{all_orders, unshipped};
use memchr::memchr_iter;
use std::ops::Range;

/// One way to corrupt a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Damage {
    /// A whole cell is replaced.
    Cell(&'static str, &'static [u8]),
    /// Something is written into the middle of a cell.
    Within(&'static str, &'static [u8]),
    /// Something is added to the end of a cell.
    After(&'static str, &'static [u8]),
    /// Capitals and small letters change places.
    OddCase(&'static str),
    /// A stray separator after the country: a field too many.
    FieldTooMany,
    /// The last two fields are missing.
    FieldsTooFew,
    /// The header stands where a line was.
    HeaderAgain,
    /// An empty line stands before a sound one.
    EmptyLineBefore,
}

/// Everything that can happen to an all-orders line.
const ALL_ORDERS: [Damage; 22] = [
    Damage::FieldTooMany,
    Damage::FieldsTooFew,
    Damage::Cell("quantity", b"two"),
    Damage::Cell("quantity", b"-1"),
    Damage::Cell("item-price", b"12,50"),
    Damage::Cell("item-price", b"$12.50"),
    Damage::Cell("item-price", b"1.234,50"),
    Damage::Cell("amazon-order-id", b"1.40E+14"),
    Damage::Cell("amazon-order-id", b""),
    Damage::Cell("purchase-date", b"30/04/2026"),
    Damage::Cell("purchase-date", b"2026-13-45"),
    Damage::Cell("order-status", b"Shipped - Held"),
    Damage::Cell("order-status", b"Canceled"),
    Damage::OddCase("order-status"),
    Damage::Cell("fulfillment-channel", b"Ama zon"),
    Damage::After("sku", b"  "),
    Damage::After("order-status", b" "),
    Damage::Within("product-name", b"\0"),
    Damage::Within("product-name", "\u{2028}".as_bytes()),
    Damage::Within("product-name", b"\xFF\xC3\x28"),
    Damage::Cell("ship-state", b" ca., USA "),
    Damage::Cell("ship-state", b"--"),
];

/// Once in a file, in its middle.
const ONCE: [Damage; 2] = [Damage::HeaderAgain, Damage::EmptyLineBefore];

/// What can happen to an unshipped line.
const UNSHIPPED: [Damage; 9] = [
    Damage::Cell("quantity-to-ship", b"two"),
    Damage::Cell("promise-date", b"2026-13-45"),
    Damage::FieldTooMany,
    Damage::Cell("order-id", b"1.40E+14"),
    Damage::Within("product-name", b"\0"),
    Damage::Cell("order-id", b""),
    Damage::FieldsTooFew,
    Damage::Within("product-name", b"\xFF\xC3\x28"),
    Damage::After("sku", b"  "),
];

/// Decides which lines are corrupted, and corrupts them.
#[derive(Debug)]
pub(super) struct Corruption {
    key: u64,
    header: &'static str,
    damages: &'static [Damage],
    /// Spoilt lines in ten thousand.
    rate: u64,
    /// By order: the first line of each is corrupted in just this way.
    planned: Vec<(u64, Damage)>,
}

impl Corruption {
    pub(super) fn new(plan: &Plan, kind: SampleKind, lines: u64) -> Self {
        let (header, damages, rate): (_, &'static [Damage], _) = match kind {
            SampleKind::AllOrders => (all_orders::HEADER, &ALL_ORDERS, 30),
            // A backlog is short: more of it is corrupted, or nothing would be.
            SampleKind::Unshipped => (unshipped::HEADER, &UNSHIPPED, 200),
        };
        let planned = match kind {
            SampleKind::AllOrders => spread(&plan.orders, lines),
            // Every second one, so that all that is urgent is also there unspoilt.
            SampleKind::Unshipped => plan.preset_backlog().step_by(2).zip(UNSHIPPED).collect(),
        };
        Self {
            key: key(plan.seed, Subject::Damage),
            header,
            damages,
            rate,
            planned,
        }
    }

    /// The damage of a line, if it has one; it depends on the order and the line's place in it
    /// alone.
    pub(super) fn of_line(&self, order: u64, number: u32) -> Option<Damage> {
        if number == 0
            && let Ok(at) = self
                .planned
                .binary_search_by_key(&order, |(index, _)| *index)
        {
            return Some(self.planned[at].1);
        }
        let hash = mix(self.key ^ (order * 4 + u64::from(number)));
        (hash % 10_000 < self.rate)
            .then(|| Rng::new(hash, Subject::Damage, order).pick(self.damages))
    }

    /// Spoils the line that begins at `start` and ends where `out` ends.
    pub(super) fn corrupt(&self, damage: Damage, out: &mut Vec<u8>, start: usize, line_end: &str) {
        match damage {
            Damage::Cell(name, text) => {
                let cell = self.cell(out, start, name);
                out.splice(cell, text.iter().copied());
            }
            Damage::Within(name, text) => {
                let cell = self.cell(out, start, name);
                let middle = middle_of(out, cell);
                out.splice(middle..middle, text.iter().copied());
            }
            Damage::After(name, text) => {
                let end = self.cell(out, start, name).end;
                out.splice(end..end, text.iter().copied());
            }
            Damage::OddCase(name) => {
                let cell = self.cell(out, start, name);
                out[cell]
                    .iter_mut()
                    .filter(|sign| sign.is_ascii_alphabetic())
                    .for_each(|sign| *sign ^= 0x20);
            }
            Damage::FieldTooMany => {
                let end = self.cell(out, start, "ship-country").end;
                out.insert(end, b'\t');
            }
            Damage::FieldsTooFew => {
                let end = memchr::memrchr_iter(b'\t', &out[start..])
                    .nth(1)
                    .unwrap_or(0);
                out.truncate(start + end);
            }
            Damage::HeaderAgain => {
                out.truncate(start);
                out.extend_from_slice(self.header.as_bytes());
            }
            Damage::EmptyLineBefore => {
                out.splice(start..start, line_end.bytes());
            }
        }
    }

    /// Where the cell of a column stands in the line that begins at `start`.
    fn cell(&self, out: &[u8], start: usize, name: &str) -> Range<usize> {
        let column = self
            .header
            .split('\t')
            .position(|column| column == name)
            .unwrap_or(0);
        let line = &out[start..];
        let from = column
            .checked_sub(1)
            .and_then(|tab| memchr_iter(b'\t', line).nth(tab))
            .map_or(0, |tab| tab + 1);
        let to = memchr_iter(b'\t', line).nth(column).unwrap_or(line.len());
        start + from..start + to
    }
}

/// Spreads one of each over the file; a small file is damaged only by chance, or there would be
/// little else in it.
fn spread(orders: &Range<u64>, lines: u64) -> Vec<(u64, Damage)> {
    const ENOUGH: u64 = 500;
    if lines < ENOUGH {
        return Vec::new();
    }
    let (before, after) = ALL_ORDERS.split_at(ALL_ORDERS.len() / 2);
    let all = before.iter().chain(&ONCE).chain(after);
    let step = (orders.end - orders.start) / (ALL_ORDERS.len() + ONCE.len() + 1) as u64;
    (1..)
        .zip(all)
        .map(|(place, damage)| (orders.start + place * step, *damage))
        .collect()
}

/// The middle of a cell, moved to the start of a character.
fn middle_of(out: &[u8], cell: Range<usize>) -> usize {
    let middle = usize::midpoint(cell.start, cell.end);
    (middle..cell.end)
        .find(|&at| out[at] & 0xC0 != 0x80)
        .unwrap_or(cell.end)
}

#[cfg(test)]
mod tests {
    use crate::sample::tests::{KINDS, bytes, lines, options};
    use crate::sample::{SampleKind, SampleOptions};
    use std::collections::BTreeSet;

    #[test]
    fn damage_leaves_all_other_lines_alone() {
        for kind in KINDS {
            for overlap in [false, true] {
                let clean = SampleOptions {
                    overlap,
                    ..options(kind, 40_000, 7)
                };
                let (clean, dirty) = (
                    bytes(clean),
                    bytes(SampleOptions {
                        dirty: true,
                        ..clean
                    }),
                );
                let (clean, dirty) = (lines(&clean), lines(&dirty));
                assert_eq!(clean.len(), dirty.len());
                let corrupted = clean
                    .iter()
                    .zip(&dirty)
                    .filter(|(clean, dirty)| clean != dirty)
                    .count()
                    * 10_000
                    / clean.len();
                let expected = if kind == SampleKind::AllOrders {
                    20..40
                } else {
                    100..400
                };
                assert!(expected.contains(&corrupted), "{corrupted} in 10000");
            }
        }
    }

    #[test]
    fn a_small_dirty_report_has_one_of_each_damage() {
        for (seed, overlap) in (0..20).zip([false, true].into_iter().cycle()) {
            let report = bytes(SampleOptions {
                overlap,
                dirty: true,
                ..options(SampleKind::AllOrders, 500, seed)
            });
            for text in [
                &b"\ttwo\t"[..],
                b"\t-1\t",
                b"\t12,50\t",
                b"\t$12.50\t",
                b"\t1.234,50\t",
                b"\n1.40E+14\t",
                b"\n\t",
                b"\t30/04/2026\t",
                b"\t2026-13-45\t",
                b"\tShipped - Held\t",
                b"\tCanceled\t",
                b"\tAma zon\t",
                b"  \tB0",
                b" \t1",
                b"\0",
                "\u{2028}".as_bytes(),
                b"\xFF\xC3\x28",
                b"\t ca., USA \t",
                b"\r\namazon-order-id\t",
                b"\r\n\r\n\r\n\r\n",
            ] {
                assert!(
                    memchr::memmem::find(&report, text).is_some(),
                    "{} in seed {seed}",
                    text.escape_ascii()
                );
            }
            let body = &report[..report.len() - 6];
            assert!(memchr::memmem::find(body, b"\r\n\r\n").is_some());
            let fields: BTreeSet<_> = lines(&report)
                .iter()
                .map(|line| line.split(|&byte| byte == b'\t').count())
                .collect();
            assert_eq!(fields.into_iter().collect::<Vec<_>>(), [32, 34, 35]);
            assert!(
                [
                    &b"\tsHIPPED\t"[..],
                    b"\tcANCELLED\t",
                    b"\tuNSHIPPED\t",
                    b"\tsHIPPING\t",
                    b"\tpENDING\t"
                ]
                .iter()
                .any(|text| memchr::memmem::find(&report, text).is_some())
            );
        }
    }
}
