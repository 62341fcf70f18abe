//! What a chunk adds to the state if newer snapshots supersede all its lines: then nobody needs to read it again.

use std::collections::BTreeMap;

use crate::field::{Moment, OrderId};
use crate::line::{
    Fault, FileId, LineSink, OrderLine, OrderLineHead, Place, Row, SupplementaryLine, UnshippedLine,
};
use crate::merge::Merge;
use crate::topic::data_quality::state::source::Source;

/// A chunk: its file and its first byte.
pub type ChunkStart = (FileId, u64);

/// The content of those chunks of all-orders files in which every line could be read.
#[derive(Debug, Clone, Default)]
pub struct ChunkSources {
    chunks: BTreeMap<ChunkStart, Source>,
    /// Of the chunk at hand: what was read, the channel named last, and whether it holds anything but such lines.
    source: Source,
    channel: Vec<u8>,
    others: bool,
}

impl ChunkSources {
    /// What was read of some chunks; those that hold other lines too are left out.
    pub fn of(mut self, chunks: impl Iterator<Item = ChunkStart>) -> BTreeMap<ChunkStart, Source> {
        let of = |chunk: ChunkStart| {
            let mut source = self.chunks.remove(&chunk)?;
            source.superseded = source.lines_read;
            Some((chunk, source))
        };
        chunks.filter_map(of).collect()
    }
}

impl LineSink for ChunkSources {
    #[inline]
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        self.known_line(row.place, &line.head());
    }

    #[inline]
    fn known_line(&mut self, _: Place, head: &OrderLineHead<'_>) {
        self.source
            .read(head.purchase_date, head.last_updated_date, None);
        let channel = head.sales_channel;
        if self.channel != channel || self.source.sales_channels.is_empty() {
            self.channel.clear();
            self.channel.extend_from_slice(channel);
            // Its text is not decoded here.
            self.others |= !channel.is_ascii();
            if !self.source.sales_channels.contains(channel) {
                self.source.sales_channels.insert(channel.into());
            }
        }
    }

    fn unshipped_line(&mut self, _: Row<'_>, _: &UnshippedLine<'_>) {
        self.others = true;
    }

    fn supplementary_line(&mut self, _: Row<'_>, _: &SupplementaryLine<'_>) {
        self.others = true;
    }

    fn reject(&mut self, _: Row<'_>, _: Fault) {
        self.others = true;
    }

    #[inline]
    fn stamped(&mut self, _: Place, _: OrderId, _: Option<Moment>) {
        self.others = true;
    }

    fn split_at_returns(&mut self) {
        self.others = true;
    }

    fn reads_texts(&self) -> bool {
        false
    }

    fn repeated_header(&mut self, _: Row<'_>) {
        self.others = true;
    }

    fn end_of_chunk(&mut self, start: Place, lines: u64) {
        let mut source = std::mem::take(&mut self.source);
        if !std::mem::take(&mut self.others) {
            source.end_of_chunk(start.byte, lines);
            self.chunks.insert((start.file, start.byte), source);
        }
    }
}

impl Merge for ChunkSources {
    fn merge(&mut self, other: Self) {
        self.chunks.extend(other.chunks);
    }
}
