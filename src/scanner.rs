//! Tabs and newlines, found by vector code: sixty-four bytes become two masks, and masks become places.
//!
//! Portable lanes of sixteen bytes; no `unsafe` here. Two ways to go: a [`Window`] finds all fields of all lines, some
//! hundred lines at a time, so that a cell is two places apart and a line with the right number of fields is known as one
//! before any of them is looked at. [`heads`] finds the first few fields of a line and steps over the rest.

use memchr::memchr;
use wide::u8x16;

const BLOCK: usize = 64;
const BLOCK_BYTES: u32 = 64;

/// Bytes looked at before lines are given: their places, some thousand, stay in the first-level cache.
const WINDOW: usize = 16 << 10;

/// The fields of a text's lines.
#[derive(Debug)]
pub struct Window<'b> {
    text: &'b [u8],
    /// Bytes looked at.
    seen: usize,
    /// Places just behind a tab or a newline, those of lines not yet given; before them, where the first such line starts.
    /// Valid up to `marks`.
    behind: Vec<u32>,
    marks: usize,
    /// Of every whole line: which of `behind` is its newline's.
    newlines: Vec<u32>,
    /// Lines given, and marks in them.
    given: usize,
    done: usize,
}

impl<'b> Window<'b> {
    /// The lines of a text of less than two gigabytes.
    pub fn new(text: &'b [u8]) -> Self {
        assert!(i32::try_from(text.len()).is_ok());
        Self {
            text,
            seen: 0,
            behind: vec![0; 2 * BLOCK],
            marks: 1,
            newlines: Vec::new(),
            given: 0,
            done: 0,
        }
    }

    /// The next line: where it starts, then the place behind each of its tabs, and behind its newline. A last line without
    /// one ends as if one followed it.
    #[inline]
    pub fn advance(&mut self) -> Option<&[u32]> {
        if self.given == self.newlines.len() && !self.fill() {
            return None;
        }
        let newline = self.newlines[self.given] as usize;
        let line = &self.behind[self.done..=newline];
        self.given += 1;
        self.done = newline;
        Some(line)
    }

    /// Finds more lines; says whether there are any.
    fn fill(&mut self) -> bool {
        self.behind.copy_within(self.done..self.marks, 0);
        self.marks -= self.done;
        self.done = 0;
        self.given = 0;
        self.newlines.clear();
        while self.seen < self.text.len() && self.newlines.is_empty() {
            let window = &self.text[self.seen..];
            let window = &window[..window.len().min(WINDOW)];
            // As many marks as bytes, and room to write a block's at once.
            let room = self.marks + WINDOW + BLOCK;
            if self.behind.len() < room {
                self.behind.resize(room, 0);
            }
            let (blocks, rest) = window.as_chunks::<BLOCK>();
            let mut last = [0; BLOCK];
            last[..rest.len()].copy_from_slice(rest);
            let mut marks = self.marks;
            let mut base = place(self.seen) + 1;
            for block in blocks.iter().chain([&last]) {
                let Masks { either, newlines } = masks(block);
                if newlines != 0 {
                    self.note_newlines(marks, either, newlines);
                }
                note(&mut self.behind[marks..], base, either);
                marks += either.count_ones() as usize;
                base += BLOCK_BYTES;
            }
            self.marks = marks;
            self.seen += window.len();
        }
        if self.seen >= self.text.len() {
            self.end();
        }
        !self.newlines.is_empty()
    }

    fn note_newlines(&mut self, marks: usize, either: u64, mut newlines: u64) {
        while newlines != 0 {
            let before = either & (newlines & newlines.wrapping_neg()).wrapping_sub(1);
            self.newlines.push(place(marks) + before.count_ones());
            newlines &= newlines - 1;
        }
    }

    /// Ends the last line.
    fn end(&mut self) {
        let after_end = place(self.text.len()) + 1;
        let begun = self.newlines.last().map_or(0, |newline| *newline as usize);
        if self.behind[begun] < after_end - 1 {
            self.newlines.push(place(self.marks));
            if self.behind.len() == self.marks {
                self.behind.push(0);
            }
            self.behind[self.marks] = after_end;
            self.marks += 1;
        }
    }
}

/// Writes down the places of a block's marks, counted from `base`; what is written after the last one means nothing.
#[inline]
fn note(out: &mut [u32], base: u32, mut marks: u64) {
    let out = out
        .first_chunk_mut::<BLOCK>()
        .expect("room for a block was made");
    // So many at a time, whether they are there or not: a loop that seldom goes round again is foreseen.
    for places in out.as_chunks_mut::<8>().0 {
        for place in places {
            *place = base.wrapping_add(marks.trailing_zeros());
            marks &= marks.wrapping_sub(1);
        }
        if marks == 0 {
            break;
        }
    }
}

