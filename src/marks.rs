//! Tabs and newlines, found by vector code: sixty-four bytes become two masks, and the masks are walked bit by bit.
//!
//! Portable lanes of sixteen bytes; no `unsafe` here. Measured on 1 GB of sample lines, a third of the whole run faster than
//! asking `memchr` for every field, whose fields are too short to repay a call each.

use wide::u8x16;

const BLOCK: usize = 64;

/// The tabs and newlines of a text, in order.
#[derive(Debug)]
pub struct Marks<'b> {
    text: &'b [u8],
    /// Where the masks' block starts.
    base: usize,
    /// Tabs and newlines of the block that were not given yet.
    either: u64,
    newlines: u64,
}

/// A tab or a newline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Bytes before it.
    pub at: usize,
    /// Whether it is a newline.
    pub newline: bool,
}

impl<'b> Marks<'b> {
    /// The marks of a text.
    pub fn new(text: &'b [u8]) -> Self {
        let mut marks = Self {
            text,
            base: 0,
            either: 0,
            newlines: 0,
        };
        marks.load();
        marks
    }

    /// The next mark.
    #[inline]
    pub fn advance(&mut self) -> Option<Mark> {
        while self.either == 0 {
            if self.base + BLOCK >= self.text.len() {
                return None;
            }
            self.base += BLOCK;
            self.load();
        }
        let bit = self.either.trailing_zeros();
        self.either &= self.either - 1;
        Some(Mark {
            at: self.base + bit as usize,
            newline: self.newlines >> bit & 1 == 1,
        })
    }

    /// Goes on behind the next newline, or to the end of the text; gives where that is, and the tabs passed over.
    #[inline]
    pub fn skip_line(&mut self) -> (usize, usize) {
        let mut tabs = 0;
        loop {
            let newlines = self.newlines & self.either;
            if newlines != 0 {
                let bit = newlines.trailing_zeros();
                let before = (1 << bit) - 1;
                tabs += (self.either & before).count_ones() as usize;
                self.either &= !(before | 1 << bit);
                return (self.base + bit as usize + 1, tabs);
            }
            tabs += self.either.count_ones() as usize;
            self.either = 0;
            if self.base + BLOCK >= self.text.len() {
                return (self.text.len(), tabs);
            }
            self.base += BLOCK;
            self.load();
        }
    }

    #[inline]
    fn load(&mut self) {
        let rest = self.text.get(self.base..).unwrap_or_default();
        let (tabs, newlines) = if let Some(block) = rest.first_chunk::<BLOCK>() {
            masks(block)
        } else {
            let mut block = [0; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            masks(&block)
        };
        self.either = tabs | newlines;
        self.newlines = newlines;
    }
}

#[inline]
fn masks(block: &[u8; BLOCK]) -> (u64, u64) {
    let (mut tabs, mut newlines) = (0, 0);
    let (lanes, _) = block.as_chunks::<16>();
    for (place, lane) in (0..).zip(lanes) {
        let lane = u8x16::from(*lane);
        tabs |= u64::from(lane.simd_eq(u8x16::splat(b'\t')).to_bitmask()) << (place * 16);
        newlines |= u64::from(lane.simd_eq(u8x16::splat(b'\n')).to_bitmask()) << (place * 16);
    }
    (tabs, newlines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_looking_at_every_byte() {
        let mut seed = 7_u64;
        for len in 0..300 {
            let text: Vec<u8> = (0..len)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    [b'\t', b'\n', b'a', 0x89, 0x8a, 0][(seed >> 60) as usize % 6]
                })
                .collect();
            let slow = text
                .iter()
                .enumerate()
                .filter(|(_, byte)| matches!(byte, b'\t' | b'\n'));
            let slow: Vec<Mark> = slow
                .map(|(at, byte)| Mark {
                    at,
                    newline: *byte == b'\n',
                })
                .collect();
            let mut marks = Marks::new(&text);
            let fast: Vec<Mark> = std::iter::from_fn(|| marks.advance()).collect();
            assert_eq!(fast, slow, "{len} bytes");
            for taken in 0..slow.len() {
                let mut marks = Marks::new(&text);
                for _ in 0..taken {
                    marks.advance();
                }
                let tabs = slow[taken..]
                    .iter()
                    .take_while(|mark| !mark.newline)
                    .count();
                let next = slow.get(taken + tabs).map_or(len, |newline| newline.at + 1);
                assert_eq!(
                    marks.skip_line(),
                    (next, tabs),
                    "{len} bytes, {taken} marks"
                );
                assert_eq!(marks.advance(), slow.get(taken + tabs + 1).copied());
            }
        }
    }
}
