//! A partition of the order log: the records of some orders, and the sums of their runs.

use crate::field::{Currency, Money};

use crate::topic::orders::state::order_log::record::{FIRST, PRICED, Record};
use crate::topic::orders::state::order_log::run_sums::{Others, Packed, RunSums};

/// The records of some orders, in pieces: a single list that grows would be copied into new memory again and again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Partition {
    segments: Vec<Segment>,
}

/// How many records the first segment has room for, and how many a segment has at most.
const FIRST_SIZE: usize = 64;
const MOST_SIZE: usize = 2048;

/// So many records fit into a segment before a run is opened in it; hardly a run has more.
const ROOM: usize = 16;

/// Some records, in the order in which their runs were closed.
#[derive(Debug, Clone, Default)]
struct Segment {
    records: Vec<Record>,
    /// Of every run.
    packed: Vec<Packed>,
    /// Of every run that does not fit, in the same order.
    large: Vec<(RunSums, Others)>,
}

impl Partition {
    /// Adds the first record of a run; those of its further SKUs follow.
    #[inline]
    pub(crate) fn open(&mut self, record: Record, sums: Option<RunSums>, others: &mut Others) {
        match self.segments.last_mut() {
            Some(last) if last.records.len() + ROOM <= last.records.capacity() => {
                last.open(record, sums, others);
            }
            _ => self.start().open(record, sums, others),
        }
    }

    /// Adds a further record of the run that was opened last.
    #[inline]
    pub(crate) fn push(&mut self, record: Record) {
        if let Some(last) = self.segments.last_mut() {
            last.records.push(record);
        }
    }

    #[cold]
    #[inline(never)]
    fn start(&mut self) -> &mut Segment {
        let last = self.segments.last().map_or(0, |last| last.records.len());
        let size = (2 * last).clamp(FIRST_SIZE, MOST_SIZE);
        self.segments.push(Segment {
            records: Vec::with_capacity(size),
            ..Segment::default()
        });
        let last = self.segments.len() - 1;
        &mut self.segments[last]
    }

    /// All records, in order.
    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        self.segments.iter().flat_map(|segment| &segment.records)
    }

    /// Shows every run: its records and what it adds up to, the other currencies last.
    #[inline]
    pub(crate) fn runs<'s>(
        &'s self,
        mut show: impl FnMut(&'s [Record], RunSums, &'s [(Currency, Money)]),
    ) {
        self.segments
            .iter()
            .for_each(|segment| segment.runs(&mut show));
    }
}

impl Segment {
    #[inline]
    fn open(&mut self, record: Record, sums: Option<RunSums>, others: &mut Others) {
        self.records.push(record);
        let Some(sums) = sums else { return };
        let packed = Packed::of(&sums, record.is(PRICED)).filter(|_| others.is_empty());
        if packed.is_none() {
            self.large.push((sums, std::mem::take(others)));
        }
        self.packed.push(packed.unwrap_or(Packed::LARGE));
    }

    #[inline]
    fn runs<'s>(&'s self, show: &mut impl FnMut(&'s [Record], RunSums, &'s [(Currency, Money)])) {
        let mut large = self.large.iter();
        let mut rest = &self.records[..];
        for packed in &self.packed {
            let further = rest.iter().skip(1).take_while(|record| !record.is(FIRST));
            let (run, after) = rest.split_at(1 + further.count());
            rest = after;
            match packed.sums(run[0].is(PRICED)) {
                Some(sums) => show(run, sums, &[]),
                None => {
                    if let Some((sums, others)) = large.next() {
                        show(run, *sums, others);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{LabelId, OrderIds};
    use crate::topic::demand::state::hours::Slot;

    #[test]
    fn what_a_run_adds_up_to_comes_back_however_large_it_is() {
        let id = OrderIds::default().read(b"111-0000000-0000001").unwrap();
        let priced = |n: u64| !n.is_multiple_of(5);
        let all: Vec<RunSums> = (0..400_u64)
            .map(|n| RunSums {
                amount: Money(if priced(n) {
                    i128::from(n * n * n * 103)
                } else {
                    0
                }),
                lines: n % 70,
                units: n * n % 90,
                unpriced_units: if priced(n) {
                    u64::from(n % 11 == 0)
                } else {
                    n * n % 90
                },
                place: LabelId(u32::try_from(n * 30).unwrap()),
                terms: LabelId(u32::try_from(n % 140).unwrap()),
            })
            .collect();
        let euro = Currency::read(b"EUR").unwrap().unwrap();
        let others = |n: u64| vec![(euro, Money(7)); usize::from(n % 37 == 5)];
        let mut partition = Partition::default();
        for (n, sums) in (0..).zip(&all) {
            let record = |first| Record::new(id, (1, Slot::default()), Some(2), priced(n), first);
            partition.open(record(true), Some(*sums), &mut others(n));
            (0..n % 3).for_each(|_| partition.push(record(false)));
        }
        let mut found: Vec<(usize, RunSums, Others)> = Vec::new();
        partition.runs(|run, sums, others| found.push((run.len(), sums, others.to_vec())));
        let wanted = (0..)
            .zip(all)
            .map(|(n, sums)| (1 + usize::try_from(n % 3).unwrap(), sums, others(n)));
        assert_eq!(found, wanted.collect::<Vec<_>>());
        let large: usize = (partition.segments.iter())
            .map(|segment| segment.large.len())
            .sum();
        assert!(large > 100 && large < 300, "{large} large");
        assert!(partition.segments.len() > 2);
    }
}