/// Shows where the first `wanted` fields of the line at `start` begin and end; gives where the next line starts.
#[inline]
pub fn heads(
    text: &[u8],
    start: usize,
    wanted: usize,
    mut field: impl FnMut(usize, std::ops::Range<usize>),
) -> usize {
    let (mut found, mut from, mut base) = (0, start, start);
    while found < wanted {
        let rest = text.get(base..).unwrap_or_default();
        let Masks {
            mut either,
            newlines,
        } = if let Some(block) = rest.first_chunk::<BLOCK>() {
            masks(block)
        } else {
            let mut block = [0; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            masks(&block)
        };
        while either != 0 && found < wanted {
            let bit = either.trailing_zeros();
            let at = base + bit as usize;
            field(found, from..at);
            found += 1;
            from = at + 1;
            if newlines >> bit & 1 == 1 {
                return from;
            }
            either &= either - 1;
        }
        if found < wanted && rest.len() <= BLOCK {
            field(found, from..text.len());
            return text.len();
        }
        base += BLOCK;
    }
    memchr(b'\n', &text[from..]).map_or(text.len(), |at| from + at + 1)
}

/// A bit for every byte of a block.
struct Masks {
    /// Tabs and newlines.
    either: u64,
    newlines: u64,
}

#[inline]
fn masks(block: &[u8; BLOCK]) -> Masks {
    let (lanes, _) = block.as_chunks::<16>();
    let mut masks = Masks {
        either: 0,
        newlines: 0,
    };
    let mut any_newline = u8x16::ZERO;
    for (at, lane) in (0..).zip(lanes) {
        let lane = u8x16::from(*lane);
        let newlines = lane.simd_eq(u8x16::splat(b'\n'));
        let either = lane.simd_eq(u8x16::splat(b'\t')) | newlines;
        any_newline |= newlines;
        masks.either |= u64::from(either.to_bitmask()) << (at * 16);
    }
    // One block in five has a newline.
    if any_newline.to_bitmask() != 0 {
        for (at, lane) in (0..).zip(lanes) {
            let newlines = u8x16::from(*lane).simd_eq(u8x16::splat(b'\n'));
            masks.newlines |= u64::from(newlines.to_bitmask()) << (at * 16);
        }
    }
    masks
}

#[inline]
fn place(at: usize) -> u32 {
    u32::try_from(at).expect("a text of less than two gigabytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> impl Iterator<Item = Vec<u8>> {
        let mut seed = 7_u64;
        (0..400_usize).map(move |len| {
            let mut byte = |_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                [b'\t', b'\n', b'a', 0x89, 0x8a, 0, b'b', b'c']
                    [(seed >> 60) as usize % (2 + len % 7)]
            };
            let long = if len % 50 == 49 { 40_000 } else { 0 };
            (0..len + long).map(&mut byte).collect()
        })
    }

    /// Where each line starts and each of its fields ends, byte by byte.
    fn slow(text: &[u8]) -> Vec<Vec<u32>> {
        let mut lines = Vec::new();
        let mut start = 0;
        for raw in text.split_inclusive(|byte| *byte == b'\n') {
            let bare = raw.strip_suffix(b"\n").unwrap_or(raw);
            let mut line = vec![place(start)];
            let mut at = start;
            for field in bare.split(|byte| *byte == b'\t') {
                at += field.len() + 1;
                line.push(place(at));
            }
            lines.push(line);
            start += raw.len();
        }
        lines
    }

    #[test]
    fn a_window_agrees_with_looking_at_every_byte() {
        for text in texts() {
            let mut window = Window::new(&text);
            let mut fast = Vec::new();
            while let Some(line) = window.advance() {
                fast.push(line.to_vec());
            }
            assert_eq!(fast, slow(&text), "{} bytes", text.len());
            assert_eq!(window.advance(), None);
        }
    }

    #[test]
    fn heads_agree_with_looking_at_every_byte() {
        for text in texts() {
            for wanted in [1, 2, 5, 40] {
                let mut start = 0;
                for line in slow(&text) {
                    let mut fields = Vec::new();
                    let next = heads(&text, start, wanted, |index, field| {
                        assert_eq!(index, fields.len());
                        fields.push(field);
                    });
                    let ends = &line[1..];
                    let expected: Vec<_> = line
                        .iter()
                        .zip(ends)
                        .take(wanted)
                        .map(|(from, to)| *from as usize..*to as usize - 1)
                        .collect();
                    assert_eq!(fields, expected, "{} bytes", text.len());
                    assert_eq!(next, (ends[ends.len() - 1] as usize).min(text.len()));
                    start = next;
                }
                assert_eq!(start, text.len());
            }
        }
    }
}
